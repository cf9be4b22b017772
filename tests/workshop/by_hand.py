"""Results made by hand, one number at a time, for tests of what is said of them."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from workshop.analysis import (
    Change,
    ClusterComparison,
    ComparedItem,
    Groups,
    ItemChange,
    ItemLevel,
    Level,
)
from workshop.convergence import MIN_SHOWN, chance_level, item_consensus, median
from workshop.items import POINTS
from workshop.model import Cluster, KeyQuestion, QuestionKind, Scale, Statement, Strand
from workshop.opinion import NoGroups
from workshop.results import Counts, ItemResult
from workshop.stability import stability
from workshop.strands import compare
from workshop.verdicts import (
    IntervalWord,
    change_word,
    cluster_word,
    direction,
    interval_word,
    item_word,
)

SCALE = Scale(
    "agreement",
    tuple(
        {"de": de, "en": en}
        for de, en in (
            ("lehne ganz ab", "strongly disagree"),
            ("lehne eher ab", "rather disagree"),
            ("teils, teils", "partly"),
            ("stimme eher zu", "rather agree"),
            ("stimme voll zu", "strongly agree"),
        )
    ),
)
CLUSTER = Cluster("c", "p", {"de": "Mobilität", "en": "Mobility"}, "a", "wheel", 0)
QUESTION = KeyQuestion(
    "q", "p", "c", QuestionKind.RATE, {"de": "Wie stehen Sie dazu?"}, {}, 5, 0, SCALE
)
STATEMENT = Statement(
    "s", "q", "Mehr Bäume", "w", Strand.COUNCIL, 0, datetime(2026, 11, 23, tzinfo=UTC)
)


def level(
    low: float,
    high: float,
    chance: float = 43.7,
    n: int = 28,
    present: int | None = None,
    invited: int | None = None,
) -> Level:
    """A cluster's level with the word that the rules give it; below five people without numbers."""
    shown = n >= MIN_SHOWN
    return Level(
        index=(low + high) / 2 if shown else None,
        low=low if shown else None,
        high=high if shown else None,
        baseline=chance,
        n=n,
        present=present,
        invited=invited,
        items=8,
        word=cluster_word((low, high) if shown else None, chance, n),
        interval=interval_word(n, invited or 0),
    )


def change(
    low: float,
    high: float,
    matched: int = 27,
    again: int = 8,
    asked: int = 8,
    whole: float | None = 6.0,
) -> Change:
    """A change as the analysis makes it: numbers only of five people who were asked all again."""
    shown = matched >= MIN_SHOWN and again == asked
    interval = (low, high) if matched >= MIN_SHOWN else None
    return Change(
        first=1,
        second=2,
        change=(low + high) / 2 if shown else None,
        low=low if shown else None,
        high=high if shown else None,
        matched=matched,
        word=change_word(interval, matched, all_asked_again=again == asked),
        whole=whole if again == asked else None,
        asked_again=again,
        asked=asked,
        items=(),
    )


def item_change(low: float, high: float, before: list[int], after: list[int]) -> ItemChange:
    """A statement's change; who moved follows from the answers."""
    matched = len(before)
    shown = matched >= MIN_SHOWN
    return ItemChange(
        statement=STATEMENT,
        question=QUESTION,
        change=(low + high) / 2 if shown else None,
        low=low if shown else None,
        high=high if shown else None,
        matched=matched,
        word=change_word((low, high), matched, all_asked_again=True),
        stability=stability(before, after, SCALE.steps) if shown else None,
    )


def result(*steps: int, abstained: int = 0) -> ItemResult:
    """A statement with so many answers per step."""
    consensus = item_consensus("rate", steps)
    return ItemResult(
        STATEMENT, Counts(steps, abstained), consensus, median(steps), None, None, None, True
    )


def item(*steps: int, low: float = 0.5, high: float = 0.8, abstained: int = 0) -> ItemLevel:
    """A statement's level, with the word that the rules give it."""
    shown = sum(steps) >= MIN_SHOWN
    return ItemLevel(
        result=result(*steps, abstained=abstained),
        low=low if shown else None,
        high=high if shown else None,
        chance=(chance_level([("rate", steps)]) or 0.0) / POINTS if shown else None,
        word=item_word("rate", steps, POINTS * high) if shown else None,
        direction=direction("rate", steps),
    )


def compared(council: tuple[int, ...], citizens: tuple[int, ...]) -> ComparedItem:
    """A statement in both strands."""
    few = min(sum(council), sum(citizens)) < MIN_SHOWN
    (found,) = (None,) if few else compare([("rate", council, citizens)], 1)
    return ComparedItem(STATEMENT, QUESTION, result(*council), result(*citizens), found)


def comparison(*items: ComparedItem) -> ClusterComparison:
    """A cluster in both strands."""
    some = any(i.comparison for i in items)
    return ClusterComparison(
        cluster=CLUSTER,
        council=level(60, 78),
        citizens=level(40, 52, n=412),
        naehe=84.2 if some else None,
        distance=0.158 if some else None,
        floor=0.052 if some else None,
        p=0.0312 if some else None,
        items=items,
    )


def groups(
    *sizes: int, given: bool = False, reason: NoGroups | None = None, people: int = 412
) -> Groups:
    """Opinion groups of these sizes."""
    return Groups(
        k=len(sizes),
        sizes=sizes,
        given=given,
        people=people,
        statements=40,
        coordinates=np.zeros((people, 2)),
        explained=(0.3, 0.112) if sizes else (),
        labels=(0,) * people,
        consensus=(),
        representative={},
        reason=reason,
    )


SAMPLING, STABILITY = IntervalWord.SAMPLING, IntervalWord.STABILITY
