"""How much a question may ask for, and of how many options: what a room can still weigh up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.model import QuestionKind

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
