"""Groups of people that may be counted: no small one can be worked out by who knows the rule."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from workshop.segments import Group, safe_groups

KEYS = ("a", "b", "c", "other")


def possible(shown: tuple[Group, ...]) -> list[dict[str, int]]:
    """Every room that would be shown like this, for who knows the rule by heart."""
    fixed = {g.key: g.n for g in shown if len(g.members) == 1 and g.key != "other"}
    pool = next((g for g in shown if g.key == "other"), None)
    free = [key for key in KEYS if key not in fixed]
    if pool is None:
        return [{**dict.fromkeys(KEYS, 0), **fixed}]
    rooms = []
    for values in product(range(pool.n + 1), repeat=len(free) - 1):
        rest = pool.n - sum(values)
        if rest >= 0:
            rooms.append({**fixed, **dict(zip(free, (*values, rest), strict=True))})
    return [r for r in rooms if safe_groups({key: r[key] for key in KEYS}) == shown]


@given(st.fixed_dictionaries({key: st.integers(0, 9) for key in KEYS}))
def test_no_small_group_can_be_worked_out(drawn: dict[str, int]) -> None:
    counts = {key: drawn[key] for key in KEYS}
    shown = safe_groups(counts)
    assert all(group.n >= 5 for group in shown)
    if not shown:
        assert sum(counts.values()) < 5
        return
    # Nobody is lost: a difference to the known total would be a small cell itself.
    assert sum(group.n for group in shown) == sum(counts.values())
    rooms = possible(shown)
    assert counts in rooms
    for key, n in counts.items():
        if 0 < n < 5:
            assert len({room[key] for room in rooms}) > 1, (shown, key)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9)))
def test_without_others_a_small_group_hides_all(counts: dict[str, int]) -> None:
    shown = safe_groups(counts)
    if any(0 < n < 5 for n in counts.values()):
        assert shown == ()
    else:
        assert {g.key: g.n for g in shown} == {k: n for k, n in counts.items() if n}
