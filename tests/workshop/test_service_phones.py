"""What a phone may do and know, on both databases."""

from __future__ import annotations

import pytest

from tests.rooms import HandClock, Prepared, Running, dump
from workshop.agenda import PhoneState
from workshop.errors import Forbidden, NotFound, Refused
from workshop.model import OPERATOR, Actor, QuestionKind, Role, StageView
from workshop.results import Counts

STAGE = Role.STAGE


def _refusal(prepared: Prepared, token: str | None, round_id: str, item: str, raw: str) -> str:
    error = prepared.service.answer(prepared.id, token, round_id, item, raw).exception(20)
    assert isinstance(error, Refused)
    return error.code


def test_joining_again_is_the_same_person_in_the_group_chosen_last(prepared: Prepared) -> None:
    service = prepared.service
    token, person = service.join(prepared.id, None, "science").result()
    again, same = service.join(prepared.id, token, "business").result()
    assert (again, same.id, same.number, same.segment) == (token, person.id, 1, "business")
    assert service.join(prepared.id, None, "science").result()[1].number == 2
    assert service.room(OPERATOR, prepared.id).joined == 2
    phone = service.phone(prepared.id, token)
    assert phone.participant is not None
    assert phone.participant.segment == "business"


def test_who_may_join(prepared: Prepared) -> None:
    service = prepared.service

    def refusal(token: str | None, segment: str = "science") -> str:
        error = service.join(prepared.id, token, segment).exception(20)
        assert isinstance(error, Refused)
        return error.code

    (token,) = prepared.people(1)
    assert refusal(None, "mayor") == refusal(token, "") == "no-segment"
    service.lock_door(OPERATOR, prepared.id, True)
    assert refusal(None) == "locked"
    assert service.join(prepared.id, token, "politics").result()[1].number == 1
    service.lock_door(OPERATOR, prepared.id, False)
    service.end_workshop(OPERATOR, prepared.id)
    assert refusal(None) == "ended"
    assert isinstance(service.join("nothing", None, "science").exception(20), NotFound)


def test_a_code_is_found_as_it_is_typed(prepared: Prepared) -> None:
    code = prepared.agenda.workshop.join_code
    for typed in (code, f"{code[:4]} {code[4:]}", f" {code[:2]}-{code[2:]}\n"):
        assert prepared.service.find(typed).id == prepared.id
    for typed in ("", "abc", code[:-1], code + "0"):
        with pytest.raises(NotFound):
            prepared.service.find(typed)


