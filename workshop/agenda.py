"""The running order: which state a round may go to, and what comes next.

The rule that a closed round takes no answer is `require_open`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workshop.errors import NotFound, Refused
from workshop.freezing import as_seen
from workshop.i18n import N_
from workshop.model import (
    Agenda,
    KeyQuestion,
    QuestionKind,
    Round,
    RoundState,
    Stage,
    StageView,
    Statement,
)

MIN_OPTIONS: Final = 2
"""Who ranks, allocates or chooses, does so between at least two."""

ASKS_NOTHING: Final = N_("This step asks nothing: there is no round to open.")

TOO_FEW_OPTIONS: Final = N_(
    "This question needs at least two options: write them, then open the round."
)

SHOWN_OF_RESULT: Final = (StageView.RESULT, StageView.MOVES, StageView.STRANDS)
"""The views of a question's revealed result: meanwhile phones keep theirs."""


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


def can_be_backed(agenda: Agenda, question: KeyQuestion) -> bool:
    """Whether the next round of a written question lets people back what was revealed of it."""
    number, _ = next_round(agenda, question)
    latest = agenda.latest_round(question.id)
    goes_on = latest is not None and latest.number == number
    if goes_on and latest is not None:
        return question.is_written and bool(latest.statement_ids)
    return (
        question.is_written
        and question.most is not None
        and bool(question.kind is not QuestionKind.WORDS and agenda.revealed_ids(question.id))
    )


def is_askable(agenda: Agenda, question: KeyQuestion) -> bool:
    """Whether there is something to answer: statements to rate, or options to weigh up."""
    if not question.asks_statements:
        return question.is_written
    return len(asked_next(agenda, question)) >= (MIN_OPTIONS if question.is_whole else 1)


def asked_next(agenda: Agenda, question: KeyQuestion) -> tuple[Statement, ...]:
    """What a round of this question asks unless somebody chooses: the visible ones, in order.

    The first round asks all. A later one, or one that goes on, asks what the round before it
    asked, in today's wording, and what this workshop has added since; what others bring to the
    question is theirs until somebody chooses it.
    """
    visible = agenda.statements_of(question.id)
    before = agenda.latest_round(question.id)
    if before is None or before.opened_at is None:
        return visible
    mine, since, asked = agenda.workshop.id, before.opened_at, frozenset(before.statement_ids)

    def stays(statement: Statement) -> bool:
        return (statement.workshop_id == mine and statement.created_at > since) or _was_one_of(
            agenda, statement, asked
        )

    return tuple(s for s in visible if stays(s))


def _was_one_of(agenda: Agenda, statement: Statement, ids: frozenset[str]) -> bool:
    """Whether a statement is one of these, be it in a newer wording."""
    at: Statement | None = statement
    while at is not None:
        if at.id in ids:
            return True
        at = agenda.statement(at.source_id)
    return False


def require_askable(agenda: Agenda, question: KeyQuestion) -> None:
    """A rating question needs statements before it can be opened, a choice its options.

    Raises:
        Refused: when there is nothing to answer yet.
    """
    if question.is_step:
        raise Refused("asks-nothing", ASKS_NOTHING)
    if question.is_whole and not is_askable(agenda, question):
        raise Refused("too-few-options", TOO_FEW_OPTIONS)
    if not is_askable(agenda, question):
        raise Refused(
            "nothing-to-rate",
            N_(
                "There is nothing to rate yet: turn perspectives into statements, "
                "or write one, then open the round."
            ),
        )


def require_showable(agenda: Agenda, question: KeyQuestion, view: StageView) -> None:
    """A view of a question's result needs that there is such a result, and that it is revealed.

    Raises:
        Refused: when there is none.
    """
    if view is StageView.RESULT and agenda.revealed_round(question.id) is None:
        raise Refused("not-revealed", N_("There is no revealed result of this question yet."))
    if view is StageView.MOVES and not has_moves(agenda, question):
        raise Refused(
            "no-second-round",
            N_("Who moved can be shown once two rounds of this question are revealed."),
        )
    if view is StageView.STRANDS and not agenda.in_both_strands(question.id):
        raise Refused(
            "one-strand",
            N_("Council and citizens have not both rated the same statements of this question."),
        )


def running_order(agenda: Agenda) -> tuple[KeyQuestion, ...]:
    """The key questions in the order in which they are asked: by cluster, then by position."""
    rank = {c.id: (c.position, c.id) for c in agenda.clusters}
    last = (len(rank), "")
    return tuple(sorted(agenda.questions, key=lambda q: (rank.get(q.cluster_id, last), q.position)))


@dataclass(frozen=True, slots=True)
class Step:
    """What the moderator's next key press would do."""

    action: str
    """open, close, reveal, hide, show, show-result, moves, strands, clusters or thanks"""
    question_id: str | None = None


