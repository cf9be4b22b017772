"""A workshop that nobody has joined yet, and a moderator's windows in front of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browser.visitors import visitor
from tests.evening import Evening
from tests.rooms import TEMPLATE
from workshop.model import OPERATOR, Role, StageView
from workshop.service import Service

SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]") || document.documentElement
  return main.scrollWidth - main.clientWidth
}"""


@dataclass
class Desk:
    """A served workshop, and windows in front of it."""

    evening: Evening
    house: House
    browser: Browser

    def context(self, role: Role = Role.MODERATOR, scheme: str = "light") -> BrowserContext:
        """A browser that has followed its link."""
        link = self.evening.service.grant_link(OPERATOR, role, self.evening.workshop_id)
        context = visitor(self.browser, (1366, 900), scheme=scheme)
        page = context.new_page()
        page.goto(f"{self.house.base}/{'m' if role is Role.MODERATOR else 's'}/{link}")
        page.close()
        return context

    def console(self, context: BrowserContext) -> Page:
        """A window with the console."""
        page = context.new_page()
        page.goto(f"{self.house.base}/moderator?w={self.evening.workshop_id}")
        is_there(page.get_by_role("button", name="Tasten (?)"))
        return page

    def stage(self, context: BrowserContext) -> Page:
        """A window with the stage, which listens to keys."""
        page = context.new_page()
        page.goto(f"{self.house.base}/stage?w={self.evening.workshop_id}")
        is_there(page.locator(".stage"))
        expect(page.locator(".bar[data-wall]")).to_be_attached()
        return page

    @property
    def view(self) -> StageView:
        """What is on the stage."""
        return self.evening.agenda.workshop.stage.view


@pytest.fixture
def desk(browser: Browser, served: tuple[House, Service]) -> Desk:
    """Nobody has come yet, nothing is open."""
    home, service = served
    made = service.create_workshop(OPERATOR, TEMPLATE)
    return Desk(Evening(service, made.workshop_id), home, browser)
