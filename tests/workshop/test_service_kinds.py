"""Every kind of question, from the answer to what may be said of it, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.every_kind import EveryKind, every_kind
from tests.rooms import Running
from workshop.convergence import index, kendall_w, nominal_consensus, tastle_wierman
from workshop.errors import NotFound, Refused
from workshop.model import OPERATOR, QuestionKind, Round
from workshop.whole import WholeResult

CHOOSE, RANK, ALLOCATE = QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE
MATRIX, WORDS, PROPOSE = QuestionKind.MATRIX, QuestionKind.WORDS, QuestionKind.PROPOSE


@pytest.fixture
def kinds(running: Running) -> EveryKind:
    return every_kind(running)


def _answered(
    kinds: EveryKind, kind: QuestionKind, given: Sequence[Sequence[int] | None]
) -> WholeResult:
    """A round in which each of these people answered, revealed."""
    round_ = kinds.open(kind)
    for token, values in zip(kinds.room.people(len(given)), given, strict=True):
        kinds.give(token, round_, values)
    kinds.reveal(kind)
    found = kinds.room.service.results(OPERATOR, kinds.room.id).whole(round_.id)
    assert found is not None
    return found


def _in_order(round_: Round, answers: Mapping[str, int | None]) -> list[int | None]:
    return [answers[s] for s in round_.statement_ids]


def _refused(kinds: EveryKind, kind: QuestionKind, values: Sequence[int] | None) -> str:
    """The code of the refusal; nothing of it was kept."""
    opened = kinds.room.agenda.open_round
    round_ = opened or kinds.open(kind)
    (token,) = kinds.room.people(1)
    with pytest.raises(Refused) as refusal:
        kinds.give(token, round_, values)
    assert kinds.room.service.phone(kinds.room.id, token).answers == {}
    return refusal.value.code


def test_a_choice_of_one_is_one_item_by_its_entropy(kinds: EveryKind) -> None:
    given = [(1, 0, 0, 0)] * 4 + [(0, 1, 0, 0)] * 2 + [None]
    found = _answered(kinds, CHOOSE, given)
    assert [o.chosen for o in found.options] == [4, 2, 0, 0]
    assert (found.n, found.abstained) == (6, 1)
    assert found.consensus == pytest.approx(nominal_consensus([4, 2, 0, 0]))
    assert [o.statement.text for o in found.in_order][:2] == ["Bäume", "Busse"]
    assert found.kendall is None


def test_several_choices_are_each_chosen_or_not(running: Running) -> None:
    kinds = every_kind(running, choose=2)
    found = _answered(kinds, CHOOSE, [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 0)])
    assert [o.chosen for o in found.options] == [3, 1, 1, 0]
    assert [o.mean for o in found.options] == pytest.approx([1, 1 / 3, 1 / 3, 0])
    of_each = [nominal_consensus(c) or 0 for c in ((3, 0), (1, 2), (1, 2), (0, 3))]
    assert found.consensus == pytest.approx(sum(of_each) / 4)


def test_a_ranking_agrees_as_kendall_says(kinds: EveryKind) -> None:
    given = [(1, 2, 3, 4), (1, 3, 2, 4), (2, 1, 3, 4), None]
    found = _answered(kinds, RANK, given)
    w = kendall_w([g for g in given if g])
    assert w is not None
    assert found.kendall is not None
    assert (found.kendall.W, found.consensus) == (pytest.approx(w.W), pytest.approx(w.r_bar))
    assert found.options[0].places == (2, 1, 0, 0)
    assert [o.mean for o in found.options] == pytest.approx([4 / 3, 2, 8 / 3, 4])
    assert [o.statement.text for o in found.in_order] == ["Bäume", "Busse", "Radwege", "Bänke"]


def test_points_agree_by_the_order_that_they_make(kinds: EveryKind) -> None:
    given = [(5, 5, 0, 0), (10, 0, 0, 0), (4, 3, 2, 1)]
    found = _answered(kinds, ALLOCATE, given)
    w = kendall_w(given)
    assert w is not None
    assert found.consensus == pytest.approx(w.r_bar)
    assert [o.points for o in found.options] == [19, 8, 2, 1]
    assert [o.chosen for o in found.options] == [3, 2, 1, 1]


def test_a_matrix_is_answered_axis_by_axis_and_counts_on_both(kinds: EveryKind) -> None:
    round_ = kinds.open(MATRIX)
    service, w = kinds.room.service, kinds.room.id
    first, second, *_ = round_.statement_ids
    for place, token in enumerate(kinds.room.people(5)):
        service.answer(w, token, round_.id, first, "5").result()
        service.answer(w, token, round_.id, first, str(1 + place % 2), axis=2).result()
        service.answer(w, token, round_.id, second, "2", axis=2).result()
        phone = service.phone(w, token)
        assert (phone.answers[first], phone.second[first]) == (5, 1 + place % 2)
        assert (phone.answers[second], phone.second[second]) == (None, 2)
    service.answer(w, token, round_.id, first, "0").result()
    assert service.phone(w, token).second[first] is None
    service.answer(w, token, round_.id, first, "4").result()
    kinds.reveal(MATRIX)
    found = service.results(OPERATOR, w).matrix(round_.id)
    assert found[0].first.counts.steps == (0, 0, 0, 1, 4)
    assert found[0].second.counts.steps == (2, 2, 0, 0, 0)
    assert found[1].second.counts.n == 5
    assert found[0].second.consensus == pytest.approx(tastle_wierman([2, 2, 0, 0, 0]))


def test_a_cloud_takes_so_many_short_words_and_the_same_one_once(kinds: EveryKind) -> None:
    round_ = kinds.open(WORDS)
    service, w = kinds.room.service, kinds.room.id
    (token,) = kinds.room.people(1)

    def send(text: str) -> bool:
        return service.contribute(w, token, round_.id, None, text).result()

    assert [send(text) for text in ("Mut", "mut ", "Nähe", "Grün")] == [True, False, True, True]
    with pytest.raises(Refused) as refusal:
        send("Noch eins")
    assert refusal.value.code == "enough-words"
    assert send("Mut") is False
    phone = service.phone(w, token)
    assert [s.text for s in phone.contributions] == ["Mut", "Nähe", "Grün"]
    with pytest.raises(Refused) as refusal:
        service.contribute(w, kinds.room.people(1)[0], round_.id, None, "x" * 41).result()
    assert refusal.value.code == "too-long"


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        (CHOOSE, (0, 0, 0, 0), "nothing-chosen-yet"),
        (CHOOSE, (1, 1, 0, 0), "too-many-chosen"),
        (CHOOSE, (2, 0, 0, 0), "bad-value"),
        (RANK, (1, 2, 3, 3), "incomplete-ranking"),
        (RANK, (0, 1, 2, 3), "incomplete-ranking"),
        (ALLOCATE, (5, 4, 0, 0), "points-left"),
        (ALLOCATE, (5, 6, 0, 0), "too-many-points"),
    ],
)
def test_what_a_person_can_mend_is_said_and_nothing_half_is_kept(
    kinds: EveryKind, kind: QuestionKind, values: Sequence[int], code: str
) -> None:
    assert _refused(kinds, kind, values) == code


def test_a_whole_answer_replaces_the_one_before_and_none_takes_it_back(kinds: EveryKind) -> None:
    round_ = kinds.open(RANK)
    service, w = kinds.room.service, kinds.room.id
    (token,) = kinds.room.people(1)
    kinds.give(token, round_, (1, 2, 3, 4))
    kinds.give(token, round_, (4, 3, 2, 1))
    assert _in_order(round_, service.phone(w, token).answers) == [4, 3, 2, 1]
    kinds.give(token, round_, None)
    assert list(service.phone(w, token).answers.values()) == [None] * 4
    with pytest.raises(NotFound):
        kinds.whole(token, round_, {"another": "1"})
    with pytest.raises(Refused) as refusal:
        kinds.whole(token, round_, {round_.statement_ids[0]: "½"})
    assert refusal.value.code == "bad-value"


def test_a_repetition_after_the_close_is_acknowledged_and_anything_else_is_late(
    kinds: EveryKind,
) -> None:
    round_ = kinds.open(ALLOCATE)
    (token,) = kinds.room.people(1)
    kinds.give(token, round_, (7, 3, 0, 0))
    kinds.room.service.close_round(OPERATOR, kinds.room.id, round_.question_id)
    kinds.give(token, round_, (7, 3, 0, 0))
    for late in ((3, 7, 0, 0), (1, 1, 1, 1)):
        with pytest.raises(Refused) as refusal:
            kinds.give(token, round_, late)
        assert refusal.value.code == "closed"


def test_a_question_with_one_option_cannot_be_opened(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    first, *others = kinds.options(RANK)
    with pytest.raises(Refused) as refusal:
        service.open_round(OPERATOR, w, kinds.questions[RANK].id, [first])
    assert refusal.value.code == "too-few-options"
    for other in others:
        service.hide_statement(OPERATOR, w, other)
    with pytest.raises(Refused) as refusal:
        kinds.open(RANK)
    assert refusal.value.code == "too-few-options"


def test_who_comes_late_answers_before_seeing_what_the_room_ranked(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    round_ = kinds.open(RANK)
    early, late = kinds.room.people(2)
    kinds.give(early, round_, (1, 2, 3, 4))
    assert service.phone(w, early).whole is None
    kinds.reveal(RANK)
    assert service.phone(w, late).whole is not None  # the result is on the wall
    again = kinds.open(RANK)
    assert service.phone(w, late).whole is None
    assert service.phone(w, early).whole is not None
    assert _in_order(round_, service.phone(w, early).earlier) == [1, 2, 3, 4]
    kinds.give(late, again, (4, 3, 2, 1))
    assert service.phone(w, late).whole is not None


def test_the_index_is_made_of_every_kind_and_lies_in_its_interval(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    people = kinds.room.people(6)
    for kind, given in (
        (CHOOSE, [(1, 0, 0, 0)] * 4 + [(0, 1, 0, 0)] * 2),
        (RANK, [(1, 2, 3, 4)] * 3 + [(2, 1, 3, 4)] * 3),
        (ALLOCATE, [(5, 5, 0, 0), (10, 0, 0, 0), (4, 3, 2, 1)] * 2),
    ):
        round_ = kinds.open(kind)
        for token, values in zip(people, given, strict=True):
            kinds.give(token, round_, values)
        kinds.reveal(kind)
    round_ = kinds.open(MATRIX)
    for place, token in enumerate(people):
        service.answer(w, token, round_.id, round_.statement_ids[0], str(3 + place % 3)).result()
        service.answer(w, token, round_.id, round_.statement_ids[0], "4", axis=2).result()
    kinds.reveal(MATRIX)
    (analysed,) = (c for c in service.analysis(OPERATOR, w).clusters if c.rounds)
    level = analysed.rounds[0].level
    expected = index(
        [
            ("matrix", (0, 0, 2, 2, 2)),
            ("matrix", (0, 0, 0, 6, 0)),
            ("rank", [(1, 2, 3, 4)] * 3 + [(2, 1, 3, 4)] * 3),
            ("allocate", [(5, 5, 0, 0), (10, 0, 0, 0), (4, 3, 2, 1)] * 2),
            ("choose", (4, 2, 0, 0)),
        ]
    )
    assert level.index == pytest.approx(expected)
    assert level.low is not None and level.high is not None and level.index is not None
    assert level.low <= level.index <= level.high
    wholes = {found.result.question.kind: found for found in analysed.rounds[0].wholes}
    assert [s.text for s in wholes[RANK].leaders] == ["Bäume", "Busse"]
    assert not wholes[RANK].holds
    assert [s.text for s in wholes[CHOOSE].leaders] == ["Bäume"]
    assert wholes[RANK].low is not None and wholes[RANK].low <= (wholes[RANK].result.consensus or 0)


def test_a_second_round_of_a_choice_has_its_change_in_the_cluster(kinds: EveryKind) -> None:
    people = kinds.room.people(16)
    for split in (8, 16):
        round_ = kinds.open(CHOOSE)
        for place, token in enumerate(people):
            kinds.give(token, round_, (1, 0, 0, 0) if place < split else (0, 1, 0, 0))
        kinds.reveal(CHOOSE)
    (analysed,) = (
        c for c in kinds.room.service.analysis(OPERATOR, kinds.room.id).clusters if c.rounds
    )
    change = analysed.change
    assert change is not None
    assert (change.matched, change.asked_again, change.asked) == (16, 1, 1)
    assert change.change == pytest.approx(100 * (1 - (nominal_consensus([8, 8, 0, 0]) or 0)))
    assert change.low is not None and change.low > 0


def test_people_back_what_was_collected_and_merged_ones_are_backed_as_one(
    running: Running,
) -> None:
    kinds = every_kind(running, backing=2)
    service, w = kinds.room.service, kinds.room.id
    question = kinds.questions[PROPOSE]
    round_ = kinds.open(PROPOSE)
    people = kinds.room.people(5)
    texts = ("Wem gehört die Straße?", "Wie heizen wir?", "Wem gehört die Straße", "Wer zahlt?")
    for token, text in zip(people, texts, strict=False):
        service.contribute(w, token, round_.id, None, text).result()
    kinds.reveal(PROPOSE)
    said = service.contributions(OPERATOR, w, question.id)
    service.merge(OPERATOR, w, [said[2].id], said[0].id)
    opened = service.open_round(OPERATOR, w, question.id).open_round
    assert opened is not None
    assert opened.number == 2
    assert set(opened.statement_ids) == {s.id for s in said if s.id != said[2].id}
    phone = service.phone(w, people[0])
    assert phone.view.question is not None
    assert (phone.view.question.kind, phone.view.question.most) == (CHOOSE, 2)
    assert phone.whole is None
    with pytest.raises(Refused, match="not answered in words"):
        service.contribute(w, people[0], opened.id, None, "Noch eine?").result()
    backed = [{said[0].id: "1", said[1].id: "1"}] * 3 + [{said[1].id: "1"}, None]
    for token, values in zip(people, backed, strict=True):
        kinds.whole(token, opened, values)
    with pytest.raises(Refused) as refusal:
        kinds.whole(people[0], opened, dict.fromkeys(opened.statement_ids, "1"))
    assert refusal.value.code == "too-many-chosen"
    kinds.reveal(PROPOSE)
    found = service.results(OPERATOR, w).whole(opened.id)
    assert found is not None
    assert {o.statement.id: o.chosen for o in found.options}[said[1].id] == 4
    assert not found.in_index
    assert all(not c.rounds for c in service.results(OPERATOR, w).clusters)
    level = service.analysis(OPERATOR, w).whole(opened.id)
    assert level is not None
    assert (found.n, level.leaders) == (4, ())  # fewer than five: nothing is said
    assert service.phone(w, people[0]).whole is not None


def test_nothing_is_backed_where_too_little_was_collected(running: Running) -> None:
    kinds = every_kind(running, backing=2)
    round_ = kinds.open(PROPOSE)
    (token,) = kinds.room.people(1)
    kinds.room.service.contribute(kinds.room.id, token, round_.id, None, "Wie?").result()
    kinds.reveal(PROPOSE)
    with pytest.raises(Refused) as refusal:
        kinds.open(PROPOSE)
    assert refusal.value.code == "too-few-to-back"
