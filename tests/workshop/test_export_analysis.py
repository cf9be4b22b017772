"""What results are worth, in the files: the numbers of the stage, and the documentation of it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.evening import empty_evening
from tests.workshop.test_export import sheets
from tests.workshop.two_strands import Played, two_strands
from workshop import export
from workshop.analysis import ClusterAnalysis
from workshop.export.tables import tables
from workshop.i18n import translator
from workshop.model import OPERATOR
from workshop.segments import Side
from workshop.sentences import (
    change_sentence,
    cluster_comparison_sentence,
    comparison_sentence,
    item_change_in_full,
    level_sentence,
    level_word,
)
from workshop.service.reading import Record

DOCS = Path(__file__).parents[2] / "docs" / "export.md"
DE = translator("de")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with two_strands(tmp_path_factory.mktemp("worth")) as made:
        yield made


@pytest.fixture(scope="module")
def council(played: Played) -> Record:
    return played.service.record(OPERATOR, played.council)


@pytest.fixture(scope="module")
def citizens(played: Played) -> Record:
    return played.service.record(OPERATOR, played.citizens)


@pytest.fixture(scope="module")
def book(council: Record) -> dict[str, list[dict[str, Any]]]:
    return sheets(council)


def cluster(record: Record) -> ClusterAnalysis:
    """The only one."""
    (found,) = record.analysis.clusters
    return found


def interval(row: dict[str, Any]) -> tuple[float, float]:
    """What stands in the columns of the interval."""
    return row["Intervall von"], row["Intervall bis"]


def test_the_analysis_of_a_file_is_that_of_the_stage(played: Played, council: Record) -> None:
    assert council.analysis == played.service.analysis(OPERATOR, played.council)


def test_levels_stand_in_the_workbook(council: Record, book: Any) -> None:
    for row, found in zip(book["Konvergenz"], cluster(council).rounds, strict=True):
        level = found.level
        assert (row["Konvergenzindex"], *interval(row)) == (level.index, level.low, level.high)
        assert (row["n"], row["Anwesend"], row["Eingeladen"]) == (level.n, level.present, None)
        assert row["Intervall"] == "95-%-Intervall"
        assert row["Befund"] == level_word(level.word, DE)
        assert row["Satz"] == level_sentence("Ein Cluster", found.number, level, DE)
    items = [i for r in cluster(council).rounds for i in r.items]
    for row, item in zip(book["Aussagen"], items, strict=True):
        assert (*interval(row), row["Zufallsniveau"]) == (item.low, item.high, item.chance)
        assert row["Befund"]
        assert row["Richtung"]


def test_changes_and_moves_stand_in_the_workbook(council: Record, book: Any) -> None:
    ((row,), (change,)) = book["Änderungen"], cluster(council).changes
    assert (row["Änderung"], *interval(row)) == (change.change, change.low, change.high)
    assert (row["Von Runde"], row["Zu Runde"], row["In beiden Runden"]) == (1, 2, 19)
    assert (row["Änderung aller"], row["Befund"]) == (change.whole, "nachweisbar angenähert")
    assert row["Satz"] == change_sentence("Ein Cluster", change, DE)
    for row, item in zip(book["Bewegungen"], change.items, strict=True):
        moved = item.stability
        assert moved is not None
        assert row["Kennung der Aussage"] == item.statement.id
        assert (row["In beiden Runden"], row["Unverändert"]) == (item.matched, moved.unchanged)
        assert (row["Nach oben"], row["Nach unten"]) == (moved.up, moved.down)
        assert (row["Mittlere Bewegung"], row["Gewichtetes Kappa"]) == (
            moved.mean_move,
            moved.kappa,
        )
        assert row["p nach Wilcoxon"] == (moved.test.p if moved.test else None)
        assert (row["Änderung des Konsenses"], *interval(row)) == (item.change, item.low, item.high)
        assert row["Satz"] == item_change_in_full(item, DE)


def test_both_strands_stand_in_the_workbook(council: Record, book: Any) -> None:
    found = cluster(council).strands
    assert found is not None
    (row,) = book["Beide Stränge"]
    assert (row["Nähe"], row["Abstand"], row["Abstand durch Zufall"], row["p"]) == (
        *(found.naehe, found.distance, found.floor, found.p),
    )
    for name, level in (("Rat", found.council), ("Bürgerschaft", found.citizens)):
        assert row[f"n ({name})"] == level.n
        assert row[f"Konvergenzindex ({name})"] == level.index
        assert row[f"Befund ({name})"] == level_word(level.word, DE)
    assert row["Satz"] == cluster_comparison_sentence(found, DE)
    *_, few = book["Stränge je Aussage"]
    assert (few["n (Bürgerschaft)"], few["Stufe 5 (Bürgerschaft)"], few["Nähe"]) == (3, None, None)
    assert few["Richtung (Bürgerschaft)"] is None
    for row, item in zip(book["Stränge je Aussage"], found.items, strict=True):
        known = item.comparison
        assert row["Satz"] == comparison_sentence(item, DE)
        if known is not None:
            assert (row["Nähe"], row["Abstand"], row["p"]) == (known.naehe, known.emd, known.p)
            assert row["Abstand durch Zufall"] == known.floor.mean
            assert row["Abstand durch Zufall, 95 %"] == known.floor.high
            assert row["Unterschied nachweisbar"] == ("ja" if known.provable else "nein")
            steps = [row[f"Stufe {k} (Bürgerschaft)"] for k in range(1, 6)]
            assert steps == list(item.citizens.counts.steps)


def test_opinion_groups_stand_in_the_workbook(citizens: Record, book: Any) -> None:
    assert book["Meinungsgruppen"] == book["Konsens der Gruppen"] == []
    found, groups = sheets(citizens), citizens.analysis.groups
    assert {r["Meinungsgruppe"] for r in found["Meinungsgruppen"]} == {1, 2}
    telling = [
        one for group in sorted(groups.representative) for one in groups.representative[group]
    ]
    for row, one in zip(found["Meinungsgruppen"], telling, strict=True):
        assert row["Kennung der Aussage"] == one.statement.id
        assert row["Personen"] == groups.sizes[row["Meinungsgruppe"] - 1]
        assert (row["So viele"], row["Von Stimmen"]) == (one.measures.successes, one.measures.votes)
        assert row["Kennwert"] == one.measures.score
        assert row["Die Gruppe"] == ("stimmt zu" if one.measures.agrees else "lehnt ab")
    values = [
        (r["Gruppenübergreifender Konsens"], r["Stimmen"]) for r in found["Konsens der Gruppen"]
    ]
    assert values == [(c.gic, c.votes) for c in groups.consensus]


def test_who_is_in_which_opinion_group_is_in_no_file(citizens: Record) -> None:
    labels = list(citizens.analysis.groups.labels)
    said = export.write(citizens, "json", "de").decode()
    assert json.dumps(labels, separators=(",", ":")) not in said
    assert "coordinates" not in said and "labels" in said  # the labels are the scale's
    for place in citizens.analysis.groups.coordinates.ravel():
        assert repr(float(place)) not in said


@pytest.fixture(scope="module")
def segmented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Fifty people of three groups who don't all think alike."""
    with empty_evening(tmp_path_factory.mktemp("groups")) as evening:
        evening.join(*("science",) * 25, *("business",) * 20, *("politics",) * 5)
        evening.state(0, *(f"Aussage {place}" for place in range(4)))
        evening.rate(0, 2)
        yield evening.service.record(OPERATOR, evening.workshop_id)


