"""Charts: what the figures hold, what the sentences say, and that people's text stays text."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evening import HOSTILE
from tests.workshop.chart_objects import (
    AGREEMENT,
    DE,
    EN,
    OWN_MARKUP,
    QUESTION,
    analysed,
    analysis,
    change,
    cluster,
    compared,
    comparison,
    item,
    item_level,
    level,
    moved,
    plain,
    statement,
    texts_of,
)
from workshop.charts import (
    Theme,
    cluster_overview,
    contribution_pages,
    escape,
    in_order,
    item_words,
    moves,
    moves_pages,
    question_result,
    statement_pages,
    strand_lines,
    strands_pages,
    weight_of,
    wrap,
)
from workshop.charts.base import PALETTES, centres, lines, ramp, text_on, width_of
from workshop.marks import ACCENTS, contrast
from workshop.qr import qr
from workshop.verdicts import ItemWord


def test_a_bar_is_the_share_of_those_who_answered() -> None:
    chart = question_result(QUESTION, [item(1, 2, 3, 4, 10, abstained=5)], DE, number=1)
    bars = chart.figure["data"][:5]
    assert [bar["x"][0] for bar in bars] == [0.05, 0.1, 0.15, 0.2, 0.5]
    assert [bar["text"][0].strip() for bar in bars] == ["", "2", "3", "4", "10"]
    json.dumps(chart.figure, allow_nan=False)


def test_the_round_before_is_thin_paler_and_keeps_its_place() -> None:
    now = [item(0, 0, 0, 5, 15, name="a"), item(5, 5, 5, 5, 0, name="b")]
    before = [item(10, 0, 0, 0, 10, name="b")]
    data = question_result(QUESTION, now, DE, number=2, previous=before).figure["data"]
    assert len(data) == 10
    thin, full = data[5], data[0]
    assert thin["x"] == [0.0, 0.5] and thin["width"] < full["width"]
    assert thin["marker"]["color"] != full["marker"]["color"]
    assert full["ids"] == ["a", "b"] and thin["ids"] == ["a-before", "b-before"]


def test_the_number_of_traces_never_changes_so_that_what_is_there_can_move() -> None:
    for items in ([], [item(0, 0, 0, 0, 0)], [item(1, 1, 1, 1, 1), item(9, 0, 0, 0, 0)]):
        assert len(question_result(QUESTION, items, DE, number=1).figure["data"]) == 10


def test_of_fewer_than_five_answers_nothing_is_drawn_or_told() -> None:
    few = item(1, 0, 0, 0, 3)
    chart = question_result(QUESTION, [few], DE, number=1)
    assert all(share == 0 for bar in chart.figure["data"] for share in bar["x"])
    assert chart.table.rows[0][2:8] == ("–",) * 6
    assert "Weniger als fünf" in chart.sentence and "Weniger als fünf" in item_words(
        few, AGREEMENT, DE
    )
    assert item_words(item(0, 0, 0, 0, 0), AGREEMENT, EN) == "Nobody has answered."


def test_the_sentence_says_scale_n_and_the_highest_median() -> None:
    items = [item(0, 0, 1, 9, 20, text="A", name="a"), item(8, 8, 8, 2, 2, text="B", name="b")]
    chart = question_result(QUESTION, items, DE, number=2)
    assert chart.sentence == (
        "Runde 2: 2 Aussagen, bewertet von „lehne ganz ab“ bis „stimme voll zu“. "
        "Je Aussage 28 bis 30 Antworten. Den höchsten Median hat „A“: stimme voll zu."
    )
    english = question_result(QUESTION, items, EN, number=2)
    assert "The highest median has “A”: strongly agree." in english.sentence
    assert chart.title == "Stimmen Sie zu?" and english.title == "Do you agree?"


def test_verdicts_stand_in_sentence_and_table_and_only_where_there_are_any() -> None:
    items = [item(0, 0, 1, 9, 20, text="A", name="a"), item(9, 8, 1, 8, 9, text="B", name="b")]
    words = (ItemWord.AGREED_FOR, ItemWord.POLARISED)
    levels = {i.statement.id: item_level(i, w) for i, w in zip(items, words, strict=True)}
    before = [item(1, 1, 1, 1, 9, name="a")]
    chart = question_result(QUESTION, items, DE, number=2, previous=before, levels=levels)
    assert "Befunde: 1 polarisiert, 1 einig dafür." in chart.sentence
    assert chart.table.columns[-1] == "Befund"
    assert [row[-1] for row in chart.table.rows] == ["einig dafür", "–", "polarisiert"]
    assert any("<b>polarisiert</b>" in text for text in texts_of(chart.figure))
    without = question_result(QUESTION, items, DE, number=2)
    assert "Befund" not in without.sentence and without.table.columns[-1] == "Enthaltungen"


def test_a_median_between_two_steps_is_told_as_both() -> None:
    words = item_words(item(0, 0, 0, 5, 5), AGREEMENT, DE)
    assert words == "Median: zwischen „stimme eher zu“ und „stimme voll zu“ (10 Antworten)."


def test_abstentions_are_a_share_and_no_category() -> None:
    words = item_words(item(0, 0, 0, 0, 9, abstained=1), AGREEMENT, DE)
    assert "9 Antworten, 10 % ohne Votum" in words.replace("\u00a0", " ")


def test_highest_median_first_and_later_rounds_keep_the_places() -> None:
    low, high = item(9, 1, 0, 0, 0, name="low"), item(0, 0, 0, 1, 9, name="high")
    few, new = item(0, 0, 0, 0, 1, name="few"), item(0, 0, 0, 0, 9, name="new")
    assert [i.statement.id for i in in_order([few, low, high])] == ["high", "low", "few"]
    turned = [item(0, 0, 0, 1, 9, name="low"), item(9, 1, 0, 0, 0, name="high"), new]
    assert [i.statement.id for i in in_order(turned, [low, high])] == ["high", "low", "new"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("steps", range(2, 12))
def test_every_step_has_its_colour_and_a_number_that_can_be_read(theme: Theme, steps: int) -> None:
    for accent in ACCENTS:
        colours = ramp(accent, theme, steps)
        assert len(set(colours)) == steps
        assert min(contrast(text_on(c), c) for c in colours) >= 4.5


@pytest.mark.parametrize("text", [*HOSTILE, "<br>", "&lt;b&gt;", "<a href='javascript:1'>x</a>"])
def test_what_people_wrote_stays_text_in_every_figure(text: str) -> None:
    went = moved({(1, 1): 4, (1, 2): 1}, text=text)
    both = compared((1, 2, 3, 4, 5), (2, 2, 2, 2, 9), text=text)
    charts = [
        question_result(QUESTION, [item(1, 2, 3, 4, 5, text=text)], DE, number=1),
        cluster_overview(analysis(cluster(analysed(1, level(60.0)), name=text)), DE),
        moves(QUESTION, change(4.0, items=[went]), DE),
        strand_lines(comparison(both), [both], DE),
    ]
    for chart in charts:
        figures = [chart.figure, chart.start] if chart.start else [chart.figure]
        for found in (t for figure in figures for t in texts_of(figure)):
            assert not re.search(r"[<>]", OWN_MARKUP.sub("", found))
        assert " ".join(text.split()) in " ".join(chart.sentence.split())
    # What Plotly decodes is what was written, but for line breaks.
    assert plain(text) == " ".join(text.split())


def test_signs_that_turn_the_writing_direction_are_left_out() -> None:
    assert escape("a\u202eb\u2066c\u00add\x00e\n f") == "abcde f"


@given(st.text(max_size=600), st.floats(2, 60))
def test_no_line_is_wider_than_asked_and_nothing_gets_lost(text: str, em: float) -> None:
    found = lines(text, em)
    assert all(width_of(line.rstrip("-")) <= em for line in found)
    assert "".join(found).replace("-", "").replace(" ", "") == plain(text).replace("-", "").replace(
        " ", ""
    )
    assert "\n" not in wrap(text, em)


def test_both_themes_have_their_own_colours() -> None:
    found = analysis(cluster(analysed(1, level(50.0))))
    light, dark = (cluster_overview(found, DE, theme=theme) for theme in ("light", "dark"))
    assert light.figure != dark.figure and light.sentence == dark.sentence
    for palette in PALETTES.values():
        assert contrast(palette.muted, palette.ground) >= 4.5


def test_rows_stand_where_their_words_do() -> None:
    assert centres([1, 3]) == [3.5, 1.5]
    long = item(1, 2, 3, 4, 5, text="Wort " * 100)
    assert weight_of(long) > weight_of(item(1, 2, 3, 4, 5)) * 2


def test_a_median_between_two_steps_needs_a_line_more() -> None:
    assert weight_of(item(0, 5, 5, 0, 0)) > weight_of(item(0, 5, 6, 0, 0))


@pytest.mark.parametrize("count", [0, 1, 5, 7, 13, 25])
def test_the_other_views_have_pages_too(count: int) -> None:
    went = [moved({(1, 1): 5, (5, 5): 5}, name=str(i)) for i in range(count)]
    both = [compared((9, 0), (0, 9), name=str(i)) for i in range(count)]
    for pages, items, most in ((moves_pages(went), went, 4), (strands_pages(both), both, 7)):
        assert [i for page in pages for i in page] == items
        assert max(len(page) for page in pages) <= most


@pytest.mark.parametrize("count", [0, 1, 6, 7, 13, 25])
def test_statements_come_in_pages_that_hold_all_of_them(count: int) -> None:
    items = [item(1, 2, 3, 4, 5, name=str(i)) for i in range(count)]
    pages = statement_pages(items)
    assert [i for page in pages for i in page] == items
    assert len(pages) == max(1, -(-count // 6))
    assert max(len(page) for page in pages) <= 7


def test_a_long_statement_needs_a_page_almost_by_itself() -> None:
    long = "Mobilität für alle " * 26
    assert len(statement_pages([item(1, 2, 3, 4, 5, text=long, name=str(i)) for i in "abcd"])) == 4


@pytest.mark.parametrize("count", [0, 1, 2, 12, 60])
def test_contributions_come_in_columns_that_hold_all_of_them(count: int) -> None:
    said = [
        statement("Ein Radweg durch die ganze Stadt, bitte " * (i % 4), str(i))
        for i in range(count)
    ]
    pages = contribution_pages(said)
    assert [c for page in pages for column in page for c in column] == said
    assert all(len(page) <= 3 and all(page) for page in pages)


def test_a_qr_code_has_its_quiet_zone_and_is_sharp() -> None:
    code = qr("https://example.org/j/48217730")
    assert code.size == 29 + 8
    assert not re.search(r"M[0-3] |M\d+ [0-3]h", code.path)
    svg = code.svg('A "name" <b>')
    assert 'aria-label="A &quot;name&quot; &lt;b&gt;"' in svg and "http" not in svg.split(">", 1)[1]
