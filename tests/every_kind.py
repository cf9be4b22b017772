"""A workshop with a question of every kind, each with its options, written past the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.rooms import Prepared, Running, prepare
from workshop.access import new_id
from workshop.model import OPERATOR, KeyQuestion, QuestionKind, Round, Scale, Statement, Strand
from workshop.service import Service
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

    def play(self, people: Sequence[str], turn: int = 0) -> None:
        """A round of every kind that nobody collects or rates in, answered and revealed.

        Most prefer the first option; with each turn some more the last one.
        """
        order = list(range(1, len(self.options(QuestionKind.RANK)) + 1))
        last = [0] * (len(order) - 1)
        most = self.questions[QuestionKind.ALLOCATE].most or 0
        for kind in (QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE):
            round_ = self.open(kind)
            for place, token in enumerate(people):
                turned = place % 4 < turn
                values = {
                    QuestionKind.CHOOSE: [*last, 1] if turned else [1, *last],
                    QuestionKind.RANK: order[::-1] if turned else order,
                    QuestionKind.ALLOCATE: [*last, most] if turned else [most, *last],
                }
                self.give(token, round_, values[kind])
            self.reveal(kind)
        self._place(people, turn)
        self._send(people, turn)

    def _place(self, people: Sequence[str], turn: int) -> None:
        """The first statement high on both axes, the last ones low."""
        round_, service = self.open(QuestionKind.MATRIX), self.room.service
        for person, token in enumerate(people):
            for place, statement in enumerate(round_.statement_ids):
                for axis in (1, 2):
                    step = min(5, max(1, 5 - place - (person + axis) % 2 + turn))
                    service.answer(
                        self.room.id, token, round_.id, statement, str(step), axis=axis
                    ).result()
        self.reveal(QuestionKind.MATRIX)

    def _send(self, people: Sequence[str], turn: int) -> None:
        """One word that everybody sends, in any case, and one of their own."""
        round_ = self.open(QuestionKind.WORDS)
        for person, token in enumerate(people):
            for word in (("Grün", "GRÜN")[person % 2], f"Wort {turn} von {person}"):
                self.room.service.contribute(self.room.id, token, round_.id, None, word).result()
        self.reveal(QuestionKind.WORDS)

    def give(self, token: str, round_: Round, values: Sequence[int] | None) -> None:
        """Answer with a number for each option, in order."""
        asked = round_.statement_ids
        typed = None if values is None else dict(zip(asked, map(str, values), strict=True))
        self.whole(token, round_, typed)


def every_kind(
    running: Running, *, choose: int = 1, points: int = 10, backing: int = 3
) -> EveryKind:
    """The small workshop with a question of each kind in its first cluster."""
    return kinds_in(running.service, choose=choose, points=points, backing=backing)


def kinds_in(
    service: Service,
    *,
    choose: int = 1,
    points: int = 10,
    backing: int = 3,
    options: Sequence[str] = OPTIONS,
) -> EveryKind:
    """The same in any house, with options of one's own."""
    room = prepare(service)
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
            for place, text in enumerate(options if not question.is_written else ()):
                tx.add_statement(
                    Statement(
                        new_id(),
                        question.id,
                        text,
                        room.id,
                        Strand.COUNCIL,
                        place,
                        service.clock(),
                    )
                )
        tx.touch(room.id, phase=True)

    service.store.write(write)
    return EveryKind(room, {**made, room.rate.kind: room.rate, room.collect.kind: room.collect})
