"""Words and numbers in the reader's language.

Catalogues are text: `locale/<lang>/<role>.po`, read and compiled in memory at first use. A
language is available for a role (phone, console, stage, results, export, core) as soon as that
one file exists; nothing else has to be told.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import logging
import re
from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

DEFAULT: Final = "de"
FALLBACK: Final = "en"
"""What a message reads where the asked language has none: msgids are English, too."""

LOCALE: Final = Path(__file__).parent / "locale"
ZONE: Final = ZoneInfo("Europe/Berlin")
"""Where the workshops are; clocks on screens and in the record show this zone."""

_log = logging.getLogger(__name__)

NO_VALUE: Final = "–"
MINUS: Final = "−"


def N_(msgid: str) -> str:
    """Mark a text that is translated later, by whoever shows it."""
    return msgid


class Translator:
    """One language: `t("Close round")`, `t.n("{n} person", "{n} people", n)`, `t.percent(.7)`.

    Never raises on a missing text or placeholder: a room of thirty would rather read an English
    word than an error page. What is missing is found by a test.
    """

    def __init__(
        self, lang: str, messages: gettext.NullTranslations, locale: Locale | None
    ) -> None:
        self.lang = lang
        self._messages = messages
        self._locale = locale or Locale(DEFAULT)
        name = locale.get_language_name(locale) if locale else None
        self.language_name: Final = (name[:1].upper() + name[1:]) if name else lang
        """The language's name in itself, for the language switch: "Deutsch"."""

    @property
    def direction(self) -> str:
        """What `<html dir>` has to say: "ltr" or "rtl"."""
        return self._locale.text_direction

    def __call__(self, msgid: str, /, **params: object) -> str:
        """The message in this language, its `{placeholders}` filled with `params`.

        Values are put in as they are; braces in them mean nothing. Without params braces in
        the message mean nothing either.
        """
        return _fill(self._messages.gettext(msgid), params) if msgid else ""

    def n(self, singular: str, plural: str, count: int, /, **params: object) -> str:
        """The message for `count` things; `{n}` is the count, written as in `number`."""
        message = self._messages.ngettext(singular, plural, count)
        return _fill(message, {"n": self.number(count), **params})

    def number(self, x: float | None) -> str:
        """A number as people write it, with as many decimals as it has, at most three."""
        return self._write(x, "#,##0.###", 3)

    def decimal(self, x: float | None, digits: int) -> str:
        """A number with exactly `digits` decimals, halves away from zero."""
        return self._write(x, "#,##0" + ("." + "0" * digits if digits else ""), digits)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share (0..1) in per cent: "71 %" in German, "71%" in English."""
        if share is None or not isfinite(share):
            return NO_VALUE
        written = self.decimal(float(Decimal(str(share)).scaleb(2)), digits)
        pattern = str(self._locale.percent_formats[None].pattern)
        return re.sub(r"[#,0.]+", lambda _: written, pattern, count=1)

    def signed(self, x: float | None, digits: int = 0) -> str:
        """A change with its sign: "+11", "−3", and "±0" for what rounds to nothing."""
        if x is None or not isfinite(x):
            return NO_VALUE
        written = self.decimal(x, digits)
        if written == self.decimal(0, digits):
            return "±" + written
        return written if written.startswith(MINUS) else "+" + written

    def datetime(self, moment: dt.datetime) -> str:
        """Day and time of an aware moment, in `ZONE`; a naive one is taken as UTC."""
        return f"{format_date(_local(moment), locale=self._locale)}, {self.time(moment)}"

    def date(self, moment: dt.datetime) -> str:
        """The day of a moment, in words: "23. November 2026"."""
        return str(format_date(_local(moment), "long", locale=self._locale))

    def time(self, moment: dt.datetime) -> str:
        """Hours and minutes of a moment, by the 24-hour clock in every language: "14:32"."""
        return f"{_local(moment):%H:%M}"

    def _write(self, x: float | None, pattern: str, digits: int) -> str:
        if x is None or not isfinite(x):
            return NO_VALUE
        # Wide enough for any float: Decimal would rather fail than round beyond its precision.
        with localcontext(prec=400):
            rounded = _round(x, digits)
            written = format_decimal(abs(rounded), pattern, locale=self._locale)
        return MINUS + written if rounded < 0 else written


def _round(x: float, digits: int) -> Decimal:
    """Commercial rounding of the number as it is printed: people check it by hand."""
    return Decimal(str(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _local(moment: dt.datetime) -> dt.datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))).astimezone(ZONE)


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(message: str) -> frozenset[str]:
    """The names in braces that a message wants filled."""
    return frozenset(_PLACEHOLDER.findall(message))


def _fill(message: str, params: Mapping[str, object]) -> str:
    """One pass over the message, so that a value that looks like a placeholder stays text."""
    return _PLACEHOLDER.sub(lambda m: str(params[m[1]]) if m[1] in params else m[0], message)


def translator(lang: str, folder: Path = LOCALE) -> Translator:
    """The translator of a language; of German where there is no catalogue of that name.

    `lang` may come from a cookie: it is only ever compared with the folders that exist.
    """
    return _load(lang if lang in _catalogues(folder) else DEFAULT, folder)


def languages(role: str = "console", folder: Path = LOCALE) -> tuple[str, ...]:
    """The languages that have a catalogue of this role, German first, then by code."""
    found = [lang for lang, roles in _catalogues(folder).items() if role in roles]
    return tuple(sorted(found, key=lambda lang: (lang != DEFAULT, lang)))


def negotiate(accept_language: str | None, available: Collection[str]) -> str:
    """The available language that an Accept-Language header likes best, else German.

    `de-AT` is content with `de`; what can't be read is passed over.
    """
    by_name = {name.lower(): name for name in available}
    default = DEFAULT if DEFAULT in available or not available else next(iter(available))
    wishes: list[tuple[float, str]] = []
    for part in (accept_language or "")[:1000].split(","):
        tag, _, weight = part.partition(";")
        match = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", weight)
        quality = float(match[1]) if match else (0.0 if weight.strip() else 1.0)
        if quality > 0:
            wishes.append((quality, tag.strip().lower()))
    for _, tag in sorted(wishes, key=lambda wish: -wish[0]):
        for name in (tag, tag.partition("-")[0]):
            if name in by_name:
                return by_name[name]
        if tag == "*":
            return default
    return default


def pick(text: Mapping[str, str], lang: str) -> str:
    """A bilingual text in the asked language, else in German, else in English, else in any."""
    return text.get(picked(text, lang), "")


def picked(text: Mapping[str, str], lang: str) -> str:
    """The language that `pick` takes a text in; the asked one where there is no text at all."""
    for choice in (lang, DEFAULT, FALLBACK, *text):
        if text.get(choice):
            return choice
    return lang


def read_catalogue(path: Path, lang: str) -> Catalog:
    """One .po file.

    Raises:
        ValueError: where the file isn't one.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=_parse(lang), abort_invalid=True)
    except PoFileError as error:
        problem = str(error).rpartition(" on ")[0]
        raise ValueError(f"{lang}/{path.name}, line {error.lineno + 1}: {problem}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{lang}/{path.name}: {error}") from error


