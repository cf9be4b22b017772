"""The result of one rating question: a bar for each statement, all of the same length.

The dotted line at one half points at the median category of every bar. A thinner, paler bar
below is the round before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from workshop.analysis import ItemLevel
from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    centres,
    escape,
    frame,
    mix,
    note,
    ramp,
    text_on,
    wrap,
)
from workshop.charts.paging import SMALLEST_PAGE, weight_of
from workshop.charts.words import abstained_share, item_words, shown
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.model import KeyQuestion, Scale
from workshop.results import ItemResult
from workshop.sentences import each_answers, item_word, median_words
from workshop.verdicts import ItemWord

Levels = Mapping[str, ItemLevel]
"""By statement id, what may be said of it."""

_BAR: Final = 1.5
"""Height of a bar, in lines of the statement beside it."""
_BEFORE: Final = 0.45
_LABEL_EM: Final = 42.0
_LINE: Final = 30  # pixels per unit of height in a labelled figure
_ROOM: Final = 2.2  # units above a labelled bar: statement, median and n
_NO_NUMBER: Final = "\u00a0"  # a label that is there can move with its bar when it grows
_TIGHTEST: Final = 0.055  # shares below this have no room for their number


def in_order(
    items: Sequence[ItemResult], first: Sequence[ItemResult] = ()
) -> tuple[ItemResult, ...]:
    """Statements with the highest median first, then by the share above the middle of the scale.

    Those with too few answers to be shown come last; equals stay in the order they were asked.
    With `first`, the result of the first round, its statements keep the places that they had
    there, so that opinions are seen to move and not rows; new ones follow.
    """
    if first:
        places = {item.statement.id: place for place, item in enumerate(in_order(first))}
        last = len(places)
        return tuple(sorted(in_order(items), key=lambda i: places.get(i.statement.id, last)))

    def rank(item: ItemResult) -> tuple[bool, float, float, float]:
        steps, n = item.counts.steps, item.counts.n or 1
        half = len(steps) // 2
        above = sum(steps[-half:]) / n if half else 0.0
        below = sum(steps[:half]) / n
        return (not shown(item), -(item.median or 0), -above, below)

    return tuple(sorted(items, key=rank))


def question_result(
    question: KeyQuestion,
    items: Sequence[ItemResult],
    t: Translator,
    *,
    number: int,
    previous: Sequence[ItemResult] = (),
    levels: Levels | None = None,
    accent: str = "c",
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """The distribution of every statement of a question in round `number`.

    Args:
        question: a rating question, with its scale.
        items: the statements in the order in which they are to be shown (see `in_order`).
        previous: the same statements in the round before, in any order; missing ones are left out.
        levels: the verdicts; None where there is no analysis (a round that nobody was shown).
        accent: the cluster's, a name of `workshop.marks`.
        labels: write statement, median and n into the figure; without them each row is as
            high as `weight_of` says and whoever shows the figure writes beside it.

    Raises:
        ValueError: for a question without a scale.
    """
    scale = question.scale
    if scale is None:
        raise ValueError("only a rating question has a distribution")
    before = {i.statement.id: i for i in previous}
    rows = _Rows(items, [before.get(i.statement.id) for i in items], labels)
    palette, colours = PALETTES[theme], ramp(accent, theme, scale.steps)
    counted = max((i.counts.n for i in items), default=0) < 100
    data = [
        *(
            _bars(rows, step, colours[step], scale, t, palette, counted=counted)
            for step in range(scale.steps)
        ),
        *(_bars_before(rows, step, colours[step], palette) for step in range(scale.steps)),
    ]
    layout = frame(palette, barmode="stack", bargap=0, shapes=_lines(rows, palette))
    layout["xaxis"].update(range=[0, 1])
    layout["yaxis"].update(range=[rows.bottom, rows.total])
    height = round(rows.total * _LINE) + 24
    if labels:
        layout["annotations"] = _annotations(rows, scale, levels or {}, t, palette)
        layout["margin"] = {"l": 4, "r": 4, "t": 12, "b": 12}
    return Chart(
        figure={"data": data, "layout": layout},
        title=pick(question.text, t.lang),
        sentence=_sentence(items, scale, levels or {}, t, number),
        table=_table(items, before, scale, levels, t, number),
        height=height,
    )


class _Rows:
    """Where each statement's bars are."""

    def __init__(
        self, items: Sequence[ItemResult], before: Sequence[ItemResult | None], labels: bool
    ) -> None:
        self.items, self.before, self.bare = items, before, not labels
        if labels:
            wrapped = [wrap(i.statement.text, _LABEL_EM) for i in items]
            self.texts = wrapped
            weights = [_ROOM + text.count("<br>") * 0.75 + 2.2 for text in wrapped]
        else:
            self.texts = ["" for _ in items]
            weights = [weight_of(i) for i in items]
        self.total = sum(weights) or 1.0
        self.bottom = 0.0 if labels else min(0.0, self.total - SMALLEST_PAGE)
        middles = centres(weights)
        self.bars = [
            middle - (weight / 2 - 1.2 if labels else 0) + (0.2 if earlier else 0)
            for middle, weight, earlier in zip(middles, weights, before, strict=True)
        ]

    @property
    def ids(self) -> list[str]:
        """By which a bar is the same one when the order changes."""
        return [i.statement.id for i in self.items]


