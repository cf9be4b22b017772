"""The middle of the console: the question at hand, x of y, and the next sensible step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from pages.parts import acting, frame, preview, room_choice, room_controls, room_wall, words
from pages.parts.acting import Console
from pages.parts.text import esc, local
from workshop.access import spoken_code
from workshop.agenda import (
    MIN_OPTIONS,
    SHOWN_OF_RESULT,
    TOO_FEW_OPTIONS,
    Step,
    can_be_backed,
    current_round,
    next_round,
    next_step,
)
from workshop.i18n import Translator
from workshop.model import (
    Agenda,
    KeyQuestion,
    Room,
    Round,
    RoundState,
    StageView,
)


@dataclass(frozen=True)
class Action:
    """One button: its key, its word, and what it does."""

    key: str
    word: str
    do: Callable[[], object]
    follow: bool = True


def draw(console: Console) -> None:
    """Everything about the question that this console looks at."""
    t, agenda = console.who.t, console.agenda()
    room_wall.state(console, agenda)
    question = acting.chosen(agenda)
    here = acting.on_stage(agenda)
    elsewhere = question is not None and (here is None or here.id != question.id)
    round_ = agenda.latest_round(question.id) if question else None
    room = console.who.service.room(
        console.who.actor, console.workshop_id, round_.id if round_ else None
    )
    if question is None:
        _between(t, agenda, room)
    else:
        _question(t, agenda, question, round_, room)
    if agenda.workshop.ended:
        st.html(f'<p class="ek-notice">{esc(t("This workshop has ended."))}</p>')
    main = _primary(console, agenda, question, elsewhere)
    with st.container(horizontal=True, gap="small", key="console-actions"):
        if main is not None:
            _button(console, main, primary=True)
        for action in _others(console, agenda, question, main):
            _button(console, action)
    if question is not None and not agenda.workshop.ended:
        room_choice.draw(console, agenda, question)
    room_controls.undo(console)
    acting.show_notice()
    _hints(t, agenda, question, elsewhere)
    if main is not None and main.key == "next":
        _what_comes(t, agenda)
    if question is not None and round_ is not None and preview.has_one(question):
        preview.draw(console, agenda, question, round_)


def _button(console: Console, action: Action, *, primary: bool = False) -> None:
    st.button(
        action.word,
        key=f"do-{action.key}",
        type="primary" if primary else "secondary",
        on_click=acting.run,
        args=(console, action.do, action.follow),
    )


def _question(
    t: Translator, agenda: Agenda, question: KeyQuestion, round_: Round | None, room: Room
) -> None:
    cluster = agenda.cluster(question.cluster_id)
    number, state = current_round(agenda, question)
    mark = frame.mark(cluster) if cluster else ""
    name = local(cluster.name, t.lang) if cluster else ""
    facts = [words.kind(t, question.kind), t("Round {n}", n=number), words.state(t, state)]
    if question.is_step:
        facts = [words.kind(t, question.kind), t("{n} min", n=t.number(question.minutes))]
    st.html(
        f'<p class="ek-eyebrow {frame.accent(cluster)}">{mark}<strong>{name}</strong>'
        f"<span>{esc(' · '.join(facts))}</span></p>"
        f'<h1 class="ek-question">{local(question.text, t.lang)}</h1>'
    )
    if round_ is None:
        _people(t, room.present, t("present"), room)
    else:
        _count(t, agenda, question, round_, room)


def _count(t: Translator, agenda: Agenda, question: KeyQuestion, round_: Round, room: Room) -> None:
    """x of y, large, with a bar in the cluster's colour."""
    share = room.answered / room.present if room.present else 0.0
    rest = t.n("of {n} person present", "of {n} people present", room.present)
    asked = len(agenda.asked(round_))
    facts = []
    if question.is_written and round_.statement_ids:
        facts = [t.n("{n} contribution to back", "{n} contributions to back", asked)]
    elif question.is_whole:
        facts = [t.n("{n} option", "{n} options", asked)]
    elif not question.is_written:
        facts = [t.n("{n} statement", "{n} statements", asked)]
    if round_.state is RoundState.OPEN and round_.opened_at is not None:
        facts.append(t("open since {time}", time=t.time(round_.opened_at)))
    label = t("{x} of {y} present have answered", x=room.answered, y=room.present)
    more = f' <span class="ek-muted">{esc(" · ".join(facts))}</span>' if facts else ""
    cluster = agenda.cluster(question.cluster_id)
    st.html(
        f'<p class="ek-count"><strong>{t.number(room.answered)}</strong> '
        f"<span>{esc(rest)}</span>{more}</p>"
        f'<div class="ek-bar {frame.accent(cluster)}" role="progressbar" aria-valuemin="0" '
        f'aria-valuemax="{max(room.present, 1)}" '
        f'aria-valuenow="{min(room.answered, max(room.present, 1))}" '
        f'aria-label="{esc(label)}"><span style="width:{min(share, 1.0) * 100:.1f}%"></span></div>'
    )


