"""Choosing, putting in order, giving points, two axes and words, with thumbs and without script.

What the phone says is held against the rows of the database.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Route, expect

from tests.asking import OPTIONS, ask
from tests.browser.hall import Hall
from tests.browser.phone import Phone
from tests.browser.sheet import Sheet
from workshop.model import OPERATOR, QuestionKind

pytestmark = pytest.mark.browser

HOMES, BIKES, PLACES, GREEN = OPTIONS


@dataclass
class Asked:
    """A question of some kind, open, and a phone that sees it."""

    hall: Hall
    question: str
    options: tuple[str, ...]
    phone: Phone

    @property
    def sheet(self) -> Sheet:
        """Its options on the phone."""
        return Sheet(self.phone.page)

    def kept(self, number: int = 1) -> dict[str, int | None]:
        """What the database has of the first person."""
        return self.hall.ledger.answers_of(self.question, number, 1)

    def open(self) -> str:
        """Open a round (again); its id."""
        agenda = self.hall.room.service.open_round(OPERATOR, self.hall.room.id, self.question)
        assert agenda.open_round is not None
        return agenda.open_round.id

    def reveal(self) -> None:
        """Close, and show the result."""
        self.hall.room.service.reveal_round(OPERATOR, self.hall.room.id, self.question)


def asked(hall: Hall, kind: QuestionKind, *, most: int | None = None, script: bool = True) -> Asked:
    """Somebody joins, and a question of that kind opens."""
    question, options = ask(hall.room.service, hall.room.id, kind, most=most)
    found = Asked(hall, question, options, hall.phone(script=script))
    found.phone.join("Wissenschaft")
    found.open()
    found.phone.state("open")
    return found


def test_one_tap_chooses_and_another_changes_it(hall: Hall) -> None:
    here = asked(hall, QuestionKind.CHOOSE, most=1)
    sheet = here.sheet
    sheet.says("Noch nicht beantwortet")
    sheet.tick(BIKES)
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 0, BIKES: 1, PLACES: 0, GREEN: 0}
    sheet.tick(GREEN)
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 0, BIKES: 0, PLACES: 0, GREEN: 1}
    sheet.abstain()
    sheet.says("Gespeichert: keine Antwort")
    assert sheet.chosen() == []
    assert here.kept() == dict.fromkeys(OPTIONS)
    here.phone.page.reload()
    sheet.says("Gespeichert: keine Antwort")
    sheet.tick(HOMES)
    sheet.says("Gespeichert")
    expect(sheet.form.locator("button[name=none]")).to_have_attribute("aria-pressed", "false")


def test_several_are_chosen_up_to_the_limit(hall: Hall) -> None:
    here = asked(hall, QuestionKind.CHOOSE, most=2)
    sheet = here.sheet
    sheet.says("noch 2 von 2 frei")
    sheet.tick(BIKES)
    sheet.says("Gespeichert noch 1 von 2 frei")
    sheet.tick(GREEN)
    sheet.says("Gespeichert noch 0 von 2 frei")
    sheet.tick(HOMES)
    sheet.says("Mehr als 2 geht nicht. Nehmen Sie zuerst eine Wahl zurück.")
    assert sheet.chosen() == [BIKES, GREEN]
    sheet.tick(GREEN)
    sheet.says("Gespeichert noch 1 von 2 frei")
    assert here.kept() == {HOMES: 0, BIKES: 1, PLACES: 0, GREEN: 0}
    sheet.tick(BIKES)  # nothing is no answer: what was saved stays until something is chosen
    sheet.says("noch 2 von 2 frei")
    assert here.kept() == {HOMES: 0, BIKES: 1, PLACES: 0, GREEN: 0}


def test_an_order_is_tapped_mended_and_begun_anew(hall: Hall) -> None:
    here = asked(hall, QuestionKind.RANK)
    sheet = here.sheet
    sheet.pick(GREEN, BIKES)
    sheet.says("2 von 4 eingeordnet")
    sheet.pick(GREEN)  # taken back: the others move up
    assert sheet.order() == [f" {HOMES}", f"1 {BIKES}", f" {PLACES}", f" {GREEN}"]
    assert here.kept() == {}
    here.phone.page.reload()
    sheet.says("1 von 4 eingeordnet")
    sheet.pick(HOMES, GREEN, PLACES)
    sheet.says("Gespeichert")
    assert sheet.order() == [f"1 {BIKES}", f"2 {HOMES}", f"3 {GREEN}", f"4 {PLACES}"]
    assert here.kept() == {BIKES: 1, HOMES: 2, GREEN: 3, PLACES: 4}
    sheet.press(GREEN, "up", times=2)
    sheet.says("Gespeichert")
    assert sheet.order() == [f"1 {GREEN}", f"2 {BIKES}", f"3 {HOMES}", f"4 {PLACES}"]
    focus = here.phone.page.locator("button:focus")
    expect(focus).to_have_attribute("aria-label", f"Einen Platz nach oben: {GREEN}")
    assert here.kept() == {GREEN: 1, BIKES: 2, HOMES: 3, PLACES: 4}
    sheet.form.get_by_role("button", name="Von vorn").click()
    sheet.says("0 von 4 eingeordnet")
    assert here.kept() == {GREEN: 1, BIKES: 2, HOMES: 3, PLACES: 4}


def test_who_is_faster_than_the_script_is_heard(hall: Hall) -> None:
    here = asked(hall, QuestionKind.CHOOSE, most=1)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    here.phone.page.route("**/sheets.js", hold)
    with here.phone.page.expect_request("**/sheets.js"):
        here.phone.page.reload(wait_until="commit")
    here.sheet.tick(GREEN)
    here.sheet.says("Noch nicht beantwortet")
    held[0].continue_()
    here.sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 0, BIKES: 0, PLACES: 0, GREEN: 1}


def test_a_sheet_needs_nothing_but_a_keyboard(hall: Hall) -> None:
    here = asked(hall, QuestionKind.RANK)
    sheet, keyboard = here.sheet, here.phone.page.keyboard
    focus = here.phone.page.locator(":focus")
    sheet.option(HOMES).locator(".pick").focus()
    for key in ("Enter", "Tab", "Space", "Tab", "Enter", "Tab", "Enter"):
        keyboard.press(key)
    sheet.says("Gespeichert")
    expect(focus).to_contain_text(GREEN)
    assert focus.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    keyboard.press("Tab")
    keyboard.press("Enter")
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 1, BIKES: 2, GREEN: 3, PLACES: 4}
    expect(focus).to_have_attribute("aria-label", f"Einen Platz nach oben: {GREEN}")
    choice, _ = ask(hall.room.service, hall.room.id, QuestionKind.CHOOSE, most=1)
    hall.room.service.open_round(OPERATOR, hall.room.id, choice)
    sheet.says("Noch nicht beantwortet")
    sheet.option(HOMES).locator("input").focus()
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    sheet.says("Gespeichert")
    assert sheet.chosen() == [BIKES]
    row = sheet.option(BIKES)
    assert row.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"


def test_points_are_given_until_none_is_left(hall: Hall) -> None:
    here = asked(hall, QuestionKind.ALLOCATE)
    sheet, live = here.sheet, here.phone.page.locator("#live")
    sheet.says("noch 100 Punkte")
    sheet.press(HOMES, "more", times=3)
    sheet.says("noch 85 Punkte")
    expect(live).to_have_text("15. noch 85 Punkte")
    sheet.points(BIKES).fill("84")
    sheet.says("noch 1 Punkt")
    sheet.points(GREEN).fill("4")
    sheet.says("3 Punkte zu viel")
    assert here.kept() == {}
    here.phone.page.reload()
    sheet.says("3 Punkte zu viel")
    sheet.press(GREEN, "less")
    sheet.says("noch 1 Punkt")
    sheet.press(PLACES, "more")  # no more than there is
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 15, BIKES: 84, PLACES: 1, GREEN: 0}
    sheet.press(BIKES, "less")
    sheet.says("noch 5 Punkte")
    sheet.press(GREEN, "more")
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 15, BIKES: 79, PLACES: 1, GREEN: 5}


def test_a_matrix_is_saved_axis_by_axis(hall: Hall) -> None:
    here = asked(hall, QuestionKind.MATRIX)
    item = here.phone.item(BIKES)
    benefit = item.get_by_role("group", name="Nutzen")
    feasible = item.get_by_role("group", name="Machbarkeit")
    said = item.locator(".said")

    def both() -> list[tuple[int | None, int | None]]:
        return hall.ledger.rows("select value, second from answer where statement_id = ?", option)

    option = here.options[1]
    benefit.get_by_role("button", name="4").click()
    expect(said).to_have_text("Gespeichert eine fehlt noch")
    assert both() == [(4, None)]
    feasible.get_by_role("button", name="2").click()
    expect(said).to_have_text("Gespeichert ")
    expect(here.phone.page.locator("#progress")).to_have_text("1 von 4 gespeichert")
    assert both() == [(4, 2)]
    item.get_by_role("button", name="keine Antwort").click()
    expect(said).to_have_text("Gespeichert keine Antwort")
    expect(item.locator('[aria-pressed="true"]')).to_have_count(1)
    assert both() == [(None, None)]
    feasible.get_by_role("button", name="5").click()
    expect(said).to_have_text("Gespeichert eine fehlt noch")
    expect(here.phone.page.locator("#progress")).to_have_text("0 von 4 gespeichert")
    assert both() == [(None, 5)]
    here.phone.page.reload()
    expect(feasible.locator('[aria-pressed="true"]')).to_have_text("5, sehr gut machbar")
    expect(said).to_have_text("Gespeichert eine fehlt noch")


def test_so_many_words_and_the_same_one_counts_once(hall: Hall) -> None:
    here = asked(hall, QuestionKind.WORDS, most=2)
    page = here.phone.page
    field, left = page.get_by_label("Ein Wort oder wenige Wörter"), page.locator("#left")
    expect(left).to_have_text("noch 2 von 2 frei")
    for word in ("Lebenswert", "lebenswert"):
        field.fill(word)
        field.press("Enter")
    expect(page.locator("#problem")).to_have_text(
        "Das haben Sie schon gesendet. Es ist einmal gespeichert."
    )
    expect(page.locator("#sent li")).to_have_text(["Lebenswert"])
    expect(left).to_have_text("noch 1 von 2 frei")
    field.fill("Mit sehr viel Platz für alle, die hier leben")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("#problem")).to_contain_text("Bitte kürzen Sie Ihren Text auf 40")
    field.fill("Offen")
    page.get_by_role("button", name="Senden").click()
    expect(left).to_have_text("Alles gespeichert. Vielen Dank!")
    expect(field).to_be_disabled()
    kept = {"Lebenswert": (1, False), "Offen": (1, False)}
    assert hall.ledger.contributions(here.question) == kept


def test_what_is_decided_in_flight_mode_is_sent_once_the_network_is_back(hall: Hall) -> None:
    here = asked(hall, QuestionKind.RANK)
    sheet = here.sheet
    here.phone.flight_mode(True)
    sheet.pick(*OPTIONS)
    sheet.says("noch nicht gesendet")
    sheet.press(GREEN, "up")
    sheet.says("noch nicht gesendet")
    assert here.kept() == {}
    here.phone.close_tab()
    here.phone.new_tab()
    here.phone.flight_mode(False)
    here.phone.scan()
    sheet = here.sheet
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 1, BIKES: 2, GREEN: 3, PLACES: 4}
    assert sheet.order() == [f"1 {HOMES}", f"2 {BIKES}", f"3 {GREEN}", f"4 {PLACES}"]


def test_what_comes_too_late_is_said_and_counts_when_the_round_goes_on(hall: Hall) -> None:
    here = asked(hall, QuestionKind.ALLOCATE, most=10)
    sheet = here.sheet
    here.phone.flight_mode(True)
    sheet.press(HOMES, "more", times=10)
    sheet.says("noch nicht gesendet")
    hall.room.service.close_round(OPERATOR, hall.room.id, here.question)
    here.phone.flight_mode(False)
    here.phone.state("closed")
    expect(here.phone.page.locator(".late")).to_contain_text("nicht mehr gezählt: 1")
    assert here.kept() == {}
    here.open()
    sheet.says("Gespeichert")
    assert here.kept() == {HOMES: 10, BIKES: 0, PLACES: 0, GREEN: 0}
    sheet.press(HOMES, "less")
    sheet.says("noch 1 Punkt")
    hall.room.service.close_round(OPERATOR, hall.room.id, here.question)
    here.phone.state("closed")
    expect(here.phone.page.locator(".late")).to_contain_text("noch nicht vollständig")


def test_who_comes_late_answers_before_seeing_the_room(hall: Hall) -> None:
    here = asked(hall, QuestionKind.CHOOSE, most=1)
    round_id = hall.ledger.round_id(here.question, 1)
    for _ in range(6):
        token, _ = hall.room.service.join(hall.room.id, None, "other").result()
        values = {here.options[3]: "1"}
        hall.room.service.answer_whole(hall.room.id, token, round_id, values).result()
    here.sheet.tick(GREEN)
    here.sheet.says("Gespeichert")
    here.reveal()
    here.phone.state("results")
    first = here.phone.page.locator(".ranked li").first
    expect(first).to_contain_text("100 % · 7 von 7")
    expect(first).to_contain_text("Ihre Wahl")
    here.open()
    here.phone.state("open")
    expect(here.sheet.option(GREEN)).to_contain_text("100 % · 7 von 7")
    late = hall.phone()
    late.join("Politik")
    sheet = Sheet(late.page)
    expect(sheet.option(GREEN)).not_to_contain_text("%")
    sheet.tick(BIKES)
    expect(sheet.option(GREEN)).to_contain_text("100 % · 7 von 7")
    sheet.says("Gespeichert")


@pytest.mark.parametrize("kind", [QuestionKind.RANK, QuestionKind.ALLOCATE, QuestionKind.CHOOSE])
def test_without_script_a_refused_answer_is_there_to_be_mended(
    hall: Hall, kind: QuestionKind
) -> None:
    here = asked(hall, kind, most=10 if kind is QuestionKind.ALLOCATE else None, script=False)
    sheet, page = here.sheet, here.phone.page
    send = page.get_by_role("button", name="Senden")
    flawed, sentence, mended, kept = {
        QuestionKind.RANK: ("1123", "jeden Platz nur einmal", "4123", [4, 1, 2, 3]),
        QuestionKind.ALLOCATE: ("5400", "noch Punkte übrig", "5401", [5, 4, 0, 1]),
        QuestionKind.CHOOSE: ("1110", "Das sind zu viele", "0110", [0, 1, 1, 0]),
    }[kind]
    for values in (flawed, mended):
        for text, value in zip(OPTIONS, values, strict=True):
            if kind is QuestionKind.CHOOSE:
                sheet.option(text).locator("input").set_checked(value == "1")
            elif kind is QuestionKind.RANK:
                sheet.option(text).locator("select").select_option(value)
            else:
                sheet.points(text).fill(value)
        send.click()
        if values == flawed:
            expect(page.get_by_role("alert")).to_contain_text(sentence)
            assert here.kept() == {}
    expect(page.locator("#note")).to_have_text("Gespeichert.")
    assert here.kept() == dict(zip(OPTIONS, kept, strict=True))
    page.locator("button[name=none]").click()
    sheet.says("Gespeichert: keine Antwort")
    assert here.kept() == dict.fromkeys(OPTIONS)
