"""Who said the same: equal but for case, punctuation and white space, or nearly so.

Nothing is merged here. What differs in a number, or in a word that turns a sentence round, is
never taken for a double: "130 km/h" is not "160 km/h".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from workshop.model import Statement

ALIKE: Final = 80.0
"""`rapidfuzz.fuzz.token_sort_ratio` from which two texts are worth a look; of 100."""

MOST: Final = 400
"""Texts that are compared with each other, the last to come in; more than a room writes."""

_NUMBER: Final = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,:/]\d+)*")
_IN_WORDS: Final = {
    word: str(number)
    for number, names in {
        2: "zwei two",
        3: "drei three",
        4: "vier four",
        5: "fünf five",
        6: "sechs six",
        7: "sieben seven",
        8: "acht eight",
        9: "neun nine",
        10: "zehn ten",
        11: "elf eleven",
        12: "zwölf twelve",
        100: "hundert hundred",
        1000: "tausend thousand",
    }.items()
    for word in names.split()
}
_TURNING: Final = re.compile(
    r"nicht|nichts|nie|niemals|niemand\w*|nirgend\w*|kein\w*|ohne|weder|weniger|gegen|"
    r"no|not|none|nothing|never|nobody|nowhere|neither|nor|without|cannot|less|fewer|against|"
    r"\w+n[’'`]t"
)
_WORD: Final = re.compile(r"\w+(?:[’'`]\w+)*")


@dataclass(frozen=True, slots=True)
class Doubles:
    """Texts that may be one, first to last; two of them unless they are the `same`."""

    statements: tuple[Statement, ...]
    same: bool


def folded(text: str) -> str:
    """A text without what makes no difference: case, punctuation, white space."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).casefold())
    kept = (" " if _is_space(c) else c for c in plain if unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def _is_space(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "PZC"


def is_same(one: str, other: str) -> bool:
    """Whether two texts are equal when folded, their words in order and their numbers alike.

    Texts of nothing but punctuation are the same only where they are equal.
    """
    if one == other:
        return True
    key = folded(one)
    return bool(key) and key == folded(other) and _numbers(one) == _numbers(other)


def suggestions(statements: Sequence[Statement]) -> tuple[Doubles, ...]:
    """What may be merged: first what is the same, then what is alike, the nearest first.

    Of those that are the same one stands for all when it is compared with others. Only the last
    `MOST` texts are looked at.
    """
    looked_at = tuple(sorted(statements, key=lambda s: (s.created_at, s.id))[-MOST:])
    found = _suggested(tuple(s.text for s in looked_at))
    return tuple(Doubles(tuple(looked_at[i] for i in places), same) for places, same in found)


@lru_cache(maxsize=32)
def _suggested(texts: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], bool], ...]:
    """The same of plain texts, by their places; kept, since a console is drawn at every change."""
    groups: dict[object, list[int]] = {}
    for place, text in enumerate(texts):
        key = folded(text)
        groups.setdefault((key, _numbers(text)) if key else text, []).append(place)
    same = [tuple(places) for places in groups.values() if len(places) > 1]
    alike = _alike(texts, [places[0] for places in groups.values()])
    return (*((places, True) for places in same), *((pair, False) for pair in alike))


def _alike(texts: tuple[str, ...], places: list[int]) -> list[tuple[int, int]]:
    """Pairs that are worth a look, the nearest first."""
    sorted_words = {p: " ".join(sorted(folded(texts[p]).split())) for p in places}
    turned = {p: (_numbers(texts[p]), _turns(texts[p])) for p in places}
    found = []
    for at, one in enumerate(places):
        for other in places[at + 1 :]:
            if turned[one] != turned[other] or not sorted_words[one]:
                continue
            # What `token_sort_ratio` does, with the sorting done once for each text.
            score = fuzz.ratio(sorted_words[one], sorted_words[other], score_cutoff=ALIKE)
            if score >= ALIKE:
                found.append((-score, one, other))
    return [(one, other) for _, one, other in sorted(found)]


def _numbers(text: str) -> frozenset[tuple[str, int]]:
    """The numbers of a text and how often each is there; small ones count in words, too."""
    plain = unicodedata.normalize("NFKC", text)
    digits = [n.replace("−", "-") for n in _NUMBER.findall(plain)]
    words = [_IN_WORDS[w] for w in _WORD.findall(plain.casefold()) if w in _IN_WORDS]
    return frozenset(Counter([*digits, *words]).items())


def _turns(text: str) -> int:
    """How many words of a text turn it round."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return sum(bool(_TURNING.fullmatch(word)) for word in _WORD.findall(plain))
