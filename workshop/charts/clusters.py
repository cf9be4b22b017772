"""The cluster view: how close the answers are in every cluster, round after round.

One row per cluster on a track from 0 to 100. Each round has its own lane: a band for its
interval, and on it an open circle for earlier rounds, the filled one for the last; a line joins
them, fainter where everybody together changed otherwise than those who answered both rounds.
The shaded part ends at the chance level. Where both strands rated the same statements a last
lane shows the council (small, filled) and the citizens (a diamond) on those.

Clusters stay in their own order: an index says nothing about another cluster's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.analysis import Analysis, ClusterAnalysis, Level
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Theme,
    accent_colour,
    dotted,
    frame,
    mix,
    rule,
)
from workshop.charts.cluster_labels import NAME, overview_table, picture, words_above
from workshop.charts.words import cluster_words, differs
from workshop.i18n import Translator

TICKS: Final = (0, 25, 50, 75, 100)
PER_CLUSTER: Final = 9
"""Traces of one cluster, whatever there is to show: so that the next round moves what is there."""
_LANES: Final = 0.5
"""Share of a row's height between its first and its last lane, where there are many."""
_LANE: Final = 0.25
"""The same between one lane and the next, where there are few."""
_APART: Final = 0.045
"""Half the distance of both strands within their lane: bands that overlap are still two."""
_ROW: Final = 160  # pixels per row in a labelled figure


def cluster_overview(
    analysis: Analysis, t: Translator, *, theme: Theme = "light", labels: bool = True
) -> Chart:
    """The convergence index of every cluster over its revealed rounds, each with its interval.

    Without `labels` each cluster has one row of the same height, the first on top, and whoever
    shows the figure writes names and numbers beside it. Clusters without a number keep an empty
    track; their words say why.
    """
    palette = PALETTES[theme]
    clusters = analysis.clusters
    words = [cluster_words(c, t) for c in clusters]
    rows = len(clusters)
    lanes = _lanes(analysis)
    data: list[Figure] = []
    shapes: list[Figure] = []
    for place, cluster in enumerate(clusters):
        y = rows - place - 0.5 - (0.14 if labels else 0)
        row = _Row(cluster, y, lanes, _size(rows, labels), palette, theme)
        data.extend(row.traces())
        shapes.extend(row.track())
    layout = frame(palette, shapes=shapes)
    layout["xaxis"].update(
        range=[-4, 105],
        ticklabeloverflow="allow",
        visible=True,
        showgrid=False,
        tickvals=list(TICKS),
        ticks="",
        tickfont={"size": 16 if labels else 26, "color": palette.muted},
    )
    layout["yaxis"].update(range=[0, rows or 1])
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 28 if labels else 50}
    if labels:
        layout["annotations"] = words_above(clusters, words, t, palette)
        layout["images"] = [
            picture(c.cluster, rows - i - NAME, theme) for i, c in enumerate(clusters)
        ]
    return Chart(
        figure={"data": data, "layout": layout},
        title=_title(analysis, t),
        sentence=" ".join(w.sentence for w in words),
        table=overview_table(clusters, words, t),
        height=_ROW * rows + 40,
    )


def _title(analysis: Analysis, t: Translator) -> str:
    if any(len(c.rounds) > 1 for c in analysis.clusters):
        return t("How close have we come?")
    return t("How close are we?")


def _size(rows: int, labels: bool) -> float:
    """How large the signs are: as large as the rows bear, on the wall and on a desk."""
    if labels:
        return 0.55
    return 1.0 if rows <= 5 else 0.66


@dataclass(frozen=True, slots=True)
class _Lanes:
    """The lanes that every row has, so that the same lane is the same thing in all of them."""

    rounds: int
    strands: bool

    def of_round(self, number: int) -> float:
        """The height of a round's lane above the middle of its row, the first on top."""
        return self._at(number - 1)

    @property
    def of_strands(self) -> float:
        """The height of the lane of both strands."""
        return self._at(self.rounds)

    def _at(self, place: int) -> float:
        steps = self.rounds + self.strands - 1
        return min(_LANE * steps, _LANES) * (0.5 - place / steps) if steps else 0.0


def _lanes(analysis: Analysis) -> _Lanes:
    numbers = [r.number for c in analysis.clusters for r in c.rounds]
    return _Lanes(max(numbers, default=1), bool(analysis.compared))


