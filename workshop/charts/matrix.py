"""The result of a matrix: a plane with two axes, and on it each statement with its spread.

A numbered mark stands at the middle of the answers on both axes, and the arms of its cross reach
over the middle half of them: a long arm is a room that does not agree. A hollow dot is the round
before, a line joins both. Where marks would cover each other they step aside, and a thin line
leads to their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop.analysis import MatrixLevel
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    escape,
    frame,
    lines,
    note,
    width_of,
    wrap,
)
from workshop.charts.plane import Numbers, Paint, ground_of, mark_of, traces
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.model import KeyQuestion, Scale
from workshop.results import MatrixResult
from workshop.sentences import (
    axis_names,
    axis_word,
    matrix_sentence,
    median_words,
    quoted,
    shown_on_both,
)
from workshop.templates import scales
from workshop.verdicts import Direction

_HEIGHT: Final = 560
_LABEL_EM: Final = 60.0
_END_EM: Final = 13.0
_LINE: Final = 24  # pixels, of the statements below the plane


def matrix_chart(
    question: KeyQuestion,
    levels: Sequence[MatrixLevel],
    t: Translator,
    *,
    number: int,
    page: Sequence[MatrixResult] | None = None,
    previous: Sequence[MatrixResult] = (),
    accent: str = "c",
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """Where the statements of a matrix stand in round `number`.

    Args:
        levels: all statements in the order in which they were asked, which numbers them.
        page: those that are listed beside it; the others stay pale. All where none are named.
        previous: the same statements in the round before, in any order.
        accent: the cluster's, a name of `workshop.marks`.
        labels: write the statements' texts below the plane; without them whoever shows the
            figure lists them beside it.

    Raises:
        ValueError: for a question without two scales.
    """
    if question.scale is None or question.second is None:
        raise ValueError("only a matrix has a plane")
    palette, colour = PALETTES[theme], accent_colour(accent, theme)
    numbers = numbered([x.result for x in levels])
    before = {m.statement.id: m for m in previous if shown_on_both(m)}
    named = {m.statement.id for m in page} if page is not None else set(numbers)
    marks = [
        mark_of(x.result, before.get(x.result.statement.id), numbers, named)
        for x in levels
        if shown_on_both(x.result)
    ]
    paint = Paint(palette, colour, 0.62 if labels else 1.0)
    layout = frame(palette)
    spans = ((0.5, question.scale.steps + 0.5), (0.5, question.second.steps + 0.5))
    layout["xaxis"].update(range=list(spans[0]))
    layout["yaxis"].update(range=list(spans[1]))
    layout["shapes"] = ground_of(spans, palette)
    layout["annotations"] = _axes(question, t, palette, 16 if labels else 25)
    listed = _listed([x.result for x in levels], numbers) if labels else []
    below = round(_LINE * sum(text.count("<br>") + 1 for text in listed)) + (16 if listed else 0)
    side = 34 if labels else 46
    layout["margin"] = {"l": 2, "r": 2, "t": side, "b": side + below}
    layout["annotations"] += _list_below(listed, side)
    return Chart(
        figure={"data": traces(marks, spans, paint), "layout": layout},
        title=pick(question.text, t.lang),
        sentence=_sentence(question, levels, number, t),
        table=_table(question, levels, previous, number, t),
        height=_HEIGHT + below,
    )


def numbered(results: Sequence[MatrixResult]) -> Numbers:
    """The number of each statement on the plane, from 1, in the order in which they were asked."""
    return {m.statement.id: place for place, m in enumerate(results, start=1)}


def high_on_both(levels: Sequence[MatrixLevel]) -> tuple[MatrixLevel, ...]:
    """The statements that more than half put above the middle on each of both axes."""
    return tuple(
        x
        for x in levels
        if shown_on_both(x.result)
        and x.first.direction is Direction.FOR
        and x.second.direction is Direction.FOR
    )


def _axes(question: KeyQuestion, t: Translator, palette: Palette, size: int) -> list[Figure]:
    """What is judged, and what both ends mean: the second axis above, the first below the plane."""
    first, second = question.scale, question.second
    if first is None or second is None:
        return []
    names = axis_names(question, t)
    muted, strong = ({"size": size, "color": c} for c in (palette.muted, palette.ink))

    def at(text: str, side: str, y: int, font: Figure) -> Figure:
        place = {"xref": "paper", "yref": "paper", "xanchor": side, "align": side}
        beside = {"yanchor": "bottom" if y else "top", "yshift": 5 if y else -5}
        return note(text, 0 if side == "left" else 1, y, **place, **beside, font=font)

    return [
        at(f"↑ {_high_end(names[1], second, t)}", "left", 1, strong),
        at(f"↓ {escape(_end(second, 0, t))}", "right", 1, muted),
        at(f"← {escape(_end(first, 0, t))}", "left", 0, muted),
        at(f"{_high_end(names[0], first, t)} →", "right", 0, strong),
    ]


def _end(scale: Scale, place: int, t: Translator) -> str:
    """The word of an outermost step, cut where two of them would not stand in one line."""
    word = pick(scale.labels[place], t.lang)
    found = lines(word, _END_EM)
    return word if len(found) == 1 else f"{found[0]}…"


def _high_end(name: str, scale: Scale, t: Translator) -> str:
    """What is judged, and its high end; a scale without a name is called by its ends anyway."""
    word = escape(_end(scale, -1, t))
    if scale.name not in scales() or width_of(name) > _END_EM:
        return f"<b>{word}</b>"
    return f"<b>{escape(name)}</b>: {word}"


def _listed(results: Sequence[MatrixResult], numbers: Numbers) -> list[str]:
    return [
        f"<b>{numbers[m.statement.id]}</b>  {wrap(m.statement.text, _LABEL_EM)}" for m in results
    ]


def _list_below(texts: Sequence[str], side: int) -> list[Figure]:
    """The numbered statements below the plane."""
    found, down = [], side + 14
    for text in texts:
        found.append(note(text, 0, 0, yref="paper", yanchor="top", yshift=-down))
        down += _LINE * (text.count("<br>") + 1)
    return found


def matrix_summary(
    question: KeyQuestion, levels: Sequence[MatrixLevel], number: int, t: Translator
) -> str:
    """What a matrix says as a whole: what was placed on which axes, and what is high on both."""
    first, second = axis_names(question, t)
    head = t.n(
        "Round {number}: {n} statement, placed by {first} and {second}.",
        "Round {number}: {n} statements, placed by {first} and {second}.",
        len(levels),
        number=number,
        first=first,
        second=second,
    )
    if not any(shown_on_both(x.result) for x in levels):
        return f"{head} {t('Fewer than five answers: nothing is shown.')}"
    high = ", ".join(quoted(x.result.statement, t) for x in high_on_both(levels))
    if not high:
        return f"{head} {t('No statement is by majority high on both axes.')}"
    return f"{head} {t('By majority high on both axes: {statements}.', statements=high)}"


def _sentence(
    question: KeyQuestion, levels: Sequence[MatrixLevel], number: int, t: Translator
) -> str:
    said = (
        t(
            "“{statement}”: {sentence}",
            statement=x.result.statement.text,
            sentence=matrix_sentence(x, t),
        )
        for x in levels
    )
    return " ".join((matrix_summary(question, levels, number, t), *said))


def _table(
    question: KeyQuestion,
    levels: Sequence[MatrixLevel],
    previous: Sequence[MatrixResult],
    number: int,
    t: Translator,
) -> Table:
    """A row per statement and axis, with the people on each step; below it the round before."""
    most = max(s.steps for s in (question.scale, question.second) if s is not None)
    columns = (
        t("Statement"),
        t("Round"),
        t("Axis"),
        *(t("Step {n}", n=n) for n in range(1, most + 1)),
        t("Median"),
        t("Answers"),
        t("Abstained"),
        t("Finding"),
    )
    earlier = {m.statement.id: m for m in previous}
    rows = []
    for level in levels:
        result = level.result
        words = (axis_word(level.first.word, t), axis_word(level.second.word, t))
        rows += _of(question, result, t.number(number), words, most, t)
        then = earlier.get(result.statement.id)
        if then is not None:
            rows += _of(question, then, t("before"), ("", ""), most, t)
    return Table(columns, tuple(rows))


def _of(
    question: KeyQuestion,
    result: MatrixResult,
    number: str,
    words: tuple[str, str],
    most: int,
    t: Translator,
) -> list[tuple[str, ...]]:
    few = not shown_on_both(result)
    rows = []
    axes = zip(
        axis_names(question, t),
        (question.scale, question.second),
        (result.first, result.second),
        words,
        strict=True,
    )
    for name, scale, item, word in axes:
        if scale is None:
            continue
        steps = [NO_VALUE if few else t.number(n) for n in item.counts.steps]
        median = NO_VALUE if few else median_words(item.median, scale, t)
        rows.append(
            (
                result.statement.text,
                number,
                name,
                *(steps + [""] * most)[:most],
                median,
                t.number(item.counts.n),
                t.number(item.counts.abstained),
                NO_VALUE if few else word or NO_VALUE,
            )
        )
    return rows
