"""The head of the results page, and the files to take along. Pure text in, HTML out."""

from __future__ import annotations

from pages.parts.text import esc, local
from workshop import export
from workshop.export.words import day_of, strand_name
from workshop.i18n import Translator, languages, translator
from workshop.model import Agenda


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
