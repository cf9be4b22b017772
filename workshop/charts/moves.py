"""Who moved between two rounds: flows of people, never persons.

Per statement two bars of those who answered both rounds, the earlier one above, and between them
a ribbon for each step from which people went to another, as wide as they are many. Ribbons of
those who stayed are faint, those who went up the scale are filled in the cluster's colour, those
who went down are hollow: the direction can be told without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.analysis import Change, ItemChange
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    centres,
    escape,
    frame,
    mix,
    note,
    ramp,
    rows_with_words,
    text_on,
)
from workshop.charts.paging import SMALLEST_PAGE, moves_weight
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.model import KeyQuestion, Scale
from workshop.sentences import item_change_sentence
from workshop.stability import Stability

_BAR: Final = 1.0
"""Height of a bar, in lines of the statement beside it."""
_WAY: Final = 2.3
"""The way between both bars."""
_HIGH: Final = _BAR + _WAY + _BAR
_LABEL_EM: Final = 42.0
_LINE: Final = 30  # pixels per unit of height in a labelled figure
_TIGHTEST: Final = 0.055  # shares below this have no room for their number
_DIGITS: Final = 4  # less than a tenth of a pixel, and a third of the bytes
_BEND: Final = 14  # points on each side of a ribbon

Flows = tuple[tuple[int, ...], ...]


def moves(
    question: KeyQuestion,
    change: Change,
    t: Translator,
    *,
    items: Sequence[ItemChange] | None = None,
    accent: str = "c",
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """How the answers to a question's statements moved between both rounds of a change.

    Args:
        question: a rating question, with its scale.
        change: of the question's cluster.
        items: the statements in the order in which they are to be shown; all of the question
            where none are named. Of those with fewer than five people in both rounds nothing
            is drawn.
        accent: the cluster's, a name of `workshop.marks`.
        labels: write statement and sentence into the figure; without them each row is as high
            as `moves_weight` says and whoever shows the figure writes beside it.

    Returns:
        A chart that begins (`start`) where everybody still gives the earlier answer.

    Raises:
        ValueError: for a question without a scale.
    """
    scale = question.scale
    if scale is None:
        raise ValueError("only a rating question has steps to move on")
    palette, colours = PALETTES[theme], ramp(accent, theme, scale.steps)
    if items is None:
        items = [i for i in change.items if i.question.id == question.id]
    rows = _rows(items, t, labels)
    paint = _Paint(palette, colours, accent_colour(accent, theme), 17 if labels else 26)
    layout = frame(palette, barmode="stack", bargap=0)
    layout["xaxis"].update(range=[0, 1])
    layout["yaxis"].update(range=[rows.bottom, rows.total])
    if labels:
        layout["annotations"] = [
            note(text, 0, top + _BAR / 2 + 0.15, xref="x")
            for top, text in zip(rows.tops, rows.texts, strict=True)
        ]
        layout["margin"] = {"l": 4, "r": 4, "t": 12, "b": 12}
    start = {"data": _traces(rows, paint, scale, t, moved=False), "layout": layout}
    return Chart(
        figure={"data": _traces(rows, paint, scale, t, moved=True), "layout": layout},
        title=t("How did the answers move?"),
        sentence=_sentence(items, change, t),
        table=_table(items, scale, change, t),
        height=round(rows.total * _LINE) + 24,
        start=start,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where each statement's bars are: `tops` is the middle of the upper one."""

    items: Sequence[ItemChange]
    tops: Sequence[float]
    texts: Sequence[str]
    total: float
    bottom: float


