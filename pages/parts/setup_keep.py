"""What else an agenda is good for: a template, a file, the start of the next workshop."""

from __future__ import annotations

import streamlit as st

from pages.parts import acting, inviting, setup_agenda, setup_fields, words
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.editing import MAX_TITLE
from workshop.i18n import pick
from workshop.model import Agenda, Strand

_NEXT = "setup-next"


def draw(console: Console, agenda: Agenda) -> None:
    """Keep it, take it along, or go on with it."""
    t, w = console.who.t, console.workshop_id
    everything = console.who.actor.workshop_id is None
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f'<h2 class="ek-side">{esc(t("Keep as a template"))}</h2>')
        line = t(
            "Clusters, questions with what you wrote to them, times and groups, "
            "without anything that people wrote."
        )
        st.html(f'<p class="ek-muted">{esc(line)}</p>')
        if everything:
            st.button(t("Keep as a template"), key="setup-keep", on_click=_keep, args=(console,))
        address = f"/download/{w}/template"
        hint = t("The file can be read, and taken in wherever this program runs.")
        st.html(
            f'<p><a href="{esc(address)}" download>{esc(t("Download as a file"))}</a></p>'
            f'<p class="ek-meta">{esc(hint)}</p>'
        )
    if everything:
        with right:
            _next(console, agenda)


def _keep(console: Console) -> None:
    who = console.who
    if acting.act(console, lambda: who.service.save_template(who.actor, console.workshop_id)):
        acting.note("status", who.t("Kept. You find it where you prepare a workshop."))


def _next(console: Console, agenda: Agenda) -> None:
    """Another process that begins with these clusters and questions."""
    t = console.who.t
    st.html(f'<h2 class="ek-side">{esc(t("Begin the next workshop with it"))}</h2>')
    with st.form("next-form", border=False):
        st.text_input(
            t("Title"),
            value=pick(agenda.workshop.title, t.lang),
            max_chars=MAX_TITLE,
            key=f"{_NEXT}-title",
        )
        st.radio(
            t("Strand"),
            list(Strand),
            format_func=lambda value: words.strand(t, value),
            key=f"{_NEXT}-strand",
            horizontal=True,
        )
        st.checkbox(t("Take the statements along; answers stay here"), key=f"{_NEXT}-statements")
        made = st.form_submit_button(t("Create the workshop"))
    if made:
        _begin(console, agenda)


def _begin(console: Console, agenda: Agenda) -> None:
    who, made = console.who, list[str]()
    written = " ".join(str(st.session_state[f"{_NEXT}-title"] or "").split())
    # A title of one's own is one wording for all languages; the old one has its own in each.
    mine = written and written != pick(agenda.workshop.title, who.lang)

    def begin() -> None:
        created = who.service.continue_workshop(
            who.actor,
            console.workshop_id,
            Strand(st.session_state[f"{_NEXT}-strand"]),
            title={who.lang: written} if mine else None,
            statements=bool(st.session_state[f"{_NEXT}-statements"]),
        )
        made.append(created.workshop_id)

    if acting.act(console, begin):
        inviting.make_links(who, made[0])
        setup_fields.anew()
        setup_agenda.choose("")
        acting.note("status", who.t("This is the new workshop."))
        st.session_state.pop("setup-part", None)
        st.query_params["w"] = made[0]
        st.rerun()
    acting.show_notice()