def _bars(
    rows: _Rows,
    step: int,
    colour: str,
    scale: Scale,
    t: Translator,
    palette: Palette,
    *,
    counted: bool,
) -> Figure:
    shares, texts = [], []
    for item in rows.items:
        share = item.counts.steps[step] / item.counts.n if shown(item) else 0.0
        number = t.number(item.counts.steps[step]) if counted else t.decimal(100 * share, 0)
        shares.append(share)
        texts.append(number if share >= _TIGHTEST else _NO_NUMBER)
    return {
        **_trace(rows.bars, shares, colour, palette, _BAR),
        "ids": rows.ids,
        "name": escape(pick(scale.labels[step], t.lang)),
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {
            "color": text_on(colour),
            "size": 26 if rows.bare else 17,
            "weight": 600,
        },
    }


def _bars_before(rows: _Rows, step: int, colour: str, palette: Palette) -> Figure:
    """The thin bars of the round before; of no length where there was none."""
    shares = [
        item.counts.steps[step] / item.counts.n if item is not None and shown(item) else 0.0
        for item in rows.before
    ]
    below = [y - _BAR / 2 - _BEFORE / 2 - 0.12 for y in rows.bars]
    # Paler by colour and not by opacity: the line behind must not shine through.
    trace = _trace(below, shares, mix(colour, palette.ground, 0.6), palette, _BEFORE)
    return {**trace, "ids": [f"{i}-before" for i in rows.ids]}


def _trace(
    y: Sequence[float], shares: Sequence[float], colour: str, palette: Palette, width: float
) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(shares),
        "y": list(y),
        "width": width,
        "marker": {"color": colour, "line": {"color": palette.ground, "width": 2}},
        "cliponaxis": False,
    }


