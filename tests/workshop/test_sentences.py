"""Sentences say what the numbers permit, in METHOD's words, and nothing beyond."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.by_hand import SAMPLING, STABILITY, change, item_change, level
from workshop.analysis import Bounds
from workshop.i18n import Translator, translator
from workshop.sentences import (
    bounds_sentence,
    change_sentence,
    change_word,
    interval_name,
    item_change_in_full,
    item_change_sentence,
    item_word,
    level_sentence,
    level_word,
    strand_word,
)
from workshop.sentences.changes import stability_sentence
from workshop.stability import MissingRevotes
from workshop.verdicts import ChangeWord, ClusterWord, ItemWord, StrandWord

DE, EN = translator("de"), translator("en")
LANGUAGES = pytest.mark.parametrize("t", [DE, EN], ids=["de", "en"])

METHOD = [
    (ClusterWord.ABOVE_CHANCE, "über Zufall einig"),
    (ClusterWord.LIKE_CHANCE, "vom Zufall nicht zu unterscheiden"),
    (ClusterWord.SPLIT, "gespalten"),
    (ClusterWord.TOO_FEW, "zu wenige"),
    (ChangeWord.CLOSER, "nachweisbar angenähert"),
    (ChangeWord.APART, "nachweisbar auseinander"),
    (ChangeWord.NOT_SHOWN, "keine nachweisbare Änderung"),
    (ChangeWord.TOO_FEW_TO_CLAIM, "zu wenige für eine Aussage"),
    (ChangeWord.SOME_ITEMS, "nur ein Teil erneut gefragt"),
    (ChangeWord.TOO_FEW, "zu wenige"),
    (ItemWord.POLARISED, "polarisiert"),
    (ItemWord.AGREED_FOR, "einig dafür"),
    (ItemWord.AGREED_AGAINST, "einig dagegen"),
    (ItemWord.AGREED_MIDDLE, "einig in der Mitte"),
    (ItemWord.DIVIDED, "geteilt"),
    (ItemWord.OPEN, "offen"),
    (StrandWord.COMMON, "gemeinsam"),
    (StrandWord.DISPUTED, "strittig"),
    (StrandWord.ONLY_COUNCIL, "nur Rat"),
    (StrandWord.ONLY_CITIZENS, "nur Bürgerschaft"),
    (StrandWord.OPEN, "offen"),
    (SAMPLING, "95-%-Intervall"),
    (STABILITY, "Stabilitätsbereich"),
]
WORDS = {
    ClusterWord: level_word,
    ChangeWord: change_word,
    ItemWord: item_word,
    StrandWord: strand_word,
    type(SAMPLING): interval_name,
}

CLAIMS = {
    ChangeWord.CLOSER: ("nachweisbar angenähert", "demonstrably closer"),
    ChangeWord.APART: ("nachweisbar auseinander", "demonstrably further apart"),
    ChangeWord.NOT_SHOWN: ("keine nachweisbare Änderung", "no demonstrable change"),
}
"""What says something of a change; all else says why nothing is said."""

APPROVAL = re.compile(
    r"dafür|dagegen|zustimm|stimmt? zu|ablehn|lehnt|befürwort|positiv|negativ|gut|schlecht"
    r"|favour|against|approv|support|reject|positive|negative|good|bad",
    re.IGNORECASE,
)


def claims(sentence: str, t: Translator) -> set[ChangeWord]:
    """Which claims of a change a sentence makes."""
    place = [DE, EN].index(t)
    return {word for word, texts in CLAIMS.items() if texts[place] in sentence}


def test_the_words_are_those_of_the_method() -> None:
    for kind, say in WORDS.items():
        mine = {word: german for word, german in METHOD if type(word) is kind}
        assert set(mine) == set(kind)
        for word, german in mine.items():
            assert say(word, DE) == german
            assert say(word, EN) and say(word, EN) != german
    assert item_word(None, DE) == strand_word(None, DE) == ""


def test_a_level_says_index_interval_people_and_chance() -> None:
    found = level(64.0, 78.4, n=28, present=30)
    assert level_sentence("Mobilität", 1, found, DE) == (
        "Mobilität, Runde 1: Konvergenz 71 von 100 (95-%-Intervall 64 bis 78, 28 von 30 "
        "Anwesenden); Antworten aufs Geratewohl ergäben 44: über Zufall einig."
    )
    assert level_sentence("Mobility", 2, found, EN) == (
        "Mobility, round 2, knowing the result before: convergence 71 of 100 (95% interval 64 to "
        "78, 28 of 30 present); random answers would give 44: agreed beyond chance."
    )
    assert level_sentence("Rat", None, found, DE).startswith("Rat: Konvergenz 71 von 100")


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (43.8, 60, ClusterWord.ABOVE_CHANCE),
        (43.7, 60, ClusterWord.LIKE_CHANCE),
        (43.6, 60, ClusterWord.LIKE_CHANCE),
        (30, 43.8, ClusterWord.LIKE_CHANCE),
        (30, 43.7, ClusterWord.LIKE_CHANCE),
        (30, 43.6, ClusterWord.SPLIT),
    ],
)
@LANGUAGES
def test_a_level_at_its_chance_level(
    low: float, high: float, word: ClusterWord, t: Translator
) -> None:
    found = level(low, high)
    assert found.word is word
    sentence = level_sentence("X", 1, found, t)
    assert sentence.endswith(f": {level_word(word, t)}.")
    others = set(ClusterWord) - {word, ClusterWord.TOO_FEW}
    assert not [o for o in others if level_word(o, t) in sentence]


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0, 100),
    st.sampled_from([DE, EN]),
)
def test_rounding_never_hides_what_a_level_says(
    one: float, other: float, chance: float, t: Translator
) -> None:
    found = level(min(one, other), max(one, other), chance)
    sentence = level_sentence("X", 1, found, t)
    numbers = re.search(r"(?:Intervall|interval) (\S+) (?:bis|to) (\S+), .*?([\d.,]+): ", sentence)
    assert numbers is not None
    low, high, level_ = (float(n.replace(",", ".")) for n in numbers.groups())
    gap = min(abs(min(one, other) - chance), abs(max(one, other) - chance))
    if gap > 0.001:
        assert (found.word is ClusterWord.ABOVE_CHANCE) <= (low > level_)
        assert (found.word is ClusterWord.SPLIT) <= (high < level_)


@LANGUAGES
def test_four_people_are_shown_nothing_and_five_are(t: Translator) -> None:
    few = level_sentence("X", 1, level(60, 70, n=4), t)
    assert not re.search(r"\d", few.replace("Runde 1", "").replace("round 1", ""))
    assert not [w for w in ClusterWord if level_word(w, t) in few and w is not ClusterWord.TOO_FEW]
    five = level_sentence("X", 1, level(60, 70, n=5), t)
    assert five.endswith(f"{level_word(ClusterWord.ABOVE_CHANCE, t)}.")


def test_why_there_is_no_level() -> None:
    nobody, few = level(60, 70, n=0), level(60, 70, n=3)
    assert level_sentence("X", 1, nobody, DE) == "X, Runde 1: Niemand hat geantwortet."
    assert "Weniger als fünf Personen" in level_sentence("X", 1, few, DE)
    other = level(60, 70, n=9)
    without = type(other)(None, None, None, None, 9, None, None, 0, other.word, other.interval)
    assert "Nichts davon wurde in jeder Runde" in level_sentence("X", 1, without, DE)


@pytest.mark.parametrize(
    ("present", "invited", "words"),
    [
        (None, None, "28 Personen"),
        (30, None, "28 von 30 Anwesenden"),
        (30, 32, "28 von 30 Anwesenden, 32 eingeladen"),
        (None, 32, "28 von 32 Eingeladenen"),
        (26, 32, "28 Personen, bei Rundenschluss 26 anwesend, 32 eingeladen"),
        (None, 27, "28 Personen, 27 eingeladen"),
    ],
)
def test_people_stand_beside_those_present_and_invited(
    present: int | None, invited: int | None, words: str
) -> None:
    found = level(64, 78, present=present, invited=invited)
    assert f" 78, {words});" in level_sentence("X", 1, found, DE)


@pytest.mark.parametrize(("invited", "name"), [(29, "95-%-Intervall"), (28, "Stabilitätsbereich")])
def test_where_everybody_invited_answered_it_is_no_sampling_error(invited: int, name: str) -> None:
    assert f"({name} 64 bis" in level_sentence("X", 1, level(64, 78, invited=invited), DE)
    sentence = change_sentence("X", change(2, 13, matched=28), DE, invited=invited)
    assert f"({name} +2 bis +13)" in sentence


def test_a_change_says_whose_it_is() -> None:
    assert change_sentence("Mobilität", change(2.4, 13.2), DE) == (
        "Mobilität, Runde 2 nach Runde 1, in Kenntnis des Ergebnisses: +8 Punkte (95-%-Intervall "
        "+2 bis +13) bei 27 Personen, die beide Male geantwortet haben: nachweisbar angenähert. "
        "Alle zusammen: +6."
    )
    assert change_sentence("", change(-13.2, -2.4, whole=None), EN) == (
        "Round 2 after round 1, knowing its result: −8 points (95% interval −13 to −2) among 27 "
        "people who answered both times: demonstrably further apart."
    )
    assert change_sentence("Mobilität", change(2, 13, again=3), DE) == (
        "Mobilität: Keine Änderung wird behauptet, denn nur ein Teil wurde erneut gefragt "
        "(3 von 8)."
    )
    assert "nichts wurde erneut" in change_sentence("X", change(2, 13, again=0), DE)


@pytest.mark.parametrize(
    ("low", "high", "matched", "again", "word"),
    [
        (0.1, 9, 15, 8, ChangeWord.CLOSER),
        (0.0, 9, 15, 8, ChangeWord.NOT_SHOWN),
        (-0.1, 9, 15, 8, ChangeWord.NOT_SHOWN),
        (-9, 0.0, 15, 8, ChangeWord.NOT_SHOWN),
        (-9, -0.1, 15, 8, ChangeWord.APART),
        (5, 9, 14, 8, ChangeWord.TOO_FEW_TO_CLAIM),
        (5, 9, 5, 8, ChangeWord.TOO_FEW_TO_CLAIM),
        (5, 9, 4, 8, ChangeWord.TOO_FEW),
        (5, 9, 0, 8, ChangeWord.TOO_FEW),
        (5, 9, 30, 7, ChangeWord.SOME_ITEMS),
        (5, 9, 30, 0, ChangeWord.SOME_ITEMS),
        (5, 9, 4, 7, ChangeWord.TOO_FEW),
    ],
)
@LANGUAGES
def test_a_change_at_every_boundary(
    low: float, high: float, matched: int, again: int, word: ChangeWord, t: Translator
) -> None:
    found = change(low, high, matched, again)
    assert found.word is word
    sentence = change_sentence("X", found, t)
    assert claims(sentence, t) == {word} & set(CLAIMS)
    shown = matched >= 5 and again == 8
    assert bool(re.search(r"[+−±]\d", sentence)) == shown


@given(
    st.floats(-100, 100),
    st.floats(-100, 100),
    st.integers(0, 40),
    st.integers(0, 8),
    st.sampled_from([DE, EN]),
)
def test_no_change_is_claimed_that_may_not_be(
    one: float, other: float, matched: int, again: int, t: Translator
) -> None:
    low, high = min(one, other), max(one, other)
    found = claims(change_sentence("X", change(low, high, matched, again), t), t)
    if matched < 15 or again < 8:
        assert found == set()
    elif low <= 0 <= high:
        assert found == {ChangeWord.NOT_SHOWN}
    else:
        assert found == {ChangeWord.CLOSER if low > 0 else ChangeWord.APART}


@given(st.floats(-20, 20), st.floats(-20, 20), st.integers(0, 40), st.sampled_from([DE, EN]))
def test_the_same_of_a_statement(one: float, other: float, matched: int, t: Translator) -> None:
    low, high = min(one, other), max(one, other)
    answers = [1 + i % 5 for i in range(matched)]
    found = item_change(low, high, answers, answers[::-1])
    sentence = item_change_sentence(found, t)
    if matched < 15:
        assert claims(sentence, t) == set()
    else:
        assert claims(sentence, t) == {found.word}
    assert bool(re.search(r"\d", sentence)) == (matched >= 5)


def test_who_moved_is_counted() -> None:
    before, after = [2] * 10 + [3] * 17, [3] * 7 + [2] * 3 + [2] * 2 + [3] * 15
    found = item_change(-2, 9, before, after)
    assert item_change_sentence(found, DE) == (
        "18 von 27 blieben bei ihrer Antwort, 7 gingen nach oben, 2 nach unten; im Mittel 0,2 "
        "Stufen nach oben. Konsens +4 Punkte (95-%-Intervall −2 bis +9): keine nachweisbare "
        "Änderung."
    )
    assert found.stability is not None
    assert stability_sentence(found.stability, DE) == (
        "67\xa0% gaben dieselbe Antwort noch einmal (gewichtetes Kappa 0,20). Ob die 9 Personen, "
        "die sich bewegt haben, eine gemeinsame Richtung haben (Wilcoxon): p = 0,096."
    )
    full = item_change_in_full(found, DE)
    assert full == f"{item_change_sentence(found, DE)} {stability_sentence(found.stability, DE)}"
    few = item_change(-2, 9, [3] * 4, [3] * 4)
    assert item_change_in_full(few, DE) == item_change_sentence(few, DE)
    same = item_change(0, 0, [3] * 20, [3] * 20)
    assert same.stability is not None
    assert stability_sentence(same.stability, DE) == "100\xa0% gaben dieselbe Antwort noch einmal."
    assert "im Mittel weder nach oben noch nach unten" in item_change_sentence(same, DE)
    one = item_change(-1, 1, [2, 3] * 8, [3] + [2] * 15)
    assert item_change_sentence(one, DE).startswith(
        "7 von 16 blieben bei ihrer Antwort, 1 ging nach oben, 8 nach unten; "
    )
    barely = item_change(-1, 1, [3] * 40, [2] + [3] * 39)
    assert "im Mittel 0,03 Stufen nach unten" in item_change_sentence(barely, DE)


@pytest.mark.parametrize("t", [DE, EN], ids=["de", "en"])
def test_a_cluster_is_never_said_to_approve(t: Translator) -> None:
    for low, high, n, number in product((10, 44, 90), (20, 60, 99), (0, 4, 5, 30), (1, 2, None)):
        if low <= high:
            sentence = level_sentence("X", number, level(low, high, n=n, invited=30), t)
            assert not APPROVAL.search(sentence), sentence
    for low, high, matched, again in product((-9, 1), (-1, 9), (0, 4, 14, 30), (0, 3, 8)):
        if low <= high:
            sentence = change_sentence("X", change(low, high, matched, again), t)
            assert not APPROVAL.search(sentence), sentence


def test_what_the_missing_could_make_of_a_change() -> None:
    assert bounds_sentence(Bounds(1, 2, MissingRevotes(5.2, -6, 11.4, 3)), DE) == (
        "3 Personen haben in Runde 2 nicht alles noch einmal beantwortet, was sie in Runde 1 "
        "beantwortet hatten. Mit ihren Antworten von vorher wäre die Änderung +5 Punkte; mit "
        "anderen wäre alles von −6 bis +11 möglich."
    )
    assert "Niemand fehlt" in bounds_sentence(Bounds(1, 2, MissingRevotes(5, 5, 5, 0)), DE)
    assert "wird nicht gezeigt" in bounds_sentence(Bounds(1, 2, None), DE)
