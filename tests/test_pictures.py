"""Every picture that the documents show is there, is light, and no other one lies about."""

from __future__ import annotations

import re
from pathlib import Path

from tests.screenshots import DOCS, HEAVIEST

ROOT = DOCS.parent


def test_documents_and_pictures_match() -> None:
    shown: set[Path] = set()
    for document in (ROOT / "README.md", DOCS / "screens.md"):
        text = document.read_text(encoding="utf-8")
        for name in re.findall(r'(?:src="|\]\()([^")]+\.png)', text):
            shown.add((document.parent / name).resolve())
        for picture in re.findall(r"<img [^>]+>", text):
            assert re.search(r'alt="[^"]+"', picture), picture
    assert shown == set(DOCS.glob("*.png"))


def test_pictures_are_light() -> None:
    assert [p.name for p in DOCS.glob("*.png") if p.stat().st_size > HEAVIEST] == []
