"""What surrounds every page of the moderation: style, header, footer, and calm sentences."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from pages.parts.text import esc
from workshop.i18n import Translator, languages, translator
from workshop.marks import ACCENTS, MARKS
from workshop.model import Cluster

_HERE = Path(__file__).parent


@cache
def _style() -> str:
    accents = "\n".join(
        f".ek-{name} {{ --accent: light-dark({accent.light}, {accent.dark}); }}"
        for name, accent in ACCENTS.items()
    )
    marks = "\n".join(
        f".ek-mark-{name} {{ --shape: url('{picture(_svg(path))}'); }}"
        for name, path in MARKS.items()
    )
    sheets = [
        (_HERE / name).read_text(encoding="utf-8")
        for name in (
            "frame.css",
            "console.css",
            "room_people.css",
            "room_rehearsal.css",
            "moderation.css",
            "setup.css",
        )
    ]
    return "<style>" + "\n".join([*sheets, accents, marks]) + "</style>"


def _svg(path: str) -> str:
    return f'<svg viewBox="0 0 24 24"><path d="{path}"/></svg>'


def picture(svg: str) -> str:
    """An SVG as an address for `src` or `url(…)`."""
    whole = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(whole.encode()).decode()


def style() -> None:
    """Our one visual language, on top of Streamlit's theme."""
    # Dialogs stand outside the app and don't inherit its colour scheme.
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"{_style()}<style>.stDialog {{ color-scheme: {scheme}; }}</style>")


def header(
    t: Translator, path: str, *, signed_in: bool = False, title: str = "", links: str = ""
) -> None:
    """Name, way home, what this page is about, language and sign-out.

    `path` is where the language switch comes back to. `title` is people's text as it is; `links`
    is HTML of ours.
    """
    style()
    others = "".join(
        f'<a href="/language/{lang}?next={quote(path, safe="")}" lang="{lang}">'
        f"{esc(translator(lang).language_name)}</a>"
        for lang in languages()
        if lang != t.lang
    )
    leave = ""
    if signed_in:
        leave = (
            '<form action="/signout" method="post">'
            f'<button type="submit">{esc(t("Sign out"))}</button></form>'
        )
    if signed_in and path != "/":
        links = f'<a href="/">{esc(t("Workshops"))}</a>' + links
    about = f'<span class="ek-about">{esc(title)}</span>' if title else ""
    st.html(
        f'<header class="ek-head"><a class="ek-name" href="/">Einklang</a>{about}'
        f'<nav aria-label="{esc(t("Page"))}">{links}{others}{leave}</nav></header>'
    )


def footer(t: Translator) -> None:
    """The three legal pages, as German law wants them: one click away, everywhere."""
    pages = (
        ("privacy", t("Privacy")),
        ("imprint", t("Imprint")),
        ("accessibility", t("Accessibility")),
    )
    links = "".join(f'<a href="/legal?page={page}">{esc(name)}</a>' for page, name in pages)
    st.html(f'<footer class="ek-foot"><nav aria-label="{esc(t("Legal"))}">{links}</nav></footer>')


def calm(heading: str, lines: Sequence[str]) -> None:
    """A page that has little to say, and says it in sentences."""
    body = "".join(f"<p>{esc(line)}</p>" for line in lines)
    st.html(f'<div class="ek-calm"><h1>{esc(heading)}</h1>{body}</div>')


def mark(cluster: Cluster) -> str:
    """A cluster's mark in its own colour; decoration beside its name."""
    return shape(cluster.mark)


def shape(name: str) -> str:
    """A mark by name. `st.html` drops SVG, so it is a mask over the colour."""
    known = name if name in MARKS else next(iter(MARKS))
    return f'<span class="ek-mark ek-mark-{known}" aria-hidden="true"></span>'


def accent(cluster: Cluster | None) -> str:
    """The class that carries a cluster's colour; empty where there is no cluster."""
    return f"ek-{cluster.accent}" if cluster and cluster.accent in ACCENTS else ""
