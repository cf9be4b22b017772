"""A cloud of words: the more people sent one, the larger it is, the largest in the middle.

Words stand in lines from the middle outwards, none of them turned, so that they can be read from
across a hall; the same words give the same picture. Beside a word that several people sent stands
how many they were: size alone can't be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workshop.charts.base import (
    PALETTES,
    Chart,
    Figure,
    Palette,
    Table,
    Theme,
    accent_colour,
    clean,
    escape,
    frame,
    width_of,
)
from workshop.i18n import Translator, pick
from workshop.model import KeyQuestion, Statement
from workshop.sentences import cloud_sentence


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and how often the room sent it: once a person, and what was merged into it."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The place for a cloud, in pixels, and the sizes of the letters in it."""

    width: float
    height: float
    least: float
    most: float
    count: float


WALL: Final = _Sheet(1760, 654, 32, 160, 27)
"""The stage: all of a 1920 sheet between head and foot."""
_DESK: Final = _Sheet(620, 2000, 15, 54, 13)
_PAGED: Final = 76
"""The largest letters on the wall where the words take several pages."""
_LEAST: Final = 0.3  # of the largest letters, where there is room
_STEP: Final = 0.94
_LINE: Final = 1.25
_SPARE: Final = 1.07  # letters are wider when they are bold
_BETWEEN: Final = 0.62  # em of the smallest letters, from word to word
_NARROWER: Final = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
_ONCE: Final = 0.5  # of the largest size, where all words were sent equally often


def words_of(said: Sequence[Statement]) -> tuple[Word, ...]:
    """The words that the room may read, the most frequent first; case doesn't tell two apart.

    Each is spelled as most people spelled it. Who sends one again in a later round counts once.
    """
    same: dict[str, list[Statement]] = {}
    for statement in said:
        same.setdefault(clean(statement.text).casefold(), []).append(statement)
    found = [
        Word(
            Counter(clean(s.text) for s in group).most_common(1)[0][0],
            len({s.author_id or s.id for s in group}) + sum(s.times - 1 for s in group),
        )
        for group in same.values()
    ]
    return tuple(sorted(found, key=lambda word: (-word.times, word.text.casefold())))


