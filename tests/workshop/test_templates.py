"""Templates, scales, marks and examples: what we ship holds, what is broken says so."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from workshop import templates
from workshop.agenda import MIN_OPTIONS
from workshop.answers import MAX_TEXT, clean_text
from workshop.limits import MOST
from workshop.marks import ACCENTS, MARKS
from workshop.model import SCALED, STEPS, WRITTEN, Aspect, LocalText, QuestionKind, Scale
from workshop.polis import read_export
from workshop.rehearsal import CITIZENS
from workshop.templates import FOLDER, Template, TemplateError, load, names, parse

BOTH = {"de", "en"}
COUNCIL = "smart-kassel-council"

GOOD = """
title = { de = "Titel" }
segments = ["science", "none"]

[[clusters]]
key = "one"
name = { de = "Eins" }
accent = "a"
mark = "house"

[[clusters.questions]]
kind = "rate"
scale = "agreement"
minutes = 5
text = { de = "Stimmen Sie zu?" }
"""


def texts(template: Template) -> list[LocalText]:
    """Everything of a template that people read and that may not be missing."""
    found = [template.title, template.guiding_idea, *(s.name for s in template.segments)]
    for cluster in template.clusters:
        found.append(cluster.name)
        for question in cluster.questions:
            found.extend((question.text, *question.statements))
            for scale in (question.scale, question.second):
                found.extend(scale.labels if scale else ())
    return found


@pytest.mark.parametrize("name", names())
def test_every_template_is_whole(name: str) -> None:
    template = load(name)
    assert template.name == name
    for text in texts(template):
        assert set(text) == BOTH and all(text.values())
    for cluster in template.clusters:
        for question in cluster.questions:
            assert set(question.help) in (BOTH, set())
            assert (question.scale is not None) == (question.kind in SCALED)
            assert (question.second is not None) == (question.kind is QuestionKind.MATRIX)
            assert (question.most is not None) >= (question.kind in MOST)
            if question.kind is QuestionKind.CHOOSE and question.most is not None:
                assert question.most < len(question.statements)
            # A question has to fit the stage at forty pixels and more.
            assert all(len(words) <= 130 for words in question.text.values())


@pytest.mark.parametrize("name", [name for name in names() if name != "every-kind"])
def test_what_the_room_writes_is_judged_after_it(name: str) -> None:
    """So a contribution can always be turned into a statement, and begins with none of ours."""
    for cluster in load(name).clusters:
        kinds = [q.kind for q in cluster.questions]
        assert kinds.index(QuestionKind.COLLECT) == len(kinds) - 2
        assert kinds[-1] not in WRITTEN
        assert not any(q.statements for q in cluster.questions)


def test_one_template_has_every_kind_once() -> None:
    asked = [q for c in load("every-kind").clusters for q in c.questions]
    assert {q.kind for q in asked} == set(QuestionKind) - STEPS
    scales = [q.scale.name for q in asked if q.kind is QuestionKind.RATE and q.scale]
    assert scales == ["importance", "stance"]
    assert [q.most for q in asked if q.kind is QuestionKind.CHOOSE] == [1, 3]
    assert len(asked) == 10
    for question in asked:
        assert (len(question.statements) >= MIN_OPTIONS) == (question.kind not in WRITTEN)


def test_the_council_is_the_one_of_kassel() -> None:
    template = load(COUNCIL)
    assert template.guiding_idea["de"] == "Wir machen es einfach!"
    assert [c.name["de"] for c in template.clusters] == [
        "Leben & Wohnen",
        "Energie & Umwelt",
        "Bildung & Arbeit",
        "Mobilität",
    ]
    assert [c.accent for c in template.clusters] == ["a", "b", "c", "d"]
    assert [c.mark for c in template.clusters] == ["house", "drop", "book", "ring"]
    assert {s.key: s.name["de"] for s in template.segments} == {
        "science": "Wissenschaft",
        "business": "Wirtschaft",
        "administration": "Stadtverwaltung",
        "politics": "Politik",
        "other": "andere",
        "none": "keine Angabe",
    }
    for cluster in template.clusters:
        assert [q.kind for q in cluster.questions] == [QuestionKind.COLLECT, QuestionKind.RATE]
    scales = [q.scale for c in template.clusters for q in c.questions if q.scale]
    assert scales[0].steps == 5
    assert {s.name for s in scales} >= {"agreement", "importance", "feasibility"}


def test_scales_run_from_low_to_high() -> None:
    scales = templates.scales()
    five = dict.fromkeys(("agreement", "importance", "feasibility", "benefit"), 5)
    assert {name: scale.steps for name, scale in scales.items()} == five | {"stance": 3}
    for scale in scales.values():
        for lang in BOTH:
            assert len({label[lang] for label in scale.labels}) == scale.steps
    stance = [label["de"] for label in scales["stance"].labels]
    assert stance == ["lehne ab", "neutral", "stimme zu"]
    assert scales["agreement"].labels[0]["de"] == "lehne ganz ab"
    assert scales["agreement"].labels[4]["de"] == "stimme voll zu"


def test_an_axis_bears_the_title_of_its_scale_or_its_ends() -> None:
    titles = {name: templates.axis_title(scale) for name, scale in templates.scales().items()}
    assert titles["feasibility"] == {"de": "Machbarkeit", "en": "Feasibility"}
    assert titles["benefit"]["de"] == "Nutzen für die Bürgerinnen und Bürger"
    for lang in BOTH:
        assert len({title[lang] for title in titles.values()}) == len(titles)
    own = Scale("likelihood", ({"de": "nie", "en": "never"}, {"de": "vielleicht"}, {"de": "immer"}))
    assert templates.axis_title(own) == {"de": "nie … immer", "en": "never … immer"}


def test_a_template_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    assert names(tmp_path) == ("mine",)
    template = load("mine", tmp_path)
    assert template.guiding_idea == {} and template.clusters[0].questions[0].minutes == 5


@pytest.mark.parametrize(("said", "share"), [("", 0.75), ("0.8", 0.8), ("1", 1.0), ("0.51", 0.51)])
def test_a_template_may_say_what_it_calls_agreement(
    tmp_path: Path, said: str, share: float
) -> None:
    line = f"agreed_share = {said}\n" if said else ""
    (tmp_path / "mine.toml").write_text(line + GOOD, encoding="utf-8")
    assert load("mine", tmp_path).agreed_share == share


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('mark = "house"', 'mark = "moon"', "clusters 1, mark: unknown 'moon'"),
        ('accent = "a"', 'accent = "#b8480a"', "accent: unknown '#b8480a'"),
        ('accent = "a"\n', "", "accent: is missing"),
        ('scale = "agreement"', 'scale = "stars"', "questions 1, scale: unknown 'stars'"),
        ('scale = "agreement"\n', "", "scale: is missing"),
        ('kind = "rate"', 'kind = "dance"', "kind: unknown 'dance'"),
        ('kind = "rate"', 'kind = "collect"', "scale: is not known here"),
        ("minutes = 5", "minutes = 0", "minutes: 0 is not between"),
        ("minutes = 5", 'minutes = "five"', "minutes: 'five' is not a whole number"),
        ("minutes = 5", "minutes = true", "minutes: True is not a whole number"),
        ('"science", ', '"wizards", ', "segments: unknown group 'wizards'"),
        ('"science", ', "3, ", "segments: is not a list of words"),
        ('{ de = "Eins" }', '{ en = "One" }', "name, de: is missing"),
        ('{ de = "Eins" }', '{ de = " " }', "name, de: is empty"),
        ('{ de = "Eins" }', '{ de = "Eins", wrong_key = "x" }', "nor is it a language"),
        ('{ de = "Eins" }', '"Eins"', "name: 'Eins' is not a table"),
        ("[[clusters]]", "colour = 3\n[[clusters]]", "mine.toml, colour: is not known here"),
        ('title = { de = "Titel" }', "", "mine.toml, title: is missing"),
        ("segments =", "agreed_share = 0.5\nsegments =", "agreed_share: 0.5 is not above 0.5"),
        ("segments =", "agreed_share = 1.01\nsegments =", "agreed_share: 1.01 is not above"),
        ("segments =", "agreed_share = nan\nsegments =", "agreed_share: nan is not above"),
        ("segments =", "agreed_share = true\nsegments =", "agreed_share: True is not a number"),
        ("segments =", 'agreed_share = "2/3"\nsegments =', "agreed_share: '2/3' is not a number"),
        ("]]", "]", "is not a TOML file"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    (tmp_path / "mine.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateError) as error:
        load("mine", tmp_path)
    assert told in str(error.value) and "mine.toml" in str(error.value)


ASKED = """
[[clusters.questions]]
kind = "matrix"
scale = "benefit"
second = "feasibility"
text = { de = "Was zuerst?" }
statements = [{ de = "Bänke" }, { de = "Bäume", en = "Trees" }]
[[clusters.questions]]
kind = "words"
text = { de = "Wie geht es Ihnen?" }
[[clusters.questions]]
kind = "allocate"
most = 10
text = { de = "Wofür?" }
[[clusters.questions]]
kind = "rank"
text = { de = "In welcher Folge?" }
[[clusters.questions]]
kind = "choose"
text = { de = "Was davon?" }
"""


OPTIONS = "statements = [" + "{ de = 'x' }, " * 13 + "]"


def test_a_template_asks_in_any_kind() -> None:
    _, matrix, words, allocate, rank, choose = parse(GOOD + ASKED, "x").clusters[0].questions
    assert matrix.scale is not None and matrix.second is not None
    assert (matrix.scale.name, matrix.second.name) == ("benefit", "feasibility")
    assert matrix.statements == ({"de": "Bänke"}, {"de": "Bäume", "en": "Trees"})
    assert [q.most for q in (matrix, words, allocate, rank, choose)] == [None, 3, 10, None, 1]
    assert {q.scale for q in (words, allocate, rank, choose)} == {None}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('second = "feasibility"\n', "", "questions 2, second: is missing"),
        ('second = "feasibility"', 'second = "stars"', "questions 2, second: unknown 'stars'"),
        ('second = "feasibility"', 'second = "benefit"', "second: is the same scale as the first"),
        ('{ de = "Bänke" }', '{ en = "Benches" }', "statements 1, de: is missing"),
        ('{ de = "Bänke" }', '"Bänke"', "questions 2, statements 1: is not a table"),
        ('"words"', '"words"\nscale = "benefit"', "questions 3, scale: is not known here"),
        ('"words"', '"words"\nstatements = []', "questions 3, statements: is not known here"),
        ('"words"', '"words"\nmost = 11', "questions 3, most: 11 is not between 1 and 10"),
        ("most = 10", "most = 1", "questions 4, most: 1 is not between 2 and 1000"),
        ("most = 10", 'most = "ten"', "questions 4, most: 'ten' is not a whole number"),
        ('"words"', '"break"\nmost = 3', "questions 3, most: is not known here"),
        ('"words"', '"break"\nstatements = []', "questions 3, statements: is not known here"),
        ('"rank"', '"rank"\nmost = 3', "questions 5, most: is not known here"),
        ('"choose"', f'"choose"\n{OPTIONS}', "questions 6, statements: 13 options; at most 12"),
    ],
)
def test_a_mistake_in_any_kind_is_told(old: str, new: str, told: str) -> None:
    assert old in ASKED
    with pytest.raises(TemplateError) as error:
        parse(GOOD + ASKED.replace(old, new), "mine.toml")
    assert told in str(error.value)


def test_too_many_or_equal_clusters_are_refused(tmp_path: Path) -> None:
    cluster = GOOD[GOOD.index("[[clusters]]") :]
    head = GOOD[: GOOD.index("[[clusters]]")]
    many = [
        cluster.replace('"one"', f'"c{n}"').replace('"a"', f'"{a}"').replace("house", mark)
        for n, (a, mark) in enumerate([*zip(ACCENTS, MARKS, strict=True), ("a", "drop")])
    ]
    (tmp_path / "eight.toml").write_text(head + "".join(many[:8]), encoding="utf-8")
    (tmp_path / "nine.toml").write_text(head + "".join(many), encoding="utf-8")
    (tmp_path / "twin.toml").write_text(head + cluster + many[1].replace("drop", "house"), "utf-8")
    (tmp_path / "none.toml").write_text("clusters = []\n" + head, encoding="utf-8")
    assert len(load("eight", tmp_path).clusters) == 8
    for name, told in (("nine", "9 clusters"), ("twin", "'house' is used twice"), ("none", "0 cl")):
        with pytest.raises(TemplateError, match=told):
            load(name, tmp_path)


@pytest.mark.parametrize("name", ["", "../templates/words", "words", "examples", "nothing"])
def test_an_unknown_template_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(TemplateError, match=COUNCIL):
        load(name)


def test_examples_fill_every_cluster_of_the_council() -> None:
    said = templates.examples(COUNCIL)
    assert list(said) == [c.key for c in load(COUNCIL).clusters]
    everything: list[str] = []
    for examples in said.values():
        assert len(examples.contributions) >= 12 and len(examples.statements) >= 6
        assert {c.aspect for c in examples.contributions} == set(Aspect)
        for text in (*(c.text for c in examples.contributions), *examples.statements):
            assert set(text) == BOTH
            assert all(clean_text(words) == words for words in text.values())
            assert all(len(words) <= 140 < MAX_TEXT for words in text.values())
            everything.extend(text.values())
    assert len(set(everything)) == len(everything)
    assert templates.examples("strategy-workshop") == {}


def test_the_citizens_of_the_demo_read_well_on_a_wall() -> None:
    export = read_export(CITIZENS)
    assert export.topic == "Energie"
    assert len(export.most_voted()) == len(export.statements) == 12
    for statement in export.statements:
        assert clean_text(statement.text) == statement.text
        assert len(statement.text) <= 160
    # Enough for opinion groups, which Polis has found.
    assert len(export.people) >= 500
    assert all(len(p.votes) >= 7 for p in export.people)
    assert {p.group for p in export.people} == {0, 1}
    source = (CITIZENS / "README.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in source and "compdemocracy.org" in source


def test_a_simulated_council_has_a_mind_of_its_own() -> None:
    """On all that the citizens said: of their mind on some, of another on others."""
    export = read_export(CITIZENS)
    leanings = templates.leanings()
    assert set(leanings) == {s.text for s in export.statements}
    alike = 0
    for statement in export.statements:
        votes = [p.votes[statement.id] for p in export.people if statement.id in p.votes]
        council = leanings[statement.text]
        citizens = (votes.count(1) / len(votes), votes.count(-1) / len(votes))
        sides = [
            "for" if agree > 0.5 else "against" if disagree > 0.5 else ""
            for agree, disagree in (citizens, (council.agree, council.disagree))
        ]
        alike += sides[0] == sides[1]
    assert 4 <= alike <= 8


def test_a_leaning_is_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    for agree, disagree in (("0.6", "0.5"), ("-0.1", "0.5"), ("1", "nan")):
        table = f'[[leanings]]\ntext = "a"\nagree = {agree}\ndisagree = {disagree}\n'
        (tmp_path / "examples.toml").write_text(table, encoding="utf-8")
        templates.leanings.cache_clear()
        with pytest.raises(TemplateError, match=r"examples\.toml, leanings 1, agree: the shares"):
            templates.leanings()
    templates.leanings.cache_clear()


def test_shared_files_are_no_templates() -> None:
    assert {p.stem for p in FOLDER.glob("*.toml")} - set(names()) == {"words", "examples"}
    assert all(a < b for a, b in pairwise(names()))
