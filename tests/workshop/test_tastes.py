"""What simulated people think of options: seeded, whole, and not all the same."""

from __future__ import annotations

from collections import Counter

from workshop.simulate import tastes
from workshop.simulate.people import Crowd

OPTIONS = ("Wohnen", "Radwege", "Treffpunkte", "Grün", "Kultur")


def room(kind: str, most: int, seed: int = 7, rounds: int = 1) -> list[list[int] | None]:
    """What thirty people answer in the last of so many rounds."""
    crowd = Crowd(seed, 30)
    said: list[list[int] | None] = []
    for _ in range(rounds):
        said = [tastes.answer(crowd, person, kind, OPTIONS, most) for person in range(30)]
    return said


def given(kind: str, most: int, seed: int = 7, rounds: int = 1) -> list[list[int]]:
    """The answers among them."""
    return [answer for answer in room(kind, most, seed, rounds) if answer is not None]


def test_every_answer_is_whole() -> None:
    assert all(sorted(a) == [1, 2, 3, 4, 5] for a in given("rank", 1))
    for points in (10, 100):
        assert all(sum(a) == points and min(a) >= 0 for a in given("allocate", points))
    assert all(sum(a) == 1 for a in given("choose", 1))
    several = given("choose", 3)
    assert {sum(a) for a in several} == {1, 2, 3}
    assert {value for a in several for value in a} == {0, 1}


def test_the_same_seed_gives_the_same_room_and_people_differ() -> None:
    assert room("rank", 1) == room("rank", 1) != room("rank", 1, seed=8)
    assert len({tuple(a) for a in given("rank", 1)}) > 5
    assert any(None in room("rank", 1, seed) for seed in range(20)), "some give no answer"


def test_asked_again_some_move_towards_the_room_and_others_stay() -> None:
    moved = 0
    for seed in range(10):
        first, second = (room("allocate", 100, seed, rounds) for rounds in (1, 2))
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a and b]
        moved += sum(a != b for a, b in pairs)
        assert any(a == b for a, b in pairs)
    assert 60 < moved < 200


def test_a_few_words_come_to_many_minds() -> None:
    crowd = Crowd(3, 40)
    said = [tastes.words(crowd, person, "Woran denken Sie?", "de", 3) for person in range(40)]
    assert all(1 <= len(words) == len(set(words)) <= 3 for words in said)
    counts = Counter(word for words in said for word in words)
    assert max(counts.values()) >= 10 and len(counts) >= 8
    assert tastes.words(crowd, 0, "What?", "en", 2) != tastes.words(crowd, 0, "What?", "de", 2)
