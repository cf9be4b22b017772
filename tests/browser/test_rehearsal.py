"""A rehearsal from its beginning to the wipe, after which the room is as it was prepared."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.hall import STATEMENTS, Hall
from tests.rooms import prepare

pytestmark = pytest.mark.browser

WORD = "Generalprobe"


def _says(page: Page) -> None:
    expect(page.get_by_text(WORD, exact=True).first).to_be_visible()


def test_a_rehearsal_is_marked_everywhere_and_then_gone(hall: Hall) -> None:
    neighbour = prepare(hall.room.service)
    (token,) = neighbour.people(1)
    theirs = neighbour.open()
    neighbour.answer(token, theirs, neighbour.statements[0], 3)

    console, stage = hall.console(), hall.stage()
    console.press("Generalprobe beginnen")
    _says(console.page)  # the door of a phone is no live page: it is as it was opened
    phone = hall.phone()
    phone.scan()
    for page in (console.page, stage.page, phone.page):
        _says(page)
        assert_accessible(page)
    phone.tap("Wissenschaft")
    _says(phone.page)
    hall.room.open()
    phone.state("open")
    phone.rate(STATEMENTS[0], 4)
    console.close_round()
    console.reveal()
    phone.state("results")
    expect(stage.page.get_by_text("Weniger als fünf Antworten")).to_have_count(0)
    expect(stage.page.get_by_text("keine Antworten")).to_have_count(1)
    for page in (console.page, stage.page, phone.page):
        _says(page)

    console.press("Ernstfall beginnen …")
    console.press("Alles löschen und beginnen")
    expect(console.page.get_by_text("Der Raum ist leer.")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Wissenschaft")).to_be_visible()
    for page in (console.page, stage.page, phone.page):
        expect(page.locator(".rehearsal, .ek-rehearsal")).to_have_count(0)
    for table in ("round", "participant", "note", "action"):
        mine = f"select count(*) from {table} where workshop_id = ?"
        assert hall.ledger.rows(mine, hall.room.id) == [(0,)], table
    answers = (
        "select r.workshop_id, a.value from answer a join round r on r.id = a.round_id"
        " where r.workshop_id in (?, ?)"
    )
    assert hall.ledger.rows(answers, hall.room.id, neighbour.id) == [(neighbour.id, 3)]
    assert [s.text for s in hall.room.agenda.statements] == list(STATEMENTS)
    phone.tap("Wirtschaft")
    numbers = "select number, segment from participant where workshop_id = ?"
    assert hall.ledger.rows(numbers, hall.room.id) == [(1, "business")]
