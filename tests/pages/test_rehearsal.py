"""A rehearsal says so on every screen and in every file; the console begins and ends it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from pages.parts.stage_look import look
from pages.phone import routes
from tests.pages.console_room import House, house, html
from tests.pages.phones import Phone
from workshop import export
from workshop.i18n import translator
from workshop.model import OPERATOR, Actor, Role, StageView

WORD = "Generalprobe"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in()
        yield found


def _press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def _phone(desk: House) -> Phone:
    routes.GATE.forget()
    return Phone(Starlette(routes=routes.routes()), desk.agenda.workshop.join_code)


def _stage(desk: House) -> str:
    actor = Actor(Role.STAGE, desk.workshop_id)
    return look(desk.service, actor, desk.workshop_id, translator("de")).html


def _everywhere(desk: House) -> dict[str, bool]:
    """Screen to whether it says that this is a rehearsal."""
    service, w = desk.service, desk.workshop_id
    phone = _phone(desk)
    said = {"door": phone.open().response.text}
    phone.join("none")
    for place in ("", "/me", "/erase"):
        said[f"phone{place}"] = phone.open(f"/j/{phone.code}{place}").response.text
    for view in (StageView.LOBBY, StageView.CLUSTERS, StageView.THANKS):
        service.show(OPERATOR, w, view)
        said[f"stage {view}"] = _stage(desk)
    said["console"] = html(desk.console())
    for name in ("results", "setup"):
        said[name] = html(desk.page(name, w=w))
    said["home"] = html(desk.page("home"))
    return {place: WORD in text for place, text in said.items()}


def test_every_screen_says_that_it_is_a_rehearsal_and_no_screen_afterwards(desk: House) -> None:
    desk.service.begin_rehearsal(OPERATOR, desk.workshop_id)
    assert set(_everywhere(desk).values()) == {True}
    desk.service.end_rehearsal(OPERATOR, desk.workshop_id)
    assert {place for place, says in _everywhere(desk).items() if says} == set()


def test_a_black_stage_stays_black(desk: House) -> None:
    desk.service.begin_rehearsal(OPERATOR, desk.workshop_id)
    desk.service.black_stage(OPERATOR, desk.workshop_id, True)
    assert WORD not in _stage(desk)


def test_every_file_begins_with_it(desk: House) -> None:
    desk.service.begin_rehearsal(OPERATOR, desk.workshop_id)
    record = desk.service.record(OPERATOR, desk.workshop_id)
    assert json.loads(export.write(record, "json", "de"))["workshop"]["rehearsal"] is True
    with zipfile.ZipFile(io.BytesIO(export.write(record, "csv", "de"))) as archive:
        lines = archive.read("overview.csv").decode("utf-8-sig").splitlines()
    assert next(csv.reader(lines[1:], delimiter=";")) == [
        WORD,
        "",
        "Nichts in dieser Datei zählt: Es wurde geprobt.",
    ]
    assert export.file_name(record, "xlsx").startswith("einklang-generalprobe-")
    desk.service.end_rehearsal(OPERATOR, desk.workshop_id)
    record = desk.service.record(OPERATOR, desk.workshop_id)
    assert json.loads(export.write(record, "json", "de"))["workshop"]["rehearsal"] is False
    assert "generalprobe" not in export.file_name(record, "xlsx")


def test_the_console_begins_a_rehearsal_and_asks_before_it_wipes_it(desk: House) -> None:
    service = desk.service
    at = _press(desk.console(), "rehearsal-begin")
    assert desk.agenda.workshop.rehearsal
    assert "rehearsal-begin" not in {b.key for b in at.button}
    desk.join(3)
    _press(at, "rehearsal-end")
    assert "Das lässt sich nicht rückgängig machen." in html(at)
    _press(at, "rehearsal-keep")
    assert service.room(OPERATOR, desk.workshop_id).joined == 3
    _press(at, "rehearsal-end")
    _press(at, "rehearsal-wipe")
    assert service.room(OPERATOR, desk.workshop_id).joined == 0
    assert not desk.agenda.workshop.rehearsal
    assert "Die Generalprobe ist gelöscht. Der Raum ist leer." in html(at)


def test_a_room_with_people_in_it_is_not_offered_a_rehearsal(desk: House) -> None:
    assert "rehearsal-begin" in {b.key for b in desk.console().button}
    desk.join(1)
    assert "rehearsal-begin" not in {b.key for b in desk.console().button}
