"""The console in a real browser: nobody is disturbed, consoles agree, axe is silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.visitors import visitor
from tests.evening import Evening, play
from tests.pages.moderators_desk import SIDEWAYS
from tests.rooms import TEMPLATE
from workshop.model import OPERATOR, QuestionKind, Role, StageView
from workshop.service import Service

pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """A served evening, and browsers of moderators in front of it."""

    evening: Evening
    house: House
    browser: Browser

    def page(self, path: str, width: int = 1366, scheme: str = "light") -> Page:
        """A signed-in moderator on one of the pages."""
        link = self.evening.service.grant_link(OPERATOR, Role.MODERATOR, None)
        page = visitor(self.browser, (width, 1000), scheme=scheme).new_page()
        page.goto(f"{self.house.base}/m/{link}")
        page.goto(self.house.base + path)
        is_there(page.locator(".ek-foot"))
        return page

    def console(self, width: int = 1366, scheme: str = "light") -> Page:
        return self.page(f"/moderator?w={self.evening.workshop_id}", width, scheme)

    @contextmanager
    def restless(self) -> Iterator[None]:
        """A room in which something changes all the time: many times a second."""
        calm = threading.Event()

        def change() -> None:
            shown = False
            while not calm.wait(0.05):
                shown = not shown
                self.evening.service.show_qr(OPERATOR, self.evening.workshop_id, shown)

        thread = threading.Thread(target=change)
        thread.start()
        try:
            yield
        finally:
            calm.set()
            thread.join()


@pytest.fixture(scope="module")
def evening(served: tuple[House, Service]) -> Evening:
    """An evening at its end, without an open round."""
    _, service = served
    found = Evening(service, service.create_workshop(OPERATOR, TEMPLATE).workshop_id)
    play(found)
    return found


@pytest.fixture
def desk(evening: Evening, browser: Browser, served: tuple[House, Service]) -> Desk:
    opened = evening.agenda.open_round
    if opened is not None:  # the console stays with a round as long as it is open
        evening.service.close_round(OPERATOR, evening.workshop_id, opened.question_id)
    return Desk(evening, served[0], browser)


@pytest.mark.parametrize("width", [1366, 820])
def test_every_page_is_accessible_and_fits(desk: Desk, width: int) -> None:
    """Widths stack and hide what the rules look at; colours are the same at any width."""
    w = desk.evening.workshop_id
    desk.evening.service.show(OPERATOR, w, StageView.LOBBY)
    page = desk.console(width)
    for path in (f"/moderator?w={w}", "/", "/setup", f"/setup?w={w}", "/legal?page=privacy"):
        page.goto(desk.house.base + path)
        is_there(page.locator(".ek-foot"))
        assert_accessible(page, both_themes=width == 820)
        assert page.evaluate(SIDEWAYS) <= 0, path


def test_what_happens_in_the_room_does_not_touch_a_half_written_sentence(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(0, QuestionKind.RATE)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    service.show_qr(OPERATOR, w, True)
    page = desk.console()
    page.get_by_text("Aussagen schreiben").click()
    field = page.get_by_label("Eine Aussage pro Zeile")
    field.press_sequentially("Ein halber ")
    service.show_qr(OPERATOR, w, False)
    is_there(page.get_by_text("ohne QR-Code"))
    field.press_sequentially("Satz")
    expect(field).to_have_value("Ein halber Satz")
    # Another moderator goes on to another question: what is being written still stays.
    service.show(OPERATOR, w, StageView.QUESTION, desk.evening.question(1, QuestionKind.COLLECT))
    is_there(page.get_by_role("heading", name="Beiträge"))
    expect(field).to_have_value("Ein halber Satz")
    page.get_by_role("button", name="Hinzufügen", exact=True).click()
    expect(page.locator(".ek-notice-alert")).to_have_count(0)
    expect(field).to_have_count(0)
    assert "Ein halber Satz" in [
        s.text for s in service.agenda(OPERATOR, w).statements_of(question)
    ]


def test_in_a_room_that_never_rests_what_is_typed_stays_and_what_is_sent_goes(desk: Desk) -> None:
    """Every rerun here meets another one; none may take the place of what was to be drawn."""
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(1, QuestionKind.RATE)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    page = desk.console()
    page.get_by_text("Aussagen schreiben").click()
    field, dialog = page.get_by_label("Eine Aussage pro Zeile"), page.get_by_role("dialog")
    with desk.restless():
        for turn in range(3):
            field.press_sequentially(f"Etwas {turn}")
            page.get_by_role("button", name="Ändern", exact=True).first.click()
            dialog.get_by_role("textbox").fill(f"Wortlaut {turn}: ")
            # Each of these letters is a command of Streamlit's where it isn't typed in a field.
            dialog.get_by_role("textbox").press_sequentially("rca")
            dialog.get_by_role("button", name="Speichern").click()
            expect(dialog).to_be_hidden()
            is_there(page.get_by_text(f"Wortlaut {turn}: rca", exact=True))
            expect(field).to_have_value(f"Etwas {turn}")
            page.get_by_role("button", name="Hinzufügen", exact=True).click()
            is_there(page.get_by_text(f"Etwas {turn}", exact=True))
            # What was sent leaves with its field, and another one is there for the next.
            expect(field.and_(page.locator(":not(:placeholder-shown)"))).to_have_count(0)
            expect(field).to_have_count(1)


def test_a_wording_that_is_refused_stays_in_its_dialog_until_that_is_left(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(2, QuestionKind.COLLECT)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    page = desk.console()
    dialog, edit = page.get_by_role("dialog"), page.get_by_role("button", name="Ändern", exact=True)
    text = dialog.get_by_role("textbox")
    edit.press("Enter")
    expect(text).to_be_focused()
    text.fill("x" * 501)
    dialog.get_by_role("button", name="Speichern").click()
    expect(dialog.get_by_role("alert")).to_contain_text(["501 Zeichen sind zu viele"])
    expect(text).to_have_value("x" * 501)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(edit).to_be_focused()
    edit.click()
    expect(text).to_have_value("Noch nicht gezeigt")
    expect(dialog.get_by_role("alert")).to_be_hidden()
    dialog.get_by_role("button", name="Schließen").click()
    expect(dialog).to_be_hidden()
    edit.click()
    text.fill("Gezeigt")
    text.press("Control+Enter")
    expect(dialog).to_be_hidden()
    is_there(page.get_by_text("Geändert; ursprünglich: „Noch nicht gezeigt“"))


def test_a_wording_is_mended_in_a_dialog_and_two_consoles_agree(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(0, QuestionKind.COLLECT)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    one, two = desk.console(), desk.console(820, "dark")
    one.get_by_role("button", name="Ändern", exact=True).first.click()
    dialog = one.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Ein neuer **Wortlaut**")
    service.show_qr(OPERATOR, w, True)
    is_there(one.get_by_text(", QR-Code"))
    expect(dialog.get_by_role("textbox")).to_have_value("Ein neuer **Wortlaut**")
    dialog.get_by_role("button", name="Speichern").click()
    expect(dialog).to_be_hidden()
    for page in (one, two):
        expect(page.get_by_text("Ein neuer **Wortlaut**").first).to_be_visible()


def test_the_round_is_run_with_the_keyboard_and_both_consoles_follow(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(3, QuestionKind.COLLECT)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    one, two = desk.console(), desk.console()
    for word, following in (
        ("Runde öffnen", "Runde schließen"),
        ("Runde schließen", "Ergebnis zeigen"),
        ("Ergebnis zeigen", "Weiter"),
    ):
        one.get_by_role("button", name=word, exact=True).press("Enter")
        for page in (one, two):
            is_there(page.get_by_role("button", name=following, exact=True))
    assert service.agenda(OPERATOR, w).workshop.stage.view is StageView.RESULT
