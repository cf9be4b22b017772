"""Charts of the kinds without a distribution each: choices, rankings, points, planes, clouds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evening import HOSTILE
from tests.workshop.chart_objects import (
    DE,
    EN,
    OWN_MARKUP,
    QUESTION,
    item,
    item_level,
    statement,
    texts_of,
)
from workshop.analysis import MatrixLevel, WholeLevel
from workshop.charts import (
    Chart,
    Word,
    cloud,
    cloud_pages,
    matrix_chart,
    option_pages,
    plane_pages,
    whole_chart,
    words_of,
)
from workshop.charts.cloud import WALL
from workshop.charts.option_rows import HAIR
from workshop.charts.plane import within
from workshop.charts.whole import place_of
from workshop.model import KeyQuestion, QuestionKind, Round, RoundState
from workshop.results import Counts, MatrixResult
from workshop.templates import scales
from workshop.verdicts import Direction, ItemWord
from workshop.whole import ValueCounts, WholeResult, whole_result

NAMES = ("Bäume", "Busse", "Radwege")
SIZE = re.compile(r' style="font-size:[\d.]+px;color:#[0-9a-f]{6}"')


def question(kind: QuestionKind, most: int | None = None) -> KeyQuestion:
    return replace(QUESTION, kind=kind, scale=None, most=most)


def whole(
    kind: QuestionKind,
    *answers: Mapping[int, int],
    number: int = 1,
    most: int | None = None,
    texts: Sequence[str] = (),
) -> WholeResult:
    """By option, how many people gave it which value."""
    names = texts or NAMES
    asked = [statement(names[i % len(names)], f"o{i}") for i in range(len(answers))]
    counts: ValueCounts = {
        s.id: dict(found.items()) for s, found in zip(asked, answers, strict=True)
    }
    round_ = Round(f"r{number}", "w", "q", number, RoundState.REVEALED)
    return whole_result(question(kind, most), round_, asked, counts)


def level(result: WholeResult, *leaders: int, holds: bool = False) -> WholeLevel:
    found = tuple(result.options[i].statement for i in leaders)
    return WholeLevel(result, 0.2, 0.4, found, holds=holds)


def choice(*chosen: int, n: int = 20, number: int = 1) -> WholeResult:
    return whole(QuestionKind.CHOOSE, *({1: c, 0: n - c} for c in chosen), number=number, most=1)


NOBODY: dict[int, int] = {}
RANKED: tuple[dict[int, int], ...] = ({1: 12, 2: 8}, {1: 8, 2: 6, 3: 6}, {2: 6, 3: 14})


def plain(chart: Chart) -> None:
    """A figure that a browser can read, with nothing in it but numbers and texts."""
    json.dumps(chart.figure, allow_nan=False)


def test_a_choice_has_the_share_of_all_and_what_leads_first() -> None:
    result = choice(5, 12, 3)
    chart = whole_chart(level(result, 1, holds=True), DE)
    now, before = chart.figure["data"]
    assert now["ids"] == ["o1", "o0", "o2"] and now["x"] == [0.6, 0.25, 0.15]
    assert before["x"] == [HAIR] * 3, "what has no length at all can't move"
    assert len(set(now["marker"]["color"])) == 2, "what leads is filled in full"
    assert chart.figure["layout"]["xaxis"]["range"] == [0, 1.0]
    assert [row[0] for row in chart.table.rows] == ["Busse", "Bäume", "Radwege"]
    assert chart.table.rows[0][1:] == ("1", "20", "12", "60\u00a0%")
    plain(chart)


def test_the_round_before_is_the_thin_bar_and_a_row_of_the_table() -> None:
    chart = whole_chart(level(choice(5, 12, 3, number=2), 1), DE, previous=choice(10, 6, 4))
    assert chart.figure["data"][1]["x"] == [0.3, 0.5, 0.2]
    assert [row[1] for row in chart.table.rows] == ["2", "1"] * 3
    few = whole_chart(level(choice(5, 12, 3, number=2), 1), DE, previous=choice(1, 2, 1, n=4))
    assert few.figure["data"][1]["x"] == [HAIR] * 3


def test_points_are_shares_of_all_points_on_an_axis_that_fits() -> None:
    result = whole(QuestionKind.ALLOCATE, {10: 4, 0: 2}, {0: 4, 5: 2}, {0: 4, 5: 2}, most=10)
    chart = whole_chart(level(result, 0), DE)
    assert chart.figure["data"][0]["x"] == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-4)
    assert chart.figure["layout"]["xaxis"]["range"] == [0, pytest.approx(0.7)]
    assert chart.table.rows[0] == ("Bäume", "1", "6", "40", "6,7", "4")


def test_a_ranking_has_a_column_for_each_place_and_a_diamond_at_the_mean() -> None:
    result = whole(QuestionKind.RANK, *RANKED)
    earlier = whole(QuestionKind.RANK, *reversed(RANKED))
    chart = whole_chart(level(result, 0), DE, previous=earlier)
    columns, way, before, means = chart.figure["data"]
    assert columns["ids"][:3] == ["o0-1", "o0-2", "o0-3"] and len(columns["x"]) == 9
    assert columns["text"][:3] == ["12", "8", "\u00a0"]
    assert columns["y"][0] / columns["y"][1] == pytest.approx(12 / 8, rel=1e-3)
    assert means["x"] == [1.4, 1.9, 2.7] and before["x"] == [2.7, 1.9, 1.4]
    assert way["x"].count(None) == 3
    assert chart.table.columns[-3:] == ("Platz 1", "Platz 2", "Platz 3")
    plain(chart)


def test_the_number_of_traces_never_changes_so_that_what_is_there_can_move() -> None:
    for kind, traces in ((QuestionKind.CHOOSE, 2), (QuestionKind.RANK, 4)):
        for answers in ([NOBODY, NOBODY], [{1: 9, 2: 1}, {2: 9, 1: 1}]):
            chart = whole_chart(level(whole(kind, *answers, most=1)), DE, labels=False)
            assert len(chart.figure["data"]) == traces
    assert len(matrix_chart(MATRIX, [], DE, number=1).figure["data"]) == 7
    assert len(matrix_chart(MATRIX, [placed("a", HIGH, LOW)], DE, number=1).figure["data"]) == 7
    assert len(cloud(QUESTION, (), DE).figure["data"]) == 1


@pytest.mark.parametrize("n", [0, 1, 4])
def test_of_fewer_than_five_answers_nothing_is_drawn_or_told(n: int) -> None:
    for result, length in (
        (choice(n, 0, n=n), "x"),
        (whole(QuestionKind.RANK, {1: n}, {2: n}), "y"),
    ):
        chart = whole_chart(level(result), DE, labels=False)
        assert not any(value for trace in chart.figure["data"] for value in trace[length])
        assert chart.figure["layout"]["shapes"] == []
        assert {cell for row in chart.table.rows for cell in row[3:]} == {"–"}
        said = "Niemand hat geantwortet." if n == 0 else "Weniger als fünf Antworten"
        assert said in chart.sentence


def test_equals_share_a_place() -> None:
    result = choice(8, 4, 4)
    assert [place_of(result, o) for o in result.options] == [1, 2, 2]
    ranked = whole(QuestionKind.RANK, *RANKED)
    assert [place_of(ranked, o) for o in ranked.options] == [1, 2, 3]


@pytest.mark.parametrize("count", [2, 7, 12])
def test_all_options_of_usual_length_stand_on_one_page(count: int) -> None:
    result = choice(*range(count, 0, -1), n=30)
    assert [len(page) for page in option_pages(result.in_order)] == [count]


def test_long_options_take_more_pages_and_none_is_lost() -> None:
    given = [{1: 1, 0: 9}] * 12
    result = whole(QuestionKind.CHOOSE, *given, most=1, texts=["Ein langer Satz. " * 14])
    pages = option_pages(result.in_order)
    assert len(pages) > 1
    assert sum(map(len, pages)) == 12


# A matrix

MATRIX = replace(
    QUESTION,
    kind=QuestionKind.MATRIX,
    scale=scales()["importance"],
    second=scales()["feasibility"],
)
HIGH, LOW, CAMPS = (0, 0, 1, 9, 10), (10, 9, 1, 0, 0), (10, 0, 0, 0, 10)


def placed(name: str, first: Sequence[int], second: Sequence[int], text: str = "") -> MatrixLevel:
    """A statement with these answers on both axes."""
    x, y = (item(*steps, text=text or name, name=name) for steps in (first, second))
    result = MatrixResult(MATRIX, x.statement, x, y, in_index=True)
    on_first, on_second = (
        replace(
            item_level(i, ItemWord.AGREED_FOR if i.counts.steps == HIGH else ItemWord.OPEN),
            direction=Direction.FOR if i.counts.steps == HIGH else Direction.NONE,
        )
        for i in (x, y)
    )
    return MatrixLevel(result, on_first, on_second)


def test_the_middle_is_taken_within_its_step() -> None:
    assert within(Counts((0, 0, 0, 10, 10)), 0.5) == 4.5
    assert within(Counts((0, 0, 0, 5, 15)), 0.5) == pytest.approx(4.5 + 5 / 15)
    assert within(Counts((0, 0, 20, 0, 0)), 0.25) == 2.75


@given(st.lists(st.integers(0, 40), min_size=2, max_size=11).filter(any))
def test_the_middle_lies_between_the_quarters_and_on_the_scale(steps: list[int]) -> None:
    low, middle, high = (within(Counts(tuple(steps)), share) for share in (0.25, 0.5, 0.75))
    assert 0.5 <= low <= middle <= high <= len(steps) + 0.5


def test_each_statement_has_its_number_its_place_and_arms_over_the_middle_half() -> None:
    levels = [placed("a", HIGH, HIGH), placed("b", CAMPS, LOW)]
    chart = matrix_chart(MATRIX, levels, DE, number=1)
    _, cross, way, before, _, places, marks = chart.figure["data"]
    assert marks["text"] == ["<b>1</b>", "<b>2</b>"] and marks["ids"] == ["a", "b"]
    assert marks["x"][0] == places["x"][0] == pytest.approx(4.5)
    arms = [abs(cross["x"][i + 1] - cross["x"][i]) for i in (0, 6)]
    assert arms[1] > 3 * arms[0], "a room of two camps has long arms"
    assert way["x"] == before["x"] == []
    plain(chart)


def test_the_round_before_is_a_hollow_dot_with_a_way_to_the_mark() -> None:
    now, then = placed("a", HIGH, HIGH), placed("a", LOW, LOW)
    chart = matrix_chart(MATRIX, [now], DE, number=2, previous=[then.result])
    way, before = chart.figure["data"][2:4]
    assert before["ids"] == ["a-before"] and before["x"][0] < 3 < way["x"][1]
    assert [row[1] for row in chart.table.rows] == ["2", "2", "zuvor", "zuvor"]


def test_marks_on_one_place_step_aside_and_a_line_leads_to_it() -> None:
    levels = [placed(name, HIGH, HIGH) for name in "abcdefghijkl"]
    *_, lead, places, marks = matrix_chart(MATRIX, levels, DE, number=1).figure["data"]
    assert len(set(zip(places["x"], places["y"], strict=True))) == 1
    at = [(180 * x, 112 * y) for x, y in zip(marks["x"], marks["y"], strict=True)]
    nearest = min(hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(at) for b in at[:i])
    assert nearest > 40
    assert lead["x"].count(None) >= 11
    assert all(0.5 < x < 5.5 for x in (*marks["x"], *marks["y"]))


def test_what_another_page_lists_stays_pale_and_without_arms() -> None:
    levels = [placed(str(i), HIGH, LOW) for i in range(9)]
    pages = plane_pages([x.result for x in levels])
    assert sum(map(len, pages)) == 9 and len(pages) == 2
    others, cross, *_, marks = matrix_chart(
        MATRIX, levels, DE, number=1, page=pages[1], labels=False
    ).figure["data"]
    assert len(others["ids"]) == len(pages[0]) and marks["ids"] == [
        m.statement.id for m in pages[1]
    ]
    assert cross["x"].count(None) == 2 * len(pages[1])


def test_a_matrix_says_what_is_high_on_both_axes_and_all_the_rest() -> None:
    levels = [placed("Bäume", HIGH, HIGH), placed("Busse", HIGH, LOW)]
    said = matrix_chart(MATRIX, levels, DE, number=1).sentence
    assert said.startswith("Runde 1: 2 Aussagen, eingeordnet nach Wichtigkeit und Machbarkeit.")
    assert "Mehrheitlich oben auf beiden Achsen: „Bäume“." in said
    assert "„Busse“: Wichtigkeit: einig: hoch (" in said
    few = matrix_chart(MATRIX, [placed("a", (0, 0, 0, 2, 2), HIGH)], DE, number=1)
    assert "Weniger als fünf Antworten" in few.sentence
    assert few.figure["data"][-1]["x"] == []
    assert {row[-1] for row in few.table.rows} == {"–"}


def test_only_a_matrix_has_a_plane() -> None:
    with pytest.raises(ValueError, match="matrix"):
        matrix_chart(QUESTION, [], DE, number=1)


# A cloud


def sent(*texts: str, by: str = "") -> list[Word]:
    said = [
        replace(statement(text, f"s{place}"), author_id=by or f"p{place}")
        for place, text in enumerate(texts)
    ]
    return list(words_of(said))


def test_case_tells_no_words_apart_and_the_usual_spelling_stands() -> None:
    assert sent("Grün", "grün", "Grün", "Rad") == [Word("Grün", 3), Word("Rad", 1)]


def test_who_sends_a_word_twice_counts_once_and_what_was_merged_counts_too() -> None:
    assert sent("Rad", "rad", by="p") == [Word("Rad", 1)]
    merged = replace(statement("Rad", "s"), author_id="p", times=3)
    assert words_of([merged]) == (Word("Rad", 3),)


def test_the_most_frequent_word_is_the_largest_and_stands_in_the_middle() -> None:
    words = [Word("Klima", 9), *(Word(f"Wort {i}", 1 + i % 3) for i in range(30, 0, -1))]
    words.sort(key=lambda w: -w.times)
    trace = cloud(QUESTION, words, DE, labels=False).figure["data"][0]
    sizes, (x, y) = trace["textfont"]["size"], (trace["x"], trace["y"])
    first = trace["ids"].index("klima")
    assert sizes[first] == max(sizes) and min(sizes) >= 24
    assert abs(x[first] - WALL.width / 2) < WALL.width / 4
    assert abs(y[first] - WALL.height / 2) < WALL.height / 5
    assert trace["text"][first].endswith("> 9</span>")
    assert (
        cloud(QUESTION, words, DE, labels=False).figure
        == cloud(QUESTION, words, DE, labels=False).figure
    )


@given(st.lists(st.integers(1, 40), max_size=150))
def test_every_word_is_on_one_page_and_inside_of_it(times: list[int]) -> None:
    words = [Word(f"Ein Wort {i}", n) for i, n in enumerate(sorted(times, reverse=True))]
    pages = cloud_pages(words)
    assert [w for page in pages for w in page] == words
    for page in pages:
        trace = cloud(QUESTION, words, DE, page=page, labels=False).figure["data"][0]
        assert len(trace["ids"]) == len(page)
        for y, size in zip(trace["y"], trace["textfont"]["size"], strict=True):
            assert size / 2 <= y + 1 and y + size / 2 <= WALL.height + 1


def test_a_long_word_is_no_wider_than_the_wall() -> None:
    words = [Word("W" * 40, 5), Word("i" * 40, 1)]
    trace = cloud(QUESTION, words, DE, labels=False).figure["data"][0]
    assert 40 * 0.82 * trace["textfont"]["size"][trace["ids"].index("w" * 40)] <= WALL.width


def test_a_cloud_says_how_many_words_and_which_came_most_often() -> None:
    words = [Word("Klima", 4), Word("Rad", 1)]
    assert cloud(QUESTION, words, DE).sentence == (
        "2 verschiedene Wörter, insgesamt 5-mal genannt. Am häufigsten: „Klima“ (4-mal)."
    )
    assert cloud(QUESTION, words, EN).table.rows == (("Klima", "4"), ("Rad", "1"))
    assert cloud(QUESTION, (), DE).sentence == "Es wurde kein Wort genannt."


@pytest.mark.parametrize("text", [*HOSTILE, "<br>", "&lt;b&gt;"])
def test_what_people_wrote_stays_text_in_every_figure(text: str) -> None:
    short = text[:40]
    charts = [
        whole_chart(level(whole(QuestionKind.CHOOSE, {1: 9}, {0: 9}, texts=[text], most=1)), DE),
        matrix_chart(MATRIX, [placed("a", HIGH, LOW, text)], DE, number=1),
        cloud(QUESTION, [Word(short, 2)], DE),
    ]
    for chart, written in zip(charts, (text, text, short), strict=True):
        for found in texts_of(chart.figure):
            assert not re.search(r"[<>]", OWN_MARKUP.sub("", SIZE.sub("", found)))
        assert " ".join(written.split()) in " ".join(chart.sentence.split())
