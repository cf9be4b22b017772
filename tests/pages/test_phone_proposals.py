"""Proposing key questions, and backing what others wrote, on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.phones import Phone, Room, room
from workshop.model import OPERATOR, QuestionKind, Round

TEXTS = ("Wem gehört die Straße in unserer Stadt, und wer entscheidet darüber?", "Wie heizen wir?")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def _asked(here: Room, kind: QuestionKind) -> Round:
    cluster = here.service.agenda(OPERATOR, here.workshop).clusters[0].id
    question = here.service.add_question(
        OPERATOR, here.workshop, cluster, kind, {"de": "Was müssen wir klären?"}, most=2
    )
    return here.again(question)


def _written(here: Room, kind: QuestionKind) -> tuple[list[Phone], Round]:
    """Three people; the first two have written something, which is on the wall now."""
    round_ = _asked(here, kind)
    phones = [here.phone() for _ in range(3)]
    for phone in phones:
        phone.join()
    for phone, text in zip(phones, TEXTS, strict=False):
        aspect = {} if kind is QuestionKind.PROPOSE else {"aspect": "goal"}
        phone.press(phone.open().forms()[0], text=text, **aspect)
    here.service.reveal_round(OPERATOR, here.workshop, round_.question_id)
    return phones, round_


def test_a_proposal_is_a_whole_sentence_and_neither_goal_nor_interest(here: Room) -> None:
    _asked(here, QuestionKind.PROPOSE)
    phone = here.phone()
    page = phone.join()
    form = page.forms()[0]
    assert form.find("textarea") is not None
    assert form.find_all("input", attrs={"name": "aspect"}) == []
    assert "Ihr Vorschlag" in page.text
    assert TEXTS[0] in phone.press(form, text=TEXTS[0]).text


@pytest.mark.parametrize("kind", [QuestionKind.PROPOSE, QuestionKind.COLLECT])
def test_everybody_backs_a_few_of_what_was_written(here: Room, kind: QuestionKind) -> None:
    phones, round_ = _written(here, kind)
    assert all(text in phones[2].open().text for text in TEXTS)
    backing = here.again(round_.question_id)
    page = phones[2].open()
    assert "Was unterstützen Sie? Wählen Sie bis zu 2." in page.text
    assert "Ergebnis von Runde" not in page.text
    form = page.forms()[0]
    boxes = form.find_all("input", attrs={"type": "checkbox"})
    assert [b["name"] for b in boxes] == [f"v-{s}" for s in backing.statement_ids]
    page = phones[2].press(form, **{f"v-{backing.statement_ids[0]}": "1"})
    assert page.state == "saved"
    for _ in range(5):
        token, _ = here.service.join(here.workshop, None, "other").result()
        chosen = {backing.statement_ids[0]: "1"}
        here.service.answer_whole(here.workshop, token, backing.id, chosen).result()
    here.service.reveal_round(OPERATOR, here.workshop, round_.question_id)
    page = phones[2].open()
    assert page.state == "results"
    assert "6" in page.text
    assert TEXTS[0] in phones[2].open(f"/j/{here.code}/me").text
