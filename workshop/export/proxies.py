"""Whose answers the moderation entered: how many always, which ones only among enough people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from workshop.items import MIN_SHOWN
from workshop.service.reading import Record


def people(record: Record) -> int:
    """How many people without a phone there are."""
    return sum(p.proxy for p in record.participants)


def answers(record: Record) -> int:
    """How many answers of revealed rounds were entered for them."""
    without = {p.id for p in record.participants if p.proxy}
    return sum(a.participant_id in without for a in record.answers)


def entered(record: Record) -> Mapping[str, bool | None]:
    """By participant who answered, whether the moderation entered it.

    None for all where fewer than five of them have no phone, or fewer than five have one: who is
    in the room and has no phone is known to everybody there, and so would be what they said.
    """
    proxies = {p.id: p.proxy for p in record.participants}
    gave = {a.participant_id for a in record.answers if a.participant_id in proxies}
    kinds = Counter(proxies[p] for p in gave)
    told = not kinds[True] or min(kinds[True], kinds[False]) >= MIN_SHOWN
    return {p: proxies[p] if told else None for p in gave}
