"""What the moderator does beside the rounds: timer, a black stage, a frozen one, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from workshop.access import require_moderator
from workshop.agenda import require_question
from workshop.errors import Refused
from workshop.i18n import N_
from workshop.model import Actor, Agenda, Frozen, Stage
from workshop.ports import Tx
from workshop.service.reading import Reading

WITHOUT_A_QUESTION: Final = 5
"""Minutes of a timer where the room is at no question."""

LONGEST_TIMER: Final = 240
"""Minutes."""

LONGEST_NOTE: Final = 2_000
"""Characters."""


class Conducting(Reading):
    """Every call returns the new agenda, but for those about notes."""

    def start_timer(self, actor: Actor, workshop_id: str, minutes: int | None = None) -> Agenda:
        """Start a timer of so many minutes; without a number, of those of the question at hand.

        Nothing ends with it: a round is closed by who runs the room.

        Raises:
            Refused: unless it is 1 to 240 minutes.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            span = minutes_at_hand(agenda) if minutes is None else minutes
            if not 1 <= span <= LONGEST_TIMER:
                raise Refused("bad-minutes", N_("Please give a number of minutes from 1 to 240."))
            ends = self.clock() + timedelta(minutes=span)
            tx.set_workshop(workshop_id, timer_ends_at=ends)

        return self._act(actor, workshop_id, N_("Start the timer"), change)

    def stop_timer(self, actor: Actor, workshop_id: str) -> Agenda:
        """Take the timer away, whether or not its time is up."""

        def change(tx: Tx, agenda: Agenda) -> None:
            _require_timer(agenda)
            tx.set_workshop(workshop_id, timer_ends_at=None)

        return self._act(actor, workshop_id, N_("Stop the timer"), change)

    def more_time(self, actor: Actor, workshop_id: str) -> Agenda:
        """One minute more; once the time is up, one minute from now."""

        def change(tx: Tx, agenda: Agenda) -> None:
            _require_timer(agenda)
            now = self.clock()
            ends = max(agenda.workshop.timer_ends_at or now, now) + timedelta(minutes=1)
            tx.set_workshop(workshop_id, timer_ends_at=ends)

        return self._act(actor, workshop_id, N_("One more minute"), change)

    def black_stage(self, actor: Actor, workshop_id: str, black: bool) -> Agenda:
        """Make the stage black, or show again what it showed; see `Running` for what else does."""

        def change(tx: Tx, agenda: Agenda) -> None:
            tx.set_stage(workshop_id, replace(agenda.workshop.stage, black=black))

        action = N_("Make the stage black") if black else N_("Light the stage")
        return self._act(actor, workshop_id, action, change)

    def freeze_stage(self, actor: Actor, workshop_id: str, frozen: bool) -> Agenda:
        """Let the stage keep what it shows, counts too, or let it go on with the room."""
        agenda = self.agenda(actor, workshop_id)
        latest = agenda.latest_round(agenda.workshop.stage.question_id)
        room = self.room(actor, workshop_id, latest.id if latest else None)

        def change(tx: Tx, agenda: Agenda) -> None:
            if not frozen:
                tx.set_frozen(workshop_id, None)
            elif agenda.workshop.frozen is None:
                stage = replace(agenda.workshop.stage, black=False)
                tx.set_frozen(workshop_id, Frozen(stage, self.clock(), room))

        action = N_("Freeze the stage") if frozen else N_("Let the stage go on")
        return self._act(actor, workshop_id, action, change)

    def notes(self, actor: Actor, workshop_id: str) -> Mapping[str, str]:
        """The moderator's notes by question; only for the moderation."""
        require_moderator(actor, workshop_id)
        return self.store.read(lambda reader: reader.notes(workshop_id))

    def take_note(self, actor: Actor, workshop_id: str, question_id: str, text: str) -> None:
        """Keep what the moderator notes to a question; an empty text takes the note away.

        It is written while it is typed, so it is no action to be taken back, and nobody is told.

        Raises:
            Refused: above 2,000 characters.
        """
        require_moderator(actor, workshop_id)
        kept = text.strip().replace("\x00", "")
        if len(kept) > LONGEST_NOTE:
            raise Refused("note-too-long", N_("A note may have up to 2,000 characters."))

        def run(tx: Tx) -> None:
            question = require_question(self._agenda(tx, workshop_id), question_id)
            tx.put_note(workshop_id, question.id, kept)

        self.store.write(run)


def relit(tx: Tx, workshop_id: str, stage: Stage) -> None:
    """Put something on the stage, and light it; a frozen one changes nothing, and stays black."""
    workshop = tx.workshop(workshop_id)
    dark = workshop is not None and workshop.frozen is not None and workshop.stage.black
    tx.set_stage(workshop_id, replace(stage, black=dark))


def minutes_at_hand(agenda: Agenda) -> int:
    """The minutes of the question that the room is at: the open one, else that on the stage."""
    opened = agenda.open_round
    question = agenda.question(opened.question_id if opened else agenda.workshop.stage.question_id)
    return question.minutes if question and question.minutes else WITHOUT_A_QUESTION


def _require_timer(agenda: Agenda) -> None:
    if agenda.workshop.timer_ends_at is None:
        raise Refused("no-timer", N_("No timer is running."))
