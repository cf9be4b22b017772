"""The writer: acknowledged is kept, one failure is one failure, order is order."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from db.plain import PARTICIPANT
from db.store import SqlStore
from tests.rooms import HandClock, Prepared, Running, make_service, prepare
from tests.servers import ROOT
from workshop.access import hash_token
from workshop.errors import Refused
from workshop.model import Answer, Draft, Role, RoundState
from workshop.ports import Tx

KILLS = 5
"""Per kind of database."""


def test_what_was_acknowledged_survives_a_kill(any_url: str) -> None:
    with make_service(any_url) as running:
        workshop = prepare(running.service)
        round_ = workshop.open()
        told: list[str] = []
        for turn in range(KILLS):
            told += _killed_after(3 + 4 * turn, any_url, workshop, round_.id)
        answered = {
            a.participant_id for a in running.store.read(lambda reader: reader.answers([round_.id]))
        }
        assert len(told) >= KILLS * 3
        assert set(told) <= answered
        # Numbers go up by one with every join, whatever was torn off.
        people = running.store.read(lambda reader: reader.participants(workshop.id))
        assert [p.number for p in people] == list(range(1, len(people) + 1))


def _killed_after(lines: int, url: str, workshop: Prepared, round_id: str) -> list[str]:
    """Kill a writing process in the middle of its work; what it had acknowledged until then."""
    command = [sys.executable, "-m", "tests.db.child", "write", url, workshop.id, round_id]
    with subprocess.Popen(
        [*command, workshop.statements[0]], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.readlines()
    return [line.decode().strip() for line in said if line.endswith(b"\n")]


def test_a_future_is_done_after_the_commit(running: Running, prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    round_ = prepared.open()
    done_at_commit: list[bool] = []
    future: list[Future[Any]] = []

    def on_commit(_: Any) -> None:
        done_at_commit.extend(f.done() for f in future)

    hold = _held(running.store)
    event.listen(running.database.writer, "commit", on_commit)
    future.append(
        prepared.service.answer(prepared.id, token, round_.id, prepared.statements[0], "5")
    )
    hold.set()
    assert future[0].result(20) == 5
    assert set(done_at_commit) == {False}
    assert len(done_at_commit) == 2


def _held(store: SqlStore) -> threading.Event:
    """Keep the writer busy until the event is set, so that what follows shares one batch."""
    begun, may_end = threading.Event(), threading.Event()

    def wait(_: Tx) -> None:
        begun.set()
        assert may_end.wait(20)

    store.submit(wait)
    assert begun.wait(20)
    return may_end


def _batch(store: SqlStore, *writes: Callable[[Tx], Any]) -> list[Future[Any]]:
    """These writes, in one batch."""
    hold = _held(store)
    futures = [store.submit(write) for write in writes]
    hold.set()
    return futures


def _grant(token: str, clock: HandClock) -> Callable[[Tx], str]:
    """A write of one row that stands for nothing else."""

    def run(tx: Tx) -> str:
        expires = clock() + timedelta(days=1)
        tx.grant(token, Role.STAGE, None, expires, once=False, now=clock())
        return token

    return run


def _kept(running: Running, clock: HandClock, *tokens: str) -> list[str]:
    return running.store.read(lambda reader: [t for t in tokens if reader.access(t, clock())])


def test_a_batch_is_one_commit(running: Running, clock: HandClock) -> None:
    commits: list[object] = []
    hold = _held(running.store)
    event.listen(running.database.writer, "commit", commits.append)
    futures = [running.store.submit(_grant(f"t{i}", clock)) for i in range(50)]
    hold.set()
    assert [f.result(20) for f in futures] == [f"t{i}" for i in range(50)]
    assert len(commits) == 2  # that of the write which held the others up, and theirs


@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_failing_write_takes_no_other_with_it(
    running: Running, clock: HandClock, place: int
) -> None:
    def fail(tx: Tx) -> None:
        _grant("lost", clock)(tx)
        raise ZeroDivisionError

    def refuse(tx: Tx) -> None:
        _grant("refused", clock)(tx)
        raise Refused("no", "No.")

    writes: list[Callable[[Tx], Any]] = [_grant(f"t{i}", clock) for i in range(6)]
    writes.insert(place, fail)
    writes.insert(place, refuse)
    writes.append(_grant("t0", clock))  # breaks a constraint
    *rest, twice = _batch(running.store, *writes)
    errors = [f.exception(20) for f in rest]
    assert [type(e) for e in errors if e] == [Refused, ZeroDivisionError]
    assert "UNIQUE" in str(twice.exception(20)).upper()
    names = [f"t{i}" for i in range(6)]
    assert _kept(running, clock, *names, "lost", "refused") == names


def test_a_refusal_before_writing_costs_nobody(running: Running, clock: HandClock) -> None:
    ran: list[int] = []

    def counted(tx: Tx) -> None:
        ran.append(1)
        _grant("kept", clock)(tx)

    def refuse(_: Tx) -> None:
        raise Refused("no", "No.")

    before, refused, after = _batch(running.store, counted, refuse, _grant("after", clock))
    assert isinstance(refused.exception(20), Refused)
    assert before.result(20) is None
    assert after.result(20) == "after"
    assert len(ran) == 1, "the batch was not taken apart"


def test_a_wrong_link_costs_nobody_a_retry(running: Running, clock: HandClock) -> None:
    ran: list[int] = []
    first = running.store.submit(lambda tx: ran.append(1))
    hold = _held(running.store)
    futures = [
        running.store.submit(lambda tx: ran.append(1)),
        running.store.submit(lambda tx: tx.use_grant("wrong", clock())),
        running.store.submit(_grant("kept", clock)),
    ]
    hold.set()
    assert futures[1].result(20) is None
    assert futures[2].result(20) == "kept"
    first.result(20)
    assert len(ran) == 2


def test_order_is_kept(running: Running, prepared: Prepared) -> None:
    tokens = prepared.people(3)
    round_ = prepared.open()
    hold = _held(running.store)
    service, item = prepared.service, prepared.statements[0]
    futures = [
        service.answer(prepared.id, token, round_.id, item, str(value))
        for value in (1, 5, 2, 4, 3)
        for token in tokens
    ]
    hold.set()
    for future in futures:
        future.result(20)
    found = running.store.read(lambda reader: reader.answers([round_.id]))
    assert [a.value for a in found] == [3, 3, 3]


def test_an_answer_behind_the_closing_is_refused_and_one_before_it_kept(
    running: Running, prepared: Prepared
) -> None:
    early, late = prepared.people(2)
    round_ = prepared.open()
    service, item = prepared.service, prepared.statements[0]
    hold = _held(running.store)
    kept = service.answer(prepared.id, early, round_.id, item, "4")
    close = running.store.submit(
        lambda tx: (
            tx.set_round(round_.id, RoundState.CLOSED, service.clock()),
            tx.touch(prepared.id, phase=True),
        )
    )
    refused = service.answer(prepared.id, late, round_.id, item, "4")
    hold.set()
    assert kept.result(20) == 4
    close.result(20)
    error = refused.exception(20)
    assert isinstance(error, Refused)
    assert error.code == "closed"


def test_a_transaction_sees_what_it_changed_itself(running: Running, prepared: Prepared) -> None:
    """It keeps versions and agenda for its batch, until it touches them."""
    round_ = prepared.open()

    def close(tx: Tx) -> tuple[bool, int]:
        before, opened = tx.versions(prepared.id), tx.agenda(prepared.id)
        assert before is not None
        assert opened is not None
        assert tx.agenda(prepared.id) is opened
        tx.set_round(round_.id, RoundState.CLOSED, prepared.service.clock())
        tx.touch(prepared.id, phase=True)
        after, closed = tx.versions(prepared.id), tx.agenda(prepared.id)
        assert after is not None
        assert closed is not None
        return closed.open_round is None, after[1] - before[1]

    assert running.store.write(close) == (True, 1)


def test_closing_writes_what_is_queued_and_takes_no_more(any_url: str, clock: HandClock) -> None:
    with make_service(any_url, clock) as running:
        hold = _held(running.store)
        futures = [running.store.submit(_grant(f"t{i}", clock)) for i in range(20)]
        closing = threading.Thread(target=running.store.close)
        closing.start()
        hold.set()
        closing.join(20)
        assert all(f.done() and f.exception() is None for f in futures)
        with pytest.raises(RuntimeError, match="closed"):
            running.store.write(lambda tx: None)
    with make_service(any_url, clock) as again:
        assert len(_kept(again, clock, *(f"t{i}" for i in range(20)))) == 20


def test_whoever_stopped_waiting_is_left_out(running: Running, clock: HandClock) -> None:
    hold = _held(running.store)
    left = running.store.submit(_grant("left", clock))
    stayed = running.store.submit(_grant("stayed", clock))
    assert left.cancel()
    hold.set()
    stayed.result(20)
    assert _kept(running, clock, "left", "stayed") == ["stayed"]


def test_a_listener_that_fails_does_not_stop_the_writer(
    running: Running, prepared: Prepared
) -> None:
    heard: list[int] = []

    def fail(version: int, phase: int) -> None:
        raise ZeroDivisionError

    running.changes.subscribe(prepared.id, fail)
    running.changes.subscribe(prepared.id, lambda version, phase: heard.append(version))
    prepared.people(2)
    assert heard


def test_what_is_kept_of_a_batch_is_whole(running: Running, prepared: Prepared) -> None:
    """A row of a write that failed later is not there, those of the others are."""
    prepared.people(1)

    def half(tx: Tx) -> None:
        tx.add_participant(prepared.id, "half", "science", prepared.service.clock())
        tx.set_segment("nobody", "science")
        tx.put_answer(Answer("none", "nobody", "none", 1), prepared.service.clock())

    joined = prepared.service.join(prepared.id, None, "science")
    failed = running.store.submit(half)
    assert failed.exception(20) is not None
    joined.result(20)
    with running.database.reader.connect() as connection:
        hashes = connection.execute(select(PARTICIPANT.c.token_hash)).scalars().all()
    assert len(hashes) == 2
    assert "half" not in hashes


def test_a_failure_is_logged_without_anybodys_words(
    running: Running, prepared: Prepared, capsys: pytest.CaptureFixture[str]
) -> None:
    (token,) = prepared.people(1)
    words = "Das steht in keinem Protokoll"

    def fail(tx: Tx) -> None:
        person = tx.participant(prepared.id, hash_token(token, prepared.id))
        assert person is not None
        tx.put_draft(person.id, Draft("no question", words, None, "closed"))

    failed = running.store.submit(fail).exception(20)
    said = "".join(capsys.readouterr())
    assert "write failed" in said
    assert "test_store.py" in said
    assert words not in said
    assert token not in said
    assert words not in str(failed).partition("DETAIL")[0]
