"""What a workshop can start from: templates, as TOML files that a person can read and edit.

`templates/<name>.toml` is a template; `words.toml` holds the scales and groups that templates
name, `examples.toml` what demo rooms say. A file with a mistake is refused with a sentence that
names the file and the place, before anything is created from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from workshop.i18n import pick
from workshop.limits import BACKED, MAX_OPTIONS, most_of
from workshop.marks import ACCENTS, MARKS
from workshop.model import (
    SCALED,
    STEPS,
    WHOLE,
    WRITTEN,
    Aspect,
    LocalText,
    QuestionKind,
    Scale,
)
from workshop.toml_table import Table, parsed, read
from workshop.toml_table import TemplateError as TemplateError

FOLDER: Final = Path(__file__).parent / "templates"
AGREED_SHARE: Final = 0.75
"""What a template calls agreement that does not say so: custom in Delphi studies, not law."""
MAX_CLUSTERS: Final = 8
"""More can't be told apart on a stage; there are as many accents and marks."""
MAX_MINUTES: Final = 480

_SHARED: Final = ("words", "examples")


@dataclass(frozen=True, slots=True)
class Segment:
    """A group that participants can say they belong to."""

    key: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class TemplateQuestion:
    """A key question to start with; `scale`, `second` and `most` as in `model.KeyQuestion`.

    `statements` are what it asks about from the start: statements to be rated, or options.
    """

    kind: QuestionKind
    text: LocalText
    help: LocalText
    minutes: int
    scale: Scale | None = None
    second: Scale | None = None
    most: int | None = None
    statements: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateCluster:
    """A theme to start with; `accent` and `mark` name entries of `workshop.marks`."""

    key: str
    name: LocalText
    accent: str
    mark: str
    cross_cutting: bool
    questions: tuple[TemplateQuestion, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that a new process is made of.

    `agreed_share` is the share of answers on one side that the process calls agreement.
    """

    name: str
    title: LocalText
    guiding_idea: LocalText
    agreed_share: float
    segments: tuple[Segment, ...]
    clusters: tuple[TemplateCluster, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody in a demo room writes to a collecting question."""

    aspect: Aspect
    text: LocalText


@dataclass(frozen=True, slots=True)
class Examples:
    """What a demo room says about one cluster: contributions, and statements to be rated."""

    contributions: tuple[Contribution, ...]
    statements: tuple[LocalText, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """The shares of a simulated room that are for and against a statement."""

    agree: float
    disagree: float


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The templates that there are, by name."""
    return tuple(sorted(p.stem for p in folder.glob("*.toml") if p.stem not in _SHARED))


@lru_cache(maxsize=32)
def load(name: str, folder: Path = FOLDER) -> Template:
    """The template of that name.

    Raises:
        TemplateError: when there is none, or when it doesn't hold together.
    """
    known = names(folder)
    if name not in known:
        raise TemplateError(f"There is no template {name!r}. There are: {', '.join(known)}.")
    return _template(read(folder / f"{name}.toml"), name)


def parse(text: str, place: str, name: str = "") -> Template:
    """The template that the text of a file holds; `place` is what errors call the file.

    Raises:
        TemplateError: when it is no TOML, or doesn't hold together.
    """
    return _template(parsed(text, place), name)


def _template(top: Table, name: str) -> Template:
    template = Template(
        name=name,
        title=top.text("title"),
        guiding_idea=top.text("guiding_idea", optional=True),
        agreed_share=top.number("agreed_share", default=AGREED_SHARE),
        segments=tuple(_segment(key, top) for key in top.words("segments")),
        clusters=tuple(_cluster(t) for t in top.tables("clusters")),
    )
    top.done()
    if not 0.5 < template.agreed_share <= 1:
        raise top.error("agreed_share", f"{template.agreed_share} is not above 0.5, and at most 1")
    keys = [c.key for c in template.clusters]
    if not 1 <= len(keys) <= MAX_CLUSTERS:
        raise top.error("clusters", f"{len(keys)} clusters; it must be 1 to {MAX_CLUSTERS}")
    for what, used in (
        ("key", keys),
        ("accent", [c.accent for c in template.clusters]),
        ("mark", [c.mark for c in template.clusters]),
    ):
        twice = sorted({u for u in used if used.count(u) > 1})
        if twice:
            raise top.error("clusters", f"the {what} {twice[0]!r} is used twice")
    return template


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Scale]:
    """The scales by name, each with its labels from 1 upwards."""
    table = read(FOLDER / "words.toml").table("scales")
    found = {name: Scale(name, table.table(name).texts("labels")) for name in table.entries()}
    for name, scale in found.items():
        if not 2 <= scale.steps <= 11:
            raise table.error(name, f"{scale.steps} labels; a scale has 2 to 11")
    return found


def axis_title(scale: Scale) -> LocalText:
    """What is judged on a scale, as an axis of a chart says it: "Machbarkeit".

    A scale of one's own has no such word, and is called by its two ends.
    """
    known = _titles().get(scale.name)
    if known is not None:
        return known
    ends = (scale.labels[0], scale.labels[-1])
    return {
        lang: " … ".join(pick(label, lang) for label in ends)
        for lang in dict.fromkeys(lang for label in ends for lang in label)
    }


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, LocalText]:
    table = read(FOLDER / "words.toml").table("scales")
    return {name: table.table(name).text("title") for name in table.entries()}


@lru_cache(maxsize=1)
def segments() -> Mapping[str, Segment]:
    """The groups by key, in the order in which a phone offers them."""
    table = read(FOLDER / "words.toml").table("segments")
    return {key: Segment(key, table.text(key)) for key in table.entries()}


@lru_cache(maxsize=8)
def examples(template: str) -> Mapping[str, Examples]:
    """What a demo room made from this template says, by cluster key.

    A template without examples of its own gives an empty mapping.

    Raises:
        TemplateError: when the examples are broken or name a cluster that isn't there.
    """
    top = read(FOLDER / "examples.toml")
    if template not in top.entries():
        return {}
    table = top.table(template)
    known = {c.key for c in load(template).clusters}
    found: dict[str, Examples] = {}
    for key in table.entries():
        if key not in known:
            raise table.error(key, "the template has no such cluster")
        said = table.table(key)
        found[key] = Examples(
            tuple(_contribution(t) for t in said.tables("contributions")),
            said.texts("statements"),
        )
        said.done()
    return found


@lru_cache(maxsize=1)
def leanings() -> Mapping[str, Leaning]:
    """What simulated rooms think of some statements, by their wording."""
    found: dict[str, Leaning] = {}
    for table in read(FOLDER / "examples.toml").tables("leanings"):
        text = table.word("text")
        leaning = Leaning(table.number("agree", 0.0), table.number("disagree", 0.0))
        least, together = min(leaning.agree, leaning.disagree), leaning.agree + leaning.disagree
        if not (least >= 0 and together <= 1):
            raise table.error("agree", "the shares must be 0 or more, and 1 together at most")
        table.done()
        found[text] = leaning
    return found


def _segment(key: str, at: Table) -> Segment:
    if key not in segments():
        raise at.error("segments", f"unknown group {key!r}; known: {', '.join(segments())}")
    return segments()[key]


def _cluster(table: Table) -> TemplateCluster:
    cluster = TemplateCluster(
        key=table.word("key"),
        name=table.text("name"),
        accent=table.word("accent", tuple(ACCENTS)),
        mark=table.word("mark", tuple(MARKS)),
        cross_cutting=table.take("cross_cutting", bool, default=False),
        questions=tuple(_question(t) for t in table.tables("questions")),
    )
    table.done()
    return cluster


def _question(table: Table) -> TemplateQuestion:
    kind = QuestionKind(table.word("kind", tuple(QuestionKind)))
    question = TemplateQuestion(
        kind=kind,
        text=table.text("text"),
        help=table.text("help", optional=True),
        minutes=table.take("minutes", int, default=10),
        scale=_scale(table, "scale") if kind in SCALED else None,
        second=_scale(table, "second") if kind is QuestionKind.MATRIX else None,
        most=_most(table, kind),
        statements=_statements(table, kind),
    )
    if not 1 <= question.minutes <= MAX_MINUTES:
        problem = f"{question.minutes} is not between 1 and {MAX_MINUTES}"
        raise table.error("minutes", problem)
    if question.second is not None and question.second == question.scale:
        raise table.error("second", "is the same scale as the first; a matrix has two")
    table.done()
    return question


def _scale(table: Table, key: str) -> Scale:
    """A known scale by its name, or one that brings its labels."""
    if f"{key}_labels" not in table.entries():
        return scales()[table.word(key, tuple(scales()))]
    scale = Scale(table.word(key), table.texts(f"{key}_labels"))
    if not 2 <= scale.steps <= 11:
        raise table.error(f"{key}_labels", f"{scale.steps} labels; a scale has 2 to 11")
    return scale


def _most(table: Table, kind: QuestionKind) -> int | None:
    """How much one person may give, or what is usual; None where nothing is asked or backed."""
    most = most_of(kind)
    if most is None or (kind in BACKED and "most" not in table.entries()):
        return None
    found = table.take("most", int, default=most.usual)
    if not most.least <= found <= most.limit:
        raise table.error("most", f"{found} is not between {most.least} and {most.limit}")
    return found


def _statements(table: Table, kind: QuestionKind) -> tuple[LocalText, ...]:
    """What a question asks about; there may be none yet, and of options not too many."""
    if kind in WRITTEN | STEPS or "statements" not in table.entries():
        return ()
    found = table.texts("statements")
    if kind in WHOLE and len(found) > MAX_OPTIONS:
        raise table.error("statements", f"{len(found)} options; at most {MAX_OPTIONS}")
    return found


def _contribution(table: Table) -> Contribution:
    aspect = Aspect(table.word("aspect", tuple(Aspect)))
    text = table.text()
    table.done()
    return Contribution(aspect, text)
