"""The first sheet: which workshop this is, how to read its numbers, and what isn't in the file."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.export import words
from workshop.i18n import Translator, pick
from workshop.service.reading import Record

Row = tuple[str, str, str | int]


def overview_rows(record: Record, t: Translator) -> Iterator[Row]:
    """(section, item, value) of every line."""
    yield from _about(record, t)
    yield from _rounds(record, t)
    for item, sentence in reading_aid(t):
        yield t("How to read the numbers"), item, sentence
    for item, sentence in left_out(t):
        yield t("What is not in this file"), item, sentence


def _about(record: Record, t: Translator) -> Iterator[Row]:
    agenda, section = record.agenda, t("The workshop")
    workshop = agenda.workshop
    yield section, t("Process"), pick(agenda.process.title, t.lang)
    yield section, t("Workshop"), pick(workshop.title, t.lang)
    if idea := pick(agenda.process.guiding_idea, t.lang):
        yield section, t("Guiding idea"), idea
    yield section, t("Strand"), words.strand_name(workshop.strand, t)
    yield section, t("When"), t.date(words.day_of(record.agenda))
    if workshop.invited is not None:
        yield section, t("Invited"), workshop.invited
    yield section, t("Joined"), len(record.participants)


def _rounds(record: Record, t: Translator) -> Iterator[Row]:
    shown = words.revealed(record.agenda)
    yield t("Rounds"), t("Revealed rounds"), len(shown)
    for round_ in shown:
        question = record.agenda.question(round_.question_id)
        name = words.cluster_name(record.agenda, question, t)
        item = t("{cluster}, round {number}", cluster=name, number=round_.number)
        value = words.question_text(question, t)
        if round_.opened_at and round_.closed_at:
            span = {"start": t.datetime(round_.opened_at), "end": t.datetime(round_.closed_at)}
            value = t("{question} (open {start} to {end})", question=value, **span)
        yield t("Rounds"), item, value


def reading_aid(t: Translator) -> Iterator[tuple[str, str]]:
    """(measure, what it says and whose it is), one line each; the results page shows them too."""
    yield (
        t("Convergence index"),
        t(
            "0 to 100: the mean consensus of the statements of a cluster that were asked in every"
            " revealed round. Convergence is not approval: all can agree that something is bad."
            " From five people on."
        ),
    )
    yield (
        t("Chance level"),
        t(
            "What the index would be on average if everybody had answered at random, for the same"
            " scales and as many answers. It is never 0."
        ),
    )
    yield (
        t("Consensus"),
        t(
            "0 two equal camps at the two ends of the scale, 1 all the same (Tastle and Wierman,"
            " 2007)."
        ),
    )
    yield t("Median"), t("The answer in the middle when all answers stand in a row.")
    yield (
        t("Leik’s D"),
        t(
            "0 all the same, 1 two equal camps: twice the mean distance from the median, as a"
            " share of the length of the scale (Leik, 1966)."
        ),
    )
    yield (
        t("van der Eijk’s A"),
        t(
            "−1 two camps, 0 evenly spread, 1 all the same (van der Eijk, 2001). Read it with the"
            " distribution only."
        ),
    )
    yield (
        t("Blair and Lacy’s l²"),
        t("0 two equal camps, 1 all the same (Blair and Lacy, 2000)."),
    )
    yield (
        t("n"),
        t("Answers with a value. “No answer” is counted on its own and is no step of the scale."),
    )


def left_out(t: Translator) -> Iterator[tuple[str, str]]:
    """(what, why) of everything that a reader may look for in vain."""
    yield (
        t("Names and times"),
        t(
            "People are numbered within this workshop (T01, T02, …). When somebody joined or"
            " answered is not exported."
        ),
    )
    yield (
        t("Groups in single answers"),
        t(
            "No row of a single answer names a group: ten people of one group, one of them"
            " against, and everybody knows who. Groups of fewer than five people are counted"
            " among others, together with the next larger one where a subtraction would reveal"
            " them."
        ),
    )
    yield (
        t("Authors of contributions"),
        t("Who wrote what is not exported, not even as a number: a text would name its ratings."),
    )
    yield (
        t("Unrevealed rounds"),
        t(
            "Ratings that were not revealed in the workshop are not exported, and no hidden"
            " statements. Contributions are, with a note whether the room has seen them."
        ),
    )