def test_the_last_answer_counts_and_an_abstention_is_one(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    first, second = prepared.statements
    round_ = prepared.open()
    assert [prepared.answer(token, round_, first, raw) for raw in ("1", "5", "3")] == [1, 5, 3]
    assert prepared.answer(token, round_, second, "0") is None
    assert prepared.service.phone(prepared.id, token).answers == {first: 3, second: None}
    assert prepared.service.room(OPERATOR, prepared.id, round_.id).answered == 1
    assert len(prepared.service.mine(prepared.id, token).answers) == 2


def test_what_is_no_answer(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    first = prepared.statements[0]
    round_ = prepared.open()
    late = prepared.service.add_statement(OPERATOR, prepared.id, prepared.other_rate.id, "Anders")
    assert _refusal(prepared, token, round_.id, first, "6") == "bad-value"
    assert _refusal(prepared, None, round_.id, first, "3") == "not-joined"
    assert _refusal(prepared, "somebody", round_.id, first, "3") == "not-joined"
    assert _refusal(prepared, token, "nothing", first, "3") == "closed"
    assert _refusal(prepared, token, round_.id, "nothing", "3") == "no-statement"
    assert _refusal(prepared, token, round_.id, late, "3") == "no-statement"
    prepared.service.hide_statement(OPERATOR, prepared.id, first)
    assert _refusal(prepared, token, round_.id, first, "3") == "no-statement"
    prepared.service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    assert _refusal(prepared, token, round_.id, prepared.statements[1], "3") == "closed"
    assert prepared.service.mine(prepared.id, token).answers == ()
    collecting = prepared.open(prepared.collect)
    assert _refusal(prepared, token, collecting.id, first, "3") == "no-statement"


def test_a_cookie_of_one_workshop_is_nobody_in_another(prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    other = prepared.service.create_workshop(
        OPERATOR, "smart-kassel-council", process_id=prepared.process_id
    ).workshop_id
    assert prepared.service.phone(other, token).participant is None
    round_ = prepared.open()
    error = prepared.service.answer(other, token, round_.id, prepared.statements[0], "3")
    assert isinstance(error.exception(20), Forbidden)


def test_who_comes_late_answers_before_seeing_the_rooms_answers(prepared: Prepared) -> None:
    early, late = prepared.people(2)
    first, second = prepared.statements
    round_ = prepared.open()
    prepared.answer(early, round_, first, 5)
    prepared.answer(early, round_, second, 1)
    service = prepared.service
    assert service.phone(prepared.id, late).room == {}
    service.reveal_round(OPERATOR, prepared.id, prepared.rate.id)
    everything = {first: Counts((0, 0, 0, 0, 1)), second: Counts((1, 0, 0, 0, 0))}
    for token in (early, late):
        assert service.phone(prepared.id, token).room == everything
    again = prepared.open()
    assert service.phone(prepared.id, early).room == everything
    assert service.phone(prepared.id, late).room == {}
    prepared.answer(late, again, second, 2)
    assert service.phone(prepared.id, late).room == {second: everything[second]}
    # A closed round may be opened again, so closing shows no more than before.
    service.close_round(OPERATOR, prepared.id, prepared.rate.id)
    assert service.phone(prepared.id, late).room == {second: everything[second]}


def test_contributions_are_kept_once_and_cleared_of_drafts(prepared: Prepared) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    round_ = prepared.open(prepared.collect)

    def give(aspect: str | None, text: str) -> bool | str:
        future = service.contribute(prepared.id, token, round_.id, aspect, text)
        error = future.exception(20)
        return error.code if isinstance(error, Refused) else future.result()

    assert give("goal", "Mehr Bäume") is True
    version = service.versions(prepared.id)
    assert give("goal", " mehr  BÄUME") is False
    assert service.versions(prepared.id) == version, "nothing new, nothing told"
    assert give("interest", "Mehr Bäume") is True
    novel = "x" * 501
    for aspect, text, code in (
        ("goal", novel, "too-long"),
        ("goal", "   ", "empty"),
        (None, "Ohne Art", "no-aspect"),
        ("wish", "Falsche Art", "no-aspect"),
        ("goal", "halb\ud83d\0" * 200, "too-long"),
    ):
        assert give(aspect, text) == code
        draft = service.phone(prepared.id, token).draft
        assert draft is not None
        kept = text.replace("\0", "").replace("\ud83d", "")
        assert (draft.text, draft.problem) == (kept, code)
    assert give("goal", "Jetzt kurz") is True
    phone = service.phone(prepared.id, token)
    assert phone.draft is None
    assert [c.text for c in phone.contributions] == ["Mehr Bäume", "Mehr Bäume", "Jetzt kurz"]


def test_what_came_too_late_is_not_lost(prepared: Prepared) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    round_ = prepared.open(prepared.collect)
    service.close_round(OPERATOR, prepared.id, prepared.collect.id)
    late = service.contribute(prepared.id, token, round_.id, "goal", "Fast fertig").exception(20)
    assert isinstance(late, Refused)
    assert late.code == "closed"
    draft = service.phone(prepared.id, token).draft
    assert draft is not None
    assert draft.text == "Fast fertig"
    assert service.contributions(OPERATOR, prepared.id, prepared.collect.id) == ()


def test_contributions_of_unrevealed_rounds_reach_neither_phones_nor_the_stage(
    prepared: Prepared,
) -> None:
    service, question = prepared.service, prepared.collect.id
    writer, reader = prepared.people(2)
    stage = Actor(STAGE, prepared.id)

    def seen() -> tuple[list[str], list[str]]:
        phone = service.phone(prepared.id, reader)
        shown = service.contributions(stage, prepared.id, question, hidden=True)
        return [s.text for s in phone.shown], [s.text for s in shown]

    first = prepared.open(prepared.collect)
    service.contribute(prepared.id, writer, first.id, "goal", "Eins").result()
    service.contribute(prepared.id, writer, first.id, "goal", "Versteckt").result()
    assert seen() == ([], [])
    hidden = service.contributions(OPERATOR, prepared.id, question)[1]
    service.hide_statement(OPERATOR, prepared.id, hidden.id)
    service.reveal_round(OPERATOR, prepared.id, question)
    assert seen() == (["Eins"], ["Eins"])
    second = prepared.open(prepared.collect)
    service.contribute(prepared.id, writer, second.id, "goal", "Zwei").result()
    service.close_round(OPERATOR, prepared.id, question)
    service.show(OPERATOR, prepared.id, StageView.RESULT, question)
    assert service.phone(prepared.id, reader).view.state is PhoneState.RESULTS
    assert seen() == (["Eins"], ["Eins"])
    service.reveal_round(OPERATOR, prepared.id, question)
    assert seen() == (["Eins", "Zwei"], ["Eins", "Zwei"])


def test_present_is_who_was_seen_in_ten_minutes_or_answers(
    prepared: Prepared, clock: HandClock
) -> None:
    service = prepared.service
    one, two, _ = prepared.people(3)
    round_ = prepared.open()

    def room() -> tuple[int, int, int]:
        found = service.room(OPERATOR, prepared.id, round_.id)
        return found.joined, found.present, found.answered

    assert room() == (3, 3, 0)
    clock.forward(minutes=9)
    prepared.answer(one, round_, prepared.statements[0], 3)
    clock.forward(minutes=2)
    assert room() == (3, 1, 1)
    before = service.versions(prepared.id)
    service.phone(prepared.id, two)
    service.store.write(lambda tx: None)  # what nobody waits for is written before it
    assert room() == (3, 2, 1)
    assert service.versions(prepared.id)[0] > before[0], "somebody came back: the stage is told"
    before = service.versions(prepared.id)
    clock.forward(minutes=2)
    service.phone(prepared.id, two)
    service.store.write(lambda tx: None)  # what nobody waits for is written before it
    assert service.versions(prepared.id) == before, "who is still there is no news"
    clock.forward(minutes=30)
    assert room() == (3, 1, 1), "who answered this round counts, so that x is never above y"


def test_no_secret_is_kept_in_clear(running: Running, prepared: Prepared) -> None:
    service = running.service
    secrets = prepared.people(3)
    link = service.grant_link(OPERATOR, Role.MODERATOR, prepared.id)
    secrets += [link, service.sign_in_by_link(link)[0]]
    secrets.append(service.grant_link(OPERATOR, Role.STAGE, prepared.id, once=True))
    kept = dump(running)
    assert len(secrets) == 6
    assert not [secret for secret in secrets if secret in kept]


def test_a_refused_text_to_one_question_leaves_that_to_another(prepared: Prepared) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    asked = [q for q in prepared.agenda.questions if q.kind is QuestionKind.COLLECT][:2]
    for question in asked:
        round_ = prepared.open(question)
        future = service.contribute(prepared.id, token, round_.id, None, f"Zu {question.id}")
        assert isinstance(future.exception(20), Refused)
    kept = {d.question_id: d.text for d in service.mine(prepared.id, token).drafts}
    assert kept == {q.id: f"Zu {q.id}" for q in asked}
    service.open_round(OPERATOR, prepared.id, asked[0].id)
    draft = service.phone(prepared.id, token).draft
    assert draft is not None and draft.text == f"Zu {asked[0].id}"
