"""What a table of an export is, whatever format it is written in.

A cell is text, a number or nothing. Text may be anything that people wrote; whoever writes a
file from it keeps it text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | None


class Kind(StrEnum):
    """What a column holds; numbers are stored in full, whatever a format shows of them."""

    TEXT = "text"
    WHOLE = "whole"
    POINTS = "points"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what is below it, and how wide that is in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one CSV file named `<key>.csv`."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
