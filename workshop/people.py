"""The words for who takes part, and what they said.

Import them from `workshop.model`, which joins them with the rest of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workshop.kinds import Aspect


@dataclass(frozen=True, slots=True)
class Participant:
    """A pseudonym. `number` counts from 1 within the workshop and is all that exports show.

    `opinion_group` is the group that an imported conversation came with, None without one. Of a
    `proxy` the answers are entered by the moderator: somebody in the room without a phone.
    """

    id: str
    workshop_id: str
    number: int
    segment: str
    joined_at: datetime
    last_seen: datetime
    opinion_group: int | None = None
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A participant's answer to one item in one round; `value` None is *keine Antwort*.

    By the kind of the question `value` is a step 1..k, a place (1 the best), a number of points, or
    1 for chosen and 0 for not; `second` is the step on the other axis of a matrix. In a matrix
    either may be missing while the other is there.
    """

    round_id: str
    participant_id: str
    statement_id: str
    value: int | None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed that could not be taken, and why; shown again until it can."""

    question_id: str
    text: str
    aspect: Aspect | None
    problem: str


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there: joined at all, present now, and who answered the round in question."""

    joined: int
    present: int
    answered: int = 0
