"""What the moderation writes beside the texts themselves: the themes that it names."""

from __future__ import annotations

from typing import Any

from db.plain import THEME
from db.tx_preparing import PreparingTx
from workshop.themes import Theme


class ModeratingTx(PreparingTx):
    """The part of `workshop.ports.Tx` that keeps themes; all of it can be undone."""

    def add_theme(self, theme: Theme) -> None:
        self.dirty = True
        self.journal.insert(
            THEME,
            {
                "id": theme.id,
                "workshop_id": theme.workshop_id,
                "question_id": theme.question_id,
                "name": theme.name,
                "position": theme.position,
            },
        )

    def set_theme(self, theme_id: str, **fields: Any) -> None:
        self.dirty = True
        self.journal.update(THEME, {"id": theme_id}, fields)

    def drop_theme(self, theme_id: str) -> None:
        self.dirty = True
        self.journal.delete(THEME, {"id": theme_id})
