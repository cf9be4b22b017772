"""The legal texts, as files that a city edits: `texts/<kind>.<lang>.md`.

They use headings (`#`, `##`), paragraphs and lists (`- `), and nothing else, so that any page can
show them without a Markdown library, and nothing in them can be a script. A line break in a
paragraph stays one, so that addresses look like addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from workshop.i18n import DEFAULT, FALLBACK

FOLDER: Final = Path(__file__).parent / "texts"
KINDS: Final = ("privacy", "imprint", "accessibility")

_PLACE = re.compile(r"\[[^\]]+\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: `kind` is "h1", "h2", "p" or "ul", `lines` its lines or items."""

    kind: str
    lines: tuple[str, ...]


def legal(kind: str, lang: str, folder: Path = FOLDER) -> str:
    """The text in this language, else in German, else in English, as Markdown.

    Raises:
        KeyError: for a kind that there is no text of.
    """
    if kind in KINDS:
        # `lang` may come from a cookie: only a file name that the folder holds is opened.
        held = {path.name: path for path in folder.glob(f"{kind}.*.md")}
        for choice in (lang, DEFAULT, FALLBACK):
            if f"{kind}.{choice}.md" in held:
                return held[f"{kind}.{choice}.md"].read_text(encoding="utf-8")
    raise KeyError(kind)


def spoken(kind: str, lang: str, folder: Path = FOLDER) -> str:
    """The language that `legal` gives a text in."""
    held = {path.name for path in folder.glob(f"{kind}.*.md")}
    return next((c for c in (lang, DEFAULT, FALLBACK) if f"{kind}.{c}.md" in held), lang)


@lru_cache(maxsize=64)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The text as blocks of plain text, for a page that escapes and lays them out itself."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", markdown.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        heading = re.match(r"(#{1,2}) +(.+)", lines[0])
        if heading:
            found.append(Block(f"h{len(heading[1])}", (heading[2],)))
            lines = lines[1:]
        if lines and lines[0].startswith("- "):
            items: list[str] = []
            for line in lines:
                if line.startswith("- "):
                    items.append(line[2:].strip())
                else:
                    items[-1] += " " + line
            found.append(Block("ul", tuple(items)))
        elif lines:
            found.append(Block("p", tuple(lines)))
    return tuple(found)


def open_places(kind: str, lang: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The places in square brackets that nobody has filled in yet."""
    return tuple(_PLACE.findall(legal(kind, lang, folder)))
