"""The exported files: the stage's numbers to the last digit, people's text as text, no secrets."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.evening import HOSTILE, Evening, empty_evening, play
from workshop import export
from workshop.export.csv import FORMULA_STARTS, defuse, dialect, render
from workshop.export.table import Column, Kind, Table
from workshop.export.xlsx import sheets_of
from workshop.i18n import pick
from workshop.model import OPERATOR, QuestionKind, Strand
from workshop.results import ItemResult
from workshop.service.reading import Record

Row = dict[str, Any]
NAMES = {
    "overview": "Übersicht",
    "answers": "Antworten",
    "statements": "Aussagen",
    "matrices": "Matrix",
    "option_questions": "Fragen mit Optionen",
    "options": "Optionen",
    "convergence": "Konvergenz",
    "changes": "Änderungen",
    "moves": "Bewegungen",
    "strands": "Beide Stränge",
    "compared": "Stränge je Aussage",
    "opinion_groups": "Meinungsgruppen",
    "group_consensus": "Konsens der Gruppen",
    "words": "Wortwolken",
    "perspectives": "Perspektiven",
    "log": "Moderation",
    "notes": "Notizen",
    "segments": "Gruppen",
    "segment_convergence": "Konvergenz je Gruppe",
    "segment_sides": "Richtung je Gruppe",
}
FILES, SHEETS = list(NAMES), list(NAMES.values())
NOTE = "=1+1 Zuerst die Sorgen"
UNREVEALED = ("Auch noch nicht gezeigt", "Wird ausgeblendet")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with empty_evening(tmp_path_factory.mktemp("export")) as made:
        play(made)
        question = made.question(0, QuestionKind.RATE)
        made.service.take_note(OPERATOR, made.workshop_id, question, NOTE)
        yield made


@pytest.fixture(scope="module")
def record(evening: Evening) -> Record:
    return evening.service.record(OPERATOR, evening.workshop_id)


def sheets(record: Record, lang: str = "de") -> dict[str, list[Row]]:
    """Every sheet of the workbook as rows by heading."""
    book = load_workbook(io.BytesIO(export.write(record, "xlsx", lang)))
    found = {}
    for sheet in book.worksheets:
        lines = list(sheet.iter_rows(values_only=True))
        found[sheet.title] = [dict(zip(map(str, lines[0]), row, strict=True)) for row in lines[1:]]
    return found


def files(record: Record, lang: str = "de") -> dict[str, list[Row]]:
    """Every CSV of the zip, read back by the standard library."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(export.write(record, "csv", lang))) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            assert raw.startswith(b"\xef\xbb\xbf")
            text = io.StringIO(raw.decode("utf-8-sig"), newline="")
            reader = csv.DictReader(text, delimiter=dialect(lang).separator)
            found[name.removesuffix(".csv")] = list(reader)
    return found


def items(record: Record) -> list[tuple[int, ItemResult]]:
    """Every result of the service, with its round."""
    return [
        (round_.number, item)
        for cluster in record.results.clusters
        for round_ in cluster.rounds
        for item in round_.items
    ]


def number(cell: str) -> float | None:
    """A number of a German CSV."""
    return float(cell.replace(",", ".")) if cell else None


MEASURES = {
    "Konsens": "consensus",
    "Median": "median",
    "D nach Leik": "leik",
    "A nach van der Eijk": "agreement",
    "l² nach Blair und Lacy": "l_squared",
}


def test_the_workbook_has_the_numbers_of_the_service_exactly(record: Record) -> None:
    book = sheets(record)
    assert list(book) == SHEETS
    expected = items(record)
    assert len(book["Aussagen"]) == len(expected) > 20
    for row, (round_, item) in zip(book["Aussagen"], expected, strict=True):
        assert row["Kennung der Aussage"] == item.statement.id
        assert row["Runde"] == round_
        assert [row[f"Stufe {n}"] for n in range(1, 6)] == list(item.counts.steps)
        assert (row["Enthaltungen"], row["n"]) == (item.counts.abstained, item.counts.n)
        for heading, name in MEASURES.items():
            assert row[heading] == getattr(item, name), heading
        assert row["Zählt im Index"] == ("ja" if item.in_index else "nein")
    rounds = [(c.cluster, r) for c in record.results.clusters for r in c.rounds]
    for row, (cluster, result) in zip(book["Konvergenz"], rounds, strict=True):
        assert row["Cluster"] == pick(cluster.name, "de")
        assert (row["Runde"], row["n"]) == (result.number, result.n)
        assert result.index is not None
        assert (row["Konvergenzindex"], row["Zufallsniveau"]) == (result.index, result.baseline)


