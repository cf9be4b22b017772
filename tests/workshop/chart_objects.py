"""Result objects made by hand, for tests of charts and of what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from workshop import templates
from workshop.analysis import (
    Analysis,
    Change,
    ClusterAnalysis,
    ClusterComparison,
    ComparedItem,
    Groups,
    ItemChange,
    ItemLevel,
    Level,
    RoundAnalysis,
)
from workshop.charts import escape
from workshop.convergence import median
from workshop.i18n import translator
from workshop.model import Cluster, KeyQuestion, QuestionKind, Statement, Strand
from workshop.opinion import NoGroups
from workshop.results import ClusterRound, Counts, ItemResult
from workshop.stability import Stability
from workshop.strands import Comparison, NoiseFloor
from workshop.verdicts import (
    ChangeWord,
    ClusterWord,
    Direction,
    IntervalWord,
    ItemWord,
    StrandWord,
)

DE, EN = translator("de"), translator("en")
AGREEMENT = templates.scales()["agreement"]
QUESTION = KeyQuestion(
    id="q",
    process_id="p",
    cluster_id="c0",
    kind=QuestionKind.RATE,
    text={"de": "Stimmen Sie zu?", "en": "Do you agree?"},
    help={},
    minutes=5,
    position=0,
    scale=AGREEMENT,
)


def statement(text: str, name: str = "s") -> Statement:
    return Statement(name, "q", text, "w", Strand.COUNCIL, 0, datetime(2026, 11, 23, tzinfo=UTC))


def item(
    *steps: int, text: str = "Mehr Bäume", name: str = "s", abstained: int = 0, again: bool = True
) -> ItemResult:
    found = median(steps)
    return ItemResult(
        statement(text, name), Counts(steps, abstained), None, found, None, None, None, again
    )


def item_level(result: ItemResult, word: ItemWord | None) -> ItemLevel:
    return ItemLevel(result, 0.5, 0.8, 0.44, word, Direction.NONE)


def level(
    index: float | None,
    n: int = 28,
    *,
    apart: float = 8.0,
    baseline: float = 43.7,
    present: int | None = 30,
    word: ClusterWord = ClusterWord.ABOVE_CHANCE,
    interval: IntervalWord = IntervalWord.SAMPLING,
) -> Level:
    """An index with an interval of `apart` to both sides."""
    low, high = (None, None) if index is None else (index - apart, index + apart)
    return Level(
        index=index,
        low=low,
        high=high,
        baseline=None if index is None else baseline,
        n=n,
        present=present,
        invited=None,
        items=1,
        word=word if index is not None else ClusterWord.TOO_FEW,
        interval=interval,
    )


def analysed(number: int, found: Level, *items: ItemResult) -> RoundAnalysis:
    """One round of a cluster."""
    result = ClusterRound(number, found.n, found.index, found.baseline, items, ())
    return RoundAnalysis(result, found, tuple(item_level(i, ItemWord.OPEN) for i in items))


def change(
    value: float | None,
    *,
    word: ChangeWord = ChangeWord.CLOSER,
    matched: int = 27,
    whole: float | None = None,
    asked: tuple[int, int] = (6, 6),
    items: Sequence[ItemChange] = (),
) -> Change:
    """From round 1 to round 2, with an interval of seven points to both sides."""
    low, high = (None, None) if value is None else (value - 7, value + 7)
    return Change(1, 2, value, low, high, matched, word, whole, *asked, tuple(items))


def cluster(
    *rounds: RoundAnalysis,
    changes: Sequence[Change] = (),
    strands: ClusterComparison | None = None,
    name: str = "Mobilität",
    number: int = 0,
) -> ClusterAnalysis:
    return ClusterAnalysis(_cluster(name, number), rounds, tuple(changes), strands)


def _cluster(name: str = "Mobilität", number: int = 0) -> Cluster:
    return Cluster(f"c{number}", "p", {"de": name, "en": name}, "d", "ring", number)


def analysis(*clusters: ClusterAnalysis) -> Analysis:
    return Analysis("w", Strand.COUNCIL, "key", clusters, no_groups())


def no_groups() -> Groups:
    nobody = np.zeros((0, 2))
    reason = NoGroups.TOO_FEW_PEOPLE
    return Groups(0, (), False, 28, 6, nobody, (), (), (), {}, reason)


def moved(
    went: Mapping[tuple[int, int], int], text: str = "Mehr Bäume", name: str = "s"
) -> ItemChange:
    """Who went from which step to which (1..5); below five people nothing is known."""
    steps = range(1, 6)
    flows = tuple(tuple(went.get((i, j), 0) for j in steps) for i in steps)
    n = sum(went.values())
    up = sum(people for (before, after), people in went.items() if after > before)
    down = sum(people for (before, after), people in went.items() if after < before)
    few = n < 5
    found = Stability(
        n, flows, (n - up - down) / (n or 1), up, down, (up - down) / (n or 1), 0.8, None
    )
    return ItemChange(
        statement=statement(text, name),
        question=QUESTION,
        change=None if few else 4.0,
        low=None if few else -3.0,
        high=None if few else 11.0,
        matched=n,
        word=ChangeWord.TOO_FEW if few else ChangeWord.NOT_SHOWN,
        stability=None if few else found,
    )


def compared(
    council: tuple[int, ...],
    citizens: tuple[int, ...],
    word: StrandWord = StrandWord.COMMON,
    *,
    provable: bool = False,
    text: str = "Mehr Bäume",
    name: str = "s",
) -> ComparedItem:
    """One statement in both strands, `floor` .04; below five answers not compared."""
    both = (item(*council, text=text, name=name), item(*citizens, text=text, name=name))
    found = Comparison(
        naehe=84.0,
        emd=0.16,
        floor=NoiseFloor(0.04, 0.09),
        p=0.012,
        provable=provable,
        cliffs_delta=0.2,
        verdict=word,
        n_council=sum(council),
        n_citizens=sum(citizens),
    )
    enough = min(sum(council), sum(citizens)) >= 5
    return ComparedItem(both[0].statement, QUESTION, *both, found if enough else None)


def comparison(
    *items: ComparedItem, council: float | None = 61.0, citizens: float | None = 72.0
) -> ClusterComparison:
    return ClusterComparison(
        _cluster(),
        level(council),
        level(citizens, 1439, present=None),
        84.0,
        0.16,
        0.05,
        0.01,
        items,
    )


def texts_of(figure: Any) -> list[str]:
    """Every text in a figure that Plotly would read as its own markup."""
    if isinstance(figure, dict):
        own = [figure[k] for k in ("text", "name") if isinstance(figure.get(k), str)]
        return own + [t for value in figure.values() for t in texts_of(value)]
    if isinstance(figure, list):
        return [t for value in figure for t in texts_of(value)]
    return []


OWN_MARKUP = re.compile(r"<br>|</?b>|<span style=\"color:#[0-9a-f]{6}\">|</span>")


def plain(text: str) -> str:
    """What Plotly shows of an escaped text."""
    return escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
