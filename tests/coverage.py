"""How often the intervals hold the true value: `python -m tests.coverage`.

People are drawn from populations whose index is known, asked five items on five steps whose
answers are correlated within a person (a normal factor for the person and one for each answer,
cut where the population's shares say), and given an interval. For a change everybody is asked
twice, with correlated answers. Printed per case: repetitions, coverage, its standard error, and
the mean width of the interval; the exit code is 1 where a coverage lies below its target by more
than two standard errors.

Targets (METHOD): a level 93 % at n = 10 and 30, a change 90 % at n = 15 and 30. The hardest case
is a near-unanimous room of fifteen that moves: what the few who dissent do is hardly seen there.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from workshop.convergence import change_interval, index, level_interval

FloatArray = NDArray[np.float64]
Shares = tuple[float, ...]

ITEMS: Final = 5
STEPS: Final = 5
KINDS: Final = [("rate", STEPS)] * ITEMS
WITHIN: Final = 0.5
"""Correlation of one person's answers to two items, before they are cut into steps."""
BETWEEN: Final = 0.7
"""Correlation of one person's two answers to the same item."""

POPULATIONS: Final[dict[str, tuple[Shares, Shares]]] = {
    "middling": ((0.05, 0.20, 0.40, 0.25, 0.10), (0.02, 0.13, 0.45, 0.32, 0.08)),
    "polarised": ((0.40, 0.10, 0.05, 0.10, 0.35), (0.30, 0.15, 0.15, 0.15, 0.25)),
    "near-unanimous": ((0.00, 0.01, 0.02, 0.07, 0.90), (0.00, 0.01, 0.04, 0.15, 0.80)),
    "random": ((0.20, 0.20, 0.20, 0.20, 0.20), (0.10, 0.20, 0.30, 0.25, 0.15)),
}
"""Shares per step, before and after."""

CASES: Final[dict[str, tuple[float, tuple[int, ...]]]] = {
    "level": (0.93, (10, 30)),
    "unchanged": (0.90, (15, 30)),
    "moved": (0.90, (15, 30)),
}
"""Targets and numbers of people: of a level, of a change where there is none, and of a true one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case: how many of the intervals held the true value, and how wide they were."""

    what: str
    population: str
    n: int
    target: float
    repetitions: int
    held: int
    width: float

    @property
    def coverage(self) -> float:
        """The share of intervals that held it."""
        return self.held / self.repetitions

    @property
    def error(self) -> float:
        """The standard error of the share (Agresti & Coull's, so that it is never 0)."""
        p = (self.held + 2) / (self.repetitions + 4)
        return math.sqrt(p * (1 - p) / (self.repetitions + 4))


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=300, help="per case (300)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"{'':9} {'population':15} {'n':>3} {'repet.':>7} {'coverage':>9} {'s.e.':>5}", end="")
    print(f" {'width':>6} {'target':>7}")
    missed = 0
    for what, (target, sizes) in CASES.items():
        for population in POPULATIONS:
            for n in sizes:
                row = simulate(what, population, n, target, options.repetitions, options.seed)
                short = row.coverage + 2 * row.error < target
                missed += short
                print(
                    f"{what:9} {population:15} {n:3d} {row.repetitions:7d} {row.coverage:9.1%} "
                    f"{100 * row.error:5.1f} {row.width:6.1f} {target:7.0%}",
                    "missed" if short else "",
                    flush=True,
                )
    return 1 if missed else 0


def simulate(what: str, population: str, n: int, target: float, times: int, seed: int) -> Row:
    """One case: rooms of n people of a population, and whether their intervals held the truth."""
    before, after = POPULATIONS[population]
    shares = (before, after if what == "moved" else before)
    measured: Callable[[np.random.Generator, int], tuple[float, float] | None]
    if what == "level":
        truth = true_index(shares[0])

        def measured(generator: np.random.Generator, number: int) -> tuple[float, float] | None:
            return level_interval(room(generator, n, shares)[0], KINDS, number)
    else:
        truth = true_index(shares[1]) - true_index(shares[0])

        def measured(generator: np.random.Generator, number: int) -> tuple[float, float] | None:
            return change_interval(*room(generator, n, shares), KINDS, number)

    generator = np.random.default_rng([seed, n, list(POPULATIONS).index(population)])
    held, width = 0, 0.0
    for number in range(times):
        found = measured(generator, number)
        assert found is not None
        held += found[0] <= truth <= found[1]
        width += found[1] - found[0]
    return Row(what, population, n, target, times, held, width / times)


def true_index(shares: Shares) -> float:
    """The index of a whole population: all its items have the same shares."""
    value = index([("rate", shares)] * ITEMS)
    assert value is not None
    return value


def room(
    generator: np.random.Generator, n: int, shares: tuple[Shares, Shares]
) -> tuple[FloatArray, FloatArray]:
    """n people's answers before and after, people × items."""
    first = _factors(generator, n)
    second = BETWEEN * first + math.sqrt(1 - BETWEEN**2) * _factors(generator, n)
    return _cut(first, shares[0]), _cut(second, shares[1])


def _factors(generator: np.random.Generator, n: int) -> FloatArray:
    """Normal with variance 1; two items of one person correlate."""
    of_person = generator.standard_normal((n, 1))
    of_answer = generator.standard_normal((n, ITEMS))
    mixed: FloatArray = math.sqrt(WITHIN) * of_person + math.sqrt(1 - WITHIN) * of_answer
    return mixed


def _cut(values: FloatArray, shares: Shares) -> FloatArray:
    upto = special.ndtri(np.cumsum(shares)[:-1])
    return np.searchsorted(upto, values).astype(np.float64) + 1


if __name__ == "__main__":
    sys.exit(main())
