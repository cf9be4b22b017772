"""Home, preparation, invitation, legal pages: who gets in, and what stands there."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.problem import script_error
from pages.parts.text import esc, plain, shorten
from tests.pages.console_room import ROOT, TEMPLATE, House, house, html
from tests.pages.test_console import HOSTILE
from workshop import templates
from workshop.errors import Forbidden
from workshop.model import OPERATOR, Role, Strand

GUARDED = ("home", "setup", "moderator")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        yield found


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize("known", [True, False])
def test_a_cold_deep_link_without_a_right_says_how_to_get_in(
    room: House, name: str, known: bool
) -> None:
    at = room.page(name, w=room.workshop_id if known else "nothing")
    assert not at.exception
    assert "Bitte melden Sie sich an" in html(at)
    assert "/signin?next=" in html(at)
    assert "Smart Kassel" not in html(at)
    assert not at.button


def test_without_a_passphrase_none_is_asked_for(
    room: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.service.passphrase, "_hash", None)
    assert "/signin" not in html(room.page("home"))


@pytest.mark.parametrize("name", ["setup", "moderator"])
def test_another_workshops_moderator_stays_outside(room: House, name: str) -> None:
    other = room.service.create_workshop(OPERATOR, TEMPLATE)
    room.sign_in(other.workshop_id)
    assert "Bitte melden Sie sich an" in html(room.page(name, w=room.workshop_id))


def test_a_stage_link_opens_no_console(room: House) -> None:
    room.sign_in(room.workshop_id, Role.STAGE)
    for name in GUARDED:
        assert "Bitte melden Sie sich an" in html(room.page(name, w=room.workshop_id))


def test_a_wrong_address_is_a_sentence(room: House) -> None:
    room.sign_in()
    at = room.page("moderator", w="nothing")
    assert not at.exception
    assert "Diesen Workshop gibt es nicht." in html(at)


def test_the_entry_shows_home_and_guards_it(room: House) -> None:
    entry = str(ROOT / "pages" / "main.py")
    at = AppTest.from_file(entry, default_timeout=30).run()
    assert not at.exception
    assert "Bitte melden Sie sich an" in html(at)
    room.sign_in()
    at = AppTest.from_file(entry, default_timeout=30).run()
    assert "Workshop vorbereiten" in html(at)


def test_home_lists_ones_own_workshops_only(room: House) -> None:
    hostile = room.service.create_workshop(OPERATOR, TEMPLATE, title={"de": HOSTILE[0]})
    room.sign_in(room.workshop_id)
    own = html(room.page("home"))
    assert room.workshop_id in own and hostile.workshop_id not in own
    assert "Workshop vorbereiten" not in own
    room.sign_in()
    everything = html(room.page("home"))
    assert hostile.workshop_id in everything and "○ vorbereitet" in everything
    assert HOSTILE[0] not in everything and esc(HOSTILE[0]) in everything


def invitation(at: AppTest) -> AppTest:
    """The same page, turned to its invitation."""
    at.session_state["setup-part"] = "Einladen"
    return at.run()


def test_a_workshop_is_prepared_from_a_template(room: House) -> None:
    room.sign_in()
    at = room.page("setup")
    template = templates.load(templates.names()[0])
    assert esc(template.clusters[0].questions[0].text["de"]) in html(at)
    at.radio(key="setup-strand").set_value(Strand.CITIZENS)
    at.text_input[0].set_value("Bürgerrat **eins**")
    at.button(key="setup-create").click().run()
    assert not at.exception
    newest = room.service.workshops(OPERATOR)[0]
    assert (newest.title, newest.strand) == ({"de": "Bürgerrat **eins**"}, Strand.CITIZENS)
    assert newest.id in at.query_params["w"]
    assert "Bürgerrat **eins**" in html(at)
    at = invitation(at)
    links = [code.value for code in at.code]
    assert sum("/m/" in link for link in links) == 1
    assert sum("/s/" in link for link in links) == 1
    assert links[0].endswith(f"/j/{newest.join_code}")
    moderator = next(link for link in links if "/m/" in link).rsplit("/", 1)[1]
    assert room.service.sign_in_by_link(moderator)[1].workshop_id == newest.id


def test_how_many_are_invited_is_kept(room: House) -> None:
    room.sign_in(room.workshop_id)
    assert not any(
        "/m/" in c.value for c in invitation(room.page("setup", w=room.workshop_id)).code
    )
    at = room.page("setup", w=room.workshop_id, part="frame")
    at.number_input[0].set_value(32).run()
    assert not at.exception
    assert room.agenda.workshop.invited == 32
    assert "Gespeichert." in html(at)


@pytest.mark.parametrize(
    ("lang", "page", "heading"),
    [
        ("de", "privacy", "Datenschutzhinweise"),
        ("en", "imprint", "Imprint"),
        ("de", "accessibility", "Barrierefreiheit"),
    ],
)
def test_legal_pages_are_public(room: House, lang: str, page: str, heading: str) -> None:
    room.headers["Accept-Language"] = lang
    at = room.page("legal", page=page)
    assert not at.exception
    found = re.search(r"<h1>(.*?)</h1>", html(at))
    assert found is not None and heading in found[1]


def test_an_error_is_logged_without_what_people_wrote(
    room: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "einklang.pages"):
        try:
            raise ValueError("Frau Beispiel schrieb …")
        except ValueError as error:
            assert script_error(error) is True
    assert "ValueError" in caplog.text and "Beispiel" not in caplog.text


def test_a_refusal_is_no_error(room: House, caplog: pytest.LogCaptureFixture) -> None:
    assert script_error(Forbidden("not-allowed", "Please join the workshop first.")) is True
    assert "Forbidden" not in caplog.text


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_loses_nothing_and_leaves_no_markdown(text: str) -> None:
    label = plain(text)
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label.replace("\u2060", ""))
    assert unescaped == " ".join(text.split())
    assert not re.search(r"(?<!\\)[*_`~\[\]<>$#|]", label)
    assert "://" not in label and "www." not in label and "\n" not in label


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("kurz", 10) == "kurz"
    assert shorten("eins zwei drei vier", 12) == "eins zwei…"
    assert len(shorten("x" * 50, 12)) == 12
