"""Percentiles, and the table in which the runs stand side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; NaN where there is nothing to rank."""
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


QUESTIONS = 3
"""Statements that every phone rates."""


@dataclass
class Run:
    """What one room of phones measured; times in seconds."""

    name: str
    phones: int
    joins: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    stage: list[float] = field(default_factory=list)
    opens: list[float] = field(default_factory=list)
    errors: int = 0
    unusable: int = 0
    page_bytes: int = 0
    bytes_per_phone: int = 0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    memory_mb: float = 0.0
    notes: list[str] = field(default_factory=list)

    def row(self) -> list[str]:
        """The run as cells of the table."""
        acknowledged = len(self.answers)
        per_answer = 1000 * self.cpu_seconds / acknowledged if acknowledged else math.nan
        return [
            self.name,
            str(self.phones),
            _times(self.joins),
            _times(self.answers),
            _times(self.stage),
            _times(self.opens),
            f"{self.errors}",
            f"{self.unusable}",
            f"{self.page_bytes / 1000:.1f}",
            f"{self.bytes_per_phone / 1000:.1f}",
            f"{100 * self.cpu_seconds / self.wall_seconds:.0f} %" if self.wall_seconds else "–",
            f"{per_answer:.2f}" if acknowledged else "–",
            f"{self.memory_mb:.0f}",
        ]


HEADINGS = [
    "what",
    "phones",
    "join ms",
    "answer ms",
    "answer→stage ms",
    "open→phone ms",
    "errors",
    "left out",
    "page kB",
    "kB/phone",
    "CPU",
    "CPU ms/answer",
    "MB",
]


def table(runs: Sequence[Run]) -> str:
    """The runs side by side; times are p50/p95/max in milliseconds."""
    rows = [HEADINGS, *(run.row() for run in runs)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = []
    for row in rows:
        first, *rest = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join([first, *rest]))
    lines.insert(1, "  ".join("-" * w for w in widths))
    notes = [f"{run.name}, {run.phones}: {note}" for run in runs for note in run.notes]
    return "\n".join([*lines, "", "times are p50/p95/max", *notes])


def _times(values: Sequence[float]) -> str:
    if not values:
        return "–"
    shown = (percentile(values, 0.5), percentile(values, 0.95), max(values))
    return "/".join(f"{1000 * v:.0f}" for v in shown)


def stage_delays(firsts: list[float], counts: list[tuple[float, int]]) -> list[float]:
    """For the c-th person who answered: how long until the stage showed at least c."""
    # A stage counts who is there before it counts who answered; the question begins at nought.
    begin = max((i for i, (_, count) in enumerate(counts) if count == 0), default=0)
    counts = counts[begin:]
    delays = []
    for place, acknowledged in enumerate(firsts, start=1):
        shown = next((at for at, count in counts if count >= place), None)
        if shown is not None:
            delays.append(max(0.0, shown - acknowledged))
    return delays
