"""What the results are worth, computed once for each state of the revealed data."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.access import require_moderator, require_stage
from workshop.analysing import Material, analyse_bounds, analyse_cluster, analyse_whole
from workshop.analysis import Analysis, Bounds, ClusterAnalysis, Groups, WholeLevel
from workshop.building import SHOWN
from workshop.comparing import compare_strands, shared_statements
from workshop.errors import NotFound
from workshop.grouping import find_groups
from workshop.i18n import N_
from workshop.model import (
    Actor,
    Agenda,
    Answer,
    Cluster,
    Participant,
    Round,
    RoundState,
    Statement,
    Strand,
)
from workshop.moderation import LOGGED, LogEntry
from workshop.panel import AnswerRow, Panel
from workshop.ports import Reader
from workshop.results import ClusterResult, WorkshopResults
from workshop.segments import SegmentResults
from workshop.service.counting import matrices, second_columns
from workshop.service.reading import Record
from workshop.service.segments import Segmenting
from workshop.themes import Theme


@dataclass
class _Known:
    """The last analysis of a workshop, and the parts it was made of by what they were made from.

    `phase` is the last at which the analysis was found to hold.
    """

    phase: int = -1
    analysis: Analysis | None = None
    clusters: dict[str, ClusterAnalysis] = field(default_factory=dict)
    groups: dict[str, Groups] = field(default_factory=dict)
    backings: dict[str, tuple[WholeLevel, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Said:
    """What people said, one by one and by group."""

    segments: SegmentResults
    participants: tuple[Participant, ...]
    answers: tuple[Answer, ...]
    contributions: tuple[Statement, ...]
    notes: Mapping[str, str]
    themes: tuple[Theme, ...]
    log: tuple[LogEntry, ...]


class Analysing(Segmenting):
    """Use cases that say what may be said. They take moments, and so never serve a phone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._analyses: dict[str, _Known] = {}
        self._analysing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def analysis(self, actor: Actor, workshop_id: str) -> Analysis:
        """Everything that may be said of the revealed rounds, computed once whoever asks.

        For moderators and stages of the workshop. What is revealed changes with the phase only,
        so an answer to an open round costs nothing here; and of a new phase only what it
        changed is computed.
        """
        require_stage(actor, workshop_id)
        with self._analysing[workshop_id]:
            known = self._analyses.setdefault(workshop_id, _Known())
            _, phase = self.versions(workshop_id)
            if known.analysis is not None and known.phase == phase:
                return known.analysis
            made = self.store.read(lambda reader: self._gather(reader, workshop_id, known))
            known.analysis, known.phase = made.analysis(known), made.agenda.workshop.phase
            return known.analysis

    def bounds(
        self, actor: Actor, workshop_id: str, cluster_id: str, first: int, second: int
    ) -> Bounds:
        """What those who did not vote again could make of the change of a cluster.

        Raises:
            NotFound: when the workshop has no such cluster.
        """
        require_moderator(actor, workshop_id)
        made = self.store.read(lambda reader: self._gather(reader, workshop_id, _Known()))
        result = next((c for c in made.results.clusters if c.cluster.id == cluster_id), None)
        if result is None:
            raise NotFound("no-cluster", N_("There is no such cluster in this workshop."))
        return analyse_bounds(made.material, result, first, second)

    def record(self, actor: Actor, workshop_id: str) -> Record:
        """Everything for the export, of one snapshot. For moderators."""
        require_moderator(actor, workshop_id)

        def look(reader: Reader) -> tuple[_Gathered, _Said]:
            made = self._gather(reader, workshop_id, known)
            revealed = [r.id for r in made.agenda.rounds if r.state is RoundState.REVEALED]
            return made, _Said(
                segments=self._segment(reader, workshop_id, self._segmented.get(workshop_id)),
                participants=tuple(reader.participants(workshop_id)),
                answers=tuple(reader.answers(revealed)),
                contributions=tuple(reader.contributions(workshop_id)),
                notes=reader.notes(workshop_id),
                themes=tuple(reader.themes(workshop_id)),
                log=tuple(reader.log(workshop_id, LOGGED)),
            )

        with self._analysing[workshop_id]:
            known = self._analyses.setdefault(workshop_id, _Known())
            made, said = self.store.read(look)
            return Record(
                agenda=made.agenda,
                results=made.results,
                analysis=made.analysis(known),
                segments=said.segments,
                participants=said.participants,
                answers=said.answers,
                contributions=said.contributions,
                notes=said.notes,
                themes=said.themes,
                log=said.log,
            )

    def _gather(self, reader: Reader, workshop_id: str, known: _Known) -> _Gathered:
        """All that an analysis is made of, of one snapshot; answers only where some are new."""
        agenda, results = self._build(reader, workshop_id, SHOWN)
        rounds = _rounds(agenda)
        counts = reader.count_answers([r.id for r in rounds])
        given = reader.opinion_groups(workshop_id)
        keys = {c.cluster.id: _key(agenda, counts, c.cluster) for c in results.clusters}
        groups_key = f"{_key(agenda, counts)}-{len(given)}"
        stale = [c.cluster for c in results.clusters if keys[c.cluster.id] not in known.clusters]
        rows = _rows(reader, agenda, rounds, stale, groups_key not in known.groups)
        material = Material(agenda, Panel(rows))
        return _Gathered(agenda, results, material, given, keys, groups_key)


