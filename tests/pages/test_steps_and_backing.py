"""Steps that ask nothing, and backing what was written: on the console and on the stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.parts.stage_look import Shown, look
from tests.pages.console_room import House, house, html
from tests.pages.test_console import click, labels
from workshop.i18n import translator
from workshop.model import OPERATOR, Actor, QuestionKind, Role, StageView

TEXTS = ("Wem gehört die Straße?", "Wie heizen wir in zehn Jahren?", "Wer zahlt das alles?")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def _added(room: House, kind: QuestionKind, text: str, most: int | None = None) -> str:
    cluster = room.agenda.clusters[0].id
    return room.service.add_question(
        OPERATOR, room.workshop_id, cluster, kind, {"de": text}, most=most
    )


def _stage(room: House) -> Shown:
    return look(
        room.service, Actor(Role.STAGE, room.workshop_id), room.workshop_id, translator("de")
    )


def _proposed(room: House, people: list[str]) -> str:
    """Proposals that everybody has read."""
    question = _added(room, QuestionKind.PROPOSE, "Was müssen wir klären?", most=2)
    round_ = room.service.open_round(OPERATOR, room.workshop_id, question).open_round
    assert round_ is not None
    for token, text in zip(people, TEXTS, strict=False):
        room.service.contribute(room.workshop_id, token, round_.id, None, text).result()
    room.service.reveal_round(OPERATOR, room.workshop_id, question)
    return question


def test_a_break_is_shown_and_nothing_of_it_can_be_opened(room: House) -> None:
    step = _added(room, QuestionKind.BREAK, "Kaffee und Kuchen")
    room.service.show(OPERATOR, room.workshop_id, StageView.QUESTION, step)
    at = room.console()
    assert not at.exception
    assert {"Weiter"} <= set(labels(at))
    assert not {"Runde öffnen", "Runde schließen"} & set(labels(at))
    assert not [e for e in at.expander if "schreiben" in e.label]
    assert "Pause" in html(at)
    words = _stage(room).html
    assert "Kaffee und Kuchen" in words
    assert "Pause" in words
    assert "Runde" not in words
    assert "Gleich geht es los" not in words
    click(at, "do-next")
    assert room.agenda.workshop.stage.question_id != step


def test_a_step_picked_from_the_agenda_is_only_shown(room: House) -> None:
    step = _added(room, QuestionKind.TALK, "Wir sprechen darüber")
    at = click(room.console(), f"choose-{step}")
    assert "Schritt zeigen" in labels(at)
    click(at, "do-step")
    stage = room.agenda.workshop.stage
    assert (stage.view, stage.question_id) == (StageView.QUESTION, step)
    assert room.agenda.open_round is None


def test_the_room_backs_proposals_and_the_moderator_takes_one_over(room: House) -> None:
    people = room.join(6)
    question = _proposed(room, people)
    at = room.console()
    assert "Unterstützen lassen" in labels(at)
    click(at, "do-again")
    opened = room.agenda.open_round
    assert opened is not None
    assert "3 Beiträge zur Wahl" in html(at)
    stage = _stage(room).html
    assert "Unterstützen Sie auf Ihrem Handy bis zu 2 Beiträge." in stage
    assert all(text in stage for text in TEXTS)
    for token in people:
        chosen = {opened.statement_ids[1]: "1"}
        room.service.answer_whole(room.workshop_id, token, opened.id, chosen).result()
    assert _stage(room).chart is None
    room.service.reveal_round(OPERATOR, room.workshop_id, question)
    shown = _stage(room)
    assert shown.layout == "whole"
    assert "in Kenntnis" not in shown.html
    assert shown.chart is not None and TEXTS[1] in str(shown.chart.table)
    at = room.console()
    assert not at.exception
    assert "6 von 6 unterstützen das" in html(at)
    assert "Als Aussage übernehmen" not in labels(at)
    click(at, f"adopt-do-{opened.statement_ids[1]}")
    made = next(q for q in room.agenda.questions if q.origin_id)
    assert made.text["de"] == TEXTS[1]
    assert "im Ablauf" in html(at)


def test_what_few_backed_shows_no_figures_and_undo_takes_the_question_out(room: House) -> None:
    people = room.join(3)
    question = _proposed(room, people)
    opened = room.service.open_round(OPERATOR, room.workshop_id, question).open_round
    assert opened is not None
    chosen = {opened.statement_ids[0]: "1"}
    room.service.answer_whole(room.workshop_id, people[0], opened.id, chosen).result()
    room.service.reveal_round(OPERATOR, room.workshop_id, question)
    at = room.console()
    assert "unterstützen das" not in html(at)
    click(at, f"adopt-do-{opened.statement_ids[0]}")
    click(at, "undo")
    assert not [q for q in room.agenda.questions if q.origin_id]
