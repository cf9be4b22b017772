"""A language is a file: Turkish has one, and the phone speaks Turkish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.catalogues import Used, _jinja, _python, entries
from tests.pages.phones import Room, room
from workshop.i18n import LOCALE, languages
from workshop.model import QuestionKind

ROOT: Final = Path(__file__).resolve().parents[2]
OF_PHONES: Final = (
    "workshop/answers.py",
    "workshop/whole_answers.py",
    "workshop/service/taking_part.py",
)
"""What refuses a phone something, in sentences."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def test_turkish_is_one_file() -> None:
    assert [path.name for path in (LOCALE / "tr").iterdir()] == ["phone.po"]
    assert languages("phone") == ("de", "en", "tr") and languages("console") == ("de", "en")


def test_one_file_has_all_that_a_phone_can_say() -> None:
    said = Used()
    for path in [*ROOT.glob("pages/phone/*.py"), *(ROOT / name for name in OF_PHONES)]:
        _python(path.read_text(encoding="utf-8"), path.name, said)
    for path in ROOT.glob("pages/phone/templates/*.html"):
        _jinja(path.read_text(encoding="utf-8"), path.name, said)
    assert said.messages.keys() <= {e.msgid for e in entries("de") if e.role == "phone"}


def test_a_phone_speaks_turkish_from_the_door_to_a_refusal(here: Room) -> None:
    (statement,) = here.rated("Mehr Bäume")
    phone = here.phone()
    links = phone.open().soup.select("header nav a")
    assert [(a["hreflang"], a.get_text(" ", strip=True)) for a in links] == [
        ("en", "EN English"), ("tr", "TR Türkçe")
    ]  # fmt: skip
    door = phone.open(str(links[1]["href"]))
    assert door.soup.html["lang"] == "tr" and "Hangi gruptansınız?" in door.text
    # What the workshop itself says is in German, and says so to whoever listens.
    group = door.soup.find("button", attrs={"value": "science"})
    assert (group.get_text(), group["lang"]) == ("Wissenschaft", "de")
    joined = phone.join()
    assert "Katıldınız." in joined.text and "Grubunuz: Wissenschaft" in joined.text
    opened = here.opened()
    page = phone.open()
    assert page.soup.find("h1")["lang"] == "de" and "0 / 1 kaydedildi" in page.text
    assert "lang" not in page.soup.find("h2").attrs  # nobody knows what people write in
    answer = {"round": opened.id, "statement": statement, "value": "9"}
    asked = {"accept": "application/json"}
    refused = phone.client.post(f"/j/{here.code}/answer", data=answer, headers=asked).json()
    assert refused["message"] == "Lütfen 1 ile 5 arasında bir basamak ya da “yanıt yok” seçin."
    here.close()
    late = {**answer, "value": "3"}
    refused = phone.client.post(f"/j/{here.code}/answer", data=late, headers=asked).json()
    assert refused["message"].startswith("Bu tur kapandı.")
    here.opened(QuestionKind.COLLECT)
    assert "Bakış açısı" in phone.open().text
    privacy = phone.open("/j/privacy")
    assert privacy.soup.html["lang"] == "tr"
    assert privacy.soup.select_one("main > div")["lang"] == "de"


def test_a_wrong_group_can_be_corrected_from_the_first_page_on(here: Room) -> None:
    phone = here.phone()
    waiting = phone.join("business")
    assert "Ihre Gruppe: Wirtschaft" in waiting.text
    me = phone.open(str(waiting.soup.find("a", string="Gruppe ändern")["href"]))
    phone.press(me.forms()[0], "segment", "science")
    assert "Ihre Gruppe: Wissenschaft" in phone.open().text


def test_what_is_deleted_is_deleted_in_the_browser_too(here: Room) -> None:
    phone = here.phone()
    assert "forget.js" not in phone.open().response.text
    phone.join()
    gone = phone.press(phone.open(f"/j/{here.code}/erase").forms()[0])
    assert gone.soup.find("script", src=lambda s: s and s.endswith("/forget.js"))


def test_my_details_say_what_can_still_be_changed(here: Room) -> None:
    (statement,) = here.rated("Mehr Bäume")
    phone = here.phone()
    phone.join()
    here.opened()
    form = next(f for f in phone.open().forms() if f.find("input", attrs={"value": statement}))
    phone.press(form, "value", "4")
    sentence = "Sie können Ihre Antworten noch ändern."
    assert sentence in phone.open(f"/j/{here.code}/me").text
    here.close()
    closed = phone.open(f"/j/{here.code}/me")
    assert sentence not in closed.text and "4, wichtig" in closed.text
