"""The method's words in the reader's language, and the small parts that sentences are made of."""

from __future__ import annotations

from typing import Final

from workshop.analysis import Level
from workshop.i18n import Translator, pick
from workshop.model import Scale, Strand
from workshop.results import Counts
from workshop.strands import Comparison
from workshop.verdicts import (
    ChangeWord,
    ClusterWord,
    Direction,
    IntervalWord,
    ItemWord,
    StrandWord,
    interval_word,
)

MOST_DIGITS: Final = 3
"""A difference below a thousandth of a point isn't worth a word, nor a fourth digit."""

SMALL_P: Final = 0.001
"""Below, a p-value is said to be smaller than this."""


def level_word(word: ClusterWord, t: Translator) -> str:
    """What may be said of a cluster's level: of convergence, never of approval."""
    match word:
        case ClusterWord.ABOVE_CHANCE:
            return t("agreed beyond chance")
        case ClusterWord.LIKE_CHANCE:
            return t("indistinguishable from chance")
        case ClusterWord.SPLIT:
            return t("split")
        case ClusterWord.TOO_FEW:
            return t("too few")


def change_word(word: ChangeWord, t: Translator) -> str:
    """What may be said of a change between two rounds, or why nothing is."""
    match word:
        case ChangeWord.CLOSER:
            return t("demonstrably closer")
        case ChangeWord.APART:
            return t("demonstrably further apart")
        case ChangeWord.NOT_SHOWN:
            return t("no demonstrable change")
        case ChangeWord.TOO_FEW_TO_CLAIM:
            return t("too few for a claim")
        case ChangeWord.SOME_ITEMS:
            return t("only some asked again")
        case ChangeWord.TOO_FEW:
            return t("too few")


def item_word(word: ItemWord | None, t: Translator) -> str:
    """What may be said of one statement; nothing where fewer than five answered."""
    match word:
        case ItemWord.POLARISED:
            return t("polarised")
        case ItemWord.AGREED_FOR:
            return t("agreed in favour")
        case ItemWord.AGREED_AGAINST:
            return t("agreed against")
        case ItemWord.AGREED_MIDDLE:
            return t("agreed in the middle")
        case ItemWord.DIVIDED:
            return t("divided")
        case ItemWord.OPEN:
            return t("open (a verdict)")
        case None:
            return ""


def strand_word(word: StrandWord | None, t: Translator) -> str:
    """What may be said of a statement that both strands rated; nothing without a side."""
    match word:
        case StrandWord.COMMON:
            return t("shared by both")
        case StrandWord.DISPUTED:
            return t("disputed")
        case StrandWord.ONLY_COUNCIL:
            return t("council only")
        case StrandWord.ONLY_CITIZENS:
            return t("citizens only")
        case StrandWord.OPEN:
            return t("open (a verdict)")
        case None:
            return ""


def provable_words(comparison: Comparison, t: Translator) -> str:
    """Whether the difference of both strands is more than chance."""
    if comparison.provable:
        return t("difference demonstrable")
    return t("difference not demonstrable")


def strand_name(strand: Strand, t: Translator) -> str:
    """Rat or Bürgerschaft."""
    return t("Council") if strand is Strand.COUNCIL else t("Citizens")


def direction_word(direction: Direction, t: Translator) -> str:
    """Where more than half of the answers are."""
    match direction:
        case Direction.FOR:
            return t("mostly in favour")
        case Direction.AGAINST:
            return t("mostly against")
        case Direction.NONE:
            return t("without a majority")


def interval_name(word: IntervalWord, t: Translator) -> str:
    """What the interval is called; where everybody invited answered, there is no sampling error."""
    return t("95% interval") if word is IntervalWord.SAMPLING else t("stability range")


def interval_of(n: int, invited: int | None, t: Translator) -> str:
    """The name of the interval of n people."""
    return interval_name(interval_word(n, invited or 0), t)


def median_words(median: float | None, scale: Scale, t: Translator) -> str:
    """The median as a step of the scale, or between which two steps it lies."""
    if median is None:
        return t("no answers")
    low = pick(scale.labels[int(median) - 1], t.lang)
    if median == int(median):
        return low
    return t("between {low} and {high}", low=low, high=pick(scale.labels[int(median)], t.lang))


def answers_words(counts: Counts, t: Translator) -> str:
    """How many answered, and the share of those who abstained."""
    answers = t.n("{n} answer", "{n} answers", counts.n)
    if not counts.abstained:
        return answers
    share = t.percent(counts.abstained / (counts.n + counts.abstained))
    return t("{answers}, {share} abstained", answers=answers, share=share)


def each_answers(fewest: int, most: int, t: Translator) -> str:
    """How many answered each of several statements."""
    if fewest == most:
        return t.n("{n} answer to each.", "{n} answers to each.", most)
    return t("{fewest} to {most} answers to each.", fewest=t.number(fewest), most=t.number(most))


def people_words(level: Level, t: Translator) -> str:
    """n beside those present and those invited, where these are known."""
    n, present, invited = level.n, level.present, level.invited
    number = t.number(n)
    if present is not None and n <= present:
        words = t("{n} of {present} present", n=number, present=t.number(present))
        counted = True
    elif present is None and invited is not None and n <= invited:
        return t("{n} of {invited} invited", n=number, invited=t.number(invited))
    else:
        words, counted = t.n("{n} person", "{n} people", n), False
    if present is not None and not counted:
        # Who answered and left is one of n, and no longer present.
        words = t("{people}, {present} present at the end", people=words, present=t.number(present))
    if invited is not None:
        words = t("{people}, {invited} invited", people=words, invited=t.number(invited))
    return words


def p_words(p: float, t: Translator) -> str:
    """A p-value as it is printed: "p = 0,031", "p < 0,001"."""
    if p < SMALL_P:
        return t("p < {p}", p=t.decimal(SMALL_P, 3))
    return t("p = {p}", p=t.decimal(p, 3))


def digits(t: Translator, *apart: tuple[float, float]) -> int:
    """How many digits points need: none, unless rounding made equal what a word tells apart.

    A lower limit of 44.3 above a chance level of 43.8 would read "44, and chance 44".
    """
    for count in range(MOST_DIGITS):
        if all(a == b or t.decimal(a, count) != t.decimal(b, count) for a, b in apart):
            return count
    return MOST_DIGITS
