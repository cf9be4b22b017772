"""What a valid answer is, for each kind of question."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Agenda, Aspect, KeyQuestion, QuestionKind, Round, Statement

MAX_TEXT = 500
"""Characters of a contribution or statement; what fits a stage, counted on the phone."""

NO_ANSWER = "0"
"""What a form sends for *keine Antwort*; kept as an answer without a value."""

_SPACE = re.compile(r"\s+")


def clean_text(raw: str) -> str:
    """The text as it is kept: composed Unicode, no control characters, single spaces.

    Raises:
        Refused: when nothing is left, or more than `MAX_TEXT` characters.
    """
    text = unicodedata.normalize("NFC", raw)
    # Line and direction controls would let one text rearrange another on the wall.
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    text = _SPACE.sub(" ", kept).strip()
    if not text:
        raise Refused("empty", N_("There is no text yet. Please write something first."))
    if len(text) > MAX_TEXT:
        raise Refused(
            "too-long",
            N_("{n} characters are too many: please shorten your text to {limit}."),
            n=len(text),
            limit=MAX_TEXT,
        )
    return text


def clean_aspect(raw: str | None) -> Aspect:
    """The kind of a contribution.

    Raises:
        Refused: when none of the three is given.
    """
    try:
        return Aspect(raw or "")
    except ValueError:
        raise Refused(
            "no-aspect", N_("Please choose: is it a perspective, an interest or a goal?")
        ) from None


def fingerprint(aspect: Aspect | None, text: str) -> str:
    """The same contribution, sent twice, has the same fingerprint: case and spaces don't count."""
    folded = f"{aspect or ''}\n{_SPACE.sub(' ', text).strip().casefold()}"
    return hashlib.sha256(folded.encode()).hexdigest()


def clean_value(question: KeyQuestion, raw: str) -> int | None:
    """The value of a rating: 1..k, or None for *keine Antwort*.

    Raises:
        Refused: when the question is not rated, or the value is not on its scale.
    """
    if question.kind is not QuestionKind.RATE or question.scale is None:
        raise Refused("wrong-kind", N_("This question is answered in words, not on a scale."))
    if raw == NO_ANSWER:
        return None
    steps = question.scale.steps
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw[:4]) <= steps):
        raise Refused(
            "bad-value", N_("Please choose a step from 1 to {steps}, or no answer."), steps=steps
        )
    return int(raw)


def require_asked(agenda: Agenda, round_: Round, statement_id: str) -> Statement:
    """The statement, if this round asks for it.

    Raises:
        NotFound: when it is not (or no longer) asked in the round.
    """
    statement = agenda.statement(statement_id)
    if statement is None or statement.hidden or statement_id not in round_.statement_ids:
        raise NotFound("no-statement", N_("This statement is not asked in this round."))
    return statement
