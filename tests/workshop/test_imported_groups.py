"""A whole conversation, imported: its groups agree on what Polis says they agree on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.real import SHARED, conversation, needs
from tests.rooms import TEMPLATE, make_service
from workshop.model import OPERATOR, Strand

POLIS = SHARED / "polis"
CONVERSATIONS = [
    pytest.param(POLIS / name, marks=needs(POLIS / name), id=name[-10:])
    for name in (
        "austria-climate.2vkxcncppn.2022-07-07",
        "austria-climate.7z7ejpbmv5.2022-08-08",
        "brexit-consensus",
    )
]


@pytest.mark.parametrize("folder", CONVERSATIONS[-1:])
def test_given_groups_agree_on_what_polis_says(folder: Path, tmp_path: Path) -> None:
    real = conversation(folder)
    with make_service(f"sqlite:///{tmp_path / 'conversation.db'}") as running:
        service = running.service
        made = service.create_workshop(OPERATOR, TEMPLATE)
        cluster = service.agenda(OPERATOR, made.workshop_id).clusters[1]
        imported = service.import_polis(
            OPERATOR, folder, made.process_id, cluster.id, Strand.CITIZENS
        )
        analysis = service.analysis(OPERATOR, imported.workshop_id)
    groups = analysis.groups
    assert groups.given
    assert list(groups.sizes) == np.bincount(real.groups[real.groups >= 0]).tolist()
    wanted = real.reference["top10_group_informed_consensus_min20votes"]
    assert [one.statement.id for one in groups.consensus[:10]] == [
        imported.statements[statement["tid"]] for statement in wanted
    ]
    for one, statement in zip(groups.consensus, wanted, strict=False):
        assert one.gic == pytest.approx(statement["gac"], abs=1e-9)
        assert one.votes == statement["n_votes"]
