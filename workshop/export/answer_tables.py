"""The table of single answers: what everybody said, and what it means on its own."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.export import proxies, words
from workshop.export.table import Cell, Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.model import Answer, KeyQuestion, QuestionKind, Round, Scale
from workshop.service.reading import Record
from workshop.templates import axis_title


def answers(record: Record, t: Translator) -> Table:
    """One row per person, statement and round. It never names a group of people."""
    columns = (
        Column(t("Participant"), width=13),
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Kind of question"), width=20),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Statement"), width=60),
        Column(t("Value"), Kind.WHOLE, 9),
        Column(t("Value on the second axis"), Kind.WHOLE, 26),
        Column(t("What it means"), width=44),
        Column(t("No answer"), width=15),
        Column(t("Entered by the moderation"), width=28),
        Column(t("Statement ID"), width=18),
    )
    return Table("answers", t("Answers"), columns, tuple(_rows(record, t)))


def _rows(record: Record, t: Translator) -> Iterator[tuple[Cell, ...]]:
    people, entered = {p.id: p for p in record.participants}, proxies.entered(record)
    given: dict[tuple[str, str], list[tuple[int, str, Answer]]] = {}
    for answer in record.answers:
        who = people.get(answer.participant_id)
        if who is not None:
            cell = given.setdefault((answer.round_id, answer.statement_id), [])
            cell.append((who.number, words.pseudonym(who), answer))
    for round_ in words.revealed(record.agenda):
        found = record.agenda.question(round_.question_id)
        if found is None:
            continue
        question = found.asked_in(round_)
        cluster = words.cluster_name(record.agenda, question, t)
        asked = (words.question_text(question, t), words.asked_kind(record.agenda, question, t))
        for statement in words.asked(record.agenda, round_):
            rows = given.get((round_.id, statement.id), ())
            for _, name, answer in sorted(rows, key=lambda row: row[0]):
                proxy = entered[answer.participant_id]
                yield (
                    *(name, cluster, *asked, round_.number, statement.text),
                    *(answer.value, answer.second, meaning(question, round_, answer, t)),
                    words.yes_no(words.abstained(answer), t),
                    None if proxy is None else words.yes_no(proxy, t),
                    statement.id,
                )


def meaning(question: KeyQuestion, round_: Round, answer: Answer, t: Translator) -> str | None:
    """An answer in words, by the kind of its question; None for *keine Antwort*."""
    value = answer.value
    if question.second is not None:
        return _on_axes(question, answer, t)
    if value is None:
        return None
    match question.kind:
        case QuestionKind.RANK:
            return t("place {place} of {n}", place=value, n=len(round_.statement_ids))
        case QuestionKind.ALLOCATE:
            return t("{n} of {all} points", n=value, all=question.most or 0)
        case QuestionKind.CHOOSE:
            return t("chosen") if value else t("not chosen")
        case _:
            return _label(question.scale, value, t)


def _on_axes(question: KeyQuestion, answer: Answer, t: Translator) -> str | None:
    axes = ((question.scale, answer.value), (question.second, answer.second))
    said = [
        t("{title}: {label}", title=pick(axis_title(scale), t.lang), label=_label(scale, step, t))
        for scale, step in axes
        if scale is not None and step is not None
    ]
    return " · ".join(said) or None


def _label(scale: Scale | None, step: int, t: Translator) -> str | None:
    if scale is None or not 1 <= step <= scale.steps:
        return None
    return pick(scale.labels[step - 1], t.lang)
