"""What may be changed of an agenda: texts, looks, order, scales, and the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from tests.rooms import Prepared
from workshop.editing import (
    MANY,
    Demand,
    changed_text,
    demanded,
    free_look,
    in_place,
    moved_by,
    require_minutes,
    timetable,
    too_many,
)
from workshop.errors import Refused
from workshop.limits import BACKED, MOST, most_of
from workshop.marks import ACCENTS, MARKS
from workshop.model import SCALED, Cluster, KeyQuestion, QuestionKind, Scale
from workshop.templates import scales


def cluster(number: int, accent: str = "a", mark: str = "house") -> Cluster:
    return Cluster(str(number), "p", {"de": "x"}, accent, mark, number)


def test_a_text_keeps_the_languages_that_are_not_given() -> None:
    was = {"de": "Alt", "fr": "Vieux"}
    assert changed_text(was, {"de": "  Neu\u202e  heute ", "en": "New"}, 20) == {
        "de": "Neu heute",
        "fr": "Vieux",
        "en": "New",
    }
    assert changed_text(was, {"de": ""}, 20) == {"fr": "Vieux"}
    assert changed_text({}, {"de": " "}, 20, optional=True) == {}
    assert was == {"de": "Alt", "fr": "Vieux"}


def test_a_text_is_neither_empty_nor_too_long() -> None:
    assert changed_text({}, {"de": "ä" * 20}, 20) == {"de": "ä" * 20}
    for given, code in (({"de": "ä" * 21}, "too-long"), ({"de": "\u200d"}, "empty"), ({}, "empty")):
        with pytest.raises(Refused) as refused:
            changed_text({}, given, 20)
        assert refused.value.code == code


@pytest.mark.parametrize("minutes", [0, -1, 481])
def test_minutes_are_those_of_an_evening(minutes: int) -> None:
    with pytest.raises(Refused):
        require_minutes(minutes)
    assert (require_minutes(1), require_minutes(480)) == (1, 480)


def test_a_question_asks_with_what_its_kind_has() -> None:
    known, own = scales(), Scale("own", ({"de": "nie"}, {"de": "immer"}))
    for kind in QuestionKind:
        found = demanded(kind, "agreement", "benefit", 5)
        assert (found.scale == known["agreement"]) == (kind in SCALED)
        assert (found.second == known["benefit"]) == (kind is QuestionKind.MATRIX)
        assert (found.most == 5) == (most_of(kind) is not None)
    assert {demanded(kind).most for kind in BACKED} == {None}
    backed = demanded(QuestionKind.COLLECT, most=3)
    assert demanded(backed.kind, was=backed) == backed
    assert demanded(backed.kind, most=0, was=backed).most is None
    assert [demanded(kind).most for kind in MOST] == [3, 100, 1]
    was = Demand(QuestionKind.MATRIX, own, known["benefit"])
    assert demanded(was.kind, was=was) == was
    assert demanded(was.kind, "own", "agreement", was=was).second == known["agreement"]
    points = Demand(QuestionKind.ALLOCATE, most=10)
    assert demanded(points.kind, was=points).most == 10
    assert demanded(QuestionKind.WORDS, was=points).most == 3


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        (QuestionKind.RATE, {}, "no-scale"),
        (QuestionKind.RATE, {"scale": ""}, "no-scale"),
        (QuestionKind.RATE, {"scale": "stars"}, "no-scale"),
        (QuestionKind.MATRIX, {"scale": "benefit"}, "no-scale"),
        (QuestionKind.MATRIX, {"scale": "benefit", "second": "benefit"}, "same-scale"),
        (QuestionKind.WORDS, {"most": 0}, "bad-most"),
        (QuestionKind.ALLOCATE, {"most": 1001}, "bad-most"),
        (QuestionKind.CHOOSE, {"most": 13}, "bad-most"),
    ],
)
def test_what_makes_no_sense_is_refused(
    kind: QuestionKind, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        demanded(kind, **given)
    assert refused.value.code == code


def test_eight_clusters_get_eight_looks_and_a_ninth_none() -> None:
    clusters: list[Cluster] = []
    for number in range(8):
        clusters.append(cluster(number, *free_look(clusters)))
    assert {c.accent for c in clusters} == set(ACCENTS)
    assert {c.mark for c in clusters} == set(MARKS)
    with pytest.raises(Refused) as refused:
        free_look(clusters)
    assert refused.value.code == "too-many-clusters"


def test_an_order_moves_within_its_ends() -> None:
    things = in_place([cluster(2), cluster(0), cluster(1)])
    assert [c.id for c in things] == ["0", "1", "2"]

    def order(thing: str, by: int) -> str:
        return "".join(c.id for c in moved_by(things, thing, by))

    assert order("0", 1) == "102" and order("2", -1) == "021"
    assert order("0", -1) == "012" and order("2", 1) == "012" and order("2", -9) == "201"


def test_two_in_one_place_have_an_order_all_the_same() -> None:
    same = [replace(cluster(n), position=0) for n in (3, 1, 2)]
    assert [c.id for c in in_place(same)] == ["1", "2", "3"]


def test_the_clock_follows_the_running_order(small: Prepared) -> None:
    agenda = small.agenda
    found = timetable(agenda, time(18, 0))
    # Four clusters, each of twenty and of ten minutes.
    assert sorted(found.begins.values()) == [
        time(18, 0),
        time(18, 20),
        time(18, 30),
        time(18, 50),
        time(19, 0),
        time(19, 20),
        time(19, 30),
        time(19, 50),
    ]
    assert (found.end, found.days) == (time(20, 0), 0)
    late = timetable(agenda, time(23, 0))
    assert (late.end, late.days) == (time(1, 0), 1)


def test_more_than_fifteen_statements_are_too_many(small: Prepared) -> None:
    def many(count: int, question: KeyQuestion) -> int:
        agenda = small.agenda
        one = replace(agenda.statements[0], question_id=question.id)
        several = tuple(replace(one, id=str(n)) for n in range(count))
        hidden = replace(one, id="hidden", hidden=True)
        return too_many(replace(agenda, statements=(*several, hidden)), question)

    assert many(MANY, small.rate) == 0
    assert many(MANY + 1, small.rate) == 16
    assert many(MANY + 1, small.collect) == 0
    matrix = replace(small.rate, kind=QuestionKind.MATRIX)
    assert [many(count, matrix) for count in (7, 8)] == [0, 8]
