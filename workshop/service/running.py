"""Running the room: rounds, the stage, the door, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workshop.access import new_id, require_moderator
from workshop.agenda import (
    MIN_OPTIONS,
    SHOWN_OF_RESULT,
    TOO_FEW_OPTIONS,
    Move,
    asked_next,
    can_be_backed,
    current_round,
    moved,
    next_round,
    next_step,
    previous_stage,
    require_askable,
    require_question,
    require_showable,
    turned_result,
)
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import (
    Actor,
    Agenda,
    KeyQuestion,
    Round,
    RoundState,
    Stage,
    StageView,
)
from workshop.moderation import shown
from workshop.ports import Tx
from workshop.service.base import COLLECTS, PRESENT_FOR
from workshop.service.conducting import Conducting, relit
from workshop.themes import of_question

MOST_AT_ONCE = 40
"""More statements than this are never asked without somebody having chosen them."""


TOO_FEW_TO_BACK: Final = N_(
    "There are fewer than two contributions to back. Please collect more, or show what is hidden."
)


class Running(Conducting):
    """What the moderator does while people are in the room. Every call returns the new agenda."""

    def open_round(
        self,
        actor: Actor,
        workshop_id: str,
        question_id: str,
        statement_ids: Sequence[str] | None = None,
    ) -> Agenda:
        """Open a question on every phone, and show it on the stage.

        A round that is closed but not revealed goes on; after a reveal the next round begins.
        An open round of another question is closed first. `statement_ids` are what a rating
        round asks, and what joins one that goes on; without them see `agenda.asked_next`.

        Raises:
            Refused: when this one is open already, when there is nothing to rate, when a chosen
                statement can't be asked, or when the workshop has ended.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            self._open(tx, agenda, require_question(agenda, question_id), statement_ids)

        return self._act(actor, workshop_id, N_("Open the round"), change)

    def close_round(self, actor: Actor, workshop_id: str, question_id: str) -> Agenda:
        """Take no more answers; nothing is shown yet."""

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            self._move(tx, agenda, question, Move.CLOSE)

        return self._act(actor, workshop_id, N_("Close the round"), change)

    def reveal_round(self, actor: Actor, workshop_id: str, question_id: str) -> Agenda:
        """Show a round's result on the stage and the phones; an open round is closed first."""

        def change(tx: Tx, agenda: Agenda) -> None:
            question = require_question(agenda, question_id)
            self._move(tx, agenda, question, Move.REVEAL)
            self._show(tx, agenda, StageView.RESULT, question.id)

        return self._act(actor, workshop_id, N_("Reveal the result"), change)

    def show(
        self,
        actor: Actor,
        workshop_id: str,
        view: StageView,
        question_id: str | None = None,
        page: int = 0,
    ) -> Agenda:
        """Put a view on the stage. Nothing that isn't revealed can be shown by it.

        Raises:
            Refused: for the result of a question without a revealed round, for who moved
                without two of them, for both strands where only one has rated the question.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            if view is StageView.QUESTION or view in SHOWN_OF_RESULT:
                require_showable(agenda, require_question(agenda, question_id or ""), view)
            self._show(tx, agenda, view, question_id, page)

        return self._act(actor, workshop_id, N_("Change the stage"), change)

    def next(self, actor: Actor, workshop_id: str) -> Agenda:
        """The moderator's one key: open, close, reveal, then on to the next question."""

        def change(tx: Tx, agenda: Agenda) -> None:
            step = next_step(agenda)
            if step is None:
                raise Refused("at-the-end", N_("This was the last step."))
            question = agenda.question(step.question_id)
            if question is None:
                self._show(tx, agenda, StageView(step.action), None)
            elif step.action == "open":
                _require_few(agenda, question)
                self._open(tx, agenda, question)
            elif step.action == "show":
                self._show(tx, agenda, StageView.QUESTION, question.id)
            elif step.action in (StageView.MOVES, StageView.STRANDS):
                self._show(tx, agenda, StageView(step.action), question.id)
            else:
                if step.action in (Move.CLOSE, Move.REVEAL):
                    self._move(tx, agenda, question, Move(step.action))
                if step.action != Move.CLOSE:
                    self._show(tx, agenda, StageView.RESULT, question.id)

        return self._act(actor, workshop_id, N_("Next step"), change)

    def back(self, actor: Actor, workshop_id: str) -> Agenda:
        """Show what the stage could show one step before; rounds stay as they are."""

        def change(tx: Tx, agenda: Agenda) -> None:
            stage = previous_stage(agenda)
            if stage is None:
                raise Refused("at-the-start", N_("This is the first step."))
            relit(tx, workshop_id, stage)

        return self._act(actor, workshop_id, N_("Change the stage"), change)

    def turn_result(self, actor: Actor, workshop_id: str) -> Agenda:
        """Reveal the result of the question on the stage, hide it, or show it again.

        Raises:
            Refused: see `agenda.turned_result`.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            step = turned_result(agenda)
            question = require_question(agenda, step.question_id or "")
            if step.action == Move.REVEAL:
                self._move(tx, agenda, question, Move.REVEAL)
            view = StageView.QUESTION if step.action == "hide" else StageView.RESULT
            self._show(tx, agenda, view, question.id)

        return self._act(actor, workshop_id, N_("Show or hide the result"), change)

    def show_qr(self, actor: Actor, workshop_id: str, shown: bool) -> Agenda:
        """Show or hide the QR code in the corner of the stage."""

        def change(tx: Tx, agenda: Agenda) -> None:
            stage = _stage(tx, workshop_id)
            relit(tx, workshop_id, replace(stage, qr=shown))

        action = N_("Show the QR code") if shown else N_("Hide the QR code")
        return self._act(actor, workshop_id, action, change)

    def lock_door(self, actor: Actor, workshop_id: str, locked: bool) -> Agenda:
        """Let nobody new in (or let them in again); who is in stays in."""
        action = N_("Lock the door") if locked else N_("Unlock the door")
        return self._act(
            actor,
            workshop_id,
            action,
            lambda tx, _: tx.set_workshop(workshop_id, locked=locked),
        )

    def set_invited(self, actor: Actor, workshop_id: str, invited: int | None) -> Agenda:
        """How many people were invited; None for unknown. Raises `Refused` unless 1…100 000."""
        if invited is not None and not 1 <= invited <= 100_000:
            raise Refused("bad-number", N_("Please give a number of people from 1 to 100,000."))
        return self._act(
            actor,
            workshop_id,
            N_("Set how many are invited"),
            lambda tx, _: tx.set_workshop(workshop_id, invited=invited),
            everywhere=True,
        )

    def end_workshop(self, actor: Actor, workshop_id: str, ended: bool = True) -> Agenda:
        """End the workshop: an open round is closed, phones and stage say thank you."""

        def change(tx: Tx, agenda: Agenda) -> None:
            if ended:
                self._close_open(tx, agenda)
                self._show(tx, agenda, StageView.THANKS, None)
            tx.set_workshop(workshop_id, ended=ended)

        action = N_("End the workshop") if ended else N_("Go on with the workshop")
        return self._act(actor, workshop_id, action, change)

    def undo(self, actor: Actor, workshop_id: str) -> str:
        """Take the last action back; returns its msgid. Answers are never undone.

        Raises:
            Refused: when there is nothing to take back.
        """
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> str:
            agenda = self._agenda(tx, workshop_id)
            action = tx.undo(workshop_id, self.clock())
            if action is None:
                raise Refused("nothing-to-undo", N_("There is nothing to take back."))
            tx.touch_process(agenda.process.id)
            return action

        return self.store.write(run)

    def _open(
        self,
        tx: Tx,
        agenda: Agenda,
        question: KeyQuestion,
        chosen: Sequence[str] | None = None,
    ) -> None:
        workshop = agenda.workshop
        if workshop.ended:
            raise Refused("ended", N_("This workshop has ended. Undo the end to go on."))
        asked = self._to_ask(tx, agenda, question, chosen)
        number, state = next_round(agenda, question)
        moved(state, Move.OPEN)
        self._close_open(tx, agenda)
        now = self.clock()
        if state is RoundState.CLOSED:
            latest = agenda.latest_round(question.id)
            if latest is None:
                raise NotFound("no-round", N_("There is no such round."))
            tx.set_round(latest.id, RoundState.OPEN, now)
            # Options are weighed up together: one that came later is asked in the next round.
            for statement_id in () if question.asked_in(latest).is_whole else asked:
                if statement_id not in latest.statement_ids:
                    tx.ask_in_round(latest.id, statement_id)
        else:
            tx.add_round(
                Round(
                    id=new_id(),
                    workshop_id=workshop.id,
                    question_id=question.id,
                    number=number,
                    state=RoundState.OPEN,
                    statement_ids=asked,
                    opened_at=now,
                )
            )
        self._show(tx, agenda, StageView.QUESTION, question.id)

    def _to_ask(
        self, tx: Tx, agenda: Agenda, question: KeyQuestion, chosen: Sequence[str] | None
    ) -> tuple[str, ...]:
        """The ids of what a round asks: statements, or the contributions that it lets people back.

        Raises:
            Refused: as `_chosen_or_all`.
        """
        if not can_be_backed(agenda, question):
            return _chosen_or_all(agenda, question, chosen)
        mine = agenda.workshop.id
        themes = of_question(tx.themes(mine), question.id)
        said = shown(tx.contributions(mine), agenda.revealed_ids(question.id), themes)
        visible = [s.id for s in said if s.question_id == question.id]
        wanted = visible if chosen is None else [key for key in visible if key in set(chosen)]
        if len(wanted) < MIN_OPTIONS:
            raise Refused("too-few-to-back", TOO_FEW_TO_BACK)
        return tuple(wanted)

    def _move(self, tx: Tx, agenda: Agenda, question: KeyQuestion, move: Move) -> None:
        _, state = current_round(agenda, question)
        target = moved(state, move)
        latest = agenda.latest_round(question.id)
        if latest is None:
            raise NotFound("no-round", N_("There is no such round."))
        self._shut(tx, latest, target)
        relit(tx, agenda.workshop.id, _stage(tx, agenda.workshop.id))
        if target is RoundState.REVEALED:
            # The other meetings of the process may show both strands.
            tx.touch_process(agenda.process.id)

    def _close_open(self, tx: Tx, agenda: Agenda) -> None:
        current = agenda.open_round
        if current is not None:
            self._shut(tx, current, RoundState.CLOSED)

    def _shut(self, tx: Tx, round_: Round, target: RoundState) -> None:
        """Close or reveal a round; who is there at the moment it closes is counted once.

        The time that people had for it is over, too.
        """
        now, present = self.clock(), round_.present
        if round_.state is RoundState.OPEN:
            present = tx.present(round_.workshop_id, now - PRESENT_FOR, round_.id)
        tx.set_round(round_.id, target, now, present=present)
        tx.set_workshop(round_.workshop_id, timer_ends_at=None)

    def _show(
        self, tx: Tx, agenda: Agenda, view: StageView, question_id: str | None, page: int = 0
    ) -> None:
        stage = _stage(tx, agenda.workshop.id)
        relit(tx, agenda.workshop.id, Stage(view, question_id, stage.qr, page))


def _chosen_or_all(
    agenda: Agenda, question: KeyQuestion, chosen: Sequence[str] | None
) -> tuple[str, ...]:
    """The ids of what a round asks, in the order of the question; none of one that collects.

    Raises:
        Refused: when there is nothing to rate, or a chosen statement can't be asked.
    """
    if question.is_written:
        if chosen is not None:
            raise Refused("wrong-kind", COLLECTS)
        return ()
    if chosen is None:
        require_askable(agenda, question)
        return tuple(s.id for s in asked_next(agenda, question))
    visible = [s.id for s in agenda.statements_of(question.id)]
    if not set(chosen) <= set(visible):
        raise Refused(
            "cannot-ask",
            N_("One of the chosen statements is hidden, or does not belong to this question."),
        )
    if not chosen:
        raise Refused("nothing-chosen", N_("Please choose at least one statement."))
    if question.is_whole and len(set(chosen)) < MIN_OPTIONS:
        raise Refused("too-few-options", TOO_FEW_OPTIONS)
    return tuple(key for key in visible if key in set(chosen))


def _require_few(agenda: Agenda, question: KeyQuestion) -> None:
    """One key must not put five hundred imported statements on thirty phones.

    Raises:
        Refused: where a choice has to be made first.
    """
    asked = len(asked_next(agenda, question))
    if asked > MOST_AT_ONCE:
        raise Refused(
            "choose-first",
            N_("This question has {n} statements: please choose which of them the round asks."),
            n=asked,
        )


def _stage(tx: Tx, workshop_id: str) -> Stage:
    workshop = tx.workshop(workshop_id)
    return workshop.stage if workshop else Stage()
