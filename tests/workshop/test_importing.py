"""A Polis conversation becomes a workshop: who, what and how many, on both databases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from db.plain import PARTICIPANT
from tests.rooms import TEMPLATE, Prepared, Running
from tests.servers import ROOT
from tests.workshop.polis_folder import write_export
from workshop.model import (
    OPERATOR,
    Agenda,
    Cluster,
    KeyQuestion,
    QuestionKind,
    RoundState,
    StageView,
    Strand,
)
from workshop.polis import read_export
from workshop.results import WorkshopResults
from workshop.service.importing import Imported, LeftOut

ENERGIE = ROOT.parent / "shared/data/polis/austria-climate.2vkxcncppn.2022-07-07"

STATEMENTS = [
    (7, 1, "Mehr Wind\nin  der Stadt"),
    (2, -1, "Das gehört nicht hierher"),
    (9, 0, "Sonne auf jedes Dach"),
    (4, 1, "  \u202e "),
    (1, 1, "Sonne auf jedes Dach"),
    (3, 1, "Ein Rad für alle"),
    (5, 1, "lang " * 120),
]
PEOPLE = [
    ("11", "0", {7: "1", 2: "1", 9: "-1", 3: "0"}),
    ("3", "", {2: "1"}),
    ("8", "1", {7: "1", 9: "1", 1: "-1", 5: "0", 4: "1"}),
    ("5", "1.0", {9: "0", 1: "1"}),
    ("6", "", {7: "-1.0", 9: "1", 3: "1"}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A byte order mark, lines that end as on Windows, a line within quotes."""
    return write_export(
        tmp_path / "export", STATEMENTS, PEOPLE, encoding="utf-8-sig", newline="\r\n"
    )


def energy(prepared: Prepared) -> Cluster:
    """A cluster, not the first one."""
    return prepared.agenda.clusters[1]


def bring_in(
    prepared: Prepared, folder: Path, strand: Strand = Strand.CITIZENS, title: str | None = None
) -> Imported:
    return prepared.service.import_polis(
        OPERATOR, folder, prepared.process_id, energy(prepared).id, strand, title
    )


def stance_of(agenda: Agenda, done: Imported) -> KeyQuestion:
    question = agenda.question(done.question_id)
    assert question is not None
    return question


def counted(results: WorkshopResults, done: Imported) -> dict[int, tuple[int, ...]]:
    """By Polis' ids, how often a statement was disagreed to, passed and agreed to."""
    found = {}
    for key, statement in done.statements.items():
        item = results.item(done.round_id, statement)
        assert item is not None
        assert item.counts.abstained == 0, "who passes is neutral, and has not abstained"
        found[key] = item.counts.steps
    return found


def test_a_conversation_is_a_workshop_that_is_over(prepared: Prepared, folder: Path) -> None:
    before = prepared.agenda
    done = bring_in(prepared, folder)
    agenda = prepared.service.agenda(OPERATOR, done.workshop_id)
    workshop = agenda.workshop
    assert (workshop.process_id, workshop.strand) == (prepared.process_id, Strand.CITIZENS)
    assert dict(workshop.title) == {"de": "Energie", "en": "Energie"}
    assert (workshop.ended, workshop.stage.view) == (True, StageView.THANKS)
    assert workshop.segments == before.workshop.segments
    assert workshop.join_code != before.workshop.join_code
    assert prepared.service.find(workshop.join_code) == workshop

    question = stance_of(agenda, done)
    assert (question.cluster_id, question.kind) == (energy(prepared).id, QuestionKind.RATE)
    assert question.text["de"] == "Stimmen Sie diesen Aussagen zu?"
    assert question.scale is not None
    assert [label["en"] for label in question.scale.labels] == ["disagree", "neutral", "agree"]
    beside = [q for q in agenda.questions if q.cluster_id == question.cluster_id]
    assert beside[-1] == question, "after what was there"

    (round_,) = agenda.rounds
    assert (round_.id, round_.number, round_.state) == (done.round_id, 1, RoundState.REVEALED)
    assert round_.present == done.people == 4
    assert (
        [s.text for s in agenda.asked(round_)]
        == [
            "Sonne auf jedes Dach",  # four votes
            "Mehr Wind in der Stadt",  # three
            "Ein Rad für alle",  # two
            ("lang " * 120)[:499].rstrip() + "…",
        ]
    )
    assert tuple(done.statements) == (9, 7, 3, 5)
    assert tuple(done.statements.values()) == round_.statement_ids
    assert {s.strand for s in agenda.asked(round_)} == {Strand.CITIZENS}
    assert prepared.agenda.meetings[0].rounds == (round_,), "the council hears of it"


def test_what_is_left_out_is_counted(prepared: Prepared, folder: Path) -> None:
    done = bring_in(prepared, folder)
    # Two votes on what was moderated out, one on nothing, two on what was there already.
    assert done.left_out == LeftOut(moderated=1, empty=1, repeated=1, votes=5, people=1)
    assert (done.people, done.votes, done.shortened) == (4, 10, 1)
    export = read_export(folder)
    assert done.votes + done.left_out.votes == sum(len(p.votes) for p in export.people)
    assert done.people + done.left_out.people == len(export.people)
    left = done.left_out.moderated + done.left_out.empty + done.left_out.repeated
    assert len(done.statements) + left == len(export.statements)


