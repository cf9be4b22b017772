"""Who moved, and both strands: what the figures hold, and nothing of fewer than five."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.workshop.chart_objects import (
    DE,
    EN,
    QUESTION,
    change,
    compared,
    comparison,
    moved,
    texts_of,
)
from workshop.charts import Chart, Theme, moves, strand_lines
from workshop.charts.base import PALETTES
from workshop.charts.moves import stayed
from workshop.charts.strand_lines import verdict_colour
from workshop.marks import contrast
from workshop.verdicts import StrandWord

WENT = {(1, 1): 8, (2, 2): 10, (2, 3): 4, (3, 4): 3, (5, 4): 2}
"""18 stayed, 7 went up, 2 went down."""


def bars(chart: Chart, which: str) -> list[float]:
    """The length of each step of the first statement: before, or after."""
    data = [t for t in chart.figure["data"] if t["type"] == "bar"]
    return [t["x"][0] for t in (data[:5] if which == "before" else data[5:])]


def ribbons(figure: dict[str, Any], way: str) -> list[list[tuple[float, float]]]:
    """The outlines of one way, those that somebody takes."""
    found = next(t for t in figure["data"] if t["name"] == way)
    outlines: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(found["x"], found["y"], strict=True):
        if x is None:
            outlines.append([])
        else:
            outlines[-1].append((x, y))
    return [o for o in outlines if len({x for x, _ in o}) > 1]


def test_flows_are_as_wide_as_the_people_are_many() -> None:
    chart = moves(QUESTION, change(4.0, items=[moved(WENT)]), DE, labels=False)
    n = 27
    assert bars(chart, "before") == [8 / n, 14 / n, 3 / n, 0, 2 / n]
    assert bars(chart, "after") == [8 / n, 10 / n, 4 / n, 5 / n, 0]
    up, down, same = (ribbons(chart.figure, way) for way in ("up", "down", "stayed"))
    assert (len(up), len(down), len(same)) == (2, 1, 2)
    assert sum(_widths(up)) == pytest.approx(7 / n, abs=2e-4)
    assert sum(_widths(down)) == pytest.approx(2 / n, abs=2e-4)
    assert sum(_widths(same)) == pytest.approx(18 / n, abs=2e-4)
    json.dumps(chart.figure, allow_nan=False)


def _widths(outlines: list[list[tuple[float, float]]]) -> list[float]:
    """At their upper ends."""
    tops = [[x for x, y in o if y == max(y for _, y in o)] for o in outlines]
    return [max(xs) - min(xs) for xs in tops]


def test_a_ribbon_leaves_its_step_and_ends_in_the_other() -> None:
    chart = moves(QUESTION, change(4.0, items=[moved({(1, 5): 3, (5, 1): 2})]), DE, labels=False)
    (up,) = ribbons(chart.figure, "up")
    high, low = max(y for _, y in up), min(y for _, y in up)
    assert sorted({x for x, y in up if y == high}) == [0.0, pytest.approx(0.6)]
    assert sorted({x for x, y in up if y == low}) == [pytest.approx(0.4), pytest.approx(1.0)]


def test_movement_begins_where_everybody_was() -> None:
    chart = moves(QUESTION, change(4.0, items=[moved(WENT)]), DE, labels=False)
    assert chart.start is not None
    before = [t["x"] for t in chart.start["data"] if t["type"] == "bar"]
    assert before[:5] == before[5:]
    for way in ("up", "down", "stayed"):
        for outline in ribbons(chart.start, way):
            assert len({round(x, 9) for x, _ in outline}) == 2, "straight down"
    shapes = [[len(t["x"]) for t in figure["data"]] for figure in (chart.figure, chart.start)]
    assert shapes[0] == shapes[1], "or nothing could move"


def test_up_and_down_are_told_apart_without_colour() -> None:
    data = moves(QUESTION, change(4.0, items=[moved(WENT)]), DE).figure["data"]
    by_name = {t["name"]: t for t in data if t["type"] == "scatter"}
    assert by_name["down"]["fillcolor"] == "rgba(0,0,0,0)", "hollow, with an outline"
    assert by_name["down"]["line"]["width"] > 0 == by_name["up"]["line"]["width"]
    assert not any("fillpattern" in t for t in data), "Plotly can't move a pattern"
    assert stayed(moved(WENT).stability or pytest.fail()) == 18


def test_below_five_people_nobody_is_drawn_or_counted() -> None:
    few = moved({(1, 1): 1, (1, 5): 3})
    chart = moves(QUESTION, change(None, matched=4, items=[few]), DE, labels=False)
    assert bars(chart, "before") == bars(chart, "after") == [0] * 5
    assert not any(ribbons(chart.figure, way) for way in ("up", "down", "stayed"))
    assert set(chart.table.rows[0][1:]) == {"–"}
    assert "weniger als fünf Personen" in chart.sentence and "4" not in chart.sentence


def test_the_sentence_and_the_table_say_what_the_flows_show() -> None:
    chart = moves(QUESTION, change(4.0, items=[moved(WENT, text="Mehr Busse")]), DE)
    assert (
        "„Mehr Busse“: 18 von 27 blieben bei ihrer Antwort, 7 gingen nach oben, 2 nach unten"
        in (chart.sentence)
    )
    assert "+4 Punkte" in chart.sentence and "keine nachweisbare Änderung" in chart.sentence
    assert len(chart.table.rows) == 5 and len(chart.table.columns) == 8
    assert chart.table.rows[1][2:] == ("0", "10", "4", "0", "0", "14")
    assert chart.table.columns[2] == "Runde 2: lehne ganz ab"
    empty = moves(QUESTION, change(None, items=[]), EN)
    assert empty.sentence == "No statement was asked in both rounds." and not empty.table.rows


def test_only_the_statements_of_the_question_are_its_moves() -> None:
    items = [moved(WENT, name="a"), moved(WENT, name="b")]
    chart = moves(QUESTION, change(4.0, items=items), DE, items=items[1:], labels=False)
    assert {i for t in chart.figure["data"] if t["type"] == "bar" for i in t["ids"]} == {
        "b-before",
        "b-after",
    }


COMMON = compared((1, 1, 2, 8, 16), (50, 50, 100, 400, 839), name="a")
DISPUTED = compared(
    (16, 8, 2, 1, 1), (50, 50, 100, 400, 839), StrandWord.DISPUTED, provable=True, name="b"
)
FEW = compared((1, 1, 1, 0, 0), (50, 50, 100, 400, 839), name="c")


def named(chart: Chart, name: str) -> list[dict[str, Any]]:
    return [t for t in chart.figure["data"] if t["name"] == name]


def test_both_signs_stand_at_their_share_in_favour() -> None:
    chart = strand_lines(comparison(COMMON, DISPUTED, FEW), [COMMON, DISPUTED, FEW], DE)
    (council,), (citizens,) = named(chart, "council"), named(chart, "citizens")
    assert council["x"] == [pytest.approx(2400 / 28), pytest.approx(200 / 28)]
    assert citizens["x"] == [pytest.approx(123900 / 1439)] * 2
    assert (council["marker"]["symbol"], citizens["marker"]["symbol"]) == ("circle", "diamond")
    assert council["ids"] == ["a-council", "b-council"], "of too few nothing is drawn"
    json.dumps(chart.figure, allow_nan=False)


def test_a_thick_line_is_a_difference_that_is_demonstrable() -> None:
    chart = strand_lines(comparison(COMMON, DISPUTED), [COMMON, DISPUTED], DE)
    thick = [t for t in named(chart, "demonstrable") if t["x"]]
    thin = [t for t in named(chart, "not demonstrable") if t["x"]]
    assert len(thick) == len(thin) == 1
    assert thick[0]["line"]["width"] > 2 * thin[0]["line"]["width"]
    assert thick[0]["line"]["color"] == verdict_colour(StrandWord.DISPUTED, "light")


def test_the_bracket_is_as_wide_as_chance_alone_would_make_the_distance() -> None:
    chart = strand_lines(comparison(COMMON), [COMMON], DE)
    (bracket,) = named(chart, "chance")
    xs = [x for x in bracket["x"] if x is not None]
    assert max(xs) - min(xs) == pytest.approx(4.0)


def test_the_sentence_and_the_table_say_what_the_lines_show() -> None:
    chart = strand_lines(comparison(COMMON, DISPUTED, FEW), [COMMON, DISPUTED, FEW], DE)
    said, rows = chart.sentence.replace("\u00a0", " "), chart.table.rows
    assert said.startswith("Mobilität, 2 Aussagen aus beiden Strängen")
    assert "strittig" in said and "Unterschied nachweisbar" in said
    assert "weniger als fünf Antworten (Rat)" in said
    cells = [cell.replace("\u00a0", " ") for cell in rows[1]]
    assert cells[1:5] == ["7 %", "86 %", "28", "1.439"]
    assert cells[5:] == ["84", "96", "strittig", "Unterschied nachweisbar (p = 0,012)"]
    assert rows[2][1:3] == ("–", "–") and rows[2][5:] == ("–",) * 4


def test_the_traces_are_always_as_many() -> None:
    counts = {
        len(strand_lines(comparison(*items), items, DE).figure["data"])
        for items in ([], [FEW], [COMMON, DISPUTED])
    }
    assert len(counts) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_verdict_can_be_read(theme: Theme) -> None:
    for word in (*StrandWord, None):
        assert contrast(verdict_colour(word, theme), PALETTES[theme].ground) >= 4.5


def test_labelled_figures_carry_the_words() -> None:
    lines = strand_lines(comparison(COMMON), [COMMON], DE)
    flows = moves(QUESTION, change(4.0, items=[moved(WENT)]), DE)
    assert any("gemeinsam" in text for text in texts_of(lines.figure["layout"]))
    assert any("18 von 27" in text for text in texts_of(flows.figure["layout"]))
