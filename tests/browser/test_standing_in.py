"""A room of three, one of them without a phone: their answers are entered at the console."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.console import Console
from tests.browser.hall import STATEMENTS, Hall

pytestmark = pytest.mark.browser

FIRST, SECOND = STATEMENTS


def _add_a_person(console: Console, group: str) -> None:
    console.page.get_by_text("Neue Person", exact=True).click()
    console.press(group)
    expect(console.page.get_by_text("Person 3 (ohne Telefon)")).to_be_visible()


def _answer_for(context: BrowserContext, console: Console) -> Page:
    """The window that the console's button opens."""
    with context.expect_page() as opened:
        console.page.get_by_role("button", name=re.compile("^Für diese Person antworten")).click()
    page = opened.value
    expect(page.locator("main[data-state]")).to_be_visible()
    return page


def _tap(page: Page, statement: str, value: int) -> None:
    heading = page.get_by_role("heading", name=statement, exact=True)
    item = page.locator("section.item").filter(has=heading)
    item.locator(f'button[value="{value}"]').click()
    expect(item.locator(".said")).to_contain_text("Gespeichert")


def test_a_room_in_which_one_of_three_has_no_phone(hall: Hall) -> None:
    phones = [hall.phone(), hall.phone()]
    for phone in phones:
        phone.join("Wissenschaft")
    console = hall.console()
    _add_a_person(console, "Stadtverwaltung")
    page = _answer_for(console.context, console)
    expect(page.locator(".band")).to_contain_text("Sie geben für Person 3 ein")
    assert_accessible(page)

    hall.room.open()
    expect(page.locator('main[data-state="open"]')).to_be_visible()
    console.counts(0, 3)
    for phone, value in zip(phones, (5, 4), strict=True):
        phone.rate(FIRST, value)
    _tap(page, FIRST, 2)
    _tap(page, SECOND, 1)
    console.counts(3, 3)
    assert hall.ledger.answers_of(hall.question, 1, 3) == {FIRST: 2, SECOND: 1}
    kept = hall.ledger.rows(
        "select number, segment, proxy from participant where workshop_id = ? order by number",
        hall.room.id,
    )
    assert kept == [(1, "science", 0), (2, "science", 0), (3, "administration", 1)]

    page.get_by_role("link", name="Zurück zur Konsole").click()
    expect(page.get_by_text("Person 3 (ohne Telefon)")).to_be_visible()
    assert_accessible(console.page)
    console.press("Entfernen …")
    console.press("Endgültig löschen")
    expect(console.page.get_by_text("Person 3 (ohne Telefon)")).to_have_count(0)
    console.counts(2, 2)
    assert hall.ledger.joined() == 2
    assert hall.ledger.items(hall.question, 1)[FIRST].counts == (0, 0, 0, 1, 1)
