"""The private preview of a running result: closed until asked for, and not sent before."""

from __future__ import annotations

import streamlit as st

from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.charts import Table, in_order, item_words, question_result
from workshop.charts.base import ramp, text_on
from workshop.charts.words import shown
from workshop.i18n import Translator, pick
from workshop.model import Agenda, KeyQuestion, Round, Scale
from workshop.results import ItemResult


def draw(console: Console, agenda: Agenda, question: KeyQuestion, round_: Round) -> None:
    """The switch, and behind it the distributions as they are now.

    It belongs to one round: the next one begins with a closed preview, like a reload.
    """
    t = console.who.t
    with st.container(key="console-preview", gap="xsmall"):
        opened = st.toggle(t("Private preview"), key=f"preview-{round_.id}")
        line = t("For you alone. Stage and phones show nothing of it.")
        if opened:
            line = t("Only on this screen: make sure that it isn't mirrored to the projector.")
        st.html(f'<p class="ek-muted">{esc(line)}</p>')
        if opened:
            _chart(console, agenda, question, round_)


def _chart(console: Console, agenda: Agenda, question: KeyQuestion, round_: Round) -> None:
    """Each statement with its bar, and the same in figures.

    Plain HTML and not Plotly: the column is narrow, and nothing here moves.
    """
    t, who = console.who.t, console.who
    results = who.service.results(who.actor, console.workshop_id, preview=True)
    items = in_order(results.items(round_.id))
    scale, cluster = question.scale, agenda.cluster(question.cluster_id)
    if not items or scale is None:
        return
    accent = cluster.accent if cluster else "c"
    parts = [_legend(t, scale, accent)]
    for item in items:
        parts.append(f'<p class="ek-text">{esc(item.statement.text)}</p>')
        parts.append(f'<p class="ek-meta">{esc(item_words(item, scale, t))}</p>')
        if shown(item):
            parts.append(_bar(t, item, accent))
    table = question_result(question, items, t, number=round_.number, accent=accent).table
    st.html(f'<div class="ek-preview">{"".join(parts)}{_table(t, table)}</div>')


def _shades(accent: str, steps: int) -> list[str]:
    """A style per step: its colour and the text colour on it, in both themes."""
    pairs = zip(ramp(accent, "light", steps), ramp(accent, "dark", steps), strict=True)
    return [
        f"background:light-dark({light},{dark});color:light-dark({text_on(light)},{text_on(dark)})"
        for light, dark in pairs
    ]


def _legend(t: Translator, scale: Scale, accent: str) -> str:
    shades = _shades(accent, scale.steps)
    entries = "".join(
        f'<li><span style="{shade}" aria-hidden="true"></span>{esc(pick(label, t.lang))}</li>'
        for shade, label in zip(shades, scale.labels, strict=True)
    )
    return f'<ul class="ek-legend">{entries}</ul>'


def _bar(t: Translator, item: ItemResult, accent: str) -> str:
    """One stacked bar; the sentence above it says the same to those who don't see it."""
    steps = item.counts.steps
    parts = "".join(
        f'<span style="flex-grow:{n};{shade}">{t.number(n)}</span>'
        for n, shade in zip(steps, _shades(accent, len(steps)), strict=True)
        if n
    )
    return f'<div class="ek-stack" aria-hidden="true">{parts}</div>'


def _table(t: Translator, table: Table) -> str:
    heads = "".join(f'<th scope="col">{esc(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{esc(first)}</th>'
        + "".join(f"<td>{esc(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in table.rows
    )
    word = esc(t("These numbers as a table"))
    return (
        f"<details><summary>{word}</summary>"
        f'<div class="ek-scroll" tabindex="0" role="region" aria-label="{word}">'
        f'<table class="ek-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></details>"
    )
