"""Tokens, codes, rights: what opens what, and what is kept of a secret."""

from __future__ import annotations

import inspect
import itertools

import pytest

from tests.rooms import HandClock, Prepared, Running
from tests.workshop.use_cases import EVERYWHERE, MODERATING, SHOWING
from workshop.access import (
    Passphrase,
    hash_token,
    new_id,
    new_join_code,
    new_token,
    require_moderator,
    require_stage,
    spoken_code,
    tidy_code,
)
from workshop.errors import Forbidden
from workshop.model import OPERATOR, VISITOR, Actor, Role

MINE, OTHERS, ALL = "mine", "others", None

MAY_MODERATE = {(Role.OPERATOR, MINE), (Role.OPERATOR, OTHERS), (Role.OPERATOR, ALL)} | {
    (Role.MODERATOR, MINE),
    (Role.MODERATOR, ALL),
}


@pytest.mark.parametrize(("role", "scope"), list(itertools.product(Role, (MINE, OTHERS, ALL))))
def test_who_may_moderate_and_who_may_show(role: Role, scope: str | None) -> None:
    actor = Actor(role, scope)
    moderates = (role, scope) in MAY_MODERATE
    shows = moderates or (role, scope) == (Role.STAGE, MINE)
    for allowed, require in ((moderates, require_moderator), (shows, require_stage)):
        if allowed:
            require(actor, MINE)
        else:
            with pytest.raises(Forbidden):
                require(actor, MINE)


def test_the_right_to_all_workshops_is_not_that_to_one() -> None:
    require_moderator(OPERATOR, None)
    require_moderator(Actor(Role.MODERATOR), None)
    for actor in (Actor(Role.MODERATOR, MINE), Actor(Role.STAGE), VISITOR):
        with pytest.raises(Forbidden):
            require_moderator(actor, None)


def test_codes_and_ids() -> None:
    codes = {new_join_code() for _ in range(200)}
    assert all(len(c) == 8 and c.isdigit() and c[0] != "0" for c in codes)
    assert len({new_id() for _ in range(200)} | {new_token() for _ in range(200)}) == 400
    assert spoken_code("48217730") == "4821 7730"
    assert tidy_code(" 4821-77 30\n") == "48217730"
    assert tidy_code("٤٨٢١") == ""


def test_a_token_is_another_in_another_workshop() -> None:
    token = new_token()
    assert hash_token(token, "a") == hash_token(token, "a") != hash_token(token, "b")
    assert token not in hash_token(token, "a")
    assert hash_token("\ud83d") != hash_token("?")


def test_the_passphrase() -> None:
    phrase = Passphrase("Wir machen es einfach")
    assert phrase.is_set
    assert phrase.matches("Wir machen es einfach")
    for wrong in ("", "wir machen es einfach", "\ud83d", "x" * 10_000):
        assert not phrase.matches(wrong)
    for unset in (Passphrase(None), Passphrase("")):
        assert not unset.is_set
        assert not unset.matches("")


def test_a_link_signs_in_and_its_session_lasts_a_month(
    running: Running, prepared: Prepared, clock: HandClock
) -> None:
    service = running.service
    link = service.grant_link(OPERATOR, Role.MODERATOR, prepared.id)
    session, actor = service.sign_in_by_link(link)
    assert actor == service.who(session) == Actor(Role.MODERATOR, prepared.id)
    service.sign_in_by_link(link)  # a second device
    clock.forward(days=31)
    assert service.who(session) == VISITOR
    service.sign_in_by_link(link)
    clock.forward(days=150)
    with pytest.raises(Forbidden):
        service.sign_in_by_link(link)


def test_a_link_for_once_opens_once_and_is_no_cookie(
    running: Running, prepared: Prepared, clock: HandClock
) -> None:
    service = running.service
    link = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
    assert service.who(link) == VISITOR
    service.sign_in_by_link(link)
    with pytest.raises(Forbidden) as refused:
        service.sign_in_by_link(link)
    assert refused.value.code == "bad-link"
    late = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
    clock.forward(days=8)
    with pytest.raises(Forbidden):
        service.sign_in_by_link(late)


def test_the_passphrase_opens_all_workshops(running: Running, prepared: Prepared) -> None:
    service = running.service
    with pytest.raises(Forbidden):
        service.sign_in_by_passphrase("falsch")
    session = service.sign_in_by_passphrase("Wir machen es einfach")
    assert service.who(session) == Actor(Role.MODERATOR)
    assert service.who(None, "", "unknown") == VISITOR


def test_the_strongest_of_several_cookies_counts(running: Running, prepared: Prepared) -> None:
    service = running.service
    stage = service.grant_link(OPERATOR, Role.STAGE, prepared.id)
    one = service.grant_link(OPERATOR, Role.MODERATOR, prepared.id)
    everything = service.grant_link(OPERATOR, Role.MODERATOR, None)
    assert service.who(stage) == Actor(Role.STAGE, prepared.id)
    assert service.who(one, stage) == service.who(stage, one) == Actor(Role.MODERATOR, prepared.id)
    assert service.who(one, everything, stage) == Actor(Role.MODERATOR)


def test_a_participants_cookie_opens_nothing_else(running: Running, prepared: Prepared) -> None:
    (token,) = prepared.people(1)
    assert running.service.who(token) == VISITOR


def _strangers(prepared: Prepared) -> list[Actor]:
    return [VISITOR, Actor(Role.MODERATOR, "another"), Actor(Role.STAGE, "another")]


@pytest.mark.parametrize("name", [*MODERATING, *SHOWING, *EVERYWHERE])
def test_every_use_case_refuses_strangers(small: Prepared, name: str) -> None:
    run = (MODERATING | SHOWING | EVERYWHERE)[name]
    refused = _strangers(small)
    if name not in SHOWING:
        refused.append(Actor(Role.STAGE, small.id))
    if name in EVERYWHERE:
        refused.append(Actor(Role.MODERATOR, small.id))
    before = small.service.versions(small.id)
    for actor in refused:
        with pytest.raises(Forbidden):
            run(small, actor)
    assert small.service.versions(small.id) == before


@pytest.mark.parametrize("name", SHOWING)
def test_a_stage_may_show(small: Prepared, name: str) -> None:
    SHOWING[name](small, Actor(Role.STAGE, small.id))


def test_every_use_case_that_takes_an_actor_is_in_these_lists(small: Prepared) -> None:
    service = type(small.service)
    guarded = {
        name
        for name, method in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_") and "actor" in inspect.signature(method).parameters
    }
    covered = {*MODERATING, *SHOWING, *EVERYWHERE, "workshops"} - {"preview", "grant_link_to_all"}
    assert guarded == covered


def test_one_sees_the_workshops_that_one_may_moderate(small: Prepared) -> None:
    service = small.service
    other = service.create_workshop(OPERATOR, "smart-kassel-council").workshop_id
    assert {w.id for w in service.workshops(OPERATOR)} == {small.id, other}
    assert [w.id for w in service.workshops(Actor(Role.MODERATOR, other))] == [other]
    for actor in (VISITOR, Actor(Role.STAGE, other)):
        with pytest.raises(Forbidden):
            service.workshops(actor)
