"""How many people have to answer for a result to be shown: here, and passed on from here."""

from __future__ import annotations

from workshop.items import MIN_SHOWN
from workshop.model import Workshop


def least_shown(workshop: Workshop) -> int:
    """Five; in a rehearsal, which is marked as one and wiped, whoever answers.

    What compares this workshop with others, and what is said of groups, keeps to five always:
    other people's answers are in it, or few of one kind would be told apart.
    """
    return 1 if workshop.rehearsal else MIN_SHOWN
