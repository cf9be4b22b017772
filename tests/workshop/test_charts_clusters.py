"""The cluster view: every number with its interval, its n and its word, and never a ranking."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.workshop.chart_objects import (
    DE,
    EN,
    analysed,
    analysis,
    change,
    cluster,
    compared,
    comparison,
    item,
    level,
    texts_of,
)
from workshop.analysis import ClusterAnalysis
from workshop.charts import Chart, cluster_overview, cluster_words
from workshop.charts.clusters import PER_CLUSTER
from workshop.charts.words import in_common, other_mixes
from workshop.i18n import Translator
from workshop.verdicts import ChangeWord, ClusterWord, IntervalWord

SAME = item(1, 2, 3, 4, 10)


def two(value: float | None = 11.0, **more: Any) -> ClusterAnalysis:
    """A cluster after its second round."""
    rounds = (analysed(1, level(58.2), SAME), analysed(2, level(69.4), SAME))
    return cluster(*rounds, changes=[change(value, **more)])


def trace(chart: Chart, name: str, place: int = 0) -> dict[str, Any]:
    """A trace of the cluster at that place."""
    mine = chart.figure["data"][PER_CLUSTER * place : PER_CLUSTER * (place + 1)]
    found: dict[str, Any] = next(t for t in mine if t["name"] == name)
    return found


def written(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_row_says_index_interval_people_and_the_change_with_its_word() -> None:
    words = cluster_words(two(), DE)
    assert (words.index, words.interval, words.chance) == ("69", "61–77", "44")
    assert (words.change, words.change_interval) == ("+11", "+4 bis +18")
    assert (words.verdict, words.since) == ("nachweisbar angenähert", "seit Runde 1")
    assert words.panel == "27 von 30 in beiden Runden"
    assert words.people == "28 von 30 Anwesenden"
    assert words.sentence == (
        "Mobilität, Runde 2 in Kenntnis des Ergebnisses: Konvergenz 69 von 100 (95-%-Intervall "
        "61 bis 77, 28 von 30 Anwesenden); Antworten aufs Geratewohl ergäben 44: über Zufall "
        "einig. Runde 2 nach Runde 1, in Kenntnis des Ergebnisses: +11 Punkte (95-%-Intervall "
        "+4 bis +18) bei 27 Personen, die beide Male geantwortet haben: nachweisbar angenähert."
    )


def test_in_the_first_round_the_level_is_the_verdict() -> None:
    words = cluster_words(cluster(analysed(1, level(58.2), SAME)), DE)
    assert (words.verdict, words.level, words.change) == ("über Zufall einig", "", "")
    split = level(30.0, word=ClusterWord.SPLIT)
    assert cluster_words(cluster(analysed(1, split)), EN).verdict == "split"


def test_a_room_that_is_split_or_like_chance_says_so_beside_its_change() -> None:
    chance = level(44.0, word=ClusterWord.LIKE_CHANCE)
    rounds = (analysed(1, level(40.0), SAME), analysed(2, chance, SAME))
    words = cluster_words(cluster(*rounds, changes=[change(4.0)]), DE)
    assert words.level == "vom Zufall nicht zu unterscheiden"
    assert cluster_words(two(), DE).level == ""


def test_what_may_not_be_claimed_is_not_claimed() -> None:
    some = cluster_words(two(None, word=ChangeWord.SOME_ITEMS, asked=(1, 2)), DE)
    assert some.verdict == "nur 1 von 2 erneut gefragt"
    assert (some.change, some.level) == ("", "über Zufall einig")
    few = cluster_words(two(None, word=ChangeWord.TOO_FEW, matched=3), DE)
    assert (few.verdict, few.panel) == ("über Zufall einig", "weniger als fünf in beiden Runden")
    assert "3" not in few.panel and few.change == ""
    small = cluster_words(two(11.0, word=ChangeWord.TOO_FEW_TO_CLAIM, matched=12), DE)
    assert small.verdict == "zu wenige für eine Aussage"
    none = cluster_words(two(2.0, word=ChangeWord.NOT_SHOWN), DE)
    assert (none.change, none.verdict) == ("+2", "keine nachweisbare Änderung")


def test_a_cluster_without_a_number_says_why() -> None:
    few = cluster(analysed(1, level(None, 4), SAME))
    nothing_common = cluster(analysed(1, level(None, 20), SAME))
    assert cluster_words(cluster(), DE).problem == "Noch ist keine Runde aufgedeckt."
    assert "Weniger als fünf" in cluster_words(few, DE).problem
    assert "Nichts davon" in cluster_words(nothing_common, DE).problem
    chart = cluster_overview(analysis(cluster(), few, nothing_common), DE)
    assert all(trace["x"] == [] for trace in chart.figure["data"])
    assert [row[2] for row in chart.table.rows] == ["–", "–", "–"]
    assert all("–" in row for row in chart.table.rows)


def test_every_round_has_its_own_lane_its_band_and_its_point() -> None:
    rounds = [analysed(n, level(x), SAME) for n, x in ((1, 50.0), (2, 62.5), (3, 71.0))]
    chart = cluster_overview(analysis(cluster(*rounds), cluster(number=1)), DE, labels=False)
    assert trace(chart, "line")["x"] == [50.0, 62.5, 71.0]
    assert trace(chart, "earlier")["x"] == [50.0, 62.5]
    assert trace(chart, "last")["x"] == [71.0]
    assert trace(chart, "earlier-band")["x"] == [42.0, 58.0, None, 54.5, 70.5, None]
    assert trace(chart, "last-band")["x"] == [63.0, 79.0, None]
    heights = trace(chart, "line")["y"]
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == 3
    earlier, last = (trace(chart, f"{name}-band")["line"]["width"] for name in ("earlier", "last"))
    assert earlier < last
    assert trace(chart, "earlier")["marker"]["color"] != trace(chart, "last")["marker"]["color"]
    ticks = [s for s in chart.figure["layout"]["shapes"] if s["line"].get("dash") == "dot"]
    assert [tick["x0"] for tick in ticks] == [43.7]
    assert "annotations" not in chart.figure["layout"]
    json.dumps(chart.figure, allow_nan=False)


def test_both_strands_are_on_the_same_statements_and_never_pooled() -> None:
    both = comparison(compared((1, 2, 3, 4, 10), (9, 9, 9, 9, 9)))
    with_both = cluster(analysed(1, level(58.0), SAME), strands=both)
    chart = cluster_overview(analysis(with_both, cluster(number=1)), DE, labels=False)
    assert (trace(chart, "council")["x"], trace(chart, "citizens")["x"]) == ([61.0], [72.0])
    assert trace(chart, "citizens")["marker"]["symbol"] == "diamond"
    assert trace(chart, "citizens-band")["x"] == [64.0, 80.0, None]
    lanes = [trace(chart, name)["y"][0] for name in ("last", "council", "citizens")]
    assert lanes == sorted(lanes, reverse=True)
    assert trace(chart, "council", 1)["x"] == []
    names = [row[1] for row in chart.table.rows]
    assert names[:3] == ["Runde 1", "Rat, dieselben Aussagen", "Bürgerschaft, dieselben Aussagen"]
    assert written(chart.table.rows[2][5]) == "1.439"
    for number in ("61", "72", "1.439"):
        assert number in chart.sentence


def test_a_strand_with_too_few_has_no_sign() -> None:
    both = comparison(compared((1, 2, 3, 4, 10), (1,) * 5), citizens=None)
    chart = cluster_overview(analysis(cluster(analysed(1, level(58.0)), strands=both)), DE)
    assert trace(chart, "citizens")["x"] == [] == trace(chart, "citizens-band")["x"]


def test_the_line_of_everybody_is_fainter_where_the_panel_moved_otherwise() -> None:
    alike = cluster_overview(analysis(two(11.0, whole=11.2)), DE)
    apart = cluster_overview(analysis(two(11.0, whole=6.0)), DE)
    strong, faint = (trace(chart, "line")["line"] for chart in (alike, apart))
    assert faint["width"] < strong["width"] and faint["dash"] == "dot"
    assert cluster_words(two(11.0, whole=6.0), DE).whole == "alle zusammen: +6"
    assert cluster_words(two(11.0, whole=11.2), DE).whole == ""
    rows = [row for row in apart.table.rows if "alle" in row[1]]
    assert [row[2] for row in rows] == ["+6"]


def test_the_table_holds_every_number_of_the_picture() -> None:
    rows = cluster_overview(analysis(two(whole=9.0)), DE).table.rows
    assert rows[0][1:] == ("Runde 1", "58", "50–66", "44", "28", "30", "–", "über Zufall einig")
    assert rows[1][1:] == ("Runde 2", "69", "61–77", "44", "28", "30", "–", "über Zufall einig")
    assert rows[2][2:4] == ("+11", "+4 bis +18") and rows[2][5] == "27"
    assert rows[2][-1] == "nachweisbar angenähert"
    assert rows[3][2] == "+9"


def test_where_everybody_invited_answered_the_interval_is_no_sampling_error() -> None:
    everybody = level(58.0, interval=IntervalWord.STABILITY)
    assert "Stabilitätsbereich" in cluster_words(cluster(analysed(1, everybody)), DE).sentence


@pytest.mark.parametrize("labels", [True, False])
def test_clusters_keep_their_order_and_as_many_traces(labels: bool) -> None:
    low, high = cluster(analysed(1, level(20.0))), cluster(analysed(1, level(90.0)), number=1)
    chart = cluster_overview(analysis(low, high, cluster(number=2)), DE, labels=labels)
    assert len(chart.figure["data"]) == 3 * PER_CLUSTER
    assert [trace(chart, "last", place)["x"] for place in range(3)] == [[20.0], [90.0], []]
    heights = [trace(chart, "last", place)["y"][0] for place in range(2)]
    assert heights[0] > heights[1]


def test_clusters_of_other_scales_are_told_apart() -> None:
    three = item(1, 2, 10, name="t")
    same = analysis(
        cluster(analysed(1, level(60.0), SAME)), cluster(analysed(1, level(50.0), SAME))
    )
    other = analysis(
        cluster(analysed(1, level(60.0), SAME)), cluster(analysed(1, level(9.0), three))
    )
    assert not other_mixes(same) and other_mixes(other)
    assert not other_mixes(analysis(cluster(), cluster(analysed(1, level(60.0), SAME))))


def test_what_all_say_alike_is_said_once() -> None:
    alike = [cluster_words(c, DE) for c in (two(), two(), cluster())]
    assert in_common(alike, "panel") == "27 von 30 in beiden Runden"
    assert in_common([*alike, cluster_words(two(matched=20), DE)], "panel") == ""
    assert in_common([], "panel") == ""


@pytest.mark.parametrize(
    ("t", "title"), [(DE, "Wie nah sind wir uns gekommen?"), (EN, "How close have we come?")]
)
def test_a_labelled_figure_carries_the_same_words(t: Translator, title: str) -> None:
    chart = cluster_overview(analysis(two(whole=6.0)), t)
    told = " ".join(texts_of(chart.figure["layout"]))
    for word in ("69", "61–77", "+11", "44", "27"):
        assert word in told
    assert chart.title == title
    first = cluster_overview(analysis(cluster(analysed(1, level(58.0)))), DE)
    assert first.title == "Wie nah sind wir beieinander?"
