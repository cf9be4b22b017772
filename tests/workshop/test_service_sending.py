"""A sending that arrives twice, late, or after a newer one: each counts once, the last one counts.

What idempotency rests on: an answer's row is the one of (round, statement, person); a
contribution's row is named by the key that the phone made; without a key (no script on the
phone) the fingerprint of the text keeps one row, and the page says that it was sent before.
"""

from __future__ import annotations

import pytest

from tests.rooms import Prepared
from workshop.errors import Refused
from workshop.model import OPERATOR
from workshop.service.sending import Taps, order_of, row_of

KEY = "k-made-on-the-phone"


def test_a_repeated_key_is_answered_as_the_first_time(prepared: Prepared) -> None:
    service = prepared.service
    token, other = prepared.people(2)
    round_ = prepared.open(prepared.collect)

    def give(token: str, text: str, key: str | None) -> bool:
        return service.contribute(prepared.id, token, round_.id, "goal", text, key=key).result()

    assert give(token, "Mehr Bäume", KEY) is True
    version = service.versions(prepared.id)
    assert give(token, "Mehr Bäume", KEY) is True
    # What counts is the key: the wording that the repetition brings changes nothing.
    assert give(token, "Mehr Bäume, bitte", KEY) is True
    assert service.versions(prepared.id) == version, "nothing new, nothing told"
    # Sent anew by hand it has another key, and is recognised by its text.
    assert give(token, "mehr bäume", "another-key") is False
    assert give(token, "mehr bäume", None) is False
    # The same key on somebody else's phone is somebody else's sending.
    assert give(other, "Mehr Bänke", KEY) is True
    assert [c.text for c in service.phone(prepared.id, token).contributions] == ["Mehr Bäume"]
    assert [c.text for c in service.phone(prepared.id, other).contributions] == ["Mehr Bänke"]


def test_what_was_kept_is_not_refused_because_the_round_has_closed_since(
    prepared: Prepared,
) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    first, second = prepared.statements
    round_ = prepared.open()
    prepared.answer(token, round_, first, 4)
    prepared.answer(token, round_, second, 0)
    collecting = prepared.open(prepared.collect)  # closes the other
    given = ("goal", "Mehr Bäume")
    service.contribute(prepared.id, token, collecting.id, *given, key=KEY).result()
    service.close_round(OPERATOR, prepared.id, prepared.collect.id)
    assert prepared.answer(token, round_, first, 4) == 4
    assert prepared.answer(token, round_, second, 0) is None
    assert service.contribute(prepared.id, token, collecting.id, *given, key=KEY).result() is True
    assert service.phone(prepared.id, token).draft is None
    for value, statement in ((5, first), (3, second)):
        with pytest.raises(Refused, match="This round is closed"):
            prepared.answer(token, round_, statement, value)
    late = service.contribute(prepared.id, token, collecting.id, *given, key="another-key")
    with pytest.raises(Refused, match="This round is closed"):
        late.result()


def test_an_old_tap_that_arrives_late_does_not_overtake_the_new_one(prepared: Prepared) -> None:
    service = prepared.service
    (token,) = prepared.people(1)
    first, _ = prepared.statements
    round_ = prepared.open()

    def tap(value: int, order: int, *, doubtful: bool = False) -> None:
        service.answer(
            prepared.id, token, round_.id, first, str(value), order=order, doubtful=doubtful
        ).result()

    def kept() -> int | None:
        return service.phone(prepared.id, token).answers[first]

    tap(2, 100)
    # 3 was tapped, and the phone never heard of it; then 5.
    tap(5, 102, doubtful=True)
    tap(3, 101)
    assert kept() == 5
    tap(5, 102, doubtful=True)  # a repetition is no older one
    tap(4, 103)
    tap(5, 102)
    assert kept() == 4
    tap(1, 104)
    assert kept() == 1


def test_taps_forget_the_oldest_and_ignore_who_does_not_count() -> None:
    taps, item = Taps(), ("round", "statement", "person")
    assert not taps.overtaken(item, 7, doubtful=False)
    assert not taps.overtaken(item, 3, doubtful=False), "never in doubt: nothing is remembered"
    assert not taps.overtaken(item, 8, doubtful=True)
    assert taps.overtaken(item, 7, doubtful=True)
    assert not taps.overtaken(item, None, doubtful=False), "a phone without script"
    for n in range(20_000):
        taps.overtaken(("round", str(n), "person"), 1, doubtful=True)
    assert not taps.overtaken(item, 7, doubtful=False)


@pytest.mark.parametrize("raw", [None, "", "-1", "1.5", "9" * 17, "١٢", "1e3", " 1"])
def test_a_number_that_no_phone_of_ours_sends_counts_as_none(raw: str | None) -> None:
    assert order_of(raw) is None


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "mit Leerzeichen", "ümlaute-ä"])
def test_a_key_that_no_phone_of_ours_makes_names_no_row(key: str | None) -> None:
    assert row_of("person", key) is None
    assert row_of("one", KEY) != row_of("other", KEY)
