"""`results --json`: what a statistician would look for, under the keys that are promised."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

import app
from tests.workshop.two_strands import Played, two_strands
from workshop.i18n import translator
from workshop.sentences import level_sentence


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with two_strands(tmp_path_factory.mktemp("results")) as made:
        yield made


@pytest.fixture
def results(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    """The command, by workshop: its JSON, or with `text` what people read."""
    monkeypatch.setenv("DATABASE_URL", played.url)

    def call(workshop_id: str, *extra: str, text: bool = False) -> Any:
        form = () if text else ("--json",)
        assert app.main(["results", "--workshop", workshop_id, *form, *extra]) == 0
        said = capsys.readouterr().out
        return said if text else json.loads(said, parse_constant=_no_constant)

    return call


def _no_constant(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


LEVEL = {"index", "low", "high", "baseline", "n", "present", "invited", "verdict", "sentence"}
SHAPE = {
    "": {"workshop", "version", "process", "strand", "clusters", "groups", "backings"},
    "clusters": {"cluster", "cluster_name", "rounds", "changes", "strands", "comparison", "words"},
    "rounds": LEVEL | {"number", "rounds", "items", "interval", "matrices", "wholes"},
    "round items": {
        *("statement", "question", "text", "counts", "abstained", "n", "consensus", "median"),
        *("leik", "agreement", "l_squared", "in_index"),
        *("low", "high", "chance", "verdict", "direction", "sentence"),
    },
    "changes": {
        *("first", "second", "change", "low", "high", "matched", "whole", "asked_again"),
        *("asked", "verdict", "sentence", "items"),
    },
    "change items": {
        *("statement", "text", "change", "low", "high", "matched", "verdict", "unchanged", "up"),
        *("down", "mean_move", "kappa", "wilcoxon", "flows", "sentence"),
    },
    "comparison": {"naehe", "distance", "floor", "p", "sentence", "statements"},
    "statements": {
        *("statement", "text", "naehe", "emd", "floor", "floor_high", "p", "provable"),
        *("cliffs_delta", "verdict", "n_council", "n_citizens", "direction_council"),
        *("direction_citizens", "counts_council", "counts_citizens", "sentence"),
    },
    "groups": {
        *("k", "sizes", "given", "people", "statements", "reason", "consensus"),
        *("representative", "sentence"),
    },
}


def test_the_keys_are_those_that_are_promised(results: Any, played: Played) -> None:
    found = results(played.council)
    assert set(found) == SHAPE[""]
    (cluster,) = found["clusters"]
    assert set(cluster) == SHAPE["clusters"]
    for round_ in cluster["rounds"]:
        assert set(round_) == SHAPE["rounds"]
        assert all(set(i) == SHAPE["round items"] for i in round_["items"])
    (change,) = cluster["changes"]
    assert set(change) == SHAPE["changes"]
    assert all(set(i) == SHAPE["change items"] for i in change["items"])
    assert set(cluster["comparison"]) == SHAPE["comparison"]
    compared = cluster["comparison"]["statements"]
    assert all(set(i) == SHAPE["statements"] for i in compared)
    assert set(cluster["strands"]) == {"council", "citizens"}
    assert all(set(v) == LEVEL | {"interval"} for v in cluster["strands"].values())
    assert set(found["groups"]) == SHAPE["groups"]
    assert (found["workshop"], found["strand"]) == (played.council, "council")


def test_the_numbers_are_those_of_the_analysis(results: Any, played: Played) -> None:
    for workshop_id, analysis in played.analyses.items():
        (found,), (cluster,) = results(workshop_id)["clusters"], analysis.clusters
        for round_, expected in zip(found["rounds"], cluster.rounds, strict=True):
            level = expected.level
            assert (round_["index"], round_["low"], round_["high"]) == (
                *(level.index, level.low, level.high),
            )
            assert (round_["n"], round_["present"]) == (level.n, level.present)
            assert (round_["verdict"], round_["interval"]) == (level.word, level.interval)
            for item, one in zip(round_["items"], expected.items, strict=True):
                assert (item["low"], item["high"], item["chance"]) == (
                    one.low,
                    one.high,
                    one.chance,
                )
                assert (item["verdict"], item["direction"]) == (one.word, one.direction)
        for change, made in zip(found["changes"], cluster.changes, strict=True):
            assert (change["change"], change["low"], change["high"]) == (
                *(made.change, made.low, made.high),
            )
            assert (change["matched"], change["verdict"]) == (made.matched, made.word)
            for item, moved in zip(change["items"], made.items, strict=True):
                assert moved.stability is not None
                assert item["flows"] == [list(row) for row in moved.stability.flows]
                assert sum(map(sum, item["flows"])) == item["matched"] == moved.stability.n
                assert item["unchanged"] == moved.stability.unchanged
        strands = cluster.strands
        assert strands is not None
        assert (found["comparison"]["naehe"], found["comparison"]["p"]) == (
            strands.naehe,
            strands.p,
        )
        for item, both in zip(found["comparison"]["statements"], strands.items, strict=True):
            known = both.comparison
            assert item["emd"] == (known.emd if known else None)
            assert item["verdict"] == (known.verdict if known else None)


def test_a_round_that_was_not_answered_again_is_known_by_its_people(
    results: Any, played: Played
) -> None:
    (cluster,) = results(played.council, "--bounds")["clusters"]
    (change,) = cluster["changes"]
    assert (change["matched"], change["asked_again"], change["asked"]) == (19, 8, 8)
    bounds = change["bounds"]
    assert bounds["people"] == 1
    assert bounds["worst"] <= bounds["carried"] <= bounds["best"]
    assert bounds["sentence"].startswith("1 Person hat in Runde 2 nicht alles")
    assert "bounds" not in results(played.council)["clusters"][0]["changes"][0]


def test_three_people_are_not_counted_out_to_the_other_strand(results: Any, played: Played) -> None:
    (cluster,) = results(played.council)["clusters"]
    *_, few = cluster["comparison"]["statements"]
    assert (few["n_citizens"], few["counts_citizens"], few["direction_citizens"]) == (3, None, None)
    assert (few["naehe"], few["verdict"], few["provable"]) == (None, None, None)
    assert len(few["counts_council"]) == 5
    assert few["sentence"] == "Nicht verglichen: weniger als fünf Antworten (Bürgerschaft)."


def test_opinion_groups_are_told_without_their_members(results: Any, played: Played) -> None:
    assert results(played.council)["groups"]["reason"] == "too-few-people"
    found = results(played.citizens)["groups"]
    assert (found["k"], sum(found["sizes"]), found["reason"]) == (2, found["people"], None)
    assert set(found["representative"]) == {"0", "1"}
    assert {"labels", "coordinates"}.isdisjoint(found)
    consensus = [c["gic"] for c in found["consensus"]]
    assert consensus == sorted(consensus, reverse=True)
    assert all(0 < value < 1 for value in consensus)


def test_sentences_are_in_the_asked_language(results: Any, played: Played) -> None:
    (cluster,) = played.analyses[played.council].clusters
    for lang in ("de", "en"):
        found = results(played.council, "--lang", lang)["clusters"][0]["rounds"][0]
        level, t = cluster.rounds[0].level, translator(lang)
        assert found["sentence"] == level_sentence("Ein Cluster", 1, level, t)
    text = results(played.council, "--lang", "en", "--bounds", text=True)
    assert "round 1: n = 20, convergence" in text
    said = results(played.council, "--lang", "en", "--bounds")
    for sentence in _sentences(said):
        assert sentence in text


def _sentences(found: Any) -> Iterator[str]:
    """Every sentence of the JSON."""
    if isinstance(found, dict):
        if "sentence" in found:
            yield found["sentence"]
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from _sentences(part)


def test_every_number_is_finite_and_every_sentence_says_something(
    results: Any, played: Played
) -> None:
    for workshop_id in (played.council, played.citizens):
        found = results(workshop_id, "--bounds")
        sentences = list(_sentences(found))
        assert len(sentences) > 20
        assert all(s.endswith(".") and "{" not in s and "None" not in s for s in sentences)
        assert all(math.isfinite(n) for n in _numbers(found))


def _numbers(found: Any) -> Iterator[float]:
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from _numbers(part)
    elif isinstance(found, float):
        yield found
