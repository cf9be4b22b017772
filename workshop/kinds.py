"""The kinds that a workshop knows: of strands, questions, contributions, states and views.

Import them from `workshop.model`, which joins them with the rest of the words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Strand(StrEnum):
    """Who meets: the council (top-down) or the citizens (bottom-up)."""

    COUNCIL = "council"
    CITIZENS = "citizens"


class QuestionKind(StrEnum):
    """What a point of the agenda asks of a participant; the last four ask nothing."""

    COLLECT = "collect"
    PROPOSE = "propose"
    WORDS = "words"
    RATE = "rate"
    MATRIX = "matrix"
    RANK = "rank"
    ALLOCATE = "allocate"
    CHOOSE = "choose"
    WELCOME = "welcome"
    INPUT = "input"
    TALK = "talk"
    BREAK = "break"


STEPS: Final = frozenset(
    {QuestionKind.WELCOME, QuestionKind.INPUT, QuestionKind.TALK, QuestionKind.BREAK}
)
"""Steps of the running order without a question: they take their time, and no round is opened."""

WRITTEN: Final = frozenset({QuestionKind.COLLECT, QuestionKind.PROPOSE, QuestionKind.WORDS})
"""People write to these; to all others that ask, they answer about statements that are there."""

SCALED: Final = frozenset({QuestionKind.RATE, QuestionKind.MATRIX})
"""Each statement is answered by itself, on one scale or two."""

WHOLE: Final = frozenset({QuestionKind.RANK, QuestionKind.ALLOCATE, QuestionKind.CHOOSE})
"""All statements (here they are options) are answered together, and kept together."""


class Aspect(StrEnum):
    """What a contribution is, in its author's own judgement."""

    PERSPECTIVE = "perspective"
    INTEREST = "interest"
    GOAL = "goal"


class RoundState(StrEnum):
    """draft → open → closed → revealed; see `workshop.agenda` for who may go where."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class StageView(StrEnum):
    """What the projector shows."""

    LOBBY = "lobby"
    QUESTION = "question"
    RESULT = "result"
    MOVES = "moves"
    STRANDS = "strands"
    CLUSTERS = "clusters"
    GROUPS = "groups"
    THANKS = "thanks"


class Role(StrEnum):
    """In which capacity somebody asks for a use case."""

    OPERATOR = "operator"
    MODERATOR = "moderator"
    STAGE = "stage"
    VISITOR = "visitor"
