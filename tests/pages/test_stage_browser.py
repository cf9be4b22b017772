"""The stage in a real browser: nothing scrolls, nothing is small, nothing is mounted anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.visitors import visitor
from tests.browsers import at_rest
from tests.evening import Evening, play
from tests.rooms import TEMPLATE
from workshop.model import OPERATOR, QuestionKind, Role, StageView, Strand
from workshop.service import Service

pytestmark = pytest.mark.browser

# Text below 24 px of a sheet of 1920 x 1080, text outside the screen, and anything that scrolls.
PROBLEMS = """async () => {
  await document.fonts.ready // with the last typeface text is fitted once more
  const found = []
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080)
  const texts = document.createTreeWalker(document.querySelector(".stage"), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const box = text.parentElement
    if (!text.nodeValue.trim() || box.closest(".unseen")) continue
    const size = parseFloat(getComputedStyle(box).fontSize) / unit
    if (size < 23.9) found.push(`${size} px: ${text.nodeValue}`)
    const range = document.createRange()
    range.selectNodeContents(text)
    const { left, top, right, bottom } = range.getBoundingClientRect()
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
      found.push(`outside: ${text.nodeValue}`)
  }
  const page = document.scrollingElement
  if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) found.push("scrolls")
  return found
}"""

PARTS = [".stage", ".stage h1", ".stage .count strong", ".stage .bar", ".stage .qr"]
WATCH = """(parts) => {
  window.changes = []
  for (const part of parts) document.querySelector(part).survives = part
  new MutationObserver((seen) => {
    for (const change of seen) window.changes.push(change.type)
  }).observe(document.querySelector(".stage-scene"), { subtree: true, childList: true })
}"""
SURVIVED = "(parts) => parts.filter((part) => document.querySelector(part).survives === part)"


@dataclass
class Hall:
    """A served evening, whose moderator acts from another process' place."""

    evening: Evening
    house: House
    browser: Browser

    def stage(self, width: int = 1920, height: int = 1080, scheme: str = "light") -> Page:
        """A projector that has followed the stage link."""
        page = visitor(self.browser, (width, height), scheme=scheme).new_page()
        link = self.evening.service.grant_link(OPERATOR, Role.STAGE, self.evening.workshop_id)
        page.goto(f"{self.house.base}/s/{link}")
        is_there(page.locator(".stage"))
        return page

    def show(self, page: Page, view: StageView, question: str | None = None) -> None:
        """Put a view on the stage, and wait until this one shows it."""
        names = {"result": ".stage-rating, .stage-perspectives"}
        self.evening.service.show(OPERATOR, self.evening.workshop_id, view, question)
        is_there(page.locator(names.get(view, f".stage-{view}")))
        at_rest(page)


def citizens(council: Evening) -> None:
    """Eight people of the other strand rate the first cluster's statements too."""
    made = council.service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=council.agenda.process.id
    )
    other = Evening(council.service, made.workshop_id)
    other.join(*["none"] * 8)
    other.rate(0, 4)


@pytest.fixture(scope="module")
def evening(served: tuple[House, Service]) -> Evening:
    """An evening at its end, and what citizens rated too."""
    _, service = served
    found = Evening(service, service.create_workshop(OPERATOR, TEMPLATE).workshop_id)
    play(found)
    citizens(found)
    return found


