"""What files say of answers that the moderation entered: how many, and which only among enough."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from tests.rooms import Prepared
from workshop import export
from workshop.model import OPERATOR
from workshop.service.reading import Record


def _record(prepared: Prepared, phones: int, proxies: int) -> Record:
    """One revealed round in which everybody rated both statements."""
    service, w = prepared.service, prepared.id
    tokens = prepared.people(phones)
    for _ in range(proxies):
        person = service.add_proxy(OPERATOR, w, "administration")
        tokens.append(service.stand_in(OPERATOR, w, person.id)[0])
    round_ = prepared.open()
    for token in tokens:
        for statement in prepared.statements:
            prepared.answer(token, round_, statement, 3)
    service.reveal_round(OPERATOR, w, prepared.rate.id)
    return service.record(OPERATOR, w)


def _json(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export.write(record, "json", "de"))
    return found


def _table(record: Record, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(export.write(record, "csv", "de"))) as archive:
        text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    ("phones", "proxies", "told"),
    [(6, 0, True), (6, 1, False), (6, 4, False), (6, 5, True), (5, 5, True), (4, 6, False)],
)
def test_a_single_answer_says_so_only_among_enough_people(
    small: Prepared, phones: int, proxies: int, told: bool
) -> None:
    record = _record(small, phones, proxies)
    found = _json(record)
    assert found["workshop"]["proxies"] == proxies
    assert found["workshop"]["answers_by_proxy"] == 2 * proxies
    flags = {a["participant"]: a["proxy"] for a in found["answers"]}
    numbers = range(1, phones + proxies + 1)
    assert flags == {f"T{n:02}": n > phones if told else None for n in numbers}
    rows = _table(record, "answers")
    words = {row["Teilnehmer:in"]: row["Von der Moderation eingegeben"] for row in rows}
    said = {True: "ja", False: "nein", None: ""}
    assert words == {who: said[flag] for who, flag in flags.items()}


def test_the_overview_counts_them_where_there_are_any(small: Prepared) -> None:
    rows = _table(_record(small, 6, 2), "overview")
    values = {row["Angabe"]: row["Wert"] for row in rows}
    assert (values["Ohne Telefon"], values["Für sie eingegebene Antworten"]) == ("2", "4")


def test_the_overview_is_silent_where_everybody_has_a_phone(small: Prepared) -> None:
    rows = _table(_record(small, 6, 0), "overview")
    assert "Ohne Telefon" not in {row["Angabe"] for row in rows}
