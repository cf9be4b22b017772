"""The demo: a workshop with example statements, and somebody who moderates it gently.

It drives the same use cases as the console, so whoever opens the console beside it can take
over at any time: what the script then may not do it leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workshop import templates
from workshop.agenda import has_moves, is_askable, running_order
from workshop.errors import Refused
from workshop.i18n import DEFAULT, pick
from workshop.model import (
    OPERATOR,
    SCALED,
    Agenda,
    KeyQuestion,
    QuestionKind,
    RoundState,
    StageView,
    Strand,
)
from workshop.service import Service
from workshop.service.preparing import Created

TEMPLATE: Final = "smart-kassel-council"


DOING: Final = {
    QuestionKind.COLLECT: "collecting",
    QuestionKind.PROPOSE: "proposing questions",
    QuestionKind.WORDS: "sending words",
    QuestionKind.RATE: "rating",
    QuestionKind.MATRIX: "rating on two axes",
    QuestionKind.RANK: "putting in order",
    QuestionKind.ALLOCATE: "giving points",
    QuestionKind.CHOOSE: "choosing",
}
"""What a room does in a round, as the script says it."""

CITIZENS: Final = templates.FOLDER / "klimarat-energie"
"""A real conversation of citizens; what it is called, and the key of the cluster it is about."""
CITIZENS_TITLE: Final = "Klimarat Österreich: Energie"
CITIZENS_CLUSTER: Final = "energy"


def make_demo(service: Service) -> Created:
    """A council's workshop with statements to be rated, and what citizens said to one cluster."""
    made = service.create_workshop(OPERATOR, TEMPLATE)
    agenda = service.agenda(OPERATOR, made.workshop_id)
    said = templates.examples(TEMPLATE)
    keys = [c.key for c in templates.load(TEMPLATE).clusters]
    for question in running_order(agenda):
        cluster = agenda.cluster(question.cluster_id)
        if question.kind is not QuestionKind.RATE or cluster is None:
            continue
        examples = said.get(keys[cluster.position])
        for text in examples.statements if examples else ():
            service.add_statement(OPERATOR, made.workshop_id, question.id, pick(text, DEFAULT))
    cluster = agenda.clusters[keys.index(CITIZENS_CLUSTER)]
    service.import_polis(
        OPERATOR, CITIZENS, made.process_id, cluster.id, Strand.CITIZENS, CITIZENS_TITLE
    )
    return made


def demo_if_empty(service: Service) -> None:
    """A demo workshop for who has just installed this; nothing where there is a workshop."""
    if not service.workshops(OPERATOR):
        make_demo(service)


@dataclass(frozen=True)
class Script:
    """How a moderator would run the demo; `pace` stretches the waiting, 0 for none."""

    service: Service
    workshop_id: str
    phones: int
    pace: float
    say: Callable[[str], None]

    async def play(self) -> None:
        """From the lobby to the last cluster; returns when the story is told."""
        await self._gathered()
        order = running_order(await self._agenda())
        for cluster_id in dict.fromkeys(q.cluster_id for q in order):
            if (await self._agenda()).workshop.ended:
                self.say("The workshop has ended.")
                return
            for question in (q for q in order if q.cluster_id == cluster_id):
                if not is_askable(await self._agenda(), question):
                    continue  # a step without a question, or nothing to answer yet
                for _ in range(2 if question.kind is QuestionKind.RATE else 1):
                    await self._round(question)
                await self._compared(question)
            await self._show(StageView.CLUSTERS)
            await self._wait(12)

    async def _gathered(self) -> None:
        """Wait for the people, but not for ever."""
        self.say(f"Lobby: {self.phones} phones are joining.")
        for _ in range(60):
            room = await asyncio.to_thread(self.service.room, OPERATOR, self.workshop_id)
            if room.joined >= self.phones:
                break
            await asyncio.sleep(0.5)
        await self._wait(4)

    async def _round(self, question: KeyQuestion) -> None:
        """Open, wait until most have answered, close, reveal, let the room look."""
        if not await self._do(self.service.open_round, question.id):
            return
        agenda = await self._agenda()
        latest = agenda.latest_round(question.id)
        if latest is None:
            return
        cluster = agenda.cluster(question.cluster_id)
        name = pick(cluster.name, DEFAULT) if cluster else ""
        self.say(f"{name}: {DOING[question.kind]}, round {latest.number}.")
        await self._answered(latest.id)
        # Everybody has begun; whoever rates has some statements left.
        await self._wait(16 if question.kind in SCALED else 3)
        for move in (self.service.close_round, self.service.reveal_round):
            await self._do(move, question.id)
            await self._wait(2)
        await self._wait(8)

    async def _compared(self, question: KeyQuestion) -> None:
        """After the last round: who moved, and where both strands stand."""
        agenda = await self._agenda()
        if has_moves(agenda, question):
            await self._show(StageView.MOVES, question.id)
            await self._wait(10)
        if agenda.in_both_strands(question.id):
            self.say("What the citizens said to the same statements.")
            for page in range(await asyncio.to_thread(self._pages, question)):
                await self._show(StageView.STRANDS, question.id, page)
                await self._wait(8)

    def _pages(self, question: KeyQuestion) -> int:
        """How many pages of the stage both strands take: what they share first, the rest last."""
        # The charts take a while to load; a server that only makes a demo needs none.
        from workshop.charts.paging import strands_pages

        analysis = self.service.analysis(OPERATOR, self.workshop_id)
        compared = [item for c in analysis.compared for item in c.of_question(question.id)]
        return len(strands_pages(compared))

    async def _answered(self, round_id: str) -> None:
        """Until everybody has begun to answer, or two minutes are over."""
        for _ in range(120):
            room = await asyncio.to_thread(self.service.room, OPERATOR, self.workshop_id, round_id)
            agenda = await self._agenda()
            round_ = agenda.round(round_id)
            if round_ is None or round_.state is not RoundState.OPEN:
                return  # somebody else moderates now
            if room.answered >= room.present > 0:
                return
            await asyncio.sleep(1)

    async def _show(self, view: StageView, question_id: str | None = None, page: int = 0) -> None:
        show = self.service.show
        try:
            await asyncio.to_thread(show, OPERATOR, self.workshop_id, view, question_id, page)
        except Refused as refusal:
            self.say(str(refusal))

    async def _do(self, move: Callable[..., Agenda], question_id: str) -> bool:
        try:
            await asyncio.to_thread(move, OPERATOR, self.workshop_id, question_id)
        except Refused as refusal:
            self.say(f"{refusal} Somebody else moderates: the script goes on with the next step.")
            return False
        return True

    async def _agenda(self) -> Agenda:
        return await asyncio.to_thread(self.service.agenda, OPERATOR, self.workshop_id)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self.pace)
