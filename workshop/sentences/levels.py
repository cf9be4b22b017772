"""What one round says: of a cluster, and of one statement."""

from __future__ import annotations

from workshop.analysis import ItemLevel, Level
from workshop.i18n import Translator
from workshop.items import MIN_SHOWN, POINTS
from workshop.model import Scale
from workshop.results import Counts
from workshop.sentences.kinds import axis_word
from workshop.sentences.words import (
    answers_words,
    digits,
    interval_name,
    interval_of,
    item_word,
    level_word,
    median_words,
    people_words,
)
from workshop.verdicts import ClusterWord, ItemWord


def level_sentence(name: str, number: int | None, level: Level, t: Translator) -> str:
    """A cluster in one round (or over all, `number` None), with all that its index needs beside it.

    Args:
        name: of the cluster, or of the strand.
        number: of the round; from the second on people had seen the result of the one before.
    """
    head = _head(name, number, t)
    if level.index is None or level.low is None or level.high is None or level.baseline is None:
        return t("{name}: {problem}", name=head, problem=level_problem(level, t))
    exact = level_digits(level, t)
    return t(
        "{name}: convergence {index} of 100 ({interval} {low} to {high}, {people}); "
        "random answers would give {chance}: {word}.",
        name=head,
        index=t.decimal(level.index, exact),
        interval=interval_name(level.interval, t),
        low=t.decimal(level.low, exact),
        high=t.decimal(level.high, exact),
        people=people_words(level, t),
        chance=t.decimal(level.baseline, exact),
        word=level_word(level.word, t),
    )


def level_digits(level: Level, t: Translator) -> int:
    """How many digits the points of a level need for its word to be seen in them."""
    limits = {ClusterWord.ABOVE_CHANCE: level.low, ClusterWord.SPLIT: level.high}
    limit = limits.get(level.word)
    if limit is None or level.baseline is None:
        return 0
    return digits(t, (limit, level.baseline))


def level_problem(level: Level, t: Translator) -> str:
    """Why there is no index."""
    if not level.n:
        return t("Nobody has answered.")
    if level.n < MIN_SHOWN:
        return t("Fewer than five people have answered: no number is shown.")
    return t("Nothing was asked in every round: no number can be compared.")


def _head(name: str, number: int | None, t: Translator) -> str:
    if number is None:
        return name
    if number == 1:
        return t("{name}, round {number}", name=name, number=number)
    return t("{name}, round {number}, knowing the result before", name=name, number=number)


def item_sentence(
    item: ItemLevel,
    scale: Scale,
    t: Translator,
    *,
    invited: int | None = None,
    axis: bool = False,
) -> str:
    """One statement in one round: its middle, its sides, its consensus beside chance.

    Args:
        invited: how many were invited, for the name of the interval; None where not known.
        axis: whether it is an axis of a matrix, whose sides are high and low.
    """
    counts = item.result.counts
    if not counts.n:
        return t("Nobody has answered.")
    if counts.few:
        return t("Fewer than five answers: nothing is shown.")
    sentence = t(
        "Median: {median} ({answers}).",
        median=median_words(item.result.median, scale, t),
        answers=answers_words(counts, t),
    )
    if item.word is not None:
        sentence += " " + (_axis if axis else _item)(item.word, counts, t)
    if (consensus := _consensus(item, invited, t)) is not None:
        sentence += " " + consensus
    return sentence


def _item(word: ItemWord, counts: Counts, t: Translator) -> str:
    return t("{sides}: {word}.", sides=sides_words(counts, t), word=item_word(word, t))


def _axis(word: ItemWord, counts: Counts, t: Translator) -> str:
    return t("{sides} ({word}).", sides=axis_sides_words(counts, t), word=axis_word(word, t))


def sides_words(counts: Counts, t: Translator) -> str:
    """How many are above the middle of the scale, in it, and below; in people, not rounded."""
    above, middle, against = _sides(counts, t)
    if len(counts.steps) % 2 == 0:
        return t("{above} in favour, {against} against", above=above, against=against)
    return t(
        "{above} in favour, {middle} in the middle, {against} against",
        above=above,
        middle=middle,
        against=against,
    )


def axis_sides_words(counts: Counts, t: Translator) -> str:
    """The same on an axis of a matrix."""
    above, middle, below = _sides(counts, t)
    if len(counts.steps) % 2 == 0:
        return t("{above} high, {below} low", above=above, below=below)
    return t(
        "{above} high, {middle} in the middle, {below} low", above=above, middle=middle, below=below
    )


def _sides(counts: Counts, t: Translator) -> tuple[str, str, str]:
    k = len(counts.steps)
    below, above = sum(counts.steps[: k // 2]), sum(counts.steps[(k + 1) // 2 :])
    return t.number(above), t.number(counts.n - above - below), t.number(below)


def _consensus(item: ItemLevel, invited: int | None, t: Translator) -> str | None:
    consensus, low, high, chance = item.result.consensus, item.low, item.high, item.chance
    if consensus is None or low is None or high is None or chance is None:
        return None
    exact = digits(t, (POINTS * high, POINTS * chance)) if item.word is ItemWord.POLARISED else 0
    return t(
        "Consensus {value} of 100 ({interval} {low} to {high}); random answers would give "
        "{chance}.",
        value=t.decimal(POINTS * consensus, exact),
        interval=interval_of(item.result.counts.n, invited, t),
        low=t.decimal(POINTS * low, exact),
        high=t.decimal(POINTS * high, exact),
        chance=t.decimal(POINTS * chance, exact),
    )
