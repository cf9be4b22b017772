"""A PostgreSQL cluster for the tests: real, private, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db.engine import open_database
from tests.servers import free_port


class Missing(Exception):
    """No cluster can be started here; the message names what is missing."""


class Cluster:
    """A running cluster that hands out empty databases."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._port = folder, port
        self._names = count(1)
        self._migrated: str | None = None

    def empty_database(self) -> str:
        """The URL of a new database."""
        return self._new("template1")

    def migrated_database(self) -> str:
        """The URL of a new database with today's tables: a copy of one that was migrated once."""
        if self._migrated is None:
            url = self.empty_database()
            open_database(url).dispose()
            self._migrated = str(make_url(url).database)
        return self._new(self._migrated)

    def _new(self, template: str) -> str:
        name = f"test_{next(self._names)}"
        address = f"host={self._folder} port={self._port} user=tests dbname=postgres"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(create)
        return f"postgresql+psycopg://tests@/{name}?host={self._folder}&port={self._port}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster in a temporary folder, on a unix socket and a free port, without passwords.

    Raises:
        Missing: where PostgreSQL's programs, or a user who may run them, are not found.
    """
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    become = _unprivileged()
    # Not pytest's folders: those are closed to others, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="einklang-pg-"))
    try:
        if become.user is not None:
            os.chown(folder, become.user.pw_uid, become.user.pw_gid)
        data, port = folder / "data", free_port()
        _run([*become.command, initdb, "-A", "trust", "-U", "tests", "-E", "UTF8", "-D", str(data)])
        options = (
            f"-k {folder} -p {port} -c listen_addresses='' -c max_connections=200 -c fsync=off"
            " -c full_page_writes=off -c shared_buffers=16MB -c autovacuum=off"
        )
        control = [*become.command, pg_ctl, "-D", str(data), "-w", "-l", str(folder / "log")]
        _run([*control, "-o", options, "start"])
        try:
            yield Cluster(folder, port)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


class _Become:
    """How to run a program as somebody who may run PostgreSQL."""

    def __init__(self, command: list[str], user: pwd.struct_passwd | None) -> None:
        self.command, self.user = command, user


def _unprivileged() -> _Become:
    if os.geteuid() != 0:
        return _Become([], None)
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        setpriv, runuser = shutil.which("setpriv"), shutil.which("runuser")
        if setpriv:
            ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
            return _Become([setpriv, *ids], user)
        if runuser:
            return _Become([runuser, "-u", name, "--"], user)
    raise Missing("PostgreSQL won't run as root, and neither setpriv nor runuser (with a user) is")


def _program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = shutil.which(name, path=path)
    if found is None:
        raise Missing(f"PostgreSQL's {name} is missing: apt-get install postgresql")
    return found


def _run(command: list[str]) -> None:
    # A log file, not our pipes: the server would inherit them and keep them open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{Path(command[-1]).name}: {said.read().decode()}")
