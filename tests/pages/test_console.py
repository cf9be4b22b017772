"""The moderator's console: its buttons against the database that they change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.console_room import House, house, html
from workshop.model import OPERATOR, QuestionKind, RoundState, StageView

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "**fett** _kursiv_ `code` ~~weg~~",
    "[Klick](https://example.org) ![Bild](https://example.org/x.png)",
    "https://example.org www.example.org mail@example.org",
    ":material/home: :smile: :red[rot] $x^2$",
    "# Überschrift\n- Liste",
    "{braces} %s \\ & &amp; <b><a href='//x'>",
    "=1+1",
)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def collected(room: House, *texts: str) -> None:
    """A revealed round in which somebody wrote these texts."""
    question = room.question(QuestionKind.COLLECT)
    room.service.open_round(OPERATOR, room.workshop_id, question.id)
    round_ = room.agenda.open_round
    assert round_ is not None
    [token] = room.join(1)
    for text in texts:
        sent = room.service.contribute(room.workshop_id, token, round_.id, "goal", text)
        assert sent.result()
    room.service.reveal_round(OPERATOR, room.workshop_id, question.id)


def rated(room: House, people: int) -> None:
    """An open rating round with one statement that so many people have answered."""
    question = room.question(QuestionKind.RATE)
    statement = room.service.add_statement(OPERATOR, room.workshop_id, question.id, "Ein Ziel")
    room.service.open_round(OPERATOR, room.workshop_id, question.id)
    round_ = room.agenda.open_round
    assert round_ is not None
    for token in room.join(people):
        room.service.answer(room.workshop_id, token, round_.id, statement, "4").result()


def test_the_primary_button_goes_from_the_lobby_to_the_next_question(room: House) -> None:
    at = room.console()
    first, second = room.question(QuestionKind.COLLECT), room.question(QuestionKind.RATE)
    assert at.button(key="do-next").label == "Weiter"
    click(at, "do-next")
    assert room.agenda.workshop.stage.question_id == first.id
    assert at.button(key="do-open").label == "Runde öffnen"
    click(at, "do-open")
    assert room.agenda.open_round is not None
    assert at.button(key="do-close").label == "Runde schließen"
    click(at, "do-close")
    latest = room.agenda.latest_round(first.id)
    assert latest is not None and latest.state is RoundState.CLOSED
    assert at.button(key="do-reveal").label == "Ergebnis zeigen"
    click(at, "do-reveal")
    assert room.agenda.workshop.stage.view is StageView.RESULT
    click(at, "do-next")
    assert room.agenda.workshop.stage.question_id == second.id


def test_a_result_is_hidden_shown_again_and_followed_by_a_second_round(room: House) -> None:
    collected(room, "Mehr Bäume")
    question = room.question(QuestionKind.COLLECT)
    at = room.console()
    click(at, "do-hide")
    assert room.agenda.workshop.stage.view is StageView.QUESTION
    click(at, "do-show-result")
    assert room.agenda.workshop.stage.view is StageView.RESULT
    assert at.button(key="do-again").label == "Zweite Runde"
    click(at, "do-again")
    rounds = room.agenda.rounds_of(question.id)
    assert [(r.number, r.state) for r in rounds] == [
        (1, RoundState.REVEALED),
        (2, RoundState.OPEN),
    ]


def test_undo_names_what_it_takes_back(room: House) -> None:
    at = room.console()
    assert "undo" not in [button.key for button in at.button]
    click(at, "do-next")
    click(at, "do-open")
    assert at.button(key="undo").label == "Rückgängig: Runde öffnen"
    click(at, "undo")
    assert not room.agenda.rounds
    assert "Zurückgenommen: Runde öffnen" in html(at)


def test_x_of_y_is_shown_while_open_and_no_result(room: House) -> None:
    rated(room, 7)
    at = room.console()
    assert "<strong>7</strong>" in html(at)
    assert "von 7 Anwesenden" in html(at)
    assert "Median" not in html(at)
    preview = next(t for t in at.toggle if t.label == "Private Vorschau")
    assert preview.value is False
    preview.set_value(True).run()
    assert "Median: stimme eher zu" in html(at) or "Median: wichtig" in html(at)
    assert not at.exception


def test_a_new_console_begins_with_a_closed_preview(room: House) -> None:
    rated(room, 5)
    first = room.console()
    next(t for t in first.toggle if t.label == "Private Vorschau").set_value(True).run()
    assert "Median" in html(first)
    assert "Median" not in html(room.console())


def test_a_refusal_is_a_sentence(room: House) -> None:
    at = room.console()
    question = room.question(QuestionKind.RATE)
    click(at, f"choose-{question.id}")
    assert "Noch gibt es nichts zu bewerten. Übernehmen Sie Perspektiven" in html(at)
    click(at, "do-open")
    assert room.agenda.open_round is None
    assert 'role="alert"' in html(at)
    assert "dann öffnen Sie die Runde." in html(at)


def test_another_question_can_be_looked_at_without_moving_the_stage(room: House) -> None:
    rated(room, 1)
    other = room.question(QuestionKind.COLLECT, 1)
    before = room.agenda.workshop.stage
    at = click(room.console(), f"choose-{other.id}")
    assert room.agenda.workshop.stage == before
    assert at.button(key="do-open").label == "Runde öffnen"
    click(at, "do-open")
    opened = room.agenda.open_round
    assert opened is not None and opened.question_id == other.id


def test_contributions_are_hidden_shown_and_turned_into_statements(room: House) -> None:
    collected(room, "Mehr Bäume", "Weniger Lärm")
    question = room.question(QuestionKind.COLLECT)
    texts = room.service.contributions(OPERATOR, room.workshop_id, question.id)
    at = room.console()
    click(at, f"hide-{texts[0].id}")
    visible = room.service.contributions(OPERATOR, room.workshop_id, question.id)
    assert [s.text for s in visible] == ["Weniger Lärm"]
    assert at.button(key=f"hide-{texts[0].id}").label == "Einblenden"
    click(at, f"hide-{texts[0].id}")
    click(at, f"promote-{texts[1].id}")
    [statement] = room.agenda.statements
    assert (statement.text, statement.source_id) == ("Weniger Lärm", texts[1].id)
    assert f"promote-{texts[1].id}" not in [button.key for button in at.button]
    assert "✓ Aussage" in html(at)


def test_a_mended_text_shows_its_original(room: House) -> None:
    collected(room, "Mehr Bäme")
    question = room.question(QuestionKind.COLLECT)
    [text] = room.service.contributions(OPERATOR, room.workshop_id, question.id)
    room.service.edit_statement(OPERATOR, room.workshop_id, text.id, "Mehr Bäume")
    shown = html(room.console())
    assert '<p class="ek-text">Mehr Bäume</p>' in shown
    assert "Geändert; ursprünglich: „Mehr Bäme“" in shown


def test_several_statements_are_added_at_once_and_what_is_refused_stays(room: House) -> None:
    question = room.question(QuestionKind.RATE)
    at = click(room.console(), f"choose-{question.id}")
    at.text_area[0].set_value("Erste\n\n  Zweite \n" + "x" * 501)
    next(b for b in at.button if b.label == "Hinzufügen").click().run()
    assert not at.exception
    assert [s.text for s in room.agenda.statements_of(question.id)] == ["Erste", "Zweite"]
    assert "501 Zeichen sind zu viele" in html(at)
    assert at.text_area[0].value == "x" * 501


def test_stage_door_and_end(room: House) -> None:
    at = room.console()
    for key, view in (("view-clusters", StageView.CLUSTERS), ("view-thanks", StageView.THANKS)):
        click(at, f"room-{key}")
        assert room.agenda.workshop.stage.view is view
    click(at, "room-view-lobby")
    assert at.button(key="room-view-lobby").disabled
    click(at, "room-qr")
    assert not room.agenda.workshop.stage.qr
    click(at, "room-lock")
    assert room.agenda.workshop.locked
    assert at.button(key="room-lock").label == "Tür öffnen"
    click(at, "room-end")
    assert room.agenda.workshop.ended
    assert "Dieser Workshop ist beendet." in html(at)
    click(at, "room-end")
    assert not room.agenda.workshop.ended


def test_two_consoles_agree(room: House) -> None:
    one, two = room.console(), room.console()
    click(one, "do-next")
    click(one, "do-open")
    two.run()
    assert two.button(key="do-close").label == "Runde schließen"


def test_peoples_text_stays_text(room: House) -> None:
    collected(room, *HOSTILE)
    shown = html(room.console())
    assert "<img src=x" not in shown and "<script" not in shown and "<b><a" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "**fett** _kursiv_ `code` ~~weg~~" in shown


def test_the_console_speaks_english(room: House) -> None:
    room.cookies["einklang_lang"] = "en"
    at = room.console()
    assert at.button(key="do-next").label == "Next"
    assert "People arrive" in html(at)
