"""Everybody who watches hears of every commit: once, in order, and of other processes' too."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from db.changes import LocalChanges
from tests.rooms import Prepared, Running, make_service, prepare
from tests.servers import ROOT
from workshop.model import OPERATOR

WITHIN = 1.0
"""Seconds in which another process' commit must be heard of."""


class Heard:
    """A subscriber that can be waited for."""

    def __init__(self, changes: LocalChanges, workshop_id: str) -> None:
        self.versions: list[tuple[int, int]] = []
        self._news = threading.Condition()
        self.end = changes.subscribe(workshop_id, self._on_change)

    def _on_change(self, version: int, phase: int) -> None:
        with self._news:
            self.versions.append((version, phase))
            self._news.notify_all()

    def wait_for(self, version: int, seconds: float) -> bool:
        """Whether this version (or a later one) is heard of in time."""
        with self._news:
            return self._news.wait_for(
                lambda: bool(self.versions) and self.versions[-1][0] >= version, seconds
            )


@pytest.fixture
def watching(any_url: str) -> Iterator[tuple[Running, Prepared]]:
    """A service that watches for other processes."""
    with make_service(any_url, watch=True) as running:
        yield running, prepare(running.service)


def test_own_commits_are_told_once_and_in_order(watching: tuple[Running, Prepared]) -> None:
    running, workshop = watching
    heard = Heard(running.changes, workshop.id)
    workshop.people(20)
    workshop.open()
    version, phase = workshop.service.versions(workshop.id)
    assert heard.wait_for(version, WITHIN)
    assert heard.versions == sorted(set(heard.versions))
    assert heard.versions[-1] == (version, phase)


def test_one_version_is_told_once_whoever_says_it_and_never_backwards() -> None:
    changes = LocalChanges()
    heard = Heard(changes, "w")
    with ThreadPoolExecutor(8) as pool:
        for version in range(1, 200):
            for _ in range(4):
                pool.submit(changes.publish, "w", version, 1)
    told = [version for version, _ in heard.versions]
    assert told == sorted(set(told))
    assert told[-1] == 199


def test_a_commit_does_not_overtake_the_one_before() -> None:
    changes, second, overtaken = LocalChanges(), threading.Event(), []
    with ThreadPoolExecutor(1) as pool:

        def hear(version: int, phase: int) -> None:
            if version == 1:
                pool.submit(changes.publish, "w", 2, 1)
                overtaken.append(second.wait(0.2))
            else:
                second.set()

        changes.subscribe("w", hear)
        changes.publish("w", 1, 1)
        assert second.wait(20)
    assert overtaken == [False]


def test_whoever_ended_the_subscription_hears_no_more() -> None:
    changes = LocalChanges()
    first, second = Heard(changes, "w"), Heard(changes, "w")
    changes.publish("w", 1, 1)
    first.end()
    first.end()
    changes.publish("w", 2, 1)
    assert first.versions == [(1, 1)]
    assert second.versions == [(1, 1), (2, 1)]


def test_a_subscriber_may_subscribe_while_it_is_told() -> None:
    changes = LocalChanges()
    heard: list[int] = []

    def again(version: int, phase: int) -> None:
        changes.subscribe("w", lambda v, p: heard.append(v))

    changes.subscribe("w", again)
    changes.publish("w", 1, 1)
    changes.publish("w", 2, 1)
    assert heard == [2]


def _open_elsewhere(url: str, workshop: Prepared, heard: Heard) -> float:
    """Another process opens a round; the seconds from its commit until it is heard of here."""
    before = workshop.service.versions(workshop.id)[0]
    command = [sys.executable, "-m", "tests.db.child", "open", url, workshop.id, workshop.rate.id]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.close()
        assert process.wait(60) == 0
        ended = time.monotonic()
    assert heard.wait_for(before + 1, WITHIN)
    return time.monotonic() - ended


def test_another_process_is_heard_of_within_a_second(
    any_url: str, watching: tuple[Running, Prepared]
) -> None:
    running, workshop = watching
    heard = Heard(running.changes, workshop.id)
    assert workshop.agenda.open_round is None
    assert _open_elsewhere(any_url, workshop, heard) < WITHIN
    assert workshop.agenda.open_round is not None, "what was cached before is not shown any more"
    assert heard.versions == sorted(set(heard.versions))


@pytest.mark.postgres
def test_the_listener_survives_the_loss_of_its_connection(postgres_url: str) -> None:
    with make_service(postgres_url, watch=True) as running:
        workshop = prepare(running.service)
        heard = Heard(running.changes, workshop.id)
        address = running.database.url.set(drivername="postgresql")
        with psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            killed = connection.execute(
                "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
            assert killed is not None
            assert killed[0] >= 2, "the listener and the pooled connections"
            # Committed while nobody listens, by somebody else: no notice reaches us.
            connection.execute(
                "UPDATE workshop SET version = version + 1, phase = phase + 1 WHERE id = %s",
                [workshop.id],
            )
        version = workshop.service.versions(workshop.id)[0]
        assert heard.wait_for(version, 10)
        assert workshop.service.add_statement(OPERATOR, workshop.id, workshop.rate.id, "Weiter")
        assert heard.wait_for(version + 1, WITHIN)


@pytest.mark.postgres
def test_a_notice_that_is_not_ours_does_no_harm(postgres_url: str) -> None:
    with make_service(postgres_url, watch=True) as running:
        workshop = prepare(running.service)
        heard = Heard(running.changes, workshop.id)
        address = running.database.url.set(drivername="postgresql")
        with psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            connection.execute("SELECT pg_notify('einklang', 'what is this')")
            connection.execute("UPDATE workshop SET version = version + 1")
        assert heard.wait_for(workshop.service.versions(workshop.id)[0], 10)