def test_counting_the_answers_gives_the_counts(record: Record) -> None:
    rows = sheets(record)["Antworten"]
    assert len(rows) == sum(i.counts.n + i.counts.abstained for _, i in items(record))
    for round_, item in items(record):
        mine = [
            r
            for r in rows
            if r["Kennung der Aussage"] == item.statement.id and r["Runde"] == round_
        ]
        values = [r["Wert"] for r in mine]
        assert tuple(values.count(step) for step in range(1, 6)) == item.counts.steps
        assert values.count(None) == item.counts.abstained
        assert [r["Keine Antwort"] for r in mine].count("ja") == item.counts.abstained
        assert [r["Teilnehmer:in"] for r in mine] == [f"T{n:02d}" for n in range(1, 16)]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_workbook_is_a_good_office_file(record: Record, lang: str) -> None:
    book = load_workbook(io.BytesIO(export.write(record, "xlsx", lang)))
    assert book.properties.title == "Smart Kassel Council"
    assert {p.name: p.value for p in book.custom_doc_props.props}["Language"] == lang
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        # Of one strand and fifteen people, there is nothing to compare and to group.
        assert bool(sheet.tables) == (sheet.max_row > 1)
        for table in sheet.tables.values():
            assert table.ref == sheet.dimensions
            assert table.autoFilter is not None
        for cell in sheet[1]:
            # Equal neighbours share one entry; the filter's button needs room, too.
            (width,) = (
                w.width for w in sheet.column_dimensions.values() if w.min <= cell.column <= w.max
            )
            assert width >= len(str(cell.value)) + 4
    measure = book.worksheets[2]["N2"]
    assert measure.number_format == "0.000"
    assert measure.value != round(measure.value, 3)


