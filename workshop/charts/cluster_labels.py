"""The words of the cluster view where the figure carries them itself, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from workshop.analysis import Change, ClusterAnalysis, Level
from workshop.charts.base import Figure, Palette, Table, Theme, accent_colour, escape, note
from workshop.charts.words import ClusterWords, change_interval_words, interval_words
from workshop.i18n import NO_VALUE, Translator, pick
from workshop.marks import MARKS
from workshop.model import Cluster, Strand
from workshop.sentences import change_word, level_problem, level_word, strand_name

NAME: Final = 0.05
FACTS: Final = 0.115
"""How far below the top of its row the name of a cluster stands, and both lines beside it."""


def words_above(
    clusters: Sequence[ClusterAnalysis],
    words: Sequence[ClusterWords],
    t: Translator,
    palette: Palette,
) -> list[Figure]:
    """Name and numbers above each track, in two lines, so that they fit a small window too."""
    found = []
    rows = len(words)
    for place, (cluster, said) in enumerate(zip(clusters, words, strict=True)):
        y = rows - place - NAME
        name = f"<b>{escape(pick(cluster.cluster.name, t.lang))}</b>"
        found.append(note(name, 0, y, xref="x", xshift=34, yanchor="middle"))
        text = f'<span style="color:{palette.ink}">{_facts(said, t)}</span>'
        right = {"xref": "x", "xanchor": "right", "align": "right"}
        found.append(note(text, 100, rows - place - FACTS, yanchor="middle", **right))
    return found


def _facts(said: ClusterWords, t: Translator) -> str:
    """Escaped piece by piece: what joins them is ours."""
    if said.problem:
        return escape(said.problem)
    index = f"<b>{escape(said.index)}</b>"
    if said.interval:
        index += f" ({escape(said.interval)})"
    change = f"<b>{escape(said.change)}</b> ({escape(said.change_interval)}) "
    verdict = (change if said.change else "") + escape(said.verdict)
    chance = escape(t("chance level {value}", value=said.chance))
    more = (said.panel, said.whole, "" if said.panel else said.people)
    below = (verdict, *(escape(part) for part in more if part))
    return f"{index} · {chance}<br>{' · '.join(below)}"


def picture(cluster: Cluster, y: float, theme: Theme) -> Figure:
    """The cluster's mark as a picture without an address."""
    path = MARKS.get(cluster.mark, "")
    colour = accent_colour(cluster.accent, theme)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path fill="{colour}" d="{path}"/></svg>'
    )
    return {
        "source": "data:image/svg+xml," + quote(svg),
        "xref": "x",
        "yref": "y",
        "x": 0,
        "y": y,
        "sizex": 2.4,  # about 24 of the 34 pixels that the name keeps free
        "sizey": 0.24,
        "xanchor": "left",
        "yanchor": "middle",
        "sizing": "contain",
    }


Row = tuple[str, ...]


def overview_table(
    clusters: Sequence[ClusterAnalysis], words: Sequence[ClusterWords], t: Translator
) -> Table:
    """A row per round, per change between two, and per strand where both rated the same."""
    columns = (
        t("Cluster"),
        t("Round or strand"),
        t("Convergence"),
        t("Interval"),
        t("Chance level"),
        t("People"),
        t("present"),
        t("invited"),
        t("Finding"),
    )
    rows: list[Row] = []
    for cluster, said in zip(clusters, words, strict=True):
        name = pick(cluster.cluster.name, t.lang)
        if not cluster.rounds:
            rows.append((name, NO_VALUE, *(NO_VALUE,) * 6, said.problem))
        rows.extend((name, *row) for row in _rows(cluster, t))
    return Table(columns, tuple(rows))


def _rows(cluster: ClusterAnalysis, t: Translator) -> Iterator[Row]:
    for round_ in cluster.rounds:
        yield _level(t("Round {number}", number=round_.number), round_.level, t)
    for change in cluster.changes:
        yield from _change(change, t)
    if cluster.strands is not None:
        for strand in Strand:
            name = t("{strand}, same statements", strand=strand_name(strand, t))
            yield _level(name, cluster.strands.level(strand), t)


def _level(what: str, level: Level, t: Translator) -> Row:
    word = level_word(level.word, t) if level.index is not None else level_problem(level, t)
    baseline = level.baseline if level.index is not None else None
    people = (t.number(x) for x in (level.n, level.present, level.invited))
    interval = interval_words(level.low, level.high, t) or NO_VALUE
    return (what, t.decimal(level.index, 0), interval, t.decimal(baseline, 0), *people, word)


def _change(change: Change, t: Translator) -> Iterator[Row]:
    """The matched panel, and everybody where that can be compared."""
    rounds = {"first": change.first, "second": change.second}
    yield (
        t("Round {first} to {second}: who answered both times", **rounds),
        t.signed(change.change),
        change_interval_words(change, t) or NO_VALUE,
        NO_VALUE,
        t.number(change.matched),
        *(NO_VALUE,) * 2,
        change_word(change.word, t),
    )
    if change.whole is not None:
        everybody = t("Round {first} to {second}: everybody", **rounds)
        yield (everybody, t.signed(change.whole), *(NO_VALUE,) * 5, "")
