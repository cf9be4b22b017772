"""What can't be imported is refused with file, line and reason, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rooms import Prepared, Running, dump
from tests.workshop.polis_folder import write_export
from workshop.errors import Forbidden, NotFound, Refused
from workshop.model import OPERATOR, VISITOR, Actor, Role, Strand
from workshop.polis import PolisError, read_export

STATEMENTS = [(1, 1, "Mehr Wind"), (2, 1, "Mehr Sonne"), (3, -1, "Raus")]
PEOPLE = [("11", "0", {1: "1", 2: "-1"}), ("12", "", {1: "0"}), ("13", "1", {3: "1"})]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_export(tmp_path / "export", STATEMENTS, PEOPLE)


def bring_in(prepared: Prepared, folder: Path, **other: str) -> None:
    wanted = {"process": prepared.process_id, "cluster": prepared.agenda.clusters[1].id} | other
    prepared.service.import_polis(
        OPERATOR, folder, wanted["process"], wanted["cluster"], Strand.CITIZENS
    )


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Something else stands in a file."""

    def run(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return run


def write(name: str, content: bytes) -> Callable[[Path], None]:
    """A file with this content."""
    return lambda folder: (folder / name).write_bytes(content) and None


COMMENTS, VOTES, SUMMARY = "comments.csv", "participants-votes.csv", "summary.csv"

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no comments": (lambda f: (f / COMMENTS).unlink(), "comments.csv can't be read: No such file"),
    "no votes": (lambda f: (f / VOTES).unlink(), "participants-votes.csv can't be read"),
    "a folder for a file": (
        lambda f: ((f / COMMENTS).unlink(), (f / COMMENTS).mkdir()),
        "comments.csv can't be read: Is a directory",
    ),
    "nothing in it": (write(VOTES, b""), "participants-votes.csv, line 1: there is no column"),
    "only a header": (
        write(VOTES, b"participant,group-id,n-votes,1,2\n\n"),
        "participants-votes.csv, line 2: there is nothing below the header",
    ),
    "no statement": (
        lambda f: (
            write(COMMENTS, b"comment-id,moderated,comment-body\n")(f),
            write(VOTES, b"participant,n-votes,1\n7,0,\n")(f),
        ),
        "statement 1 is not in comments.csv",
    ),
    "an unknown column": (
        change(VOTES, "n-votes,1,2,3", "n-votes,1,99,3"),
        "participants-votes.csv, line 1: statement 99 is not in comments.csv",
    ),
    "a column twice": (
        change(VOTES, "n-votes,1,2,3", "n-votes,1,02,2"),
        "participants-votes.csv, line 1: statement 2 has two columns",
    ),
    "no column of a statement": (
        change(VOTES, "n-votes,1,2,3", "n-votes,a,b,c"),
        "participants-votes.csv, line 1: there is no column of a statement",
    ),
    "somebody twice": (
        change(VOTES, "12,", "11,"),
        "participants-votes.csv, line 3: participant 11 is there twice",
    ),
    "a statement twice": (
        change(COMMENTS, "0,2,1", "0,1,1"),
        "comments.csv, line 3: statement 1 is there twice",
    ),
    "a vote that is none": (
        change(VOTES, "12,,,1,0", "12,,,1,yes"),
        "participants-votes.csv, line 3: 'yes' for statement 1 is no vote",
    ),
    "half a vote": (
        change(VOTES, "12,,,1,0", "12,,,1,0.5"),
        "participants-votes.csv, line 3: '0.5' for statement 1 is no vote",
    ),
    "half a group": (
        change(VOTES, "13,,1,", "13,,1.5,"),
        "participants-votes.csv, line 4: '1.5' in group-id is no whole number",
    ),
    "a group below zero": (
        change(VOTES, "13,,1,", "13,,-1,"),
        "participants-votes.csv, line 4: '-1' in group-id is no whole number",
    ),
    "an id in words": (
        change(COMMENTS, "0,2,1", "0,zwei,1"),
        "comments.csv, line 3: 'zwei' in comment-id is no whole number",
    ),
    "a mark in words": (
        change(COMMENTS, "0,2,1", "0,2,yes"),
        "comments.csv, line 3: 'yes' in moderated is no whole number",
    ),
    "a cell too many": (
        change(COMMENTS, "Mehr Sonne", "Mehr, Sonne"),
        "comments.csv, line 3: 5 cells, but the header has 4",
    ),
    "an open quote": (
        change(COMMENTS, "Mehr Sonne", '"Mehr Sonne'),
        "comments.csv, line 4: this is no CSV file in UTF-8 (unexpected end of data)",
    ),
    "another encoding": (
        write(COMMENTS, "comment-id,moderated,comment-body\n1,1,Wärme\n".encode("latin-1")),
        "comments.csv, line 2: this is no CSV file in UTF-8",
    ),
    "UTF-16": (
        write(VOTES, "participant,n-votes,1\n".encode("utf-16")),
        "participants-votes.csv, line 1: this is no CSV file in UTF-8",
    ),
    "another separator": (
        write(COMMENTS, b"comment-id;moderated;comment-body\n1;1;Wind\n"),
        "comments.csv, line 1: there is no column 'comment-id'",
    ),
    "a broken summary": (
        write(SUMMARY, b"topic,W\xe4rme\n"),
        "summary.csv, line 1: this is no CSV file in UTF-8",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_folder_is_refused_with_its_place(
    small: Prepared, folder: Path, what: str
) -> None:
    breaking, sentence = BROKEN[what]
    breaking(folder)
    before = small.agenda
    with pytest.raises(PolisError) as error:
        bring_in(small, folder)
    assert sentence in str(error.value)
    assert small.agenda == before


def test_what_people_and_programs_make_of_a_file_is_understood(tmp_path: Path) -> None:
    """Blank lines, a byte order mark, CRLF, commas and lines within quotes, decimal points."""
    (tmp_path / COMMENTS).write_bytes(
        b'\xef\xbb\xbfcomment-id,moderated,comment-body\r\n1,1,"Wind, ""mehr""\r\nSonne"\r\n\r\n'
    )
    (tmp_path / VOTES).write_bytes(
        b"\xef\xbb\xbfparticipant,group-id,n-votes,1\r\n0,1.0,1,-1.0\r\n\r\n"
    )
    export = read_export(tmp_path)
    assert export.statements[0].text == 'Wind, "mehr"\r\nSonne'
    assert (export.people[0].group, export.people[0].votes) == (1, {1: -1})
    assert export.topic == ""


def test_a_process_and_a_cluster_of_it_are_needed(small: Prepared, folder: Path) -> None:
    other = small.service.create_workshop(OPERATOR, "smart-kassel-council")
    foreign = small.service.agenda(OPERATOR, other.workshop_id).clusters[0].id
    for wrong, sentence in (
        ({"process": "nope"}, "no such process"),
        ({"cluster": "nope"}, "no such cluster"),
        ({"cluster": foreign}, "no such cluster"),
    ):
        with pytest.raises(NotFound, match=sentence):
            bring_in(small, folder, **wrong)
    assert small.agenda.meetings == ()


def test_without_a_topic_a_title_is_asked_for(small: Prepared, tmp_path: Path) -> None:
    for number, topic in enumerate((None, "", " \u200d ")):
        bare = write_export(tmp_path / str(number), STATEMENTS, PEOPLE, topic=topic)
        with pytest.raises(Refused, match="give the workshop a title"):
            bring_in(small, bare)


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([(1, -1, "Raus"), (2, -1, "Auch"), (3, -1, "Weg")], id="all moderated out"),
        pytest.param([(1, 1, " "), (2, 1, "\u202e"), (3, 1, "")], id="all empty"),
        pytest.param(
            [(4, 1, "Nie gesehen"), (1, -1, "a"), (2, -1, "b"), (3, -1, "c")], id="unseen"
        ),
    ],
)
def test_where_no_vote_is_left_nothing_is_made(
    small: Prepared, tmp_path: Path, statements: list[tuple[int, int, str]]
) -> None:
    empty = write_export(tmp_path / "empty", statements, PEOPLE)
    with pytest.raises(Refused, match="Nobody voted"):
        bring_in(small, empty)
    assert small.agenda.meetings == ()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.STAGE, Role.VISITOR])
def test_only_who_may_moderate_everything_may_import(
    small: Prepared, folder: Path, role: Role
) -> None:
    actor = VISITOR if role is Role.VISITOR else Actor(role, small.id)
    cluster = small.agenda.clusters[1].id
    with pytest.raises(Forbidden):
        small.service.import_polis(actor, folder, small.process_id, cluster, Strand.CITIZENS)


def test_nothing_is_half_imported(running: Running, prepared: Prepared, folder: Path) -> None:
    """The last vote fails: no workshop, question, statement, person or answer is left."""
    export = read_export(folder)
    last = replace(export.people[1], votes={1: 7})  # no file says so: it is refused before
    spoilt = replace(export, people=(export.people[0], last))
    before, cluster = dump(running), prepared.agenda.clusters[1].id
    with pytest.raises(KeyError):
        prepared.service.import_polis(
            OPERATOR, spoilt, prepared.process_id, cluster, Strand.CITIZENS
        )
    assert dump(running) == before
    assert prepared.agenda.meetings == ()
    bring_in(prepared, folder)
    assert len(prepared.agenda.meetings) == 1
