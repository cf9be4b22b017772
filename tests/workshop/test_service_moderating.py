"""The use cases of the moderation on both databases: who sees what, undo, the log, erasure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rooms import HandClock, Prepared, Running, dump
from workshop.errors import NotFound, Refused
from workshop.model import OPERATOR, Actor, Role, Round, Statement
from workshop.moderation import MAX_THEME, MOST_THEMES
from workshop.service import Service

TEXTS = ("Mehr Bäume", "mehr Bäume!", "Weniger Lärm", "Der Bus kommt zu selten")


class Hall:
    """A collecting round in which one person wrote each of the texts."""

    def __init__(self, prepared: Prepared, texts: tuple[str, ...] = TEXTS) -> None:
        self.prepared, self.service = prepared, prepared.service
        self.tokens = prepared.people(len(texts))
        self.round: Round = prepared.open(prepared.collect)
        self.stage = Actor(Role.STAGE, prepared.id)
        for token, text in zip(self.tokens, texts, strict=True):
            self.write(token, text)

    @property
    def id(self) -> str:
        return self.prepared.id

    @property
    def question(self) -> str:
        return self.prepared.collect.id

    def write(self, token: str, text: str) -> None:
        assert self.service.contribute(self.id, token, self.round.id, "goal", text).result()

    def reveal(self) -> None:
        self.service.reveal_round(OPERATOR, self.id, self.question)

    def all(self) -> tuple[Statement, ...]:
        return self.service.contributions(OPERATOR, self.id, self.question, hidden=True)

    def of(self, text: str) -> str:
        return next(s.id for s in self.all() if s.text == text)

    def walls(self) -> list[tuple[str, int]]:
        """What the stage shows; a phone, the stage and the moderator's look at it agree."""
        on_stage = self.service.contributions(self.stage, self.id, self.question, hidden=True)
        phone = self.service.phone(self.id, self.tokens[0])
        assert phone.shown == on_stage
        assert self.service.said(OPERATOR, self.id, self.question) == on_stage
        return [(s.text, s.times) for s in on_stage]


@pytest.fixture
def hall(prepared: Prepared) -> Hall:
    return Hall(prepared)


def test_what_waits_reaches_no_wall_until_it_is_let_pass(prepared: Prepared) -> None:
    prepared.service.set_moderated(OPERATOR, prepared.id, True)
    hall = Hall(prepared)
    hall.reveal()
    assert all(s.waiting for s in hall.all()) and hall.walls() == []
    hall.service.let_pass(OPERATOR, hall.id, hall.of("Weniger Lärm"))
    assert hall.walls() == [("Weniger Lärm", 1)]
    hall.service.hide_statement(OPERATOR, hall.id, hall.of("Mehr Bäume"))
    hall.service.let_all_pass(OPERATOR, hall.id, hall.question)
    assert [text for text, _ in hall.walls()] == list(TEXTS[1:])
    assert [s.text for s in hall.all() if s.waiting] == ["Mehr Bäume"], "hidden, and not looked at"


def test_whose_text_waits_finds_it_saved_as_ever(prepared: Prepared) -> None:
    prepared.service.set_moderated(OPERATOR, prepared.id, True)
    hall = Hall(prepared)
    phone = hall.service.phone(hall.id, hall.tokens[0])
    assert [s.text for s in phone.contributions] == ["Mehr Bäume"]
    assert [s.text for s in hall.service.mine(hall.id, hall.tokens[0]).contributions] == [
        "Mehr Bäume"
    ]
    hall.reveal()
    assert hall.service.phone(hall.id, hall.tokens[0]).shown == ()


def test_the_queue_switched_off_lets_nothing_pass_by_itself(prepared: Prepared) -> None:
    prepared.service.set_moderated(OPERATOR, prepared.id, True)
    hall = Hall(prepared)
    hall.service.set_moderated(OPERATOR, hall.id, False)
    hall.write(hall.tokens[0], "Danach")
    hall.reveal()
    assert hall.walls() == [("Danach", 1)]


