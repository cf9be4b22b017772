"""What the stage of a workshop shows now: words, and at most one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from pages.parts import (
    stage_clusters,
    stage_compared,
    stage_kinds,
    stage_results,
    stage_said,
    stage_views,
)
from pages.parts.stage_data import Revealed
from pages.parts.stage_views import Address
from pages.web.site import here
from workshop.charts import (
    Chart,
    Theme,
    cloud,
    cloud_pages,
    cluster_overview,
    matrix_chart,
    moves,
    moves_pages,
    option_pages,
    plane_pages,
    question_result,
    statement_pages,
    strand_lines,
    strands_pages,
    whole_chart,
)
from workshop.charts.opinion_map import opinion_map
from workshop.freezing import as_seen
from workshop.i18n import Translator
from workshop.model import Actor, KeyQuestion, QuestionKind, Room, RoundState, StageView
from workshop.service import Service

LAYOUTS: Final = (
    "clusters",
    "question",
    "moves",
    "strands",
    "groups",
    "whole",
    "rank",
    "matrix",
    "cloud",
)
"""The places that a figure can have; each keeps its own."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one run puts on the stage: words, and at most one figure with the key it keeps."""

    html: str
    layout: str = ""
    chart: Chart | None = None
    chart_key: str = ""
    revealed: frozenset[str] = frozenset()
    """The rounds that may be seen now."""


def address() -> Address:
    """Where phones join, as the server knows it."""
    return Address(f"{here.base_url}/j", here.only_local)


def look(
    service: Service, actor: Actor, workshop_id: str, t: Translator, theme: Theme = "light"
) -> Shown:
    """What the stage of a workshop shows now.

    Raises:
        Forbidden: for who may not see this stage.
        NotFound: when there is no such workshop.
    """
    agenda = as_seen(service.agenda(actor, workshop_id))
    now = frozenset(
        r.id
        for r in (*agenda.rounds, *(r for m in agenda.meetings for r in m.rounds))
        if r.state is RoundState.REVEALED
    )
    shown = _Look(Revealed(service, actor, agenda), t, theme).view()
    stage, ends = agenda.workshop.stage, agenda.workshop.timer_ends_at
    html = shown.html + (stage_views.timer(ends, t) if ends and not stage.black else "")
    if agenda.workshop.rehearsal and not stage.black:
        html += stage_views.rehearsal(t)
    return replace(shown, html=html, revealed=now)


def page_count(service: Service, actor: Actor, workshop_id: str) -> int:
    """How many pages the view that is on the stage has, for whoever turns them; 1 at least."""
    agenda = service.agenda(actor, workshop_id)
    stage, found = agenda.workshop.stage, Revealed(service, actor, agenda)
    asked = agenda.question(stage.question_id)
    if asked is None or agenda.revealed_round(asked.id) is None:
        return 1
    asked = asked.asked_in(agenda.revealed_round(asked.id))
    if stage.view is StageView.RESULT:
        return _result_pages(found, asked)
    if stage.view is StageView.MOVES and (moved := found.moved(asked)) is not None:
        return len(moves_pages(moved[1]))
    if stage.view is StageView.STRANDS and (compared := found.compared(asked)) is not None:
        return len(strands_pages(compared[1]))
    return 1


def _result_pages(found: Revealed, asked: KeyQuestion) -> int:
    if asked.kind is QuestionKind.WORDS:
        return len(cloud_pages(found.words(asked)))
    if asked.is_written:
        return stage_said.page_count(found, asked)
    if asked.is_whole:
        return len(option_pages(found.whole(asked)[0].result.in_order))
    if asked.kind is QuestionKind.MATRIX:
        return len(plane_pages([m.result for m in found.plane(asked).levels]))
    return len(statement_pages(found.rounds(asked).items))


def _page(pages: Sequence[T], number: int) -> T:
    return pages[max(0, min(number, len(pages) - 1))]


def _place(pages: Sequence[T], number: int) -> tuple[T, int, int]:
    """A page, its number, and how many there are."""
    place = max(0, min(number, len(pages) - 1))
    return pages[place], place, len(pages)


