"""The running order: which state a round may go to, and what comes next.

The rule that a closed round takes no answer is `require_open`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import (
    Agenda,
    KeyQuestion,
    QuestionKind,
    Round,
    RoundState,
    Stage,
    StageView,
)


class Move(StrEnum):
    """What can be done to a round."""

    OPEN = "open"
    CLOSE = "close"
    REVEAL = "reveal"


_ALLOWED: dict[tuple[RoundState, Move], RoundState] = {
    (RoundState.DRAFT, Move.OPEN): RoundState.OPEN,
    (RoundState.OPEN, Move.CLOSE): RoundState.CLOSED,
    (RoundState.CLOSED, Move.OPEN): RoundState.OPEN,  # reopened before the reveal: it goes on
    (RoundState.CLOSED, Move.REVEAL): RoundState.REVEALED,
    # Revealing an open round closes it in the same breath; nobody answers what is on the wall.
    (RoundState.OPEN, Move.REVEAL): RoundState.REVEALED,
}

_REFUSALS: dict[Move, str] = {
    Move.OPEN: N_("This round is already open."),
    Move.CLOSE: N_("There is no open round of this question to close."),
    Move.REVEAL: N_("There is no closed round of this question to reveal."),
}


def current_round(agenda: Agenda, question: KeyQuestion) -> tuple[int, RoundState]:
    """Number and state of the round that a move on this question is about.

    Where no round was opened yet this is round 1 in draft.
    """
    latest = agenda.latest_round(question.id)
    return (latest.number, latest.state) if latest else (1, RoundState.DRAFT)


def next_round(agenda: Agenda, question: KeyQuestion) -> tuple[int, RoundState]:
    """Number and state of the round that opening this question would open.

    After a reveal that is the next number, in draft; before it the same round goes on.
    """
    number, state = current_round(agenda, question)
    return (number + 1, RoundState.DRAFT) if state is RoundState.REVEALED else (number, state)


def moved(state: RoundState, move: Move) -> RoundState:
    """The state after a move.

    Raises:
        Refused: when that state does not allow the move.
    """
    target = _ALLOWED.get((state, move))
    if target is None:
        raise Refused(f"cannot-{move}", _REFUSALS[move])
    return target


def require_open(round_: Round | None) -> Round:
    """A round takes answers while it is open, and at no other time.

    Raises:
        Refused: when the round is not open (or there is none).
    """
    if round_ is None or round_.state is not RoundState.OPEN:
        raise Refused(
            "closed", N_("This round is closed. What you sent before is kept, this is not.")
        )
    return round_


def require_question(agenda: Agenda, question_id: str) -> KeyQuestion:
    """The question of that id.

    Raises:
        NotFound: when this process has no such question.
    """
    question = agenda.question(question_id)
    if question is None:
        raise NotFound("no-question", N_("There is no such key question in this workshop."))
    return question


def is_askable(agenda: Agenda, question: KeyQuestion) -> bool:
    """Whether there is something to answer: a rating question needs statements."""
    return question.kind is not QuestionKind.RATE or bool(agenda.statements_of(question.id))


def require_askable(agenda: Agenda, question: KeyQuestion) -> None:
    """A rating question needs statements before it can be opened.

    Raises:
        Refused: when there is nothing to rate yet.
    """
    if not is_askable(agenda, question):
        raise Refused(
            "nothing-to-rate",
            N_(
                "There is nothing to rate yet: turn perspectives into statements, "
                "or write one, then open the round."
            ),
        )


def running_order(agenda: Agenda) -> tuple[KeyQuestion, ...]:
    """The key questions in the order in which they are asked: by cluster, then by position."""
    rank = {c.id: (c.position, c.id) for c in agenda.clusters}
    last = (len(rank), "")
    return tuple(sorted(agenda.questions, key=lambda q: (rank.get(q.cluster_id, last), q.position)))


@dataclass(frozen=True, slots=True)
class Step:
    """What the moderator's next key press would do."""

    action: str  # "open" | "close" | "reveal" | "show" | "clusters" | "thanks"
    question_id: str | None = None


