"""Rows for whatever tables a database has, made from the tables themselves.

Earlier revisions have other columns than today's program knows, so its code can't fill them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    insert,
)
from sqlalchemy.types import JSON

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)

_ONE_OF = {
    "kind": "collect",
    "strand": "council",
    "stage_view": "lobby",
    "state": "open",
    "aspect": "goal",
    "role": "stage",
}
"""A column that takes some words only, by name; a revision that adds one adds it here."""

_OF_ITS_KIND = {"scale_name", "second_name", "most"}
"""What a collecting question has none of."""


def fill(connection: Connection) -> None:
    """One row in every table, whatever the revision; references point at the row of the other."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(insert(table).values(_row(table)))


def _row(table: Table) -> dict[str, Any]:
    return {
        column.name: _value(column)
        for column in table.columns
        if not (column.nullable and column.foreign_keys) and column.name not in _OF_ITS_KIND
    }


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Float):
        return 0.8
    if isinstance(kind, DateTime):
        return NOW
    if isinstance(kind, JSON):
        return [{"de": "Ja"}]
    return _ONE_OF.get(column.name, "one")
