"""The private preview of a running result: closed until asked for, and not sent before.

Plain HTML and not Plotly: the column is narrow, and nothing here moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import frame
from pages.parts.acting import Console
from pages.parts.text import esc
from workshop.charts import Table, Word, in_order, item_words, question_result, words_of
from workshop.charts.base import ramp, text_on
from workshop.charts.words import shown
from workshop.i18n import Translator, pick
from workshop.model import Agenda, KeyQuestion, QuestionKind, Round, Scale
from workshop.results import ItemResult, MatrixResult
from workshop.sentences import (
    axis_names,
    cloud_sentence,
    few_sentence,
    option_words,
    whole_answers,
)
from workshop.whole import OptionResult, WholeResult


def has_one(question: KeyQuestion) -> bool:
    """Whether a question's result can be previewed; what people write is listed beside it."""
    return question.kind is QuestionKind.WORDS or not question.is_written


def draw(console: Console, agenda: Agenda, question: KeyQuestion, round_: Round) -> None:
    """The switch, and behind it the result as it is now.

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
            cluster = agenda.cluster(question.cluster_id)
            found = _of(console, question, round_, cluster.accent if cluster else "c")
            st.html(f'<div class="ek-preview {frame.accent(cluster)}">{found}</div>')


def _of(console: Console, question: KeyQuestion, round_: Round, accent: str) -> str:
    t, who = console.who.t, console.who
    if question.kind is QuestionKind.WORDS:
        said = who.service.contributions(who.actor, console.workshop_id, question.id)
        return _words(words_of([s for s in said if not s.waiting]), t)
    results = who.service.results(who.actor, console.workshop_id, preview=True)
    if question.is_whole:
        whole = results.whole(round_.id)
        return _whole(whole, t) if whole is not None else ""
    if question.kind is QuestionKind.MATRIX:
        return _matrix(question, results.matrix(round_.id), accent, t)
    return _rated(question, in_order(results.items(round_.id)), round_.number, accent, t)


def _rated(
    question: KeyQuestion, items: Sequence[ItemResult], number: int, accent: str, t: Translator
) -> str:
    """Each statement with its bar, and the same in figures."""
    if not items or question.scale is None:
        return ""
    parts = [_legend(t, question.scale, accent)]
    for item in items:
        parts.append(_text(item.statement.text))
        parts.append(_scaled(item, question.scale, accent, t))
    table = question_result(question, items, t, number=number, accent=accent).table
    return "".join(parts) + _table(t, table)


def _text(words: str) -> str:
    return f'<p class="ek-text">{esc(words)}</p>'


def _scaled(item: ItemResult, scale: Scale, accent: str, t: Translator, axis: str = "") -> str:
    """What one statement was given on a scale, in words, and its bar where it may be shown."""
    words = item_words(item, scale, t)
    said = t("{axis}: {median}", axis=axis, median=words) if axis else words
    bar = _bar(t, item, accent) if shown(item) else ""
    return f'<p class="ek-meta">{esc(said)}</p>{bar}'


def _matrix(
    question: KeyQuestion, matrices: Sequence[MatrixResult], accent: str, t: Translator
) -> str:
    """Each statement with a bar for each axis: from the low end on the left to the high one."""
    first, second = question.scale, question.second
    if first is None or second is None:
        return ""
    parts = []
    names = axis_names(question, t)
    for m in matrices:
        parts.append(_text(m.statement.text))
        parts.append(_scaled(m.first, first, accent, t, names[0]))
        parts.append(_scaled(m.second, second, accent, t, names[1]))
    return "".join(parts)


def _whole(whole: WholeResult, t: Translator) -> str:
    """The options, what the room prefers first, each with a bar; nothing below five answers."""
    if whole.few:
        return f'<p class="ek-meta">{esc(few_sentence(whole.n, t))}</p>'
    parts = [f'<p class="ek-meta">{esc(whole_answers(whole, t))}</p>']
    for option in whole.in_order:
        value, more = option_words(option, whole.question, t)
        if whole.question.kind is QuestionKind.RANK:
            value = t("mean place {place}", place=value)
        said = f"{value} · {more}"
        width = 100 * _length(option, whole)
        parts.append(
            f'{_text(option.statement.text)}<p class="ek-meta">{esc(said)}</p>'
            f'<div class="ek-bar" aria-hidden="true"><span style="width:{width:.1f}%"></span></div>'
        )
    return "".join(parts)


def _length(option: OptionResult, whole: WholeResult) -> float:
    """The length of an option's bar, 0..1: a first place of everybody is the longest."""
    mean = option.mean or 0.0
    if whole.question.kind is QuestionKind.RANK:
        return (len(whole.options) + 1 - mean) / len(whole.options)
    if whole.question.kind is QuestionKind.ALLOCATE:
        return mean / (whole.question.most or 1)
    return mean


def _words(words: Sequence[Word], t: Translator) -> str:
    """The words that came in, the most frequent first."""
    if not words:
        return f'<p class="ek-meta">{esc(cloud_sentence([], t))}</p>'
    said = " · ".join(f"{w.text} {t.number(w.times)}" if w.times > 1 else w.text for w in words)
    return _text(said)


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