def cloud_pages(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Words as they are shown together on the wall; one empty page for none."""
    pages: list[tuple[Word, ...]] = []
    rest = tuple(words)
    while rest and not _fits(rest, _sizes(rest, words, WALL, _paged(words)), WALL):
        sizes = _sizes(rest, words, WALL, _paged(words))
        count = next(i for i in range(len(rest), 0, -1) if i == 1 or _fits(rest[:i], sizes, WALL))
        pages.append(rest[:count])
        rest = rest[count:]
    return (*pages, rest) if rest or not pages else tuple(pages)


def cloud(
    question: KeyQuestion,
    words: Sequence[Word],
    t: Translator,
    *,
    page: Sequence[Word] | None = None,
    accent: str = "c",
    theme: Theme = "light",
    labels: bool = True,
) -> Chart:
    """The words of a question, as `words_of` counts them.

    Args:
        page: the words that are shown, all of them where none are named.
        accent: the cluster's, a name of `workshop.marks`.
        labels: for a page of text; without them for the stage, in the size of `WALL`.
    """
    shown = tuple(words if page is None else page)
    sheet = _DESK if labels else WALL
    sizes = _largest(shown, words, sheet)
    lines = _rows(shown, sizes, sheet)
    height = sum(line.height for line in lines) if labels else sheet.height
    places = list(_places(lines, sheet, height))
    palette = PALETTES[theme]
    layout = frame(palette)
    layout["xaxis"].update(range=[0, sheet.width])
    # As long up as across: letters don't grow with the window, so nor may what is between them.
    layout["yaxis"].update(range=[0, max(height, 1)], scaleanchor="x", scaleratio=1)
    return Chart(
        figure={"data": _traces(places, words, accent_colour(accent, theme), palette, sheet, t)}
        | {"layout": layout},
        title=pick(question.text, t.lang),
        sentence=cloud_sentence([(w.text, w.times) for w in words], t),
        table=_table(words, t),
        height=round(height) + 8,
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word with its size, its width with what stands beside it, and its middle."""

    word: Word
    size: float
    width: float
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[_Placed, ...]
    width: float
    height: float


def _paged(words: Sequence[Word]) -> float:
    """Several pages have one measure: what is larger was sent more often, wherever it stands."""
    return _PAGED if words and words[0].times > 1 else WALL.least


def _sizes(
    shown: Sequence[Word], words: Sequence[Word], sheet: _Sheet, most: float
) -> dict[str, float]:
    """The size of each word: by the root of how often it was sent, so that its area tells."""
    top = max((w.times for w in words), default=1)
    found = {}
    for word in shown:
        share = ((word.times - 1) / (top - 1)) ** 0.5 if top > 1 else 1.0
        least = max(sheet.least, _LEAST * most)
        size = least + (max(most, least) - least) * share
        room = sheet.width - _beside(word, sheet)
        found[word.text] = min(size, room / (width_of(word.text) * _SPARE or 1))
    return found


def _largest(shown: Sequence[Word], words: Sequence[Word], sheet: _Sheet) -> dict[str, float]:
    """Sizes as large as fit on the sheet."""
    if sheet is WALL and tuple(shown) != tuple(words):
        return _sizes(shown, words, sheet, _paged(words))
    most = sheet.most if words and words[0].times > 1 else sheet.most * _ONCE
    while most > sheet.least:
        sizes = _sizes(shown, words, sheet, most)
        if _fits(shown, sizes, sheet):
            return sizes
        most *= _STEP
    return _sizes(shown, words, sheet, sheet.least)


def _fits(shown: Sequence[Word], sizes: dict[str, float], sheet: _Sheet) -> bool:
    return sum(row.height for row in _rows(shown, sizes, sheet)) <= sheet.height


def _beside(word: Word, sheet: _Sheet) -> float:
    """What the number beside a word takes."""
    return width_of(str(word.times)) * sheet.count + 8 if word.times > 1 else 0.0


def _rows(shown: Sequence[Word], sizes: dict[str, float], sheet: _Sheet) -> list[_Row]:
    """Words in lines as they come, the largest first, all lines about as wide.

    No narrower than needed for as many lines: so that the last one has more than one word.
    """
    found = _filled(shown, sizes, sheet, sheet.width)
    for share in _NARROWER:
        narrower = _filled(shown, sizes, sheet, share * sheet.width)
        if len(narrower) > len(found):
            break
        found = narrower
    return found


def _filled(
    shown: Sequence[Word], sizes: dict[str, float], sheet: _Sheet, limit: float
) -> list[_Row]:
    """Lines that are full when the next word would make them wider than that."""
    found: list[list[_Placed]] = []
    used = 0.0
    for word in shown:
        size = sizes[word.text]
        width = width_of(word.text) * size * _SPARE + _beside(word, sheet)
        placed = _Placed(word, size, width)
        gap = _gap(placed, sheet)
        if not found or used + gap + width > limit:
            found.append([])
            used, gap = 0.0, 0.0
        found[-1].append(placed)
        used += gap + width
    return [_row(words, sheet) for words in found]


def _row(words: Sequence[_Placed], sheet: _Sheet) -> _Row:
    width = sum(w.width for w in words) + sum(_gap(w, sheet) for w in words[1:])
    return _Row(tuple(words), width, _LINE * max(w.size for w in words))


def _outwards(count: int) -> list[int]:
    """Places 0..count-1 in the order in which they are filled from the middle."""
    return sorted(range(count), key=lambda place: (abs(2 * place - count + 1), place))


def _gap(placed: _Placed, sheet: _Sheet) -> float:
    """Before a word that isn't the first of its line."""
    return _BETWEEN * max(placed.size, 1.6 * sheet.least)


def _places(rows: Sequence[_Row], sheet: _Sheet, height: float) -> Iterator[_Placed]:
    """The first line in the middle, the next below and above it; in each line the same."""
    ordered: list[_Row] = [rows[0]] * len(rows) if rows else []
    for place, row in zip(_outwards(len(rows)), rows, strict=True):
        ordered[place] = row
    y = (height + sum(row.height for row in ordered)) / 2
    for row in ordered:
        y -= row.height / 2
        yield from _across(row, (sheet.width - row.width) / 2, y, sheet)
        y -= row.height / 2


def _across(row: _Row, x: float, y: float, sheet: _Sheet) -> Iterator[_Placed]:
    ordered = list(row.words)
    for place, word in zip(_outwards(len(ordered)), row.words, strict=True):
        ordered[place] = word
    for before, placed in zip([None, *ordered], ordered, strict=False):
        x += _gap(placed, sheet) if before is not None else 0.0
        yield replace(placed, x=x + placed.width / 2, y=y)
        x += placed.width


def _traces(
    places: Sequence[_Placed],
    words: Sequence[Word],
    colour: str,
    palette: Palette,
    sheet: _Sheet,
    t: Translator,
) -> list[Figure]:
    """One trace of all words, each with how often it came where that was more than once."""
    top = words[0].times if words else 0

    def text(word: Word) -> str:
        if word.times == 1:
            return escape(word.text)
        look = f"font-size:{sheet.count:g}px;color:{palette.muted}"
        return f'{escape(word.text)}<span style="{look}"> {t.number(word.times)}</span>'

    return [
        {
            "type": "scatter",
            "mode": "text",
            "ids": [p.word.text.casefold() for p in places],
            "x": [round(p.x, 1) for p in places],
            "y": [round(p.y, 1) for p in places],
            "text": [text(p.word) for p in places],
            "textposition": "middle center",
            "textfont": {
                "size": [round(p.size, 1) for p in places],
                "color": [colour if p.word.times == top > 1 else palette.ink for p in places],
                "weight": 600,
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _table(words: Sequence[Word], t: Translator) -> Table:
    return Table((t("Word"), t("Sent by")), tuple((w.text, t.number(w.times)) for w in words))
