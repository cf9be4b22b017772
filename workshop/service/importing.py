"""Bringing in what was answered elsewhere: a Polis conversation becomes a workshop that is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from workshop import templates
from workshop.access import hash_token, new_id, new_token, require_moderator
from workshop.answers import MAX_TEXT, tidied
from workshop.errors import NotFound, Refused
from workshop.i18n import N_, languages, translator
from workshop.model import (
    Actor,
    Agenda,
    Answer,
    KeyQuestion,
    LocalText,
    Participant,
    QuestionKind,
    Round,
    RoundState,
    Stage,
    StageView,
    Statement,
    Strand,
    Workshop,
)
from workshop.polis import PolisExport, PolisPerson, read_export
from workshop.ports import Tx
from workshop.service.base import Base
from workshop.service.preparing import free_join_code

SCALE: Final = "stance"
"""The scale of agree, neutral and disagree; what both strands answer on it can be compared."""

STEPS: Final[Mapping[int, int]] = {1: 3, 0: 2, -1: 1}
"""Agree, pass and disagree on it: who passes is neutral, and has not abstained."""

QUESTION: Final = N_("Do you agree with these statements?")
NOBODY: Final = "none"
"""The group of people of whom none is known."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of an export is not in the workshop.

    Statements that were moderated out, that are empty, that repeat another one word by word;
    the votes on all of these; and the people who gave no others.
    """

    moderated: int
    empty: int
    repeated: int
    votes: int
    people: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an export. `statements` are the ids here by Polis' ids, in their order.

    `groups` is how many people each opinion group has, `shortened` how many statements were
    too long, `again` a workshop of the strand that holds the very same already, if there is one.
    """

    process_id: str
    workshop_id: str
    cluster_id: str
    strand: Strand
    question_id: str
    round_id: str
    people: int
    statements: Mapping[int, str]
    votes: int
    shortened: int
    left_out: LeftOut
    groups: Mapping[int, int]
    again: str | None


@dataclass(frozen=True)
class _Kept:
    """What is taken over of an export: texts by Polis' ids, most votes first, and who voted."""

    texts: Mapping[int, str]
    people: tuple[PolisPerson, ...]
    votes: int
    shortened: int
    left_out: LeftOut


class Importing(Base):
    """Making workshops of conversations that were held elsewhere."""

    def import_polis(
        self,
        actor: Actor,
        source: PolisExport | Path,
        process_id: str,
        cluster_id: str,
        strand: Strand,
        title: str | None = None,
    ) -> Imported:
        """A Polis export, or the folder of one, as one more workshop of a process, which is over.

        Its statements go to the cluster's question on agreement, which is made where there is
        none; one that is there in the same words is the same statement. Every person who voted
        on one of them becomes a pseudonym, every vote an answer of one revealed round. All of it
        is kept, or nothing. `title` is the conversation's topic where none is given.

        Raises:
            PolisError: when the folder is no export.
            Forbidden: for whoever may not moderate all workshops.
            NotFound: for an unknown process or cluster.
            Refused: when the export has no topic and no title is given, or no vote to take over.
        """
        require_moderator(actor, None)
        export = read_export(source) if isinstance(source, Path) else source
        name = tidied(title or export.topic)[:MAX_TEXT]
        if not name:
            raise Refused(
                "no-title",
                N_("This conversation names no topic: please give the workshop a title."),
            )
        kept = _keep(export)
        if not kept.people:
            raise Refused("no-votes", N_("Nobody voted on a statement that could be taken over."))

        def run(tx: Tx) -> Imported:
            sibling = next((w for w in tx.workshops() if w.process_id == process_id), None)
            agenda = tx.agenda(sibling.id) if sibling else None
            if agenda is None:
                raise NotFound("no-process", N_("There is no such process."))
            if agenda.cluster(cluster_id) is None:
                raise NotFound("no-cluster", N_("There is no such cluster in this process."))
            return self._import(tx, agenda, cluster_id, strand, name, kept)

        return self.store.write(run)

    def _import(
        self, tx: Tx, agenda: Agenda, cluster_id: str, strand: Strand, name: str, kept: _Kept
    ) -> Imported:
        now = self.clock()
        workshop = replace(
            agenda.workshop,
            id=new_id(),
            strand=strand,
            title=dict.fromkeys(languages(), name),
            join_code=free_join_code(tx),
            invited=None,
            locked=False,
            ended=True,
            version=1,
            phase=1,
            stage=Stage(StageView.THANKS),
            created_at=now,
        )
        tx.add_workshop(workshop)
        question = _question(agenda, cluster_id)
        if agenda.question(question.id) is None:
            tx.add_question(question)
        ids = self._put_texts(tx, agenda, workshop, question, kept.texts)
        round_ = Round(
            id=new_id(),
            workshop_id=workshop.id,
            question_id=question.id,
            number=1,
            state=RoundState.REVEALED,
            statement_ids=tuple(ids.values()),
            opened_at=now,
            closed_at=now,
            revealed_at=now,
            present=len(kept.people),
        )
        tx.add_round(round_)
        people = self._put_people(tx, workshop, kept.people)
        tx.put_answers(
            (
                Answer(round_.id, participant.id, ids[key], STEPS[vote])
                for person, participant in zip(kept.people, people, strict=True)
                for key, vote in person.votes.items()
                if key in ids
            ),
            now,
        )
        tx.touch_process(workshop.process_id)
        return Imported(
            process_id=workshop.process_id,
            workshop_id=workshop.id,
            cluster_id=cluster_id,
            strand=strand,
            question_id=question.id,
            round_id=round_.id,
            people=len(people),
            statements=ids,
            votes=kept.votes,
            shortened=kept.shortened,
            left_out=kept.left_out,
            groups=_sizes(kept.people),
            again=_same_again(tx, agenda, workshop, round_, kept.votes),
        )

    def _put_texts(
        self,
        tx: Tx,
        agenda: Agenda,
        workshop: Workshop,
        question: KeyQuestion,
        texts: Mapping[int, str],
    ) -> dict[int, str]:
        """The ids here of these texts; who looks for one that is there finds it again."""
        there: dict[str, str] = {}
        for statement in agenda.statements_of(question.id):
            there.setdefault(statement.text, statement.id)
        position, ids = tx.next_position(question.id), {}
        for key, text in texts.items():
            ids[key] = there.get(text) or new_id()
            if text in there:
                continue
            tx.add_statement(
                Statement(
                    id=ids[key],
                    question_id=question.id,
                    text=text,
                    workshop_id=workshop.id,
                    strand=workshop.strand,
                    position=position,
                    created_at=workshop.created_at,
                )
            )
            position += 1
        return ids

    def _put_people(
        self, tx: Tx, workshop: Workshop, people: Sequence[PolisPerson]
    ) -> list[Participant]:
        """A pseudonym for each, in their order; nobody has a token, so nobody can come back."""
        now = workshop.created_at
        found = [
            Participant(new_id(), workshop.id, number, NOBODY, now, now, person.group)
            for number, person in enumerate(people, 1)
        ]
        tx.add_participants(workshop.id, [(p, hash_token(new_token(), workshop.id)) for p in found])
        return found


