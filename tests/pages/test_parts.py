"""Tick and figure in a real browser: live, and in place."""

import sys
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.fields import is_there
from tests.browser.visitors import visitor
from tests.pages.test_server import free_port, server
from tests.rooms import TEMPLATE, make_service
from workshop.model import OPERATOR
from workshop.service import Service

pytestmark = pytest.mark.browser

DOOR = [sys.executable, "-m", "streamlit", "run", "tests/pages/trial/trial_door.py"]


class Trial:
    """The trial page in a browser, and the server behind it."""

    def __init__(self, page: Page, base: str, workshop: str) -> None:
        self.page, self.base, self.workshop = page, base, workshop
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)

    def open(self) -> None:
        self.page.goto(f"{self.base}/?w={self.workshop}&lang=en")
        is_there(self.page.locator(".einklang-figure[data-drawn]"))

    def change(self, times: int = 1) -> int:
        answer = httpx.get(f"{self.base}/trial/change?w={self.workshop}&times={times}", timeout=30)
        return int(answer.text)

    def shows(self, version: int) -> None:
        is_there(self.page.get_by_text(f"version {version}", exact=True))

    def watching(self) -> int:
        return int(httpx.get(f"{self.base}/trial/watching").text)

    def watched_by(self, streams: int) -> None:
        """Wait until as many streams are open; a closed one is noticed a moment later."""
        for _ in range(50):
            if self.watching() == streams:
                return
            self.page.wait_for_timeout(50)
        assert self.watching() == streams


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Service]]:
    """The trial page's address, and a service on its database."""
    folder, port = tmp_path_factory.mktemp("trial"), free_port()
    with (
        server([*DOOR, "--server.port", str(port)], folder, port),
        make_service(f"sqlite:///{folder / 'e.db'}") as running,
    ):
        yield f"http://127.0.0.1:{port}", running.service


@pytest.fixture
def trial(browser: Browser, door: tuple[str, Service]) -> Trial:
    base, service = door
    made = service.create_workshop(OPERATOR, TEMPLATE)
    return Trial(visitor(browser, (1280, 720)).new_page(), base, made.workshop_id)


def test_the_page_follows_the_workshop_in_place(trial: Trial) -> None:
    trial.open()
    page = trial.page
    chart = page.locator(".einklang-chart")
    drawing = chart.locator(".main-svg").first
    chart.evaluate("element => { element.mark = 'kept' }")
    drawing.evaluate("element => { element.mark = 'kept' }")
    for _ in range(20):
        trial.shows(trial.change())
    assert chart.evaluate("element => element.mark") == "kept"
    assert drawing.evaluate("element => element.mark") == "kept"
    trial.shows(trial.change(100))  # a burst ends with the last
    is_there(page.get_by_text("full runs: 1", exact=True))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert not trial.complaints
    assert_accessible(page)


def test_peoples_text_stays_text_and_the_chart_has_words_and_a_table(trial: Trial) -> None:
    trial.open()
    page, version = trial.page, trial.change()
    trial.shows(version)
    is_there(page.get_by_role("img", name=f"At <b>{version}</b>"))
    labels = page.locator(".einklang-chart .ytick text").all_text_contents()
    assert labels == ["<b>bold</b> & more", "<a href='//e.example'>a"]
    assert not page.locator(".einklang-chart a").count()
    page.get_by_text("As a table").click()
    is_there(page.get_by_role("rowheader", name="<img src=x>"))
    is_there(page.get_by_role("cell", name=str(version), exact=True))


def test_one_source_for_one_tick_and_none_after_it(trial: Trial) -> None:
    trial.open()
    page = trial.page
    for _ in range(3):
        trial.shows(trial.change())
    trial.watched_by(1)
    toggle = page.get_by_text("Show", exact=True)
    toggle.click()
    expect(page.locator("[data-live]")).to_have_count(0)
    trial.watched_by(0)
    toggle.click()
    trial.shows(trial.change())
    trial.watched_by(1)
    page.goto("about:blank")
    trial.watched_by(0)
