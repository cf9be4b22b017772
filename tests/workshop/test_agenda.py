"""The running order: every state meets every move, and the one key leads through an evening."""

from __future__ import annotations

import itertools

import pytest

from tests.rooms import TEMPLATE, Prepared, Running
from workshop.agenda import (
    Move,
    PhoneState,
    Step,
    moved,
    next_round,
    next_step,
    phone_view,
    previous_stage,
    require_open,
    running_order,
)
from workshop.errors import Refused
from workshop.model import OPERATOR, QuestionKind, RoundState, StageView, Strand

DRAFT, OPEN, CLOSED, REVEALED = RoundState
ALLOWED = {
    (DRAFT, Move.OPEN): OPEN,
    (OPEN, Move.CLOSE): CLOSED,
    (OPEN, Move.REVEAL): REVEALED,
    (CLOSED, Move.OPEN): OPEN,
    (CLOSED, Move.REVEAL): REVEALED,
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(RoundState, Move)))
def test_every_state_meets_every_move(state: RoundState, move: Move) -> None:
    target = ALLOWED.get((state, move))
    if target is None:
        with pytest.raises(Refused) as refused:
            moved(state, move)
        assert refused.value.code == f"cannot-{move}"
    else:
        assert moved(state, move) is target


def test_only_an_open_round_takes_answers(small: Prepared) -> None:
    service, question = small.service, small.rate
    opened = small.open()
    assert require_open(opened) is opened
    closed = service.close_round(OPERATOR, small.id, question.id).round(opened.id)
    revealed = service.reveal_round(OPERATOR, small.id, question.id).round(opened.id)
    for round_ in (None, closed, revealed):
        with pytest.raises(Refused) as refused:
            require_open(round_)
        assert refused.value.code == "closed"


def test_the_running_order_is_by_cluster_then_by_position(small: Prepared) -> None:
    agenda = small.agenda
    order = running_order(agenda)
    places = []
    for question in order:
        cluster = agenda.cluster(question.cluster_id)
        assert cluster is not None
        places.append((cluster.position, question.position))
    assert places == sorted(places)
    assert len(order) == len(agenda.questions)


def test_opening_after_a_reveal_is_the_next_number_and_before_it_the_same(small: Prepared) -> None:
    service, question = small.service, small.rate
    assert next_round(small.agenda, question) == (1, DRAFT)
    first = small.open()
    assert next_round(small.agenda, question) == (1, OPEN)
    service.close_round(OPERATOR, small.id, question.id)
    assert next_round(small.agenda, question) == (1, CLOSED)
    again = small.open()
    assert again.id == first.id
    service.reveal_round(OPERATOR, small.id, question.id)
    assert next_round(small.agenda, question) == (2, DRAFT)
    assert small.open().number == 2


def test_one_key_leads_through_the_whole_evening_and_back(small: Prepared) -> None:
    """Open, close, reveal, next question … the clusters, thanks; then back to the lobby."""
    service = small.service
    for question in small.agenda.questions:
        if question.kind is QuestionKind.RATE and question.id != small.rate.id:
            service.add_statement(OPERATOR, small.id, question.id, "Etwas")
    actions: list[str] = []
    while (step := next_step(small.agenda)) is not None:
        actions.append(step.action)
        service.next(OPERATOR, small.id)
    asked = ["show", "open", "close", "reveal"]
    assert actions == [*asked * len(small.agenda.questions), "clusters", "thanks"]
    with pytest.raises(Refused) as refused:
        service.next(OPERATOR, small.id)
    assert refused.value.code == "at-the-end"
    assert all(r.state is REVEALED for r in small.agenda.rounds)
    views = []
    while previous_stage(small.agenda) is not None:
        service.back(OPERATOR, small.id)
        views.append(small.agenda.workshop.stage.view)
    shown = [StageView.RESULT, StageView.QUESTION] * len(small.agenda.questions)
    assert views == [StageView.CLUSTERS, *shown, StageView.LOBBY]
    with pytest.raises(Refused) as refused:
        service.back(OPERATOR, small.id)
    assert refused.value.code == "at-the-start"


