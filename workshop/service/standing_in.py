"""People without a phone: the moderator enters for them, and it stays visible that it was so.

Each of them is a participant like all others, marked as `proxy`; whoever moderates gets the
secret of one at a time and answers on the same phone page as everybody else.
"""

from __future__ import annotations

from workshop.access import hash_token, new_token, require_moderator
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Actor, Participant
from workshop.ports import Reader, Tx
from workshop.service.base import Base, require_workshop

NO_PERSON = N_("There is no such person without a phone in this workshop.")


class StandingIn(Base):
    """The use cases around people without a phone; all of them are the moderation's."""

    def proxies(self, actor: Actor, workshop_id: str) -> tuple[Participant, ...]:
        """The people without a phone, by number."""
        require_moderator(actor, workshop_id)
        return tuple(self.store.read(lambda reader: reader.proxies(workshop_id)))

    def add_proxy(self, actor: Actor, workshop_id: str, segment: str) -> Participant:
        """Somebody is in the room without a phone. A locked door is no hindrance: they are in.

        Raises:
            Refused: unknown segment, workshop ended.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> Participant:
            workshop = require_workshop(tx.workshop(workshop_id))
            if segment not in workshop.segments:
                raise Refused("no-segment", N_("Please choose one of the groups."))
            if workshop.ended:
                raise Refused("ended", N_("This workshop has ended."))
            # A secret that nobody is told: whoever answers for this person gets another.
            nobodys = hash_token(new_token(), workshop_id)
            added = tx.add_participant(workshop_id, nobodys, segment, self.clock(), proxy=True)
            tx.touch(workshop_id, phase=False)
            return added

        return self.store.write(run)

    def stand_in(
        self, actor: Actor, workshop_id: str, participant_id: str
    ) -> tuple[str, Participant]:
        """A new secret with which one browser answers for this person, and who that is.

        Only its hash is kept, so the one before can't be handed out again: it opens nothing any
        more, and of two windows for one person the later one counts.

        Raises:
            NotFound: unless it is a person without a phone in this workshop.
        """
        require_moderator(actor, workshop_id)
        token = new_token()

        def run(tx: Tx) -> Participant:
            person = _proxy(tx, workshop_id, participant_id)
            tx.set_token(person.id, hash_token(token, workshop_id))
            return person

        return token, self.store.write(run)

    def stands_in(self, actor: Actor, workshop_id: str, token: str | None, number: int) -> bool:
        """Whether this secret answers for the person of that number, and who asks moderates.

        Raises:
            Forbidden: for who doesn't.
        """
        require_moderator(actor, workshop_id)
        if token is None:
            return False
        hashed = hash_token(token, workshop_id)
        person = self.store.read(lambda reader: reader.participant(workshop_id, hashed))
        return person is not None and person.proxy and person.number == number

    def remove_proxy(self, actor: Actor, workshop_id: str, participant_id: str) -> None:
        """Erase a person without a phone, with all that was entered for them; no undo.

        Raises:
            NotFound: unless it is a person without a phone in this workshop.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> None:
            person = _proxy(tx, workshop_id, participant_id)
            agenda = self._agenda(tx, workshop_id)
            tx.erase_participant(person.id)
            # What others' statements say of their origin changes in every workshop of the process.
            tx.touch_process(agenda.process.id)

        self.store.write(run)


def _proxy(reader: Reader, workshop_id: str, participant_id: str) -> Participant:
    """The person without a phone of that id. Raises `NotFound` for everybody else's."""
    for person in reader.proxies(workshop_id):
        if person.id == participant_id:
            return person
    raise NotFound("no-person", NO_PERSON)
