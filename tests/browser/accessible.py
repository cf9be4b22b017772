"""The one check of accessibility that every page's tests share."""

from __future__ import annotations

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Fonts and transitions change contrast and size: axe looks when the page has come to rest.
REST: Final = """async () => {
  await document.fonts.ready
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
}"""


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing: WCAG 2.2 A and AA, and good practice; the page has its language."""
    page.evaluate(REST)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    told = [(v["id"], v["help"], [n["html"][:300] for n in v["nodes"][:3]]) for v in found]
    assert told == [], page.url
    assert page.locator("html").get_attribute("lang") in ("de", "en"), page.url
    assert page.title(), page.url
