"""A participant's phone, as a page object; the same for a phone without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

from tests.browser.visitors import visitor


class Phone:
    """One browser of one person. `script=False` is a phone without JavaScript."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        script: bool = True,
        scheme: str = "light",
        lang: str = "de-DE",
        scale: float = 1,
        size: tuple[int, int] = (390, 844),
    ) -> None:
        self.script = script
        self.url = url
        self.context: BrowserContext = visitor(
            browser, size, scheme=scheme, script=script, lang=lang, scale=scale
        )
        self._heard: list[str] = []
        self._reading = 0
        self.context.on("response", self._hear)
        self.events: list[str] = []
        self.page: Page
        self.new_tab()

    def new_tab(self) -> None:
        """A tab of the same browser; whatever was in the last one is no longer looked at."""
        self.page = self.context.new_page()
        self.cdp = self.context.new_cdp_session(self.page)
        self.cdp.on("Network.eventSourceMessageReceived", lambda e: self.events.append(e["data"]))
        self.cdp.send("Network.enable")

    def flight_mode(self, on: bool) -> None:
        """No network from now on, or the network again."""
        self.context.set_offline(on)

    def close_tab(self) -> None:
        """The tab is gone, with all that was only in its memory."""
        self.page.close()

    def says_unsent(self, statement: str, value: int) -> None:
        """The step is marked as mine, and the page says that it isn't sent."""
        item = self.item(statement)
        expect(item.locator(f'button[value="{value}"]')).to_have_attribute("aria-pressed", "true")
        expect(item.locator(".said")).to_contain_text("noch nicht gesendet")

    def _hear(self, response: Response) -> None:
        """Keep every body that this phone got; a stream has none, and a redirect neither."""
        kind = response.headers.get("content-type", "")
        if response.status < 300 and re.match(r"text/html|application/json", kind):
            self._reading += 1
            try:
                self._heard.append(response.text())
            finally:
                self._reading -= 1

    @property
    def heard(self) -> list[str]:
        """Every body that this phone got; a page may show what is still being read here."""
        while self._reading:
            self.page.evaluate("() => null")
        return self._heard

    def scan(self) -> None:
        """Open what the QR code says."""
        self.page.goto(self.url)

    def join(self, group: str) -> None:
        """Scan, tap once, and be in."""
        self.scan()
        self.tap(group)

    def tap(self, group: str) -> None:
        """Choose a group; returns once the page of the workshop is there."""
        self.page.get_by_role("button", name=group).click()
        expect(self.page.locator("main[data-state]")).to_be_visible()

    def state(self, wanted: str) -> None:
        """Wait for a state; without JavaScript somebody presses *Aktualisieren*."""
        main = self.page.locator(f'main[data-state="{wanted}"]')
        if not self.script:
            self.page.reload()
        expect(main).to_be_visible()

    def item(self, statement: str) -> Locator:
        """The part of the page that is about one statement."""
        heading = self.page.get_by_role("heading", name=statement, exact=True)
        return self.page.locator("section.item").filter(has=heading)

    def rate(self, statement: str, value: int) -> None:
        """Tap a step, 0 for *keine Antwort*; returns once the page says that it is kept."""
        item = self.item(statement)
        item.locator(f'button[value="{value}"]').click()
        self.says_saved(statement, value)

    def says_saved(self, statement: str, value: int) -> None:
        """The step is marked as mine, and the page says *Gespeichert*."""
        item = self.item(statement)
        pressed = item.locator(f'button[value="{value}"][aria-pressed="true"]')
        expect(pressed).to_have_count(1)
        expect(item.locator(".said")).to_contain_text("Gespeichert")

    def write(self, text: str, aspect: str) -> None:
        """Contribute, and see it listed as saved."""
        self.page.get_by_label("Ihr Beitrag").fill(text)
        self.page.get_by_role("radio", name=aspect, exact=True).check()
        self.page.get_by_role("button", name="Senden").click()
        expect(self.page.locator(".own .texts li").filter(has_text=text)).to_have_count(1)

    def result(self, statement: str) -> str:
        """What the phone says about a statement once it is revealed."""
        fact = self.item(statement).locator(".fact").first
        expect(fact).to_be_visible()
        return fact.inner_text()

    def sees_no_result(self) -> None:
        """Neither bars nor medians nor the word *result* are in the page, seen or unseen."""
        expect(self.page.locator(".bar, .fact, .result, .mine")).to_have_count(0)
        html = self.page.content()
        assert "in der Mitte" not in html
        assert "Ergebnis des Raums" not in html