def test_merged_ones_are_shown_as_one_and_split_again(hall: Hall) -> None:
    hall.reveal()
    target, double = hall.of("Mehr Bäume"), hall.of("mehr Bäume!")
    hall.service.merge(OPERATOR, hall.id, [double], target)
    assert hall.walls()[0] == ("Mehr Bäume", 2) and len(hall.walls()) == 3
    assert [s.text for s in hall.all()] == list(TEXTS), "each stays as it was said"
    hall.service.split(OPERATOR, hall.id, double)
    assert [text for text, _ in hall.walls()] == list(TEXTS)
    with pytest.raises(Refused) as refused:
        hall.service.split(OPERATOR, hall.id, double)
    assert refused.value.code == "not-merged"


def test_what_is_rated_is_never_merged(hall: Hall) -> None:
    with pytest.raises(Refused) as refused:
        hall.service.merge(
            OPERATOR, hall.id, [hall.prepared.statements[0]], hall.prepared.statements[1]
        )
    assert refused.value.code == "cannot-merge"


def test_themes_and_pins_order_the_walls(hall: Hall) -> None:
    hall.reveal()
    moving = hall.service.add_theme(OPERATOR, hall.id, hall.question, " Bus   und Bahn ")
    hall.service.put_under(OPERATOR, hall.id, hall.of("Der Bus kommt zu selten"), moving)
    hall.service.pin(OPERATOR, hall.id, hall.of("Weniger Lärm"))
    assert [text for text, _ in hall.walls()] == [
        "Der Bus kommt zu selten",
        "Weniger Lärm",
        "Mehr Bäume",
        "mehr Bäume!",
    ]
    (theme,) = hall.service.themes(hall.stage, hall.id, hall.question)
    assert theme.name == "Bus und Bahn"
    assert hall.service.phone(hall.id, hall.tokens[0]).themes == (theme,)
    hall.service.rename_theme(OPERATOR, hall.id, moving, "Unterwegs")
    hall.service.put_under(OPERATOR, hall.id, hall.of("Mehr Bäume"), moving)
    hall.service.put_under(OPERATOR, hall.id, hall.of("Mehr Bäume"), None)
    hall.service.remove_theme(OPERATOR, hall.id, moving)
    assert hall.service.themes(OPERATOR, hall.id, hall.question) == ()
    assert {s.theme_id for s in hall.all()} == {None}
    hall.service.pin(OPERATOR, hall.id, hall.of("Weniger Lärm"), False)
    assert [text for text, _ in hall.walls()] == list(TEXTS)


def test_names_of_themes_are_short_and_different(hall: Hall) -> None:
    def refused(do: Callable[[], object]) -> str:
        with pytest.raises(Refused) as refusal:
            do()
        return refusal.value.code

    add = hall.service.add_theme
    moving = add(OPERATOR, hall.id, hall.question, "Verkehr")
    living = add(OPERATOR, hall.id, hall.question, "Wohnen")
    for name, code in (
        (" \n", "no-name"),
        ("x" * (MAX_THEME + 1), "name-too-long"),
        ("verkehr!", "theme-there"),
    ):
        assert refused(lambda n=name: add(OPERATOR, hall.id, hall.question, n)) == code
        assert refused(lambda n=name: hall.service.rename_theme(OPERATOR, hall.id, living, n)) == (
            code
        )
    hall.service.rename_theme(OPERATOR, hall.id, moving, "VERKEHR")
    assert refused(lambda: add(OPERATOR, hall.id, hall.prepared.rate.id, "x")) == "wrong-kind"
    for place in range(MOST_THEMES - 2):
        add(OPERATOR, hall.id, hall.question, f"Thema {place}")
    assert refused(lambda: add(OPERATOR, hall.id, hall.question, "Eins mehr")) == "too-many-themes"


