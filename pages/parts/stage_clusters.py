"""The words beside the tracks of the cluster view: what is said of each cluster, and the legend.

Rows here are as high as those of `workshop.charts.cluster_overview`. Many clusters leave less
room: the less important facts go before any text gets smaller, and what all clusters say alike
is said once, on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pages.parts.stage_html import accent_style, hidden, mark, sign, tag, text, view
from workshop.analysis import Analysis, ClusterAnalysis
from workshop.charts import Chart, ClusterWords, cluster_words
from workshop.charts.words import differs, in_common, other_mixes
from workshop.i18n import Translator
from workshop.marks import MARKS
from workshop.model import Agenda, Strand
from workshop.sentences import interval_name, strand_name

MANY: Final = 5
"""More clusters than this have two lines each, and smaller figures."""


def clusters(agenda: Agenda, analysis: Analysis, chart: Chart, t: Translator) -> str:
    """All clusters with their index, its interval, and what may be said of its change."""
    words = [cluster_words(c, t) for c in analysis.clusters]
    many = len(words) > MANY
    once = ("since", "panel") if any(w.change for w in words) else ("people",)
    said = [common for field in once if (common := in_common(words, field))]
    rows = [
        _row(cluster, found, said, many)
        for cluster, found in zip(analysis.clusters, words, strict=True)
    ]
    invited = agenda.workshop.invited
    if invited:
        said.append(t("{n} invited", n=t.number(invited)))
    above = (t("Convergence, 0 to 100"), strand_name(analysis.strand, t), *said)
    return view(
        "clusters",
        tag(
            "header",
            tag("p", *(text("span", part) for part in above), class_="kicker"),
            text("h1", chart.title),
            class_="head",
        ),
        tag("div", *rows, class_=f"rows {'many' if many else 'some'}"),
        tag("footer", _legend(analysis, t), text("p", _caution(analysis, t), class_="caution")),
    )


def _row(analysis: ClusterAnalysis, words: ClusterWords, said: Sequence[str], many: bool) -> str:
    cluster = analysis.cluster
    name = tag(
        "div", mark(MARKS.get(cluster.mark, "")), text("p", words.name), class_="name", data_fit="1"
    )
    if words.problem:
        rest = [tag("div", text("p", words.problem, class_="problem"), class_="instead")]
    else:
        claim = text("strong", words.change) + " " if words.change else ""
        lines = [(kind, line) for kind, line in _lines(words, said) if line]
        rest = [
            tag("div", class_="gap"),
            tag(
                "div",
                text("p", words.index, class_="index"),
                text("p", words.interval, class_="interval"),
                class_="level",
            ),
            tag(
                "div",
                tag("p", claim, text("span", words.verdict), class_="claim"),
                *(text("p", line, class_=kind) for kind, line in lines[: 1 if many else 3]),
                class_="facts",
            ),
        ]
    return tag(
        "div",
        name,
        *rest,
        hidden(words.sentence),
        class_="row",
        style=accent_style(cluster),
        data_key=cluster.id,
    )


def _lines(words: ClusterWords, said: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands below the claim, the most important first, without what is said on top.

    Each with its class: what a level is worth is a word of its own, numbers are only facts.
    """

    def together(*parts: str) -> str:
        return ", ".join(part for part in parts if part and part not in said)

    yield "n", together(words.change_interval, words.since, words.panel)
    yield "worth", words.level
    yield "n", words.whole
    yield "n", "" if words.change else together(words.people)


def _legend(analysis: Analysis, t: Translator) -> str:
    """What the signs mean: those of the rounds, and below them those of both strands."""
    found = [c.rounds for c in analysis.clusters if c.rounds]
    if not found:
        return ""
    numbers = {tuple(r.number for r in rounds) for rounds in found}
    same = next(iter(numbers)) if len(numbers) == 1 else ()
    signs = []
    if any(len(rounds) > 1 for rounds in found):
        earlier = t("round {number}", number=same[0]) if len(same) == 2 else t("earlier rounds")
        signs.append(sign("open", earlier))
    signs.append(sign("full", t("round {number}", number=same[-1]) if same else t("last round")))
    names = {interval_name(r.level.interval, t) for rounds in found for r in rounds}
    signs.append(sign("band", " / ".join(sorted(names))))
    if any(differs(change) for c in analysis.clusters for change in c.changes):
        signs.append(sign("faint", t("everybody together")))
    chances = [c.latest.level.baseline for c in analysis.clusters if c.latest]
    if shown := [chance for chance in chances if chance is not None]:
        value = _from_to(shown, t)
        chance = t("chance level {value}: what random answers would give", value=value)
        signs.append(sign("dotted", chance))
    return tag("ul", *signs, class_="legend") + _strands(analysis, t)


def _strands(analysis: Analysis, t: Translator) -> str:
    """The signs of both strands with their people, where both rated the same."""
    compared = analysis.compared
    if not compared:
        return ""
    signs = [text("li", t("the same statements:"))]
    for strand, kind in ((Strand.COUNCIL, "small"), (Strand.CITIZENS, "diamond")):
        people = [c.level(strand).n for c in compared]
        signs.append(sign(kind, f"{strand_name(strand, t)} {_from_to(people, t)}"))
    return tag("ul", *signs, class_="legend")


def _from_to(numbers: Sequence[float], t: Translator) -> str:
    """A whole number, or from which to which."""
    low, high = t.decimal(min(numbers), 0), t.decimal(max(numbers), 0)
    return low if low == high else f"{low}–{high}"


def _caution(analysis: Analysis, t: Translator) -> str:
    """What the index does not say."""
    caution = t("Convergence is not approval: one can also agree that something is bad.")
    if any(c.changes for c in analysis.clusters):
        caution += " " + t("From round 2 on everybody knew the result before.")
    if other_mixes(analysis):
        caution += " " + t("Clusters with different scales aren't ranked against each other.")
    return caution
