"""What the people of a simulated room think of options: which they like, how much, and their words.

As in `people`, all is drawn from the seed and from names: the same seed gives the same room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop.simulate.people import ABSTAIN, MOVES, Crowd

SPREAD: Final = 0.35
"""How far people differ in how much they like an option that the room likes by 0..1."""
_COARSE: Final = 20
"""More points than this are given in steps of five, as people do."""
_WORDS: Final = {
    "de": (
        "Lebenswert", "Grün", "Miteinander", "Fahrrad", "Offen", "Mutig", "Klimaneutral",
        "Nachbarschaft", "Bezahlbar", "Kultur", "Weniger Lärm", "Vernetzt", "Gerecht",
        "Kurze Wege", "Documenta", "Zuhause",
    ),
    "en": (
        "Liveable", "Green", "Together", "Bicycles", "Open", "Brave", "Climate-neutral",
        "Neighbourhood", "Affordable", "Culture", "Less noise", "Connected", "Fair",
        "Short ways", "Documenta", "Home",
    ),
}  # fmt: skip


def answer(
    crowd: Crowd, person: int, kind: str, options: Sequence[str], most: int
) -> list[int] | None:
    """One number for each option, None for no answer; asked again, some move towards the room.

    Args:
        kind: choose (1 or 0), rank (places) or allocate (points that sum up to `most`).
        options: their wordings; who is who hangs on these.
        most: how many may be chosen, or how many points there are.
    """
    turn = crowd.turn(person, "\n".join(sorted(options)))
    if crowd.chance("abstain", person, turn, *sorted(options)).random() < ABSTAIN:
        return None
    liked = [_liking(crowd, person, option, turn) for option in options]
    if kind == "rank":
        order = sorted(range(len(liked)), key=lambda i: -liked[i])
        return [1 + order.index(i) for i in range(len(liked))]
    if kind == "allocate":
        return _points(liked, most)
    best = sorted(range(len(liked)), key=lambda i: -liked[i])[:most]
    return [int(i == best[0] or (i in best and liked[i] > 0.5)) for i in range(len(liked))]


def words(crowd: Crowd, person: int, question: str, lang: str, most: int) -> list[str]:
    """What somebody sends for a cloud of words: a few come to many minds, others to one."""
    chance = crowd.chance("words", question, person)
    known = _WORDS.get(lang, _WORDS["de"])
    pool = crowd.chance("words", question).sample(known, len(known))
    weights = [1 / (1 + place) for place in range(len(pool))]
    wanted = chance.randint(1, max(1, most))
    drawn = chance.choices(pool, weights, k=4 * wanted)
    return list(dict.fromkeys(drawn))[:wanted]


def _liking(crowd: Crowd, person: int, option: str, turn: int) -> float:
    """How much somebody likes an option, mostly 0..1; the second time nearer to the room."""
    room = crowd.chance("appeal", option).random()
    own = crowd.chance("liking", option, person).gauss(0, SPREAD)
    moves = crowd.chance("second liking", person).random() < MOVES
    return room + (own / 2 if turn and moves else own)


def _points(liked: Sequence[float], most: int) -> list[int]:
    """Points by liking, in round numbers, all of them given; the best takes what is left over."""
    step = 5 if most > _COARSE else 1
    weights = [max(0.0, value) ** 2 for value in liked]
    total = sum(weights) or 1.0
    given = [step * int(most * weight / total / step) for weight in weights]
    given[max(range(len(liked)), key=lambda i: liked[i])] += most - sum(given)
    return given
