"""What the results page writes itself: downloads, contributions, measures. Pure text in, HTML out.

Everything that people wrote passes `esc`. Screens round; the files that are offered here don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pages.parts.text import esc, local
from workshop import export
from workshop.charts.words import shown
from workshop.export.overview import reading_aid
from workshop.export.words import day_of, strand_name
from workshop.i18n import Translator, languages, translator
from workshop.model import Agenda, Aspect, Statement
from workshop.results import ItemResult


def title(agenda: Agenda, joined: int, t: Translator) -> str:
    """The page's heading: which workshop, of whom, when, how many."""
    facts = (
        strand_name(agenda.workshop.strand, t),
        t.date(day_of(agenda)),
        t.n("{n} person joined", "{n} people joined", joined),
    )
    return (
        f'<div class="er-head"><h1>{local(agenda.workshop.title, t.lang)}</h1>'
        f"<p>{esc(' · '.join(facts))}</p></div>"
    )


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
            f'<a href="/download/{esc(workshop_id)}/{name}?lang={lang}" hreflang="{lang}" '
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


def sentence(text: str) -> str:
    """What a chart shows, in words, above it."""
    return f'<p class="er-sentence">{esc(text)}</p>'


def heading(text: str, *, level: int = 2, accent: str = "", mark: str = "") -> str:
    """A heading of people's or our words; `mark` is HTML of ours."""
    return f'<h{level} class="er-h{level} {accent}">{mark}<span>{esc(text)}</span></h{level}>'