@dataclass(frozen=True)
class _Look:
    """One look at what is revealed of one workshop."""

    found: Revealed
    t: Translator
    theme: Theme

    def view(self) -> Shown:
        """The view that the moderator chose, or the nearest one that may be shown."""
        agenda, t = self.found.agenda, self.t
        stage = agenda.workshop.stage
        asked = agenda.question(stage.question_id)
        if stage.black:
            return Shown(stage_views.black(t))
        if stage.view is StageView.THANKS:
            return Shown(stage_views.thanks(agenda, self._room(), t))
        if stage.view is StageView.CLUSTERS:
            return self._clusters()
        if stage.view is StageView.GROUPS:
            return self._groups()
        if asked is None or stage.view is StageView.LOBBY:
            return Shown(stage_views.lobby(agenda, self._room(), address(), t))
        shown = self._result(stage.view, asked)
        if shown is not None:
            return shown
        latest = agenda.latest_round(asked.id)
        room = self._room(latest.id if latest else None)
        return Shown(stage_views.question(agenda, asked, room, address(), t))

    def _room(self, round_id: str | None = None) -> Room:
        """Who is there; on a frozen stage, who was."""
        workshop = self.found.agenda.workshop
        if workshop.frozen is not None:
            return workshop.frozen.room
        return self.found.service.room(self.found.actor, workshop.id, round_id)

    def _result(self, view: StageView, asked: KeyQuestion) -> Shown | None:
        """A view of a question's result; None where nothing of it is revealed."""
        revealed = self.found.agenda.revealed_round(asked.id)
        if view is StageView.QUESTION or revealed is None:
            return None
        asked = asked.asked_in(revealed)
        if asked.is_written and asked.kind is not QuestionKind.WORDS:
            return Shown(stage_said.perspectives(self.found, asked, self._number, self.t))
        if asked.kind is not QuestionKind.RATE:
            return self._of_kind(asked)
        shown = None
        if view is StageView.MOVES:
            shown = self._moves(asked)
        elif view is StageView.STRANDS:
            shown = self._strands(asked)
        return shown or self._rating(asked)

    def _of_kind(self, asked: KeyQuestion) -> Shown:
        if asked.is_whole:
            return self._whole(asked)
        return self._cloud(asked) if asked.is_written else self._matrix(asked)

    def _whole(self, asked: KeyQuestion) -> Shown:
        level, previous = self.found.whole(asked)
        page = _place(option_pages(level.result.in_order), self._number)
        chart = whole_chart(
            level,
            self.t,
            page=page[0],
            previous=previous,
            accent=self._accent(asked),
            theme=self.theme,
            labels=False,
        )
        html = stage_kinds.whole(self.found.agenda, level, previous, page, chart, self.t)
        layout = "rank" if asked.kind is QuestionKind.RANK else "whole"
        return Shown(html, layout, chart, f"stage_{layout}_{asked.id}")

    def _matrix(self, asked: KeyQuestion) -> Shown:
        plane = self.found.plane(asked)
        page = _place(plane_pages([m.result for m in plane.levels]), self._number)
        chart = matrix_chart(
            asked,
            plane.levels,
            self.t,
            number=plane.number,
            page=page[0],
            previous=plane.previous,
            accent=self._accent(asked),
            theme=self.theme,
            labels=False,
        )
        rounds = (plane.number, plane.before)
        html = stage_kinds.matrix(
            self.found.agenda, asked, plane.levels, rounds, page, chart, self.t
        )
        return Shown(html, "matrix", chart, f"stage_matrix_{asked.id}")

    def _cloud(self, asked: KeyQuestion) -> Shown:
        words = self.found.words(asked)
        shown, *place = _place(cloud_pages(words), self._number)
        accent = self._accent(asked)
        chart = cloud(
            asked, words, self.t, page=shown, accent=accent, theme=self.theme, labels=False
        )
        number, pages = place
        html = stage_kinds.cloud(
            self.found.agenda, asked, len(words), (number, pages), chart, self.t
        )
        return Shown(html, "cloud", chart, f"stage_cloud_{asked.id}")

    @property
    def _number(self) -> int:
        return self.found.agenda.workshop.stage.page

    def _accent(self, asked: KeyQuestion) -> str:
        cluster = self.found.agenda.cluster(asked.cluster_id)
        return cluster.accent if cluster else "c"

    def _clusters(self) -> Shown:
        analysis, agenda = self.found.analysis, self.found.agenda
        chart = cluster_overview(analysis, self.t, theme=self.theme, labels=False)
        html = stage_clusters.clusters(agenda, analysis, chart, self.t)
        return Shown(html, "clusters", chart, f"stage_clusters_{agenda.workshop.id}")

    def _rating(self, asked: KeyQuestion) -> Shown:
        rounds, levels = self.found.rounds(asked), self.found.levels(asked)
        chart = question_result(
            asked,
            _page(statement_pages(rounds.items), self._number),
            self.t,
            number=rounds.number,
            previous=rounds.previous,
            levels=levels,
            accent=self._accent(asked),
            theme=self.theme,
            labels=False,
        )
        html = stage_results.rating(
            self.found.agenda, asked, rounds, levels, self._number, chart, self.t
        )
        return Shown(html, "question", chart, f"stage_question_{asked.id}")

    def _moves(self, asked: KeyQuestion) -> Shown | None:
        found = self.found.moved(asked)
        if found is None:
            return None
        change, items = found
        chart = moves(
            asked,
            change,
            self.t,
            items=_page(moves_pages(items), self._number),
            accent=self._accent(asked),
            theme=self.theme,
            labels=False,
        )
        html = stage_compared.moved(
            self.found.agenda, asked, change, items, self._number, chart, self.t
        )
        return Shown(html, "moves", chart, f"stage_moves_{asked.id}")

    def _strands(self, asked: KeyQuestion) -> Shown | None:
        found = self.found.compared(asked)
        if found is None:
            return None
        comparison, items = found
        chart = strand_lines(
            comparison,
            _page(strands_pages(items), self._number),
            self.t,
            theme=self.theme,
            labels=False,
        )
        html = stage_compared.strands(
            self.found.agenda, asked, comparison, items, self._number, chart, self.t
        )
        return Shown(html, "strands", chart, f"stage_strands_{asked.id}")

    def _groups(self) -> Shown:
        found, agenda = self.found.analysis.groups, self.found.agenda
        if not found.k:
            return Shown(stage_compared.no_groups(agenda, found, self.t))
        chart = opinion_map(found, self.t, theme=self.theme, labels=False)
        html = stage_compared.groups(agenda, found, chart, self.t)
        return Shown(html, "groups", chart, f"stage_groups_{agenda.workshop.id}")