def _keep(export: PolisExport) -> _Kept:
    """Texts and votes that are taken over; of equal texts the one with most votes."""
    texts: dict[int, str] = {}
    taken: set[str] = set()
    shortened = empty = repeated = 0
    for statement in export.most_voted():
        text = tidied(statement.text)
        if not text:
            empty += 1
        elif (short := _short(text)) in taken:
            repeated += 1
        else:
            texts[statement.id] = short
            taken.add(short)
            shortened += short != text
    people = tuple(p for p in export.people if not texts.keys().isdisjoint(p.votes))
    votes = sum(1 for p in people for key in p.votes if key in texts)
    left_out = LeftOut(
        moderated=sum(1 for s in export.statements if s.moderated < 0),
        empty=empty,
        repeated=repeated,
        votes=sum(len(p.votes) for p in export.people) - votes,
        people=len(export.people) - len(people),
    )
    return _Kept(texts, people, votes, shortened, left_out)


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1].rstrip() + "…"


def _question(agenda: Agenda, cluster_id: str) -> KeyQuestion:
    """The cluster's question on agreement, or a new one after its others."""
    scale = templates.scales()[SCALE]
    beside = [q for q in agenda.questions if q.cluster_id == cluster_id]
    for question in beside:
        mine = question.scale
        if mine is not None and (mine.name, mine.steps) == (scale.name, scale.steps):
            return question
    return KeyQuestion(
        id=new_id(),
        process_id=agenda.process.id,
        cluster_id=cluster_id,
        kind=QuestionKind.RATE,
        text=_in_all_languages(QUESTION),
        help={},
        minutes=10,
        position=max((q.position for q in beside), default=-1) + 1,
        scale=scale,
    )


def _in_all_languages(msgid: str) -> LocalText:
    return {lang: translator(lang)(msgid) for lang in languages()}


def _sizes(people: Sequence[PolisPerson]) -> dict[int, int]:
    """How many people each opinion group has, by its number."""
    return dict(sorted(Counter(p.group for p in people if p.group is not None).items()))


def _same_again(
    tx: Tx, agenda: Agenda, workshop: Workshop, round_: Round, votes: int
) -> str | None:
    """Another workshop of the strand in which as many people gave as many votes on the same."""
    candidates = [
        r
        for r in agenda.revealed_in(workshop.strand, round_.question_id)
        if set(r.statement_ids) == set(round_.statement_ids) and r.present == round_.present
    ]
    counts = tx.count_answers([r.id for r in candidates])
    return next((r.workshop_id for r in candidates if counts[r.id] == votes), None)
