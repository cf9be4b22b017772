"""What is said of one statement, of both strands, and of opinion groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.by_hand import SCALE, compared, comparison, groups, item
from workshop.i18n import Translator, translator
from workshop.opinion import NoGroups
from workshop.results import Counts
from workshop.sentences import (
    cluster_comparison_sentence,
    comparison_sentence,
    groups_sentence,
    item_sentence,
    item_word,
    p_words,
    provable_words,
    strand_word,
)
from workshop.sentences.levels import sides_words
from workshop.verdicts import ItemWord, StrandWord

DE, EN = translator("de"), translator("en")
LANGUAGES = pytest.mark.parametrize("t", [DE, EN], ids=["de", "en"])
COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5).map(tuple)


def test_a_statement_says_its_middle_its_sides_and_its_consensus() -> None:
    found = item(1, 2, 1, 14, 10, low=0.6, high=0.8, abstained=2)
    assert item_sentence(found, SCALE, DE) == (
        "Median: stimme eher zu (28 Antworten, 7\xa0% ohne Votum). 24 dafür, 1 in der Mitte, "
        "3 dagegen: einig dafür. Konsens 68 von 100 (95-%-Intervall 60 bis 80); Antworten aufs "
        "Geratewohl ergäben 44."
    )
    assert item_sentence(found, SCALE, EN, invited=28) == (
        "Median: rather agree (28 answers, 7% abstained). 24 in favour, 1 in the middle, "
        "3 against: agreed in favour. Consensus 68 of 100 (stability range 60 to 80); random "
        "answers would give 44."
    )


@pytest.mark.parametrize(
    ("steps", "high", "word"),
    [
        ((3, 2, 5, 6, 9), 0.8, ItemWord.OPEN),
        ((2, 3, 0, 10, 5), 0.8, ItemWord.AGREED_FOR),
        ((2, 4, 0, 9, 5), 0.8, ItemWord.DIVIDED),
        ((14, 1, 0, 1, 4), 0.8, ItemWord.AGREED_AGAINST),
        ((10, 0, 0, 0, 10), 0.43, ItemWord.POLARISED),
        ((10, 0, 0, 0, 10), 0.45, ItemWord.DIVIDED),
        ((0, 0, 5, 0, 0), 0.8, ItemWord.AGREED_MIDDLE),
    ],
)
@LANGUAGES
def test_a_statement_at_every_boundary(
    steps: tuple[int, ...], high: float, word: ItemWord, t: Translator
) -> None:
    found = item(*steps, low=0.1, high=high)
    assert found.word is word
    sentence = item_sentence(found, SCALE, t)
    assert f": {item_word(word, t)}. " in sentence
    assert not [w for w in ItemWord if w is not word and f": {item_word(w, t)}." in sentence]


@LANGUAGES
def test_four_answers_to_a_statement_are_shown_nothing(t: Translator) -> None:
    few = item_sentence(item(0, 0, 0, 1, 3), SCALE, t)
    assert few == t("Fewer than five answers: nothing is shown.")
    assert item_sentence(item(0, 0, 0, 0, 0), SCALE, t) == t("Nobody has answered.")
    assert "einig" in item_sentence(item(0, 0, 0, 1, 4), SCALE, DE)


def test_what_rounding_would_hide_is_told_apart() -> None:
    chance = item(14, 0, 1, 0, 14).chance
    assert chance is not None
    found = item(14, 0, 1, 0, 14, low=0.05, high=chance - 0.0005)
    assert found.word is ItemWord.POLARISED
    assert "bis 43,7); Antworten aufs Geratewohl ergäben 43,8" in item_sentence(found, SCALE, DE)


@given(COUNTS)
def test_the_sides_are_everybody(steps: tuple[int, ...]) -> None:
    numbers = [
        int(n) for n in sides_words(Counts(steps), EN).replace(",", "").split() if n.isdigit()
    ]
    assert sum(numbers) == sum(steps)
    even = sides_words(Counts(steps[:4]), DE)
    assert "Mitte" not in even
    assert even == f"{sum(steps[2:4])} dafür, {sum(steps[:2])} dagegen"


def test_both_strands_on_a_statement() -> None:
    found = compared((1, 2, 1, 14, 10), (100, 110, 80, 120, 111))
    assert comparison_sentence(found, DE) == (
        "Rat mehrheitlich dafür (28 Antworten), Bürgerschaft ohne Mehrheit (521 Antworten): nur "
        "Rat. Nähe 75 von 100; wären beide einer Meinung, läge sie im Mittel bei 93 und in 95 "
        "von 100 Fällen bei mindestens 86. Unterschied nachweisbar (p < 0,001)."
    )
    assert comparison_sentence(found, EN).endswith("Difference demonstrable (p < 0.001).")
    few = compared((1, 0, 0, 1, 2), (100, 110, 80, 120, 111))
    assert comparison_sentence(few, DE) == "Nicht verglichen: weniger als fünf Antworten (Rat)."
    neither = compared((1, 0), (2, 1))
    assert "Rat, Bürgerschaft" in comparison_sentence(neither, DE)


@given(COUNTS, COUNTS, st.sampled_from([DE, EN]))
def test_what_is_said_of_both_strands_is_the_verdict(
    council: tuple[int, ...], citizens: tuple[int, ...], t: Translator
) -> None:
    found = compared(council, citizens)
    sentence = comparison_sentence(found, t)
    if found.comparison is None:
        assert not [w for w in StrandWord if f": {strand_word(w, t)}." in sentence]
        return
    assert f": {strand_word(found.comparison.verdict, t)}. " in sentence
    provable = provable_words(found.comparison, t)
    assert provable[1:] in sentence
    assert ("nicht nachweisbar" in sentence or "not demonstrable" in sentence) == (
        not found.comparison.provable
    )


def test_both_strands_on_a_cluster() -> None:
    one = compared((1, 2, 1, 14, 10), (100, 110, 80, 120, 111))
    same = compared((1, 2, 1, 14, 10), (10, 20, 10, 140, 100))
    few = compared((1, 0), (2, 1))
    assert cluster_comparison_sentence(comparison(same, one, few), DE) == (
        "Mobilität, 2 Aussagen aus beiden Strängen (Rat 28, Bürgerschaft 412 Personen): Nähe 84 "
        "von 100; wären beide einer Meinung, läge sie im Mittel bei 95 (p = 0,031). 1 gemeinsam, "
        "1 nur Rat; Unterschied nachweisbar bei 1 von 2."
    )
    assert cluster_comparison_sentence(comparison(few), DE) == (
        "Mobilität: Keine Aussage hat fünf Antworten aus beiden Strängen."
    )


@pytest.mark.parametrize(
    ("p", "words"), [(0.0009, "p < 0,001"), (0.001, "p = 0,001"), (1, "p = 1,000")]
)
def test_a_p_value_is_never_nothing(p: float, words: str) -> None:
    assert p_words(p, DE) == words


def test_opinion_groups_or_why_there_are_none() -> None:
    assert groups_sentence(groups(200, 150, 62), DE) == (
        "3 Meinungsgruppen unter 412 Personen zu 40 Aussagen: 200, 150 und 62 Personen. Die Karte "
        "zeigt 41\xa0% der Unterschiede."
    )
    assert "übernommen" in groups_sentence(groups(30, 20, given=True), DE)
    assert groups_sentence(groups(reason=NoGroups.TOO_FEW_PEOPLE, people=30), DE) == (
        "Keine Meinungsgruppen: Nötig sind 50 Personen mit je mindestens 7 Stimmen, so viele sind "
        "es nicht."
    )
    assert groups_sentence(groups(reason=NoGroups.ALL_ALIKE), DE) == (
        "Keine Meinungsgruppen: Alle stimmen gleich ab."
    )
    assert groups_sentence(groups(), EN) == "No opinion groups."
