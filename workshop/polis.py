"""A Polis export folder: `comments.csv` and `participants-votes.csv`, read whole or refused.

The columns of `participants-votes.csv` that are numbers are statements, its cells 1 (agree),
0 (pass), -1 (disagree) or empty (not seen). `moderated` in `comments.csv`: 1 in, 0 not looked
at, -1 out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMENTS = "comments.csv"
VOTES = "participants-votes.csv"

_CELLS = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}


class PolisError(ValueError):
    """A folder that is no Polis export; the sentence names file, line and reason."""


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """A statement; `votes` is how many people saw it and voted (passes count)."""

    id: int
    text: str
    moderated: int
    votes: int


@dataclass(frozen=True, slots=True)
class PolisPerson:
    """A participant: `n_votes` as Polis says it, `votes` by statement id (1, 0, -1)."""

    id: str
    group: str
    n_votes: int
    votes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class PolisExport:
    """Statements and people in the order of their files."""

    statements: tuple[PolisStatement, ...]
    people: tuple[PolisPerson, ...]

    def most_voted(self, how_many: int) -> tuple[PolisStatement, ...]:
        """The statements with most votes that weren't moderated out; ties by id, smallest first."""
        kept = [s for s in self.statements if s.moderated >= 0]
        return tuple(sorted(kept, key=lambda s: (-s.votes, s.id))[:how_many])

    def most_active(self, how_many: int) -> tuple[PolisPerson, ...]:
        """The people with most votes; ties in file order."""
        return tuple(sorted(self.people, key=lambda p: -p.n_votes)[:how_many])


def read_export(folder: Path) -> PolisExport:
    """The export in that folder.

    Raises:
        PolisError: when a file is missing or a line can't be understood.
    """
    people = tuple(_people(folder / VOTES))
    votes: dict[int, int] = {}
    for person in people:
        for statement_id in person.votes:
            votes[statement_id] = votes.get(statement_id, 0) + 1
    return PolisExport(tuple(_statements(folder / COMMENTS, votes)), people)


def _people(path: Path) -> Iterator[PolisPerson]:
    rows = _rows(path, ("participant", "n-votes"))
    _, header = next(rows)
    place = {name: i for i, name in enumerate(header)}
    columns = [(i, int(name)) for i, name in enumerate(header) if _is_id(name)]
    if not columns:
        raise PolisError(f"{path.name}, line 1: there is no column of a statement.")
    group = place.get("group-id")
    for line, row in rows:
        yield PolisPerson(
            id=row[place["participant"]],
            group=row[group] if group is not None else "",
            n_votes=_number(path, line, "n-votes", row[place["n-votes"]]),
            votes=_votes(path, line, row, columns),
        )


def _votes(
    path: Path, line: int, row: Sequence[str], columns: Sequence[tuple[int, int]]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for index, statement_id in columns:
        cell = row[index]
        if not cell:
            continue
        if cell not in _CELLS:
            raise PolisError(
                f"{path.name}, line {line}: {cell[:20]!r} for statement {statement_id} "
                "is no vote; it must be 1, 0, -1 or empty."
            )
        found[statement_id] = _CELLS[cell]
    return found


def _statements(path: Path, votes: Mapping[int, int]) -> Iterator[PolisStatement]:
    rows = _rows(path, ("comment-id", "moderated", "comment-body"))
    _, header = next(rows)
    place = {name: i for i, name in enumerate(header)}
    seen: set[int] = set()
    for line, row in rows:
        statement_id = _number(path, line, "comment-id", row[place["comment-id"]])
        if statement_id in seen:
            raise PolisError(f"{path.name}, line {line}: statement {statement_id} is there twice.")
        seen.add(statement_id)
        yield PolisStatement(
            id=statement_id,
            text=row[place["comment-body"]],
            moderated=_number(path, line, "moderated", row[place["moderated"]]),
            votes=votes.get(statement_id, 0),
        )


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The header and then every row, each with the number of its last line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            missing = [name for name in needed if name not in header]
            if missing:
                raise PolisError(f"{path.name}, line 1: there is no column {missing[0]!r}.")
            yield 1, header
            for row in reader:
                if len(row) != len(header):
                    raise PolisError(
                        f"{path.name}, line {reader.line_num}: {len(row)} cells, "
                        f"but the header has {len(header)}."
                    )
                yield reader.line_num, row
    except OSError as error:
        raise PolisError(f"{path} can't be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise PolisError(f"{path.name} is no CSV file in UTF-8: {error}.") from None


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdigit()


def _number(path: Path, line: int, what: str, cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise PolisError(
            f"{path.name}, line {line}: {cell[:20]!r} in {what} is no whole number."
        ) from None
