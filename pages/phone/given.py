"""Everything that one person said, as only they may read it under *My details*."""

from __future__ import annotations

from dataclasses import dataclass

from pages.phone import scaled, sheets
from pages.phone.views import Head, Text, head, texts
from workshop.i18n import Translator
from workshop.model import KeyQuestion, Round, RoundState
from workshop.service.taking_part import Mine


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said to one question in one round."""

    head: Head
    answers: tuple[tuple[str, str], ...]
    """(statement, answer in words)."""
    texts: tuple[Text, ...]
    open: bool


def given(t: Translator, mine: Mine) -> tuple[Given, ...]:
    """Everything that a person said, round by round, first to last."""
    found = []
    for round_ in mine.agenda.rounds:
        question = mine.agenda.question(round_.question_id)
        if question is None:
            continue
        answers = _own_answers(t, mine, round_, question.asked_in(round_))
        written = texts(t, [s for s in mine.contributions if s.round_id == round_.id])
        if answers or written:
            top = head(t, mine.agenda, question, round_.number)
            running = round_.state is RoundState.OPEN
            found.append(Given(top, answers, written, open=running))
    return tuple(found)


def _own_answers(
    t: Translator, mine: Mine, round_: Round, question: KeyQuestion
) -> tuple[tuple[str, str], ...]:
    own = {a.statement_id: a for a in mine.answers if a.round_id == round_.id}
    if question.is_whole:
        values = {key: answer.value for key, answer in own.items()}
        return sheets.in_words(t, question, mine.agenda, round_, values)
    return tuple(
        (statement.text, scaled.in_words(t, question, own[statement.id]))
        for statement in mine.agenda.statements
        if statement.id in own
    )
