"""The result of a question whose options are answered together: ranked, allocated, chosen from.

Pure, like `workshop.results`, which joins these with what is rated one by one. Such a question is
one item of its cluster's index, whatever the number of its options.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.convergence import KendallW, chance_level, item_consensus, kendall_w
from workshop.items import MIN_SHOWN, POINTS, Item
from workshop.measures import FloatArray
from workshop.model import KeyQuestion, QuestionKind, Round, Statement

ValueCounts = Mapping[str, Mapping[int | None, int]]
"""By statement id and value (None: an abstention), how many people gave it."""


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option.

    Attributes:
        statement: the option.
        n: people who answered the question, and so gave this option something or nothing.
        chosen: how many chose it, put it first, or gave it any points.
        places: of a ranking, how many put it on place 1..k; else empty.
        points: all that it was given, 0 where there are none to give.
        mean: mean place, mean points of a person, or share of those who chose it (0..1).
        least: how many have to answer for any of it to be shown.
    """

    statement: Statement
    n: int
    chosen: int
    places: tuple[int, ...]
    points: int
    mean: float | None
    least: int = MIN_SHOWN

    @property
    def few(self) -> bool:
        """Whether too few people answered for anything to be shown."""
        return self.n < self.least


@dataclass(frozen=True, slots=True)
class WholeResult:
    """One question in one round.

    Attributes:
        options: in the order in which they were asked.
        n: people who answered; `abstained` those who chose *keine Antwort*.
        consensus: 0..1 by METHOD's "One cluster", None where nothing can be said.
        chance: what as many random answers would give on average, 0..1.
        kendall: W, chi² and p of a ranking or of points, None for a choice.
        in_index: whether the same options were asked in every round shown.
        least: how many have to answer for any of it to be shown.
    """

    question: KeyQuestion
    round: Round
    options: tuple[OptionResult, ...]
    n: int
    abstained: int
    consensus: float | None
    chance: float | None
    kendall: KendallW | None
    in_index: bool
    item: Item | None
    least: int = MIN_SHOWN

    @property
    def few(self) -> bool:
        """Whether too few people answered for anything to be shown."""
        return self.n < self.least

    @property
    def in_order(self) -> tuple[OptionResult, ...]:
        """The leading option first; equals stay in the order in which they were asked."""
        falling = 1 if self.question.kind is QuestionKind.RANK else -1
        return tuple(sorted(self.options, key=lambda o: falling * (o.mean or 0.0)))


def index_kind(question: KeyQuestion) -> str:
    """The kind of item that the question is in the index; see `workshop.items`."""
    if question.kind is QuestionKind.CHOOSE:
        return "choose" if question.most == 1 else "several"
    return str(question.kind)


def whole_result(
    question: KeyQuestion,
    round_: Round,
    asked: Sequence[Statement],
    counts: ValueCounts,
    table: FloatArray | None = None,
    *,
    in_index: bool = False,
    least: int = MIN_SHOWN,
) -> WholeResult:
    """Count one round of a ranking, an allocation or a choice.

    Args:
        asked: the options that aren't hidden.
        counts: how many gave each option each value.
        table: people × options (in the order of `asked`), NaN where somebody abstained: what the
            agreement of rankings and points is measured by. Without it they have none; a choice
            needs only its counts.
    """
    found = (_option(question, s, counts.get(s.id, {}), len(asked)) for s in asked)
    options = tuple(replace(option, least=least) for option in found)
    people = max((o.n for o in options), default=0)
    abstained = max((counts.get(s.id, {}).get(None, 0) for s in asked), default=0)
    item = _item(question, options, table) if people else None
    consensus = item_consensus(item[0], item[1]) if item is not None else None
    level = chance_level([item]) if item is not None and consensus is not None else None
    ranked = question.kind is not QuestionKind.CHOOSE
    return WholeResult(
        question=question,
        round=round_,
        options=options,
        n=people,
        abstained=abstained,
        consensus=consensus,
        chance=None if level is None else level / POINTS,
        kendall=kendall_w(item[1]) if ranked and item is not None else None,
        in_index=in_index,
        item=item,
        least=least,
    )


def _option(
    question: KeyQuestion, statement: Statement, found: Mapping[int | None, int], k: int
) -> OptionResult:
    given = {value: people for value, people in found.items() if value is not None}
    n = sum(given.values())
    total = sum(value * people for value, people in given.items())
    ranked = question.kind is QuestionKind.RANK
    return OptionResult(
        statement=statement,
        n=n,
        chosen=given.get(1, 0) if ranked else sum(p for v, p in given.items() if v > 0),
        # Of options that were hidden since, the places of the others still tell.
        places=tuple(given.get(p, 0) for p in range(1, max(k, *given, 0) + 1)) if ranked else (),
        points=total if question.kind is QuestionKind.ALLOCATE else 0,
        mean=total / n if n else None,
    )


def _item(
    question: KeyQuestion, options: Sequence[OptionResult], table: FloatArray | None
) -> Item | None:
    """What the agreement is measured by; None where that isn't known, or makes no sense."""
    if len(options) < 2:
        return None
    kind = index_kind(question)
    if kind == "choose":
        return kind, [o.chosen for o in options]
    if kind == "several":
        return kind, [(o.chosen, o.n - o.chosen) for o in options]
    return None if table is None or not len(table) else (kind, table)
