"""What the kinds without a side say: which options lead, and whether that holds; and how many
sent which word. A matrix says where each statement stands on both of its axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop.analysis import MatrixLevel, WholeLevel
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.items import POINTS
from workshop.model import KeyQuestion, QuestionKind, Statement
from workshop.results import ItemResult, MatrixResult
from workshop.sentences.words import (
    interval_of,
    item_word,
    median_words,
    p_words,
)
from workshop.templates import axis_title
from workshop.verdicts import ItemWord
from workshop.whole import OptionResult, WholeResult

NAMED: Final = 3
"""More options than this lead together as a number, not by name."""


def lead_sentence(level: WholeLevel, t: Translator, *, limit: int | None = None) -> str:
    """Which options lead, and whether the lead holds in the interval.

    Args:
        limit: characters after which the text of an option is cut; None for all of it.
    """
    result, leaders = level.result, level.leaders
    if result.few:
        return few_sentence(result.n, t)
    if not leaders:
        return ""
    if len(leaders) == len(result.options):
        return t("No option leads: all are equal.")
    if len(leaders) > NAMED:
        return t("{n} options lead together; none is ahead.", n=t.number(len(leaders)))
    names = [quoted(s, t, limit) for s in leaders]
    if len(names) > 1:
        together = t("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
        return t("{options} lead together; neither is ahead.", options=together)
    if level.holds:
        return t("{option} leads, demonstrably ahead of the next.", option=names[0])
    return t("{option} leads, but not demonstrably ahead of the next.", option=names[0])


def quoted(statement: Statement, t: Translator, limit: int | None = None) -> str:
    """The text of an option in quotation marks, cut where it is longer than that."""
    text = statement.text
    if limit is not None and len(text) > limit:
        cut = text[: limit - 1]
        space = cut.rfind(" ")
        text = (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:–-") + "…"
    return t("“{text}”", text=text)


def few_sentence(n: int, t: Translator) -> str:
    """Why nothing is shown of so few answers."""
    return t("Fewer than five answers: nothing is shown.") if n else t("Nobody has answered.")


def whole_answers(result: WholeResult, t: Translator) -> str:
    """How many answered a question as a whole, and the share of those who abstained."""
    answers = t.n("{n} answer", "{n} answers", result.n)
    if not result.abstained:
        return answers
    share = t.percent(result.abstained / (result.n + result.abstained))
    return t("{answers}, {share} abstained", answers=answers, share=share)


def option_words(option: OptionResult, question: KeyQuestion, t: Translator) -> tuple[str, str]:
    """What the room gave an option: the number that counts, and what stands beside it."""
    chosen = t.number(option.chosen)
    if option.mean is None:
        return NO_VALUE, ""
    if question.kind is QuestionKind.RANK:
        first = t("{x} of {n} put it first", x=chosen, n=t.number(option.n))
        return t.decimal(option.mean, 1), first
    if question.kind is QuestionKind.ALLOCATE:
        by = t.n("from {n} person", "from {n} people", option.chosen)
        return t.n("{n} point", "{n} points", option.points), by
    return t.percent(option.mean), t("{x} of {n}", x=chosen, n=t.number(option.n))


def whole_sentence(
    level: WholeLevel, number: int, t: Translator, *, invited: int | None = None
) -> str:
    """One round of a ranking, an allocation or a choice: all options, what leads, how far agreed.

    Args:
        invited: how many were invited, for the name of the interval; None where not known.
    """
    result = level.result
    head = t(
        "Round {number}: {answers}.", number=t.number(number), answers=whole_answers(result, t)
    )
    if result.few:
        return t("Round {number}: {problem}", number=number, problem=few_sentence(result.n, t))
    said = "; ".join(_option(o, result.question, t) for o in result.in_order)
    parts = (head, f"{said}.", lead_sentence(level, t), agreement_words(level, t, invited=invited))
    return " ".join(part for part in parts if part)


def _option(option: OptionResult, question: KeyQuestion, t: Translator) -> str:
    value, more = option_words(option, question, t)
    if question.kind is QuestionKind.RANK:
        value = t("mean place {place}", place=value)
    name = quoted(option.statement, t)
    return t("{option}: {value} ({more})", option=name, value=value, more=more)


def agreement_words(level: WholeLevel, t: Translator, *, invited: int | None = None) -> str:
    """How far people agree beside chance, and Kendall's W where there is an order."""
    result, low, high = level.result, level.low, level.high
    if result.consensus is None or low is None or high is None or result.chance is None:
        return ""
    said = t(
        "Consensus {value} of 100 ({interval} {low} to {high}); random answers would give "
        "{chance}.",
        value=t.decimal(POINTS * result.consensus, 0),
        interval=interval_of(result.n, invited, t),
        low=t.decimal(POINTS * low, 0),
        high=t.decimal(POINTS * high, 0),
        chance=t.decimal(POINTS * result.chance, 0),
    )
    if (found := result.kendall) is None:
        return said
    w = t("Kendall’s W = {w} ({p}).", w=t.decimal(found.W, 2), p=p_words(found.p, t))
    return f"{said} {w}"


