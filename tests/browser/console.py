"""The moderator's console, as a page object."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fields import is_there
from tests.browser.visitors import visitor


class Console:
    """A browser that has followed the moderator's link."""

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

    def button(self, word: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=word, exact=True)

    def press(self, word: str) -> None:
        """Press a button once it is there."""
        is_there(self.button(word))
        self.button(word).click()

    def open_round(self) -> None:
        """Open what is in the middle; returns once the room has it."""
        self.press("Runde öffnen")
        is_there(self.button("Runde schließen"))

    def close_round(self) -> None:
        """No more answers."""
        self.press("Runde schließen")
        is_there(self.button("Ergebnis zeigen"))

    def reveal(self) -> None:
        """The room may see it."""
        self.press("Ergebnis zeigen")
        is_there(self.button("Ergebnis ausblenden"))

    def choose(self, question: str) -> None:
        """Pick a question from the agenda."""
        self.page.get_by_role("button", name=question[:60]).click()
        self.is_at(question)

    def is_at(self, question: str) -> None:
        """The question in the middle."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text([question])

    def next_question(self, question: str) -> None:
        """*Weiter*, which leads to this question."""
        self.press("Weiter")
        self.is_at(question)

    def counts(self, answered: int, present: int) -> None:
        """x of y, as it stands in the middle."""
        expected = re.compile(rf"^{answered} von {present} Anwesenden")
        expect(self.page.locator(".ek-count")).to_have_text([expected])

    def text(self, words: str) -> Locator:
        """What somebody wrote, with its buttons."""
        return self.page.locator('[class*="st-key-text-"]').filter(
            has=self.page.get_by_text(words, exact=True)
        )

    def show_more(self) -> None:
        """All that has come in, not only the newest."""
        self.page.get_by_role("button", name=re.compile(r"\d+ weitere zeigen")).click()

    def hide(self, words: str) -> None:
        """Hide a text from the room."""
        self.text(words).get_by_role("button", name="Ausblenden", exact=True).click()
        expect(self.text(words)).to_contain_text(["ausgeblendet"])

    def take_over(self, words: str) -> None:
        """Make a statement of what somebody wrote."""
        self.text(words).get_by_role("button", name="Als Aussage übernehmen").click()
        expect(self.text(words)).to_contain_text(["✓ Aussage"])

    def write_statements(self, *lines: str) -> None:
        """Write statements to be rated, one per line."""
        self.page.get_by_text("Aussagen schreiben").click()
        self.page.get_by_label("Eine Aussage pro Zeile").fill("\n".join(lines))
        self.press("Hinzufügen")
        for line in lines:
            is_there(self.text(line))

    def undo(self, action: str) -> None:
        """Take the last action back, which is this one."""
        self.press(f"Rückgängig: {action}")
        is_there(self.page.get_by_text(f"Zurückgenommen: {action}"))
