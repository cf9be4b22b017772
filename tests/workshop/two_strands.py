"""A process of two strands with everything that can be said of it, for tests of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.both_strands import Meeting, meetings
from tests.rooms import make_service
from workshop.analysis import Analysis
from workshop.model import OPERATOR, Strand
from workshop.service import Service

ITEMS = 8


@dataclass
class Played:
    """A process that was played; its database can be opened by others, too."""

    url: str
    service: Service
    council: str
    citizens: str
    analyses: dict[str, Analysis]


def _council(meeting: Meeting, ids: list[str], rng: np.random.Generator) -> None:
    """Twenty people in two rounds, of whom one doesn't vote again; four of them abstain once."""
    first = rng.integers(1, 6, (20, ITEMS))
    second = np.clip(first + (first < 4) - (first > 4), 1, 5)
    before: list[list[int | None]] = [[int(v) for v in row] for row in first]
    for row in before[:4]:
        row[0] = 0
    after: list[list[int | None]] = [[int(v) for v in row] for row in second]
    after[-1] = [None] * ITEMS
    meeting.round(before, ids)
    meeting.round(after, ids)


def _citizens(meeting: Meeting, ids: list[str], rng: np.random.Generator) -> None:
    """Sixty people in two camps; only three of them rate the last statement."""
    camps = np.arange(60)[:, None] % 2 == np.arange(ITEMS)[None, :] % 2
    table = np.where(camps, rng.integers(4, 6, camps.shape), rng.integers(1, 3, camps.shape))
    votes: list[list[int | None]] = [[int(v) for v in row] for row in table]
    for row in votes[3:]:
        row[-1] = None
    meeting.round(votes, ids)


@contextmanager
def two_strands(folder: Path) -> Iterator[Played]:
    """Council and citizens on the same eight statements, on a database in `folder`."""
    url = f"sqlite:///{folder / 'einklang.db'}"
    rng = np.random.default_rng(11)
    with make_service(url) as running:
        both, ids = meetings(running, 5, [f"Aussage {i}" for i in range(ITEMS)])
        _council(both[Strand.COUNCIL], ids, rng)
        _citizens(both[Strand.CITIZENS], ids, rng)
        workshops = {strand: both[strand].workshop_id for strand in Strand}
        analyses = {w: running.service.analysis(OPERATOR, w) for w in workshops.values()}
        yield Played(
            url=url,
            service=running.service,
            council=workshops[Strand.COUNCIL],
            citizens=workshops[Strand.CITIZENS],
            analyses=analyses,
        )
