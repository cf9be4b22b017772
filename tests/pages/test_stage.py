"""The stage: who may see it, what each view says, and that nothing hidden reaches the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts.stage_look import look, page_count
from pages.web.site import here
from tests.evening import HOSTILE
from tests.rooms import Prepared, make_service, prepare
from workshop import service as services
from workshop.errors import Forbidden
from workshop.i18n import Translator, translator
from workshop.model import OPERATOR, Actor, Role, StageView

DE, EN = translator("de"), translator("en")


@pytest.fixture
def made(sqlite_url: str) -> Iterator[Prepared]:
    """A workshop on a service that pages find."""
    with make_service(sqlite_url) as running:
        services.install(running.service)
        yield prepare(running.service)


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the browser sends; Streamlit's own test runner has no browser."""
    jar: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: jar))
    return jar


def words(html: str) -> str:
    """The words of a view, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown(made: Prepared, t: Translator = DE) -> str:
    return words(look(made.service, stage_of(made), made.id, t).html)


def stage_of(made: Prepared) -> Actor:
    return Actor(Role.STAGE, made.id)


def rate(made: Prepared, *values: int, reveal: bool = True) -> None:
    """One round, in which everybody gives each statement the next value."""
    round_ = made.open()
    for token, value in zip(made.people(len(values)), values, strict=True):
        for statement in made.statements:
            made.answer(token, round_, statement, value)
    if reveal:
        made.service.reveal_round(OPERATOR, made.id, made.rate.id)


def page() -> None:
    from pages import stage

    stage.render()


def run(workshop_id: str) -> tuple[AppTest, dict[str, object]]:
    """The page as Streamlit runs it, and what its scene is given."""
    at = AppTest.from_function(page, default_timeout=60)
    at.query_params["w"] = workshop_id
    at.run()
    found = [e.proto for e in at.get("bidi_component")]
    data = next(p.json for p in found if p.component_name == "einklang_scene")
    return at, json.loads(data)


def test_without_a_right_there_is_a_calm_word_and_nothing_of_the_workshop(
    made: Prepared, cookies: dict[str, str]
) -> None:
    for workshop_id in (made.id, "nowhere", ""):
        at, data = run(workshop_id)
        assert not at.exception
        assert "Diese Bühne ist für Sie noch nicht freigegeben." in words(str(data["html"]))
        assert made.agenda.workshop.join_code not in str(at.main)
    assert len(at.get("bidi_component")) == 1  # nothing listens to a workshop


def test_a_stage_link_opens_its_own_stage_only(made: Prepared, cookies: dict[str, str]) -> None:
    link = made.service.grant_link(OPERATOR, Role.STAGE, made.id)
    cookies["einklang_stage"], _ = made.service.sign_in_by_link(link)
    at, data = run(made.id)
    assert not at.exception and "Wir machen es einfach!" in str(data["html"])
    assert data["lang"] == "de"
    other = made.service.create_workshop(OPERATOR, "strategy-workshop").workshop_id
    _, data = run(other)
    assert "noch nicht freigegeben" in str(data["html"])


def test_a_moderators_cookie_opens_it_too_and_a_figure_comes_with_the_result(
    made: Prepared, cookies: dict[str, str]
) -> None:
    link = made.service.grant_link(OPERATOR, Role.MODERATOR, made.id)
    cookies["einklang_moderator"], _ = made.service.sign_in_by_link(link)
    rate(made, 1, 2, 3, 4, 5, 5)
    at, data = run(made.id)
    assert data["chart"] == "question" and not at.exception
    names = [e.proto.component_name for e in at.get("bidi_component")]
    assert names == ["einklang_tick", "einklang_keys", "einklang_scene", "einklang_figure"]


def test_use_cases_ask_who_is_asking(made: Prepared) -> None:
    with pytest.raises(Forbidden):
        look(made.service, Actor(Role.VISITOR), made.id, DE)
    with pytest.raises(Forbidden):
        look(made.service, Actor(Role.STAGE, "another"), made.id, DE)


def test_the_lobby_shows_how_to_join(made: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "base_url", "https://kassel.example")
    monkeypatch.setattr(here, "only_local", False)
    made.people(2)
    code = made.agenda.workshop.join_code
    said = shown(made)
    assert "Wir machen es einfach!" in said and "kassel.example/j" in said
    assert f"{code[:4]} {code[4:]}" in said and "2 Personen sind dabei" in said
    assert "Diese Adresse gilt nur" not in said
    html = look(made.service, stage_of(made), made.id, DE).html
    assert f"QR-Code zum Mitmachen: kassel.example/j/{code}" in html
    monkeypatch.setattr(here, "only_local", True)
    assert "Diese Adresse gilt nur auf diesem Rechner." in shown(made)
    assert "2 people have joined" in shown(made, EN)


def test_behind_a_locked_door_nobody_is_asked_in(made: Prepared) -> None:
    made.service.lock_door(OPERATOR, made.id, True)
    assert "Die Tür ist geschlossen." in shown(made)
    assert '<svg class="qr"' not in look(made.service, stage_of(made), made.id, DE).html


def test_a_question_counts_and_never_tells(made: Prepared) -> None:
    made.service.show(OPERATOR, made.id, StageView.QUESTION, made.rate.id)
    assert "Gleich geht es los." in shown(made)
    rate(made, 1, 5, 5, 5, 5, 5, 5, reveal=False)
    said = shown(made)
    assert "7 von 7 haben geantwortet" in said and "Runde 1" in said
    assert "Bewerten Sie auf Ihrem Handy 2 Aussagen." in said
    made.service.close_round(OPERATOR, made.id, made.rate.id)
    said = shown(made)
    assert "Runde geschlossen" in said and "7 von 7" in said
    view = look(made.service, Actor(Role.MODERATOR, made.id), made.id, DE)
    assert view.chart is None and "Mehr Bäume" not in view.html


def test_the_stage_counts_what_the_round_asks_and_not_what_it_might(made: Prepared) -> None:
    for number in range(50):
        made.service.add_statement(OPERATOR, made.id, made.rate.id, f"Aussage {number}")
    made.service.show(OPERATOR, made.id, StageView.QUESTION, made.rate.id)
    assert "Bewerten Sie auf Ihrem Handy" not in shown(made)
    made.service.open_round(OPERATOR, made.id, made.rate.id, made.statements)
    assert "Bewerten Sie auf Ihrem Handy 2 Aussagen." in shown(made)


def test_the_qr_code_stays_in_the_corner_until_hidden(made: Prepared) -> None:
    made.open()
    assert 'class="join"' in look(made.service, stage_of(made), made.id, DE).html
    made.service.show_qr(OPERATOR, made.id, False)
    assert "qr" not in look(made.service, stage_of(made), made.id, DE).html


def test_the_result_says_median_n_and_abstentions(made: Prepared) -> None:
    rate(made, 5, 5, 5, 4, 4, 0)
    said = shown(made).replace("\u00a0", " ")
    assert "einig dafür sehr wichtig 5 Antworten, 17 % ohne Votum" in said
    assert "Mehr Bäume in der Stadt" in said and "Runde 1" in said
    rate(made, 1, 1, 1, 1, 1, 1)
    again = shown(made)
    assert "Runde 2" in again and "schmal: Runde 1" in again
    assert "in Kenntnis des letzten Ergebnisses" in again


def test_an_open_second_round_shows_nothing_of_itself(made: Prepared) -> None:
    rate(made, 5, 5, 5, 5, 5, 5)
    before = look(made.service, stage_of(made), made.id, DE)
    rate(made, 1, 1, 1, 1, 1, 1, reveal=False)
    made.service.show(OPERATOR, made.id, StageView.RESULT, made.rate.id)
    after = look(made.service, stage_of(made), made.id, DE)
    assert before.chart and after.chart and after.chart.figure == before.chart.figure
    made.service.show(OPERATOR, made.id, StageView.CLUSTERS)
    clusters = look(made.service, stage_of(made), made.id, DE)
    assert "100" in words(clusters.html) and "seit Runde" not in words(clusters.html)


def test_contributions_appear_with_the_reveal_and_only_those_revealed(made: Prepared) -> None:
    round_ = made.open(made.collect)
    token = made.people(1)[0]
    made.service.contribute(made.id, token, round_.id, "goal", "Mehr Schatten").result()
    for actor in (stage_of(made), Actor(Role.MODERATOR, made.id)):
        assert "Mehr Schatten" not in look(made.service, actor, made.id, DE).html
    made.service.reveal_round(OPERATOR, made.id, made.collect.id)
    assert "1 Beitrag" in shown(made) and "Ziel Mehr Schatten" in shown(made)
    second = made.open(made.collect)
    made.service.contribute(made.id, token, second.id, "interest", "Noch geheim").result()
    made.service.show(OPERATOR, made.id, StageView.RESULT, made.collect.id)
    assert "Noch geheim" not in shown(made) and "Mehr Schatten" in shown(made)


def test_a_question_without_contributions_says_so(made: Prepared) -> None:
    made.open(made.collect)
    made.service.reveal_round(OPERATOR, made.id, made.collect.id)
    assert "Zu dieser Frage wurde nichts beigetragen." in shown(made)


def test_many_contributions_come_in_pages(made: Prepared) -> None:
    round_ = made.open(made.collect)
    for number, token in enumerate(made.people(40)):
        text = f"Wunsch {number} für die Stadt, den wir hier aufschreiben und besprechen"
        made.service.contribute(made.id, token, round_.id, "goal", text).result()
    made.service.reveal_round(OPERATOR, made.id, made.collect.id)
    pages = page_count(made.service, stage_of(made), made.id)
    seen = set()
    for number in range(pages):
        made.service.show(OPERATOR, made.id, StageView.RESULT, made.collect.id, number)
        assert f"Seite {number + 1} von {pages}" in shown(made)
        seen |= set(re.findall(r"Wunsch (\d+)", shown(made)))
    assert pages > 1 and len(seen) == 40
    made.service.show(OPERATOR, made.id, StageView.RESULT, made.collect.id, 99)
    assert f"Seite {pages} von {pages}" in shown(made)


def test_every_cluster_has_its_row(made: Prepared) -> None:
    made.service.show(OPERATOR, made.id, StageView.CLUSTERS)
    assert shown(made).count("Noch ist keine Runde aufgedeckt.") >= 4
    rate(made, 1, 5, 5)
    made.service.show(OPERATOR, made.id, StageView.CLUSTERS)
    assert "Weniger als fünf Personen haben geantwortet" in shown(made)
    rate(made, *[4, 5] * 8)
    made.service.show(OPERATOR, made.id, StageView.CLUSTERS)
    result = made.service.results(OPERATOR, made.id).clusters[0].rounds[-1]
    said = shown(made)
    level = made.service.analysis(OPERATOR, made.id).clusters[0].rounds[-1].level
    assert result.index == level.index and level.low is not None and level.high is not None
    assert f" {DE.decimal(result.index, 0)} " in said and "16 von 19 Anwesenden" in said
    assert f" {DE.decimal(level.low, 0)}–{DE.decimal(level.high, 0)} " in said
    assert f"Zufallsniveau {DE.decimal(result.baseline, 0)}: so viel ergäben" in said
    assert "über Zufall einig" in said and "weniger als fünf in beiden Runden" in said
    assert "Konvergenz ist keine Zustimmung" in said


def test_a_change_stands_on_the_wall_with_its_word_its_interval_and_its_panel(
    made: Prepared,
) -> None:
    made.service.set_invited(OPERATOR, made.id, 24)
    people = made.people(20)
    for value in (lambda person: person % 5 + 1, lambda person: 4):
        opened = made.open()
        for person, token in enumerate(people):
            for statement in made.statements:
                made.answer(token, opened, statement, value(person))
        made.service.reveal_round(OPERATOR, made.id, made.rate.id)
    made.service.show(OPERATOR, made.id, StageView.CLUSTERS)
    change = made.service.analysis(OPERATOR, made.id).clusters[0].change
    assert change is not None and change.low is not None and change.low > 0
    said = shown(made)
    assert f"{DE.signed(change.change)} nachweisbar angenähert" in said
    assert f"{DE.signed(change.low)} bis {DE.signed(change.high)}" in said
    assert "20 von 20 in beiden Runden" in said and "24 eingeladen" in said
    assert "Ab Runde 2 kannten alle das Ergebnis davor." in said
    assert "○" not in said and "Runde 1" in said


def test_the_end_says_thank_you(made: Prepared) -> None:
    made.people(3)
    made.service.end_workshop(OPERATOR, made.id)
    assert "Vielen Dank!" in shown(made) and "3 Personen haben mitgewirkt." in shown(made)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_text_and_nothing_else(made: Prepared, text: str) -> None:
    made.service.add_statement(OPERATOR, made.id, made.rate.id, text)
    rate(made, 5, 5, 5, 5, 5)
    view = look(made.service, stage_of(made), made.id, DE)
    for name in ("script", "img", "a", "b"):
        assert f"<{name}>" not in view.html and f"<{name} " not in view.html
    assert "onerror=alert(1)>" not in view.html
