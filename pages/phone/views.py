"""From what a phone may know to what its page says. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.answers import MAX_TEXT
from workshop.convergence import MIN_SHOWN, median
from workshop.i18n import N_, Translator, pick, picked
from workshop.marks import MARKS
from workshop.model import (
    Agenda,
    Aspect,
    Cluster,
    KeyQuestion,
    Round,
    RoundState,
    Scale,
    Statement,
)
from workshop.results import Counts
from workshop.service.taking_part import Mine, Phone

ASPECTS: Final = {
    Aspect.PERSPECTIVE: N_("Perspective"),
    Aspect.INTEREST: N_("Interest"),
    Aspect.GOAL: N_("Goal"),
}
NO_ANSWER: Final = N_("no answer")
IN_WORDS: Final = 3
"""Scales of so many steps show their labels; those with more have room for numbers only."""
TOO_FEW: Final = N_("Too few answers to show anything.")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above everything: cluster, round, question."""

    accent: str
    mark: str
    cluster: str
    number: int
    question: str
    help: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale. `height` of its bar is 0..100, of the highest bar of its item."""

    value: int
    label: str
    pressed: bool
    before: bool
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class RoomResult:
    """What the room said, as far as it may be shown: `few` means that nothing can be."""

    few: bool
    n: str
    median: str
    sentence: str
    abstained: int


@dataclass(frozen=True, slots=True)
class Item:
    """One statement with its scale, the person's answer, and what the room said before."""

    id: str
    text: str
    steps: tuple[Step, ...]
    answered: bool
    said: str
    none: bool
    none_before: bool
    earlier: str
    room: RoomResult | None

    @property
    def which(self) -> str:
        """The label of the step that was chosen; the words of *no answer* where none was."""
        return next((step.label for step in self.steps if step.pressed), self.said)

    @property
    def in_words(self) -> bool:
        """Whether each step shows its label instead of its number."""
        return len(self.steps) <= IN_WORDS

    @property
    def low(self) -> str:
        """The label of the lowest step."""
        return self.steps[0].label

    @property
    def high(self) -> str:
        """The label of the highest step."""
        return self.steps[-1].label


@dataclass(frozen=True, slots=True)
class Text:
    """Something that somebody wrote."""

    kind: str
    text: str


class Told(str):
    """A text of the workshop's own, which may be in another language than the page."""

    lang: str


def told(text: Mapping[str, str], lang: str) -> Told:
    """A bilingual text for a reader of that language, and the language that it is in."""
    found = Told(pick(text, lang))
    found.lang = picked(text, lang)
    return found


def head(t: Translator, agenda: Agenda, question: KeyQuestion, number: int) -> Head:
    """The head of a question's page."""
    cluster = agenda.cluster(question.cluster_id)
    return Head(
        accent=cluster.accent if cluster else "a",
        mark=mark(cluster),
        cluster=told(cluster.name, t.lang) if cluster else "",
        number=number,
        question=told(question.text, t.lang),
        help=told(question.help, t.lang),
    )


def mark(cluster: Cluster | None) -> str:
    """The path of a cluster's mark, empty for one that we don't know."""
    return MARKS.get(cluster.mark, "") if cluster else ""


def items(t: Translator, phone: Phone, number: int) -> tuple[Item, ...]:
    """The statements of the round that this phone is about; `number` is that of the room's."""
    view = phone.view
    if view.round is None or view.question is None or view.question.scale is None:
        return ()
    scale = view.question.scale
    return tuple(
        _item(t, scale, statement, phone.answers, phone.earlier, phone.room, number)
        for statement in phone.agenda.asked(view.round)
    )


def _item(
    t: Translator,
    scale: Scale,
    statement: Statement,
    answers: Mapping[str, int | None],
    earlier: Mapping[str, int | None],
    room: Mapping[str, Counts],
    number: int,
) -> Item:
    labels = [told(label, t.lang) for label in scale.labels]
    answered, value = statement.id in answers, answers.get(statement.id)
    before = earlier.get(statement.id)
    counts = room.get(statement.id)
    shown = counts is not None and counts.n >= MIN_SHOWN
    steps = counts.steps if counts is not None and shown else (0,) * scale.steps
    top = max(steps) or 1
    return Item(
        id=statement.id,
        text=statement.text,
        steps=tuple(
            Step(i, label, value == i, before == i, round(100 * steps[i - 1] / top), steps[i - 1])
            for i, label in enumerate(labels, 1)
        ),
        answered=answered,
        said=_said(t, labels, value) if answered else "",
        none=answered and value is None,
        none_before=statement.id in earlier and before is None,
        earlier=_said(t, labels, before) if statement.id in earlier else "",
        room=_room(t, labels, counts, number) if counts is not None else None,
    )


