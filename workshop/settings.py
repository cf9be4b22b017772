"""Settings by environment. Wrong ones are refused at the start, in one sentence."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8501
SHORTEST_PASSPHRASE = 10

_SQLITE = ("sqlite", "sqlite+pysqlite")
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
# Documentation addresses (RFC 5737, RFC 3849): a route to them exists wherever there is a
# network, and a UDP connect sends no packet.
_FAR_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


class SettingsError(Exception):
    """A setting that can't be used; the message is one sentence for who starts the server."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. Secrets stay out of `repr`, and so out of logs."""

    database_url: str = field(repr=False)
    """SQLAlchemy URL: an absolute SQLite file, or PostgreSQL through psycopg."""
    public_url: str | None
    """Where phones reach the server, without a slash at the end; None when nobody said."""
    port: int
    moderator_passphrase: str | None = field(repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read DATABASE_URL, PUBLIC_URL, PORT and MODERATOR_PASSPHRASE; empty means not set.

        Raises SettingsError with a sentence that names the variable and what it needs.
        """
        env = os.environ if environ is None else environ
        return cls(
            database_url=_database_url(env.get("DATABASE_URL", "").strip()),
            public_url=_public_url(env.get("PUBLIC_URL", "").strip()),
            port=_port(env.get("PORT", "").strip()),
            moderator_passphrase=_passphrase(env.get("MODERATOR_PASSPHRASE", "")),
        )

    def base_url(self) -> str:
        """The address for the QR code: PUBLIC_URL, else the LAN address, else localhost."""
        if self.public_url:
            return self.public_url
        return f"http://{lan_address() or 'localhost'}:{self.port}"

    @property
    def only_local(self) -> bool:
        """True when no phone can reach `base_url`, since it names this machine only."""
        host = urlsplit(self.base_url()).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")

    @property
    def secure(self) -> bool:
        """True where cookies must be `Secure`: PUBLIC_URL is https."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def public_host(self) -> str | None:
        """Host of PUBLIC_URL, with its port where it names one; None when nobody said."""
        return urlsplit(self.public_url).netloc.lower() if self.public_url else None


def lan_address() -> str | None:
    """This machine's address in its network, in brackets for IPv6; None when it has none.

    The kernel chooses the source address for a datagram socket at `connect`; nothing is sent.
    """
    for family, target in _FAR_AWAY:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((target, 9))
                address = str(probe.getsockname()[0])
        except OSError:
            continue
        if not address.startswith(("127.", "0.", "fe80:")) and address not in ("::1", "::"):
            return f"[{address}]" if family == socket.AF_INET6 else address
    return None


def _database_url(value: str) -> str:
    if not value:
        return f"sqlite:///{ROOT / 'data' / 'einklang.db'}"
    scheme, separator, rest = value.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in (*_SQLITE, *_POSTGRESQL):
        raise SettingsError(
            "DATABASE_URL must begin with sqlite:/// or postgresql://, "
            f"but it begins with {scheme[:30]!r}."
        )
    if scheme in _POSTGRESQL:
        return f"postgresql+psycopg://{rest}"
    path = rest.removeprefix("/")
    if not rest.startswith("/") or not path or path.startswith(":memory:"):
        raise SettingsError(
            "DATABASE_URL must name a file, as in sqlite:////srv/einklang/einklang.db: "
            "what is kept in memory is lost with the process."
        )
    return f"sqlite:///{Path(path).absolute()}"


def _public_url(value: str) -> str | None:
    if not value:
        return None
    wrong = SettingsError(
        "PUBLIC_URL must be an address such as https://einklang.example.org, without a path, "
        f"query or user name; it is {value!r}."
    )
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError where it isn't a port
    except ValueError:
        raise wrong from None
    usable = (
        parts.scheme in ("http", "https")
        and parts.hostname
        and parts.path in ("", "/")
        and not (parts.query or parts.fragment or "@" in parts.netloc)
        and re.fullmatch(r"[\w.\-\[\]:]+", parts.netloc)
    )
    if not usable:
        raise wrong
    return f"{parts.scheme}://{parts.netloc}"


def _port(value: str) -> int:
    if not value:
        return DEFAULT_PORT
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 65535:
        raise SettingsError(f"PORT must be a whole number from 1 to 65535; it is {value[:30]!r}.")
    return int(value)


def _passphrase(value: str) -> str | None:
    if not value:
        return None
    if len(value.strip()) < SHORTEST_PASSPHRASE:
        raise SettingsError(
            f"MODERATOR_PASSPHRASE must have at least {SHORTEST_PASSPHRASE} characters."
        )
    return value
