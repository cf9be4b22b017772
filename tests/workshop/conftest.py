"""What the tests of the core share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The machine that runs this may be busy: no example is refused for taking long.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

VECTORS = Path(__file__).parents[1] / "data" / "vectors.json"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Results of other people's code on known counts; `tests/data/README.md` says whose."""
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found
