"""Screens agree: two consoles, two stages, undo; nothing of a round leaves before its reveal."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console import Console
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.stage import Stage
from tests.rooms import Prepared, prepare
from workshop.model import OPERATOR, Role
from workshop.service import Service

pytestmark = pytest.mark.browser


@dataclass
class Room:
    """A served workshop with two statements, whose other people act without a browser."""

    house: House
    prepared: Prepared
    browser: Browser

    def link(self, role: Role) -> str:
        made = self.prepared.service.grant_link(OPERATOR, role, self.prepared.id)
        return f"{self.house.base}/{'m' if role is Role.MODERATOR else 's'}/{made}"

    def console(self, **how: str) -> Console:
        found = Console(self.browser, self.link(Role.MODERATOR), **how)  # type: ignore[arg-type]
        found.page.goto(f"{self.house.base}/moderator?w={self.prepared.id}")
        is_there(found.page.locator(".ek-foot"))
        return found

    def stage(self, scheme: str = "light") -> Stage:
        return Stage(self.browser, self.link(Role.STAGE), scheme=scheme)

    def phone(self, *, script: bool = True) -> Phone:
        code = self.prepared.agenda.workshop.join_code
        return Phone(self.browser, f"{self.house.base}/j/{code}", script=script)

    def everybody_rates(self, tokens: list[str], shift: int) -> None:
        """People without a browser answer the open round; `shift` makes rooms differ."""
        opened = self.prepared.agenda.open_round
        assert opened is not None
        for person, token in enumerate(tokens):
            for place, statement in enumerate(opened.statement_ids):
                self.prepared.answer(token, opened, statement, (person * place + shift) % 5 + 1)


@pytest.fixture
def room(browser: Browser, served: tuple[House, Service]) -> Room:
    home, service = served
    return Room(home, prepare(service), browser)


def test_two_consoles_and_two_stages_agree_and_undo_takes_all_of_them_back(room: Room) -> None:
    room.prepared.people(6)
    one, two = room.console(), room.console()
    walls = [room.stage(), room.stage("dark")]
    question = room.prepared.rate.text["de"]
    one.choose(question)
    one.open_round()
    two.is_at(question)
    for wall in walls:
        wall.counts(0, 6)
    two.close_round()
    is_there(one.button("Ergebnis zeigen"))
    one.reveal()
    is_there(two.button("Ergebnis ausblenden"))
    for wall in walls:
        is_there(wall.page.locator(".stage-rating"))
    two.undo("Ergebnis zeigen")
    for wall in walls:
        expect(wall.page.locator(".stage-question")).to_contain_text(["Runde geschlossen"])
    is_there(one.button("Ergebnis zeigen"))
    two.undo("Runde schließen")
    one.undo("Runde öffnen")
    # Opening it had also brought the question onto the stage.
    for console in (one, two):
        is_there(console.button("Weiter"))
        is_there(console.page.get_by_text("Ankommen"))
    for wall in walls:
        wall.joined(6)


def test_until_the_reveal_the_room_makes_no_difference_to_any_screen(room: Room) -> None:
    """Two rooms that answer quite differently: phone and stage get the same, byte for byte."""
    tokens = room.prepared.people(7)
    stage, phone, plain = room.stage(), room.phone(), room.phone(script=False)
    for person in (phone, plain):
        person.join("Politik")
    room.prepared.open()
    stage.counts(0, 9)
    first, *_ = room.prepared.agenda.statements_of(room.prepared.rate.id)
    for person in (phone, plain):
        person.state("open")
        person.rate(first.text, 4)
    seen = []
    for shift in (0, 3):
        room.everybody_rates(tokens, shift)
        stage.page.reload()
        stage.counts(9, 9)
        seen.append((stage.everything(), *(bare(person.page) for person in (phone, plain))))
    for one, other in zip(*seen, strict=True):
        assert one.split() == other.split()
    room.prepared.service.close_round(OPERATOR, room.prepared.id, room.prepared.rate.id)
    for person in (phone, plain):
        person.state("closed")
        person.sees_no_result()
    assert "Median" not in stage.everything()
    for person in (phone, plain):
        assert not any("in der Mitte" in body for body in person.heard)
    # The stream names the phase of the evening, and nothing else; a heartbeat says nothing.
    assert phone.events
    assert all(event.isdigit() for event in phone.events if event)
    room.prepared.service.reveal_round(OPERATOR, room.prepared.id, room.prepared.rate.id)
    phone.state("results")
    assert any("in der Mitte" in body for body in phone.heard)


def bare(page: Page) -> str:
    """The page as the server sends it now."""
    page.reload()
    return page.content()


def test_a_preview_is_closed_by_default_and_stays_on_its_own_screen(room: Room) -> None:
    tokens = room.prepared.people(6)
    room.prepared.open()
    room.everybody_rates(tokens, 0)
    one, two, stage = room.console(), room.console(), room.stage()
    stage.counts(6, 6)
    for console in (one, two):
        console.counts(6, 6)
        expect(console.page.locator(".ek-preview")).to_have_count(0)
    one.page.get_by_text("Private Vorschau").click()
    expect(one.page.locator(".ek-preview .ek-stack").first).to_be_visible()
    expect(two.page.locator(".ek-preview")).to_have_count(0)
    assert "Median" not in stage.everything()
