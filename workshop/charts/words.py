"""What stands beside a chart, in few words, and no more than may be said.

The words and sentences are `workshop.sentences`'; here they are cut to what fits beside a bar
or a track. An index has its interval, its n and its chance level, a change its panel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workshop.analysis import (
    Analysis,
    Change,
    ClusterAnalysis,
    ItemChange,
    Level,
    RoundAnalysis,
)
from workshop.i18n import Translator, pick
from workshop.model import Scale, Strand
from workshop.results import ItemResult
from workshop.sentences import (
    answers_words,
    change_digits,
    change_sentence,
    change_word,
    level_problem,
    level_sentence,
    level_word,
    median_words,
    people_words,
    strand_name,
)
from workshop.verdicts import ChangeWord, ClusterWord

_SAME: Final = 0.5
"""Points by which matched panel and whole sample may differ before that is shown."""


def shown(item: ItemResult) -> bool:
    """Whether enough people answered for the distribution to be shown."""
    return not item.counts.few


def abstained_share(item: ItemResult) -> float:
    """The share of those who saw the statement and gave no answer, 0..1."""
    asked = item.counts.n + item.counts.abstained
    return item.counts.abstained / asked if asked else 0.0


def item_words(item: ItemResult, scale: Scale, t: Translator) -> str:
    """One statement's result as one sentence, without a verdict."""
    if not item.counts.n:
        return t("Nobody has answered.")
    if not shown(item):
        return t("Fewer than five answers: nothing is shown.")
    median = median_words(item.median, scale, t)
    return t("Median: {median} ({answers}).", median=median, answers=answers_words(item.counts, t))


@dataclass(frozen=True, slots=True)
class ClusterWords:
    """What is written beside one cluster; `problem` where there is no number, and why.

    Attributes:
        name: the cluster's.
        index, interval, chance: of the last round, whole numbers ("69", "59–78", "44").
        people: n of those present.
        verdict: the change's word, or why none is claimed; the level's where there is none.
        level: the level's word where it is not the verdict; unsaid where a change is claimed in
            a room that is agreed beyond chance.
        change, change_interval, since: of the matched panel; empty where no change is shown.
        panel: how many of those present answered both rounds.
        whole: the change of everybody, where it is another one.
        sentence: all of it, for those who don't see the picture.
    """

    name: str
    index: str = ""
    interval: str = ""
    chance: str = ""
    people: str = ""
    verdict: str = ""
    level: str = ""
    change: str = ""
    change_interval: str = ""
    since: str = ""
    panel: str = ""
    whole: str = ""
    problem: str = ""
    sentence: str = ""


def cluster_words(analysis: ClusterAnalysis, t: Translator) -> ClusterWords:
    """The words for one cluster, at its last revealed round."""
    latest = analysis.latest
    name = pick(analysis.cluster.name, t.lang)
    if latest is None:
        problem = t("No round has been revealed yet.")
        return ClusterWords(name, problem=problem, sentence=f"{name}: {problem}")
    level = latest.level
    sentence = _sentence(analysis, latest, t)
    if level.index is None:
        return ClusterWords(name, problem=level_problem(level, t), sentence=sentence)
    found = {
        "name": name,
        "index": t.decimal(level.index, 0),
        "interval": interval_words(level.low, level.high, t),
        "chance": t.decimal(level.baseline, 0),
        "people": people_words(replace(level, invited=None), t),
        "sentence": sentence,
    }
    word = level_word(level.word, t)
    change = analysis.change
    if change is None:
        return ClusterWords(**found, verdict=word)
    if change.word is ChangeWord.SOME_ITEMS or not change.asked_again:
        again, asked = t.number(change.asked_again), t.number(change.asked)
        some = t("only {x} of {y} asked again", x=again, y=asked)
        return ClusterWords(**found, verdict=some, level=word)
    if change.change is None:
        return ClusterWords(**found, verdict=word, panel=t("fewer than five in both rounds"))
    if level.word is not ClusterWord.ABOVE_CHANCE:
        found["level"] = word
    return ClusterWords(**found, **_change_words(change, level.present, t))


def _change_words(change: Change, present: int | None, t: Translator) -> Mapping[str, str]:
    """The change in points with its sign, its interval, its word, and the people it is of."""
    panel = t("{n} in both rounds", n=t.number(change.matched))
    if present is not None and present >= change.matched:
        of = {"n": t.number(change.matched), "present": t.number(present)}
        panel = t("{n} of {present} in both rounds", **of)
    whole = t("everybody: {change}", change=t.signed(change.whole)) if differs(change) else ""
    return {
        "verdict": change_word(change.word, t),
        "change": t.signed(change.change),
        "change_interval": change_interval_words(change, t),
        "since": t("since round {number}", number=change.first),
        "panel": panel,
        "whole": whole,
    }


def interval_words(low: float | None, high: float | None, t: Translator) -> str:
    """An interval in whole points: "59–78"; empty where there is none."""
    if low is None or high is None:
        return ""
    return f"{t.decimal(low, 0)}–{t.decimal(high, 0)}"


def change_interval_words(change: Change | ItemChange, t: Translator) -> str:
    """The interval of a change: "+4 to +18", with digits where its word would not be seen."""
    if change.low is None or change.high is None:
        return ""
    digits = change_digits(change, t)
    low, high = (t.signed(limit, digits) for limit in (change.low, change.high))
    return t("{low} to {high}", low=low, high=high)


def differs(change: Change) -> bool:
    """Whether everybody together changed otherwise than those who answered both rounds."""
    if change.change is None or change.whole is None:
        return False
    return abs(change.whole - change.change) >= _SAME


def _sentence(analysis: ClusterAnalysis, latest: RoundAnalysis, t: Translator) -> str:
    name = pick(analysis.cluster.name, t.lang)
    parts = [level_sentence(name, latest.number, latest.level, t)]
    if analysis.change is not None:
        parts.append(change_sentence("", analysis.change, t, invited=latest.level.invited))
    if analysis.strands is not None:
        same = t("The same statements in both strands:")
        levels = (
            level_sentence(strand_name(strand, t), None, analysis.strands.level(strand), t)
            for strand in Strand
        )
        parts.extend((same, *levels))
    return " ".join(parts)


def other_mixes(analysis: Analysis) -> bool:
    """Whether the clusters' indices are made of different scales: then none is ranked."""
    mixes = {_mix(c.latest) for c in analysis.clusters if c.latest and _counted(c.latest.level)}
    return len(mixes) > 1


def _mix(latest: RoundAnalysis) -> tuple[tuple[int, float], ...]:
    """The number of steps of the statements in the index, and the share of each."""
    steps = [len(i.result.counts.steps) for i in latest.items if i.result.in_index]
    return tuple(sorted((k, round(steps.count(k) / len(steps), 9)) for k in set(steps)))


def _counted(level: Level) -> bool:
    return level.index is not None


def in_common(words: Sequence[ClusterWords], field: str) -> str:
    """What all clusters say alike, those that say it at all: so that it is said only once."""
    said = {getattr(w, field) for w in words} - {""}
    return said.pop() if len(said) == 1 else ""
