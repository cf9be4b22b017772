"""The commands of `python app.py` on every kind of question: what they print, and its keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import app
from tests.every_kind import EveryKind, every_kind
from tests.rooms import HandClock, make_service
from tests.workshop.test_export_kinds import ALLOCATE, CHOOSE, play
from workshop.export.analysis_json import cluster_parts
from workshop.i18n import translator
from workshop.model import OPERATOR, QuestionKind

Run = Callable[..., str]
AXIS = {
    *("title", "counts", "abstained", "n", "consensus", "median", "leik", "agreement"),
    *("l_squared", "low", "high", "chance", "verdict", "direction", "sentence"),
}
WHOLE = {
    *("question", "text", "kind", "most", "round", "n", "abstained", "consensus", "low", "high"),
    *("chance", "W", "chi2", "p", "leaders", "holds", "in_index", "options", "sentence"),
}


@dataclass(frozen=True)
class Played:
    """A workshop on a database that the commands open, too."""

    url: str
    kinds: EveryKind


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    url = f"sqlite:///{tmp_path_factory.mktemp('commands') / 'einklang.db'}"
    with make_service(url, HandClock()) as running:
        kinds = every_kind(running)
        play(kinds)
        yield Played(url, kinds)


@pytest.fixture
def run(played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command about the workshop; what it printed."""
    monkeypatch.setenv("DATABASE_URL", played.url)

    def call(command: str, *more: str) -> str:
        arguments = [*command.split(), "--workshop", played.kinds.room.id, *more]
        assert app.main(arguments) == 0
        return capsys.readouterr().out

    return call


def test_results_have_a_key_for_every_kind(run: Run) -> None:
    found = json.loads(run("results", "--json"))
    assert found["backings"] == []
    cluster = next(c for c in found["clusters"] if c["rounds"])
    (round_,) = cluster["rounds"]
    assert all(set(whole) == WHOLE for whole in round_["wholes"])
    assert {whole["kind"] for whole in round_["wholes"]} == {"choose", "rank", "allocate"}
    options = [option for whole in round_["wholes"] for option in whole["options"]]
    keys = {"statement", "text", "chosen", "points", "places", "mean"}
    assert all(set(option) == keys for option in options)
    for matrix in round_["matrices"]:
        assert set(matrix) == {"statement", "question", "text", "in_index", "first", "second"}
        assert set(matrix["first"]) == set(matrix["second"]) == AXIS
    (cloud,) = cluster["words"]
    assert set(cloud) == {"question", "text", "round", "number", "words", "sentence"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_results_say_every_kind_in_a_sentence(run: Run, lang: str) -> None:
    said = run("results", "--lang", lang)
    (cluster,) = (
        c for c in json.loads(run("results", "--lang", lang, "--json"))["clusters"] if c["rounds"]
    )
    (round_,) = cluster["rounds"]
    for told in (*round_["wholes"], *cluster["words"]):
        assert f"        {told['text']}\n            {told['sentence']}\n" in said
    for matrix in round_["matrices"]:
        for axis in (matrix["first"], matrix["second"]):
            assert f"            {axis['title']}: {axis['sentence']}\n" in said


def test_the_agenda_lists_options_and_both_scales(run: Run, played: Played) -> None:
    by_kind = {q["kind"]: q for q in json.loads(run("agenda", "--json"))}
    assert by_kind["matrix"]["scale"][0] == "gar nicht wichtig"
    assert by_kind["matrix"]["second"][0] == "gar nicht machbar"
    assert (by_kind["allocate"]["most"], by_kind["allocate"]["scale"]) == (10, None)
    assert len(by_kind["choose"]["statements"]) == len(played.kinds.options(CHOOSE))
    line = next(x for x in run("agenda").splitlines() if "allocate" in x)
    assert line.split()[:2] == [played.kinds.questions[ALLOCATE].id, "allocate"]


def test_a_step_that_asks_nothing_is_not_waiting_to_be_opened(run: Run, played: Played) -> None:
    room = played.kinds.room
    text = {"de": "Kaffee und Kuchen"}
    room.service.add_question(OPERATOR, room.id, room.rate.cluster_id, QuestionKind.BREAK, text)
    said = run("agenda").splitlines()
    at = said.index("    Kaffee und Kuchen")
    assert said[at - 1].split()[1] == "break"
    assert not said[at + 1].startswith(" ")


def test_an_option_is_added_and_its_round_moved_from_the_terminal(run: Run, played: Played) -> None:
    question = ("--question", played.kinds.questions[ALLOCATE].id)
    made = json.loads(run("statement add", *question, "--text", "Brunnen", "--json"))["statement"]
    opened = json.loads(run("round open", *question, "--json"))
    assert (opened["number"], opened["statements"][-1]) == (2, made)
    assert json.loads(run("round close", *question, "--json"))["state"] == "closed"


def test_the_command_line_and_the_file_say_the_same(run: Run, played: Played) -> None:
    found: list[dict[str, Any]] = json.loads(run("results", "--json"))["clusters"]
    record = played.kinds.room.service.record(OPERATOR, played.kinds.room.id)
    t = translator("de")
    for cluster, analysed in zip(found, record.analysis.clusters, strict=True):
        expected = json.loads(json.dumps(cluster_parts(analysed, record.agenda, t)))
        assert {key: cluster[key] for key in expected} == expected
