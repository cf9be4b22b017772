"""The stage's views without a chart: lobby, question, thanks, and a word to who has no right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pages.parts.stage_html import (
    accent_style,
    join_card,
    kicker,
    mark,
    short_address,
    tag,
    text,
    view,
)
from pages.parts.stage_kinds import options
from pages.parts.words import kind
from workshop.access import spoken_code
from workshop.agenda import asked_next, current_round
from workshop.i18n import Translator, pick
from workshop.limits import MAX_OPTIONS
from workshop.marks import MARKS
from workshop.model import Agenda, KeyQuestion, QuestionKind, Room, RoundState
from workshop.qr import qr

TOO_MANY: Final = 40
"""More statements than this are not all asked, unless somebody wants it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where phones join: the address without the code, and whether only this machine knows it."""

    join: str
    only_local: bool = False


def lobby(agenda: Agenda, room: Room, address: Address, t: Translator) -> str:
    """Before the beginning: what it is about, how to join, and how many have."""
    workshop = agenda.workshop
    title = pick(workshop.title, t.lang)
    idea = pick(agenda.process.guiding_idea, t.lang)
    left = tag(
        "div",
        text("p", title, class_="kicker") if idea else "",
        text("h1", idea or title, data_fit="1", lang=t.lang),
        _clusters(agenda, t),
        class_="idea",
    )
    joined = tag(
        "p",
        text("strong", t.number(room.joined)),
        " ",
        text("span", t.n("person has joined", "people have joined", room.joined)),
        class_="count",
    )
    return view("lobby", left, _entrance(agenda, address, t), tag("footer", joined))


def _clusters(agenda: Agenda, t: Translator) -> str:
    ordered = sorted(agenda.clusters, key=lambda c: c.position)
    names = [
        tag(
            "li",
            mark(MARKS.get(c.mark, "")),
            text("span", pick(c.name, t.lang)),
            style=accent_style(c),
        )
        for c in ordered
    ]
    return tag("ul", *names, class_="themes") if names else ""


def _entrance(agenda: Agenda, address: Address, t: Translator) -> str:
    """QR code, spoken code and address; or why nobody can come in just now."""
    workshop = agenda.workshop
    if workshop.locked:
        closed = text("p", t("The door is closed. Whoever is in stays in."), class_="closed")
        return tag("div", closed, class_="entrance")
    if not workshop.stage.qr:
        return tag("div", class_="entrance")
    code, short = workshop.join_code, short_address(address.join)
    label = t("QR code to join: {address}", address=f"{short}/{code}")
    by_hand = tag(
        "p", text("span", t("or at")), " ", text("strong", short), " ", text("span", t("with"))
    )
    warning = t(
        "Only this computer knows this address. Phones need PUBLIC_URL, or a network connection."
    )
    return tag(
        "div",
        text("p", t("Join with your phone"), class_="how"),
        qr(f"{address.join}/{code}").svg(label),
        by_hand,
        text("p", spoken_code(code), class_="code"),
        text("p", warning, class_="warning", role="alert") if address.only_local else "",
        class_="entrance",
    )


def question(
    agenda: Agenda, asked: KeyQuestion, room: Room, address: Address, t: Translator
) -> str:
    """A key question: before it opens, while it is open, and when it is closed. No result."""
    if asked.is_step:
        return step(agenda, asked, address, t)
    number, state = current_round(agenda, asked)
    workshop = agenda.workshop
    help_text = pick(asked.help, t.lang)
    words = pick(asked.text, t.lang)
    return view(
        "question",
        kicker(
            agenda.cluster(asked.cluster_id),
            t,
            t("Round {number}", number=number),
            t("knowing the result of the round before")
            if number > 1 and not asked.is_written
            else "",
        ),
        tag(
            "div",
            text("h1", words, class_=_size(words)),
            text("p", help_text, class_="help") if help_text else "",
            _options(agenda, asked, words),
            class_="ask",
            data_fit="1",
        ),
        tag("footer", _progress(agenda, asked, state, room, t)),
        join_card(address.join, workshop.join_code, t)
        if workshop.stage.qr and not workshop.locked
        else "",
        key=f"{asked.id}-{number}",
        style=_accent(agenda, asked),
    )


def step(agenda: Agenda, asked: KeyQuestion, address: Address, t: Translator) -> str:
    """A step that asks nothing: what it is, in large letters, and whose turn that is."""
    workshop, help_text = agenda.workshop, pick(asked.help, t.lang)
    title = pick(asked.text, t.lang)
    return view(
        "question",
        text("p", kind(t, asked.kind), class_="kicker"),
        tag(
            "div",
            text("h1", title, class_=_size(title)),
            text("p", help_text, class_="help") if help_text else "",
            class_="ask",
            data_fit="1",
        ),
        join_card(address.join, workshop.join_code, t)
        if workshop.stage.qr and not workshop.locked
        else "",
        key=asked.id,
        style=_accent(agenda, asked),
    )


def _options(agenda: Agenda, asked: KeyQuestion, words: str) -> str:
    """What there is to weigh up, from the opening on; before that it may still change."""
    latest = agenda.latest_round(asked.id)
    running = latest is not None and latest.state in (RoundState.OPEN, RoundState.CLOSED)
    if latest is None or not running or not asked.asked_in(latest).is_whole:
        return ""
    found = agenda.asked(latest)
    return options(found, words) if len(found) <= MAX_OPTIONS else ""


def _accent(agenda: Agenda, asked: KeyQuestion) -> str:
    cluster = agenda.cluster(asked.cluster_id)
    return accent_style(cluster) if cluster else ""


def _size(words: str) -> str:
    """Short questions are written larger; the style knows how large."""
    return next((f"size-{limit}" for limit in (70, 130, 240) if len(words) <= limit), "size-500")


def _progress(
    agenda: Agenda, asked: KeyQuestion, state: RoundState, room: Room, t: Translator
) -> str:
    if state is RoundState.DRAFT:
        soon = t("We are about to begin.")
        return text("p", soon, class_="state") + text("p", _task(agenda, asked, t), class_="task")
    of = t.n("of {y} has answered", "of {y} have answered", room.answered, y=t.number(room.present))
    share = min(1.0, room.answered / room.present) if room.present else 0.0
    below = (
        text("p", _task(agenda, asked, t), class_="task")
        if state is RoundState.OPEN
        else text("p", t("Round closed"), class_="state")
    )
    count = tag("p", text("strong", t.number(room.answered)), " ", text("span", of), class_="count")
    bar = tag(
        "div",
        tag("div", style=f"transform:scaleX({share:.4f})"),
        class_="bar",
        aria_hidden="true",
    )
    return below + count + bar


def _task(agenda: Agenda, asked: KeyQuestion, t: Translator) -> str:
    """What people do now, on their phones."""
    latest = agenda.latest_round(asked.id)
    running = latest is not None and latest.state is RoundState.OPEN
    if running and asked.is_written and asked.asked_in(latest).is_whole:
        return t.n(
            "Back one contribution on your phone.",
            "Back up to {n} contributions on your phone.",
            asked.most or 1,
        )
    if asked.is_whole or asked.is_written:
        return _together(asked, t)
    count = len(agenda.asked(latest) if latest and running else asked_next(agenda, asked))
    if not count or (not running and count > TOO_MANY):
        return ""  # of so many some will be chosen
    if asked.kind is QuestionKind.MATRIX:
        return t.n(
            "Rate {n} statement on two axes on your phone.",
            "Rate {n} statements on two axes on your phone.",
            count,
        )
    return t.n("Rate {n} statement on your phone.", "Rate {n} statements on your phone.", count)


def _together(asked: KeyQuestion, t: Translator) -> str:
    """The same for what is written, or answered as a whole."""
    most = asked.most or 1
    match asked.kind:
        case QuestionKind.PROPOSE:
            return t("Propose questions on your phone that should be asked.")
        case QuestionKind.WORDS:
            return t.n(
                "Send one word from your phone.", "Send up to {n} words from your phone.", most
            )
        case QuestionKind.RANK:
            return t("Put the options in order on your phone.")
        case QuestionKind.ALLOCATE:
            return t.n(
                "Give {n} point on your phone.", "Distribute {n} points on your phone.", most
            )
        case QuestionKind.CHOOSE:
            return t.n(
                "Choose one option on your phone.", "Choose up to {n} options on your phone.", most
            )
    return t("Write down your perspectives, interests and goals on your phone.")


def thanks(agenda: Agenda, room: Room, t: Translator) -> str:
    """The end of the evening."""
    idea = pick(agenda.process.guiding_idea, t.lang)
    title = pick(agenda.workshop.title, t.lang)
    people = t.n("{n} person took part.", "{n} people took part.", room.joined)
    return view(
        "thanks",
        text("p", title, class_="kicker"),
        text("h1", t("Thank you!")),
        text("p", people, class_="task") if room.joined else "",
        text("p", idea, class_="help") if idea else "",
        _clusters(agenda, t),
    )


def black(t: Translator) -> str:
    """Nothing, so that people look at each other."""
    return view("black", text("p", t("The stage is black for the moment."), class_="unseen"))


def timer(ends: datetime, t: Translator) -> str:
    """Until when there is time; the browser counts, see `clock.js`."""
    return text(
        "p",
        "",
        class_="timer",
        role="timer",
        aria_label=t("Time left"),
        data_ends=str(round(ends.timestamp() * 1000)),
        data_over=t("Time"),
    )


def rehearsal(t: Translator) -> str:
    """That nothing of all this counts."""
    return text("p", t("Rehearsal"), class_="rehearsal")


def notice(title: str, sentence: str, link: str = "", target: str = "") -> str:
    """A calm word instead of a view: a title, a sentence, and a link where there is a way on."""
    way = tag("p", text("a", link, href=target, target="_self")) if target else ""
    return view("notice", text("h1", title), text("p", sentence, class_="help"), way, key=title)
