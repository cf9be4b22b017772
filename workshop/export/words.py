"""Small things that every format says in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workshop.i18n import Translator, pick
from workshop.model import (
    Agenda,
    Answer,
    Aspect,
    KeyQuestion,
    Participant,
    QuestionKind,
    Round,
    RoundState,
    Scale,
    Statement,
)
from workshop.segments import Side
from workshop.sentences import strand_name as strand_name
from workshop.service.reading import Record
from workshop.templates import segments
from workshop.verdicts import Direction


def pseudonym(participant: Participant) -> str:
    """T01, T02, …: the number within this workshop, and all that is exported of a person."""
    return f"T{participant.number:02d}"


def day_of(agenda: Agenda) -> datetime:
    """When the workshop was held: its first opened round, else when it was made."""
    opened = [r.opened_at for r in agenda.rounds if r.opened_at]
    return min(opened, default=agenda.workshop.created_at)


def revealed(agenda: Agenda) -> tuple[Round, ...]:
    """The revealed rounds by cluster, question and number."""
    return _in_order(agenda, (r for r in agenda.rounds if r.state is RoundState.REVEALED))


def _in_order(agenda: Agenda, rounds: Iterable[Round]) -> tuple[Round, ...]:
    def place(round_: Round) -> tuple[int, int, int, str]:
        question = agenda.question(round_.question_id)
        cluster = agenda.cluster(question.cluster_id) if question else None
        return (
            cluster.position if cluster else 0,
            question.position if question else 0,
            round_.number,
            round_.id,
        )

    return tuple(sorted(rounds, key=place))


def contributions(record: Record) -> tuple[Statement, ...]:
    """What was contributed, by question and round; revealed or not, the moderator has read it.

    Within a round by id, which is random: the order of arrival would tell who was quick.
    """
    rounds = {r.id: place for place, r in enumerate(_in_order(record.agenda, record.agenda.rounds))}
    found = [c for c in record.contributions if c.round_id in rounds]
    return tuple(sorted(found, key=lambda c: (rounds[c.round_id or ""], c.id)))


def was_revealed(agenda: Agenda, contribution: Statement) -> bool:
    """Whether the room has seen the round that this was contributed in."""
    round_ = agenda.round(contribution.round_id)
    return round_ is not None and round_.state is RoundState.REVEALED


def made_of(agenda: Agenda, contribution: Statement) -> Statement | None:
    """The statement that a contribution became, unless that is hidden again."""
    return next(
        (s for s in agenda.statements if s.source_id == contribution.id and not s.hidden), None
    )


def adopted_as(agenda: Agenda, contribution: Statement) -> KeyQuestion | None:
    """The key question that a proposal was made into, if it was."""
    return next((q for q in agenda.questions if q.origin_id == contribution.id), None)


def cluster_name(agenda: Agenda, question: KeyQuestion | None, t: Translator) -> str:
    """The name of a question's cluster."""
    cluster = agenda.cluster(question.cluster_id) if question else None
    return pick(cluster.name, t.lang) if cluster else ""


def question_text(question: KeyQuestion | None, t: Translator) -> str:
    """What the key question asks."""
    return pick(question.text, t.lang) if question else ""


def scale_text(question: KeyQuestion | None, t: Translator) -> str:
    """The labels of a question's scale in one line; nothing where there is none."""
    return labels_text(question.scale, t) if question and question.scale else ""


def labels_text(scale: Scale, t: Translator) -> str:
    """The labels of a scale in one line: `1 = lehne ganz ab · 2 = …`."""
    labels = enumerate(scale.labels, start=1)
    return " · ".join(f"{step} = {pick(label, t.lang)}" for step, label in labels)


def kind_name(kind: QuestionKind, t: Translator) -> str:
    """What a question asks for."""
    match kind:
        case QuestionKind.COLLECT:
            return t("Collect")
        case QuestionKind.PROPOSE:
            return t("Propose")
        case QuestionKind.WORDS:
            return t("Word cloud")
        case QuestionKind.RATE:
            return t("Rate")
        case QuestionKind.MATRIX:
            return t("Matrix")
        case QuestionKind.RANK:
            return t("Order")
        case QuestionKind.ALLOCATE:
            return t("Give points")
        case QuestionKind.CHOOSE:
            return t("Choose")
        case QuestionKind.WELCOME:
            return t("Welcome")
        case QuestionKind.INPUT:
            return t("Input")
        case QuestionKind.TALK:
            return t("Talk")
        case QuestionKind.BREAK:
            return t("Break")


def asked_kind(agenda: Agenda, question: KeyQuestion, t: Translator) -> str:
    """What a question asks for in a round that asks statements; see `KeyQuestion.asked_in`."""
    known = agenda.question(question.id)
    if known is not None and known.is_written:
        return t("Back contributions")
    return kind_name(question.kind, t)


def asked(agenda: Agenda, round_: Round) -> tuple[Statement, ...]:
    """What a round asked, in that order; contributions by id, see `contributions`."""
    found = agenda.asked(round_)
    question = agenda.question(round_.question_id)
    if question is not None and question.is_written:
        return tuple(sorted(found, key=lambda s: s.id))
    return found


def abstained(answer: Answer) -> bool:
    """Whether it is *keine Antwort*; in a matrix one axis may be given without the other."""
    return answer.value is None and answer.second is None


def yes_no(value: bool, t: Translator) -> str:
    """Ja or nein."""
    return t("yes") if value else t("no")


def aspect_name(aspect: Aspect | None, t: Translator) -> str:
    """Perspektive, Interesse, Ziel; nothing where the author said none."""
    match aspect:
        case Aspect.PERSPECTIVE:
            return t("Perspective")
        case Aspect.INTEREST:
            return t("Interest")
        case Aspect.GOAL:
            return t("Goal")
        case _:
            return ""


def origin(statement: Statement, t: Translator) -> str:
    """Which strand a statement comes from, and whether it was contributed."""
    strand = strand_name(statement.strand, t)
    if statement.source_id:
        return t("{strand}, from a contribution", strand=strand)
    return t("{strand}, written by the moderator", strand=strand)


def majority(side: Side | None, t: Translator) -> str | None:
    """On which side more than half of a group's people are; nothing where that isn't sure."""
    match side:
        case Side.FOR:
            return t("mostly in favour")
        case Side.MIDDLE:
            return t("mostly in the middle")
        case Side.AGAINST:
            return t("mostly against")
        case None:
            return None


def axis_direction(direction: Direction, t: Translator) -> str:
    """Where more than half of the answers are on an axis of a matrix."""
    match direction:
        case Direction.FOR:
            return t("mostly high")
        case Direction.AGAINST:
            return t("mostly low")
        case Direction.NONE:
            return t("without a majority")


def segment_name(key: str, t: Translator) -> str:
    """A group as participants read it."""
    known = segments().get(key)
    return pick(known.name, t.lang) if known else key
