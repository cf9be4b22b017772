"""Preparing key questions: what changes until a round is opened, what stays after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rooms import Prepared
from tests.workshop.test_service_editing import content, refused
from workshop.editing import questions_of
from workshop.errors import NotFound
from workshop.model import OPERATOR, KeyQuestion, QuestionKind, StageView, Strand
from workshop.templates import scales


def order(prepared: Prepared, cluster_id: str) -> list[str]:
    return [q.id for q in questions_of(prepared.agenda, cluster_id)]


def test_a_question_is_added_to_any_cluster_and_taken_back(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    before = content(prepared.agenda)
    cluster = prepared.agenda.clusters[2].id
    asked = service.add_question(
        OPERATOR,
        w,
        cluster,
        QuestionKind.RATE,
        {"de": "Wie gut?", "en": "How well?"},
        help={"de": " ", "en": ""},
        minutes=7,
        scale="feasibility",
    )
    question = prepared.agenda.question(asked)
    assert question is not None and question.scale is not None
    assert (question.text["en"], question.help, question.minutes) == ("How well?", {}, 7)
    assert question.scale.name == "feasibility" and order(prepared, cluster)[-1] == asked
    collect = service.add_question(OPERATOR, w, cluster, QuestionKind.COLLECT, {"de": "Was?"})
    assert prepared.agenda.question(collect).scale is None  # type: ignore[union-attr]
    service.undo(OPERATOR, w)
    service.undo(OPERATOR, w)
    assert content(prepared.agenda) == before


def test_a_question_that_makes_no_sense_is_refused(small: Prepared) -> None:
    service, w, rate = small.service, small.id, QuestionKind.RATE
    cluster = small.rate.cluster_id

    def add(text: str = "Wie?", minutes: int = 10, scale: str = "agreement") -> object:
        return service.add_question(
            OPERATOR, w, cluster, rate, {"de": text}, minutes=minutes, scale=scale
        )

    refused("empty", lambda: add(text="\n"))
    refused("too-long", lambda: add(text="x" * 241))
    refused("bad-minutes", lambda: add(minutes=0))
    refused("no-scale", lambda: add(scale="stars"))
    with pytest.raises(NotFound):
        service.add_question(OPERATOR, w, "nothing", rate, {"de": "Wie?"}, scale="agreement")
    with pytest.raises(NotFound):
        service.edit_question(OPERATOR, w, "nothing", minutes=3)


def test_wording_and_scale_change_until_a_round_is_opened(prepared: Prepared) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate
    agenda = service.edit_question(
        OPERATOR,
        w,
        rate.id,
        text={"de": "Wie wichtig ist das?"},
        help={"de": ""},
        minutes=12,
        scale="benefit",
    )
    found = agenda.question(rate.id)
    assert found is not None and found.scale is not None
    assert found.text == {"de": "Wie wichtig ist das?", "en": rate.text["en"]}
    assert ("de" in found.help, found.minutes, found.scale.name) == (False, 12, "benefit")
    prepared.open()
    was = prepared.agenda.question(rate.id)
    for change in ({"text": {"de": "Anders"}}, {"help": {"de": "Anders"}}, {"scale": "agreement"}):
        refused(
            "was-opened",
            lambda change=change: service.edit_question(OPERATOR, w, rate.id, **change),
        )
    agenda = service.edit_question(OPERATOR, w, rate.id, text=was.text, minutes=20, scale="benefit")  # type: ignore[union-attr]
    assert agenda.question(rate.id) == replace(was, minutes=20)  # type: ignore[type-var]


def test_the_kind_changes_until_a_round_is_opened(prepared: Prepared) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate
    before = content(prepared.agenda)

    def change(**given: Any) -> KeyQuestion:
        found = service.edit_question(OPERATOR, w, rate.id, **given).question(rate.id)
        assert found is not None
        return found

    matrix = change(kind=QuestionKind.MATRIX)
    assert matrix.scale == rate.scale and matrix.second is not None
    assert matrix.second.name == "feasibility"
    assert change(second="benefit").second == scales()["benefit"]
    refused("same-scale", lambda: change(scale="benefit"))
    assert change(kind=QuestionKind.ALLOCATE, most=10).most == 10
    choose = change(kind=QuestionKind.CHOOSE)
    assert (choose.scale, choose.second, choose.most) == (None, None, 1)
    refused("bad-most", lambda: change(most=0))
    assert change(kind=QuestionKind.RATE).scale == scales()["agreement"]
    refused("has-statements", lambda: change(kind=QuestionKind.COLLECT))
    for statement in prepared.statements:
        service.hide_statement(OPERATOR, w, statement)
    assert change(kind=QuestionKind.WORDS).most == 3
    for _ in range(8):
        service.undo(OPERATOR, w)
    assert content(prepared.agenda) == before
    prepared.open()
    refused("was-opened", lambda: change(kind=QuestionKind.RANK))


def test_undo_changes_no_kind_under_answers(prepared: Prepared) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate
    service.edit_question(OPERATOR, w, rate.id, kind=QuestionKind.CHOOSE, most=2, minutes=33)
    prepared.open()
    prepared.service.close_round(OPERATOR, w, rate.id)
    for _ in range(2):
        service.undo(OPERATOR, w)
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", process_id=prepared.process_id
    ).workshop_id
    service.open_round(OPERATOR, other, rate.id)
    assert service.undo(OPERATOR, w) == "Change a key question"
    found = prepared.agenda.question(rate.id)
    assert found is not None
    assert (found.kind, found.most, found.minutes) == (QuestionKind.CHOOSE, 2, rate.minutes)


def test_another_workshop_of_the_process_opened_it_too(prepared: Prepared) -> None:
    service, rate = prepared.service, prepared.rate
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    service.open_round(OPERATOR, other, rate.id)
    refused(
        "was-opened",
        lambda: service.edit_question(OPERATOR, prepared.id, rate.id, text={"de": "Anders"}),
    )
    assert rate.id in service.used(OPERATOR, prepared.id).opened


def test_undo_changes_no_wording_under_answers(prepared: Prepared) -> None:
    service, w, rate = prepared.service, prepared.id, prepared.rate
    service.edit_question(OPERATOR, w, rate.id, text={"de": "Neu"}, minutes=33)
    opened = prepared.open()
    prepared.answer(prepared.people(1)[0], opened, prepared.statements[0], 4)
    assert service.undo(OPERATOR, w) == "Open the round"
    assert service.undo(OPERATOR, w) == "Change a key question"
    found = prepared.agenda.question(rate.id)
    assert found is not None and (found.text["de"], found.minutes) == ("Neu", rate.minutes)


def test_questions_move_within_their_cluster_and_into_another(prepared: Prepared) -> None:
    service, w, rate, collect = prepared.service, prepared.id, prepared.rate, prepared.collect
    before = content(prepared.agenda)
    service.move_question(OPERATOR, w, rate.id, -1)
    assert order(prepared, rate.cluster_id) == [rate.id, collect.id]
    service.put_question(OPERATOR, w, rate.id, prepared.other_rate.cluster_id)
    assert order(prepared, rate.cluster_id) == [collect.id]
    assert order(prepared, prepared.other_rate.cluster_id)[-1] == rate.id
    service.put_question(OPERATOR, w, rate.id, prepared.other_rate.cluster_id)  # there already
    service.undo(OPERATOR, w)
    service.undo(OPERATOR, w)
    assert content(prepared.agenda) == before
    prepared.open()
    refused(
        "was-opened",
        lambda: service.put_question(OPERATOR, w, rate.id, prepared.other_rate.cluster_id),
    )


def test_a_double_stands_behind_and_may_be_worded_anew(prepared: Prepared) -> None:
    service, w, rate, collect = prepared.service, prepared.id, prepared.rate, prepared.collect
    prepared.open()
    before = content(prepared.agenda)
    copy = service.duplicate_question(OPERATOR, w, collect.id)
    assert order(prepared, rate.cluster_id) == [collect.id, copy, rate.id]
    double = service.duplicate_question(OPERATOR, w, rate.id)
    assert order(prepared, rate.cluster_id)[-1] == double
    assert prepared.agenda.statements_of(double) == ()
    service.edit_question(OPERATOR, w, double, text={"de": "Wie dringend ist das?"})
    for _ in range(3):
        service.undo(OPERATOR, w)
    assert content(prepared.agenda) == before
    cluster = prepared.other_rate.cluster_id
    rank = service.add_question(OPERATOR, w, cluster, QuestionKind.RANK, {"de": "Was zuerst?"})
    options = ["Bänke", "Bäume"]
    for text in options:
        service.add_statement(OPERATOR, w, rank, text)
    double = service.duplicate_question(OPERATOR, w, rank)
    assert [s.text for s in prepared.agenda.statements_of(double)] == options
    service.undo(OPERATOR, w)
    assert prepared.agenda.statements_of(double) == ()


def test_a_question_goes_only_while_nobody_was_asked(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    before = content(prepared.agenda)
    service.remove_question(OPERATOR, w, prepared.other_rate.id)
    assert prepared.agenda.question(prepared.other_rate.id) is None
    assert service.undo(OPERATOR, w) == "Remove a key question"
    assert content(prepared.agenda) == before
    statements = prepared.agenda.statements
    service.remove_question(OPERATOR, w, prepared.rate.id)
    assert prepared.agenda.statements == ()
    service.undo(OPERATOR, w)
    assert (content(prepared.agenda), prepared.agenda.statements) == (before, statements)
    service.show(OPERATOR, w, StageView.QUESTION, prepared.other_rate.id)
    refused("on-stage", lambda: service.remove_question(OPERATOR, w, prepared.other_rate.id))
    opened = prepared.open(prepared.collect)
    refused("was-opened", lambda: service.remove_question(OPERATOR, w, prepared.collect.id))
    (token,) = prepared.people(1)
    assert service.contribute(w, token, opened.id, "goal", "Mehr Bänke").result()
    (written,) = service.contributions(OPERATOR, w, prepared.collect.id)
    service.promote(OPERATOR, w, written.id)
    refused("has-texts", lambda: service.remove_question(OPERATOR, w, prepared.rate.id))


def test_an_added_question_that_was_asked_meanwhile_stays(prepared: Prepared) -> None:
    """Undo in one workshop takes nothing from under another one."""
    service, w = prepared.service, prepared.id
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", process_id=prepared.process_id
    ).workshop_id
    cluster = prepared.agenda.clusters[0].id
    added = service.add_question(OPERATOR, w, cluster, QuestionKind.COLLECT, {"de": "Was?"})
    service.open_round(OPERATOR, other, added)
    assert service.undo(OPERATOR, w) == "Add a key question"
    assert prepared.agenda.question(added) is not None


def test_a_stage_goes_back_to_no_question_that_is_gone(prepared: Prepared) -> None:
    service, w, gone = prepared.service, prepared.id, prepared.other_rate
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", process_id=prepared.process_id
    ).workshop_id
    service.show(OPERATOR, other, StageView.QUESTION, gone.id)
    service.show(OPERATOR, other, StageView.CLUSTERS)
    service.remove_question(OPERATOR, w, gone.id)
    assert service.undo(OPERATOR, other) == "Change the stage"
    assert service.agenda(OPERATOR, other).workshop.stage.view is StageView.CLUSTERS
