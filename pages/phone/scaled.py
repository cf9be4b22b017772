"""Statements on a scale, or on the two of a matrix, as a phone's page asks and shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pages.phone.views import NO_ANSWER, TOO_FEW, Told, told
from workshop.convergence import median
from workshop.i18n import Translator, pick
from workshop.model import Answer, KeyQuestion, Scale, Statement
from workshop.results import Counts
from workshop.service.taking_part import Phone
from workshop.templates import axis_title

IN_WORDS: Final = 3
"""Scales of so many steps show their labels; those with more have room for numbers only."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale. `height` of its bar is 0..100, of the highest bar of its item."""

    value: int
    label: Told
    pressed: bool
    before: bool
    height: int


@dataclass(frozen=True, slots=True)
class RoomResult:
    """What the room said, as far as it may be shown: `few` means that nothing can be."""

    few: bool
    n: str
    median: str
    sentence: str
    abstained: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One scale of a statement; `title` is empty where there is no other."""

    number: int
    title: Told | str
    steps: tuple[Step, ...]
    said: str
    earlier: str
    room: RoomResult | None

    @property
    def in_words(self) -> bool:
        """Whether each step shows its label instead of its number."""
        return len(self.steps) <= IN_WORDS

    @property
    def low(self) -> Told:
        """The label of the lowest step."""
        return self.steps[0].label

    @property
    def high(self) -> Told:
        """The label of the highest step."""
        return self.steps[-1].label


@dataclass(frozen=True, slots=True)
class Item:
    """One statement with its scales, the person's answer, and what the room said before.

    `answered` says that the answer is whole, `kept` that there is any part of it.
    """

    id: str
    text: str
    axes: tuple[Axis, ...]
    answered: bool
    kept: bool
    none: bool
    none_before: bool
    which: str

    @property
    def said(self) -> str:
        """The answer in words: "4, important", on both scales of a matrix."""
        return self.which if self.none else _joined((a.title, a.said) for a in self.axes if a.said)

    @property
    def seen(self) -> bool:
        """Whether what the room said of it is with this person's page."""
        return any(axis.room is not None for axis in self.axes)

    @property
    def earlier(self) -> bool:
        """Whether this person answered it in the round before."""
        return self.none_before or any(axis.earlier for axis in self.axes)


def items(t: Translator, phone: Phone, number: int) -> tuple[Item, ...]:
    """The statements of the round that this phone is about; `number` is that of the room's."""
    view = phone.view
    if view.round is None or view.question is None or view.question.scale is None:
        return ()
    return tuple(
        _item(t, view.question, statement, phone, number)
        for statement in phone.agenda.asked(view.round)
    )


def is_whole(question: KeyQuestion, first: int | None, second: int | None) -> bool:
    """Whether an answer that is there has all its parts: both steps of a matrix, or neither."""
    return question.second is None or (first is None) == (second is None)


def _item(
    t: Translator, question: KeyQuestion, statement: Statement, phone: Phone, number: int
) -> Item:
    assert question.scale is not None
    key, kept = statement.id, statement.id in phone.answers
    value, second = phone.answers.get(key), phone.second.get(key)
    before, second_before = phone.earlier.get(key), phone.earlier_second.get(key)
    place = 1 if question.second is not None else 0
    given = [_axis(t, question.scale, value, before, phone.room.get(key), number, place)]
    if question.second is not None:
        other = phone.room_second.get(key)
        given.append(_axis(t, question.second, second, second_before, other, number, 2))
    none = kept and value is None and second is None
    whole = kept and is_whole(question, value, second)
    return Item(
        id=key,
        text=statement.text,
        axes=tuple(given),
        answered=whole,
        kept=kept,
        none=none,
        none_before=key in phone.earlier and before is None and second_before is None,
        which=_which(t, given, none=none, whole=whole),
    )


def _which(t: Translator, axes: Sequence[Axis], *, none: bool, whole: bool) -> str:
    """What stands beside *Saved*: the label that was chosen, or what is still missing."""
    if none:
        return t(NO_ANSWER)
    if not whole:
        return t("one is still missing")
    if len(axes) > 1:
        return ""
    return next((step.label for step in axes[0].steps if step.pressed), "")


def _axis(
    t: Translator,
    scale: Scale,
    value: int | None,
    before: int | None,
    counts: Counts | None,
    number: int,
    place: int,
) -> Axis:
    """One scale; `place` is its number in a matrix, 0 for the only one."""
    labels = [told(label, t.lang) for label in scale.labels]
    shown = counts is not None and not counts.few
    steps = counts.steps if counts is not None and shown else (0,) * scale.steps
    top = max(steps) or 1
    return Axis(
        number=place or 1,
        title=told(axis_title(scale), t.lang) if place else "",
        steps=tuple(
            Step(i, label, value == i, before == i, round(100 * steps[i - 1] / top))
            for i, label in enumerate(labels, 1)
        ),
        said=_said(labels, value),
        earlier=_said(labels, before),
        room=_room(t, labels, counts, number) if counts is not None else None,
    )


def _said(labels: Sequence[str], value: int | None) -> str:
    """A step in words: "4, important", or "agree" where the phone showed no numbers."""
    if value is None:
        return ""
    label = labels[value - 1]
    return label if len(labels) <= IN_WORDS else f"{value}, {label}"


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{title}: {said}" if title else said for title, said in parts)


def _room(t: Translator, labels: Sequence[str], counts: Counts, number: int) -> RoomResult:
    if counts.few:
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


def in_words(t: Translator, question: KeyQuestion, answer: Answer) -> str:
    """What somebody answered to one statement, as a list of their answers says it."""
    if answer.value is None and answer.second is None:
        return t(NO_ANSWER)
    parts = []
    for scale, value in ((question.scale, answer.value), (question.second, answer.second)):
        if scale is not None and value is not None:
            title = pick(axis_title(scale), t.lang) if question.second is not None else ""
            parts.append((title, _said([pick(label, t.lang) for label in scale.labels], value)))
    return _joined(parts)