@lru_cache(maxsize=8)
def _catalogues(folder: Path) -> dict[str, frozenset[str]]:
    """Language → roles, as found in the folder."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*/*.po")):
        found.setdefault(path.parent.name, set()).add(path.stem)
    return {lang: frozenset(roles) for lang, roles in found.items()}


@lru_cache(maxsize=64)
def _load(lang: str, folder: Path) -> Translator:
    messages = gettext.NullTranslations()
    # The asked language goes last: each one added falls back on those before it.
    for name in dict.fromkeys((FALLBACK, lang)):
        for path in sorted((folder / name).glob("*.po"), reverse=True):
            try:
                compiled = _compile(read_catalogue(path, name))
            except ValueError as error:
                _log.error("a catalogue is left out: %s", error)
                continue
            compiled.add_fallback(messages)
            messages = compiled
    return Translator(lang, messages, _parse(lang))


def _compile(catalogue: Catalog) -> gettext.GNUTranslations:
    """What gettext can look up; fuzzy and half-filled entries count as missing."""
    for message in [m for m in catalogue if m.id and not translated(m)]:
        catalogue.delete(message.id)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def translated(message: Message) -> bool:
    """Whether an entry says something in every form."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return not message.fuzzy and all(forms)


def _parse(lang: str) -> Locale | None:
    """Babel's locale of a folder's name; None for one it has never heard of."""
    try:
        return Locale.parse(lang, sep="-" if "-" in lang else "_")
    except (UnknownLocaleError, ValueError):
        return None
