"""The pages of every kind of question: they fit, nothing moves by itself, axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.phone import replies, screens
from tests.asking import OPTIONS, TEXTS, ask
from tests.browser.accessible import assert_accessible
from tests.browser.hall import Hall
from tests.browser.sheet import Sheet
from tests.browser.test_phone_calm import WATCH, shifted
from tests.browser.test_phone_fit import (
    HOME,
    LARGE,
    NARROW,
    TARGET,
    TOO_SMALL,
    TOO_WIDE,
    USUAL,
    opened,
    pseudo_arabic,
)
from tests.rooms import Prepared
from workshop.i18n import Translator, translator
from workshop.model import OPERATOR, QuestionKind, Round

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützen"
KINDS = [*TEXTS]
Answering = Callable[[str, Round, tuple[str, ...]], None]


def answering(room: Prepared, kind: QuestionKind) -> Answering:
    """How somebody answers a round of that kind."""
    service = room.service

    def answer(token: str, round_: Round, options: tuple[str, ...]) -> None:
        if kind is QuestionKind.WORDS:
            service.contribute(room.id, token, round_.id, None, LONG[:40]).result()
        elif kind is QuestionKind.MATRIX:
            for axis, value in ((1, "4"), (2, "2")):
                for option in options:
                    service.answer(room.id, token, round_.id, option, value, axis=axis).result()
        else:
            values = {
                QuestionKind.CHOOSE: dict.fromkeys(options[:2], "1"),
                QuestionKind.RANK: {o: str(n) for n, o in enumerate(options, 1)},
                QuestionKind.ALLOCATE: {options[0]: "60", options[1]: "40"},
            }[kind]
            service.answer_whole(room.id, token, round_.id, values).result()

    return answer


def states(room: Prepared, kind: QuestionKind, t: Translator) -> Iterator[tuple[str, replies.Page]]:
    """Every state of a phone in two rounds of a question of that kind, as its page."""
    service, (token, *others) = room.service, room.people(7)
    question, options = ask(service, room.id, kind, options=(*OPTIONS, LONG))
    answer = answering(room, kind)

    def now() -> replies.Page:
        return screens.phone_page(t, service.phone(room.id, token), None)

    def opened_round() -> Round:
        found = service.open_round(OPERATOR, room.id, question).open_round
        assert found is not None
        return found

    first = opened_round()
    yield f"{kind}-open", now()
    for person in (token, *others):
        answer(person, first, options)
    yield f"{kind}-saved", now()
    service.close_round(OPERATOR, room.id, question)
    yield f"{kind}-closed", now()
    service.reveal_round(OPERATOR, room.id, question)
    yield f"{kind}-results", now()
    yield f"{kind}-me", screens.me_page(t, service.mine(room.id, token), None)
    second = opened_round()
    yield f"{kind}-second", now()
    answer(token, second, options)
    yield f"{kind}-again", now()


def fits(page: Page, place: object, width: int) -> None:
    """Nothing is wider than the screen, nothing smaller than a finger."""
    assert page.evaluate(TOO_WIDE) == [], place
    assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    assert page.evaluate(TOO_SMALL, TARGET) == [], place


# The longest words are German; the other direction has its own sides. Text of twice the size on a
# narrow screen is what leaves the least room, and the usual size is where hands are.
@pytest.mark.parametrize(
    ("lang", "sizes"), [("de", [(USUAL, False), (NARROW, True)]), ("ar", [(NARROW, True)])]
)
def test_every_kind_fits_and_every_target_can_be_hit(
    browser: Browser,
    small: Prepared,
    tmp_path: Path,
    lang: str,
    sizes: list[tuple[tuple[int, int], bool]],
) -> None:
    t = pseudo_arabic(tmp_path) if lang == "ar" else translator(lang)
    shown = {name: p.body for kind in KINDS for name, p in states(small, kind, t)}
    assert len(shown) == 7 * len(KINDS)
    for size, large in sizes:
        page = opened(browser, size, shown)
        cdp = page.context.new_cdp_session(page)
        if large:
            cdp.send("Page.setFontSizes", {"fontSizes": LARGE})
        for name in shown:
            page.goto(f"{HOME}/{name}")
            fits(page, (lang, size, large, name), size[0])
        page.context.close()


def test_axe_finds_nothing_in_any_state_of_any_kind(browser: Browser, small: Prepared) -> None:
    t = translator("de")
    shown = {name: p.body for kind in KINDS for name, p in states(small, kind, t)}
    page = opened(browser, USUAL, shown)
    for name in shown:
        page.goto(f"{HOME}/{name}")
        assert_accessible(page)
    page.context.close()


# Words and choices are made of the same parts as these.
@pytest.mark.parametrize("kind", [QuestionKind.RANK, QuestionKind.ALLOCATE, QuestionKind.MATRIX])
def test_nothing_moves_by_itself_while_a_question_is_answered(
    hall: Hall, kind: QuestionKind
) -> None:
    question, options = ask(hall.room.service, hall.room.id, kind)
    others = hall.room.people(6)
    phone = hall.phone()
    phone.join("Politik")
    phone.page.evaluate(WATCH)
    for turn in (1, 2):
        found = hall.room.service.open_round(OPERATOR, hall.room.id, question).open_round
        assert found is not None
        phone.state("open")
        shifted(phone.page)
        for token in others:
            answering(hall.room, kind)(token, found, options)
        with_thumbs(hall, phone.page, kind, turn)
        shifted(phone.page)
        hall.room.service.reveal_round(OPERATOR, hall.room.id, question)
        phone.state("results")
        shifted(phone.page)


def with_thumbs(hall: Hall, page: Page, kind: QuestionKind, turn: int) -> None:
    """Answer by hand, and wait until the page says that it is kept."""
    first, second, *_ = OPTIONS
    if kind is QuestionKind.WORDS:
        page.get_by_label("Ein Wort oder wenige Wörter").fill(f"Offen {turn}")
        page.get_by_role("button", name="Senden").click()
        expect(page.locator("#left")).to_have_text("noch 2 von 3 frei")
        expect(page.locator("#sent li:not(.wait)")).to_have_count(1)
        return
    if kind is QuestionKind.MATRIX:
        item = page.locator(".item").first
        for button in item.locator('button[value="3"]').all():
            button.click()
        expect(page.locator("#progress")).to_have_text("1 von 4 gespeichert")
        return
    sheet = Sheet(page)
    if kind is QuestionKind.CHOOSE:
        sheet.tick(second)
    elif kind is QuestionKind.RANK:
        sheet.pick(*reversed(OPTIONS))
    else:
        sheet.points(first).fill("100")
    expect(page.locator("#status strong")).to_have_text("Gespeichert")


@pytest.mark.parametrize("kind", [k for k in KINDS if k is not QuestionKind.WORDS])
def test_nothing_moves_when_who_comes_late_may_see_the_room(hall: Hall, kind: QuestionKind) -> None:
    question, options = ask(hall.room.service, hall.room.id, kind)
    for turn in (1, 2):
        found = hall.room.service.open_round(OPERATOR, hall.room.id, question).open_round
        assert found is not None
        for token in hall.room.people(6) if turn == 1 else ():
            answering(hall.room, kind)(token, found, options)
        if turn == 1:
            hall.room.service.reveal_round(OPERATOR, hall.room.id, question)
    phone = hall.phone()
    phone.join("Politik")
    phone.page.evaluate(WATCH)
    room = phone.page.locator(".share:not(.given), .bar")
    expect(room).to_have_count(0)
    with_thumbs(hall, phone.page, kind, 2)
    expect(room.first).to_be_visible()
    shifted(phone.page)
