"""The stage's views of the kinds of question that have no distribution each: a choice, a ranking,
points, a matrix and a cloud of words.

Rows and columns here have the sizes that `workshop.charts` gives them, so that the words stand
exactly beside their bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from pages.parts.stage_html import (
    accent_style,
    head,
    hidden,
    kicker,
    page_words,
    rows,
    sign,
    statement,
    tag,
    text,
    view,
)
from workshop.analysis import MatrixLevel, WholeLevel
from workshop.charts import Chart, option_weight
from workshop.charts.base import lines, width_of
from workshop.charts.matrix import high_on_both, numbered
from workshop.charts.option_rows import shown_before
from workshop.charts.paging import SMALLEST_OPTIONS
from workshop.charts.whole import place_of
from workshop.i18n import Translator
from workshop.model import Agenda, KeyQuestion, QuestionKind, Statement
from workshop.results import MatrixResult
from workshop.sentences import (
    axis_names,
    axis_word,
    each_answers,
    lead_sentence,
    option_words,
    shown_on_both,
    whole_answers,
)
from workshop.whole import OptionResult, WholeResult

_NAMES: Final = 56
"""Characters of the leading options in the line below the title, all together."""
_TITLE_EM: Final = 40.0
"""Width of a title that fits into one line in its smallest letters."""
_ONE_COLUMN: Final = 4
_OPTION_EM: Final = 26.0
_LINES: Final = 13
"""Lines of options in one column, in their smallest letters, below a question of usual length."""


def options(asked: Sequence[Statement], question: str) -> str:
    """What there is to weigh up, as a numbered list; never what the room says of it.

    A long text is cut where all together would not fit: every phone has the whole of it.
    """
    if not asked:
        return ""
    two = len(asked) > _ONE_COLUMN
    height = ceil(len(asked) / 2) if two else len(asked)
    room = _LINES - len(lines(question, _OPTION_EM))
    most, em = max(1, room // height), _OPTION_EM if two else 2 * _OPTION_EM
    items = (
        tag("li", text("b", f"{place}"), text("span", _cut(s.text, em, most)), data_key=s.id)
        for place, s in enumerate(asked, start=1)
    )
    kind = "options two" if two else "options"
    return tag("ol", *items, class_=kind, style=f"--rows:{height}")


def _cut(words: str, em: float, most: int) -> str:
    """At most so many lines of that width."""
    found = lines(words, em)
    return words if len(found) <= most else " ".join(found[:most]).rstrip(" ,;:–-") + "…"


def whole(
    agenda: Agenda,
    level: WholeLevel,
    previous: WholeResult | None,
    page: tuple[Sequence[OptionResult], int, int],
    chart: Chart,
    t: Translator,
) -> str:
    """The words beside the bars of a choice, a ranking or points.

    `page` are the options shown, the number of their page, and how many pages there are.
    """
    result, (shown, number, pages) = level.result, page
    cluster = agenda.cluster(result.question.cluster_id)
    lead = lead_sentence(level, t, limit=_NAMES // max(1, len(level.leaders)))
    body = rows(
        [_option(level, o, previous, t) for o in shown],
        [option_weight(o) for o in shown],
        SMALLEST_OPTIONS,
    )
    return view(
        _by_length("whole", chart.title),
        head(
            kicker(
                cluster,
                t,
                # What was backed first was collected before, and nobody knew of any support.
                *_round_words(result.round.number, t, informed=previous is not None),
                _answers(result, t),
            ),
            chart.title,
            lead,
        ),
        hidden(chart.sentence),
        body,
        tag("footer", _whole_signs(level, previous, t), page_words(number, pages, t)),
        key=f"{result.question.id}-{number}",
        style=accent_style(cluster) if cluster else "",
    )


def _by_length(name: str, title: str) -> str:
    """The classes of a view: a question that takes more than a line has a taller head."""
    return f"{name} tall" if width_of(title) > _TITLE_EM else name


def _answers(result: WholeResult, t: Translator) -> str:
    """How many answered; of so few that nothing is shown, not who abstained either."""
    if result.few:
        return t.n("{n} answer", "{n} answers", result.n)
    return whole_answers(result, t)


def _round_words(number: int, t: Translator, *, informed: bool = True) -> tuple[str, str]:
    known = t("knowing the result of the round before") if informed and number > 1 else ""
    return t("Round {number}", number=number), known


def _option(
    level: WholeLevel, option: OptionResult, previous: WholeResult | None, t: Translator
) -> str:
    result = level.result
    place, facts = "–", ""
    if not result.few:
        place = t("{n}.", n=place_of(result, option))
        value, more = option_words(option, result.question, t)
        facts = text("strong", value) + text("span", more)
    leads = option.statement.id in {s.id for s in level.leaders}
    then = shown_before(previous).get(option.statement.id)
    moved = ""
    if previous is not None and then is not None and not result.few:
        moved = _moved(place_of(previous, then), place_of(result, option), t)
    return tag(
        "div",
        tag("div", text("b", place), moved, class_="place"),
        statement(option.statement.text),
        tag("div", class_="gap"),
        tag("p", facts, class_="facts"),
        class_="row leads" if leads else "row",
        data_key=option.statement.id,
    )


def _moved(before: int, now: int, t: Translator) -> str:
    """Where an option was in the round before, where that was another place."""
    if before == now:
        return ""
    arrow = "↑" if now < before else "↓"
    said = t("from place {n}", n=before)
    return tag("span", text("i", f"{arrow} {before}.", aria_hidden="true"), hidden_inline(said))


def hidden_inline(content: str) -> str:
    """Text inside of a line for those who don't see the picture."""
    return text("span", content, class_="unseen")


