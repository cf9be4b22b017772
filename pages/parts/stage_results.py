"""The stage's view of a rating's result: the distributions of its statements.

Rows and columns here have the sizes that `workshop.charts` gives them, so that the words stand
exactly beside their bars.
"""

from __future__ import annotations

from pages.parts.stage_data import Rounds
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
from workshop.charts import Chart, statement_pages, weight_of
from workshop.charts.base import ramp
from workshop.charts.question import Levels, verdict_of
from workshop.charts.words import shown
from workshop.i18n import Translator, pick
from workshop.model import Agenda, KeyQuestion, Scale
from workshop.results import ItemResult
from workshop.sentences import answers_words, median_words


def rating(
    agenda: Agenda,
    asked: KeyQuestion,
    rounds: Rounds,
    levels: Levels,
    page: int,
    chart: Chart,
    t: Translator,
) -> str:
    """The words beside the bars of one page of a rating's result.

    `rounds` are all statements in their order; `chart` shows those of the page, `levels` are
    the verdicts.
    """
    scale, number = asked.scale, rounds.number
    cluster = agenda.cluster(asked.cluster_id)
    pages = statement_pages(rounds.items)
    place = max(0, min(page, len(pages) - 1))
    shown_now = pages[place]
    body = rows(
        [_row(item, scale, levels, t) for item in shown_now if scale],
        [weight_of(i) for i in shown_now],
    )
    if not shown_now:
        body = text("p", t("There is no statement to show."), class_="state empty")
    informed = t("knowing the result of the round before") if number > 1 else ""
    return view(
        "rating",
        head(kicker(cluster, t, t("Round {number}", number=number), informed), chart.title),
        hidden(chart.sentence),
        body,
        tag(
            "footer",
            scale_legend(agenda, asked, t),
            _signs(rounds.before, t),
            page_words(place, len(pages), t),
        ),
        key=f"{asked.id}-{place}",
        style=accent_style(cluster) if cluster else "",
    )


def _row(item: ItemResult, scale: Scale, levels: Levels, t: Translator) -> str:
    if shown(item):
        words = text("p", verdict_of(item, levels, t), class_="verdict")
        words += text("p", median_words(item.median, scale, t), class_="median")
        words += text("p", answers_words(item.counts, t), class_="n")
    else:
        few = t("no answers") if not item.counts.n else t("Fewer than five answers")
        words = text("p", few, class_="n")
    return tag(
        "div",
        statement(item.statement.text),
        tag("div", class_="gap"),
        tag("div", words, class_="facts"),
        class_="row",
        data_key=item.statement.id,
    )


def scale_legend(agenda: Agenda, asked: KeyQuestion, t: Translator) -> str:
    """The steps of a question's scale with their colours."""
    scale, cluster = asked.scale, agenda.cluster(asked.cluster_id)
    if scale is None:
        return ""
    accent = cluster.accent if cluster else "c"
    light, dark = ramp(accent, "light", scale.steps), ramp(accent, "dark", scale.steps)
    steps = [
        sign("swatch", pick(label, t.lang), style=f"--light:{light[i]};--dark:{dark[i]}")
        for i, label in enumerate(scale.labels)
    ]
    return tag("ul", *steps, class_="legend steps")


def _signs(before: int | None, t: Translator) -> str:
    """What the line and the thin bar mean."""
    signs = [sign("dotted", t("the median lies here"))]
    if before is not None:
        signs.append(sign("thin", t("thin: round {number}", number=before)))
    return tag("ul", *signs, class_="legend")
