"""The first sheet: which workshop this is, how to read its numbers, and what isn't in the file."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.export import proxies, words
from workshop.export.option_tables import wholes
from workshop.export.reading_aid import reading_aid as reading_aid
from workshop.i18n import Translator, pick
from workshop.model import Strand
from workshop.sentences import (
    change_sentence,
    cluster_comparison_sentence,
    groups_sentence,
    level_sentence,
    strand_name,
    whole_sentence,
)
from workshop.service.reading import Record

Row = tuple[str, str, str | int]


def overview_rows(record: Record, t: Translator) -> Iterator[Row]:
    """(section, item, value) of every line; that it is a rehearsal comes before all else."""
    if record.agenda.workshop.rehearsal:
        yield t("Rehearsal"), "", t("Nothing in this file counts: it was tried out.")
    yield from _about(record, t)
    yield from _rounds(record, t)
    for item, sentence in _said(record, t):
        yield t("Results in sentences"), item, sentence
    for item, sentence in reading_aid(t, record.agenda.process.agreed_share):
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
    yield section, t("Strand"), strand_name(workshop.strand, t)
    yield section, t("When"), t.date(words.day_of(record.agenda))
    if workshop.invited is not None:
        yield section, t("Invited"), workshop.invited
    yield section, t("Joined"), len(record.participants)
    if without := proxies.people(record):
        yield section, t("Without a phone"), without
        yield section, t("Answers that were entered for them"), proxies.answers(record)


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


def _said(record: Record, t: Translator) -> Iterator[tuple[str, str]]:
    """All that is said of clusters, options and groups; of single statements in their tables."""
    invited = record.agenda.workshop.invited
    for cluster in record.analysis.clusters:
        name = pick(cluster.cluster.name, t.lang)
        for round_ in cluster.rounds:
            yield name, level_sentence(name, round_.number, round_.level, t)
        for change in cluster.changes:
            yield name, change_sentence(name, change, t, invited=invited)
        if cluster.strands:
            for strand in Strand:
                level = cluster.strands.level(strand)
                yield name, level_sentence(strand_name(strand, t), None, level, t)
            yield name, cluster_comparison_sentence(cluster.strands, t)
    for _, number, whole in wholes(record, t):
        asked = words.question_text(whole.result.question, t)
        yield asked, whole_sentence(whole, number, t, invited=invited)
    yield t("Opinion groups"), groups_sentence(record.analysis.groups, t)


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
        t("Who has no phone"),
        t(
            "Which answers the moderation entered for people without a phone is said of single"
            " answers only where at least five people have none, and at least five others have"
            " one: else everybody would know whose answers they are."
        ),
    )
    yield (
        t("Fewer than five answers"),
        t(
            "Of the options of a question, and on the axes of a matrix, nothing but the number of"
            " answers is given where these are fewer than five."
        ),
    )
    yield (
        t("Authors of contributions"),
        t("Who wrote what is not exported, not even as a number: a text would name its ratings."),
    )
    yield (
        t("Members of opinion groups"),
        t(
            "Who is in which opinion group, and where on the map, is not exported; nor is what"
            " groups of fewer than five people stand for."
        ),
    )
    yield (
        t("Unrevealed rounds"),
        t(
            "Ratings that were not revealed in the workshop are not exported, and no hidden"
            " statements. Contributions are, with a note whether the room has seen them."
        ),
    )
