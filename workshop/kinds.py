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
    """What a key question asks of a participant."""

    COLLECT = "collect"
    PROPOSE = "propose"
    WORDS = "words"
    RATE = "rate"
    MATRIX = "matrix"
    RANK = "rank"
    ALLOCATE = "allocate"
    CHOOSE = "choose"


WRITTEN: Final = frozenset({QuestionKind.COLLECT, QuestionKind.PROPOSE, QuestionKind.WORDS})
"""People write to these; to all others they answer about statements that somebody wrote before."""

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
