"""The opinion map: points and groups, never persons; and what the groups say."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest

from workshop.analysis import GroupConsensus, Groups, RepresentativeOf
from workshop.charts.opinion_map import (
    BINS,
    SINGLE,
    consensus_table,
    group_mark,
    opinion_map,
    representative_table,
)
from workshop.i18n import translator
from workshop.model import Statement, Strand
from workshop.opinion import NoGroups, Representative

DE, EN = translator("de"), translator("en")
TEXT = "<b>Mehr Bäume</b> =1+1"


def statement(name: str = "s") -> Statement:
    return Statement(name, "q", TEXT, "w", Strand.CITIZENS, 0, datetime(2026, 11, 23))


def groups(*sizes: int, nobodys: int = 0) -> Groups:
    """People in clouds from left to right, the largest group first."""
    draw = np.random.default_rng(3)
    clouds = [draw.normal((3 * i, i % 2), 0.5, (n, 2)) for i, n in enumerate([*sizes, nobodys])]
    labels = [i for i, n in enumerate(sizes) for _ in range(n)] + [-1] * nobodys
    telling = Representative(0, True, 30, 40, 31 / 42, 3.2, 2.25, 4.1, 21.8)
    against = Representative(1, False, 20, 21, 21 / 23, 3.9, 1.5, 3.0, 16.0)
    return Groups(
        k=len(sizes),
        sizes=sizes,
        given=False,
        people=sum(sizes),
        statements=30,
        coordinates=np.vstack(clouds),
        explained=(0.213, 0.087),
        labels=tuple(labels),
        consensus=(GroupConsensus(statement(), 0.6149, 1204),),
        representative={
            0: (RepresentativeOf(statement(), telling), RepresentativeOf(statement(), against))
        },
        reason=None,
    )


def test_every_person_is_one_point_of_their_group_and_nothing_else() -> None:
    chart = opinion_map(groups(70, 40, 12), DE)
    nobody, *found = chart.figure["data"]
    assert nobody["x"] == [] and [len(trace["x"]) for trace in found] == [70, 40, 12]
    for trace in found:
        assert not {"ids", "text", "hovertext", "customdata", "name"} & set(trace)
        assert trace["hoverinfo"] == "skip"
    assert chart.figure["layout"]["hovermode"] is False


def test_groups_differ_in_colour_mark_and_name() -> None:
    for theme in ("light", "dark"):
        chart = opinion_map(groups(70, 40, 30, 20, 10), DE, theme=theme)  # type: ignore[arg-type]
        found = chart.figure["data"][1:]
        assert len({trace["marker"]["symbol"] for trace in found}) == 5
        assert len({trace["marker"]["color"] for trace in found}) == 5
        names = {note["text"].split("<br>")[0] for note in chart.figure["layout"]["annotations"]}
        assert names == {f"{group_mark(i)} <b>Gruppe {'ABCDE'[i]}</b>" for i in range(5)}


def test_names_stand_apart_on_the_side_of_their_group() -> None:
    drawn = groups(70, 40, 30, 20, 10)
    notes = opinion_map(drawn, DE).figure["layout"]["annotations"]
    height = float(np.ptp(drawn.coordinates[:, 1]))
    for side in (0, 1):
        heights = sorted(note["y"] for note in notes if note["x"] == side)
        assert all(b - a > 0.14 * height for a, b in pairwise(heights))
    # The clouds go from left to right.
    letters = {note["text"].split("</b>")[0][-1]: note["x"] for note in notes}
    assert letters["A"] == 0 and letters["E"] == 1


def test_the_stage_writes_the_names_itself() -> None:
    assert "annotations" not in opinion_map(groups(70, 40), DE, labels=False).figure["layout"]


def test_near_is_the_same_in_all_directions() -> None:
    axis = opinion_map(groups(70, 40), DE).figure["layout"]["yaxis"]
    assert axis["scaleanchor"] == "x" and axis["scaleratio"] == 1
    assert not axis["visible"]


def test_a_map_of_seventeen_hundred_stays_light() -> None:
    chart = opinion_map(groups(1000, 500, 200), DE)
    assert sum(len(trace["x"]) for trace in chart.figure["data"]) == 1700
    assert len(json.dumps(chart.figure, allow_nan=False)) < 30_000


def test_of_many_people_those_who_stand_together_are_one_mark() -> None:
    drawn = groups(9 * SINGLE, 3 * SINGLE)
    chart = opinion_map(drawn, DE)
    for trace, size in zip(chart.figure["data"][1:], drawn.sizes, strict=True):
        assert len(trace["x"]) == len(trace["marker"]["size"]) <= BINS**2
        assert len(trace["x"]) < size / 10
        assert max(trace["marker"]["size"]) > min(trace["marker"]["size"])
    assert "Ein größeres Zeichen steht für mehrere Personen." in chart.sentence
    assert len(json.dumps(chart.figure)) < 60_000


def test_who_is_in_no_group_is_drawn_open_and_behind() -> None:
    nobody = opinion_map(groups(70, 40, nobodys=7), DE).figure["data"][0]
    assert len(nobody["x"]) == 7 and nobody["marker"]["symbol"] == "circle-open"


def test_the_sentence_says_what_nearness_means_and_the_table_what_the_axes_show() -> None:
    chart = opinion_map(groups(812, 300), DE)
    assert chart.sentence.startswith("2 Meinungsgruppen unter 1.112 Personen")
    assert chart.sentence.endswith(
        "Je näher zwei Punkte, desto ähnlicher haben diese Personen abgestimmt."
    )
    rows = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in chart.table.rows]
    assert rows == [
        ("● Gruppe A", "812", "73 %", "–"),
        ("▲ Gruppe B", "300", "27 %", "–"),
        ("waagerecht", "–", "–", "21 %"),
        ("senkrecht", "–", "–", "9 %"),
    ]


@pytest.mark.parametrize("reason", list(NoGroups))
def test_without_groups_the_sentence_says_why(reason: NoGroups) -> None:
    none = Groups(0, (), False, 26, 9, np.zeros((0, 2)), (), (), (), {}, reason)
    chart = opinion_map(none, DE)
    assert chart.figure["data"] == [] and chart.table.rows == ()
    assert chart.sentence.startswith("Keine Meinungsgruppen")
    assert consensus_table(none, DE).rows == representative_table(none, 0, DE).rows == ()


def test_what_the_groups_say() -> None:
    drawn = groups(70, 40)
    assert consensus_table(drawn, DE).rows == ((TEXT, "0,61", "1.204"),)
    first, second = representative_table(drawn, 0, EN).rows
    assert first == (TEXT, "agrees", "75%", "40", "2.3 times")
    assert second[1:4] == ("disagrees", "95%", "21")
    assert representative_table(drawn, 1, EN).rows == ()
