"""Doubles: what is the same, what is only alike, and what never is."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from workshop.doubles import ALIKE, MOST, Doubles, folded, is_same, suggestions
from workshop.model import Statement, Strand

START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
WORDS = st.lists(
    st.sampled_from(("mehr", "bäume", "für", "die", "stadt", "nicht", "30", "50")),
    min_size=1,
)
TEXT = st.one_of(st.text(max_size=40), WORDS.map(" ".join))


def said(*texts: str) -> list[Statement]:
    """Contributions in the order in which they came in."""
    return [
        Statement(
            id=f"s{place}",
            question_id="q",
            text=text,
            workshop_id="w",
            strand=Strand.COUNCIL,
            position=0,
            created_at=START + timedelta(seconds=place),
        )
        for place, text in enumerate(texts)
    ]


def texts(found: tuple[Doubles, ...], *, same: bool) -> list[list[str]]:
    return [[s.text for s in doubles.statements] for doubles in found if doubles.same is same]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mehr Bäume in der Stadt!", "mehr  bäume in der STADT"),
        ("Straße sperren", "STRASSE SPERREN."),
        ("„Wir machen es einfach!“", "Wir machen es – einfach"),
        ("Mehr Ba\u0308ume", "Mehr Bäume"),
    ],
)
def test_case_punctuation_and_space_make_no_difference(one: str, other: str) -> None:
    assert is_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Die Stadt braucht Bäume", "Bäume braucht die Stadt"),
        ("1,5 Grad sind zu viel", "1 5 Grad sind zu viel"),
        ("-5 Grad", "5 Grad"),
        ("Mehr Bäume", "Mehr Bäume bitte"),
        ("!!!", "???"),
    ],
)
def test_another_order_or_number_is_another_text(one: str, other: str) -> None:
    assert not is_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mehr Bäume in der Innenstadt", "Mehr Bäume in die Innenstadt"),
        ("Die Stadt braucht mehr Bäume", "Mehr Bäume braucht die Stadt"),
        ("Wir wollen keine neuen Straßen", "Wir wollen keine neue Straße"),
        ("In drei Jahren klimaneutral sein", "In 3 Jahren klimaneutral sein"),
    ],
)
def test_what_is_nearly_the_same_is_worth_a_look(one: str, other: str) -> None:
    assert texts(suggestions(said(one, other)), same=False) == [[one, other]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("130 km/h auf der Autobahn", "160 km/h auf der Autobahn"),
        ("Der Ausbau der A7 hilft uns", "Der Ausbau der A44 hilft uns"),
        ("In zwei Jahren klimaneutral", "In drei Jahren klimaneutral"),
        ("Die Innenstadt soll autofrei sein", "Die Innenstadt soll nicht autofrei sein"),
        ("Wir brauchen neue Parkplätze", "Wir brauchen keine neuen Parkplätze"),
        ("Eine Stadt mit Autos am Abend", "Eine Stadt ohne Autos am Abend"),
        ("Mehr Parkplätze in der Innenstadt", "Weniger Parkplätze in der Innenstadt"),
        ("Das darf immer so weitergehen", "Das darf nie so weitergehen"),
        ("We should build new roads", "We should not build new roads"),
        ("We do want new roads here", "We don't want new roads here"),
    ],
)
def test_another_number_or_a_negation_is_never_suggested(one: str, other: str) -> None:
    assert fuzz.token_sort_ratio(folded(one), folded(other)) >= 75, "so near that it matters"
    assert suggestions(said(one, other)) == ()


def test_the_same_comes_first_and_is_one_of_the_pairs() -> None:
    found = suggestions(
        said("Mehr Bäume!", "Weniger Lärm", "mehr bäume", "Mehr Bäume im Park", "Mehr  Bäume")
    )
    assert texts(found, same=True) == [["Mehr Bäume!", "mehr bäume", "Mehr  Bäume"]]
    assert texts(found, same=False) == []
    near = suggestions(said("Mehr Bäume am Park", "mehr bäume am park", "Mehr Bäume im Park"))
    assert texts(near, same=False) == [["Mehr Bäume am Park", "Mehr Bäume im Park"]]


def test_of_very_many_the_last_are_looked_at() -> None:
    lost = said("Gleich", *(f"Beitrag {n}" for n in range(MOST - 1)), "Gleich")
    assert texts(suggestions(lost), same=True) == []
    assert texts(suggestions(said("Weg", *(s.text for s in lost[1:]), "Gleich")), same=True) == [
        ["Gleich", "Gleich"]
    ]


@given(TEXT, TEXT)
@example("ǰ", "ǰ")
def test_being_the_same_goes_both_ways(one: str, other: str) -> None:
    assert is_same(one, one) and is_same(one, other) == is_same(other, one)


@given(TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(WORDS.map(" ".join))
def test_shouting_and_dots_change_nothing(text: str) -> None:
    assert is_same(text, f"  {text.upper()}! ") and is_same(text, text.replace(" ", " … "))


@given(st.integers(0, 999), st.integers(0, 999), WORDS.map(" ".join))
def test_texts_with_different_numbers_never_meet(one: int, other: int, rest: str) -> None:
    assume(one != other)
    assert suggestions(said(f"{rest} {one}", f"{rest} {other}")) == ()


@given(st.lists(TEXT, max_size=8), st.randoms(use_true_random=False))
def test_suggestions_depend_on_when_it_came_in_alone(
    given_texts: list[str], chance: random.Random
) -> None:
    came = said(*given_texts)
    mixed = came[:]
    chance.shuffle(mixed)
    assert suggestions(mixed) == suggestions(came)
    for doubles in suggestions(came):
        first, *rest = doubles.statements
        assert rest and all(s.created_at > first.created_at for s in rest)
        for other in rest:
            assert is_same(first.text, other.text) is doubles.same
            score = fuzz.token_sort_ratio(folded(first.text), folded(other.text))
            assert doubles.same or score >= ALIKE
