"""Tables of what is ranked, allocated or chosen: each question, and each of its options."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.analysis import WholeLevel
from workshop.export import words
from workshop.export.analysis_tables import Row
from workshop.export.kinds_json import backings
from workshop.export.table import Cell, Column, Kind, Table
from workshop.i18n import Translator, pick
from workshop.model import QuestionKind
from workshop.sentences import whole_sentence
from workshop.service.reading import Record
from workshop.whole import OptionResult


def option_questions(record: Record, t: Translator) -> Table:
    """One row per round of a question whose options are answered together."""
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Kind of question"), width=20),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Options"), Kind.WHOLE, 11),
        Column(t("n"), Kind.WHOLE, 7),
        Column(t("Abstained"), Kind.WHOLE, 14),
        Column(t("Consensus"), Kind.MEASURE, 12),
        Column(t("Interval from"), Kind.MEASURE, 16),
        Column(t("Interval to"), Kind.MEASURE, 16),
        Column(t("Chance level"), Kind.MEASURE, 16),
        Column(t("Kendall’s W"), Kind.MEASURE, 16),
        Column(t("Chi²"), Kind.MEASURE, 12),
        Column(t("p"), Kind.MEASURE, 10),
        Column(t("In the lead"), width=40),
        Column(t("Lead demonstrable"), width=24),
        Column(t("In the index"), width=13),
        Column(t("Sentence"), width=90),
    )
    rows = tuple(
        (cluster, *_question(record, number, whole, t))
        for cluster, number, whole in wholes(record, t)
    )
    return Table("option_questions", t("Questions with options"), columns, rows)


def wholes(record: Record, t: Translator) -> Iterator[tuple[str, int, WholeLevel]]:
    """(cluster, round, what may be said) of each; those that were backed come last."""
    for cluster in record.analysis.clusters:
        for round_ in cluster.rounds:
            for whole in round_.wholes:
                yield pick(cluster.cluster.name, t.lang), round_.number, whole
    for whole in backings(record.analysis):
        name = words.cluster_name(record.agenda, whole.result.question, t)
        yield name, whole.result.round.number, whole


def _question(record: Record, number: int, whole: WholeLevel, t: Translator) -> Iterator[Cell]:
    found, enough = whole.result, not whole.result.few
    kendall = found.kendall if enough else None
    yield from (
        words.question_text(found.question, t),
        words.asked_kind(record.agenda, found.question, t),
    )
    yield from (number, len(found.options), found.n, found.abstained)
    yield from (found.consensus if enough else None, whole.low, whole.high)
    yield found.chance if enough else None
    yield from (kendall.W, kendall.chi2, kendall.p) if kendall else (None,) * 3
    yield " · ".join(s.text for s in whole.leaders) or None
    yield words.yes_no(whole.holds, t) if whole.leaders else None
    yield words.yes_no(found.in_index, t)
    yield whole_sentence(whole, number, t, invited=record.agenda.workshop.invited)


def options(record: Record, t: Translator) -> Table:
    """One row per option and round; columns that its kind of question has nothing for are empty."""
    found = list(wholes(record, t))
    places = max((len(o.places) for _, _, w in found for o in w.result.options), default=0)
    columns = (
        Column(t("Cluster"), width=22),
        Column(t("Key question"), width=44),
        Column(t("Kind of question"), width=20),
        Column(t("Round"), Kind.WHOLE, 9),
        Column(t("Option"), width=60),
        Column(t("Origin"), width=30),
        Column(t("n"), Kind.WHOLE, 7),
        Column(t("Chosen by"), Kind.WHOLE, 16),
        Column(t("Share who chose it"), Kind.MEASURE, 24),
        Column(t("Mean place"), Kind.MEASURE, 18),
        *(Column(t("Place {n}", n=n), Kind.WHOLE, 11) for n in range(1, places + 1)),
        Column(t("Points in all"), Kind.WHOLE, 20),
        Column(t("Points per person"), Kind.MEASURE, 22),
        Column(t("Given points by"), Kind.WHOLE, 22),
        Column(t("In the lead"), width=16),
        Column(t("Statement ID"), width=18),
    )
    rows = tuple(
        (
            *(cluster, words.question_text(whole.result.question, t)),
            *(words.asked_kind(record.agenda, whole.result.question, t), number),
            *_option(whole, option, places, t),
        )
        for cluster, number, whole in found
        for option in whole.result.options
    )
    return Table("options", t("Options"), columns, rows)


def _option(whole: WholeLevel, option: OptionResult, places: int, t: Translator) -> Row:
    """What was said of an option, each number below the heading of its own kind."""
    statement, nothing = option.statement, (None,) * places
    head = (statement.text, words.origin(statement, t), option.n)
    if option.few:
        return (*head, None, None, None, *nothing, None, None, None, None, statement.id)
    leads = words.yes_no(statement in whole.leaders, t)
    match whole.result.question.kind:
        case QuestionKind.RANK:
            ranked = (*option.places, *nothing[len(option.places) :])
            said: Row = (None, None, option.mean, *ranked, None, None, None)
        case QuestionKind.ALLOCATE:
            said = (None, None, None, *nothing, option.points, option.mean, option.chosen)
        case _:
            said = (option.chosen, option.mean, None, *nothing, None, None, None)
    return (*head, *said, leads, statement.id)
