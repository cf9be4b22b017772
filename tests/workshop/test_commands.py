"""The commands of `python app.py`: shapes of their JSON, exit codes, and what goes where."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import app
from tests.servers import free_port
from workshop.convergence import chance_level, index, tastle_wierman
from workshop.model import OPERATOR, Role
from workshop.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "smart-kassel-council"
BASE = "https://einklang.example.org"


@dataclass
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout, which must be JSON and nothing else."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process, on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'einklang.db'}")
    monkeypatch.setenv("PUBLIC_URL", BASE)
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.delenv("MODERATOR_PASSPHRASE", raising=False)

    def call(*arguments: str) -> Done:
        try:
            code = app.main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


@pytest.fixture
def created(run: Run) -> dict[str, str]:
    """A new workshop, as `create --json` prints it."""
    done = run("create", "--template", TEMPLATE, "--json")
    assert done.code == 0, done.err
    found: dict[str, str] = done.json
    return found


def service() -> Any:
    """The service on the database that `run` has set, for what no command does."""
    return app.Wiring(Settings.from_environment()).service()


def test_create_prints_what_the_office_needs(created: dict[str, str]) -> None:
    assert set(created) >= {
        *("process", "workshop", "join_code", "join_url", "moderator_url", "stage_url")
    }
    assert re.fullmatch(r"[1-9][0-9]{7}", created["join_code"])
    assert created["join_url"] == f"{BASE}/j/{created['join_code']}"
    assert created["moderator_url"].startswith(f"{BASE}/m/")
    assert created["stage_url"].startswith(f"{BASE}/s/")
    with service() as office:
        for key, role in (("moderator_url", Role.MODERATOR), ("stage_url", Role.STAGE)):
            token = created[key].rpartition("/")[2]
            for _ in range(2):  # both links can be used again
                _, actor = office.sign_in_by_link(token)
                assert (actor.role, actor.workshop_id) == (role, created["workshop"])


def test_a_process_gets_a_workshop_of_the_citizens(run: Run, created: dict[str, str]) -> None:
    done = run("create", "--process", created["process"], "--strand", "citizens", "--json")
    assert done.code == 0
    assert done.json["process"] == created["process"]
    assert done.json["workshop"] != created["workshop"]
    mine = run("agenda", "--workshop", created["workshop"], "--json").json
    theirs = run("agenda", "--workshop", done.json["workshop"], "--json").json
    assert [q["question"] for q in mine] == [q["question"] for q in theirs]


def test_agenda_lists_the_questions_in_running_order(run: Run, created: dict[str, str]) -> None:
    agenda = run("agenda", "--workshop", created["workshop"], "--json").json
    assert [q["kind"] for q in agenda] == ["collect", "rate"] * 4
    assert len({q["cluster"] for q in agenda}) == 4
    assert [q["cluster_name"] for q in agenda[::2]] == [
        *("Leben & Wohnen", "Energie & Umwelt", "Bildung & Arbeit", "Mobilität")
    ]
    for question in agenda:
        assert set(question) >= {*("question", "cluster", "kind", "text", "statements", "rounds")}
        assert question["text"]
        assert question["statements"] == question["rounds"] == []


def rating(run: Run, created: dict[str, str]) -> str:
    """The first rating question."""
    agenda = run("agenda", "--workshop", created["workshop"], "--json").json
    return str(next(q["question"] for q in agenda if q["kind"] == "rate"))


def test_a_statement_is_the_same_string_everywhere(run: Run, created: dict[str, str]) -> None:
    where = ("--workshop", created["workshop"], "--question", rating(run, created))
    done = run("statement", "add", *where, "--text", "  =1+1 „Bäume“  <b>jetzt</b> 🌳 ", "--json")
    assert done.code == 0
    assert done.json["text"] == "=1+1 „Bäume“ <b>jetzt</b> 🌳"
    agenda = run("agenda", "--workshop", created["workshop"], "--json").json
    question = next(q for q in agenda if q["question"] == where[3])
    assert question["statements"] == [{"id": done.json["statement"], "text": done.json["text"]}]


def vote(created: dict[str, str], values: list[int | None]) -> None:
    """People who answer the first statement of the open round; None is no answer."""
    workshop = created["workshop"]
    with service() as office:
        round_ = office.agenda(OPERATOR, workshop).open_round
        for value in values:
            token, _ = office.join(workshop, None, "none").result()
            raw = "0" if value is None else str(value)
            office.answer(workshop, token, round_.id, round_.statement_ids[0], raw).result()


def test_rounds_and_results_in_full_precision(run: Run, created: dict[str, str]) -> None:
    where = ("--workshop", created["workshop"], "--question", rating(run, created), "--json")
    made = run("statement", "add", *where, "--text", "Mehr Bäume").json["statement"]
    opened = run("round", "open", *where)
    assert (opened.code, opened.json["number"], opened.json["state"]) == (0, 1, "open")
    vote(created, [1, 2, 4, 5, 5, 5, None])
    results = ("results", "--workshop", created["workshop"], "--json")
    assert all(c["rounds"] == [] for c in run(*results).json["clusters"]), "nothing is revealed"
    assert run("round", "close", *where).json["state"] == "closed"
    assert all(c["rounds"] == [] for c in run(*results).json["clusters"])
    assert run("round", "reveal", *where).json["state"] == "revealed"

    clusters = run(*results).json["clusters"]
    agenda = run("agenda", "--workshop", created["workshop"], "--json").json
    assert [c["cluster"] for c in clusters] == list(dict.fromkeys(q["cluster"] for q in agenda))
    (round_,) = clusters[0]["rounds"]
    counts = [1, 1, 0, 1, 3]
    assert (round_["number"], round_["n"]) == (1, 6)
    assert round_["index"] == index([("rate", counts)])
    assert round_["baseline"] == chance_level([("rate", counts)])
    (item,) = round_["items"]
    assert (item["statement"], item["text"]) == (made, "Mehr Bäume")
    assert (item["counts"], item["abstained"], item["n"]) == (counts, 1, 6)
    assert item["consensus"] == tastle_wierman(counts)
    assert item["median"] == 4.5
    question = next(q for q in agenda if q["question"] == where[3])
    assert [(r["number"], r["state"]) for r in question["rounds"]] == [(1, "revealed")]
    assert run("round", "open", *where).json["number"] == 2


def test_a_round_may_ask_some_of_the_statements(run: Run, created: dict[str, str]) -> None:
    where = ("--workshop", created["workshop"], "--question", rating(run, created), "--json")
    made = [
        run("statement", "add", *where, "--text", text).json["statement"]
        for text in ("Mehr Bäume", "Weniger Lärm", "Ein Rad für alle")
    ]
    chosen = ("--statement", made[2], "--statement", made[0])
    assert run("round", "open", *where, *chosen).json["statements"] == [made[0], made[2]]
    run("round", "reveal", *where)
    refused = run("round", "open", *where, "--statement", "nope")
    assert (refused.code, refused.out) == (1, "")
    assert "does not belong to this question" in refused.err
    assert run("round", "open", *where).json["statements"] == [made[0], made[2]]


def test_below_five_people_there_is_no_index(run: Run, created: dict[str, str]) -> None:
    where = ("--workshop", created["workshop"], "--question", rating(run, created), "--json")
    run("statement", "add", *where, "--text", "Mehr Bäume")
    run("round", "open", *where)
    vote(created, [1, 2, 4, 5, None])
    run("round", "reveal", *where)
    found = run("results", "--workshop", created["workshop"], "--json").json
    (round_,) = found["clusters"][0]["rounds"]
    assert (round_["n"], round_["index"]) == (4, None)


def test_link_makes_a_fresh_secret_each_time(run: Run, created: dict[str, str]) -> None:
    where = ("link", "--workshop", created["workshop"])
    first, second = run(*where).out.strip(), run(*where).out.strip()
    assert first != second
    assert first.startswith(f"{BASE}/m/")
    assert run(*where, "--stage", "--json").json["stage_url"].startswith(f"{BASE}/s/")


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_export_writes_a_file(run: Run, created: dict[str, str], tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    where = ("export", "--workshop", created["workshop"], "--format", form, "--out", str(out))
    done = run(*where, "--json")
    assert done.code == 0, done.err
    assert done.json["bytes"] == out.stat().st_size > 0
    if form == "xlsx":
        assert len(openpyxl.load_workbook(out).sheetnames) >= 5
    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))


def test_export_into_nowhere_fails_in_words(
    run: Run, created: dict[str, str], tmp_path: Path
) -> None:
    out = str(tmp_path / "no" / "folder.json")
    done = run("export", "--workshop", created["workshop"], "--format", "json", "--out", out)
    assert (done.code, done.out) == (1, "")
    assert "can't be written" in done.err


def test_refusals_are_a_sentence_on_stderr_and_exit_1(run: Run, created: dict[str, str]) -> None:
    workshop = created["workshop"]
    agenda = run("agenda", "--workshop", workshop, "--json").json
    collecting, rated = agenda[0]["question"], agenda[1]["question"]
    for arguments, sentence in (
        (("agenda", "--workshop", "nope"), "There is no such workshop."),
        (("link", "--workshop", "nope"), "There is no such workshop."),
        (("create", "--template", "nope"), "no template 'nope'"),
        (("create", "--process", "nope"), "There is no such process."),
        (("round", "open", "--workshop", workshop, "--question", rated), "nothing to rate yet"),
        (("round", "close", "--workshop", workshop, "--question", rated), "no open round"),
        (("round", "reveal", "--workshop", workshop, "--question", rated), "no closed round"),
        (("round", "open", "--workshop", workshop, "--question", "x"), "no such key question"),
        (
            ("statement", "add", "--workshop", workshop, "--question", rated, "--text", " "),
            "There is no text yet.",
        ),
        (
            ("statement", "add", "--workshop", workshop, "--question", collecting, "--text", "a"),
            "people write to this one",
        ),
        (("simulate", "--join", f"{BASE}/j/1", "--polis", "/nowhere"), "can't be read"),
    ):
        for extra in ((), ("--json",)):
            done = run(*arguments, *extra)
            assert (done.code, done.out) == (1, ""), arguments
            assert sentence in done.err, arguments
            assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nope",),
        ("create",),
        ("create", "--json"),
        ("create", "--template", TEMPLATE, "--strand", "mayors"),
        ("round", "--workshop", "a"),
        ("round", "op", "--workshop", "a", "--question", "b"),
        ("results", "--json"),
        ("export", "--workshop", "a", "--format", "pdf", "--out", "b"),
        ("simulate", "--join", "http://localhost/j/1", "--phones", "0"),
        ("serve", "--nope"),
    ],
)
def test_wrong_usage_exits_2_and_prints_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_words_are_for_people(run: Run, created: dict[str, str]) -> None:
    workshop = created["workshop"]
    where = ("--workshop", workshop, "--question", rating(run, created))
    assert run("statement", "add", *where, "--text", "Mehr Bäume").code == 0
    assert "Round 1 is open." in run("round", "open", *where).out
    vote(created, [4, 4, 4, 4, 5])
    assert "Round 1 is revealed." in run("round", "reveal", *where).out
    assert "Mehr Bäume" in run("agenda", "--workshop", workshop).out
    assert "round 1: n = 5, convergence" in run("results", "--workshop", workshop).out
    assert "join_url" in run("create", "--template", TEMPLATE).out


def test_a_database_that_cannot_be_opened_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'einklang.db'}")
    done = run("create", "--template", TEMPLATE, "--json")
    assert (done.code, done.out) == (1, "")
    assert "can't be opened" in done.err
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere")
    assert run("create", "--template", TEMPLATE).code == 2


def test_as_a_process_stdout_is_the_json_alone(tmp_path: Path) -> None:
    """Whatever a fresh interpreter, its imports and a first migration may print."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'einklang.db'}",
        "PUBLIC_URL": BASE,
        "PYTHONIOENCODING": "ascii",
    }
    command = [sys.executable, str(ROOT / "app.py")]

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], env=environment, capture_output=True, text=True, cwd=tmp_path
        )

    created = call("create", "--template", TEMPLATE, "--json")
    assert created.returncode == 0, created.stderr
    workshop = json.loads(created.stdout)["workshop"]
    agenda = call("agenda", "--workshop", workshop, "--json")
    assert json.loads(agenda.stdout)[6]["cluster_name"] == "Mobilität"
    refused = call("results", "--workshop", "nope", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "There is no such workshop.\n"