def test_nothing_in_the_workbook_is_a_formula_or_a_link(record: Record) -> None:
    book = load_workbook(io.BytesIO(export.write(record, "xlsx", "de")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert set(HOSTILE) <= texts


def test_the_zip_of_csv_says_the_same_as_the_workbook(record: Record) -> None:
    book, found = sheets(record), files(record)
    assert list(found) == FILES
    for name, title in zip(FILES, SHEETS, strict=True):
        assert len(found[name]) == len(book[title])
        for line, row in zip(found[name], book[title], strict=True):
            assert list(line) == list(row)
            for heading, value in row.items():
                if isinstance(value, (int, float)):
                    assert number(line[heading]) == value
                else:
                    assert line[heading] == defuse(value or "")


def test_english_files_speak_and_count_english(record: Record) -> None:
    found = files(record, "en")
    consensus = [float(row["Consensus"]) for row in found["statements"]]
    assert consensus == [item.consensus for _, item in items(record)]
    assert next(iter(sheets(record, "en"))) == "Overview"


def test_no_cell_of_a_csv_can_be_a_formula(record: Record) -> None:
    for lang in ("de", "en"):
        for rows in files(record, lang).values():
            for cell in (cell for row in rows for cell in row.values() if cell):
                if cell.startswith(FORMULA_STARTS):
                    float(cell.replace(",", "."))  # a negative number, and nothing else
    found = {row["Text"] for row in files(record)["perspectives"]}
    assert {"'=cmd|' /C calc'!A0", '\'@SUM(1+1)*cmd|"a"!A0'} <= found


@given(st.text(), st.sampled_from(["de", "en"]))
def test_any_text_comes_back_from_a_csv(text: str, lang: str) -> None:
    for cell in (text, *(start + text for start in ("=", "+", "-", "@", "\t", "\r", '"', ";"))):
        table = Table("x", "x", (Column("a"), Column("b", Kind.MEASURE)), ((cell, -0.5),))
        how = dialect(lang)
        written = io.StringIO(render(table, how), newline="")
        heading, line = csv.reader(written, delimiter=how.separator, strict=True)
        assert heading == ["a", "b"]
        assert line[0] == ("'" + cell if cell.startswith(FORMULA_STARTS) else cell)
        assert line[1] == ("-0,5" if lang == "de" else "-0.5")


def test_the_json_is_what_its_documentation_says(record: Record) -> None:
    found = json.loads(export.write(record, "json", "de"))
    assert found["schema"] == "einklang/1"
    assert list(found) == [
        "schema",
        "process",
        "workshop",
        "groups",
        "questions",
        "statements",
        "clusters",
        "contributions",
        "answers",
        "lang",
        "opinion_groups",
        "by_group",
        "notes",
        "themes",
        "log",
        "backings",
    ]
    noted = [(n["question"], n["text"]) for n in found["notes"]]
    assert noted == [(question, NOTE) for question in record.notes]
    assert found["workshop"]["joined"] == 15
    assert found["workshop"]["strand"] == "council"
    for cluster, result in zip(found["clusters"], record.results.clusters, strict=True):
        assert cluster["cluster"] == result.cluster.id
        for round_, expected in zip(cluster["rounds"], result.rounds, strict=True):
            assert (round_["n"], round_["index"]) == (expected.n, expected.index)
            assert round_["baseline"] == expected.baseline
            assert round_["rounds"] == [r.id for r in expected.rounds]
            for item, measured in zip(round_["items"], expected.items, strict=True):
                assert (
                    item.items()
                    >= {
                        "statement": measured.statement.id,
                        "question": measured.statement.question_id,
                        "text": measured.statement.text,
                        "counts": list(measured.counts.steps),
                        "abstained": measured.counts.abstained,
                        "n": measured.counts.n,
                        "consensus": measured.consensus,
                        "median": measured.median,
                        "leik": measured.leik,
                        "agreement": measured.agreement,
                        "l_squared": measured.l_squared,
                        "in_index": measured.in_index,
                    }.items()
                )
    asked = {s["statement"] for s in found["statements"]}
    questions = {q["question"]: q for q in found["questions"]}
    for answer in found["answers"]:
        assert list(answer) == [
            "participant",
            "question",
            "round",
            "statement",
            "value",
            "abstained",
            "second",
            "proxy",
        ]
        assert answer["statement"] in asked
        assert answer["abstained"] == (answer["value"] is None)
        numbers = [r["number"] for r in questions[answer["question"]]["rounds"]]
        assert answer["round"] in numbers
    assert {c["text"] for c in found["contributions"]} >= {HOSTILE[0], "Ohne Tippfehler"}
    edited = next(c for c in found["contributions"] if c["original_text"])
    assert (edited["text"], edited["original_text"]) == ("Ohne Tippfehler", HOSTILE[2])
    promoted = next(c for c in found["contributions"] if c["statement"])
    source = next(s for s in found["statements"] if s["source"])
    assert (promoted["contribution"], promoted["statement"]) == (
        source["source"],
        source["statement"],
    )
    assert [c["text"] for c in found["contributions"] if c["hidden"]] == [HOSTILE[1]]


def everything(record: Record, lang: str = "de") -> list[str]:
    """All that can be read in the three files, as text."""
    book = [str(v) for rows in sheets(record, lang).values() for r in rows for v in r.values()]
    tables = [str(v) for rows in files(record, lang).values() for r in rows for v in r.values()]
    return [*book, *tables, export.write(record, "json", lang).decode()]


def test_what_betrays_people_is_in_no_file(evening: Evening, record: Record) -> None:
    said = "\n".join(everything(record))
    for person in record.participants:
        assert person.id not in said
    assert not [token for token in evening.tokens if token in said]
    assert record.agenda.workshop.join_code not in said
    for text in UNREVEALED:
        assert text not in said
    assert "joined_at" not in said and "author" not in said and "created_at" not in said
    segments = ("Wissenschaft", "Wirtschaft", "Verwaltung", "Gruppe")
    for row in sheets(record)["Antworten"]:
        assert not [s for s in segments if s in map(str, row.values())]
    assert "T01" not in "\n".join(str(r) for r in sheets(record)["Perspektiven"])


def test_a_contribution_that_the_room_has_not_seen_is_kept_and_marked(record: Record) -> None:
    shown = {r["Text"]: r["Gezeigt"] for r in sheets(record)["Perspektiven"]}
    assert shown["Noch nicht gezeigt"] == "nein"
    assert shown["Ohne Tippfehler"] == "ja"


def test_the_same_record_gives_the_same_bytes(evening: Evening, record: Record) -> None:
    again = evening.service.record(OPERATOR, evening.workshop_id)
    for name in export.FORMATS:
        assert export.write(record, name, "de") == export.write(again, name, "de")


def test_an_evening_without_anything_is_a_file_too(tmp_path: Path) -> None:
    with empty_evening(tmp_path, Strand.CITIZENS) as evening:
        record = evening.service.record(OPERATOR, evening.workshop_id)
        assert list(sheets(record)) == SHEETS
        assert sheets(record)["Antworten"] == files(record)["answers"] == []
        assert json.loads(export.write(record, "json", "en"))["answers"] == []
        name = export.file_name(record, "csv")
    assert name.startswith("einklang-smart-kassel-council-buergerschaft-2")
    assert name.endswith(".csv.zip")


def test_four_people_get_no_index(tmp_path: Path) -> None:
    with empty_evening(tmp_path) as evening:
        evening.join(*("science",) * 4)
        evening.state(0, "Eins")
        evening.rate(0, 1)
        record = evening.service.record(OPERATOR, evening.workshop_id)
        (row,) = sheets(record)["Konvergenz"]
        assert row["Konvergenzindex"] is None
        assert (
            row["Hinweis"] == "Weniger als fünf Personen haben geantwortet: Es gibt keinen Index."
        )
        assert sheets(record)["Gruppen"] == []


def test_a_table_longer_than_a_sheet_goes_on_in_the_next() -> None:
    table = Table("x", "Antworten", (Column("a"),), tuple((n,) for n in range(5)))
    assert [(name, len(rows)) for name, rows in sheets_of(table, 2)] == [
        ("Antworten", 2),
        ("Antworten 2", 2),
        ("Antworten 3", 1),
    ]
