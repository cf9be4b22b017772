"""The projector: one view at a time, read from twelve metres, moved by the moderator alone.

What it shows is a row in the database. Nothing of a round that isn't revealed is read here, so
nothing of it can reach the browser.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import guard, keys, stage_views
from pages.parts.figure import figure_block
from pages.parts.guard import Reader
from pages.parts.live import live_tick
from pages.parts.stage_look import LAYOUTS, Shown, look
from pages.parts.stage_scene import scene
from workshop.access import require_moderator, require_stage
from workshop.charts import Theme
from workshop.errors import Refused
from workshop.i18n import Translator

MOTION = 900
"""Milliseconds in which a figure goes to its new place."""

MOVING = 2200
"""The same where the way itself is what is shown."""


def render() -> None:
    """The page. It guards itself, also where it is opened cold by its address."""
    t = guard.reader().t
    _live(st.query_params.get("w", ""), t)


@st.fragment
def _live(workshop_id: str, t: Translator) -> None:
    """Runs again whenever the workshop has changed, and only this."""
    who = guard.reader()
    service, actor = who.service, who.actor
    theme: Theme = st.session_state.get("stage_theme") or _first_theme()
    version = None
    try:
        require_stage(actor, workshop_id)
        version, _ = service.versions(workshop_id)
        shown = _shown(who, workshop_id, theme)
    except Refused as refusal:
        shown = Shown(_no_right(refusal, workshop_id, who))
    with st.container(key="stage_live"):
        if version is not None:
            lost = t("No connection to the server. The stage goes on by itself once it is back.")
            live_tick(workshop_id, version, lost=lost, key="stage_tick")
            _keys(who, workshop_id)
    told = scene(shown.html, lang=t.lang, chart=shown.layout)
    for layout in LAYOUTS:
        _draw(layout, shown)
    if told is not None and told != theme:
        st.session_state["stage_theme"] = told
        st.rerun(scope="fragment")


def _shown(who: Reader, workshop_id: str, theme: Theme) -> Shown:
    """What the stage shows; one that is frozen, as it was when this window saw it freeze.

    A window that is opened meanwhile shows the same as far as the database knows it.
    """
    workshop = who.service.agenda(who.actor, workshop_id).workshop
    frozen, stage = workshop.frozen, workshop.stage
    key = frozen and (frozen.at, stage.black, workshop.timer_ends_at, theme)
    kept: tuple[object, Shown] | None = st.session_state.get("stage_kept")
    if key is not None and kept is not None and kept[0] == key:
        return kept[1]
    shown = look(who.service, who.actor, workshop_id, who.t, theme)
    st.session_state["stage_kept"] = (key, shown)
    return shown


def _keys(who: Reader, workshop_id: str) -> None:
    """The clicker, where this browser is signed in as moderator; else the window's own keys."""
    bindings = keys.of_the_window(who.t)
    try:
        require_moderator(who.actor, workshop_id)
        bindings = keys.of_the_room(who.t) + bindings
    except Refused:
        pass

    def pressed(action: str) -> None:
        keys.press(who.service, guard.reader().actor, workshop_id, action)

    keys.keys(who.t, bindings, pressed, key="stage_keys", wall=True)


def _first_theme() -> Theme:
    """What the browser said when it came; the scene corrects it where that was wrong."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _draw(layout: str, shown: Shown) -> None:
    """The figure of one layout, in a place of its own that every run has.

    While another view is on, the figure stays as it was last seen, out of sight: so the next
    round's result moves what people remember. A reveal that was taken back takes it away.
    """
    memory = f"stage_seen_{layout}"
    now = shown.layout == layout
    if now:
        st.session_state[memory] = shown
    with st.container(key=f"stage_{layout}_chart"):
        seen: Shown | None = st.session_state.get(memory)
        if seen is None or seen.chart is None or not seen.revealed <= shown.revealed:
            return
        figure_block(
            seen.chart.figure,
            start=seen.chart.start if now else None,
            sentence=seen.chart.sentence if now else "",
            height="var(--chart-height)",
            motion=MOVING if seen.chart.start else MOTION,
            key=seen.chart_key,
        )


def _no_right(refusal: Refused, workshop_id: str, who: Reader) -> str:
    t = who.t
    if refusal.code == "no-workshop":
        return stage_views.notice(t("There is no such workshop."), t("Please check the link."))
    target = guard.address("/stage", w=workshop_id)
    way = guard.address("/signin", next=target) if who.service.passphrase.is_set else ""
    return stage_views.notice(
        t("This stage is not open to you yet."),
        t("Open the stage link that the moderator gives you, or sign in as moderator."),
        t("Sign in"),
        way,
    )
