"""Both strands on the same statements: how far apart council and citizens are, and on which side.

A line per statement from the council (filled circle) to the citizens (open diamond) on a track
of the share of answers that are in favour, above the middle of the scale: what a verdict is made
of, so that both signs right of the tick at 50 % are a shared yes. A thick line is a difference
that is demonstrable. The bracket below is as wide as chance alone would make the distance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.analysis import ClusterComparison, ComparedItem
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    centres,
    dotted,
    frame,
    note,
    rows_with_words,
    rule,
)
from workshop.charts.paging import SMALLEST_PAGE, strands_weight
from workshop.i18n import NO_VALUE, Translator
from workshop.items import POINTS
from workshop.model import Strand
from workshop.results import ItemResult
from workshop.sentences import (
    cluster_comparison_sentence,
    comparison_sentence,
    p_words,
    provable_words,
    strand_name,
    strand_word,
)
from workshop.strands import Comparison
from workshop.verdicts import StrandWord, sides

_ACCENTS: Final = {
    StrandWord.COMMON: "b",
    StrandWord.DISPUTED: "a",
    StrandWord.ONLY_COUNCIL: "c",
    StrandWord.ONLY_CITIZENS: "d",
}
_TICKS: Final = (0, 50, 100)
_LABEL_EM: Final = 42.0
_LINE: Final = 30  # pixels per unit of height in a labelled figure
_BELOW: Final = 0.72
"""How far below its line the bracket of chance is, in lines of the statement beside it."""


def verdict_colour(word: StrandWord | None, theme: Theme) -> str:
    """The colour of a verdict; its word always stands beside it."""
    accent = _ACCENTS.get(word) if word is not None else None
    return accent_colour(accent, theme) if accent else PALETTES[theme].muted


def in_favour(result: ItemResult) -> float | None:
    """The share of answers above the middle of the scale in per cent; None without answers."""
    shares = sides("rate", result.counts.steps)
    return None if shares is None else POINTS * shares[0]


def strand_lines(
    comparison: ClusterComparison,
    items: Sequence[ComparedItem],
    t: Translator,
    *,
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """Council and citizens on these statements of a cluster, in the given order.

    Args:
        comparison: of the cluster, for the sentence.
        items: the statements. Of those with fewer than five answers in a strand nothing is drawn.
        labels: write statement and sentence into the figure; without them each row is as high
            as `strands_weight` says and whoever shows the figure writes beside it.
    """
    palette = PALETTES[theme]
    rows = _rows(items, t, labels)
    size = 0.6 if labels else 1.0
    layout = frame(palette, shapes=list(_tracks(rows, palette)))
    layout["xaxis"].update(
        range=[-7, 107],
        ticklabeloverflow="allow",
        visible=True,
        tickvals=list(_TICKS),
        ticktext=[t.percent(0), t("{share} in favour", share=t.percent(0.5)), t.percent(1)],
        ticks="",
        tickfont={"size": 16 if labels else 26, "color": palette.muted},
    )
    layout["yaxis"].update(range=[rows.bottom, rows.total])
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 28 if labels else 50}
    if labels:
        layout["annotations"] = [
            note(text, 0, line.y + 0.5, xref="x")
            for line, text in zip(rows.lines, rows.texts, strict=True)
        ]
    return Chart(
        figure={"data": _traces(rows, palette, theme, size), "layout": layout},
        title=t("Council and citizens: where do both stand?"),
        sentence=_sentence(comparison, items, t),
        table=_table(items, t),
        height=round(rows.total * _LINE) + 28,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One statement: its height, and where both strands are where that may be shown."""

    item: ComparedItem
    y: float
    council: float = 0.0
    citizens: float = 0.0

    @property
    def found(self) -> Comparison | None:
        return self.item.comparison


@dataclass(frozen=True, slots=True)
class _Rows:
    lines: Sequence[_Line]
    texts: Sequence[str]
    total: float
    bottom: float

    @property
    def compared(self) -> list[_Line]:
        return [line for line in self.lines if line.found is not None]


def _rows(items: Sequence[ComparedItem], t: Translator, labels: bool) -> _Rows:
    texts: list[str] = []
    weights = [strands_weight(i) for i in items]
    if labels:
        words = [comparison_sentence(i, t) for i in items]
        texts = rows_with_words([i.statement.text for i in items], words, _LABEL_EM)
        weights = [2.2 + 0.75 * (text.count("<br>") + 1) for text in texts]
    heights = centres(weights)
    if labels:
        heights = [y - weight / 2 + 1.3 for y, weight in zip(heights, weights, strict=True)]
    total = sum(weights) or 1.0
    lines = [
        _Line(item, y, in_favour(item.council) or 0.0, in_favour(item.citizens) or 0.0)
        for item, y in zip(items, heights, strict=True)
    ]
    return _Rows(lines, texts, total, 0.0 if labels else min(0.0, total - SMALLEST_PAGE))


