"""What the service needs from outside: a store, a clock, and somebody to tell of changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, Protocol, TypeVar

from workshop.model import (
    Agenda,
    Answer,
    Cluster,
    Draft,
    Frozen,
    KeyQuestion,
    Participant,
    Process,
    Role,
    Round,
    RoundState,
    Stage,
    Statement,
    Workshop,
)
from workshop.moderation import LogEntry
from workshop.template_files import SavedTemplate
from workshop.themes import Theme

T = TypeVar("T")


class Clock(Protocol):
    """What time it is, in UTC with time zone."""

    def __call__(self) -> datetime: ...


class Changes(Protocol):
    """Who is told that something was committed. Thread-safe; a callback must return at once."""

    def publish(self, workshop_id: str, version: int, phase: int) -> None:
        """Tell every subscriber of this process that the workshop is now at this version."""
        ...

    def subscribe(
        self, workshop_id: str, on_change: Callable[[int, int], None]
    ) -> Callable[[], None]:
        """Call `on_change(version, phase)` after each commit, in the publisher's thread.

        Returns a function that ends the subscription.
        """
        ...


class Reader(Protocol):
    """What can be asked of the database, within one consistent snapshot."""

    def workshop(self, workshop_id: str) -> Workshop | None: ...
    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        """(version, phase) of a workshop, cheap enough for every answer."""
        ...

    def workshop_by_code(self, join_code: str) -> Workshop | None: ...
    def workshops(self) -> Sequence[Workshop]: ...
    def agenda(self, workshop_id: str) -> Agenda | None: ...
    def participant(self, workshop_id: str, token_hash: str) -> Participant | None: ...
    def participants(self, workshop_id: str) -> Sequence[Participant]: ...
    def proxies(self, workshop_id: str) -> Sequence[Participant]:
        """Those without a phone, by number."""
        ...

    def count_joined(self, workshop_id: str) -> int: ...
    def present(self, workshop_id: str, since: datetime, round_id: str | None) -> int:
        """Without a phone, seen since then, or answered in that round."""
        ...

    def people(self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None) -> int:
        """How many different people gave a value (no abstention) in these rounds.

        With `statement_ids` only to these statements.
        """
        ...

    def count_answered(self, round_id: str) -> int:
        """People with at least one answer or contribution in the round."""
        ...

    def answers_of(self, participant_id: str) -> Sequence[Answer]: ...
    def answers(self, round_ids: Sequence[str]) -> Sequence[Answer]: ...
    def answer_rows(
        self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None
    ) -> Sequence[tuple[str, str, str, int | None]]:
        """(round, participant, statement, value) of every answer, raw, in no order.

        With `statement_ids` only to these statements.
        """
        ...

    def count_answers(self, round_ids: Sequence[str]) -> Mapping[str, int]:
        """How many answers each of these rounds has, abstentions too."""
        ...

    def opinion_groups(self, workshop_id: str) -> Mapping[str, int]:
        """The group that an imported conversation gave each participant who has one, by id."""
        ...

    def counts(self, round_ids: Sequence[str]) -> Sequence[tuple[str, str, int | None, int]]:
        """(round, statement, value, how many) over the rounds; value None is an abstention."""
        ...

    def second_rows(
        self, round_ids: Sequence[str], statement_ids: Sequence[str] | None = None
    ) -> Sequence[tuple[str, str, str, int]]:
        """(round, participant, statement, step) on the second axis of matrices, as `answer_rows`.

        Only where something was said on it.
        """
        ...

    def second_counts(self, round_ids: Sequence[str]) -> Sequence[tuple[str, str, int | None, int]]:
        """`counts` of the second axis of matrices; None is whoever said nothing on it."""
        ...

    def statement(self, statement_id: str) -> Statement | None: ...
    def was_asked(self, statement_id: str) -> bool:
        """Whether a round of any workshop asks, or asked, for this statement."""
        ...

    def opened_questions(self, process_id: str) -> frozenset[str]:
        """The questions of a process that any of its workshops has opened, by id."""
        ...

    def questions_with_texts(self, process_id: str) -> frozenset[str]:
        """Those with what people wrote, or what was made of it, or drafts; hidden ones too."""
        ...

    def contributions(self, workshop_id: str) -> Sequence[Statement]:
        """What was contributed in a workshop, hidden ones too, first to last."""
        ...

    def contributions_of(self, participant_id: str, round_id: str) -> Sequence[Statement]: ...
    def themes(self, workshop_id: str) -> Sequence[Theme]:
        """The themes that the moderator named, in their order, of all questions."""
        ...

    def log(self, workshop_id: str, actions: Collection[str]) -> Sequence[LogEntry]:
        """What was done of these actions, by msgid, first to last."""
        ...

    def notes(self, workshop_id: str) -> Mapping[str, str]:
        """The moderator's notes by question, none of them empty."""
        ...

    def drafts(self, participant_id: str) -> Sequence[Draft]: ...
    def round(self, round_id: str) -> Round | None: ...
    def saved_templates(self) -> Sequence[SavedTemplate]:
        """The templates of the house's own, the oldest first."""
        ...

    def can_undo(self, workshop_id: str) -> str | None:
        """The msgid of the action that undo would take back, or None."""
        ...

    def access(self, token_hash: str, now: datetime) -> tuple[Role, str | None] | None:
        """The role and workshop that a token opens, if it is valid now."""
        ...


