"""The moderator's laptop dies in the middle of a round, and a tablet takes over."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.console import Console
from tests.browser.fields import is_there
from tests.browser.hall import STATEMENTS, Hall
from workshop.model import OPERATOR, Role, RoundState

pytestmark = pytest.mark.browser

TABLET = (820, 1180)
NOTE = "Nach der Pause mit den Bäumen beginnen"


def test_the_tablet_finds_the_room_as_the_laptop_left_it(hall: Hall) -> None:
    room, question = hall.room, hall.room.rate.text["de"]
    # Both links were made beforehand: whoever moderates together has one.
    links = [room.service.grant_link(OPERATOR, Role.MODERATOR, room.id) for _ in range(2)]
    laptop = Console(hall.browser, f"{hall.house.base}/m/{links[0]}")
    stage = hall.stage()
    phones = [hall.phone() for _ in range(2)]
    for phone in phones:
        phone.join("Politik")
    laptop.choose(question)
    laptop.page.get_by_role("textbox", name="Notiz").fill(NOTE)
    is_there(laptop.page.get_by_text("gespeichert", exact=False))
    laptop.open_round()
    for phone in phones:
        phone.state("open")
    phones[0].rate(STATEMENTS[0], 4)
    laptop.counts(1, 2)
    laptop.context.close()  # no goodbye: the lid falls shut, the battery is empty
    phones[1].rate(STATEMENTS[0], 2)
    stage.counts(2, 2)
    tablet = Console(hall.browser, f"{hall.house.base}/m/{links[1]}", size=TABLET)
    tablet.page.goto(f"{hall.house.base}/moderator?w={room.id}")
    tablet.is_at(question)
    tablet.counts(2, 2)
    expect(tablet.page.get_by_role("textbox", name="Notiz")).to_have_value(NOTE)
    width = tablet.page.evaluate("document.documentElement.scrollWidth")
    assert width <= TABLET[0]
    tablet.close_round()
    for phone in phones:
        phone.state("closed")
    tablet.undo("Runde schließen")
    for phone in phones:
        phone.state("open")
    tablet.close_round()
    tablet.reveal()
    for phone in phones:
        phone.state("results")
    latest = room.agenda.latest_round(room.rate.id)
    assert latest is not None
    assert (latest.number, latest.state) == (1, RoundState.REVEALED)
    assert hall.ledger.answers_of(room.rate.id, 1, 1) == {STATEMENTS[0]: 4}
    assert hall.ledger.answers_of(room.rate.id, 1, 2) == {STATEMENTS[0]: 2}
