"""What is really kept, read with sqlite3 alone, and METHOD's formulas once more, from the paper.

Nothing here imports the house's own code: it is what its numbers are held against.
"""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any


def tastle_wierman(counts: Sequence[int]) -> float:
    """Consensus of Tastle and Wierman (2007): `1 + Σ p·log₂(1 − |x − μ|/(k − 1))`."""
    n, k = sum(counts), len(counts)
    shares = [c / n for c in counts]
    mean = sum(x * p for x, p in enumerate(shares, 1))
    return 1 + sum(
        p * log2(1 - abs(x - mean) / (k - 1)) for x, p in enumerate(shares, 1) if 0 < p < 1
    )


@dataclass(frozen=True)
class Item:
    """One statement in one round."""

    id: str
    text: str
    counts: tuple[int, ...]
    abstained: int

    @property
    def n(self) -> int:
        """Answers with a value."""
        return sum(self.counts)

    @property
    def consensus(self) -> float:
        return tastle_wierman(self.counts)

    @property
    def median(self) -> float:
        return statistics.median(x for x, c in enumerate(self.counts, 1) for _ in range(c))


@dataclass(frozen=True)
class Ledger:
    """The rows of one workshop's database."""

    file: Path
    workshop: str

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The answer to a question in SQL."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def joined(self) -> int:
        """How many people there are."""
        where = "select count(*) from participant where workshop_id = ?"
        return int(self.rows(where, self.workshop)[0][0])

    def round_id(self, question: str, number: int) -> str:
        """A round of a question."""
        where = "select id from round where workshop_id = ? and question_id = ? and number = ?"
        return str(self.rows(where, self.workshop, question, number)[0][0])

    def state(self, question: str, number: int) -> str:
        """What became of that round."""
        where = "select state from round where id = ?"
        return str(self.rows(where, self.round_id(question, number))[0][0])

    def answered(self, question: str, number: int) -> int:
        """People who have answered at least one statement of the round, or contributed in it."""
        round_id = self.round_id(question, number)
        return int(
            self.rows(
                "select count(*) from (select participant_id from answer where round_id = ?"
                " union select author_id from statement where round_id = ?)",
                round_id,
                round_id,
            )[0][0]
        )

    def items(self, question: str, number: int, steps: int = 5) -> dict[str, Item]:
        """The statements of a round by their wording, with their counts."""
        round_id = self.round_id(question, number)
        asked = self.rows(
            "select s.id, s.text from round_item i join statement s on s.id = i.statement_id"
            " where i.round_id = ? and not s.hidden order by i.position",
            round_id,
        )
        found = {}
        for statement, text in asked:
            given = dict(
                self.rows(
                    "select coalesce(value, 0), count(*) from answer"
                    " where round_id = ? and statement_id = ? group by 1",
                    round_id,
                    statement,
                )
            )
            counts = tuple(given.get(step, 0) for step in range(1, steps + 1))
            found[text] = Item(statement, text, counts, given.get(0, 0))
        return found

    def people(self, question: str, number: int) -> int:
        """How many gave a value to at least one statement of the round."""
        where = (
            "select count(distinct participant_id) from answer"
            " where round_id = ? and value is not null"
        )
        return int(self.rows(where, self.round_id(question, number))[0][0])

    def both(self, question: str) -> int:
        """How many gave a value to at least one statement in each of rounds 1 and 2."""
        where = (
            "select count(distinct a.participant_id) from answer a"
            " join answer b on b.participant_id = a.participant_id"
            " where a.round_id = ? and b.round_id = ?"
            " and a.value is not null and b.value is not null"
        )
        rounds = (self.round_id(question, number) for number in (1, 2))
        return int(self.rows(where, *rounds)[0][0])

    def index(self, question: str, number: int) -> float:
        """The cluster's convergence index where one question makes the cluster: all items."""
        items = self.items(question, number).values()
        return 100 * statistics.fmean(item.consensus for item in items)

    def contributions(self, question: str) -> dict[str, tuple[int | None, bool]]:
        """Text to (number of its author, hidden) of what people wrote to a question."""
        return {
            text: (number, bool(hidden))
            for text, number, hidden in self.rows(
                "select s.text, p.number, s.hidden from statement s"
                " join participant p on p.id = s.author_id where s.question_id = ?",
                question,
            )
        }

    def answers_of(self, question: str, number: int, person: int) -> dict[str, int | None]:
        """What the person with that number answered, by the statement's wording."""
        return dict(
            self.rows(
                "select s.text, a.value from answer a join statement s on s.id = a.statement_id"
                " join participant p on p.id = a.participant_id"
                " where a.round_id = ? and p.number = ? and p.workshop_id = ?",
                self.round_id(question, number),
                person,
                self.workshop,
            )
        )
