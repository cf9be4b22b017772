"""One real round, played again: the people and statements of a Polis export, vote for vote."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from workshop.agenda import running_order
from workshop.answers import MAX_TEXT
from workshop.model import OPERATOR, Agenda, KeyQuestion, QuestionKind, RoundState
from workshop.polis import PolisPerson, PolisStatement, read_export
from workshop.service import Service
from workshop.simulate.forms import Item, Page, Sheet
from workshop.simulate.people import Crowd
from workshop.simulate.phone import GaveUp, Phone, Tally
from workshop.simulate.room import Report, browsers, report

STATEMENTS: Final = 25
STEPS: Final = (3, 5)
"""Scales on which agree, pass and disagree have a place: highest, middle and lowest step."""


class ReplayError(Exception):
    """Why a round can't be played; a sentence for whoever started it."""


@dataclass(frozen=True)
class Replay:
    """What was played: `exact` says that the counts kept are those of the votes, one by one."""

    report: Report
    workshop_id: str
    question_id: str
    round_id: str
    statements: Mapping[str, int]
    exact: bool


class Voter:
    """Votes as somebody in the export did; `known` maps statement ids here to ids there."""

    def __init__(
        self, crowd: Crowd, number: int, person: PolisPerson, known: Mapping[str, PolisStatement]
    ) -> None:
        self.crowd = crowd
        self.number = number
        self.person = person
        self.known = known

    def group(self, choices: list[str]) -> str:
        """Any group; the export knows none."""
        return self.crowd.group(self.number, choices)

    def rate(self, items: list[Item]) -> list[tuple[Item, str]]:
        """The votes on the statements of the export, nothing on all others."""
        chosen = []
        for item in items:
            vote = self.person.votes.get(self._which(item))
            if vote is not None:
                chosen.append((item, str(_step(vote, len(item.steps)))))
        return chosen

    def _which(self, item: Item) -> int:
        by_id = [s.id for key, s in self.known.items() if item.mentions(key, "")]
        if by_id:
            return by_id[0]
        return next((s.id for s in self.known.values() if item.mentions("\0", s.text)), -1)

    def write(self, page: Page) -> tuple[str, str]:
        """Nobody is asked to write while a rating question is open."""
        raise GaveUp(f"{page.url} asks for words, but a rating question was opened.")

    def words(self, page: Page, most: int) -> list[str]:
        """Nor for words."""
        raise GaveUp(f"{page.url} asks for words, but a rating question was opened.")

    def fill(self, sheet: Sheet) -> list[int] | None:
        """Nor about options."""
        raise GaveUp(f"{sheet.form.action} is about options, but a rating question was opened.")

    async def pause(self, seconds: float) -> None:
        """No artificial pauses."""


def _step(vote: int, steps: int) -> int:
    """Agree, pass or disagree (1, 0, -1) as a step of a scale."""
    return {1: steps, 0: (steps + 1) // 2, -1: 1}[vote]


def replay(service: Service, url: str, folder: Path, phones: int, *, seed: int) -> Replay:
    """Play one round of the export at the workshop that `url` joins.

    The most voted statements go onto its first rating question (one that is there already in
    the same words is asked again), the round is opened, closed and revealed as operator.

    Raises:
        PolisError: the folder is no export. Refused: no such workshop, or it says no.
        ReplayError: the workshop or the export isn't fit for it.
    """
    export = read_export(folder)
    people = export.most_active(phones)
    if len(people) < phones:
        raise ReplayError(f"The export has {len(people)} people, not {phones}.")
    workshop = service.find(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    agenda = service.agenda(OPERATOR, workshop.id)
    question = _first_rating(agenda)
    known = _put_statements(service, agenda, question, export.most_voted(STATEMENTS))
    return asyncio.run(_Round(service, url, workshop.id, question.id, people, known, seed).play())


def _first_rating(agenda: Agenda) -> KeyQuestion:
    ratings = [q for q in running_order(agenda) if q.kind is QuestionKind.RATE]
    if not ratings:
        raise ReplayError("This workshop has no rating question.")
    question = ratings[0]
    if question.scale is None or question.scale.steps not in STEPS:
        raise ReplayError(
            "The first rating question of this workshop has no scale of three or five steps."
        )
    latest = agenda.latest_round(question.id)
    if latest is not None and latest.state in (RoundState.OPEN, RoundState.CLOSED):
        raise ReplayError(
            f"Round {latest.number} of the first rating question is {latest.state}: "
            "reveal it first, so that nobody's answers mix with the export's."
        )
    return question


def _put_statements(
    service: Service, agenda: Agenda, question: KeyQuestion, chosen: Sequence[PolisStatement]
) -> dict[str, PolisStatement]:
    """The statements of the export by their ids here."""
    there = {s.text: s.id for s in agenda.statements_of(question.id)}
    known: dict[str, PolisStatement] = {}
    for statement in chosen:
        text = " ".join(statement.text.split())
        text = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
        found = there.pop(text, None)
        key = found or service.add_statement(OPERATOR, agenda.workshop.id, question.id, text)
        known[key] = statement
    return known


@dataclass(frozen=True)
class _Round:
    service: Service
    url: str
    workshop_id: str
    question_id: str
    people: Sequence[PolisPerson]
    known: Mapping[str, PolisStatement]
    seed: int

    async def play(self) -> Replay:
        tally, started = Tally(), time.perf_counter()
        crowd = Crowd(self.seed, len(self.people))
        async with browsers(len(self.people)) as clients:
            phones = [
                Phone(client, self.url, Voter(crowd, i, person, self.known), tally)
                for i, (client, person) in enumerate(zip(clients, self.people, strict=True))
            ]
            await _all(phones, Phone.join, tally)
            if not tally.joined:
                reasons = " ".join(tally.problems)
                raise ReplayError(f"Nobody could join at {self.url}. {reasons}")
            agenda = await asyncio.to_thread(
                self.service.open_round, OPERATOR, self.workshop_id, self.question_id
            )
            await _all(phones, _vote, tally)
            for move in (self.service.close_round, self.service.reveal_round):
                await asyncio.to_thread(move, OPERATOR, self.workshop_id, self.question_id)
        latest = agenda.latest_round(self.question_id)
        assert latest is not None
        return Replay(
            report=report(len(self.people), tally, started),
            workshop_id=self.workshop_id,
            question_id=self.question_id,
            round_id=latest.id,
            statements={key: statement.id for key, statement in self.known.items()},
            exact=self._exact(latest.id),
        )

    def _exact(self, round_id: str) -> bool:
        """Whether every count that is kept equals the votes of the people played."""
        results = self.service.results(OPERATOR, self.workshop_id)
        for key, statement in self.known.items():
            votes = [p.votes.get(statement.id) for p in self.people]
            item = results.item(round_id, key)
            if item is None:
                return False
            steps = len(item.counts.steps)
            wanted = [0] * steps
            for vote in (v for v in votes if v is not None):
                wanted[_step(vote, steps) - 1] += 1
            if (item.counts.steps, item.counts.abstained) != (tuple(wanted), 0):
                return False
        return True


async def _vote(phone: Phone) -> None:
    await phone.rate(await phone.look())


async def _all(
    phones: Sequence[Phone], step: Callable[[Phone], Awaitable[object]], tally: Tally
) -> None:
    """The same step on every phone at once; one that gives up leaves the others alone."""
    for outcome in await asyncio.gather(*map(step, phones), return_exceptions=True):
        if isinstance(outcome, GaveUp):
            tally.problem(str(outcome))
        elif isinstance(outcome, BaseException):
            raise outcome
