"""The card to print: one page, tagged, in its language, with the words and the code on it."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest

from tests.rooms import Prepared
from workshop.card import PAPERS, Paper, card
from workshop.i18n import translator

BASE = "https://mitmachen.kassel.example"
SIZES = {"a4": (595, 842), "a5": (420, 595)}
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def opened(pdf: bytes) -> bytes:
    """A PDF with what is compressed in it written out behind."""
    found = [pdf]
    for packed in STREAM.findall(pdf):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue  # it wasn't compressed
    return b"\n".join(found)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", opened(pdf)))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_is_one_tagged_page_in_its_language(small: Prepared, paper: Paper, lang: str) -> None:
    made = card(small.agenda.workshop, BASE, translator(lang), paper)
    inside = opened(made)
    assert made.startswith(b"%PDF-1.7") and len(made) < 60_000 and pages(made) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", inside)
    assert box is not None and tuple(round(float(x)) for x in box.groups()) == SIZES[paper]
    assert b"/Marked true" in inside and b"/StructTreeRoot" in inside
    assert f"/Lang({lang})".encode() in inside
    assert b"pdfuaid:part>1<" in inside and b"Smart Kassel Council" in inside
    roles = re.findall(rb"/S\s*/(H1|Figure)\b", inside)
    assert sorted(roles) == [b"Figure", b"H1"]
    assert f"kassel.example/j/{small.agenda.workshop.join_code}".encode() in inside


def test_only_our_typeface_is_in_it(small: Prepared) -> None:
    made = opened(card(small.agenda.workshop, BASE, translator("de")))
    assert set(re.findall(rb"/BaseFont\s*/[A-Z]+\+([\w-]+)", made)) == {
        b"AtkinsonHyperlegibleNext-Regular",
        b"AtkinsonHyperlegibleNext-Bold",
    }


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "title", ['#panic("x") $ * _ <a> "\\', "Lang " * 16, "x" * 80, "Łódź – Straße, ‘42’"]
)
def test_whatever_the_title_is_it_stays_one_page(small: Prepared, paper: Paper, title: str) -> None:
    workshop = replace(small.agenda.workshop, title={"de": title})
    assert pages(card(workshop, BASE, translator("de"), paper)) == 1
