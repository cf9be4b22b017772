"""What the results are worth, from answers in a real database to the words that may be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.both_strands import Meeting, meetings
from tests.rooms import Running, make_service
from workshop.convergence import change, change_interval, index, level_interval
from workshop.errors import Forbidden
from workshop.model import OPERATOR, VISITOR, Strand
from workshop.strands import cliffs_delta, earth_movers
from workshop.verdicts import ChangeWord, ClusterWord, IntervalWord, ItemWord, StrandWord

COUNCIL, CITIZENS = Strand.COUNCIL, Strand.CITIZENS


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with make_service(f"sqlite:///{tmp_path / 'strands.db'}") as found:
        yield found


def votes(people: int, items: int, steps: int, seed: int) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    return rng.integers(1, steps + 1, (people, items)).tolist()


def closer(table: list[list[int]], to: int) -> list[list[int]]:
    """Everybody moves one step towards `to`."""
    return [[v + (v < to) - (v > to) for v in row] for row in table]


def test_a_level_is_that_of_the_answers_with_its_interval(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins", "zwei"])
    council = both[COUNCIL]
    table = votes(20, 2, 5, 1)
    council.round(table, ids)
    level = council.cluster().rounds[0].level
    answers = np.array(table, dtype=float)
    counts = [np.bincount(answers[:, i].astype(int), minlength=6)[1:] for i in range(2)]
    assert level.index == pytest.approx(index([("rate", c) for c in counts]), abs=1e-12)
    assert (level.low, level.high) == level_interval(answers, [("rate", 5)] * 2, 20)
    assert (level.n, level.present, level.items) == (20, 20, 2)
    assert level.interval is IntervalWord.SAMPLING
    running.service.set_invited(OPERATOR, council.workshop_id, 20)
    assert council.cluster().rounds[0].level.interval is IntervalWord.STABILITY


def test_abstentions_are_no_category_and_four_people_are_shown_nothing(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins"])
    council = both[COUNCIL]
    council.round([[5], [5], [5], [5], [0], [0]], ids)
    analysed = council.cluster().rounds[0]
    assert analysed.level.word is ClusterWord.TOO_FEW
    assert (analysed.level.n, analysed.level.index, analysed.level.low) == (4, None, None)
    assert (analysed.items[0].word, analysed.items[0].low) == (None, None)


def test_a_change_is_of_the_people_who_answered_both_rounds(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins", "zwei", "drei"])
    council = both[COUNCIL]
    first = votes(30, 3, 5, 2)
    second: list[list[int | None]] = [list(row) for row in closer(first, 4)]
    for gone in range(4):
        second[gone] = [None, None, None]
    council.round(first, ids)
    council.round(second, ids)
    found = council.cluster().change
    assert found is not None
    before, after = (np.array([[v or np.nan for v in row] for row in t]) for t in (first, second))
    kinds = [("rate", 5)] * 3
    assert found.matched == 26
    assert found.change == change(before, after, kinds)
    assert (found.low, found.high) == change_interval(before, after, kinds, 20)
    assert found.word is ChangeWord.CLOSER
    levels = [r.level.index for r in council.cluster().rounds]
    assert found.whole == pytest.approx(levels[1] - levels[0])  # type: ignore[operator]
    moved = found.items[0].stability
    assert moved is not None
    assert moved.n == 26
    assert sum(map(sum, moved.flows)) == 26


def test_fourteen_people_may_not_claim_a_change(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins", "zwei"])
    council = both[COUNCIL]
    first = votes(14, 2, 5, 3)
    council.round(first, ids)
    council.round(closer(first, 3), ids)
    found = council.cluster().change
    assert found is not None
    assert found.word is ChangeWord.TOO_FEW_TO_CLAIM
    assert found.change is not None and found.low is not None


def test_where_only_some_were_asked_again_the_cluster_claims_nothing(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins", "zwei"])
    council = both[COUNCIL]
    first = votes(20, 2, 5, 4)
    council.round(first, ids)
    late = running.service.add_statement(
        OPERATOR, council.workshop_id, council.question.id, "erst in Runde 2"
    )
    council.round([[*row, 5] for row in closer(first, 4)], [*ids, late])
    found = council.cluster().change
    assert found is not None
    assert (found.word, found.change, found.low) == (ChangeWord.SOME_ITEMS, None, None)
    assert (found.asked_again, found.asked) == (2, 3)
    assert [i.statement.id for i in found.items] == ids
    assert all(i.change is not None for i in found.items)


def test_a_third_round_of_fewer_statements_leaves_the_first_change_alone(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins", "zwei"])
    council = both[COUNCIL]
    first = votes(20, 2, 5, 4)
    second = closer(first, 4)
    council.round(first, ids)
    council.round(second, ids)
    (known,) = council.cluster().changes
    council.round([row[:1] for row in closer(second, 4)], ids[:1], only=ids[:1])
    changes = council.cluster().changes
    assert changes[0] == known
    assert (changes[1].word, changes[1].asked_again, changes[1].asked) == (
        ChangeWord.SOME_ITEMS,
        1,
        2,
    )


def test_both_strands_are_compared_statement_by_statement(running: Running) -> None:
    both, ids = meetings(running, 3, ["einig", "strittig", "nur Rat"])
    both[COUNCIL].round([[3, 3, 3]] * 20 + [[2, 1, 1]] * 5, ids)
    assert both[COUNCIL].cluster().strands is None
    both[CITIZENS].round([[3, 1, 2]] * 60 + [[1, 3, 3]] * 30, ids)
    compared = both[COUNCIL].cluster().strands
    assert compared is not None
    words = {i.statement.text: i.comparison.verdict for i in compared.items if i.comparison}
    assert words == {
        "einig": StrandWord.COMMON,
        "strittig": StrandWord.DISPUTED,
        "nur Rat": StrandWord.ONLY_COUNCIL,
    }
    distances = [i.comparison.emd for i in compared.items if i.comparison]
    assert distances == sorted(distances)
    for item in compared.items:
        pair = item.council.counts.steps, item.citizens.counts.steps
        assert item.comparison is not None
        assert item.comparison.emd == earth_movers(*pair)
        assert item.comparison.cliffs_delta == cliffs_delta(*pair)
    assert compared.distance == pytest.approx(np.mean(distances), abs=1e-12)
    assert compared.p is not None and compared.p < 0.05
    assert (compared.council.n, compared.citizens.n) == (25, 90)
    # The other workshop says the same of both, and the words of one's own rounds are its own.
    assert both[CITIZENS].cluster().strands == compared
    assert both[CITIZENS].cluster().rounds[0].level.n == 90


def test_what_is_hidden_or_not_revealed_is_in_no_analysis(running: Running) -> None:
    both, ids = meetings(running, 3, ["eins", "zwei"])
    both[COUNCIL].round([[3, 1]] * 9, ids)
    both[CITIZENS].round([[3, 1]] * 9, ids, reveal=False)
    assert both[COUNCIL].cluster().strands is None
    running.service.reveal_round(OPERATOR, both[CITIZENS].workshop_id, both[CITIZENS].question.id)
    assert both[COUNCIL].cluster().strands is not None
    running.service.hide_statement(OPERATOR, both[CITIZENS].workshop_id, ids[0])
    compared = both[COUNCIL].cluster().strands
    assert compared is not None
    assert [i.statement.id for i in compared.items] == ids[1:]
    running.service.undo(OPERATOR, both[CITIZENS].workshop_id)
    running.service.undo(OPERATOR, both[CITIZENS].workshop_id)
    assert both[COUNCIL].cluster().strands is None


def test_only_what_changed_is_computed_again(running: Running) -> None:
    both, ids = meetings(running, 5, ["eins"])
    council = both[COUNCIL]
    council.round(votes(9, 1, 5, 5), ids)
    known = council.analysis()
    assert council.analysis() is known
    running.service.show_qr(OPERATOR, council.workshop_id, False)
    again = council.analysis()
    assert again.key == known.key
    assert again.clusters[0] is known.clusters[0]
    assert again.groups is known.groups
    running.service.erase(council.workshop_id, council.tokens[0]).result()
    assert council.cluster().rounds[0].level.n == 8


def test_two_camps_are_called_polarised_and_few_people_get_no_groups(running: Running) -> None:
    both, ids = meetings(running, 5, ["zwei Lager"])
    council = both[COUNCIL]
    council.round([[1]] * 15 + [[5]] * 15, ids)
    assert council.cluster().rounds[0].items[0].word is ItemWord.POLARISED
    assert council.cluster().rounds[0].level.word is ClusterWord.SPLIT
    groups = council.analysis().groups
    assert (groups.k, groups.reason) == (0, "too-few-people")


def test_groups_are_found_among_fifty_people(running: Running) -> None:
    both, ids = meetings(running, 3, [f"Aussage {i}" for i in range(8)])
    citizens = both[CITIZENS]
    rng = np.random.default_rng(8)
    camps = [[3] * 4 + [1] * 4] * 30 + [[1] * 4 + [3] * 4] * 25
    noisy = [[v if rng.random() > 0.1 else 2 for v in row] for row in camps]
    citizens.round(noisy, ids)
    groups = citizens.analysis().groups
    assert (groups.k, sorted(groups.sizes), groups.given) == (2, [25, 30], False)
    assert groups.coordinates.shape == (55, 2)
    assert {one.measures.agrees for one in groups.representative[0]} == {True, False}


def test_strangers_are_told_nothing(running: Running) -> None:
    both, _ = meetings(running, 3, ["eins"])
    meeting: Meeting = both[COUNCIL]
    with pytest.raises(Forbidden):
        running.service.analysis(VISITOR, meeting.workshop_id)
    with pytest.raises(Forbidden):
        running.service.bounds(VISITOR, meeting.workshop_id, meeting.question.cluster_id, 1, 2)
