"""A phone that was asleep, a page that doesn't jump, a page that is small and fits."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.hall import STATEMENTS, Hall
from tests.browser.phone import Phone
from workshop.model import OPERATOR

pytestmark = pytest.mark.browser

AWAKE_WITHIN: Final = 2_000
FIRST_USE: Final = 40_000
STILL: Final = 0.001
"""A cumulative layout shift that nobody sees: less than a pixel of a phone's height."""

WATCH: Final = """() => {
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) {
        window.shifts.push([entry.value, entry.sources.map((s) => s.node?.outerHTML?.slice(0, 90))])
      }
    }
  }).observe({ type: "layout-shift", buffered: true })
}"""


def shifted(page: Page) -> None:
    """Nothing that stayed on the page has moved by itself since it was opened."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    shifts = page.evaluate("() => window.shifts")
    assert sum(value for value, _ in shifts) <= STILL, shifts


def look(phone: Phone, state: str) -> None:
    """The screen is locked ("hidden"), or somebody picks the phone up ("visible").

    A browser without a window never hides a page, and freezing one through its protocol tells it
    nothing: so the page is told what a phone's browser tells it.
    """
    phone.page.evaluate(
        """(state) => {
          const told = { visibilityState: state, hidden: state === "hidden" }
          for (const [name, value] of Object.entries(told)) {
            Object.defineProperty(document, name, { value, configurable: true })
          }
          document.dispatchEvent(new Event("visibilitychange"))
        }""",
        state,
    )


def test_a_phone_that_wakes_up_shows_what_holds_now_within_two_seconds(hall: Hall) -> None:
    phone = hall.phone()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # The stream is dead, as one is after ten minutes in a pocket: it says nothing, not even that.
    phone.page.route("**/events?*", hold)
    phone.join("Politik")
    phone.state("waiting")
    look(phone, "hidden")
    hall.room.open()
    # And the first line that the page asks over is dead, too.
    phone.page.route(hall.address, hold, times=1)
    assert phone.page.locator("main").get_attribute("data-state") == "waiting"
    streams = len(held)
    look(phone, "visible")
    awake = phone.page.locator('main[data-state="open"]')
    expect(awake).to_be_visible(timeout=AWAKE_WITHIN)
    assert len(held) == streams + 2, "one page that never came, and one more stream"


def test_a_sending_that_hangs_on_a_dead_line_is_sent_anew_on_waking(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.page.route("**/answer", hold, times=1)
    first = phone.item(STATEMENTS[0])
    with phone.page.expect_request("**/answer"):
        first.locator('button[value="4"]').click()
    expect(first.locator(".said")).to_contain_text("Wird gesendet")
    look(phone, "hidden")
    look(phone, "visible")
    expect(first.locator(".said")).to_contain_text("Gespeichert", timeout=AWAKE_WITHIN)
    assert hall.ledger.answers_of(hall.question, 1, 1) == {STATEMENTS[0]: 4}


def test_the_ruler_measures(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    phone.page.evaluate(WATCH)
    phone.page.evaluate("() => { document.getElementById('top').style.marginTop = '80px' }")
    with pytest.raises(AssertionError):
        shifted(phone.page)


def test_nothing_moves_by_itself_from_waiting_to_the_result(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    phone.state("waiting")
    phone.page.evaluate(WATCH)
    hall.room.open()
    phone.state("open")
    shifted(phone.page)
    for statement in STATEMENTS:
        phone.rate(statement, 4)
    phone.state("saved")
    shifted(phone.page)
    hall.room.service.close_round(OPERATOR, hall.room.id, hall.question)
    phone.state("closed")
    shifted(phone.page)
    hall.room.service.reveal_round(OPERATOR, hall.room.id, hall.question)
    phone.state("results")
    shifted(phone.page)
    hall.room.open()
    phone.state("open")
    shifted(phone.page)


def test_nothing_moves_when_an_acknowledgement_comes_late(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    phone.page.evaluate(WATCH)
    phone.flight_mode(True)
    phone.item(STATEMENTS[0]).locator('button[value="5"]').click()
    phone.says_unsent(STATEMENTS[0], 5)
    phone.flight_mode(False)
    phone.says_saved(STATEMENTS[0], 5)
    expect(phone.page.locator("#line")).to_be_hidden()
    shifted(phone.page)
    hall.room.open(hall.room.collect)
    expect(phone.page.get_by_label("Ihr Beitrag")).to_be_visible()
    phone.flight_mode(True)
    for text in ("Mehr Bäume", "Mehr Bänke"):
        phone.page.get_by_label("Ihr Beitrag").fill(text)
        phone.page.get_by_role("button", name="Senden").click()
    expect(phone.page.locator("#unsent")).to_contain_text("noch nicht gesendet")
    phone.flight_mode(False)
    expect(phone.page.locator(".kept")).to_contain_text("2 Beiträge gespeichert")
    shifted(phone.page)


def test_no_state_moves_away_from_under_a_finger(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    step = phone.item(STATEMENTS[0]).locator('button[value="4"]')
    box = step.bounding_box()
    assert box is not None
    phone.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.page.mouse.down()
    with phone.page.expect_response(hall.address):
        hall.room.service.close_round(OPERATOR, hall.room.id, hall.question)
    expect(step).to_be_visible()
    phone.state("open")
    phone.page.mouse.up()
    phone.state("closed")


def test_all_bytes_until_a_phone_can_be_used(hall: Hall) -> None:
    phone = hall.phone()
    received: list[float] = []
    phone.cdp.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
    phone.scan()
    expect(phone.page.get_by_role("button", name="Politik")).to_be_visible()
    scanned = sum(received)
    phone.tap("Politik")
    hall.room.open()
    phone.state("open")
    phone.rate(STATEMENTS[0], 4)
    print(f"scan: {scanned / 1000:.1f} KB, to the first answer kept: {sum(received) / 1000:.1f} KB")
    assert 0 < scanned < sum(received) <= FIRST_USE
