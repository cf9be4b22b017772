"""The projector: one view at a time, read from twelve metres, moved by the moderator alone.

What it shows is a row in the database. Nothing of a round that isn't revealed is read here, so
nothing of it can reach the browser.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from pages.parts import guard, stage_results, stage_views
from pages.parts.figure import figure_block
from pages.parts.guard import Reader
from pages.parts.live import live_tick
from pages.parts.stage_scene import scene
from pages.parts.stage_views import Address
from pages.web.site import here
from workshop.access import require_stage
from workshop.charts import (
    Chart,
    Theme,
    cluster_overview,
    contribution_pages,
    in_order,
    question_result,
    statement_pages,
)
from workshop.errors import Refused
from workshop.i18n import Translator
from workshop.model import Actor, Agenda, KeyQuestion, QuestionKind, RoundState, StageView
from workshop.results import ItemResult
from workshop.service import Service


@dataclass(frozen=True, slots=True)
class Shown:
    """What one run puts on the stage: words, and at most one figure with the key it keeps."""

    html: str
    layout: str = ""
    chart: Chart | None = None
    chart_key: str = ""
    revealed: frozenset[str] = frozenset()
    """The rounds that may be seen now."""


def render() -> None:
    """The page. It guards itself, also where it is opened cold by its address."""
    t = guard.reader().t
    _live(st.query_params.get("w", ""), t)


@st.fragment
def _live(workshop_id: str, t: Translator) -> None:
    """Runs again whenever the workshop has changed, and only this."""
    who = guard.reader()
    service, actor = who.service, who.actor
    theme: Theme = st.session_state.get("stage_theme") or _first_theme()
    version = None
    try:
        require_stage(actor, workshop_id)
        version, _ = service.versions(workshop_id)
        shown = look(service, actor, workshop_id, t, theme)
    except Refused as refusal:
        shown = Shown(_no_right(refusal, workshop_id, who))
    with st.container(key="stage_live"):
        if version is not None:
            lost = t("No connection to the server. The stage goes on by itself once it is back.")
            live_tick(workshop_id, version, lost=lost, key="stage_tick")
    told = scene(shown.html, lang=t.lang, chart=shown.layout)
    _draw("clusters", shown)
    _draw("question", shown)
    if told is not None and told != theme:
        st.session_state["stage_theme"] = told
        st.rerun(scope="fragment")


def _first_theme() -> Theme:
    """What the browser said when it came; the scene corrects it where that was wrong."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _draw(layout: str, shown: Shown) -> None:
    """The figure of one layout, in a place of its own that every run has.

    While another view is on, the figure stays as it was last seen, out of sight: so the next
    round's result moves what people remember. A reveal that was taken back takes it away.
    """
    memory = f"stage_seen_{layout}"
    now = shown.layout == layout
    if now:
        st.session_state[memory] = shown
    with st.container(key=f"stage_{layout}_chart"):
        seen: Shown | None = st.session_state.get(memory)
        if seen is None or seen.chart is None or not seen.revealed <= shown.revealed:
            return
        figure_block(
            seen.chart.figure,
            sentence=seen.chart.sentence if now else "",
            height="var(--chart-height)",
            motion=900,
            key=seen.chart_key,
        )


def _no_right(refusal: Refused, workshop_id: str, who: Reader) -> str:
    t = who.t
    if refusal.code == "no-workshop":
        return stage_views.notice(t("There is no such workshop."), t("Please check the link."))
    target = guard.address("/stage", w=workshop_id)
    way = guard.address("/signin", next=target) if who.service.passphrase.is_set else ""
    return stage_views.notice(
        t("This stage is not open to you yet."),
        t("Open the stage link that the moderator gives you, or sign in as moderator."),
        t("Sign in"),
        way,
    )


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
    agenda = service.agenda(actor, workshop_id)
    revealed = frozenset(r.id for r in agenda.rounds if r.state is RoundState.REVEALED)
    return replace(_view(service, actor, agenda, t, theme), revealed=revealed)


