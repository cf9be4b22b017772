"""Preparing the frame: title, guiding idea, how many are invited, and the groups on the phone."""

from __future__ import annotations

import streamlit as st

from pages.parts import setup_fields
from pages.parts.acting import Console
from pages.parts.setup_fields import quiet
from pages.parts.text import esc, plain
from workshop.editing import KEPT, MAX_TITLE, moved_by_one
from workshop.i18n import Translator, pick
from workshop.model import Agenda
from workshop.templates import segments

MOST_INVITED = 100_000


def draw(console: Console, agenda: Agenda) -> None:
    """What a workshop is called, and who comes."""
    t, who, w = console.who.t, console.who, console.workshop_id
    left, right = st.columns([7, 5], gap="large")
    with left:
        setup_fields.words(
            console,
            "title",
            t("Title"),
            agenda.workshop.title,
            lambda text: who.service.set_title(who.actor, w, text),
            MAX_TITLE,
        )
        setup_fields.words(
            console,
            "idea",
            t("Guiding idea"),
            agenda.process.guiding_idea,
            lambda text: who.service.set_guiding_idea(who.actor, w, text),
            MAX_TITLE,
        )
        setup_fields.number(
            console,
            "invited",
            t("How many are invited"),
            agenda.workshop.invited,
            lambda n: who.service.set_invited(who.actor, w, n),
            MOST_INVITED,
            empty=t("unknown"),
        )
    with right:
        _groups(console, agenda)


def group_name(t: Translator, key: str) -> str:
    """A group in words."""
    known = segments()
    return pick(known[key].name, t.lang) if key in known else key


def _of(group: str, word: str) -> str:
    """A button's word; the group before it is for who doesn't see the line that it stands in."""
    return f"**{plain(group)}:** {word}"


def _groups(console: Console, agenda: Agenda) -> None:
    """The groups in their order; those that are missing can come back."""
    t, who, w = console.who.t, console.who, console.workshop_id
    here, service = agenda.workshop.segments, console.who.service
    chosen = service.chosen_groups(who.actor, w)
    st.html(f'<h2 class="ek-side">{esc(t("Groups on the phone"))}</h2>')
    for place, key in enumerate(here):
        word, count = group_name(t, key), chosen.get(key, 0)
        facts = t.n("{n} person", "{n} people", count) if count else ""
        with st.container(key=f"acts-group-{key}", horizontal=True, gap="small"):
            more = f' <span class="ek-meta">{esc(facts)}</span>' if facts else ""
            st.html(f'<p class="ek-text">{esc(word)}{more}</p>')
            quiet(
                console,
                f"group-up-{key}",
                _of(word, t("up")),
                lambda key=key: service.set_segments(  # type: ignore[misc]
                    who.actor, w, moved_by_one(here, key)
                ),
                disabled=not place,
            )
            if key not in KEPT:
                quiet(
                    console,
                    f"group-out-{key}",
                    _of(word, t("remove")),
                    lambda key=key: service.set_segments(  # type: ignore[misc]
                        who.actor, w, [k for k in here if k != key]
                    ),
                    disabled=bool(count),
                )
    missing = [key for key in segments() if key not in here]
    if missing:
        with st.container(key="acts-groups", horizontal=True, gap="small"):
            for key in missing:
                quiet(
                    console,
                    f"group-in-{key}",
                    f"+ {group_name(t, key)}",
                    lambda key=key: service.set_segments(  # type: ignore[misc]
                        who.actor, w, (key, *here)
                    ),
                )
