"""What the database itself guarantees: durability, one writer at a time, no wrong state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.engine import Database, open_database
from db.plain import ACCESS, ANSWER, QUESTION, ROUND, WORKSHOP
from tests.db.rows import NOW, fill
from tests.rooms import Prepared, Running
from workshop.model import OPERATOR

WRITERS = 8
TURNS = 25


def test_sqlite_is_durable_and_referential(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    for engine in (database.writer, database.reader):
        with engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 10_000,
        }
    database.dispose()


def test_readers_can_not_write_sqlite(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(DBAPIError, match="readonly"), database.reader.begin() as connection:
        connection.execute(text("DELETE FROM answer"))
    database.dispose()


def test_a_writer_holds_the_write_lock_before_it_reads(any_url: str) -> None:
    """Two transactions that read before they write must not both believe what they read."""
    database = open_database(any_url)
    begun, may_end, second = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with database.writer.begin() as connection:
            connection.execute(select(WORKSHOP.c.id)).all()
            begun.set()
            assert may_end.wait(20)
            assert not second.is_set()

    def other() -> None:
        assert begun.wait(20)
        with database.writer.begin() as connection:
            connection.execute(select(WORKSHOP.c.id)).all()
            second.set()

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(first), pool.submit(other)]
        assert begun.wait(20)
        assert not second.wait(0.3)
        may_end.set()
        for future in futures:
            future.result(20)
    assert second.is_set()
    database.dispose()


def test_concurrent_read_modify_writes_lose_nothing(any_url: str) -> None:
    database = open_database(any_url)
    with database.writer.begin() as connection:
        fill(connection)

    def work(_: int) -> None:
        own = open_database(any_url)  # an engine of its own, as another process has
        for _turn in range(TURNS):
            with own.writer.begin() as connection:
                joined = connection.execute(select(WORKSHOP.c.joined)).scalar_one()
                connection.execute(update(WORKSHOP).values(joined=joined + 1))
        own.dispose()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    with database.reader.connect() as connection:
        total = connection.execute(select(WORKSHOP.c.joined)).scalar_one()
    assert total == 1 + WRITERS * TURNS
    database.dispose()


def test_a_reader_sees_one_snapshot(any_url: str) -> None:
    database = open_database(any_url)
    with database.writer.begin() as connection:
        fill(connection)
    with database.reader.begin() as reader:
        before = reader.execute(select(WORKSHOP.c.version)).scalar_one()
        with database.writer.begin() as connection:
            connection.execute(update(WORKSHOP).values(version=99))
        assert reader.execute(select(WORKSHOP.c.version)).scalar_one() == before
    database.dispose()


def _refused(database: Database, *statements: Any, kind: type[DBAPIError] = IntegrityError) -> None:
    with pytest.raises(kind), database.writer.begin() as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def asked(running: Running, prepared: Prepared) -> dict[str, str]:
    """An open round and somebody who answered its first statement."""
    (token,) = prepared.people(1)
    round_ = prepared.open()
    prepared.answer(token, round_, prepared.statements[0], 4)
    participant = prepared.service.phone(prepared.id, token).participant
    assert participant is not None
    return {
        "round_id": round_.id,
        "statement_id": prepared.statements[1],
        "answered_id": prepared.statements[0],
        "participant_id": participant.id,
    }


def test_a_second_open_round_is_impossible(
    running: Running, prepared: Prepared, asked: dict[str, str]
) -> None:
    row = {
        "id": "second",
        "workshop_id": prepared.id,
        "question_id": prepared.other_rate.id,
        "number": 1,
        "state": "open",
        "live": True,
    }
    _refused(running.database, insert(ROUND).values(**row))
    with running.database.writer.begin() as connection:
        connection.execute(insert(ROUND).values(**{**row, "live": False}))


def test_two_answers_to_one_item_are_impossible(running: Running, asked: dict[str, str]) -> None:
    row = {
        "round_id": asked["round_id"],
        "statement_id": asked["answered_id"],
        "participant_id": asked["participant_id"],
        "value": 1,
        "at": NOW,
    }
    _refused(running.database, insert(ANSWER).values(**row))


@pytest.mark.parametrize("value", [-1, 1001])
def test_a_value_off_any_scale_is_impossible(
    running: Running, asked: dict[str, str], value: int
) -> None:
    row = {name: asked[name] for name in ("round_id", "statement_id", "participant_id")}
    _refused(running.database, insert(ANSWER).values(**row, value=value, at=NOW))


@pytest.mark.parametrize("name", ["round_id", "statement_id", "participant_id"])
def test_an_answer_to_nothing_is_impossible(
    running: Running, asked: dict[str, str], name: str
) -> None:
    row = {key: asked[key] for key in ("round_id", "statement_id", "participant_id")}
    row[name] = "nothing"
    _refused(running.database, insert(ANSWER).values(**row, value=1, at=NOW))


WRONG: dict[str, Callable[[Prepared], Any]] = {
    "a rating question without a scale": lambda p: (
        update(QUESTION).where(QUESTION.c.id == p.rate.id).values(scale_name=None)
    ),
    "a collecting question with a scale": lambda p: (
        update(QUESTION).where(QUESTION.c.id == p.collect.id).values(scale_name="x")
    ),
    "an unknown kind": lambda p: update(QUESTION).values(kind="guess"),
    "an unknown state": lambda p: update(ROUND).values(state="ajar"),
    "a round number below one": lambda p: update(ROUND).values(number=0),
    "an unknown strand": lambda p: update(WORKSHOP).values(strand="mayor"),
    "an unknown view": lambda p: update(WORKSHOP).values(stage_view="backstage"),
    "nobody invited": lambda p: update(WORKSHOP).values(invited=0),
    "an unknown role": lambda p: insert(ACCESS).values(
        token_hash="x", role="mayor", once=False, created_at=NOW, expires_at=NOW
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_state_is_impossible(
    running: Running, prepared: Prepared, asked: dict[str, str], what: str
) -> None:
    _refused(running.database, WRONG[what](prepared))


def test_a_join_code_opens_one_workshop_only(running: Running, prepared: Prepared) -> None:
    other = running.service.create_workshop(  # of the same process
        OPERATOR, "smart-kassel-council", process_id=prepared.process_id
    )
    code = prepared.agenda.workshop.join_code
    change = update(WORKSHOP).where(WORKSHOP.c.id == other.workshop_id).values(join_code=code)
    _refused(running.database, change)