def _lines(rows: _Rows, palette: Palette) -> list[Figure]:
    """At one half, behind each bar and reaching out of it: what it crosses is the median."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": 0.5,
            "x1": 0.5,
            "y0": y - _BAR / 2 - _BEFORE - 0.45,
            "y1": y + _BAR / 2 + 0.4,
            "layer": "below",
            "line": {"color": palette.ink, "width": 4, "dash": "dot"},
        }
        for y, item in zip(rows.bars, rows.items, strict=True)
        if shown(item)
    ]


def _annotations(
    rows: _Rows, scale: Scale, levels: Levels, t: Translator, palette: Palette
) -> list[Figure]:
    found: list[dict[str, Any]] = []
    for y, item, text in zip(rows.bars, rows.items, rows.texts, strict=True):
        verdict = escape(verdict_of(item, levels, t))
        words = f'<span style="color:{palette.muted}">{escape(item_words(item, scale, t))}</span>'
        line = f"<b>{verdict}</b> · {words}" if verdict else words
        found.append(note(f"{text}<br>{line}", 0, y + _BAR / 2 + 0.15, xref="x"))
    return found


def verdict_of(item: ItemResult, levels: Levels, t: Translator) -> str:
    """What may be said of a statement in a word; empty where nothing may, or nothing is known."""
    level = levels.get(item.statement.id)
    return item_word(level.word, t) if level is not None else ""


def _sentence(
    items: Sequence[ItemResult], scale: Scale, levels: Levels, t: Translator, number: int
) -> str:
    low, high = (pick(scale.labels[i], t.lang) for i in (0, -1))
    rated = t.n(
        "Round {number}: {n} statement, rated from “{low}” to “{high}”.",
        "Round {number}: {n} statements, rated from “{low}” to “{high}”.",
        len(items),
        number=number,
        low=low,
        high=high,
    )
    usable = [i for i in items if shown(i)]
    if not usable:
        return f"{rated} {t('Fewer than five answers: nothing is shown.')}"
    fewest, most = min(i.counts.n for i in usable), max(i.counts.n for i in usable)
    answers = each_answers(fewest, most, t)
    leading = _leading(usable, scale, t)
    return " ".join(
        part for part in (rated, answers, leading, _verdicts(usable, levels, t)) if part
    )


def _verdicts(usable: Sequence[ItemResult], levels: Levels, t: Translator) -> str:
    """How many statements have each verdict, in one order, those that occur."""
    found = Counter(levels[i.statement.id].word for i in usable if i.statement.id in levels)
    words = [
        t("{count} {word}", count=t.number(found[word]), word=item_word(word, t))
        for word in ItemWord
        if found[word]
    ]
    return t("Findings: {words}.", words=", ".join(words)) if words else ""


def _leading(usable: Sequence[ItemResult], scale: Scale, t: Translator) -> str:
    best = max(i.median or 0 for i in usable)
    leading = [i for i in usable if i.median == best]
    median = median_words(best, scale, t)
    if len(leading) > 1:
        count = t.number(len(leading))
        return t("{x} statements share the highest median: {median}.", x=count, median=median)
    text = leading[0].statement.text
    return t("The highest median has “{statement}”: {median}.", statement=text, median=median)


def _table(
    items: Sequence[ItemResult],
    before: Mapping[str, ItemResult],
    scale: Scale,
    levels: Levels | None,
    t: Translator,
    number: int,
) -> Table:
    """A row per statement, below it the same in the round before; with verdicts where known."""
    columns = (
        t("Statement"),
        t("Round"),
        *(pick(label, t.lang) for label in scale.labels),
        t("Median"),
        t("Answers"),
        t("Abstained"),
        *((t("Finding"),) if levels is not None else ()),
    )
    rows = []
    for item in items:
        verdict = () if levels is None else (verdict_of(item, levels, t) or NO_VALUE,)
        rows.append((*_row(item, scale, t, t.number(number)), *verdict))
        earlier = before.get(item.statement.id)
        if earlier is not None:
            unsaid = () if levels is None else (NO_VALUE,)
            rows.append((*_row(earlier, scale, t, t("before")), *unsaid))
    return Table(columns, tuple(rows))


def _row(item: ItemResult, scale: Scale, t: Translator, number: str) -> tuple[str, ...]:
    few = not shown(item)
    return (
        item.statement.text,
        number,
        *("–" if few else t.number(count) for count in item.counts.steps),
        "–" if few else median_words(item.median, scale, t),
        t.number(item.counts.n),
        f"{t.number(item.counts.abstained)} ({t.percent(abstained_share(item))})",
    )
