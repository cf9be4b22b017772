"""What every use case stands on: store, clock, listeners, and the cached agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from workshop.access import Passphrase, require_moderator
from workshop.errors import NotFound
from workshop.i18n import N_
from workshop.model import Actor, Agenda, Workshop
from workshop.ports import Changes, Clock, Reader, Store, Tx
from workshop.results import WorkshopResults
from workshop.service.sending import Taps

PRESENT_FOR = timedelta(minutes=10)
"""Seen within this time means present: the *y* of "x of y"."""


COLLECTS = N_("Statements belong to a question that asks about them; people write to this one.")
"""What somebody is told who brings statements to a question that people write to."""


def utc_now() -> datetime:
    """The clock of a running server."""
    return datetime.now(UTC)


class Base:
    """Store, clock, listeners and caches; the use cases are in the classes built on it."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        *,
        clock: Clock = utc_now,
        passphrase: str | None = None,
    ) -> None:
        self.store = store
        self.changes = changes
        self.clock = clock
        self.passphrase = Passphrase(passphrase)
        self._agendas: dict[str, Agenda] = {}
        self._seen: dict[str, datetime] = {}
        self._taps = Taps()
        self._results: dict[tuple[str, bool], WorkshopResults] = {}

    def versions(self, workshop_id: str) -> tuple[int, int]:
        """(version, phase) as committed now.

        Raises:
            NotFound: when there is no such workshop.
        """
        found = self.store.versions(workshop_id)
        if found is None:
            raise _no_workshop()
        return found

    def _agenda(self, reader: Reader, workshop_id: str) -> Agenda:
        """The agenda as this reader sees it; from the cache where the phase is still the same.

        Only committed agendas are ever cached: inside a transaction that moved the phase the
        cache can't match, so the transaction sees its own changes.
        """
        versions = reader.versions(workshop_id)
        if versions is None:
            raise _no_workshop()
        cached = self._agendas.get(workshop_id)
        if cached is not None and cached.workshop.phase == versions[1]:
            return cached
        agenda = reader.agenda(workshop_id)
        if agenda is None:
            raise _no_workshop()
        return agenda

    def _read_agenda(self, workshop_id: str) -> Agenda:
        """The agenda as committed now."""
        _, phase = self.versions(workshop_id)
        cached = self._agendas.get(workshop_id)
        if cached is not None and cached.workshop.phase == phase:
            return cached
        agenda = self.store.read(lambda reader: reader.agenda(workshop_id))
        if agenda is None:
            raise _no_workshop()
        self._agendas[workshop_id] = agenda
        return agenda

    def _act(
        self,
        actor: Actor,
        workshop_id: str,
        action: str,
        change: Callable[[Tx, Agenda], None],
        *,
        everywhere: bool = False,
        subject: str | None = None,
    ) -> Agenda:
        """One action of the moderator: checked, journalled for undo, committed, told.

        `action` is the msgid under which undo offers to take it back. `everywhere` for what
        all workshops of the process share. `subject` is the id of the text or theme that the log
        of the moderation names. Returns the agenda after it.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> None:
            agenda = self._agenda(tx, workshop_id)
            tx.begin_action(workshop_id, action, self.clock(), subject)
            change(tx, agenda)
            if everywhere:
                tx.touch_process(agenda.process.id)
            tx.touch(workshop_id, phase=True)

        self.store.write(run)
        return self._read_agenda(workshop_id)


def _no_workshop() -> NotFound:
    return NotFound("no-workshop", N_("There is no such workshop."))


def require_workshop(workshop: Workshop | None) -> Workshop:
    """The workshop, or a sentence that there is none.

    Raises:
        NotFound: for None.
    """
    if workshop is None:
        raise _no_workshop()
    return workshop
