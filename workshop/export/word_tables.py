"""The words of each cloud, with how often they were sent: the numbers of the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.charts.cloud import Word, words_of
from workshop.export import words
from workshop.export.table import Column, Kind, Table
from workshop.i18n import Translator
from workshop.model import KeyQuestion, QuestionKind, Round
from workshop.moderation import shown
from workshop.service.reading import Record


@dataclass(frozen=True, slots=True)
class Cloud:
    """What was sent in one revealed round of a question that asks for words."""

    question: KeyQuestion
    round: Round
    words: tuple[Word, ...]


def clouds(record: Record) -> Iterator[Cloud]:
    """By cluster, question and round."""
    for round_ in words.revealed(record.agenda):
        question = record.agenda.question(round_.question_id)
        if question is not None and question.kind is QuestionKind.WORDS:
            yield Cloud(question, round_, words_of(shown(record.contributions, (round_.id,))))


def sent_words(record: Record, t: Translator) -> Table:
    """One row per word and round, the most frequent first."""
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Word"), width=40),
        Column(t("Times sent"), Kind.WHOLE, 16),
    )
    rows = tuple(
        (
            words.cluster_name(record.agenda, cloud.question, t),
            words.question_text(cloud.question, t),
            *(cloud.round.number, word.text, word.times),
        )
        for cloud in clouds(record)
        for word in cloud.words
    )
    return Table("words", t("Word clouds"), columns, rows)
