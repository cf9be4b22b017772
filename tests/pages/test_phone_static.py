"""The phone's files: colours as everywhere else, few bytes, a sentence for every refusal."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

from pages.phone import sentences
from pages.web import assets
from workshop.i18n import translator
from workshop.marks import ACCENTS, GROUND_DARK, GROUND_LIGHT, contrast

ROOT = Path(__file__).resolve().parents[2]
CSS = (assets.PHONE / "phone.css").read_text(encoding="utf-8")
REFUSING = ("answers.py", "whole_answers.py", "service/taking_part.py", "service/base.py")
HALF_OF_FIRST_USE = 20_000
"""Bytes, compressed: the seven kinds of question come with the first page, and no other waits."""
FOR_PHONES = frozenset({"require_open", "require_question"})
"""What the agenda refuses to phones; the rest are the moderator's moves."""


def shades(block: str) -> dict[str, str]:
    """The custom properties of a rule."""
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


def test_accents_are_those_of_the_house_and_readable_both_ways() -> None:
    light, dark = (shades(part) for part in CSS.split("prefers-color-scheme: dark", 1))
    assert (light["ground"], dark["ground"]) == (GROUND_LIGHT, GROUND_DARK)
    for name, accent in ACCENTS.items():
        assert (light[name], dark[name]) == (accent.light, accent.dark)
        assert f".c-{name} " in CSS
    for theme in (light, dark):
        for name in ("ink", "muted", "bad", "good", *ACCENTS):
            assert contrast(theme[name], theme["ground"]) >= 4.5
        for name in ("ink", "bad"):
            assert contrast(theme[name], theme["soft"]) >= 4.5
        assert contrast(theme["bar"], theme["ground"]) >= 3


def test_style_and_script_are_small() -> None:
    sizes = [len(gzip.compress(path.read_bytes(), 9)) for path in assets.PHONE.iterdir()]
    assert sum(sizes) < HALF_OF_FIRST_USE


def test_nothing_is_written_as_markup_by_the_script() -> None:
    for path in assets.PHONE.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|https?:", text)


def refusals(path: Path, functions: frozenset[str] = frozenset()) -> set[str]:
    """The codes that a file refuses with, or only these functions of it."""
    tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in functions]
    return {
        str(call.args[0].value)
        for part in (found if functions else [tree])
        for call in ast.walk(part)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in ("Refused", "Forbidden", "NotFound")
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_refusal_that_a_phone_can_meet_has_its_sentence() -> None:
    codes = refusals(ROOT / "workshop" / "agenda.py", FOR_PHONES)
    for name in REFUSING:
        codes |= refusals(ROOT / "workshop" / name)
    assert {"closed", "no-question", "too-long", "locked"} <= codes
    codes -= {"no-workshop"}  # the way back to /j
    german, english = translator("de"), translator("en")
    for code in codes:
        told = sentences.flash(german, code)
        assert told is not None, code
        assert not told.good and told.text != sentences.flash(english, code).text  # type: ignore[union-attr]
    assert sentences.flash(german, "<script>") is None and sentences.flash(german, None) is None
