"""What is read and written in bulk, and what a workshop knows of its siblings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from tests.rooms import Prepared, Running
from workshop.model import OPERATOR, Answer, Meeting, Participant, RoundState, Strand

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
PEOPLE = 30


def _sibling(prepared: Prepared, strand: Strand = Strand.CITIZENS) -> str:
    made = prepared.service.create_workshop(
        OPERATOR, "smart-kassel-council", strand, process_id=prepared.process_id
    )
    return made.workshop_id


def test_a_workshop_knows_the_revealed_rounds_of_its_siblings(prepared: Prepared) -> None:
    service, rate = prepared.service, prepared.rate
    assert prepared.agenda.meetings == ()
    mine = prepared.open()
    service.reveal_round(OPERATOR, prepared.id, rate.id)
    sibling = _sibling(prepared)
    service.set_invited(OPERATOR, sibling, 200)
    service.open_round(OPERATOR, sibling, rate.id)
    title = prepared.agenda.workshop.title
    assert prepared.agenda.meetings == (Meeting(sibling, Strand.CITIZENS, title, 200),)
    agenda = service.reveal_round(OPERATOR, sibling, rate.id)
    assert agenda.meetings == (
        Meeting(prepared.id, Strand.COUNCIL, title, None, (_round(prepared, mine.id),)),
    )
    (meeting,) = prepared.agenda.meetings
    assert meeting.rounds == agenda.rounds
    assert meeting.rounds[0].statement_ids == prepared.statements
    assert prepared.agenda.in_both_strands(rate.id)
    service.undo(OPERATOR, sibling)
    assert prepared.agenda.meetings[0].rounds == ()


def _round(prepared: Prepared, round_id: str):  # type: ignore[no-untyped-def]
    return prepared.agenda.round(round_id)


def test_another_process_is_no_sibling(prepared: Prepared) -> None:
    other = prepared.service.create_workshop(OPERATOR, "smart-kassel-council")
    assert prepared.service.agenda(OPERATOR, other.workshop_id).meetings == ()
    assert prepared.agenda.meetings == ()


def test_siblings_cost_no_query_of_their_own(running: Running, prepared: Prepared) -> None:
    for _ in range(3):
        sibling = _sibling(prepared)
        prepared.service.open_round(OPERATOR, sibling, prepared.rate.id)
        prepared.service.reveal_round(OPERATOR, sibling, prepared.rate.id)
    asked: list[str] = []
    event.listen(
        running.database.reader,
        "before_cursor_execute",
        lambda *args: asked.append(args[2]),
    )
    agenda = running.store.read(lambda reader: reader.agenda(prepared.id))
    assert agenda is not None
    assert [len(m.rounds) for m in agenda.meetings] == [1, 1, 1]
    assert len([q for q in asked if q.startswith("SELECT")]) <= 8


def test_many_people_and_answers_are_kept_at_once(running: Running, prepared: Prepared) -> None:
    workshop_id = _sibling(prepared)
    round_ = prepared.service.open_round(OPERATOR, workshop_id, prepared.rate.id).open_round
    assert round_ is not None
    people = [
        Participant(f"p{n}", workshop_id, n, "none", NOW, NOW, n % 3 if n % 3 < 2 else None)
        for n in range(1, PEOPLE + 1)
    ]
    first, second = prepared.statements
    answers = [Answer(round_.id, p.id, first, 1 + p.number % 5) for p in people]
    answers += [Answer(round_.id, p.id, second, None) for p in people[:4]]
    again = Answer(round_.id, "p1", first, 5)
    running.store.write(
        lambda tx: (
            tx.add_participants(workshop_id, [(p, f"hash {p.number}") for p in people]),
            tx.put_answers(answers, NOW),
            tx.put_answers([again], NOW),
            tx.put_answers([], NOW),
            tx.add_participants(workshop_id, []),
        )
    )
    read = running.store.read
    assert read(lambda reader: reader.participants(workshop_id)) == people
    assert read(lambda reader: reader.participant(workshop_id, "hash 7")) == people[6]
    answers[0] = again
    raw = {(a.round_id, a.participant_id, a.statement_id, a.value) for a in answers}
    found = read(lambda reader: reader.answer_rows([round_.id]))
    assert len(found) == len(raw)
    assert {tuple(row) for row in found} == raw
    counted = read(lambda reader: reader.count_answers([round_.id, "none"]))
    assert counted == {round_.id: PEOPLE + 4, "none": 0}
    groups = {p.id: p.opinion_group for p in people if p.opinion_group is not None}
    assert read(lambda reader: reader.opinion_groups(workshop_id)) == groups
    assert read(lambda reader: reader.opinion_groups(prepared.id)) == {}
    # Whoever joins afterwards is the next one.
    _, participant = prepared.service.join(workshop_id, None, "none").result()
    assert participant.number == PEOPLE + 1


def test_many_answers_with_one_that_is_wrong_are_none(running: Running, prepared: Prepared) -> None:
    round_ = prepared.open()
    (token,) = prepared.people(1)
    me = prepared.service.phone(prepared.id, token).participant
    assert me is not None
    first, second = prepared.statements
    answers = [Answer(round_.id, me.id, first, 3), Answer(round_.id, me.id, second, 1001)]
    with pytest.raises(IntegrityError):
        running.store.write(lambda tx: tx.put_answers(answers, NOW))
    assert running.store.read(lambda reader: reader.answer_rows([round_.id])) == []


def test_a_round_keeps_who_was_there_until_it_is_reopened(
    running: Running, prepared: Prepared
) -> None:
    def present() -> int | None:
        round_ = prepared.agenda.latest_round(prepared.rate.id)
        assert round_ is not None
        kept = running.store.read(lambda reader: reader.round(round_.id))
        assert kept == round_
        return round_.present

    service, clock = prepared.service, prepared.service.clock
    early = prepared.people(2)
    round_ = prepared.open()
    prepared.answer(early[0], round_, prepared.statements[0], 3)
    clock.forward(minutes=11)  # type: ignore[attr-defined]
    prepared.people(3)
    assert present() is None
    service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    assert present() == 4  # three who are there, and one who answered and fell asleep
    clock.forward(minutes=11)  # type: ignore[attr-defined]
    service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    assert present() == 4
    service.undo(OPERATOR, prepared.id)
    prepared.open()
    assert present() is None
    service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    assert present() == 1
    service.undo(OPERATOR, prepared.id)
    assert present() is None
    prepared.open(prepared.collect)
    assert present() == 1
    latest = prepared.agenda.latest_round(prepared.rate.id)
    assert latest is not None
    assert latest.state is RoundState.CLOSED


def test_what_a_process_calls_agreement_is_kept(prepared: Prepared) -> None:
    assert prepared.agenda.process.agreed_share == 0.75
