"""A chart that a spreadsheet draws itself: each cluster's convergence, its interval, and chance."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from workshop.export.table import Table
from workshop.i18n import Translator

CHARTED: Final = "convergence"
"""The table that gets the chart."""

_INK: Final = "#16202b"
_ACCENT: Final = "#0b5fa5"
_MUTED: Final = "#566372"
_GRID: Final = "#d9dde2"
_GROUND: Final = "#c3cad3"
_WIDTH: Final = 900
_HEIGHT: Final = 420
_BELOW: Final = 2
"""Empty lines between the table and the chart."""


def draw_convergence(
    book: Workbook, sheet: Worksheet, table: Table, count: int, t: Translator
) -> None:
    """Below the table: a dot per cluster and round on its interval, before a column for chance.

    All of it is made of the cells, so it follows whoever edits them.

    Args:
        sheet: with the table's first `count` rows below a heading.
    """
    places = {column.title: place for place, column in enumerate(table.columns)}

    def cells(title: str) -> dict[str, Any]:
        """One column, by cluster and round, which are the first two."""
        place = places[title]
        return {
            "name": [sheet.name, 0, place],
            "categories": [sheet.name, 1, 0, count, 1],
            "values": [sheet.name, 1, place, count, place],
        }

    chance = book.add_chart({"type": "column"})
    chance.add_series({**cells(t("Chance level")), "fill": {"color": _GROUND}, "gap": 60})
    levels = book.add_chart({"type": "line"})
    dot = {"type": "circle", "size": 9, "fill": {"color": _ACCENT}, "border": {"none": True}}
    levels.add_series({**cells(t("Convergence index")), "line": {"none": True}, "marker": dot})
    for limit in (t("Interval from"), t("Interval to")):
        end = {"type": "long_dash", "size": 9, "fill": {"color": _ACCENT}, "border": {"none": True}}
        levels.add_series({**cells(limit), "line": {"none": True}, "marker": end})
    levels.set_high_low_lines({"line": {"color": _ACCENT, "width": 2}})
    chance.combine(levels)
    _frame(chance, table, t)
    sheet.insert_chart(count + 1 + _BELOW, 0, chance)


def _frame(chart: Chart, table: Table, t: Translator) -> None:
    chart.set_title({"name": table.title, "name_font": {"color": _INK, "size": 14}})
    chart.set_y_axis(
        {
            "name": t("Convergence index"),
            "min": 0,
            "max": 100,
            "major_unit": 20,
            "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.75}},
            "num_font": {"color": _MUTED},
            "name_font": {"color": _MUTED, "bold": False},
            "num_format": "0",
        }
    )
    chart.set_x_axis({"num_font": {"color": _INK}})
    chart.set_legend({"position": "bottom", "font": {"color": _INK}})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
