"""What may be changed of an agenda while it is prepared, and what a change must hold to.

Pure rules: texts, colours and marks, places in the order, scales, minutes, and the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final, Protocol, TypeVar

from workshop.agenda import running_order
from workshop.answers import tidied
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.limits import BACKED, MAX_OPTIONS, most_of
from workshop.marks import ACCENTS, MARKS
from workshop.model import (
    SCALED,
    Agenda,
    Cluster,
    KeyQuestion,
    LocalText,
    QuestionKind,
    RoundState,
    Scale,
)
from workshop.templates import MAX_CLUSTERS, MAX_MINUTES, scales

MAX_TITLE: Final = 80
MAX_NAME: Final = 40
MAX_WORDING: Final = 240
"""Code points of a key question; the stage writes them at forty pixels and more."""
MAX_HELP: Final = 300

MANY: Final = 15
"""Answers to one question that thirty people still give with care; more get a warning."""

KEPT: Final = ("other", "none")
"""Groups that every workshop offers: nobody has to fit in, and nobody has to say."""


@dataclass(frozen=True, slots=True)
class Used:
    """Which questions of a process were opened, and which hold texts, in any workshop of it."""

    opened: frozenset[str]
    with_texts: frozenset[str]

    def touched(self, question_id: str) -> bool:
        """Whether a question can't go any more."""
        return question_id in self.opened or question_id in self.with_texts


def changed_text(
    was: LocalText, given: Mapping[str, str], limit: int, *, optional: bool = False
) -> dict[str, str]:
    """A text with some of its languages replaced; one that is given empty is taken away.

    Raises:
        Refused: when a language has more than `limit` characters, or, unless `optional`, when
            no language is left.
    """
    new = dict(was)
    for lang, raw in given.items():
        text = tidied(raw)
        if len(text) > limit:
            raise Refused(
                "too-long",
                N_("{n} characters are too many: please shorten your text to {limit}."),
                n=len(text),
                limit=limit,
            )
        new[lang] = text
    new = {lang: text for lang, text in new.items() if text}
    if not new and not optional:
        raise Refused("empty", N_("There is no text yet. Please write something first."))
    return new


def require_minutes(minutes: int) -> int:
    """The minutes of a question.

    Raises:
        Refused: when they aren't 1 to `MAX_MINUTES`.
    """
    if not 1 <= minutes <= MAX_MINUTES:
        raise Refused(
            "bad-minutes", N_("Please give a time from 1 to {most} minutes."), most=MAX_MINUTES
        )
    return minutes


@dataclass(frozen=True, slots=True)
class Demand:
    """What a question asks with; None is what its kind doesn't have, or what nobody chose."""

    kind: QuestionKind
    scale: Scale | None = None
    second: Scale | None = None
    most: int | None = None


def demanded(
    kind: QuestionKind,
    scale: str | None = None,
    second: str | None = None,
    most: int | None = None,
    *,
    was: Demand | None = None,
) -> Demand:
    """What a question of this kind asks with: what is chosen, else what it had, else the usual.

    Scales are given by name: a known one, or the one that the question had.

    Raises:
        Refused: for a question on a scale without a known one, two axes on one scale, and for a
            number of words, points or choices that makes no sense.
    """
    first = other = None
    if kind in SCALED:
        first = _scale(scale, was.scale if was else None)
    if kind is QuestionKind.MATRIX:
        other = _scale(second, was.second if was else None)
        if first == other:
            raise Refused(
                "same-scale", N_("Please choose two different scales, one for each axis.")
            )
    return Demand(kind, first, other, _most(kind, most, was))


def _scale(name: str | None, had: Scale | None) -> Scale:
    if had is not None and name in (None, had.name):
        return had
    found = scales().get(name or "")
    if found is None:
        raise Refused("no-scale", N_("Please choose one of the scales."))
    return found


def _most(kind: QuestionKind, given: int | None, was: Demand | None) -> int | None:
    """How much one person may give; a number of another kind says nothing for this one.

    Backing what others wrote is optional, and 0 takes it away.
    """
    most = most_of(kind)
    if most is None or (kind in BACKED and given == 0):
        return None
    if given is None:
        if was is not None and was.kind is kind:
            return was.most
        return None if kind in BACKED else most.usual
    if not most.least <= given <= most.limit:
        raise Refused(
            "bad-most",
            N_("Please give a number from {least} to {limit}."),
            least=most.least,
            limit=most.limit,
        )
    return given


