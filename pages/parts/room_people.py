"""People without a phone: who they are, a page on which to answer for each, and taking one out.

That page is the ordinary phone page, in a window of its own; see `pages.phone.standing_in`.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console
from pages.parts.setup_frame import group_name
from pages.parts.text import esc, plain
from workshop.model import Agenda, Participant

_ASKED: Final = "console-person-asked"
"""In the session: the id of the person about whom it is asked whether they shall go."""


def draw(console: Console) -> None:
    """Everybody without a phone, and a place to add one. Call it at every run."""
    t, agenda = console.who.t, console.agenda()
    people = console.who.service.proxies(console.who.actor, console.workshop_id)
    count = f" · {t.number(len(people))}" if people else ""
    st.html(f'<h2 class="ek-side">{esc(t("People without a phone"))}{count}</h2>')
    for person in people:
        _person(console, agenda, person)
    if not agenda.workshop.ended:
        _adding(console, agenda)


def _person(console: Console, agenda: Agenda, person: Participant) -> None:
    t = console.who.t
    name = t("Person {n} (no phone)", n=person.number)
    group = group_name(t, person.segment)
    address = f"/j/{agenda.workshop.join_code}/stand-in"
    # The name is for who doesn't see the line above.
    label = f"{t('Answer for this person')}: {name}"
    with st.container(key=f"text-person-{person.id}", gap=None):
        st.html(
            f'<p class="ek-text">{esc(name)} <span class="ek-meta">{esc(group)}</span></p>'
            f'<form class="ek-person" method="post" action="{esc(address)}" target="_blank">'
            f'<input type="hidden" name="person" value="{esc(person.id)}">'
            f'<button type="submit" aria-label="{esc(label)}">'
            f"{esc(t('Answer for this person'))} ↗</button></form>"
        )
        if st.session_state.get(_ASKED) == person.id:
            _asking(console, person, name)
            return
        with st.container(key=f"acts-person-{person.id}"):
            st.button(
                f"{t('Remove')} …",
                key=f"person-out-{person.id}",
                type="tertiary",
                on_click=_ask,
                args=(person.id,),
            )


def _asking(console: Console, person: Participant, name: str) -> None:
    """Erasing is the one thing that can't be undone, so it asks."""
    t = console.who.t
    line = t("{name} and everything that was entered for this person is deleted.", name=name)
    st.html(f'<p class="ek-notice" role="alert">{esc(line)}</p>')
    with st.container(horizontal=True, gap="small", key=f"person-asked-{person.id}"):
        st.button(
            t("Delete for good"),
            key=f"person-gone-{person.id}",
            on_click=_remove,
            args=(console, person.id),
        )
        st.button(t("Keep"), key=f"person-kept-{person.id}", on_click=_ask, args=(None,))


def _ask(person_id: str | None) -> None:
    acting.clear_notice()
    st.session_state[_ASKED] = person_id


def _remove(console: Console, person_id: str) -> None:
    who, w = console.who, console.workshop_id
    acting.act(console, lambda: who.service.remove_proxy(who.actor, w, person_id))
    st.session_state[_ASKED] = None


def _adding(console: Console, agenda: Agenda) -> None:
    """One tap, and in, as on a phone."""
    t = console.who.t
    with st.expander(t("A new person"), key="console-person", on_change="rerun"):
        hint = t("For somebody in the room whose answers you enter. They are marked as such.")
        st.html(
            f'<p class="ek-meta">{esc(hint)}</p>'
            f'<p class="ek-label">{esc(t("To which group does the person belong?"))}</p>'
        )
        with st.container(horizontal=True, gap="small", key="person-groups"):
            for key in agenda.workshop.segments:
                name = plain(group_name(t, key))
                st.button(name, key=f"person-in-{key}", on_click=_add, args=(console, key))


def _add(console: Console, group: str) -> None:
    who, w, added = console.who, console.workshop_id, list[Participant]()
    if acting.act(console, lambda: added.append(who.service.add_proxy(who.actor, w, group))):
        said = who.t("Person {n} is in, and counts as present.", n=added[0].number)
        acting.note("status", said)
