"""An evening on a phone without JavaScript, and the contract of its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pages.web import site
from tests.pages.phones import Phone, Room, room
from workshop.model import OPERATOR, QuestionKind


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def answer(phone: Phone, statement: str, value: str):  # type: ignore[no-untyped-def]
    page = phone.open()
    form = next(f for f in page.forms() if f.find("input", attrs={"value": statement}))
    return phone.press(form, "value", value)


def saved(page, statement: str) -> str:  # type: ignore[no-untyped-def]
    section = page.soup.find(id=f"s-{statement}")
    return " ".join(section.find(class_="said").get_text(" ").split())


def test_the_digits_lead_in_however_they_are_typed(here: Room) -> None:
    phone = here.phone()
    form = phone.open("/j").forms()[0]
    field = form.find("input", attrs={"name": "code"})
    assert field["inputmode"] == "numeric"
    for typed in (f"{here.code[:4]} {here.code[4:]}", f" {here.code} ", "-".join(here.code)):
        page = phone.press(form, code=typed)
        assert urlsplit(page.path).path == f"/j/{here.code}"


def test_one_tap_joins_and_the_cookie_says_who(here: Room) -> None:
    phone = here.phone()
    page = phone.open()
    assert not phone.client.cookies
    assert [b["value"] for b in page.forms()[0].find_all("button", attrs={"name": "segment"})] == [
        "science", "business", "administration", "politics", "other", "none"
    ]  # fmt: skip
    assert page.soup.find("a", href=lambda h: h and h.startswith("/j/privacy"))
    assert page.soup.find("a", href=lambda h: h and h.startswith("/j/imprint"))
    joined = phone.join("science")
    assert joined.state == "waiting" and not joined.forms()
    assert phone.open().state == "waiting"


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_secure_only_over_https(here: Room, secure: bool) -> None:
    site.here.secure = secure
    try:
        reply = here.phone().client.post(f"/j/{here.code}/join", data={"segment": "none"})
    finally:
        site.here.secure = False
    cookie = reply.headers["set-cookie"].lower()
    assert reply.status_code == 303 and "einklang=" in cookie and "httponly" in cookie
    assert "samesite=lax" in cookie and "path=/" in cookie and "max-age=15552000" in cookie
    assert ("secure" in cookie) is secure


def test_a_doubled_tap_on_joining_is_one_person(here: Room) -> None:
    one, other = here.phone(), here.phone()
    form = one.open().forms()[0]
    one.press(form, "segment", "science")
    other.press(form, "segment", "science")  # the same form, sent again before the cookie came
    assert here.service.room(OPERATOR, here.workshop).joined == 1


def test_joining_while_a_round_is_open_leads_straight_to_it(here: Room) -> None:
    (first,) = here.rated("Mehr Bäume")
    here.opened()
    page = here.phone().join()
    assert page.state == "open" and "Mehr Bäume" in page.text
    form = page.forms()[0]
    assert [b["value"] for b in form.find_all("button", attrs={"name": "value"})] == list("123450")
    assert form.find("input", attrs={"name": "statement"})["value"] == first


def test_two_rounds_by_hand(here: Room) -> None:
    one, two = here.rated("Mehr Bäume", "Weniger Lärm")
    phone, late = here.phone(), here.phone()
    phone.join()
    round_ = here.opened()
    assert phone.open().state == "open"
    assert saved(answer(phone, one, "3"), one).startswith("Gespeichert")
    assert answer(phone, two, "0").state == "saved"
    assert "Alles gespeichert: 2 von 2." in phone.open().text
    here.crowd(round_, one, "44445")
    answer(phone, one, "2")  # the last one counts
    here.close()
    closed = phone.open()
    assert closed.state == "closed" and "2, weniger wichtig" in closed.text
    assert "5 Antworten" not in closed.text and not closed.forms()
    here.reveal()
    shown = phone.open()
    assert shown.state == "results" and "6 Antworten" in shown.text and "wichtig: 4" in shown.text
    assert "in der Mitte: wichtig" in shown.text
    assert "Zu wenige Antworten, um etwas zu zeigen." in shown.text  # of the second statement
    here.opened()
    again = phone.open()
    assert "in Kenntnis des Ergebnisses von Runde 1" in again.text
    assert "In Runde 1 war es: 2, weniger wichtig" in again.text and "wichtig: 4" in again.text
    assert again.soup.select(f"#s-{one} button.before")[0]["value"] == "2"
    # Who comes late answers before seeing.
    arrived = late.join()
    assert "wichtig: 4" not in arrived.text and "nach Ihrer eigenen Antwort" in arrived.text
    after = answer(late, one, "5")
    assert "wichtig: 4" in after.text


def test_collecting_by_hand(here: Room) -> None:
    phone = here.phone()
    phone.join()
    here.opened(QuestionKind.COLLECT)
    form = phone.open().forms()[0]
    assert form.find("textarea", attrs={"name": "text"})
    radios = form.find_all("input", attrs={"type": "radio", "name": "aspect"})
    assert [r["value"] for r in radios] == ["perspective", "interest", "goal"]
    page = phone.press(form, aspect="goal", text="  Mehr\n Bäume ")
    assert "Gespeichert." in page.text and "Ziel Mehr Bäume" in page.text
    assert page.soup.find("input", attrs={"value": "goal"}).has_attr("checked")
    twice = phone.press(page.forms()[0], aspect="goal", text="mehr bäume")
    assert "Das haben Sie schon gesendet" in twice.text
    assert len(twice.soup.select(".texts li")) == 1
    here.close(QuestionKind.COLLECT)
    here.reveal(QuestionKind.COLLECT)
    stranger = here.phone()
    assert "Mehr Bäume" not in stranger.open().text  # outside the door there is nothing to see
    assert "1 Beitrag aus dem Raum" in stranger.join().text


def test_my_details_correct_and_erase(here: Room) -> None:
    (one,) = here.rated("Mehr Bäume")
    phone = here.phone()
    phone.join("science")
    here.opened()
    answer(phone, one, "4")
    me = phone.open(f"/j/{here.code}/me")
    assert "4, wichtig" in me.text
    corrected = phone.press(me.forms()[0], "segment", "politics")
    assert "Ihre Gruppe ist gespeichert" in corrected.text
    assert corrected.soup.select("button[aria-pressed=true]")[0]["value"] == "politics"
    sure = phone.open(f"/j/{here.code}/erase")
    gone = phone.press(sure.forms()[0])
    assert "gelöscht" in gone.text and gone.forms()[0].find("button", attrs={"name": "segment"})
    assert here.service.room(OPERATOR, here.workshop).joined == 0
    assert "gelöscht" in phone.press(sure.forms()[0]).text  # tapped twice
    assert phone.open(f"/j/{here.code}/me").path.endswith(here.code)


def test_the_end_and_its_undoing(here: Room) -> None:
    phone = here.phone()
    phone.join()
    here.service.end_workshop(OPERATOR, here.workshop)
    assert phone.open().state == "ended"
    assert not here.phone().open().forms()
    here.service.end_workshop(OPERATOR, here.workshop, False)
    assert phone.open().state == "waiting"


def test_a_language_is_a_link_and_the_page_says_which(here: Room) -> None:
    phone = here.phone()
    phone.join()
    page = phone.open()
    assert page.soup.html["lang"] == "de" and page.soup.html["dir"] == "ltr"
    link = page.soup.select_one("header nav a")
    english = phone.open(str(link["href"]))
    assert english.soup.html["lang"] == "en" and "You are in." in english.text


@pytest.mark.parametrize("kind", ["privacy", "imprint", "accessibility"])
def test_legal_pages_are_whole_pages(here: Room, kind: str) -> None:
    page = here.phone().open(f"/j/{kind}?from={here.code}")
    assert page.response.status_code == 200 and len(page.soup.find_all("h1")) == 1
    assert page.soup.find("a", href=f"/j/{here.code}")
    hostile = here.phone().open(f"/j/{kind}?from=javascript:alert(1)")
    assert "javascript" not in hostile.response.text


def test_every_page_has_the_strict_policy_and_no_inline_code(here: Room) -> None:
    phone = here.phone()
    pages = [phone.open("/j"), phone.open(), phone.join()]
    here.rated("Mehr Bäume")
    here.opened()
    pages += [phone.open(), phone.open(f"/j/{here.code}/me"), phone.open("/j/privacy")]
    for page in pages:
        policy = page.response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        assert not page.soup.find_all("style") and not page.soup.find_all(style=True)
        assert all(s.has_attr("src") and not s.string for s in page.soup.find_all("script"))
        assert not [a for tag in page.soup.find_all(True) for a in tag.attrs if a[:2] == "on"]
        for control in page.soup.select("button, input, textarea"):
            assert control.find_parent("form") is not None
        assert "no-cache" in page.response.headers["cache-control"]
        assert page.response.headers["content-encoding"] == "gzip"
