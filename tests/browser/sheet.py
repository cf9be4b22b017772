"""The options of one question on a participant's phone, as a page object."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Sheet:
    """What a phone shows of a question whose options are answered together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.form = page.locator("form.sheet")

    def option(self, text: str) -> Locator:
        """The row of an option."""
        return self.form.locator(".option").filter(has_text=text)

    def tick(self, text: str) -> None:
        """Tap an option that is chosen or not."""
        self.option(text).locator("input").click()

    def pick(self, *texts: str) -> None:
        """Tap options one after the other."""
        for text in texts:
            self.option(text).locator(".pick").click()

    def press(self, text: str, value: str, times: int = 1) -> None:
        """Tap one of the small buttons of an option: up, down, less, more."""
        for _ in range(times):
            self.option(text).locator(f'button[value="{value}"]').click()

    def points(self, text: str) -> Locator:
        """The field with an option's points."""
        return self.option(text).locator("input")

    def abstain(self) -> None:
        """Tap *keine Antwort*."""
        self.form.locator("button[name=none]").click()

    def says(self, status: str) -> None:
        """Wait until the line at the bottom says this, and nothing else."""
        expect(self.page.locator("#status p")).to_have_text(status)

    def chosen(self) -> list[str]:
        """The options that are ticked."""
        ticked = self.form.locator(".option").filter(has=self.page.locator(":checked"))
        return ticked.locator("[id^=t-]").all_inner_texts()

    def order(self) -> list[str]:
        """The options from top to bottom, each with its place."""
        return [
            f"{row.locator('.tick').inner_text()} {row.locator('[id^=t-]').inner_text()}"
            for row in self.form.locator(".option").all()
        ]