def test_every_vote_is_one_answer(prepared: Prepared, folder: Path) -> None:
    done = bring_in(prepared, folder)
    results = prepared.service.results(OPERATOR, done.workshop_id)
    assert counted(results, done) == {9: (1, 1, 2), 7: (1, 0, 2), 3: (0, 1, 1), 5: (0, 1, 0)}


def test_people_are_pseudonyms_in_the_order_of_the_file(
    running: Running, prepared: Prepared, folder: Path
) -> None:
    done = bring_in(prepared, folder)
    people = running.store.read(lambda reader: reader.participants(done.workshop_id))
    assert [(p.number, p.segment, p.opinion_group) for p in people] == [
        (1, "none", 0),
        (2, "none", 1),
        (3, "none", 1),
        (4, "none", None),
    ]
    assert done.groups == {0: 1, 1: 2}
    rows = running.store.read(lambda reader: reader.answer_rows([done.round_id]))
    mine = {statement: value for _, person, statement, value in rows if person == people[1].id}
    ids = done.statements
    assert mine == {ids[7]: 3, ids[9]: 3, ids[5]: 2}
    with running.database.reader.connect() as connection:
        hashes = connection.execute(select(PARTICIPANT.c.token_hash)).scalars().all()
    assert len(set(hashes)) == 4
    assert all(len(h) == 64 for h in hashes)


def test_both_strands_have_one_instrument(prepared: Prepared, folder: Path) -> None:
    """The same words in the question on agreement are the same statement."""
    service = prepared.service
    done = bring_in(prepared, folder)
    again = bring_in(prepared, folder, Strand.COUNCIL)
    assert (again.question_id, again.statements) == (done.question_id, done.statements)
    assert again.workshop_id != done.workshop_id
    assert again.again is None, "of another strand it is something else"
    asked = list(done.statements.values())[:2]
    opened = service.open_round(OPERATOR, prepared.id, done.question_id, asked).open_round
    assert opened is not None
    assert opened.statement_ids == tuple(asked)
    (token,) = prepared.people(1)
    assert prepared.answer(token, opened, asked[0], 3) == 3
    agenda = service.reveal_round(OPERATOR, prepared.id, done.question_id)
    assert agenda.in_both_strands(done.question_id)


def test_the_same_export_again_is_another_workshop_and_is_told(
    prepared: Prepared, folder: Path
) -> None:
    done = bring_in(prepared, folder)
    assert done.again is None
    again = bring_in(prepared, folder, title="Noch einmal")
    assert again.again == done.workshop_id
    assert len(prepared.agenda.meetings) == 2


def test_what_is_hidden_is_not_brought_back_by_an_import(prepared: Prepared, folder: Path) -> None:
    done = bring_in(prepared, folder)
    prepared.service.hide_statement(OPERATOR, prepared.id, done.statements[9])
    again = bring_in(prepared, folder)
    assert again.statements[9] != done.statements[9]
    assert again.statements[7] == done.statements[7]
    results = prepared.service.results(OPERATOR, again.workshop_id)
    assert counted(results, again)[9] == (1, 1, 2)


def test_each_cluster_has_a_question_of_its_own(small: Prepared, folder: Path) -> None:
    done = bring_in(small, folder)
    other = small.service.import_polis(
        OPERATOR, folder, small.process_id, small.agenda.clusters[2].id, Strand.CITIZENS
    )
    assert other.question_id != done.question_id
    assert set(other.statements.values()).isdisjoint(done.statements.values())


def test_a_title_may_be_given_and_the_summary_be_missing(small: Prepared, tmp_path: Path) -> None:
    bare = write_export(tmp_path / "bare", STATEMENTS, PEOPLE, topic=None)
    done = bring_in(small, bare, title=" Was die\x00 Bürgerschaft\nsagt ")
    title = small.service.agenda(OPERATOR, done.workshop_id).workshop.title
    assert title["de"] == "Was die Bürgerschaft sagt"


def test_one_more_workshop_of_the_process_can_be_made_afterwards(
    small: Prepared, folder: Path
) -> None:
    bring_in(small, folder)
    made = small.service.create_workshop(OPERATOR, TEMPLATE, process_id=small.process_id)
    agenda = small.service.agenda(OPERATOR, made.workshop_id)
    assert len(agenda.meetings) == 2
    assert agenda.process == small.agenda.process


@pytest.mark.skipif(not ENERGIE.is_dir(), reason=f"{ENERGIE.name} isn't beside this checkout")
def test_a_real_conversation_comes_in_whole(small: Prepared) -> None:
    done = bring_in(small, ENERGIE)
    export = read_export(ENERGIE)
    assert (len(export.people), len(done.statements)) == (1756, 515)
    assert (done.people, done.votes) == (1722, 120_666)
    assert sum(done.groups.values()) <= done.people
    results = small.service.results(OPERATOR, done.workshop_id)
    wanted = {key: Counter(p.votes.get(key) for p in export.people) for key in done.statements}
    assert counted(results, done) == {
        key: (votes[-1], votes[0], votes[1]) for key, votes in wanted.items()
    }
