"""What a phone is told after a redirect: the address carries a code, never a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pages.phone.gate import TOO_MANY
from workshop.i18n import N_, Translator

TROUBLE: Final = N_("Just now nothing could be saved. Please try again in a moment.")
TOO_BIG: Final = N_("This text is too large to be sent. Please shorten it to 500 characters.")
TWICE: Final = N_("You sent this before. It is saved once.")
SAVED: Final = N_("Saved.")
GROUP_SAVED: Final = N_("Your group is saved.")
ERASED: Final = N_("Everything that was kept of you in this workshop is deleted.")

_GOOD: Final = {
    "saved": SAVED,
    "twice": TWICE,
    "group": GROUP_SAVED,
    "erased": ERASED,
}
_BAD: Final = {
    "closed": N_("This round is closed. What you sent before is kept, this is not."),
    "no-round": N_("There is no such round."),
    "no-question": N_("There is no such key question in this workshop."),
    "no-statement": N_("This statement is not asked in this round."),
    "wrong-kind": N_("This answer does not fit the question. Please answer it here."),
    "bad-value": N_("This step is not on the scale. Please choose one of those shown."),
    "bad-number": N_("Please enter whole numbers only."),
    "nothing-chosen-yet": N_("Please choose something, or “no answer”."),
    "too-many-chosen": N_("You have chosen too many. Please take some back."),
    "incomplete-ranking": N_("Please give every option a place, and each place only once."),
    "points-left": N_("There are points left. Please give all of them."),
    "too-many-points": N_("These are too many points. Please take some back."),
    "enough-words": N_("You have sent as many words as one person can. Thank you!"),
    "empty": N_("There is no text yet. Please write something first."),
    "too-long": N_("The text is too long. It is kept, please shorten it."),
    "no-aspect": N_("Please choose: is it a perspective, an interest or a goal?"),
    "not-joined": N_("Please join the workshop first."),
    "no-segment": N_("Please choose one of the groups."),
    "ended": N_("This workshop has ended."),
    "locked": N_("The door is closed: nobody new can join. Please ask in the room."),
    "no-code": N_("There is no workshop with this code. Please check the eight digits."),
    "too-many": TOO_MANY,
    "too-big": TOO_BIG,
    "trouble": TROUBLE,
}


@dataclass(frozen=True, slots=True)
class Flash:
    """One sentence about what has just happened; `place` is the statement it belongs to."""

    code: str
    text: str
    good: bool
    place: str = ""


def flash(t: Translator, code: str | None, place: str = "") -> Flash | None:
    """The sentence of a code in an address; None for one that we don't know."""
    if code in _GOOD:
        return Flash(code, t(_GOOD[code]), True, place)
    if code in _BAD:
        return Flash(code, t(_BAD[code]), False, place)
    return None