def _view(service: Service, actor: Actor, agenda: Agenda, t: Translator, theme: Theme) -> Shown:
    workshop_id, stage = agenda.workshop.id, agenda.workshop.stage
    asked = agenda.question(stage.question_id)
    if stage.view is StageView.THANKS:
        return Shown(stage_views.thanks(agenda, service.room(actor, workshop_id), t))
    if stage.view is StageView.CLUSTERS:
        results = service.results(actor, workshop_id)
        chart = cluster_overview(results, t, theme=theme, labels=False)
        html = stage_results.clusters(agenda, results, chart, t)
        return Shown(html, "clusters", chart, f"stage_clusters_{workshop_id}")
    if asked is None or stage.view is StageView.LOBBY:
        room = service.room(actor, workshop_id)
        return Shown(stage_views.lobby(agenda, room, address(), t))
    if stage.view is StageView.RESULT and agenda.revealed_round(asked.id) is not None:
        return _result(service, actor, agenda, asked, t, theme)
    latest = agenda.latest_round(asked.id)
    room = service.room(actor, workshop_id, latest.id if latest else None)
    return Shown(stage_views.question(agenda, asked, room, address(), t))


def _result(
    service: Service,
    actor: Actor,
    agenda: Agenda,
    asked: KeyQuestion,
    t: Translator,
    theme: Theme,
) -> Shown:
    page = agenda.workshop.stage.page
    if asked.kind is QuestionKind.COLLECT:
        revealed = {r.id for r in agenda.rounds if r.state is RoundState.REVEALED}
        said = [
            c
            for c in service.contributions(actor, agenda.workshop.id, asked.id)
            if c.round_id in revealed
        ]
        return Shown(stage_results.perspectives(agenda, asked, said, page, t))
    items, number, before, previous = _rounds(service, actor, agenda, asked)
    pages = statement_pages(items)
    place = max(0, min(page, len(pages) - 1))
    cluster = agenda.cluster(asked.cluster_id)
    chart = question_result(
        asked,
        pages[place],
        t,
        number=number,
        previous=previous,
        accent=cluster.accent if cluster else "c",
        theme=theme,
        labels=False,
    )
    html = stage_results.rating(agenda, asked, items, page, number, before, chart, t)
    return Shown(html, "question", chart, f"stage_question_{asked.id}")


Rounds = tuple[tuple[ItemResult, ...], int, int | None, tuple[ItemResult, ...]]


def _rounds(service: Service, actor: Actor, agenda: Agenda, asked: KeyQuestion) -> Rounds:
    """Statements of the last revealed round in order, its number, the one before, its items."""
    results = service.results(actor, agenda.workshop.id)
    revealed = [r for r in agenda.rounds_of(asked.id) if r.state is RoundState.REVEALED]
    last = revealed[-1]
    if len(revealed) < 2:
        return in_order(results.items(last.id)), last.number, None, ()
    items = in_order(results.items(last.id), results.items(revealed[0].id))
    return items, last.number, revealed[-2].number, results.items(revealed[-2].id)


def page_count(service: Service, actor: Actor, workshop_id: str) -> int:
    """How many pages the view that is on the stage has, for whoever turns them; 1 at least."""
    agenda = service.agenda(actor, workshop_id)
    stage = agenda.workshop.stage
    asked = agenda.question(stage.question_id)
    if stage.view is not StageView.RESULT or asked is None:
        return 1
    if agenda.revealed_round(asked.id) is None:
        return 1
    if asked.kind is QuestionKind.COLLECT:
        shown = agenda.revealed_ids(asked.id)
        said = [
            c for c in service.contributions(actor, workshop_id, asked.id) if c.round_id in shown
        ]
        return len(contribution_pages(stage_results.by_aspect(said)))
    return len(statement_pages(_rounds(service, actor, agenda, asked)[0]))
