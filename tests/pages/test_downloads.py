"""`/download/…`: the right cookie gets the file, everybody else a sentence and no data."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.web import downloads
from tests.evening import Evening, empty_evening, play
from workshop import export, service, templates
from workshop.model import OPERATOR, Role

STRANGER = "Bitte melden Sie sich zuerst als Moderation dieses Workshops an."


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with empty_evening(tmp_path_factory.mktemp("downloads")) as made:
        play(made)
        yield made


@pytest.fixture
def client(evening: Evening) -> TestClient:
    service.install(evening.service)
    return TestClient(Starlette(routes=downloads.routes()))


def signed_in(evening: Evening, workshop_id: str | None, role: Role = Role.MODERATOR) -> str:
    """The value of the cookie of whoever opened such a link."""
    link = evening.service.grant_link(OPERATOR, role, workshop_id)
    session, _ = evening.service.sign_in_by_link(link)
    return session


@pytest.mark.parametrize("name", list(export.FORMATS))
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_moderator_gets_the_file(
    client: TestClient, evening: Evening, name: export.FormatName, lang: str
) -> None:
    client.cookies.set("einklang_moderator", signed_in(evening, evening.workshop_id))
    answer = client.get(f"/download/{evening.workshop_id}/{name}", params={"lang": lang})
    record = evening.service.record(OPERATOR, evening.workshop_id)
    assert answer.status_code == 200
    assert answer.content == export.write(record, name, lang)
    assert answer.headers["content-type"] == export.FORMATS[name].mime
    named = f'attachment; filename="{export.file_name(record, name)}"'
    assert answer.headers["content-disposition"] == named
    assert answer.headers["cache-control"] == "no-store"


def test_each_file_opens(client: TestClient, evening: Evening) -> None:
    client.cookies.set("einklang_moderator", signed_in(evening, None))
    here = f"/download/{evening.workshop_id}"
    assert load_workbook(io.BytesIO(client.get(f"{here}/xlsx").content)).sheetnames
    assert zipfile.ZipFile(io.BytesIO(client.get(f"{here}/csv").content)).testzip() is None
    assert json.loads(client.get(f"{here}/json").content)["schema"] == "einklang/1"


@pytest.mark.parametrize("name", [*export.FORMATS, "pdf"])
@pytest.mark.parametrize("cookie", [None, "", "rubbish", "x" * 4000])
def test_a_stranger_gets_a_sentence(
    client: TestClient, evening: Evening, name: str, cookie: str | None
) -> None:
    if cookie is not None:
        client.cookies.set("einklang_moderator", cookie)
    for workshop_id in (evening.workshop_id, "nosuchworkshop"):
        answer = client.get(f"/download/{workshop_id}/{name}?lang=de")
        # The same for a workshop that isn't there: nobody learns which ones are.
        assert (answer.status_code, answer.text) == (403, STRANGER)
        assert answer.headers["content-type"].startswith("text/plain")
        assert "content-disposition" not in answer.headers


def test_neither_participants_nor_stages_get_it(client: TestClient, evening: Evening) -> None:
    stage = signed_in(evening, evening.workshop_id, Role.STAGE)
    here = f"/download/{evening.workshop_id}/json"
    for name, value in (
        ("einklang", evening.tokens[0]),
        ("einklang_moderator", evening.tokens[0]),
        ("einklang_stage", stage),
        ("einklang_moderator", stage),
        ("einklang_stage", signed_in(evening, evening.workshop_id)),
    ):
        client.cookies.clear()
        client.cookies.set(name, value)
        assert client.get(here).status_code == 403


def test_moderators_of_one_workshop_get_no_other(client: TestClient, evening: Evening) -> None:
    other = evening.service.create_workshop(OPERATOR, "strategy-workshop").workshop_id
    client.cookies.set("einklang_moderator", signed_in(evening, other))
    assert client.get(f"/download/{other}/json").status_code == 200
    answer = client.get(f"/download/{evening.workshop_id}/json", params={"lang": "en"})
    assert answer.status_code == 403
    assert answer.text == "Please sign in as moderator of this workshop first."


def test_what_is_not_there_is_said(client: TestClient, evening: Evening) -> None:
    client.cookies.set("einklang_moderator", signed_in(evening, None))
    answer = client.get(f"/download/{evening.workshop_id}/pdf?lang=de")
    assert answer.status_code == 404
    assert answer.text == "Diese Art von Datei gibt es nicht. Es gibt XLSX, CSV und JSON."
    assert client.get("/download/nosuchworkshop/json").status_code == 404
    assert client.post(f"/download/{evening.workshop_id}/json").status_code == 405


def test_the_agenda_comes_as_a_template(client: TestClient, evening: Evening) -> None:
    here = f"/download/{evening.workshop_id}/template"
    assert client.get(here).status_code == 403
    client.cookies.set("einklang_moderator", signed_in(evening, evening.workshop_id))
    answer = client.get(here)
    assert answer.content.decode() == evening.service.template_file(OPERATOR, evening.workshop_id)
    disposition = answer.headers["content-disposition"]
    assert disposition == 'attachment; filename="einklang-smart-kassel-council.toml"'
    assert templates.parse(answer.text, "file.toml").clusters
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_card_comes_as_a_pdf(client: TestClient, evening: Evening, paper: str) -> None:
    here = f"/download/{evening.workshop_id}/card-{paper}"
    stage = signed_in(evening, evening.workshop_id, Role.STAGE)
    for value in (None, stage):
        client.cookies.clear()
        if value:
            client.cookies.set("einklang_moderator", value)
        assert client.get(here).status_code == 403
    client.cookies.set("einklang_moderator", signed_in(evening, evening.workshop_id))
    answer = client.get(here, params={"lang": "en"})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-") and len(answer.content) > 10_000
    code = evening.agenda.workshop.join_code
    disposition = answer.headers["content-disposition"]
    assert disposition == f'attachment; filename="einklang-{code}-{paper}.pdf"'
    refused = client.get(f"/download/{evening.workshop_id}/card-a3?lang=de")
    assert (refused.status_code, refused.text) == (
        404,
        "In dieser Größe gibt es keine Karte. Es gibt A4 und A5.",
    )
