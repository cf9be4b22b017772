"""To which theme a contribution may belong: a suggestion, never a sorting.

Thirty sentences can't be grouped by a machine better than by chance; what works is that the
moderator names the themes. A text is then compared with each name and with what stands under it
already, by the letters that they share: TF-IDF over runs of three to five characters within words
(Sebastiani 2002, ACM Computing Surveys 34, for the weights; as scikit-learn's `char_wb`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workshop.doubles import folded
from workshop.model import Statement

LEAST: Final = 0.1
"""Cosine below which there is no suggestion.

With the 72 German example texts of `templates/examples.toml`, their clusters as themes and five
texts under each, three of four texts then get one, and 58 % of those are right (a coin: 25 %).
"""

_SHORTEST, _LONGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Theme:
    """A name under which the moderator puts contributions to a question, in one workshop."""

    id: str
    workshop_id: str
    question_id: str
    name: str
    position: int


def of_question(themes: Iterable[Theme], question_id: str) -> tuple[Theme, ...]:
    """Those of one question."""
    return tuple(theme for theme in themes if theme.question_id == question_id)


def suggested(themes: Sequence[Theme], statements: Sequence[Statement]) -> Mapping[str, str]:
    """The id of the nearest theme for each statement without one, by its id.

    A statement that is near to none has no entry, and nothing is near where no theme is named.
    """
    if not themes:
        return {}
    under = {theme.id: [theme.name] for theme in themes}
    unsorted = []
    for statement in statements:
        if statement.theme_id in under:
            under[statement.theme_id].append(statement.text)
        else:
            unsorted.append(statement)
    names = tuple((key, tuple(texts)) for key, texts in under.items())
    found = _nearest(names, tuple(s.text for s in unsorted))
    return {s.id: key for s, key in zip(unsorted, found, strict=True) if key is not None}


@lru_cache(maxsize=32)
def _nearest(
    themes: tuple[tuple[str, tuple[str, ...]], ...], texts: tuple[str, ...]
) -> tuple[str | None, ...]:
    """The key of the nearest theme for each text; kept, since a console is drawn at every change.

    A theme is as near as its nearest text is, its name being one of them.
    """
    known = [(key, _runs(text)) for key, said in themes for text in said]
    asked = [_runs(text) for text in texts]
    everything = [runs for _, runs in known] + asked
    spread = Counter(run for runs in everything for run in runs)
    rarity = {run: math.log(len(everything) / n) + 1 for run, n in spread.items()}
    where: dict[str, list[tuple[int, float]]] = {}
    for place, (_, runs) in enumerate(known):
        for run, weight in _weighed(runs, rarity).items():
            where.setdefault(run, []).append((place, weight))
    keys = [key for key, _ in known]
    return tuple(_best(_weighed(runs, rarity), where, keys) for runs in asked)


def _best(
    text: Mapping[str, float], where: Mapping[str, list[tuple[int, float]]], keys: Sequence[str]
) -> str | None:
    """The key of the known text that is nearest, the first of several; None where none is near."""
    scores = [0.0] * len(keys)
    for run, weight in text.items():
        for place, other in where.get(run, ()):
            scores[place] += weight * other
    best = max(range(len(keys)), key=scores.__getitem__)
    return keys[best] if scores[best] >= LEAST else None


def _runs(text: str) -> Counter[str]:
    """How often each run of characters is in a text; a word begins and ends with a space."""
    return Counter(
        padded[at : at + n]
        for word in folded(text).split()
        for padded in [f" {word} "]
        for n in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(padded) - n + 1)
    )


def _weighed(runs: Mapping[str, int], rarity: Mapping[str, float]) -> Mapping[str, float]:
    """The runs as a vector of length 1; of nothing where there are none."""
    raw = {run: n * rarity[run] for run, n in runs.items()}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {run: value / length for run, value in raw.items()} if length else {}
