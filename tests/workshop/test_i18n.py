"""Words and numbers in the reader's language, and catalogues that are whole."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogues import Used, _jinja, _python, entries, findings, used
from workshop.i18n import LOCALE, N_, languages, negotiate, pick, translator

NBSP = "\N{NO-BREAK SPACE}"

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={n}; plural={rule};\\n"
"""
TWO = HEADER.format(n=2, rule="(n != 1)")


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small set of catalogues: German whole, English nearly, Turkish for phones only."""
    write(
        tmp_path,
        "de/phone.po",
        TWO
        + """
msgid "Hello {name}"
msgstr "Guten Tag, {name}"

msgid "{n} person"
msgid_plural "{n} people"
msgstr[0] "{n} Person"
msgstr[1] "{n} Personen"

#, fuzzy
msgid "Later"
msgstr "Bald"

msgid "Empty"
msgstr ""

msgid "half"
msgid_plural "halves"
msgstr[0] "halb"
msgstr[1] ""
""",
    )
    write(tmp_path, "de/console.po", TWO + '\nmsgid "Close round"\nmsgstr "Runde schließen"\n')
    write(tmp_path, "en/console.po", TWO + '\nmsgid "Close round"\nmsgstr "Close this round"\n')
    write(
        tmp_path,
        "tr/phone.po",
        HEADER.format(n=1, rule="0")
        + '\nmsgid "{n} person"\nmsgid_plural "{n} people"\nmsgstr[0] "{n} kişi"\n',
    )
    write(tmp_path, "ar/phone.po", TWO + '\nmsgid "Hello {name}"\nmsgstr "مرحبا {name}"\n')
    return tmp_path


def test_the_catalogues_are_whole() -> None:
    asked = used()
    assert asked.problems == []
    assert {lang: problems for lang, problems in findings(asked).items() if problems} == {}


@pytest.fixture(scope="module")
def asked() -> Used:
    """What the sources ask for."""
    return used()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("role", ["core", "phone", "sentences", "stage", "results", "export"])
def test_no_role_may_lack_a_translation(asked: Used, tmp_path: Path, lang: str, role: str) -> None:
    shutil.copytree(LOCALE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / lang / f"{role}.po"
    head, *messages = path.read_text(encoding="utf-8").strip().split("\n\n")
    elsewhere = {e.msgid for e in entries(lang, tmp_path) if e.role != role}
    gone = next(
        e.msgid for e in entries(lang, tmp_path) if e.role == role and e.msgid not in elsewhere
    )
    left = [message for message in messages if f'msgid "{gone}"\n' not in message]
    assert len(left) == len(messages) - 1
    path.write_text("\n\n".join([head, *left]) + "\n", encoding="utf-8")
    assert [p for p in findings(asked, tmp_path)[lang] if p.startswith("missing") and gone in p]


def test_messages_and_plurals(folder: Path) -> None:
    t = translator("de", folder)
    assert t("Hello {name}", name="Ada") == "Guten Tag, Ada"
    assert t.n("{n} person", "{n} people", 1) == "1 Person"
    assert t.n("{n} person", "{n} people", 0) == "0 Personen"
    assert t.n("{n} person", "{n} people", 1503) == "1.503 Personen"


def test_what_is_missing_reads_as_its_msgid_and_never_fails(folder: Path) -> None:
    t = translator("de", folder)
    assert t("Later") == "Later"
    assert t("Empty") == "Empty"
    assert t("") == ""
    assert t.n("half", "halves", 2) == "halves"
    assert t("Hello {name}", other=1) == "Guten Tag, {name}"
    assert t("not { a } {placeholder", x=1) == "not { a } {placeholder"


def test_a_language_is_a_file_and_nothing_else(folder: Path) -> None:
    assert languages("phone", folder) == ("de", "ar", "tr")
    assert languages("console", folder) == ("de", "en")
    turkish = translator("tr", folder)
    assert turkish.lang == "tr" and turkish.language_name == "Türkçe"
    assert turkish.n("{n} person", "{n} people", 2) == "2 kişi"
    # What a language does not have is read in English, as the English catalogue words it.
    assert turkish("Close round") == "Close this round"


def test_a_broken_or_unheard_of_catalogue_still_gives_words(folder: Path) -> None:
    good = '\nmsgid "Close round"\nmsgstr "Ronde"\n'
    write(folder, "fr/console.po", TWO + good)
    write(folder, "fr/phone.po", TWO + "\nnonsense\n")
    (folder / "fr/stage.po").write_bytes(TWO.encode() + b'\nmsgid "x"\nmsgstr "\xff"\n')
    write(folder, "xx/console.po", TWO + good)
    french, unheard_of = translator("fr", folder), translator("xx", folder)
    assert french("Close round") == unheard_of("Close round") == "Ronde"
    assert unheard_of.language_name == "xx" and unheard_of.number(1.5) == "1,5"
    # The check is less forgiving than the room.
    with pytest.raises(ValueError, match=r"fr/phone\.po, line 6: Unknown"):
        findings(Used(), folder)


def test_direction(folder: Path) -> None:
    assert translator("ar", folder).direction == "rtl"
    assert translator("de", folder).direction == "ltr"


@pytest.mark.parametrize("lang", ["xx", "", "../de", "de/../en", "DE", "\0"])
def test_an_unknown_language_is_german(lang: str) -> None:
    assert translator(lang).lang == "de"


@given(st.text(), st.text())
def test_values_stay_text(name: str, other: str) -> None:
    t = translator("de")
    assert t("<{x}|{y}>", x=name, y=other) == f"<{name}|{other}>"


@given(st.text(), st.dictionaries(st.text(), st.text()), st.integers())
def test_no_message_can_fail(msgid: str, params: dict[str, str], n: int) -> None:
    for lang in ("de", "en"):
        t = translator(lang)
        assert isinstance(t(msgid, **params), str)
        assert isinstance(t.n(msgid, msgid, n, **params), str)


@given(st.floats(), st.integers(0, 6))
def test_no_number_can_fail(x: float, digits: int) -> None:
    t = translator("en")
    for written in (t.number(x), t.decimal(x, digits), t.signed(x, digits), t.percent(x, digits)):
        assert written
        assert "nan" not in written.lower() and "-" not in written


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_read_back(x: int) -> None:
    for lang, mark in (("de", "."), ("en", ",")):
        written = translator(lang).number(x)
        assert int(written.replace(mark, "").replace("−", "-")) == x


def test_numbers_as_each_language_writes_them() -> None:
    de, en = translator("de"), translator("en")
    assert (de.number(1503.25), en.number(1503.25)) == ("1.503,25", "1,503.25")
    assert (de.decimal(71.25, 1), en.decimal(71.25, 1)) == ("71,3", "71.3")
    assert (de.decimal(70, 2), de.decimal(0.5, 0), de.decimal(2.5, 0)) == ("70,00", "1", "3")
    assert (de.percent(0.71), en.percent(0.71)) == (f"71{NBSP}%", "71%")
    assert (de.percent(0.125), de.percent(0.125, 1)) == (f"13{NBSP}%", f"12,5{NBSP}%")
    assert de.number(-3) == "−3"
    assert de.number(None) == de.decimal(float("nan"), 1) == de.percent(None) == "–"


def test_changes_carry_their_sign() -> None:
    t = translator("de")
    assert [t.signed(x) for x in (11, -3.4, 0, 0.4, -0.4)] == ["+11", "−3", "±0", "±0", "±0"]
    assert [t.signed(x, 1) for x in (1.25, -0.05, 0.04)] == ["+1,3", "−0,1", "±0,0"]
    assert t.signed(None) == "–"


def test_moments_are_told_in_local_time() -> None:
    moment = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    de, en = translator("de"), translator("en")
    assert (de.time(moment), en.time(moment)) == ("00:30", "00:30")
    assert (de.date(moment), en.date(moment)) == ("2. Juli 2026", "July 2, 2026")
    assert de.datetime(moment) == "02.07.2026, 00:30"
    assert de.datetime(moment.replace(tzinfo=None)) == de.datetime(moment)
    assert de.date(moment.replace(tzinfo=None)) == de.date(moment)
    assert en.datetime(moment) == "Jul 2, 2026, 00:30"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, "de"),
        ("", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.3, de;q=0.2", "en"),
        ("en;q=0, de", "de"),
        ("en;q=0.5, de-AT;q=0.6", "de"),
        ("TR", "tr"),
        ("fr, *;q=0.1", "de"),
        ("en;q=broken, tr;q=0.1", "tr"),
        (";;;,,q=,=;q=1" * 50, "de"),
    ],
)
def test_negotiation(header: str | None, wanted: str) -> None:
    assert negotiate(header, ("de", "en", "tr")) == wanted


def test_negotiation_without_german() -> None:
    assert negotiate("fr", ("tr",)) == "tr"
    assert negotiate("fr", ()) == "de"


@given(st.text())
def test_any_header_gives_an_available_language(header: str) -> None:
    assert negotiate(header, ("de", "en")) in ("de", "en")


def test_pick() -> None:
    both = {"de": "Mobilität", "en": "Mobility"}
    assert pick(both, "en") == "Mobility"
    assert pick(both, "tr") == "Mobilität"
    assert pick({"en": "Mobility", "fr": "Mobilité"}, "de") == "Mobility"
    assert pick({"de": "", "fr": "Mobilité"}, "de") == "Mobilité"
    assert pick({}, "de") == ""
    assert N_("Open the round") == "Open the round"


def test_extraction_finds_every_way_to_ask() -> None:
    found = Used()
    _python(
        'self.t("A"); _("B"); t.n("{n} c", "{n} cs", n); N_("D" if x else "E")\n'
        'Refused("code", "F"); NotFound("code", N_("G")); t(variable); other.n("no", "no", 1)\n'
        't(f"no {x}"); t("no" + x)\n',
        "x.py",
        found,
    )
    _jinja(
        '{{ t("H") }} {{ t.n("{n} i", "{n} is", n) }} {{ t("J" if x else "K") }} {{ t(v) }}'
        '{{ t("no" ~ x) }}',
        "x.html",
        found,
    )
    assert set(found.messages) == {"A", "B", "{n} c", "D", "E", "F", "G", "H", "{n} i", "J", "K"}
    assert found.messages["{n} c"] == "{n} cs"
    assert [p.partition(": ")[0] for p in found.problems] == ["x.py:3", "x.py:3", "x.html:1"]


def test_findings_name_what_is_wrong(folder: Path) -> None:
    write(folder, "de/stage.po", TWO + '\nmsgid "Close round"\nmsgstr "Schließen {x}"\n')
    asked = Used()
    for text in ("Hello {name}", "Close round", "Later", "Never translated"):
        asked.add([text], "x.py:1")
    asked.add(["{n} person", "{n} people"], "x.py:2")
    wrong = findings(asked, folder)
    told = "\n".join(wrong["de"])
    for expected in (
        "missing (x.py:1): 'Never translated'",
        "empty or fuzzy in phone: 'Later'",
        "unused in phone: 'Empty'",
        "two wordings in console and stage: 'Close round'",
        "stage: placeholders differ: 'Close round'",
    ):
        assert expected in told
    # Turkish promises the phone's words only, and all of them.
    assert [p for p in wrong["tr"] if "Close round" in p] == []
    assert "missing (x.py:1): 'Hello {name}'" in wrong["tr"]
