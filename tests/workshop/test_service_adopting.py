"""From what people propose to a key question of the agenda, with where it came from."""

from __future__ import annotations

import pytest

from tests.every_kind import EveryKind, every_kind
from tests.rooms import Running
from workshop.errors import NotFound, Refused
from workshop.model import OPERATOR, QuestionKind

PROPOSE = QuestionKind.PROPOSE
TEXTS = ("Wem gehört die Straße?", "Wie heizen wir?", "Wem gehört die Straße")


@pytest.fixture
def kinds(running: Running) -> EveryKind:
    return every_kind(running, backing=2)


def _proposed(kinds: EveryKind) -> list[str]:
    """Three proposals, the third merged into the first, and revealed; the ids of all."""
    service, w = kinds.room.service, kinds.room.id
    round_ = kinds.open(PROPOSE)
    for token, text in zip(kinds.room.people(3), TEXTS, strict=True):
        service.contribute(w, token, round_.id, None, text).result()
    kinds.reveal(PROPOSE)
    said = service.contributions(OPERATOR, w, round_.question_id)
    by_text = {s.text: s.id for s in said}
    found = [by_text[text] for text in TEXTS]
    service.merge(OPERATOR, w, [found[2]], found[0])
    return found


def test_the_chosen_question_enters_the_agenda_with_all_its_origins(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    first, second, third = _proposed(kinds)
    backing = kinds.open(PROPOSE)
    for token in kinds.room.people(6):
        kinds.whole(token, backing, {first: "1"})
    kinds.whole(kinds.room.people(1)[0], backing, {second: "1"})
    kinds.reveal(PROPOSE)
    made = service.adopt(OPERATOR, w, first)
    agenda = kinds.room.agenda
    question = agenda.question(made)
    assert question is not None
    assert (question.text, question.kind) == ({"de": TEXTS[0]}, QuestionKind.COLLECT)
    assert question.cluster_id == kinds.questions[PROPOSE].cluster_id
    assert question.position == max(
        q.position for q in agenda.questions if q.cluster_id == question.cluster_id
    )
    found = service.provenance(OPERATOR, w)[made]
    assert (found.proposal.id, [s.id for s in found.together]) == (first, [third])
    assert (found.backed, found.of) == (6, 7)
    assert service.open_round(OPERATOR, w, made).open_round is not None


def test_a_proposal_is_adopted_once_and_undo_takes_it_out_again(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    first, *_ = _proposed(kinds)
    rated = service.adopt(OPERATOR, w, first, QuestionKind.RATE, scale="importance")
    question = kinds.room.agenda.question(rated)
    assert question is not None and question.scale is not None
    assert service.provenance(OPERATOR, w)[rated].backed is None
    with pytest.raises(Refused) as refusal:
        service.adopt(OPERATOR, w, first)
    assert refusal.value.code == "adopted"
    assert service.undo(OPERATOR, w) == "Take a proposed question into the agenda"
    assert kinds.room.agenda.question(rated) is None
    assert service.provenance(OPERATOR, w) == {}
    service.adopt(OPERATOR, w, first)


def test_only_what_was_proposed_and_is_shown_can_be_adopted(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    _, second, third = _proposed(kinds)
    with pytest.raises(Refused) as refusal:
        service.adopt(OPERATOR, w, third)
    assert refusal.value.code == "not-shown"
    service.hide_statement(OPERATOR, w, second)
    with pytest.raises(Refused) as refusal:
        service.adopt(OPERATOR, w, second)
    assert refusal.value.code == "not-shown"
    for other in (kinds.room.statements[0], "nothing"):
        with pytest.raises(NotFound) as missing:
            service.adopt(OPERATOR, w, other)
        assert missing.value.code == "no-proposal"


def test_who_erases_a_proposal_takes_it_out_of_the_provenance(kinds: EveryKind) -> None:
    service, w = kinds.room.service, kinds.room.id
    round_ = kinds.open(PROPOSE)
    (token,) = kinds.room.people(1)
    service.contribute(w, token, round_.id, None, TEXTS[0]).result()
    kinds.reveal(PROPOSE)
    (said,) = service.contributions(OPERATOR, w, round_.question_id)
    made = service.adopt(OPERATOR, w, said.id)
    service.erase(w, token).result()
    assert service.provenance(OPERATOR, w) == {}
    assert kinds.room.agenda.question(made) is not None