def _whole_signs(level: WholeLevel, previous: WholeResult | None, t: Translator) -> str:
    """What the bars mean, and what the round before looks like."""
    result = level.result
    if result.few:
        return ""
    before = previous.round.number if previous is not None and shown_before(previous) else None
    if result.question.kind is QuestionKind.RANK:
        signs = [
            sign("column", t("how many put it on which place")),
            sign("mean", t("mean place")),
        ]
        if before is not None:
            signs.append(sign("mean hollow", t("round {number}", number=before)))
        return tag("ul", *signs, class_="legend")
    words = {
        QuestionKind.CHOOSE: t("share of those who answered"),
        QuestionKind.ALLOCATE: t("share of all points"),
    }
    signs = [sign("swatch", words[result.question.kind])]
    if before is not None:
        signs.append(sign("thin", t("thin: round {number}", number=before)))
    return tag("ul", *signs, class_="legend")


def matrix(
    agenda: Agenda,
    asked: KeyQuestion,
    levels: Sequence[MatrixLevel],
    rounds: tuple[int, int | None],
    page: tuple[Sequence[MatrixResult], int, int],
    chart: Chart,
    t: Translator,
) -> str:
    """The statements beside the plane of a matrix, numbered as there.

    `rounds` are the numbers of the round and of the one before; `page` the statements shown, the
    number of their page, and how many pages there are.
    """
    (round_number, before), (shown, number, pages) = rounds, page
    cluster = agenda.cluster(asked.cluster_id)
    numbers = numbered([x.result for x in levels])
    by_id = {x.result.statement.id: x for x in levels}
    items = [_listed(by_id[m.statement.id], numbers[m.statement.id], t) for m in shown]
    body = (
        tag("ol", *items, class_="listed", data_fit="1")
        if items
        else text("p", t("There is no statement to show."), class_="state empty")
    )
    return view(
        _by_length("matrix", chart.title),
        head(
            kicker(cluster, t, *_round_words(round_number, t)),
            chart.title,
            _high(levels, t),
        ),
        hidden(chart.sentence),
        body,
        tag("footer", _matrix_signs(before, pages, t), page_words(number, pages, t)),
        key=f"{asked.id}-{number}",
        style=accent_style(cluster) if cluster else "",
    )


def _high(levels: Sequence[MatrixLevel], t: Translator) -> str:
    """Which statements most people put high on both axes, by their numbers; and of how many."""
    counts = [
        n
        for x in levels
        if shown_on_both(x.result)
        for n in (x.result.first.counts.n, x.result.second.counts.n)
    ]
    if not counts:
        return ""
    answers = each_answers(min(counts), max(counts), t)
    numbers = numbered([x.result for x in levels])
    high = [str(numbers[x.result.statement.id]) for x in high_on_both(levels)]
    said = (
        t("By majority high on both axes: {statements}.", statements=", ".join(high))
        if high
        else t("No statement is by majority high on both axes.")
    )
    return f"{said} {answers}"


def _listed(level: MatrixLevel, number: int, t: Translator) -> str:
    result = level.result
    if shown_on_both(result):
        names = axis_names(result.question, t)
        words = (axis_word(level.first.word, t), axis_word(level.second.word, t))
        said = " · ".join(
            t("{axis}: {word}", axis=name, word=word)
            for name, word in zip(names, words, strict=True)
        )
    else:
        none = max(result.first.counts.n, result.second.counts.n) == 0
        said = t("no answers") if none else t("Fewer than five answers")
    return tag(
        "li",
        text("b", f"{number}"),
        tag("div", text("p", result.statement.text), text("p", said, class_="n")),
        data_key=result.statement.id,
    )


def _matrix_signs(before: int | None, pages: int, t: Translator) -> str:
    signs = [
        sign("cross", t("arms: the middle half of the answers")),
        sign("dotted", t("the middle of the scale")),
    ]
    if before is not None:
        signs.append(sign("open", t("round {number}", number=before)))
    if pages > 1:
        signs.append(sign("elsewhere", t("on another page")))
    return tag("ul", *signs, class_="legend")


def cloud(
    agenda: Agenda,
    asked: KeyQuestion,
    total: int,
    page: tuple[int, int],
    chart: Chart,
    t: Translator,
) -> str:
    """The head of a cloud of words; `total` are all words, `page` its number and how many."""
    number, pages = page
    cluster = agenda.cluster(asked.cluster_id)
    count = t.n("{n} word", "{n} different words", total)
    body = "" if total else text("p", t("No word was sent."), class_="state empty")
    return view(
        "cloud",
        head(kicker(cluster, t, count if total else ""), chart.title),
        hidden(chart.sentence),
        body,
        tag(
            "footer",
            text("p", t("The larger, the more people sent it.")) if total else "",
            page_words(number, pages, t),
        ),
        key=f"{asked.id}-{number}",
        style=accent_style(cluster) if cluster else "",
    )
