"""A workshop as a file: XLSX for the office, CSV for any spreadsheet, JSON for machines.

All three are made of the same `Record` and recompute nothing: their numbers are the stage's.
`docs/export.md` lists every column and field. The same record gives the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from workshop.export import csv, json, xlsx
from workshop.export.words import day_of
from workshop.i18n import DEFAULT, ZONE, pick
from workshop.model import Strand
from workshop.service.reading import Record

FormatName = Literal["xlsx", "csv", "json"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is called on the wire and on a disk."""

    mime: str
    suffix: str


FORMATS: Final[Mapping[FormatName, Format]] = {
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "csv": Format("application/zip", ".csv.zip"),
    "json": Format("application/json", ".json"),
}

_WRITERS: Final[Mapping[str, Callable[[Record, str], bytes]]] = {
    "xlsx": xlsx.write,
    "csv": csv.write,
    "json": json.write,
}
_STRANDS: Final = {Strand.COUNCIL: "rat", Strand.CITIZENS: "buergerschaft"}
_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_LONGEST_TITLE: Final = 60


def write(record: Record, format: FormatName, lang: str) -> bytes:
    """The file. Headings and explanations are in `lang`; JSON speaks all languages there are.

    Raises:
        KeyError: for an unknown format.
    """
    return _WRITERS[format](record, lang)


def file_name(record: Record, format: FormatName) -> str:
    """A name that survives every file system: `einklang-<title>-<strand>-<day>.<suffix>`.

    A rehearsal says so after `einklang`.

    Raises:
        KeyError: for an unknown format.
    """
    workshop = record.agenda.workshop
    day = day_of(record.agenda).astimezone(ZONE).date().isoformat()
    rehearsal = "generalprobe" if workshop.rehearsal else ""
    title = slug(pick(workshop.title, DEFAULT))
    parts = ["einklang", rehearsal, title, _STRANDS[workshop.strand], day]
    return "-".join(part for part in parts if part) + FORMATS[format].suffix


def slug(text: str) -> str:
    """Small ASCII letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower())[:_LONGEST_TITLE]
    return slug.strip("-")
