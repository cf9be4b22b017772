"""Fields on pages that change: the one that a page settles on."""

from __future__ import annotations

from playwright.sync_api import Page


def holds(page: Page, label: str, value: str) -> None:
    """The one field of that name holds the value; while a page changes there may be two of them."""
    page.wait_for_function(
        """([label, value]) => {
          const found = document.querySelectorAll(`[aria-label="${label}"]`)
          return found.length === 1 && found[0].value === value
        }""",
        arg=[label, value],
    )
