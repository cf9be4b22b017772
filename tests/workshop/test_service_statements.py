"""What a question asks about: options and statements, in any kind, written, moved, kept still."""

from __future__ import annotations

import pytest

from tests.rooms import Prepared
from tests.workshop.test_service_editing import refused
from workshop.errors import NotFound
from workshop.limits import MAX_OPTIONS
from workshop.model import OPERATOR, STEPS, WHOLE, WRITTEN, KeyQuestion, QuestionKind


def added(room: Prepared, kind: QuestionKind, options: int = 3) -> KeyQuestion:
    """One more question of a kind in the first cluster, with so many options."""
    key = room.service.add_question(
        OPERATOR, room.id, room.rate.cluster_id, kind, {"de": "Was davon?"}, scale="agreement",
        second="benefit",
    )  # fmt: skip
    for number in range(options):
        room.service.add_statement(OPERATOR, room.id, key, f"Option {number}")
    question = room.agenda.question(key)
    assert question is not None
    return question


def texts(room: Prepared, question: KeyQuestion) -> list[str]:
    return [s.text for s in room.agenda.statements_of(question.id)]


@pytest.mark.parametrize("kind", sorted(set(QuestionKind) - WRITTEN - STEPS))
def test_every_other_kind_asks_about_statements(small: Prepared, kind: QuestionKind) -> None:
    assert texts(small, added(small, kind)) == ["Option 0", "Option 1", "Option 2"]


@pytest.mark.parametrize("kind", sorted(WRITTEN | STEPS))
def test_where_people_write_or_nothing_is_asked_there_are_no_statements(
    small: Prepared, kind: QuestionKind
) -> None:
    question = added(small, kind, 0)
    refused(
        "wrong-kind", lambda: small.service.add_statement(OPERATOR, small.id, question.id, "Ja")
    )


def test_statements_move_and_go_back(prepared: Prepared) -> None:
    service, w, question = prepared.service, prepared.id, added(prepared, QuestionKind.RANK)
    first, second, _ = prepared.agenda.statements_of(question.id)
    service.hide_statement(OPERATOR, w, second.id)
    service.move_statement(OPERATOR, w, first.id, 1)
    assert texts(prepared, question) == ["Option 2", "Option 0"]
    service.undo(OPERATOR, w)
    assert texts(prepared, question) == ["Option 0", "Option 2"]
    for gone in ("nothing", second.id):
        with pytest.raises(NotFound):
            service.move_statement(OPERATOR, w, gone, 1)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_twelve_options_can_be_held_against_each_other(small: Prepared, kind: QuestionKind) -> None:
    service, w, question = small.service, small.id, added(small, kind, MAX_OPTIONS)
    one = small.agenda.statements_of(question.id)[0].id

    def more() -> object:
        return service.add_statement(OPERATOR, w, question.id, "Noch eine")

    refused("too-many-options", more)
    service.hide_statement(OPERATOR, w, one)
    more()
    refused("too-many-options", lambda: service.hide_statement(OPERATOR, w, one, hidden=False))
    rate = added(small, QuestionKind.RATE, MAX_OPTIONS + 1)
    refused("too-many-options", lambda: service.edit_question(OPERATOR, w, rate.id, kind=kind))


def test_options_stay_until_their_result_is_shown(small: Prepared) -> None:
    service, w, question = small.service, small.id, added(small, QuestionKind.CHOOSE)
    one = small.agenda.statements_of(question.id)[0].id
    small.open(question)
    for _ in range(2):
        for change in (
            lambda: service.add_statement(OPERATOR, w, question.id, "Noch eine"),
            lambda: service.edit_statement(OPERATOR, w, one, "Anders"),
            lambda: service.hide_statement(OPERATOR, w, one),
        ):
            refused("options-stay", change)
        if small.agenda.open_round:
            service.close_round(OPERATOR, w, question.id)
    service.reveal_round(OPERATOR, w, question.id)
    service.edit_statement(OPERATOR, w, one, "Anders")
    assert sorted(texts(small, question)) == ["Anders", "Option 1", "Option 2"]


def test_a_contribution_goes_to_the_question_that_follows_it(small: Prepared) -> None:
    service, w = small.service, small.id
    rank = added(small, QuestionKind.RANK, 0)
    service.move_question(OPERATOR, w, rank.id, -2)
    (token,), opened = small.people(1), small.open(small.collect)
    assert service.contribute(w, token, opened.id, "goal", "Mehr Bänke").result()
    (said,) = service.contributions(OPERATOR, w, small.collect.id)
    made = service.promote(OPERATOR, w, said.id)
    found = small.agenda.statement(made)
    assert found is not None and found.question_id == small.rate.id
    service.undo(OPERATOR, w)
    service.put_question(OPERATOR, w, small.rate.id, small.other_rate.cluster_id)
    made = service.promote(OPERATOR, w, said.id)
    found = small.agenda.statement(made)
    assert found is not None and found.question_id == rank.id
    service.undo(OPERATOR, w)
    service.remove_question(OPERATOR, w, rank.id)
    with pytest.raises(NotFound):
        service.promote(OPERATOR, w, said.id)
