"""A new workshop: what it starts from on the left, what is in it on the right."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import acting, frame, inviting, setup_kind, words
from pages.parts.guard import Reader
from pages.parts.text import esc, local, plain
from workshop.editing import MAX_TITLE
from workshop.errors import Refused
from workshop.i18n import Translator, pick
from workshop.model import STEPS, Strand
from workshop.service.templating import OWN
from workshop.templates import Template, TemplateQuestion

_MADE = "setup-made"
_TAKEN = "setup-taken"


def draw(who: Reader) -> None:
    """Template on the left, what is in it on the right."""
    t = who.t
    st.html(f'<h1 class="ek-title">{esc(t("Prepare a workshop"))}</h1>')
    shelf = {template.name: template for template in who.service.templates(who.actor)}
    with st.container(key="setup"):
        left, right = st.columns([4, 7], gap="large")
        with left:
            template = st.radio(
                t("Template"),
                list(shelf),
                format_func=lambda name: _named(who, shelf[name]),
                key="setup-template",
            )
            st.radio(
                t("Strand"),
                list(Strand),
                format_func=lambda value: _strand(who, value),
                key="setup-strand",
            )
            loaded = shelf[template]
            st.text_input(
                t("Title"),
                value=pick(loaded.title, t.lang),
                max_chars=MAX_TITLE,
                key=f"setup-title-{template}",
            )
            st.button(
                t("Create the workshop"),
                key="setup-create",
                type="primary",
                on_click=_create,
                args=(who, shelf),
            )
            acting.show_notice()
            _shelf(who, loaded)
        with right:
            _preview(who, loaded)
    made = st.session_state.pop(_MADE, None)
    if made:
        st.query_params["w"] = made
        st.rerun()


def _strand(who: Reader, value: Strand) -> str:
    more = {
        Strand.COUNCIL: who.t("top-down: those who are invited"),
        Strand.CITIZENS: who.t("bottom-up: the citizens"),
    }
    return f"{words.strand(who.t, value)} :gray[{more[value]}]"


def _named(who: Reader, template: Template) -> str:
    """A template by its title; whether it is the house's own."""
    title = plain(pick(template.title, who.lang))
    own = template.name.startswith(OWN)
    return f"{title} :gray[{who.t('of your own')}]" if own else title


def _shelf(who: Reader, template: Template) -> None:
    """A file that becomes a template, and a template of one's own that is not wanted any more."""
    t = who.t
    times = int(st.session_state.get(_TAKEN, 0))
    key = f"setup-file-{times}"
    # In a popover: the page stays calm, and Streamlit's drop area, which has two roles at once,
    # is there only for who asks for it.
    with st.popover(t("Take in a template from a file")):
        st.file_uploader(
            t("Template file"), type="toml", key=key, on_change=_take_in, args=(who, key)
        )
    if template.name.startswith(OWN):
        with st.popover(t("Drop this template")):
            st.html(f"<p>{esc(t('Workshops that were made of it stay as they are.'))}</p>")
            st.button(
                t("Drop it for good"), key="setup-drop", on_click=_drop, args=(who, template.name)
            )


def _take_in(who: Reader, key: str) -> None:
    """Keep the file's template and choose it; say where it is broken, if it is."""
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[_TAKEN] = int(st.session_state.get(_TAKEN, 0)) + 1
    try:
        name = who.service.import_template(who.actor, file.getvalue(), file.name)
    except Refused as refusal:
        acting.note("alert", who.t(refusal.message, **refusal.params))
        return
    st.session_state["setup-template"] = name
    acting.note("status", who.t("Taken in. It is chosen above."))


def _drop(who: Reader, name: str) -> None:
    try:
        who.service.drop_template(who.actor, name)
    except Refused as refusal:
        acting.note("alert", who.t(refusal.message, **refusal.params))
        return
    st.session_state.pop("setup-template", None)
    acting.note("status", who.t("The template is gone."))


def _create(who: Reader, shelf: Mapping[str, Template]) -> None:
    # Read here and not passed in: a choice and the click may come in with one and the same run.
    template = str(st.session_state["setup-template"])
    strand = Strand(st.session_state["setup-strand"])
    field = f"setup-title-{template}"
    written = " ".join(str(st.session_state.get(field, "")).split())[:MAX_TITLE]
    known = shelf[template].title
    # A title of one's own is one wording for all languages; the template's has its own in each.
    title = {who.lang: written} if written and written != pick(known, who.lang) else None
    try:
        created = who.service.create_workshop(
            who.actor, template, strand, title=title, lang=who.lang
        )
    except Refused as refusal:
        acting.note("alert", who.t(refusal.message, **refusal.params))
        return
    acting.clear_notice()
    inviting.make_links(who, created.workshop_id)
    st.session_state[_MADE] = created.workshop_id


def _question(t: Translator, question: TemplateQuestion) -> str:
    """A question of a template: what it asks for and with what, its text, and its options."""
    facts = [
        words.kind(t, question.kind),
        t("{n} min", n=t.number(question.minutes)),
        *setup_kind.facts(t, question),
    ]
    asked = " · ".join(pick(statement, t.lang) for statement in question.statements)
    more = f'<br><span class="ek-muted">{esc(asked)}</span>' if asked else ""
    return (
        f'<li><span class="ek-meta">{esc(" · ".join(facts))}</span><br>'
        f"{local(question.text, t.lang)}{more}</li>"
    )


def _preview(who: Reader, template: Template) -> None:
    """Guiding idea, clusters and their questions, as the evening will go."""
    t = who.t
    idea = pick(template.guiding_idea, t.lang)
    parts = [f'<p class="ek-idea">{esc(idea)}</p>'] if idea else []
    minutes = 0
    for cluster in template.clusters:
        parts.append(
            f'<h3 class="ek-cluster ek-{cluster.accent}">{frame.shape(cluster.mark)}'
            f"<span>{local(cluster.name, t.lang)}</span></h3>"
        )
        items = []
        for question in cluster.questions:
            minutes += question.minutes
            items.append(_question(t, question))
        parts.append(f'<ul class="ek-questions">{"".join(items)}</ul>')
    groups = ", ".join(pick(segment.name, t.lang) for segment in template.segments)
    parts.append(f'<p class="ek-muted">{esc(t("Groups on the phone: {names}", names=groups))}</p>')
    count = sum(q.kind not in STEPS for c in template.clusters for q in c.questions)
    sums = t.n("{n} key question", "{n} key questions", count)
    heading = f"{sums} · {t('{n} min', n=t.number(minutes))}"
    st.html(f'<h2 class="ek-side">{esc(heading)}</h2>' + "".join(parts))