def test_results_by_group_are_those_that_may_be_told(segmented: Record) -> None:
    found, told = sheets(segmented), segmented.segments
    assert [(r["Gruppe"], r["Personen"]) for r in found["Gruppen"]] == [
        *(("Wissenschaft", 25), ("Wirtschaft", 20), ("Politik", 5)),
    ]
    levels = [level for group in told.levels.values() for level in group]
    assert len(levels) == 3
    for row, level in zip(found["Konvergenz je Gruppe"], levels, strict=True):
        assert row["Personen"] == level.group.n
        assert (row["Konvergenzindex"], *interval(row)) == (level.index, level.low, level.high)
        assert row["Befund"] == level_word(level.word, DE)
    standings = [one for item in told.items.values() for one in item]
    assert standings
    for row, one in zip(found["Richtung je Gruppe"], standings, strict=True):
        assert row["Personen"] == one.group.n
        assert bool(row["Mehrheit"]) == bool(one.majority)
        assert row["Mindestens dafür"] == (one.least[Side.FOR] if one.least else None)
    by_group = json.loads(export.write(segmented, "json", "en"))["by_group"]
    assert [r["index"] for r in by_group["levels"]] == [level.index for level in levels]
    assert [r["majority"] for r in by_group["sides"]] == [one.majority for one in standings]


