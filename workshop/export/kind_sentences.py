"""What a question with options says, to be read: who leads, whether that holds, how far all agree.

Beside the consensus stand Kendall's W and its p, which a wall has no room for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop.analysis import WholeLevel
from workshop.convergence import MIN_SHOWN
from workshop.i18n import Translator
from workshop.items import POINTS
from workshop.model import QuestionKind, Statement
from workshop.results import Counts
from workshop.sentences import answers_words, p_words
from workshop.sentences.words import interval_of
from workshop.whole import OptionResult, WholeResult

_NAMED: Final = 3
"""So many equal leaders are named; of more only their number."""


def whole_sentence(found: WholeLevel, t: Translator, *, invited: int | None = None) -> str:
    """A question whose options are answered together, in one round.

    Args:
        invited: how many were invited, for the name of the interval; None where not known.
    """
    result = found.result
    if not result.n:
        return t("Nobody has answered.")
    if result.n < MIN_SHOWN:
        return t("Fewer than five answers: nothing is shown.")
    parts = [t("{answers}.", answers=answers_words(Counts((result.n,), result.abstained), t))]
    if found.leaders:
        parts.append(_leaders(found, t))
    parts += _consensus(found, invited, t)
    return " ".join(parts)


def _leaders(found: WholeLevel, t: Translator) -> str:
    result = found.result
    first = next(o for o in result.options if o.statement.id == found.leaders[0].id)
    how = _standing(result, first, t)
    if len(found.leaders) == 1:
        lead = t("In the lead: {option} ({how}).", option=_names(found.leaders, t), how=how)
        if found.holds:
            return f"{lead} {t('The lead is demonstrable.')}"
        return f"{lead} {t('The lead is not demonstrable.')}"
    if len(found.leaders) > _NAMED:
        return t("{n} options are level in the lead ({how}).", n=len(found.leaders), how=how)
    return t("Level in the lead: {options} ({how}).", options=_names(found.leaders, t), how=how)


def _names(options: Sequence[Statement], t: Translator) -> str:
    return ", ".join(t("“{text}”", text=option.text) for option in options)


def _standing(result: WholeResult, option: OptionResult, t: Translator) -> str:
    """What puts an option where it stands, by the kind of the question."""
    match result.question.kind:
        case QuestionKind.RANK:
            of_all = {"place": t.decimal(option.mean, 1), "n": len(result.options)}
            return t("on average place {place} of {n}", **of_all)
        case QuestionKind.ALLOCATE:
            points = sum(o.points for o in result.options)
            return t("{n} of {all} points", n=t.number(option.points), all=t.number(points))
        case _:
            chosen = {"n": t.number(option.chosen), "all": t.number(option.n)}
            return t("chosen by {n} of {all}", **chosen)


def _consensus(found: WholeLevel, invited: int | None, t: Translator) -> Sequence[str]:
    result = found.result
    if None in (result.consensus, found.low, found.high, result.chance):
        return ()
    sentence = t(
        "Consensus {value} of 100 ({interval} {low} to {high}); random answers would give "
        "{chance}.",
        value=_points(result.consensus, t),
        interval=interval_of(result.n, invited, t),
        low=_points(found.low, t),
        high=_points(found.high, t),
        chance=_points(result.chance, t),
    )
    if result.kendall is None:
        return (sentence,)
    w = t.decimal(result.kendall.W, 2)
    return (sentence, t("Kendall’s W: {w} ({p}).", w=w, p=p_words(result.kendall.p, t)))


def _points(share: float | None, t: Translator) -> str:
    return t.decimal(None if share is None else POINTS * share, 0)
