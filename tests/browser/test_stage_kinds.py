"""Each kind's result on a wide and on an old projector: nothing overflows, and axe is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.house import House
from tests.browser.stage import Stage
from tests.browsers import at_rest
from tests.every_kind import EveryKind, kinds_in
from workshop.editing import MAX_WORDING
from workshop.model import OPERATOR, QuestionKind, Role, StageView
from workshop.service import Service

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (1024, 768))
OPTIONS = (
    "Mehr Bäume und Schatten auf allen Plätzen der Innenstadt",
    "Busse alle zehn Minuten bis Mitternacht, auch am Wochenende und an Feiertagen",
    "Durchgehende Radwege",
    "Bänke und Trinkbrunnen",
    "Ein Bürgerhaus in jedem Stadtteil, das auch abends geöffnet ist",
    "Freies WLAN",
    "Längere Öffnungszeiten der Bibliotheken",
    "Solardächer auf allen öffentlichen Gebäuden",
    "Nachbarschaftsgärten",
    "Offene Daten",
    "Ein Ticket für alle Verkehrsmittel",
    "Lernorte für alle Generationen",
)
VIEWS = {
    QuestionKind.CHOOSE: ("whole", "whole"),
    QuestionKind.RANK: ("whole", "rank"),
    QuestionKind.ALLOCATE: ("whole", "whole"),
    QuestionKind.MATRIX: ("matrix", "matrix"),
    QuestionKind.WORDS: ("cloud", "cloud"),
}
"""The view of each kind, and the place of its figure."""

LISTED = tuple(kind for kind in VIEWS if kind is not QuestionKind.WORDS)
"""The kinds that ask about something that was written before."""

# Text that is small, outside of the screen, or cut; words of a figure that cover each other, or
# reach out of the screen; and anything that scrolls.
PROBLEMS = """async (layout) => {
  await document.fonts.ready
  const found = []
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080)
  const outside = ({ left, top, right, bottom }) =>
    left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1
  const stage = document.querySelector(".stage")
  const texts = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const box = text.parentElement
    if (!text.nodeValue.trim() || box.closest(".unseen")) continue
    const size = parseFloat(getComputedStyle(box).fontSize) / unit
    if (size < 23.9) found.push(`${size} px: ${text.nodeValue}`)
    const range = document.createRange()
    range.selectNodeContents(text)
    if (outside(range.getBoundingClientRect())) found.push(`outside: ${text.nodeValue}`)
  }
  for (const box of stage.querySelectorAll("[data-fit], .row, .facts")) {
    const spare = 1 + 0.12 * parseFloat(getComputedStyle(box).fontSize)
    if (box.scrollHeight > box.clientHeight + spare || box.scrollWidth > box.clientWidth + 1)
      found.push(`cut: ${box.textContent}`)
  }
  const chart = document.querySelector(`.st-key-stage_${layout}_chart`)
  const words = chart ? [...chart.querySelectorAll("svg text")] : []
  const boxes = words
    .filter((element) => element.textContent.trim())
    .map((element) => [element.textContent, element.getBoundingClientRect()])
  boxes.forEach(([text, one], i) => {
    if (outside(one)) found.push(`outside of the figure: ${text}`)
    for (const [other, box] of boxes.slice(0, i)) {
      const across = Math.min(one.right, box.right) - Math.max(one.left, box.left)
      const down = Math.min(one.bottom, box.bottom) - Math.max(one.top, box.top)
      if (across > 2 && down > 0.45 * Math.min(one.height, box.height))
        found.push(`covered: ${text} by ${other}`)
    }
  })
  const page = document.scrollingElement
  if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) found.push("scrolls")
  return found
}"""


@dataclass
class Walls:
    """A workshop with a question of every kind, and a projector of each size."""

    kinds: EveryKind
    pages: list[Page]

    def show(self, view: StageView, kind: QuestionKind) -> None:
        room = self.kinds.room
        room.service.show(OPERATOR, room.id, view, self.kinds.questions[kind].id)

    def holds(self, kind: QuestionKind, name: str, layout: str = "none") -> None:
        """All projectors show that view of a question, whole, for everybody."""
        question = self.kinds.questions[kind].id
        for page in self.pages:
            shown = page.locator(f".stage-{name}[data-key*='{question}']")
            expect(shown).to_be_visible()
            if layout != "none":
                figure = page.locator(f".st-key-stage_{layout}_chart .einklang-figure")
                # For a moment Streamlit may hold the figure before beside it.
                expect(figure).to_have_count(1)
                expect(figure.and_(page.locator("[data-drawn]"))).to_be_visible()
            at_rest(page)
            assert page.evaluate(PROBLEMS, layout) == [], (kind, page.viewport_size)
        assert_accessible(self.pages[0])


@pytest.fixture
def walls(browser: Browser, served: tuple[House, Service]) -> Walls:
    return _walls(browser, served, OPTIONS)


def _walls(browser: Browser, served: tuple[House, Service], options: Sequence[str]) -> Walls:
    house, service = served
    kinds = kinds_in(service, choose=3, options=options)
    link = service.grant_link(OPERATOR, Role.STAGE, kinds.room.id)
    stages = [Stage(browser, f"{house.base}/s/{link}", size=size) for size in SIZES]
    return Walls(kinds, [stage.page for stage in stages])


def test_every_result_fits_its_wall_in_both_rounds(walls: Walls) -> None:
    people = walls.kinds.room.people(8)
    for turn in (0, 1):
        walls.kinds.play(people, turn)
        for kind, (name, layout) in VIEWS.items():
            walls.show(StageView.RESULT, kind)
            walls.holds(kind, name, layout)


def test_every_question_fits_its_wall_while_it_is_open(walls: Walls) -> None:
    for kind in VIEWS:
        walls.kinds.open(kind)
        walls.holds(kind, "question")


def test_questions_and_options_as_long_as_they_may_be_fit_too(
    browser: Browser, served: tuple[House, Service]
) -> None:
    long = "Ein Vorhaben, das viele Worte braucht, " * 6
    walls = _walls(browser, served, [f"{place} {long}"[:MAX_WORDING] for place in range(12)])
    room, service = walls.kinds.room, walls.kinds.room.service
    for kind in LISTED:
        text = dict.fromkeys(("de", "en"), f"{kind} {long}"[: MAX_WORDING - 1].strip() + "?")
        service.edit_question(OPERATOR, room.id, walls.kinds.questions[kind].id, text=text)
    for kind in LISTED:
        walls.kinds.open(kind)
        walls.holds(kind, "question")
    walls.kinds.play(room.people(6))
    for kind in LISTED:
        walls.show(StageView.RESULT, kind)
        walls.holds(kind, *VIEWS[kind])


def test_of_too_few_answers_nothing_is_shown_and_that_fits_too(walls: Walls) -> None:
    walls.kinds.play(walls.kinds.room.people(1))
    for kind, (name, layout) in VIEWS.items():
        walls.show(StageView.RESULT, kind)
        walls.holds(kind, name, layout)
