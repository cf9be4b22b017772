"""Beside a question: the phone and the stage as they will look, from their own templates."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts import stage_look, stage_views
from pages.parts.acting import Console
from pages.parts.text import esc
from pages.phone import screens
from pages.web import assets
from workshop.agenda import PhoneState, PhoneView
from workshop.i18n import Translator
from workshop.marks import GROUND_DARK, GROUND_LIGHT
from workshop.model import (
    Agenda,
    KeyQuestion,
    Participant,
    Room,
    Round,
    RoundState,
    Stage,
    StageView,
    Statement,
)
from workshop.service.taking_part import Phone

_HERE = Path(__file__).parent
_FRAME: Final = "preview"
_INK: Final = {"light": "#16202b", "dark": "#f2efe8"}
_GROUND: Final = {"light": GROUND_LIGHT, "dark": GROUND_DARK}
_SCRIPTS: Final = re.compile(r"<script\b.*?</script>", re.DOTALL)

_SHEET = st.components.v2.component(
    "einklang_sheet",
    # Same origin for style and typeface; without scripts, and out of reach of focus and reader.
    # It becomes a picture together with its name, so that it never is one without.
    html=(
        '<div class="box"><iframe sandbox="allow-same-origin" inert tabindex="-1" '
        'aria-hidden="true" title=""></iframe></div>\n'
    ),
    css=(_HERE / "setup_preview.css").read_text(encoding="utf-8"),
    js=(_HERE / "setup_preview.js").read_text(encoding="utf-8"),
)


def draw(console: Console, agenda: Agenda, question: KeyQuestion | None) -> None:
    """Phone and stage of a question; the lobby's where there is none."""
    t = console.who.t
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f'<h2 class="ek-side">{esc(t("As it will look"))}</h2>')
    for kind, word, page in (
        ("stage", t("Stage"), stage_page(t, agenda, question, theme)),
        ("phone", t("Phone"), phone_page(t, agenda, question)),
    ):
        st.html(f'<p class="ek-label">{esc(word)}</p>')
        label = t("Preview: {what}", what=word)
        data = {"html": page, "kind": kind, "label": label, "theme": theme}
        _SHEET(key=f"setup-sheet-{kind}", data=data, height="content")


def phone_page(t: Translator, agenda: Agenda, question: KeyQuestion | None) -> str:
    """The page of a phone that has joined, with the question open, or waiting for the first.

    It waits through a step that asks nothing, too.
    """
    question = None if question is None or question.is_step else question
    pretended = _pretended(t, agenda, question)
    round_ = pretended.rounds[0] if pretended.rounds else None
    state = PhoneState.OPEN if question else PhoneState.WAITING
    now = agenda.workshop.created_at
    person = Participant(_FRAME, pretended.workshop.id, 1, "none", now, now)
    phone = Phone(pretended, PhoneView(state, question, round_), person)
    return _SCRIPTS.sub("", screens.phone_page(t, phone, None).body.decode())


def _pretended(t: Translator, agenda: Agenda, question: KeyQuestion | None) -> Agenda:
    """The agenda as if only this question were open, in a first round.

    It is another workshop's, so that no page that was made for a real phone is taken for it.
    """
    workshop = replace(
        agenda.workshop,
        id=f"{_FRAME} {question.id if question else agenda.workshop.id}",
        ended=False,
        locked=False,
        stage=Stage(StageView.LOBBY),
    )
    rounds: tuple[Round, ...] = ()
    statements = agenda.statements
    if question is not None:
        mine = agenda.statements_of(question.id)
        samples = _samples(t, agenda, question)[len(mine) :]
        mine, statements = (*mine, *samples), (*statements, *samples)
        ids = tuple(s.id for s in mine)
        rounds = (Round(_FRAME, workshop.id, question.id, 1, RoundState.OPEN, ids),)
    return Agenda(workshop, agenda.process, agenda.clusters, agenda.questions, statements, rounds)


def _samples(t: Translator, agenda: Agenda, question: KeyQuestion) -> tuple[Statement, ...]:
    """What stands where nothing is written yet: as many lines as the question needs."""
    if not question.asks_statements:
        return ()
    texts = [t("Here stands a statement that is to be rated.")]
    if question.is_whole:
        texts = [t("Here stands an option."), t("Here stands another option.")]
    home = agenda.workshop
    return tuple(
        Statement(f"{_FRAME} {n}", question.id, text, home.id, home.strand, n, home.created_at)
        for n, text in enumerate(texts)
    )


def stage_page(t: Translator, agenda: Agenda, question: KeyQuestion | None, theme: str) -> str:
    """The stage just before the question opens, or its lobby, as a page of its own."""
    pretended = _pretended(t, agenda, None)
    room, address = Room(joined=0, present=0), stage_look.address()
    shown = (
        stage_views.lobby(pretended, room, address, t)
        if question is None
        else stage_views.question(pretended, question, room, address, t)
    )
    look = (
        f":root{{color-scheme:{theme};--st-text-color:{_INK[theme]};"
        f"--st-background-color:{_GROUND[theme]};"
        "--st-font:'Atkinson Hyperlegible Next',sans-serif}"
        f"@font-face{{font-family:'Atkinson Hyperlegible Next';font-weight:200 800;"
        f"src:url({assets.font_url()})}}"
    )
    return (
        f'<!doctype html><html lang="{esc(t.lang)}"><head><meta charset="utf-8">'
        f"<style>{look}{_stage_style()}</style></head>"
        f'<body><div class="stage-scene" data-theme="{theme}">{shown}</div></body></html>'
    )


@cache
def _stage_style() -> str:
    return (_HERE / "stage_scene.css").read_text(encoding="utf-8")
