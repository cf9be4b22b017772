"""How much a question may ask for, and of how many options: what a room can still weigh up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.model import WRITTEN, QuestionKind

MAX_OPTIONS: Final = 12
"""More options can't be held against each other, neither in a head nor on a stage."""

OF_AXIS: Final = ("agreement", "feasibility")
"""The scales that a question begins with where nobody has chosen: of the first axis, the second."""


@dataclass(frozen=True, slots=True)
class Most:
    """What a kind's `most` begins with, and between what it may be."""

    usual: int
    least: int
    limit: int


MOST: Final[Mapping[QuestionKind, Most]] = {
    QuestionKind.WORDS: Most(3, 1, 10),
    QuestionKind.ALLOCATE: Most(100, 2, 1000),
    QuestionKind.CHOOSE: Most(1, 1, MAX_OPTIONS),
}
"""For the kinds that have one: words to write, points to give, options to choose."""

BACKED: Final = WRITTEN - {QuestionKind.WORDS}
"""Of these, others' contributions can be backed: `most` of them, and none where it is None."""

BACKING: Final = Most(3, 1, 10)


def most_of(kind: QuestionKind) -> Most | None:
    """The bounds of a kind's `most`, None where it has none."""
    return BACKING if kind in BACKED else MOST.get(kind)
