"""The stage's views of what was revealed: perspectives, a rating's result, all clusters.

Rows and columns here have the sizes that `workshop.charts` gives them, so that the words stand
exactly beside their bars.
"""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts.stage_html import ASPECT_MARKS, accent_style, hidden, kicker, mark, tag, text, view
from workshop.charts import (
    Chart,
    cluster_words,
    contribution_pages,
    median_words,
    statement_pages,
    weight_of,
)
from workshop.charts.base import ramp
from workshop.charts.paging import SMALLEST_PAGE
from workshop.charts.words import n_words, shown
from workshop.i18n import Translator, pick
from workshop.marks import MARKS
from workshop.model import Agenda, Aspect, KeyQuestion, Scale, Statement
from workshop.results import ClusterResult, ItemResult, WorkshopResults


def aspect_word(aspect: Aspect | None, t: Translator) -> str:
    """What a contribution is, in a word."""
    words = {
        Aspect.PERSPECTIVE: t("Perspective"),
        Aspect.INTEREST: t("Interest"),
        Aspect.GOAL: t("Goal"),
    }
    return words[aspect] if aspect else ""


_ASPECTS = tuple(Aspect)


def by_aspect(contributions: Sequence[Statement]) -> list[Statement]:
    """Perspectives first, then interests, then goals; in each the order in which they came."""
    last = len(_ASPECTS)
    return sorted(contributions, key=lambda s: _ASPECTS.index(s.aspect) if s.aspect else last)


def perspectives(
    agenda: Agenda,
    asked: KeyQuestion,
    contributions: Sequence[Statement],
    page: int,
    t: Translator,
) -> str:
    """What people wrote, once it is revealed."""
    pages = contribution_pages(by_aspect(contributions))
    number = max(0, min(page, len(pages) - 1))
    columns = pages[number]
    count = t.n("{n} contribution", "{n} contributions", len(contributions))
    size = " few" if len(contributions) <= 3 else " whole" if len(pages) == 1 else ""
    body = tag(
        "div",
        *(tag("ul", *(_card(c, t) for c in column)) for column in columns),
        class_=f"cards columns-{len(columns)}{size}",
        data_fit="1",
    )
    if not contributions:
        body = text("p", t("Nothing was contributed to this question."), class_="state empty")
    cluster = agenda.cluster(asked.cluster_id)
    return view(
        "perspectives",
        _head(kicker(cluster, t, count), pick(asked.text, t.lang)),
        body,
        tag("footer", _page_words(number, len(pages), t)),
        key=f"{asked.id}-{number}",
        style=accent_style(cluster) if cluster else "",
    )


def _card(contribution: Statement, t: Translator) -> str:
    aspect = contribution.aspect
    label = (
        tag("p", mark(ASPECT_MARKS[aspect]), text("span", aspect_word(aspect, t)), class_="aspect")
        if aspect
        else ""
    )
    return tag("li", label, text("p", contribution.text, class_="said"), data_key=contribution.id)


def _head(above: str, title: str) -> str:
    return tag("header", above, text("h1", title), data_fit="1", class_="head")


def _page_words(number: int, pages: int, t: Translator) -> str:
    if pages < 2:
        return ""
    words = t("Page {x} of {y}", x=t.number(number + 1), y=t.number(pages))
    return text("p", words, class_="page")


def rating(
    agenda: Agenda,
    asked: KeyQuestion,
    items: Sequence[ItemResult],
    page: int,
    number: int,
    before: int | None,
    chart: Chart,
    t: Translator,
) -> str:
    """The words beside the bars of one page of a rating's result.

    `items` are all statements in their order; `chart` shows those of the page, `before` is the
    number of the round that stands below each bar, if any.
    """
    scale = asked.scale
    cluster = agenda.cluster(asked.cluster_id)
    pages = statement_pages(items)
    place = max(0, min(page, len(pages) - 1))
    rows = pages[place]
    weights = [weight_of(i) for i in rows]
    blank = max(0.0, SMALLEST_PAGE - sum(weights))
    heights = " ".join(f"minmax(0,{weight:g}fr)" for weight in (*weights, blank))
    body = tag(
        "div",
        *(_row(item, scale, t) for item in rows if scale),
        class_=f"rows rows-{len(rows)}",
        style=f"grid-template-rows:{heights}",
    )
    if not rows:
        body = text("p", t("There is no statement to show."), class_="state empty")
    informed = t("knowing the result of the round before") if number > 1 else ""
    return view(
        "rating",
        _head(kicker(cluster, t, t("Round {number}", number=number), informed), chart.title),
        hidden(chart.sentence),
        body,
        tag("footer", _legend(scale, agenda, asked, before, t), _page_words(place, len(pages), t)),
        key=f"{asked.id}-{place}",
        style=accent_style(cluster) if cluster else "",
    )


