"""CSV: a zip with one file per table, as an office's spreadsheet opens it by double click.

UTF-8 with a byte order mark. A German Excel expects semicolons and decimal commas, and takes
`3.5` for the third of May; so that is what German files have. English ones have commas and
points. Numbers keep all their digits, and everything else is quoted.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from workshop.export.table import Cell, Table
from workshop.export.tables import tables
from workshop.i18n import translator
from workshop.service.reading import Record

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula (OWASP, "CSV Injection")."""

_BORN: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same record gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands between cells, and before decimals."""

    separator: str
    point: str


GERMAN: Final = Dialect(";", ",")
ENGLISH: Final = Dialect(",", ".")


def dialect(lang: str) -> Dialect:
    """What a spreadsheet in this language reads without being asked."""
    return ENGLISH if lang == "en" else GERMAN


def write(record: Record, lang: str) -> bytes:
    """The zip, one CSV file per table."""
    t = translator(lang)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables(record, t):
            entry = zipfile.ZipInfo(f"{table.key}.csv", _BORN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, render(table, dialect(t.lang)).encode("utf-8-sig"))
    return buffer.getvalue()


def render(table: Table, how: Dialect) -> str:
    """One table as CSV text (RFC 4180), headings first."""
    lines = [[column.title for column in table.columns], *table.rows]
    return "".join(
        how.separator.join(_cell(cell, how.point) for cell in line) + "\r\n" for line in lines
    )


def _cell(cell: Cell, point: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return '"' + defuse(cell).replace('"', '""') + '"'
        case _:
            return repr(cell).replace(".", point)


def defuse(text: str) -> str:
    """Text that would be taken for a formula gets an apostrophe before it; other text stays."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text
