"""Getting in and out over HTTP: links, passphrase, cookies, and what slows a guesser down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from db.changes import LocalChanges
from db.engine import open_database
from db.store import SqlStore
from pages.web import language, security, shell, signin, site
from workshop import service as services
from workshop.model import OPERATOR, VISITOR, Role
from workshop.service import Service

PASSPHRASE = "documenta fifteen"
TEMPLATE = "smart-kassel-council"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    changes = LocalChanges()
    store = SqlStore(open_database(f"sqlite:///{tmp_path / 'signin.db'}"), changes)
    found = Service(store, changes, passphrase=PASSPHRASE)
    services.install(found)
    monkeypatch.setattr(signin, "brake", signin.Brake())
    monkeypatch.setattr(site, "here", site.Site())
    try:
        yield found
    finally:
        store.close()


def browser(*, https: bool = False) -> TestClient:
    app = Starlette(
        routes=[*signin.routes(), *language.routes()],
        middleware=[Middleware(security.Guard, page_policy=shell.policy)],
    )
    base = "https://einklang.example" if https else "http://testserver"
    return TestClient(app, base_url=base, follow_redirects=False, headers=GERMAN)


def test_a_link_signs_in_to_its_workshop(service: Service) -> None:
    made = service.create_workshop(OPERATOR, TEMPLATE)
    link = service.grant_link(OPERATOR, Role.MODERATOR, made.workshop_id)
    answer = browser().get(f"/m/{link}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/moderator?w={made.workshop_id}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("einklang_moderator=") and link not in cookie
    for attribute in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age="):
        assert attribute in cookie
    assert "Secure" not in cookie
    session = answer.cookies["einklang_moderator"]
    assert service.who(session).workshop_id == made.workshop_id


def test_cookies_are_secure_where_people_come_over_https(service: Service) -> None:
    site.here.secure = True
    link = service.grant_link(OPERATOR, Role.MODERATOR, None)
    answer = browser(https=True).get(f"/m/{link}")
    assert answer.headers["location"] == "/"
    assert "Secure" in answer.headers["set-cookie"]


def test_a_one_time_link_works_once(service: Service) -> None:
    link = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
    assert browser().get(f"/m/{link}").status_code == 303
    again = browser().get(f"/m/{link}")
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    assert "Dieser Link gilt nicht mehr." in again.text


def test_looking_ahead_does_not_spend_a_link(service: Service) -> None:
    link = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
    assert browser().head(f"/m/{link}").status_code == 204
    assert browser().get(f"/m/{link}", headers={"Sec-Purpose": "prefetch"}).status_code == 204
    assert browser().get(f"/m/{link}").status_code == 303


def test_a_spent_link_knows_who_is_inside_already(service: Service) -> None:
    link = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
    client = browser()
    client.get(f"/m/{link}")
    again = client.get(f"/m/{link}")
    assert again.status_code == 403
    assert "In diesem Browser sind Sie schon angemeldet." in again.text


def test_a_stage_link_opens_the_stage_and_nothing_more(service: Service) -> None:
    made = service.create_workshop(OPERATOR, TEMPLATE)
    link = service.grant_link(OPERATOR, Role.STAGE, made.workshop_id)
    answer = browser().get(f"/s/{link}")
    assert answer.headers["location"] == f"/stage?w={made.workshop_id}"
    assert service.who(answer.cookies["einklang_stage"]).role is Role.STAGE
    assert "einklang_moderator" not in answer.cookies


def test_an_unknown_link_is_a_sentence(service: Service) -> None:
    answer = browser().get("/m/nobody-made-this", headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "This link is not valid any more." in answer.text
    assert '<html lang="en"' in answer.text


def test_the_passphrase_signs_in_and_leads_on(service: Service) -> None:
    client = browser()
    form = client.get("/signin?next=/moderator?w=abc")
    assert 'name="passphrase"' in form.text and 'value="/moderator?w=abc"' in form.text
    fields = {"passphrase": PASSPHRASE, "next": "/moderator?w=abc"}
    answer = client.post("/signin", data=fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/moderator?w=abc"
    who = service.who(answer.cookies["einklang_moderator"])
    assert (who.role, who.workshop_id) == (Role.MODERATOR, None)


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org"])
def test_signing_in_leads_nowhere_else(service: Service, target: str) -> None:
    answer = browser().post("/signin", data={"passphrase": PASSPHRASE, "next": target})
    assert answer.headers["location"] == "/"


def test_a_wrong_passphrase_is_refused_in_words(service: Service) -> None:
    for wrong in ("documenta sixteen", "", "x" * 5000):
        answer = browser().post("/signin", data={"passphrase": wrong})
        assert answer.status_code == 403
        assert "Das ist nicht die Passphrase." in answer.text
        assert "set-cookie" not in answer.headers


def test_guessing_is_slowed_down_and_the_right_one_works_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("pages.web.signin.time.monotonic", lambda: now[0])
    client = browser()
    for _ in range(signin.brake.one):
        assert client.post("/signin", data={"passphrase": "wrong one"}).status_code == 403
    refused = client.post("/signin", data={"passphrase": PASSPHRASE})
    assert refused.status_code == 429
    assert "Zu viele falsche Versuche. Bitte warten Sie" in refused.text
    now[0] += int(refused.headers["retry-after"])
    assert client.post("/signin", data={"passphrase": PASSPHRASE}).status_code == 303


def test_right_ones_do_not_count(service: Service) -> None:
    client = browser()
    for _ in range(signin.brake.one + 2):
        assert client.post("/signin", data={"passphrase": PASSPHRASE}).status_code == 303


def test_one_guesser_does_not_lock_out_the_others() -> None:
    brake = signin.Brake(one=3, everybody=5, within=60)
    for second in range(3):
        brake.failed("a", second)
    assert brake.wait("a", 3) == 58
    assert brake.wait("b", 3) == 0
    brake.failed("b", 3)
    brake.failed("c", 4)
    assert brake.wait("d", 5) > 0
    assert brake.wait("a", 61) == 0


def test_signing_out_forgets_the_cookies(service: Service) -> None:
    client = browser()
    client.post("/signin", data={"passphrase": PASSPHRASE})
    session = client.cookies["einklang_moderator"]
    assert service.who(session).role is Role.MODERATOR
    answer = client.post("/signout")
    assert answer.headers["location"] == "/signin"
    assert "einklang_moderator" not in client.cookies
    assert service.who(session) == VISITOR


def test_who_may_moderate_everything_loses_nothing_by_a_link(service: Service) -> None:
    client = browser()
    client.post("/signin", data={"passphrase": PASSPHRASE})
    workshop = service.create_workshop(OPERATOR, "smart-kassel-council").workshop_id
    token = service.grant_link(OPERATOR, Role.MODERATOR, workshop)
    answer = client.get(f"/m/{token}")
    assert answer.headers["location"] == f"/moderator?w={workshop}"
    assert service.who(client.cookies["einklang_moderator"]).workshop_id is None


@pytest.mark.parametrize("path", ["/signin", "/signout"])
def test_other_websites_can_not_do_it_for_somebody(service: Service, path: str) -> None:
    answer = browser().post(
        path, data={"passphrase": PASSPHRASE}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_form_larger_than_any_of_ours_is_not_read(service: Service) -> None:
    answer = browser().post("/signin", data={"passphrase": PASSPHRASE, "more": "x" * 20_000})
    assert answer.status_code == 403


def test_the_page_allows_no_script_and_says_its_language(service: Service) -> None:
    answer = browser().get("/signin")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert '<html lang="de" dir="ltr">' in answer.text
    assert "/language/en?next=%2Fsignin" in answer.text


def test_what_comes_in_by_the_address_stays_text(service: Service) -> None:
    answer = browser().get('/signin?next=/"><script>alert(1)</script>')
    assert "<script>" not in answer.text
