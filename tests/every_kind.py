"""A workshop with a question of every kind, each with its options, written past the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.rooms import Prepared, Running, prepare
from workshop.access import new_id
from workshop.model import OPERATOR, KeyQuestion, QuestionKind, Round, Scale, Statement, Strand
from workshop.templates import scales

OPTIONS = ("Bäume", "Busse", "Radwege", "Bänke")


@dataclass(frozen=True)
class EveryKind:
    """The workshop, and one question of each kind."""

    room: Prepared
    questions: Mapping[QuestionKind, KeyQuestion]

    def options(self, kind: QuestionKind) -> tuple[str, ...]:
        """The ids of what a question asks, in order."""
        agenda = self.room.agenda
        return tuple(s.id for s in agenda.statements_of(self.questions[kind].id))

    def open(self, kind: QuestionKind) -> Round:
        """Open its next round."""
        return self.room.open(self.questions[kind])

    def reveal(self, kind: QuestionKind) -> None:
        """Close and show it."""
        self.room.service.reveal_round(OPERATOR, self.room.id, self.questions[kind].id)

    def whole(self, token: str, round_: Round, values: Mapping[str, str] | None) -> None:
        """Answer, and wait until it is kept."""
        self.room.service.answer_whole(self.room.id, token, round_.id, values).result()

    def give(self, token: str, round_: Round, values: Sequence[int] | None) -> None:
        """Answer with a number for each option, in order."""
        asked = round_.statement_ids
        typed = None if values is None else dict(zip(asked, map(str, values), strict=True))
        self.whole(token, round_, typed)


def every_kind(
    running: Running, *, choose: int = 1, points: int = 10, backing: int = 3
) -> EveryKind:
    """The small workshop with a question of each kind in its first cluster."""
    room = prepare(running.service)
    known = scales()
    extra: dict[QuestionKind, dict[str, Scale | int | None]] = {
        QuestionKind.WORDS: {"most": 3},
        QuestionKind.PROPOSE: {"most": backing},
        QuestionKind.MATRIX: {"scale": known["importance"], "second": known["feasibility"]},
        QuestionKind.RANK: {},
        QuestionKind.ALLOCATE: {"most": points},
        QuestionKind.CHOOSE: {"most": choose},
    }
    blank = replace(room.collect, scale=None)
    made = {
        kind: replace(blank, id=new_id(), kind=kind, position=50 + place, **fields)  # type: ignore[arg-type]
        for place, (kind, fields) in enumerate(extra.items())
    }

    def write(tx):  # type: ignore[no-untyped-def]
        for question in made.values():
            tx.add_question(question)
            for place, text in enumerate(OPTIONS if not question.is_written else ()):
                tx.add_statement(
                    Statement(
                        new_id(),
                        question.id,
                        text,
                        room.id,
                        Strand.COUNCIL,
                        place,
                        running.service.clock(),
                    )
                )
        tx.touch(room.id, phase=True)

    running.store.write(write)
    return EveryKind(room, {**made, room.rate.kind: room.rate, room.collect.kind: room.collect})
