"""What a participant does: join, answer, contribute, correct, erase.

Writes return futures that are done once the answer is on disk; routes await them, so that a
thousand phones need no thousand threads. The way of an answer is described in the design.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

from workshop.access import hash_token, new_id, new_token
from workshop.agenda import require_open, require_question
from workshop.answers import (
    NO_ANSWER,
    clean_aspect,
    clean_text,
    clean_value,
    fingerprint,
    require_asked,
)
from workshop.errors import Forbidden, Refused
from workshop.i18n import N_
from workshop.model import (
    Agenda,
    Answer,
    Aspect,
    Draft,
    Participant,
    QuestionKind,
    Round,
    Statement,
)
from workshop.ports import Reader, Tx
from workshop.service.base import require_workshop
from workshop.service.looking import SEEN_EVERY, Looking
from workshop.service.looking import Mine as Mine
from workshop.service.looking import Phone as Phone
from workshop.service.sending import row_of, unwrapped

MAX_DRAFT = 20_000
"""Characters of a refused text that are kept for its author to shorten."""


class TakingPart(Looking):
    """What a phone changes. `token` is the value of the participant's cookie."""

    def join(
        self, workshop_id: str, token: str | None, segment: str
    ) -> Future[tuple[str, Participant]]:
        """Take part, or come back: the cookie's value and the pseudonym.

        Whoever is in already stays the same person; joining again corrects the segment.

        Raises (through the future):
            Refused: unknown segment, door locked, workshop ended.
        """
        secret = token or new_token()
        hashed = hash_token(secret, workshop_id)

        def run(tx: Tx) -> tuple[str, Participant]:
            workshop = require_workshop(tx.workshop(workshop_id))
            if segment not in workshop.segments:
                raise Refused("no-segment", N_("Please choose one of the groups."))
            now = self.clock()
            known = tx.participant(workshop_id, hashed)
            if known is not None:
                tx.set_segment(known.id, segment)
                tx.seen(known.id, now)
                tx.touch(workshop_id, phase=False)
                return secret, replace(known, segment=segment, last_seen=now)
            if workshop.ended:
                raise Refused("ended", N_("This workshop has ended."))
            if workshop.locked:
                raise Refused(
                    "locked", N_("The door is closed: nobody new can join. Please ask in the room.")
                )
            joined = tx.add_participant(workshop_id, hashed, segment, now)
            tx.touch(workshop_id, phase=False)
            return secret, joined

        return self.store.submit(run)

    def answer(
        self,
        workshop_id: str,
        token: str | None,
        round_id: str,
        statement_id: str,
        raw: str,
        *,
        order: int | None = None,
        doubtful: bool = False,
    ) -> Future[int | None]:
        """Keep a rating: `raw` is a step of the scale, or "0" for *keine Antwort*.

        Done once it is on disk; the last answer to an item counts: `order` and `doubtful` are
        what `Taps` makes of them.

        Raises (through the future):
            Forbidden: who hasn't joined. NotFound: statement not asked in the round.
            Refused: round not open, value not on the scale.
        """

        def run(tx: Tx) -> int | None:
            try:
                agenda, participant, round_ = self._taking(tx, workshop_id, token, round_id)
            except Refused as refusal:
                if refusal.code != "closed":
                    raise
                return self._repeated(tx, workshop_id, token, round_id, statement_id, raw, refusal)
            require_asked(agenda, round_, statement_id)
            value = clean_value(require_question(agenda, round_.question_id), raw)
            item = (round_.id, statement_id, participant.id)
            if self._taps.overtaken(item, order, doubtful=doubtful):
                return value
            now = self.clock()
            tx.put_answer(Answer(round_.id, participant.id, statement_id, value), now)
            if not timedelta(0) <= now - participant.last_seen < SEEN_EVERY:
                tx.seen(participant.id, now)
            tx.touch(workshop_id, phase=False)
            return value

        return self.store.submit(run)

    def _repeated(
        self,
        tx: Tx,
        workshop_id: str,
        token: str | None,
        round_id: str,
        statement_id: str,
        raw: str,
        refusal: Refused,
    ) -> int | None:
        """What is kept already isn't refused because its acknowledgement was lost on the way."""
        person = _person(tx, workshop_id, token)
        for answer in tx.answers_of(person.id) if person else ():
            item = (answer.round_id, answer.statement_id, str(answer.value or NO_ANSWER))
            if item == (round_id, statement_id, raw):
                return answer.value
        raise refusal

    def contribute(
        self,
        workshop_id: str,
        token: str | None,
        round_id: str,
        aspect: str | None,
        text: str,
        *,
        key: str | None = None,
    ) -> Future[bool]:
        """Keep a perspective, interest or goal. The future's value: False for a repetition.

        A repetition of the same `key` is no repetition but the same sending (see `row_of`): it
        is answered as the first time, even when the round has closed since. A text that can't
        be taken is kept as the author's draft, so that nothing typed is lost.
        Raises (through the future) like `answer`, and `Refused` for a bad text or kind.
        """

        def run(tx: Tx) -> bool | Refused:
            person = _person(tx, workshop_id, token)
            row = row_of(person.id, key) if person else None
            if person and row in {s.id for s in tx.contributions_of(person.id, round_id)}:
                return True
            try:
                agenda, participant, round_ = self._taking(tx, workshop_id, token, round_id)
            except Refused as refusal:
                self._keep_late(tx, workshop_id, token, round_id, aspect, text, refusal)
                return refusal
            question = require_question(agenda, round_.question_id)
            if question.kind is not QuestionKind.COLLECT:
                raise Refused("wrong-kind", N_("This question is answered on a scale."))
            now = self.clock()
            try:
                clean = clean_text(text)
                kind = clean_aspect(aspect)
            except Refused as refusal:
                tx.put_draft(participant.id, _draft(question.id, text, aspect, refusal))
                return refusal
            statement = Statement(
                id=row or new_id(),
                question_id=question.id,
                text=clean,
                workshop_id=workshop_id,
                strand=agenda.workshop.strand,
                position=0,
                created_at=now,
                aspect=kind,
                round_id=round_.id,
                author_id=participant.id,
            )
            new = tx.add_contribution(statement, fingerprint(kind, clean))
            tx.drop_draft(participant.id, question.id)
            tx.seen(participant.id, now)
            if new:
                tx.touch(workshop_id, phase=False)
            return new

        return unwrapped(self.store.submit(run))

    def _keep_late(
        self,
        tx: Tx,
        workshop_id: str,
        token: str | None,
        round_id: str,
        aspect: str | None,
        text: str,
        refusal: Refused,
    ) -> None:
        """What came too late is not taken, but not lost: its author finds it as a draft."""
        round_ = self._agenda(tx, workshop_id).round(round_id)
        participant = _person(tx, workshop_id, token)
        if refusal.code == "closed" and round_ and participant and text.strip():
            tx.put_draft(participant.id, _draft(round_.question_id, text, aspect, refusal))

    def _taking(
        self, tx: Tx, workshop_id: str, token: str | None, round_id: str
    ) -> tuple[Agenda, Participant, Round]:
        """Who is answering in which open round, or the refusal that says what is wrong."""
        agenda = self._agenda(tx, workshop_id)
        participant = _person(tx, workshop_id, token)
        if participant is None:
            raise Forbidden("not-joined", N_("Please join the workshop first."))
        # The transaction holds the write lock: nobody closes the round before the answer is in.
        round_ = agenda.round(round_id)
        return agenda, participant, require_open(round_)

    def erase(self, workshop_id: str, token: str | None) -> Future[None]:
        """Delete this person's answers, contributions and pseudonym. This can't be undone."""

        def run(tx: Tx) -> None:
            hashed = hash_token(token or "", workshop_id)
            participant = tx.participant(workshop_id, hashed)
            if participant is None:
                raise Forbidden("not-joined", N_("Please join the workshop first."))
            agenda = self._agenda(tx, workshop_id)
            tx.erase_participant(participant.id)
            # What others' statements say of their origin changes in every workshop of the process.
            tx.touch_process(agenda.process.id)

        return self.store.submit(run)


def _person(reader: Reader, workshop_id: str, token: str | None) -> Participant | None:
    """Whose cookie that is in this workshop; None for nobody's."""
    return reader.participant(workshop_id, hash_token(token, workshop_id)) if token else None


def _draft(question_id: str, text: str, aspect: str | None, refusal: Refused) -> Draft:
    """What could not be taken, as its author will find it again."""
    kind = Aspect(aspect) if aspect in set(Aspect) else None
    # Databases keep neither NUL nor half a surrogate pair, and nobody types them.
    text = text.replace("\0", "").encode(errors="ignore").decode()
    return Draft(question_id, text[:MAX_DRAFT], kind, refusal.code)
