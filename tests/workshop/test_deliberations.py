"""Real deliberations, answered again through the use cases and real tables, as one would here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.both_strands import meetings
from tests.real import HERE, FloatArray, deliberation
from tests.rooms import Running, make_service
from tests.workshop.test_intervals import CASES
from workshop.model import Strand


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with make_service(f"sqlite:///{tmp_path / 'deliberation.db'}") as found:
        yield found


def as_votes(table: FloatArray) -> list[list[int | None]]:
    return [[None if np.isnan(cell) else int(cell) for cell in row] for row in table]


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_a_case_has_the_consensus_that_is_known(running: Running, folder: Path, case: str) -> None:
    real = deliberation(folder, case)
    reference = real.reference
    texts = [f"Aussage {i}" for i in range(reference["n_items"])]
    both, ids = meetings(running, reference["k"], texts)
    council = both[Strand.COUNCIL]
    for table in (real.before, real.after):
        council.round(as_votes(table), ids)
    first, second = council.cluster().rounds
    assert first.level.index == pytest.approx(reference["cns_pre"], abs=0.01)
    assert second.level.index == pytest.approx(reference["cns_post"], abs=0.01)
    for round_ in (first, second):
        assert round_.level.n == reference["n_matched"]
        assert round_.level.low is not None and round_.level.high is not None
        assert round_.level.index is not None
        assert round_.level.low <= round_.level.index <= round_.level.high
    change = council.cluster().change
    assert change is not None
    assert change.matched == reference["n_matched"]
    assert change.asked_again == change.asked == reference["n_items"]
    assert change.change == pytest.approx(reference["delta"], abs=0.01)


def test_the_forest_strands_lie_as_far_apart_as_known(running: Running) -> None:
    cases = {Strand.COUNCIL: "Forest Stakeholder", Strand.CITIZENS: "Forest Lay Citizen"}
    real = {strand: deliberation(HERE / "forest", case) for strand, case in cases.items()}
    both, ids = meetings(running, 11, [f"Aussage {i}" for i in range(45)])
    for known, tables in (
        (0.126, {strand: d.before for strand, d in real.items()}),
        (0.114, {strand: d.after for strand, d in real.items()}),
    ):
        for strand, meeting in both.items():
            meeting.round(as_votes(tables[strand]), ids)
        for meeting in both.values():
            compared = meeting.cluster().strands
            assert compared is not None
            assert compared.distance == pytest.approx(known, abs=1e-3)
            assert len([i for i in compared.items if i.comparison]) == 45
