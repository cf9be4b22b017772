"""The stage with the kinds that have no distribution each: while they are open, and revealed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts.stage_look import Shown, look, page_count
from tests.evening import HOSTILE
from tests.every_kind import OPTIONS, EveryKind, kinds_in
from tests.rooms import make_service
from workshop import service as services
from workshop.i18n import translator
from workshop.model import OPERATOR, Actor, QuestionKind, Role, StageView
from workshop.service import Service

DE = translator("de")
CHOOSE, RANK, ALLOCATE = QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE
MATRIX, WORDS = QuestionKind.MATRIX, QuestionKind.WORDS
LAYOUTS = {CHOOSE: "whole", RANK: "rank", ALLOCATE: "whole", MATRIX: "matrix", WORDS: "cloud"}


@pytest.fixture
def service(sqlite_url: str) -> Iterator[Service]:
    """A service that pages find."""
    with make_service(sqlite_url) as running:
        services.install(running.service)
        yield running.service


@pytest.fixture
def kinds(service: Service) -> EveryKind:
    return kinds_in(service)


def shown(kinds: EveryKind, kind: QuestionKind | None = None, page: int = 0) -> Shown:
    """What the stage shows, of a kind its result."""
    room = kinds.room
    if kind is not None:
        asked = kinds.questions[kind].id
        room.service.show(OPERATOR, room.id, StageView.RESULT, asked, page)
    return look(room.service, Actor(Role.STAGE, room.id), room.id, DE)


def words(found: Shown) -> str:
    """The words of a view, as they are read."""
    plain = re.sub(r"<[^>]+>", " ", found.html).replace("\u00a0", " ")
    return " ".join(plain.split())


@pytest.mark.parametrize(
    ("kind", "task"),
    [
        (CHOOSE, "Wählen Sie auf Ihrem Handy eine Option."),
        (RANK, "Bringen Sie die Optionen auf Ihrem Handy in eine Reihenfolge."),
        (ALLOCATE, "Verteilen Sie auf Ihrem Handy 10 Punkte."),
    ],
)
def test_an_open_question_lists_its_options_and_tells_no_result(
    kinds: EveryKind, kind: QuestionKind, task: str
) -> None:
    round_ = kinds.open(kind)
    values = {CHOOSE: (1, 0, 0, 0), RANK: (1, 2, 3, 4), ALLOCATE: (10, 0, 0, 0)}[kind]
    for token in kinds.room.people(6):
        kinds.give(token, round_, values)
    found = shown(kinds)
    said = words(found)
    assert task in said and "6 von 6 haben geantwortet" in said
    assert " ".join(f"{i} {text}" for i, text in enumerate(OPTIONS, start=1)) in said
    assert found.chart is None and "liegt vorn" not in said
    kinds.room.service.close_round(OPERATOR, kinds.room.id, kinds.questions[kind].id)
    assert "Radwege" in words(shown(kinds)) and "liegt vorn" not in words(shown(kinds))


def test_before_a_question_opens_its_options_may_still_change(kinds: EveryKind) -> None:
    room, asked = kinds.room, kinds.questions[CHOOSE].id
    room.service.show(OPERATOR, room.id, StageView.QUESTION, asked)
    assert "Radwege" not in words(shown(kinds))


def test_statements_and_words_are_not_on_the_wall_before_they_are_revealed(
    kinds: EveryKind,
) -> None:
    kinds.open(MATRIX)
    said = words(shown(kinds))
    assert "Ordnen Sie auf Ihrem Handy 4 Aussagen auf zwei Achsen ein." in said
    assert "Radwege" not in said
    round_ = kinds.open(WORDS)
    [token] = kinds.room.people(1)
    kinds.room.service.contribute(kinds.room.id, token, round_.id, None, "Noch geheim").result()
    said = words(shown(kinds))
    assert "Senden Sie mit Ihrem Handy bis zu 3 Wörter." in said and "geheim" not in said


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_result_has_its_figure_its_n_and_its_finding(
    kinds: EveryKind, kind: QuestionKind
) -> None:
    kinds.play(kinds.room.people(8))
    found = shown(kinds, kind)
    assert found.layout == LAYOUTS[kind] and found.chart is not None
    said = words(found)
    findings = {
        MATRIX: "Mehrheitlich oben auf beiden Achsen: 1. Je Aussage 8 Antworten.",
        WORDS: "9 verschiedene Wörter",
    }
    assert findings.get(kind, "„Bäume“ liegt vorn, der Vorsprung ist nachweisbar.") in said
    if kind in (CHOOSE, RANK, ALLOCATE):
        assert "8 Antworten" in said and said.index("1. Bäume") < said.index("2. Busse")


def test_a_second_round_moves_in_the_same_figure_and_says_where_options_were(
    kinds: EveryKind,
) -> None:
    people = kinds.room.people(8)
    kinds.play(people)
    first = {kind: shown(kinds, kind) for kind in LAYOUTS}
    kinds.play(people, turn=3)
    for kind, before in first.items():
        after = shown(kinds, kind)
        assert before.chart_key == after.chart_key
        assert before.chart and after.chart and before.chart.figure != after.chart.figure
        if kind is not WORDS:
            assert "in Kenntnis des letzten Ergebnisses" in words(after)
    said = words(shown(kinds, CHOOSE))
    assert "schmal: Runde 1" in said and "↑ 2. vorher Platz 2" in said
    assert "Runde 1" in words(shown(kinds, MATRIX))


def test_an_open_second_round_shows_nothing_of_itself(kinds: EveryKind) -> None:
    people = kinds.room.people(6)
    kinds.play(people)
    before = shown(kinds, CHOOSE)
    round_ = kinds.open(CHOOSE)
    for token in people:
        kinds.give(token, round_, (0, 0, 0, 1))
    assert shown(kinds, CHOOSE) == before


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_fewer_than_five_answers_nothing_is_shown(kinds: EveryKind, people: int) -> None:
    kinds.play(kinds.room.people(people))
    for kind in (CHOOSE, RANK, ALLOCATE):
        said = words(shown(kinds, kind))
        assert ("Weniger als fünf Antworten" if people else "Niemand hat geantwortet.") in said
        assert "%" not in said and "liegt vorn" not in said
    said = words(shown(kinds, MATRIX))
    assert ("Weniger als fünf Antworten" if people else "keine Antworten") in said
    assert "dafür" not in said
    assert ("Es wurde kein Wort genannt." in words(shown(kinds, WORDS))) is (people == 0)


def test_hidden_words_are_on_no_wall(kinds: EveryKind) -> None:
    kinds.play(kinds.room.people(3))
    room, asked = kinds.room, kinds.questions[WORDS].id
    mine = next(
        s for s in room.service.contributions(OPERATOR, room.id, asked) if s.text == "Wort 0 von 1"
    )
    assert "Wort 0 von 1" in str(shown(kinds, WORDS).chart)
    room.service.hide_statement(OPERATOR, room.id, mine.id, True)
    found = shown(kinds, WORDS)
    assert "Wort 0 von 1" not in str(found.chart) + found.html


def test_many_long_options_come_in_pages_and_the_open_question_cuts_them(
    service: Service,
) -> None:
    texts = [f"Vorhaben {i}: {'ein langer Satz, ' * 13}" for i in range(12)]
    kinds = kinds_in(service, options=texts)
    kinds.open(CHOOSE)
    assert "…" in words(shown(kinds)) and len(words(shown(kinds))) < 2500
    kinds.reveal(CHOOSE)
    for kind in (CHOOSE, MATRIX):
        if kind is MATRIX:
            kinds.open(kind)
            kinds.reveal(kind)
        stage = Actor(Role.STAGE, kinds.room.id)
        shown(kinds, kind)
        pages = page_count(service, stage, kinds.room.id)
        seen: set[str] = set()
        for page in range(pages):
            said = words(shown(kinds, kind, page))
            assert f"Seite {page + 1} von {pages}" in said
            seen |= set(re.findall(r"Vorhaben (\d+):", said))
        assert pages > 1 and len(seen) == 12


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_text_and_nothing_else(service: Service, text: str) -> None:
    kinds = kinds_in(service, options=(text, "Anderes"))
    kinds.play(kinds.room.people(5))
    for kind in LAYOUTS:
        html = shown(kinds, kind).html
        for name in ("script", "img", "a"):
            assert f"<{name}>" not in html and f"<{name} " not in html


def page() -> None:
    from pages import stage

    stage.render()


def test_the_page_gives_each_kind_a_figure_in_its_own_place(
    kinds: EveryKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = kinds.room
    jar: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: jar))
    link = room.service.grant_link(OPERATOR, Role.STAGE, room.id)
    jar["einklang_stage"], _ = room.service.sign_in_by_link(link)
    kinds.play(room.people(5))
    at = AppTest.from_function(page, default_timeout=60)
    at.query_params["w"] = room.id
    for count, kind in enumerate(LAYOUTS, start=1):
        shown(kinds, kind)
        at.run()
        assert not at.exception
        found = [e.proto for e in at.get("bidi_component")]
        scene = next(p.json for p in found if p.component_name == "einklang_scene")
        assert json.loads(scene)["chart"] == LAYOUTS[kind]
        figures = sum(p.component_name == "einklang_figure" for p in found)
        assert figures == len({LAYOUTS[k] for k in list(LAYOUTS)[:count]})
