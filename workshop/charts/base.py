"""What all figures share: colours of both themes, the frame, and text that stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from workshop.marks import ACCENTS, GROUND_DARK, GROUND_LIGHT, contrast

Theme = Literal["light", "dark"]
Figure = dict[str, Any]
FONT: Final = "Atkinson Hyperlegible Next, sans-serif"


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers in words; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A figure with everything that a reader without it needs.

    `figure` is a Plotly figure of plain JSON values, in which people's text is escaped. `title`,
    `sentence` and `table` are plain text: whoever shows them as HTML escapes them. `height` is
    what the figure needs in pixels where nothing else decides. `start`, where there is one, is
    what the figure moves from when it is first shown.
    """

    figure: Figure
    title: str
    sentence: str
    table: Table
    height: int
    start: Figure | None = None


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, apart from the clusters' own."""

    ground: str
    ink: str
    muted: str
    faint: str
    line: str


PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(GROUND_LIGHT, "#16202b", "#566372", "#efece4", "#c9c8c4"),
    "dark": Palette(GROUND_DARK, "#f2efe8", "#a9b2bd", "#1d2731", "#3a4652"),
}
_UNKNOWN_ACCENT: Final = "c"


def accent_colour(accent: str, theme: Theme) -> str:
    """The shade of a cluster's accent in a theme."""
    found = ACCENTS.get(accent) or ACCENTS[_UNKNOWN_ACCENT]
    return found.dark if theme == "dark" else found.light


def mix(one: str, other: str, share: float) -> str:
    """`share` of `one` and the rest of `other`, both `#rrggbb`."""
    channels = (
        round(int(one[i : i + 2], 16) * share + int(other[i : i + 2], 16) * (1 - share))
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{c:02x}" for c in channels)


def text_on(fill: str) -> str:
    """The text colour that reads better on a fill: one of black and white is always 4.5:1."""
    return max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, fill))


def ramp(accent: str, theme: Theme, steps: int) -> tuple[str, ...]:
    """One colour per step of a scale, from the lowest to the highest.

    Both ends are strong and the middle is faint, so that two camps look like two camps. The
    upper half is the cluster's own colour, the lower one a neutral.
    """
    palette = PALETTES[theme]
    high = accent_colour(accent, theme)
    low = mix(palette.muted, palette.ink, 0.75)
    middle = mix(palette.muted, palette.ground, 0.22)
    colours = []
    for step in range(steps):
        place = 2 * step / (steps - 1) - 1 if steps > 1 else 1.0
        colours.append(mix(high if place > 0 else low, middle, abs(place) ** 0.9))
    return tuple(colours)


# Soft hyphens, and what turns the writing direction.
_UNSEEN: Final = frozenset(
    "\u00ad\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def clean(text: str) -> str:
    """One line, without control characters and those that turn the writing direction."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) != "Cc" and c not in _UNSEEN)


def escape(text: str) -> str:
    """People's text for a Plotly label: nothing in it is markup.

    Plotly reads a small HTML of its own (`<b>`, `<a href>`, `<br>`, entities).
    """
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_NARROW: Final = frozenset("iIjlft.,:;'|!()[]-1 ")
_WIDE: Final = frozenset("mwMW@%&ÖÄÜOQGDH–—…")


def width_of(text: str) -> float:
    """Roughly how wide a text is, in em of Atkinson Hyperlegible Next."""
    return sum(
        0.33 if c in _NARROW else 0.82 if c in _WIDE else 0.66 if c.isupper() else 0.55
        for c in text
    )


def lines(text: str, em: float) -> list[str]:
    """A text broken into lines of at most `em`, at spaces; longer words are cut with a hyphen."""
    done: list[str] = []
    line = ""
    for word in _words(clean(text), em):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer) > em:
            done.append(line)
            line = word
        else:
            line = longer
    return [*done, line] if line else done


def _words(text: str, em: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while width_of(rest) > em:
            cut = max(1, next(i for i in range(1, len(rest) + 1) if width_of(rest[:i]) > em) - 2)
            yield rest[:cut] + "-"
            rest = rest[cut:]
        yield rest


def wrap(text: str, em: float) -> str:
    """People's text for a Plotly label, escaped, broken into lines of at most `em`."""
    return "<br>".join(escape(line) for line in lines(text, em))


def frame(palette: Palette, **more: Any) -> Figure:
    """The layout that all figures share: no legend, no grid, no background of its own."""
    axis = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    layout: Figure = {
        "font": {"family": FONT, "color": palette.ink, "size": 16},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
    }
    layout.update(more)
    return layout


def note(text: str, x: float, y: float, **more: Any) -> Figure:
    """A text in a figure (already escaped), left-aligned, its lower left corner at (x, y)."""
    found: Figure = {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }
    found.update(more)
    return found


def rule(x: tuple[float, float], y: tuple[float, float], colour: str, width: int) -> Figure:
    """A straight line below the data, from (x[0], y[0]) to (x[1], y[1])."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": x[0],
        "x1": x[1],
        "y0": y[0],
        "y1": y[1],
        "layer": "below",
        "line": {"color": colour, "width": width},
    }


def dotted(line: Figure) -> Figure:
    """The same line in dots."""
    return {**line, "line": {**line["line"], "dash": "dot"}}


def rows_with_words(texts: Sequence[str], words: Sequence[str], em: float) -> list[str]:
    """People's texts in bold, each with what is said of it below, wrapped and escaped."""
    return [
        f"<b>{wrap(text, em)}</b><br>{wrap(said, em)}"
        for text, said in zip(texts, words, strict=True)
    ]


def centres(weights: Sequence[float]) -> list[float]:
    """The middle of each row, first row on top, where the axis runs from 0 to the sum."""
    total, done, found = sum(weights), 0.0, []
    for weight in weights:
        found.append(total - done - weight / 2)
        done += weight
    return found
