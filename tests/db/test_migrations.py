"""Any earlier database becomes today's, with all its rows, whoever starts first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import db.engine
from db.engine import Database, DatabaseError, migrate, migrating, open_database
from tests.db.rows import fill
from tests.rooms import make_service, prepare
from tests.servers import ROOT


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "db" / "migrations"))
    return config


def _revisions() -> list[str]:
    found = ScriptDirectory.from_config(_config()).walk_revisions()
    return [script.revision for script in reversed(list(found))]


REVISIONS = _revisions()


@contextmanager
def _unmigrated(url: str, revision: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that stands at an earlier revision."""
    with monkeypatch.context() as patch:
        patch.setattr(db.engine, "migrate", lambda database: migrate(database, revision))
        database = open_database(url)
    try:
        yield database
    finally:
        database.dispose()


def _counts(connection: Connection) -> dict[str, int]:
    names = inspect(connection).get_table_names()
    return {
        name: int(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
        for name in names
        if name != "alembic_version"
    }


def test_the_migrated_tables_are_those_of_the_program(any_url: str) -> None:
    database = open_database(any_url)
    with database.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.dispose()


def test_the_check_constraints_are_those_of_the_program(any_url: str) -> None:
    """Alembic compares no check constraints."""
    database = open_database(any_url)
    with database.reader.connect() as connection:
        found = {
            (name, check["name"])
            for name in SQLModel.metadata.tables
            for check in inspect(connection).get_check_constraints(name)
        }
    database.dispose()
    wanted = {
        (table.name, str(check.name))
        for table in SQLModel.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert {f"{table}: {name}" for table, name in found} == {
        f"{table}: {name}" for table, name in wanted
    }


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_every_revision_survive_the_upgrade(
    any_url: str, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _unmigrated(any_url, revision, monkeypatch) as old:
        with old.writer.begin() as connection:
            fill(connection)
        with old.reader.connect() as connection:
            before = _counts(connection)
    assert before and all(before.values()), "every table must have a row to lose"
    new = open_database(any_url)
    with new.reader.connect() as connection:
        after = _counts(connection)
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    new.dispose()
    assert version == REVISIONS[-1]
    assert {name: after[name] for name in before if name in after} == before


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_rows_survive_the_way_back_to_every_revision(any_url: str, revision: str) -> None:
    """And the way up again: what the older program can't know is gone, and nothing else."""
    database = open_database(any_url)
    with database.writer.begin() as connection:
        fill(connection)
        before = _counts(connection)
        share = connection.execute(text("SELECT agreed_share FROM process")).scalar_one()
    with migrating(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    with database.reader.connect() as connection:
        after = _counts(connection)
        assert after == {name: before[name] for name in after}
        added = {"note": "0005", "saved_template": "0006", "theme": "0009"}
        assert set(before) - set(after) == {name for name, at in added.items() if revision < at}
        kept = {c["name"] for c in inspect(connection).get_columns("round")}
        assert ("present" in kept) == (revision >= "0003")
    database.dispose()
    database = open_database(any_url)
    with database.reader.connect() as connection:
        assert _counts(connection) == {**dict.fromkeys(before, 0), **after}
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        agreed = connection.execute(text("SELECT agreed_share FROM process")).scalar_one()
    assert agreed == (share if revision >= "0003" else 0.75)
    database.dispose()


@pytest.mark.parametrize(
    ("view", "before"), [("moves", "result"), ("strands", "result"), ("groups", "clusters")]
)
def test_a_stage_that_an_older_program_cannot_show_goes_back_to_one_it_can(
    any_url: str, view: str, before: str
) -> None:
    show = text("UPDATE workshop SET stage_view = :view")
    database = open_database(any_url)
    with database.writer.begin() as connection:
        fill(connection)
        connection.execute(show, {"view": view})
    with migrating(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    with database.reader.connect() as connection:
        shown = connection.execute(text("SELECT stage_view FROM workshop")).scalar_one()
        # What undo would put back may name a view or a column that isn't there any more.
        undone = connection.execute(text("SELECT undone FROM action")).scalar_one()
    assert (shown, bool(undone)) == (before, True)
    with pytest.raises(IntegrityError), database.writer.begin() as connection:
        connection.execute(show, {"view": view})
    database.dispose()


def test_a_kind_of_question_that_an_older_program_does_not_know_goes_with_its_answers(
    any_url: str,
) -> None:
    database = open_database(any_url)
    with database.writer.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE key_question SET kind = 'choose', most = 2"))
        connection.execute(text("UPDATE workshop SET stage_question_id = 'one'"))
        connection.execute(text("UPDATE answer SET value = 0"))
    with migrating(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
    with database.reader.connect() as connection:
        after = _counts(connection)
        shown = connection.execute(text("SELECT stage_question_id FROM workshop")).scalar_one()
    database.dispose()
    gone = {name for name, n in after.items() if n == 0}
    assert gone == {"key_question", "statement", "round", "round_item", "answer", "draft", "note"}
    assert shown is None


def test_a_migration_may_rebuild_a_table_that_others_refer_to(any_url: str) -> None:
    """SQLite drops and copies: with references enforced, the next revision would fail here."""
    with make_service(any_url) as running:
        workshop = prepare(running.service)
        (token,) = workshop.people(1)
        with migrating(running.database) as connection:
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("workshop", recreate="auto") as batch:
                batch.alter_column("join_code", nullable=True)
        assert workshop.service.phone(workshop.id, token).participant is not None
        with running.database.writer.connect() as connection:
            if running.database.is_sqlite:
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_loses_references_is_taken_back(sqlite_url: str) -> None:
    with make_service(sqlite_url) as running:
        workshop = prepare(running.service)
        with (
            pytest.raises(DatabaseError, match="key_question"),
            migrating(running.database) as connection,
        ):
            connection.execute(text("DELETE FROM cluster"))
        assert workshop.agenda.clusters


def test_a_database_that_is_newer_is_refused_in_words(any_url: str) -> None:
    database = open_database(any_url)
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    with pytest.raises(DatabaseError, match=r"can't be opened.*9999"):
        open_database(any_url)


def test_a_database_that_cannot_be_reached_is_refused_without_its_password() -> None:
    with pytest.raises(DatabaseError, match="can't be opened") as refused:
        open_database("postgresql://somebody:geheim@/none?host=/nowhere")
    assert "geheim" not in str(refused.value)


def test_several_processes_open_a_new_database_at_once(any_url: str) -> None:
    code = "import sys; from db.engine import open_database; open_database(sys.argv[1]).dispose()"
    command = [sys.executable, "-c", code, any_url]
    started: list[subprocess.Popen[Any]] = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)
    ]
    for process in started:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()
    database = open_database(any_url)
    with database.reader.connect() as connection:
        assert set(inspect(connection).get_table_names()) >= set(SQLModel.metadata.tables)
    database.dispose()
