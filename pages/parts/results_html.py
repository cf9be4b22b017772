"""What the results page writes itself: downloads, contributions, measures. Pure text in, HTML out.

Everything that people wrote passes `esc`. Screens round; the files that are offered here don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from pages.parts.text import esc, local
from workshop import export
from workshop.charts import Theme
from workshop.charts.base import ramp
from workshop.charts.words import shown
from workshop.export.overview import reading_aid
from workshop.export.words import day_of, strand_name
from workshop.i18n import Translator, languages, translator
from workshop.marks import MARKS
from workshop.model import Agenda, Aspect, Cluster, KeyQuestion, Statement
from workshop.results import ItemResult, WorkshopResults


def title(agenda: Agenda, joined: int, t: Translator) -> str:
    """The page's heading: which workshop, of whom, when, how many; and the files at once."""
    facts = (
        strand_name(agenda.workshop.strand, t),
        t.date(day_of(agenda)),
        t.n("{n} person joined", "{n} people joined", joined),
    )
    return (
        f'<div class="er-head"><div><h1>{local(agenda.workshop.title, t.lang)}</h1>'
        f"<p>{esc(' · '.join(facts))}</p></div>{_at_once(agenda.workshop.id, t)}</div>"
    )


def _at_once(workshop_id: str, t: Translator) -> str:
    """The files in the reader's language; the others, and what is in them, stand at the end."""
    links = "".join(
        f'<a href="{_address(workshop_id, name, t.lang)}">{esc(word)}</a>'
        for name, word in (("xlsx", t("Excel")), ("csv", t("CSV")), ("json", t("JSON")))
    )
    label = esc(t("Download"))
    return f'<nav aria-label="{label}"><span aria-hidden="true">{label}</span>{links}</nav>'


def _address(workshop_id: str, name: str, lang: str) -> str:
    return f"/download/{esc(workshop_id)}/{name}?lang={esc(lang)}"


def downloads(workshop_id: str, t: Translator) -> str:
    """Links to the three kinds of files, each in every language that exports speak."""
    kinds = (
        ("xlsx", t("Excel"), t("one workbook, for reading and computing")),
        ("csv", t("CSV"), t("one file per table, for any spreadsheet")),
        ("json", t("JSON"), t("everything with a schema, for programs")),
    )
    assert {name for name, _, _ in kinds} == set(export.FORMATS)
    rows = "".join(
        f"<li><strong>{esc(word)}</strong> <span>{esc(what)}</span>"
        f"{_links(workshop_id, name, word)}</li>"
        for name, word, what in kinds
    )
    note = t("All digits, pseudonyms in place of people, nothing that was not revealed.")
    return (
        f'<section class="er-files"><h2>{esc(t("The numbers as a file"))}</h2>'
        f"<p>{esc(note)}</p><ul>{rows}</ul></section>"
    )


def _links(workshop_id: str, name: str, word: str) -> str:
    found = []
    for lang in languages("export"):
        spoken = translator(lang).language_name
        found.append(
            f'<a href="{_address(workshop_id, name, lang)}" hreflang="{lang}" '
            f'aria-label="{esc(word)}, {esc(spoken)}"><span lang="{lang}">{esc(spoken)}</span></a>'
        )
    return f"<span>{''.join(found)}</span>"


def contributions(found: Sequence[Statement], t: Translator) -> str:
    """What people wrote, grouped by what they called it."""
    kinds = (
        (Aspect.PERSPECTIVE, t("Perspectives")),
        (Aspect.INTEREST, t("Interests")),
        (Aspect.GOAL, t("Goals")),
        (None, t("Without a kind")),
    )
    blocks = []
    for aspect, name in kinds:
        mine = [c for c in found if c.aspect is aspect]
        if mine:
            count = f"<span>{t.number(len(mine))}</span>"
            items = "".join(f"<li>{esc(c.text)}</li>" for c in mine)
            blocks.append(f"<section><h4>{esc(name)} {count}</h4><ul>{items}</ul></section>")
    return f'<div class="er-said">{"".join(blocks)}</div>'


