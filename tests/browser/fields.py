"""What a changing page settles on: for a moment Streamlit may hold old and new side by side.

Whoever asks for "the" element in that moment is refused at once. So tests ask for exactly one:
with `is_there`, with `holds`, and for texts with a list of one, `to_have_text(["…"])`.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def is_there(wanted: Locator) -> None:
    """Exactly one of these can be seen, once the page has settled."""
    expect(wanted.filter(visible=True)).to_have_count(1)


def holds(page: Page, label: str, value: str) -> None:
    """The one field of that name holds the value; while a page changes there may be two of them."""
    page.wait_for_function(
        """([label, value]) => {
          const found = document.querySelectorAll(`[aria-label="${label}"]`)
          return found.length === 1 && found[0].value === value
        }""",
        arg=[label, value],
    )
