"""The moderator's first page: which workshops there are, and the way into each."""

from __future__ import annotations

from collections.abc import Sequence

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
        st.html(_table(who, found))
    else:
        st.html(f'<p class="ek-muted">{esc(t("There is no workshop yet."))}</p>')
    frame.footer(t)


def _table(who: Reader, workshops: Sequence[Workshop]) -> str:
    t = who.t
    heads = "".join(
        f'<th scope="col">{esc(word)}</th>'
        for word in (t("Workshop"), t("Strand"), t("Join code"), t("Created"), t("State"))
    )
    rows = "".join(_row(who, workshop) for workshop in workshops)
    last = f'<th scope="col"><span class="ek-unseen">{esc(t("Open"))}</span></th>'
    return (
        f'<div class="ek-scroll" tabindex="0" role="region" aria-label="{esc(t("Workshops"))}">'
        f'<table class="ek-list"><thead><tr>{heads}{last}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _row(who: Reader, workshop: Workshop) -> str:
    t, w = who.t, workshop.id
    title = local(workshop.title, t.lang)
    cells = "".join(
        f"<td>{esc(value)}</td>"
        for value in (
            words.strand(t, workshop.strand),
            spoken_code(workshop.join_code),
            t.datetime(workshop.created_at),
            _state(who, workshop),
        )
    )
    links = "".join(
        f'<a href="{esc(guard.address(path, w=w))}" aria-label="{esc(word)}: {title}">'
        f"{esc(word)}</a>"
        for path, word in (
            ("/stage", t("Stage")),
            ("/results", t("Results")),
            ("/setup", t("Invite")),
        )
    )
    console = f'<a href="{esc(guard.address("/moderator", w=w))}">{title}</a>'
    return f'<tr><th scope="row">{console}</th>{cells}<td class="ek-links">{links}</td></tr>'


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
