"""Opening a database: SQLite or PostgreSQL, migrated before anything else touches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

BUSY_MS = 10_000
"""How long a write waits for another process' write before it gives up."""

WRITE_LOCK = 4821773
"""The advisory lock that every writing transaction holds on PostgreSQL."""


class DatabaseError(Exception):
    """The database can't be opened; the message says why, for whoever starts the server."""


@dataclass(frozen=True)
class Database:
    """Two engines on one database: the writer takes the write lock when it begins.

    There is one writing transaction at a time, whatever the database and however many processes:
    what a use case has checked still holds when it writes, and no two of them can deadlock.
    """

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
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        database = Database(parsed, _engine(parsed, write=True), _engine(parsed, write=False))
        migrate(database)
    except (SQLAlchemyError, CommandError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        name = parsed.render_as_string(hide_password=True)
        raise DatabaseError(f"The database {name} can't be opened: {reason}") from error
    return database


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision; a second process that does the same waits for its turn."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with migrating(database) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """One transaction that holds the write lock and may rebuild tables which others refer to.

    SQLite changes a table by copying and dropping it, and dropping would break every reference;
    so they aren't enforced meanwhile, and are all checked before the commit.

    Raises:
        DatabaseError: when a row refers to nothing afterwards; nothing is changed then.
    """
    with database.writer.connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                yield connection
            return
        # Raw: within a transaction this PRAGMA does nothing.
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    tables = ", ".join(sorted({row[0] for row in broken}))
                    raise DatabaseError(f"The migration left references to nothing in: {tables}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _normalised(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, *, write: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        return _postgres_engine(url, write=write)
    engine = create_engine(
        url,
        pool_size=2 if write else 10,
        max_overflow=20,
        hide_parameters=True,
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
            "secure_delete=ON",  # what somebody erased is overwritten, not only unlinked
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


def _postgres_engine(url: URL, *, write: bool) -> Engine:
    if not write:
        # Several queries, one snapshot, as in SQLite: READ COMMITTED would take one for each.
        return create_engine(
            url,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            hide_parameters=True,
        )
    engine = create_engine(
        url, pool_size=2, max_overflow=10, pool_pre_ping=True, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")

    return engine
