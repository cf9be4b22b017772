"""Nothing of an unrevealed result in any response, and people's text is text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages.phone import presence
from pages.web import live
from tests.pages.phones import Phone, Room, room
from workshop.model import OPERATOR, QuestionKind, StageView

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><form method=post action=//evil.example><button>x</button></form>",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "[a](javascript:alert(1)) ![x](https://evil.example/x.png) **b**",
    '=HYPERLINK("https://evil.example")',
    "\u202egnihton\u202c \u200b<b>x</b>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; &#x3c;script&#x3e;",
    "{n} {limit} %s %(x)s",
]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def everything(phone: Phone) -> str:
    """All that the server says to a phone about its workshop, headers included."""
    said = []
    for path in ("", "/me", "/erase", "?e=closed"):
        reply = phone.client.get(f"/j/{phone.code}{path}")
        # The door's form holds a random secret, so its compressed length varies.
        text = re.sub(r'(name="key" value=")[\w-]{32}', r"\1", reply.text)
        said += [
            str(sorted((k, v) for k, v in reply.headers.items() if k != "content-length")),
            text,
        ]
    for path in ("answer", "sheet", "contribute", "join"):
        headers = {"accept": "application/json"}
        said.append(phone.client.post(f"/j/{phone.code}/{path}", headers=headers).text)
    return "\n".join(said)


def test_no_response_holds_anything_of_an_unrevealed_rating(here: Room) -> None:
    one, two = here.rated("Mehr Bäume", "Weniger Lärm")
    inside, fresh = here.phone(), here.phone()
    inside.join()
    round_ = here.opened()
    before = everything(inside), everything(fresh)
    here.crowd(round_, one, "1" * 17)
    here.crowd(round_, two, "5" * 23)
    # Forty answers later every response is the same, byte for byte.
    assert (everything(inside), everything(fresh)) == before
    here.close()
    for view in (StageView.QUESTION, StageView.CLUSTERS, StageView.LOBBY):
        here.service.show(OPERATOR, here.workshop, view, round_.question_id)
        for phone in (inside, fresh, here.phone()):
            said = everything(phone)
            assert "17" not in phone.open().text and "23" not in phone.open().text
            assert 'class="bars' not in said and "<rect y" not in said
    here.reveal()
    assert "17 Antworten" in inside.open().text
    assert "17 Antworten" not in everything(here.phone())


def test_no_response_holds_others_contributions_before_the_reveal(here: Room) -> None:
    author, reader = here.phone(), here.phone()
    author.join()
    reader.join()
    here.opened(QuestionKind.COLLECT)
    author.press(author.open().forms()[0], text="Mein Geheimnis", aspect="goal")
    author.press(author.open().forms()[0], text="Mein Entwurf " * 50)
    assert "Mein Geheimnis" not in everything(reader)
    here.close(QuestionKind.COLLECT)
    assert "Mein Geheimnis" not in everything(reader)
    assert "Mein Geheimnis" in author.open().text
    here.reveal(QuestionKind.COLLECT)
    assert "Mein Geheimnis" in reader.open().text
    assert "Mein Entwurf" not in everything(reader)


@pytest.mark.parametrize("text", HOSTILE)
def test_peoples_text_stays_text(here: Room, text: str) -> None:
    phone, reader = here.phone(), here.phone()
    phone.join()
    reader.join()
    here.rated(text)
    here.opened()
    shown = [phone.open()]
    here.opened(QuestionKind.COLLECT)
    shown.append(phone.press(phone.open().forms()[0], text=text, aspect="goal"))
    shown.append(phone.press(phone.open().forms()[0], text=text + "x" * 600, aspect="goal"))
    shown.append(phone.open(f"/j/{here.code}/me"))
    here.close(QuestionKind.COLLECT)
    shown.append(phone.open())
    here.reveal(QuestionKind.COLLECT)
    shown.append(reader.open())
    kept = "".join(c for c in text if c not in "\u202e\u202c\u200b")
    for page in shown:
        assert kept in page.text or kept in page.soup.get_text()
        assert not page.soup.select("img, b, [onerror], [onmouseover], form[action*=evil]")
        assert not [s for s in page.soup.find_all("script") if s.string]
        assert not page.soup.find("a", href=lambda h: h and ("javascript" in h or "evil" in h))
    back = reader.open("/j?e=no-code&code=" + "%22%3E%3Cscript%3Ex%3C/script%3E")
    assert not [s for s in back.soup.find_all("script") if s.string]
    assert back.soup.find("input", attrs={"name": "code"})["value"].startswith('"><script>')


def test_a_stream_keeps_its_owner_present_and_ends_with_its_reader(here: Room) -> None:
    phone = here.phone()
    phone.join()
    cookie = f"einklang={phone.client.cookies['einklang']}".encode()

    async def listen() -> list[dict[str, Any]]:
        live.install(live.Streams(here.service.changes, here.service.store.versions))
        sent: list[dict[str, Any]] = []
        heard, scope = asyncio.Event(), _scope(f"/j/{here.code}/events", cookie)

        async def receive() -> dict[str, Any]:
            await heard.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)
            if b"data:" in message.get("body", b""):
                heard.set()

        await asyncio.wait_for(here.app(scope, receive, send), 10)  # type: ignore[arg-type]
        live.streams().end()
        live.install(None)
        return sent

    sent = asyncio.run(listen())
    assert sent[0]["status"] == 200
    assert dict(sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")
    assert 60 < presence.EVERY < 120  # the service takes one a minute, ten minutes are absence


def _scope(path: str, cookie: bytes) -> dict[str, Any]:
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "path": path, "raw_path": path.encode(), "root_path": "", "scheme": "http",
        "query_string": b"", "headers": [(b"cookie", cookie), (b"host", b"testserver")],
        "client": ("testclient", 1), "server": ("testserver", 80),
    }  # fmt: skip
