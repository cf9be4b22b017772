"""The suggested theme of a contribution: by name, by what is there already, and often none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.test_doubles import said
from workshop import templates
from workshop.model import Statement
from workshop.themes import Theme, of_question, suggested

MOVING = Theme("t1", "w", "q", "Bus und Bahn", 1)
LIVING = Theme("t2", "w", "q", "Wohnen", 2)


def under(theme: Theme, *texts: str) -> list[Statement]:
    return [replace(s, id=f"{theme.id}-{s.id}", theme_id=theme.id) for s in said(*texts)]


def test_a_name_is_enough_for_a_suggestion() -> None:
    bus, home, other = said("Der Bus kommt zu selten", "Bezahlbares Wohnen", "Zebra")
    assert suggested([MOVING, LIVING], [bus, home, other]) == {bus.id: "t1", home.id: "t2"}


def test_what_stands_under_a_theme_draws_its_like() -> None:
    (asked,) = said("Die Miete steigt und steigt")
    assert suggested([MOVING, LIVING], [asked]) == {}
    known = under(LIVING, "Die Mieten steigen")
    assert suggested([MOVING, LIVING], [asked, *known]) == {asked.id: "t2"}


def test_nothing_is_suggested_for_what_is_sorted_or_without_themes() -> None:
    assert suggested([], said("Der Bus kommt")) == {}
    assert suggested([LIVING], under(LIVING, "Wohnen")) == {}
    gone = [replace(s, theme_id="gone") for s in said("Wohnen am Fluss")]
    assert suggested([LIVING], gone) == {gone[0].id: "t2"}


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_is_taken(texts: list[str], names: list[str]) -> None:
    themes = [Theme(f"t{place}", "w", "q", name, place) for place, name in enumerate(names)]
    found = suggested(themes, said(*texts))
    assert set(found) <= {s.id for s in said(*texts)}
    assert set(found.values()) <= {theme.id for theme in themes}


def test_most_suggestions_for_the_example_texts_are_right() -> None:
    """The figure that `LEAST` names, less a little; five texts stand under each theme."""
    clusters = {c.key: c.name["de"] for c in templates.load("smart-kassel-council").clusters}
    themes = [Theme(key, "w", "q", name, 1) for key, name in clusters.items()]
    known, asked, right = [], [], {}
    for key, examples in templates.examples("smart-kassel-council").items():
        texts = [c.text["de"] for c in examples.contributions]
        texts += [text["de"] for text in examples.statements]
        known += [replace(s, id=f"{key}-{s.id}", theme_id=key) for s in said(*texts[::4][:5])]
        rest = [text for place, text in enumerate(texts) if place % 4]
        asked += [replace(s, id=f"{key}-asked-{s.id}") for s in said(*rest)]
        right |= {s.id: key for s in asked if s.id.startswith(key)}
    found = suggested(themes, known + asked)
    assert len(found) >= len(asked) / 2
    hits = sum(right[statement] == key for statement, key in found.items())
    assert hits / len(found) == pytest.approx(0.58, abs=0.15)


def test_themes_are_of_a_question() -> None:
    assert of_question([MOVING, LIVING], "q") == (MOVING, LIVING)
    assert of_question([MOVING, replace(LIVING, question_id="other")], "q") == (MOVING,)
