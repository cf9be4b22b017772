"""Results by group of people, on the results page: only what betrays nobody."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import results_view as view
from pages.parts.frame import accent
from pages.parts.guard import Reader
from pages.parts.results_distribution import choose_round
from pages.parts.text import esc
from workshop.export.words import segment_name
from workshop.i18n import NO_VALUE, Translator
from workshop.model import Agenda, Cluster, KeyQuestion, Round, Statement
from workshop.segments import (
    ENDS,
    MIN_ITEMS,
    NUMBERS_FROM,
    Group,
    GroupLevel,
    SegmentResults,
    Side,
    Standing,
)
from workshop.sentences import level_word

_MARKS = {Side.FOR: "▲", Side.MIDDLE: "■", Side.AGAINST: "▼"}


def by_group(
    who: Reader, agenda: Agenda, cluster: Cluster, question: KeyQuestion, rounds: Sequence[Round]
) -> None:
    """Where each group stands on every statement of a round, and how far it agrees in itself."""
    t = who.t
    found = who.service.by_segment(who.actor, agenda.workshop.id)
    if len(found.groups) < 2:
        few = t("There are no two groups of at least five people each: nothing is told apart.")
        st.html(view.sentence(few))
        return
    number = choose_round(question, [r.number for r in rounds], t)
    round_ = next(r for r in rounds if r.number == number)
    st.html(view.part(t("Where do the groups stand?")))
    st.html(view.sentence(_how_to_read(found.groups, t)) + _signs(found.groups, t, accent(cluster)))
    statements = view.page(agenda.asked(round_), t, key=f"groups-{question.id}")
    st.html(standings_table(statements, found, round_, accent(cluster), t))
    levels = found.levels.get((cluster.id, number), ())
    st.html(view.part(t("How far does each group agree in itself?")))
    st.html(levels_table(levels, accent(cluster), t))


def group_name(group: Group, t: Translator) -> str:
    """The name of a group; of those that were put together, all of them."""
    if len(group.members) == 1:
        return segment_name(group.members[0], t)
    return ", ".join(segment_name(member, t) for member in group.members)


def _how_to_read(groups: Sequence[Group], t: Translator) -> str:
    said = [t("A majority is more than half of all people of a group, answered or not.")]
    if any(g.n >= NUMBERS_FROM for g in groups):
        said.append(
            t(
                "Of groups of {n} or more numbers are told, in steps of five: at least so many.",
                n=NUMBERS_FROM,
            )
        )
    if any(len(g.members) > 1 for g in groups):
        said.append(t("Groups of fewer than five people are put together."))
    return " ".join(said)


def _signs(groups: Sequence[Group], t: Translator, colour: str) -> str:
    """The sides of a bar, in the order in which they stand there."""
    if not any(g.n >= NUMBERS_FROM for g in groups):
        return ""
    words = {Side.AGAINST: t("against"), Side.MIDDLE: t("in the middle"), Side.FOR: t("in favour")}
    signs = [(view.sign(f"er-{side} {colour}"), word) for side, word in words.items()]
    return view.legend([*signs, (view.sign("er-open"), t("not told"))])


def standings_table(
    statements: Sequence[Statement],
    found: SegmentResults,
    round_: Round,
    colour: str,
    t: Translator,
) -> str:
    """Statements by groups; a statement that would betray somebody has one line for all."""
    caption = t("Round {number}, by group", number=round_.number)
    heads = "".join(
        f'<th scope="col">{esc(group_name(g, t))}'
        f"<small>{esc(t.n('{n} person', '{n} people', g.n))}</small></th>"
        for g in found.groups
    )
    nothing = t("Not told: too few on one side, or somebody could be recognised.")
    rows = []
    for statement in statements:
        standings = found.of(round_.id, statement.id)
        cells = "".join(f"<td>{_standing(s, t)}</td>" for s in standings)
        if not standings:
            cells = f'<td class="er-untold" colspan="{len(found.groups)}">{esc(nothing)}</td>'
        rows.append(f'<tr><th scope="row">{esc(statement.text)}</th>{cells}</tr>')
    return (
        f'<div class="er-scroll er-groups {colour}" role="region" tabindex="0" '
        f'aria-label="{esc(caption)}"><table><caption>{esc(caption)}</caption>'
        f'<thead><tr><th scope="col">{esc(t("Statement"))}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _standing(standing: Standing, t: Translator) -> str:
    if standing.least is not None:
        return _bar(standing) + f'<small class="er-least">{_numbers(standing, t)}</small>'
    side = standing.majority
    if side is None:
        return f'<span class="er-none">{esc(t("no majority"))}</span>'
    words = {
        Side.FOR: t("majority in favour"),
        Side.MIDDLE: t("majority in the middle"),
        Side.AGAINST: t("majority against"),
    }
    sign = f'<i aria-hidden="true">{_MARKS[side]}</i>'
    return f'<span class="er-side er-{side}">{sign}{esc(words[side])}</span>'


def _bar(standing: Standing) -> str:
    """The three sides as parts of the group; what isn't told stays empty."""
    parts = "".join(
        f'<i class="er-{side}" style="width:{100 * n / standing.group.n:.0f}%"></i>'
        for side, n in (standing.least or {}).items()
    )
    return f'<span class="er-bar" aria-hidden="true">{parts}</span>'


