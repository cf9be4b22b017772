"""Opening a database: SQLite or PostgreSQL, migrated before anything else touches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

BUSY_MS = 10_000
"""How long SQLite waits for another process' write before it gives up."""


class DatabaseError(Exception):
    """The database can't be opened; the message says why, for whoever starts the server."""


@dataclass(frozen=True)
class Database:
    """Two engines on one database: the writer takes the write lock when it begins."""

    url: URL
    writer: Engine
    reader: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    def dispose(self) -> None:
        """Close all connections."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open the database and bring its tables to the newest revision.

    Raises:
        DatabaseError: when it can't be reached, or is newer than this program.
    """
    parsed = _normalised(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    try:
        database = Database(parsed, _engine(parsed, write=True), _engine(parsed, write=False))
        migrate(database)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        name = parsed.render_as_string(hide_password=True)
        raise DatabaseError(f"The database {name} can't be opened: {reason}") from error
    return database


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision; a second process that does the same waits for its turn."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _migration_lock(database) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _migration_lock(database: Database) -> Iterator[Connection]:
    """One transaction, one migrating process: SQLite's write lock, PostgreSQL's advisory lock."""
    with database.writer.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4821773)")
        yield connection


def _normalised(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, *, write: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        size = 2 if write else 10
        return create_engine(url, pool_size=size, max_overflow=10, pool_pre_ping=True)
    engine = create_engine(
        url,
        pool_size=2 if write else 10,
        max_overflow=20,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        # The driver's own transactions begin deferred and too late: ours begin where we say.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if not write:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
