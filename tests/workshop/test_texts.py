"""The legal texts that a city edits: both languages, all kinds, only what every page can show."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.texts import FOLDER, KINDS, blocks, legal, open_places

ALL = list(product(KINDS, ("de", "en")))


@pytest.mark.parametrize(("kind", "lang"), ALL)
def test_every_text_is_there_and_plain(kind: str, lang: str) -> None:
    text = legal(kind, lang)
    found = blocks(text)
    assert [b.kind for b in found].count("h1") == 1 and found[0].kind == "h1"
    assert [b.kind for b in found].count("h2") >= 3
    for line in (line for block in found for line in block.lines):
        # No markup that a page would have to render, no address that would have to be a link.
        assert not re.search(r"[<>*`|#]|\]\(|https?:|^\d+\. ", line)
    # Nothing is lost on the way into blocks.
    shown = "".join(line for block in found for line in block.lines)
    assert re.sub(r"\s", "", shown) == re.sub(r"(?m)^(#+|-) |\s", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_things(kind: str) -> None:
    german, english = (blocks(legal(kind, lang)) for lang in ("de", "en"))
    assert [b.kind for b in german] == [b.kind for b in english]
    assert [len(b.lines) for b in german] == [len(b.lines) for b in english]
    assert len(open_places(kind, "de")) == len(open_places(kind, "en")) >= 3


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_privacy_notice_names_every_cookie(lang: str) -> None:
    text = legal("privacy", lang)
    ours = ("einklang:", "einklang_lang:", "einklang_person:")
    for name in (*ours, "_streamlit_xsrf", "_streamlit_session"):
        assert name in text
    assert "HttpOnly" in text and "IP" in text and "TDDDG" in text


def test_a_city_replaces_a_file_and_may_leave_a_language_out(tmp_path: Path) -> None:
    (tmp_path / "imprint.de.md").write_text("# Impressum\n\nStadt\nPlatz 1\n", encoding="utf-8")
    (tmp_path / "privacy.en.md").write_text("# Privacy", encoding="utf-8")
    assert legal("imprint", "tr", tmp_path) == legal("imprint", "de", tmp_path)
    assert legal("privacy", "de", tmp_path) == "# Privacy"
    assert blocks(legal("imprint", "de", tmp_path))[1].lines == ("Stadt", "Platz 1")
    assert open_places("imprint", "de", tmp_path) == ()
    with pytest.raises(KeyError):
        legal("accessibility", "de", tmp_path)


@pytest.mark.parametrize("lang", ["../de", "de.md/..", "", "\0", "*"])
def test_a_language_is_no_path(lang: str) -> None:
    assert legal("imprint", lang) == legal("imprint", "de")


@pytest.mark.parametrize("kind", ["", "../i18n", "privacy.de", "terms"])
def test_an_unknown_kind_is_an_error(kind: str) -> None:
    with pytest.raises(KeyError):
        legal(kind, "de")


@given(st.text())
def test_any_text_becomes_blocks(text: str) -> None:
    for block in blocks(text):
        assert block.kind in ("h1", "h2", "p", "ul") and block.lines


def test_the_folder_holds_nothing_else() -> None:
    assert {p.name for p in FOLDER.iterdir()} == {f"{kind}.{lang}.md" for kind, lang in ALL}
