"""What a moderator's action changed, row by row, so that undo can put it back.

Before-images are kept, not inverse commands: whatever an action will do one day, undo knows it.
Answers are never undone: what hangs on an answered round or statement stays, closed or hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, exists, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from db.plain import (
    ACTION,
    ANSWER,
    CLUSTER,
    DRAFT,
    NOTE,
    PROCESS,
    QUESTION,
    ROUND,
    ROUND_ITEM,
    STATEMENT,
    THEME,
    WORKSHOP,
)
from db.rows import Row
from db.tables import UtcTime

_TABLES: dict[str, Table] = {
    t.name: t
    for t in (PROCESS, CLUSTER, QUESTION, ROUND, ROUND_ITEM, STATEMENT, THEME, WORKSHOP, NOTE)
}
_WORDING = frozenset(
    ("text", "help", "kind", "scale_name", "scale_labels", "second_name", "second_labels", "most")
)
"""What people have answered to: undo doesn't change it under their answers."""


class Journal:
    """The before-images of the action that is under way, if there is one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._action: dict[str, Any] | None = None
        self._before: list[dict[str, Any]] = []

    def begin(
        self, workshop_id: str, name: str, now: datetime, subject_id: str | None = None
    ) -> None:
        """Journal from here on."""
        self._before = []
        self._action = {
            "workshop_id": workshop_id,
            "name": name,
            "subject_id": subject_id,
            "at": now,
            "undone": False,
        }

    def end(self) -> None:
        """Keep the action, if it changed anything."""
        if self._action is not None and self._before:
            self._connection.execute(insert(ACTION).values(before=self._before, **self._action))
        self.forget()

    def forget(self) -> None:
        """The action came to nothing."""
        self._action, self._before = None, []

    def insert(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert a row, and note that there was none."""
        self._connection.execute(insert(table).values(**values))
        if self._action is not None:
            key = {c.name: values[c.name] for c in table.primary_key}
            self._before.append({"table": table.name, "key": key, "row": None})

    def update(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Update a row, and note what was there."""
        if self._action is not None:
            columns = [table.c[name] for name in values]
            row = self._connection.execute(select(*columns).where(_is(table, key))).one()
            # Only what differs: undo must not take back what others change beside it.
            values = {name: v for name, v in values.items() if row._mapping[name] != v}
            if not values:
                return
            before = {name: _plain(row._mapping[name]) for name in values}
            self._before.append({"table": table.name, "key": dict(key), "row": before})
        self._connection.execute(update(table).where(_is(table, key)).values(**values))

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """Delete a row, and note all of it."""
        if self._action is not None:
            row = self._connection.execute(select(table).where(_is(table, key))).one()
            before = {name: _plain(v) for name, v in row._mapping.items()}
            image = {"table": table.name, "key": dict(key), "row": before, "gone": True}
            self._before.append(image)
        self._connection.execute(table.delete().where(_is(table, key)))

    def erase(self, table: Table, ids: Collection[str]) -> None:
        """Keep no image of these rows: undo must not bring back what somebody had erased.

        What was done about one of them, and no other, is forgotten with it.
        """
        if not ids:
            return
        self._connection.execute(ACTION.delete().where(ACTION.c.subject_id.in_(ids)))
        for action in self._connection.execute(select(ACTION)).all():
            kept = [
                _without(image, ids)
                for image in action.before
                if image["table"] != table.name or image["key"]["id"] not in ids
            ]
            if kept != action.before:
                undone = action.undone or not kept
                where = ACTION.c.id == action.id
                change = update(ACTION).where(where).values(before=kept, undone=undone)
                self._connection.execute(change)

    def undo(self, action: Row, now: datetime) -> None:
        """Put every row back as it was before the action, the last change first."""
        for image in reversed(action.before):
            table = _TABLES[image["table"]]
            if image["row"] is None:
                self._take_out(table, image["key"], now)
            else:
                values = {name: _revive(table, name, v) for name, v in image["row"].items()}
                if image.get("gone"):
                    self._bring_back(table, values)
                else:
                    self._put_back(table, image["key"], values)
        self._connection.execute(update(ACTION).where(ACTION.c.id == action.id).values(undone=True))

    def _bring_back(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert a row that the action deleted, unless its place was taken meanwhile."""
        if table is CLUSTER and self._taken(values["id"], values):
            return
        if table is QUESTION and not self._any(CLUSTER.c.id == values["cluster_id"]):
            return
        if table in (NOTE, STATEMENT) and not self._any(QUESTION.c.id == values["question_id"]):
            return
        if table is THEME and not self._any(QUESTION.c.id == values["question_id"]):
            return
        self._connection.execute(insert(table).values(**values))

    def _put_back(self, table: Table, key: Mapping[str, Any], values: dict[str, Any]) -> None:
        """What a row was before the action, as far as the others have left that possible."""
        if table is QUESTION and self._any(ROUND.c.question_id == key["id"]):
            values = {name: v for name, v in values.items() if name not in _WORDING}
        home = values.get("cluster_id")
        if table is QUESTION and home and not self._any(CLUSTER.c.id == home):
            values = {name: v for name, v in values.items() if name != "cluster_id"}
        if table is CLUSTER and self._taken(key["id"], values):
            values = {name: v for name, v in values.items() if name not in ("accent", "mark")}
        shown = values.get("stage_question_id")
        if table is WORKSHOP and shown and not self._any(QUESTION.c.id == shown):
            values = {name: v for name, v in values.items() if not name.startswith("stage_")}
        if table is STATEMENT:
            values = {name: self._still_there(name, value) for name, value in values.items()}
        if values:
            self._connection.execute(update(table).where(_is(table, key)).values(**values))

    def _still_there(self, name: str, value: Any) -> Any:
        """What a text referred to, or nothing where that is gone by now."""
        homes = {"merged_into_id": STATEMENT, "theme_id": THEME}
        gone = value is not None and name in homes and not self._any(homes[name].c.id == value)
        return None if gone else value

    def _taken(self, cluster_id: str, values: Mapping[str, Any]) -> bool:
        """Whether another cluster of the process has this colour or this mark by now."""
        process = select(CLUSTER.c.process_id).where(CLUSTER.c.id == cluster_id).scalar_subquery()
        owner = values.get("process_id", process)
        others = and_(CLUSTER.c.process_id == owner, CLUSTER.c.id != cluster_id)
        return self._any(
            *(and_(others, CLUSTER.c[n] == values[n]) for n in ("accent", "mark") if n in values)
        )

    def _take_out(self, table: Table, key: Mapping[str, Any], now: datetime) -> None:
        """Delete a row that the action made; where people's answers hang on it, shut it instead."""
        where = _is(table, key)
        if table is ROUND:
            if self._any(ANSWER.c.round_id == key["id"], STATEMENT.c.round_id == key["id"]):
                shut = update(ROUND).where(where).values(state="closed", closed_at=now)
                self._connection.execute(shut)
                return
            self._connection.execute(ROUND_ITEM.delete().where(ROUND_ITEM.c.round_id == key["id"]))
        if table is CLUSTER and self._any(QUESTION.c.cluster_id == key["id"]):
            return
        if table is QUESTION and self._any(
            ROUND.c.question_id == key["id"],
            STATEMENT.c.question_id == key["id"],
            DRAFT.c.question_id == key["id"],
            NOTE.c.question_id == key["id"],
            THEME.c.question_id == key["id"],
            WORKSHOP.c.stage_question_id == key["id"],
        ):
            return
        if table is STATEMENT and self._any(
            ANSWER.c.statement_id == key["id"],
            STATEMENT.c.source_id == key["id"],
            ROUND_ITEM.c.statement_id == key["id"],
        ):
            self._connection.execute(update(STATEMENT).where(where).values(hidden=True))
            return
        if table is THEME:
            under = STATEMENT.c.theme_id == key["id"]
            self._connection.execute(update(STATEMENT).where(under).values(theme_id=None))
        if table is ROUND_ITEM and self._any(
            and_(ANSWER.c.round_id == key["round_id"], ANSWER.c.statement_id == key["statement_id"])
        ):
            return
        self._connection.execute(table.delete().where(where))

    def _any(self, *conditions: ColumnElement[bool]) -> bool:
        """Whether a row meets one of the conditions."""
        return any(
            self._connection.execute(select(exists().where(condition))).scalar_one()
            for condition in conditions
        )


def _is(table: Table, key: Mapping[str, Any]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _without(image: dict[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """An image that names none of these texts as what another was merged into."""
    row = image["row"]
    if row and row.get("merged_into_id") in ids:
        return {**image, "row": {**row, "merged_into_id": None}}
    return image


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _revive(table: Table, name: str, value: Any) -> Any:
    if isinstance(table.c[name].type, UtcTime) and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value
