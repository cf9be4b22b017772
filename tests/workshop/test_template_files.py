"""A template written is the template read; broken files say where they are broken."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from tests.rooms import Prepared
from workshop.model import OPERATOR, Scale
from workshop.template_files import dump, of_agenda
from workshop.templates import TemplateError, load, names, parse


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
    text = dump(of_agenda(small.agenda))
    assert "Mehr Bäume" not in text
    found = parse(text, "file.toml")
    assert found.title == {"de": "Only English", "en": "Only English"}
    assert [c.name["de"] for c in found.clusters][-1] == "Leer"
    assert found.clusters[-1].cross_cutting and found.clusters[-1].questions == ()
    shipped = load("smart-kassel-council")
    assert [c.questions for c in found.clusters[:4]] == [c.questions for c in shipped.clusters]
    assert found.segments == shipped.segments


def test_a_scale_that_is_not_known_here_brings_its_labels() -> None:
    template = load("retrospective")
    first = template.clusters[0]
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