@pytest.fixture
def hall(evening: Evening, browser: Browser, served: tuple[House, Service]) -> Hall:
    return Hall(evening, served[0], browser)


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    # All sizes are in units of the screen's shorter side, so each shape is tried once, and the
    # largest and the smallest screen of the usual one; each theme sees a full journey.
    [(1920, 1080, "light"), (1024, 768, "dark"), (3840, 2160, "dark"), (1280, 720, "light")],
)
def test_every_view_fits_and_everybody_can_read_it(
    hall: Hall, width: int, height: int, scheme: str
) -> None:
    rate = hall.evening.question(0, QuestionKind.RATE)
    collect = hall.evening.question(0, QuestionKind.COLLECT)
    page = hall.stage(width, height, scheme)
    for view, question in (
        (StageView.LOBBY, None),
        (StageView.QUESTION, rate),
        (StageView.RESULT, rate),
        (StageView.RESULT, collect),
        (StageView.MOVES, rate),
        (StageView.STRANDS, rate),
        (StageView.CLUSTERS, None),
        (StageView.GROUPS, None),
        (StageView.THANKS, None),
    ):
        hall.show(page, view, question)
        drawn = (StageView.CLUSTERS, StageView.MOVES, StageView.STRANDS)
        if view in drawn or (question == rate and view is StageView.RESULT):
            expect(page.locator(".einklang-figure[data-drawn]:visible")).to_have_count(1)
        assert page.evaluate(PROBLEMS) == [], view
        if (width, height) == (1920, 1080):
            assert_accessible(page)


def test_while_a_round_is_open_only_the_count_changes(hall: Hall) -> None:
    evening = hall.evening
    question = evening.question(3, QuestionKind.RATE)
    evening.state(3, "Ampeln für alle", "Mehr Busse")
    page = hall.stage()
    opened = evening.service.open_round(OPERATOR, evening.workshop_id, question).open_round
    assert opened is not None
    count = page.locator(".stage .count")
    expect(count).to_contain_text([f"0 von {len(evening.tokens)} haben geantwortet"])
    page.evaluate(WATCH, PARTS)
    for token in evening.tokens:
        statement = opened.statement_ids[0]
        evening.service.answer(evening.workshop_id, token, opened.id, statement, "5").result()
    everybody = len(evening.tokens)
    expect(count).to_have_text([f"{everybody} von {everybody} haben geantwortet"])
    assert page.evaluate(SURVIVED, PARTS) == PARTS
    assert page.evaluate("() => window.changes") == []


def test_the_next_round_moves_the_same_chart_and_a_taken_back_reveal_takes_it_away(
    hall: Hall,
) -> None:
    evening = hall.evening
    question = evening.question(0, QuestionKind.RATE)
    page = hall.stage()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    hall.show(page, StageView.RESULT, question)
    chart = page.locator(".einklang-chart")
    expect(page.locator(".einklang-figure[data-drawn]:visible")).to_have_count(1)
    chart.evaluate("(element) => { element.survives = true }")
    evening.service.open_round(OPERATOR, evening.workshop_id, question)
    is_there(page.locator(".stage-question"))
    expect(chart).to_be_hidden()
    evening.service.reveal_round(OPERATOR, evening.workshop_id, question)
    expect(page.locator(".stage-rating .kicker")).to_contain_text(["Runde 3"])
    is_there(chart)
    assert chart.evaluate("(element) => element.survives") is True
    evening.service.undo(OPERATOR, evening.workshop_id)
    is_there(page.locator(".stage-question"))
    expect(chart).to_have_count(0)
    assert errors == []


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_movement_begins_where_everybody_was_unless_motion_is_unwanted(
    hall: Hall, motion: Literal["no-preference", "reduce"]
) -> None:
    rate = hall.evening.question(0, QuestionKind.RATE)
    page = hall.stage()
    page.emulate_media(reduced_motion=motion)
    hall.show(page, StageView.MOVES, rate)
    expect(page.locator(".einklang-figure[data-drawn]:visible")).to_have_count(1)
    chart = page.locator(".st-key-stage_moves_chart .einklang-chart")
    bars = chart.evaluate("(e) => e.data.filter((t) => t.type === 'bar').map((t) => [...t.x])")
    before, after = bars[:5], bars[5:]
    assert before != after, "it ends where they went"
    assert chart.evaluate("(e) => Boolean(e.started)") is (motion == "no-preference")


def test_a_cold_link_without_a_right_says_so(hall: Hall) -> None:
    page = visitor(hall.browser, (1366, 900)).new_page()
    page.goto(f"{hall.house.base}/stage?w={hall.evening.workshop_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Diese Bühne ist für Sie noch nicht freigegeben."
    )