def _numbers(standing: Standing, t: Translator) -> str:
    """How many there are at least, those in favour first; without the sides that have no number."""
    least = standing.least or {}
    said = [_at_least(side, least[side], t) for side in reversed(tuple(Side)) if least.get(side)]
    lines = "".join(f"<span>{esc(words)}</span> " for words in said)
    return lines or esc(t("fewer than five on each side"))


def _at_least(side: Side, n: int, t: Translator) -> str:
    match side:
        case Side.FOR:
            return t("≥ {n} in favour", n=t.number(n))
        case Side.MIDDLE:
            return t("≥ {n} in the middle", n=t.number(n))
        case Side.AGAINST:
            return t("≥ {n} against", n=t.number(n))


# Convergence


def levels_table(levels: Sequence[GroupLevel], colour: str, t: Translator) -> str:
    """The convergence of each group in itself; why there is none."""
    if not levels:
        return view.sentence(
            t(
                "Not told: it takes {n} statements that at least five of a group have answered.",
                n=MIN_ITEMS,
            )
        )
    caption = t("Convergence by group, rounded to five points")
    heads = "".join(
        f'<th scope="col"{more}>{esc(word)}</th>'
        for word, more in (
            (t("Group"), ""),
            (t("Convergence"), ""),
            (t("Interval"), ""),
            (t("Chance"), ""),
            (t("Finding"), ' class="er-words"'),
            (t("0 to 100"), ' class="er-words"'),
        )
    )
    rows = "".join(_level(level, t) for level in levels)
    return (
        f'<div class="er-scroll er-levels {colour}" role="region" tabindex="0" '
        f'aria-label="{esc(caption)}"><table><caption>{esc(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _level(level: GroupLevel, t: Translator) -> str:
    name = f'<th scope="row">{esc(group_name(level.group, t))}</th>'
    word = f'<td class="er-words">{esc(level_word(level.word, t))}</td>'
    if level.index is None or level.low is None or level.high is None or level.baseline is None:
        return f"<tr>{name}{f'<td>{NO_VALUE}</td>' * 3}{word}<td></td></tr>"
    span = f"{t.decimal(level.low, 0)}–{t.decimal(level.high, 0)}"
    track = (
        '<span class="er-track" aria-hidden="true">'
        f'<i class="er-chance" style="width:{level.baseline:.0f}%"></i>'
        f'<i class="er-span" style="left:{level.low:.0f}%;width:{level.high - level.low:.0f}%"></i>'
        f'<i class="er-index" style="left:{level.index:.0f}%"></i></span>'
    )
    numbers = (index_words(level.index, t), span, t.decimal(level.baseline, 0))
    cells = "".join(f"<td>{esc(x)}</td>" for x in numbers)
    return f"<tr>{name}{cells}{word}<td>{track}</td></tr>"


def index_words(index: float, t: Translator) -> str:
    """A rounded index; at either end only that it lies there."""
    bottom, top = ENDS
    if index >= top:
        return t("≥ {n}", n=t.decimal(top, 0))
    if index <= bottom:
        return t("≤ {n}", n=t.decimal(bottom, 0))
    return t.decimal(index, 0)
