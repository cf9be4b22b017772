"""A room for the tests of the phone: real service, real SQLite file, real routes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from httpx import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from db.changes import LocalChanges
from db.engine import open_database
from db.store import SqlStore
from pages.phone import routes
from pages.web import language, security
from tests.asking import OPTIONS, ask
from workshop import service as services
from workshop.model import OPERATOR, KeyQuestion, QuestionKind, Round
from workshop.service import Service


@dataclass
class Page:
    """A page as an outsider's client sees it."""

    response: Response
    path: str

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.text, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
    def state(self) -> str:
        main = self.soup.find("main")
        assert isinstance(main, Tag)
        return str(main.get("data-state", ""))

    def forms(self) -> list[Tag]:
        """The POST forms, in order."""
        return [f for f in self.soup.find_all("form") if str(f.get("method")).lower() == "post"]


class Phone:
    """A browser without JavaScript: it opens pages, fills forms and presses buttons."""

    def __init__(self, app: Starlette, code: str) -> None:
        self.client = TestClient(
            app, follow_redirects=False, headers={"accept-language": "de", "accept": "text/html"}
        )
        self.code = code

    def open(self, path: str | None = None) -> Page:
        """GET, following redirects; every page of ours is a 200, reloadable HTML page."""
        path = path or f"/j/{self.code}"
        response = self.client.get(path, follow_redirects=True)
        return Page(response, str(response.url))

    def press(self, form: Tag, name: str = "", value: str = "", **filled: str) -> Page:
        """Submit a form by one of its buttons, as a browser would; 303, then the page."""
        data = {
            str(i["name"]): str(i.get("value", ""))
            for i in form.find_all("input")
            if i.get("type") not in ("radio", "checkbox") or i.has_attr("checked")
        }
        if name:
            assert form.find("button", attrs={"name": name, "value": value}), "no such button"
            data[name] = value
        response = self.client.post(str(form["action"]), data={**data, **filled})
        assert response.status_code == 303, response.text
        return self.open(str(response.headers["location"]))

    def join(self, segment: str = "science") -> Page:
        """One tap."""
        return self.press(self.open().forms()[0], "segment", segment)


@dataclass
class Room:
    """A workshop and the app that serves its phones."""

    service: Service
    app: Starlette
    workshop: str
    code: str

    def phone(self) -> Phone:
        """A phone that hasn't joined yet."""
        return Phone(self.app, self.code)

    def question(self, kind: QuestionKind) -> KeyQuestion:
        """The first question of a kind."""
        agenda = self.service.agenda(OPERATOR, self.workshop)
        return next(q for q in agenda.questions if q.kind is kind)

    def opened(self, kind: QuestionKind = QuestionKind.RATE) -> Round:
        """The first question of a kind, opened (again)."""
        question = self.question(kind)
        found = self.service.open_round(OPERATOR, self.workshop, question.id).open_round
        assert found is not None
        return found

    def rated(self, *texts: str) -> list[str]:
        """Statements to be rated; their ids."""
        question = self.question(QuestionKind.RATE)
        return [
            self.service.add_statement(OPERATOR, self.workshop, question.id, text) for text in texts
        ]

    def close(self, kind: QuestionKind = QuestionKind.RATE) -> None:
        """Close the open round."""
        self.service.close_round(OPERATOR, self.workshop, self.question(kind).id)

    def reveal(self, kind: QuestionKind = QuestionKind.RATE) -> None:
        """Reveal the round."""
        self.service.reveal_round(OPERATOR, self.workshop, self.question(kind).id)

    def asked(
        self,
        kind: QuestionKind,
        *,
        most: int | None = None,
        options: tuple[str, ...] = OPTIONS,
    ) -> tuple[Round, tuple[str, ...]]:
        """One more question of a kind, opened; with its options."""
        question, ids = ask(self.service, self.workshop, kind, most=most, options=options)
        return self.again(question), ids

    def again(self, question: str) -> Round:
        """A round of that question, opened (again)."""
        found = self.service.open_round(OPERATOR, self.workshop, question).open_round
        assert found is not None
        return found

    def crowd(self, round_: Round, statement: str, values: str) -> None:
        """So many others join and answer, one value each."""
        for value in values:
            token, _ = self.service.join(self.workshop, None, "other").result()
            self.service.answer(self.workshop, token, round_.id, statement, value).result()


@contextmanager
def room(folder: Path) -> Iterator[Room]:
    """An empty workshop in a fresh database."""
    database = open_database(f"sqlite:///{folder / 'phone.db'}")
    changes = LocalChanges()
    store = SqlStore(database, changes)
    service = Service(store, changes)
    services.install(service)
    app = Starlette(
        routes=[*language.routes(), *routes.routes()],
        middleware=[Middleware(security.Guard, page_policy=security.streamlit_policy)],
    )
    routes.GATE.forget()
    created = service.create_workshop(OPERATOR, "smart-kassel-council")
    try:
        yield Room(service, app, created.workshop_id, created.join_code)
    finally:
        store.close()