def _rows(items: Sequence[ItemChange], t: Translator, labels: bool) -> _Rows:
    if not labels:
        weights = [moves_weight(i) for i in items]
        total = sum(weights) or 1.0
        tops = [middle + (_HIGH - _BAR) / 2 for middle in centres(weights)]
        return _Rows(items, tops, [], total, min(0.0, total - SMALLEST_PAGE))
    words = [item_change_sentence(i, t) for i in items]
    texts = rows_with_words([i.statement.text for i in items], words, _LABEL_EM)
    weights = [_HIGH + 0.9 + 0.75 * (text.count("<br>") + 1) for text in texts]
    pairs = zip(centres(weights), weights, strict=True)
    tops = [middle - weight / 2 + 0.3 + _HIGH - _BAR / 2 for middle, weight in pairs]
    return _Rows(items, tops, texts, sum(weights) or 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Paint:
    palette: Palette
    colours: Sequence[str]
    accent: str
    size: int


def _traces(
    rows: _Rows, paint: _Paint, scale: Scale, t: Translator, *, moved: bool
) -> list[Figure]:
    """Ribbons below, bars on them: three and two per step, whatever there is to show."""
    flows = [_flows(item, scale.steps) for item in rows.items]
    ways = (_ribbons(rows, flows, way, paint, moved=moved) for way in ("stayed", "up", "down"))
    return [
        *ways,
        *(_bars(rows, flows, step, paint, scale, t, after=False) for step in range(scale.steps)),
        *(
            _bars(rows, flows, step, paint, scale, t, after=True, moved=moved)
            for step in range(scale.steps)
        ),
    ]


def _flows(item: ItemChange, steps: int) -> Flows:
    """Who went from where to where; nobody where nothing may be shown."""
    return item.stability.flows if item.stability is not None else ((0,) * steps,) * steps


def _before(flows: Flows) -> list[int]:
    return [sum(row) for row in flows]


def _after(flows: Flows) -> list[int]:
    return [sum(column) for column in zip(*flows, strict=True)]


def _bars(
    rows: _Rows,
    flows: Sequence[Flows],
    step: int,
    paint: _Paint,
    scale: Scale,
    t: Translator,
    *,
    after: bool,
    moved: bool = True,
) -> Figure:
    """One step of the upper or the lower bars, with its number of people."""
    counts = [(_after if after and moved else _before)(f) for f in flows]
    shares = [c[step] / (sum(c) or 1) for c in counts]
    colour = paint.colours[step]
    name = "after" if after else "before"
    y = [top - (_WAY + _BAR if after else 0.0) for top in rows.tops]
    texts = [
        t.number(c[step]) if share >= _TIGHTEST else "\u00a0"
        for c, share in zip(counts, shares, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "x": shares,
        "y": y,
        "width": _BAR,
        "ids": [f"{i.statement.id}-{name}" for i in rows.items],
        "name": escape(pick(scale.labels[step], t.lang)),
        "marker": {"color": colour, "line": {"color": paint.palette.ground, "width": 2}},
        "cliponaxis": False,
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"color": text_on(colour), "size": paint.size, "weight": 600},
    }


def _ribbons(
    rows: _Rows, flows: Sequence[Flows], way: str, paint: _Paint, *, moved: bool
) -> Figure:
    """All ribbons of one way as one trace, with gaps between them.

    Those that nobody takes are there as a point: so that what is there can move.
    """
    xs: list[float | None] = []
    ys: list[float | None] = []
    for top, table in zip(rows.tops, flows, strict=True):
        for ribbon in _ways(table, way, moved=moved):
            for x, y in _outline(ribbon, top - _BAR / 2, top - _BAR / 2 - _WAY):
                xs.append(round(x, _DIGITS))
                ys.append(round(y, _DIGITS))
            xs.append(None)
            ys.append(None)
    return {
        "type": "scatter",
        "name": way,
        "x": xs,
        "y": ys,
        "mode": "lines",
        "fill": "toself",
        "cliponaxis": False,
        **_fill(way, paint),
    }


def _fill(way: str, paint: _Paint) -> Figure:
    """Plotly's own patterns can't move, so those who went down are hollow and not hatched.

    And empty: a ribbon that crosses them is seen through them.
    """
    ground, muted, ink = paint.palette.ground, paint.palette.muted, paint.palette.ink
    unlined = {"width": 0, "simplify": False}
    if way == "stayed":
        return {"fillcolor": mix(muted, ground, 0.16), "line": unlined}
    if way == "up":
        return {"fillcolor": mix(paint.accent, ground, 0.75), "line": unlined}
    outline = {**unlined, "width": 3, "color": mix(muted, ink, 0.4)}
    return {"fillcolor": "rgba(0,0,0,0)", "line": outline}


Ribbon = tuple[float, float, float, float]
"""Left and right end above, left and right end below, as shares of the bar."""


def _ways(table: Flows, way: str, *, moved: bool) -> Iterator[Ribbon]:
    """The ribbons of one way of a statement; before anybody moved they go straight down."""
    n = sum(map(sum, table)) or 1
    above, below = _starts(_before(table)), _starts(_after(table))
    for i, row in enumerate(table):
        for j, people in enumerate(row):
            left = above[i] + sum(row[:j])
            right = below[j] + sum(table[k][j] for k in range(i)) if moved else left
            if way == _way(i, j):
                yield left / n, (left + people) / n, right / n, (right + people) / n


def _way(before: int, after: int) -> str:
    if before == after:
        return "stayed"
    return "up" if after > before else "down"


def _starts(counts: Sequence[int]) -> list[int]:
    return [sum(counts[:i]) for i in range(len(counts))]


def _outline(ribbon: Ribbon, top: float, bottom: float) -> Iterator[tuple[float, float]]:
    """Down one side and up the other, each bent softly; one point where nobody goes."""
    left, right, left_below, right_below = ribbon
    if left == right:
        left_below = right_below = left
        bottom = top
    for i in range(_BEND + 1):
        yield _on_the_way(left, left_below, top, bottom, i / _BEND)
    for i in reversed(range(_BEND + 1)):
        yield _on_the_way(right, right_below, top, bottom, i / _BEND)
    yield left, top


def _on_the_way(
    above: float, below: float, top: float, bottom: float, share: float
) -> tuple[float, float]:
    bent = share * share * (3 - 2 * share)
    return above + (below - above) * bent, top + (bottom - top) * share


def stayed(stability: Stability) -> int:
    """How many gave the same answer again."""
    return stability.n - stability.up - stability.down


def _sentence(items: Sequence[ItemChange], change: Change, t: Translator) -> str:
    if not items:
        return t("No statement was asked in both rounds.")
    head = t(
        "From round {first} to round {second}, of those who answered both:",
        first=change.first,
        second=change.second,
    )
    said = (
        t("“{statement}”: {sentence}", statement=i.statement.text, sentence=sentence)
        for i, sentence in ((i, item_change_sentence(i, t)) for i in items)
    )
    return " ".join((head, *said))


def _table(items: Sequence[ItemChange], scale: Scale, change: Change, t: Translator) -> Table:
    """The flows: a row per statement and earlier step, a column per later step."""
    columns = (
        t("Statement"),
        t("Round {number}", number=change.first),
        *(
            t("Round {number}: {step}", number=change.second, step=pick(label, t.lang))
            for label in scale.labels
        ),
        t("People"),
    )
    rows: list[tuple[str, ...]] = []
    for item in items:
        if item.stability is None:
            rows.append((item.statement.text, *(NO_VALUE,) * (scale.steps + 1), NO_VALUE))
            continue
        for label, row in zip(scale.labels, item.stability.flows, strict=True):
            numbers = (*row, sum(row))
            step = pick(label, t.lang)
            rows.append((item.statement.text, step, *(t.number(n) for n in numbers)))
    return Table(columns, tuple(rows))
