"""What the office works with the next day: explore what was revealed, and take it along as files.

Nothing here was not shown in the room before; the page redraws when somebody chooses, and asks
for the right again each time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import frame, guard, room_rehearsal
from pages.parts.results_explore import explore
from pages.parts.results_files import downloads, title
from pages.parts.results_opinion import opinion
from pages.parts.results_overview import overview
from pages.parts.text import esc
from workshop.model import RoundState

PATH = "/results"


@cache
def _style() -> str:
    parts = Path(__file__).parent / "parts"
    sheets = [parts / name for name in ("results.css", "results_views.css")]
    return "<style>" + "\n".join(s.read_text(encoding="utf-8") for s in sheets) + "</style>"


def render() -> None:
    """The results of the workshop in `?w=`."""
    who, workshop_id = guard.require(PATH)
    t, agenda = who.t, guard.agenda(who, workshop_id)
    here = {"w": workshop_id}
    links = "".join(
        f'<a href="{esc(guard.address(path, **here))}">{esc(word)}</a>'
        for path, word in (("/moderator", t("Console")), ("/stage", t("Stage")))
    )
    path = guard.address(PATH, **here)
    frame.header(t, path, signed_in=True, title=t("Results"), links=links)
    st.html(_style())
    joined = who.service.room(who.actor, workshop_id).joined
    with st.container(key="results"):
        room_rehearsal.mark(agenda.workshop, t)
        st.html(title(agenda, joined, t))
        if any(r.state is RoundState.REVEALED for r in agenda.rounds):
            analysis = who.service.analysis(who.actor, workshop_id)
            overview(who, analysis)
            explore(who, agenda, analysis)
            opinion(analysis.groups, t)
        else:
            line = t("Nothing has been revealed yet. What the room is shown appears here, too.")
            st.html(f'<p class="er-empty">{esc(line)}</p>')
        st.html(downloads(workshop_id, t))
    frame.footer(t)