def measures(rows: Iterable[tuple[int, ItemResult]], t: Translator) -> str:
    """The measures of statements, (round, item) each, rounded; a dash where nothing is shown."""
    heads = (
        t("Statement"),
        t("Round"),
        t("n"),
        t("No answer"),
        t("Consensus"),
        t("Median"),
        t("Leik’s D"),
        t("van der Eijk’s A"),
        t("Blair and Lacy’s l²"),
    )
    head = "".join(f'<th scope="col">{esc(word)}</th>' for word in heads)
    body = "".join(_measured(number, item, t) for number, item in rows)
    caption = esc(t("Measures, rounded to two decimals"))
    return (
        f'<div class="er-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _measured(number: int, item: ItemResult, t: Translator) -> str:
    few = not shown(item)
    median = None if few else item.median
    values = (item.leik, item.agreement, item.l_squared)
    cells = (
        t.number(number),
        t.number(item.counts.n),
        t.number(item.counts.abstained),
        t.decimal(None if few else item.consensus, 2),
        t.number(median),
        *(t.decimal(None if few else value, 2) for value in values),
    )
    written = "".join(f"<td>{esc(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{esc(item.statement.text)}</th>{written}</tr>'


def reading(t: Translator) -> str:
    """How to read each number, behind a toggle."""
    lines = "".join(f"<dt>{esc(name)}</dt><dd>{esc(text)}</dd>" for name, text in reading_aid(t))
    return (
        f'<details class="er-aid"><summary>{esc(t("How to read the numbers"))}</summary>'
        f"<dl>{lines}</dl></details>"
    )


def mark(cluster: Cluster) -> str:
    """A cluster's mark in its own colour; decoration beside its name.

    As a mask, since `st.html` takes inline SVG out.
    """
    path = MARKS.get(cluster.mark, next(iter(MARKS.values())))
    svg = quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}"/></svg>'
    )
    return f'<i class="er-mark" style="mask-image:url(&quot;data:image/svg+xml,{svg}&quot;)"></i>'


def legend(
    question: KeyQuestion, accent: str, theme: Theme, before: int | None, t: Translator
) -> str:
    """The steps of a question's scale with their colours; what the line and the thin bar mean."""
    labels = question.scale.labels if question.scale else ()
    items = [
        f'<li><i style="background:{colour}"></i>{local(label, t.lang)}</li>'
        for colour, label in zip(ramp(accent, theme, len(labels)), labels, strict=True)
    ]
    items.append(f'<li><i class="er-dotted"></i>{esc(t("the median lies here"))}</li>')
    if before is not None:
        thin = t("thin: round {number}", number=before)
        items.append(f'<li><i class="er-thin"></i>{esc(thin)}</li>')
    return f'<ul class="er-legend">{"".join(items)}</ul>'


def overview_legend(results: WorkshopResults, t: Translator) -> str:
    """What the signs of the cluster chart mean; earlier rounds only where there are some."""
    signs = [("er-dot", t("last revealed round")), ("er-dotted", t("chance level"))]
    if any(len(c.rounds) > 1 for c in results.clusters):
        signs.insert(0, ("er-ring", t("earlier round")))
    items = "".join(f'<li><i class="{name}"></i>{esc(word)}</li>' for name, word in signs)
    return f'<ul class="er-legend">{items}</ul>'


def sentence(text: str) -> str:
    """What a chart shows, in words, above it."""
    return f'<p class="er-sentence">{esc(text)}</p>'


def heading(text: str) -> str:
    """The heading of a section."""
    return f'<h2 class="er-h2">{esc(text)}</h2>'


def question_heading(text: str, cluster: Cluster, accent: str) -> str:
    """What was asked, with the mark of its cluster; `accent` is the class that colours it."""
    return f'<h3 class="er-h3 {accent}">{mark(cluster)}<span>{esc(text)}</span></h3>'
