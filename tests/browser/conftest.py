"""A browser for each module, loud words where there is none, and no request to other hosts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.hall import Hall, hall_of, serving
from tests.browser.house import House
from tests.browser.visitors import foreign
from tests.browsers import FLAGS, chromium
from workshop.service import Service


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium. For a module and not for the session: Playwright holds the event loop."""
    program = chromium()
    if program is None:
        pytest.skip("No Chromium on this machine: NOT ONE browser story was played (.ci/needs).")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(autouse=True)
def only_our_own_host() -> Iterator[None]:
    """No page of any story asks anybody else's host for anything."""
    foreign.clear()
    yield
    assert foreign == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Service]]:
    """A served house for the tests of a module."""
    with serving(tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.fixture
def hall(browser: Browser, served: tuple[House, Service]) -> Iterator[Hall]:
    """A workshop of the test's own."""
    with hall_of(browser, *served) as found:
        yield found
