"""Who is in a simulated room: what each person says, thinks, and how they change their mind.

Everything is drawn from the seed and from names, never from the order in which things happen:
the same seed gives the same room however fast the machine is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from workshop import templates
from workshop.measures import median
from workshop.model import Aspect

ABSTAIN: Final = 0.04
MOVES: Final = 0.45
"""How many people go a step towards the room after they have seen what it said."""

_OPENINGS: Final = {
    "de": ("", "Aus meiner Sicht: ", "Mir ist wichtig: "),
    "en": ("", "As I see it: ", "What matters to me: "),
}


@dataclass
class Crowd:
    """The people of one simulated room, and what they have answered so far."""

    seed: int
    size: int
    answers: dict[str, dict[int, list[int | None]]] = field(default_factory=dict)
    turns: dict[tuple[int, str], int] = field(default_factory=dict)

    def chance(self, *names: object) -> random.Random:
        """A source of chance of its own for whatever these names say."""
        return random.Random("/".join(map(str, (self.seed, *names))))  # noqa: S311

    def group(self, person: int, choices: Sequence[str]) -> str:
        """The group that somebody says they belong to."""
        return self.chance("group", person).choice(list(choices))

    def answer(self, person: int, statement: str, steps: int) -> int | None:
        """A step from 1, or None for no answer; asked again, some move towards the room."""
        said = self.answers.setdefault(statement, {}).setdefault(person, [])
        before = said[-1] if said else None
        value = (
            self._first_thought(person, statement, steps, len(said))
            if before is None
            else self._second_thought(person, statement, steps, len(said), before)
        )
        said.append(value)
        return value

    def turn(self, person: int, subject: str) -> int:
        """How often somebody has been asked this before; asking counts."""
        before = self.turns.get((person, subject), 0)
        self.turns[person, subject] = before + 1
        return before

    def _first_thought(self, person: int, statement: str, steps: int, turn: int) -> int | None:
        own = self.chance("opinion", statement, person, turn)
        if own.random() < ABSTAIN:
            return None
        leaning = templates.leanings().get(statement)
        if leaning is not None:
            return _leaning(own.random(), leaning, steps)
        room = self.chance("statement", statement)
        kind, where, spread = room.random(), room.uniform(0.6, 0.9), 0.14
        if kind < 0.25:  # two camps, and hardly anybody between them
            where = where if own.random() < 0.55 else 0.1
        elif kind < 0.4:  # most are against it
            where = 1 - where
        elif kind > 0.7:  # all over the scale
            spread = 0.3
        place = min(1.0, max(0.0, own.gauss(where, spread)))
        return 1 + round(place * (steps - 1))

    def _second_thought(
        self, person: int, statement: str, steps: int, turn: int, before: int
    ) -> int:
        centre = self._median(statement, steps, turn - 1)
        moves = self.chance("second thought", statement, person, turn).random() < MOVES
        if centre is None or not moves or abs(centre - before) < 1:
            return before
        return before + (1 if centre > before else -1)

    def _median(self, statement: str, steps: int, turn: int) -> float | None:
        counts = [0] * steps
        for said in self.answers.get(statement, {}).values():
            value = said[turn] if len(said) > turn else None
            if value is not None and value <= steps:
                counts[value - 1] += 1
        return median(counts)

    def contribution(self, person: int, page_text: str, lang: str) -> tuple[Aspect, str]:
        """What somebody writes to the question on this page.

        Everybody has words of their own until the examples of the cluster are used up, then
        people begin to say the same, as people do.
        """
        lang = lang if lang in _OPENINGS else "de"
        said = _sayings(page_text, lang)
        # Plain wordings first: the openings only stretch them over a bigger room.
        turn, index = divmod(person % (len(said) * len(_OPENINGS[lang])), len(said))
        shuffled = self.chance("contributions", said[0][1]).sample(said, len(said))
        aspect, text = shuffled[index]
        return aspect, _OPENINGS[lang][turn] + text


def _leaning(chance: float, leaning: templates.Leaning, steps: int) -> int:
    """The lowest, highest or middle step, as often as the room leans there."""
    if chance < leaning.disagree:
        return 1
    if chance < leaning.disagree + leaning.agree:
        return steps
    return (steps + 1) // 2


@lru_cache(maxsize=64)
def _sayings(page_text: str, lang: str) -> tuple[tuple[Aspect, str], ...]:
    """What can be said to the question on this page; of all clusters where none is known."""
    everything: list[tuple[Aspect, str]] = []
    for name in templates.names():
        examples = templates.examples(name)
        for cluster in templates.load(name).clusters:
            if cluster.key not in examples:
                continue
            said = [
                (c.aspect, c.text.get(lang, c.text["de"]))
                for c in examples[cluster.key].contributions
            ]
            if any(_stands_in(page_text, q.text.values()) for q in cluster.questions):
                return tuple(said)
            everything += said
    return tuple(everything) or ((Aspect.GOAL, "…"),)


def _stands_in(page_text: str, wordings: Iterable[str]) -> bool:
    return any(" ".join(wording.split()) in page_text for wording in wordings)
