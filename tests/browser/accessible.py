"""The one check of accessibility that every page's tests share, in both themes at once."""

from __future__ import annotations

import re
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsers import Scheme, at_rest

RULES: Final = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OF_COLOUR: Final = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that a theme can break: names, roles, order and sizes are the same in both."""

OF_STREAMLIT: Final = {("region", "listbox")}
"""What we can't reach: the open list of a select box, which Streamlit draws outside of <main>.

Good practice asks for a landmark around everything; WCAG doesn't, and the list is part of its
box for who listens.
"""

FIND: Final = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] })
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => [id, help, html]))
}"""
THEME: Final = "() => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"
FOLLOWS: Final = """(theme) => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g)
  const ground = Number(red) + Number(green) + Number(blue) < 384 ? "dark" : "light"
  const scene = document.querySelector(".stage-scene")
  return ground === theme && (!scene || scene.dataset.theme === theme)
}"""


def assert_accessible(page: Page, *, both_themes: bool = True) -> None:
    """axe-core finds nothing: WCAG 2.2 A and AA, and good practice; the page has its language.

    The page is seen in its reader's theme, and its colours in the other one too, in which it then
    stays: turning costs Streamlit's pages more than looking, so the next state is seen from
    there. With `both_themes` false, another test sees this state's colours.
    """
    _assert_silent(page, RULES)
    if both_themes:
        own: Scheme = page.evaluate(THEME)
        turn(page, "light" if own == "dark" else "dark")
        _assert_silent(page, OF_COLOUR)
    assert page.locator("html").get_attribute("lang") in ("de", "en"), page.url
    assert page.title(), page.url


def turn(page: Page, theme: Scheme) -> None:
    """The reader's device turns light or dark; returns once the page has followed."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(FOLLOWS, arg=theme)


def _assert_silent(page: Page, rules: dict[str, Any]) -> None:
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator(".einklang-figure:not([data-drawn])")).to_have_count(0)
    at_rest(page)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    told = [
        (rule, words, html[:300])
        for rule, words, html in page.evaluate(FIND, rules)
        if (rule, _role(html)) not in OF_STREAMLIT
    ]
    assert told == [], f"{page.url}, {page.evaluate(THEME)}: {told}"


def _role(html: str) -> str:
    found = re.match(r'<[^>]*\brole="(\w+)"', html)
    return found.group(1) if found else ""
