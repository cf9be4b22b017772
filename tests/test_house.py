"""The house keeps its own rules: rooms, sizes, and nothing that calls out."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 400
SOURCES = (".py", ".js", ".css", ".html")


def tracked(*suffixes: str) -> list[Path]:
    """The files that git knows, with one of these endings."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name.endswith(suffixes) and (ROOT / name).exists()]


def test_no_file_holds_more_than_one_thought() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in tracked(*SOURCES)}
    assert {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST} == {}


@pytest.mark.parametrize("folder", ["pages", "workshop", "db"])
def test_pages_scripts_and_styles_name_no_foreign_host(folder: str) -> None:
    foreign = re.compile(r"""(?:src|href|url|@import|fetch)\s*[=(:]?\s*["'(]\s*(?:https?:)?//""")
    named = [p for p in tracked(".html", ".css", ".js") if p.is_relative_to(ROOT / folder)]
    assert [str(p) for p in named if foreign.search(p.read_text(encoding="utf-8"))] == []


def test_requirements_are_pinned_exactly() -> None:
    lines = [
        line.split("#")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
    ]
    loose = [
        x
        for x in lines
        if x and not x.startswith("-r") and not re.fullmatch(r"[\w.\-\[\]]+==[\w.]+", x)
    ]
    assert loose == []
