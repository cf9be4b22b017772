"""What a round asks: what somebody chose, or what the round before it asked and what came since."""

from __future__ import annotations

import pytest

from tests.rooms import TEMPLATE, Prepared
from workshop.agenda import is_askable
from workshop.errors import Refused
from workshop.model import OPERATOR, Agenda, RoundState, StageView, Strand
from workshop.service.running import MOST_AT_ONCE


def _opened(prepared: Prepared, *chosen: str) -> tuple[str, ...]:
    """What the next round of the rating question asks."""
    agenda = prepared.service.open_round(OPERATOR, prepared.id, prepared.rate.id, chosen or None)
    assert agenda.open_round is not None
    return agenda.open_round.statement_ids


def _reveal(prepared: Prepared) -> Agenda:
    return prepared.service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)


def _add(prepared: Prepared, text: str, workshop_id: str | None = None) -> str:
    where = workshop_id or prepared.id
    return prepared.service.add_statement(OPERATOR, where, prepared.rate.id, text)


def _citizens(prepared: Prepared) -> str:
    process = prepared.process_id
    made = prepared.service.create_workshop(OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=process)
    return made.workshop_id


def test_a_round_asks_what_was_chosen_in_the_order_of_the_question(prepared: Prepared) -> None:
    first, second = prepared.statements
    third = _add(prepared, "Neu dazu")
    assert _opened(prepared, third, first, third) == (first, third)
    (token,) = prepared.people(1)
    round_ = prepared.agenda.open_round
    assert round_ is not None
    with pytest.raises(Refused):
        prepared.answer(token, round_, second, 3)
    assert prepared.answer(token, round_, third, 3) == 3


def test_the_first_round_asks_everything_whoever_brought_it(small: Prepared) -> None:
    theirs = _add(small, "Aus der Bürgerschaft", _citizens(small))
    assert _opened(small) == (*small.statements, theirs)


def test_a_later_round_asks_the_same_and_what_this_workshop_added(small: Prepared) -> None:
    first, second = small.statements
    assert _opened(small) == (first, second)
    _reveal(small)
    theirs = _add(small, "Aus der Bürgerschaft", _citizens(small))
    mine = _add(small, "Neu im Rat")
    assert _opened(small) == (first, second, mine)
    _reveal(small)
    assert _opened(small, theirs, mine) == (theirs, mine)
    _reveal(small)
    # What was chosen once stays, whoever brought it; what was left out stays out.
    late = _add(small, "Noch später")
    assert _opened(small) == (theirs, mine, late)


def test_five_hundred_statements_of_others_do_not_come_by_themselves(small: Prepared) -> None:
    citizens = _citizens(small)
    _opened(small, small.statements[0])
    _reveal(small)
    for number in range(50):
        _add(small, f"Aussage {number}", citizens)
    assert _opened(small) == (small.statements[0],)


def test_a_new_wording_takes_the_place_of_the_old(small: Prepared) -> None:
    first, second = small.statements
    citizens = _citizens(small)
    theirs = _add(small, "Aus der Bürgerschaft", citizens)
    _opened(small, first, theirs)
    _reveal(small)
    reworded = [
        small.service.edit_statement(OPERATOR, small.id, key, text)
        for key, text in ((first, "Viel mehr Bäume"), (theirs, "Von allen für alle"))
    ]
    again = small.service.edit_statement(OPERATOR, citizens, reworded[1], "Von allen, für alle")
    assert _opened(small) == (reworded[0], again)
    assert second in {s.id for s in small.agenda.statements_of(small.rate.id)}


def test_a_round_that_goes_on_keeps_its_statements(small: Prepared) -> None:
    first, second = small.statements
    _opened(small, second)
    small.service.close_round(OPERATOR, small.id, small.rate.id)
    assert _opened(small) == (second,)
    small.service.close_round(OPERATOR, small.id, small.rate.id)
    mine = _add(small, "Neu im Rat")
    assert _opened(small) == (second, mine)
    small.service.close_round(OPERATOR, small.id, small.rate.id)
    # What is chosen joins; nothing that was asked is taken away.
    assert _opened(small, first) == (second, mine, first)
    assert small.agenda.rounds_of(small.rate.id)[0].number == 1


@pytest.mark.parametrize(
    ("which", "code"),
    [("unknown", "cannot-ask"), ("hidden", "cannot-ask"), ("other", "cannot-ask"), ("", "nothing")],
)
def test_what_cannot_be_asked_is_refused_and_nothing_opened(
    small: Prepared, which: str, code: str
) -> None:
    first, second = small.statements
    small.service.hide_statement(OPERATOR, small.id, second)
    other = small.service.add_statement(OPERATOR, small.id, small.other_rate.id, "Woanders")
    chosen = {"unknown": "nope", "hidden": second, "other": other}
    ids = [first, chosen[which]] if which else []
    before = small.agenda
    with pytest.raises(Refused) as refused:
        small.service.open_round(OPERATOR, small.id, small.rate.id, ids)
    assert refused.value.code.startswith(code)
    assert small.agenda == before


def test_a_collecting_question_has_nothing_to_choose(small: Prepared) -> None:
    with pytest.raises(Refused, match="people write to this one"):
        small.service.open_round(OPERATOR, small.id, small.collect.id, [small.statements[0]])
    agenda = small.service.open_round(OPERATOR, small.id, small.collect.id)
    assert agenda.open_round is not None
    assert agenda.open_round.statement_ids == ()


def test_where_all_that_was_asked_is_hidden_there_is_nothing_to_ask(small: Prepared) -> None:
    _opened(small)
    _reveal(small)
    _add(small, "Aus der Bürgerschaft", _citizens(small))
    for key in small.statements:
        small.service.hide_statement(OPERATOR, small.id, key)
    assert not is_askable(small.agenda, small.rate)
    with pytest.raises(Refused, match="nothing to rate"):
        _opened(small)
    latest = small.agenda.latest_round(small.rate.id)
    assert latest is not None
    assert latest.state is RoundState.REVEALED


def test_one_key_asks_no_more_than_a_room_can_rate(prepared: Prepared) -> None:
    for number in range(MOST_AT_ONCE):
        _add(prepared, f"Aussage {number}")
    prepared.service.show(OPERATOR, prepared.id, StageView.QUESTION, prepared.rate.id)
    with pytest.raises(Refused) as refused:
        prepared.service.next(OPERATOR, prepared.id)
    assert (refused.value.code, prepared.agenda.open_round) == ("choose-first", None)
    assert len(_opened(prepared)) == MOST_AT_ONCE + 2
