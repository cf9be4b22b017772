"""Questions whose options are answered together: chosen from, put in order, given points.

A sheet is all options with what one person gave them; a phone sends it whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pages.phone.views import NO_ANSWER, TOO_FEW
from workshop.i18n import N_, Translator
from workshop.model import Agenda, KeyQuestion, QuestionKind, Round, Statement
from workshop.service.taking_part import Phone
from workshop.whole import OptionResult, WholeResult

BY_ONE: Final = 20
"""So many points are given one by one; up to `BY_FIVE` by five, and more by ten."""
BY_FIVE: Final = 100
MEAN_PLACE: Final = N_("place {n} on average")
SAVED: Final = N_("Saved")

Values = Mapping[str, int | None]
"""By statement id what one person gave it, None where they chose *no answer*."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `value` is what its control holds, `mine` that this person gave it something.

    `room` is what the room gave it, `then` what this person did in the round before, both in words
    and empty where there is nothing; `height` is of the room's bar, 0..100.
    """

    id: str
    text: str
    value: str
    mine: bool
    before: bool
    room: str
    then: str
    height: int
    said: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All options of a question, as its page shows them.

    `status` and `left` are what the line at the bottom says, `kept` whether the server has the
    answer that is shown; `done` of `total` are given, placed or chosen. `step` is what a tap on +
    adds. In `backing` the options are what others wrote.
    """

    kind: str
    backing: bool
    options: tuple[Option, ...]
    most: int
    step: int
    kept: bool
    none: bool
    none_before: bool
    status: str
    left: str
    done: int
    total: int
    room: str
    few: bool

    @property
    def begun(self) -> bool:
        """Whether anything has been given."""
        return self.done > 0

    @property
    def full(self) -> bool:
        """Whether a ranking has all its places."""
        return self.done == self.total


def sheet(t: Translator, phone: Phone, typed: Mapping[str, str]) -> Sheet | None:
    """The open round's sheet; `typed` is what was sent and could not be taken, to be mended."""
    question, round_ = phone.view.question, phone.view.round
    if question is None or round_ is None or not question.is_whole:
        return None
    asked = phone.agenda.asked(round_)
    own = {s.id: phone.answers.get(s.id) for s in asked}
    kept, none = is_kept(own, phone.answers), is_none(own, phone.answers)
    given = {s.id: _typed(typed.get(s.id, "")) for s in asked} if typed else own
    if question.kind is QuestionKind.RANK and not typed and kept and not none:
        asked = tuple(sorted(asked, key=lambda s: own[s.id] or 0))
    done, total = _progress(question, given)
    room = _Room(t, question, phone.whole)
    earlier = {s.id: phone.earlier.get(s.id) for s in asked}
    holds = kept and not typed
    status, left = _status(t, question, done, total, none=none and holds, kept=holds)
    return Sheet(
        kind=kind_of(question),
        backing=is_backing(phone),
        options=tuple(
            _option(t, question, s, given.get(s.id), earlier.get(s.id), room) for s in asked
        ),
        most=question.most or 1,
        step=step_of(question),
        kept=holds,
        none=none and holds,
        none_before=is_none(earlier, phone.earlier),
        status=status,
        left=left,
        done=done,
        total=total,
        room=room.n,
        few=room.few,
    )


def result(t: Translator, phone: Phone) -> Sheet | None:
    """What the room answered, the leading option first, with this person's own answer."""
    found = sheet(t, phone, {})
    if found is None or phone.whole is None or phone.view.question is None:
        return found
    place = {o.statement.id: i for i, o in enumerate(phone.whole.in_order)}
    ordered = sorted(found.options, key=lambda o: place.get(o.id, len(place)))
    return Sheet(
        **{name: getattr(found, name) for name in Sheet.__slots__ if name != "options"},
        options=tuple(ordered),
    )


def is_backing(phone: Phone) -> bool:
    """Whether what others wrote is chosen from: the question is one that people wrote to."""
    question = phone.view.question
    known = phone.agenda.question(question.id) if question is not None else None
    return known is not None and known.is_written


def kind_of(question: KeyQuestion) -> str:
    """What the page's script does with it: "one" is a choice of a single option."""
    if question.kind is QuestionKind.CHOOSE and (question.most or 1) == 1:
        return "one"
    return str(question.kind)


def step_of(question: KeyQuestion) -> int:
    """How many points a tap on + gives."""
    most = question.most or 1
    return 1 if most <= BY_ONE else 5 if most <= BY_FIVE else 10


def is_kept(own: Values, answers: Values) -> bool:
    """Whether all that is asked has been answered, with *no answer* or otherwise."""
    return bool(own) and own.keys() <= answers.keys()


def is_none(own: Values, answers: Values) -> bool:
    """Whether the answer that is there is *no answer*."""
    return is_kept(own, answers) and all(value is None for value in own.values())


