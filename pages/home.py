"""The moderator's first page: which workshops there are, and the way into each."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, guard, words
from pages.parts.guard import Reader
from pages.parts.text import esc, local
from workshop.access import spoken_code
from workshop.i18n import pick
from workshop.model import RoundState, Workshop

PATH = "/"


def render() -> None:
    """The workshops that this moderator may run."""
    who = guard.require_any(PATH)
    t = who.t
    found = who.service.workshops(who.actor)
    frame.header(t, PATH, signed_in=True)
    st.html(f'<h1 class="ek-title">{esc(t("Workshops"))}</h1>')
    if who.actor.workshop_id is None:
        word = t("Prepare a workshop") if found else t("Prepare the first workshop")
        st.html(f'<p><a class="ek-button" href="/setup">{esc(word)}</a></p>')
    if found:
        items = "".join(_item(who, workshop) for workshop in found)
        st.html(f'<ul class="ek-workshops">{items}</ul>')
    else:
        st.html(f'<p class="ek-muted">{esc(t("There is no workshop yet."))}</p>')
    frame.footer(t)


def _item(who: Reader, workshop: Workshop) -> str:
    """Title and facts, and the ways in; it breaks into lines where there is little room."""
    t, w = who.t, workshop.id
    title = local(workshop.title, t.lang)
    facts = (
        words.strand(t, workshop.strand),
        t("Join code {code}", code=spoken_code(workshop.join_code)),
        t("created {when}", when=t.datetime(workshop.created_at)),
    )
    links = "".join(
        f'<a href="{esc(guard.address(path, w=w))}" aria-label="{esc(word)}: {title}">'
        f"{esc(word)}</a>"
        for path, word in (
            ("/moderator", t("Console")),
            ("/stage", t("Stage")),
            ("/results", t("Results")),
            ("/setup", t("Prepare")),
        )
    )
    state = _state(who, workshop)
    if workshop.rehearsal:
        state = f"{t('Rehearsal')} · {state}"
    return (
        f"<li><div><h2>{title}</h2><p>{esc(state)}</p>"
        f'<p class="ek-meta">{esc(" · ".join(facts))}</p></div>'
        f'<p class="ek-links">{links}</p></li>'
    )


def _state(who: Reader, workshop: Workshop) -> str:
    """Where the workshop stands: sign and word."""
    t = who.t
    if workshop.ended:
        return "✓ " + t("ended")
    agenda = guard.agenda(who, workshop.id)
    round_ = agenda.open_round
    if round_ is not None:
        question = agenda.question(round_.question_id)
        cluster = agenda.cluster(question.cluster_id) if question else None
        name = pick(cluster.name, t.lang) if cluster else ""
        return f"● {t('running')}" + (f": {name}" if name else "")
    if any(r.state is RoundState.REVEALED for r in agenda.rounds):
        return "◐ " + t("under way")
    return "○ " + t("prepared")
