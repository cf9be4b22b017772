"""What the moderation did with contributions, and its log, in tables and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from workshop.export import words
from workshop.export.table import Cell, Column, Table
from workshop.i18n import ZONE, Translator
from workshop.model import Statement
from workshop.moderation import (
    ADD_THEME,
    CLOSE_THE_QUEUE,
    EDIT,
    HIDE,
    LET_ALL_PASS,
    LET_PASS,
    MERGE,
    OPEN_THE_QUEUE,
    PIN,
    PROMOTE,
    PUT_UNDER,
    REMOVE_THEME,
    RENAME_THEME,
    SHOW_AGAIN,
    SPLIT,
    TAKE_OUT,
    UNPIN,
    LogEntry,
    reason_words,
)
from workshop.service.reading import Record

KEYS: Final = {
    OPEN_THE_QUEUE: "open-queue",
    CLOSE_THE_QUEUE: "close-queue",
    LET_PASS: "let-pass",
    LET_ALL_PASS: "let-all-pass",
    HIDE: "hide",
    SHOW_AGAIN: "show-again",
    MERGE: "merge",
    SPLIT: "split",
    PIN: "pin",
    UNPIN: "unpin",
    ADD_THEME: "add-theme",
    RENAME_THEME: "rename-theme",
    REMOVE_THEME: "remove-theme",
    PUT_UNDER: "put-under-theme",
    TAKE_OUT: "take-out-of-theme",
    EDIT: "edit",
    PROMOTE: "make-statement",
}
"""What JSON calls each action of the log."""

Object = dict[str, Any]


def columns(t: Translator) -> tuple[Column, ...]:
    """What the table of contributions says of the moderation."""
    return (
        Column(t("Theme"), width=26),
        Column(t("Merged into"), width=18),
        Column(t("Why hidden"), width=26),
        Column(t("Not let pass"), width=16),
        Column(t("Pinned"), width=14),
    )


def cells(record: Record, contribution: Statement, t: Translator) -> tuple[Cell, ...]:
    """One row of these columns."""
    return (
        _theme_names(record).get(contribution.theme_id or ""),
        contribution.merged_into_id,
        reason_words(contribution.hidden_reason, t) or None,
        words.yes_no(contribution.waiting, t),
        words.yes_no(contribution.pinned, t),
    )


def keys(contribution: Statement) -> Object:
    """The same of one contribution in JSON; a reason of the short list is in English."""
    return {
        "theme": contribution.theme_id,
        "merged_into": contribution.merged_into_id,
        "hidden_reason": contribution.hidden_reason,
        "waiting": contribution.waiting,
        "pinned": contribution.pinned,
    }


def themes(record: Record) -> list[Object]:
    """The themes in JSON."""
    return [{"theme": x.id, "question": x.question_id, "name": x.name} for x in record.themes]


def log_table(record: Record, t: Translator) -> Table:
    """What was changed, first to last."""
    heads = (
        Column(t("Time"), width=18),
        Column(t("Change"), width=38),
        Column(t("About"), width=60),
        Column(t("Name before"), width=26),
        Column(t("Taken back"), width=18),
        Column(t("ID of what was changed"), width=22),
    )
    return Table("log", t("Moderation log"), heads, tuple(_log_rows(record, t)))


def _log_rows(record: Record, t: Translator) -> Iterator[tuple[Cell, ...]]:
    about = _about(record)
    for entry in record.log:
        subject = _subject(entry)
        yield (
            entry.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M"),
            t(entry.action),
            about.get(subject or ""),
            entry.was,
            words.yes_no(entry.undone, t),
            subject,
        )


def log(record: Record) -> list[Object]:
    """The log in JSON."""
    return [
        {
            "at": _minute(entry.at),
            "action": KEYS[entry.action],
            "about": _subject(entry),
            "name_before": entry.was,
            "undone": entry.undone,
        }
        for entry in record.log
    ]


def _subject(entry: LogEntry) -> str | None:
    """What an entry was about; one by one, contributions pass nearly as they came in.

    When somebody wrote is in no file, so which one was let pass isn't, either.
    """
    return None if entry.action == LET_PASS else entry.subject_id


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(second=0, microsecond=0).isoformat(timespec="seconds")


def _theme_names(record: Record) -> dict[str, str]:
    return {theme.id: theme.name for theme in record.themes}


def _about(record: Record) -> dict[str, str]:
    """The words of whatever an entry may be about, as far as they are in the file anyway."""
    agenda = record.agenda
    asked = (s for round_ in words.revealed(agenda) for s in agenda.asked(round_))
    made = (s for s in agenda.statements if s.source_id and not s.hidden)
    texts = {s.id: s.text for s in (*asked, *made, *words.contributions(record))}
    return texts | _theme_names(record)
