"""Colours and marks of clusters: readable in both themes, and told apart by every eye."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest

from workshop.marks import ACCENTS, GROUND_DARK, GROUND_LIGHT, MARKS, Accent, contrast


def test_every_colour_can_be_read_in_its_theme() -> None:
    for accent in ACCENTS.values():
        assert contrast(accent.light, GROUND_LIGHT) >= 4.5
        assert contrast(accent.dark, GROUND_DARK) >= 4.5
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert list(ACCENTS) == list("abcdefgh")


@pytest.mark.parametrize("shade", ["b8480a", "#B8480A", "#b84", "red", "#b8480a;"])
def test_a_colour_is_six_hex_digits(shade: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Accent("#000000", shade)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_told_apart(theme: str) -> None:
    """Distances in OKLab, also as protanopic and deuteranopic eyes see them (Machado 2009)."""
    for one, other in combinations(ACCENTS.values(), 2):
        a, b = getattr(one, theme), getattr(other, theme)
        assert math.dist(_seen(a), _seen(b)) >= 0.08, (a, b)
        for deficiency in (_PROTAN, _DEUTAN):
            assert math.dist(_seen(a, deficiency), _seen(b, deficiency)) >= 0.035, (a, b)


@pytest.mark.parametrize("mark", MARKS)
def test_marks_stay_within_their_box(mark: str) -> None:
    path = MARKS[mark]
    assert re.fullmatch(r"[MLHVCAZ0-9. ]+", path)
    assert all(0 <= float(x) <= 24 for x in re.findall(r"[0-9.]+", path))
    assert path.startswith("M") and path.endswith("Z")


def test_marks_differ() -> None:
    assert len(set(MARKS.values())) == len(MARKS) == 8


Matrix = tuple[tuple[float, float, float], ...]
_PROTAN: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_DEUTAN: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.01182, 0.04294, 0.968881),
)
_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB: Matrix = (
    (0.2104542553, 0.793617785, -0.0040720468),
    (1.9779984951, -2.428592205, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.808675766),
)


def _times(matrix: Matrix, vector: list[float]) -> list[float]:
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def _seen(colour: str, deficiency: Matrix | None = None) -> list[float]:
    """A colour in OKLab (Ottosson 2020), as an eye with this deficiency sees it."""
    rgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    if deficiency:
        linear = [max(0.0, c) for c in _times(deficiency, linear)]
    return _times(_LAB, [c ** (1 / 3) for c in _times(_LMS, linear)])
