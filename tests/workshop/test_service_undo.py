"""What can be taken back, and what somebody has erased for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.rooms import Prepared, Running, dump
from workshop.access import hash_token
from workshop.errors import Forbidden, Refused
from workshop.model import OPERATOR, Agenda, RoundState, StageView, Strand

Action = Callable[[Prepared], Any]


def _plain(agenda: Agenda) -> Agenda:
    """An agenda without its counters, which only ever grow."""
    return replace(agenda, workshop=replace(agenda.workshop, version=0, phase=0), _by_id={})


def _contribution(prepared: Prepared) -> str:
    (found, *_) = prepared.service.contributions(
        OPERATOR, prepared.id, prepared.collect.id, hidden=True
    )
    return found.id


ACTIONS: dict[str, Action] = {
    "add": lambda p: p.service.add_statement(OPERATOR, p.id, p.rate.id, "Neu"),
    "promote": lambda p: p.service.promote(OPERATOR, p.id, _contribution(p)),
    "edit": lambda p: p.service.edit_statement(OPERATOR, p.id, p.statements[0], "Anders"),
    "edit a contribution": lambda p: p.service.edit_statement(
        OPERATOR, p.id, _contribution(p), "Anders", "interest"
    ),
    "hide": lambda p: p.service.hide_statement(OPERATOR, p.id, p.statements[0]),
    "hide a contribution": lambda p: p.service.hide_statement(OPERATOR, p.id, _contribution(p)),
    "open": lambda p: p.service.open_round(OPERATOR, p.id, p.rate.id),
    "open another": lambda p: p.service.open_round(OPERATOR, p.id, p.collect.id),
    "close": lambda p: p.service.close_round(OPERATOR, p.id, p.rate.id),
    "reveal": lambda p: p.service.reveal_round(OPERATOR, p.id, p.rate.id),
    "next": lambda p: p.service.next(OPERATOR, p.id),
    "back": lambda p: p.service.back(OPERATOR, p.id),
    "show": lambda p: p.service.show(OPERATOR, p.id, StageView.CLUSTERS, page=1),
    "qr": lambda p: p.service.show_qr(OPERATOR, p.id, False),
    "timer": lambda p: p.service.start_timer(OPERATOR, p.id),
    "black": lambda p: p.service.black_stage(OPERATOR, p.id, True),
    "freeze": lambda p: p.service.freeze_stage(OPERATOR, p.id, True),
    "lock": lambda p: p.service.lock_door(OPERATOR, p.id, True),
    "invite": lambda p: p.service.set_invited(OPERATOR, p.id, 30),
    "end": lambda p: p.service.end_workshop(OPERATOR, p.id),
}


@pytest.fixture
def midway(prepared: Prepared) -> Prepared:
    """A contribution is in, and the rating round is open."""
    (token,) = prepared.people(1)
    collecting = prepared.open(prepared.collect)
    given = prepared.service.contribute(prepared.id, token, collecting.id, "goal", "Ein Baum")
    assert given.result()
    prepared.open()
    return prepared


@pytest.mark.parametrize("name", [n for n in ACTIONS if n != "open"])
def test_each_action_can_be_taken_back(midway: Prepared, name: str) -> None:
    service = midway.service

    def state() -> tuple[Agenda, Any]:
        said = service.contributions(OPERATOR, midway.id, midway.collect.id, hidden=True)
        return _plain(midway.agenda), said

    before, offered = state(), service.can_undo(OPERATOR, midway.id)
    ACTIONS[name](midway)
    changed = state()
    assert changed != before
    action = service.can_undo(OPERATOR, midway.id)
    versions = service.versions(midway.id)
    assert service.undo(OPERATOR, midway.id) == action
    assert state() == before
    assert service.can_undo(OPERATOR, midway.id) == offered
    assert service.versions(midway.id)[1] > versions[1], "phones hear of it"


def test_what_changed_nothing_is_no_action(midway: Prepared) -> None:
    service = midway.service
    before = service.can_undo(OPERATOR, midway.id)
    service.lock_door(OPERATOR, midway.id, False)
    service.edit_statement(OPERATOR, midway.id, midway.statements[0], "Mehr Bäume in der Stadt")
    service.show(OPERATOR, midway.id, StageView.QUESTION, midway.rate.id)
    assert service.can_undo(OPERATOR, midway.id) == before


def test_undo_goes_back_to_the_beginning_and_then_says_so(prepared: Prepared) -> None:
    service = prepared.service
    for _ in range(2):
        service.undo(OPERATOR, prepared.id)  # the two statements
    empty = _plain(prepared.agenda)
    assert empty.statements == ()
    with pytest.raises(Refused) as refused:
        service.undo(OPERATOR, prepared.id)
    assert refused.value.code == "nothing-to-undo"
    assert _plain(prepared.agenda) == empty


def test_an_answered_round_is_shut_and_not_forgotten(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    round_ = prepared.open()
    prepared.answer(token, round_, prepared.statements[0], 4)
    prepared.service.undo(OPERATOR, prepared.id)
    kept = prepared.agenda.round(round_.id)
    assert kept is not None
    assert kept.state is RoundState.CLOSED
    assert kept.closed_at is not None
    assert prepared.open().id == round_.id
    assert prepared.service.phone(prepared.id, token).answers == {prepared.statements[0]: 4}


def test_a_statement_that_was_answered_is_hidden_and_not_forgotten(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    round_ = prepared.open()
    added = prepared.service.add_statement(OPERATOR, prepared.id, prepared.rate.id, "Neu")
    prepared.answer(token, round_, added, 4)
    prepared.service.undo(OPERATOR, prepared.id)
    kept = prepared.agenda.statement(added)
    assert kept is not None
    assert kept.hidden
    assert prepared.service.mine(prepared.id, token).answers[0].value == 4


def test_undoing_the_opening_of_the_next_question_reopens_the_last(prepared: Prepared) -> None:
    first = prepared.open()
    prepared.open(prepared.collect)
    prepared.service.undo(OPERATOR, prepared.id)
    opened = prepared.agenda.open_round
    assert opened is not None
    assert opened.id == first.id
    assert len(prepared.agenda.rounds) == 1


def _person_with_everything(prepared: Prepared) -> tuple[str, str]:
    """Somebody who rated, contributed, was edited, promoted, and has a draft; token and id."""
    service = prepared.service
    token, person = service.join(prepared.id, None, "science").result()
    collecting = prepared.open(prepared.collect)
    for text in ("Das habe ich gesagt", "Und das auch"):
        service.contribute(prepared.id, token, collecting.id, "goal", text).result()
    first = _contribution(prepared)
    service.edit_statement(OPERATOR, prepared.id, first, "Das habe ich gemeint")
    service.promote(OPERATOR, prepared.id, first, "Daraus wurde ein Satz")
    refused = service.contribute(prepared.id, token, collecting.id, None, "Mein Entwurf")
    assert refused.exception(20)
    round_ = prepared.open()
    for statement in prepared.statements:
        prepared.answer(token, round_, statement, 5)
    service.hide_statement(OPERATOR, prepared.id, first)
    return token, person.id


def test_erasing_leaves_nothing_of_a_person(running: Running, prepared: Prepared) -> None:
    service = prepared.service
    token, person_id = _person_with_everything(prepared)
    (other,) = prepared.people(1)
    citizens = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    source = {s.source_id for s in service.agenda(OPERATOR, citizens).statements} - {None}
    words = ["Das habe ich gesagt", "Und das auch", "Das habe ich gemeint", "Mein Entwurf"]
    traces = [person_id, hash_token(token, prepared.id), *words, *(s for s in source if s)]
    assert len(source) == 1
    before = dump(running)
    assert all(trace in before for trace in traces)
    service.erase(prepared.id, token).result()
    after = dump(running)
    assert [trace for trace in traces if trace in after] == []
    assert "Daraus wurde ein Satz" in after, "the moderator's sentence stays, without its source"
    for workshop_id in (prepared.id, citizens):
        agenda = service.agenda(OPERATOR, workshop_id)
        assert {s.source_id for s in agenda.statements} == {None}
    assert service.phone(prepared.id, token).participant is None
    assert service.room(OPERATOR, prepared.id).joined == 1
    with pytest.raises(Forbidden):
        service.mine(prepared.id, token)
    assert isinstance(service.erase(prepared.id, token).exception(20), Forbidden)
    assert service.join(prepared.id, None, "science").result()[1].number == 3
    assert service.phone(prepared.id, other).participant is not None


def test_undo_brings_nothing_back_of_who_was_erased(running: Running, prepared: Prepared) -> None:
    service = prepared.service
    token, person_id = _person_with_everything(prepared)
    service.erase(prepared.id, token).result()
    while service.can_undo(OPERATOR, prepared.id):
        service.undo(OPERATOR, prepared.id)
    kept = dump(running)
    for trace in (person_id, "Das habe ich gesagt", "Das habe ich gemeint", "Mein Entwurf"):
        assert trace not in kept
    assert service.contributions(OPERATOR, prepared.id, prepared.collect.id, hidden=True) == ()


def test_all_that_is_kept_of_one_can_be_read_by_them_alone(prepared: Prepared) -> None:
    token, _ = _person_with_everything(prepared)
    mine = prepared.service.mine(prepared.id, token)
    assert {a.value for a in mine.answers} == {5}
    assert [c.text for c in mine.contributions] == ["Das habe ich gemeint", "Und das auch"]
    assert [d.text for d in mine.drafts] == ["Mein Entwurf"]
    with pytest.raises(Forbidden):
        prepared.service.mine(prepared.id, None)
