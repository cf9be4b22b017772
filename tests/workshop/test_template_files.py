"""A template written is the template read; broken files say where they are broken."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import Prepared
from workshop.answers import tidied
from workshop.limits import MAX_OPTIONS, most_of
from workshop.model import OPERATOR, SCALED, STEPS, WRITTEN, QuestionKind, Scale
from workshop.template_files import dump, of_agenda
from workshop.templates import TemplateError, TemplateQuestion, load, names, parse, scales


@pytest.mark.parametrize("name", names())
def test_every_template_survives_its_file(name: str) -> None:
    template = load(name)
    text = dump(template)
    assert parse(text, "file.toml", name) == template
    assert dump(parse(text, "file.toml", name)) == text


def test_whatever_people_write_stays_text() -> None:
    hostile = 'Ein "Zitat" \\ ]] \n[[clusters]] # \x07 \x7f 🙂 \u2028 {de="x"} \'\'\''
    template = load("retrospective")
    first = template.clusters[0]
    asked = replace(first.questions[0], text={"de": hostile, "en": hostile})
    changed = replace(
        template,
        title={"de": hostile},
        clusters=(replace(first, name={"de": hostile}, questions=(asked,)),),
    )
    found = parse(dump(changed), "file.toml", template.name)
    said = 'Ein "Zitat" \\ ]] [[clusters]] # 🙂 {de="x"} \'\'\''
    assert found.title == {"de": said} and len(found.clusters) == 1
    assert found.clusters[0].questions[0].text == {"de": said, "en": said}
    assert tomllib.loads(dump(changed))["title"]["de"] == hostile


def test_an_agenda_becomes_a_template_and_nothing_that_was_said_is_in_it(small: Prepared) -> None:
    small.service.set_title(OPERATOR, small.id, {"de": "", "en": "Only English"})
    empty = small.service.add_cluster(OPERATOR, small.id, {"de": "Leer"})
    small.service.edit_cluster(OPERATOR, small.id, empty, cross_cutting=True)
    (token,), opened = small.people(1), small.open(small.collect)
    assert small.service.contribute(small.id, token, opened.id, "goal", "Mehr Bänke").result()
    (said,) = small.service.contributions(OPERATOR, small.id, small.collect.id)
    small.service.promote(OPERATOR, small.id, said.id)
    small.service.hide_statement(OPERATOR, small.id, small.statements[1])
    text = dump(of_agenda(small.agenda))
    assert "Mehr Bänke" not in text and "Ein Rad" not in text
    found = parse(text, "file.toml")
    assert found.title == {"de": "Only English", "en": "Only English"}
    assert [c.name["de"] for c in found.clusters][-1] == "Leer"
    assert found.clusters[-1].cross_cutting and found.clusters[-1].questions == ()
    shipped = load("smart-kassel-council")
    bare = [tuple(replace(q, statements=()) for q in c.questions) for c in found.clusters[:4]]
    assert bare == [c.questions for c in shipped.clusters]
    # What the moderator wrote goes along.
    kept = [q.statements for c in found.clusters for q in c.questions if q.statements]
    assert kept == [({"de": "Mehr Bäume in der Stadt"},)]
    assert found.segments == shipped.segments


def test_a_scale_that_is_not_known_here_brings_its_labels() -> None:
    template = load("retrospective")
    _, first, _ = template.clusters
    own = Scale("likelihood", ({"de": "nie"}, {"de": "vielleicht"}, {"de": "sicher"}))
    collect, rate = first.questions
    asked = (collect, replace(rate, scale=own))
    changed = replace(template, clusters=(replace(first, questions=asked),))
    text = dump(changed)
    assert parse(text, "file.toml", template.name) == changed
    for broken in ('[{ de = "nie" }]', "[]"):
        start = text.index("scale_labels = ")
        end = text.index("\n", start)
        with pytest.raises(TemplateError, match="questions 2, scale_labels"):
            parse(f"{text[:start]}scale_labels = {broken}{text[end:]}", "file.toml")


TEXTS = st.dictionaries(
    st.sampled_from(["en", "fr"]), st.text(min_size=1, max_size=30).map(tidied).filter(bool)
).map(lambda said: {"de": "Ja", **said})
SCALES = st.sampled_from([*scales().values(), Scale("own", ({"de": "nie"}, {"de": "immer"}))])


@st.composite
def questions(draw: st.DrawFn) -> TemplateQuestion:
    """A question of any kind, with all that its kind can have."""
    kind = draw(st.sampled_from(QuestionKind))
    first, second = draw(st.lists(SCALES, min_size=2, max_size=2, unique_by=lambda s: s.name))
    most = most_of(kind)
    asked = () if kind in WRITTEN | STEPS else draw(st.lists(TEXTS, max_size=MAX_OPTIONS))
    return TemplateQuestion(
        kind=kind,
        text=draw(TEXTS),
        help=draw(st.just({}) | TEXTS),
        minutes=draw(st.integers(1, 480)),
        scale=first if kind in SCALED else None,
        second=second if kind is QuestionKind.MATRIX else None,
        most=draw(st.integers(most.least, most.limit)) if most else None,
        statements=tuple(asked),
    )


@given(st.lists(questions(), max_size=4))
def test_a_question_of_any_kind_survives_its_file(several: list[TemplateQuestion]) -> None:
    template = load("retrospective")
    first = replace(template.clusters[0], questions=tuple(several))
    changed = replace(template, clusters=(first,))
    assert parse(dump(changed), "file.toml", template.name) == changed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "mine.toml is not a TOML file"),
        ("", "mine.toml, title: is missing"),
        ('title = { de = "x" }\nsegments = []\nclusters = []', "mine.toml, clusters: 0 clusters"),
        (f'title = {{ de = "{"x" * 501}" }}', "mine.toml, title, de: 501 characters"),
        ("a = " + "[" * 5000, "mine.toml"),
    ],
)
def test_a_broken_file_says_where(text: str, told: str) -> None:
    with pytest.raises(TemplateError) as refused:
        parse(text, "mine.toml")
    assert str(refused.value).startswith(told)
