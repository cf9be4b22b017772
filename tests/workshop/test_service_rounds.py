"""Rounds, stage and door, as a moderator runs them, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.rooms import HandClock, Prepared
from workshop.errors import NotFound, Refused
from workshop.model import OPERATOR, Agenda, RoundState, Stage, StageView, Strand

DRAFT, OPEN, CLOSED, REVEALED = RoundState


def _to(prepared: Prepared, state: RoundState) -> None:
    """Bring round 1 of the rating question into a state."""
    service, question = prepared.service, prepared.rate.id
    if state is not DRAFT:
        prepared.open()
    if state is CLOSED:
        service.close_round(OPERATOR, prepared.id, question)
    if state is REVEALED:
        service.reveal_round(OPERATOR, prepared.id, question)


MOVES = ("open_round", "close_round", "reveal_round")
AFTER: dict[tuple[RoundState, str], tuple[int, RoundState]] = {
    (DRAFT, "open_round"): (1, OPEN),
    (OPEN, "close_round"): (1, CLOSED),
    (OPEN, "reveal_round"): (1, REVEALED),
    (CLOSED, "open_round"): (1, OPEN),
    (CLOSED, "reveal_round"): (1, REVEALED),
    (REVEALED, "open_round"): (2, OPEN),
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(RoundState, MOVES)))
def test_every_state_meets_every_use_case(small: Prepared, state: RoundState, move: str) -> None:
    _to(small, state)
    before = small.agenda
    run: Callable[..., Agenda] = getattr(small.service, move)
    expected = AFTER.get((state, move))
    if expected is None:
        with pytest.raises(Refused):
            run(OPERATOR, small.id, small.rate.id)
        assert small.agenda == before
        return
    latest = run(OPERATOR, small.id, small.rate.id).latest_round(small.rate.id)
    assert latest is not None
    assert (latest.number, latest.state) == expected
    assert (latest.closed_at is not None) or latest.state is not CLOSED


def test_opening_shows_the_question_and_revealing_its_result(prepared: Prepared) -> None:
    prepared.open()
    assert prepared.agenda.workshop.stage == Stage(StageView.QUESTION, prepared.rate.id)
    agenda = prepared.service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    assert agenda.workshop.stage.view is StageView.QUESTION
    agenda = prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    assert agenda.workshop.stage == Stage(StageView.RESULT, prepared.rate.id)


def test_opening_the_next_question_closes_the_last(prepared: Prepared) -> None:
    first = prepared.open()
    second = prepared.open(prepared.collect)
    agenda = prepared.agenda
    closed = agenda.round(first.id)
    assert closed is not None
    assert closed.state is CLOSED
    assert agenda.open_round == second


def test_a_reopened_round_goes_on_with_its_answers(prepared: Prepared) -> None:
    token, late = prepared.people(2)
    first, second = prepared.statements
    round_ = prepared.open()
    prepared.answer(token, round_, first, 4)
    prepared.service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    added = prepared.service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Neu dazu")
    again = prepared.open()
    assert (again.id, again.number) == (round_.id, 1)
    assert again.statement_ids == (first, second, added)
    prepared.answer(token, again, second, 2)
    prepared.answer(late, again, added, 1)
    assert prepared.service.phone(prepared.id, token).answers == {first: 4, second: 2}


def test_after_the_reveal_a_new_round_asks_anew(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    item = prepared.statements[0]
    first = prepared.open()
    prepared.answer(token, first, item, 4)
    prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    second = prepared.open()
    phone = prepared.service.phone(prepared.id, token)
    assert (second.number, phone.answers, phone.earlier) == (2, {}, {item: 4})
    prepared.answer(token, second, item, 5)
    answers = {a.round_id: a.value for a in prepared.service.mine(prepared.id, token).answers}
    assert answers == {first.id: 4, second.id: 5}


def test_a_statement_that_comes_while_it_is_open_joins(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    round_ = prepared.open()
    added = prepared.service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Neu dazu")
    opened = prepared.agenda.open_round
    assert opened is not None
    assert opened.statement_ids == (*prepared.statements, added)
    assert prepared.answer(token, round_, added, 3) == 3
    prepared.service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    late = prepared.service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Zu spät")
    closed = prepared.agenda.round(round_.id)
    assert closed is not None
    assert late not in closed.statement_ids


def test_nothing_to_rate_is_not_opened(prepared: Prepared) -> None:
    for question in (prepared.other_rate, prepared.rate):
        for statement in prepared.agenda.statements_of(question.id):
            prepared.service.hide_statement(OPERATOR, prepared.id, statement.id)
        with pytest.raises(Refused) as refused:
            prepared.open(question)
        assert refused.value.code == "nothing-to-rate"
    assert prepared.open(prepared.collect).statement_ids == ()


def test_a_statement_whose_wording_changes_after_it_was_asked_is_a_new_one(
    prepared: Prepared,
) -> None:
    service, (first, second) = prepared.service, prepared.statements
    assert service.edit_statement(OPERATOR, prepared.id, first, "Mehr Bäume!") == first
    mended = prepared.agenda.statement(first)
    assert mended is not None
    assert (mended.text, mended.original_text) == ("Mehr Bäume!", "Mehr Bäume in der Stadt")
    round_ = prepared.open()
    fresh = service.edit_statement(OPERATOR, prepared.id, first, "Viel mehr Bäume")
    assert fresh != first
    agenda = prepared.agenda
    old, new, opened = agenda.statement(first), agenda.statement(fresh), agenda.round(round_.id)
    assert old is not None
    assert new is not None
    assert opened is not None
    assert (old.hidden, old.text, new.source_id) == (True, "Mehr Bäume!", first)
    assert [s.id for s in agenda.asked(opened)] == [second, fresh]
    assert service.edit_statement(OPERATOR, prepared.id, fresh, "Viel mehr Bäume") == fresh


def test_what_another_workshop_asked_keeps_its_wording_too(prepared: Prepared) -> None:
    service = prepared.service
    citizens = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    service.open_round(OPERATOR, citizens, prepared.rate.id)
    first = prepared.statements[0]
    fresh = service.edit_statement(OPERATOR, prepared.id, first, "Anders gesagt")
    assert fresh != first
    kept = service.agenda(OPERATOR, citizens).statement(first)
    assert kept is not None
    assert kept.text == "Mehr Bäume in der Stadt"


def test_a_contribution_becomes_one_statement_with_its_origin(prepared: Prepared) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    round_ = prepared.open(prepared.collect)
    service.contribute(prepared.id, token, round_.id, "goal", "Ein Baum je Kind").result()
    (given,) = service.contributions(OPERATOR, prepared.id, prepared.collect.id)
    made = service.promote(OPERATOR, prepared.id, given.id)
    assert service.promote(OPERATOR, prepared.id, given.id) == made
    statement = prepared.agenda.statement(made)
    assert statement is not None
    assert (statement.question_id, statement.text) == (prepared.rate.id, "Ein Baum je Kind")
    assert (statement.source_id, statement.round_id) == (given.id, round_.id)
    assert statement.author_id is None
    prepared.open()
    reworded = service.edit_statement(OPERATOR, prepared.id, made, "Jedem Kind ein Baum")
    assert service.promote(OPERATOR, prepared.id, given.id) == reworded


def test_the_end_closes_what_is_open_and_can_be_taken_back(prepared: Prepared) -> None:
    round_ = prepared.open()
    agenda = prepared.service.end_workshop(OPERATOR, prepared.id)
    closed = agenda.round(round_.id)
    assert closed is not None
    assert closed.state is CLOSED
    assert agenda.workshop.ended
    assert agenda.workshop.stage.view is StageView.THANKS
    with pytest.raises(Refused) as refused:
        prepared.open()
    assert refused.value.code == "ended"
    prepared.service.end_workshop(OPERATOR, prepared.id, ended=False)
    assert prepared.open().id == round_.id


def test_a_result_is_shown_only_once_it_is_revealed(prepared: Prepared) -> None:
    _to(prepared, CLOSED)
    with pytest.raises(Refused) as refused:
        prepared.service.show(OPERATOR, prepared.id, StageView.RESULT, prepared.rate.id)
    assert refused.value.code == "not-revealed"


UNKNOWN: dict[str, Callable[[Prepared], Any]] = {
    "open": lambda p: p.service.open_round(OPERATOR, p.id, "nothing"),
    "close": lambda p: p.service.close_round(OPERATOR, p.id, "nothing"),
    "reveal": lambda p: p.service.reveal_round(OPERATOR, p.id, "nothing"),
    "show": lambda p: p.service.show(OPERATOR, p.id, StageView.QUESTION, "nothing"),
    "add": lambda p: p.service.add_statement(OPERATOR, p.id, "nothing", "x"),
    "edit": lambda p: p.service.edit_statement(OPERATOR, p.id, "nothing", "x"),
    "hide": lambda p: p.service.hide_statement(OPERATOR, p.id, "nothing"),
    "promote": lambda p: p.service.promote(OPERATOR, p.id, "nothing"),
    "workshop": lambda p: p.service.open_round(OPERATOR, "nothing", p.rate.id),
    "agenda": lambda p: p.service.agenda(OPERATOR, "nothing"),
    "results": lambda p: p.service.results(OPERATOR, "nothing"),
    "record": lambda p: p.service.record(OPERATOR, "nothing"),
    "template": lambda p: p.service.create_workshop(OPERATOR, "../secret"),
    "process": lambda p: p.service.create_workshop(
        OPERATOR, "smart-kassel-council", process_id="nothing"
    ),
    "code": lambda p: p.service.find("00000000"),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_is_not_there_is_said_to_be_not_there(small: Prepared, what: str) -> None:
    before = small.service.versions(small.id)
    with pytest.raises(NotFound):
        UNKNOWN[what](small)
    assert small.service.versions(small.id) == before


def test_numbers_of_invited_people(prepared: Prepared) -> None:
    for invited in (30, 100_000, 1, None):
        agenda = prepared.service.set_invited(OPERATOR, prepared.id, invited)
        assert agenda.workshop.invited == invited
    for invited in (0, -1, 100_001):
        with pytest.raises(Refused):
            prepared.service.set_invited(OPERATOR, prepared.id, invited)


def test_versions_grow_with_every_change_and_phases_with_some(
    prepared: Prepared, clock: HandClock
) -> None:
    service = prepared.service
    before = service.versions(prepared.id)
    (token,) = prepared.people(1)
    joined = service.versions(prepared.id)
    assert (joined[0] > before[0], joined[1]) == (True, before[1])
    round_ = prepared.open()
    opened = service.versions(prepared.id)
    assert (opened[0] > joined[0], opened[1] > joined[1]) == (True, True)
    prepared.answer(token, round_, prepared.statements[0], 3)
    answered = service.versions(prepared.id)
    assert (answered[0] > opened[0], answered[1]) == (True, opened[1])


def test_what_all_workshops_share_is_told_to_all(prepared: Prepared) -> None:
    service = prepared.service
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    before = service.versions(other)
    added = service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Für alle")
    assert service.versions(other)[1] > before[1]
    assert service.agenda(OPERATOR, other).statement(added) is not None
    prepared.open()
    assert service.agenda(OPERATOR, other).rounds == ()


@pytest.mark.parametrize("key", [True, False])
def test_a_reveal_and_its_undoing_reach_the_other_workshops(prepared: Prepared, key: bool) -> None:
    """Their stage may show both strands; a round that isn't revealed is nothing to them."""
    service, id_ = prepared.service, prepared.id
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id

    def phase() -> int:
        return service.versions(other)[1]

    def revealed() -> list[int]:
        (council,) = service.agenda(OPERATOR, other).meetings
        return [r.number for r in council.rounds]

    before = phase()
    prepared.open()
    service.close_round(OPERATOR, id_, prepared.rate.id)
    assert (phase(), revealed()) == (before, [])
    if key:
        service.next(OPERATOR, id_)
    else:
        service.reveal_round(OPERATOR, id_, prepared.rate.id)
    assert revealed() == [1]
    revealed_at = phase()
    assert revealed_at > before
    service.undo(OPERATOR, id_)
    assert revealed() == []
    assert phase() > revealed_at
