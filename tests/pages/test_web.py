"""The server's own routes: shell, language, assets, and the guard in front of them."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages.web import assets, language, security, shell, site

SOCKET = "ws://hall.example/socket"


async def _written(_: Request) -> Response:
    return PlainTextResponse("written")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/write", _written, methods=["GET", "POST"]),
            WebSocketRoute("/socket", _socket),
            *assets.routes(),
            *language.routes(),
            *shell.routes(),
        ],
        middleware=[Middleware(security.Guard, page_policy=shell.policy)],
    )
    return TestClient(app, base_url="http://hall.example", follow_redirects=False)


@pytest.fixture(autouse=True)
def nobody_said_where_we_are(client: TestClient) -> Iterator[None]:
    yield
    client.cookies.clear()
    site.here.public_host, site.here.secure = None, False


@pytest.mark.parametrize("path", ["/", "/moderator", "/stage", "/results", "/setup", "/legal"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_page_says_its_language(client: TestClient, path: str, lang: str) -> None:
    page = BeautifulSoup(client.get(path, params={"lang": lang}).text, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == lang
    assert page.title is not None
    assert page.title.text == "Einklang"
    assert page.select("noscript p")
    assert page.select("#root")


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "lang"),
    [
        ("", None, None, "de"),
        ("", None, "fr", "de"),
        ("", None, "en-GB,de;q=0.5", "en"),
        ("", "de", "en", "de"),
        ("?lang=en", "de", "de", "en"),
        ("?lang=xx", "en", "de", "en"),
        ("?lang=../../etc", "<script>", "de", "de"),
    ],
)
def test_language_is_negotiated(
    client: TestClient, query: str, cookie: str | None, accept: str | None, lang: str
) -> None:
    headers = {"accept-language": accept} if accept else {"accept-language": ""}
    if cookie:
        headers["cookie"] = f"{language.COOKIE}={cookie}"
    assert f'<html lang="{lang}"' in client.get("/stage" + query, headers=headers).text


def test_the_language_in_an_address_is_remembered(client: TestClient) -> None:
    assert client.get("/stage?lang=en").cookies[language.COOKIE] == "en"
    assert not client.get("/stage?lang=xx").cookies


def test_the_shell_names_no_foreign_host(client: TestClient) -> None:
    text = client.get("/").text
    assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text)
    assert "_stcore/agent" not in text


def test_the_shells_inline_scripts_are_those_of_its_policy(client: TestClient) -> None:
    response = client.get("/stage")
    policy = response.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "ws://hall.example" in policy
    scripts = re.findall(r"<script>(.*?)</script>", response.text, flags=re.DOTALL)
    assert scripts
    assert len(shell.inline_hashes()) >= len(scripts)


def test_a_host_header_cannot_write_into_the_policy() -> None:
    assert "evil" not in security.streamlit_policy("x; script-src evil", ())


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/stage?w=abc", "/stage?w=abc"),
        ("/stage?w=abc&lang=de", "/stage?w=abc"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("/" + "x" * 3000, "/"),
    ],
)
def test_the_language_switch_only_leads_home(client: TestClient, target: str, goes: str) -> None:
    response = client.get("/language/en", params={"next": target})
    assert (response.status_code, response.headers["location"]) == (303, goes)
    assert response.cookies[language.COOKIE] == "en"


def test_an_unknown_language_is_not_remembered(client: TestClient) -> None:
    assert not client.get("/language/xx?next=/").cookies


def test_cookies_are_secure_where_people_come_by_https(client: TestClient) -> None:
    assert "secure" not in client.get("/language/en").headers["set-cookie"].lower()
    site.here.secure = True
    assert "secure" in client.get("/language/en").headers["set-cookie"].lower()


def test_plotly_is_compressed_and_kept_for_ever(client: TestClient) -> None:
    response = client.get(assets.plotly_url())
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < 1_700_000
    assert "immutable" in response.headers["cache-control"]
    assert b"plotly.js" in response.content[:200]
    plain = client.get(assets.plotly_url(), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == response.content


def test_an_old_version_gets_todays_file_but_may_not_keep_it(client: TestClient) -> None:
    response = client.get("/assets/styles/000000000000/streamlit.css")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/fonts/nothing.woff2",
        "/assets/phone/x/..%2Froutes.py",
        "/assets/fonts/..%2F..%2Fmain.py",
        "/assets/web/x/assets.py",
        "/assets/plotly/1/other.js",
    ],
)
def test_no_other_file_can_be_asked_for(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_typeface_comes_with_its_licence(client: TestClient) -> None:
    assert client.get(assets.font_url()).content.startswith(b"wOF2")
    assert "SIL OPEN FONT LICENSE" in client.get("/assets/fonts/OFL.txt").text.upper()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # no browser
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://hall.example"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://other.hall.example"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://hall.example"}, 200),
        ({"origin": "http://hall.example"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[broken"}, 403),
    ],
)
def test_who_may_write(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/write", headers=headers).status_code == status
    assert client.get("/write", headers=headers).status_code == 200


def test_the_refusal_is_a_sentence_in_the_readers_language(client: TestClient) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    german = client.post("/write", headers={**foreign, "accept-language": "de"}).text
    english = client.post("/write", headers={**foreign, "accept-language": "en"}).text
    assert "fremden Website" in german
    assert "another website" in english


def test_behind_a_proxy_the_public_host_is_ours_too(client: TestClient) -> None:
    headers = {"origin": "https://einklang.example.org"}
    assert client.post("/write", headers=headers).status_code == 403
    site.here.public_host = "einklang.example.org"
    assert client.post("/write", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json"]
)
def test_what_nobody_needs_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_answer_has_its_headers(client: TestClient) -> None:
    for path in ("/", "/write", assets.font_url(), "/_stcore/metrics", "/nothing/here"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_socket_from_another_website_is_refused(client: TestClient) -> None:
    with client.websocket_connect(SOCKET, headers={"origin": "http://hall.example"}):
        pass
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(SOCKET, headers={"origin": "http://evil.example"}),
    ):
        pass
