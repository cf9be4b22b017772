"""`python app.py import polis`: its JSON, its words, and how it fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workshop.polis_folder import write_export
from tests.workshop.test_commands import Run, created, run

__all__ = ["created", "run"]  # fixtures

STATEMENTS = [(1, 1, "Mehr Wind"), (2, 1, "Mehr Sonne"), (3, -1, "Raus"), (4, 1, "Mehr Wind")]
PEOPLE = [("11", "0", {1: "1", 2: "-1"}), ("12", "1", {1: "0"}), ("13", "1", {3: "1", 4: "1"})]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(write_export(tmp_path / "export", STATEMENTS, PEOPLE))


def where(run: Run, created: dict[str, str]) -> tuple[str, ...]:
    agenda = run("agenda", "--workshop", created["workshop"], "--json").json
    cluster = next(q["cluster"] for q in agenda if q["cluster_name"] == "Energie & Umwelt")
    return ("--process", created["process"], "--cluster", cluster, "--strand", "citizens")


def test_import_prints_what_came_of_it(run: Run, created: dict[str, str], folder: str) -> None:
    done = run("import", "polis", folder, *where(run, created), "--json")
    assert (done.code, done.err) == (0, "")
    said: dict[str, Any] = done.json
    ids = said.pop("ids")
    assert set(ids) == {"1", "2"}
    assert 0 < said.pop("seconds") < 60
    made = {key: said.pop(key) for key in ("workshop", "question", "round")}
    assert all(made.values())
    assert said == {
        "process": created["process"],
        "cluster": where(run, created)[3],
        "strand": "citizens",
        "people": 2,
        "statements": 2,
        "votes": 3,
        "left_out": {"moderated": 1, "empty": 0, "repeated": 1, "votes": 2, "people": 1},
        "shortened": 0,
        "groups": {"0": 1, "1": 1},
        "again": None,
    }
    agenda = run("agenda", "--workshop", made["workshop"], "--json").json
    question = next(q for q in agenda if q["question"] == made["question"])
    assert question["scale"] == ["lehne ab", "neutral", "stimme zu"]
    assert {s["id"]: s["text"] for s in question["statements"]} == {
        ids["1"]: "Mehr Wind",
        ids["2"]: "Mehr Sonne",
    }
    assert question["rounds"] == [{"round": made["round"], "number": 1, "state": "revealed"}]
    # The council is asked the same.
    asked = ("--workshop", created["workshop"], "--question", made["question"])
    opened = run("round", "open", *asked, "--statement", ids["2"], "--json").json
    assert opened["statements"] == [ids["2"]]


def test_import_in_words_with_a_title(run: Run, created: dict[str, str], folder: str) -> None:
    arguments = ("import", "polis", folder, *where(run, created), "--title", "Die Bürgerschaft")
    done = run(*arguments)
    assert "2 people gave 3 votes on 2 statements; 1 in group 0, 1 in group 1." in done.out
    assert "Left out: 1 moderated out, 0 empty, 1 repeated, with 2 votes;" in done.out
    assert "Imported in" in done.out
    again = run(*arguments, "--json")
    assert again.code == 0
    assert "holds the very same votes" in again.err
    assert again.json["again"] in done.out


def test_what_cannot_be_imported_is_a_sentence_and_exit_1(
    run: Run, created: dict[str, str], folder: str, tmp_path: Path
) -> None:
    process, cluster = where(run, created)[1], where(run, created)[3]
    for path, p, c, sentence in (
        ("/nowhere", process, cluster, "participants-votes.csv can't be read"),
        (folder, "nope", cluster, "There is no such process."),
        (folder, process, "nope", "There is no such cluster in this process."),
        (str(tmp_path), process, cluster, "can't be read"),
    ):
        for extra in ((), ("--json",)):
            arguments = ("--process", p, "--cluster", c, "--strand", "citizens", *extra)
            done = run("import", "polis", path, *arguments)
            assert (done.code, done.out) == (1, "")
            assert sentence in done.err
            assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "polis"),
        ("import", "decidim", "a"),
        ("import", "polis", "a", "--process", "b", "--cluster", "c"),
        ("import", "polis", "a", "--process", "b", "--cluster", "c", "--strand", "mayors"),
        ("import", "polis", "a", "--cluster", "c", "--strand", "citizens"),
    ],
)
def test_wrong_usage_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err