def _said(t: Translator, labels: Sequence[str], value: int | None) -> str:
    """An answer in words: "4, important", or "agree" where the phone showed no numbers."""
    if value is None:
        return t(NO_ANSWER)
    label = labels[value - 1]
    return label if len(labels) <= IN_WORDS else f"{value}, {label}"


def _room(t: Translator, labels: Sequence[str], counts: Counts, number: int) -> RoomResult:
    if counts.n < MIN_SHOWN:
        return RoomResult(True, "", "", t(TOO_FEW), 0)
    parts = [f"{label}: {t.number(n)}" for label, n in zip(labels, counts.steps, strict=True)]
    if counts.abstained:
        parts.append(f"{t(NO_ANSWER)}: {t.number(counts.abstained)}")
    written = t.n("{n} answer", "{n} answers", counts.n)
    sentence = t(
        "Round {n}, {answers}. {parts}.", n=number, answers=written, parts="; ".join(parts)
    )
    return RoomResult(False, written, _median(t, labels, counts.steps), sentence, counts.abstained)


def _median(t: Translator, labels: Sequence[str], steps: tuple[int, ...]) -> str:
    middle = median(steps)
    if middle is None:
        return ""
    low = int(middle)
    if middle == low:
        return labels[low - 1]
    return t("between “{low}” and “{high}”", low=labels[low - 1], high=labels[low])


def texts(t: Translator, statements: Sequence[Statement]) -> tuple[Text, ...]:
    """What people wrote, each with its kind in words."""
    return tuple(Text(t(ASPECTS[s.aspect]) if s.aspect else "", s.text) for s in statements)


def last_aspect(phone: Phone) -> Aspect:
    """The kind that the form has chosen already: the one used last."""
    if phone.draft is not None and phone.draft.aspect is not None:
        return phone.draft.aspect
    if phone.contributions and phone.contributions[-1].aspect is not None:
        return phone.contributions[-1].aspect
    return Aspect.PERSPECTIVE


def length(text: str) -> int:
    """Characters of a text as the limit counts them: spaces in a row are one."""
    return len(" ".join(text.split()))


def draft_problem(t: Translator, phone: Phone) -> str:
    """Why the text in the form hasn't been taken yet; empty where nothing is wrong with it."""
    if phone.draft is None:
        return ""
    n = length(phone.draft.text)
    if n > MAX_TEXT:
        return t(
            "{n} characters are too many: please shorten your text to {limit}.",
            n=t.number(n),
            limit=MAX_TEXT,
        )
    return ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said to one question in one round."""

    head: Head
    answers: tuple[tuple[str, str], ...]
    """(statement, answer in words)."""
    texts: tuple[Text, ...]
    open: bool


def given(t: Translator, mine: Mine) -> tuple[Given, ...]:
    """Everything that a person said, round by round, first to last."""
    found = []
    for round_ in mine.agenda.rounds:
        question = mine.agenda.question(round_.question_id)
        if question is None:
            continue
        answers = _own_answers(t, mine, round_, question)
        written = texts(t, [s for s in mine.contributions if s.round_id == round_.id])
        if answers or written:
            top = head(t, mine.agenda, question, round_.number)
            running = round_.state is RoundState.OPEN
            found.append(Given(top, answers, written, open=running))
    return tuple(found)


def _own_answers(
    t: Translator, mine: Mine, round_: Round, question: KeyQuestion
) -> tuple[tuple[str, str], ...]:
    if question.scale is None:
        return ()
    labels = [pick(label, t.lang) for label in question.scale.labels]
    own = {a.statement_id: a.value for a in mine.answers if a.round_id == round_.id}
    return tuple(
        (statement.text, _said(t, labels, own[statement.id]))
        for statement in mine.agenda.statements
        if statement.id in own
    )