def test_what_is_not_there_is_said(hall: Hall) -> None:
    service, w, one = hall.service, hall.id, hall.of("Mehr Bäume")
    for do in (
        lambda: service.let_pass(OPERATOR, w, "x"),
        lambda: service.split(OPERATOR, w, "x"),
        lambda: service.pin(OPERATOR, w, hall.prepared.statements[0]),
        lambda: service.put_under(OPERATOR, w, "x", None),
        lambda: service.put_under(OPERATOR, w, one, "x"),
        lambda: service.rename_theme(OPERATOR, w, "x", "Name"),
        lambda: service.remove_theme(OPERATOR, w, "x"),
        lambda: service.let_all_pass(OPERATOR, w, "x"),
        lambda: service.add_theme(OPERATOR, w, "x", "Name"),
    ):
        with pytest.raises(NotFound):
            do()


def test_a_theme_of_another_question_is_none_of_this(hall: Hall) -> None:
    elsewhere = next(
        q for q in hall.prepared.agenda.questions if q.is_written and q.id != hall.question
    )
    theme = hall.service.add_theme(OPERATOR, hall.id, elsewhere.id, "Verkehr")
    with pytest.raises(NotFound):
        hall.service.put_under(OPERATOR, hall.id, hall.of("Mehr Bäume"), theme)
    hall.service.remove_question(OPERATOR, hall.id, elsewhere.id)
    assert hall.service.themes(OPERATOR, hall.id, elsewhere.id) == ()
    hall.service.undo(OPERATOR, hall.id)
    (again,) = hall.service.themes(OPERATOR, hall.id, elsewhere.id)
    assert again.id == theme


Do = Callable[[Service, str, Hall], Any]
ACTIONS: dict[str, Do] = {
    "Let contributions wait": lambda s, w, h: s.set_moderated(OPERATOR, w, True),
    "Let a contribution pass": lambda s, w, h: s.let_pass(OPERATOR, w, h.of("Wartet")),
    "Let all contributions pass": lambda s, w, h: s.let_all_pass(OPERATOR, w, h.question),
    "Hide a text": lambda s, w, h: s.hide_statement(
        OPERATOR, w, h.of("Mehr Bäume"), reason="Off the topic"
    ),
    "Merge contributions": lambda s, w, h: s.merge(
        OPERATOR, w, [h.of("mehr Bäume!")], h.of("Mehr Bäume")
    ),
    "Split a contribution off": lambda s, w, h: s.split(OPERATOR, w, h.of("Verschmolzen")),
    "Pin a contribution": lambda s, w, h: s.pin(OPERATOR, w, h.of("Mehr Bäume")),
    "Name a theme": lambda s, w, h: s.add_theme(OPERATOR, w, h.question, "Neu"),
    "Rename a theme": lambda s, w, h: s.rename_theme(OPERATOR, w, theme_of(h), "Anders"),
    "Remove a theme": lambda s, w, h: s.remove_theme(OPERATOR, w, theme_of(h)),
    "Put a contribution under a theme": lambda s, w, h: s.put_under(
        OPERATOR, w, h.of("Mehr Bäume"), theme_of(h)
    ),
    "Take a contribution out of its theme": lambda s, w, h: s.put_under(
        OPERATOR, w, h.of("Der Bus kommt zu selten"), None
    ),
}
WITHOUT_SUBJECT = {"Let contributions wait", "Let all contributions pass"}


def theme_of(hall: Hall) -> str:
    return hall.service.themes(OPERATOR, hall.id, hall.question)[0].id


@pytest.fixture
def midway(hall: Hall) -> Hall:
    """One of each: a theme with a text under it, a merged one, one that waits."""
    service, w = hall.service, hall.id
    theme = service.add_theme(OPERATOR, w, hall.question, "Verkehr")
    service.put_under(OPERATOR, w, hall.of("Der Bus kommt zu selten"), theme)
    hall.write(hall.tokens[1], "Verschmolzen")
    service.merge(OPERATOR, w, [hall.of("Verschmolzen")], hall.of("Weniger Lärm"))
    service.set_moderated(OPERATOR, w, True)
    hall.write(hall.tokens[0], "Wartet")
    service.set_moderated(OPERATOR, w, False)
    return hall


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_is_logged_and_can_be_taken_back(
    midway: Hall, clock: HandClock, action: str
) -> None:
    service, w = midway.service, midway.id

    def state() -> tuple[Any, ...]:
        themes = service.themes(OPERATOR, w, midway.question)
        return midway.all(), themes, midway.prepared.agenda.workshop.moderated

    before, earlier = state(), service.log(OPERATOR, w)
    ACTIONS[action](service, w, midway)
    assert state() != before
    *rest, entry = service.log(OPERATOR, w)
    assert tuple(rest) == earlier
    assert (entry.action, entry.undone) == (action, False) and entry.at <= clock()
    assert (entry.subject_id is None) == (action in WITHOUT_SUBJECT)
    assert service.undo(OPERATOR, w) == action
    assert state() == before
    assert service.log(OPERATOR, w)[-1].undone