def next_step(agenda: Agenda) -> Step | None:
    """What *next* does now: open → close → reveal → the next question … → clusters → thanks.

    After the result of a second round comes who moved, and both strands where both rated the
    question. What has nothing to answer yet can't be opened, so it is passed by. None at
    the end.
    """
    stage = agenda.workshop.stage
    order = running_order(agenda)
    if stage.view is StageView.THANKS:
        return None
    if stage.view is StageView.CLUSTERS:
        return Step("thanks")
    question = agenda.question(stage.question_id)
    if stage.view is StageView.GROUPS:
        return _after_groups(agenda, order, question)
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
    views = _revealed_views(agenda, question)
    following = views[views.index(stage.view) + 1 :] if stage.view in views else ()
    return Step(following[0].value, question.id) if following else _after(order, question)


def turned_result(agenda: Agenda) -> Step:
    """What turns the result of the question on the stage to and from the room.

    An open round is closed first, by a step of its own: a slip of the hand shows no result.

    Raises:
        Refused: when the stage shows no question, and when there is nothing to reveal yet.
    """
    stage = agenda.workshop.stage
    question = agenda.question(stage.question_id)
    if question is None or stage.view not in (StageView.QUESTION, *SHOWN_OF_RESULT):
        raise Refused("no-question-shown", N_("The stage shows no question just now."))
    if stage.view in SHOWN_OF_RESULT:
        return Step("hide", question.id)
    _, state = current_round(agenda, question)
    if state is RoundState.OPEN:
        raise Refused("still-open", N_("The round is still running. Please close it first."))
    if state is RoundState.REVEALED:
        return Step("show-result", question.id)
    moved(state, Move.REVEAL)
    return Step("reveal", question.id)


def has_moves(agenda: Agenda, question: KeyQuestion) -> bool:
    """Whether there are two revealed rounds of a rating question to move between."""
    return question.kind is QuestionKind.RATE and len(agenda.revealed_ids(question.id)) > 1


def _revealed_views(agenda: Agenda, question: KeyQuestion) -> tuple[StageView, ...]:
    """What the one key shows of a question once it is revealed, in this order.

    The other strand waits for the second round: who sees where others stand before giving an
    answer moves towards them.
    """
    if agenda.revealed_round(question.id) is None:
        return ()
    if not has_moves(agenda, question):
        return (StageView.RESULT,)
    views = (StageView.RESULT, StageView.MOVES)
    return (*views, StageView.STRANDS) if agenda.in_both_strands(question.id) else views


def _after_groups(
    agenda: Agenda, order: tuple[KeyQuestion, ...], question: KeyQuestion | None
) -> Step:
    """The groups are of no question, and remember at which they were shown."""
    if question is None:
        return Step("clusters")
    revealed = agenda.revealed_round(question.id) is not None
    return _after(order, question) if revealed else Step("show", question.id)


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
    views = _revealed_views(agenda, question)
    if stage.view in SHOWN_OF_RESULT:
        # Shown by its button, a view that the one key leaves out goes back to the result.
        place = views.index(stage.view) if stage.view in views else len(views[:1])
        view = views[place - 1] if place else StageView.QUESTION
        return Stage(view, question.id, stage.qr)
    if stage.view is StageView.GROUPS:
        return _end_of(agenda, question, stage.qr)
    index = order.index(question)
    return _end_of(agenda, order[index - 1], stage.qr) if index else Stage(qr=stage.qr)


def _end_of(agenda: Agenda, question: KeyQuestion, qr: bool) -> Stage:
    """The last thing that the stage could show of a question."""
    views = _revealed_views(agenda, question)
    return Stage(views[-1] if views else StageView.QUESTION, question.id, qr)


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
    a result reaches it only when its round is revealed and the stage shows it; while the stage
    is frozen, what it keeps showing.
    """
    if agenda.workshop.ended:
        return PhoneView(PhoneState.ENDED)
    open_round = agenda.open_round
    if open_round is not None:
        asked = agenda.question(open_round.question_id)
        return PhoneView(PhoneState.OPEN, asked and asked.asked_in(open_round), open_round)
    seen = as_seen(agenda)
    stage = seen.workshop.stage
    question = agenda.question(stage.question_id)
    if question is None or stage.view not in (StageView.QUESTION, *SHOWN_OF_RESULT):
        return PhoneView(PhoneState.WAITING)
    revealed = seen.revealed_round(question.id)
    if stage.view in SHOWN_OF_RESULT and revealed is not None:
        return PhoneView(PhoneState.RESULTS, question.asked_in(revealed), revealed)
    latest = agenda.latest_round(question.id)
    if latest is not None and latest.state is not RoundState.DRAFT:
        return PhoneView(PhoneState.CLOSED, question.asked_in(latest), latest)
    return PhoneView(PhoneState.WAITING)
