"""The console in a real browser: nobody is disturbed, consoles agree, axe is silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browsers import FLAGS, at_rest, chromium
from tests.evening import Evening, empty_evening, play
from tests.servers import Server, einklang
from workshop.model import OPERATOR, QuestionKind, Role, StageView

pytestmark = pytest.mark.browser

SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]") || document.documentElement
  return main.scrollWidth - main.clientWidth
}"""


@dataclass
class Desk:
    """A served evening, and browsers of moderators in front of it."""

    evening: Evening
    server: Server
    browser: Browser

    def page(self, path: str, width: int = 1366, scheme: str = "light") -> Page:
        """A signed-in moderator on one of the pages."""
        link = self.evening.service.grant_link(OPERATOR, Role.MODERATOR, None)
        context = self.browser.new_context(
            viewport={"width": width, "height": 1000},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="de-DE",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{self.server.base}/m/{link}")
        page.goto(self.server.base + path)
        expect(page.locator(".ek-foot")).to_be_visible(timeout=30_000)
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
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("console")
    with (
        empty_evening(folder) as evening,
        einklang(f"sqlite:///{folder / 'evening.db'}") as server,
        sync_playwright() as playwright,
    ):
        play(evening)
        opened = evening.agenda.open_round
        if opened is not None:  # the console stays with a round as long as it is open
            evening.service.close_round(OPERATOR, evening.workshop_id, opened.question_id)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield Desk(evening, server, browser)
        browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (820, "dark")])
def test_every_page_is_accessible_and_fits(desk: Desk, width: int, scheme: str) -> None:
    w = desk.evening.workshop_id
    desk.evening.service.show(OPERATOR, w, StageView.LOBBY)
    page = desk.console(width, scheme)
    axe = Axe()
    for path in (f"/moderator?w={w}", "/", "/setup", f"/setup?w={w}", "/legal?page=privacy"):
        page.goto(desk.server.base + path)
        expect(page.locator(".ek-foot")).to_be_visible()
        at_rest(page)
        violations = axe.run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == [], path
        assert page.evaluate(SIDEWAYS) <= 0, path
    page.context.close()


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
    expect(page.get_by_text("ohne QR-Code")).to_be_visible()
    field.press_sequentially("Satz")
    expect(field).to_have_value("Ein halber Satz")
    # Another moderator goes on to another question: what is being written still stays.
    service.show(OPERATOR, w, StageView.QUESTION, desk.evening.question(1, QuestionKind.COLLECT))
    expect(page.get_by_role("heading", name="Beiträge")).to_be_visible()
    expect(field).to_have_value("Ein halber Satz")
    page.get_by_role("button", name="Hinzufügen", exact=True).click()
    expect(page.locator(".ek-notice-alert")).to_have_count(0)
    expect(field).to_have_count(0)
    assert "Ein halber Satz" in [
        s.text for s in service.agenda(OPERATOR, w).statements_of(question)
    ]
    page.context.close()


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
            expect(page.get_by_text(f"Wortlaut {turn}: rca", exact=True)).to_be_visible()
            expect(field).to_have_value(f"Etwas {turn}")
            page.get_by_role("button", name="Hinzufügen", exact=True).click()
            expect(page.get_by_text(f"Etwas {turn}", exact=True)).to_be_visible()
            # What was sent leaves with its field, and another one is there for the next.
            expect(field.and_(page.locator(":not(:placeholder-shown)"))).to_have_count(0)
            expect(field).to_have_count(1)
    page.context.close()


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
    expect(dialog.get_by_role("alert")).to_contain_text("501 Zeichen sind zu viele")
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
    expect(page.get_by_text("Geändert; ursprünglich: „Noch nicht gezeigt“")).to_be_visible()
    page.context.close()


def test_a_wording_is_mended_in_a_dialog_and_two_consoles_agree(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    question = desk.evening.question(0, QuestionKind.COLLECT)
    service.show(OPERATOR, w, StageView.QUESTION, question)
    one, two = desk.console(), desk.console(820, "dark")
    one.get_by_role("button", name="Ändern", exact=True).first.click()
    dialog = one.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Ein neuer **Wortlaut**")
    service.show_qr(OPERATOR, w, True)
    expect(one.get_by_text(", QR-Code")).to_be_visible()
    expect(dialog.get_by_role("textbox")).to_have_value("Ein neuer **Wortlaut**")
    dialog.get_by_role("button", name="Speichern").click()
    expect(dialog).to_be_hidden()
    for page in (one, two):
        expect(page.get_by_text("Ein neuer **Wortlaut**").first).to_be_visible()
        page.context.close()


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
            expect(page.get_by_role("button", name=following, exact=True)).to_be_visible()
    assert service.agenda(OPERATOR, w).workshop.stage.view is StageView.RESULT
    one.context.close()
    two.context.close()
