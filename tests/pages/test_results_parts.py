"""The parts of the results page as text in, HTML out: people's text stays text, few stay unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from streamlit.testing.v1 import AppTest

from pages.parts import results_change, results_opinion, results_segments, results_strands
from pages.parts.results_distribution import measures
from pages.parts.results_said import contributions
from pages.parts.results_view import table
from tests.evening import HOSTILE, Evening, empty_evening, play
from tests.workshop.test_opinion_map import groups
from workshop.analysis import Bounds, Change, RepresentativeOf
from workshop.charts import Table
from workshop.i18n import translator
from workshop.model import OPERATOR
from workshop.segments import Group, GroupLevel, SegmentResults, Side, Standing
from workshop.service.reading import Record
from workshop.stability import MissingRevotes
from workshop.verdicts import ChangeWord, ClusterWord

DE, EN = translator("de"), translator("en")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with empty_evening(tmp_path_factory.mktemp("parts")) as found:
        play(found)
        yield found


@pytest.fixture(scope="module")
def record(evening: Evening) -> Record:
    return evening.service.record(OPERATOR, evening.workshop_id)


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def cells(html: str) -> list[list[str]]:
    return [[c.get_text(" ") for c in row.select("th, td")] for row in soup(html).select("tr")]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_people_s_text_stays_text(record: Record, lang: str) -> None:
    t = translator(lang)
    said = soup(contributions(record.contributions, t))
    assert {li.text for li in said.select("li")} == {c.text for c in record.contributions}
    rows = [(r.number, i) for r in record.analysis.clusters[0].rounds for i in r.items]
    found = soup(measures(rows, t))
    assert [th.text for th in found.select("tbody th")] == [
        i.result.statement.text for _, i in rows
    ]
    assert not [*said.select("b, a, img, script"), *found.select("b, a, img, script")]


def test_a_table_says_what_it_is_and_marks_words(record: Record) -> None:
    content = Table(("Aussage", "n", "Befund"), ((HOSTILE[9], "3", "offen"),))
    found = soup(table("<Maße>", content, text_columns=(2,)))
    region = found.select_one("[role=region]")
    assert region is not None and region["aria-label"] == "<Maße>" and region["tabindex"] == "0"
    assert [c.text for c in found.select(".er-words")] == ["Befund", "offen"]
    assert found.select_one("tbody th").text == HOSTILE[9]  # type: ignore[union-attr]
    assert table("Maße", Table(("Aussage",), ())) == ""


def test_of_fewer_than_five_answers_there_are_no_measures(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with empty_evening(tmp_path_factory.mktemp("few")) as evening:
        evening.join(*("science",) * 4)
        evening.state(0, "Eins")
        evening.rate(0, 1)
        record = evening.service.record(OPERATOR, evening.workshop_id)
    rows = [(1, item) for item in record.analysis.clusters[0].rounds[0].items]
    (_, row) = cells(measures(rows, DE))
    assert row[:4] == ["Eins", "1", "4", "0"] and set(row[4:]) == {"–"}


def many() -> None:
    """A script that shows so many statements as a page holds, of 45."""
    import streamlit as st

    from pages.parts import results_view
    from workshop.i18n import translator

    shown = results_view.page(range(1, 46), translator("de"), key="many")
    st.text(" ".join(map(str, shown)))


def test_many_statements_come_in_pages() -> None:
    app = AppTest.from_function(many).run()
    assert app.selectbox[0].options == ["1 bis 20 von 45", "21 bis 40 von 45", "41 bis 45 von 45"]
    assert app.text[0].value.split() == [str(n) for n in range(1, 21)]
    app.selectbox[0].select_index(2).run()
    assert app.text[0].value == "41 42 43 44 45" and not app.exception


# Change


def test_how_stable_the_answers_are(record: Record) -> None:
    change = record.analysis.clusters[0].changes[0]
    content = results_change.stability_table(change.items, DE)
    assert len(content.rows) == len(change.items)
    for row, item in zip(content.rows, change.items, strict=True):
        assert item.stability is not None
        assert row[:2] == (item.statement.text, DE.number(item.matched))
        assert row[2] == DE.percent(item.stability.unchanged)
        assert row[-1] == "zu wenige für eine Aussage"
    few = replace(change.items[0], stability=None, change=None, matched=3, word=ChangeWord.TOO_FEW)
    (row,) = results_change.stability_table([few], DE).rows
    assert row[1] == "3" and set(row[2:-1]) == {"–"}


def test_what_the_missing_could_change() -> None:
    change = Change(1, 2, 7.4, 1.0, 12.0, 27, ChangeWord.CLOSER, 6.0, 6, 6, ())
    content = results_change.bounds_table(
        Bounds(1, 2, MissingRevotes(6.6, -9.2, 9.4, 3)), change, EN
    )
    assert [row[1] for row in content.rows] == ["+7", "+7", "−9", "+9"]
    for missing in (None, MissingRevotes(7.4, 7.4, 7.4, 0)):
        assert results_change.bounds_table(Bounds(1, 2, missing), change, EN).rows == ()


def test_both_strands_need_five_answers_each(evening: Evening, record: Record) -> None:
    assert record.analysis.clusters[0].strands is None
    assert results_strands.compared_table([], DE).rows == ()


# By group

SCIENCE, BUSINESS = Group("science", 31, ("science",)), Group("business", 6, ("business",))
POOL = Group("other", 9, ("politics", "other", "none"))


def standing(group: Group, majority: Side | None, *least: int) -> Standing:
    return Standing(group, majority, dict(zip(Side, least, strict=True)) if least else None)


def test_where_groups_stand(evening: Evening) -> None:
    agenda = evening.agenda
    round_ = next(r for r in agenda.rounds if len(r.statement_ids) > 10)
    first, second, *_ = round_.statement_ids
    found = SegmentResults(
        "w",
        "key",
        (SCIENCE, BUSINESS, POOL),
        {
            (round_.id, first): (
                standing(SCIENCE, Side.FOR, 5, 0, 20),
                standing(BUSINESS, Side.AGAINST),
                standing(POOL, None),
            ),
            (round_.id, second): (
                standing(SCIENCE, None, 0, 0, 0),
                standing(BUSINESS, Side.MIDDLE),
                standing(POOL, Side.FOR),
            ),
        },
        {},
    )
    html = results_segments.standings_table(agenda.asked(round_), found, round_, "ek-a", DE)
    head, one, two, *rest = [[" ".join(c.split()) for c in row] for row in cells(html)]
    assert head[1:] == [
        "Wissenschaft 31 Personen",
        "Wirtschaft 6 Personen",
        "Politik, andere, keine Angabe 9 Personen",
    ]
    assert one[1:] == ["≥ 20 dafür ≥ 5 dagegen", "▼ Mehrheit dagegen", "keine Mehrheit"]
    assert two[1:] == ["auf jeder Seite unter fünf", "■ Mehrheit in der Mitte", "▲ Mehrheit dafür"]
    assert all(len(row) == 2 and row[1].startswith("Nicht ausgewiesen") for row in rest)
    assert [i["style"] for i in soup(html).select(".er-bar")[0].select("i")] == [
        "width:16%",
        "width:0%",
        "width:65%",
    ]
    assert not soup(html).select("b, a, img, script")


def test_how_far_groups_agree_in_themselves() -> None:
    word = ClusterWord.ABOVE_CHANCE
    levels = (
        GroupLevel(SCIENCE, 90.0, 85.0, 100.0, 45.0, word),
        GroupLevel(POOL, 10.0, 5.0, 20.0, 45.0, ClusterWord.SPLIT),
        GroupLevel(BUSINESS, None, None, None, None, ClusterWord.TOO_FEW),
    )
    _, one, two, three = cells(results_segments.levels_table(levels, "ek-a", DE))
    assert one[:5] == ["Wissenschaft", "≥ 90", "85–100", "45", "über Zufall einig"]
    assert two[1] == "≤ 10" and two[4] == "gespalten"
    assert three[1:] == ["–", "–", "–", "zu wenige", ""]
    assert "mindestens fünf" in results_segments.levels_table((), "ek-a", DE)


# Opinion groups


def test_what_all_groups_agree_on_is_more_than_half_of_each() -> None:
    drawn = groups(70, 40)
    listed = cells(results_opinion.shared(drawn, DE))
    assert [row[1] for row in listed[1:]] == ["0,61"]
    low = replace(drawn, consensus=(replace(drawn.consensus[0], gic=0.25),))
    assert "0,25" in results_opinion.shared(low, DE) and not cells(results_opinion.shared(low, DE))


def test_what_tells_a_group_from_the_others() -> None:
    drawn = groups(70, 40)
    hostile = replace(drawn.consensus[0].statement, text=HOSTILE[9])
    telling = replace(
        drawn, representative={0: (RepresentativeOf(hostile, drawn.representative[0][0].measures),)}
    )
    found = soup(results_opinion.telling(telling, 0, DE))
    assert found.select_one("tbody th").text == HOSTILE[9]  # type: ignore[union-attr]
    assert not found.select("script, img")
    assert "Nichts unterscheidet" in results_opinion.telling(telling, 1, DE)
