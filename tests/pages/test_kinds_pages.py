"""Results page and console with the kinds that have no distribution each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.every_kind import EveryKind, kinds_in
from tests.pages.console_room import html
from tests.rooms import make_service
from workshop import service as services
from workshop.model import OPERATOR, QuestionKind, Role, StageView

CHOOSE, RANK, ALLOCATE = QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE
MATRIX, WORDS = QuestionKind.MATRIX, QuestionKind.WORDS
KINDS = (CHOOSE, RANK, ALLOCATE, MATRIX, WORDS)


@pytest.fixture
def kinds(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[EveryKind]:
    """A moderator in front of a workshop with a question of every kind."""
    with make_service(sqlite_url) as running:
        services.install(running.service)
        found = kinds_in(running.service)
        for kind in KINDS:
            # In a list to choose from, questions with the same words would be the same.
            text = {"de": f"Eine Frage: {kind}", "en": f"A question: {kind}"}
            asked = found.questions[kind].id
            running.service.edit_question(OPERATOR, found.room.id, asked, text=text)
        link = running.service.grant_link(OPERATOR, Role.MODERATOR, found.room.id)
        session, _ = running.service.sign_in_by_link(link)
        context = type(st.context)
        jar, headers = {"einklang_moderator": session}, {"Accept-Language": "de"}
        monkeypatch.setattr(context, "cookies", property(lambda _: jar))
        monkeypatch.setattr(context, "headers", property(lambda _: headers))
        yield found


def page(kinds: EveryKind, name: str) -> AppTest:
    at = AppTest.from_string(f"from pages import {name}\n{name}.render()", default_timeout=60)
    at.query_params["w"] = kinds.room.id
    at.run()
    assert not at.exception
    return at


def console(kinds: EveryKind, kind: QuestionKind) -> AppTest:
    room = kinds.room
    room.service.show(OPERATOR, room.id, StageView.QUESTION, kinds.questions[kind].id)
    return page(kinds, "moderator")


def chosen(at: AppTest, kinds: EveryKind, kind: QuestionKind) -> str:
    """What the results page says of a question that is picked from its list, as HTML."""
    question = kinds.questions[kind]
    agenda = kinds.room.agenda
    there = [q.id for q in agenda.questions if agenda.revealed_ids(q.id)]
    box = at.selectbox(key=f"results-question-{question.cluster_id}")
    box.select_index(there.index(question.id)).run()
    assert not at.exception
    _, _, below = html(at).replace("\u00a0", " ").partition('<h3 class="er-h3')
    return " ".join(below.split())


def test_a_cluster_that_has_only_such_questions_is_explored_one_by_one(kinds: EveryKind) -> None:
    people = kinds.room.people(8)
    kinds.play(people)
    kinds.play(people, turn=1)
    at = page(kinds, "results")
    assert "Leben &amp; Wohnen, Runde 2 in Kenntnis des Ergebnisses: Konvergenz" in html(at)
    said = {kind: chosen(at, kinds, kind) for kind in KINDS}
    for kind in (CHOOSE, RANK, ALLOCATE):
        assert "„Bäume“ liegt vorn" in said[kind] and "8 Antworten." in said[kind]
        assert "Maße, gerundet" in said[kind] and "Konsens" in said[kind]
    assert "W nach Kendall" in said[RANK] and "schmal: Runde 1" in said[CHOOSE]
    assert "Mehrheitlich oben auf beiden Achsen: „Bäume“, „Busse“." in said[MATRIX]
    assert "einig: hoch" in said[MATRIX] and "einig dafür" not in said[MATRIX]
    assert "Am häufigsten: „GRÜN“ (8-mal)." in said[WORDS] or "„Grün“ (8-mal)" in said[WORDS]


@pytest.mark.parametrize("people", [0, 4])
def test_of_fewer_than_five_answers_the_results_tell_nothing(kinds: EveryKind, people: int) -> None:
    kinds.play(kinds.room.people(people))
    at = page(kinds, "results")
    for kind in (CHOOSE, RANK, ALLOCATE, MATRIX):
        said = chosen(at, kinds, kind)
        assert "Weniger als fünf Antworten" in said or "Niemand hat geantwortet." in said
        assert "liegt vorn" not in said and "einig" not in said


def test_the_console_lists_options_and_counts_them(kinds: EveryKind) -> None:
    kinds.open(CHOOSE)
    at = console(kinds, CHOOSE)
    said = html(at)
    assert "Optionen · 4" in said and "4 Optionen" in said and "Radwege" in said
    assert "Optionen schreiben" in [box.label for box in at.expander]
    kinds.open(MATRIX)
    said = html(console(kinds, MATRIX))
    assert "Aussagen zum Bewerten · 4" in said and "4 Aussagen" in said


def test_a_choice_without_options_says_what_it_needs(kinds: EveryKind) -> None:
    room = kinds.room
    for option in kinds.options(RANK)[1:]:
        room.service.hide_statement(OPERATOR, room.id, option, True)
    assert "mindestens zwei Optionen" in html(console(kinds, RANK))


def test_the_preview_is_closed_and_then_shows_what_each_kind_has(kinds: EveryKind) -> None:
    people = kinds.room.people(6)
    kinds.play(people)
    expected = {
        CHOOSE: ("6 Antworten", "100 % · 6 von 6"),
        RANK: ("6 Antworten", "mittlerer Platz 1,0 · 6 von 6 auf Platz 1"),
        ALLOCATE: ("6 Antworten", "60 Punkte · von 6 Personen"),
        MATRIX: ("Wichtigkeit: Median:", "Machbarkeit: Median:"),
        WORDS: ("6 · Wort 0 von 0",),
    }
    for kind, words in expected.items():
        at = console(kinds, kind)
        round_ = kinds.room.agenda.latest_round(kinds.questions[kind].id)
        assert round_ is not None and not any(w in html(at) for w in words[1:])
        at.toggle(key=f"preview-{round_.id}").set_value(True).run()
        said = html(at).replace("\u00a0", " ")
        assert not at.exception and all(w in said for w in words), kind


def test_the_preview_tells_nothing_of_fewer_than_five(kinds: EveryKind) -> None:
    round_ = kinds.open(CHOOSE)
    for token in kinds.room.people(4):
        kinds.give(token, round_, (1, 0, 0, 0))
    at = console(kinds, CHOOSE)
    at.toggle(key=f"preview-{round_.id}").set_value(True).run()
    assert "Weniger als fünf Antworten: Es wird nichts gezeigt." in html(at)
    assert "von 4 ·" not in html(at)
