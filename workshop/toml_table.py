"""A TOML file as a table that knows where it stands, so that its errors can say so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from workshop.answers import MAX_TEXT, tidied
from workshop.i18n import DEFAULT
from workshop.model import LocalText

T = TypeVar("T")

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")

_KINDS: Final[Mapping[type, str]] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


class TemplateError(ValueError):
    """A template that doesn't exist or doesn't hold together; the sentence says where."""


def read(path: Path) -> Table:
    """The table that a file holds.

    Raises:
        TemplateError: when it is no TOML.
    """
    try:
        return parsed(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise _no_toml(path.name, error) from None


def parsed(text: str, place: str) -> Table:
    """The table that a text holds; `place` is what errors call it.

    Raises:
        TemplateError: when it is no TOML.
    """
    try:
        return Table(tomllib.loads(text), place)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(place, error) from None
    except RecursionError:
        raise TemplateError(f"{place} is nested too deeply.") from None


def _no_toml(place: str, error: Exception) -> TemplateError:
    return TemplateError(f"{place} is not a TOML file: {error}")


class Table:
    """A table of such a file. Whatever is taken from it is checked; `done` checks the rest."""

    def __init__(self, data: Mapping[str, Any], place: str) -> None:
        self._data = data
        self._place = place
        self._taken: set[str] = set()

    def error(self, key: str, problem: str) -> TemplateError:
        """What is wrong with an entry, with its place."""
        return TemplateError(f"{self._place}, {key}: {problem}.")

    def entries(self) -> tuple[str, ...]:
        """The keys of its entries, in the order of the file."""
        return tuple(self._data)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """An entry of this type; one without a default may not be missing."""
        self._taken.add(key)
        value = self._data.get(key, default)
        if value is None:
            raise self.error(key, "is missing")
        # A bool is an int to Python, and not to a reader.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"{value!r} is not {_KINDS[kind]}")
        return value

    def number(self, key: str, default: float) -> float:
        """A number, with or without a decimal point."""
        whole = self._data.get(key)
        if isinstance(whole, int) and not isinstance(whole, bool):
            return float(self.take(key, int))
        return self.take(key, float, default)

    def word(self, key: str, known: tuple[str, ...] = ()) -> str:
        """A word that is not empty, one of those known where some are given."""
        value = self.take(key, str)
        if not value or (known and value not in known):
            raise self.error(key, f"unknown {value!r}; known: {', '.join(known)}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        found = self.take(key, list)
        if not all(isinstance(word, str) for word in found):
            raise self.error(key, "is not a list of words")
        return tuple(found)

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self.take(key, dict), f"{self._place}, {key}")

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables within this one, counted from 1."""
        found = self.take(key, list)
        for number, item in enumerate(found, 1):
            if not isinstance(item, dict):
                raise self.error(f"{key} {number}", "is not a table")
        return tuple(Table(t, f"{self._place}, {key} {n}") for n, t in enumerate(found, 1))

    def text(self, key: str | None = None, *, optional: bool = False) -> LocalText:
        """A text by language; without a key, this table's own entries `de`, `en` …"""
        if key is not None:
            if optional and key not in self._data:
                return {}
            return self.table(key).text()
        found: dict[str, str] = {}
        for lang in (k for k in self._data if k not in self._taken):
            if not _LANGUAGE.fullmatch(lang):
                raise self.error(lang, "is not known here, nor is it a language")
            found[lang] = tidied(self.take(lang, str))
            if not found[lang]:
                raise self.error(lang, "is empty")
            if len(found[lang]) > MAX_TEXT:
                raise self.error(lang, f"{len(found[lang])} characters; at most {MAX_TEXT}")
        if DEFAULT not in found:
            raise self.error(DEFAULT, "is missing: every text needs its German wording")
        return found

    def texts(self, key: str) -> tuple[LocalText, ...]:
        """A list of texts by language."""
        return tuple(table.text() for table in self.tables(key))

    def done(self) -> None:
        """Whatever nobody asked for is a mistake, most likely a typing error."""
        rest = [key for key in self._data if key not in self._taken]
        if rest:
            raise self.error(rest[0], "is not known here")
