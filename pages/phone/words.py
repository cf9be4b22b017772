"""The words that a room sends for a cloud: one's own, and all of them once they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.model import Statement
from workshop.service.taking_part import Phone


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how many people sent it, and whether this person is one of them."""

    text: str
    people: int
    mine: bool


def cloud(shown: Sequence[Statement], person: str | None) -> tuple[Word, ...]:
    """The room's words, those that most people sent first; case doesn't tell two apart.

    Each stands in the spelling that most of them used.
    """
    folded: dict[str, list[Statement]] = {}
    for statement in shown:
        folded.setdefault(statement.text.casefold(), []).append(statement)
    found = [
        Word(
            text=Counter(s.text for s in same).most_common(1)[0][0],
            people=len({s.author_id or s.id for s in same}),
            mine=person is not None and person in {s.author_id for s in same},
        )
        for same in folded.values()
    ]
    return tuple(sorted(found, key=lambda word: (-word.people, word.text.casefold())))


def left(phone: Phone) -> int:
    """How many words this person may still send in the round."""
    question = phone.view.question
    most = (question.most if question else None) or 0
    return max(0, most - len({s.text.casefold() for s in phone.contributions}))
