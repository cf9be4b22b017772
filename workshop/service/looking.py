"""What one phone may know: the workshop as it sees it now, and what is kept of its person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from workshop.access import hash_token, tidy_code
from workshop.agenda import PhoneState, PhoneView, phone_view
from workshop.building import by_value, tally
from workshop.enough import least_shown
from workshop.errors import Forbidden, NotFound
from workshop.i18n import N_
from workshop.model import (
    Agenda,
    Answer,
    Draft,
    KeyQuestion,
    Participant,
    Round,
    Statement,
    Workshop,
)
from workshop.moderation import shown
from workshop.ports import Reader, Tx
from workshop.results import Counts
from workshop.service.base import PRESENT_FOR, Base
from workshop.themes import Theme, of_question
from workshop.whole import WholeResult, whole_result

SEEN_EVERY = timedelta(minutes=1)
"""Between two notes of somebody's presence; ten minutes make them absent."""


@dataclass(frozen=True)
class Phone:
    """All that one phone may know now. Nothing of an unrevealed result is in it."""

    agenda: Agenda
    view: PhoneView
    participant: Participant | None
    answers: Mapping[str, int | None] = field(default_factory=dict)
    earlier: Mapping[str, int | None] = field(default_factory=dict)
    room: Mapping[str, Counts] = field(default_factory=dict)
    second: Mapping[str, int | None] = field(default_factory=dict)
    earlier_second: Mapping[str, int | None] = field(default_factory=dict)
    room_second: Mapping[str, Counts] = field(default_factory=dict)
    whole: WholeResult | None = None
    contributions: tuple[Statement, ...] = ()
    shown: tuple[Statement, ...] = ()
    themes: tuple[Theme, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True)
class Mine:
    """What is kept of one person in one workshop, as only they may read it."""

    agenda: Agenda
    participant: Participant
    answers: tuple[Answer, ...]
    contributions: tuple[Statement, ...]
    drafts: tuple[Draft, ...]


class Looking(Base):
    """Use cases of a phone that change nothing but its presence."""

    def find(self, raw_code: str) -> Workshop:
        """The workshop of a join code as typed. Raises `NotFound` with a sentence."""
        code = tidy_code(raw_code)
        found = self.store.read(lambda reader: reader.workshop_by_code(code)) if code else None
        if found is None:
            raise NotFound(
                "no-code", N_("There is no workshop with this code. Please check the eight digits.")
            )
        return found

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
        if view.question.is_written:
            own = tuple(reader.contributions_of(participant.id, view.round.id))
            if view.state is PhoneState.RESULTS:
                everything = reader.contributions(agenda.workshop.id)
                revealed = agenda.revealed_ids(view.question.id)
                themes = of_question(reader.themes(agenda.workshop.id), view.question.id)
                said = shown(everything, revealed, themes)
                phone = replace(phone, shown=said, themes=themes)
            drafts = {d.question_id: d for d in reader.drafts(participant.id)}
            draft = drafts.get(view.question.id)
            return replace(phone, contributions=own, draft=draft)
        return self._look_at_answers(reader, phone, view.question, view.round)

    def _look_at_answers(
        self, reader: Reader, phone: Phone, question: KeyQuestion, round_: Round
    ) -> Phone:
        first: dict[str, dict[str, int | None]] = {}
        second: dict[str, dict[str, int | None]] = {}
        for answer in reader.answers_of(phone.participant.id if phone.participant else ""):
            first.setdefault(answer.round_id, {})[answer.statement_id] = answer.value
            second.setdefault(answer.round_id, {})[answer.statement_id] = answer.second
        phone = replace(phone, answers=first.get(round_.id, {}), second=second.get(round_.id, {}))
        before = phone.agenda.revealed_round(question.id)
        if before is None or not before.statement_ids:
            return phone
        if before.id != round_.id:
            phone = replace(
                phone, earlier=first.get(before.id, {}), earlier_second=second.get(before.id, {})
            )
        return _with_room(reader, phone, question, before)

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


def _with_room(reader: Reader, phone: Phone, question: KeyQuestion, before: Round) -> Phone:
    """What the room said in a revealed round, as far as this phone may know it.

    Who comes late answers before seeing what the room said; a closed round may reopen.
    """
    results = phone.view.state is PhoneState.RESULTS
    knows = phone.earlier.keys() | phone.answers.keys()
    rows, least = reader.counts([before.id]), least_shown(phone.agenda.workshop)
    if question.is_whole:
        asked = phone.agenda.asked(before)
        if not results and not knows:
            return phone
        whole = whole_result(question, before, asked, by_value(rows), least=least)
        return replace(phone, whole=whole)
    room = tally(rows, question.scale, least)[before.id]
    second = {}
    if question.second is not None:
        second = tally(reader.second_counts([before.id]), question.second, least)[before.id]
    if not results:
        room = {sid: c for sid, c in room.items() if sid in knows}
        second = {sid: c for sid, c in second.items() if sid in knows}
    return replace(phone, room=room, room_second=second)