class Tx(Reader, Protocol):
    """One transaction: everything in it is kept, or nothing."""

    def add_process(
        self, process: Process, clusters: Sequence[Cluster], questions: Sequence[KeyQuestion]
    ) -> None: ...
    def set_process(self, process_id: str, **fields: Any) -> None:
        """Set `guiding_idea`."""
        ...

    def add_cluster(self, cluster: Cluster) -> None: ...
    def set_cluster(self, cluster_id: str, **fields: Any) -> None:
        """Set `name`, `accent`, `mark`, `position` or `cross_cutting`."""
        ...

    def drop_cluster(self, cluster_id: str) -> None: ...
    def add_question(self, question: KeyQuestion) -> None: ...
    def set_question(self, question: KeyQuestion) -> None:
        """Replace the question of that id."""
        ...

    def drop_question(self, question_id: str) -> None:
        """Delete a question that no round asked, with its notes and its statements."""
        ...

    def add_template(self, template: SavedTemplate) -> None: ...
    def drop_template(self, name: str) -> None: ...
    def add_workshop(self, workshop: Workshop) -> None: ...
    def add_participant(
        self,
        workshop_id: str,
        token_hash: str,
        segment: str,
        now: datetime,
        *,
        proxy: bool = False,
    ) -> Participant: ...
    def add_participants(self, workshop_id: str, people: Sequence[tuple[Participant, str]]) -> None:
        """Keep many at once, each with the hash of a token, in a workshop nobody has joined.

        They are numbered from 1 upwards.
        """
        ...

    def set_segment(self, participant_id: str, segment: str) -> None: ...
    def set_token(self, participant_id: str, token_hash: str) -> None:
        """From now on another cookie is this participant's; the old one is nobody's."""
        ...

    def seen(self, participant_id: str, now: datetime) -> None: ...
    def put_answer(self, answer: Answer, now: datetime) -> None:
        """Keep the answer; an earlier one to the same item in the same round is replaced."""
        ...

    def put_answers(self, answers: Iterable[Answer], now: datetime) -> None:
        """`put_answer` for very many at once, of each person one to an item."""
        ...

    def add_contribution(self, statement: Statement, fingerprint: str) -> bool:
        """Keep a contribution; False when this author gave the same one in this round."""
        ...

    def add_statement(self, statement: Statement) -> None: ...
    def next_position(self, question_id: str) -> int: ...
    def put_draft(self, participant_id: str, draft: Draft) -> None:
        """Keep what could not be taken; an earlier draft to the same question is replaced."""
        ...

    def drop_draft(self, participant_id: str, question_id: str) -> None: ...
    def add_round(self, round_: Round) -> None: ...
    def set_round(
        self, round_id: str, state: RoundState, now: datetime, *, present: int | None = None
    ) -> None:
        """Move a round to a state; `present` is how many were there when it closed."""
        ...

    def ask_in_round(self, round_id: str, statement_id: str) -> None: ...
    def set_stage(self, workshop_id: str, stage: Stage) -> None: ...
    def set_frozen(self, workshop_id: str, frozen: Frozen | None) -> None:
        """What the stage keeps meanwhile; None lets it go on."""
        ...

    def put_note(self, workshop_id: str, question_id: str, text: str) -> None:
        """Keep the note of a question in place of the one before; empty for none."""
        ...

    def set_workshop(self, workshop_id: str, **fields: Any) -> None:
        """Set `locked`, `ended`, `invited`, `title`, `segments`, `timer_ends_at`, `rehearsal` …"""
        ...

    def set_statement(self, statement_id: str, **fields: Any) -> None:
        """Set `text`, `original_text`, `hidden`, `position`, `aspect`, or what moderation does."""
        ...

    def add_theme(self, theme: Theme) -> None: ...
    def set_theme(self, theme_id: str, **fields: Any) -> None:
        """Set `name` or `position`."""
        ...

    def drop_theme(self, theme_id: str) -> None:
        """Delete a theme under which nothing stands any more."""
        ...

    def erase_participant(self, participant_id: str) -> None:
        """Delete all that carries the pseudonym, and what undo would bring back of it."""
        ...

    def wipe(self, workshop_id: str, since: datetime) -> None:
        """End a rehearsal that began then: delete what it left behind, set all else as new.

        That is everything of the workshop that hangs on people or rounds, its notes and its
        journal, and the statements that were written since. What another workshop's rounds have
        asked stays; so do the instrument, the links, the title and how many are invited.
        """
        ...

    def grant(
        self,
        token_hash: str,
        role: Role,
        workshop_id: str | None,
        expires: datetime,
        *,
        once: bool,
        now: datetime,
    ) -> None: ...
    def use_grant(self, token_hash: str, now: datetime) -> tuple[Role, str | None] | None:
        """Like `access`, and spends the token if it was good for once."""
        ...

    def revoke(self, token_hash: str) -> None:
        """This token opens nothing any more."""
        ...

    def begin_action(
        self, workshop_id: str, action: str, now: datetime, subject_id: str | None = None
    ) -> None:
        """From here on changes are journalled, so that `undo` can take them back.

        `subject_id` is the text or theme that the log names, where it is about one.
        """
        ...

    def undo(self, workshop_id: str, now: datetime) -> str | None:
        """Take the last action back; its msgid, or None where there is nothing to undo."""
        ...

    def touch(self, workshop_id: str, *, phase: bool) -> None:
        """The workshop changed; with `phase`, in a way that phones must hear of."""
        ...

    def touch_process(self, process_id: str) -> None:
        """What the process' workshops share changed: all of them get a new phase."""
        ...


class Store(Protocol):
    """The database. Reads see a consistent snapshot; writes commit together, in order."""

    def read(self, fn: Callable[[Reader], T]) -> T:
        """Run `fn` in the calling thread on a consistent snapshot."""
        ...

    def submit(self, fn: Callable[[Tx], T]) -> Future[T]:
        """Queue `fn`; the future is done only after its transaction is on disk.

        `fn` may run again when another write of its batch fails, so it must have no effect
        beyond the transaction. A `Refused` raised by it reaches the future.
        """
        ...

    def write(self, fn: Callable[[Tx], T]) -> T:
        """`submit` and wait."""
        ...

    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        """(version, phase) as committed now; cheap enough for every request."""
        ...

    def close(self) -> None: ...
