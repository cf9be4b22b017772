"""Flight mode in the middle of typing and tapping: nothing lost, nothing twice, said in words.

What the phone says is held against the rows of the database at every turn.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Locator, Route, expect

from tests.browser.hall import STATEMENTS, Hall
from tests.browser.phone import Phone
from workshop.model import OPERATOR

pytestmark = pytest.mark.browser

FIRST, SECOND = STATEMENTS
GOAL = "Ein Amt, das zu den Menschen kommt"
WISH = "Mehr Schatten auf dem Königsplatz"


def unsent(phone: Phone) -> Locator:
    """The contributions that the page says are not sent yet."""
    return phone.page.locator("#unsent li").filter(has_text="noch nicht gesendet")


def listed(phone: Phone, text: str) -> Locator:
    """The contributions that the page lists as kept by the server."""
    return phone.page.locator(".own .texts:not(#unsent) li").filter(has_text=text)


def send(phone: Phone, text: str, aspect: str) -> None:
    """Fill in and press *Senden*, whatever comes of it."""
    phone.page.get_by_label("Ihr Beitrag").fill(text)
    phone.page.get_by_role("radio", name=aspect, exact=True).check()
    phone.page.get_by_role("button", name="Senden").click()


def test_taps_in_flight_mode_are_sent_once_the_network_is_back(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    phone.rate(FIRST, 2)
    phone.flight_mode(True)
    expect(phone.page.locator("#line")).to_contain_text("Gerade keine Verbindung.")
    for value in (4, 1, 5):  # the last one counts
        phone.item(FIRST).locator(f'button[value="{value}"]').click()
    phone.says_unsent(FIRST, 5)
    phone.item(SECOND).locator('button[value="3"]').click()
    phone.says_unsent(SECOND, 3)
    expect(phone.page.locator("#progress")).to_contain_text("2 noch nicht gesendet")
    assert hall.ledger.answers_of(hall.question, 1, 1) == {FIRST: 2}
    phone.flight_mode(False)
    phone.says_saved(FIRST, 5)
    phone.says_saved(SECOND, 3)
    expect(phone.page.locator("#line")).to_be_hidden()
    expect(phone.page.locator("#progress")).to_have_text("Alles gespeichert: 2 von 2.")
    assert hall.ledger.answers_of(hall.question, 1, 1) == {FIRST: 5, SECOND: 3}


def test_a_tab_closed_in_flight_mode_loses_neither_taps_nor_texts(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Wirtschaft")
    hall.room.open(hall.room.collect)
    phone.state("open")
    field = phone.page.get_by_label("Ihr Beitrag")
    field.press_sequentially("Ein Amt, das ")
    phone.flight_mode(True)
    field.press_sequentially("zu den Menschen kommt")
    phone.page.get_by_role("radio", name="Ziel", exact=True).check()
    phone.page.get_by_role("button", name="Senden").click()
    expect(unsent(phone)).to_have_count(1)
    expect(field).to_have_value("")
    send(phone, WISH, "Interesse")
    expect(unsent(phone)).to_have_count(2)
    field.press_sequentially("Und noch ein Gedan")
    assert hall.ledger.contributions(hall.room.collect.id) == {}
    # A sending that is under way may outlive its tab: then it is sent once more, and counts once.
    phone.close_tab()
    phone.new_tab()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        phone.scan()  # the browser's own page: nothing of ours is there without a network
    phone.flight_mode(False)
    phone.scan()
    expect(listed(phone, GOAL)).to_have_count(1)
    expect(listed(phone, WISH)).to_have_count(1)
    expect(unsent(phone)).to_have_count(0)
    expect(phone.page.locator(".own")).to_contain_text("2 Beiträge gespeichert")
    expect(phone.page.get_by_label("Ihr Beitrag")).to_have_value("Und noch ein Gedan")
    kept = {GOAL: (1, False), WISH: (1, False)}
    assert hall.ledger.contributions(hall.room.collect.id) == kept
    phone.page.reload()
    expect(listed(phone, GOAL)).to_have_count(1)
    assert hall.ledger.contributions(hall.room.collect.id) == kept


def test_an_acknowledgement_lost_on_the_way_makes_nothing_twice(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open(hall.room.collect)
    phone.state("open")
    lost: list[int] = []

    def deliver_and_drop(route: Route) -> None:
        """The server gets it and answers; the answer never reaches the phone."""
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    phone.page.route("**/contribute", deliver_and_drop, times=2)
    phone.page.route("**/answer", deliver_and_drop, times=1)
    send(phone, GOAL, "Ziel")
    expect(listed(phone, GOAL)).to_have_count(1)
    expect(unsent(phone)).to_have_count(0)
    expect(phone.page.locator("#problem")).to_have_text("Gespeichert.")
    assert lost == [200, 200]
    assert hall.ledger.contributions(hall.room.collect.id) == {GOAL: (1, False)}
    hall.room.open()
    phone.state("open")
    phone.rate(FIRST, 4)
    assert lost == [200] * 3
    assert hall.ledger.answers_of(hall.question, 1, 1) == {FIRST: 4}


def test_what_comes_after_the_round_has_closed_is_said_and_kept_on_the_phone(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    phone.flight_mode(True)
    phone.item(FIRST).locator('button[value="4"]').click()
    phone.says_unsent(FIRST, 4)
    hall.room.service.close_round(OPERATOR, hall.room.id, hall.question)
    phone.flight_mode(False)
    phone.state("closed")
    expect(phone.page.locator(".late")).to_contain_text("nicht mehr gezählt: 1")
    assert hall.ledger.answers_of(hall.question, 1, 1) == {}
    hall.room.open()  # before the reveal it is the same round, and goes on
    phone.says_saved(FIRST, 4)
    assert hall.ledger.answers_of(hall.question, 1, 1) == {FIRST: 4}


def test_texts_that_came_too_late_are_all_there_to_copy_and_go_when_it_reopens(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open(hall.room.collect)
    phone.state("open")
    phone.flight_mode(True)
    send(phone, GOAL, "Ziel")
    send(phone, WISH, "Interesse")
    expect(unsent(phone)).to_have_count(2)
    hall.room.service.close_round(OPERATOR, hall.room.id, hall.room.collect.id)
    phone.flight_mode(False)
    phone.state("closed")
    quotes = phone.page.locator("blockquote")
    expect(quotes.filter(has_text=GOAL)).to_have_count(1)
    expect(quotes.filter(has_text=WISH)).to_have_count(1)
    assert hall.ledger.contributions(hall.room.collect.id) == {}
    hall.room.open(hall.room.collect)
    expect(listed(phone, GOAL)).to_have_count(1)
    expect(listed(phone, WISH)).to_have_count(1)
    expect(phone.page.get_by_label("Ihr Beitrag")).to_have_value("")
    kept = {GOAL: (1, False), WISH: (1, False)}
    assert hall.ledger.contributions(hall.room.collect.id) == kept
