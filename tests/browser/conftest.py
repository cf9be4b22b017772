"""A workshop in the served house for each of these stories."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.hall import Hall, hall_of
from tests.browser.house import House
from workshop.service import Service


@pytest.fixture
def hall(browser: Browser, served: tuple[House, Service]) -> Hall:
    """A workshop of the test's own."""
    return hall_of(browser, *served)
