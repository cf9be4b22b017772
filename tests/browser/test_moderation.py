"""What people wrote waits, is let pass, merged, put under a theme and hidden; then the room reads.

Told on console, stage and phones at once, with a look into the database after each step.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.console import Console
from tests.browser.fields import is_there
from tests.browser.hall import Hall
from tests.browser.phone import Phone
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

TREES, AGAIN = "Mehr Bäume am Park", "mehr Bäume am Park!"
BUS, RUDE, LATE = "Der Bus kommt zu selten", "Herr X vom Bauamt ist faul", "Die Stadt hört zu"
THEME = "Bus und Bahn"


def kept(hall: Hall, text: str) -> dict[str, Any]:
    """What the database holds of a contribution."""
    names = ("waiting", "hidden", "hidden_reason", "merged_into_id", "theme_id", "pinned")
    found = hall.ledger.rows(
        f"select {', '.join(names)} from statement where text = ? and workshop_id = ?",
        text,
        hall.room.id,
    )
    return dict(zip(names, found[0], strict=True))


def actions(hall: Hall) -> list[str]:
    """What was done about contributions, as the log has it."""
    log = "select name from action where workshop_id = ? and not undone order by id"
    return [name for (name,) in hall.ledger.rows(log, hall.room.id)]


def do(desk: Console, text: str, word: str) -> None:
    """Press one of the buttons of a contribution."""
    button = desk.text(text).get_by_role("button", name=word, exact=True)
    is_there(button)  # for a moment Streamlit may hold a row's old place beside its new one
    button.click()


def sections(desk: Console, *named: str) -> None:
    """The headings over the contributions."""
    expect(desk.page.locator(".ek-section")).to_have_text(list(named))


def written(hall: Hall, *texts: str) -> list[Phone]:
    """Somebody for each text, who has written it and finds it saved."""
    phones = []
    for text in texts:
        phone = hall.phone()
        phone.join("Wissenschaft")
        phone.write(text, "Ziel")
        phones.append(phone)
    return phones


def lets_pass(desk: Console, hall: Hall) -> None:
    """One is hidden with a reason, one goes on waiting, the others pass."""
    do(desk, RUDE, "Ausblenden")
    desk.text(RUDE).get_by_role("button", name="Nennt eine Person").click()
    sections(desk, "Warten auf Sie · 4", "Ausgeblendet · 1")
    expect(desk.text(RUDE)).to_contain_text("ausgeblendet: Nennt eine Person")
    assert kept(hall, RUDE)["hidden_reason"] == "Names a person"
    for text, left in ((TREES, 3), (AGAIN, 2), (BUS, 1)):
        do(desk, text, "Freigeben")
        expect(desk.page.locator("#ek-waiting")).to_have_text(f"Warten auf Sie · {left}")
        assert not kept(hall, text)["waiting"]


def puts_in_order(desk: Console, hall: Hall) -> None:
    """Doubles become one, and a theme is named, suggested and confirmed."""
    desk.page.get_by_text("Doppelte · 1 Vorschlag").click()
    desk.press("Zusammenlegen")
    expect(desk.text(TREES)).to_contain_text("×2")
    assert kept(hall, AGAIN)["merged_into_id"] is not None
    desk.page.get_by_text("Themen", exact=True).click()
    desk.page.get_by_label("Thema benennen").fill(THEME)
    desk.press("Hinzufügen")
    do(desk, BUS, f"Zu „{THEME}“?")
    sections(desk, "Warten auf Sie · 1", "Ohne Thema · 1", f"{THEME} · 1", "Ausgeblendet · 1")
    assert kept(hall, BUS)["theme_id"] is not None
    do(desk, TREES, "Mehr")
    expect(desk.text(TREES).get_by_role("button", name="Wieder trennen")).to_be_visible()


def the_room_reads(wall: Stage, phone: Phone) -> None:
    """Under its theme, the doubles once; without what waits or is hidden."""
    headings = [THEME, "Weitere Beiträge"]
    expect(wall.page.locator(".stage-perspectives .theme")).to_have_text(headings)
    assert wall.cards() == [BUS, TREES]
    expect(wall.page.locator(".stage-perspectives .kicker")).to_contain_text("3 Beiträge")
    expect(wall.page.locator(".stage-perspectives .times")).to_have_text(["×2"])
    phone.state("results")
    expect(phone.page.locator("h2.theme")).to_have_text(headings)
    expect(phone.page.locator(".texts li")).to_have_text([re.compile(BUS), re.compile(TREES)])


def test_from_the_queue_to_the_wall(hall: Hall) -> None:
    desk, wall = hall.console(), hall.stage()
    desk.choose(hall.room.collect.text["de"])
    desk.press("Zuerst prüfen")
    expect(desk.button("Nicht mehr prüfen")).to_be_visible()
    desk.open_round()
    first, *others = written(hall, TREES, AGAIN, BUS, RUDE, LATE)
    sections(desk, "Warten auf Sie · 5")
    expect(desk.page.get_by_role("link", name="5 Beiträge warten auf Sie")).to_be_visible()
    assert all(kept(hall, text)["waiting"] for text in (TREES, AGAIN, BUS, RUDE, LATE))
    lets_pass(desk, hall)
    puts_in_order(desk, hall)
    assert_accessible(desk.page)

    said = wall.everything()
    assert not [text for text in (TREES, AGAIN, BUS, RUDE, LATE) if text in said]
    desk.press("Schließen und zeigen")
    the_room_reads(wall, first)
    assert_accessible(wall.page)
    assert_accessible(first.page)

    do(desk, LATE, "Freigeben")
    expect(wall.page.locator(".said")).to_have_text([BUS, TREES, LATE])
    expect(first.page.locator(".texts li")).to_have_count(3)
    desk.press("Wieder trennen")
    expect(wall.page.locator(".said")).to_have_count(4)
    desk.undo("Beitrag wieder trennen")
    expect(wall.page.locator(".said")).to_have_count(3)
    assert actions(hall)[-1] == "Let a contribution pass"
    for phone in (first, *others[:2], others[3]):
        assert not [body for body in phone.heard if RUDE in body], "hidden from everybody else"
    assert [body for body in others[2].heard if RUDE in body], "its author finds it saved"
