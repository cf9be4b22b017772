"""The result of a question that was answered as a whole: chosen from, ranked, or given points.

A row per option, the leading one first. A choice has a bar of the share that chose it, points a
bar of the share of all points; a thinner, paler bar below is the round before. A ranking has a
column for each place, as high as there are people who put the option there, and on the line below
a diamond at the mean place; a hollow one is the round before. What leads is filled in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from workshop.analysis import WholeLevel
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    frame,
    mix,
    note,
    rule,
)
from workshop.charts.option_rows import (
    HAIR,
    PALE,
    Before,
    OptionRows,
    option_rows,
    shown_before,
)
from workshop.charts.ranking import grounds, places, ranking
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.model import QuestionKind
from workshop.sentences import whole_sentence
from workshop.whole import OptionResult, WholeResult

_BAR: Final = 0.9
"""Height of a bar, in lines of the option beside it."""
_BEFORE: Final = 0.24
_TALL: Final = 1.1  # what a ranking needs above the middle of its row, where text stands above
_PLACE: Final = 0.13  # the part of a labelled figure that a place takes at the most
_LINE: Final = 30  # pixels per unit of height in a labelled figure
_AXIS: Final = 48  # pixels below a ranking, for its places


def whole_chart(
    level: WholeLevel,
    t: Translator,
    *,
    page: Sequence[OptionResult] | None = None,
    previous: WholeResult | None = None,
    accent: str = "c",
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """One round of a choice, a ranking or points.

    Args:
        page: the options in the order in which they are to be shown; all of them where none are
            named, the leading one first.
        previous: the round before, None where there was none.
        accent: the cluster's, a name of `workshop.marks`.
        labels: write options and numbers into the figure; without them each row is as high as
            `option_weight` says and whoever shows the figure writes beside it.
    """
    result = level.result
    ranked = result.question.kind is QuestionKind.RANK
    before = shown_before(previous)
    rows = option_rows(level, result.in_order if page is None else page, before, t, labels=labels)
    palette, colour = PALETTES[theme], accent_colour(accent, theme)
    layout = frame(palette, barmode="overlay", bargap=0)
    layout["yaxis"].update(range=[rows.bottom, rows.total])
    layout["margin"] = {"l": 4, "r": 4, "t": 0, "b": _AXIS if ranked else 0}
    layout["annotations"] = _annotations(rows, palette, ranked=ranked) if labels else []
    if ranked:
        data = ranking(rows, palette, colour, 16 if labels else 26, t)
        k = len(result.options)
        layout["xaxis"].update(range=[0.4, k + 0.6])
        layout["xaxis"].update(domain=[0, min(1.0, _PLACE * k)] if labels else [0, 1])
        layout["shapes"] = [] if rows.few else grounds(rows, palette)
        layout["annotations"] += [] if rows.few else places(rows, palette, 16 if labels else 25)
    else:
        data = _bars(rows, palette, colour)
        layout["xaxis"].update(range=[0, _longest(level, before)])
        edges = [] if rows.few else rows.bars
        layout["shapes"] = [rule((0, 0), (y - 0.62, y + 0.62), palette.line, 3) for y in edges]
    return Chart(
        figure={"data": data, "layout": layout},
        title=pick(result.question.text, t.lang),
        sentence=whole_sentence(level, result.round.number, t),
        table=_table(level, previous, t),
        height=round(rows.total * _LINE) + (_AXIS if ranked else 12),
    )


def place_of(result: WholeResult, option: OptionResult) -> int:
    """The place of an option in a result, 1 the first; equals share one."""
    falling = 1 if result.question.kind is QuestionKind.RANK else -1
    own = falling * (option.mean or 0.0)
    return 1 + sum(falling * (o.mean or 0.0) < own for o in result.options)


def _annotations(rows: OptionRows, palette: Palette, *, ranked: bool) -> list[Figure]:
    """The texts above the bars, what the room gave an option in muted letters."""
    above = _TALL if ranked else _BAR / 2
    found = []
    for y, text in zip(rows.bars, rows.texts, strict=True):
        name, _, said = text.partition("</b><br>")
        muted = f'</b><br><span style="color:{palette.muted}">{said}</span>' if said else ""
        found.append(note(name + muted, 0, y + above + 0.1, xref="paper"))
    return found


def _share(option: OptionResult | None, result: WholeResult) -> float:
    """What a bar shows: the share that chose the option, or the share of all points."""
    if option is None or result.few or option.mean is None:
        return 0.0
    if result.question.kind is QuestionKind.CHOOSE:
        return option.mean
    return option.mean / (result.question.most or 1)


def _longest(level: WholeLevel, before: Before) -> float:
    """Where the axis ends: at everybody for a choice, for points at the next tenth."""
    result = level.result
    if result.question.kind is QuestionKind.CHOOSE:
        return 1.0
    shares = [_share(o, result) for o in (*result.options, *before.values())]
    return max(0.1, ceil(10 * max(shares, default=0.1)) / 10)


def _bars(rows: OptionRows, palette: Palette, colour: str) -> list[Figure]:
    """Two traces, whatever there is to show: so that what is there can move."""
    result = rows.level.result
    # Paler by colour and not by opacity: the line behind must not shine through.
    colours = [colour if leads else mix(colour, palette.ground, PALE) for leads in rows.leading]
    grey = mix(palette.muted, palette.ground, 0.6)
    below = [y - _BAR / 2 - _BEFORE / 2 - 0.06 for y in rows.bars]
    now = [_share(o, result) for o in rows.options]
    then = [_share(o, result) for o in rows.before]
    hair = 0.0 if rows.few else HAIR
    before = [f"{i}-before" for i in rows.ids]
    return [
        _bar(now, rows.bars, colours, _BAR, rows.ids, hair),
        _bar(then, below, [grey] * len(then), _BEFORE, before, hair),
    ]


def _bar(
    shares: Sequence[float],
    y: Sequence[float],
    colours: Sequence[str],
    width: float,
    ids: Sequence[str],
    length: float,
) -> Figure:
    """Bars; of that `length` where there is nothing to show."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(share, 5) or length for share in shares],
        "y": list(y),
        "ids": list(ids),
        "width": width,
        "marker": {"color": list(colours), "line": {"width": 0}},
        "cliponaxis": False,
    }


