"""What people proposed as key questions, and the way of each into the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.parts import acting, words
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.enough import least_shown
from workshop.i18n import Translator
from workshop.limits import OF_AXIS
from workshop.model import Agenda, KeyQuestion, QuestionKind, Statement
from workshop.moderation import merged
from workshop.whole import WholeResult

BECOMES: Final = (QuestionKind.COLLECT, QuestionKind.RATE)
"""What a proposal is taken over as; anything else is a matter of preparing it."""


def draw(console: Console) -> None:
    """Every proposal that the room has seen, the most backed first, with its button."""
    agenda = console.agenda()
    question = acting.chosen(agenda)
    if question is None or question.kind is not QuestionKind.PROPOSE:
        return
    who, w, t = console.who, console.workshop_id, console.who.t
    said = who.service.said(who.actor, w, question.id)
    if not said:
        return
    everything = who.service.contributions(who.actor, w, question.id, hidden=True)
    backed = _backed(console, agenda, question)
    adopted = {q.origin_id for q in agenda.questions}
    st.html(f'<h2 class="ek-side">{esc(t("Choose the key questions"))}</h2>')
    kind = QuestionKind(
        st.radio(
            t("Take over as"),
            [str(kind) for kind in BECOMES],
            format_func=lambda value: words.kind(t, QuestionKind(value)),
            horizontal=True,
            key=f"adopt-as-{question.id}",
        )
    )
    together = merged(everything)
    for proposal in _in_order(said, backed):
        with st.container(key=f"adopt-{proposal.id}", gap=None):
            facts = _facts(t, backed, proposal, len(together.get(proposal.id, ())))
            st.html(
                f'<p class="ek-said" dir="auto">{esc(proposal.text)}</p>'
                f'<p class="ek-meta">{esc(facts)}</p>'
            )
            if proposal.id in adopted:
                st.html(f'<p class="ek-meta ek-done">✓ {esc(t("in the agenda"))}</p>')
            elif not agenda.workshop.ended:
                with st.container(key=f"acts-adopt-{proposal.id}"):
                    st.button(
                        t("Take into the agenda"),
                        key=f"adopt-do-{proposal.id}",
                        type="tertiary",
                        on_click=acting.run,
                        args=(console, _adopting(console, proposal.id, kind)),
                    )


def _adopting(console: Console, statement_id: str, kind: QuestionKind) -> acting.Do:
    who, w = console.who, console.workshop_id
    scale = OF_AXIS[0] if kind is QuestionKind.RATE else None
    return lambda: who.service.adopt(who.actor, w, statement_id, kind, scale=scale)


def _backed(console: Console, agenda: Agenda, question: KeyQuestion) -> WholeResult | None:
    """The last revealed round in which enough people backed proposals."""
    who = console.who
    revealed = agenda.revealed_round(question.id)
    if revealed is None or not revealed.statement_ids:
        return None
    found = who.service.results(who.actor, console.workshop_id).whole(revealed.id)
    return found if found is not None and found.n >= least_shown(agenda.workshop) else None


def _chosen(backed: WholeResult | None, proposal: Statement) -> int | None:
    found = {o.statement.id: o.chosen for o in backed.options} if backed else {}
    return found.get(proposal.id)


def _in_order(said: Sequence[Statement], backed: WholeResult | None) -> list[Statement]:
    """The most backed first; equals as they were written."""
    return sorted(said, key=lambda s: -(_chosen(backed, s) or 0))


def _facts(t: Translator, backed: WholeResult | None, proposal: Statement, more: int) -> str:
    """How many proposed the same, and how many back it."""
    facts = [t.n("proposed once", "proposed {n} times", more + 1)]
    support = _chosen(backed, proposal)
    if support is not None and backed is not None:
        facts.append(t("backed by {x} of {n}", x=t.number(support), n=t.number(backed.n)))
    return " · ".join(facts)
