"""What the room reads of what was contributed: nothing that waits or is hidden, doubles once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.test_doubles import said
from tests.workshop.test_themes import LIVING, MOVING
from workshop.errors import Refused
from workshop.i18n import translator
from workshop.model import Statement
from workshop.moderation import (
    MAX_REASON,
    REASONS,
    clean_reason,
    merged,
    reason_words,
    require_mergeable,
    shown,
)

OPEN, SHOWN = "open", "shown"


def in_round(text: str, round_id: str = SHOWN, **fields: Any) -> Statement:
    return replace(said(text)[0], id=text, round_id=round_id, **fields)


def read(*statements: Statement) -> list[tuple[str, int]]:
    return [(s.text, s.times) for s in shown(statements, {SHOWN}, [MOVING, LIVING])]


def test_what_waits_is_hidden_or_not_revealed_is_not_shown() -> None:
    assert read(
        in_round("a"),
        in_round("b", waiting=True),
        in_round("c", hidden=True),
        in_round("d", OPEN),
    ) == [("a", 1)]


def test_merged_ones_are_their_target_which_counts_them() -> None:
    three = in_round("a"), in_round("b", merged_into_id="a"), in_round("c", merged_into_id="b")
    assert read(*three) == [("a", 3)]
    assert merged(three) == {"a": [three[1], three[2]]}
    waits = in_round("d", merged_into_id="a", waiting=True)
    assert read(*three, waits) == [("a", 4)], "its words are on the wall, in another's name"


def test_only_what_was_revealed_and_is_not_hidden_counts() -> None:
    target = in_round("a")
    assert read(target, in_round("b", OPEN, merged_into_id="a")) == [("a", 1)]
    assert read(target, in_round("b", hidden=True, merged_into_id="a")) == [("a", 1)]


def test_a_hidden_target_takes_along_what_was_merged_into_it() -> None:
    assert read(in_round("a", hidden=True), in_round("b", merged_into_id="a")) == []


@pytest.mark.parametrize("target", [in_round("a", OPEN), in_round("a", waiting=True)])
def test_until_the_target_may_be_read_the_others_stand_for_themselves(target: Statement) -> None:
    assert read(target, in_round("b", merged_into_id="a")) == [("b", 1)]


def test_what_was_merged_into_something_erased_stands_for_itself() -> None:
    assert read(in_round("b", merged_into_id="gone")) == [("b", 1)]


def test_themes_come_in_their_order_and_pinned_ones_first_in_each() -> None:
    assert read(
        in_round("ohne"),
        in_round("ohne, angeheftet", pinned=True),
        in_round("Wohnen", theme_id=LIVING.id),
        in_round("Bus", theme_id=MOVING.id),
        in_round("Bahn, angeheftet", theme_id=MOVING.id, pinned=True),
        in_round("Thema ist weg", theme_id="gone", pinned=True),
    ) == [
        ("Bahn, angeheftet", 1),
        ("Bus", 1),
        ("Wohnen", 1),
        ("ohne, angeheftet", 1),
        ("Thema ist weg", 1),
        ("ohne", 1),
    ]


STATEMENT = st.builds(
    in_round,
    st.sampled_from("abcdef"),
    st.sampled_from((OPEN, SHOWN)),
    hidden=st.booleans(),
    waiting=st.booleans(),
    pinned=st.booleans(),
    theme_id=st.sampled_from((None, LIVING.id, MOVING.id)),
)


@given(st.lists(STATEMENT, unique_by=lambda s: s.id), st.data())
def test_nothing_leaks_and_nothing_is_counted_twice(
    statements: list[Statement], data: st.DataObject
) -> None:
    made: list[Statement] = []
    for statement in statements:
        target = data.draw(st.sampled_from([None, *(s.id for s in made)]))
        made.append(replace(statement, merged_into_id=target))
    found = shown(made, {SHOWN}, [MOVING, LIVING])
    assert all(s.round_id == SHOWN and not s.hidden and not s.waiting for s in found)
    assert len({s.id for s in found}) == len(found)
    assert sum(s.times for s in found) <= sum(s.round_id == SHOWN and not s.hidden for s in made)
    plain = [replace(s, merged_into_id=None) for s in made]
    assert {s.id for s in found} <= {s.id for s in shown(plain, {SHOWN})}


def test_a_target_that_was_merged_itself_stands_for_what_it_is_shown_as() -> None:
    by_id = {s.id: s for s in (in_round("a"), in_round("b", merged_into_id="a"), in_round("c"))}
    target, others = require_mergeable(["c"], "b", by_id)
    assert (target.id, [s.id for s in others]) == ("a", ["c"])


@pytest.mark.parametrize(
    ("ids", "target", "code"),
    [
        (["x"], "a", "cannot-merge"),
        (["a"], "x", "cannot-merge"),
        (["hidden"], "a", "cannot-merge"),
        (["other"], "a", "other-question"),
        (["a"], "a", "merged-already"),
        (["b"], "a", "merged-already"),
        (["a"], "b", "merged-already"),
        ([], "a", "merged-already"),
    ],
)
def test_what_cannot_be_merged_is_refused(ids: list[str], target: str, code: str) -> None:
    known = (
        in_round("a"),
        in_round("b", merged_into_id="a"),
        in_round("hidden", hidden=True),
        in_round("other", question_id="q2"),
    )
    with pytest.raises(Refused) as refused:
        require_mergeable(ids, target, {s.id: s for s in known})
    assert refused.value.code == code


def test_a_reason_is_one_of_a_few_or_in_own_words() -> None:
    t = translator("de")
    assert reason_words(REASONS[0], t) == "Nennt eine Person"
    assert reason_words("Doppelt {n}", t) == "Doppelt {n}"
    assert reason_words(None, t) == ""
    assert clean_reason("  Zu \n lang ") == "Zu lang"
    assert clean_reason(" \n ") is clean_reason(None) is None
    with pytest.raises(Refused):
        clean_reason("x" * (MAX_REASON + 1))
