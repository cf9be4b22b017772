"""People without a phone, on both databases: entered for, counted, kept apart, erased."""

from __future__ import annotations

import pytest

from tests.rooms import HandClock, Prepared, Running, dump
from workshop.errors import NotFound, Refused
from workshop.model import OPERATOR, Participant


def _added(prepared: Prepared, segment: str = "administration") -> Participant:
    return prepared.service.add_proxy(OPERATOR, prepared.id, segment)


def test_who_stands_in_answers_as_that_person_and_only_the_last_window_counts(
    prepared: Prepared, running: Running
) -> None:
    service, w = prepared.service, prepared.id
    prepared.people(2)
    person = _added(prepared)
    assert (person.number, person.segment, person.proxy) == (3, "administration", True)
    assert service.proxies(OPERATOR, w) == (person,)
    first, same = service.stand_in(OPERATOR, w, person.id)
    assert same.id == person.id
    round_, statement = prepared.open(), prepared.statements[0]
    assert prepared.answer(first, round_, statement, 4) == 4
    phone = service.phone(w, first)
    assert phone.participant is not None and phone.participant.id == person.id
    assert service.stands_in(OPERATOR, w, first, 3)
    assert not service.stands_in(OPERATOR, w, first, 2)
    second, _ = service.stand_in(OPERATOR, w, person.id)
    assert service.phone(w, first).participant is None
    assert not service.stands_in(OPERATOR, w, first, 3)
    assert service.phone(w, second).answers == {statement: 4}
    assert first not in dump(running) and second not in dump(running), "only hashes are kept"


def test_nobody_stands_in_for_who_has_a_phone(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    token, real = service.join(w, None, "science").result()
    elsewhere = service.create_workshop(OPERATOR, "smart-kassel-council").workshop_id
    person = _added(prepared)
    secret, _ = service.stand_in(OPERATOR, w, person.id)
    for workshop_id, participant_id in ((w, real.id), (elsewhere, person.id), (w, "nobody")):
        with pytest.raises(NotFound, match="without a phone"):
            service.stand_in(OPERATOR, workshop_id, participant_id)
        with pytest.raises(NotFound, match="without a phone"):
            service.remove_proxy(OPERATOR, workshop_id, participant_id)
    assert not service.stands_in(OPERATOR, w, token, real.number)
    assert not service.stands_in(OPERATOR, w, None, person.number)
    assert service.phone(w, token).participant is not None
    assert service.phone(w, secret).participant is not None


def test_who_has_no_phone_stays_present(prepared: Prepared, clock: HandClock) -> None:
    service, w = prepared.service, prepared.id
    prepared.people(2)
    _added(prepared)
    assert service.room(OPERATOR, w).present == 3
    clock.forward(minutes=11)
    room = service.room(OPERATOR, w)
    assert (room.joined, room.present) == (3, 1)


def test_a_locked_door_lets_them_in_an_ended_workshop_and_a_wrong_group_do_not(
    prepared: Prepared,
) -> None:
    service, w = prepared.service, prepared.id
    service.lock_door(OPERATOR, w, True)
    assert _added(prepared).number == 1
    with pytest.raises(Refused, match="one of the groups"):
        _added(prepared, "mayor")
    service.end_workshop(OPERATOR, w)
    with pytest.raises(Refused, match="ended"):
        _added(prepared)


def test_who_is_removed_takes_everything_along(prepared: Prepared, running: Running) -> None:
    service, w = prepared.service, prepared.id
    person, other = _added(prepared), _added(prepared, "science")
    secret, _ = service.stand_in(OPERATOR, w, person.id)
    collecting = prepared.open(prepared.collect)
    service.contribute(w, secret, collecting.id, "goal", "Weniger Lärm").result()
    rating = prepared.open()
    prepared.answer(secret, rating, prepared.statements[0], 2)
    before = service.versions(w)
    service.remove_proxy(OPERATOR, w, person.id)
    assert service.versions(w) > before
    assert service.proxies(OPERATOR, w) == (other,)
    kept = dump(running)
    assert person.id not in kept and "Weniger Lärm" not in kept
    assert service.room(OPERATOR, w, rating.id).answered == 0