def _traces(rows: _Rows, palette: Palette, theme: Theme, size: float) -> list[Figure]:
    """Brackets, lines by verdict, both signs: always as many, whatever there is to show."""
    lines = rows.compared
    words = (*StrandWord, None)
    return [
        _path(_brackets(lines), palette.muted, 2, "chance"),
        *(
            _path(
                _ways([i for i in lines if _is(i, word, provable)]),
                verdict_colour(word, theme),
                max(2, round((9 if provable else 3) * size)),
                "demonstrable" if provable else "not demonstrable",
            )
            for provable in (False, True)
            for word in words
        ),
        _signs(lines, Strand.CITIZENS, palette, theme, size),
        _signs(lines, Strand.COUNCIL, palette, theme, size),
    ]


def _is(line: _Line, word: StrandWord | None, provable: bool) -> bool:
    found = line.found
    return found is not None and found.verdict is word and found.provable is provable


Points = Iterator[tuple[float | None, float | None]]


def _ways(lines: Sequence[_Line]) -> Points:
    for line in lines:
        yield from ((line.council, line.y), (line.citizens, line.y), (None, None))


def _brackets(lines: Sequence[_Line]) -> Points:
    """As wide as the distance that chance alone gives on average, in the middle of both."""
    for line in lines:
        if line.found is None:
            continue
        middle, half = (line.council + line.citizens) / 2, POINTS * line.found.floor.mean / 2
        low, high = line.y - _BELOW, line.y - _BELOW + 0.16
        yield from (
            (middle - half, high),
            (middle - half, low),
            (middle + half, low),
            (middle + half, high),
            (None, None),
        )


def _path(points: Points, colour: str, width: float, name: str) -> Figure:
    found = list(points)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [x for x, _ in found],
        "y": [y for _, y in found],
        "cliponaxis": False,
        "line": {"color": colour, "width": width, "simplify": False},
    }


def _signs(
    lines: Sequence[_Line], strand: Strand, palette: Palette, theme: Theme, size: float
) -> Figure:
    colours = [verdict_colour(line.found.verdict if line.found else None, theme) for line in lines]
    council = strand is Strand.COUNCIL
    return {
        "type": "scatter",
        "mode": "markers",
        "name": strand.value,
        "x": [line.council if council else line.citizens for line in lines],
        "y": [line.y for line in lines],
        "ids": [f"{line.item.statement.id}-{strand.value}" for line in lines],
        "cliponaxis": False,
        "marker": {
            "symbol": "circle" if council else "diamond",
            "size": round((34 if council else 32) * size),
            "color": colours if council else palette.ground,
            "line": {
                "color": palette.ground if council else colours,
                "width": max(2, round((3 if council else 5) * size)),
            },
        },
    }


def _tracks(rows: _Rows, palette: Palette) -> Iterator[Figure]:
    """A faint track for every statement, and the tick that a majority has to cross."""
    above = 0.4 if rows.texts else 0.9  # below the words, where there are some
    for line in rows.compared:
        yield rule((0, 100), (line.y, line.y), palette.line, 2)
        yield dotted(rule((50, 50), (line.y - 0.9, line.y + above), palette.muted, 3))


def _sentence(comparison: ClusterComparison, items: Sequence[ComparedItem], t: Translator) -> str:
    said = (
        t("“{statement}”: {sentence}", statement=i.statement.text, sentence=sentence)
        for i, sentence in ((i, comparison_sentence(i, t)) for i in items)
    )
    return " ".join((cluster_comparison_sentence(comparison, t), *said))


def _table(items: Sequence[ComparedItem], t: Translator) -> Table:
    columns = (
        t("Statement"),
        *(t("{strand}: in favour", strand=strand_name(strand, t)) for strand in Strand),
        *(t("{strand}: answers", strand=strand_name(strand, t)) for strand in Strand),
        t("Nearness"),
        t("Nearness if of one mind"),
        t("Finding"),
        t("Difference"),
    )
    return Table(columns, tuple(_row(i, t) for i in items))


def _row(item: ComparedItem, t: Translator) -> tuple[str, ...]:
    both = (item.council, item.citizens)
    n = (t.number(i.counts.n) for i in both)
    found = item.comparison
    if found is None:
        nothing = (NO_VALUE,) * 2
        return (item.statement.text, *nothing, *n, *nothing, *nothing)
    favour = ((in_favour(i) or 0.0) / POINTS for i in both)
    return (
        item.statement.text,
        *(t.percent(share) for share in favour),
        *n,
        t.decimal(found.naehe, 0),
        t.decimal(POINTS * (1 - found.floor.mean), 0),
        strand_word(found.verdict, t) or NO_VALUE,
        f"{provable_words(found, t)} ({p_words(found.p, t)})",
    )
