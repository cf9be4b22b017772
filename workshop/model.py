"""The words of a workshop: frozen dataclasses, joined with those of `kinds` and `people`.

Every other file speaks in these words; so do the screens, the exports and the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workshop.kinds import SCALED as SCALED
from workshop.kinds import STEPS as STEPS
from workshop.kinds import WHOLE as WHOLE
from workshop.kinds import WRITTEN as WRITTEN
from workshop.kinds import Aspect as Aspect
from workshop.kinds import QuestionKind as QuestionKind
from workshop.kinds import Role as Role
from workshop.kinds import RoundState as RoundState
from workshop.kinds import StageView as StageView
from workshop.kinds import Strand as Strand
from workshop.people import Answer as Answer
from workshop.people import Draft as Draft
from workshop.people import Participant as Participant
from workshop.people import Room as Room

LocalText = Mapping[str, str]
"""A text by language code, for example ``{"de": "Mobilität", "en": "Mobility"}``."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `workshop_id` narrows the right to one workshop; None means all of them."""

    role: Role
    workshop_id: str | None = None


OPERATOR = Actor(Role.OPERATOR)
VISITOR = Actor(Role.VISITOR)


@dataclass(frozen=True, slots=True)
class Process:
    """The strategy process that outlives one evening.

    `agreed_share` is the share of answers on one side that the process calls agreement, above
    one half; it is fixed before the first round.
    """

    id: str
    title: LocalText
    guiding_idea: LocalText
    template: str
    agreed_share: float = 0.75


@dataclass(frozen=True, slots=True)
class Cluster:
    """A theme of the process. `accent` and `mark` name an entry of `workshop.marks`."""

    id: str
    process_id: str
    name: LocalText
    accent: str
    mark: str
    position: int
    cross_cutting: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The ordered answers of a rating question; an answer is 1..len(labels)."""

    name: str
    labels: tuple[LocalText, ...]

    @property
    def steps(self) -> int:
        """How many answers there are (k)."""
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What is asked inside a cluster, or a step of the running order that asks nothing.

    `scale` is set where statements are rated, `second` is the other axis of a matrix. `most` is how
    much one person may give: options to choose, points to allocate, words to write, and of what was
    collected or proposed, how many contributions of others to back (None: no backing). `origin_id`
    is the proposal that the question was made of.
    """

    id: str
    process_id: str
    cluster_id: str
    kind: QuestionKind
    text: LocalText
    help: LocalText
    minutes: int
    position: int
    scale: Scale | None = None
    second: Scale | None = None
    most: int | None = None
    origin_id: str | None = None

    @property
    def is_written(self) -> bool:
        """Whether people write to it."""
        return self.kind in WRITTEN

    @property
    def is_step(self) -> bool:
        """Whether it asks nothing: a welcome, an input, a talk, a break."""
        return self.kind in STEPS

    @property
    def asks_statements(self) -> bool:
        """Whether it asks about statements, or options, that are there before it is opened."""
        return not self.is_step and not self.is_written

    @property
    def is_whole(self) -> bool:
        """Whether its statements are options that are answered together."""
        return self.kind in WHOLE

    def asked_in(self, round_: Round | None) -> KeyQuestion:
        """The question as a round asks it.

        A round of a written question that asks statements lets people back what was written: they
        choose from it.
        """
        if round_ is not None and round_.statement_ids and self.is_written:
            return replace(self, kind=QuestionKind.CHOOSE)
        return self


