"""The plane of a matrix: marks with their spread, which step aside where they'd cover each other.

The middle of a statement is the median taken within its step (five people on step 4 and five on
step 5 are between both, three and seven nearer to 5), as are the quarters: else most statements
would lie on the few points where two steps cross.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, sin
from typing import Final

from workshop.charts.base import Figure, Palette, mix, text_on
from workshop.results import Counts, ItemResult, MatrixResult

_WIDE: Final = 900.0
_HIGH: Final = 560.0
"""Roughly how large the plane is on the wall, for who stands too near to whom."""
_LEAST: Final = 50.0
_EDGE: Final = 24.0
_ROUNDS: Final = 200
_TURN: Final = 2.4
"""Radians from one mark to the next, which never come round to the same side again."""

Numbers = Mapping[str, int]
"""By statement id, the number of a statement in the whole question."""


def within(counts: Counts, share: float) -> float:
    """Where this share of the answers is reached, each step taken as wide as one.

    Between k − ½ and k + ½ for step k; there have to be answers.
    """
    wanted, before = share * counts.n, 0
    for step, people in enumerate(counts.steps, start=1):
        if people and before + people >= wanted:
            return step - 0.5 + (wanted - before) / people
        before += people
    return len(counts.steps) + 0.5


Place = tuple[float, float]
Span = tuple[float, float, float]
"""The first quarter, the middle, the third quarter."""


def _span(item: ItemResult) -> Span:
    low, middle, high = (within(item.counts, share) for share in (0.25, 0.5, 0.75))
    return low, middle, high


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement on the plane.

    Attributes:
        name: its id; `number` what stands in its mark.
        x, y: where its answers are on both axes.
        before: its middle in the round before, None where there was none.
        listed: whether it is one of those that are listed now; the others stay pale.
    """

    name: str
    number: int
    x: Span
    y: Span
    before: Place | None
    listed: bool

    @property
    def place(self) -> Place:
        """The middle on both axes."""
        return self.x[1], self.y[1]


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a plane, and how large its marks are (1 on the wall)."""

    palette: Palette
    colour: str
    size: float


def mark_of(
    now: MatrixResult, then: MatrixResult | None, numbers: Numbers, named: Collection[str]
) -> Mark:
    """The mark of a statement that enough people placed on both axes; `named` are listed."""
    return Mark(
        now.statement.id,
        numbers.get(now.statement.id, 0),
        _span(now.first),
        _span(now.second),
        None if then is None else (_span(then.first)[1], _span(then.second)[1]),
        now.statement.id in named,
    )


Spans = tuple[tuple[float, float], tuple[float, float]]
"""From where to where the first and the second axis reach."""


def ground_of(spans: Spans, palette: Palette) -> list[Figure]:
    """The ground of the plane, its border, and where the middle of each scale is."""
    (left, right), (low, high) = spans
    ground: Figure = {
        "type": "rect",
        "x0": left,
        "x1": right,
        "y0": low,
        "y1": high,
        "layer": "below",
        "fillcolor": mix(palette.faint, palette.ground, 0.55),
        "line": {"color": palette.line, "width": 2},
    }
    middle = {"color": palette.muted, "width": 2, "dash": "dot"}
    x, y = (left + right) / 2, (low + high) / 2
    lines: list[Figure] = [
        {"type": "line", "x0": x, "x1": x, "y0": low, "y1": high},
        {"type": "line", "x0": left, "x1": right, "y0": y, "y1": y},
    ]
    return [ground, *({**line, "layer": "below", "line": middle} for line in lines)]


def traces(marks: Sequence[Mark], spans: Spans, paint: Paint) -> list[Figure]:
    """Always as many, whatever there is to show: others, crosses, ways, places, leads, marks."""
    palette, size = paint.palette, paint.size
    at = dict(zip(marks, _apart([m.place for m in marks], spans), strict=True))
    listed = [m for m in marks if m.listed]
    pale = mix(paint.colour, palette.ground, 0.5)
    faint = mix(palette.ink, palette.ground, 0.7)
    before = [(m.before, f"{m.name}-before") for m in listed if m.before is not None]
    places = [(m.place, f"{m.name}-place") for m in listed]
    return [
        _badges(
            [m for m in marks if not m.listed],
            at,
            (palette.ground, palette.muted),
            0.93 * size,
            palette.line,
        ),
        _lines([p for m in listed for p in _cross(m)], pale, round(7 * size)),
        _lines([p for m in listed for p in _way(m)], faint, max(2, round(3 * size)), dash="dot"),
        _dots(before, palette.ground, faint, round(17 * size)),
        _lines([p for m in listed for p in _lead(m, at[m])], palette.ink, 2),
        _dots(places, palette.ink, palette.ground, round(13 * size)),
        _badges(listed, at, (paint.colour, text_on(paint.colour)), size),
    ]


def _badges(
    marks: Sequence[Mark],
    at: Mapping[Mark, Place],
    look: tuple[str, str],
    size: float,
    line: str = "rgba(0,0,0,0)",
) -> Figure:
    """Round marks with their numbers."""
    fill, ink = look
    return {
        **_dots([(at[m], m.name) for m in marks], fill, line, round(44 * size)),
        "mode": "markers+text",
        "text": [f"<b>{m.number}</b>" for m in marks],
        "textposition": "middle center",
        "textfont": {"size": round(26 * size), "color": ink},
    }


Points = list[tuple[float | None, float | None]]
"""Of lines; None ends one."""


def _cross(mark: Mark) -> Points:
    (left, x, right), (low, y, high) = mark.x, mark.y
    return [(left, y), (right, y), (None, None), (x, low), (x, high), (None, None)]


def _way(mark: Mark) -> Points:
    if mark.before is None:
        return []
    return [mark.before, mark.place, (None, None)]


def _lead(mark: Mark, label: Place) -> Points:
    return [] if mark.place == label else [mark.place, label, (None, None)]


def _lines(points: Points, colour: str, width: int, dash: str = "solid") -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [None if x is None else round(x, 4) for x, _ in points],
        "y": [None if y is None else round(y, 4) for _, y in points],
        "line": {"color": colour, "width": width, "dash": dash, "simplify": False},
        "cliponaxis": False,
    }


def _dots(places: Sequence[tuple[Place, str]], fill: str, line: str, size: int) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 4) for (x, _), _ in places],
        "y": [round(y, 4) for (_, y), _ in places],
        "ids": [name for _, name in places],
        "marker": {"color": fill, "size": size, "line": {"color": line, "width": 3}},
        "cliponaxis": False,
    }


def _apart(places: Sequence[Place], spans: Spans) -> list[Place]:
    """Where the numbered marks stand: at their places, or aside where they'd cover each other."""
    (left, right), (low, high) = spans
    wide, tall = _WIDE / (right - left), _HIGH / (high - low)
    # Of those on one place each leaves it by a way of its own.
    at = [
        [(x - left) * wide + cos(_TURN * i) / 9, (y - low) * tall + sin(_TURN * i) / 9]
        for i, (x, y) in enumerate(places)
    ]
    for _ in range(_ROUNDS):
        if not sum(_push(one, other) for other, one in combinations(at, 2)):
            break
    moved = [(x / wide + left, y / tall + low) for x, y in at]
    return [
        place if hypot((x - place[0]) * wide, (y - place[1]) * tall) < 1 else (x, y)
        for place, (x, y) in zip(places, moved, strict=True)
    ]


def _push(one: list[float], other: list[float]) -> bool:
    """Push two marks apart by half of what is missing each, inside of the plane."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    far = hypot(dx, dy)
    if far >= _LEAST - 0.5:
        return False
    if not far:  # both in one corner
        dx = far = 1.0
    push = (_LEAST - far) / 2
    for mark, share in ((one, push / far), (other, -push / far)):
        mark[0] = min(max(mark[0] + share * dx, _EDGE), _WIDE - _EDGE)
        mark[1] = min(max(mark[1] + share * dy, _EDGE), _HIGH - _EDGE)
    return True
