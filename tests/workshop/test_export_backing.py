"""What people proposed and backed, in the files: its support, what became of it, and no author."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.every_kind import every_kind
from tests.rooms import Running
from tests.workshop.test_export import sheets
from tests.workshop.test_export_analysis import undocumented_columns, undocumented_fields
from workshop import export
from workshop.model import OPERATOR, QuestionKind
from workshop.service.reading import Record

PROPOSE, RANK = QuestionKind.PROPOSE, QuestionKind.RANK


@pytest.fixture
def backed(running: Running) -> Record:
    """Six people propose and back; the two that were merged are backed as one."""
    kinds = every_kind(running, backing=2)
    service, w = kinds.room.service, kinds.room.id
    round_ = kinds.open(PROPOSE)
    people = kinds.room.people(6)
    for token, text in zip(people, ("Wem gehört die Straße?", "Wer zahlt?"), strict=False):
        service.contribute(w, token, round_.id, None, text).result()
    kinds.reveal(PROPOSE)
    again = kinds.open(PROPOSE)
    first, second = again.statement_ids
    for token in people:
        kinds.whole(token, again, {second: "1"})
    kinds.whole(people[0], again, {first: "1", second: "1"})
    kinds.reveal(PROPOSE)
    service.adopt(OPERATOR, w, second, RANK)
    return service.record(OPERATOR, w)


def test_what_found_support_is_told_without_its_authors(backed: Record) -> None:
    book = sheets(backed)
    (asked,) = book["Fragen mit Optionen"]
    assert (asked["Art der Frage"], asked["Vorn"]) == ("Beiträge unterstützen", "Wer zahlt?")
    assert (asked["Runde"], asked["Zählt im Index"]) == (2, "nein")
    supported = {row["Option"]: row["Gewählt von"] for row in book["Optionen"]}
    assert supported == {"Wem gehört die Straße?": 1, "Wer zahlt?": 6}
    ids = [row["Kennung der Aussage"] for row in book["Optionen"]]
    assert ids == sorted(ids)  # which are random: the order of arrival names authors
    found: Any = json.loads(export.write(backed, "json", "de"))
    (backing,) = found["backings"]
    assert [o["statement"] for o in backing["options"]] == ids
    assert (backing["number"], backing["n"]) == (2, 6)
    (question,) = (q for q in found["questions"] if q["kind"] == "propose")
    assert [r["statements"] for r in question["rounds"]] == [[], ids]
    assert all(person.id not in json.dumps(found) for person in backed.participants)


def test_a_proposal_says_which_key_question_it_became(backed: Record) -> None:
    rows = sheets(backed)["Perspektiven"]
    became = {row["Text"]: row["Wurde zur Schlüsselfrage"] for row in rows}
    assert became == {"Wem gehört die Straße?": None, "Wer zahlt?": "Wer zahlt?"}
    found = json.loads(export.write(backed, "json", "de"))
    (question,) = (q for q in found["questions"] if q["origin"])
    adopted = {c["contribution"]: c["adopted_as"] for c in found["contributions"]}
    assert adopted[question["origin"]] == question["question"]
    assert list(adopted.values()).count(None) == 1


def test_its_fields_and_columns_are_documented(backed: Record) -> None:
    assert undocumented_columns(backed) == []
    assert undocumented_fields(backed) == set()