def in_words(
    t: Translator, question: KeyQuestion, agenda: Agenda, round_: Round, own: Values
) -> tuple[tuple[str, str], ...]:
    """A whole answer as a list of one's answers says it: option and what it was given."""
    options = [s for s in agenda.asked(round_) if s.id in own]
    if not options:
        return ()
    if all(own[s.id] is None for s in options):
        return ((t("Your answer"), t(NO_ANSWER)),)
    if question.kind is QuestionKind.RANK:
        options.sort(key=lambda s: own[s.id] or 0)
    if question.kind is QuestionKind.CHOOSE:
        options = [s for s in options if own[s.id]]
    return tuple((s.text, _said(t, question, own[s.id])) for s in options)


def _typed(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() else None


def _progress(question: KeyQuestion, given: Values) -> tuple[int, int]:
    """How much has been given, of how much: options chosen, places filled, points given."""
    values = [value for value in given.values() if value]
    if question.kind is QuestionKind.RANK:
        return len(values), len(given)
    return sum(values), question.most or 1


def _status(
    t: Translator, question: KeyQuestion, done: int, total: int, *, none: bool, kept: bool
) -> tuple[str, str]:
    """The line at the bottom, as the page's script says it too: what holds, and what is left."""
    if none:
        return t("Saved: no answer"), ""
    if question.kind is QuestionKind.RANK:
        left = t("{x} of {n} placed", x=done, n=total)
    elif question.kind is QuestionKind.ALLOCATE:
        left = _points_left(t, total - done)
    elif total > 1:
        left = t("{x} of {n} still free", x=total - done, n=total)
        return (t(SAVED), left) if kept else (left, "")
    else:
        left = t("Not answered yet")
    return (t(SAVED) if kept else left), ""


def _points_left(t: Translator, rest: int) -> str:
    if rest < 0:
        return t.n("{n} point too many", "{n} points too many", -rest)
    return t.n("{n} point left", "{n} points left", rest)


def _option(
    t: Translator,
    question: KeyQuestion,
    statement: Statement,
    value: int | None,
    before: int | None,
    room: _Room,
) -> Option:
    shown = before is not None and (before or question.kind is not QuestionKind.CHOOSE)
    return Option(
        id=statement.id,
        text=statement.text,
        value="" if value is None else str(value),
        mine=bool(value),
        before=bool(before) and question.kind is QuestionKind.CHOOSE,
        room=room.fact(statement.id),
        then=_own(t, question, before) if shown else "",
        height=room.height(statement.id),
        said=_own(t, question, value) if value else "",
    )


def _own(t: Translator, question: KeyQuestion, value: int | None) -> str:
    """What stands beside what the room gave an option: "you: place 2", "your choice"."""
    if question.kind is QuestionKind.CHOOSE:
        return t("your choice")
    return t("you: {answer}", answer=_said(t, question, value))


def _said(t: Translator, question: KeyQuestion, value: int | None) -> str:
    """What one option was given: "place 2", "30 points", "chosen"."""
    if value is None:
        return t(NO_ANSWER)
    if question.kind is QuestionKind.RANK:
        return t("place {n}", n=value)
    if question.kind is QuestionKind.ALLOCATE:
        return t.n("{n} point", "{n} points", value)
    return t("chosen") if value else t("not chosen")


class _Room:
    """What the room said of each option, as far as this phone may show it."""

    def __init__(self, t: Translator, question: KeyQuestion, whole: WholeResult | None) -> None:
        self._t, self._kind = t, question.kind
        self._most = question.most or 1
        self.few = whole is not None and whole.few
        shown = whole.options if whole is not None and not self.few else ()
        self._options: dict[str, OptionResult] = {o.statement.id: o for o in shown}
        self._top = max((o.mean or 0 for o in shown), default=0)
        self.n = self._people(whole) if whole is not None else ""

    def _people(self, whole: WholeResult) -> str:
        t = self._t
        if self.few:
            return t(TOO_FEW)
        said = t.n("{n} answer", "{n} answers", whole.n)
        if whole.abstained:
            said += f" · {t(NO_ANSWER)}: {t.number(whole.abstained)}"
        return said

    def fact(self, key: str) -> str:
        """One option in words; empty where nothing may be said of it."""
        t, found = self._t, self._options.get(key)
        if found is None or found.mean is None:
            return ""
        if self._kind is QuestionKind.RANK:
            return t(MEAN_PLACE, n=t.decimal(found.mean, 1))
        if self._kind is QuestionKind.ALLOCATE:
            return t("{n} on average", n=t.decimal(found.mean, 1))
        return t("{share} · {x} of {n}", share=t.percent(found.mean), x=found.chosen, n=found.n)

    def height(self, key: str) -> int:
        """The length of an option's bar, 0..100: a first place of everybody is the longest."""
        found = self._options.get(key)
        if found is None or found.mean is None:
            return 0
        if self._kind is QuestionKind.RANK:
            k = len(self._options)
            return round(100 * (k + 1 - found.mean) / k)
        if self._kind is QuestionKind.ALLOCATE:
            return round(100 * found.mean / self._top) if self._top else 0
        return round(100 * found.mean)
