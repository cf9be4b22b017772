"""Keyboard and clicker alone: the room goes where the keys say, and rests while somebody types."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.pages.moderators_desk import Desk, desk
from workshop.model import OPERATOR, QuestionKind, Role, RoundState, StageView

__all__ = ["desk"]
pytestmark = pytest.mark.browser


def test_a_round_is_run_with_the_keys_of_a_clicker_alone(desk: Desk) -> None:
    page = desk.console(desk.context())
    question = desk.evening.question(0, QuestionKind.COLLECT)
    primary = page.locator(".st-key-console-actions button").first
    for key, word in (
        ("ArrowRight", "Runde öffnen"),
        ("PageDown", "Runde schließen"),
        ("ArrowRight", "Ergebnis zeigen"),
        (" ", "Weiter"),
        (" ", "Ergebnis wieder zeigen"),
        (" ", "Weiter"),
        ("ArrowLeft", "Ergebnis wieder zeigen"),
    ):
        page.keyboard.press(key)
        expect(primary).to_have_text([word])
    latest = desk.evening.agenda.latest_round(question)
    assert latest is not None and latest.state is RoundState.REVEALED
    page.keyboard.press("q")
    is_there(page.get_by_text("ohne QR-Code"))
    page.keyboard.press("Q")
    is_there(page.get_by_text(", QR-Code"))


def test_what_a_key_cannot_do_is_said_on_the_console(desk: Desk) -> None:
    page = desk.console(desk.context())
    page.keyboard.press(" ")
    expect(page.get_by_role("alert")).to_have_text(["Die Bühne zeigt gerade keine Frage."])
    service, w = desk.evening.service, desk.evening.workshop_id
    service.open_round(OPERATOR, w, desk.evening.question(1, QuestionKind.COLLECT))
    page.keyboard.press(" ")
    said = "Die Runde läuft noch. Bitte schließen Sie sie zuerst."
    # For a moment Streamlit may hold the sentence before beside it.
    is_there(page.get_by_role("alert").filter(has_text=said))
    expect(page.get_by_role("alert")).to_have_count(1)


def test_keys_rest_where_somebody_types_or_a_dialog_is_open_or_another_key_is_held(
    desk: Desk,
) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(0, QuestionKind.RATE)
    service.add_statement(OPERATOR, w, question, "Mehr Bäume")
    service.show(OPERATOR, w, StageView.QUESTION, question)
    version, _ = service.versions(w)
    page = desk.console(desk.context())
    page.get_by_text("Aussagen schreiben").click()
    field = page.get_by_label("Eine Aussage pro Zeile")
    field.click()
    page.keyboard.type("q b t ? ")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    expect(field).to_have_value("q b t ? ")
    page.get_by_role("button", name="Ändern", exact=True).click()
    is_there(page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function("() => document.activeElement === document.body")
    page.keyboard.press("?")
    is_there(page.get_by_role("dialog", name="Tasten"))
    page.keyboard.press("q")
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    for chord in ("Control+q", "Alt+ArrowUp", "Meta+q"):
        page.keyboard.press(chord)
    assert service.versions(w) == (version, service.versions(w)[1])
    page.keyboard.down("q")
    page.keyboard.down("q")
    page.keyboard.down("q")
    is_there(page.get_by_text("ohne QR-Code"))
    page.keyboard.up("q")
    page.keyboard.press("q")
    is_there(page.get_by_text(", QR-Code"))
    assert service.versions(w)[0] == version + 2


def test_the_space_bar_presses_the_button_that_has_the_focus_but_none_that_was_clicked(
    desk: Desk,
) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    service.show(OPERATOR, w, StageView.LOBBY)
    service.show_qr(OPERATOR, w, True)
    page = desk.console(desk.context())
    page.get_by_role("button", name="QR-Code ausblenden").press(" ")
    is_there(page.get_by_text("ohne QR-Code"))
    page.get_by_role("button", name="QR-Code zeigen").click()
    is_there(page.get_by_text(", QR-Code"))
    page.keyboard.press(" ")
    expect(page.get_by_role("alert")).to_have_text(["Die Bühne zeigt gerade keine Frage."])


def test_the_stage_window_of_a_moderator_moves_the_room_and_every_press_counts(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(2, QuestionKind.COLLECT)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    page = desk.stage(desk.context())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    is_there(page.get_by_text("Runde geschlossen"))
    page.keyboard.press(" ")
    is_there(page.locator(".stage-perspectives"))
    page.keyboard.press("ArrowLeft")
    is_there(page.locator(".stage-question"))
    page.keyboard.press("q")
    expect(page.locator(".stage .qr")).to_have_count(0)
    page.keyboard.press("q")
    is_there(page.locator(".stage .qr"))
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_a_stage_link_moves_nothing(desk: Desk) -> None:
    version = desk.evening.service.versions(desk.evening.workshop_id)
    page = desk.stage(desk.context(Role.STAGE))
    for key in ("ArrowRight", "PageDown", " ", "q", "b", "t"):
        page.keyboard.press(key)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tasten")
    expect(dialog).to_contain_text(["Vollbild"])
    expect(dialog).not_to_contain_text("Bild ab")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert desk.evening.service.versions(desk.evening.workshop_id) == version


def test_the_list_of_keys_can_be_read_by_everybody(desk: Desk) -> None:
    context = desk.context()
    for page in (desk.console(context), desk.stage(context)):
        page.bring_to_front()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Tasten")).to_contain_text(["→ oder Bild ab"])
        assert_accessible(page)