@dataclass(frozen=True, slots=True)
class Stage:
    """What the stage shows, as kept in the database so that every projector agrees."""

    view: StageView = StageView.LOBBY
    question_id: str | None = None
    qr: bool = True
    page: int = 0
    black: bool = False


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the stage keeps while the moderator goes on: its view, and who was there, at a moment.

    See `workshop.freezing` for what else of that moment it keeps.
    """

    stage: Stage
    at: datetime
    room: Room


@dataclass(frozen=True, slots=True)
class Workshop:
    """One live meeting of one strand.

    `version` grows with every committed change, `phase` only with those that a phone must
    hear of (rounds, statements, stage, door), never with a single answer. A timer that has
    ended stays until it is stopped. In a `rehearsal` nothing counts, and all of it is wiped before
    the real start; in a `moderated` one contributions wait until the moderator lets them pass.
    """

    id: str
    process_id: str
    strand: Strand
    title: LocalText
    join_code: str
    segments: tuple[str, ...]
    invited: int | None
    locked: bool
    ended: bool
    version: int
    phase: int
    stage: Stage
    created_at: datetime
    frozen: Frozen | None = None
    timer_ends_at: datetime | None = None
    rehearsal: bool = False
    rehearsed_since: datetime | None = None
    moderated: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One contribution, or one statement to be rated, with its origin.

    `workshop_id`, `strand`, `round_id` say where it came from; `source_id` is the contribution
    (or earlier wording) it was made of; `original_text` the first wording where a typo was mended.
    `author_id` is the pseudonym of the participant, None for the moderator. A contribution that
    is `waiting` was not let pass yet; one `merged_into_id` another is shown as that one, and keeps
    its own origin; `theme_id` is the name that the moderator put it under. What is shown to the
    room says in `times` how many contributions it stands for; that isn't kept.
    """

    id: str
    question_id: str
    text: str
    workshop_id: str
    strand: Strand
    position: int
    created_at: datetime
    aspect: Aspect | None = None
    round_id: str | None = None
    author_id: str | None = None
    source_id: str | None = None
    original_text: str | None = None
    hidden: bool = False
    hidden_reason: str | None = None
    waiting: bool = False
    pinned: bool = False
    merged_into_id: str | None = None
    theme_id: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One opening of a key question in one workshop. `statement_ids` are what was asked.

    `present` is how many were there when it closed, None where that was not kept.
    """

    id: str
    workshop_id: str
    question_id: str
    number: int
    state: RoundState
    statement_ids: tuple[str, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    revealed_at: datetime | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another workshop of the same process, with its revealed rounds and nothing else."""

    workshop_id: str
    strand: Strand
    title: LocalText
    invited: int | None
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """Everything about a workshop that does not change with a single answer.

    `statements` are those to be rated; contributions come in one by one like answers, and are
    read where they are needed. `meetings` are the other workshops of the process, of both
    strands. Immutable, shared between threads, cached by `phase`.
    """

    workshop: Workshop
    process: Process
    clusters: tuple[Cluster, ...]
    questions: tuple[KeyQuestion, ...]
    statements: tuple[Statement, ...]
    rounds: tuple[Round, ...]
    meetings: tuple[Meeting, ...] = ()
    _by_id: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for group in (self.clusters, self.questions, self.statements, self.rounds):
            for thing in group:
                self._by_id[thing.id] = thing

    def _get(self, kind: type, key: str | None) -> object | None:
        thing = self._by_id.get(key) if key else None
        return thing if isinstance(thing, kind) else None

    def cluster(self, cluster_id: str) -> Cluster | None:
        """The cluster of that id, or None."""
        found = self._get(Cluster, cluster_id)
        return found if isinstance(found, Cluster) else None

    def question(self, question_id: str | None) -> KeyQuestion | None:
        """The key question of that id, or None."""
        found = self._get(KeyQuestion, question_id)
        return found if isinstance(found, KeyQuestion) else None

    def statement(self, statement_id: str | None) -> Statement | None:
        """The statement of that id, or None."""
        found = self._get(Statement, statement_id)
        return found if isinstance(found, Statement) else None

    def round(self, round_id: str | None) -> Round | None:
        """The round of that id, or None."""
        found = self._get(Round, round_id)
        return found if isinstance(found, Round) else None

    def rounds_of(self, question_id: str) -> tuple[Round, ...]:
        """The rounds of a question in this workshop, first to last."""
        mine = (r for r in self.rounds if r.question_id == question_id)
        return tuple(sorted(mine, key=lambda r: r.number))

    def latest_round(self, question_id: str | None) -> Round | None:
        """The last round of a question, whatever its state."""
        rounds = self.rounds_of(question_id) if question_id else ()
        return rounds[-1] if rounds else None

    def revealed_round(self, question_id: str | None) -> Round | None:
        """The last revealed round of a question."""
        rounds = self.rounds_of(question_id) if question_id else ()
        shown = [r for r in rounds if r.state is RoundState.REVEALED]
        return shown[-1] if shown else None

    def revealed_ids(self, question_id: str) -> frozenset[str]:
        """The ids of a question's revealed rounds: what was said in others is nobody's yet."""
        rounds = self.rounds_of(question_id)
        return frozenset(r.id for r in rounds if r.state is RoundState.REVEALED)

    def revealed_in(self, strand: Strand, question_id: str | None = None) -> tuple[Round, ...]:
        """The revealed rounds of a strand, of this workshop and of all others of the process.

        With a question only its own.
        """
        found = [r for m in self.meetings if m.strand is strand for r in m.rounds]
        if self.workshop.strand is strand:
            found = [r for r in self.rounds if r.state is RoundState.REVEALED] + found
        return tuple(r for r in found if question_id in (None, r.question_id))

    def in_both_strands(self, question_id: str | None) -> bool:
        """Whether both strands rated one and the same statement of a question, and saw it."""
        question = self.question(question_id)
        if question is None or question.kind is not QuestionKind.RATE:
            return False
        asked = [
            {s.id for r in self.revealed_in(strand, question_id) for s in self.asked(r)}
            for strand in Strand
        ]
        return bool(set.intersection(*asked))

    @property
    def open_round(self) -> Round | None:
        """The one round that takes answers now."""
        return next((r for r in self.rounds if r.state is RoundState.OPEN), None)

    def statements_of(self, question_id: str, *, hidden: bool = False) -> tuple[Statement, ...]:
        """The statements to be rated of a question, in order; hidden ones only when asked for."""
        return tuple(
            s for s in self.statements if s.question_id == question_id and (hidden or not s.hidden)
        )

    def asked(self, round_: Round) -> tuple[Statement, ...]:
        """The statements of a round that are not hidden, in the order they were asked."""
        found = (self.statement(sid) for sid in round_.statement_ids)
        return tuple(s for s in found if s is not None and not s.hidden)
