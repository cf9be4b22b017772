"""Steps of the agenda without a question: they are shown, take their time, and ask nobody."""

from __future__ import annotations

from datetime import time

import pytest

from tests.rooms import Prepared
from workshop.agenda import PhoneState, running_order
from workshop.editing import timetable
from workshop.errors import Refused
from workshop.model import OPERATOR, STEPS, QuestionKind, StageView

BREAK = QuestionKind.BREAK


def _pause(small: Prepared) -> str:
    """A break as the first step of the agenda; its id."""
    cluster = running_order(small.agenda)[0].cluster_id
    made = small.service.add_question(OPERATOR, small.id, cluster, BREAK, {"de": "Pause"})
    places = [q.id for q in running_order(small.agenda) if q.cluster_id == cluster]
    small.service.move_question(OPERATOR, small.id, made, -places.index(made))
    assert running_order(small.agenda)[0].id == made
    return made


@pytest.mark.parametrize("kind", sorted(STEPS))
def test_every_step_has_neither_scale_nor_number_nor_round(
    small: Prepared, kind: QuestionKind
) -> None:
    cluster = small.rate.cluster_id
    made = small.service.add_question(OPERATOR, small.id, cluster, kind, {"de": "Schritt"})
    step = small.agenda.question(made)
    assert step is not None
    assert (step.scale, step.second, step.most) == (None, None, None)
    assert (step.is_step, step.is_written, step.asks_statements) == (True, False, False)
    with pytest.raises(Refused) as refusal:
        small.service.open_round(OPERATOR, small.id, made)
    assert refusal.value.code == "asks-nothing"
    with pytest.raises(Refused) as refusal:
        small.service.add_statement(OPERATOR, small.id, made, "Eine Aussage")
    assert refusal.value.code == "wrong-kind"


def test_the_one_key_shows_a_step_and_goes_on(small: Prepared) -> None:
    made = _pause(small)
    service = small.service
    service.next(OPERATOR, small.id)
    stage = small.agenda.workshop.stage
    assert (stage.view, stage.question_id) == (StageView.QUESTION, made)
    service.next(OPERATOR, small.id)
    stage = small.agenda.workshop.stage
    assert (stage.view, stage.question_id) == (
        StageView.QUESTION,
        running_order(small.agenda)[1].id,
    )
    assert small.agenda.open_round is None
    service.back(OPERATOR, small.id)
    assert small.agenda.workshop.stage.question_id == made


def test_phones_rest_during_a_step_and_see_its_timer(small: Prepared) -> None:
    made = _pause(small)
    (token,) = small.people(1)
    small.service.show(OPERATOR, small.id, StageView.QUESTION, made)
    small.service.start_timer(OPERATOR, small.id)
    phone = small.service.phone(small.id, token)
    assert phone.view.state is PhoneState.WAITING
    assert phone.agenda.workshop.timer_ends_at is not None


def test_a_step_takes_its_minutes_of_the_evening(small: Prepared) -> None:
    before = timetable(small.agenda, time(18, 0))
    made = _pause(small)
    small.service.edit_question(OPERATOR, small.id, made, minutes=25)
    after = timetable(small.agenda, time(18, 0))
    second = running_order(small.agenda)[1].id
    assert (after.begins[made], after.begins[second]) == (time(18, 0), time(18, 25))
    assert before.begins[second] == time(18, 0)


def test_a_step_has_no_result_to_show(small: Prepared) -> None:
    made = _pause(small)
    with pytest.raises(Refused) as refusal:
        small.service.show(OPERATOR, small.id, StageView.RESULT, made)
    assert refusal.value.code == "not-revealed"
    small.service.show(OPERATOR, small.id, StageView.QUESTION, made)
    with pytest.raises(Refused):
        small.service.turn_result(OPERATOR, small.id)
    assert small.service.results(OPERATOR, small.id).clusters[0].rounds == ()


def test_a_question_with_statements_cannot_become_a_step(small: Prepared) -> None:
    with pytest.raises(Refused) as refusal:
        small.service.edit_question(OPERATOR, small.id, small.rate.id, kind=BREAK)
    assert refusal.value.code == "has-statements"
    small.service.edit_question(OPERATOR, small.id, small.other_rate.id, kind=BREAK)
    found = small.agenda.question(small.other_rate.id)
    assert found is not None and found.scale is None