def _row(item: ItemResult, scale: Scale, t: Translator) -> str:
    if shown(item):
        median = item.median or 0
        between = "" if median == int(median) else " between"
        words = text("p", median_words(item.median, scale, t), class_=f"median{between}")
        words += text("p", n_words(item, t), class_="n")
    else:
        few = t("no answers") if not item.counts.n else t("Fewer than five answers")
        words = text("p", few, class_="n")
    statement = tag("div", text("p", item.statement.text), class_="statement", data_fit="1")
    return tag(
        "div",
        statement,
        tag("div", class_="gap"),
        tag("div", words, class_="facts"),
        class_="row",
        data_key=item.statement.id,
    )


def _legend(
    scale: Scale | None, agenda: Agenda, asked: KeyQuestion, before: int | None, t: Translator
) -> str:
    """The steps of the scale with their colours, and what the line and the thin bar mean."""
    if scale is None:
        return ""
    cluster = agenda.cluster(asked.cluster_id)
    accent = cluster.accent if cluster else "c"
    light, dark = ramp(accent, "light", scale.steps), ramp(accent, "dark", scale.steps)
    steps = [
        tag(
            "li",
            tag("i", class_="swatch", style=f"--light:{light[i]};--dark:{dark[i]}"),
            text("span", pick(label, t.lang)),
        )
        for i, label in enumerate(scale.labels)
    ]
    signs = [
        tag("li", tag("i", class_="dotted"), text("span", t("the median lies here"))),
    ]
    if before is not None:
        thin = t("thin: round {number}", number=before)
        signs.append(tag("li", tag("i", class_="thin"), text("span", thin)))
    return tag("ul", *steps, class_="legend steps") + tag("ul", *signs, class_="legend")


def clusters(agenda: Agenda, results: WorkshopResults, chart: Chart, t: Translator) -> str:
    """The words beside the tracks of the cluster view."""
    count = len(results.clusters)
    rows = [_cluster_row(result, t) for result in results.clusters]
    title = pick(agenda.workshop.title, t.lang)
    scale = t("Convergence of the answers from 0 to 100, per cluster")
    return view(
        "clusters",
        tag(
            "header",
            tag("p", text("span", title), text("span", scale), class_="kicker"),
            text("h1", chart.title),
            class_="head",
        ),
        tag("div", *rows, class_=f"rows {'many' if count > 5 else 'some'}"),
        tag("footer", _cluster_legend(results, t)),
    )


def _cluster_row(result: ClusterResult, t: Translator) -> str:
    words = cluster_words(result, t)
    cluster = result.cluster
    name = tag(
        "div",
        mark(MARKS.get(cluster.mark, "")),
        text("p", pick(cluster.name, t.lang)),
        class_="name",
        data_fit="1",
    )
    if words.problem is not None:
        rest = [tag("div", text("p", words.problem, class_="problem"), class_="instead")]
    else:
        change = text("strong", words.change) + " " if words.change else ""
        since = tag("p", change, text("span", words.since)) if words.since else ""
        base = t("{n}, chance level {value}", n=words.n, value=words.chance)
        rest = [
            tag("div", class_="gap"),
            text("p", words.index or "", class_="index"),
            tag("div", since, text("p", base, class_="n"), class_="facts"),
        ]
    return tag(
        "div",
        name,
        *rest,
        hidden(words.sentence),
        class_="row",
        style=accent_style(cluster),
        data_key=cluster.id,
    )


def _cluster_legend(results: WorkshopResults, t: Translator) -> str:
    """What the signs mean, and what the index does not say."""
    rounds = [c.rounds for c in results.clusters if c.rounds]
    numbers = {tuple(r.number for r in found) for found in rounds}
    several = any(len(found) > 1 for found in rounds)
    same = next(iter(numbers)) if len(numbers) == 1 else ()
    signs = []
    if several:
        earlier = t("round {number}", number=same[0]) if len(same) == 2 else t("earlier rounds")
        signs.append(tag("li", tag("i", class_="open"), text("span", earlier)))
    if rounds:
        last = t("round {number}", number=same[-1]) if same else t("last round")
        signs.append(tag("li", tag("i", class_="full"), text("span", last)))
        chance = t("chance level: what random answers would give")
        signs.append(tag("li", tag("i", class_="dotted"), text("span", chance)))
    caution = t("Convergence is not approval: one can also agree that something is bad.")
    if several:
        caution += " " + t("Whether a change is more than chance is not said here.")
    return tag("ul", *signs, class_="legend") + text("p", caution, class_="caution")
