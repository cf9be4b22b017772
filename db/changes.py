"""Who is told that something changed: this process at once, the others as soon as they can know.

SQLite: `PRAGMA data_version` (6 µs) every quarter of a second. PostgreSQL: LISTEN/NOTIFY.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
import structlog
from sqlalchemy import select

from db.engine import Database
from db.plain import WORKSHOP
from db.store import CHANNEL, where

log = structlog.get_logger()

POLL = 0.25
"""Seconds between two looks at SQLite's data version."""

RETRY = 1.0
"""Seconds until a lost connection is tried again."""

OnChange = Callable[[int, int], None]


class LocalChanges:
    """Implements `workshop.ports.Changes` within one process; never tells a version twice."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._telling = threading.RLock()
        self._ids = itertools.count()
        self._latest: dict[str, int] = {}
        self._subscribers: dict[str, dict[int, OnChange]] = {}

    def publish(self, workshop_id: str, version: int, phase: int) -> None:
        # One at a time: the writer and the watcher must not overtake each other.
        with self._telling:
            with self._lock:
                if version <= self._latest.get(workshop_id, 0):
                    return
                self._latest[workshop_id] = version
                subscribers = list(self._subscribers.get(workshop_id, {}).values())
            for on_change in subscribers:
                try:
                    on_change(version, phase)
                except Exception as error:
                    # Whoever commits must go on, whatever becomes of a listener.
                    log.error("a listener failed", error=type(error).__name__, where=where(error))

    def subscribe(self, workshop_id: str, on_change: OnChange) -> Callable[[], None]:
        with self._lock:
            key = next(self._ids)
            self._subscribers.setdefault(workshop_id, {})[key] = on_change

        def end() -> None:
            with self._lock:
                mine = self._subscribers.get(workshop_id, {})
                mine.pop(key, None)
                if not mine:
                    self._subscribers.pop(workshop_id, None)

        return end


class Watcher:
    """A thread that hears of other processes' commits and publishes them here."""

    def __init__(self, database: Database, changes: LocalChanges) -> None:
        self._database = database
        self._changes = changes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="einklang-watcher", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns when the thread is gone."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        listen = self._watch_sqlite if self._database.is_sqlite else self._listen_postgres
        while not self._stop.is_set():
            try:
                listen()
            except Exception as error:
                # Whatever it was, others' commits must be heard of again as soon as they can be.
                log.warning("watching the database failed", error=type(error).__name__)
                self._stop.wait(RETRY)

    def _watch_sqlite(self) -> None:
        # Raw and outside a transaction: data_version only moves between transactions.
        raw = self._database.reader.raw_connection()
        try:
            cursor = raw.cursor()
            seen = None
            while not self._stop.is_set():
                now = cursor.execute("PRAGMA data_version").fetchone()[0]
                if now != seen:
                    seen = now
                    rows = cursor.execute("SELECT id, version, phase FROM workshop").fetchall()
                    self._publish(rows)
                self._stop.wait(POLL)
        finally:
            raw.close()

    def _listen_postgres(self) -> None:
        url = self._database.url.set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # What was committed while nobody listened is found by asking once.
            self._publish(self._all_versions())
            while not self._stop.is_set():
                for notice in connection.notifies(timeout=POLL):
                    workshop_id, version, phase = notice.payload.split(":")
                    self._publish([(workshop_id, int(version), int(phase))])

    def _all_versions(self) -> Iterable[Any]:
        with self._database.reader.connect() as connection:
            columns = (WORKSHOP.c.id, WORKSHOP.c.version, WORKSHOP.c.phase)
            return [tuple(row) for row in connection.execute(select(*columns))]

    def _publish(self, rows: Iterable[Any]) -> None:
        for workshop_id, version, phase in rows:
            self._changes.publish(workshop_id, version, phase)
