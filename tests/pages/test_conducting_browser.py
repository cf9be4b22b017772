"""Timer, black stage, frozen stage in browsers: every screen agrees, and nothing is covered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import holds, is_there
from tests.browser.phone import Phone
from tests.pages.moderators_desk import SIDEWAYS, Desk, desk
from workshop.model import OPERATOR, QuestionKind, Role, StageView
from workshop.service.base import utc_now

__all__ = ["desk"]
pytestmark = pytest.mark.browser

# Text of the stage that the timer covers.
COVERED = """() => {
  const timer = document.querySelector(".timer").getBoundingClientRect()
  const found = timer.right > innerWidth || timer.left < 0 ? ["outside"] : []
  const texts = document.createTreeWalker(document.querySelector(".stage"), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (!text.nodeValue.trim() || text.parentElement.closest(".unseen")) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const box of range.getClientRects())
      if (box.left < timer.right && box.right > timer.left && box.top < timer.bottom - 4
        && box.bottom > timer.top + 4) found.push(text.nodeValue)
  }
  return found
}"""


def time_is_up_in(desk: Desk, seconds: float) -> None:
    """A timer that ends soon: the moderator's are of whole minutes."""
    w, ends = desk.evening.workshop_id, utc_now() + timedelta(seconds=seconds)

    def change(tx) -> None:  # type: ignore[no-untyped-def]
        tx.set_workshop(w, timer_ends_at=ends)
        tx.touch(w, phase=True)

    desk.evening.service.store.write(change)


def asks(desk: Desk, cluster: int) -> str:
    """The collecting question of a cluster is open on the stage."""
    question = desk.evening.question(cluster, QuestionKind.COLLECT)
    desk.evening.service.open_round(OPERATOR, desk.evening.workshop_id, question)
    return question


def test_a_timer_is_started_lengthened_and_stopped_by_its_buttons(desk: Desk) -> None:
    context = desk.context()
    console, stage = desk.console(context), desk.stage(context)
    asks(desk, 3)
    minutes = desk.evening.agenda.questions
    begun = next(
        q.minutes for q in minutes if q.id == desk.evening.agenda.workshop.stage.question_id
    )
    holds(console, "Minuten", str(begun))
    console.get_by_label("Minuten").fill("3")
    console.get_by_role("button", name="Timer starten").click()
    for page in (console, stage):
        expect(page.get_by_role("timer")).to_have_text([re.compile(r"^[23]:\d\d$")])
    console.get_by_role("button", name="Eine Minute mehr").click()
    for page in (console, stage):
        expect(page.get_by_role("timer")).to_have_text([re.compile(r"^[34]:\d\d$")])
    is_there(console.get_by_text("Timer bis"))
    console.get_by_role("button", name="Timer stoppen").click()
    expect(stage.get_by_role("timer")).to_have_count(0)
    console.get_by_label("Minuten").fill("7")
    console.get_by_label("Minuten").press("Tab")
    console.get_by_role("heading", level=1).click()
    console.keyboard.press("t")
    expect(console.get_by_role("timer")).to_have_text([re.compile(r"^[67]:\d\d$")])
    console.keyboard.press("t")
    expect(console.get_by_role("timer")).to_have_count(0)
    stage.bring_to_front()
    stage.keyboard.press("t")
    expect(stage.get_by_role("timer")).to_have_text([re.compile(rf"^({begun}|{begun - 1}):\d\d$")])


def test_at_the_end_the_stage_says_so_and_the_round_goes_on(desk: Desk) -> None:
    asks(desk, 3)
    page = desk.stage(desk.context(Role.STAGE))
    time_is_up_in(desk, 8)
    timer = page.get_by_role("timer")
    expect(timer).to_have_text([re.compile(r"^0:0[1-8]$")])
    expect(timer).to_have_text(["Zeit"])
    assert desk.evening.agenda.open_round is not None


def test_phones_count_too_and_nothing_that_is_typed_is_lost(desk: Desk) -> None:
    asks(desk, 3)
    code = desk.evening.agenda.workshop.join_code
    phone = Phone(desk.browser, f"{desk.house.base}/j/{code}")
    phone.join("Politik")
    page = phone.page
    field = page.locator("textarea")
    field.fill("Ein halber Satz")
    top = field.bounding_box()
    line = page.locator("#timer")
    expect(line).to_be_hidden()
    desk.evening.service.start_timer(OPERATOR, desk.evening.workshop_id, 3)
    expect(line).to_have_text(re.compile(r"2:\d\d"))
    assert field.bounding_box() == top, "nothing moves under a finger"
    assert_accessible(page)
    time_is_up_in(desk, 3)
    expect(line).to_have_text("Die Zeit ist um.")
    desk.evening.service.stop_timer(OPERATOR, desk.evening.workshop_id)
    expect(line).to_be_hidden()
    expect(field).to_have_value("Ein halber Satz")


