"""The colours and shapes of clusters, in one place for phone, stage, console and charts.

A cluster is told by its colour *and* by its mark: one in twelve men can't rely on the colour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

GROUND_LIGHT: Final = "#fbfaf7"
GROUND_DARK: Final = "#11171e"

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Accent:
    """One colour in two shades, each at least 4.5:1 on the ground of its theme.

    Raises:
        ValueError: where a shade isn't `#rrggbb` in small letters.
    """

    light: str
    dark: str

    def __post_init__(self) -> None:
        for shade in (self.light, self.dark):
            if not _HEX.fullmatch(shade):
                raise ValueError(f"{shade!r} is not a colour like #b8480a")


ACCENTS: Final[Mapping[str, Accent]] = {
    "a": Accent("#b8480a", "#ff9a5c"),  # orange
    "b": Accent("#00735a", "#4fd0ac"),  # green
    "c": Accent("#0b5fa5", "#77b8f2"),  # blue
    "d": Accent("#8d2f6b", "#e08cc3"),  # magenta
    "e": Accent("#5f4a10", "#ecd98a"),  # umber, straw
    "f": Accent("#4a2bb8", "#9d86ff"),  # violet
    "g": Accent("#a01030", "#e0707c"),  # crimson
    "h": Accent("#22400a", "#a9f25a"),  # moss
}

# Each is the `d` of one <path> in a 24 x 24 view box, filled by the non-zero rule: holes run
# the other way round. They touch no edge, so that a stroke of two units still fits.
MARKS: Final[Mapping[str, str]] = {
    "house": "M12 3 21 10.5V21H3V10.5Z",
    "drop": "M12 2C15.6 7 19 10.8 19 15A7 7 0 0 1 5 15C5 10.8 8.4 7 12 2Z",
    "book": "M3 4H11V20H3ZM13 4H21V20H13Z",
    "ring": (
        "M12 2.5A9.5 9.5 0 0 1 12 21.5A9.5 9.5 0 0 1 12 2.5ZM12 8A4 4 0 0 0 12 16A4 4 0 0 0 12 8Z"
    ),
    "star": (
        "M12 2 14.7 8.6 21.8 9.1 16.4 13.7 18.1 20.6 12 16.9 5.9 20.6 7.6 13.7 2.2 9.1 9.3 8.6Z"
    ),
    "triangle": "M12 3 22 20.5H2Z",
    "cross": "M9 3H15V9H21V15H15V21H9V15H3V9H9Z",
    "bars": "M3 13H8V21H3ZM9.5 8H14.5V21H9.5ZM16 3H21V21H16Z",
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
