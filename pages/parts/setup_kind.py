"""What a question asks for: its kind, and the scales or the number that the kind needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from pages.parts import setup_fields, words
from pages.parts.acting import Console
from pages.parts.setup_fields import key_of
from workshop.i18n import Translator, pick
from workshop.limits import BACKED, OF_AXIS, most_of
from workshop.model import SCALED, KeyQuestion, QuestionKind, Scale
from workshop.templates import TemplateQuestion, axis_title, scales

_NEW: Final = "new-question"


def asks(t: Translator, kind: QuestionKind) -> str:
    """What people do with a question of a kind, in a few words."""
    more = {
        QuestionKind.COLLECT: t("people write perspectives, interests, goals"),
        QuestionKind.PROPOSE: t("people propose questions that should be asked"),
        QuestionKind.WORDS: t("people send single words, which become a cloud"),
        QuestionKind.RATE: t("people rate statements on a scale"),
        QuestionKind.MATRIX: t("people rate statements on two scales at once"),
        QuestionKind.RANK: t("people put options in an order"),
        QuestionKind.ALLOCATE: t("people give points to options"),
        QuestionKind.CHOOSE: t("people choose one or several options"),
        QuestionKind.WELCOME: t("no question: the beginning"),
        QuestionKind.INPUT: t("no question: somebody tells the room something"),
        QuestionKind.TALK: t("no question: the room talks"),
        QuestionKind.BREAK: t("no question: everybody rests"),
    }
    return more[kind]


def field(console: Console, question: KeyQuestion) -> None:
    """The kind of a question that no round has asked yet."""
    t = console.who.t
    kinds = list(QuestionKind)
    key = key_of(f"kind-{question.id}-{question.kind}")
    st.selectbox(
        t("What it asks for"),
        kinds,
        index=kinds.index(question.kind),
        format_func=lambda kind: words.kind(t, kind),
        key=key,
        on_change=_change,
        args=(console, question.id, key, "kind"),
    )


def demands(console: Console, question: KeyQuestion, *, opened: bool) -> None:
    """The scales of a question, or how much one person may give; as text once it was opened."""
    t = console.who.t
    for name, label, scale in _axes(t, question):
        if opened:
            setup_fields.fixed(label, _named(t, scale))
            continue
        known = {scale.name: scale, **scales()} if scale.name not in scales() else scales()
        key = key_of(f"{name}-{question.id}-{scale.name}")
        st.selectbox(
            label,
            list(known),
            index=list(known).index(scale.name),
            format_func=_namer(t, known),
            key=key,
            on_change=_change,
            args=(console, question.id, key, name),
        )
    _most(console, question, opened=opened)


def _axes(t: Translator, question: KeyQuestion) -> list[tuple[str, str, Scale]]:
    """The scales of a question: what the field is called in code, on the screen, and is now."""
    if question.scale is not None and question.second is not None:
        return [
            ("scale", t("First axis"), question.scale),
            ("second", t("Second axis"), question.second),
        ]
    return [("scale", t("Scale"), question.scale)] if question.scale else []


def _named(t: Translator, scale: Scale) -> str:
    """A scale by what is judged on it, and its two ends."""
    ends = f"{pick(scale.labels[0], t.lang)} … {pick(scale.labels[-1], t.lang)}"
    title = pick(axis_title(scale), t.lang)
    return ends if title == ends else f"{title}: {ends}"


def _namer(t: Translator, known: Mapping[str, Scale]) -> Callable[[str], str]:
    return lambda name: _named(t, known[name])


def _number(t: Translator, kind: QuestionKind) -> str:
    """What a kind's number is called."""
    names = {
        QuestionKind.WORDS: t("Words per person"),
        QuestionKind.ALLOCATE: t("Points per person"),
        QuestionKind.CHOOSE: t("How many may be chosen"),
    }
    return names.get(kind, t("Votes for contributions of others"))


