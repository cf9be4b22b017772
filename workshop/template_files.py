"""An agenda as a template, and a template as the text of a TOML file that `templates` reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workshop.editing import in_place, questions_of
from workshop.i18n import DEFAULT, pick
from workshop.model import Agenda, KeyQuestion, LocalText, Scale, Statement
from workshop.templates import (
    Segment,
    Template,
    TemplateCluster,
    TemplateQuestion,
    scales,
    segments,
)


@dataclass(frozen=True, slots=True)
class SavedTemplate:
    """A template that somebody kept; `text` is its file."""

    name: str
    title: LocalText
    text: str
    created_at: datetime


Asked = Callable[[Agenda, KeyQuestion], Iterable[Statement]]
"""Which statements of a question."""


def of_moderation(agenda: Agenda, question: KeyQuestion) -> Iterator[Statement]:
    """What the moderation wrote to a question: its options, and what it has to be rated.

    Of the statements to be rated only this workshop's: those of others may come from people.
    """
    for statement in agenda.statements_of(question.id):
        mine = question.is_whole or statement.workshop_id == agenda.workshop.id
        if mine and statement.round_id is None:
            yield statement


def of_agenda(agenda: Agenda, name: str = "", asked: Asked = of_moderation) -> Template:
    """What another workshop needs to begin like this one; nothing that people wrote is in it.

    `asked` says which statements of a question go along, those of the moderation unless told.
    """
    known = segments()
    return Template(
        name=name,
        title=agenda.workshop.title,
        guiding_idea=agenda.process.guiding_idea,
        agreed_share=agenda.process.agreed_share,
        segments=tuple(
            known.get(key, Segment(key, {DEFAULT: key})) for key in agenda.workshop.segments
        ),
        clusters=tuple(
            TemplateCluster(
                key=f"cluster-{number}",
                name=cluster.name,
                accent=cluster.accent,
                mark=cluster.mark,
                cross_cutting=cluster.cross_cutting,
                questions=tuple(
                    _of_question(q, asked(agenda, q)) for q in questions_of(agenda, cluster.id)
                ),
            )
            for number, cluster in enumerate(in_place(agenda.clusters), 1)
        ),
    )


def _of_question(question: KeyQuestion, asked: Iterable[Statement]) -> TemplateQuestion:
    return TemplateQuestion(
        kind=question.kind,
        text=question.text,
        help=question.help,
        minutes=question.minutes,
        scale=question.scale,
        second=question.second,
        most=question.most,
        statements=tuple({DEFAULT: statement.text} for statement in asked),
    )


def dump(template: Template) -> str:
    """The template as a TOML file; reading it again gives the same template."""
    return "\n".join(_lines(template)) + "\n"


def _lines(template: Template) -> Iterator[str]:
    yield f"title = {_text(template.title)}"
    if template.guiding_idea:
        yield f"guiding_idea = {_text(template.guiding_idea)}"
    yield f"agreed_share = {template.agreed_share!r}"
    keys = ", ".join(_string(segment.key) for segment in template.segments)
    yield f"segments = [{keys}]"
    for cluster in template.clusters:
        yield ""
        yield "[[clusters]]"
        yield f"key = {_string(cluster.key)}"
        yield f"name = {_text(cluster.name)}"
        yield f"accent = {_string(cluster.accent)}"
        yield f"mark = {_string(cluster.mark)}"
        if cluster.cross_cutting:
            yield "cross_cutting = true"
        if not cluster.questions:
            yield "questions = []"
        for question in cluster.questions:
            yield from _question(question)


def _question(question: TemplateQuestion) -> Iterator[str]:
    yield ""
    yield "[[clusters.questions]]"
    yield f"kind = {_string(question.kind)}"
    yield f"minutes = {question.minutes}"
    for key, scale in (("scale", question.scale), ("second", question.second)):
        if scale is not None:
            yield from _scale(key, scale)
    if question.most is not None:
        yield f"most = {question.most}"
    yield f"text = {_text(question.text)}"
    if question.help:
        yield f"help = {_text(question.help)}"
    if question.statements:
        yield "statements = ["
        yield from (f"  {_text(statement)}," for statement in question.statements)
        yield "]"


def _scale(key: str, scale: Scale) -> Iterator[str]:
    """A scale by its name; with its labels where the name means others here."""
    yield f"{key} = {_string(scale.name)}"
    if scales().get(scale.name) != scale:
        labels = ", ".join(_text(label) for label in scale.labels)
        yield f"{key}_labels = [{labels}]"


def _text(text: LocalText) -> str:
    """A text by language. The German wording leads, so there is always one."""
    whole = {DEFAULT: pick(text, DEFAULT), **text}
    return "{ " + ", ".join(f"{lang} = {_string(said)}" for lang, said in whole.items()) + " }"


def _string(text: str) -> str:
    """A basic string of TOML: escaped like JSON's, and the one control that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
