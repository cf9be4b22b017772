"""A Polis export folder, read whole or refused: `comments.csv`, `participants-votes.csv` and,
where it is there, `summary.csv`.

The columns of `participants-votes.csv` that are numbers are statements, its cells 1 (agree),
0 (pass), -1 (disagree) or empty (not seen). `moderated` in `comments.csv`: 1 in, 0 not looked
at, -1 out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMENTS = "comments.csv"
VOTES = "participants-votes.csv"
SUMMARY = "summary.csv"

_CELLS = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_GROUP = re.compile(r"([0-9]{1,4})(\.0)?")


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
    """A participant: `n_votes` as Polis says it, `votes` by statement id (1, 0, -1).

    `group` is the opinion group that Polis put them into, None for those it left out.
    """

    id: str
    group: int | None
    n_votes: int
    votes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class PolisExport:
    """Statements and people in the order of their files; `topic` is empty where none is given."""

    statements: tuple[PolisStatement, ...]
    people: tuple[PolisPerson, ...]
    topic: str = ""

    def most_voted(self, how_many: int | None = None) -> tuple[PolisStatement, ...]:
        """The statements with most votes that weren't moderated out; ties by id, smallest first.

        Without a number all of them.
        """
        kept = [s for s in self.statements if s.moderated >= 0]
        return tuple(sorted(kept, key=lambda s: (-s.votes, s.id))[:how_many])

    def most_active(self, how_many: int) -> tuple[PolisPerson, ...]:
        """The people with most votes; ties in file order."""
        return tuple(sorted(self.people, key=lambda p: -p.n_votes)[:how_many])


def read_export(folder: Path) -> PolisExport:
    """The export in that folder.

    Raises:
        PolisError: when a file is missing or empty, or a line can't be understood.
    """
    columns, people = _people(folder / VOTES)
    votes = Counter(statement_id for person in people for statement_id in person.votes)
    statements = tuple(_statements(folder / COMMENTS, votes))
    known = {s.id for s in statements}
    unknown = [key for key in columns if key not in known]
    if unknown:
        raise PolisError(f"{VOTES}, line 1: statement {unknown[0]} is not in {COMMENTS}.")
    for name, found in ((COMMENTS, statements), (VOTES, people)):
        if not found:
            raise PolisError(f"{name}, line 2: there is nothing below the header.")
    return PolisExport(statements, people, _topic(folder / SUMMARY))


def _people(path: Path) -> tuple[Sequence[int], tuple[PolisPerson, ...]]:
    """The ids of the statements that have a column, and the people."""
    rows = _rows(path, ("participant", "n-votes"))
    _, header = next(rows)
    place = {name: i for i, name in enumerate(header)}
    columns = [(i, int(name)) for i, name in enumerate(header) if _is_id(name)]
    if not columns:
        raise PolisError(f"{path.name}, line 1: there is no column of a statement.")
    _require_once(path, [key for _, key in columns])
    group = place.get("group-id")
    seen: set[str] = set()
    people = []
    for line, row in rows:
        person = row[place["participant"]]
        if person in seen:
            raise PolisError(f"{path.name}, line {line}: participant {person[:20]} is there twice.")
        seen.add(person)
        people.append(
            PolisPerson(
                id=person,
                group=_group(path, line, row[group]) if group is not None else None,
                n_votes=_number(path, line, "n-votes", row[place["n-votes"]]),
                votes=_votes(path, line, row, columns),
            )
        )
    return [key for _, key in columns], tuple(people)


def _require_once(path: Path, columns: Sequence[int]) -> None:
    twice = [key for key, n in Counter(columns).items() if n > 1]
    if twice:
        raise PolisError(f"{path.name}, line 1: statement {twice[0]} has two columns.")


def _group(path: Path, line: int, cell: str) -> int | None:
    if not cell:
        return None
    found = _GROUP.fullmatch(cell)
    if found is None:
        raise PolisError(f"{path.name}, line {line}: {cell[:20]!r} in group-id is no whole number.")
    return int(found[1])


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


def _topic(path: Path) -> str:
    """What the conversation is about; its file has a name and a value in each row, no header."""
    if not path.exists():
        return ""
    return next((row[1].strip() for _, row in _cells(path) if row[:1] == ["topic"] and row[1:]), "")


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The header and then every row, each with the number of its last line."""
    cells = _cells(path)
    line, header = next(cells, (1, []))
    missing = [name for name in needed if name not in header]
    if missing:
        raise PolisError(f"{path.name}, line 1: there is no column {missing[0]!r}.")
    yield line, header
    for line, row in cells:
        if len(row) != len(header):
            raise PolisError(
                f"{path.name}, line {line}: {len(row)} cells, but the header has {len(header)}."
            )
        yield line, row


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file as people write them (BOM, CRLF, lines in quotes), blank ones not."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PolisError(f"{path} can't be read: {error.strerror}.") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolisError(
            f"{path.name}, line {line}: this is no CSV file in UTF-8 ({error.reason})."
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise PolisError(
            f"{path.name}, line {reader.line_num}: this is no CSV file in UTF-8 ({error})."
        ) from None


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdigit()


def _number(path: Path, line: int, what: str, cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise PolisError(f"{path.name}, line {line}: {cell[:20]!r} in {what} is no whole number.")
    return int(cell)
