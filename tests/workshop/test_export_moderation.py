"""What the moderation did, in the files: beside each contribution, and as a log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.evening import HOSTILE, Evening, empty_evening
from tests.workshop.test_export import files, sheets
from workshop import export
from workshop.export.moderation import KEYS
from workshop.model import OPERATOR, QuestionKind
from workshop.moderation import LOGGED
from workshop.service.reading import Record

TEXTS = ("Mehr Bäume", "mehr Bäume!", "Herr X ist faul", "Der Bus kommt zu selten", "Wartet")
REASON = HOSTILE[0]


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """One of each: merged, hidden, under a theme, pinned, waiting; a theme renamed and removed."""
    with empty_evening(tmp_path_factory.mktemp("moderated")) as made:
        service, w = made.service, made.workshop_id
        service.set_moderated(OPERATOR, w, True)
        made.join(*["science"] * len(TEXTS))
        question = made.question(0, QuestionKind.COLLECT)
        said = dict(zip(TEXTS, made.collect(0, *TEXTS), strict=True))
        for text in TEXTS[:4]:
            service.let_pass(OPERATOR, w, said[text])
        service.merge(OPERATOR, w, [said[TEXTS[1]]], said[TEXTS[0]])
        service.hide_statement(OPERATOR, w, said[TEXTS[2]], reason=REASON)
        service.hide_statement(OPERATOR, w, said[TEXTS[2]], reason="Names a person")
        moving = service.add_theme(OPERATOR, w, question, "Verkehr")
        service.rename_theme(OPERATOR, w, moving, "Unterwegs")
        service.put_under(OPERATOR, w, said[TEXTS[3]], moving)
        gone = service.add_theme(OPERATOR, w, question, "Irrtum")
        service.remove_theme(OPERATOR, w, gone)
        service.pin(OPERATOR, w, said[TEXTS[3]])
        service.pin(OPERATOR, w, said[TEXTS[0]])
        service.undo(OPERATOR, w)
        service.promote(OPERATOR, w, said[TEXTS[0]])
        yield made


@pytest.fixture(scope="module")
def record(evening: Evening) -> Record:
    return evening.service.record(OPERATOR, evening.workshop_id)


@pytest.fixture(scope="module")
def document(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export.write(record, "json", "de"))
    return found


def test_each_contribution_says_what_became_of_it(record: Record) -> None:
    rows = {row["Text"]: row for row in sheets(record)["Perspektiven"]}
    assert set(rows) == set(TEXTS), "all of them are in the record"
    first, double, hidden, bus, waits = (rows[text] for text in TEXTS)
    assert double["Zusammengelegt mit"] == first["Kennung des Beitrags"]
    assert first["Zusammengelegt mit"] is None
    assert (hidden["Ausgeblendet"], hidden["Grund des Ausblendens"]) == ("ja", "Nennt eine Person")
    assert (bus["Thema"], bus["Angeheftet"]) == ("Unterwegs", "ja")
    assert first["Angeheftet"] == "nein", "that was taken back"
    assert (waits["Nicht freigegeben"], bus["Nicht freigegeben"]) == ("ja", "nein")


def test_the_log_says_what_was_changed_and_what_was_taken_back(record: Record) -> None:
    rows = sheets(record)["Moderation"]
    done = [(row["Änderung"], row["Betrifft"], row["Name zuvor"]) for row in rows]
    assert done == [
        ("Beiträge zuerst prüfen", None, None),
        *[("Beitrag freigeben", None, None)] * 4,
        ("Beiträge zusammenlegen", TEXTS[0], None),
        *[("Text ausblenden", TEXTS[2], None)] * 2,
        ("Thema benennen", "Unterwegs", None),
        ("Thema umbenennen", "Unterwegs", "Verkehr"),
        ("Beitrag einem Thema zuordnen", TEXTS[3], None),
        ("Thema benennen", None, None),
        ("Thema entfernen", None, "Irrtum"),
        ("Beitrag anheften", TEXTS[3], None),
        ("Beitrag anheften", TEXTS[0], None),
        ("Beitrag als Aussage übernehmen", TEXTS[0], None),
    ]
    assert [row["Zurückgenommen"] for row in rows] == ["nein"] * 14 + ["ja", "nein"]
    assert files(record, "en")["log"][0]["Change"] == "Let contributions wait"


def test_json_has_the_same(record: Record, document: dict[str, Any]) -> None:
    by_text = {c["text"]: c for c in document["contributions"]}
    (moving,) = document["themes"]
    assert (moving["name"], by_text[TEXTS[3]]["theme"]) == ("Unterwegs", moving["theme"])
    assert by_text[TEXTS[1]]["merged_into"] == by_text[TEXTS[0]]["contribution"]
    assert by_text[TEXTS[2]]["hidden_reason"] == "Names a person"
    assert [c["text"] for c in document["contributions"] if c["waiting"]] == ["Wartet"]
    log = document["log"]
    assert [entry["action"] for entry in log][:6] == ["open-queue", *["let-pass"] * 4, "merge"]
    assert all(entry["at"].endswith(":00+00:00") for entry in log)
    assert [entry["undone"] for entry in log].count(True) == 1
    assert log[5]["about"] == by_text[TEXTS[0]]["contribution"]


def test_no_file_says_which_one_was_let_pass_when(record: Record) -> None:
    for row in sheets(record)["Moderation"]:
        assert row["Änderung"] != "Beitrag freigeben" or row["Kennung"] is row["Betrifft"] is None


def test_every_action_of_the_log_has_a_key() -> None:
    assert set(KEYS) == LOGGED
    assert len(set(KEYS.values())) == len(KEYS)
