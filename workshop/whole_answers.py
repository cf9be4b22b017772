"""What a valid answer is where all options of a question are answered together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import KeyQuestion, QuestionKind

WholeAnswer = dict[str, int | None]
"""By statement id: 1 or 0, a place, points; None for every option of a *keine Antwort*."""

_DIGITS: Final = 4


def clean_whole(
    question: KeyQuestion, asked: Sequence[str], values: Mapping[str, str] | None
) -> WholeAnswer:
    """One person's whole answer to a question that is ranked, allocated or chosen from.

    Args:
        question: of one of the kinds in `workshop.model.WHOLE`.
        asked: the ids of the options that the round asks.
        values: what was sent for each, as it was typed; None for *keine Antwort*. An option that
            is missing, or empty, was given nothing.

    Raises:
        NotFound: an option that the round doesn't ask.
        Refused: another kind of question, or what the person can mend, in a sentence.
    """
    if question.kind not in _CLEANED:
        raise Refused("wrong-kind", N_("This question is answered in another way."))
    if values is None:
        return dict.fromkeys(asked)
    if not set(values) <= set(asked):
        raise NotFound("no-statement", N_("This statement is not asked in this round."))
    numbers = {key: _number(values.get(key, "")) for key in asked}
    _CLEANED[question.kind](numbers, question.most or 1)
    return dict(numbers)


def _number(raw: str) -> int:
    """What was typed as a whole number; nothing is 0."""
    text = raw.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise Refused("bad-value", N_("Please enter whole numbers only."))
    return int(text)


def _choice(numbers: Mapping[str, int], most: int) -> None:
    chosen = sum(numbers.values())
    if any(value not in (0, 1) for value in numbers.values()):
        raise Refused("bad-value", N_("An option is chosen or it isn't."))
    if chosen == 0:
        raise Refused("nothing-chosen-yet", N_("Please choose something, or no answer."))
    if chosen > most:
        raise Refused(
            "too-many-chosen",
            N_("You have chosen {chosen}; at most {most} are possible."),
            chosen=chosen,
            most=most,
        )


def _ranking(numbers: Mapping[str, int], _: int) -> None:
    if sorted(numbers.values()) != list(range(1, len(numbers) + 1)):
        raise Refused(
            "incomplete-ranking",
            N_("Please give every option a place of its own, from 1 to {n}."),
            n=len(numbers),
        )


def _allocation(numbers: Mapping[str, int], most: int) -> None:
    rest = most - sum(numbers.values())
    if rest > 0:
        raise Refused(
            "points-left", N_("{rest} of {most} points are still left."), rest=rest, most=most
        )
    if rest < 0:
        raise Refused(
            "too-many-points",
            N_("These are {over} points too many: there are {most}."),
            over=-rest,
            most=most,
        )


_CLEANED: Final = {
    QuestionKind.CHOOSE: _choice,
    QuestionKind.RANK: _ranking,
    QuestionKind.ALLOCATE: _allocation,
}
