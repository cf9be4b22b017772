"""Answering for people without a phone: from the console, on the phone's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.phone import person
from pages.web.signin import MODERATOR_COOKIE
from tests.pages.console_room import House, house, html
from tests.pages.phones import Phone, Room, room
from workshop.model import OPERATOR, Participant, Role


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def _desk(here: Room) -> Phone:
    """The browser of somebody who moderates."""
    found = here.phone()
    link = here.service.grant_link(OPERATOR, Role.MODERATOR, here.workshop)
    session, _ = here.service.sign_in_by_link(link)
    found.client.cookies.set(MODERATOR_COOKIE, session)
    return found


def _added(here: Room) -> Participant:
    return here.service.add_proxy(OPERATOR, here.workshop, "administration")


def _begin(browser: Phone, who: Participant, **headers: str) -> str:
    """What the console's button sends; the address that it leads to."""
    reply = browser.client.post(
        f"/j/{browser.code}/stand-in", data={"person": who.id}, headers=headers
    )
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def _answered(here: Room) -> dict[int, int | None]:
    """Number of a person to what is kept of them, over all rounds."""
    found = here.service.record(OPERATOR, here.workshop)
    numbers = {p.id: p.number for p in found.participants}
    return {numbers[a.participant_id]: a.value for a in found.answers}


def test_one_browser_answers_for_two_people_and_for_itself(here: Room) -> None:
    here.rated("Mehr Bäume")
    browser = _desk(here)
    browser.join()
    own = browser.client.cookies.get("einklang")
    first, second = _added(here), _added(here)
    pages = [_begin(browser, first), _begin(browser, second)]
    assert pages == [f"/j/{here.code}~2", f"/j/{here.code}~3"]
    here.opened()
    for value, page in (("2", pages[0]), ("5", pages[1]), ("4", f"/j/{here.code}")):
        shown = browser.open(page)
        form = next(f for f in shown.forms() if f.find("button", attrs={"value": value}))
        kept = browser.press(form, "value", value)
        assert kept.path.split("#")[0].endswith(page), "the answer leads back to the same person"
    here.close()
    here.reveal()
    assert _answered(here) == {1: 4, 2: 2, 3: 5}
    assert browser.client.cookies.get("einklang") == own


def test_the_page_says_for_whom_it_is_and_leads_back_to_the_console(here: Room) -> None:
    browser, who = _desk(here), _added(here)
    page = browser.open(_begin(browser, who))
    band = page.soup.find(class_="band")
    assert band is not None
    assert "Sie geben für Person 1 ein, die kein Telefon hat." in band.get_text()
    assert band.find("a", href=f"/moderator?w={here.workshop}") is not None
    for place in ("", "/me", "/erase"):
        there = browser.open(f"/j/{here.code}~1{place}")
        links = [str(a["href"]) for a in there.soup.find_all("a")]
        assert "Person 1" in there.text
        assert all(f"{here.code}~1" in link for link in links if link.startswith("/j/"))
    assert here.phone().join().soup.find(class_="band") is None


def test_a_group_is_corrected_without_touching_the_browsers_own_cookie(here: Room) -> None:
    browser, who = _desk(here), _added(here)
    page = browser.open(_begin(browser, who) + "/me")
    page = browser.press(page.forms()[0], "segment", "science")
    assert "Ihre Gruppe ist gespeichert." in page.text
    assert here.service.proxies(OPERATOR, here.workshop)[0].segment == "science"
    assert browser.client.cookies.get("einklang") is None


def test_only_who_moderates_answers_for_others(here: Room) -> None:
    who = _added(here)
    stranger = here.phone()
    stranger.join()
    send = {"data": {"person": who.id}}
    refused = stranger.client.post(f"/j/{here.code}/stand-in", **send)
    assert refused.status_code == 403 and "set-cookie" not in refused.headers
    browser = _desk(here)
    foreign = {"headers": {"sec-fetch-site": "cross-site"}}
    assert browser.client.post(f"/j/{here.code}/stand-in", **send, **foreign).status_code == 403
    assert browser.client.get(f"/j/{here.code}/stand-in").status_code == 405
    real = here.service.record(OPERATOR, here.workshop).participants[1]
    data = {"person": real.id}
    assert browser.client.post(f"/j/{here.code}/stand-in", data=data).status_code == 403
    page = _begin(browser, who)
    assert browser.client.get(page).status_code == 200
    browser.client.cookies.delete(MODERATOR_COOKIE)
    assert browser.client.get(page).status_code == 403, "signed out"


def test_a_page_that_is_no_longer_a_persons_says_so_and_takes_nothing(here: Room) -> None:
    browser, other, who = _desk(here), _desk(here), _added(here)
    page = _begin(browser, who)
    assert _begin(other, who) == page
    gone = browser.client.get(page)
    assert gone.status_code == 403 and "Diese Seite gilt nicht mehr." in gone.text
    sent = browser.client.post(f"{page}/join", data={"segment": "science"})
    assert sent.status_code == 403
    asked = browser.client.post(f"{page}/answer", headers={"accept": "application/json"})
    assert (asked.status_code, asked.json()["state"]) == (403, "no-person")
    assert here.service.room(OPERATOR, here.workshop).joined == 1
    erased = other.press(other.open(f"{page}/erase").forms()[0])
    assert "gelöscht" in erased.text and "forget" in erased.response.text
    assert here.service.proxies(OPERATOR, here.workshop) == ()


@pytest.mark.parametrize(
    ("raw", "code", "number"),
    [
        ("48217730~31", "48217730", 31),
        ("4821 7730~3", "4821 7730", 3),
        ("4821-7730", "4821-7730", None),
        ("48217730~", "48217730~", None),
        ("48217730~-1", "48217730~-1", None),
        ("48217730~²", "48217730~²", None),
        ("~", "~", None),
    ],
)
def test_an_address_is_a_code_and_perhaps_a_person(raw: str, code: str, number: int | None) -> None:
    assert person.split(raw) == (code, number)


def test_the_console_adds_lists_and_removes_people_without_a_phone(desk: House) -> None:
    desk.join(2)
    at = desk.console()
    at.button(key="person-in-administration").click().run()
    assert not at.exception
    (who,) = desk.service.proxies(OPERATOR, desk.workshop_id)
    assert (who.number, who.segment) == (3, "administration")
    shown = html(at)
    assert "Person 3 (ohne Telefon)" in shown and "1 ohne Telefon" in shown
    assert f'action="/j/{desk.agenda.workshop.join_code}/stand-in"' in shown
    assert f'name="person" value="{who.id}"' in shown
    at.button(key=f"person-out-{who.id}").click().run()
    assert "alles, was für diese Person eingegeben wurde, wird gelöscht" in html(at)
    at.button(key=f"person-kept-{who.id}").click().run()
    assert desk.service.proxies(OPERATOR, desk.workshop_id) == (who,)
    at.button(key=f"person-out-{who.id}").click().run()
    at.button(key=f"person-gone-{who.id}").click().run()
    assert not at.exception
    assert desk.service.proxies(OPERATOR, desk.workshop_id) == ()
    assert "Person 3" not in html(at)


def test_an_ended_workshop_takes_nobody_new(desk: House) -> None:
    desk.service.end_workshop(OPERATOR, desk.workshop_id)
    at = desk.console()
    assert not [b for b in at.button if str(b.key).startswith("person-in-")]
