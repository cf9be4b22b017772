"""What all tests share: databases of their own, and a workshop to work with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsers import PATIENCE
from tests.postgres import Cluster, Missing, cluster
from tests.rooms import HandClock, Prepared, Running, make_service, prepare

# A page is waited for, never timed: two cores may be driving three browsers at once. Here and
# nowhere else: an option of Playwright's holds for all that comes after it.
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/einklang.db"


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster | str]:
    """One cluster for all tests; the reason where none can be started."""
    with ExitStack() as stack:
        try:
            found: Cluster | str = stack.enter_context(cluster())
        except Missing as missing:
            found = f"Nothing of PostgreSQL is tested here. {missing}"
        yield found


@pytest.fixture
def postgres_url(postgres_cluster: Cluster | str) -> str:
    """An empty PostgreSQL database of the test's own."""
    if isinstance(postgres_cluster, str):
        pytest.skip(postgres_cluster)
    return postgres_cluster.empty_database()


@pytest.fixture(
    params=[
        pytest.param("sqlite_url", id="sqlite"),
        pytest.param("postgres_url", id="postgres", marks=pytest.mark.postgres),
    ]
)
def any_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands until it is moved."""
    return HandClock()


@pytest.fixture
def running(any_url: str, clock: HandClock) -> Iterator[Running]:
    """A service on each kind of database."""
    with make_service(any_url, clock, passphrase="Wir machen es einfach") as found:
        yield found


@pytest.fixture
def prepared(running: Running) -> Prepared:
    """A small workshop on each kind of database."""
    return prepare(running.service)


@pytest.fixture
def small(sqlite_url: str, clock: HandClock) -> Iterator[Prepared]:
    """A small workshop on SQLite, where the database makes no difference."""
    with make_service(sqlite_url, clock) as found:
        yield prepare(found.service)
