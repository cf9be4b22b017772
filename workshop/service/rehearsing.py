"""The rehearsal: everything works as in earnest and nothing of it counts, until it is wiped."""

from __future__ import annotations

from workshop.access import require_moderator
from workshop.errors import Refused
from workshop.i18n import N_
from workshop.model import Actor, Agenda
from workshop.ports import Tx
from workshop.service.base import Base


class Rehearsing(Base):
    """Beginning a rehearsal and ending it. Both return the new agenda; neither can be undone."""

    def begin_rehearsal(self, actor: Actor, workshop_id: str) -> Agenda:
        """From now on everything is marked as a rehearsal, and the process knows none of it.

        Raises:
            Refused: when somebody has joined, when it has begun already, or the workshop ended.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> None:
            agenda = self._agenda(tx, workshop_id)
            workshop = agenda.workshop
            if workshop.rehearsal:
                raise Refused("rehearsal", N_("The rehearsal is already under way."))
            if workshop.ended:
                raise Refused("ended", N_("This workshop has ended. Undo the end to go on."))
            if tx.count_joined(workshop_id):
                raise Refused(
                    "not-empty",
                    N_("Somebody has joined already: a rehearsal begins in an empty room."),
                )
            tx.set_workshop(workshop_id, rehearsal=True, rehearsed_since=self.clock())
            tx.touch_process(agenda.process.id)

        self.store.write(run)
        return self._read_agenda(workshop_id)

    def end_rehearsal(self, actor: Actor, workshop_id: str) -> Agenda:
        """Wipe the rehearsal and begin in earnest: an empty room, the stage in the lobby.

        What goes: rounds, answers, contributions, participants (their phones are at the door
        again), drafts, notes, themes, timer, the journal of actions, and every statement that was
        written after the rehearsal had begun, whoever wrote it: what a rehearsal needed for trying
        things out is nothing that people should have to rate. What was prepared stays: agenda,
        clusters, questions and groups, also where they were edited meanwhile, earlier statements,
        links, and whatever other workshops of the process have asked.

        Raises:
            Refused: when nothing is being rehearsed.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> None:
            agenda = self._agenda(tx, workshop_id)
            since = agenda.workshop.rehearsed_since
            if not agenda.workshop.rehearsal or since is None:
                raise Refused("no-rehearsal", N_("No rehearsal is under way."))
            tx.wipe(workshop_id, since)
            tx.touch_process(agenda.process.id)

        self.store.write(run)
        return self._read_agenda(workshop_id)
