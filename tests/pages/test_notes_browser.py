"""Notes in a real browser: kept while they are typed, whatever the room does meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.pages.moderators_desk import SIDEWAYS, Desk, desk
from workshop.model import OPERATOR, QuestionKind, Role, StageView

__all__ = ["desk"]
pytestmark = pytest.mark.browser


def field(page: Page) -> Locator:
    return page.get_by_label("Notiz ·")


def goes_to(desk: Desk, cluster: int) -> str:
    """The room is at the collecting question of a cluster."""
    question = desk.evening.question(cluster, QuestionKind.COLLECT)
    service, w = desk.evening.service, desk.evening.workshop_id
    service.show(OPERATOR, w, StageView.QUESTION, question)
    return question


def notes(desk: Desk) -> dict[str, str]:
    return dict(desk.evening.service.notes(OPERATOR, desk.evening.workshop_id))


def test_a_note_is_kept_as_it_is_typed_and_no_key_of_it_moves_the_room(desk: Desk) -> None:
    question = goes_to(desk, 0)
    version = desk.evening.service.versions(desk.evening.workshop_id)
    page = desk.console(desk.context())
    field(page).click()
    page.keyboard.type("Quer beginnen: b, t, r, c? <b>Ja</b>")
    is_there(page.get_by_text("Gespeichert", exact=True))
    page.keyboard.type(" Dann die Sorgen.")
    is_there(page.get_by_text("Wird gespeichert …"))
    is_there(page.get_by_text("Gespeichert", exact=True))
    whole = "Quer beginnen: b, t, r, c? <b>Ja</b> Dann die Sorgen."
    assert notes(desk)[question] == whole
    assert desk.evening.service.versions(desk.evening.workshop_id) == version
    page.reload()
    expect(field(page)).to_have_value(whole)
    stage = desk.stage(desk.context(Role.STAGE))
    is_there(stage.locator(".stage-question"))
    assert "Sorgen" not in stage.content()


def test_a_half_written_note_stays_with_its_question_when_the_room_goes_on(desk: Desk) -> None:
    first = goes_to(desk, 1)
    page = desk.console(desk.context())
    field(page).click()
    page.keyboard.type("Ein halber ")
    second = goes_to(desk, 2)
    expect(page.locator(".ek-eyebrow")).to_contain_text(["Bildung & Arbeit"])
    page.keyboard.type("Satz")
    expect(page.get_by_label("Notiz · Energie & Umwelt")).to_have_value("Ein halber Satz")
    is_there(page.get_by_text("Gespeichert", exact=True))
    page.keyboard.press("Tab")
    expect(page.get_by_label("Notiz · Bildung & Arbeit")).to_have_value("")
    assert notes(desk)[first] == "Ein halber Satz" and second not in notes(desk)
    goes_to(desk, 1)
    expect(page.get_by_label("Notiz · Energie & Umwelt")).to_have_value("Ein halber Satz")


def test_the_field_of_notes_is_accessible_and_fits(desk: Desk) -> None:
    goes_to(desk, 3)
    page = desk.console(desk.context())
    for width in (1366, 820):
        page.set_viewport_size({"width": width, "height": 1000})
        is_there(field(page))
        assert page.evaluate(SIDEWAYS) <= 0
        assert_accessible(page)
