"""What a participant does: join, answer, contribute, correct, erase.

Writes return futures that are done once the answer is on disk; routes await them, so that a
thousand phones need no thousand threads. The way of an answer is described in the design.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

from workshop.access import hash_token, new_id, new_token
from workshop.agenda import require_open, require_question
from workshop.answers import (
    NO_ANSWER,
    clean_aspect,
    clean_step,
    clean_text,
    clean_word,
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
    KeyQuestion,
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
from workshop.whole_answers import clean_whole

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
        axis: int = 1,
        order: int | None = None,
        doubtful: bool = False,
    ) -> Future[int | None]:
        """Keep a rating: `raw` is a step of the scale, or "0" for *keine Antwort*.

        Of a matrix `axis` says on which of its two scales; *keine Antwort* is of both. Done once it
        is on disk; the last answer to an item counts: `order` and `doubtful` are what `Taps` makes
        of them.

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
                given = (statement_id, axis, raw)
                return self._repeated(tx, workshop_id, token, round_id, given, refusal)
            require_asked(agenda, round_, statement_id)
            question = require_question(agenda, round_.question_id)
            value = clean_step(question, raw, axis)
            item = (round_.id, f"{statement_id}:{axis}", participant.id)
            if self._taps.overtaken(item, order, doubtful=doubtful):
                return value
            answer = Answer(round_.id, participant.id, statement_id, value)
            if question.second is not None and value is not None:
                answer = _on_axis(tx, answer, axis)
            self._put(tx, participant, [answer])
            return value

        return self.store.submit(run)

    def answer_whole(
        self,
        workshop_id: str,
        token: str | None,
        round_id: str,
        values: Mapping[str, str] | None,
        *,
        order: int | None = None,
        doubtful: bool = False,
    ) -> Future[None]:
        """Keep a ranking, an allocation or a choice: all of it, or nothing.

        `values` are as for `clean_whole`: by option what was typed, None for *keine Antwort*.

        Raises (through the future):
            As `answer` and `clean_whole`.
        """

        def run(tx: Tx) -> None:
            try:
                agenda, participant, round_ = self._taking(tx, workshop_id, token, round_id)
            except Refused as refusal:
                if refusal.code != "closed" or not self._kept_already(
                    tx, workshop_id, token, round_id, values
                ):
                    raise
                return
            question = require_question(agenda, round_.question_id).asked_in(round_)
            asked = [s.id for s in agenda.asked(round_)]
            cleaned = clean_whole(question, asked, values)
            if self._taps.overtaken((round_.id, "", participant.id), order, doubtful=doubtful):
                return
            self._put(
                tx,
                participant,
                [Answer(round_.id, participant.id, s, v) for s, v in cleaned.items()],
            )

        return self.store.submit(run)

    def _put(self, tx: Tx, participant: Participant, answers: Sequence[Answer]) -> None:
        """Put them on disk, and note that the person is there."""
        now = self.clock()
        for answer in answers:
            tx.put_answer(answer, now)
        if not timedelta(0) <= now - participant.last_seen < SEEN_EVERY:
            tx.seen(participant.id, now)
        tx.touch(participant.workshop_id, phase=False)

    def _kept_already(
        self,
        tx: Tx,
        workshop_id: str,
        token: str | None,
        round_id: str,
        values: Mapping[str, str] | None,
    ) -> bool:
        """Whether a whole answer that comes after the close is what was kept before it."""
        person = _person(tx, workshop_id, token)
        kept = {
            a.statement_id: a.value
            for a in (tx.answers_of(person.id) if person else ())
            if a.round_id == round_id
        }
        round_ = tx.round(round_id)
        question = self._agenda(tx, workshop_id).question(round_.question_id if round_ else None)
        if not kept or question is None:
            return False
        try:
            return clean_whole(question.asked_in(round_), list(kept), values) == kept
        except Refused:
            return False

    def _repeated(
        self,
        tx: Tx,
        workshop_id: str,
        token: str | None,
        round_id: str,
        given: tuple[str, int, str],
        refusal: Refused,
    ) -> int | None:
        """What is kept already isn't refused because its acknowledgement was lost on the way."""
        statement_id, axis, raw = given
        person = _person(tx, workshop_id, token)
        for answer in tx.answers_of(person.id) if person else ():
            value = answer.value if axis == 1 else answer.second
            if (answer.round_id, answer.statement_id) == (round_id, statement_id) and str(
                value or NO_ANSWER
            ) == raw:
                return value
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
            question = require_question(agenda, round_.question_id).asked_in(round_)
            now = self.clock()
            try:
                clean, kind = _written(question, text, aspect)
                if question.kind is QuestionKind.WORDS and question.most is not None:
                    _require_room(tx, participant, round_, question.most, fingerprint(kind, clean))
            except Refused as refusal:
                if refusal.code == "wrong-kind":
                    raise
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
                waiting=agenda.workshop.moderated,
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


def _on_axis(reader: Reader, answer: Answer, axis: int) -> Answer:
    """The answer on one axis of a matrix, beside what was said on the other."""
    mine = (a for a in reader.answers_of(answer.participant_id) if a.round_id == answer.round_id)
    before = next((a for a in mine if a.statement_id == answer.statement_id), answer)
    if axis == 1:
        return replace(answer, second=before.second)
    return replace(
        answer, value=before.value if before is not answer else None, second=answer.value
    )


def _written(question: KeyQuestion, text: str, aspect: str | None) -> tuple[str, Aspect | None]:
    """A contribution as it is kept: its text, and what it is; a word or a proposed question is
    neither goal nor interest.

    Raises:
        Refused: for a question that isn't answered in words, and as `clean_text`, `clean_aspect`.
    """
    if question.kind is QuestionKind.WORDS:
        return clean_word(text), None
    if question.kind is QuestionKind.PROPOSE:
        return clean_text(text), None
    if question.kind is not QuestionKind.COLLECT:
        raise Refused("wrong-kind", N_("This question is not answered in words."))
    return clean_text(text), clean_aspect(aspect)


def _require_room(tx: Tx, participant: Participant, round_: Round, most: int, new: str) -> None:
    """One person sends so many words, and the same one again is no more than the first.

    Raises:
        Refused: when there are as many already.
    """
    own = {fingerprint(s.aspect, s.text) for s in tx.contributions_of(participant.id, round_.id)}
    if new not in own and len(own) >= most:
        raise Refused(
            "enough-words", N_("You have sent {most} already: thank you, that is all."), most=most
        )


def _draft(question_id: str, text: str, aspect: str | None, refusal: Refused) -> Draft:
    """What could not be taken, as its author will find it again."""
    kind = Aspect(aspect) if aspect in set(Aspect) else None
    # Databases keep neither NUL nor half a surrogate pair, and nobody types them.
    text = text.replace("\0", "").encode(errors="ignore").decode()
    return Draft(question_id, text[:MAX_DRAFT], kind, refusal.code)
