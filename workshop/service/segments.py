"""Results by group of people: read in one snapshot, computed once for each state of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from workshop.access import require_moderator
from workshop.analysing import Material, level_of, present_in
from workshop.building import SHOWN
from workshop.model import Actor, Agenda, Participant, Round
from workshop.panel import Panel, kinds_of, steps_of
from workshop.ports import Reader
from workshop.results import ClusterRound, WorkshopResults
from workshop.segments import (
    Answers,
    Group,
    GroupLevel,
    SegmentResults,
    Standing,
    answers_by_group,
    count_groups,
    group_level,
    may_have_level,
    standings,
)
from workshop.service.reading import Reading


class Segmenting(Reading):
    """What may be told of the groups of people. For moderators, never for stage or phone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._segmented: dict[str, SegmentResults] = {}
        self._segmented_at: dict[str, int] = {}

    def by_segment(self, actor: Actor, workshop_id: str) -> SegmentResults:
        """The results of all revealed rounds by group, as far as they betray nobody.

        Computed once for each state of revealed answers and groups, whoever asks.
        """
        require_moderator(actor, workshop_id)
        version, _ = self.versions(workshop_id)
        known = self._segmented.get(workshop_id)
        if known is not None and self._segmented_at.get(workshop_id) == version:
            return known
        found = self.store.read(lambda reader: self._segment(reader, workshop_id, known))
        # Of this version, or of a later one: then the next look finds that nothing changed.
        self._segmented[workshop_id], self._segmented_at[workshop_id] = found, version
        return found

    def _segment(
        self, reader: Reader, workshop_id: str, known: SegmentResults | None
    ) -> SegmentResults:
        agenda, results = self._build(reader, workshop_id, SHOWN)
        asked = [r for c in results.clusters for number in c.rounds for r in number.rounds]
        rounds = [r for r in asked if steps_of(agenda.question(r.question_id))]
        participants = reader.participants(workshop_id)
        key = _key(agenda, rounds, participants, reader.count_answers([r.id for r in rounds]))
        if known is not None and known.key == key:
            return known
        groups = count_groups(agenda.workshop.segments, participants)
        rows = reader.answer_rows([r.id for r in rounds]) if len(groups) > 1 else ()
        segments = {p.id: p.segment for p in participants}
        steps = {s.id: steps_of(agenda.question(s.question_id)) for s in agenda.statements}
        answers = answers_by_group(groups, segments, rows, steps)
        return SegmentResults(
            workshop_id=workshop_id,
            key=key,
            groups=groups,
            items=dict(_items(agenda, rounds, groups, answers)),
            levels=dict(_levels(Material(agenda, Panel(rows)), results, groups, segments)),
        )


def _key(
    agenda: Agenda,
    rounds: Sequence[Round],
    participants: Sequence[Participant],
    counts: Mapping[str, int],
) -> str:
    """What the results depend on. Answers to a revealed round are only erased: see their number."""
    asked = [(r, counts.get(r.id, 0), agenda.asked(r)) for r in rounds]
    people = sorted((p.id, p.segment) for p in participants)
    parts = (agenda.workshop.segments, agenda.clusters, agenda.questions, asked, people)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _items(
    agenda: Agenda,
    rounds: Sequence[Round],
    groups: Sequence[Group],
    answers: Mapping[tuple[str, str], Answers],
) -> Iterator[tuple[tuple[str, str], tuple[Standing, ...]]]:
    for round_ in rounds:
        steps = steps_of(agenda.question(round_.question_id))
        for statement in agenda.asked(round_):
            place = (round_.id, statement.id)
            found = standings(groups, answers[place], steps) if place in answers else ()
            if found:
                yield place, found


def _levels(
    material: Material,
    results: WorkshopResults,
    groups: Sequence[Group],
    segments: Mapping[str, str],
) -> Iterator[tuple[tuple[str, int], tuple[GroupLevel, ...]]]:
    if len(groups) < 2:
        return
    for cluster in results.clusters:
        for number in cluster.rounds:
            found = tuple(_level(material, number, group, segments) for group in groups)
            if any(level.index is not None for level in found):
                yield (cluster.cluster.id, number.number), found


def _level(
    material: Material, number: ClusterRound, group: Group, segments: Mapping[str, str]
) -> GroupLevel:
    statements = [i.statement for i in number.items if i.in_index]
    if not statements:
        return group_level(group, None)
    mine = [segments[p] in group.members for p in material.panel.people]
    table = material.table(number.rounds, statements)[mine]
    if not may_have_level((~np.isnan(table)).sum(axis=0).tolist()):
        return group_level(group, None)
    kinds = kinds_of(material.agenda, statements)
    invited = material.agenda.workshop.invited
    return group_level(group, level_of(table, kinds, present_in(number.rounds), invited))
