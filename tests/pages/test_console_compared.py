"""The console's buttons for what compares, and its choice among many statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.console_room import House, house, html
from workshop.errors import Forbidden
from workshop.model import OPERATOR, Actor, KeyQuestion, QuestionKind, Role, StageView, Strand


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def keys(at: AppTest) -> set[str]:
    return {button.key or "" for button in at.button}


def statements(room: House, count: int) -> tuple[KeyQuestion, list[str]]:
    """A rating question with so many statements."""
    question = room.question(QuestionKind.RATE)
    add = room.service.add_statement
    return question, [
        add(OPERATOR, room.workshop_id, question.id, f"Aussage {n}") for n in range(count)
    ]


def asked(room: House) -> tuple[str, ...]:
    """What the open round asks."""
    opened = room.agenda.open_round
    assert opened is not None
    return opened.statement_ids


def reveal(room: House, question: KeyQuestion, workshop_id: str | None = None) -> None:
    w = workshop_id or room.workshop_id
    room.service.open_round(OPERATOR, w, question.id)
    room.service.reveal_round(OPERATOR, w, question.id)


def test_views_that_compare_are_offered_once_there_is_something_to_compare(room: House) -> None:
    question, _ = statements(room, 2)
    reveal(room, question)
    at = room.console()
    compare = {"room-view-moves", "room-view-strands", "room-view-groups"}
    assert not compare & keys(at)
    reveal(room, question)
    at = room.console()
    assert at.button(key="do-next").label == "Bewegungen zeigen"
    click(at, "room-view-moves")
    assert room.agenda.workshop.stage.view is StageView.MOVES
    assert at.button(key="room-view-moves").disabled and "Bewegungen ·" in html(at)
    citizens = room.service.create_workshop(
        OPERATOR,
        "smart-kassel-council",
        Strand.CITIZENS,
        process_id=room.agenda.process.id,
    ).workshop_id
    reveal(room, question, citizens)
    at = room.console()
    assert at.button(key="do-next").label == "Beide Stränge zeigen"
    click(at, "room-view-strands")
    assert room.agenda.workshop.stage.view is StageView.STRANDS
    click(at, "do-result")
    assert room.agenda.workshop.stage.view is StageView.RESULT


def test_opinion_groups_are_offered_once_there_may_be_some(room: House) -> None:
    question, _ = statements(room, 1)
    room.join(50)
    assert "room-view-groups" not in keys(room.console()), "nothing is revealed"
    reveal(room, question)
    click(room.console(), "room-view-groups")
    stage = room.agenda.workshop.stage
    assert (stage.view, stage.question_id) == (StageView.GROUPS, question.id)


def test_few_statements_are_all_asked_without_a_question(room: House) -> None:
    question, ids = statements(room, 15)
    at = click(room.console(), f"choose-{question.id}")
    assert not at.multiselect
    assert [field.label for field in at.number_input] == ["Minuten"], "the timer's, and no other"
    click(at, "do-open")
    assert list(asked(room)) == ids


def test_many_statements_can_be_chosen_one_by_one(room: House) -> None:
    question, ids = statements(room, 20)
    at = click(room.console(), f"choose-{question.id}")
    assert "Die nächste Runde fragt 20 von 20 Aussagen." in html(at)
    at.multiselect[0].set_value(ids[3:6]).run()
    assert "Die nächste Runde fragt 3 von 20 Aussagen." in html(at)
    click(at, "do-open")
    assert list(asked(room)) == ids[3:6]
    room.service.reveal_round(OPERATOR, room.workshop_id, question.id)
    at = room.console()
    assert "Die nächste Runde fragt 3 von 20 Aussagen." in html(at), "the same again"
    click(at, "do-again")
    assert list(asked(room)) == ids[3:6]


def test_of_very_many_those_with_the_most_votes_are_suggested(room: House) -> None:
    question, ids = statements(room, 41)
    citizens = room.service.create_workshop(
        OPERATOR,
        "smart-kassel-council",
        Strand.CITIZENS,
        process_id=room.agenda.process.id,
    ).workshop_id
    token, _ = room.service.join(citizens, None, "none").result()
    opened = room.service.open_round(OPERATOR, citizens, question.id).open_round
    assert opened is not None
    for statement, value in ((ids[40], "5"), (ids[30], "1"), (ids[20], "0")):
        room.service.answer(citizens, token, opened.id, statement, value).result()
    room.service.reveal_round(OPERATOR, citizens, question.id)
    with pytest.raises(Forbidden):
        room.service.votes(Actor(Role.STAGE, room.workshop_id), room.workshop_id, question.id)
    at = click(room.console(), f"choose-{question.id}")
    assert at.multiselect[0].value == [ids[30], ids[40], *ids[:10]], "an abstention is no vote"
    assert at.multiselect[0].options[0] == "Aussage 30 · 1 Stimme"
    at.number_input[0].set_value(3).run()
    assert at.multiselect[0].value == [ids[30], ids[40], ids[0]]
    click(at, "do-open")
    assert set(asked(room)) == {ids[30], ids[40], ids[0]}


def test_what_is_hidden_meanwhile_is_not_chosen_any_more(room: House) -> None:
    question, ids = statements(room, 18)
    at = click(room.console(), f"choose-{question.id}")
    room.service.hide_statement(OPERATOR, room.workshop_id, ids[0], True)
    at.run()
    assert not at.exception and at.multiselect[0].value == ids[1:]
    click(at, "do-open")
    assert list(asked(room)) == ids[1:]


def test_choosing_nothing_is_refused_with_a_sentence(room: House) -> None:
    question, _ = statements(room, 18)
    at = click(room.console(), f"choose-{question.id}")
    at.multiselect[0].set_value([]).run()
    click(at, "do-open")
    assert room.agenda.open_round is None
    assert "Bitte wählen Sie mindestens eine Aussage" in html(at)