def _most(console: Console, question: KeyQuestion, *, opened: bool) -> None:
    t, who = console.who.t, console.who
    most = most_of(question.kind)
    if most is None:
        return
    label = _number(t, question.kind)
    if opened:
        setup_fields.fixed(label, t.number(question.most) if question.most else t("none"))
        return
    with st.columns(2)[0]:
        setup_fields.number(
            console,
            f"most-{question.id}-{question.kind}",
            label,
            question.most,
            lambda n: who.service.edit_question(
                who.actor, console.workshop_id, question.id, most=n or 0
            ),
            most.limit,
            least=most.least,
            empty=t("none") if question.kind in BACKED else None,
        )


def _change(console: Console, question_id: str, key: str, what: str) -> None:
    who, wanted = console.who, str(st.session_state[key])
    given: dict[str, Any] = {what: QuestionKind(wanted) if what == "kind" else wanted}
    if not setup_fields.do(
        console,
        lambda: who.service.edit_question(who.actor, console.workshop_id, question_id, **given),
    ):
        # What is refused goes back to what is kept; a choice is no work that could be lost.
        del st.session_state[key]


def new_kind(console: Console) -> QuestionKind:
    """The kind of a question that isn't there yet; what else it needs depends on it."""
    t = console.who.t
    found = st.radio(
        t("What it asks for"),
        list(QuestionKind),
        format_func=lambda kind: f"{words.kind(t, kind)} :gray[{asks(t, kind)}]",
        key=key_of(f"{_NEW}-kind"),
    )
    return QuestionKind(str(found))


def new_demands(console: Console, kind: QuestionKind) -> None:
    """The scales or the number of a question that isn't there yet."""
    t, known = console.who.t, scales()
    labels = [t("First axis"), t("Second axis")] if kind is QuestionKind.MATRIX else [t("Scale")]
    for name, label, usual in zip(("scale", "second"), labels, OF_AXIS, strict=False):
        if kind in SCALED:
            st.selectbox(
                label,
                list(known),
                index=list(known).index(usual),
                format_func=_namer(t, known),
                key=key_of(f"{_NEW}-{name}"),
            )
    most = most_of(kind)
    if most is not None and kind not in BACKED:
        key = key_of(f"{_NEW}-most-{kind}")
        with st.columns(2)[0]:
            st.number_input(_number(t, kind), most.least, most.limit, most.usual, 1, key=key)


def new_given(kind: QuestionKind) -> Mapping[str, Any]:
    """What was chosen for the kind of a question that isn't there yet."""
    keys = {"scale": "scale", "second": "second", "most": f"most-{kind}"}
    found = {name: st.session_state.get(key_of(f"{_NEW}-{key}")) for name, key in keys.items()}
    return {name: value for name, value in found.items() if value is not None}


def facts(t: Translator, question: KeyQuestion | TemplateQuestion) -> list[str]:
    """What a question asks with, in a few words: both axes, the ends of its scale, its number."""
    if question.scale is not None and question.second is not None:
        axes = (axis_title(question.scale), axis_title(question.second))
        return [" × ".join(pick(title, t.lang) for title in axes)]
    if question.scale is not None:
        ends = (question.scale.labels[0], question.scale.labels[-1])
        return [" … ".join(pick(label, t.lang) for label in ends)]
    if question.most is None:
        return []
    count = question.most
    return [
        {
            QuestionKind.WORDS: t.n("{n} word per person", "{n} words per person", count),
            QuestionKind.ALLOCATE: t.n("{n} point per person", "{n} points per person", count),
            QuestionKind.CHOOSE: t.n("choose {n}", "choose up to {n}", count),
        }.get(question.kind, t.n("{n} vote for others", "up to {n} votes for others", count))
    ]


def word(console: Console, question: KeyQuestion, count: int) -> str:
    """What is not sensible about the number of a question with so many options; else empty."""
    if question.kind is QuestionKind.CHOOSE and question.most and 0 < count <= question.most:
        return console.who.t("Whoever may choose everything chooses nothing: allow fewer.")
    return ""
