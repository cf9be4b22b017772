"""The store: one writer thread that commits all that has queued, and readers beside it.

A write's future is done only after its commit, so what was acknowledged is on disk. Writes that
queue up while a commit is under way share the next one: that is what keeps a thousand phones fast.
"""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, text

from db.engine import Database
from db.reader import SqlReader
from db.tx import SqlTx
from workshop.errors import Refused
from workshop.ports import Changes, Reader, Tx

T = TypeVar("T")
log = structlog.get_logger()

Told = tuple[str, int, int]
"""A workshop with its version and phase, as committed."""

MAX_BATCH = 500
"""Writes that share one commit, at the most."""

CHANNEL = "einklang"
"""The PostgreSQL channel on which processes tell each other of commits."""


@dataclass
class _Job:
    run: Callable[[Tx], Any]
    future: Future[Any]


class _Failed(Exception):
    """A write failed, or was refused after it had written: its batch must be taken apart."""

    def __init__(self, place: int, cause: Exception) -> None:
        super().__init__(place)
        self.place = place
        self.cause = cause


class SqlStore:
    """Implements `workshop.ports.Store`. `close` waits until everything queued is written."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="einklang-writer", daemon=True)
        self._thread.start()

    def read(self, fn: Callable[[Reader], T]) -> T:
        with self._database.reader.begin() as connection:
            return fn(SqlReader(connection))

    def submit(self, fn: Callable[[Tx], T]) -> Future[T]:
        future: Future[T] = Future()
        # What is queued behind the closing mark would wait for ever.
        with self._gate:
            if self._closed:
                future.set_exception(RuntimeError("The store is closed."))
            else:
                self._queue.put(_Job(fn, future))
        return future

    def write(self, fn: Callable[[Tx], T]) -> T:
        return self.submit(fn).result()

    def versions(self, workshop_id: str) -> tuple[int, int] | None:
        with self._database.reader.connect() as connection:
            return SqlReader(connection).versions(workshop_id)

    def close(self) -> None:
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        self._database.dispose()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            batch = [job]
            last = False
            while len(batch) < MAX_BATCH and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    last = True
                    break
                batch.append(following)
            # Who stopped waiting before it began is left out; from here on nobody can.
            self._commit([j for j in batch if j.future.set_running_or_notify_cancel()])
            if last:
                return

    def _commit(self, batch: list[_Job]) -> None:
        """All of them in one transaction. One that fails goes alone; those around it together."""
        while batch:
            try:
                outcomes, told = self._transact([job.run for job in batch])
            except _Failed as failure:
                before, failed = batch[: failure.place], batch[failure.place]
                if len(batch) == 1:
                    _fail(failed, failure.cause)
                    return
                self._commit(before)
                self._commit([failed])
                batch = batch[failure.place + 1 :]
            except Exception as error:
                # It failed to begin or to commit, which is nobody's fault: each gets its chance.
                if len(batch) == 1:
                    _fail(batch[0], error)
                    return
                for job in batch:
                    self._commit([job])
                return
            else:
                self._tell(batch, outcomes, told)
                return

    def _tell(self, batch: list[_Job], outcomes: list[Any], told: list[Told]) -> None:
        for workshop_id, version, phase in told:
            self._changes.publish(workshop_id, version, phase)
        for job, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, _Raised):
                job.future.set_exception(outcome.refusal)
            else:
                job.future.set_result(outcome)

    def _transact(self, runs: Sequence[Callable[[Tx], Any]]) -> tuple[list[Any], list[Told]]:
        with self._database.writer.begin() as connection:
            tx = SqlTx(connection)
            outcomes = []
            for place, run in enumerate(runs):
                try:
                    outcomes.append(self._run(tx, run))
                except Exception as error:
                    raise _Failed(place, error) from error
            told = self._told(connection, tx)
        return outcomes, told

    def _run(self, tx: SqlTx, run: Callable[[Tx], Any]) -> Any:
        tx.dirty = False
        try:
            outcome = run(tx)
        except Refused as refusal:
            if tx.dirty:
                raise
            tx.journal.forget()
            return _Raised(refusal)
        tx.journal.end()
        return outcome

    def _told(self, connection: Connection, tx: SqlTx) -> list[Told]:
        """The new versions, read before the commit; PostgreSQL tells the other processes."""
        told = []
        for workshop_id in tx.touched:
            versions = tx.versions(workshop_id)
            if versions is None:
                continue
            told.append((workshop_id, *versions))
            if not self._database.is_sqlite:
                message = f"{workshop_id}:{versions[0]}:{versions[1]}"
                notify = text("SELECT pg_notify(:channel, :message)")
                connection.execute(notify, {"channel": CHANNEL, "message": message})
        return told


@dataclass(frozen=True)
class _Raised:
    """A refusal that a write raised, as against one that it returned."""

    refusal: Refused


def _fail(job: _Job, error: Exception) -> None:
    """A refusal is an answer; everything else is worth a line in the log."""
    if not isinstance(error, Refused):
        log.error("write failed", error=type(error).__name__, where=where(error))
    job.future.set_exception(error)


def where(error: Exception) -> str:
    """The lines that an error came through, without a value.

    What a database says of a row quotes people's words, and a traceback with local variables
    shows their secrets; writing one also takes seconds, in which nobody's answer is kept.
    """
    return "".join(traceback.format_tb(error.__traceback__))