def test_sound_is_off_until_this_browser_wants_it(desk: Desk) -> None:
    desk.evening.service.start_timer(OPERATOR, desk.evening.workshop_id, 9)
    page = desk.console(desk.context())
    sound = page.get_by_role("button", name=re.compile("Ton am Ende"))
    expect(sound).to_have_text(["Ton am Ende: aus"])
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(sound).to_have_text(["Ton am Ende: an"])
    stage = desk.stage(page.context)
    stage.mouse.move(200, 200)
    stage.mouse.move(300, 300)
    sound = stage.get_by_role("button", name=re.compile("Ton am Ende"))
    expect(sound).to_have_attribute("aria-pressed", "true")
    sound.click()
    expect(sound).to_have_text(["Ton am Ende: aus"])


def test_the_stage_is_black_until_the_room_goes_on(desk: Desk) -> None:
    context = desk.context()
    console, stage = desk.console(context), desk.stage(context)
    asks(desk, 2)
    console.bring_to_front()
    console.keyboard.press("b")
    expect(stage.locator(".stage-black")).to_be_attached()
    assert stage.locator(".stage-scene").inner_text().strip() == "Die Bühne ist gerade schwarz."
    is_there(console.get_by_text("Die Bühne ist schwarz."))
    console.get_by_role("button", name="Bühne wieder zeigen").click()
    is_there(stage.locator(".stage-question"))
    console.get_by_role("button", name="Bühne schwarz schalten").click()
    expect(stage.locator(".stage-black")).to_be_attached()
    console.get_by_role("button", name="Runde schließen").click()
    expect(stage.locator(".stage-question")).to_contain_text(["Runde geschlossen"])
    expect(console.get_by_text("Die Bühne ist schwarz.")).to_have_count(0)


def test_a_frozen_stage_keeps_its_counts_while_the_console_goes_on(desk: Desk) -> None:
    evening, w = desk.evening, desk.evening.workshop_id
    context = desk.context()
    console, stage = desk.console(context), desk.stage(context)
    asks(desk, 1)
    opened = evening.agenda.open_round
    assert opened is not None
    evening.join("none", "none")
    count = stage.locator(".stage-question .count")
    expect(count).to_have_text(["0 von 2 haben geantwortet"])
    console.get_by_role("button", name="Bühne einfrieren").click()
    is_there(console.get_by_text("Bühne eingefroren. Sie zeigt: Frage"))
    evening.service.contribute(w, evening.tokens[0], opened.id, "goal", "Ein Ziel").result()
    expect(console.locator(".ek-count")).to_have_text([re.compile("^1 von 2")])
    console.get_by_role("button", name="Schließen und zeigen").click()
    is_there(console.get_by_text("Zeigt danach: Ergebnis"))
    late = desk.stage(context)
    for page in (stage, late):
        expect(page.locator(".stage-question .count")).to_have_text(["0 von 2 haben geantwortet"])
        expect(page.get_by_text("Runde geschlossen")).to_have_count(0)
    console.get_by_role("button", name="Bühne auftauen").click()
    for page in (stage, late):
        expect(page.locator(".stage-perspectives")).to_contain_text(["Ein Ziel"])


def test_the_console_stays_calm_in_every_state(desk: Desk) -> None:
    service, w = desk.evening.service, desk.evening.workshop_id
    page = desk.console(desk.context())
    service.start_timer(OPERATOR, w, 200)
    service.freeze_stage(OPERATOR, w, True)
    service.black_stage(OPERATOR, w, True)
    is_there(page.get_by_text("Die Bühne ist schwarz."))
    is_there(page.get_by_role("timer"))
    for width in (1366, 820):
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.evaluate(SIDEWAYS) <= 0
        assert_accessible(page)


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_the_timer_covers_nothing_on_any_view(desk: Desk, size: tuple[int, int]) -> None:
    """Geometry at both shapes of a screen; rules and colours are the same on either."""
    service, w = desk.evening.service, desk.evening.workshop_id
    page = desk.stage(desk.context(Role.STAGE))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for cluster in range(4):
        asks(desk, cluster)
    service.start_timer(OPERATOR, w, 100)
    collect = desk.evening.question(3, QuestionKind.COLLECT)
    rate = desk.evening.question(0, QuestionKind.RATE)
    for view, question in (
        (StageView.QUESTION, collect),
        (StageView.QUESTION, rate),
        (StageView.LOBBY, None),
        (StageView.CLUSTERS, None),
        (StageView.THANKS, None),
    ):
        service.show(OPERATOR, w, view, question)
        is_there(page.locator(f".stage-{view}"))
        expect(page.get_by_role("timer")).to_have_text([re.compile(r"\d")])
        assert page.evaluate(COVERED) == [], view
        if size == (1920, 1080):
            assert_accessible(page)
