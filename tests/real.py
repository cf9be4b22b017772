"""Real answers to test with: what lies in `tests/data`, and more of it in `../shared/data`."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

HERE = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

FloatArray = NDArray[np.float64]


def needs(folder: Path) -> pytest.MarkDecorator:
    """Skips where that data isn't beside this checkout, and says which."""
    why = f"NOT TESTED on {folder.name}: {folder.parent.name} of ../shared/data isn't beside us"
    return pytest.mark.skipif(not folder.exists(), reason=why)


@dataclass(frozen=True)
class Conversation:
    """A Polis export: votes and groups, and what Polis' formulas give for them."""

    ids: list[int]
    votes: FloatArray
    groups: NDArray[np.int64]
    reference: dict[str, Any]

    def place(self, statement: int) -> int:
        """The column of a statement."""
        return self.ids.index(statement)


def conversation(folder: Path) -> Conversation:
    """The export in a folder, without the statements that were moderated out."""
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    out: set[str] = set()
    if (folder / "comments.csv").exists():
        with (folder / "comments.csv").open(encoding="utf-8") as file:
            out = {r["comment-id"] for r in csv.DictReader(file) if r["moderated"] == "-1"}
    ids = [name for name in rows[0] if name.isdigit() and name not in out]
    return Conversation(
        ids=[int(name) for name in ids],
        votes=np.array([[float(row[i] or "nan") for i in ids] for row in rows]),
        groups=np.array([int(row["group-id"] or -1) for row in rows]),
        reference=json.loads((folder / "reference.json").read_text(encoding="utf-8")),
    )


@dataclass(frozen=True)
class Deliberation:
    """One case before and after, the same people row by row, answers as 1..k."""

    before: FloatArray
    after: FloatArray
    reference: dict[str, Any]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Ratings, all on the same scale."""
        return [("rate", self.reference["k"])] * self.before.shape[1]


def deliberation(folder: Path, case: str) -> Deliberation:
    """The matched panel of a case."""
    found = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    reference = next(r for r in found if r["case"] == case)
    columns = [f"C{i}" for i in range(1, reference["n_items"] + 1)]
    rounds: dict[str, dict[str, list[float]]] = {"1": {}, "2": {}}
    with (folder / "deliberations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["case"] == case:
                cells = [float(row[c].replace("NA", "nan")) for c in columns]
                rounds[row["stage_id"]][row["pnum"]] = [x - reference["min"] + 1 for x in cells]
    people = sorted(set(rounds["1"]) & set(rounds["2"]))
    before, after = (np.array([rounds[stage][p] for p in people]) for stage in ("1", "2"))
    return Deliberation(before, after, reference)


def counted(answers: FloatArray, k: int) -> list[list[int]]:
    """Counts per step of every item."""
    return [[int((column == step).sum()) for step in range(1, k + 1)] for column in answers.T]
