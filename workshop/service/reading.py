"""What can be looked at: the agenda, who is there, results, and the whole record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.access import require_moderator, require_stage
from workshop.analysis import Analysis
from workshop.building import SHOWN, backing_rounds, build_results, counted, shown_rounds
from workshop.model import (
    Actor,
    Agenda,
    Answer,
    Participant,
    Role,
    Room,
    RoundState,
    Statement,
    Strand,
    Workshop,
)
from workshop.moderation import LOGGED, LogEntry, shown
from workshop.ports import Reader
from workshop.results import WorkshopResults
from workshop.segments import SegmentResults
from workshop.service.base import PRESENT_FOR, Base
from workshop.service.counting import count
from workshop.themes import Theme, of_question

PREVIEWED = frozenset({RoundState.OPEN, RoundState.CLOSED, RoundState.REVEALED})
"""What a moderator may look at in private."""


@dataclass(frozen=True)
class Record:
    """Everything that was said and answered in a workshop, for the export.

    `results`, `analysis`, `segments` and `answers` are of revealed rounds only: what nobody was
    shown isn't exported. `notes` are the moderator's, by question; `themes` and `log` are of the
    moderation of what was contributed.
    """

    agenda: Agenda
    results: WorkshopResults
    analysis: Analysis
    segments: SegmentResults
    participants: tuple[Participant, ...]
    answers: tuple[Answer, ...]
    contributions: tuple[Statement, ...]
    notes: Mapping[str, str]
    themes: tuple[Theme, ...]
    log: tuple[LogEntry, ...]


class Reading(Base):
    """Use cases that change nothing."""

    def workshops(self, actor: Actor) -> Sequence[Workshop]:
        """The workshops that the actor may moderate, newest first."""
        if actor.role not in (Role.OPERATOR, Role.MODERATOR):
            require_moderator(actor, None)
        found = self.store.read(lambda reader: reader.workshops())
        mine = [w for w in found if actor.workshop_id in (None, w.id)]
        return sorted(mine, key=lambda w: w.created_at, reverse=True)

    def agenda(self, actor: Actor, workshop_id: str) -> Agenda:
        """The agenda as committed now, for moderators and stages of the workshop."""
        require_stage(actor, workshop_id)
        return self._read_agenda(workshop_id)

    def room(self, actor: Actor, workshop_id: str, round_id: str | None = None) -> Room:
        """Who has joined, who is present, and how many of them answered the round."""
        require_stage(actor, workshop_id)
        since = self.clock() - PRESENT_FOR

        def look(reader: Reader) -> Room:
            return Room(
                joined=reader.count_joined(workshop_id),
                present=reader.present(workshop_id, since, round_id),
                answered=reader.count_answered(round_id) if round_id else 0,
            )

        return self.store.read(look)

    def contributions(
        self, actor: Actor, workshop_id: str, question_id: str, *, hidden: bool = False
    ) -> tuple[Statement, ...]:
        """What was contributed to a question, first to last.

        Moderators see it as it comes in, with `hidden` also what they hid. A stage gets what
        the room may read, and nothing before.
        """
        require_stage(actor, workshop_id)
        if actor.role is Role.STAGE:
            return self.said(actor, workshop_id, question_id)
        everything = self.store.read(lambda reader: reader.contributions(workshop_id))
        asked = (s for s in everything if s.question_id == question_id)
        return tuple(s for s in asked if hidden or not s.hidden)

    def said(self, actor: Actor, workshop_id: str, question_id: str) -> tuple[Statement, ...]:
        """What the room may read of what was contributed to a question: `moderation.shown`."""
        require_stage(actor, workshop_id)
        revealed = self._read_agenda(workshop_id).revealed_ids(question_id)
        themes, everything = self.store.read(
            lambda reader: (reader.themes(workshop_id), reader.contributions(workshop_id))
        )
        return shown(everything, revealed, of_question(themes, question_id))

    def themes(self, actor: Actor, workshop_id: str, question_id: str) -> tuple[Theme, ...]:
        """The themes that were named for a question, in their order."""
        require_stage(actor, workshop_id)
        found = self.store.read(lambda reader: reader.themes(workshop_id))
        return of_question(found, question_id)

    def log(self, actor: Actor, workshop_id: str) -> tuple[LogEntry, ...]:
        """What was changed about contributions and statements, first to last.

        Who erases what they wrote erases what was done about it, too.
        """
        require_moderator(actor, workshop_id)
        return tuple(self.store.read(lambda reader: reader.log(workshop_id, LOGGED)))

    def votes(self, actor: Actor, workshop_id: str, question_id: str) -> Mapping[str, int]:
        """How many people of the process gave each statement of a question a value, by its id.

        Over the revealed rounds of all its workshops, for moderators; who answered in two of
        them counts twice.
        """
        require_moderator(actor, workshop_id)
        agenda = self._read_agenda(workshop_id)
        rounds = [r.id for strand in Strand for r in agenda.revealed_in(strand, question_id)]
        found: Counter[str] = Counter()
        for _, statement_id, value, people in self.store.read(lambda reader: reader.counts(rounds)):
            if value is not None:
                found[statement_id] += people
        return found

    def results(self, actor: Actor, workshop_id: str, *, preview: bool = False) -> WorkshopResults:
        """The results of all revealed rounds, computed once per version whoever asks.

        `preview` adds rounds that are open or closed, for moderators only.
        """
        if preview:
            require_moderator(actor, workshop_id)
        else:
            require_stage(actor, workshop_id)
        version, _ = self.versions(workshop_id)
        known = self._results.get((workshop_id, preview))
        if known is not None and known.version == version:
            return known
        states = PREVIEWED if preview else SHOWN
        _, built = self.store.read(lambda reader: self._build(reader, workshop_id, states))
        self._results[(workshop_id, preview)] = built
        return built

    def _build(
        self, reader: Reader, workshop_id: str, states: frozenset[RoundState]
    ) -> tuple[Agenda, WorkshopResults]:
        """Agenda and results of one snapshot."""
        agenda = self._agenda(reader, workshop_id)
        version, _ = reader.versions(workshop_id) or (0, 0)
        rounds = shown_rounds(agenda, states)
        backings = backing_rounds(agenda, states)
        wanted = [r for numbers in rounds.values() for group in numbers.values() for r in group]
        people = {
            (cluster_id, number): reader.people(
                [r.id for r in group], counted(agenda, numbers, number)
            )
            for cluster_id, numbers in rounds.items()
            for number, group in numbers.items()
        }
        answers = count(reader, agenda, [*wanted, *backings])
        return agenda, build_results(agenda, rounds, answers, people, version, backings)

    def can_undo(self, actor: Actor, workshop_id: str) -> str | None:
        """The msgid of the action that undo would take back, or None."""
        require_moderator(actor, workshop_id)
        return self.store.read(lambda reader: reader.can_undo(workshop_id))
