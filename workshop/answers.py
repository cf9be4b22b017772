"""What a valid answer is, for each kind of question."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import SCALED, Agenda, Aspect, KeyQuestion, Round, Statement

MAX_TEXT = 500
"""Code points of a contribution or statement after `clean_text`; what fits a stage.

The phone counts the same way: an emoji of one code point is one, not two as in UTF-16.
"""

MAX_WORD = 40
"""Characters of what somebody sends for a cloud of words."""

NO_ANSWER = "0"
"""What a form sends for *keine Antwort*; kept as an answer without a value."""

_SPACE = re.compile(r"\s+")

_JOINERS = "\u200c\u200d"
"""Persian words and most emoji of people are written with these two."""


def _belongs(character: str) -> bool:
    """Whether a character may stay in a text.

    Controls (also those of direction) would let one text rearrange another on the wall; half a
    surrogate pair can't be kept at all.
    """
    if character.isspace() or character in _JOINERS:
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def tidied(raw: str) -> str:
    """Composed Unicode, no control characters, single spaces; empty where nothing is left."""
    text = unicodedata.normalize("NFC", "".join(c for c in raw if _belongs(c)))
    text = _SPACE.sub(" ", text).strip()
    return text if text.strip(f"{_JOINERS} ") else ""


def clean_text(raw: str, limit: int = MAX_TEXT) -> str:
    """The text as it is kept: tidied, and neither empty nor too long.

    Raises:
        Refused: when nothing is left, or more than `limit` characters.
    """
    text = tidied(raw)
    if not text:
        raise Refused("empty", N_("There is no text yet. Please write something first."))
    if len(text) > limit:
        raise Refused(
            "too-long",
            N_("{n} characters are too many: please shorten your text to {limit}."),
            n=len(text),
            limit=limit,
        )
    return text


def clean_word(raw: str) -> str:
    """A word, or a few of them, for a cloud; as `clean_text`, and short.

    Raises:
        Refused: when nothing is left, or more than `MAX_WORD` characters.
    """
    return clean_text(raw, MAX_WORD)


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


def clean_step(question: KeyQuestion, raw: str, axis: int = 1) -> int | None:
    """The step of a rating: 1..k on the scale of that axis, or None for *keine Antwort*.

    Axis 2 is the second scale of a matrix.

    Raises:
        Refused: when the question is not rated on such an axis, or the step is not on its scale.
    """
    scale = {1: question.scale, 2: question.second}.get(axis)
    if question.kind not in SCALED or scale is None:
        raise Refused("wrong-kind", N_("This question is not answered on a scale."))
    if raw == NO_ANSWER:
        return None
    if raw not in {str(step) for step in range(1, scale.steps + 1)}:
        raise Refused(
            "bad-value",
            N_("Please choose a step from 1 to {steps}, or no answer."),
            steps=scale.steps,
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
