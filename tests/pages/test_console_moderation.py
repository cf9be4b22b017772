"""The console's moderation: each button against the database that it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.moderation_list import PAGE, sections_of
from pages.parts.moderation_tools import DOUBLES
from tests.pages.console_room import House, house, html
from tests.pages.test_console import HOSTILE, click
from workshop.i18n import translator
from workshop.model import OPERATOR, QuestionKind, Statement

TEXTS = ("Der Bus kommt zu selten", "Mehr Bäume", "mehr Bäume!", "Bezahlbare Wohnungen bauen")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        found.sign_in(found.workshop_id)
        yield found


def write(room: House, *texts: str) -> None:
    """An open round in which somebody writes these texts."""
    question = room.question(QuestionKind.COLLECT)
    if room.agenda.open_round is None:
        room.service.open_round(OPERATOR, room.workshop_id, question.id)
    opened = room.agenda.open_round
    assert opened is not None
    for token, text in zip(room.join(len(texts)), texts, strict=True):
        sent = room.service.contribute(room.workshop_id, token, opened.id, "goal", text)
        assert sent.result()


def said(room: House) -> dict[str, Statement]:
    question = room.question(QuestionKind.COLLECT)
    found = room.service.contributions(OPERATOR, room.workshop_id, question.id, hidden=True)
    return {s.text: s for s in found}


def theme(room: House, name: str) -> str:
    question = room.question(QuestionKind.COLLECT)
    return room.service.add_theme(OPERATOR, room.workshop_id, question.id, name)


def keys(at: AppTest) -> set[str]:
    return {str(button.key) for button in at.button}


def opened(at: AppTest, room: House, name: str) -> AppTest:
    """With one of the two boxes unfolded; a browser keeps it so, this has none."""
    at.session_state[f"{name}-{room.question(QuestionKind.COLLECT).id}"] = True
    at.run()
    assert not at.exception
    return at


def headings(at: AppTest) -> list[str]:
    """The headings of the sections, with their numbers."""
    return re.findall(r'<h3 class="ek-section"[^>]*>([^<]*)<', html(at))


def test_the_queue_holds_back_and_lets_pass(room: House) -> None:
    write(room, "Schon da")
    at = room.console()
    assert at.button(key="queue").label == "Zuerst prüfen"
    click(at, "queue")
    assert room.agenda.workshop.moderated
    assert at.button(key="queue").label == "Nicht mehr prüfen"
    write(room, *TEXTS[:3])
    at.run()
    assert headings(at) == ["Warten auf Sie · 3", "Sichtbar · 1"]
    assert "3 Beiträge warten auf Sie" in html(at)
    one = said(room)[TEXTS[0]].id
    assert f"promote-{one}" not in keys(at), "it was not let pass yet"
    click(at, f"pass-{one}")
    assert not said(room)[TEXTS[0]].waiting
    click(at, f"pass-all-{room.question(QuestionKind.COLLECT).id}")
    assert not any(s.waiting for s in said(room).values())
    assert headings(at) == []
    assert at.button(key="undo").label == "Rückgängig: Alle Beiträge freigeben"
    click(at, "undo")
    assert sum(s.waiting for s in said(room).values()) == 2


def test_hiding_is_done_at_once_and_asks_why_afterwards(room: House) -> None:
    write(room, *TEXTS[:2])
    at = room.console()
    one, other = said(room)[TEXTS[0]].id, said(room)[TEXTS[1]].id
    click(at, f"hide-{one}")
    assert said(room)[TEXTS[0]].hidden
    assert at.button(key=f"reason-1-{one}").label == "Beleidigend"
    click(at, f"reason-1-{one}")
    assert said(room)[TEXTS[0]].hidden_reason == "Insulting"
    assert "ausgeblendet: Beleidigend" in html(at)
    assert f"reason-1-{one}" not in keys(at), "it was answered"
    click(at, f"hide-{other}")
    at.text_input(key=f"why-{other}").set_value("Nennt <b>Frau Müller</b>").run()
    assert said(room)[TEXTS[1]].hidden_reason == "Nennt <b>Frau Müller</b>"
    assert "ausgeblendet: Nennt &lt;b&gt;Frau Müller&lt;/b&gt;" in html(at)
    assert headings(at) == [], "only one section is left"
    click(at, f"hide-{other}")
    assert (said(room)[TEXTS[1]].hidden, said(room)[TEXTS[1]].hidden_reason) == (False, None)


def test_what_is_hidden_stays_in_its_place_until_the_next_one(room: House) -> None:
    write(room, "eins", "zwei", "drei")
    texts = list(said(room).values())
    one = texts[1].id

    def order(hidden: str | None, unfolded: str | None) -> list[str]:
        now = [replace(s, hidden=s.id == hidden) for s in texts]
        sections = sections_of(translator("de"), now, (), unfolded)
        return [s.text for section in sections for s in section.texts]

    assert order(None, None) == order(one, one) == ["drei", "zwei", "eins"]
    assert order(one, None) == ["drei", "eins", "zwei"]


def test_the_same_is_merged_by_one_press_and_split_again(room: House) -> None:
    write(room, *TEXTS)
    at = opened(room.console(), room, "doubles")
    first, second = said(room)[TEXTS[1]].id, said(room)[TEXTS[2]].id
    assert "2-mal geschrieben" in html(at)
    click(at, f"same-{first}")
    assert said(room)[TEXTS[2]].merged_into_id == first
    assert "Ziel · ×2" in html(at) and f"unfold-{second}" not in keys(at)
    click(at, f"unfold-{first}")
    click(at, f"split-{second}")
    assert said(room)[TEXTS[2]].merged_into_id is None


def test_of_two_alike_the_moderator_says_which_stays(room: House) -> None:
    write(room, "Mehr Bäume in der Innenstadt", "Mehr Bäume in die Innenstadt")
    one, other = (s.id for s in said(room).values())
    at = opened(room.console(), room, "doubles")
    click(at, f"apart-{one}-{other}")
    assert f"keep-{one}-{other}" not in keys(at), "not offered here again"
    at = opened(room.console(), room, "doubles")
    click(at, f"keep-{other}-{one}")
    assert said(room)["Mehr Bäume in der Innenstadt"].merged_into_id == other


def test_any_two_can_be_merged_by_hand(room: House) -> None:
    write(room, *TEXTS)
    one, target = said(room)[TEXTS[0]].id, said(room)[TEXTS[3]].id
    at = click(room.console(), f"unfold-{one}")
    at.selectbox(key=f"merge-{one}").set_value(target).run()
    assert not at.exception
    assert said(room)[TEXTS[0]].merged_into_id == target
    assert f"split-{one}" in keys(at), "what it was merged into is unfolded"


def test_themes_are_named_suggested_and_confirmed(room: House) -> None:
    write(room, *TEXTS)
    question = room.question(QuestionKind.COLLECT)
    at = opened(room.console(), room, "themes")
    at.text_input(key=f"theme-new-{question.id}-0").set_value("Bus und Bahn")
    next(b for b in at.button if b.label == "Hinzufügen").click().run()
    (made,) = room.service.themes(OPERATOR, room.workshop_id, question.id)
    assert made.name == "Bus und Bahn" and all(s.theme_id is None for s in said(room).values())
    one, other = said(room)[TEXTS[0]].id, said(room)[TEXTS[1]].id
    assert at.button(key=f"near-{one}").label == "Zu „Bus und Bahn“?"
    assert f"near-{other}" not in keys(at)
    click(at, f"near-{one}")
    assert said(room)[TEXTS[0]].theme_id == made.id
    click(at, f"unfold-{other}")
    click(at, f"under-{made.id}-{other}")
    assert said(room)[TEXTS[1]].theme_id == made.id
    assert headings(at) == ["Ohne Thema · 2", "Bus und Bahn · 2"]
    assert at.button(key=f"under-{made.id}-{other}").label == "✓ Bus und Bahn"
    click(at, f"under-{made.id}-{other}")
    assert said(room)[TEXTS[1]].theme_id is None


def test_themes_are_renamed_and_removed(room: House) -> None:
    write(room, *TEXTS)
    made, question = theme(room, "Verkehr"), room.question(QuestionKind.COLLECT)
    theme(room, "Wohnen")
    at = opened(room.console(), room, "themes")
    field = next(f for f in at.text_input if f.value == "Verkehr")
    field.set_value("Wohnen").run()
    assert "Ein Thema mit diesem Namen gibt es schon." in html(at)
    field.set_value("Unterwegs").run()
    names = [x.name for x in room.service.themes(OPERATOR, room.workshop_id, question.id)]
    assert names == ["Unterwegs", "Wohnen"]
    click(at, f"theme-remove-{made}")
    names = [x.name for x in room.service.themes(OPERATOR, room.workshop_id, question.id)]
    assert names == ["Wohnen"]


def test_a_pinned_one_is_on_top(room: House) -> None:
    write(room, *TEXTS)
    one = said(room)[TEXTS[0]].id
    at = click(room.console(), f"unfold-{one}")
    click(at, f"pin-{one}")
    assert said(room)[TEXTS[0]].pinned and "Ziel · angeheftet" in html(at)
    shown = html(at)
    assert shown.index(TEXTS[0]) < shown.index(TEXTS[3])
    assert at.button(key=f"pin-{one}").label == "Nicht mehr anheften"


def test_sixty_contributions_come_page_by_page(room: House) -> None:
    write(room, *(f"Beitrag Nummer {n}" for n in range(60)))
    at = room.console()
    rows = [key for key in keys(at) if key.startswith("unfold-")]
    assert len(rows) == PAGE
    click(at, f"more-{room.question(QuestionKind.COLLECT).id}")
    assert len([key for key in keys(at) if key.startswith("unfold-")]) == 2 * PAGE


def test_many_doubles_come_a_few_at_a_time(room: House) -> None:
    write(room, *(f"Idee {n}{end}" for n in range(DOUBLES + 1) for end in ("", "!")))
    at = opened(room.console(), room, "doubles")
    assert len([key for key in keys(at) if key.startswith("same-")]) == DOUBLES
    click(at, f"same-{said(room)['Idee 0'].id}")
    at = opened(at, room, "doubles")
    assert f"same-{said(room)[f'Idee {DOUBLES}'].id}" in keys(at)


def test_peoples_text_stays_text_in_every_part(room: House) -> None:
    write(room, *HOSTILE, *(f"{text}!" for text in HOSTILE))
    made = theme(room, "**fett** <b>x</b> :smile:")
    one = said(room)[HOSTILE[0]].id
    at = opened(opened(room.console(), room, "doubles"), room, "themes")
    click(at, f"unfold-{one}")
    click(at, f"under-{made}-{one}")
    shown = html(at)
    assert "<img src=x" not in shown and "<script" not in shown and "<b>" not in shown
    label = at.button(key=f"under-{made}-{one}").label
    assert "**fett**" not in label and ":smile:" not in label
