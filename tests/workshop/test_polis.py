"""Polis exports: what is read from them, who comes first, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workshop.polis_folder import write_small
from workshop.polis import PolisError, read_export


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small(tmp_path / "export")


def test_the_small_export_is_read_whole(folder: Path) -> None:
    export = read_export(folder)
    assert len(export.people) == 12
    assert len(export.statements) == 30
    assert export.statements[0].id == 29
    assert export.statements[0].text == 'Aussage 29: "=1+1", <b>mehr</b>\nBäume'
    assert {v for p in export.people for v in p.votes.values()} == {1, 0, -1}


def test_what_was_moderated_out_is_never_chosen(folder: Path) -> None:
    export = read_export(folder)
    out = next(s for s in export.statements if s.id == 3)
    assert (out.moderated, out.votes) == (-1, max(s.votes for s in export.statements))
    chosen = export.most_voted(30)
    assert len(chosen) == 28
    assert {3, 7}.isdisjoint(s.id for s in chosen)
    assert 5 in {s.id for s in chosen}, "not looked at isn't out"


def test_ties_are_broken_by_id_and_by_file_order(folder: Path) -> None:
    export = read_export(folder)
    chosen = [(-s.votes, s.id) for s in export.most_voted(25)]
    assert chosen == sorted(chosen)
    assert len({votes for votes, _ in chosen}) < 25, "there are ties to be broken"
    people = [(-p.n_votes, int(p.id)) for p in export.most_active(12)]
    assert people == sorted(people)
    assert len({votes for votes, _ in people}) < 12


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("comments.csv", "moderated", "mod", "comments.csv, line 1: there is no column"),
        ("comments.csv", "0,28,1", "0,x,1", "comments.csv, line 5: 'x' in comment-id"),
        ("comments.csv", "0,28,1", "0,29,1", "comments.csv, line 5: statement 29 is there twice"),
        ("participants-votes.csv", "n-votes", "votes", "there is no column 'n-votes'"),
        ("participants-votes.csv", "\n0,,0", "\n0,0", "participants-votes.csv, line 2: 35 cells"),
        ("participants-votes.csv", "\n1,,0,", "\n1,,0,many", "line 3: 'many"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_and_the_reason(
    folder: Path, name: str, old: str, new: str, sentence: str
) -> None:
    change(folder / name, old, new)
    with pytest.raises(PolisError, match=sentence):
        read_export(folder)


def test_a_vote_that_is_none_is_refused(folder: Path) -> None:
    votes = folder / "participants-votes.csv"
    lines = votes.read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4].rpartition(",")[0] + ",2"
    votes.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PolisError, match="line 5: '2' for statement 29 is no vote"):
        read_export(folder)


def test_no_folder_and_no_text_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PolisError, match=r"participants-votes\.csv can't be read"):
        read_export(tmp_path / "nowhere")
    (folder / "comments.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolisError, match="no CSV file in UTF-8"):
        read_export(folder)
