"""What a phone may not do, and that each refusal is a sentence and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.phone import gate
from tests.pages.phones import Room, room
from workshop.model import OPERATOR, QuestionKind

NOVEL = "Ein sehr langer Satz. " * 40
JSON = {"accept": "application/json"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def test_an_unknown_code_says_so_and_keeps_what_was_typed(here: Room) -> None:
    phone = here.phone()
    page = phone.press(phone.open("/j").forms()[0], code="1234 5678")
    assert "Zu diesem Code gibt es keinen Workshop" in page.text
    assert page.soup.find("input", attrs={"name": "code"})["value"] == "1234 5678"
    page = phone.press(page.forms()[0], code="12x")
    assert "Zu diesem Code" in page.text
    assert "Zu diesem Code" in phone.press(page.forms()[0], code="").text
    for path in ("join", "answer", "sheet", "contribute", "erase"):
        assert phone.client.post(f"/j/12345678/{path}").status_code == 303
        assert phone.client.post(f"/j/12345678/{path}", headers=JSON).json()["state"] == "no-code"


def test_answers_that_do_not_count(here: Room) -> None:
    (one,) = here.rated("Mehr Bäume")
    phone = here.phone()
    phone.join()
    round_ = here.opened()
    good = {"round": round_.id, "statement": one, "value": "3"}
    cases = [
        ({**good, "value": "9"}, 422, "bad-value", "Diese Stufe gibt es auf der Skala nicht"),
        ({**good, "value": ""}, 422, "bad-value", "Diese Stufe gibt es auf der Skala nicht"),
        ({**good, "statement": "nope"}, 404, "no-statement", "wird in dieser Runde nicht gefragt"),
        ({**good, "round": "nope"}, 409, "closed", "Diese Runde ist geschlossen"),
        ({}, 409, "closed", "Diese Runde ist geschlossen"),
    ]
    url = f"/j/{here.code}/answer"
    for data, status, code, sentence in cases:
        reply = phone.client.post(url, data=data, headers=JSON)
        assert (reply.status_code, reply.json()["state"]) == (status, code)
        assert reply.json()["ok"] is False and reply.json()["message"]
        page = phone.client.post(url, data=data)
        assert page.status_code == 303
        assert sentence in phone.open(page.headers["location"]).text
    assert here.service.room(OPERATOR, here.workshop, round_.id).answered == 0
    for _ in range(3):
        assert phone.client.post(url, data=good, headers=JSON).json()["state"] == "saved"
    assert here.service.room(OPERATOR, here.workshop, round_.id).answered == 1


def test_a_closed_round_takes_nothing_and_loses_nothing(here: Room) -> None:
    (one,) = here.rated("Mehr Bäume")
    phone = here.phone()
    phone.join()
    here.opened()
    form = phone.open().forms()[0]
    phone.press(form, "value", "4")
    here.close()
    late = phone.press(form, "value", "1")
    assert "Diese Runde ist geschlossen" in late.text and "4, wichtig" in late.text
    here.opened(QuestionKind.COLLECT)
    form = phone.open().forms()[0]
    here.close(QuestionKind.COLLECT)
    page = phone.press(form, text="Mein später Gedanke", aspect="goal")
    assert "Diese Runde ist geschlossen" in page.text and "Mein später Gedanke" in page.text
    here.opened(QuestionKind.COLLECT)  # it goes on: the text is in the form again
    form = phone.open().forms()[0]
    assert form.find("textarea").string.strip() == "Mein später Gedanke"
    assert form.find("input", attrs={"checked": True})["value"] == "goal"
    assert one


def test_texts_that_can_not_be_taken_come_back(here: Room) -> None:
    phone = here.phone()
    phone.join()
    here.opened(QuestionKind.COLLECT)
    page = phone.open()
    page = phone.press(page.forms()[0], text="   ", aspect="goal")
    assert "Noch steht hier kein Text" in page.text
    page = phone.press(page.forms()[0], text=NOVEL, aspect="interest")
    assert "879 Zeichen sind zu viele" in page.text and "879 von 500 Zeichen" in page.text
    assert page.soup.find("textarea").string.strip() == NOVEL.strip()
    page = phone.press(phone.open().forms()[0], text="x" * 501)
    assert "501 Zeichen sind zu viele" in page.text
    page = phone.press(page.forms()[0], text="Kurz", aspect="nonsense")
    assert "Ist es eine Perspektive" in page.text
    assert page.soup.find("textarea").string.strip() == "Kurz"
    page = phone.press(page.forms()[0], text="x" * 500)
    assert "Gespeichert." in page.text and not page.soup.find("textarea").string.strip()


def test_a_huge_form_and_a_strange_one_are_sentences(here: Room) -> None:
    phone = here.phone()
    phone.join()
    round_ = here.opened(QuestionKind.COLLECT)
    url = f"/j/{here.code}/contribute"
    reply = phone.client.post(url, data={"round": round_.id, "text": "x" * 4_100_000})
    assert reply.status_code == 303 and "zu groß" in phone.open(reply.headers["location"]).text
    for content, kind in (
        (b"\xff\xfe\0", "application/octet-stream"),
        (b"a", "multipart/form-data"),
    ):
        reply = phone.client.post(url, content=content, headers={"content-type": kind})
        assert reply.status_code == 303
    files = {"text": ("a.txt", b"boo"), "round": (None, round_.id), "aspect": (None, "goal")}
    assert phone.client.post(url, files=files).status_code == 303
    reply = phone.client.post(url, data={"round": round_.id, "aspect": "goal", "text": "a\0b"})
    assert reply.status_code == 303 and "ab" in phone.open().text


def test_who_has_not_joined_is_asked_to(here: Room) -> None:
    (one,) = here.rated("Mehr Bäume")
    round_ = here.opened()
    phone = here.phone()
    data = {"round": round_.id, "statement": one, "value": "3"}
    reply = phone.client.post(f"/j/{here.code}/answer", data=data)
    page = phone.open(reply.headers["location"])
    assert "treten Sie dem Workshop zuerst bei" in page.text
    assert page.forms()[0].find("button", attrs={"name": "segment"})
    reply = phone.client.post(f"/j/{here.code}/answer", data=data, headers=JSON)
    assert reply.status_code == 403
    bad = phone.client.post(f"/j/{here.code}/join", data={"segment": "kings"})
    assert "eine der Gruppen" in phone.open(bad.headers["location"]).text
    assert "einklang" not in phone.client.cookies


def test_a_locked_door_lets_only_those_in_who_were(here: Room) -> None:
    inside, outside = here.phone(), here.phone()
    inside.join()
    form = outside.open().forms()[0]
    here.service.lock_door(OPERATOR, here.workshop, True)
    page = outside.press(form, "segment", "science")
    assert "Die Tür ist geschlossen" in page.text and not page.forms()
    assert inside.open().state == "waiting"


@pytest.mark.parametrize("token", ["x", "a" * 31, "a" * 33, "'" * 32, ""])
def test_a_forged_secret_is_not_taken(here: Room, token: str) -> None:
    phone = here.phone()
    phone.client.cookies.set("einklang", token)
    reply = phone.client.post(f"/j/{here.code}/join", data={"segment": "none", "key": token})
    assert f"einklang={token};" not in reply.headers["set-cookie"]


def test_a_foreign_page_changes_nothing(here: Room) -> None:
    phone = here.phone()
    phone.join()
    for path in ("join", "answer", "sheet", "contribute", "erase"):
        headers = {"sec-fetch-site": "cross-site"}
        assert phone.client.post(f"/j/{here.code}/{path}", headers=headers).status_code == 403
    assert phone.open().state == "waiting"


def test_guessing_codes_is_slow_and_a_hall_is_not(here: Room) -> None:
    guesser = here.phone()
    for n in range(gate.WRONG_CODES):
        assert guesser.client.get(f"/j/{10_000_000 + n}").status_code == 303
    stopped = guesser.client.get("/j/99999999")
    assert stopped.status_code == 429 and int(stopped.headers["retry-after"]) > 0
    assert "zu viele falsche Codes" in stopped.text
    assert guesser.client.post("/j/99999999/join").status_code == 303
    assert guesser.client.get("/j/99999999/events", headers=JSON).status_code == 429
    # The right code isn't told from a wrong one either, as this address never knew it.
    assert guesser.client.get(f"/j/{here.code}").status_code == 429


def test_two_hundred_phones_behind_one_address_join(here: Room) -> None:
    form = here.phone().open().forms()[0]
    for n in range(gate.WRONG_CODES + 5):
        here.phone().client.get(f"/j/{10_000_000 + n}")
    for _ in range(200):
        reply = here.phone().client.post(str(form["action"]), data={"segment": "none"})
        assert reply.status_code == 303 and "einklang" in reply.cookies
    assert here.service.room(OPERATOR, here.workshop).joined == 200


def test_the_gate_forgets_after_a_minute_and_knows_networks() -> None:
    now = [0.0]
    door = gate.Gate(lambda: now[0])
    for _ in range(gate.WRONG_CODES):
        door.check("a", "1")
        door.wrong("a")
    with pytest.raises(gate.TooMany) as refusal:
        door.check("a", "1")
    assert refusal.value.wait == 60
    door.check("b", "1")
    now[0] = gate.WINDOW
    door.check("a", "1")
    assert gate.network("2001:db8::1") == gate.network("2001:db8::ffff:1")
    assert gate.network("2001:db8:0:1::1") != gate.network("2001:db8::1")
    assert gate.network("192.0.2.1") != gate.network("192.0.2.2")
    assert gate.network(None) == "" and gate.network("testclient") == "testclient"