@dataclass(frozen=True)
class _Gathered:
    """One snapshot, and under which keys its parts may be known already."""

    agenda: Agenda
    results: WorkshopResults
    material: Material
    given: Mapping[str, int]
    keys: Mapping[str, str]
    groups_key: str

    def analysis(self, known: _Known) -> Analysis:
        """The analysis; what it is made of is known from now on, and nothing else."""
        known.clusters = {
            self.keys[c.cluster.id]: known.clusters.get(self.keys[c.cluster.id]) or self._cluster(c)
            for c in self.results.clusters
        }
        groups = known.groups.get(self.groups_key) or find_groups(self.material, self.given)
        known.groups = {self.groups_key: groups}
        backings = known.backings.get(self.groups_key) or tuple(
            analyse_whole(self.material, backing) for backing in self.results.backings
        )
        known.backings = {self.groups_key: backings}
        return Analysis(
            workshop_id=self.agenda.workshop.id,
            strand=self.agenda.workshop.strand,
            key=_hash((*known.clusters, self.groups_key)),
            clusters=tuple(known.clusters.values()),
            groups=groups,
            backings=backings,
        )

    def _cluster(self, result: ClusterResult) -> ClusterAnalysis:
        strands = compare_strands(self.material, result.cluster)
        return replace(analyse_cluster(self.material, result), strands=strands)


def _rows(
    reader: Reader, agenda: Agenda, rounds: list[Round], stale: list[Cluster], groups: bool
) -> Sequence[AnswerRow]:
    """The answers that are new: of stale clusters, and all of the workshop for new groups.

    Of other workshops only those to statements of both strands: a council that rated twelve
    need not read all that a thousand citizens said of five hundred.
    """
    owners = {c.id for c in stale}
    mine = {q.id for q in agenda.questions if q.cluster_id in owners}
    own = [r for r in rounds if r.workshop_id == agenda.workshop.id]
    wanted = [r.id for r in own if groups or r.question_id in mine]
    others = [r.id for r in rounds if r not in own and r.question_id in mine]
    shared = [s.id for c in stale for s in shared_statements(agenda, c)]
    second = reader.second_rows(matrices(agenda, [r for r in own if r.id in set(wanted)]))
    return [
        *reader.answer_rows(wanted),
        *second_columns(second),
        *reader.answer_rows(others, shared),
    ]


def _rounds(agenda: Agenda) -> list[Round]:
    """Every revealed round of the process that asked statements."""
    revealed = [r for strand in Strand for r in agenda.revealed_in(strand)]
    return [r for r in revealed if r.statement_ids]


def _key(agenda: Agenda, counts: Mapping[str, int], cluster: Cluster | None = None) -> str:
    """What the analysis of a cluster depends on, or without one, that of the workshop alone.

    Answers to a revealed round don't change, they are only erased: their number tells.
    """
    mine = {q.id for q in agenda.questions if cluster is None or q.cluster_id == cluster.id}
    own = agenda.workshop.id
    rounds = [
        (r, counts.get(r.id, 0), agenda.asked(r))
        for r in _rounds(agenda)
        if r.question_id in mine and (cluster is not None or r.workshop_id == own)
    ]
    questions = [q for q in agenda.questions if q.id in mine]
    invited = [agenda.workshop.invited, *((m.workshop_id, m.invited) for m in agenda.meetings)]
    return _hash((own, cluster, questions, rounds, invited, agenda.process.agreed_share))


def _hash(parts: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
