"""Preparing a workshop, as a page object."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fields import holds, is_there
from tests.browser.visitors import visitor


class Setup:
    """A browser that has followed a link with the right over all workshops."""

    def __init__(
        self,
        browser: Browser,
        link: str,
        *,
        scheme: str = "light",
        size: tuple[int, int] = (1366, 1024),
        lang: str = "de-DE",
    ) -> None:
        self.context = visitor(browser, size, scheme=scheme, lang=lang)
        self.page: Page = self.context.new_page()
        self.page.goto(link)
        is_there(self.page.locator(".ek-foot"))

    def holds(self, label: str, value: str) -> None:
        """The one field of that name holds it."""
        holds(self.page, label, value)

    def new(self, template: str) -> None:
        """A new workshop from the template of that title; returns once it is there."""
        self.page.get_by_role("link", name="workshop vorbereiten").click()
        self.page.locator("label").filter(has_text=template).first.click()
        self.holds("Titel", template)
        self.press("Workshop anlegen")
        expect(self.page.get_by_role("heading", level=1)).to_have_text([template])

    def press(self, word: str) -> None:
        """Press a button, by its whole name, once it is there."""
        button = self.page.get_by_role("button", name=word, exact=True)
        is_there(button)
        button.click()

    def part(self, word: str) -> None:
        """Turn to another part of the page."""
        tab = self.page.get_by_role("tab", name=word)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")

    def cluster(self, name: str) -> Locator:
        """A cluster in the agenda."""
        return self.page.locator('[class*="st-key-head-"] button').filter(has_text=name)

    def entry(self, words: str) -> Locator:
        """A question in the agenda, by words of its text."""
        return self.page.locator('[class*="st-key-item-"] button').filter(has_text=words)

    def choose_cluster(self, name: str) -> None:
        """Bring a cluster into the middle."""
        self.cluster(name).click()
        self.holds("Name · Deutsch", name)

    def choose_question(self, text: str) -> None:
        """Bring a question into the middle."""
        self.entry(text).click()
        self.holds("Wortlaut · Deutsch", text)

    def write(self, label: str, words: str) -> None:
        """Write into a field, and leave it."""
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.blur()

    def saved(self) -> None:
        """The page says so."""
        expect(self.page.locator(".ek-notice-status")).to_have_text(["Gespeichert."])

    def pick(self, label: str, option: str) -> None:
        """Choose from a box."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option).click()

    def add_cluster(self, name: str) -> None:
        """A new cluster at the end."""
        self.press("+ Cluster hinzufügen")
        is_there(self.page.get_by_role("heading", name="Neuer Cluster"))
        # The fields of what stood here before may go a moment later; they are in no form.
        self.page.get_by_test_id("stForm").get_by_label("Name · Deutsch").fill(name)
        self.press("Hinzufügen")
        is_there(self.cluster(name))

    def add_question(self, kind: str, german: str, english: str, cluster: str) -> None:
        """A new question in a cluster."""
        self.press("+ Schlüsselfrage hinzufügen")
        is_there(self.page.get_by_role("heading", name="Neue Schlüsselfrage"))
        kinds = self.page.get_by_role("radiogroup", name="Art der Frage")
        kinds.locator("label").filter(has_text=re.compile(f"^{kind} ")).click()
        self.page.get_by_label("Wortlaut · Deutsch").fill(german)
        self.page.get_by_label("Wortlaut · English").fill(english)
        self.pick("Cluster", cluster)
        self.press("Hinzufügen")
        is_there(self.entry(german))

    def sheet(self, kind: str) -> Locator:
        """What the preview of "phone" or "stage" shows."""
        frame = self.page.locator(f".st-key-setup-sheet-{kind} iframe")
        return frame.content_frame.locator("body")

    def download(self, word: str) -> bytes:
        """What a link downloads."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=word).click()
        return waiting.value.path().read_bytes()