def _people(t: Translator, figure: int, word: str, room: Room) -> None:
    joined = t.n("{n} person has joined", "{n} people have joined", room.joined)
    st.html(
        f'<p class="ek-count"><strong>{t.number(figure)}</strong> <span>{esc(word)}</span> '
        f'<span class="ek-muted">{esc(joined)}</span></p>'
    )


def _between(t: Translator, agenda: Agenda, room: Room) -> None:
    """Before the first question, at the overview, at the end."""
    view = agenda.workshop.stage.view
    headings = {
        StageView.CLUSTERS: t("How the clusters converge"),
        StageView.GROUPS: t("Who votes alike"),
        StageView.THANKS: t("Thank you"),
    }
    heading = headings.get(view, t("People arrive"))
    st.html(
        f'<p class="ek-eyebrow"><span>{esc(words.view(t, agenda))}</span></p>'
        f'<h1 class="ek-question">{esc(heading)}</h1>'
    )
    if agenda.workshop.invited and view is StageView.LOBBY:
        word = t.n(
            "of {n} person invited has joined",
            "of {n} people invited have joined",
            agenda.workshop.invited,
        )
        _people_of(t, room, word)
    else:
        _people(t, room.present, t("present"), room)
    if view is StageView.LOBBY:
        code = t("Join code {code}", code=spoken_code(agenda.workshop.join_code))
        st.html(f'<p class="ek-muted">{esc(code)}</p>')


def _people_of(t: Translator, room: Room, word: str) -> None:
    present = t.n("{n} person present", "{n} people present", room.present)
    st.html(
        f'<p class="ek-count"><strong>{t.number(room.joined)}</strong> <span>{esc(word)}</span> '
        f'<span class="ek-muted">{esc(present)}</span></p>'
    )


def primary(console: Console) -> Action | None:
    """What the large button does; None where it is of a question that the room is not at."""
    agenda = console.agenda()
    question, here = acting.chosen(agenda), acting.on_stage(agenda)
    elsewhere = question is not None and (here is None or here.id != question.id)
    return None if elsewhere else _primary(console, agenda, question, elsewhere)


def _primary(
    console: Console, agenda: Agenda, question: KeyQuestion | None, elsewhere: bool
) -> Action | None:
    """The one next step: of the room, or of the question that was picked from the agenda."""
    who, w, service = console.who, console.workshop_id, console.who.service
    if agenda.workshop.ended:
        return None
    if question is not None and elsewhere:
        return _step_of(console, agenda, question)
    step = next_step(_as_if_shown(agenda, question))
    if step is None:
        return None
    if question is not None and step.action in ("open", "close", "reveal", "show-result"):
        return _step_of(console, agenda, question)
    return Action("next", _next_word(who.t, step), lambda: service.next(who.actor, w))


def _as_if_shown(agenda: Agenda, question: KeyQuestion | None) -> Agenda:
    """An open round comes first even where the stage shows something else meanwhile."""
    if question is None or agenda.workshop.stage.question_id == question.id:
        return agenda
    stage = replace(agenda.workshop.stage, view=StageView.QUESTION, question_id=question.id, page=0)
    return replace(agenda, workshop=replace(agenda.workshop, stage=stage))