def options_stay(agenda: Agenda, question: KeyQuestion) -> bool:
    """Whether options may not come, go or change: a round is open, or may be opened again."""
    latest = agenda.latest_round(question.id) if question.is_whole else None
    return latest is not None and latest.state in (RoundState.OPEN, RoundState.CLOSED)


def require_few_options(question: KeyQuestion, count: int) -> None:
    """Options are held against each other, so there may not be too many of them.

    Raises:
        Refused: for more than `MAX_OPTIONS` of a question that is answered whole.
    """
    if question.is_whole and count > MAX_OPTIONS:
        raise Refused(
            "too-many-options",
            N_(
                "More than {most} options can't be held against each other. "
                "Please hide one of them first."
            ),
            most=MAX_OPTIONS,
        )


def require_cluster(agenda: Agenda, cluster_id: str) -> Cluster:
    """The cluster of that id.

    Raises:
        NotFound: when this process has no such cluster.
    """
    found = agenda.cluster(cluster_id)
    if found is None:
        raise NotFound("no-cluster", N_("There is no such cluster in this workshop."))
    return found


def free_look(clusters: Collection[Cluster]) -> tuple[str, str]:
    """An accent and a mark that no cluster has yet.

    Raises:
        Refused: when there are as many clusters as a stage can tell apart.
    """
    if len(clusters) >= MAX_CLUSTERS:
        raise Refused(
            "too-many-clusters",
            N_("There are {n} clusters already: more can't be told apart on the stage."),
            n=len(clusters),
        )
    accents, marks = {c.accent for c in clusters}, {c.mark for c in clusters}
    return (
        next(name for name in ACCENTS if name not in accents),
        next(name for name in MARKS if name not in marks),
    )


def require_look(agenda: Agenda, cluster: Cluster, accent: str, mark: str) -> None:
    """A cluster's colour and mark are known, and its own.

    Raises:
        Refused: when they aren't.
    """
    if accent not in ACCENTS or mark not in MARKS:
        raise Refused("no-look", N_("Please choose one of the colours and one of the marks."))
    for other in agenda.clusters:
        if other.id != cluster.id and accent == other.accent:
            raise Refused("accent-taken", N_("Another cluster has this colour already."))
        if other.id != cluster.id and mark == other.mark:
            raise Refused("mark-taken", N_("Another cluster has this mark already."))


class Placed(Protocol):
    """What has a place in an order: clusters, and the questions of one."""

    @property
    def id(self) -> str: ...
    @property
    def position(self) -> int: ...


P = TypeVar("P", bound=Placed)


def in_place(things: Iterable[P]) -> tuple[P, ...]:
    """Things in their order; two that claim one place stay in a fixed order."""
    return tuple(sorted(things, key=lambda thing: (thing.position, thing.id)))


def moved_by(things: Sequence[P], thing_id: str, by: int) -> tuple[P, ...]:
    """The order after one thing went `by` places down (up where negative), as far as there are."""
    place = next(i for i, thing in enumerate(things) if thing.id == thing_id)
    order = list(things)
    order.insert(max(0, place + by), order.pop(place))
    return tuple(order)


def moved_by_one(keys: Sequence[str], key: str) -> tuple[str, ...]:
    """Keys in a new order: one of them a place further up."""
    place = keys.index(key)
    order = list(keys)
    order.insert(max(0, place - 1), order.pop(place))
    return tuple(order)


def questions_of(agenda: Agenda, cluster_id: str) -> tuple[KeyQuestion, ...]:
    """The key questions of a cluster, in their order."""
    return in_place(q for q in agenda.questions if q.cluster_id == cluster_id)


def many(question: KeyQuestion) -> int:
    """How many statements of a question are rated with care: in a matrix each takes two answers."""
    return MANY // 2 if question.kind is QuestionKind.MATRIX else MANY


def too_many(agenda: Agenda, question: KeyQuestion) -> int:
    """How many statements a question asks to be rated, where they are too many at once; else 0."""
    count = len(agenda.statements_of(question.id))
    return count if question.kind in SCALED and count > many(question) else 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """When each question begins, by its id, and when the last one ends; `days` after midnight."""

    begins: Mapping[str, time]
    end: time
    days: int


def timetable(agenda: Agenda, begin: time) -> Timetable:
    """The running order on a clock, from the minutes of its questions."""
    minute, begins = begin.hour * 60 + begin.minute, {}
    for question in running_order(agenda):
        begins[question.id] = _clock(minute)
        minute += question.minutes
    return Timetable(begins, _clock(minute), minute // (24 * 60))


def _clock(minute: int) -> time:
    hour, rest = divmod(minute % (24 * 60), 60)
    return time(hour, rest)
