"""The contributions to a question on the console: a quiet row for each, in sections.

What waits comes first, then what has no theme yet, then theme by theme, then what is hidden; in
each the newest first. Merged ones are one row. One row at a time is unfolded, and has the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from pages.parts import acting, editor, moderation_row, moderation_tools, words
from pages.parts.acting import Console
from pages.parts.text import esc, plain
from workshop.i18n import Translator
from workshop.model import Agenda, KeyQuestion, QuestionKind, Statement
from workshop.moderation import merged, reason_words
from workshop.themes import Theme, suggested

PAGE: Final = 20
"""Contributions shown at once; each brings up to six buttons."""


@dataclass(frozen=True)
class Section:
    """Some contributions under a heading; `waits` for those that can be let pass at once."""

    name: str
    texts: tuple[Statement, ...]
    waits: bool = False


def draw(console: Console, agenda: Agenda, question: KeyQuestion) -> None:
    """All of it: what helps to put things in order, then the rows."""
    t, who, w = console.who.t, console.who, console.workshop_id
    said = who.service.contributions(who.actor, w, question.id, hidden=True)
    themes = who.service.themes(who.actor, w, question.id)
    st.html(f'<h2 class="ek-side">{esc(t("Contributions"))} · {t.number(len(said))}</h2>')
    moderation_tools.draw(console, agenda, question, said, themes)
    if not said:
        st.html(f'<p class="ek-muted">{esc(t("Nothing has come in yet."))}</p>')
    rows = _Rows(console, agenda, said, themes)
    rest = limit = int(st.session_state.get(_shown(question), PAGE))
    sections = sections_of(t, said, themes, moderation_row.unfolded())
    for section in sections:
        if rest > 0:
            rows.section(section, question, rest, bare=len(sections) == 1)
            rest -= len(section.texts)
    left = sum(len(section.texts) for section in sections) - limit
    if left > 0:
        st.button(
            t("Show {n} more", n=min(PAGE, left)),
            key=f"more-{question.id}",
            type="tertiary",
            on_click=_more,
            args=(question, limit + PAGE),
        )


def sections_of(
    t: Translator, said: Sequence[Statement], themes: Sequence[Theme], unfolded: str | None
) -> list[Section]:
    """The sections that have something in them; what was just hidden stays in its place."""
    inner = {s.id for group in merged(said).values() for s in group}
    newest = [s for s in reversed(said) if s.id not in inner]
    away = {s.id for s in newest if s.hidden and s.id != unfolded}
    here = [s for s in newest if s.id not in away]
    names = {theme.id for theme in themes}

    def of(wanted: Callable[[Statement], bool]) -> tuple[Statement, ...]:
        found = [s for s in here if not s.waiting and wanted(s)]
        return tuple(sorted(found, key=lambda s: not s.pinned))

    found = [
        Section(t("Waiting"), tuple(s for s in here if s.waiting), waits=True),
        Section(t("Without a theme") if themes else t("Visible"), of(_without(names))),
        *(Section(theme.name, of(_under(theme.id))) for theme in themes),
        Section(t("Hidden"), tuple(s for s in newest if s.id in away)),
    ]
    return [section for section in found if section.texts]


def _without(names: set[str]) -> Callable[[Statement], bool]:
    return lambda statement: statement.theme_id not in names


def _under(theme_id: str) -> Callable[[Statement], bool]:
    return lambda statement: statement.theme_id == theme_id


def _shown(question: KeyQuestion) -> str:
    """In the session: how many rows are shown."""
    return f"console-shown-{question.id}"


def _more(question: KeyQuestion, limit: int) -> None:
    st.session_state[_shown(question)] = limit


class _Rows:
    """What every row needs to know of the others."""

    def __init__(
        self,
        console: Console,
        agenda: Agenda,
        said: Sequence[Statement],
        themes: Sequence[Theme],
    ) -> None:
        self.console, self.said, self.themes = console, said, themes
        self.merged: Mapping[str, Sequence[Statement]] = merged(said)
        self.names = {theme.id: theme.name for theme in themes}
        self.near = suggested(themes, [s for s in said if not s.hidden])
        self.taken = {s.source_id for s in agenda.statements if s.source_id and not s.hidden}
        # A proposed question is chosen and taken into the agenda; nobody rates it.
        self.proposed = {q.id for q in agenda.questions if q.kind is QuestionKind.PROPOSE}

    def section(self, section: Section, question: KeyQuestion, limit: int, *, bare: bool) -> None:
        """A heading, and as many rows as there is room for; no heading where it is the only one."""
        t, who, w = self.console.who.t, self.console.who, self.console.workshop_id
        if not bare or section.waits:
            count = t.number(len(section.texts))
            anchor = f' id="{moderation_tools.WAITING}"' if section.waits else ""
            st.html(f'<h3 class="ek-section"{anchor}>{esc(section.name)} · {count}</h3>')
        if section.waits and len(section.texts) > 1:
            acting.button(
                self.console,
                f"pass-all-{question.id}",
                t("Let all of them pass"),
                lambda: who.service.let_all_pass(who.actor, w, question.id),
            )
        for statement in section.texts[:limit]:
            self._row(statement)

    def _row(self, statement: Statement) -> None:
        state = "hidden" if statement.hidden else "waiting" if statement.waiting else "shown"
        first = words.original(self.console.who.t, statement)
        meta = " · ".join(self._facts(statement))
        with st.container(key=f"text-{state}-{statement.id}", gap=None):
            st.html(
                f'<p class="ek-text">{esc(statement.text)}</p>'
                + (f'<p class="ek-meta">{esc(meta)}</p>' if meta else "")
                + (f'<p class="ek-meta ek-original">{esc(first)}</p>' if first else "")
            )
            with st.container(horizontal=True, gap="small", key=f"acts-{statement.id}"):
                self._buttons(statement)
            if moderation_row.unfolded() == statement.id:
                inner = self.merged.get(statement.id, ())
                moderation_row.draw(self.console, statement, self.said, self.themes, inner)

    def _facts(self, statement: Statement) -> Iterator[str]:
        """Below the text: what it is, and what became of it."""
        t = self.console.who.t
        if statement.aspect:
            yield words.aspect(t, statement.aspect)
        if inner := self.merged.get(statement.id):
            yield f"×{t.number(len(inner) + 1)}"
        if statement.pinned:
            yield t("pinned")
        if statement.hidden:
            why = reason_words(statement.hidden_reason, t)
            yield t("hidden: {reason}", reason=why) if why else t("hidden")
        if statement.id in self.taken:
            yield "✓ " + t("statement")

    def _buttons(self, statement: Statement) -> None:
        t, who, w = self.console.who.t, self.console.who, self.console.workshop_id
        service, key = who.service, statement.id
        usable = not statement.hidden and not statement.waiting
        if statement.waiting and not statement.hidden:
            self._link(f"pass-{key}", t("Let pass"), lambda: service.let_pass(who.actor, w, key))
        near = self.near.get(key) if usable else None
        if near is not None:
            word = t("To “{theme}”?", theme=plain(self.names[near]))
            self._link(f"near-{key}", word, lambda: service.put_under(who.actor, w, key, near))
        if usable and key not in self.taken and statement.question_id not in self.proposed:
            self._link(
                f"promote-{key}",
                t("Take over as statement"),
                lambda: service.promote(who.actor, w, key),
            )
        st.button(
            t("Edit"), key=f"edit-{key}", type="tertiary", on_click=editor.open_for, args=(key,)
        )
        st.button(
            t("Show again") if statement.hidden else t("Hide"),
            key=f"hide-{key}",
            type="tertiary",
            on_click=moderation_row.hide,
            args=(self.console, statement),
        )
        open_ = moderation_row.unfolded() == key
        st.button(
            t("Less") if open_ else t("More"),
            key=f"unfold-{key}",
            type="tertiary",
            on_click=moderation_row.unfold,
            args=(None if open_ else key,),
        )

    def _link(self, key: str, word: str, do: acting.Do) -> None:
        acting.button(self.console, key, word, do)