def test_the_overview_says_everything_of_clusters_in_sentences(council: Record, book: Any) -> None:
    said = [r["Wert"] for r in book["Übersicht"] if r["Abschnitt"] == "Ergebnisse in Sätzen"]
    found = cluster(council)
    assert said[:3] == [
        *(level_sentence("Ein Cluster", r.number, r.level, DE) for r in found.rounds),
        change_sentence("Ein Cluster", found.changes[0], DE),
    ]
    assert said[-1].startswith("Keine Meinungsgruppen: ")
    aid = {r["Angabe"] for r in book["Übersicht"] if r["Abschnitt"] == "So lesen Sie die Zahlen"}
    assert aid >= {"95-%-Intervall", "Zufallsniveau", "Nähe", "Abstand durch Zufall"}
    assert aid >= {"Befund zu einem Cluster", "Gruppenübergreifender Konsens", "Stabilität"}


def test_the_sheet_of_the_convergence_draws_itself(council: Record) -> None:
    sheet = load_workbook(io.BytesIO(export.write(council, "xlsx", "de")))["Konvergenz"]
    (chart,) = sheet._charts  # openpyxl has no other way to them
    named = {str(series.val.numRef.f) for part in (chart, *chart._charts) for series in part.series}
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    for heading in ("Konvergenzindex", "Intervall von", "Intervall bis", "Zufallsniveau"):
        column = headings[heading]
        assert f"Konvergenz!${column}$2:${column}$3" in named


def test_a_row_is_as_high_as_its_longest_text(council: Record) -> None:
    """Not every office program finds out by itself."""
    sheet = load_workbook(io.BytesIO(export.write(council, "xlsx", "de")))["Übersicht"]
    heights = {r: sheet.row_dimensions[r].height for r in range(2, sheet.max_row + 1)}
    for row, height in heights.items():
        longest = len(str(sheet.cell(row, 3).value)) / sheet.column_dimensions["C"].width
        assert (height is None) if longest <= 1 else (height >= 15 * longest)
    assert any(heights.values())


def undocumented_columns(record: Record) -> list[str]:
    """The headings of all tables, in both languages, that `docs/export.md` doesn't list."""
    text = DOCS.read_text(encoding="utf-8")
    missing = []
    for table in (table for lang in ("de", "en") for table in tables(record, translator(lang))):
        assert f"`{table.key}.csv`" in text
        part = text.partition(f"\n**{table.key}**")[2].partition("\n**")[0]
        for column in table.columns:
            title = re.sub(r"^(Stufe|Step|Platz|Place) [2-9]\b", r"\1 1", column.title)
            if not re.search(rf"(^|[|,*/\s]){re.escape(title)}([|,*/\s…]|$)", part):
                missing.append(title)
    return missing


def undocumented_fields(record: Record) -> set[str]:
    """The names in the JSON that `docs/export.md` doesn't list."""
    text = DOCS.read_text(encoding="utf-8").partition("## JSON")[2]
    known = set(re.findall(r"`([^`]+)`", text))
    known |= {name.removesuffix("[]").rpartition(".")[2] for name in known}
    return set(_fields(json.loads(export.write(record, "json", "de")))) - known


def test_the_documentation_lists_every_column(citizens: Record) -> None:
    assert undocumented_columns(citizens) == []


def test_the_documentation_lists_every_field(
    council: Record, citizens: Record, segmented: Record
) -> None:
    for record in (council, citizens, segmented):
        assert undocumented_fields(record) == set()


def _fields(found: Any) -> Iterator[str]:
    """The names of all fields, but neither languages nor the numbers of groups."""
    if isinstance(found, dict):
        yield from (key for key in found if key not in {"de", "en"} and not key.isdigit())
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from _fields(part)
