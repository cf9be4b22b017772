"""The stage's view of what people wrote: cards in columns, under the names of their themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from pages.parts.stage_data import Revealed
from pages.parts.stage_html import (
    ASPECT_MARKS,
    accent_style,
    head,
    kicker,
    mark,
    page_words,
    tag,
    text,
    view,
)
from workshop.charts import contribution_pages
from workshop.i18n import Translator, pick
from workshop.model import Aspect, KeyQuestion, Statement
from workshop.themes import Theme

_ASPECTS = tuple(Aspect)

Headings = Mapping[str | None, str]
"""The name above contributions by their theme's id; empty where nothing is sorted."""


def aspect_word(aspect: Aspect | None, t: Translator) -> str:
    """What a contribution is, in a word."""
    words = {
        Aspect.PERSPECTIVE: t("Perspective"),
        Aspect.INTEREST: t("Interest"),
        Aspect.GOAL: t("Goal"),
    }
    return words[aspect] if aspect else ""


def by_aspect(said: Sequence[Statement]) -> list[Statement]:
    """Perspectives first, then interests, then goals, in each theme and among its pinned ones."""
    last = len(_ASPECTS)
    found = []
    for _, run in groupby(said, key=lambda s: (s.theme_id, s.pinned)):
        found += sorted(run, key=lambda s: _ASPECTS.index(s.aspect) if s.aspect else last)
    return found


def page_count(found: Revealed, asked: KeyQuestion) -> int:
    """How many pages it takes."""
    said = found.contributions(asked)
    return len(contribution_pages(by_aspect(said), _headings(said, found.themes(asked))))


def perspectives(found: Revealed, asked: KeyQuestion, page: int, t: Translator) -> str:
    """One page of what people wrote, once it is revealed."""
    said = found.contributions(asked)
    headings = _headings(said, found.themes(asked), t("More contributions"))
    pages = contribution_pages(by_aspect(said), headings)
    number = max(0, min(page, len(pages) - 1))
    columns = pages[number]
    written = sum(s.times for s in said)
    count = t.n("{n} contribution", "{n} contributions", written)
    size = " few" if len(said) <= 3 and not headings else " whole" if len(pages) == 1 else ""
    body = tag(
        "div",
        *(_column(column, headings, t) for column in columns),
        class_=f"cards columns-{len(columns)}{size}",
        data_fit="1",
    )
    if not said:
        body = text("p", t("Nothing was contributed to this question."), class_="state empty")
    cluster = found.agenda.cluster(asked.cluster_id)
    return view(
        "perspectives",
        head(kicker(cluster, t, count), pick(asked.text, t.lang)),
        body,
        tag("footer", page_words(number, len(pages), t)),
        key=f"{asked.id}-{number}",
        style=accent_style(cluster) if cluster else "",
    )


def _headings(said: Sequence[Statement], themes: Sequence[Theme], others: str = "·") -> Headings:
    """The names of the themes, and `others` for what stands under none; one line, like any."""
    names: dict[str | None, str] = {theme.id: theme.name for theme in themes}
    sorted_in = any(s.theme_id in names for s in said)
    return {**names, None: others} if sorted_in else {}


def _column(column: Sequence[Statement], headings: Headings, t: Translator) -> str:
    """Cards one below the other; a theme that goes on in another column says its name again."""
    parts = []
    for theme_id, run in groupby(column, key=lambda s: s.theme_id):
        name = headings.get(theme_id)
        parts.append(text("h2", name, class_="theme") if name else "")
        parts.append(tag("ul", *(_card(c, t) for c in run)))
    return tag("div", *parts, class_="column")


def _card(contribution: Statement, t: Translator) -> str:
    aspect, times = contribution.aspect, contribution.times
    parts = []
    if aspect:
        parts += [mark(ASPECT_MARKS[aspect]), text("span", aspect_word(aspect, t))]
    if times > 1:
        often = t.n("written {n} time", "written {n} times", times)
        parts.append(text("span", f"×{t.number(times)}", class_="times", aria_hidden="true"))
        parts.append(text("span", often, class_="unseen"))
    label = tag("p", *parts, class_="aspect") if parts else ""
    return tag("li", label, text("p", contribution.text, class_="said"), data_key=contribution.id)
