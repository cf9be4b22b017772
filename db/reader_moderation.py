"""What the moderation named and did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from db.plain import ACTION, THEME
from db.reader_answers import AnswersReader
from workshop.moderation import LogEntry
from workshop.themes import Theme


class ModerationReader(AnswersReader):
    """The part of `workshop.ports.Reader` about themes and the log."""

    def themes(self, workshop_id: str) -> Sequence[Theme]:
        mine = select(THEME).where(THEME.c.workshop_id == workshop_id)
        rows = self._all(mine.order_by(THEME.c.position, THEME.c.id))
        return [Theme(r.id, r.workshop_id, r.question_id, r.name, r.position) for r in rows]

    def log(self, workshop_id: str, actions: Collection[str]) -> Sequence[LogEntry]:
        mine = ACTION.c.workshop_id == workshop_id
        rows = self._all(
            select(ACTION).where(mine, ACTION.c.name.in_(actions)).order_by(ACTION.c.id)
        )
        return [
            LogEntry(r.at, r.name, r.subject_id, _old_name(r.before), undone=r.undone) for r in rows
        ]


def _old_name(before: Sequence[dict[str, Any]]) -> str | None:
    """The name that a theme had before an action, where the action changed or removed it."""
    for image in before:
        if image["table"] == THEME.name and image["row"]:
            name: str | None = image["row"].get("name")
            return name
    return None
