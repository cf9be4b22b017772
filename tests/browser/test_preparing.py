"""Preparing: from a template to an opened round, with a hand that only clicks and types."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessible import assert_accessible
from tests.browser.console import Console
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.setup import Setup
from workshop.model import OPERATOR, QuestionKind, Role, Workshop
from workshop.service import Service

pytestmark = pytest.mark.browser

SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  return main.scrollWidth - main.clientWidth
}"""
ASKED = "Welche Wege fehlen Ihnen?"


@dataclass
class Office:
    """A served house, and the service behind it."""

    house: House
    service: Service
    browser: Browser

    def link(self) -> str:
        return f"{self.house.base}/m/{self.service.grant_link(OPERATOR, Role.MODERATOR, None)}"

    def newest(self) -> Workshop:
        return max(self.service.workshops(OPERATOR), key=lambda w: w.created_at)


@pytest.fixture
def office(browser: Browser, served: tuple[House, Service]) -> Office:
    return Office(*served, browser)


def test_from_a_template_to_an_open_round(office: Office) -> None:
    desk = Setup(office.browser, office.link())
    desk.new("Strategieworkshop")
    w = office.newest().id

    desk.choose_cluster("Zusammenleben")
    desk.write("Name · Deutsch", "Leben, Wohnen & Kultur")
    is_there(desk.cluster("Leben, Wohnen & Kultur"))
    desk.saved()
    desk.add_cluster("Mobilität")
    desk.add_question("Sammeln", ASKED, "Which paths do you miss?", "Mobilität")
    expect(desk.sheet("phone")).to_contain_text(ASKED)
    expect(desk.sheet("stage")).to_contain_text([ASKED])
    desk.write("Hilfe zur Frage · Deutsch", "Zu Fuß und mit dem Rad")
    expect(desk.sheet("phone")).to_contain_text("Zu Fuß und mit dem Rad")

    desk.part("Einladen")
    assert desk.download("QR-Karte zum Drucken, A5").startswith(b"%PDF-")

    agenda = office.service.agenda(OPERATOR, w)
    assert [c.name["de"] for c in agenda.clusters] == [
        "Leben, Wohnen & Kultur",
        "Umwelt & Klima",
        "Wirtschaft & Verwaltung",
        "Mobilität",
    ]
    added = next(q for q in agenda.questions if q.text["de"] == ASKED)
    assert (added.kind, added.text["en"]) == (QuestionKind.COLLECT, "Which paths do you miss?")
    assert agenda.cluster(added.cluster_id) == agenda.clusters[-1]
    assert (added.help, added.minutes) == ({"de": "Zu Fuß und mit dem Rad"}, 10)

    phone = Phone(office.browser, f"{office.house.base}/j/{agenda.workshop.join_code}")
    phone.join("Politik")
    console = Console(office.browser, office.link())
    console.page.goto(f"{office.house.base}/moderator?w={w}")
    console.choose(ASKED)
    console.open_round()
    phone.state("open")
    expect(phone.page.locator("h1")).to_have_text(ASKED)

    # What was opened keeps its wording, here too, without anybody reloading anything.
    desk.part("Ablauf")
    expect(desk.page.get_by_label("Wortlaut · Deutsch")).to_be_disabled()


def test_what_is_typed_outlives_what_others_change(office: Office) -> None:
    desk = Setup(office.browser, office.link())
    desk.new("Strategieworkshop")
    w = office.newest().id
    first, second = office.service.agenda(OPERATOR, w).questions[:2]
    desk.choose_question(first.text["de"])
    field = desk.page.get_by_label("Wortlaut · Deutsch")
    field.fill("Ein halber Sa")
    office.service.edit_question(OPERATOR, w, second.id, text={"de": "Von jemand anderem"})
    is_there(desk.entry("Von jemand anderem"))
    desk.holds("Wortlaut · Deutsch", "Ein halber Sa")
    office.service.edit_question(OPERATOR, w, first.id, text={"de": "Auch von ihr"})
    is_there(desk.page.get_by_text("Inzwischen hat jemand anderes"))
    desk.holds("Wortlaut · Deutsch", "Ein halber Sa")
    desk.write("Wortlaut · Deutsch", "Ein ganzer Satz?")
    is_there(desk.entry("Ein ganzer Satz?"))
    desk.press("Rückgängig: Schlüsselfrage ändern")
    desk.holds("Wortlaut · Deutsch", "Auch von ihr")


def test_options_are_written_one_after_the_other(office: Office) -> None:
    made = office.service.create_workshop(OPERATOR, "retrospective")
    desk = Setup(office.browser, office.link())
    desk.page.goto(f"{office.house.base}/setup?w={made.workshop_id}")
    desk.choose_question("Womit fangen wir an?")
    wishes = ("Kürzere Sitzungen", "Klare Zusagen", "Mehr Pausen")
    fresh = desk.page.get_by_label("Neue Option")
    for wish in wishes:
        fresh.fill(wish)
        fresh.press("Enter")
        expect(fresh).to_have_value("")
    expect(desk.sheet("phone")).to_contain_text(wishes[-1])
    desk.press("Option 1: Nach unten ↓")
    desk.holds("Option 1", wishes[1])
    desk.press("Option 3: ausblenden")
    expect(desk.page.get_by_text("Ausgeblendet")).to_be_visible()
    desk.pick("Art der Frage", "Reihenfolge")
    expect(desk.page.get_by_role("heading", level=2, name="Reihenfolge")).to_be_visible()
    assert_accessible(desk.page)
    agenda = office.service.agenda(OPERATOR, made.workshop_id)
    (rank,) = (q for q in agenda.questions if q.kind is QuestionKind.RANK)
    assert [s.text for s in agenda.statements_of(rank.id)] == [wishes[1], wishes[0]]


@pytest.mark.parametrize(("lang", "widths"), [("de-DE", (820, 1366)), ("en-GB", (1366, 820))])
def test_every_part_is_accessible_and_fits(
    office: Office, lang: str, widths: tuple[int, int]
) -> None:
    """Colours are the same at any width and in any language; words and widths make it overflow."""
    made = office.service.create_workshop(OPERATOR, "smart-kassel-council")
    desk = Setup(office.browser, office.link(), lang=lang)
    paths = [f"/setup?w={made.workshop_id}&part={p}" for p in ("agenda", "frame", "invite", "keep")]
    for path in ("/setup", *paths):
        desk.page.goto(office.house.base + path)
        is_there(desk.page.locator(".ek-foot"))
        for width in widths:
            desk.page.set_viewport_size({"width": width, "height": 1000})
            assert desk.page.evaluate(SIDEWAYS) <= 0, (path, width)
        assert_accessible(desk.page, both_themes=lang == "de-DE")


def test_the_keyboard_alone_prepares(office: Office) -> None:
    made = office.service.create_workshop(OPERATOR, "smart-kassel-council")
    desk = Setup(office.browser, office.link())
    desk.page.goto(f"{office.house.base}/setup?w={made.workshop_id}")
    entry = desk.entry("Wie wichtig sind diese Ziele")
    entry.focus()
    desk.page.keyboard.press("Enter")
    wording = desk.page.get_by_label("Wortlaut · Deutsch")
    desk.holds(
        "Wortlaut · Deutsch", "Wie wichtig sind diese Ziele für die Lebensqualität in Kassel?"
    )
    wording.focus()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("Wie dringend ist das?")
    desk.page.keyboard.press("Tab")
    is_there(desk.entry("Wie dringend ist das?"))
    # On to the next field, and never into the previews.
    expect(desk.page.get_by_label("Wortlaut · English")).to_be_focused()
