"""Tokens, codes and the passphrase: how somebody proves who they are."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from workshop.errors import Forbidden
from workshop.i18n import N_
from workshop.model import Actor, Role

LINK_LIFE = timedelta(days=180)
"""How long a link to a workshop's console or stage opens it."""

SESSION_LIFE = timedelta(days=30)
"""How long a browser stays signed in."""

ONCE_LIFE = timedelta(days=7)
"""How long the link that is printed at the start waits for its one use."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: nothing that reads like another


def new_id() -> str:
    """A random identifier of 65 bits; not a secret, only never the same twice."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(13))


def new_token() -> str:
    """A secret of 192 bits, safe in a URL and in a cookie."""
    return secrets.token_urlsafe(24)


def new_join_code() -> str:
    """Eight digits, the first not zero, so that a number keypad and a voice can carry it."""
    return str(secrets.randbelow(90_000_000) + 10_000_000)


def hash_token(token: str, scope: str = "") -> str:
    """What the database keeps of a token.

    A participant's token is hashed together with the workshop, so that two workshops' rows
    can't be joined into one person. The tokens have 192 bits: a plain hash is enough.
    """
    # A cookie is what somebody sent: half a surrogate pair in it is a wrong token, not an error.
    return hashlib.sha256(f"{scope}:{token}".encode(errors="surrogatepass")).hexdigest()


def tidy_code(raw: str) -> str:
    """The digits of a join code as somebody typed it: spaces and dashes don't count."""
    return "".join(c for c in raw if c.isascii() and c.isdigit())


def spoken_code(code: str) -> str:
    """A join code in two groups: 4821 7730."""
    return f"{code[:4]} {code[4:]}" if len(code) == 8 else code


class Passphrase:
    """The moderators' passphrase, held as its Argon2id hash only."""

    def __init__(self, passphrase: str | None) -> None:
        self._hasher = PasswordHasher()
        self._hash = self._hasher.hash(passphrase) if passphrase else None

    @property
    def is_set(self) -> bool:
        """Whether one can sign in by passphrase at all."""
        return self._hash is not None

    def matches(self, attempt: str) -> bool:
        """Whether the attempt is the passphrase; always takes the time of one hash."""
        if self._hash is None:
            return False
        try:
            return self._hasher.verify(self._hash, attempt)
        except (Argon2Error, UnicodeError):
            return False


def require_moderator(actor: Actor, workshop_id: str | None) -> None:
    """Only operators and this workshop's moderators go on.

    `workshop_id` None asks for the right over all workshops.

    Raises:
        Forbidden: for everybody else.
    """
    if actor.role is Role.OPERATOR:
        return
    if actor.role is Role.MODERATOR and actor.workshop_id in (None, workshop_id):
        return
    raise Forbidden("not-allowed", N_("Please sign in as moderator of this workshop first."))


def require_stage(actor: Actor, workshop_id: str) -> None:
    """Whoever moderates a workshop may show it; a stage link opens only its own.

    Raises:
        Forbidden: for everybody else.
    """
    if actor.role is Role.STAGE and actor.workshop_id == workshop_id:
        return
    require_moderator(actor, workshop_id)
