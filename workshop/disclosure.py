"""What can be worked out from a table of which everybody knows the sums, and some bounds.

A table counts people: a row per group, a column per answer. Its sums are known anyway (the size
of a group, the result of the whole room). Published are bounds: how many of a group gave one of
several answers at least, and at most. What follows from all of it together is exactly the set of
tables with these sums within these bounds; since they are the flows of a network, how far a
single number may move is a question of routes in it (Ford and Fulkerson 1956). So this finds
whatever subtraction there is, over any number of groups and answers, and not only the obvious.

Sources
    Ford, L. R., & Fulkerson, D. R. (1956). Maximal flow through a network. Canadian Journal of
        Mathematics, 8.
    Gusfield, D. (1988). A graph theoretic approach to statistical data security. SIAM Journal on
        Computing, 17(3).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workshop.items import MIN_SHOWN

Node = tuple[str, int, int]
Room = dict[Node, dict[Node, int]]
"""How much more can flow from a node to another."""


OPEN: Final = 3
"""So many numbers of people must remain possible where all of them are small ones."""


def betrays(
    table: Sequence[Sequence[int]],
    parts: Sequence[Sequence[int]],
    bounds: Sequence[Sequence[tuple[int, int]]],
) -> bool:
    """Whether somebody can be sure of a set of one to four people of one group.

    That is: of some group, how many gave some answer (or one of the answers of a part), or how
    many did not, can only be one or two numbers, from 1 to 4 both. If it can be none as well, or
    five, or at least `OPEN` different numbers, nobody is betrayed.

    Args:
        table: groups × answers, the true numbers of people.
        parts: every column of it once, put together as bounds are published for them.
        bounds: groups × parts, (least, most) as published; (0, the group's size) for nothing.
    """
    room = _network(table, parts, bounds)
    for start, end, flow, size in _numbers(table, parts):
        for people, more, less in (
            (flow, (start, end), (end, start)),
            (size - flow, (end, start), (start, end)),
        ):
            if 0 < people < MIN_SHOWN:
                up = _reach(room, *more, MIN_SHOWN - people)
                down = _reach(room, *less, people)
                small = people + up < MIN_SHOWN and people - down > 0
                if small and up + down + 1 < OPEN:
                    return True
    return False


def _network(
    table: Sequence[Sequence[int]],
    parts: Sequence[Sequence[int]],
    bounds: Sequence[Sequence[tuple[int, int]]],
) -> Room:
    """Groups → parts of each group → answers, with the true numbers flowing."""
    room: Room = {}

    def arc(start: Node, end: Node, flow: int, least: int, most: int) -> None:
        room.setdefault(start, {})[end] = most - flow
        room.setdefault(end, {})[start] = flow - least

    for g, row in enumerate(table):
        for p, (columns, (least, most)) in enumerate(zip(parts, bounds[g], strict=True)):
            arc(("group", g, 0), ("part", g, p), sum(row[c] for c in columns), least, most)
            for c in columns:
                arc(("part", g, p), ("answer", 0, c), row[c], 0, sum(row))
    return room


def _numbers(
    table: Sequence[Sequence[int]], parts: Sequence[Sequence[int]]
) -> Iterator[tuple[Node, Node, int, int]]:
    """Each number that might be worked out: the arc it flows along, it, the size of its group."""
    for g, row in enumerate(table):
        for p, columns in enumerate(parts):
            whole = sum(row[c] for c in columns)
            yield ("group", g, 0), ("part", g, p), whole, sum(row)
            if len(columns) > 1:
                for c in columns:
                    yield ("part", g, p), ("answer", 0, c), row[c], sum(row)


def _reach(room: Mapping[Node, Mapping[Node, int]], start: Node, end: Node, by: int) -> int:
    """How far the flow from start to end can grow, up to `by`, all sums and bounds kept.

    What flows more along this arc must flow back some other way. Against the arc it is the
    same: the flow the other way round shrinks.
    """
    left = {node: dict(nexts) for node, nexts in room.items()}
    by = min(by, left[start].pop(end))
    del left[end][start]
    grown = 0
    while grown < by and (way := _way(left, end, start)):
        step = min(by - grown, *(left[a][b] for a, b in way))
        for a, b in way:
            left[a][b] -= step
            left[b][a] += step
        grown += step
    return grown


def _way(room: Room, start: Node, end: Node) -> list[tuple[Node, Node]]:
    """A shortest way from start to end with room on every part of it; empty where there is none."""
    came: dict[Node, Node] = {start: start}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following, free in room[node].items():
            if free > 0 and following not in came:
                came[following] = node
                queue.append(following)
        if end in came:
            break
    if end not in came:
        return []
    way = []
    while end != start:
        way.append((came[end], end))
        end = came[end]
    return way