@dataclass(frozen=True, slots=True)
class _Point:
    """A number on the track with its interval."""

    name: str
    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One cluster on its track; `y` is the middle of its row."""

    cluster: ClusterAnalysis
    y: float
    lanes: _Lanes
    size: float
    palette: Palette
    theme: Theme

    def traces(self) -> list[Figure]:
        """Bands, line, circles, and both strands: always `PER_CLUSTER` traces."""
        rounds = self._rounds()
        latest = self.cluster.latest
        last = rounds[-1:] if latest is not None and latest.level.index is not None else []
        earlier = rounds[: len(rounds) - len(last)]
        strands = [self._strand(sign) for sign in (1, -1)]
        ink, ground, colour = self.palette.ink, self.palette.ground, self._colour
        return [
            self._line(rounds),
            self._bands("earlier", earlier, mix(colour, ground, 0.28), 8),
            self._bands("last", last, mix(colour, ground, 0.5), 15),
            self._bands("council", strands[0], mix(ink, ground, 0.35), 5),
            self._bands("citizens", strands[1], mix(ink, ground, 0.35), 5),
            self._signs("earlier", earlier, 24, (ground, colour, 4)),
            self._signs("last", last, 34, (colour, ground, 3)),
            self._signs("council", strands[0], 18, (ink, ground, 2)),
            self._signs("citizens", strands[1], 20, (ground, ink, 4), "diamond"),
        ]

    @property
    def _colour(self) -> str:
        return accent_colour(self.cluster.cluster.accent, self.theme)

    def _rounds(self) -> list[_Point]:
        return [
            self._point(f"{r.number}", r.level, self.lanes.of_round(r.number))
            for r in self.cluster.rounds
            if r.level.index is not None
        ]

    def _strand(self, sign: int) -> list[_Point]:
        """The council (1) or the citizens (−1), over what both rated; none where too few did."""
        strands = self.cluster.strands
        if strands is None:
            return []
        level = strands.council if sign > 0 else strands.citizens
        name = "council" if sign > 0 else "citizens"
        if level.index is None:
            return []
        return [self._point(name, level, self.lanes.of_strands + sign * _APART)]

    def _point(self, name: str, level: Level, lane: float) -> _Point:
        return _Point(name, level.index or 0.0, self.y + lane, level.low, level.high)

    def _line(self, points: list[_Point]) -> Figure:
        """Through all rounds; these are everybody, so it fades where the panel moved otherwise."""
        faint = any(differs(change) for change in self.cluster.changes)
        return {
            **self._trace(points, "line"),
            "mode": "lines",
            "line": {
                "color": mix(self._colour, self.palette.ground, 0.3 if faint else 0.6),
                "width": 2 if faint else 4,
                "dash": "dot" if faint else "solid",
            },
        }

    def _bands(self, name: str, points: list[_Point], colour: str, width: float) -> Figure:
        """Intervals as lines with gaps between them."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        for point in points:
            if point.low is not None and point.high is not None:
                xs.extend((point.low, point.high, None))
                ys.extend((point.y, point.y, None))
        return {
            "type": "scatter",
            "cliponaxis": False,
            "name": f"{name}-band",
            "x": xs,
            "y": ys,
            "mode": "lines",
            "line": {"color": colour, "width": max(3, round(width * self.size))},
        }

    def _signs(
        self,
        name: str,
        points: list[_Point],
        size: float,
        paint: tuple[str, str, float],
        symbol: str = "circle",
    ) -> Figure:
        """Signs of one size; `paint` is their fill, their edge and its width."""
        fill, edge, width = paint
        marker = {
            "symbol": symbol,
            "size": round(size * self.size),
            "color": fill,
            "line": {"color": edge, "width": max(2, round(width * self.size))},
        }
        return {**self._trace(points, name), "mode": "markers", "marker": marker}

    def _trace(self, points: list[_Point], name: str) -> Figure:
        """A trace without points still is one, so that the next round moves what is there."""
        return {
            "type": "scatter",
            "cliponaxis": False,
            "name": name,
            "x": [p.x for p in points],
            "y": [p.y for p in points],
            "ids": [f"{self.cluster.cluster.id}-{name}-{p.name}" for p in points],
        }

    def track(self) -> list[Figure]:
        """The track, and the chance level at the last round's own n."""
        low, high = self.y - 0.36, self.y + 0.34
        base = rule((0, 100), (low, low), self.palette.line, 2)
        latest = self.cluster.latest
        if latest is None or latest.level.index is None or latest.level.baseline is None:
            return [base]
        chance = latest.level.baseline
        zone = {
            **rule((0, chance), (low, high), self.palette.faint, 0),
            "type": "rect",
            "fillcolor": self.palette.faint,
        }
        tick = rule((chance, chance), (low, high + 0.05), self.palette.muted, 3)
        return [zone, base, dotted(tick)]
