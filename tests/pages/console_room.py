"""What the tests of the moderator's pages share: a real service, and somebody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.changes import LocalChanges
from db.engine import open_database
from db.store import SqlStore
from pages.parts.guard import MODERATOR_COOKIE
from workshop import service as services
from workshop.agenda import running_order
from workshop.model import OPERATOR, Agenda, KeyQuestion, QuestionKind, Role
from workshop.service import Service

ROOT = Path(__file__).parents[2]
TEMPLATE = "smart-kassel-council"


@dataclass
class House:
    """A workshop on a real database, and the cookies and headers of a browser in front of it."""

    service: Service
    workshop_id: str
    cookies: dict[str, str]
    headers: dict[str, str]

    @property
    def agenda(self) -> Agenda:
        return self.service.agenda(OPERATOR, self.workshop_id)

    def question(self, kind: QuestionKind, place: int = 0) -> KeyQuestion:
        return [q for q in running_order(self.agenda) if q.kind is kind][place]

    def sign_in(self, workshop_id: str | None = None, role: Role = Role.MODERATOR) -> None:
        link = self.service.grant_link(OPERATOR, role, workshop_id)
        session, _ = self.service.sign_in_by_link(link)
        self.cookies[MODERATOR_COOKIE] = session

    def join(self, people: int) -> list[str]:
        joined = [self.service.join(self.workshop_id, None, "none") for _ in range(people)]
        return [future.result()[0] for future in joined]

    def page(self, name: str, **query: str) -> AppTest:
        """One page on its own, as a cold deep link runs it."""
        at = AppTest.from_string(f"from pages import {name}\n{name}.render()", default_timeout=30)
        for key, value in query.items():
            at.query_params[key] = value
        return at.run()

    def console(self) -> AppTest:
        return self.page("moderator", w=self.workshop_id)


@contextmanager
def house(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A service on a fresh SQLite file. A test has no browser, so its cookies are put in."""
    changes = LocalChanges()
    store = SqlStore(open_database(f"sqlite:///{folder / 'console.db'}"), changes)
    service = Service(store, changes, passphrase="documenta fifteen")
    services.install(service)
    made = service.create_workshop(OPERATOR, TEMPLATE)
    found = House(service, made.workshop_id, {}, {"Accept-Language": "de"})
    context = type(st.context)
    monkeypatch.setattr(context, "cookies", property(lambda _: found.cookies))
    monkeypatch.setattr(context, "headers", property(lambda _: found.headers))
    try:
        yield found
    finally:
        store.close()


def html(at: AppTest) -> str:
    """All that the page shows as HTML."""
    return "\n".join(str(element.proto.body) for element in at.get("html"))
