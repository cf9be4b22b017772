"""A rehearsal, on both databases: nothing of it counts, and nothing of it stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from tests.rooms import TEMPLATE, Prepared, Running, dump
from workshop.agenda import PhoneState
from workshop.errors import Refused
from workshop.model import OPERATOR, QuestionKind, Stage, Strand

BEFORE = ("Mehr Bäume in der Stadt", "Ein Rad für alle")


def _texts(prepared: Prepared, *, hidden: bool = False) -> list[str]:
    found = prepared.service.agenda(OPERATOR, prepared.id).statements_of(
        prepared.rate.id, hidden=hidden
    )
    return [s.text for s in found]


def _rehearse(prepared: Prepared) -> list[str]:
    """A short evening: collected, taken over, edited, rated, noted, timed, ended."""
    service, w = prepared.service, prepared.id
    service.begin_rehearsal(OPERATOR, w)
    tokens = prepared.people(3)
    proxy = service.add_proxy(OPERATOR, w, "administration")
    tokens.append(service.stand_in(OPERATOR, w, proxy.id)[0])
    collecting = prepared.open(prepared.collect)
    for token in tokens:
        service.contribute(w, token, collecting.id, "goal", f"Probe {token[:5]}").result()
    too_long = service.contribute(w, tokens[0], collecting.id, "goal", "x" * 600).exception(20)
    assert isinstance(too_long, Refused), "it is kept as a draft"
    said = service.contributions(OPERATOR, w, prepared.collect.id)
    service.reveal_round(OPERATOR, w, prepared.collect.id)
    service.promote(OPERATOR, w, said[0].id)
    service.add_statement(OPERATOR, w, prepared.rate.id, "Nur zur Probe")
    round_ = prepared.open()
    for token in tokens:
        prepared.answer(token, round_, prepared.statements[0], 4)
    service.reveal_round(OPERATOR, w, prepared.rate.id)
    service.edit_statement(OPERATOR, w, prepared.statements[0], "Anders gefragt")
    service.take_note(OPERATOR, w, prepared.rate.id, "Probenotiz")
    service.lock_door(OPERATOR, w, True)
    service.start_timer(OPERATOR, w, 5)
    service.freeze_stage(OPERATOR, w, True)
    service.end_workshop(OPERATOR, w)
    return tokens


def test_a_rehearsal_begins_in_an_empty_room_only(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    with pytest.raises(Refused, match="No rehearsal"):
        service.end_rehearsal(OPERATOR, w)
    assert service.begin_rehearsal(OPERATOR, w).workshop.rehearsal
    with pytest.raises(Refused, match="already under way"):
        service.begin_rehearsal(OPERATOR, w)
    assert not service.end_rehearsal(OPERATOR, w).workshop.rehearsal
    prepared.people(1)
    with pytest.raises(Refused, match="empty room"):
        service.begin_rehearsal(OPERATOR, w)


def test_an_ended_workshop_is_not_rehearsed(prepared: Prepared) -> None:
    prepared.service.end_workshop(OPERATOR, prepared.id)
    with pytest.raises(Refused, match="ended"):
        prepared.service.begin_rehearsal(OPERATOR, prepared.id)


def test_what_begins_in_earnest_is_as_it_was_prepared(prepared: Prepared, running: Running) -> None:
    service, w = prepared.service, prepared.id
    before = service.agenda(OPERATOR, w)
    tokens = _rehearse(prepared)
    versions = service.versions(w)
    agenda = service.end_rehearsal(OPERATOR, w)
    assert service.versions(w)[1] > versions[1], "phones hear of it"
    assert agenda.workshop.stage == Stage()
    workshop = agenda.workshop
    assert not (workshop.rehearsal or workshop.locked or workshop.ended)
    assert workshop.frozen is None and workshop.timer_ends_at is None
    assert workshop.rehearsed_since is None
    assert (agenda.rounds, agenda.clusters, agenda.questions) == (
        (),
        before.clusters,
        before.questions,
    )
    assert tuple(_texts(prepared)) == BEFORE == tuple(_texts(prepared, hidden=True))
    kept = dump(running)
    for trace in ("Probe", "Anders gefragt", *tokens):
        assert trace not in kept
    for token in tokens:
        phone = service.phone(w, token)
        assert phone.participant is None and phone.view.state is PhoneState.WAITING
    assert service.can_undo(OPERATOR, w) is None
    assert service.join(w, None, "science").result()[1].number == 1
    assert service.room(OPERATOR, w).joined == 1


def test_no_table_keeps_a_row_of_a_rehearsal(prepared: Prepared, running: Running) -> None:
    """A table that comes one day has to be wiped, too, or to be named here."""
    _rehearse(prepared)
    prepared.service.end_rehearsal(OPERATOR, prepared.id)
    stays = {"process", "cluster", "key_question", "workshop", "statement", "access"}
    with running.database.reader.connect() as connection:
        full = {
            table.name
            for table in SQLModel.metadata.sorted_tables
            if connection.execute(select(table).limit(1)).first() is not None
        }
    assert full <= stays


def test_a_question_that_was_proposed_in_a_rehearsal_goes_unless_it_was_used(
    prepared: Prepared,
) -> None:
    service, w = prepared.service, prepared.id
    other = service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    asked = service.add_question(
        OPERATOR, w, prepared.rate.cluster_id, QuestionKind.PROPOSE, {"de": "Was fragen wir?"}
    )
    service.begin_rehearsal(OPERATOR, w)
    (token,) = prepared.people(1)
    round_ = service.open_round(OPERATOR, w, asked).open_round
    assert round_ is not None
    for text in ("Wie wird es leiser?", "Wie wird es grüner?"):
        service.contribute(w, token, round_.id, None, text).result()
    unused, used = (
        service.adopt(OPERATOR, w, s.id) for s in service.contributions(OPERATOR, w, asked)
    )
    service.take_note(OPERATOR, other, used, "Die nehmen wir")
    kept = {q.id for q in service.end_rehearsal(OPERATOR, w).questions}
    assert unused not in kept and {asked, used} <= kept
    assert service.provenance(OPERATOR, w) == {}


def test_another_workshop_of_the_process_is_not_touched(
    prepared: Prepared,
) -> None:
    service, w = prepared.service, prepared.id
    other = service.create_workshop(
        OPERATOR, TEMPLATE, Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    service.begin_rehearsal(OPERATOR, w)
    (token,) = prepared.people(1)
    collecting = prepared.open(prepared.collect)
    service.contribute(w, token, collecting.id, "goal", "Aus der Probe").result()
    said = service.contributions(OPERATOR, w, prepared.collect.id)
    taken = service.promote(OPERATOR, w, said[0].id)
    service.reveal_round(OPERATOR, w, prepared.collect.id)
    round_ = prepared.open()
    prepared.answer(token, round_, taken, 5)
    service.reveal_round(OPERATOR, w, prepared.rate.id)
    assert service.agenda(OPERATOR, other).meetings[0].rounds == (), "a rehearsal is no round"

    there = service.open_round(OPERATOR, other, prepared.rate.id).open_round
    assert there is not None and taken in there.statement_ids
    citizen, _ = service.join(other, None, "none").result()
    service.answer(other, citizen, there.id, taken, "2").result()
    service.take_note(OPERATOR, other, prepared.rate.id, "Bleibt")
    service.end_rehearsal(OPERATOR, w)
    assert service.phone(other, citizen).answers == {taken: 2}
    agenda = service.agenda(OPERATOR, other)
    statement = agenda.statement(taken)
    assert agenda.open_round is not None and statement is not None
    assert (statement.author_id, statement.round_id, statement.source_id) == (None, None, None)
    assert service.notes(OPERATOR, other) == {prepared.rate.id: "Bleibt"}
    assert service.can_undo(OPERATOR, other) == "Open the round"
    assert service.contributions(OPERATOR, w, prepared.collect.id) == ()
