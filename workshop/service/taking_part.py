"""What a participant does: join, answer, contribute, correct, erase.

Writes return futures that are done once the answer is on disk; routes await them, so that a
thousand phones need no thousand threads. The way of an answer is described in the design.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import timedelta

from workshop.access import hash_token, new_id, new_token, tidy_code
from workshop.agenda import PhoneState, PhoneView, phone_view, require_open, require_question
from workshop.answers import (
    NO_ANSWER,
    clean_aspect,
    clean_text,
    clean_value,
    fingerprint,
    require_asked,
)
from workshop.errors import Forbidden, NotFound, Refused
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
    Workshop,
)
from workshop.ports import Reader, Tx
from workshop.results import Counts, tally
from workshop.service.base import PRESENT_FOR, Base, require_workshop
from workshop.service.sending import row_of, unwrapped

SEEN_EVERY = timedelta(minutes=1)
"""Between two notes of somebody's presence; ten minutes make them absent."""

MAX_DRAFT = 20_000
"""Characters of a refused text that are kept for its author to shorten."""


@dataclass(frozen=True)
class Phone:
    """All that one phone may know now. Nothing of an unrevealed result is in it."""

    agenda: Agenda
    view: PhoneView
    participant: Participant | None
    answers: Mapping[str, int | None] = field(default_factory=dict)
    earlier: Mapping[str, int | None] = field(default_factory=dict)
    room: Mapping[str, Counts] = field(default_factory=dict)
    contributions: tuple[Statement, ...] = ()
    shown: tuple[Statement, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True)
class Mine:
    """What is kept of one person in one workshop, as only they may read it."""

    agenda: Agenda
    participant: Participant
    answers: tuple[Answer, ...]
    contributions: tuple[Statement, ...]
    drafts: tuple[Draft, ...]


class TakingPart(Base):
    """The use cases of a phone. `token` is the value of the participant's cookie."""

    def find(self, raw_code: str) -> Workshop:
        """The workshop of a join code as typed. Raises `NotFound` with a sentence."""
        code = tidy_code(raw_code)
        found = self.store.read(lambda reader: reader.workshop_by_code(code)) if code else None
        if found is None:
            raise NotFound(
                "no-code", N_("There is no workshop with this code. Please check the eight digits.")
            )
        return found

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

    def phone(self, workshop_id: str, token: str | None) -> Phone:
        """What this phone shows now; `participant` is None for who hasn't joined."""
        agenda = self._read_agenda(workshop_id)
        view = phone_view(agenda)
        if token is None:
            return Phone(agenda, view, None)
        hashed = hash_token(token, workshop_id)

        def look(reader: Reader) -> Phone:
            participant = reader.participant(workshop_id, hashed)
            if participant is None:
                return Phone(agenda, view, None)
            return self._look(reader, agenda, view, participant)

        phone = self.store.read(look)
        if phone.participant is not None:
            self.note_presence(phone.participant)
        return phone

    def _look(
        self, reader: Reader, agenda: Agenda, view: PhoneView, participant: Participant
    ) -> Phone:
        phone = Phone(agenda, view, participant)
        if view.round is None or view.question is None:
            return phone
        if view.question.kind is QuestionKind.COLLECT:
            own = tuple(reader.contributions_of(participant.id, view.round.id))
            shown: tuple[Statement, ...] = ()
            if view.state is PhoneState.RESULTS:
                everything = reader.contributions(agenda.workshop.id)
                revealed = agenda.revealed_ids(view.question.id)
                shown = tuple(s for s in everything if s.round_id in revealed and not s.hidden)
            drafts = {d.question_id: d for d in reader.drafts(participant.id)}
            draft = drafts.get(view.question.id)
            return replace(phone, contributions=own, shown=shown, draft=draft)
        by_round: dict[str, dict[str, int | None]] = {}
        for answer in reader.answers_of(participant.id):
            by_round.setdefault(answer.round_id, {})[answer.statement_id] = answer.value
        answers = by_round.get(view.round.id, {})
        before = agenda.revealed_round(view.question.id)
        if before is None:
            return replace(phone, answers=answers)
        earlier = by_round.get(before.id, {}) if before.id != view.round.id else {}
        room = tally(reader.counts([before.id]), view.question)[before.id]
        if view.state is not PhoneState.RESULTS:
            # Who comes late answers before seeing what the room said; a closed round may reopen.
            room = {sid: c for sid, c in room.items() if sid in earlier or sid in answers}
        return replace(phone, answers=answers, earlier=earlier, room=room)

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

    def mine(self, workshop_id: str, token: str | None) -> Mine:
        """All that is kept of this person in this workshop, for their own eyes.

        Raises:
            Forbidden: who hasn't joined.
        """
        agenda = self._read_agenda(workshop_id)

        def look(reader: Reader) -> Mine:
            hashed = hash_token(token or "", workshop_id)
            participant = reader.participant(workshop_id, hashed)
            if participant is None:
                raise Forbidden("not-joined", N_("Please join the workshop first."))
            written = [
                s for r in agenda.rounds for s in reader.contributions_of(participant.id, r.id)
            ]
            answers = tuple(reader.answers_of(participant.id))
            drafts = tuple(reader.drafts(participant.id))
            return Mine(agenda, participant, answers, tuple(written), drafts)

        return self.store.read(look)

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

    def note_presence(self, participant: Participant) -> None:
        """Somebody is there: kept at most once a minute, told only when they had been away."""
        now = self.clock()
        noted = self._seen.get(participant.id)
        if noted is not None and timedelta(0) <= now - noted < SEEN_EVERY:
            return
        self._seen[participant.id] = now

        def run(tx: Tx) -> None:
            tx.seen(participant.id, now)
            if now - participant.last_seen > PRESENT_FOR:
                tx.touch(participant.workshop_id, phase=False)

        self.store.submit(run)


def _person(reader: Reader, workshop_id: str, token: str | None) -> Participant | None:
    """Whose cookie that is in this workshop; None for nobody's."""
    return reader.participant(workshop_id, hash_token(token, workshop_id)) if token else None


def _draft(question_id: str, text: str, aspect: str | None, refusal: Refused) -> Draft:
    """What could not be taken, as its author will find it again."""
    kind = Aspect(aspect) if aspect in set(Aspect) else None
    # Databases keep neither NUL nor half a surrogate pair, and nobody types them.
    text = text.replace("\0", "").encode(errors="ignore").decode()
    return Draft(question_id, text[:MAX_DRAFT], kind, refusal.code)
