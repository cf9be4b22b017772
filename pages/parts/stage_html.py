"""What all views of the stage are made of. Everything that comes in as text goes out escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from workshop.access import spoken_code
from workshop.charts.paging import SMALLEST_PAGE
from workshop.i18n import Translator, pick
from workshop.marks import ACCENTS, MARKS
from workshop.model import Cluster
from workshop.qr import qr

# In the same 24 x 24 box as the clusters' marks: a speech bubble, two linked halves, a flag.
ASPECT_MARKS: Final = {
    "perspective": "M3 4H21V16H12L7 21V16H3Z",
    "interest": "M12 2 22 12 12 22 2 12ZM12 7 7 12 12 17 17 12Z",
    "goal": "M5 2H8V3H20L16.5 8 20 13H8V22H5Z",
}


def attr(**values: str) -> str:
    """Attributes, escaped; an underscore stands for a dash."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in values.items()
    )


def tag(name: str, *content: str, **attributes: str) -> str:
    """An element around content that is HTML already."""
    return f"<{name}{attr(**attributes)}>{''.join(content)}</{name}>"


def text(name: str, content: str, **attributes: str) -> str:
    """An element around text, which is escaped."""
    return tag(name, escape(content), **attributes)


def mark(path: str) -> str:
    """A shape in the current colour; the word beside it is its name."""
    return (
        '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path fill="currentColor" fill-rule="nonzero" d="{path}"/></svg>'
    )


def accent_style(cluster: Cluster) -> str:
    """Both shades of a cluster's accent, as custom properties."""
    accent = ACCENTS.get(cluster.accent) or ACCENTS["c"]
    return f"--light:{accent.light};--dark:{accent.dark}"


def kicker(cluster: Cluster | None, t: Translator, *more: str) -> str:
    """Above the title: the cluster with its mark, and what else there is to say."""
    parts = [text("span", part) for part in more if part]
    if cluster is None:
        return tag("p", *parts, class_="kicker")
    name = tag("span", mark(MARKS.get(cluster.mark, "")), escape(pick(cluster.name, t.lang)))
    named = name.replace("<span>", '<span class="accent">', 1)
    return tag("p", named, *parts, class_="kicker", style=accent_style(cluster))


def view(name: str, *content: str, key: str = "", style: str = "") -> str:
    """One whole view. Another `key` is another view: it is built anew and not morphed."""
    extra = {"style": style} if style else {}
    return tag("div", *content, class_=f"stage stage-{name}", data_key=f"{name}-{key}", **extra)


def head(above: str, title: str, asked: str = "") -> str:
    """What stands on top of a result: a kicker, the title, and the question where it isn't it."""
    question = text("p", asked, class_="asked") if asked else ""
    return tag("header", above, text("h1", title), question, data_fit="1", class_="head")


def rows(content: Sequence[str], weights: Sequence[float], least: float = SMALLEST_PAGE) -> str:
    """Rows as high as the chart's: few of them leave the rest of the page empty."""
    blank = max(0.0, least - sum(weights))
    heights = " ".join(f"minmax(0,{weight:g}fr)" for weight in (*weights, blank))
    return tag(
        "div",
        *content,
        class_=f"rows rows-{len(content)}",
        style=f"grid-template-rows:{heights}",
    )


def statement(words: str) -> str:
    """A statement in its place, made smaller where it is long."""
    return tag("div", text("p", words), class_="statement", data_fit="1")


def sign(kind: str, words: str, **attributes: str) -> str:
    """An entry of a legend: a sign, and what it means."""
    return tag("li", tag("i", class_=kind, **attributes), text("span", words))


def page_words(number: int, pages: int, t: Translator) -> str:
    """Which page this is, where there are several."""
    if pages < 2:
        return ""
    words = t("Page {x} of {y}", x=t.number(number + 1), y=t.number(pages))
    return text("p", words, class_="page")


def hidden(content: str) -> str:
    """Text for those who don't see the picture."""
    return text("p", content, class_="unseen")


def join_card(address: str, code: str, t: Translator) -> str:
    """QR code, spoken code and short address, as they stand in a corner of the stage."""
    label = t("QR code to join: {address}", address=f"{short_address(address)}/{code}")
    return tag(
        "div",
        qr(f"{address}/{code}").svg(label),
        text("p", spoken_code(code), class_="code"),
        text("p", short_address(address), class_="address"),
        class_="join",
    )


def short_address(address: str) -> str:
    """An address as people say it: without a scheme."""
    return address.partition("://")[2] or address
