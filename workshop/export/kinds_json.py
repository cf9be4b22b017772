"""What was chosen, ranked, allocated, judged on two axes and sent as words, as JSON.

Beside the rated statements of a round, under keys of their own. Below five answers there is a
number of answers, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workshop.analysis import Analysis, ItemLevel, MatrixLevel, WholeLevel
from workshop.export.matrix_tables import axes
from workshop.export.word_tables import clouds
from workshop.i18n import Translator, pick
from workshop.model import QuestionKind, Scale
from workshop.sentences import cloud_sentence, item_sentence, whole_sentence
from workshop.service.reading import Record
from workshop.templates import axis_title
from workshop.whole import OptionResult

Object = dict[str, Any]


def backings(found: Analysis) -> Iterator[WholeLevel]:
    """The rounds in which contributions were backed, those by id: see `words.contributions`."""
    for whole in found.backings:
        options = tuple(sorted(whole.result.options, key=lambda o: o.statement.id))
        yield replace(whole, result=replace(whole.result, options=options))


def whole_parts(found: WholeLevel, t: Translator, *, invited: int | None) -> Object:
    """A question whose options are answered together, in one round."""
    result = found.result
    enough = not result.few
    kendall = result.kendall if enough else None
    return {
        "question": result.question.id,
        "text": pick(result.question.text, t.lang),
        "kind": result.question.kind.value,
        "most": result.question.most,
        "round": result.round.id,
        "n": result.n,
        "abstained": result.abstained,
        "consensus": result.consensus if enough else None,
        "low": found.low,
        "high": found.high,
        "chance": result.chance if enough else None,
        "W": kendall.W if kendall else None,
        "chi2": kendall.chi2 if kendall else None,
        "p": kendall.p if kendall else None,
        "leaders": [s.id for s in found.leaders],
        "holds": found.holds,
        "in_index": result.in_index,
        "options": [_option(found, o) for o in result.options],
        "sentence": whole_sentence(found, result.round.number, t, invited=invited),
    }


def _option(found: WholeLevel, option: OptionResult) -> Object:
    enough = not option.few
    kind = found.result.question.kind
    return {
        "statement": option.statement.id,
        "text": option.statement.text,
        "chosen": option.chosen if enough else None,
        "points": option.points if enough and kind is QuestionKind.ALLOCATE else None,
        "places": list(option.places) if enough and kind is QuestionKind.RANK else None,
        "mean": option.mean if enough else None,
    }


def clouds_of(record: Record, cluster_id: str, t: Translator) -> list[Object]:
    """The words that were sent in a cluster, by question and round."""
    return [
        {
            "question": cloud.question.id,
            "text": pick(cloud.question.text, t.lang),
            "round": cloud.round.id,
            "number": cloud.round.number,
            "words": [{"text": word.text, "times": word.times} for word in cloud.words],
            "sentence": cloud_sentence([(word.text, word.times) for word in cloud.words], t),
        }
        for cloud in clouds(record)
        if cloud.question.cluster_id == cluster_id
    ]


def matrix_parts(found: MatrixLevel, t: Translator, *, invited: int | None) -> Object:
    """A statement that is judged on two axes, in one round."""
    result = found.result
    first, second = (
        _axis(scale, item, t, invited=invited)
        for scale, item in zip(axes(result.question), (found.first, found.second), strict=True)
    )
    return {
        "statement": result.statement.id,
        "question": result.question.id,
        "text": result.statement.text,
        "in_index": result.in_index,
        "first": first,
        "second": second,
    }


def _axis(scale: Scale, found: ItemLevel, t: Translator, *, invited: int | None) -> Object:
    result = found.result
    enough = not result.counts.few
    measures = {
        "consensus": result.consensus,
        "median": result.median,
        "leik": result.leik,
        "agreement": result.agreement,
        "l_squared": result.l_squared,
    }
    return {
        "title": pick(axis_title(scale), t.lang),
        "counts": list(result.counts.steps) if enough else None,
        "abstained": result.counts.abstained,
        "n": result.counts.n,
        **(measures if enough else dict.fromkeys(measures)),
        "low": found.low,
        "high": found.high,
        "chance": found.chance,
        "verdict": found.word.value if found.word else None,
        "direction": found.direction.value,
        "sentence": item_sentence(found, scale, t, invited=invited, axis=True),
    }
