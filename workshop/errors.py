"""How a use case says no: a sentence for people, a word for machines."""

from __future__ import annotations


class Refused(Exception):
    """A request that can't be granted, with a sentence the asker can act on.

    `message` is an English msgid of the core catalogue, `params` fill its placeholders;
    whoever shows it translates it. `code` is stable and short: clients and tests rely on it.
    """

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message.format(**params) if params else message)
        self.code = code
        self.message = message
        self.params = params


class Forbidden(Refused):
    """The asker may not do this."""


class NotFound(Refused):
    """There is no such thing."""
