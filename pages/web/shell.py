"""Streamlit's page shell, with the right language and nothing that isn't ours.

Streamlit hard-codes `<html lang="en">` (WCAG 3.1.1 wants the language of the page), preloads a
typeface that isn't used here and speaks to programs in its `<noscript>`.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit.file_util import get_static_dir

from pages.web import assets, language, security, site
from workshop.i18n import N_, languages, translator

NO_SCRIPT: Final = N_(
    "This page needs JavaScript. Taking part with a phone works without it: the address is /j."
)
_TITLE: Final = "Einklang"


class _PageName(Convertor[str]):
    """One path segment that can be a Streamlit page's `url_path`: no dot, no underscore first.

    Which pages exist is for `pages/main.py` to say; Streamlit itself answers for unknown ones.
    """

    regex = "[a-z][a-z0-9_-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", _PageName())


@lru_cache(maxsize=1)
def _template() -> str:
    """Streamlit's index.html without what doesn't belong to us."""
    text = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"<noscript>.*?</noscript>", "", text, flags=re.DOTALL)
    text = re.sub(r"<title>.*?</title>", "", text, flags=re.DOTALL)
    text = re.sub(r'<link\s+rel="(?:preload|service-desc)"[^>]*>', "", text)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


@lru_cache(maxsize=8)
def page(lang: str) -> bytes:
    """The shell in one language.

    Raises RuntimeError when Streamlit's own file no longer looks as expected: better at the
    first request of a test than a page in the wrong language.
    """
    t = translator(lang)
    head = (
        f"<title>{_TITLE}</title>\n"
        f'<link rel="preload" href="{assets.font_url()}" as="font" type="font/woff2" crossorigin>\n'
        f'<link rel="stylesheet" href="{assets.style_url("streamlit.css")}">'
    )
    body = f"<noscript><p>{html.escape(t(NO_SCRIPT))}</p></noscript>"
    text = _template()
    for old, new in (
        ('<html lang="en">', f'<html lang="{lang}" dir="{t.direction}">'),
        ("</head>", f"{head}\n</head>"),
        ("<body>", f"<body>\n{body}"),
    ):
        if text.count(old) != 1:
            raise RuntimeError(f"Streamlit's index.html has changed: {old} isn't there once")
        text = text.replace(old, new)
    return text.encode()


@lru_cache(maxsize=1)
def inline_hashes() -> tuple[str, ...]:
    """CSP hashes of the inline scripts in the shell (and in Streamlit's untouched file)."""
    raw = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    found = []
    for text in (raw, page(languages()[0]).decode()):
        for script in re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            found.append(f"sha256-{digest}")
    return tuple(dict.fromkeys(found))


def policy(host: str | None) -> str:
    """The content security policy of a Streamlit page served at this host."""
    return security.streamlit_policy(host, inline_hashes())


async def _serve(request: Request) -> Response:
    """The shell for one page; `?lang=` is remembered, so that the next page speaks it too."""
    lang = language.of_request(request)
    response = HTMLResponse(page(lang))
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Security-Policy"] = policy(request.headers.get("host"))
    if request.query_params.get("lang") == lang:
        language.remember(response, lang, secure=site.here.secure)
    return response


def routes() -> list[BaseRoute]:
    """Home and every page of one segment. Put them after all other routes."""
    return [Route("/", _serve), Route("/{name:page}", _serve)]
