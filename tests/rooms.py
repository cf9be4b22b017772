"""Rooms for tests: a service on a real database, a clock that is set by hand, people who join."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlmodel import SQLModel

from db.changes import LocalChanges, Watcher
from db.engine import Database, open_database
from db.store import SqlStore
from workshop.model import OPERATOR, Agenda, KeyQuestion, QuestionKind, Round
from workshop.service import Service
from workshop.service.base import utc_now

TEMPLATE = "smart-kassel-council"


class HandClock:
    """A clock that is moved by hand; a look takes it a microsecond, so that there is an order."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime(2026, 11, 23, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def forward(self, **by: float) -> None:
        """Move it on, for example by `minutes=11`."""
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Running:
    """A service with the parts it is made of."""

    service: Service
    store: SqlStore
    database: Database
    changes: LocalChanges


@contextmanager
def make_service(
    url: str,
    clock: Callable[[], datetime] = utc_now,
    *,
    passphrase: str | None = None,
    watch: bool = False,
) -> Iterator[Running]:
    """A service on the database of that URL, as the server builds it; closed with the block."""
    database = open_database(url)
    changes = LocalChanges()
    store = SqlStore(database, changes)
    watcher = Watcher(database, changes) if watch else None
    try:
        if watcher:
            watcher.start()
        service = Service(store, changes, clock=clock, passphrase=passphrase)
        yield Running(service, store, database, changes)
    finally:
        if watcher:
            watcher.stop()
        store.close()


@dataclass(frozen=True)
class Prepared:
    """A workshop of the template with two statements on its first rating question."""

    service: Service
    id: str
    process_id: str
    rate: KeyQuestion
    collect: KeyQuestion
    other_rate: KeyQuestion
    statements: tuple[str, str]

    @property
    def agenda(self) -> Agenda:
        """As committed now."""
        return self.service.agenda(OPERATOR, self.id)

    def people(self, count: int, segment: str = "science") -> list[str]:
        """So many join; their cookies' values."""
        joining = [self.service.join(self.id, None, segment) for _ in range(count)]
        return [future.result()[0] for future in joining]

    def open(self, question: KeyQuestion | None = None) -> Round:
        """Open a round (of the first rating question), and return it."""
        found = self.service.open_round(OPERATOR, self.id, (question or self.rate).id).open_round
        assert found is not None
        return found

    def answer(self, token: str, round_: Round, statement_id: str, raw: str | int) -> int | None:
        """Answer, and wait until it is kept."""
        return self.service.answer(self.id, token, round_.id, statement_id, str(raw)).result()


def prepare(service: Service) -> Prepared:
    """A small workshop, ready to be opened."""
    made = service.create_workshop(OPERATOR, TEMPLATE)
    questions = service.agenda(OPERATOR, made.workshop_id).questions
    rates = [q for q in questions if q.kind is QuestionKind.RATE]
    collects = [q for q in questions if q.kind is QuestionKind.COLLECT]
    rate = rates[0]
    texts = ("Mehr Bäume in der Stadt", "Ein Rad für alle")
    first, second = (
        service.add_statement(OPERATOR, made.workshop_id, rate.id, text) for text in texts
    )
    other = next(q for q in rates if q.cluster_id != rate.cluster_id)
    collect = next(q for q in collects if q.cluster_id == rate.cluster_id)
    return Prepared(
        service, made.workshop_id, made.process_id, rate, collect, other, (first, second)
    )


def dump(running: Running) -> str:
    """Everything in the database, as text."""
    with running.database.reader.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return "\n".join(str(row) for t in tables for row in connection.execute(select(t)))