def test_after_a_second_round_the_key_shows_who_moved_and_then_both_strands(
    small: Prepared,
) -> None:
    """Result, moves, both strands, the next question; and the same way back."""
    service, rate = small.service, small.rate
    citizens = service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=small.process_id
    ).workshop_id
    small.open()
    agenda = service.reveal_round(OPERATOR, small.id, rate.id)
    step = next_step(agenda)
    assert step is not None and step.action == "show", "one round has nothing to compare"
    small.open()
    agenda = service.reveal_round(OPERATOR, small.id, rate.id)
    assert next_step(agenda) == Step("moves", rate.id)
    agenda = service.next(OPERATOR, small.id)
    assert agenda.workshop.stage.view is StageView.MOVES
    step = next_step(agenda)
    assert step is not None and step.action == "show", "the citizens have not answered"
    service.open_round(OPERATOR, citizens, rate.id)
    service.reveal_round(OPERATOR, citizens, rate.id)
    assert next_step(small.agenda) == Step("strands", rate.id)
    agenda = service.next(OPERATOR, small.id)
    assert agenda.workshop.stage.view is StageView.STRANDS
    following = service.next(OPERATOR, small.id).workshop.stage
    assert following.view is StageView.QUESTION and following.question_id != rate.id
    views = [service.back(OPERATOR, small.id).workshop.stage.view for _ in range(4)]
    assert views == [StageView.STRANDS, StageView.MOVES, StageView.RESULT, StageView.QUESTION]


def test_what_there_is_not_can_not_be_shown(small: Prepared) -> None:
    service = small.service
    small.open()
    service.reveal_round(OPERATOR, small.id, small.rate.id)
    for view, code in ((StageView.MOVES, "no-second-round"), (StageView.STRANDS, "one-strand")):
        with pytest.raises(Refused) as refused:
            service.show(OPERATOR, small.id, view, small.rate.id)
        assert refused.value.code == code
    small.open()
    for view in (StageView.MOVES, StageView.STRANDS):
        with pytest.raises(Refused):
            service.show(OPERATOR, small.id, view, small.rate.id)


def test_both_strands_shown_after_one_round_go_back_to_its_result(small: Prepared) -> None:
    service, rate = small.service, small.rate
    citizens = service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=small.process_id
    ).workshop_id
    for workshop in (small.id, citizens):
        service.open_round(OPERATOR, workshop, rate.id)
        service.reveal_round(OPERATOR, workshop, rate.id)
    service.show(OPERATOR, small.id, StageView.STRANDS, rate.id)
    assert service.back(OPERATOR, small.id).workshop.stage.view is StageView.RESULT


def test_the_groups_are_of_no_question_and_lead_on_from_where_they_were_shown(
    small: Prepared,
) -> None:
    service, rate = small.service, small.rate
    agenda = service.show(OPERATOR, small.id, StageView.GROUPS)
    assert next_step(agenda) == Step("clusters")
    agenda = service.show(OPERATOR, small.id, StageView.GROUPS, rate.id)
    assert next_step(agenda) == Step("show", rate.id)
    small.open()
    service.reveal_round(OPERATOR, small.id, rate.id)
    agenda = service.show(OPERATOR, small.id, StageView.GROUPS, rate.id)
    step = next_step(agenda)
    assert step is not None and step.action == "show" and step.question_id != rate.id
    stage = service.back(OPERATOR, small.id).workshop.stage
    assert (stage.view, stage.question_id) == (StageView.RESULT, rate.id)


def test_going_back_to_a_revealed_question_goes_on_with_its_result(small: Prepared) -> None:
    small.open()
    small.service.reveal_round(OPERATOR, small.id, small.rate.id)
    agenda = small.service.show(OPERATOR, small.id, StageView.QUESTION, small.rate.id)
    assert next_step(agenda) == Step("show-result", small.rate.id)
    agenda = small.service.next(OPERATOR, small.id)
    assert agenda.workshop.stage.view is StageView.RESULT


