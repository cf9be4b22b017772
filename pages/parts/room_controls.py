"""Below the round: what the stage shows, the door, the end, and undo."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from pages.parts import acting, room_timer, room_wall, words
from pages.parts.acting import Console
from pages.parts.stage_look import page_count
from pages.parts.text import esc
from workshop.agenda import has_moves, previous_stage
from workshop.model import Agenda, StageView
from workshop.opinion import MIN_PEOPLE


def draw(console: Console) -> None:
    """Stage and room, each a line of words and a row of quiet buttons."""
    agenda = console.agenda()
    room_timer.draw(console, agenda)
    _stage(console, agenda)
    _room(console, agenda)


def undo(console: Console) -> None:
    """The one button that takes the last action back, with its name."""
    t = console.who.t
    action = console.who.service.can_undo(console.who.actor, console.workshop_id)
    if action is None:
        return
    st.button(
        t("Undo: {action}", action=t(action)),
        key="undo",
        type="tertiary",
        icon=":material/undo:",
        on_click=_take_back,
        args=(console,),
    )


def _take_back(console: Console) -> None:
    t, who = console.who.t, console.who
    taken: list[str] = []
    done = acting.act(
        console, lambda: taken.append(who.service.undo(who.actor, console.workshop_id)), follow=True
    )
    if done:
        acting.note("status", t("Taken back: {action}", action=t(taken[0])))


def _stage(console: Console, agenda: Agenda) -> None:
    t, who, w = console.who.t, console.who, console.workshop_id
    service, stage = console.who.service, agenda.workshop.stage
    pages = page_count(service, who.actor, w)
    page = min(stage.page, pages - 1)
    shows = [words.view(t, agenda), t("QR code") if stage.qr else t("no QR code")]
    label = t("Shows now:") if agenda.workshop.frozen is None else t("Shows after that:")
    if pages > 1:
        shows.insert(1, t("Page {x} of {y}", x=t.number(page + 1), y=t.number(pages)))
    st.html(
        f'<h2 class="ek-side">{esc(t("Stage"))}</h2>'
        f'<p class="ek-now">{esc(label)} <strong>{esc(", ".join(shows))}</strong></p>'
    )
    if pages > 1:
        _turning(console, agenda, page, pages)
    with st.container(horizontal=True, gap="small", key="console-stage"):
        back = previous_stage(agenda) is not None
        _quiet(console, "back", t("Back"), lambda: service.back(who.actor, w), disabled=not back)
        for view, question_id, word in _views(console, agenda):
            shown = stage.view is view and question_id in (None, stage.question_id)
            do = _showing(console, view, question_id)
            _quiet(console, f"view-{view}", word, do, disabled=shown)
        word = t("Hide the QR code") if stage.qr else t("Show the QR code")
        _quiet(
            console, "qr", word, lambda: service.show_qr(who.actor, w, not stage.qr), follow=False
        )
        room_wall.buttons(console, agenda)


def _turning(console: Console, agenda: Agenda, page: int, pages: int) -> None:
    """Where more was said than the wall can hold: turn its pages."""
    t, stage = console.who.t, agenda.workshop.stage

    def turn(to: int) -> acting.Do:
        who, w = console.who, console.workshop_id
        return lambda: who.service.show(who.actor, w, stage.view, stage.question_id, to)

    with st.container(horizontal=True, gap="small", key="console-pages"):
        first, last = page == 0, page == pages - 1
        _quiet(console, "page-back", t("Previous page"), turn(page - 1), disabled=first)
        _quiet(console, "page-on", t("Next page"), turn(page + 1), disabled=last)


def _views(console: Console, agenda: Agenda) -> Iterator[tuple[StageView, str | None, str]]:
    """What can be put on the stage besides the question itself: view, its question, word."""
    t, question = console.who.t, acting.chosen(agenda)
    if question is not None and has_moves(agenda, question):
        yield StageView.MOVES, question.id, t("Show how the answers moved")
    if question is not None and agenda.in_both_strands(question.id):
        yield StageView.STRANDS, question.id, t("Show both strands")
    yield StageView.LOBBY, None, t("Show lobby")
    yield StageView.CLUSTERS, None, t("Show clusters")
    if _may_have_groups(console, agenda):
        yield StageView.GROUPS, None, t("Show opinion groups")
    yield StageView.THANKS, None, t("Show thanks")


def _may_have_groups(console: Console, agenda: Agenda) -> bool:
    """Whether so many have rated what is revealed that there may be groups; the stage says."""
    revealed = agenda.revealed_in(agenda.workshop.strand)
    mine = any(r.workshop_id == agenda.workshop.id for r in revealed)
    who = console.who
    return mine and who.service.room(who.actor, console.workshop_id).joined >= MIN_PEOPLE


def _showing(console: Console, view: StageView, question_id: str | None) -> acting.Do:
    """The groups are of no question, and keep the one that they were shown at."""
    who, w = console.who, console.workshop_id
    if view is StageView.GROUPS:
        question_id = console.agenda().workshop.stage.question_id
    return lambda: who.service.show(who.actor, w, view, question_id)


def _room(console: Console, agenda: Agenda) -> None:
    t, who, w = console.who.t, console.who, console.workshop_id
    service, workshop = console.who.service, agenda.workshop
    room = service.room(who.actor, w)
    facts = [
        t.n("{n} person has joined", "{n} people have joined", room.joined),
        t.n("{n} person present", "{n} people present", room.present),
    ]
    if without := len(service.proxies(who.actor, w)):
        facts.append(t("{n} without a phone", n=t.number(without)))
    if workshop.invited:
        facts.append(t("{n} invited", n=t.number(workshop.invited)))
    if workshop.locked:
        facts.append(t("door locked"))
    st.html(
        f'<h2 class="ek-side">{esc(t("Room"))}</h2><p class="ek-now">{esc(" · ".join(facts))}</p>'
    )
    with st.container(horizontal=True, gap="small", key="console-room"):
        word = t("Unlock the door") if workshop.locked else t("Lock the door")
        _quiet(
            console,
            "lock",
            word,
            lambda: service.lock_door(who.actor, w, not workshop.locked),
            follow=False,
        )
        word = t("Go on with the workshop") if workshop.ended else t("End the workshop")
        _quiet(console, "end", word, lambda: service.end_workshop(who.actor, w, not workshop.ended))


def _quiet(
    console: Console,
    key: str,
    word: str,
    do: acting.Do,
    *,
    follow: bool = True,
    disabled: bool = False,
) -> None:
    st.button(
        word,
        key=f"room-{key}",
        disabled=disabled,
        on_click=acting.run,
        args=(console, do, follow),
    )
