"""Timer, black stage, frozen stage, notes: rows, on both databases, that undo knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rooms import HandClock, Prepared
from workshop.agenda import PhoneState, phone_view
from workshop.errors import Forbidden, NotFound, Refused
from workshop.freezing import as_seen
from workshop.model import OPERATOR, Actor, Role, RoundState, Stage, StageView

MINUTE = timedelta(minutes=1)


def test_a_timer_takes_the_minutes_of_the_question_and_one_more_each_time(
    prepared: Prepared, clock: HandClock
) -> None:
    service, w = prepared.service, prepared.id
    prepared.open()
    began = clock.now
    ends = service.start_timer(OPERATOR, w).workshop.timer_ends_at
    assert ends is not None
    assert abs(ends - began - prepared.rate.minutes * MINUTE) < timedelta(seconds=1)
    assert service.more_time(OPERATOR, w).workshop.timer_ends_at == ends + MINUTE
    clock.forward(hours=2)
    late = service.more_time(OPERATOR, w).workshop.timer_ends_at
    assert late is not None and abs(late - clock.now - MINUTE) < timedelta(seconds=1)
    assert prepared.agenda.open_round is not None, "no time closes a round"
    assert service.stop_timer(OPERATOR, w).workshop.timer_ends_at is None
    assert service.undo(OPERATOR, w) == "Stop the timer"
    assert prepared.agenda.workshop.timer_ends_at == late


def test_a_round_that_closes_ends_its_timer_and_one_that_opens_keeps_it(
    prepared: Prepared,
) -> None:
    service, w = prepared.service, prepared.id
    ends = service.start_timer(OPERATOR, w, 3).workshop.timer_ends_at
    prepared.open()
    assert prepared.agenda.workshop.timer_ends_at == ends
    service.close_round(OPERATOR, w, prepared.rate.id)
    assert prepared.agenda.workshop.timer_ends_at is None
    service.undo(OPERATOR, w)
    assert prepared.agenda.workshop.timer_ends_at == ends


@pytest.mark.parametrize("minutes", [0, -1, 241])
def test_a_timer_of_no_sense_is_refused(prepared: Prepared, minutes: int) -> None:
    with pytest.raises(Refused, match="from 1 to 240"):
        prepared.service.start_timer(OPERATOR, prepared.id, minutes)
    for act in (prepared.service.stop_timer, prepared.service.more_time):
        with pytest.raises(Refused, match="No timer"):
            act(OPERATOR, prepared.id)


def test_whatever_moves_the_stage_lights_it_again(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    prepared.open()

    def dark() -> bool:
        return prepared.agenda.workshop.stage.black

    for act in (
        lambda: service.black_stage(OPERATOR, w, False),
        lambda: service.next(OPERATOR, w),
        lambda: service.next(OPERATOR, w),
        lambda: service.back(OPERATOR, w),
        lambda: service.show(OPERATOR, w, StageView.CLUSTERS),
        lambda: service.show_qr(OPERATOR, w, False),
        lambda: service.undo(OPERATOR, w),
    ):
        service.black_stage(OPERATOR, w, True)
        assert dark()
        act()
        assert not dark()


def test_a_frozen_stage_keeps_what_it_shows_and_lets_go_of_it(
    prepared: Prepared, clock: HandClock
) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate.id
    token, other = prepared.people(2)
    round_ = prepared.open()
    prepared.answer(token, round_, prepared.statements[0], 4)
    frozen = service.freeze_stage(OPERATOR, w, True).workshop.frozen
    assert frozen is not None
    assert frozen.stage == Stage(StageView.QUESTION, rate)
    assert (frozen.room.joined, frozen.room.present, frozen.room.answered) == (2, 2, 1)
    assert service.freeze_stage(OPERATOR, w, True).workshop.frozen == frozen, "it holds the first"
    clock.forward(minutes=1)
    prepared.answer(other, round_, prepared.statements[0], 2)
    service.reveal_round(OPERATOR, w, rate)
    seen = as_seen(prepared.agenda)
    assert seen.workshop.stage == frozen.stage
    assert [r.state for r in seen.rounds_of(rate)] == [RoundState.OPEN]
    assert seen.revealed_round(rate) is None
    assert prepared.agenda.workshop.stage.view is StageView.RESULT, "the console is ahead"
    assert phone_view(prepared.agenda).state is PhoneState.CLOSED, "phones keep to the stage"
    service.black_stage(OPERATOR, w, True)
    service.next(OPERATOR, w)
    assert as_seen(prepared.agenda).workshop.stage.black, "black is never held back"
    service.black_stage(OPERATOR, w, False)
    service.freeze_stage(OPERATOR, w, False)
    assert as_seen(prepared.agenda) is prepared.agenda
    assert service.undo(OPERATOR, w) == "Let the stage go on"
    assert prepared.agenda.workshop.frozen == frozen


def test_of_a_later_round_a_frozen_result_knows_nothing(
    prepared: Prepared, clock: HandClock
) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate.id
    first = prepared.open()
    service.close_round(OPERATOR, w, rate)
    service.freeze_stage(OPERATOR, w, True)
    service.reveal_round(OPERATOR, w, rate)
    assert [r.state for r in as_seen(prepared.agenda).rounds_of(rate)] == [RoundState.CLOSED]
    service.freeze_stage(OPERATOR, w, False)
    service.freeze_stage(OPERATOR, w, True)
    clock.forward(minutes=1)
    prepared.open()
    phone = phone_view(prepared.agenda)
    assert phone.state is PhoneState.OPEN, "an open round comes first, as ever"
    service.reveal_round(OPERATOR, w, rate)
    assert [r.id for r in as_seen(prepared.agenda).rounds_of(rate)] == [first.id]
    phone = phone_view(prepared.agenda)
    assert phone.state is PhoneState.RESULTS
    assert phone.round is not None and phone.round.id == first.id


def test_a_note_is_kept_for_the_moderation_alone(prepared: Prepared) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate.id
    versions = service.versions(w)
    service.take_note(OPERATOR, w, rate, " Zuerst <b>die</b> Kritik.\nDann die Sorgen. ")
    assert service.notes(OPERATOR, w) == {rate: "Zuerst <b>die</b> Kritik.\nDann die Sorgen."}
    service.take_note(OPERATOR, w, rate, "x" * 2_000)
    with pytest.raises(Refused, match="2,000"):
        service.take_note(OPERATOR, w, rate, "x" * 2_001)
    assert service.notes(OPERATOR, w) == {rate: "x" * 2_000}
    assert service.versions(w) == versions, "nobody is disturbed by it"
    for actor in (Actor(Role.STAGE, w), Actor(Role.VISITOR)):
        with pytest.raises(Forbidden):
            service.notes(actor, w)
        with pytest.raises(Forbidden):
            service.take_note(actor, w, rate, "x")
    with pytest.raises(NotFound):
        service.take_note(OPERATOR, w, "nirgends", "x")
    service.take_note(OPERATOR, w, rate, "  ")
    assert service.notes(OPERATOR, w) == {}
