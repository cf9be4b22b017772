"""Preparing: agenda, questions, clusters, frame; every field saves itself and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.text import esc
from tests.pages.console_room import TEMPLATE, House, house, html
from tests.pages.test_console import HOSTILE
from workshop import templates
from workshop.editing import questions_of
from workshop.model import OPERATOR, QuestionKind


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def desk(room: House, **query: str) -> AppTest:
    at = room.page("setup", w=room.workshop_id, **query)
    assert not at.exception
    return at


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=f"setup-{key}").click().run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    """What the page says of the last thing that was done."""
    bodies = (str(element.proto.body) for element in at.get("html"))
    return "".join(body for body in bodies if 'class="ek-notice ek-notice-' in body)


def field(at: AppTest, name: str):  # type: ignore[no-untyped-def]
    """A text field by the beginning of its key."""
    return next(f for f in (*at.text_area, *at.text_input) if f.key.startswith(f"setup-{name}"))


def test_a_wording_saves_itself_and_shows_beside_it(room: House) -> None:
    question = room.question(QuestionKind.RATE)
    at = press(desk(room), f"question-{question.id}")
    field(at, f"text-{question.id}-de").set_value("Wie dringend ist das?").run()
    assert not at.exception and "Gespeichert." in said(at)
    found = room.agenda.question(question.id)
    assert found is not None
    assert found.text == {"de": "Wie dringend ist das?", "en": question.text["en"]}
    sheets = [str(c.proto) for c in at.get("bidi_component")]
    assert sum("Wie dringend ist das?" in sheet for sheet in sheets) == 2
    at = press(at, "undo")
    assert field(at, f"text-{question.id}-de").value == question.text["de"]
    assert room.agenda.question(question.id) == question


def test_what_is_refused_stays_in_its_field(room: House) -> None:
    question = room.question(QuestionKind.COLLECT)
    at = press(desk(room), f"question-{question.id}")
    for lang in ("de", "en"):
        field(at, f"text-{question.id}-{lang}").set_value(" ").run()
    assert "Noch steht hier kein Text" in said(at)
    assert field(at, f"text-{question.id}-en").value == " "
    assert room.agenda.question(question.id).text == {"en": question.text["en"]}  # type: ignore[union-attr]


def test_what_somebody_else_changes_is_told_and_not_put_into_the_field(room: House) -> None:
    question = room.question(QuestionKind.COLLECT)
    at = press(desk(room), f"question-{question.id}")
    room.service.edit_question(OPERATOR, room.workshop_id, question.id, text={"de": HOSTILE[0]})
    at.run()
    area = field(at, f"text-{question.id}-de")
    assert area.value == question.text["de"]
    assert "Inzwischen hat jemand anderes" in html(at) and esc(HOSTILE[0]) in html(at)
    at.button(key=f"{area.key}-take").click().run()
    assert field(at, f"text-{question.id}-de").value == HOSTILE[0]
    assert "Inzwischen hat jemand anderes" not in html(at)


def test_an_opened_question_offers_a_double_and_keeps_its_wording(room: House) -> None:
    question = room.question(QuestionKind.COLLECT)
    room.service.open_round(OPERATOR, room.workshop_id, question.id)
    at = press(desk(room), f"question-{question.id}")
    assert field(at, f"text-{question.id}-de").disabled
    assert "Ein anderer Wortlaut ist eine andere Frage." in html(at)
    at = press(at, f"remove-{question.id}")
    assert "schon gestellt" in said(at)
    at = press(at, f"double-{question.id}")
    order = questions_of(room.agenda, question.cluster_id)
    assert len(order) == 3 and order[1].text == question.text
    assert not field(at, f"text-{order[1].id}-de").disabled


def test_a_question_is_added_where_one_wants_it(room: House) -> None:
    last = room.agenda.clusters[-1]
    at = press(desk(room), "new-question")
    at.radio[0].set_value(QuestionKind.RATE).run()
    field(at, "new-question-text-de").set_value("Wie gut geht das?")
    at.selectbox[0].set_value(last.id)
    at.selectbox[1].set_value("feasibility")
    at.number_input[0].set_value(15)
    next(b for b in at.button if b.label == "Hinzufügen").click().run()
    assert not at.exception
    added = questions_of(room.agenda, last.id)[-1]
    assert added.scale is not None
    assert (added.text, added.minutes, added.scale.name) == (
        {"de": "Wie gut geht das?"},
        15,
        "feasibility",
    )
    assert field(at, f"text-{added.id}-de").value == "Wie gut geht das?"


def test_a_new_question_asks_for_what_its_kind_needs(room: House) -> None:
    at = press(desk(room), "new-question")
    needs = {
        QuestionKind.COLLECT: [],
        QuestionKind.WORDS: ["Stichworte je Person"],
        QuestionKind.RATE: ["Skala"],
        QuestionKind.MATRIX: ["Erste Achse", "Zweite Achse"],
        QuestionKind.RANK: [],
        QuestionKind.BREAK: [],
        QuestionKind.ALLOCATE: ["Punkte je Person"],
        QuestionKind.CHOOSE: ["So viele dürfen ausgewählt werden"],
    }
    for kind, labels in needs.items():
        at.radio[0].set_value(kind).run()
        fields = [f.label for f in (*at.selectbox, *at.number_input)]
        assert [f for f in fields if f not in ("Cluster", "Minuten")] == labels
    field(at, "new-question-text-de").set_value("Was davon?")
    at.number_input[1].set_value(2)
    next(b for b in at.button if b.label == "Hinzufügen").click().run()
    assert not at.exception
    added = next(q for q in room.agenda.questions if q.text == {"de": "Was davon?"})
    assert (added.kind, added.most) == (QuestionKind.CHOOSE, 2)


def test_the_kind_changes_what_stands_below_it(room: House) -> None:
    question = room.question(QuestionKind.RATE)
    at = press(desk(room), f"question-{question.id}")

    def box(label: str):  # type: ignore[no-untyped-def]
        return next(s for s in at.selectbox if s.label == label)

    box("Art der Frage").set_value(QuestionKind.MATRIX).run()
    box("Zweite Achse").set_value("benefit").run()
    found = room.agenda.question(question.id)
    assert found is not None and found.second is not None and found.second.name == "benefit"
    box("Erste Achse").set_value("benefit").run()
    assert "zwei verschiedene Skalen" in said(at)
    assert box("Erste Achse").value == found.scale.name  # type: ignore[union-attr]
    box("Art der Frage").set_value(QuestionKind.ALLOCATE).run()
    points = next(n for n in at.number_input if n.label == "Punkte je Person")
    assert points.value == 100
    points.set_value(10).run()
    assert room.agenda.question(question.id).most == 10  # type: ignore[union-attr]
    room.service.add_statement(OPERATOR, room.workshop_id, question.id, "Bänke")
    room.service.add_statement(OPERATOR, room.workshop_id, question.id, "Bäume")
    room.service.open_round(OPERATOR, room.workshop_id, question.id)
    at.run()
    assert not at.exception and not at.selectbox
    assert "Punkte verteilen" in html(at) and "bleiben Wortlaut, Art und Skala" in html(at)
    assert all(f.disabled for f in at.text_input if "line" in str(f.key))
    assert "Die Optionen bleiben, wie sie sind" in html(at)


def test_options_are_lines_to_write_move_and_hide(room: House) -> None:
    question = room.question(QuestionKind.RATE)
    room.service.edit_question(OPERATOR, room.workshop_id, question.id, kind=QuestionKind.RANK)
    at = press(desk(room), f"question-{question.id}")

    def texts() -> list[str]:
        return [s.text for s in room.agenda.statements_of(question.id)]

    for text in ("Bänke", HOSTILE[0], "Bäume"):
        field(at, f"line-new-{question.id}").set_value(text).run()
        assert not at.exception and field(at, f"line-new-{question.id}").value == ""
    assert texts() == ["Bänke", HOSTILE[0], "Bäume"] and HOSTILE[0] not in html(at)
    first, second, _ = room.agenda.statements_of(question.id)
    press(at, f"line-down-{first.id}")
    field(at, f"line-{first.id}").set_value("Neue Bänke").run()
    press(at, f"line-hide-{second.id}")
    assert texts() == ["Neue Bänke", "Bäume"]
    assert "Ausgeblendet" in html(at) and esc(HOSTILE[0]) in html(at)
    press(at, f"line-back-{second.id}")
    assert texts() == [HOSTILE[0], "Neue Bänke", "Bäume"]
    field(at, f"line-{first.id}").set_value(" ").run()
    assert "Noch steht hier kein Text" in said(at)


def test_a_step_asks_nothing_and_lets_phones_wait(room: House) -> None:
    cluster = room.agenda.clusters[0].id
    pause = room.service.add_question(
        OPERATOR, room.workshop_id, cluster, QuestionKind.BREAK, {"de": "Kaffee im Foyer"}
    )
    at = press(desk(room), f"question-{pause}")
    assert [s.label for s in at.selectbox] == ["Cluster", "Art der Frage"]
    assert not [f for f in at.text_input if "line-new" in str(f.key)]
    stage, phone = (str(c.proto) for c in at.get("bidi_component") if "<!doctype" in str(c.proto))
    assert "Kaffee im Foyer" in stage and "Kaffee im Foyer" not in phone
    assert "Sie sind dabei." in phone
    assert "8 Schlüsselfragen · 130 min" in html(at)


def test_a_choice_of_everything_gets_a_word_and_so_do_twelve_options(room: House) -> None:
    question, service, w = room.question(QuestionKind.RATE), room.service, room.workshop_id
    service.edit_question(OPERATOR, w, question.id, kind=QuestionKind.CHOOSE, most=2)
    for number in range(2):
        service.add_statement(OPERATOR, w, question.id, f"Option {number}")
    at = press(desk(room), f"question-{question.id}")
    assert "Lassen Sie weniger zu" in html(at)
    for number in range(10):
        service.add_statement(OPERATOR, w, question.id, f"Noch eine {number}")
    at.run()
    assert "Lassen Sie weniger zu" not in html(at) and "Das sind 12 Optionen" in html(at)
    assert not [f for f in at.text_input if "line-new" in str(f.key)]


def test_questions_and_clusters_move(room: House) -> None:
    first, second, *_ = room.agenda.clusters
    collect, rate = questions_of(room.agenda, first.id)
    at = press(press(desk(room), f"question-{rate.id}"), f"up-{rate.id}")
    assert [q.id for q in questions_of(room.agenda, first.id)] == [rate.id, collect.id]
    place = next(s for s in at.selectbox if s.label == "Cluster")
    place.set_value(second.id).run()
    assert room.agenda.question(rate.id).cluster_id == second.id  # type: ignore[union-attr]
    at = press(press(at, f"cluster-{first.id}"), f"down-{first.id}")
    assert [c.id for c in room.agenda.clusters][:2] == [second.id, first.id]


def test_a_cluster_has_a_name_a_look_and_an_end(room: House) -> None:
    first, *_, last = room.agenda.clusters
    at = press(desk(room), f"cluster-{first.id}")
    field(at, f"name-{first.id}-de").set_value("Leben, Wohnen & Kultur").run()
    at.selectbox[0].set_value("h").run()
    at.checkbox[0].check().run()
    found = room.agenda.cluster(first.id)
    assert found is not None
    assert (found.name["de"], found.accent) == ("Leben, Wohnen & Kultur", "h")
    assert found.cross_cutting
    taken = {c.accent for c in room.agenda.clusters} - {"h"}
    assert len(at.selectbox[0].options) == 8 - len(taken)
    at = press(press(at, f"cluster-{last.id}"), f"remove-{last.id}")
    assert len(room.agenda.clusters) == 3
    at = press(at, "new-cluster")
    field(at, "new-cluster-de").set_value("Kultur")
    next(b for b in at.button if b.label == "Hinzufügen").click().run()
    assert room.agenda.clusters[-1].name == {"de": "Kultur"}


def test_groups_come_and_go(room: House) -> None:
    room.service.join(room.workshop_id, None, "science").result()
    at = desk(room, part="frame")
    assert at.button(key="setup-group-out-science").disabled
    press(at, "group-out-politics")
    press(at, "group-up-business")
    assert room.agenda.workshop.segments[:2] == ("business", "science")
    press(at, "group-in-politics")
    assert room.agenda.workshop.segments[0] == "politics"
    field(at, "idea-de").set_value("Einfach machen").run()
    assert room.agenda.process.guiding_idea["de"] == "Einfach machen"


def test_too_many_statements_get_a_word(room: House) -> None:
    rate = room.question(QuestionKind.RATE)
    for number in range(16):
        room.service.add_statement(OPERATOR, room.workshop_id, rate.id, f"Aussage {number}")
    at = press(desk(room), f"question-{rate.id}")
    assert "16 Aussagen zum Bewerten." in html(at)
    assert "Mehr als 15 Aussagen auf einmal sind zu viele" in html(at)


def test_the_agenda_says_when_it_ends(room: House) -> None:
    at = desk(room)
    assert "8 Schlüsselfragen · 120 min · endet um 20:00 Uhr" in html(at)
    assert any(":gray[18:20 · 10 min]" in b.label for b in at.button)


def test_a_workshop_without_any_cluster_can_be_filled(room: House) -> None:
    for cluster in room.agenda.clusters:
        room.service.remove_cluster(OPERATOR, room.workshop_id, cluster.id)
    at = desk(room)
    assert field(at, "new-cluster-de").value == ""


def office(room: House) -> AppTest:
    """Where a new workshop begins, for who may moderate all."""
    room.sign_in()
    at = room.page("setup")
    assert not at.exception
    return at


def test_an_agenda_is_kept_and_offered_beside_the_shipped_templates(room: House) -> None:
    room.service.set_title(OPERATOR, room.workshop_id, {"de": HOSTILE[0], "en": ""})
    room.sign_in()
    press(desk(room, part="keep"), "keep")
    at = office(room)
    shelf = at.radio(key="setup-template")
    assert len(shelf.options) == len(templates.names()) + 1
    own = next(t.name for t in room.service.templates(OPERATOR) if t.name.startswith("own-"))
    shelf.set_value(own).run()
    assert not at.exception and HOSTILE[0] not in html(at)
    press(at, "create")
    newest = room.service.workshops(OPERATOR)[-1]
    assert {w.title["de"] for w in room.service.workshops(OPERATOR)} == {HOSTILE[0]}
    assert room.service.agenda(OPERATOR, newest.id).process.template in (own, TEMPLATE)
    at = office(room)
    at.radio(key="setup-template").set_value(own).run()
    press(at, "drop")
    assert len(room.service.templates(OPERATOR)) == len(templates.names())


def test_a_template_comes_in_from_a_file_or_says_where_it_is_broken(room: House) -> None:
    text = room.service.template_file(OPERATOR, room.workshop_id)
    at = office(room)
    at.file_uploader[0].set_value(("mine.toml", text.encode(), "application/toml")).run()
    assert not at.exception
    chosen = str(at.radio(key="setup-template").value)
    assert chosen.startswith("own-") and "Eingelesen." in said(at)
    broken = text.replace('mark = "house"', 'mark = "moon"').encode()
    at.file_uploader[0].set_value(("mine.toml", broken, "application/toml")).run()
    assert "mine.toml, clusters 1, mark: unknown" in said(at)
    assert len(room.service.templates(OPERATOR)) == len(templates.names()) + 1


def test_the_next_workshop_begins_with_this_one(room: House) -> None:
    rate = room.question(QuestionKind.RATE)
    room.service.add_statement(OPERATOR, room.workshop_id, rate.id, "Mehr Bäume")
    room.sign_in()
    at = desk(room, part="keep")
    at.text_input(key="setup-next-title").set_value("Zweiter Abend")
    at.checkbox(key="setup-next-statements").check()
    next(b for b in at.button if b.label == "Workshop anlegen").click().run()
    assert not at.exception
    made = next(w for w in room.service.workshops(OPERATOR) if w.title["de"] == "Zweiter Abend")
    assert made.id in at.query_params["w"]
    assert [s.text for s in room.service.agenda(OPERATOR, made.id).statements] == ["Mehr Bäume"]


def test_whoever_moderates_one_workshop_is_offered_its_file_only(room: House) -> None:
    at = desk(room, part="keep")
    assert f"/download/{room.workshop_id}/template" in html(at)
    assert not [b for b in at.button if b.key in ("setup-keep",)] and not at.checkbox
