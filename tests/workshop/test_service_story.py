"""Any evening at all: random people and moderators, and what must hold whatever they do."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select

from db.plain import ACTION
from tests.rooms import HandClock, make_service, prepare
from workshop.agenda import PhoneState
from workshop.errors import Refused
from workshop.model import OPERATOR, Actor, Agenda, Role, Round, RoundState, StageView
from workshop.results import Counts

ANY = st.integers(0, 10_000)
"""Picks one of however many there are now."""

TEXTS = st.sampled_from(["Mehr Bäume", "mehr bäume", "Weniger Lärm", "", "x" * 501, "👨‍👩‍👧"])


class Evening(RuleBasedStateMachine):
    """A workshop with two questions in use; the model remembers what people last answered."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self.clock = HandClock()
        self._running = self._stack.enter_context(
            make_service(f"sqlite:///{folder}/einklang.db", self.clock)
        )
        self.service = self._running.service
        self.workshop = prepare(self.service)
        self.questions = (self.workshop.rate, self.workshop.collect)
        # What was prepared can't be taken back in this story, so that undo has an end to find.
        self.prepared_actions = self._actions()
        self.start = self.workshop.agenda
        self.people: list[str] = []
        self.given: dict[str, dict[tuple[str, str], int | None]] = {}
        self.versions = self.service.versions(self.workshop.id)

    def teardown(self) -> None:
        """Take everything back, compare with the beginning, close the database."""
        try:
            self._take_all_back()
        finally:
            self._stack.close()

    # --- people ---------------------------------------------------------------------------

    @rule(segment=st.sampled_from(["science", "business", "mayor"]))
    def join(self, segment: str) -> None:
        with suppress(Refused):
            token, _ = self.service.join(self.workshop.id, None, segment).result(20)
            self.people.append(token)
            self.given[token] = {}

    @precondition(lambda self: self.people)
    @rule(who=ANY, what=ANY, which=ANY, raw=st.sampled_from([*"0123456", "00011", "x"]))
    def answer(self, who: int, what: int, which: int, raw: str) -> None:
        agenda, token = self.workshop.agenda, self.people[who % len(self.people)]
        if not agenda.rounds:
            return
        # Mostly the open one, sometimes any other.
        other = agenda.rounds[what % len(agenda.rounds)]
        round_ = other if what % 4 == 0 else agenda.open_round or other
        statement = agenda.statements[which % len(agenda.statements)]
        future = self.service.answer(self.workshop.id, token, round_.id, statement.id, raw)
        try:
            value = future.result(20)
        except Refused as refused:
            assert refused.code in ("closed", "no-statement", "bad-value")
            return
        asked = {s.id for s in agenda.asked(round_)}
        assert (round_.state, statement.id in asked) == (RoundState.OPEN, True)
        self.given[token][round_.id, statement.id] = value

    @precondition(lambda self: self.people)
    @rule(who=ANY, what=ANY, text=TEXTS, aspect=st.sampled_from(["goal", "interest", ""]))
    def contribute(self, who: int, what: int, text: str, aspect: str) -> None:
        agenda, token = self.workshop.agenda, self.people[who % len(self.people)]
        if agenda.rounds:
            round_ = agenda.open_round or agenda.rounds[what % len(agenda.rounds)]
            future = self.service.contribute(self.workshop.id, token, round_.id, aspect, text)
            with suppress(Refused):
                future.result(20)

    @precondition(lambda self: len(self.people) > 2)
    @rule(who=ANY)
    def erase(self, who: int) -> None:
        token = self.people.pop(who % len(self.people))
        del self.given[token]
        self.service.erase(self.workshop.id, token).result(20)

    # --- the moderator --------------------------------------------------------------------

    @rule(
        which=st.sampled_from([0, 0, 1]),
        move=st.sampled_from(["open_round", "open_round", "close_round", "reveal_round"]),
    )
    def move(self, which: int, move: str) -> None:
        with suppress(Refused):
            getattr(self.service, move)(OPERATOR, self.workshop.id, self.questions[which].id)

    @rule(which=st.integers(0, 1), view=st.sampled_from(StageView))
    def show(self, which: int, view: StageView) -> None:
        with suppress(Refused):
            self.service.show(OPERATOR, self.workshop.id, view, self.questions[which].id)

    @rule(step=st.sampled_from(["next", "next", "back"]))
    def step(self, step: str) -> None:
        with suppress(Refused):
            getattr(self.service, step)(OPERATOR, self.workshop.id)

    @rule(text=TEXTS)
    def add(self, text: str) -> None:
        with suppress(Refused):
            self.service.add_statement(OPERATOR, self.workshop.id, self.questions[0].id, text)

    @rule(which=ANY, hidden=st.booleans())
    def hide(self, which: int, hidden: bool) -> None:
        texts = self._texts()
        text = texts[which % len(texts)]
        self.service.hide_statement(OPERATOR, self.workshop.id, text, hidden)

    @rule(which=ANY, text=TEXTS)
    def edit(self, which: int, text: str) -> None:
        texts = self._texts()
        with suppress(Refused):
            self.service.edit_statement(OPERATOR, self.workshop.id, texts[which % len(texts)], text)

    @rule(which=ANY)
    def promote(self, which: int) -> None:
        collect = self.questions[1].id
        said = self.service.contributions(OPERATOR, self.workshop.id, collect, hidden=True)
        if said:
            self.service.promote(OPERATOR, self.workshop.id, said[which % len(said)].id)

    @rule(locked=st.booleans())
    def lock(self, locked: bool) -> None:
        self.service.lock_door(OPERATOR, self.workshop.id, locked)

    @rule(ended=st.sampled_from([True, False, False]))
    def end(self, ended: bool) -> None:
        self.service.end_workshop(OPERATOR, self.workshop.id, ended)

    @precondition(lambda self: self._actions() > self.prepared_actions)
    @rule()
    def undo(self) -> None:
        self.service.undo(OPERATOR, self.workshop.id)

    @rule(minutes=st.sampled_from([1, 6, 20]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    # --- what must hold -------------------------------------------------------------------

    @invariant()
    def versions_grow(self) -> None:
        before, self.versions = self.versions, self.service.versions(self.workshop.id)
        version, phase = self.versions
        assert version >= before[0]
        assert phase >= before[1]
        assert phase <= version

    @invariant()
    def at_most_one_round_is_open(self) -> None:
        states = [r.state for r in self.workshop.agenda.rounds]
        assert states.count(RoundState.OPEN) <= 1
        assert RoundState.OPEN not in states or not self.workshop.agenda.workshop.ended

    @invariant()
    def the_cache_is_what_is_kept(self) -> None:
        kept = self._running.store.read(lambda reader: reader.agenda(self.workshop.id))
        assert kept is not None
        cached = self.workshop.agenda
        assert _plain(cached) == _plain(kept)

    @invariant()
    def x_is_never_above_y(self) -> None:
        for round_ in self.workshop.agenda.rounds:
            room = self.service.room(OPERATOR, self.workshop.id, round_.id)
            assert 0 <= room.answered <= room.present <= room.joined == len(self.people)

    @invariant()
    def results_are_of_revealed_rounds(self) -> None:
        agenda = self.workshop.agenda
        stage = Actor(Role.STAGE, self.workshop.id)
        results = self.service.results(stage, self.workshop.id)
        shown = {r.id for c in results.clusters for n in c.rounds for r in n.rounds}
        rated = [r for r in agenda.rounds if r.question_id == self.questions[0].id]
        assert shown == {r.id for r in rated if r.state is RoundState.REVEALED}
        said = self.service.contributions(stage, self.workshop.id, self.questions[1].id)
        assert all(self._is_revealed(s.round_id) for s in said)

    @invariant()
    def phones_know_their_own_answers_and_nothing_unrevealed(self) -> None:
        for token in self.people:
            phone = self.service.phone(self.workshop.id, token)
            assert phone.participant is not None
            assert all(self._is_revealed(s.round_id) and not s.hidden for s in phone.shown)
            before = phone.agenda.revealed_round(phone.view.question and phone.view.question.id)
            if before is None:
                assert (phone.room, phone.shown, phone.earlier) == ({}, (), {})
            if phone.view.round is None or phone.view.round.question_id != self.questions[0].id:
                assert phone.room == {}
                continue
            own = self.given[token]
            assert phone.answers == _in(own, phone.view.round)
            if before is not None:
                everything = self._counted(before)
                if phone.view.state is not PhoneState.RESULTS:
                    answered = {*_in(own, before), *phone.answers}
                    everything = {s: c for s, c in everything.items() if s in answered}
                assert phone.room == everything

    # --- helpers --------------------------------------------------------------------------

    def _texts(self) -> list[str]:
        collect = self.questions[1].id
        said = self.service.contributions(OPERATOR, self.workshop.id, collect, hidden=True)
        return [s.id for s in (*self.workshop.agenda.statements, *said)]

    def _is_revealed(self, round_id: str | None) -> bool:
        round_ = self.workshop.agenda.round(round_id)
        return round_ is not None and round_.state is RoundState.REVEALED

    def _counted(self, round_: Round) -> dict[str, Counts]:
        cells: dict[str, list[int]] = {}
        for answers in self.given.values():
            for statement, value in _in(answers, round_).items():
                cells.setdefault(statement, [0] * 6)[value or 0] += 1
        return {s: Counts(tuple(c[1:]), c[0]) for s, c in cells.items()}

    def _actions(self) -> int:
        """How many actions could be taken back now."""
        with self._running.database.reader.connect() as connection:
            query = select(func.count()).where(ACTION.c.undone.is_(False))
            return int(connection.execute(query).scalar_one())

    def _take_all_back(self) -> None:
        while self._actions() > self.prepared_actions:
            self.service.undo(OPERATOR, self.workshop.id)
        end, start = self.workshop.agenda, self.start
        assert _plain(end).workshop == _plain(start).workshop
        assert (end.clusters, end.questions, end.process) == (
            start.clusters,
            start.questions,
            start.process,
        )
        assert {r.state for r in end.rounds} <= {RoundState.CLOSED}
        kept = {s.id: s for s in end.statements}
        assert all(kept.pop(s.id) == s for s in start.statements)
        assert all(s.hidden for s in kept.values())
        answered = {round_id for answers in self.given.values() for round_id, _ in answers}
        assert answered <= {r.id for r in end.rounds}


def _in(answers: dict[tuple[str, str], int | None], round_: Round) -> dict[str, int | None]:
    return {statement: value for (rid, statement), value in answers.items() if rid == round_.id}


def _plain(agenda: Agenda) -> Agenda:
    """An agenda without its counters."""
    return replace(agenda, workshop=replace(agenda.workshop, version=0, phase=0), _by_id={})


TestEvening = Evening.TestCase
TestEvening.settings = settings(max_examples=12, stateful_step_count=40, deadline=None)
