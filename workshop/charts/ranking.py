"""What a ranking draws: for each option a column per place, and a diamond at its mean place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop.charts.base import Figure, Palette, mix, note, rule
from workshop.charts.option_rows import HAIR, PALE, OptionRows
from workshop.i18n import Translator
from workshop.whole import OptionResult

HIGHEST: Final = 1.25
"""Height of the highest column, in lines of the option beside it."""
LABELLED: Final = 1.95
"""The same where the option stands above, and has a row of more height."""
_NUMBER: Final = 0.43
"""What a number above a column takes of it; more in a labelled figure, whose lines are lower."""
FEW: Final = 6
"""Up to so many places have their numbers above the columns."""
GROUND: Final = 0.55
"""How far below the middle of a row its columns stand."""
_GROUND_LABELLED: Final = 1.0
_WIDE: Final = 0.72  # of a place


def ranking(
    rows: OptionRows, palette: Palette, colour: str, size: int, t: Translator
) -> list[Figure]:
    """Columns of all rows, the ways between both means, both means: always as many traces."""
    means = _means(rows, palette, size)
    return [_columns(rows, palette, colour, size, t), _way(rows, palette), *means]


def ground_of(rows: OptionRows, y: float) -> float:
    """The height of the line on which the columns of a row stand, `y` the middle of the row."""
    return y - (_GROUND_LABELLED if rows.texts else GROUND)


def grounds(rows: OptionRows, palette: Palette) -> list[Figure]:
    """The line on which the columns of a row stand."""
    k = len(rows.level.result.options)
    return [rule((0.5, k + 0.5), (ground_of(rows, y),) * 2, palette.line, 2) for y in rows.bars]


def places(rows: OptionRows, palette: Palette, size: int) -> list[Figure]:
    """The places, right below the last row."""
    words = {"xref": "x", "xanchor": "center", "yanchor": "top", "yshift": -4}
    font = {"size": size, "color": palette.muted}
    k = len(rows.level.result.options)
    return [note(f"{place}.", place, 0, **words, font=font) for place in range(1, k + 1)]


def _columns(rows: OptionRows, palette: Palette, colour: str, size: int, t: Translator) -> Figure:
    """As high as people put the option on that place; the highest of all fills its row."""
    k = len(rows.level.result.options)
    numbered = k <= FEW
    most = max((n for o in rows.level.result.options for n in o.places), default=0) or 1
    highest = LABELLED if rows.texts else HIGHEST
    if numbered:
        highest -= _NUMBER * (1.5 if rows.texts else 1.0)
    unit = 0.0 if rows.few else highest / most
    pale = mix(colour, palette.ground, PALE)
    found = [
        (place, people, ground_of(rows, y), colour if leads else pale, f"{o.statement.id}-{place}")
        for o, y, leads in zip(rows.options, rows.bars, rows.leading, strict=True)
        for place, people in enumerate(o.places, start=1)
    ]
    return {
        "type": "bar",
        "x": [place for place, *_ in found],
        "y": [0.0 if rows.few else round(unit * people, 4) or HAIR for _, people, *_ in found],
        "base": [ground for _, _, ground, *_ in found],
        "width": _WIDE,
        "ids": [name for *_, name in found],
        "text": [
            t.number(people) if people and numbered and not rows.few else "\u00a0"
            for _, people, *_ in found
        ],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "outsidetextfont": {"size": size, "color": palette.muted},
        "marker": {"color": [shade for *_, shade, _ in found], "line": {"width": 0}},
        "cliponaxis": False,
    }


def _mean(rows: OptionRows, option: OptionResult | None) -> float | None:
    return None if option is None or rows.few else option.mean


def _way(rows: OptionRows, palette: Palette) -> Figure:
    """From the mean place of the round before to this one's."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for now, then, y in zip(rows.options, rows.before, rows.bars, strict=True):
        ends = (_mean(rows, then), _mean(rows, now))
        if None not in ends:
            xs += [*ends, None]
            ys += [ground_of(rows, y), ground_of(rows, y), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": palette.ink, "width": 3, "simplify": False},
        "cliponaxis": False,
    }


def _means(rows: OptionRows, palette: Palette, size: int) -> list[Figure]:
    """The diamonds: hollow ones for the round before, and on top of them this one's."""
    ground, ink = palette.ground, palette.ink
    return [
        _diamonds(rows, rows.before, "-before", (ground, ink, 3, round(0.72 * size))),
        _diamonds(rows, rows.options, "-mean", (ink, ground, 2, round(0.92 * size))),
    ]


def _diamonds(
    rows: OptionRows,
    options: Sequence[OptionResult | None],
    more: str,
    look: tuple[str, str, int, int],
) -> Figure:
    fill, line, width, size = look
    found = [
        (mean, ground_of(rows, y), name)
        for option, y, name in zip(options, rows.bars, rows.ids, strict=True)
        if (mean := _mean(rows, option)) is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 4) for x, _, _ in found],
        "y": [y for _, y, _ in found],
        "ids": [name + more for _, _, name in found],
        "marker": {
            "symbol": "diamond",
            "size": size,
            "color": fill,
            "line": {"color": line, "width": width},
        },
        "cliponaxis": False,
    }
