"""The opinion map: people as points, the nearer the more alike they voted, never as persons.

No names, no numbers, nothing under the pointer. The two axes are those in which people differ
most; they mean nothing that could be named, so nothing is written on them. Of many people those
who stand close together are one larger mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from workshop.analysis import Groups
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
)
from workshop.i18n import NO_VALUE, Translator
from workshop.measures import FloatArray
from workshop.sentences import groups_sentence

SINGLE: Final = 2000
"""Up to so many people each is a point of their own; a browser draws these at once."""

CROWDED: Final = 400
"""Of more people the points are smaller."""

BINS: Final = 36
"""Into so many parts the longer side of the map is divided where there are more people."""

WALL: Final = 1.7
"""So much larger are the points where they are seen from across a hall."""

DIGITS: Final = 2
"""Decimals of a place: less than a pixel."""

_LOOKS: Final = (
    ("c", "circle", "●"),
    ("a", "triangle-up", "▲"),
    ("b", "square", "■"),
    ("d", "diamond", "◆"),
    ("e", "cross", "✚"),
)
"""Accent, mark on the map, and the same mark in a text, by group; as many as there can be."""

_NOBODYS: Final = -1
_HEIGHT: Final = 480
_MARGIN: Final = 0.06  # of the map's longer side, around the outermost people
_BESIDE: Final = 0.25  # left and right, where the names stand
_NAME: Final = 0.15  # of its height, from name to name


def group_name(label: int, t: Translator) -> str:
    """Group A, group B …: the largest first where they were computed."""
    return t("Group {letter}", letter=chr(ord("A") + label))


def group_mark(label: int) -> str:
    """The mark of a group, as a character."""
    return _LOOKS[label % len(_LOOKS)][2]


def group_accent(label: int) -> str:
    """The accent of a group, a name of `workshop.marks`."""
    return _LOOKS[label % len(_LOOKS)][0]


def opinion_map(
    groups: Groups, t: Translator, *, theme: Theme = "light", labels: bool = True
) -> Chart:
    """Where people stand, and which groups they form.

    Groups are told apart by colour, by mark and by their name beside them; without `labels`
    whoever shows the figure writes the names. Where there are no groups there is no map: the
    figure is empty, and the sentence says why.
    """
    palette = PALETTES[theme]
    layout = frame(palette)
    data: list[Figure] = []
    if groups.k:
        crowded = len(groups.coordinates) > CROWDED
        size = (7 if crowded else 10) * (1.0 if labels else WALL)
        data = [_trace(one, palette, theme, size) for one in _clouds(groups)]
        across = _BESIDE if labels else _MARGIN
        layout["xaxis"].update(range=_range(groups.coordinates, 0, across))
        layout["yaxis"].update(range=_range(groups.coordinates, 1, _MARGIN))
        # One unit is as long up as it is across, or nearness would depend on the window.
        layout["yaxis"].update(scaleanchor="x", scaleratio=1)
        if labels:
            layout["annotations"] = _names(groups, t, palette, theme)
    return Chart(
        figure={"data": data, "layout": layout},
        title=t("Who votes alike?"),
        sentence=_sentence(groups, t),
        table=_table(groups, t),
        height=_HEIGHT,
    )


def _sentence(groups: Groups, t: Translator) -> str:
    said = groups_sentence(groups, t)
    if not groups.k:
        return said
    nearness = t("The nearer two points, the more alike these people voted.")
    if len(groups.coordinates) <= SINGLE:
        return f"{said} {nearness}"
    return f"{said} {nearness} {t('A larger mark stands for several people.')}"


@dataclass(frozen=True, slots=True)
class _Cloud:
    """One group on the map: places, and how many people stand at each."""

    label: int
    places: FloatArray
    people: FloatArray
    single: bool


def _clouds(groups: Groups) -> Iterator[_Cloud]:
    """The groups, those of nobody first and so at the back."""
    labels = np.array(groups.labels, dtype=np.int64)
    places = np.asarray(groups.coordinates, dtype=np.float64)
    single = len(places) <= SINGLE
    width = float(np.ptp(places, axis=0).max()) / BINS or 1.0
    for label in (_NOBODYS, *range(groups.k)):
        mine = places[labels == label]
        if single or not len(mine):
            yield _Cloud(label, mine, np.ones(len(mine)), single)
            continue
        _, where, people = np.unique(
            np.floor(mine / width), axis=0, return_inverse=True, return_counts=True
        )
        sums = np.zeros((len(people), 2))
        np.add.at(sums, where.reshape(-1), mine)
        yield _Cloud(label, sums / people[:, None], people.astype(np.float64), single)


def _trace(cloud: _Cloud, palette: Palette, theme: Theme, point: float) -> Figure:
    accent, mark, _ = _LOOKS[cloud.label % len(_LOOKS)]
    nobodys = cloud.label == _NOBODYS
    colour = mix(palette.muted, palette.ground, 0.5) if nobodys else accent_colour(accent, theme)
    size: float | list[float] = round(point, 1)
    if not cloud.single:
        # The area of a mark tells how many people stand there.
        size = [round(float(s), 1) for s in np.minimum(5 * np.sqrt(cloud.people), 18)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(float(x), DIGITS) for x in cloud.places[:, 0]],
        "y": [round(float(y), DIGITS) for y in cloud.places[:, 1]],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": "circle-open" if nobodys else mark,
            "color": colour,
            "opacity": 0.75,
            "size": size,
            "line": {"color": palette.ground if not nobodys else colour, "width": 1},
        },
    }


def _range(places: FloatArray, axis: int, margin: float) -> list[float]:
    around = margin * (float(np.ptp(places, axis=0).max()) or 1.0)
    along = places[:, axis]
    return [round(float(along.min()) - around, DIGITS), round(float(along.max()) + around, DIGITS)]


def _names(groups: Groups, t: Translator, palette: Palette, theme: Theme) -> list[Figure]:
    """The name of each group beside the points, on its side and at its height."""
    labels = np.array(groups.labels, dtype=np.int64)
    middles = [np.median(groups.coordinates[labels == g], axis=0) for g in range(groups.k)]
    centre = float(np.mean([x for x, _ in middles]))
    high = float(np.ptp(groups.coordinates[:, 1])) or 1.0
    found = []
    for side in ("left", "right"):
        mine = [g for g, (x, _) in enumerate(middles) if (x < centre) == (side == "left")]
        heights = _apart([float(middles[g][1]) for g in mine], high * _NAME)
        for group, y in zip(mine, heights, strict=True):
            people = t.n("{n} person", "{n} people", groups.sizes[group])
            name = f"{group_mark(group)} <b>{group_name(group, t)}</b>"
            found.append(
                {
                    "text": f'{name}<br><span style="color:{palette.muted}">{people}</span>',
                    "x": 0 if side == "left" else 1,
                    "y": round(y, DIGITS),
                    "xref": "paper",
                    "yref": "y",
                    "xanchor": side,
                    "align": side,
                    "showarrow": False,
                    "font": {"color": accent_colour(group_accent(group), theme), "size": 17},
                }
            )
    return found


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """The same heights with so much between them, in the order in which they came."""
    found = dict.fromkeys(range(len(heights)), 0.0)
    below = -np.inf
    for i in sorted(found, key=lambda i: heights[i]):
        below = found[i] = max(heights[i], below + least)
    return [*found.values()]


def _table(groups: Groups, t: Translator) -> Table:
    columns = (t("Group or axis"), t("People"), t("Share of people"), t("Share of the differences"))
    inside = sum(groups.sizes)
    rows = [
        (
            f"{group_mark(label)} {group_name(label, t)}",
            t.number(n),
            t.percent(n / inside),
            NO_VALUE,
        )
        for label, n in enumerate(groups.sizes)
    ]
    axes = (t("across"), t("upwards"))
    rows += [
        (axis, NO_VALUE, NO_VALUE, t.percent(share))
        for axis, share in zip(axes, groups.explained, strict=False)
    ]
    return Table(columns, tuple(rows))


# What the groups say


def consensus_table(groups: Groups, t: Translator) -> Table:
    """The statements that all groups agree on, the most shared first."""
    columns = (t("Statement"), t("Agreement across groups"), t("Votes"))
    return Table(
        columns,
        tuple(
            (one.statement.text, t.decimal(one.gic, 2), t.number(one.votes))
            for one in groups.consensus
        ),
    )


def representative_table(groups: Groups, label: int, t: Translator) -> Table:
    """What tells a group from the others, the most telling first."""
    columns = (
        t("Statement"),
        t("The group"),
        t("Share"),
        t("Votes"),
        t("In proportion to the others"),
    )
    return Table(
        columns,
        tuple(
            (
                one.statement.text,
                t("agrees") if one.measures.agrees else t("disagrees"),
                t.percent(one.measures.successes / one.measures.votes),
                t.number(one.measures.votes),
                t("{ratio} times", ratio=t.decimal(one.measures.ratio, 1)),
            )
            for one in groups.representative.get(label, ())
        ),
    )
