"""What the stage and the phones make of what the moderation did: themes, pins, doubles, nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from bs4 import BeautifulSoup, Tag

from pages.parts.results_said import contributions
from pages.parts.stage_look import look, page_count
from pages.phone.screens import phone_page
from tests.evening import HOSTILE
from tests.rooms import Prepared, make_service, prepare
from tests.workshop.test_doubles import said as written
from workshop import service as services
from workshop.charts import contribution_pages
from workshop.charts.paging import COLUMNS
from workshop.i18n import translator
from workshop.model import OPERATOR, Actor, Role, StageView
from workshop.themes import Theme

DE = translator("de")
TEXTS = ("Mehr Bäume", "mehr Bäume!", "Der Bus kommt zu selten", "Weniger Lärm")


@dataclass
class Hall:
    """A collecting round with these texts, and what its walls show."""

    made: Prepared
    tokens: list[str]

    def act(self, name: str, *what: object, **more: object) -> object:
        return getattr(self.made.service, name)(OPERATOR, self.made.id, *what, **more)

    def of(self, text: str) -> str:
        found = self.made.service.contributions(
            OPERATOR, self.made.id, self.made.collect.id, hidden=True
        )
        return next(s.id for s in found if s.text == text)

    def reveal(self) -> None:
        self.act("reveal_round", self.made.collect.id)

    def stage(self, role: Role = Role.STAGE) -> BeautifulSoup:
        actor = Actor(role, self.made.id)
        return BeautifulSoup(look(self.made.service, actor, self.made.id, DE).html, "html.parser")

    def phone(self) -> BeautifulSoup:
        phone = self.made.service.phone(self.made.id, self.tokens[0])
        return BeautifulSoup(phone_page(DE, phone, None).body, "html.parser")


def hall_of(made: Prepared, *texts: str) -> Hall:
    tokens = made.people(len(texts))
    round_ = made.open(made.collect)
    for token, text in zip(tokens, texts, strict=True):
        assert made.service.contribute(made.id, token, round_.id, "goal", text).result()
    return Hall(made, tokens)


@pytest.fixture
def made(sqlite_url: str) -> Iterator[Prepared]:
    with make_service(sqlite_url) as running:
        services.install(running.service)
        yield prepare(running.service)


def said(soup: BeautifulSoup) -> list[str]:
    return [p.text for p in soup.select(".said, .texts .said-text")]


def outline(column: Tag) -> list[str]:
    """Headings and cards of a column, from the top."""
    return [e.text for e in column.select(".theme, .said")]


@pytest.mark.parametrize("role", [Role.STAGE, Role.MODERATOR])
def test_whoever_looks_what_waits_or_is_hidden_is_on_no_wall(made: Prepared, role: Role) -> None:
    made.service.set_moderated(OPERATOR, made.id, True)
    hall = hall_of(made, *TEXTS)
    hall.act("hide_statement", hall.of("Mehr Bäume"))
    hall.act("let_pass", hall.of("Mehr Bäume"))
    hall.act("let_pass", hall.of("Weniger Lärm"))
    hall.reveal()
    assert said(hall.stage(role)) == said(hall.phone()) == ["Weniger Lärm"]
    assert "1 Beitrag" in hall.stage(role).text


def test_doubles_are_one_card_that_counts_them(made: Prepared) -> None:
    hall = hall_of(made, *TEXTS)
    hall.act("merge", [hall.of("mehr Bäume!")], hall.of("Mehr Bäume"))
    hall.reveal()
    stage, phone = hall.stage(), hall.phone()
    assert said(stage) == said(phone) == ["Mehr Bäume", *TEXTS[2:]]
    assert [p.text for p in stage.select(".times")] == [p.text for p in phone.select(".times")]
    assert stage.select_one(".times") and stage.select(".times")[0].text == "×2"
    assert "2-mal geschrieben" in stage.text and "2-mal geschrieben" in phone.text
    assert "4 Beiträge" in stage.text and "4 Beiträge aus dem Raum" in phone.text


def test_themes_are_headings_and_pinned_ones_come_first(made: Prepared) -> None:
    hall = hall_of(made, *TEXTS)
    moving = hall.act("add_theme", made.collect.id, "Unterwegs & <b>mehr</b>")
    hall.act("add_theme", made.collect.id, "Leer")
    hall.act("put_under", hall.of(TEXTS[2]), moving)
    hall.act("pin", hall.of("Weniger Lärm"))
    hall.reveal()
    shown = ["Unterwegs & <b>mehr</b>", TEXTS[2], "Weitere Beiträge", TEXTS[3], *TEXTS[:2]]
    columns = hall.stage().select(".column")
    assert list(dict.fromkeys(text for c in columns for text in outline(c))) == shown
    assert [e.text for e in hall.phone().select("h2.theme, .said-text")] == shown


def test_without_a_theme_in_use_there_are_no_headings(made: Prepared) -> None:
    hall = hall_of(made, *TEXTS)
    hall.act("add_theme", made.collect.id, "Leer")
    hall.reveal()
    assert not hall.stage().select(".theme") and not hall.phone().select(".theme")


def test_every_column_says_under_which_theme_it_begins(made: Prepared) -> None:
    texts = [f"Wunsch {n} für die Stadt, den wir hier aufschreiben" for n in range(40)]
    hall = hall_of(made, *texts)
    theme = hall.act("add_theme", made.collect.id, "Verkehr")
    for text in texts[:30]:
        hall.act("put_under", hall.of(text), theme)
    hall.reveal()
    seen: list[str] = []
    for number in range(page_count(made.service, Actor(Role.STAGE, made.id), made.id)):
        hall.act("show", StageView.RESULT, made.collect.id, number)
        columns = hall.stage().select(".column")
        assert 1 <= len(columns) <= COLUMNS
        for column in columns:
            assert outline(column)[0] in ("Verkehr", "Weitere Beiträge")
        seen += said(hall.stage())
    assert seen == texts


def test_a_page_has_room_for_its_headings() -> None:
    themes = [Theme(f"t{n}", "w", "q", f"Thema {n}", n) for n in range(12)]
    names: dict[str | None, str] = {theme.id: theme.name for theme in themes}
    texts = [replace(s, theme_id=f"t{n // 2}") for n, s in enumerate(written(*["Ein Satz"] * 24))]
    with_headings, without = contribution_pages(texts, names), contribution_pages(texts)
    assert [s for page in with_headings for column in page for s in column] == texts
    heights = [sum(len(column) for column in page) for page in (with_headings[0], without[0])]
    assert heights[0] < heights[1]


def test_hostile_names_and_texts_stay_text(made: Prepared) -> None:
    hall = hall_of(made, *HOSTILE)
    for text in HOSTILE:
        theme = hall.act("add_theme", made.collect.id, text[:60])
        hall.act("put_under", hall.of(text), theme)
    hall.reveal()
    for soup in (hall.stage(), hall.phone()):
        found = soup.select(".said, .said-text, .theme")
        assert found and not [e for e in found if e.find()], "no element within a text"
    (first, *_) = made.service.said(OPERATOR, made.id, made.collect.id)
    assert "<script>" not in contributions([first], DE)
