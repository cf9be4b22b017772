"""What a chart says in words, and no more than may be said.

An index has its n and its chance level beside it. Whether a change is provable, or a level
above chance, can't be said without an interval; so nothing here says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.convergence import MIN_SHOWN
from workshop.i18n import Translator, pick
from workshop.model import Scale
from workshop.results import ClusterResult, ClusterRound, ItemResult

MIN_CHANGE: Final = 15
"""METHOD, "Over time": with fewer people no change is claimed."""


def median_words(median: float | None, scale: Scale, t: Translator) -> str:
    """The median as a step of the scale, or between which two steps it lies."""
    if median is None:
        return t("no answers")
    low = pick(scale.labels[int(median) - 1], t.lang)
    if median == int(median):
        return low
    return t("between {low} and {high}", low=low, high=pick(scale.labels[int(median)], t.lang))


def shown(item: ItemResult) -> bool:
    """Whether enough people answered for the distribution to be shown."""
    return item.counts.n >= MIN_SHOWN


def abstained_share(item: ItemResult) -> float:
    """The share of those who saw the statement and gave no answer, 0..1."""
    asked = item.counts.n + item.counts.abstained
    return item.counts.abstained / asked if asked else 0.0


def n_words(item: ItemResult, t: Translator) -> str:
    """How many answered, and the share of those who abstained."""
    answers = t.n("{n} answer", "{n} answers", item.counts.n)
    if not item.counts.abstained:
        return answers
    share = t.percent(abstained_share(item))
    return t("{answers}, {share} abstained", answers=answers, share=share)


def item_words(item: ItemResult, scale: Scale, t: Translator) -> str:
    """One statement's result as one sentence."""
    if not item.counts.n:
        return t("Nobody has answered.")
    if not shown(item):
        return t("Fewer than five answers: nothing is shown.")
    median = median_words(item.median, scale, t)
    return t("Median: {median} ({answers}).", median=median, answers=n_words(item, t))


@dataclass(frozen=True, slots=True)
class ClusterWords:
    """What is written beside one cluster; `problem` where there is no number, and why.

    `change` compares with the round before; it is None where no change may be stated.
    """

    index: str | None
    n: str
    chance: str | None
    change: str | None
    since: str | None
    problem: str | None
    sentence: str


def comparable(result: ClusterResult) -> bool:
    """Whether all statements of the last two rounds were asked in both of them."""
    return all(item.in_index for round_ in result.rounds[-2:] for item in round_.items)


def change_of(result: ClusterResult) -> float | None:
    """Points of the index between the last two rounds; None where no change may be stated."""
    if len(result.rounds) < 2 or not comparable(result):
        return None
    before, now = result.rounds[-2:]
    if before.index is None or now.index is None or min(before.n, now.n) < MIN_CHANGE:
        return None
    return now.index - before.index


def cluster_words(result: ClusterResult, t: Translator) -> ClusterWords:
    """The words for one cluster, at its last revealed round."""
    latest = result.latest
    name = pick(result.cluster.name, t.lang)
    if latest is None:
        problem = t("No round has been revealed yet.")
        return ClusterWords(None, "", None, None, None, problem, f"{name}: {problem}")
    n = t.n("{n} person", "{n} people", latest.n)
    if latest.index is None or latest.baseline is None:
        problem = _why_not(latest, t)
        return ClusterWords(None, n, None, None, None, problem, f"{name}: {problem}")
    index, chance = t.decimal(latest.index, 0), t.decimal(latest.baseline, 0)
    change, since = _change(result, t)
    sentence = t(
        "{name}: convergence {index} of 100 in round {number} ({n}); "
        "random answers would give {chance}.",
        name=name,
        index=index,
        number=latest.number,
        n=n,
        chance=chance,
    )
    if since:
        sentence = f"{sentence} {_change_sentence(change, since, result, t)}"
    return ClusterWords(index, n, chance, change, since, None, sentence)


def _why_not(latest: ClusterRound, t: Translator) -> str:
    if latest.too_few:
        return t("Fewer than five people have answered: no number is shown.")
    return t("No statement was asked in every round: no number can be compared.")


def _change(result: ClusterResult, t: Translator) -> tuple[str | None, str | None]:
    """The change in points with its sign, and what stands beside it; None, None in round 1."""
    if len(result.rounds) < 2:
        return None, None
    before, latest = result.rounds[-2:]
    change = change_of(result)
    if change is not None:
        return t.signed(change), t("since round {number}", number=before.number)
    if not comparable(result):
        again = sum(item.in_index for item in latest.items)
        total = len({i.statement.id for r in result.rounds[-2:] for i in r.items})
        return None, t("only {x} of {y} statements asked again", x=again, y=total)
    if before.index is None:
        return None, t("round {number}: too few people", number=before.number)
    value = t.decimal(before.index, 0)
    return None, t("round {number}: {value}", number=before.number, value=value)


def _change_sentence(change: str | None, since: str, result: ClusterResult, t: Translator) -> str:
    if change is not None:
        number = result.rounds[-2].number
        return t("{change} points since round {number}.", change=change, number=number)
    return t("No change is stated: {reason}.", reason=since)
