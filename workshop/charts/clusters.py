"""The cluster view: how close the answers are in every cluster, round after round.

One row per cluster on a track from 0 to 100. Open circles are earlier rounds, the filled one is
the last; a line joins them. The shaded part ends at the chance level. Each round has its own
lane in the row, as wide as it needs to carry an interval.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    escape,
    frame,
    note,
)
from workshop.charts.words import ClusterWords, cluster_words
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.marks import MARKS
from workshop.model import Cluster
from workshop.results import ClusterResult, WorkshopResults

TICKS: Final = (0, 25, 50, 75, 100)
_LANES: Final = 0.34
"""Share of a row's height between its first and its last round."""
_ROW: Final = 110  # pixels per row in a labelled figure


def cluster_overview(
    results: WorkshopResults, t: Translator, *, theme: Theme = "light", labels: bool = True
) -> Chart:
    """The convergence index of every cluster over its revealed rounds, with n and chance level.

    Without `labels` each cluster has one row of the same height, the first on top, and whoever
    shows the figure writes names and numbers beside it. Clusters without a number keep an empty
    track; their words say why.
    """
    palette = PALETTES[theme]
    clusters = results.clusters
    words = [cluster_words(c, t) for c in clusters]
    rows = len(clusters)
    data: list[Figure] = []
    shapes: list[Figure] = []
    for place, result in enumerate(clusters):
        y = rows - place - 0.5 - (0.15 if labels else 0)
        colour = accent_colour(result.cluster.accent, theme)
        data.extend(_path(result, y, colour, palette, _size(rows, labels)))
        shapes.extend(_track(result, y, palette))
    layout = frame(palette, shapes=shapes)
    layout["xaxis"].update(
        range=[-3, 103],
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
        layout["annotations"] = _annotations(results, words, t, palette)
        layout["images"] = [
            _mark(r.cluster, rows - i - 0.12, theme) for i, r in enumerate(clusters)
        ]
    return Chart(
        figure={"data": data, "layout": layout},
        title=_title(results, t),
        sentence=" ".join(w.sentence for w in words),
        table=_table(results, words, t),
        height=_ROW * rows + 40,
    )


def _size(rows: int, labels: bool) -> float:
    """How large the circles are: as large as the rows bear, on the wall and on a desk."""
    if labels:
        return 0.6
    return 1.0 if rows <= 5 else 0.7


def _title(results: WorkshopResults, t: Translator) -> str:
    if any(len(c.rounds) > 1 for c in results.clusters):
        return t("How close have we come?")
    return t("How close are we?")


def _lane(place: int, rounds: int) -> float:
    """The height of a round's lane above the middle of its row, the first round on top."""
    return _LANES * (0.5 - place / (rounds - 1)) if rounds > 1 else 0.0


def _path(
    result: ClusterResult, y: float, colour: str, palette: Palette, size: float
) -> list[Figure]:
    """The line through all rounds, the earlier rounds, the last one: always three traces."""
    rounds = result.rounds
    points = [
        (r.index, y + _lane(i, len(rounds))) for i, r in enumerate(rounds) if r.index is not None
    ]
    # A trace without points still is one, so that the next round moves what is there.
    last = points[-1:] if rounds and rounds[-1].index is not None else []
    earlier = points[: len(points) - len(last)]
    common = {"type": "scatter", "cliponaxis": False}
    name = result.cluster.id
    return [
        {
            **common,
            **_xy(points),
            "mode": "lines",
            "ids": [f"{name}-line-{i}" for i in range(len(points))],
            "line": {"color": colour, "width": 4},
            "opacity": 0.55,
        },
        {
            **common,
            **_xy(earlier),
            "mode": "markers",
            "ids": [f"{name}-{i}" for i in range(len(earlier))],
            "marker": {
                "size": round(26 * size),
                "color": palette.ground,
                "line": {"color": colour, "width": 4},
            },
        },
        {
            **common,
            **_xy(last),
            "mode": "markers",
            "ids": [f"{name}-last" for _ in last],
            "marker": {
                "size": round(40 * size),
                "color": colour,
                "line": {"color": palette.ground, "width": 3},
            },
        },
    ]


def _xy(points: list[tuple[float, float]]) -> Figure:
    return {"x": [p[0] for p in points], "y": [p[1] for p in points]}


def _track(result: ClusterResult, y: float, palette: Palette) -> list[Figure]:
    """The track, and the chance level at the last round's own n."""
    latest = result.latest
    low, high = y - 0.31, y + 0.27
    base = _shape(0, 100, low, low, palette.line, 2)
    if latest is None or latest.index is None or latest.baseline is None:
        return [base]
    chance = latest.baseline
    zone = {**_shape(0, chance, low, high, palette.faint, 0), "type": "rect"}
    zone.update(fillcolor=palette.faint, layer="below")
    tick = _shape(chance, chance, low, high + 0.05, palette.muted, 3)
    tick["line"]["dash"] = "dot"
    return [zone, {**base, "layer": "below"}, {**tick, "layer": "below"}]


def _shape(x0: float, x1: float, y0: float, y1: float, colour: str, width: int) -> Figure:
    line = {"color": colour, "width": width}
    ends = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
    return {"type": "line", "xref": "x", "yref": "y", **ends, "line": line}


def _annotations(
    results: WorkshopResults, words: list[ClusterWords], t: Translator, palette: Palette
) -> list[Figure]:
    """Name and number above each track."""
    found = []
    rows = len(words)
    for place, (result, said) in enumerate(zip(results.clusters, words, strict=True)):
        y = rows - place - 0.12
        name = f"<b>{escape(pick(result.cluster.name, t.lang))}</b>"
        found.append(note(name, 0, y, xref="x", xshift=34, yanchor="middle"))
        # Escaped piece by piece: what joins them is ours.
        facts = [escape(said.problem or "")]
        if said.index is not None:
            chance = t("chance level {value}", value=said.chance)
            facts = [f"<b>{escape(said.index)}</b>", *map(escape, (said.n, chance))]
            if said.since:
                change = f"{said.change} {said.since}" if said.change else said.since
                facts.append(escape(change))
        text = f'<span style="color:{palette.ink}">{" · ".join(facts)}</span>'
        found.append(note(text, 100, y, xref="x", xanchor="right", yanchor="middle"))
    return found


def _mark(cluster: Cluster, y: float, theme: Theme) -> Figure:
    """The cluster's mark as a picture without an address."""
    path = MARKS.get(cluster.mark, "")
    colour = accent_colour(cluster.accent, theme)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path fill="{colour}" d="{path}"/></svg>'
    )
    return {
        "source": "data:image/svg+xml," + quote(svg),
        "xref": "x",
        "yref": "y",
        "x": 0,
        "y": y,
        "sizex": 2.4,  # about 24 of the 34 pixels that the name keeps free
        "sizey": 0.24,
        "xanchor": "left",
        "yanchor": "middle",
        "sizing": "contain",
    }


def _table(results: WorkshopResults, words: list[ClusterWords], t: Translator) -> Table:
    columns = (
        t("Cluster"),
        t("Round"),
        t("Convergence"),
        t("Chance level"),
        t("People"),
        t("Note"),
    )
    rows = []
    for result, said in zip(results.clusters, words, strict=True):
        name = pick(result.cluster.name, t.lang)
        if not result.rounds:
            rows.append((name, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, said.problem or ""))
        for round_ in result.rounds:
            last = round_ is result.latest
            change = f"{said.change} {said.since}" if said.change else said.since
            rows.append(
                (
                    name,
                    t.number(round_.number),
                    t.decimal(round_.index, 0),
                    t.decimal(round_.baseline if round_.index is not None else None, 0),
                    t.number(round_.n),
                    (said.problem or change or "") if last else "",
                )
            )
    return Table(columns, tuple(rows))