def test_a_phone_follows_the_open_round_first_then_the_stage(small: Prepared) -> None:
    service, rate = small.service, small.rate

    def state() -> PhoneState:
        return phone_view(small.agenda).state

    assert state() is PhoneState.WAITING
    service.show(OPERATOR, small.id, StageView.QUESTION, rate.id)
    assert state() is PhoneState.WAITING
    small.open()
    assert state() is PhoneState.OPEN
    service.show(OPERATOR, small.id, StageView.LOBBY)
    assert state() is PhoneState.OPEN, "whatever the stage shows"
    service.close_round(OPERATOR, small.id, rate.id)
    assert state() is PhoneState.WAITING
    service.show(OPERATOR, small.id, StageView.QUESTION, rate.id)
    assert state() is PhoneState.CLOSED
    service.reveal_round(OPERATOR, small.id, rate.id)
    assert state() is PhoneState.RESULTS
    service.show(OPERATOR, small.id, StageView.QUESTION, rate.id)
    assert state() is PhoneState.CLOSED, "revealed, but not on the stage"
    small.open()
    service.reveal_round(OPERATOR, small.id, rate.id)
    service.show(OPERATOR, small.id, StageView.MOVES, rate.id)
    assert state() is PhoneState.RESULTS, "it keeps the result while the stage compares"
    service.show(OPERATOR, small.id, StageView.GROUPS, rate.id)
    assert state() is PhoneState.WAITING
    service.end_workshop(OPERATOR, small.id)
    assert state() is PhoneState.ENDED


def test_while_a_second_round_is_closed_the_result_shown_is_that_of_the_first(
    small: Prepared,
) -> None:
    first = small.open()
    small.service.reveal_round(OPERATOR, small.id, small.rate.id)
    small.open()
    small.service.close_round(OPERATOR, small.id, small.rate.id)
    agenda = small.service.show(OPERATOR, small.id, StageView.RESULT, small.rate.id)
    view = phone_view(agenda)
    assert (view.state, view.round and view.round.id) == (PhoneState.RESULTS, first.id)


def test_next_passes_by_a_rating_question_that_has_nothing_to_rate(running: Running) -> None:
    service = running.service
    made = service.create_workshop(OPERATOR, "smart-kassel-council").workshop_id
    agenda = service.agenda(OPERATOR, made)
    first, empty, *_ = running_order(agenda)
    agenda = service.show(OPERATOR, made, StageView.QUESTION, empty.id)
    step = next_step(agenda)
    assert step is not None and step.action == "show"
    assert step.question_id not in (first.id, empty.id)


def test_the_result_is_turned_to_the_room_and_away_but_never_out_of_an_open_round(
    small: Prepared,
) -> None:
    service, w = small.service, small.id

    def refusal() -> str:
        with pytest.raises(Refused) as refused:
            service.turn_result(OPERATOR, w)
        return refused.value.code

    assert refusal() == "no-question-shown"
    service.show(OPERATOR, w, StageView.QUESTION, small.rate.id)
    assert refusal() == "cannot-reveal"
    small.open()
    assert refusal() == "still-open"
    service.close_round(OPERATOR, w, small.rate.id)
    for view in (StageView.RESULT, StageView.QUESTION, StageView.RESULT):
        assert service.turn_result(OPERATOR, w).workshop.stage.view is view
    assert service.undo(OPERATOR, w) == "Show or hide the result"
    service.undo(OPERATOR, w)
    service.undo(OPERATOR, w)
    latest = small.agenda.latest_round(small.rate.id)
    assert latest is not None and latest.state is RoundState.CLOSED
    service.show(OPERATOR, w, StageView.CLUSTERS)
    assert refusal() == "no-question-shown"
