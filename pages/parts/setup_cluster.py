"""The middle of preparing: one cluster, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from pages.parts import acting, frame, setup_agenda, setup_fields
from pages.parts.acting import Console
from pages.parts.setup_fields import in_language, key_of, quiet
from pages.parts.text import esc
from workshop.editing import MAX_NAME, in_place
from workshop.i18n import Translator, languages, pick
from workshop.marks import ACCENTS, MARKS
from workshop.model import Agenda, Cluster

_NEW: Final = "new-cluster"


def draw(console: Console, agenda: Agenda, cluster: Cluster) -> None:
    """Name, colour, mark and place of a cluster; each field saves itself."""
    t, who, w = console.who.t, console.who, console.workshop_id
    name = esc(pick(cluster.name, t.lang))
    st.html(
        f'<p class="ek-eyebrow">{esc(t("Cluster"))}</p>'
        f'<h2 class="ek-part {frame.accent(cluster)}">{frame.mark(cluster)} {name}</h2>'
    )
    _acts(console, agenda, cluster)
    setup_fields.words(
        console,
        f"name-{cluster.id}",
        t("Name"),
        cluster.name,
        lambda text: who.service.edit_cluster(who.actor, w, cluster.id, name=text),
        MAX_NAME,
    )
    left, right = st.columns(2)
    accents = {c.accent for c in agenda.clusters} - {cluster.accent}
    marks = {c.mark for c in agenda.clusters} - {cluster.mark}
    colours, shapes = colour_names(t), mark_names(t)
    with left:
        _choice(
            console,
            cluster,
            "accent",
            t("Colour"),
            [a for a in ACCENTS if a not in accents],
            lambda accent: colours[accent],
        )
    with right:
        _choice(
            console,
            cluster,
            "mark",
            t("Mark"),
            [m for m in MARKS if m not in marks],
            lambda mark: shapes[mark],
        )
    key = key_of(f"cross-{cluster.id}-{cluster.cross_cutting}")
    st.checkbox(
        t("Cuts across all clusters"),
        value=cluster.cross_cutting,
        key=key,
        on_change=_cross,
        args=(console, cluster.id, key),
    )


def colour_names(t: Translator) -> dict[str, str]:
    """The accents in words, as somebody would call them."""
    return {
        "a": t("orange"),
        "b": t("green"),
        "c": t("blue"),
        "d": t("magenta"),
        "e": t("umber"),
        "f": t("violet"),
        "g": t("crimson"),
        "h": t("moss"),
    }


def mark_names(t: Translator) -> dict[str, str]:
    """The marks in words."""
    return {
        "house": t("house"),
        "drop": t("drop"),
        "book": t("book"),
        "ring": t("ring"),
        "star": t("star"),
        "triangle": t("triangle"),
        "cross": t("cross"),
        "bars": t("bars"),
    }


def _acts(console: Console, agenda: Agenda, cluster: Cluster) -> None:
    t, who, w, c = console.who.t, console.who, console.workshop_id, cluster.id
    service = who.service
    order = [other.id for other in in_place(agenda.clusters)]
    with st.container(key="acts-cluster", horizontal=True, gap="small"):
        quiet(
            console,
            f"up-{c}",
            t("Move up"),
            lambda: service.move_cluster(who.actor, w, c, -1),
            disabled=order[0] == c,
        )
        quiet(
            console,
            f"down-{c}",
            t("Move down"),
            lambda: service.move_cluster(who.actor, w, c, 1),
            disabled=order[-1] == c,
        )
        quiet(console, f"remove-{c}", t("Remove"), lambda: service.remove_cluster(who.actor, w, c))


def _choice(
    console: Console,
    cluster: Cluster,
    what: str,
    label: str,
    free: Sequence[str],
    named: Callable[[str], str],
) -> None:
    """Colour or mark, of those that no other cluster has."""
    now = cluster.accent if what == "accent" else cluster.mark
    key = key_of(f"{what}-{cluster.id}-{now}")
    st.selectbox(
        label,
        free,
        index=list(free).index(now) if now in free else None,
        format_func=named,
        key=key,
        on_change=_set,
        args=(console, cluster.id, what, key),
    )


def _set(console: Console, cluster_id: str, what: str, key: str) -> None:
    who, wanted = console.who, str(st.session_state[key])
    accent, mark = (wanted, None) if what == "accent" else (None, wanted)
    setup_fields.do(
        console,
        lambda: who.service.edit_cluster(
            who.actor, console.workshop_id, cluster_id, accent=accent, mark=mark
        ),
    )


def _cross(console: Console, cluster_id: str, key: str) -> None:
    who, wanted = console.who, bool(st.session_state[key])
    setup_fields.do(
        console,
        lambda: who.service.edit_cluster(
            who.actor, console.workshop_id, cluster_id, cross_cutting=wanted
        ),
    )


def new(console: Console) -> None:
    """A cluster that isn't there yet; it gets a free colour and a free mark."""
    t = console.who.t
    st.html(f'<h2 class="ek-part">{esc(t("New cluster"))}</h2>')
    with st.form("new-cluster-form", border=False):
        for place, lang in zip(st.columns(len(languages())), languages(), strict=True):
            place.text_input(
                in_language(t("Name"), lang), key=key_of(f"{_NEW}-{lang}"), max_chars=MAX_NAME
            )
        st.form_submit_button(t("Add"), type="primary", on_click=_add, args=(console,))


def _add(console: Console) -> None:
    who = console.who
    name = {lang: str(st.session_state[key_of(f"{_NEW}-{lang}")] or "") for lang in languages()}
    made: list[str] = []
    if acting.act(
        console,
        lambda: made.append(who.service.add_cluster(who.actor, console.workshop_id, name)),
    ):
        setup_fields.anew()
        setup_agenda.choose("cluster", made[0])
        acting.note("status", who.t("Saved."))
