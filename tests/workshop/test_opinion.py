"""Opinion groups: Polis' own results, another implementation, and what always holds."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.real import HERE, SHARED, Conversation, FloatArray, conversation, needs
from workshop import opinion as o
from workshop.kmeans import k_means, silhouettes

POLIS = SHARED / "polis"
ENERGIE = POLIS / "austria-climate.2vkxcncppn.2022-07-07"
LONDON = POLIS / "london.youth.policing"
FOLDERS = [
    pytest.param(HERE / "brexit", id="brexit"),
    *(
        pytest.param(folder, id=folder.name, marks=needs(folder))
        for folder in (
            ENERGIE,
            POLIS / "austria-climate.7z7ejpbmv5.2022-08-08",
            LONDON,
            POLIS / "brexit-consensus",
        )
    ),
]

few = settings(max_examples=30, deadline=None)

tables = st.integers(0, 2**32).map(
    lambda seed: np.random.default_rng(seed).choice(
        [1.0, 0.0, -1.0, np.nan], size=(12, 6), p=[0.4, 0.1, 0.2, 0.3]
    )
)
labels = st.lists(st.integers(-1, 2), min_size=12, max_size=12)


@pytest.fixture(scope="module")
def brexit() -> Conversation:
    return conversation(HERE / "brexit")


def camps(sizes: list[int], statements: int = 20, seed: int = 1, seen: float = 0.7) -> FloatArray:
    """People of camps that each have a mind of their own, and mostly vote so."""
    generator = np.random.default_rng(seed)
    minds = generator.choice([1.0, -1.0], size=(len(sizes), statements))
    votes = np.repeat(minds, sizes, axis=0)
    votes = np.where(generator.random(votes.shape) < 0.1, 0.0, votes)
    return np.where(generator.random(votes.shape) < seen, votes, np.nan)


# Given Polis' groups, Polis' results


@pytest.mark.parametrize("folder", FOLDERS)
def test_group_informed_consensus_is_polis(folder: Path) -> None:
    found = conversation(folder)
    gic = o.group_informed_consensus(found.votes, found.groups)
    assert gic is not None and gic.shape == (len(found.ids),)
    wanted = found.reference["top10_group_informed_consensus"]
    assert len(wanted) == 10
    for statement in wanted:
        # The reference is printed to ten digits.
        assert gic[found.place(statement["tid"])] == pytest.approx(statement["gac"], abs=1e-9)
    ranked = o.consensus_ranking(found.votes, found.groups, least=0)[:10]
    assert [found.ids[i] for i in ranked] == [x["tid"] for x in wanted]


@pytest.mark.parametrize("folder", FOLDERS[1:])
def test_the_ranking_leaves_out_what_few_have_seen(folder: Path) -> None:
    found = conversation(folder)
    wanted = found.reference["top10_group_informed_consensus_min20votes"]
    ranked = o.consensus_ranking(found.votes, found.groups)[:10]
    assert [found.ids[i] for i in ranked] == [x["tid"] for x in wanted]


@pytest.mark.parametrize("folder", FOLDERS)
def test_representative_statements_are_polis(folder: Path) -> None:
    found = conversation(folder)
    ours = o.representative_statements(found.votes, found.groups)
    assert {str(g) for g in ours} == set(found.reference["repness_top5"])
    for group, wanted in found.reference["repness_top5"].items():
        got = ours[int(group)]
        assert [found.ids[r.statement] for r in got] == [w["tid"] for w in wanted]
        for r, w in zip(got, wanted, strict=True):
            assert ("agree" if r.agrees else "disagree") == w["repful_for"]
            assert (r.successes, r.votes) == (w["n_success"], w["n_trials"])
            measures = (r.share, r.share_test, r.ratio, r.ratio_test)
            names = ("p_success", "p_test", "repness", "repness_test")
            assert measures == pytest.approx([w[n] for n in names], abs=1e-7)
            assert r.score == pytest.approx(w["metric"], abs=1e-6)


# Beside another implementation


@pytest.fixture(scope="module")
def dwarf(brexit: Conversation) -> Any:
    """What red-dwarf makes of the same votes."""
    polis = pytest.importorskip(
        "reddwarf.implementations.polis", reason="NOT TESTED beside red-dwarf: not installed"
    )
    votes = [
        {"participant_id": p, "statement_id": s, "vote": int(vote), "modified": 0}
        for p, row in enumerate(brexit.votes)
        for s, vote in enumerate(row)
        if not np.isnan(vote)
    ]
    return polis.run_pipeline(votes=votes, random_state=42)


def dwarf_labels(dwarf: Any) -> np.ndarray[Any, Any]:
    placed = dwarf.participants_df.sort_index()["cluster_id"]
    return placed.astype("float64").fillna(-1).to_numpy().astype(int)


def test_its_groups_have_its_consensus(brexit: Conversation, dwarf: Any) -> None:
    ours = o.group_informed_consensus(brexit.votes, dwarf_labels(dwarf))
    theirs = dwarf.statements_df.sort_index()["group-aware-consensus-agree"]
    assert ours == pytest.approx(theirs.to_numpy(), abs=1e-12)


def test_its_map_is_ours(brexit: Conversation, dwarf: Any) -> None:
    """It lets everybody draw the map, we only those who are on it: all but the same."""
    found = o.opinion_groups(brexit.votes, 1)
    theirs = dwarf.participants_df.sort_index()[["x", "y"]].to_numpy()[found.people]
    for axis in (0, 1):
        one = np.corrcoef(theirs[:, axis], found.coordinates[:, axis])[0, 1]
        assert abs(one) > 0.9999
    assert np.abs(theirs) == pytest.approx(np.abs(found.coordinates), abs=0.1)


def test_its_groups_are_ours(brexit: Conversation, dwarf: Any) -> None:
    found = o.opinion_groups(brexit.votes, 1)
    theirs = dwarf_labels(dwarf)[found.people]
    ours = found.labels[found.people]
    assert found.k == len(set(theirs))
    together = sum(int(np.bincount(theirs[ours == g]).max()) for g in range(found.k))
    assert together >= 0.97 * len(ours)


# Groups


def test_camps_are_found_again() -> None:
    votes = camps([40, 30, 20])
    found = o.opinion_groups(votes, 1)
    assert (found.k, found.sizes, found.reason) == (3, (40, 30, 20), None)
    assert found.labels.tolist() == [0] * 40 + [1] * 30 + [2] * 20
    assert found.silhouettes[3] == max(found.silhouettes.values()) > 0.7
    assert sorted(found.silhouettes) == [2, 3, 4, 5]
    assert found.coordinates.shape == (90, 2)
    assert found.axes.shape == (2, 20)
    assert 0 < found.explained[1] <= found.explained[0] < 1


def test_order_changes_no_group() -> None:
    votes = camps([40, 25, 20], seed=3, seen=0.5)
    votes[:6, 5:] = np.nan
    found = o.opinion_groups(votes, 7)
    generator = np.random.default_rng(2)
    for _ in range(3):
        people, statements = generator.permutation(85), generator.permutation(20)
        other = o.opinion_groups(votes[people][:, statements], 7)
        assert other.labels.tolist() == found.labels[people].tolist()
        assert other.silhouettes == pytest.approx(found.silhouettes)
        assert other.sizes == found.sizes
    assert (found.labels[:6] == -1).all()


def test_too_few_people_have_no_groups() -> None:
    votes = camps([25, 24])
    found = o.opinion_groups(votes, 1)
    assert found.reason is o.NoGroups.TOO_FEW_PEOPLE
    assert (found.k, found.sizes, found.silhouettes) == (0, (), {})
    assert found.labels.tolist() == [-1] * 49
    # A fiftieth who gave six votes doesn't help, one who gave seven does.
    six, seven = np.full((2, 20), np.nan)
    six[:6], seven[:7] = 1.0, 1.0
    assert o.opinion_groups(np.vstack((votes, six)), 1).reason is o.NoGroups.TOO_FEW_PEOPLE
    enough = o.opinion_groups(np.vstack((votes, six, seven)), 1)
    assert enough.reason is None
    assert enough.labels[-2] == -1 and enough.labels[-1] >= 0


def test_people_who_all_vote_alike_have_no_groups() -> None:
    found = o.opinion_groups(np.ones((60, 10)), 1)
    assert found.reason is o.NoGroups.ALL_ALIKE
    assert found.k == 0
    assert o.opinion_groups(np.empty((0, 4)), 1).reason is o.NoGroups.TOO_FEW_PEOPLE


@needs(ENERGIE)
def test_a_real_strand_is_grouped_quickly() -> None:
    votes = conversation(ENERGIE).votes
    start = time.process_time()
    found = o.opinion_groups(votes, 1)
    assert time.process_time() - start < 10
    assert found.k == 2
    assert found.silhouettes[2] > 0.5
    assert sum(found.sizes) == len(found.people) > 1400


@needs(LONDON)
def test_a_small_conversation_has_no_groups() -> None:
    assert o.opinion_groups(conversation(LONDON).votes, 1).reason is o.NoGroups.TOO_FEW_PEOPLE


def test_silhouettes_equal_their_definition() -> None:
    points = np.random.default_rng(1).normal(size=(40, 2))
    found = {k: k_means(points, k, 1) for k in (2, 4)}
    lone = np.zeros(40, dtype=np.int64)
    lone[3] = 1
    found[5] = lone  # Of which three groups are empty.
    quality = silhouettes(points, found)
    for k, groups in found.items():
        apart = np.linalg.norm(points[:, None] - points, axis=2)
        values = []
        for i, own in enumerate(groups):
            mates = (groups == own) & (np.arange(40) != i)
            a = apart[i, mates].mean() if mates.any() else None
            b = min(apart[i, groups == g].mean() for g in set(groups.tolist()) - {own})
            values.append(0.0 if a is None else (b - a) / max(a, b))
        assert quality[k] == pytest.approx(np.mean(values))


# What always holds


@few
@given(tables, labels)
def test_consensus_by_its_definition(votes: FloatArray, groups: list[int]) -> None:
    found = o.group_informed_consensus(votes, groups)
    used = sorted(set(groups) - {-1})
    if not used:
        assert found is None
        return
    assert found is not None
    for statement in range(votes.shape[1]):
        product = 1.0
        for g in used:
            given = [v for v, x in zip(votes[:, statement], groups, strict=True) if x == g]
            said = [v for v in given if not np.isnan(v)]
            product *= (said.count(1.0) + 1) / (len(said) + 2)
        assert found[statement] == pytest.approx(product, abs=1e-12)
        assert 0 < found[statement] < 1


@few
@given(tables, labels, st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(votes: FloatArray, groups: list[int], random: Any) -> None:
    people, statements = list(range(12)), list(range(6))
    random.shuffle(people)
    random.shuffle(statements)
    renamed = {-1: -1, 0: 7, 1: 3, 2: 5}
    shuffled = votes[people][:, statements]
    names = [renamed[groups[p]] for p in people]
    one = o.group_informed_consensus(votes, groups)
    other = o.group_informed_consensus(shuffled, names)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert other == pytest.approx(one[statements])
    telling = o.representative_statements(votes, groups)
    for g, found in o.representative_statements(shuffled, names).items():
        same = telling[next(old for old, new in renamed.items() if new == g)]
        # Of equal scores the earlier statement comes first: that is all that the order decides.
        assert [r.score for r in found] == pytest.approx([r.score for r in same])


def test_unseen_statements_and_groups_of_nobody() -> None:
    nothing = np.full((3, 2), np.nan)
    assert o.group_informed_consensus(nothing, [0, 1, -1]) == pytest.approx([0.25, 0.25])
    assert o.group_informed_consensus(nothing, [-1, -1, -1]) is None
    assert o.consensus_ranking(nothing, [-1, -1, -1]) == ()
    assert o.representative_statements(nothing, [-1, -1, -1]) == {}
    assert o.representative_statements(nothing, [0, 1, -1]) == {0: (), 1: ()}
    assert o.representative_statements(np.ones((9, 2)), [0] * 9) == {0: ()}


@pytest.mark.parametrize(
    ("votes", "groups", "words"),
    [
        ([[2.0]], [0], "A vote is 1"),
        ([1.0], [0], "people x statements"),
        ([[1.0]], [0, 1], "one label"),
        ([[1.0]], [-2], "whole number"),
        ([[1.0]], [0.5], "whole number"),
        ([[1.0]], [np.nan], "whole number"),
    ],
)
def test_bad_votes_are_refused_in_words(votes: Any, groups: Any, words: str) -> None:
    for function in (o.group_informed_consensus, o.representative_statements):
        with pytest.raises(ValueError, match=words):
            function(votes, groups)
