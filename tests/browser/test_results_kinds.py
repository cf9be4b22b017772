"""The results page with every kind of question: figure, words and tables, and axe is silent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.visitors import visitor
from tests.browsers import at_rest
from tests.every_kind import kinds_in
from workshop.model import OPERATOR, QuestionKind, Role
from workshop.service import Service

pytestmark = pytest.mark.browser

FIGURES = {
    QuestionKind.CHOOSE: "„Bäume“ liegt vorn",
    QuestionKind.RANK: "mittlerer Platz 1,0",
    QuestionKind.ALLOCATE: "60 Punkte",
    QuestionKind.MATRIX: "eingeordnet nach Wichtigkeit und Machbarkeit",
    QuestionKind.WORDS: "7 verschiedene Wörter",
}
"""What the figure of each kind says to who listens."""


def test_each_kind_has_its_figure_and_everybody_can_read_it(
    browser: Browser, served: tuple[House, Service]
) -> None:
    house, service = served
    kinds = kinds_in(service)
    room = kinds.room
    for kind in FIGURES:
        text = {"de": f"Eine Frage: {kind}", "en": f"A question: {kind}"}
        service.edit_question(OPERATOR, room.id, kinds.questions[kind].id, text=text)
    kinds.play(room.people(6))
    page = visitor(browser, (1366, 1000)).new_page()
    page.goto(f"{house.base}/m/{service.grant_link(OPERATOR, Role.MODERATOR, room.id)}")
    page.goto(f"{house.base}/results?w={room.id}")
    is_there(page.get_by_role("heading", name="Die Zahlen als Datei"))
    for kind, said in FIGURES.items():
        at_rest(page)
        box = page.get_by_role("combobox", name="Schlüsselfrage")
        box.focus()  # a list that is opened while the page still scrolls closes again
        box.press("ArrowDown")
        page.get_by_role("option", name=f"Eine Frage: {kind}").click()
        expect(page.get_by_role("heading", name=f"Eine Frage: {kind}")).to_be_visible()
        is_there(page.get_by_role("img", name=re.compile(said)))
        assert_accessible(page)
