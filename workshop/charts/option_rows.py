"""Where the options of a question stand in its figure, one row each: shared by bars and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.analysis import WholeLevel
from workshop.charts.base import centres, wrap
from workshop.charts.paging import SMALLEST_OPTIONS, option_weight
from workshop.i18n import Translator
from workshop.model import QuestionKind
from workshop.sentences import option_words
from workshop.whole import OptionResult, WholeResult

HAIR: Final = 1e-4
"""The length of a bar that stands for nobody: less than can be seen, for one of no length at all
has no shape that could move."""
PALE: Final = 0.5
"""How much colour what does not lead has."""
_LABEL_EM: Final = 46.0
_LINE: Final = 0.95  # units per line of text above a labelled bar
_BELOW: Final = 2.2  # units for the bar below that text
_BELOW_RANKED: Final = 3.0  # … and for columns

Before = Mapping[str, OptionResult]
"""By statement id, an option in the round before."""


@dataclass(frozen=True, slots=True)
class OptionRows:
    """The options of one page.

    Attributes:
        before: each in the round before, None where it wasn't there or nothing may be shown.
        bars: the middle of each row's bar, or of its columns.
        texts: what a labelled figure writes above, escaped; empty without labels.
        total, bottom: the height of all rows, and where the figure ends below them.
    """

    level: WholeLevel
    options: Sequence[OptionResult]
    before: Sequence[OptionResult | None]
    bars: Sequence[float]
    texts: Sequence[str]
    total: float
    bottom: float

    @property
    def ids(self) -> list[str]:
        """By which a row is the same one when the order changes."""
        return [o.statement.id for o in self.options]

    @property
    def leading(self) -> list[bool]:
        """Which options lead, alone or together."""
        leaders = {s.id for s in self.level.leaders}
        return [o.statement.id in leaders for o in self.options]

    @property
    def few(self) -> bool:
        """Whether too few people answered for anything to be drawn."""
        return self.level.result.few


def option_rows(
    level: WholeLevel,
    options: Sequence[OptionResult],
    before: Before,
    t: Translator,
    *,
    labels: bool,
) -> OptionRows:
    """The rows of these options, the first on top; without `labels` as high as their weights."""
    texts: list[str] = []
    weights, below = [option_weight(o) for o in options], 0.0
    if labels:
        below = _BELOW_RANKED if level.result.question.kind is QuestionKind.RANK else _BELOW
        texts = [_text(level, o, t) for o in options]
        weights = [_LINE * (text.count("<br>") + 1) + below for text in texts]
    total = sum(weights) or 1.0
    middles = centres(weights)
    if labels:
        middles = [y - w / 2 + below / 2 for y, w in zip(middles, weights, strict=True)]
    return OptionRows(
        level=level,
        options=options,
        before=[before.get(o.statement.id) for o in options],
        bars=middles,
        texts=texts,
        total=total,
        bottom=0.0 if labels else min(0.0, total - SMALLEST_OPTIONS),
    )


def shown_before(previous: WholeResult | None) -> Before:
    """The options of an earlier round; none where too few answered it."""
    if previous is None or previous.few:
        return {}
    return {o.statement.id: o for o in previous.options}


def _text(level: WholeLevel, option: OptionResult, t: Translator) -> str:
    """The option in bold, and below it what the room gave it; escaped."""
    name = f"<b>{wrap(option.statement.text, _LABEL_EM)}</b>"
    if level.result.few:
        return name
    value, more = option_words(option, level.result.question, t)
    if level.result.question.kind is QuestionKind.RANK:
        value = t("mean place {place}", place=value)
    return f"{name}<br>{wrap(f'{value} · {more}', _LABEL_EM)}"
