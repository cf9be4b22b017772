"""XLSX: one sheet per table, each a real table with a filter and a frozen heading."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from math import ceil
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workshop.export import words
from workshop.export.table import Cell, Column, Kind, Table
from workshop.export.tables import tables
from workshop.export.xlsx_chart import CHARTED, draw_convergence
from workshop.i18n import Translator, pick, translator
from workshop.sentences import strand_name
from workshop.service.reading import Record

MAX_ROWS: Final = 1_048_575
"""Rows below the heading that fit a sheet."""

NUMBER_FORMATS: Final = {Kind.WHOLE: "0", Kind.POINTS: "0.0", Kind.MEASURE: "0.000"}
"""How numbers look; what is stored, computed with and pasted has all digits."""

_BUTTON: Final = 4
"""Characters of room beside a heading for the filter's button."""

_LINE: Final = 15.0
"""Points that a line of text takes in height."""

_MOST: Final = 27
"""Lines of the highest row that a spreadsheet takes (409 points)."""

_TEXT: Final = "@"
_STYLE: Final = "Table Style Light 1"


class _Exact(float):
    """A float that prints as itself: the library would cut it to 16 digits, one short of exact."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def write(record: Record, lang: str) -> bytes:
    """The workbook; opened for reading it shows the overview."""
    t = translator(lang)
    buffer = io.BytesIO()
    # Nothing that people wrote is looked at: no formula, link or number is made of a text.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        _describe(book, record, t)
        formats = _formats(book)
        for table in tables(record, t):
            for sheet_name, rows in sheets_of(table):
                sheet = book.add_worksheet(sheet_name)
                _sheet(sheet, sheet_name, table, rows, formats)
                if table.key == CHARTED and rows:
                    draw_convergence(book, sheet, table, len(rows), t)
    return buffer.getvalue()


def _describe(book: Workbook, record: Record, t: Translator) -> None:
    """What a file manager shows of the file."""
    workshop = record.agenda.workshop
    book.set_properties(
        {
            "title": pick(workshop.title, t.lang),
            "subject": t(
                "Results of the workshop on {day}", day=t.date(words.day_of(record.agenda))
            ),
            "author": "Einklang",
            "category": strand_name(workshop.strand, t),
            # Not now: the same record gives the same file.
            "created": words.day_of(record.agenda).astimezone(UTC).replace(tzinfo=None),
        }
    )
    book.set_custom_property("Language", t.lang)
    book.set_custom_property("Workshop", workshop.id)


def _formats(book: Workbook) -> dict[Kind, Format]:
    top: dict[str, Any] = {"valign": "top"}
    formats = {
        kind: book.add_format({**top, "num_format": n}) for kind, n in NUMBER_FORMATS.items()
    }
    formats[Kind.TEXT] = book.add_format({**top, "num_format": _TEXT, "text_wrap": True})
    return formats


def sheets_of(table: Table, limit: int = MAX_ROWS) -> list[tuple[str, Sequence[tuple[Cell, ...]]]]:
    """The table, on as many sheets as it needs."""
    parts = [table.rows[i : i + limit] for i in range(0, len(table.rows), limit)] or [()]
    names = [table.title, *(f"{table.title} {n}" for n in range(2, len(parts) + 1))]
    return list(zip(names, parts, strict=True))


def _sheet(
    sheet: Worksheet,
    name: str,
    table: Table,
    rows: Sequence[tuple[Cell, ...]],
    formats: dict[Kind, Format],
) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(column.width, len(column.title) + _BUTTON))
        sheet.write_string(0, place, column.title)
    for line, row in enumerate(rows, start=1):
        if (lines := _lines(row, table.columns)) > 1:
            sheet.set_row(line, min(lines, _MOST) * _LINE)
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write(sheet, line, place, cell, formats, column)
    sheet.freeze_panes(1, 0)
    _print_well(sheet)
    # A table has at least one line below its heading, so nothing is no table.
    if rows:
        sheet.add_table(
            0,
            0,
            len(rows),
            len(table.columns) - 1,
            {
                "name": name.replace(" ", "_"),
                "style": _STYLE,
                "columns": [{"header": column.title} for column in table.columns],
            },
        )


def _lines(row: tuple[Cell, ...], columns: Sequence[Column]) -> int:
    """How many lines the longest text of a row takes; not every program finds out by itself."""
    return max(
        sum(max(1, ceil(len(part) / column.width)) for part in cell.split("\n"))
        if isinstance(cell, str)
        else 1
        for cell, column in zip(row, columns, strict=True)
    )


def _write(
    sheet: Worksheet,
    line: int,
    place: int,
    cell: Cell,
    formats: dict[Kind, Format],
    column: Column,
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(line, place, cell, formats[Kind.TEXT])
    else:
        kind = Kind.WHOLE if column.kind is Kind.TEXT else column.kind
        number = _Exact(cell) if isinstance(cell, float) else cell
        sheet.write_number(line, place, number, formats[kind])


def _print_well(sheet: Worksheet) -> None:
    """On paper: A4 across, as wide as the page, the heading on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
