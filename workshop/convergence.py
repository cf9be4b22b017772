"""How far a room agrees on a cluster: the convergence index, its interval, what chance would give.

The one place to import the numbers of a cluster from: the measures of one item
(`workshop.measures`), the index (`workshop.items`) and its intervals (`workshop.intervals`).
"""

from __future__ import annotations

from workshop.intervals import change, change_interval, level_interval, matched_people
from workshop.items import ITEM_KINDS, MIN_SHOWN, Item, chance_level, index, item_consensus
from workshop.measures import (
    KendallW,
    blair_lacy,
    consensus_rows,
    kendall_w,
    leik,
    median,
    nominal_consensus,
    tastle_wierman,
    van_der_eijk,
)

__all__ = [
    "ITEM_KINDS",
    "MIN_SHOWN",
    "Item",
    "KendallW",
    "blair_lacy",
    "chance_level",
    "change",
    "change_interval",
    "consensus_rows",
    "index",
    "item_consensus",
    "kendall_w",
    "leik",
    "level_interval",
    "matched_people",
    "median",
    "nominal_consensus",
    "tastle_wierman",
    "van_der_eijk",
]
