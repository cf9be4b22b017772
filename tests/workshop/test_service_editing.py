"""Preparing frame, groups and clusters; undo takes each change back, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rooms import Prepared
from workshop.editing import KEPT
from workshop.errors import Forbidden, NotFound, Refused
from workshop.model import OPERATOR, VISITOR, Actor, Agenda, Role, Strand
from workshop.service import Service


def clusters(agenda: Agenda) -> list[str]:
    return [c.name["de"] for c in agenda.clusters]


def content(agenda: Agenda) -> tuple[object, ...]:
    """All that preparing changes."""
    w = agenda.workshop
    return (w.title, w.segments, agenda.process, agenda.clusters, agenda.questions)


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        do()
    assert found.value.code == code


def test_title_and_idea_change_by_language(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    service.set_title(OPERATOR, w, {"de": "Rat im Turm", "en": ""})
    agenda = service.set_guiding_idea(OPERATOR, w, {"en": "Keep it simple"})
    assert agenda.workshop.title == {"de": "Rat im Turm"}
    assert agenda.process.guiding_idea == {"de": "Wir machen es einfach!", "en": "Keep it simple"}
    agenda = service.set_guiding_idea(OPERATOR, w, {"de": "", "en": ""})
    assert agenda.process.guiding_idea == {}
    refused("empty", lambda: service.set_title(OPERATOR, w, {"de": " "}))
    refused("too-long", lambda: service.set_title(OPERATOR, w, {"de": "x" * 81}))
    assert service.undo(OPERATOR, w) == "Change the guiding idea"
    service.undo(OPERATOR, w)
    service.undo(OPERATOR, w)
    assert prepared.agenda.process.guiding_idea["en"] == "We make it simple!"
    assert prepared.agenda.workshop.title["en"] == "Smart Kassel Council"


def test_groups_are_chosen_and_ordered(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    wanted = ("business", "none", "science", "other")
    assert service.set_segments(OPERATOR, w, wanted).workshop.segments == wanted
    prepared.people(1, "science")
    assert service.chosen_groups(OPERATOR, w) == {"science": 1}
    refused("group-chosen", lambda: service.set_segments(OPERATOR, w, ("business", *KEPT)))
    refused("no-segment", lambda: service.set_segments(OPERATOR, w, ("wizards", *KEPT)))
    refused("no-segment", lambda: service.set_segments(OPERATOR, w, ("science", "science", *KEPT)))
    for key in KEPT:
        rest = [k for k in wanted if k != key]
        refused("groups-stay", lambda rest=rest: service.set_segments(OPERATOR, w, rest))
    assert prepared.agenda.workshop.segments == wanted


def test_clusters_come_up_to_eight_each_with_a_look_of_its_own(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    for number in range(4):
        service.add_cluster(OPERATOR, w, {"de": f"Neu {number}"})
    agenda = prepared.agenda
    assert clusters(agenda)[4:] == ["Neu 0", "Neu 1", "Neu 2", "Neu 3"]
    assert len({c.accent for c in agenda.clusters}) == len({c.mark for c in agenda.clusters}) == 8
    refused("too-many-clusters", lambda: service.add_cluster(OPERATOR, w, {"de": "Neun"}))
    refused(
        "empty",
        lambda: service.edit_cluster(
            OPERATOR, w, agenda.clusters[0].id, name={"de": "", "en": " "}
        ),
    )
    for _ in range(4):
        service.undo(OPERATOR, w)
    assert len(prepared.agenda.clusters) == 4


def test_a_cluster_changes_its_name_its_look_and_its_place(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    before = content(prepared.agenda)
    first, second, *_ = prepared.agenda.clusters
    service.edit_cluster(OPERATOR, w, first.id, name={"de": "Leben, Wohnen & Kultur"})
    service.edit_cluster(OPERATOR, w, first.id, accent="h", cross_cutting=True)
    service.edit_cluster(OPERATOR, w, first.id, mark="star")
    agenda = service.move_cluster(OPERATOR, w, first.id, 1)
    found = agenda.cluster(first.id)
    assert found is not None
    assert found.name == {"de": "Leben, Wohnen & Kultur", "en": "Living & Housing"}
    assert (found.accent, found.mark, found.cross_cutting) == ("h", "star", True)
    assert [c.id for c in agenda.clusters][:2] == [second.id, first.id]
    refused(
        "accent-taken",
        lambda: service.edit_cluster(OPERATOR, w, first.id, accent=second.accent),
    )
    refused("mark-taken", lambda: service.edit_cluster(OPERATOR, w, first.id, mark=second.mark))
    refused("no-look", lambda: service.edit_cluster(OPERATOR, w, first.id, mark="moon"))
    refused("no-cluster", lambda: service.move_cluster(OPERATOR, w, "nothing", 1))
    for _ in range(4):
        service.undo(OPERATOR, w)
    assert content(prepared.agenda) == before


def test_a_cluster_goes_with_its_questions_and_comes_back_with_them(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    before = content(prepared.agenda)
    last = prepared.agenda.clusters[-1]
    agenda = service.remove_cluster(OPERATOR, w, last.id)
    assert len(agenda.clusters) == 3 and len(agenda.questions) == 6
    assert service.undo(OPERATOR, w) == "Remove a cluster"
    assert content(prepared.agenda) == before


def test_a_cluster_that_was_asked_or_written_to_stays(prepared: Prepared) -> None:
    service, w = prepared.service, prepared.id
    written = service.add_cluster(OPERATOR, w, {"de": "Kultur"})
    asked = prepared.agenda.clusters[-2].id
    (token,), opened = prepared.people(1), prepared.open(prepared.collect)
    assert service.contribute(w, token, opened.id, "goal", "Mehr Bänke").result()
    (said,) = service.contributions(OPERATOR, w, prepared.collect.id)
    service.promote(OPERATOR, w, said.id)
    service.put_question(OPERATOR, w, prepared.rate.id, written)
    refused("cluster-used", lambda: service.remove_cluster(OPERATOR, w, written))
    question = next(q for q in prepared.agenda.questions if q.cluster_id == asked)
    service.show(OPERATOR, w, "question", question.id)  # type: ignore[arg-type]
    refused("on-stage", lambda: service.remove_cluster(OPERATOR, w, asked))
    prepared.open(question)
    refused("cluster-used", lambda: service.remove_cluster(OPERATOR, w, asked))


def test_undo_gives_no_cluster_a_look_that_another_one_took(prepared: Prepared) -> None:
    """Two moderators of one process: what one gave up, the other may have taken since."""
    service, w = prepared.service, prepared.id
    other = service.create_workshop(
        OPERATOR, "smart-kassel-council", Strand.CITIZENS, process_id=prepared.process_id
    ).workshop_id
    first, second, *_, last = prepared.agenda.clusters
    service.edit_cluster(OPERATOR, w, first.id, accent="h")
    service.edit_cluster(OPERATOR, other, second.id, accent=first.accent)
    service.undo(OPERATOR, w)
    assert prepared.agenda.cluster(first.id).accent == "h"  # type: ignore[union-attr]
    service.remove_cluster(OPERATOR, w, last.id)
    service.edit_cluster(OPERATOR, other, second.id, accent=last.accent)
    service.undo(OPERATOR, w)
    assert prepared.agenda.cluster(last.id) is None
    accents = [c.accent for c in prepared.agenda.clusters]
    assert len(accents) == len(set(accents)) == 3


@pytest.mark.parametrize("actor", [VISITOR, Actor(Role.STAGE), Actor(Role.MODERATOR, "other")])
def test_nobody_else_prepares_anything(prepared: Prepared, actor: Actor) -> None:
    service, w = prepared.service, prepared.id
    cluster, question = prepared.agenda.clusters[0].id, prepared.rate.id
    before = content(prepared.agenda)
    calls: list[Callable[[Service], object]] = [
        lambda s: s.used(actor, w),
        lambda s: s.chosen_groups(actor, w),
        lambda s: s.set_title(actor, w, {"de": "x"}),
        lambda s: s.set_guiding_idea(actor, w, {"de": "x"}),
        lambda s: s.set_segments(actor, w, KEPT),
        lambda s: s.add_cluster(actor, w, {"de": "x"}),
        lambda s: s.edit_cluster(actor, w, cluster, name={"de": "x"}),
        lambda s: s.move_cluster(actor, w, cluster, 1),
        lambda s: s.remove_cluster(actor, w, cluster),
        lambda s: s.add_question(actor, w, cluster, prepared.rate.kind, {"de": "x"}),
        lambda s: s.edit_question(actor, w, question, minutes=3),
        lambda s: s.move_question(actor, w, question, 1),
        lambda s: s.put_question(actor, w, question, cluster),
        lambda s: s.duplicate_question(actor, w, question),
        lambda s: s.remove_question(actor, w, question),
    ]
    for call in calls:
        with pytest.raises(Forbidden):
            call(service)
    assert content(prepared.agenda) == before
    with pytest.raises(NotFound):
        service.set_title(OPERATOR, "nothing", {"de": "x"})
