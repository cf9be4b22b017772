"""Templates of one's own: kept, offered, used, dropped; one workshop as the start of the next."""

from __future__ import annotations

import pytest

from tests.rooms import Prepared
from workshop.errors import Forbidden, NotFound, Refused
from workshop.model import OPERATOR, Actor, Agenda, QuestionKind, Role, Strand
from workshop.service.templating import MAX_FILE
from workshop.templates import names


def shape(agenda: Agenda) -> list[tuple[object, ...]]:
    """What two agendas have in common that began alike."""
    clusters = {c.id: (c.name, c.accent, c.mark) for c in agenda.clusters}
    return [
        (*clusters[q.cluster_id], q.kind, q.text, q.help, q.minutes, q.scale, q.second, q.most)
        for q in agenda.questions
    ]


def test_a_template_of_ones_own_stands_beside_the_shipped_ones(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    service.set_title(OPERATOR, w, {"de": "Unser Rat", "en": ""})
    service.remove_question(OPERATOR, w, prepared.other_rate.id)
    name = service.save_template(OPERATOR, w)
    found = service.templates(OPERATOR)
    assert [t.name for t in found] == [*names(), name]
    assert found[-1].title == {"de": "Unser Rat"}
    made = service.create_workshop(OPERATOR, name, Strand.CITIZENS)
    agenda = service.agenda(OPERATOR, made.workshop_id)
    assert shape(agenda) == shape(prepared.agenda)
    assert (agenda.workshop.title, agenda.process.template) == ({"de": "Unser Rat"}, name)
    # What the moderation wrote goes along.
    assert [s.text for s in agenda.statements] == [s.text for s in prepared.agenda.statements]
    service.drop_template(OPERATOR, name)
    assert [t.name for t in service.templates(OPERATOR)] == list(names())
    assert service.agenda(OPERATOR, made.workshop_id) == agenda
    with pytest.raises(NotFound):
        service.create_workshop(OPERATOR, name)
    for gone in (name, names()[0]):
        with pytest.raises(NotFound):
            service.drop_template(OPERATOR, gone)


def test_a_file_goes_out_and_comes_in_again(prepared: Prepared) -> None:
    service = prepared.service
    text = service.template_file(OPERATOR, prepared.id)
    for data in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        name = service.import_template(OPERATOR, data, "Unser Rat.toml")
        made = service.create_workshop(OPERATOR, name)
        assert shape(service.agenda(OPERATOR, made.workshop_id)) == shape(prepared.agenda)


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"\xff\xfe", "bad-template", "UTF-8"),
        (b"x" * (MAX_FILE + 1), "too-large", "too large"),
        (b'title = { de = "x" }', "bad-template", "mine.toml, segments: is missing"),
    ],
)
def test_a_broken_file_is_refused_and_not_kept(
    small: Prepared, data: bytes, code: str, told: str
) -> None:
    with pytest.raises(Refused, match=told) as refused:
        small.service.import_template(OPERATOR, data, "mine.toml")
    assert refused.value.code == code
    assert len(small.service.templates(OPERATOR)) == len(names())


@pytest.mark.parametrize("statements", [True, False])
def test_the_next_workshop_begins_where_this_one_ended(
    prepared: Prepared, statements: bool
) -> None:
    service, w = prepared.service, prepared.id
    people, opened = prepared.people(1), prepared.open()
    prepared.answer(people[0], opened, prepared.statements[0], 4)
    service.hide_statement(OPERATOR, w, prepared.statements[1])
    made = service.continue_workshop(
        OPERATOR, w, Strand.CITIZENS, title={"de": "Danach"}, statements=statements
    )
    agenda = service.agenda(OPERATOR, made.workshop_id)
    assert shape(agenda) == shape(prepared.agenda)
    assert made.process_id != prepared.process_id and agenda.rounds == ()
    assert (agenda.workshop.title, agenda.workshop.strand) == ({"de": "Danach"}, Strand.CITIZENS)
    texts = [(s.text, s.strand, s.author_id) for s in agenda.statements]
    assert texts == ([("Mehr Bäume in der Stadt", Strand.CITIZENS, None)] if statements else [])
    if statements:
        question = agenda.question(agenda.statements[0].question_id)
        assert question is not None and question.kind is QuestionKind.RATE
        assert question.text == prepared.rate.text


def test_only_who_may_moderate_all_touches_the_shelf(small: Prepared) -> None:
    own, service = Actor(Role.MODERATOR, small.id), small.service
    assert service.template_file(own, small.id).startswith("title = ")
    for call in (
        lambda: service.templates(own),
        lambda: service.save_template(own, small.id),
        lambda: service.import_template(own, b"", "x"),
        lambda: service.drop_template(own, "own-x"),
        lambda: service.continue_workshop(own, small.id, Strand.COUNCIL),
        lambda: service.template_file(Actor(Role.STAGE, small.id), small.id),
    ):
        with pytest.raises(Forbidden):
            call()
