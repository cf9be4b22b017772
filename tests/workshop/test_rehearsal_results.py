"""A rehearsal shows everything, from one answer on; groups and other workshops keep to five."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from tests.every_kind import EveryKind, every_kind
from tests.rooms import TEMPLATE, Prepared, make_service
from workshop import export
from workshop.charts.words import shown
from workshop.enough import least_shown
from workshop.i18n import translator
from workshop.model import OPERATOR, QuestionKind, Strand
from workshop.results import ClusterRound
from workshop.sentences import item_sentence
from workshop.verdicts import ChangeWord, ClusterWord

DE = translator("de")


def _rated(prepared: Prepared, tokens: list[str], *values: int) -> ClusterRound:
    """Everybody rates both statements, each the next value; revealed."""
    round_ = prepared.open()
    for token, value in zip(tokens, values, strict=True):
        for statement in prepared.statements:
            prepared.answer(token, round_, statement, value)
    prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    results = prepared.service.results(OPERATOR, prepared.id)
    found = next(c for c in results.clusters if c.cluster.id == prepared.rate.cluster_id).latest
    assert found is not None
    return found


@pytest.mark.parametrize("values", [(4,), (1, 5), (2, 2, 5), (1, 2, 3, 4)])
def test_few_people_are_shown_in_a_rehearsal_and_nowhere_else(
    small: Prepared, values: tuple[int, ...]
) -> None:
    service, w = small.service, small.id
    service.begin_rehearsal(OPERATOR, w)
    tokens = small.people(len(values))
    rehearsed = _rated(small, tokens, *values)
    assert rehearsed.index is not None and not rehearsed.too_few
    assert all(shown(item) for item in rehearsed.items)
    cluster = service.analysis(OPERATOR, w).cluster(small.rate.cluster_id)
    assert cluster is not None
    level = cluster.rounds[-1].level
    assert level.word is not ClusterWord.TOO_FEW
    assert level.low is not None and level.high is not None and level.low <= level.high
    assert small.rate.scale is not None
    sentence = item_sentence(cluster.rounds[-1].items[0], small.rate.scale, DE)
    assert "Weniger als fünf" not in sentence
    phone = service.phone(w, tokens[0])
    assert not any(counts.few for counts in phone.room.values())

    service.end_rehearsal(OPERATOR, w)
    real = _rated(small, small.people(len(values)), *values)
    assert real.index is None and real.too_few
    assert not any(shown(item) for item in real.items)
    assert all(counts.few for counts in service.phone(w, small.people(1)[0]).room.values())


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_a_change_of_few_is_shown_from_two_people_on(small: Prepared, people: int) -> None:
    service, w = small.service, small.id
    service.begin_rehearsal(OPERATOR, w)
    tokens = small.people(people)
    _rated(small, tokens, *(1 + i % 5 for i in range(people)))
    _rated(small, tokens, *(3 + i % 2 for i in range(people)))
    cluster = service.analysis(OPERATOR, w).cluster(small.rate.cluster_id)
    assert cluster is not None
    (change,) = cluster.changes
    for found in (change, *change.items):
        if people == 1:
            assert (found.word, found.change) == (ChangeWord.TOO_FEW, None)
        else:
            assert found.word not in (ChangeWord.TOO_FEW, ChangeWord.TOO_FEW_TO_CLAIM)
            assert found.change is not None and math.isfinite(found.change)
    for name in ("xlsx", "csv", "json"):
        assert export.write(service.record(OPERATOR, w), name, "de")  # type: ignore[arg-type]


def test_groups_and_other_workshops_keep_to_five(small: Prepared) -> None:
    service, w = small.service, small.id
    other = service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=small.process_id
    ).workshop_id
    opened = service.open_round(OPERATOR, other, small.rate.id).open_round
    assert opened is not None
    for _ in range(4):
        token, _ = service.join(other, None, "none").result()
        for statement in small.statements:
            service.answer(other, token, opened.id, statement, "2").result()
    service.reveal_round(OPERATOR, other, small.rate.id)
    service.begin_rehearsal(OPERATOR, w)
    _rated(small, small.people(4), 1, 2, 3, 4)
    cluster = service.analysis(OPERATOR, w).cluster(small.rate.cluster_id)
    assert cluster is not None and cluster.strands is not None
    assert all(cluster.strands.level(strand).index is None for strand in Strand)
    assert [item.comparison for item in cluster.strands.items] == [None, None]
    assert service.by_segment(OPERATOR, w).groups == ()


@pytest.fixture
def kinds(sqlite_url: str) -> Iterator[EveryKind]:
    with make_service(sqlite_url) as running:
        yield every_kind(running)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (QuestionKind.RANK, (2, 1, 3, 4)),
        (QuestionKind.ALLOCATE, (7, 3, 0, 0)),
        (QuestionKind.CHOOSE, (0, 1, 0, 0)),
    ],
)
def test_options_show_one_answer(
    kinds: EveryKind, kind: QuestionKind, given: tuple[int, ...]
) -> None:
    service, w = kinds.room.service, kinds.room.id
    service.begin_rehearsal(OPERATOR, w)
    assert least_shown(kinds.room.agenda.workshop) == 1
    (token,) = kinds.room.people(1)
    round_ = kinds.open(kind)
    kinds.give(token, round_, given)
    kinds.reveal(kind)
    whole, seen = service.results(OPERATOR, w).whole(round_.id), service.phone(w, token).whole
    assert whole is not None and seen is not None
    assert not any(part.few for part in (whole, seen, *whole.options, *seen.options))
    level = service.analysis(OPERATOR, w).cluster(kinds.questions[kind].cluster_id)
    assert level is not None and level.rounds[-1].wholes[0].leaders


def test_a_matrix_shows_one_answer(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    service.begin_rehearsal(OPERATOR, w)
    (token,) = kinds.room.people(1)
    round_ = kinds.open(QuestionKind.MATRIX)
    for axis in (1, 2):
        placed = service.answer(w, token, round_.id, round_.statement_ids[0], "4", axis=axis)
        assert placed.result() == 4
    kinds.reveal(QuestionKind.MATRIX)
    first = service.results(OPERATOR, w).matrix(round_.id)[0]
    assert shown(first.first) and shown(first.second)
