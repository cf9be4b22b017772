"""Preparing what is there already: title and idea, groups, clusters. See also `asking`.

Clusters and questions belong to the process, so all its workshops hear of a change. Every change
can be undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from workshop.access import new_id, require_moderator
from workshop.editing import (
    KEPT,
    MAX_NAME,
    MAX_TITLE,
    Used,
    changed_text,
    free_look,
    in_place,
    moved_by,
    questions_of,
    require_cluster,
    require_look,
)
from workshop.errors import Refused
from workshop.i18n import N_
from workshop.model import Actor, Agenda, Cluster, Workshop
from workshop.ports import Reader, Tx
from workshop.service.base import Base
from workshop.templates import segments


class Editing(Base):
    """Frame and clusters of a workshop. Texts come by language; what isn't given stays."""

    def used(self, actor: Actor, workshop_id: str) -> Used:
        """Which questions were opened or written to, in any workshop of the process."""
        require_moderator(actor, workshop_id)
        process_id = self._read_agenda(workshop_id).process.id
        return self.store.read(lambda reader: used_of(reader, process_id))

    def chosen_groups(self, actor: Actor, workshop_id: str) -> Mapping[str, int]:
        """How many people chose each group, by key; groups that nobody chose aren't in it."""
        require_moderator(actor, workshop_id)
        return self.store.read(lambda reader: _chosen(reader, workshop_id))

    def set_title(self, actor: Actor, workshop_id: str, title: Mapping[str, str]) -> Agenda:
        """Give the workshop another title.

        Raises:
            Refused: when none is left, or it is longer than `MAX_TITLE`.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            new = changed_text(agenda.workshop.title, title, MAX_TITLE)
            tx.set_workshop(workshop_id, title=new)

        # The other workshops of the process show it beside their own.
        return self._act(actor, workshop_id, N_("Change the title"), change, everywhere=True)

    def set_guiding_idea(self, actor: Actor, workshop_id: str, idea: Mapping[str, str]) -> Agenda:
        """Give the process another guiding idea, or none."""

        def change(tx: Tx, agenda: Agenda) -> None:
            was = agenda.process.guiding_idea
            new = changed_text(was, idea, MAX_TITLE, optional=True)
            tx.set_process(agenda.process.id, guiding_idea=new)

        action = N_("Change the guiding idea")
        return self._act(actor, workshop_id, action, change, everywhere=True)

    def set_segments(self, actor: Actor, workshop_id: str, keys: Sequence[str]) -> Agenda:
        """The groups that phones offer, in this order.

        Raises:
            Refused: for an unknown group, one that comes twice, when one of `KEPT` is missing, or
                one that somebody chose.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            _require_groups(keys, agenda.workshop, _chosen(tx, workshop_id))
            tx.set_workshop(workshop_id, segments=list(keys))

        return self._act(actor, workshop_id, N_("Change the groups"), change)

    def add_cluster(self, actor: Actor, workshop_id: str, name: Mapping[str, str]) -> str:
        """One more cluster at the end, with a colour and a mark of its own; returns its id.

        Raises:
            Refused: when there are eight already, or the name is empty or too long.
        """
        cluster_id = new_id()

        def change(tx: Tx, agenda: Agenda) -> None:
            accent, mark = free_look(agenda.clusters)
            last = max((c.position for c in agenda.clusters), default=-1)
            tx.add_cluster(
                Cluster(
                    id=cluster_id,
                    process_id=agenda.process.id,
                    name=changed_text({}, name, MAX_NAME),
                    accent=accent,
                    mark=mark,
                    position=last + 1,
                )
            )

        self._act(actor, workshop_id, N_("Add a cluster"), change, everywhere=True)
        return cluster_id

    def edit_cluster(
        self,
        actor: Actor,
        workshop_id: str,
        cluster_id: str,
        *,
        name: Mapping[str, str] | None = None,
        accent: str | None = None,
        mark: str | None = None,
        cross_cutting: bool | None = None,
    ) -> Agenda:
        """Change what is given of a cluster.

        Raises:
            NotFound: for an unknown cluster.
            Refused: for a name that is empty or too long, a colour or mark that is unknown or
                another cluster's.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            cluster = require_cluster(agenda, cluster_id)
            fields: dict[str, Any] = {}
            if name is not None:
                fields["name"] = changed_text(cluster.name, name, MAX_NAME)
            if accent is not None or mark is not None:
                fields |= {"accent": accent or cluster.accent, "mark": mark or cluster.mark}
                require_look(agenda, cluster, fields["accent"], fields["mark"])
            if cross_cutting is not None:
                fields["cross_cutting"] = cross_cutting
            tx.set_cluster(cluster.id, **fields)

        return self._act(actor, workshop_id, N_("Change a cluster"), change, everywhere=True)

    def move_cluster(self, actor: Actor, workshop_id: str, cluster_id: str, by: int) -> Agenda:
        """Move a cluster `by` places down the agenda; up where it is negative."""

        def change(tx: Tx, agenda: Agenda) -> None:
            require_cluster(agenda, cluster_id)
            order = moved_by(in_place(agenda.clusters), cluster_id, by)
            for place, cluster in enumerate(order):
                tx.set_cluster(cluster.id, position=place)

        return self._act(actor, workshop_id, N_("Move a cluster"), change, everywhere=True)

    def remove_cluster(self, actor: Actor, workshop_id: str, cluster_id: str) -> Agenda:
        """Take a cluster and its questions out of the agenda.

        Raises:
            Refused: when something in it was opened, written to, or is on a stage.
        """

        def change(tx: Tx, agenda: Agenda) -> None:
            cluster = require_cluster(agenda, cluster_id)
            questions = questions_of(agenda, cluster.id)
            used = used_of(tx, agenda.process.id)
            if any(used.touched(q.id) for q in questions):
                raise Refused(
                    "cluster-used",
                    N_("A question of this cluster was asked or holds texts, so it stays."),
                )
            for question in questions:
                require_off_stage(tx, agenda, question.id)
                tx.drop_question(question.id)
            tx.drop_cluster(cluster.id)

        return self._act(actor, workshop_id, N_("Remove a cluster"), change, everywhere=True)


def used_of(reader: Reader, process_id: str) -> Used:
    """Which questions of a process were opened, and which hold texts."""
    return Used(reader.opened_questions(process_id), reader.questions_with_texts(process_id))


def require_off_stage(tx: Tx, agenda: Agenda, question_id: str) -> None:
    """No stage of the process shows this question.

    Raises:
        Refused: when one does.
    """
    for workshop in tx.workshops():
        if workshop.process_id == agenda.process.id and workshop.stage.question_id == question_id:
            raise Refused(
                "on-stage",
                N_("This question is on the stage. Show something else there, then remove it."),
            )


def _chosen(reader: Reader, workshop_id: str) -> Counter[str]:
    return Counter(person.segment for person in reader.participants(workshop_id))


def _require_groups(keys: Sequence[str], workshop: Workshop, chosen: Mapping[str, int]) -> None:
    known = segments()
    if len(set(keys)) < len(keys) or any(
        k not in known and k not in workshop.segments for k in keys
    ):
        raise Refused("no-segment", N_("Please choose one of the groups."))
    if not set(KEPT) <= set(keys):
        raise Refused(
            "groups-stay",
            N_("“Other” and “Rather not say” stay, so that everybody can answer."),
        )
    if not set(chosen) <= set(keys):
        raise Refused("group-chosen", N_("Somebody chose this group already, so it stays."))