def test_the_log_names_the_theme_that_was(midway: Hall) -> None:
    service, theme = midway.service, theme_of(midway)
    service.rename_theme(OPERATOR, midway.id, theme, "Unterwegs")
    service.remove_theme(OPERATOR, midway.id, theme)
    assert [e.was for e in service.log(OPERATOR, midway.id)[-2:]] == ["Verkehr", "Unterwegs"]


def test_a_reason_stays_with_what_is_hidden(hall: Hall) -> None:
    one = hall.of("Mehr Bäume")
    hall.service.hide_statement(OPERATOR, hall.id, one)
    hall.service.hide_statement(OPERATOR, hall.id, one, reason=" Doppelt ")
    hidden = next(s for s in hall.all() if s.id == one)
    assert (hidden.hidden, hidden.hidden_reason) == (True, "Doppelt")
    hall.service.hide_statement(OPERATOR, hall.id, one, False)
    shown = next(s for s in hall.all() if s.id == one)
    assert (shown.hidden, shown.hidden_reason) == (False, None)
    hall.service.undo(OPERATOR, hall.id)
    assert next(s for s in hall.all() if s.id == one) == hidden


def test_phones_hear_only_of_what_they_show(hall: Hall) -> None:
    service, w, one = hall.service, hall.id, hall.of("Mehr Bäume")

    def phases(do: Callable[[], object]) -> int:
        version, phase = service.versions(w)
        do()
        after = service.versions(w)
        assert after[0] > version, "consoles and stages do"
        return after[1] - phase

    theme = service.add_theme(OPERATOR, w, hall.question, "Verkehr")
    assert phases(lambda: service.pin(OPERATOR, w, one)) == 0
    assert phases(lambda: service.put_under(OPERATOR, w, one, theme)) == 0
    assert phases(lambda: service.merge(OPERATOR, w, [hall.of("mehr Bäume!")], one)) == 0
    hall.reveal()
    assert phases(lambda: service.pin(OPERATOR, w, one, False)) == 1
    assert phases(lambda: service.rename_theme(OPERATOR, w, theme, "Unterwegs")) == 1
    assert phases(lambda: service.split(OPERATOR, w, hall.of("mehr Bäume!"))) == 1
    assert phases(lambda: service.remove_theme(OPERATOR, w, theme)) == 1


def test_who_erases_a_text_erases_what_was_done_about_it(running: Running, midway: Hall) -> None:
    service, w = midway.service, midway.id
    target, double = midway.of("Mehr Bäume"), midway.of("mehr Bäume!")
    service.merge(OPERATOR, w, [double], target)
    service.split(OPERATOR, w, double)
    service.merge(OPERATOR, w, [double], target)
    service.pin(OPERATOR, w, target)
    service.hide_statement(OPERATOR, w, target, reason="Nennt Frau Müller")
    service.pin(OPERATOR, w, double)
    service.erase(w, midway.tokens[0]).result()
    left = dump(running)
    assert target not in left and "Frau Müller" not in left
    assert target not in {e.subject_id for e in service.log(OPERATOR, w)}
    assert next(s for s in midway.all() if s.id == double).merged_into_id is None
    while service.can_undo(OPERATOR, w):
        service.undo(OPERATOR, w)
        assert target not in {s.merged_into_id for s in midway.all()}
    assert target not in dump(running)
