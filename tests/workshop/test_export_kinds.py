"""Every kind of question in the files: the numbers of the stage, and what each answer means."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence

import pytest
from openpyxl import load_workbook

from tests.every_kind import EveryKind, every_kind
from tests.rooms import HandClock, Running, make_service
from tests.workshop.test_export import Row, files, number, sheets
from tests.workshop.test_export_analysis import undocumented_columns, undocumented_fields
from workshop import export
from workshop.analysis import RoundAnalysis, WholeLevel
from workshop.export.kinds_json import Object
from workshop.i18n import translator
from workshop.model import OPERATOR, QuestionKind, Round
from workshop.sentences import axis_word, item_sentence, whole_sentence
from workshop.service.reading import Record
from workshop.verdicts import ClusterWord

CHOOSE, RANK, ALLOCATE = QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE
MATRIX, PROPOSE, RATE = QuestionKind.MATRIX, QuestionKind.PROPOSE, QuestionKind.RATE
WORDS = QuestionKind.WORDS
HOSTILE = "=1+1"
DE = translator("de")
GIVEN: dict[QuestionKind, list[Sequence[int] | None]] = {
    CHOOSE: [(1, 0, 0, 0, 0)] * 6 + [(0, 0, 0, 0, 1), None],
    RANK: [(1, 2, 3, 4)] * 4 + [(2, 1, 3, 4)] * 3 + [None],
    ALLOCATE: [(5, 5, 0, 0), (10, 0, 0, 0), (4, 3, 2, 1), (0, 0, 0, 10)],
}
"""Eight people; to the points only four."""


def play(kinds: EveryKind) -> None:
    """Eight people from two groups; each statement of the matrix is rated in another way."""
    service, w = kinds.room.service, kinds.room.id
    service.add_statement(OPERATOR, w, kinds.questions[CHOOSE].id, HOSTILE)
    people = [*kinds.room.people(5), *kinds.room.people(3, "business")]
    for kind, given in GIVEN.items():
        round_ = kinds.open(kind)
        for token, values in zip(people, given, strict=False):
            kinds.give(token, round_, values)
        kinds.reveal(kind)
    matrix = kinds.open(MATRIX)
    both, one, few, _ = matrix.statement_ids
    for place, token in enumerate(people):
        rate(kinds, token, matrix, both, 3 + place % 3, 1)
        rate(kinds, token, matrix, one, 2)
        if place < 4:
            rate(kinds, token, matrix, few, 5, 5)
    service.answer(w, people[7], matrix.id, both, "0").result()
    kinds.reveal(MATRIX)
    sent = kinds.open(WORDS)
    for token, word in zip(people, ("Mut", "mut", "Mut", HOSTILE, "Nähe"), strict=False):
        service.contribute(w, token, sent.id, None, word).result()
    kinds.reveal(WORDS)
    said = service.contributions(OPERATOR, w, sent.question_id)
    service.hide_statement(OPERATOR, w, next(s.id for s in said if s.text == "Nähe"))


def rate(kinds: EveryKind, token: str, round_: Round, statement_id: str, *steps: int) -> None:
    """Give a statement its steps, axis by axis."""
    for axis, step in enumerate(steps, start=1):
        answer = kinds.room.service.answer
        answer(kinds.room.id, token, round_.id, statement_id, str(step), axis=axis).result()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("kinds")
    with make_service(f"sqlite:///{folder / 'einklang.db'}", HandClock()) as running:
        kinds = every_kind(running)
        play(kinds)
        yield kinds.room.service.record(OPERATOR, kinds.room.id)


def analysed(record: Record) -> RoundAnalysis:
    """The only round of the only cluster that has one."""
    (found,) = (r for c in record.analysis.clusters for r in c.rounds)
    return found


def wholes(record: Record) -> dict[QuestionKind, WholeLevel]:
    """What may be said of each question with options."""
    return {w.result.question.kind: w for w in analysed(record).wholes}


def of_kind(rows: list[Row], name: str) -> list[Row]:
    """The rows of one kind of question."""
    return [row for row in rows if row["Art der Frage"] == name]


def test_options_stand_with_the_numbers_of_their_kind(record: Record) -> None:
    rows, found = sheets(record)["Optionen"], wholes(record)
    for row, option in zip(of_kind(rows, "Auswählen"), found[CHOOSE].result.options, strict=True):
        assert (row["Gewählt von"], row["Anteil, der es gewählt hat"]) == (
            *(option.chosen, option.mean),
        )
        assert (row["n"], row["Mittlerer Platz"], row["Punkte insgesamt"]) == (7, None, None)
    first, *_, hostile = of_kind(rows, "Auswählen")
    assert (first["Option"], first["Gewählt von"], first["Vorn"]) == ("Bäume", 6, "ja")
    assert (hostile["Option"], hostile["Gewählt von"], hostile["Vorn"]) == (HOSTILE, 1, "nein")
    for row, option in zip(of_kind(rows, "Reihenfolge"), found[RANK].result.options, strict=True):
        assert row["Mittlerer Platz"] == option.mean
        assert [row[f"Platz {n}"] for n in range(1, 5)] == list(option.places)
        assert (row["Gewählt von"], row["Kennung der Aussage"]) == (None, option.statement.id)


def test_a_question_with_options_says_who_leads_and_how_far_all_agree(record: Record) -> None:
    rows = sheets(record)["Fragen mit Optionen"]
    for row, whole in zip(rows, analysed(record).wholes, strict=True):
        assert (row["n"], row["Enthaltungen"]) == (whole.result.n, whole.result.abstained)
        assert (row["Intervall von"], row["Intervall bis"]) == (whole.low, whole.high)
    (ranked,), kendall = of_kind(rows, "Reihenfolge"), wholes(record)[RANK].result.kendall
    assert kendall is not None
    assert (ranked["W nach Kendall"], ranked["Chi²"], ranked["p"]) == (
        *(kendall.W, kendall.chi2, kendall.p),
    )
    (chosen,) = of_kind(rows, "Auswählen")
    assert (chosen["Vorn"], chosen["Vorsprung nachweisbar"]) == ("Bäume", "ja")
    assert chosen["Konsens"] == wholes(record)[CHOOSE].result.consensus
    assert chosen["Zählt im Index"] == "ja"
    assert "Bäume" in chosen["Satz"] and "Konsens" in chosen["Satz"]


def test_four_people_are_not_counted_out(record: Record) -> None:
    """Neither in a sheet nor in the JSON, whatever the kind."""
    book = sheets(record)
    (asked,) = of_kind(book["Fragen mit Optionen"], "Punkte verteilen")
    empty = ("Konsens", "Intervall von", "Zufallsniveau", "W nach Kendall", "p", "Vorn")
    assert asked["n"] == 4
    assert [asked[heading] for heading in empty] == [None] * 6
    assert "weniger als fünf" in asked["Satz"].casefold()
    for row in of_kind(book["Optionen"], "Punkte verteilen"):
        said = {k: v for k, v in row.items() if v is not None}
        assert set(said) == {
            *("Cluster", "Schlüsselfrage", "Art der Frage", "Runde", "Option", "Herkunft", "n"),
            "Kennung der Aussage",
        }
    few = [r for r in book["Matrix"] if r["n"] == 4]
    assert len(few) == 2
    assert {r[f"Stufe {step}"] for r in few for step in range(1, 6)} == {None}
    assert {r[heading] for r in few for heading in ("Konsens", "Median", "Befund")} == {None}
    round_ = rounds(record)[0]
    (whole,) = (w for w in round_["wholes"] if w["kind"] == "allocate")
    assert (whole["n"], whole["consensus"], whole["W"], whole["leaders"]) == (4, None, None, [])
    for option in whole["options"]:
        assert [option[key] for key in ("chosen", "points", "places", "mean")] == [None] * 4
    for axis in (axis for m in round_["matrices"] for axis in (m["first"], m["second"])):
        if axis["n"] < 5:
            hidden = ("counts", "median", "consensus", "leik", "agreement", "l_squared", "verdict")
            assert [axis[key] for key in hidden] == [None] * 7


def test_a_matrix_has_a_row_for_each_axis(record: Record) -> None:
    rows, levels = sheets(record)["Matrix"], analysed(record).matrices
    assert [row["Achse"] for row in rows] == ["Wichtigkeit", "Machbarkeit"] * 4
    axes = [(m, axis) for m in levels for axis in (m.first, m.second)]
    for row, (matrix, level) in zip(rows, axes, strict=True):
        assert row["Kennung der Aussage"] == matrix.result.statement.id
        assert (row["n"], row["Enthaltungen"]) == (
            *(level.result.counts.n, level.result.counts.abstained),
        )
        if level.result.counts.n >= 5:
            counts = [row[f"Stufe {step}"] for step in range(1, 6)]
            assert counts == list(level.result.counts.steps)
            assert (row["Konsens"], row["Median"]) == (
                *(level.result.consensus, level.result.median),
            )
            assert row["Befund"] == axis_word(level.word, DE)
    first, second = levels[0].first, levels[0].second
    question = levels[0].result.question
    assert question.scale is not None and question.second is not None
    assert rows[0]["Satz"] == item_sentence(first, question.scale, DE, axis=True)
    assert rows[1]["Satz"] == item_sentence(second, question.second, DE, axis=True)
    assert (rows[1]["Befund"], rows[1]["Richtung"]) == ("einig: niedrig", "mehrheitlich niedrig")
    assert "0 hoch, 0 in der Mitte, 7 niedrig (einig: niedrig)." in rows[1]["Satz"]
    assert rows[1]["Skala"].startswith("1 = gar nicht machbar · ")


def test_a_single_answer_says_what_it_means_and_of_whom_nothing(record: Record) -> None:
    rows = sheets(record)["Antworten"]
    said = {
        (kind, row["Wert"], row["Wert auf der zweiten Achse"]): row["Bedeutung"]
        for kind in ("Auswählen", "Reihenfolge", "Punkte verteilen", "Matrix")
        for row in of_kind(rows, kind)
    }
    assert said["Auswählen", 1, None] == "ausgewählt"
    assert said["Auswählen", 0, None] == "nicht ausgewählt"
    assert said["Auswählen", None, None] is None
    assert said["Reihenfolge", 2, None] == "Platz 2 von 4"
    assert said["Punkte verteilen", 5, None] == "5 von 10 Punkten"
    both = "Wichtigkeit: sehr wichtig · Machbarkeit: gar nicht machbar"
    assert said["Matrix", 5, 1] == both
    assert said["Matrix", 2, None] == "Wichtigkeit: weniger wichtig"
    none = [row for row in rows if row["Keine Antwort"] == "ja"]
    assert len(none) == 5 + 4 + 1  # one person's choice, ranking, and one statement
    assert {(row["Wert"], row["Bedeutung"]) for row in none} == {(None, None)}
    for row in rows:
        assert not {"Wissenschaft", "Wirtschaft", "science", "business"} & {*row.values()}


def test_a_step_of_a_scale_bears_its_label(running: Running) -> None:
    kinds = every_kind(running)
    round_ = kinds.open(RATE)
    (token,) = kinds.room.people(1)
    kinds.room.answer(token, round_, round_.statement_ids[0], 5)
    kinds.reveal(RATE)
    (row,) = sheets(kinds.room.service.record(OPERATOR, kinds.room.id))["Antworten"]
    scale = kinds.questions[RATE].scale
    assert scale is not None
    assert (row["Art der Frage"], row["Bedeutung"]) == ("Bewerten", scale.labels[4]["de"])


def rounds(record: Record, lang: str = "de") -> list[Object]:
    """The rounds of all clusters, as the JSON has them."""
    found = json.loads(export.write(record, "json", lang))
    return [round_ for cluster in found["clusters"] for round_ in cluster["rounds"]]


def test_the_json_says_the_same(record: Record) -> None:
    (round_,), expected = rounds(record), analysed(record)
    assert (round_["index"], round_["items"]) == (expected.level.index, [])
    for whole, level in zip(round_["wholes"], expected.wholes, strict=True):
        result = level.result
        assert (whole["question"], whole["kind"]) == (result.question.id, result.question.kind)
        assert (whole["n"], whole["abstained"]) == (result.n, result.abstained)
        assert (whole["low"], whole["high"]) == (level.low, level.high)
        assert whole["leaders"] == [s.id for s in level.leaders]
        assert (whole["holds"], whole["in_index"]) == (level.holds, result.in_index)
    by_kind = {w["kind"]: w for w in round_["wholes"]}
    assert [o["chosen"] for o in by_kind["choose"]["options"]] == [6, 0, 0, 0, 1]
    assert by_kind["rank"]["options"][0]["places"] == [4, 3, 0, 0]
    assert [o["points"] for o in by_kind["rank"]["options"]] == [None] * 4
    assert by_kind["choose"]["W"] is None and 0 < by_kind["rank"]["W"] <= 1
    for matrix, of_two in zip(round_["matrices"], expected.matrices, strict=True):
        for name, axis in (("first", of_two.first), ("second", of_two.second)):
            assert (matrix[name]["n"], matrix[name]["low"]) == (axis.result.counts.n, axis.low)
    first = round_["matrices"][0]
    assert (first["first"]["title"], first["second"]["title"]) == ("Wichtigkeit", "Machbarkeit")
    assert first["second"]["counts"] == [7, 0, 0, 0, 0]
    assert first["second"]["verdict"] == "agreed-against"


def test_questions_and_answers_of_the_json_know_the_second_axis(record: Record) -> None:
    found = json.loads(export.write(record, "json", "en"))
    by_kind = {q["kind"]: q for q in found["questions"] if q["kind"] not in ("rate", "collect")}
    assert by_kind["matrix"]["second"]["name"] == "feasibility"
    assert (by_kind["allocate"]["most"], by_kind["rank"]["second"]) == (10, None)
    matrix = [a for a in found["answers"] if a["question"] == by_kind["matrix"]["question"]]
    assert {(a["value"], a["second"], a["abstained"]) for a in matrix} == {
        *((3, 1, False), (4, 1, False), (5, 1, False), (2, None, False), (5, 5, False)),
        (None, None, True),
    }


def test_a_cluster_of_such_questions_counts_what_its_index_is_made_of(record: Record) -> None:
    (row,), level = sheets(record)["Konvergenz"], analysed(record).level
    assert level.word is not ClusterWord.TOO_FEW
    assert (row["Konsenswerte im Index"], row["Konvergenzindex"]) == (level.items, level.index)
    # Three questions, and of four statements on two axes the five that anybody gave a step.
    assert level.items == 3 + 5


def test_words_are_counted_as_on_the_stage_and_what_is_hidden_is_not_there(record: Record) -> None:
    rows = sheets(record)["Wortwolken"]
    assert [(row["Wort"], row["Nennungen"], row["Runde"]) for row in rows] == [
        *(("Mut", 3, 1), (HOSTILE, 1, 1)),
    ]
    found = json.loads(export.write(record, "json", "de"))
    (cloud,) = (cloud for cluster in found["clusters"] for cloud in cluster["words"])
    assert [(word["text"], word["times"]) for word in cloud["words"]] == [("Mut", 3), (HOSTILE, 1)]
    assert "„Mut“" in cloud["sentence"]


def test_the_overview_says_every_question_with_options(record: Record) -> None:
    said = [r["Wert"] for r in sheets(record)["Übersicht"] if r["Abschnitt"].endswith("Sätzen")]
    for whole in analysed(record).wholes:
        assert whole_sentence(whole, 1, DE) in said
    assert "Weniger als fünf Antworten" in [r["Angabe"] for r in sheets(record)["Übersicht"]]


def test_every_field_and_column_is_documented(record: Record) -> None:
    assert undocumented_columns(record) == []
    assert undocumented_fields(record) == set()


def test_options_are_text_in_every_file(record: Record) -> None:
    book = load_workbook(io.BytesIO(export.write(record, "xlsx", "de")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    said = [row["Option"] for row in files(record)["options"]]
    assert "'" + HOSTILE in said and HOSTILE not in said
    assert "'" + HOSTILE in [row["Wort"] for row in files(record)["words"]]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_zip_has_the_same_numbers(record: Record, lang: str) -> None:
    book, found = sheets(record, lang), files(record, lang)
    for key in ("answers", "matrices", "option_questions", "options", "words"):
        sheet = book[list(book)[list(found).index(key)]]
        assert len(sheet) == len(found[key]) > 0
        for line, row in zip(found[key], sheet, strict=True):
            for heading, value in row.items():
                if isinstance(value, (int, float)):
                    assert number(line[heading]) == value


def test_english_headings_explain_themselves(record: Record) -> None:
    book = sheets(record, "en")
    assert {
        "Chosen by",
        "Share who chose it",
        "Mean place",
        "Points per person",
        "In the lead",
    } <= {*book["Options"][0]}
    assert {"Kendall’s W", "Lead demonstrable", "Kind of question"} <= {
        *book["Questions with options"][0]
    }
    assert book["Matrix"][1]["Axis"] == "Feasibility"
    assert book["Word clouds"][0]["Times sent"] == 3
    aid = {row["Item"] for row in book["Overview"] if row["Section"] == "How to read the numbers"}
    assert aid >= {"Consensus on options", "Kendall’s W", "Lead"}


def test_what_was_not_asked_again_is_told_without_calling_it_statements(running: Running) -> None:
    """A choice is asked twice, and a ranking beside it once: no change is claimed."""
    kinds = every_kind(running)
    people = kinds.room.people(5)
    for kind, values in ((CHOOSE, (1, 0, 0, 0)), (RANK, (1, 2, 3, 4)), (CHOOSE, (0, 1, 0, 0))):
        round_ = kinds.open(kind)
        for token in people:
            kinds.give(token, round_, values)
        kinds.reveal(kind)
    record = kinds.room.service.record(OPERATOR, kinds.room.id)
    (row,) = sheets(record)["Änderungen"]
    assert (row["Erneut gefragt"], row["Gefragt"], row["Änderung"]) == (1, 2, None)
    assert row["Satz"].endswith("denn nur ein Teil wurde erneut gefragt (1 von 2).")
    levels = [row["Konsenswerte im Index"] for row in sheets(record)["Konvergenz"]]
    assert levels == [1, 1]


def test_a_workshop_without_such_questions_has_the_sheets_and_nothing_in_them(
    running: Running,
) -> None:
    empty = every_kind(running).room
    book = sheets(empty.service.record(OPERATOR, empty.id))
    names = ("Optionen", "Fragen mit Optionen", "Matrix", "Wortwolken")
    assert [book[name] for name in names] == [[]] * 4
