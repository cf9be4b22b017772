"""The office of the results page's tests: a served process of both strands, and browsers."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.visitors import visitor
from tests.evening import Evening, play
from tests.rooms import TEMPLATE
from workshop.model import OPERATOR, Role, Strand
from workshop.service import Service
from workshop.service.reading import Record

CITIZENS = 56
"""Enough for opinion groups."""


@dataclass(frozen=True)
class Kept:
    """An evening as it was at its end; `citizens` rated the same, `other` nothing yet."""

    workshop_id: str
    other_id: str
    citizens_id: str
    record: Record
    links: dict[str, str]


@dataclass
class Office:
    """That evening served, and browsers in front of it."""

    kept: Kept
    house: House
    browser: Browser

    def page(self, workshop_id: str | None, scheme: str = "light", width: int = 1366) -> Page:
        """A new browser, signed in for a workshop by its link, or for none."""
        page = visitor(self.browser, (width, 900), scheme=scheme).new_page()
        if workshop_id:
            page.goto(f"{self.house.base}/m/{self.kept.links[workshop_id]}")
        return page

    def open(self, page: Page, workshop_id: str | None = None, figures: int = 2) -> None:
        """The results page, once all its figures are drawn."""
        page.goto(f"{self.house.base}/results?w={workshop_id or self.kept.workshop_id}")
        is_there(page.get_by_role("heading", name="Die Zahlen als Datei"))
        drawn(page, figures)


def keep(service: Service) -> Kept:
    """Play it all, once."""
    evening = Evening(service, service.create_workshop(OPERATOR, TEMPLATE).workshop_id)
    play(evening)
    other = service.create_workshop(OPERATOR, "strategy-workshop").workshop_id
    ids = (evening.workshop_id, other, _citizens(evening))
    links = {w: service.grant_link(OPERATOR, Role.MODERATOR, w) for w in ids}
    return Kept(*ids, service.record(OPERATOR, evening.workshop_id), links)


def _citizens(evening: Evening) -> str:
    """Two camps of citizens on the council's statements of the first cluster."""
    service, agenda = evening.service, evening.agenda
    made = service.create_workshop(
        OPERATOR, agenda.process.template, Strand.CITIZENS, process_id=agenda.process.id
    )
    rated = evening.asked[0][0]
    question = next(s.question_id for s in agenda.statements if s.id == rated)
    tokens = [
        service.join(made.workshop_id, None, ("science", "business", "none")[i % 3]).result()[0]
        for i in range(CITIZENS)
    ]
    opened = service.open_round(OPERATOR, made.workshop_id, question).open_round
    assert opened is not None
    sent = [
        service.answer(made.workshop_id, token, opened.id, statement, str(_vote(person, place)))
        for person, token in enumerate(tokens)
        for place, statement in enumerate(opened.statement_ids)
    ]
    for answer in sent:
        answer.result()
    service.reveal_round(OPERATOR, made.workshop_id, question)
    return made.workshop_id


def _vote(person: int, place: int) -> int:
    """Both camps agree on the first three statements, and on nothing else."""
    mine = 4 + (person * place) % 2
    return mine if place < 3 or person % 5 < 3 else 6 - mine


def drawn(page: Page, figures: int) -> None:
    """Wait until so many figures are there, all of them drawn."""
    expect(page.locator(".einklang-figure")).to_have_count(figures)
    expect(page.locator(".einklang-figure[data-drawn]")).to_have_count(figures)


def look_at(page: Page, way: str, heading: str, figures: int) -> None:
    """One of the four ways to look at a rating question."""
    page.get_by_role("radiogroup", name="Ansicht").get_by_text(way, exact=True).click()
    is_there(page.get_by_role("heading", name=heading))
    drawn(page, figures)


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a list by keyboard: typing narrows it down."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    field.press("ArrowDown")
    field.fill(option[:40])
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
