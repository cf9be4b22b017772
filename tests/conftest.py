"""What all tests share: databases of their own, a small workshop, a served house, browsers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from db.engine import open_database
from tests.browser.hall import serving
from tests.browser.house import House
from tests.browser.visitors import foreign
from tests.browsers import FLAGS, PATIENCE, chromium
from tests.postgres import Cluster, Missing, cluster
from tests.rooms import HandClock, Prepared, Running, make_service, prepare
from workshop.service import Service

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
def postgres(postgres_cluster: Cluster | str) -> Cluster:
    """The cluster; who needs it says aloud where there is none."""
    if isinstance(postgres_cluster, str):
        pytest.skip(postgres_cluster)
    return postgres_cluster


@pytest.fixture
def postgres_url(postgres: Cluster) -> str:
    """An empty PostgreSQL database of the test's own."""
    return postgres.empty_database()


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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with today's tables: what most tests begin with, migrated once."""
    path = tmp_path_factory.mktemp("migrated") / "einklang.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def ready_sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A SQLite file with today's tables, of the test's own."""
    shutil.copy(migrated_file, tmp_path / "einklang.db")
    return f"sqlite:///{tmp_path}/einklang.db"


@pytest.fixture
def ready_postgres_url(postgres: Cluster) -> str:
    """A PostgreSQL database with today's tables, of the test's own."""
    return postgres.migrated_database()


@pytest.fixture(
    params=[
        pytest.param("ready_sqlite_url", id="sqlite"),
        pytest.param("ready_postgres_url", id="postgres", marks=pytest.mark.postgres),
    ]
)
def ready_url(request: pytest.FixtureRequest) -> str:
    """A database with today's tables and nothing in them, once of each kind."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands until it is moved."""
    return HandClock()


@pytest.fixture
def running(ready_url: str, clock: HandClock) -> Iterator[Running]:
    """A service on each kind of database."""
    with make_service(ready_url, clock, passphrase="Wir machen es einfach") as found:
        yield found


@pytest.fixture
def prepared(running: Running) -> Prepared:
    """A small workshop on each kind of database."""
    return prepare(running.service)


@pytest.fixture
def small(ready_sqlite_url: str, clock: HandClock) -> Iterator[Prepared]:
    """A small workshop on SQLite, where the database makes no difference."""
    with make_service(ready_sqlite_url, clock) as found:
        yield prepare(found.service)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Service]]:
    """One served house for all browser tests of a process; each has a workshop of its own there."""
    with serving(tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.fixture(scope="module")
def chromium_of_module() -> Iterator[Browser]:
    """One Chromium. For a module and not for the session: Playwright holds the event loop."""
    program = chromium()
    if program is None:
        pytest.skip("No Chromium on this machine: NOT ONE browser story was played (.ci/needs).")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def browser(chromium_of_module: Browser) -> Iterator[Browser]:
    """A Chromium without windows; at the end none of them has asked anybody else's host."""
    foreign.clear()
    yield chromium_of_module
    for context in chromium_of_module.contexts:
        context.close()
    assert foreign == []