def _step_of(console: Console, agenda: Agenda, question: KeyQuestion) -> Action:
    """Open → close → reveal → show of one question; a step that asks nothing is only shown."""
    who, w, service = console.who, console.workshop_id, console.who.service
    t = who.t
    if question.is_step:
        return Action(
            "step",
            t("Show the step"),
            lambda: service.show(who.actor, w, StageView.QUESTION, question.id),
        )
    _, state = current_round(agenda, question)
    steps = {
        RoundState.DRAFT: Action(
            "open",
            t("Open the round"),
            _opening(console, agenda, question),
        ),
        RoundState.OPEN: Action(
            "close",
            t("Close the round"),
            lambda: service.close_round(who.actor, w, question.id),
        ),
        RoundState.CLOSED: Action(
            "reveal",
            t("Reveal the result"),
            lambda: service.reveal_round(who.actor, w, question.id),
        ),
        RoundState.REVEALED: Action(
            "show-result",
            t("Show the result again"),
            lambda: service.show(who.actor, w, StageView.RESULT, question.id),
        ),
    }
    return steps[state]


def _opening(console: Console, agenda: Agenda, question: KeyQuestion) -> Callable[[], object]:
    """Open a round; what it asks is read when the button is pressed."""
    who, w = console.who, console.workshop_id
    return lambda: who.service.open_round(
        who.actor, w, question.id, room_choice.chosen(agenda, question)
    )


def _next_word(t: Translator, step: Step) -> str:
    named = {
        "moves": t("Show how the answers moved"),
        "strands": t("Show both strands"),
        "clusters": t("Show the cluster overview"),
        "thanks": t("Say thank you"),
    }
    return named.get(step.action, t("Next"))


def _others(
    console: Console, agenda: Agenda, question: KeyQuestion | None, main: Action | None
) -> list[Action]:
    """What else makes sense now, never what the primary button does."""
    if question is None or question.is_step or agenda.workshop.ended:
        return []
    who, w, service, t = console.who, console.workshop_id, console.who.service, console.who.t
    _, state = current_round(agenda, question)
    number, _ = next_round(agenda, question)
    stage = agenda.workshop.stage
    shown = stage.view if stage.question_id == question.id else None

    def show(view: StageView) -> Callable[[], object]:
        return lambda: service.show(who.actor, w, view, question.id)

    found: list[Action] = []
    if state is RoundState.OPEN:
        found.append(
            Action(
                "reveal",
                t("Close and show"),
                lambda: service.reveal_round(who.actor, w, question.id),
            )
        )
    if state in (RoundState.CLOSED, RoundState.REVEALED):
        word = t("Reopen the round")
        if state is RoundState.REVEALED and can_be_backed(agenda, question):
            word = t("Let people back what is there")
        elif state is RoundState.REVEALED:
            word = t("Second round") if number == 2 else t("Open round {n}", n=number)
        found.append(Action("again", word, _opening(console, agenda, question)))
    if shown is StageView.RESULT:
        found.append(Action("hide", t("Hide the result"), show(StageView.QUESTION)))
    elif shown in SHOWN_OF_RESULT:
        found.append(Action("result", t("Show the result again"), show(StageView.RESULT)))
    elif shown is None:
        found.append(Action("question", t("Show the question"), show(StageView.QUESTION)))
    if state is not RoundState.REVEALED and agenda.revealed_round(question.id):
        found.append(Action("earlier", t("Show the earlier result"), show(StageView.RESULT)))
    taken = main.key if main else ""
    return [action for action in found if action.key != taken]


def _what_comes(t: Translator, agenda: Agenda) -> None:
    """What *next* leads to, where that is a question."""
    step = next_step(agenda)
    question = agenda.question(step.question_id) if step and step.action == "show" else None
    if question is not None:
        line = t("Next comes: {what}", what=words.place(t, agenda, question))
        st.html(f'<p class="ek-muted">{esc(line)}</p>')


def _hints(t: Translator, agenda: Agenda, question: KeyQuestion | None, elsewhere: bool) -> None:
    """Short sentences on what stands in the way, or is easily overlooked."""
    if question is None:
        return
    lines = []
    if question.is_whole and len(agenda.statements_of(question.id)) < MIN_OPTIONS:
        lines.append(t(TOO_FEW_OPTIONS))
    elif question.asks_statements and not agenda.statements_of(question.id):
        lines.append(
            t("There is nothing to rate yet. Take perspectives over, or write statements.")
        )
    running = agenda.open_round
    if elsewhere and running is not None:
        open_question = agenda.question(running.question_id)
        if open_question is not None:
            where = words.place(t, agenda, open_question)
            lines.append(t("{where} is open; opening another round closes it.", where=where))
    for line in lines:
        st.html(f'<p class="ek-muted">{esc(line)}</p>')
