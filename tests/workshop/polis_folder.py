"""A small Polis export, and the counts that a round played from one must have."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

PEOPLE = 12
STATEMENTS = 30


def write_small(folder: Path) -> Path:
    """Thirty statements and twelve people, with ties, gaps, and what was moderated out."""
    chance = random.Random(20)
    folder.mkdir(parents=True)
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["timestamp", "comment-id", "author-id", "moderated", "comment-body"])
        # Ids out of order, a statement moderated out, one that nobody has looked at.
        for key in reversed(range(STATEMENTS)):
            moderated = {3: -1, 7: -1, 5: 0}.get(key, 1)
            table.writerow([0, key, 1, moderated, f'Aussage {key}: "=1+1", <b>mehr</b>\nBäume'])
    with (folder / "participants-votes.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
            + [str(key) for key in range(STATEMENTS)]
        )
        for person in range(PEOPLE):
            votes = [chance.choice(["1", "1", "-1", "0", ""]) for _ in range(STATEMENTS)]
            votes[3] = "1"  # the most voted statement is the one that was moderated out
            given = len([v for v in votes if v])
            # Two people with equally many votes: the first in the file comes first.
            table.writerow([person, "", 0, given - given % 2, 0, 0, *votes])
    return folder


def wanted_counts(folder: Path, people: int, statements: int = 25) -> dict[str, list[int]]:
    """By statement id, how often 1 to 5 must have been answered; straight from the files."""
    with (folder / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = {r["comment-id"] for r in csv.DictReader(file) if int(r["moderated"]) >= 0}
    with (folder / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    votes = {key: sum(1 for row in rows if row[key]) for key in rows[0] if key in kept}
    chosen = sorted(votes, key=lambda key: (-votes[key], int(key)))[:statements]
    active = sorted(rows, key=lambda row: -int(row["n-votes"]))[:people]
    cells = {key: [row[key] for row in active] for key in chosen}
    return {
        key: [given.count("-1"), 0, given.count("0"), 0, given.count("1")]
        for key, given in cells.items()
    }


def write_export(
    folder: Path,
    statements: Sequence[tuple[int, int, str]],
    people: Sequence[tuple[str, str, Mapping[int, str]]],
    *,
    topic: str | None = "Energie",
    encoding: str = "utf-8",
    newline: str = "\n",
) -> Path:
    """An export of these statements (id, moderated, text) and people (id, group, cells by id)."""
    folder.mkdir(parents=True)
    ids = [key for key, _, _ in statements]
    tables: dict[str, list[list[object]]] = {
        "comments.csv": [
            ["timestamp", "comment-id", "moderated", "comment-body"],
            *([0, key, moderated, text] for key, moderated, text in statements),
        ],
        "participants-votes.csv": [
            ["participant", "xid", "group-id", "n-votes", *ids],
            *(
                [person, "", group, len(cells), *(cells.get(key, "") for key in ids)]
                for person, group, cells in people
            ),
        ],
    }
    if topic is not None:
        about = "Was soll gelten?\nStimmen Sie ab,\nund machen Sie Pausen!"
        tables["summary.csv"] = [["topic", topic], ["groups", 2], ["description", about]]
    for name, rows in tables.items():
        with (folder / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator=newline).writerows(rows)
    return folder
