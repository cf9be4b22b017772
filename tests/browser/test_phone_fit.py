"""Every page of a phone fits: narrow, with large text, in any language, from either side.

The pages are made by the house and handed to the browser without a server between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route

from pages.phone import replies, screens
from pages.web import assets
from tests.browser.visitors import visitor
from tests.catalogues import entries
from tests.rooms import Prepared
from workshop.i18n import Translator, translator
from workshop.model import OPERATOR

pytestmark = pytest.mark.browser

HOME: Final = "http://127.0.0.1:1"
NARROW: Final = (320, 640)
USUAL: Final = (390, 844)
TARGET: Final = 44
LARGE: Final = {"standard": 32, "fixed": 26}
"""Text at 200 %, as somebody sets it in their browser."""
HEADER: Final = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

TOO_WIDE: Final = """() => {
  const wide = document.documentElement.clientWidth + 1
  return [...document.body.querySelectorAll("*")].filter((e) => {
    if (e.closest(".vh")) return false
    const box = e.getBoundingClientRect()
    return box.width && (box.right > wide || box.left < -1 || e.scrollWidth > e.clientWidth + 1
      && getComputedStyle(e).display !== "inline" && e.matches("button, a, p, li, h1, h2, span")
      && !e.querySelector(".vh"))
  }).map((e) => e.outerHTML.slice(0, 120))
}"""
# A link inside a sentence is as high as its line (WCAG 2.5.8 allows it); all else is a target.
TOO_SMALL: Final = """(least) =>
  [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea")].filter((e) => {
    if (e.matches("p.small a")) return false
    const box = e.getBoundingClientRect()
    return box.width && (box.height < least - .5 || box.width < least - .5)
  }).map((e) => e.outerHTML.slice(0, 120))"""


def pseudo_arabic(folder: Path) -> Translator:
    """A right-to-left language that nobody has translated: every text in brackets, and longer."""
    (folder / "ar").mkdir()
    texts = [HEADER]
    for entry in entries("de"):
        if entry.role != "phone":
            continue
        one, other = entry.msgid.replace('"', '\\"'), (entry.plural or "").replace('"', '\\"')
        if other:
            texts.append(f'msgid "{one}"\nmsgid_plural "{other}"')
            texts.append(f'msgstr[0] "[مرحبا {one}]"\nmsgstr[1] "[مرحبا {other}]"\n')
        else:
            texts.append(f'msgid "{one}"\nmsgstr "[مرحبا {one}]"\n')
    (folder / "ar" / "phone.po").write_text("\n".join(texts), encoding="utf-8")
    return translator("ar", folder)


def pages_of(room: Prepared, t: Translator) -> Iterator[tuple[str, replies.Page]]:
    """Every state of a phone, one after the other, as its page."""
    service, (token, *others) = room.service, room.people(7)

    def now() -> replies.Page:
        return screens.phone_page(t, service.phone(room.id, token), None)

    yield "code", screens.code_page(t, None, "")
    yield "door", screens.phone_page(t, service.phone(room.id, None), None)
    yield "waiting", now()
    collecting = room.open(room.collect)
    text = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    service.contribute(room.id, token, collecting.id, "perspective", text).result()
    yield "collect", now()
    first = room.open()
    yield "open", now()
    for person in (token, *others):
        for statement in room.statements:
            room.answer(person, first, statement, 4)
    yield "saved", now()
    service.close_round(OPERATOR, room.id, room.rate.id)
    yield "closed", now()
    service.reveal_round(OPERATOR, room.id, room.rate.id)
    yield "results", now()
    room.open()
    yield "second", now()
    mine = service.mine(room.id, token)
    yield "me", screens.me_page(t, mine, None)
    yield "erase", screens.erase_page(t, mine, None)
    yield "legal", screens.legal_page(t, "privacy", "")
    service.end_workshop(OPERATOR, room.id)
    yield "ended", now()


def opened(browser: Browser, size: tuple[int, int], shown: Mapping[str, bytes]) -> Page:
    """A browser of that size that finds these pages and their files."""
    page = visitor(browser, size).new_page()

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name in shown:
            route.fulfill(body=shown[name], content_type="text/html; charset=utf-8")
        elif (assets.PHONE / name).is_file():
            route.fulfill(path=assets.PHONE / name)
        else:
            route.abort()

    page.route("**/*", answer)
    return page


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_every_page_fits_and_every_target_can_be_hit(
    browser: Browser, small: Prepared, tmp_path: Path, lang: str
) -> None:
    t = pseudo_arabic(tmp_path) if lang == "ar" else translator(lang)
    shown = {name: page.body for name, page in pages_of(small, t)}
    assert len(shown) == 13
    for size in (USUAL, NARROW):
        page = opened(browser, size, shown)
        cdp = page.context.new_cdp_session(page)
        for large in (False, True):
            if large:
                cdp.send("Page.setFontSizes", {"fontSizes": LARGE})
            for name in shown:
                page.goto(f"{HOME}/{name}")
                place = (lang, size, "200 %" if large else "100 %", name)
                html = page.locator("html")
                assert html.get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
                height = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
                assert height == (34 if large else 17), place
                assert page.evaluate(TOO_WIDE) == [], place
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= size[0], place
                assert page.evaluate(TOO_SMALL, TARGET) == [], place
        page.context.close()
