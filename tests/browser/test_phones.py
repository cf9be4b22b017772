"""What a phone keeps through reloads and a dead server: person, answers, what was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.fields import is_there
from tests.browser.hall import STATEMENTS, Hall
from tests.browser.phone import Phone
from workshop.model import OPERATOR

pytestmark = pytest.mark.browser


def test_a_reload_and_a_second_tab_are_the_same_person(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open()
    phone.state("open")
    phone.rate(STATEMENTS[0], 4)
    phone.page.reload()
    phone.says_saved(STATEMENTS[0], 4)
    first, second = phone.page, phone.context.new_page()
    second.goto(phone.url)
    phone.page = second
    phone.says_saved(STATEMENTS[0], 4)
    phone.rate(STATEMENTS[1], 2)
    phone.page = first
    phone.rate(STATEMENTS[0], 5)
    assert hall.ledger.joined() == 1
    kept = {STATEMENTS[0]: 5, STATEMENTS[1]: 2}
    assert hall.ledger.answers_of(hall.question, 1, 1) == kept


def test_what_was_typed_survives_a_reload(hall: Hall) -> None:
    phone = hall.phone()
    phone.join("Politik")
    hall.room.open(hall.room.collect)
    phone.state("open")
    field = phone.page.get_by_label("Ihr Beitrag")
    field.press_sequentially("Noch nicht ganz fer")
    phone.page.get_by_role("radio", name="Ziel").check()
    phone.page.reload()
    expect(field).to_have_value("Noch nicht ganz fer")
    expect(phone.page.get_by_role("radio", name="Ziel")).to_be_checked()


@pytest.mark.parametrize("script", [True, False])
def test_a_locked_door_keeps_new_phones_out_and_old_ones_in(hall: Hall, script: bool) -> None:
    inside, late = hall.phone(script=script), hall.phone(script=script)
    inside.join("Wirtschaft")
    console = hall.console()
    console.press("Tür schließen")
    is_there(console.button("Tür öffnen"))
    late.scan()
    heading = late.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(["Die Tür ist geschlossen"])
    expect(late.page.get_by_role("button", name="Wirtschaft")).to_have_count(0)
    assert hall.ledger.joined() == 1
    inside.page.reload()
    inside.state("waiting")
    console.press("Tür öffnen")
    is_there(console.button("Tür schließen"))
    late.page.get_by_role("button", name="Noch einmal versuchen").click()
    late.tap("Wirtschaft")
    late.state("waiting")
    assert hall.ledger.joined() == 2


def test_a_server_killed_in_mid_question_is_back_and_nothing_is_lost(hall: Hall) -> None:
    stage, phone, plain = hall.stage(), hall.phone(), hall.phone(script=False)
    for person in (phone, plain):
        person.join("Wissenschaft")
    hall.room.open()
    for person in (phone, plain):
        person.state("open")
        person.rate(STATEMENTS[0], 3)
    stage.counts(2, 2)
    hall.house.kill()
    expect(phone.page.locator("#line")).to_be_visible()
    is_there(stage.page.get_by_text("Keine Verbindung zum Server."))
    expect(phone.page.locator("#line")).to_contain_text("Gerade keine Verbindung.")
    # Tapped while nobody is there: kept on the phone, and told so.
    phone.item(STATEMENTS[1]).locator('button[value="5"]').click()
    expect(phone.item(STATEMENTS[1]).locator(".said")).to_contain_text("noch nicht gesendet")
    hall.house.start()
    expect(phone.page.locator("#line")).to_be_hidden()
    phone.says_saved(STATEMENTS[0], 3)
    phone.says_saved(STATEMENTS[1], 5)
    assert hall.ledger.joined() == 2
    kept = {STATEMENTS[0]: 3, STATEMENTS[1]: 5}
    assert hall.ledger.answers_of(hall.question, 1, 1) == kept
    expect(stage.page.get_by_text("Keine Verbindung zum Server.")).to_be_hidden()
    # Nobody touches the stage: it follows what happens next by itself, and so does the phone.
    plain.page.reload()
    plain.rate(STATEMENTS[1], 1)
    late = hall.phone()
    late.join("Stadtverwaltung")
    late.rate(STATEMENTS[0], 1)
    stage.counts(3, 3)
    hall.room.service.close_round(OPERATOR, hall.room.id, hall.question)
    phone.state("closed")
    expect(stage.page.locator(".stage")).to_contain_text(["Runde geschlossen"])


def test_a_round_opened_in_a_terminal_moves_stage_and_phone_at_once(hall: Hall) -> None:
    stage, phone = hall.stage(), hall.phone()
    phone.join("Wissenschaft")
    stage.joined(1)
    command = ("--workshop", hall.room.id, "--question", hall.question)
    hall.house.command("round", "open", *command)
    # The command has ended, so it is committed: what follows is the watcher's and the stream's.
    soon = 2_000
    question = stage.page.locator(".stage-question h1")
    expect(question).to_have_text(hall.room.rate.text["de"], timeout=soon)
    expect(phone.page.locator('main[data-state="open"]')).to_be_visible(timeout=soon)


def test_a_rating_needs_nothing_but_tab_and_enter(hall: Hall) -> None:
    phone = hall.phone()
    phone.scan()
    press_until(phone, "Wirtschaft")
    phone.state("waiting")
    hall.room.open()
    phone.state("open")
    for place, statement in enumerate(STATEMENTS):
        press_until(phone, str(place + 2), within=statement)
        phone.says_saved(statement, place + 2)
    phone.state("saved")
    kept = {statement: place + 2 for place, statement in enumerate(STATEMENTS)}
    assert hall.ledger.answers_of(hall.question, 1, 1) == kept


def press_until(phone: Phone, name: str, within: str = "") -> None:
    """Tab on to the button that begins with this name, see that it shows its focus, press Enter."""
    keyboard, focus = phone.page.keyboard, phone.page.locator("button:focus")
    for _ in range(60):
        keyboard.press("Tab")
        if not focus.count() or not focus.inner_text().startswith(name):
            continue
        form = focus.locator("xpath=ancestor::section")
        if within and within not in form.inner_text():
            continue
        assert focus.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
        keyboard.press("Enter")
        return
    raise AssertionError(f"Tab never came to {name}")
