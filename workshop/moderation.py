"""What the moderation does with contributions, and what the room then reads of them.

Who writes keeps what they wrote: a contribution that waits, is hidden, merged or put under a theme
stays in the record as it came in, with its origin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from workshop.answers import tidied
from workshop.errors import Refused
from workshop.i18n import N_, Translator
from workshop.model import Statement
from workshop.themes import Theme

MAX_REASON: Final = 200
"""Characters of a reason in the moderator's own words."""

MAX_THEME: Final = 60
"""Characters of a theme's name: two lines on the stage."""

MOST_THEMES: Final = 12
"""More than this nobody reads from a wall."""

REASONS: Final = (
    N_("Names a person"),
    N_("Insulting"),
    N_("Off the topic"),
    N_("Not understandable"),
)
"""Why something is hidden, kept in English and read in each language; or in own words."""

OPEN_THE_QUEUE: Final = N_("Let contributions wait")
CLOSE_THE_QUEUE: Final = N_("Let contributions through at once")
LET_PASS: Final = N_("Let a contribution pass")
LET_ALL_PASS: Final = N_("Let all contributions pass")
HIDE: Final = N_("Hide a text")
SHOW_AGAIN: Final = N_("Show a text again")
MERGE: Final = N_("Merge contributions")
SPLIT: Final = N_("Split a contribution off")
PIN: Final = N_("Pin a contribution")
UNPIN: Final = N_("Unpin a contribution")
ADD_THEME: Final = N_("Name a theme")
RENAME_THEME: Final = N_("Rename a theme")
REMOVE_THEME: Final = N_("Remove a theme")
PUT_UNDER: Final = N_("Put a contribution under a theme")
TAKE_OUT: Final = N_("Take a contribution out of its theme")
EDIT: Final = N_("Edit a text")
PROMOTE: Final = N_("Turn a contribution into a statement")

LOGGED: Final = frozenset(
    {
        OPEN_THE_QUEUE,
        CLOSE_THE_QUEUE,
        LET_PASS,
        LET_ALL_PASS,
        HIDE,
        SHOW_AGAIN,
        MERGE,
        SPLIT,
        PIN,
        UNPIN,
        ADD_THEME,
        RENAME_THEME,
        REMOVE_THEME,
        PUT_UNDER,
        TAKE_OUT,
        EDIT,
        PROMOTE,
    }
)
"""The actions that change what people contributed, or whether and how it is shown."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that the moderator changed.

    `action` is a msgid, `subject_id` the text or theme that it was about, if it was about one;
    `was` the name that a theme had before. One that was taken back stays, as `undone`.
    """

    at: datetime
    action: str
    subject_id: str | None = None
    was: str | None = None
    undone: bool = False


def clean_reason(raw: str | None) -> str | None:
    """A reason as it is kept; None where none is given.

    Raises:
        Refused: above `MAX_REASON` characters.
    """
    reason = tidied(raw or "")
    if len(reason) > MAX_REASON:
        raise Refused(
            "reason-too-long", N_("A reason may have up to {n} characters."), n=MAX_REASON
        )
    return reason or None


def reason_words(reason: str | None, t: Translator) -> str:
    """Why something is hidden, in the reader's language where it is one of `REASONS`."""
    return t(reason) if reason in REASONS else reason or ""


def root_of(statement: Statement, by_id: Mapping[str, Statement]) -> Statement:
    """What a contribution is shown as: itself, or what it was merged into, however often."""
    while (target := by_id.get(statement.merged_into_id or "")) is not None:
        statement = target
    return statement


def merged(statements: Iterable[Statement]) -> Mapping[str, Sequence[Statement]]:
    """The contributions that were merged into another, by the id of what they are shown as."""
    by_id = {s.id: s for s in statements}
    found: dict[str, list[Statement]] = {}
    for statement in by_id.values():
        root = root_of(statement, by_id)
        if root.id != statement.id:
            found.setdefault(root.id, []).append(statement)
    return found


def require_mergeable(
    ids: Collection[str], target_id: str, by_id: Mapping[str, Statement]
) -> tuple[Statement, list[Statement]]:
    """What is to be merged into which: the one that the target is shown as, and the others.

    Raises:
        Refused: where one isn't there, is hidden, or belongs to another question; where the
            target was merged into one of them; where there is nothing to merge.
    """
    found = [by_id[key] for key in (target_id, *ids) if key in by_id]
    if len(found) <= len(ids) or any(s.hidden for s in found):
        raise Refused("cannot-merge", N_("One of these contributions is hidden, or not here."))
    target, others = root_of(found[0], by_id), found[1:]
    if any(s.question_id != target.question_id for s in others):
        raise Refused("other-question", N_("These contributions belong to different questions."))
    others = [s for s in others if root_of(s, by_id).id != target.id]
    if not others:
        raise Refused("merged-already", N_("These contributions are one already."))
    return target, others


def shown(
    contributions: Sequence[Statement], round_ids: Collection[str], themes: Sequence[Theme] = ()
) -> tuple[Statement, ...]:
    """What the room may read of what was contributed in these (revealed) rounds.

    Nothing that is hidden or waits. Merged ones are shown as their target, which counts them in
    `times`; until that may be read itself, they stand for themselves. By theme, those without one
    last; in each the pinned ones first, then as they came in.
    """
    by_id = {s.id: s for s in contributions}
    seen = {s.id for s in contributions if s.round_id in round_ids and not s.hidden}
    readable = [s for s in contributions if s.id in seen and not s.waiting]
    times: dict[str, int] = {}
    for statement in contributions:
        root = root_of(statement, by_id)
        if statement.id in seen:
            times[root.id] = times.get(root.id, 0) + 1
    kept = {s.id for s in readable}
    found = []
    for statement in readable:
        root = root_of(statement, by_id)
        if root.id == statement.id:
            found.append(replace(statement, times=times[root.id]))
        elif root.id not in kept and not root.hidden:
            found.append(statement)
    places = {theme.id: place for place, theme in enumerate(themes)}
    return tuple(
        sorted(found, key=lambda s: (places.get(s.theme_id or "", len(places)), not s.pinned))
    )
