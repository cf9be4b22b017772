"""The console's words for kinds, states and views, in one place: text and sign, never colour."""

from __future__ import annotations

from workshop.i18n import Translator, pick
from workshop.model import (
    Agenda,
    Aspect,
    KeyQuestion,
    QuestionKind,
    RoundState,
    StageView,
    Statement,
    Strand,
)


def kind(t: Translator, value: QuestionKind) -> str:
    """What a question asks for, in a word or two."""
    names = {
        QuestionKind.COLLECT: t("Collect"),
        QuestionKind.PROPOSE: t("Propose questions"),
        QuestionKind.WORDS: t("Word cloud"),
        QuestionKind.RATE: t("Rate"),
        QuestionKind.MATRIX: t("Matrix"),
        QuestionKind.RANK: t("Order"),
        QuestionKind.ALLOCATE: t("Give points"),
        QuestionKind.CHOOSE: t("Choose"),
        QuestionKind.WELCOME: t("Welcome"),
        QuestionKind.INPUT: t("Input"),
        QuestionKind.TALK: t("Talk"),
        QuestionKind.BREAK: t("Break"),
    }
    return names[value]


def aspect(t: Translator, value: Aspect | None) -> str:
    """What a contribution is, in its author's judgement; empty where nobody said."""
    if value is None:
        return ""
    names = {
        Aspect.PERSPECTIVE: t("Perspective"),
        Aspect.INTEREST: t("Interest"),
        Aspect.GOAL: t("Goal"),
    }
    return names[value]


def strand(t: Translator, value: Strand) -> str:
    """Who meets."""
    return t("Council") if value is Strand.COUNCIL else t("Citizens")


def state(t: Translator, value: RoundState) -> str:
    """Where a round stands."""
    names = {
        RoundState.DRAFT: t("not opened yet"),
        RoundState.OPEN: t("running"),
        RoundState.CLOSED: t("closed, not shown yet"),
        RoundState.REVEALED: t("result shown"),
    }
    return names[value]


def progress(t: Translator, agenda: Agenda, question: KeyQuestion) -> str:
    """A question's place in the evening, short enough for the running order: sign and word."""
    rounds = agenda.rounds_of(question.id)
    if not rounds:
        return t("{n} min", n=t.number(question.minutes))
    last = rounds[-1].state
    if last is RoundState.OPEN:
        return "● " + t("running")
    if last is RoundState.CLOSED:
        return "◐ " + t("closed")
    revealed = sum(r.state is RoundState.REVEALED for r in rounds)
    return "✓ " + t.n("{n} round", "{n} rounds", revealed)


def view(t: Translator, agenda: Agenda) -> str:
    """What the stage shows now."""
    stage = agenda.workshop.stage
    names = {
        StageView.LOBBY: t("Lobby"),
        StageView.QUESTION: t("Question"),
        StageView.RESULT: t("Result"),
        StageView.MOVES: t("How the answers moved"),
        StageView.STRANDS: t("Both strands"),
        StageView.CLUSTERS: t("Cluster overview"),
        StageView.GROUPS: t("Opinion groups"),
        StageView.THANKS: t("Thanks"),
    }
    shown = names[stage.view]
    question = agenda.question(stage.question_id)
    if question is None or stage.view is StageView.GROUPS:
        return shown
    return f"{shown} · {place(t, agenda, question)}"


def place(t: Translator, agenda: Agenda, question: KeyQuestion) -> str:
    """A question by its cluster and kind: enough to find it, without its whole text."""
    cluster = agenda.cluster(question.cluster_id)
    name = pick(cluster.name, t.lang) if cluster else ""
    return f"{name}: {kind(t, question.kind)}" if name else kind(t, question.kind)


def original(t: Translator, statement: Statement) -> str:
    """The first wording of an edited text, as a sentence; empty where nothing was changed."""
    first = statement.original_text
    if first is None or first == statement.text:
        return ""
    return t("Edited; the original: “{text}”", text=first)
