"""People's text on Streamlit pages: it stays text, whatever it looks like.

`esc` for what goes into `st.html`, `plain` for the few places where Streamlit reads Markdown and
nothing else can be used: labels of widgets and options.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from workshop.i18n import pick

_JOINER: Final = "\u2060"
"""Word joiner: invisible, without width, and it breaks what looks like an address or an emoji."""

_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
# Streamlit and its Markdown library look for these again after the escapes have been read:
# addresses and `www.`, e-mail, `:emoji:` and `:material/…:`, arrows, dashes.
_LOOKED_FOR: Final = frozenset(":@-/<>=.~$+")


def esc(text: str) -> str:
    """The text for HTML, in an element or in a quoted attribute."""
    return html.escape(text, quote=True)


def plain(text: str) -> str:
    """The text for a widget's label: read as Markdown it shows itself, on one line."""
    return _PUNCTUATION.sub(_literal, " ".join(text.split()))


def _literal(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}{_JOINER}" if char in _LOOKED_FOR else f"\\{char}"


def local(text: Mapping[str, str], lang: str) -> str:
    """A bilingual text, ready for HTML."""
    return esc(pick(text, lang))


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, cut at a space where there is one nearby."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:–-") + "…"
