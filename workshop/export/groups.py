"""How many people were of each group: the cells that may be shown (`workshop.segments`)."""

from workshop.segments import OTHER, Group, count_groups, safe_groups

__all__ = ["OTHER", "Group", "count_groups", "safe_groups"]