def next_step(agenda: Agenda) -> Step | None:
    """What *next* does now: open → close → reveal → the next question … → clusters → thanks.

    A rating question without statements can't be opened, so it is passed by. None at the end.
    """
    stage = agenda.workshop.stage
    order = running_order(agenda)
    if stage.view is StageView.THANKS:
        return None
    if stage.view is StageView.CLUSTERS:
        return Step("thanks")
    question = agenda.question(stage.question_id)
    if question is None or stage.view is StageView.LOBBY:
        return Step("show", order[0].id) if order else Step("clusters")
    if stage.view is StageView.QUESTION:
        _, state = current_round(agenda, question)
        if state is RoundState.DRAFT and not is_askable(agenda, question):
            return _after(order, question)
        by_state = {
            RoundState.DRAFT: "open",
            RoundState.OPEN: "close",
            RoundState.CLOSED: "reveal",
            RoundState.REVEALED: "show-result",
        }
        return Step(by_state[state], question.id)
    return _after(order, question)


def _after(order: tuple[KeyQuestion, ...], question: KeyQuestion) -> Step:
    following = order[order.index(question) + 1 :]
    return Step("show", following[0].id) if following else Step("clusters")


def previous_stage(agenda: Agenda) -> Stage | None:
    """What the stage showed one step before, for *back*; None in the lobby."""
    stage = agenda.workshop.stage
    order = running_order(agenda)
    if stage.view is StageView.LOBBY or not order:
        return None
    if stage.view is StageView.THANKS:
        return Stage(StageView.CLUSTERS, None, stage.qr)
    if stage.view is StageView.CLUSTERS:
        return _end_of(agenda, order[-1], stage.qr)
    question = agenda.question(stage.question_id)
    if question is None:
        return Stage(StageView.LOBBY, None, stage.qr)
    if stage.view is StageView.RESULT:
        return Stage(StageView.QUESTION, question.id, stage.qr)
    index = order.index(question)
    return _end_of(agenda, order[index - 1], stage.qr) if index else Stage(qr=stage.qr)


def _end_of(agenda: Agenda, question: KeyQuestion, qr: bool) -> Stage:
    """The last thing that the stage could show of a question."""
    revealed = agenda.revealed_round(question.id) is not None
    return Stage(StageView.RESULT if revealed else StageView.QUESTION, question.id, qr)


class PhoneState(StrEnum):
    """The four states of a phone, and the two ends of an evening."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    RESULTS = "results"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PhoneView:
    """What a phone shows: its state, and the question and round it is about."""

    state: PhoneState
    question: KeyQuestion | None = None
    round: Round | None = None


def phone_view(agenda: Agenda) -> PhoneView:
    """What every phone of the workshop shows now; the same for all of them.

    An open round comes first, whatever the stage shows. Else the phone follows the stage, and
    a result reaches it only when its round is revealed and the stage shows it.
    """
    if agenda.workshop.ended:
        return PhoneView(PhoneState.ENDED)
    open_round = agenda.open_round
    if open_round is not None:
        return PhoneView(PhoneState.OPEN, agenda.question(open_round.question_id), open_round)
    stage = agenda.workshop.stage
    question = agenda.question(stage.question_id)
    if question is None or stage.view not in (StageView.QUESTION, StageView.RESULT):
        return PhoneView(PhoneState.WAITING)
    revealed = agenda.revealed_round(question.id)
    if stage.view is StageView.RESULT and revealed is not None:
        return PhoneView(PhoneState.RESULTS, question, revealed)
    latest = agenda.latest_round(question.id)
    if latest is not None and latest.state is not RoundState.DRAFT:
        return PhoneView(PhoneState.CLOSED, question, latest)
    return PhoneView(PhoneState.WAITING)
