"""What people wrote in revealed rounds, on the results page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts.guard import Reader
from pages.parts.results_view import sentence
from pages.parts.text import esc
from workshop.i18n import Translator
from workshop.model import Agenda, Aspect, KeyQuestion, Statement


def said(who: Reader, agenda: Agenda, question: KeyQuestion) -> None:
    """The contributions to a question, as far as the room may read them."""
    t = who.t
    found = who.service.said(who.actor, agenda.workshop.id, question.id)
    written = sum(c.times for c in found)
    st.html(sentence(t.n("{n} contribution", "{n} contributions", written)))
    st.html(contributions(found, t))


def contributions(found: Sequence[Statement], t: Translator) -> str:
    """What people wrote, grouped by what they called it."""
    kinds = (
        (Aspect.PERSPECTIVE, t("Perspectives")),
        (Aspect.INTEREST, t("Interests")),
        (Aspect.GOAL, t("Goals")),
        (None, t("Without a kind")),
    )
    blocks = []
    for aspect, name in kinds:
        mine = [c for c in found if c.aspect is aspect]
        if mine:
            count = f"<span>{t.number(len(mine))}</span>"
            items = "".join(f"<li>{esc(c.text)}{_times(c, t)}</li>" for c in mine)
            blocks.append(f"<section><h4>{esc(name)} {count}</h4><ul>{items}</ul></section>")
    return f'<div class="er-said">{"".join(blocks)}</div>'


def _times(contribution: Statement, t: Translator) -> str:
    """How many were merged into it, where it is more than itself."""
    return f" <b>×{t.number(contribution.times)}</b>" if contribution.times > 1 else ""
