"""The office of the results page's tests: a served process of both strands, and browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browsers import FLAGS, chromium
from tests.evening import Evening, empty_evening, play
from tests.servers import Server, einklang
from workshop.model import OPERATOR, Role, Strand
from workshop.service.reading import Record

CITIZENS = 56
"""Enough for opinion groups."""


@dataclass
class Office:
    """A served evening, as it was at its end; `citizens` rated the same, `other` nothing yet."""

    server: Server
    browser: Browser
    workshop_id: str
    other_id: str
    citizens_id: str
    record: Record
    links: dict[str, str]

    def page(self, workshop_id: str | None, scheme: str = "light", width: int = 1366) -> Page:
        """A new browser, signed in for a workshop by its link, or for none."""
        context = self.browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            locale="de-DE",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        if workshop_id:
            page.goto(f"{self.server.base}/m/{self.links[workshop_id]}")
        return page

    def open(self, page: Page, workshop_id: str | None = None, figures: int = 2) -> None:
        """The results page, once all its figures are drawn."""
        page.goto(f"{self.server.base}/results?w={workshop_id or self.workshop_id}")
        expect(page.get_by_role("heading", name="Die Zahlen als Datei")).to_be_visible()
        drawn(page, figures)


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """An office on a database in this folder."""
    with empty_evening(folder) as evening:
        play(evening)
        other = evening.service.create_workshop(OPERATOR, "strategy-workshop").workshop_id
        citizens = _citizens(evening)
        ids = (evening.workshop_id, other, citizens)
        links = {w: evening.service.grant_link(OPERATOR, Role.MODERATOR, w) for w in ids}
        record = evening.service.record(OPERATOR, evening.workshop_id)
    with (
        einklang(f"sqlite:///{folder / 'evening.db'}") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield Office(server, browser, *ids, record, links)
        browser.close()


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
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
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


def accessible(page: Page) -> list[str]:
    """What axe finds."""
    return [
        f"{v['id']}: {[n['html'] for n in v['nodes']]}"
        for v in Axe().run(page).response["violations"]
    ]
