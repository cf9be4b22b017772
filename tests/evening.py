"""One evening, played through the use cases on a real database, for tests of what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db.changes import LocalChanges
from db.engine import open_database
from db.store import SqlStore
from workshop.model import OPERATOR, Agenda, QuestionKind, Strand
from workshop.service import Service

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+2",
    '@SUM(1+1)*cmd|"a"!A0',
    '=HYPERLINK("http://example.org";"Klick")',
    "=1;=2,=3",
    "http://example.org/?a=1",
    "<b>fett</b> <a href='x'>y</a> & &lt;",
    "# Titel **fett** _kursiv_ `code` [Link](http://example.org) ![Bild](x) :smile: $x^2$",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "|a|b|\\n~~weg~~ {x} {{x}} %s",
    "０＝１ ＝1+1 Ünïcödé 🌳 _x0041_",
)
"""What people may write, and what must stay text wherever it is shown."""


@dataclass
class Evening:
    """A workshop with its service; `asked` are statement ids by cluster position."""

    service: Service
    workshop_id: str
    tokens: list[str] = field(default_factory=list)
    asked: dict[int, list[str]] = field(default_factory=dict)

    @property
    def agenda(self) -> Agenda:
        """The agenda as it is now."""
        return self.service.agenda(OPERATOR, self.workshop_id)

    def question(self, cluster: int, kind: QuestionKind) -> str:
        """The id of a cluster's question of one kind."""
        owner = sorted(self.agenda.clusters, key=lambda c: c.position)[cluster].id
        return next(q.id for q in self.agenda.questions if q.cluster_id == owner and q.kind is kind)

    def join(self, *segments: str) -> None:
        """One person per segment named."""
        for segment in segments:
            token, _ = self.service.join(self.workshop_id, None, segment).result()
            self.tokens.append(token)

    def collect(self, cluster: int, *texts: str, reveal: bool = True) -> list[str]:
        """Everybody in turn contributes one of the texts; returns the contributions' ids."""
        question = self.question(cluster, QuestionKind.COLLECT)
        opened = self.service.open_round(OPERATOR, self.workshop_id, question).open_round
        assert opened is not None
        for place, text in enumerate(texts):
            token = self.tokens[place % len(self.tokens)]
            aspect = ("perspective", "interest", "goal")[place % 3]
            self.service.contribute(self.workshop_id, token, opened.id, aspect, text).result()
        self.service.close_round(OPERATOR, self.workshop_id, question)
        if reveal:
            self.service.reveal_round(OPERATOR, self.workshop_id, question)
        found = self.service.contributions(OPERATOR, self.workshop_id, question, hidden=True)
        return [c.id for c in found]

    def state(self, cluster: int, *texts: str) -> None:
        """The moderator writes statements to be rated."""
        question = self.question(cluster, QuestionKind.RATE)
        for text in texts:
            made = self.service.add_statement(OPERATOR, self.workshop_id, question, text)
            self.asked.setdefault(cluster, []).append(made)

    def rate(self, cluster: int, shift: int, *, reveal: bool = True) -> None:
        """Everybody rates every statement, some with no answer; `shift` makes rounds differ."""
        question = self.question(cluster, QuestionKind.RATE)
        opened = self.service.open_round(OPERATOR, self.workshop_id, question).open_round
        assert opened is not None
        for person, token in enumerate(self.tokens):
            for place, statement in enumerate(opened.statement_ids):
                value = 0 if (person + place) % 7 == 6 else (person * (place + shift)) % 5 + 1
                self.service.answer(
                    self.workshop_id, token, opened.id, statement, str(value)
                ).result()
        self.service.close_round(OPERATOR, self.workshop_id, question)
        if reveal:
            self.service.reveal_round(OPERATOR, self.workshop_id, question)


SEGMENTS = ("science",) * 6 + ("business",) * 5 + ("administration",) * 3 + ("none",)


@contextmanager
def empty_evening(folder: Path, strand: Strand = Strand.COUNCIL) -> Iterator[Evening]:
    """A workshop nobody has joined yet, on a SQLite file in `folder`."""
    changes = LocalChanges()
    store = SqlStore(open_database(f"sqlite:///{folder / 'evening.db'}"), changes)
    try:
        service = Service(store, changes)
        made = service.create_workshop(OPERATOR, "smart-kassel-council", strand)
        yield Evening(service, made.workshop_id)
    finally:
        store.close()


def play(evening: Evening) -> None:
    """Fifteen people, hostile texts, two rounds of one cluster, one of another, one unrevealed."""
    evening.join(*SEGMENTS)
    contributed = evening.collect(0, *HOSTILE)
    evening.service.promote(OPERATOR, evening.workshop_id, contributed[0])
    evening.service.hide_statement(OPERATOR, evening.workshop_id, contributed[1], True)
    evening.service.edit_statement(OPERATOR, evening.workshop_id, contributed[2], "Ohne Tippfehler")
    evening.state(0, *HOSTILE)
    evening.rate(0, 1)
    evening.rate(0, 2)
    evening.state(1, "Mehr Bäume", "Weniger Lärm", "Wird ausgeblendet")
    evening.rate(1, 3)
    evening.service.hide_statement(OPERATOR, evening.workshop_id, evening.asked[1][2], True)
    evening.collect(2, "Noch nicht gezeigt", reveal=False)
    evening.state(2, "Auch noch nicht gezeigt")
    evening.rate(2, 1, reveal=False)
