"""The page that lets moderators in, as plain HTML without a script."""

from __future__ import annotations

import base64
import hashlib
import html
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from workshop.errors import Refused
from workshop.i18n import Translator, languages, translator

_STYLE: Final = (Path(__file__).parent / "signin.css").read_text(encoding="utf-8")
_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Plea:
    """What the page has to say."""

    passphrase: bool
    """Whether one can sign in by passphrase at all."""
    next: str = "/"
    """Where to go afterwards: a path on this server."""
    refusal: Refused | None = None
    wait: int = 0
    """Seconds until the next attempt is taken; 0 for now."""
    inside: bool = False
    """Whether this browser is signed in already."""


def page(t: Translator, plea: Plea) -> str:
    """The whole page."""
    return (
        f'<!doctype html>\n<html lang="{t.lang}" dir="{t.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{_e(t('Sign in'))} · Einklang</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{_head(t, plea)}\n<main>\n{_main(t, plea)}\n</main>\n{_foot(t)}\n</body>\n</html>"
    )


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def _head(t: Translator, plea: Plea) -> str:
    back = quote(f"/signin?next={quote(plea.next, safe='')}", safe="")
    links = "".join(
        f'<a href="/language/{lang}?next={back}" lang="{lang}">'
        f"{_e(translator(lang).language_name)}</a>"
        for lang in languages()
        if lang != t.lang
    )
    return (
        '<header><a class="name" href="/">Einklang</a>'
        f'<nav aria-label="{_e(t("Language"))}">{links}</nav></header>'
    )


def _problem(t: Translator, plea: Plea) -> str:
    if plea.wait:
        sentence = t.n(
            "Too many wrong attempts. Please wait {n} minute and try again.",
            "Too many wrong attempts. Please wait {n} minutes and try again.",
            -(-plea.wait // 60),
        )
    elif plea.refusal is not None:
        sentence = t(plea.refusal.message, **plea.refusal.params)
    else:
        return ""
    return f'<p class="problem" role="alert" id="problem">{_e(sentence)}</p>'


def _main(t: Translator, plea: Plea) -> str:
    lines = [f"<h1>{_e(t('Sign in'))}</h1>", _problem(t, plea)]
    if plea.inside:
        lines.append(f"<p>{_e(t('You are signed in already in this browser.'))}</p>")
        lines.append(f'<p><a class="button" href="/">{_e(t("To your workshops"))}</a></p>')
        return "\n".join(lines)
    if plea.passphrase:
        described = ' aria-invalid="true" aria-describedby="problem"' if plea.refusal else ""
        lines.append(
            '<form action="/signin" method="post">'
            f'<input type="hidden" name="next" value="{_e(plea.next)}">'
            f'<label for="passphrase">{_e(t("Passphrase of the moderation"))}</label>'
            '<input id="passphrase" name="passphrase" type="password" required '
            f'autocomplete="current-password"{described}>'
            f'<button type="submit">{_e(t("Sign in"))}</button></form>'
        )
        hint = t("Or open the link to the console that a colleague gave you.")
    else:
        hint = t(
            "You get in with the link that the server prints at its start, or that a colleague "
            "gives you."
        )
    lines.append(f'<p class="muted">{_e(hint)}</p>')
    phone = t("Taking part with a phone? Enter the code here.")
    lines.append(f'<p class="muted"><a href="/j">{_e(phone)}</a></p>')
    return "\n".join(lines)


def _foot(t: Translator) -> str:
    pages = (
        ("privacy", t("Privacy")),
        ("imprint", t("Imprint")),
        ("accessibility", t("Accessibility")),
    )
    links = "".join(f'<a href="/legal?page={page}">{_e(name)}</a>' for page, name in pages)
    return f'<footer><nav aria-label="{_e(t("Legal"))}">{links}</nav></footer>'
