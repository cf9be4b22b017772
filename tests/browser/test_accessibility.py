"""axe finds nothing on any page in any state, light and dark, in German and in English.

Every state is seen in both themes by `assert_accessible`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.visitors import visitor
from tests.evening import HOSTILE
from tests.rooms import Prepared, prepare
from workshop.answers import MAX_TEXT
from workshop.model import OPERATOR, Role, StageView
from workshop.service import Service

pytestmark = pytest.mark.browser


@dataclass
class Place:
    """A served workshop, and a service beside it that brings it into every state."""

    house: House
    service: Service
    room: Prepared
    tokens: list[str]
    browser: Browser

    def page(self, path: str, role: Role | None = None, *, lang: str = "de-DE") -> Page:
        """A browser of somebody with that right, on one of the pages."""
        page = visitor(self.browser, (1366, 1000), scheme="dark", lang=lang).new_page()
        if role is not None:
            link = self.service.grant_link(OPERATOR, role, self.room.id)
            page.goto(f"{self.house.base}/{'m' if role is Role.MODERATOR else 's'}/{link}")
        page.goto(self.house.base + path)
        return page

    def phone(self) -> Phone:
        url = f"{self.house.base}/j/{self.room.agenda.workshop.join_code}"
        return Phone(self.browser, url)

    def collected(self, *, reveal: bool) -> None:
        """A round of collecting, with texts that try everything."""
        opened = self.room.open(self.room.collect)
        for place, text in enumerate(HOSTILE):
            token, aspect = self.tokens[place % 7], ("perspective", "interest", "goal")[place % 3]
            self.service.contribute(self.room.id, token, opened.id, aspect, text).result()
        if reveal:
            self.service.reveal_round(OPERATOR, self.room.id, self.room.collect.id)

    def rated(self, *, reveal: bool) -> None:
        """A round of rating."""
        opened = self.room.open()
        for person, token in enumerate(self.tokens):
            for place, statement in enumerate(self.room.statements):
                self.room.answer(token, opened, statement, (person * (place + 1)) % 6)
        if reveal:
            self.service.reveal_round(OPERATOR, self.room.id, self.room.rate.id)

    def show(self, view: StageView, question: str | None = None) -> None:
        self.service.show(OPERATOR, self.room.id, view, question)


@pytest.fixture
def place(browser: Browser, served: tuple[House, Service]) -> Place:
    """A fresh workshop in the served house."""
    home, service = served
    room = prepare(service)
    return Place(home, service, room, room.people(7), browser)


def test_coming_in_with_a_phone(place: Place) -> None:
    phone = place.phone()
    phone.page.goto(f"{place.house.base}/j")
    assert_accessible(phone.page)
    phone.page.get_by_label("Code").fill("1234 5678")
    phone.page.get_by_role("button", name="Weiter").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    assert_accessible(phone.page)
    phone.scan()
    assert_accessible(phone.page)
    place.service.lock_door(OPERATOR, place.room.id, True)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Die Tür ist geschlossen")
    assert_accessible(phone.page)
    place.service.lock_door(OPERATOR, place.room.id, False)
    phone.join("Politik")
    phone.state("waiting")
    assert_accessible(phone.page)
    for path in ("privacy", "imprint", "accessibility"):
        phone.page.goto(f"{place.house.base}/j/{path}")
        assert_accessible(phone.page)


def test_collecting_with_a_phone(place: Place) -> None:
    phone = place.phone()
    phone.join("Wirtschaft")
    place.collected(reveal=False)
    phone.state("open")
    assert_accessible(phone.page)
    phone.write("Mehr Grün im Viertel.", "Ziel")
    assert_accessible(phone.page)
    phone.page.get_by_label("Ihr Beitrag").fill("Ein Roman. " * (MAX_TEXT // 10))
    phone.page.get_by_role("button", name="Senden").click()
    expect(phone.page.locator("#problem")).to_contain_text("sind zu viele")
    assert_accessible(phone.page)
    place.service.close_round(OPERATOR, place.room.id, place.room.collect.id)
    phone.state("closed")
    assert_accessible(phone.page)
    place.service.reveal_round(OPERATOR, place.room.id, place.room.collect.id)
    phone.state("results")
    assert_accessible(phone.page)


def test_rating_with_a_phone(place: Place) -> None:
    phone = place.phone()
    phone.join("Stadtverwaltung")
    place.rated(reveal=False)
    phone.state("open")
    assert_accessible(phone.page)
    first, second = (place.room.agenda.statement(s) for s in place.room.statements)
    assert first is not None
    assert second is not None
    phone.rate(first.text, 4)
    assert_accessible(phone.page)
    phone.rate(second.text, 0)
    phone.state("saved")
    assert_accessible(phone.page)
    place.service.close_round(OPERATOR, place.room.id, place.room.rate.id)
    phone.state("closed")
    assert_accessible(phone.page)
    place.service.reveal_round(OPERATOR, place.room.id, place.room.rate.id)
    phone.state("results")
    assert_accessible(phone.page)
    place.room.open()
    phone.state("open")
    assert_accessible(phone.page)
    phone.rate(first.text, 5)
    assert_accessible(phone.page)


def test_what_a_phone_knows_of_me_and_the_end(place: Place) -> None:
    phone = place.phone()
    phone.join("Keine Angabe")
    place.collected(reveal=False)
    phone.state("open")
    phone.write("Ein Beitrag.", "Interesse")
    place.rated(reveal=False)
    phone.page.goto(f"{phone.url}/me")
    assert_accessible(phone.page)
    phone.page.get_by_role("link", name="Alles löschen").click()
    assert_accessible(phone.page)
    phone.page.get_by_role("button", name="Alles endgültig löschen").click()
    expect(phone.page.get_by_text("ist gelöscht.")).to_be_visible()
    assert_accessible(phone.page)
    phone.join("Keine Angabe")
    place.service.end_workshop(OPERATOR, place.room.id, True)
    phone.state("ended")
    assert_accessible(phone.page)
    phone.context.clear_cookies()
    phone.scan()
    assert_accessible(phone.page)


def test_the_stage(place: Place) -> None:
    path = f"/stage?w={place.room.id}"
    nobody = place.page(path)
    is_there(nobody.locator(".stage-notice"))
    assert_accessible(nobody)
    page = place.page(path, Role.STAGE)

    def shows(selector: str) -> None:
        is_there(page.locator(selector))
        assert_accessible(page)

    shows(".stage-lobby")
    place.show(StageView.QUESTION, place.room.rate.id)
    shows(".stage-question")
    place.collected(reveal=False)
    shows(".stage-question .count")
    place.service.reveal_round(OPERATOR, place.room.id, place.room.collect.id)
    shows(".stage-perspectives")
    for number in (1, 2):
        place.rated(reveal=False)
        shows(".stage-question .count")
        place.service.close_round(OPERATOR, place.room.id, place.room.rate.id)
        shows(".stage-question .state")
        place.service.reveal_round(OPERATOR, place.room.id, place.room.rate.id)
        expect(page.locator(".stage-rating .kicker")).to_contain_text([f"Runde {number}"])
        shows(".st-key-stage_question_chart .einklang-figure[data-drawn]")
        place.show(StageView.CLUSTERS)
        shows(".st-key-stage_clusters_chart .einklang-figure[data-drawn]")
    place.show(StageView.THANKS)
    shows(".stage-thanks")


def test_the_console(place: Place) -> None:
    page = place.page(f"/moderator?w={place.room.id}", Role.MODERATOR)

    def button(name: str) -> None:
        expect(page.get_by_role("button", name=name, exact=True).first).to_be_visible()
        assert_accessible(page)

    button("Weiter")
    place.collected(reveal=False)
    button("Runde schließen")
    page.get_by_role("button", name="Ändern", exact=True).first.click()
    is_there(page.get_by_role("dialog").get_by_role("textbox"))
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    place.service.reveal_round(OPERATOR, place.room.id, place.room.collect.id)
    button("Ergebnis ausblenden")
    place.rated(reveal=False)
    button("Runde schließen")
    page.get_by_text("Private Vorschau").click()
    expect(page.locator(".ek-preview .ek-stack").first).to_be_visible()
    page.get_by_text("Aussagen schreiben").click()
    is_there(page.get_by_label("Eine Aussage pro Zeile"))
    assert_accessible(page)
    place.service.close_round(OPERATOR, place.room.id, place.room.rate.id)
    button("Ergebnis zeigen")
    place.service.reveal_round(OPERATOR, place.room.id, place.room.rate.id)
    button("Zweite Runde")
    place.show(StageView.CLUSTERS)
    button("Dank zeigen")
    place.service.end_workshop(OPERATOR, place.room.id, True)
    button("Workshop fortsetzen")


def test_the_pages_around_the_console(place: Place) -> None:
    w = place.room.id
    stranger = place.page("/signin")
    assert_accessible(stranger)
    stranger.get_by_label("Passphrase").fill("nicht die richtige")
    stranger.get_by_role("button", name="Anmelden").click()
    is_there(stranger.get_by_role("alert"))
    assert_accessible(stranger)
    for path in (f"/moderator?w={w}", "/", f"/results?w={w}"):
        stranger.goto(place.house.base + path)
        is_there(stranger.locator(".ek-foot"))
        assert_accessible(stranger)
    page = place.page("/", Role.MODERATOR)
    paths = ["/", "/signin", "/setup", f"/setup?w={w}", f"/results?w={w}"]
    for path in (*paths, *(f"/legal?page={p}" for p in ("privacy", "imprint", "accessibility"))):
        page.goto(place.house.base + path)
        expect(page.locator(".ek-foot, body > footer").first).to_be_visible()
        assert_accessible(page)
    page.goto(f"{place.house.base}/setup?w={w}&part=invite")
    page.get_by_role("button", name="Links erzeugen").click()
    is_there(page.get_by_text("Bühne, für den Rechner am Beamer"))
    assert_accessible(page)


def test_the_results(place: Place) -> None:
    place.collected(reveal=True)
    for _ in (1, 2):
        place.rated(reveal=True)
    page = place.page(f"/results?w={place.room.id}", Role.MODERATOR)
    expect(page.locator(".einklang-figure[data-drawn]")).to_have_count(2)
    assert_accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    field = page.get_by_label("Schlüsselfrage")
    field.focus()
    field.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    assert_accessible(page)
    field.fill(place.room.collect.text["de"][:40])
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    is_there(page.locator(".er-said"))
    assert_accessible(page)


def test_the_same_in_english(place: Place) -> None:
    """One page of each kind: its language, and that axe agrees; colours are those of before."""
    w, code = place.room.id, place.room.agenda.workshop.join_code
    place.rated(reveal=True)
    page = place.page("/", Role.MODERATOR, lang="en-GB")
    for path in (f"/moderator?w={w}", "/", "/setup", f"/results?w={w}", "/legal?page=privacy"):
        page.goto(place.house.base + path)
        expect(page.locator(".ek-foot")).to_contain_text(["Privacy"])
        assert page.locator("html").get_attribute("lang") == "en"
        assert_accessible(page, both_themes=False)
    page.goto(f"{place.house.base}/stage?w={w}")
    expect(page.locator(".stage-rating .kicker")).to_contain_text(["Round 1"])
    assert_accessible(page, both_themes=False)
    for path in ("/j", f"/j/{code}", "/j/privacy", "/signin"):
        page.goto(place.house.base + path)
        assert page.locator("html").get_attribute("lang") == "en"
        assert_accessible(page, both_themes=False)
