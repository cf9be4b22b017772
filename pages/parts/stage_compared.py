"""The stage's views that compare: who moved between two rounds, both strands, opinion groups.

Rows here have the heights that `workshop.charts` gives them, so that the words stand exactly
beside their figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.parts.stage_html import (
    accent_style,
    head,
    hidden,
    kicker,
    page_words,
    rows,
    sign,
    statement,
    tag,
    text,
    view,
)
from pages.parts.stage_results import scale_legend
from workshop.analysis import (
    Change,
    ClusterComparison,
    ComparedItem,
    GroupConsensus,
    Groups,
    ItemChange,
)
from workshop.charts import Chart, moves_pages, moves_weight, strands_pages, strands_weight
from workshop.charts.base import accent_colour
from workshop.charts.moves import stayed
from workshop.charts.opinion_map import group_accent, group_mark, group_name
from workshop.charts.strand_lines import verdict_colour
from workshop.charts.words import change_interval_words
from workshop.i18n import Translator, pick
from workshop.items import POINTS
from workshop.model import Agenda, KeyQuestion, Strand
from workshop.sentences import (
    change_word,
    groups_sentence,
    provable_words,
    strand_name,
    strand_word,
)

MOST_AGREED: Final = 4
"""Statements beside the map of the groups."""


def moved(
    agenda: Agenda,
    asked: KeyQuestion,
    change: Change,
    items: Sequence[ItemChange],
    page: int,
    chart: Chart,
    t: Translator,
) -> str:
    """Who moved between two rounds of a question.

    `items` are all its statements in their order; `chart` shows those of the page.
    """
    cluster = agenda.cluster(asked.cluster_id)
    pages = moves_pages(items)
    place = max(0, min(page, len(pages) - 1))
    now = pages[place]
    rounds = t("round {first} and round {second}", first=change.first, second=change.second)
    body = rows([_moved(i, t) for i in now], [moves_weight(i) for i in now])
    if not now:
        body = text("p", t("No statement was asked in both rounds."), class_="state empty")
    above = kicker(cluster, t, rounds, t("only who answered both times"))
    return view(
        "moves",
        head(above, chart.title, pick(asked.text, t.lang)),
        hidden(chart.sentence),
        body,
        tag(
            "footer",
            _moves_legend(agenda, asked, change, t) if now else "",
            page_words(place, len(pages), t),
        ),
        key=f"{asked.id}-{place}",
        style=accent_style(cluster) if cluster else "",
    )


def _moved(item: ItemChange, t: Translator) -> str:
    """A statement, and beside its flows how many stayed, went up, went down."""
    found = item.stability
    if found is None:
        words = text("p", t("Fewer than five people in both rounds"), class_="n")
    else:
        numbers = {"n": t.number(stayed(found)), "all": t.number(found.n)}
        went = (
            ("up", t("{n} up", n=t.number(found.up))),
            ("down", t("{n} down", n=t.number(found.down))),
        )
        consensus = t(
            "Consensus {change} ({interval}):",
            change=t.signed(item.change),
            interval=change_interval_words(item, t),
        )
        words = "".join(
            (
                text("p", t("{n} of {all} stayed", **numbers), class_="verdict"),
                tag("p", *(_went(way, word) for way, word in went), class_="went"),
                text("p", consensus, class_="n"),
                text("p", change_word(item.word, t), class_="n"),
            )
        )
    return _row(item.statement.id, item.statement.text, words)


def _went(way: str, words: str) -> str:
    return tag("span", tag("i", class_=way), text("span", words))


def _row(key: str, said: str, facts: str) -> str:
    return tag(
        "div",
        statement(said),
        tag("div", class_="gap"),
        tag("div", facts, class_="facts"),
        class_="row",
        data_key=key,
    )


def _moves_legend(agenda: Agenda, asked: KeyQuestion, change: Change, t: Translator) -> str:
    above = t(
        "above: round {first}, below: round {second}", first=change.first, second=change.second
    )
    signs = [
        text("li", above),
        sign("stay", t("stayed")),
        sign("up", t("went up the scale")),
        sign("down", t("went down the scale")),
    ]
    return scale_legend(agenda, asked, t) + tag("ul", *signs, class_="legend")


def strands(
    agenda: Agenda,
    asked: KeyQuestion,
    comparison: ClusterComparison,
    items: Sequence[ComparedItem],
    page: int,
    chart: Chart,
    t: Translator,
) -> str:
    """Council and citizens on the statements of a question that both rated.

    `items` are all of them by distance; `chart` shows those of the page.
    """
    cluster = agenda.cluster(asked.cluster_id)
    pages = strands_pages(items)
    place = max(0, min(page, len(pages) - 1))
    now = pages[place]
    people = ", ".join(
        f"{strand_name(strand, t)} {t.number(comparison.level(strand).n)}" for strand in Strand
    )
    above = kicker(
        cluster,
        t,
        t("{strands} people", strands=people),
        _near(comparison, t),
    )
    return view(
        "strands",
        head(above, chart.title, pick(asked.text, t.lang)),
        hidden(chart.sentence),
        rows([_compared(i, t) for i in now], [strands_weight(i) for i in now]),
        tag("footer", _strands_legend(t), page_words(place, len(pages), t)),
        key=f"{asked.id}-{place}",
        style=accent_style(cluster) if cluster else "",
    )


def _near(comparison: ClusterComparison, t: Translator) -> str:
    """How near both strands are in the whole cluster, and how near chance alone would put them."""
    if comparison.naehe is None or comparison.floor is None:
        return ""
    return t(
        "nearness {value} of 100 (of one mind {expected})",
        value=t.decimal(comparison.naehe, 0),
        expected=t.decimal(POINTS * (1 - comparison.floor), 0),
    )


def _compared(item: ComparedItem, t: Translator) -> str:
    found = item.comparison
    if found is None:
        words = text("p", t("Fewer than five answers"), class_="n")
    else:
        light, dark = (verdict_colour(found.verdict, theme) for theme in ("light", "dark"))
        words = text(
            "p",
            strand_word(found.verdict, t),
            class_="verdict",
            style=f"--light:{light};--dark:{dark}",
        )
        words += text("p", provable_words(found, t), class_="n")
    return _row(item.statement.id, item.statement.text, words)


def _strands_legend(t: Translator) -> str:
    signs = [
        sign("full", strand_name(Strand.COUNCIL, t)),
        sign("diamond", strand_name(Strand.CITIZENS, t)),
        sign("thick", t("difference demonstrable (p < 5%, corrected)")),
        sign("bracket", t("distance that chance alone would give")),
    ]
    return tag("ul", *signs, class_="legend")


def _agreed(one: GroupConsensus, t: Translator) -> str:
    return t(
        "all groups together {value} of 100, {votes}",
        value=t.decimal(POINTS * one.gic, 0),
        votes=t.n("{n} vote", "{n} votes", one.votes),
    )


def groups(agenda: Agenda, found: Groups, chart: Chart, t: Translator) -> str:
    """The opinion groups on their map, and beside it what all of them agree on most."""
    agreed = [
        tag(
            "li",
            text("p", one.statement.text, class_="said"),
            text("p", _agreed(one, t), class_="n"),
            data_key=one.statement.id,
        )
        for one in found.consensus[:MOST_AGREED]
    ]
    names = [_group(label, size, t) for label, size in enumerate(found.sizes)]
    return view(
        "groups",
        head(kicker(None, t, pick(agenda.workshop.title, t.lang)), _groups_title(t)),
        hidden(chart.sentence),
        tag(
            "div",
            text("h2", t("All groups agree most on")),
            tag("ol", *agreed),
            class_="agreed",
            data_fit="1",
        ),
        tag(
            "footer",
            tag("ul", *names, class_="legend steps"),
            text("p", groups_sentence(found, t)),
        ),
    )


def no_groups(agenda: Agenda, found: Groups, t: Translator) -> str:
    """Why there are no opinion groups, calmly."""
    return view(
        "groups",
        head(kicker(None, t, pick(agenda.workshop.title, t.lang)), _groups_title(t)),
        text("p", groups_sentence(found, t), class_="state empty"),
        tag("footer"),
    )


def _groups_title(t: Translator) -> str:
    return t("Who votes alike, and what do all agree on?")


def _group(label: int, size: int, t: Translator) -> str:
    light, dark = (accent_colour(group_accent(label), theme) for theme in ("light", "dark"))
    people = t.n("{n} person", "{n} people", size)
    return tag(
        "li",
        text("span", group_mark(label), class_="glyph", style=f"--light:{light};--dark:{dark}"),
        text("span", f"{group_name(label, t)}, {people}"),
    )