def shown_on_both(matrix: MatrixResult) -> bool:
    """Whether enough people placed a statement on each of its axes."""
    return not (matrix.first.counts.few or matrix.second.counts.few)


def axis_names(question: KeyQuestion, t: Translator) -> tuple[str, str]:
    """What is judged on the first and on the second axis of a matrix."""
    scales = (question.scale, question.second)
    first, second = (pick(axis_title(s), t.lang) if s is not None else "" for s in scales)
    return first, second


def matrix_sentence(level: MatrixLevel, t: Translator) -> str:
    """One statement on both axes: its middle, and what may be said of it on each."""
    result = level.result
    if not shown_on_both(result):
        return few_sentence(min(result.first.counts.n, result.second.counts.n), t)
    return "; ".join(axis_words(level, t)) + "."


def axis_word(word: ItemWord | None, t: Translator) -> str:
    """What may be said of a statement on one axis: high and low, where there is no for and against.

    Nobody is in favour of something's being feasible.
    """
    match word:
        case ItemWord.AGREED_FOR:
            return t("agreed: high")
        case ItemWord.AGREED_AGAINST:
            return t("agreed: low")
        case _:
            return item_word(word, t)


def axis_words(level: MatrixLevel, t: Translator) -> tuple[str, str]:
    """The verdict on each axis, with the axis' name: "Wichtigkeit: einig dafür (sehr wichtig)"."""
    question, result = level.result.question, level.result
    first, second = axis_names(question, t)

    def said(name: str, item: ItemResult, word: str, second_axis: bool) -> str:
        scale = question.second if second_axis else question.scale
        median = median_words(item.median, scale, t) if scale is not None else NO_VALUE
        if not word:
            return t("{axis}: {median}", axis=name, median=median)
        return t("{axis}: {word} ({median})", axis=name, word=word, median=median)

    return (
        said(first, result.first, axis_word(level.first.word, t), False),
        said(second, result.second, axis_word(level.second.word, t), True),
    )


def cloud_sentence(words: Sequence[tuple[str, int]], t: Translator) -> str:
    """How many different words were sent, and which by most people; a cloud has no more to say."""
    if not words:
        return t("No word was sent.")
    sent = sum(times for _, times in words)
    said = t.n(
        "{n} word, sent {times} times in all.",
        "{n} different words, sent {times} times in all.",
        len(words),
        times=t.number(sent),
    )
    most = words[0][1]
    if most == 1:
        return f"{said} {t('Each was sent once.')}"
    leading = [t("“{text}”", text=text) for text, times in words if times == most]
    if len(leading) > NAMED:
        more = t("{x} words were sent most often, {times} times each.", x=len(leading), times=most)
        return f"{said} {more}"
    names = ", ".join(leading)
    return f"{said} {t('Most often: {words} ({times} times).', words=names, times=t.number(most))}"