# The table


def _table(level: WholeLevel, previous: WholeResult | None, t: Translator) -> Table:
    """A row per option and round: the same numbers, and of a ranking how many per place."""
    result = level.result
    kind = result.question.kind
    columns: tuple[str, ...] = (t("Option"), t("Round"), t("Answers"))
    if kind is QuestionKind.RANK:
        by_place = (t("Place {n}", n=n) for n in range(1, len(result.options) + 1))
        columns = (*columns, t("Mean place"), *by_place)
    elif kind is QuestionKind.ALLOCATE:
        columns = (*columns, t("Points"), t("Points per person"), t("People who gave any"))
    else:
        columns = (*columns, t("Chosen by"), t("Share"))
    earlier = {o.statement.id: o for o in previous.options} if previous else {}
    rows = []
    for option in result.in_order:
        rows.append(_row(option, result, len(columns), t))
        then = earlier.get(option.statement.id)
        if then is not None and previous is not None:
            rows.append(_row(then, previous, len(columns), t))
    return Table(columns, tuple(rows))


def _row(option: OptionResult, result: WholeResult, width: int, t: Translator) -> tuple[str, ...]:
    """As many cells as there are columns: another round may have had more or fewer places."""
    cells = [option.statement.text, t.number(result.round.number), t.number(option.n)]
    if not result.few:
        cells += _numbers(option, result.question.kind, t)
    return tuple((cells + [NO_VALUE] * width)[:width])


def _numbers(option: OptionResult, kind: QuestionKind, t: Translator) -> list[str]:
    if kind is QuestionKind.RANK:
        return [t.decimal(option.mean, 1), *(t.number(n) for n in option.places)]
    if kind is QuestionKind.ALLOCATE:
        mean = t.decimal(option.mean, 1)
        return [t.number(option.points), mean, t.number(option.chosen)]
    return [t.number(option.chosen), t.percent(option.mean)]
