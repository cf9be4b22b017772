"""The one check of accessibility that every page's tests share."""

from __future__ import annotations

import re
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsers import at_rest

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OF_STREAMLIT: Final = {("region", "listbox")}
"""What we can't reach: the open list of a select box, which Streamlit draws outside of <main>.

Good practice asks for a landmark around everything; WCAG doesn't, and the list is part of its
box for who listens.
"""


def _role(html: str) -> str:
    found = re.match(r'<[^>]*\brole="(\w+)"', html)
    return found.group(1) if found else ""


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing: WCAG 2.2 A and AA, and good practice; the page has its language."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator(".einklang-figure:not([data-drawn])")).to_have_count(0)
    at_rest(page)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    told = [
        (violation["id"], violation["help"], node["html"][:300])
        for violation in found
        for node in violation["nodes"]
        if (violation["id"], _role(node["html"])) not in OF_STREAMLIT
    ]
    assert told == [], f"{page.url}: {told}"
    assert page.locator("html").get_attribute("lang") in ("de", "en"), page.url
    assert page.title(), page.url
