"""`python -m tests.load --results`: what it costs to compute results, and how often it is done.

Rooms of random answers on a real SQLite file. Times are medians of a few repetitions, in
milliseconds, each on this machine as it is; the targets are the project's own.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.both_strands import Meeting, meetings
from tests.rooms import Running, make_service
from workshop.access import new_id
from workshop.convergence import change_interval, level_interval
from workshop.measures import consensus_rows
from workshop.model import OPERATOR, Answer, Participant, Strand
from workshop.ports import Tx

STEPS: Final = 5
REPETITIONS: Final = 5
SCREENS: Final = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what, how long (ms), and the most it should take, if anybody said so."""

    what: str
    milliseconds: float
    target: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it took longer than it should."""
        return self.target is not None and self.milliseconds > self.target


def figures(seed: int) -> list[Figure]:
    """All lines, in order."""
    generator = np.random.default_rng(seed)
    return [*_bootstraps(generator), *_rounds(generator)]


def table(found: list[Figure]) -> str:
    """The lines as people read them."""
    width = max(len(f.what) for f in found)
    lines = [f"{'':{width}}  {'ms':>9}  {'target':>8}"]
    for figure in found:
        target = "–" if figure.target is None else f"{figure.target:.0f}"
        verdict = "  MISSED" if figure.missed else ""
        lines.append(f"{figure.what:{width}}  {figure.milliseconds:9.1f}  {target:>8}{verdict}")
    return "\n".join(lines)


def _timed(work: Callable[[], object], repetitions: int = REPETITIONS) -> float:
    times = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def _bootstraps(generator: np.random.Generator) -> list[Figure]:
    """The intervals of a cluster of 25 statements."""
    kinds = [("rate", STEPS)] * 25
    found = []
    for people, target in ((30, 150.0), (3000, 1500.0)):
        before, after = (_answers(generator, people, 25) for _ in range(2))
        what = f"{people} people x 25 statements: bootstrap of the"
        level = _timed(lambda b=before: level_interval(b, kinds, 1))  # type: ignore[misc]
        change = _timed(lambda b=before, a=after: change_interval(b, a, kinds, 1))  # type: ignore[misc]
        found += [Figure(f"{what} level", level, target), Figure(f"{what} change", change, target)]
    return found


def _rounds(generator: np.random.Generator) -> list[Figure]:
    """Results of a revealed round of 3,000 people and 100 statements, from a SQLite file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        make_service(f"sqlite:///{Path(folder) / 'results.db'}") as running,
    ):
        both, ids = meetings(running, STEPS, [f"Aussage {i}" for i in range(100)])
        meeting = both[Strand.CITIZENS]
        answers = _answers(generator, 3000, 100)
        _fill(running, meeting, ids, answers)
        service, w = running.service, meeting.workshop_id
        what = "3000 people x 100 statements:"
        counts = np.apply_along_axis(
            lambda c: np.bincount(c.astype(int), minlength=STEPS + 1)[1:], 0, answers
        ).T
        measures = _timed(lambda: consensus_rows(counts))
        begun = time.perf_counter()
        service.results(OPERATOR, w)
        first = 1000 * (time.perf_counter() - begun)
        again = _timed(lambda: service.results(OPERATOR, w))
        begun = time.perf_counter()
        with ThreadPoolExecutor(SCREENS) as pool:
            asked = [pool.submit(service.analysis, OPERATOR, w) for _ in range(SCREENS)]
        analysis = 1000 * (time.perf_counter() - begun)
        assert len({id(a.result()) for a in asked}) == 1
        known = _timed(lambda: service.analysis(OPERATOR, w))
    return [
        Figure(f"{what} consensus of all, from counts", measures, 100.0),
        Figure(f"{what} results of the round, from the database", first, 100.0),
        Figure(f"{what} the same, asked again", again),
        Figure(f"{what} intervals and verdicts, {SCREENS} screens at once", analysis),
        Figure(f"{what} the same, asked again", known),
    ]


def _answers(generator: np.random.Generator, people: int, items: int) -> NDArray[np.float64]:
    return generator.integers(1, STEPS + 1, (people, items)).astype(np.float64)


def _fill(running: Running, meeting: Meeting, ids: list[str], answers: NDArray[np.float64]) -> None:
    """A revealed round of these answers, kept in one go."""
    now, w = datetime.now(UTC), meeting.workshop_id
    people = [
        Participant(new_id(), w, number, "none", now, now) for number in range(1, len(answers) + 1)
    ]
    opened = running.service.open_round(OPERATOR, w, meeting.question.id).open_round
    assert opened is not None

    def keep(tx: Tx) -> None:
        tx.add_participants(w, [(p, f"hash-{p.id}") for p in people])
        tx.put_answers(
            (
                Answer(opened.id, person.id, statement, int(value))
                for person, row in zip(people, answers, strict=True)
                for statement, value in zip(ids, row, strict=True)
            ),
            now,
        )
        tx.touch(w, phase=True)

    running.store.write(keep)
    running.service.close_round(OPERATOR, w, meeting.question.id)
    running.service.reveal_round(OPERATOR, w, meeting.question.id)
