"""From what a phone may know to what its page says. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from workshop.i18n import N_, Translator, pick, picked
from workshop.marks import MARKS
from workshop.model import (
    Agenda,
    Aspect,
    Cluster,
    KeyQuestion,
    Statement,
)
from workshop.service.taking_part import Phone

ASPECTS: Final = {
    Aspect.PERSPECTIVE: N_("Perspective"),
    Aspect.INTEREST: N_("Interest"),
    Aspect.GOAL: N_("Goal"),
}
NO_ANSWER: Final = N_("no answer")
TOO_FEW: Final = N_("Too few answers to show anything.")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above everything: cluster, round, question."""

    accent: str
    mark: str
    cluster: str
    number: int
    question: str
    help: str


@dataclass(frozen=True, slots=True)
class Text:
    """Something that somebody wrote; of merged ones `times` says how many they are."""

    kind: str
    text: str
    times: int = 1


class Told(str):
    """A text of the workshop's own, which may be in another language than the page."""

    lang: str


def told(text: Mapping[str, str], lang: str) -> Told:
    """A bilingual text for a reader of that language, and the language that it is in."""
    found = Told(pick(text, lang))
    found.lang = picked(text, lang)
    return found


def head(t: Translator, agenda: Agenda, question: KeyQuestion, number: int) -> Head:
    """The head of a question's page."""
    cluster = agenda.cluster(question.cluster_id)
    return Head(
        accent=cluster.accent if cluster else "a",
        mark=mark(cluster),
        cluster=told(cluster.name, t.lang) if cluster else "",
        number=number,
        question=told(question.text, t.lang),
        help=told(question.help, t.lang),
    )


def mark(cluster: Cluster | None) -> str:
    """The path of a cluster's mark, empty for one that we don't know."""
    return MARKS.get(cluster.mark, "") if cluster else ""


def texts(t: Translator, statements: Sequence[Statement]) -> tuple[Text, ...]:
    """What people wrote, each with its kind in words."""
    return tuple(
        Text(t(ASPECTS[s.aspect]) if s.aspect else "", s.text, s.times) for s in statements
    )


def by_theme(t: Translator, phone: Phone) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """What the room wrote, under the names of its themes; under none where nothing is sorted."""
    names = {theme.id: theme.name for theme in phone.themes}
    if all(s.theme_id not in names for s in phone.shown):
        return (("", texts(t, phone.shown)),)
    runs = groupby(phone.shown, key=lambda s: names.get(s.theme_id or "", t("More contributions")))
    return tuple((name, texts(t, list(run))) for name, run in runs)


def last_aspect(phone: Phone) -> Aspect:
    """The kind that the form has chosen already: the one used last."""
    if phone.draft is not None and phone.draft.aspect is not None:
        return phone.draft.aspect
    if phone.contributions and phone.contributions[-1].aspect is not None:
        return phone.contributions[-1].aspect
    return Aspect.PERSPECTIVE


def length(text: str) -> int:
    """Characters of a text as the limit counts them: spaces in a row are one."""
    return len(" ".join(text.split()))


def draft_problem(t: Translator, phone: Phone, limit: int) -> str:
    """Why the text in the form hasn't been taken yet; empty where nothing is wrong with it."""
    if phone.draft is None:
        return ""
    n = length(phone.draft.text)
    if n > limit:
        return t(
            "{n} characters are too many: please shorten your text to {limit}.",
            n=t.number(n),
            limit=limit,
        )
    return ""
