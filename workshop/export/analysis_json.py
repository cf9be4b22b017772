"""What results are worth, as JSON: the same keys in the file and on the command line.

`docs/export.md` lists them. Numbers have all their digits, None where nothing may be shown.
`verdict` and `direction` are the codes of `workshop.verdicts`; `sentence` is in the asked language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workshop.analysis import (
    Analysis,
    Bounds,
    Change,
    ClusterAnalysis,
    ClusterComparison,
    ComparedItem,
    Groups,
    ItemChange,
    ItemLevel,
    Level,
    RepresentativeOf,
    RoundAnalysis,
)
from workshop.convergence import MIN_SHOWN
from workshop.export.kinds_json import backings, matrix_parts, whole_parts
from workshop.i18n import Translator, pick
from workshop.model import Agenda, Strand
from workshop.results import ItemResult
from workshop.sentences import (
    bounds_sentence,
    change_sentence,
    cluster_comparison_sentence,
    comparison_sentence,
    groups_sentence,
    item_change_in_full,
    item_sentence,
    level_sentence,
    strand_name,
)
from workshop.stability import Stability
from workshop.verdicts import direction

Object = dict[str, Any]


def cluster_parts(found: ClusterAnalysis, agenda: Agenda, t: Translator) -> Object:
    """A cluster's rounds, the changes between them, and the other strand."""
    name, invited = pick(found.cluster.name, t.lang), agenda.workshop.invited
    return {
        "rounds": [_round(name, r, agenda, t) for r in found.rounds],
        "changes": [_change(name, c, invited, t) for c in found.changes],
        "strands": _strands(found.strands, t) if found.strands else None,
        "comparison": _comparison(found.strands, t) if found.strands else None,
    }


def _round(name: str, found: RoundAnalysis, agenda: Agenda, t: Translator) -> Object:
    level, result, invited = found.level, found.result, agenda.workshop.invited
    return {
        "number": result.number,
        "n": result.n,
        "index": result.index,
        "baseline": result.baseline,
        "rounds": [r.id for r in result.rounds],
        "items": [_item(i, agenda, t) for i in found.items],
        "low": level.low,
        "high": level.high,
        "present": level.present,
        "invited": level.invited,
        "verdict": level.word.value,
        "interval": level.interval.value,
        "sentence": level_sentence(name, result.number, level, t),
        "matrices": [matrix_parts(m, t, invited=invited) for m in found.matrices],
        "wholes": [whole_parts(w, t, invited=invited) for w in found.wholes],
    }


def _item(found: ItemLevel, agenda: Agenda, t: Translator) -> Object:
    result = found.result
    question = agenda.question(result.statement.question_id)
    scale, invited = question.scale if question else None, agenda.workshop.invited
    return {
        "statement": result.statement.id,
        "question": result.statement.question_id,
        "text": result.statement.text,
        "counts": list(result.counts.steps),
        "abstained": result.counts.abstained,
        "n": result.counts.n,
        "consensus": result.consensus,
        "median": result.median,
        "leik": result.leik,
        "agreement": result.agreement,
        "l_squared": result.l_squared,
        "in_index": result.in_index,
        "low": found.low,
        "high": found.high,
        "chance": found.chance,
        "verdict": found.word.value if found.word else None,
        "direction": found.direction.value,
        "sentence": item_sentence(found, scale, t, invited=invited) if scale else "",
    }


def _change(name: str, found: Change, invited: int | None, t: Translator) -> Object:
    return {
        "first": found.first,
        "second": found.second,
        "change": found.change,
        "low": found.low,
        "high": found.high,
        "matched": found.matched,
        "whole": found.whole,
        "asked_again": found.asked_again,
        "asked": found.asked,
        "verdict": found.word.value,
        "sentence": change_sentence(name, found, t, invited=invited),
        "items": [_item_change(i, invited, t) for i in found.items],
    }


def _item_change(found: ItemChange, invited: int | None, t: Translator) -> Object:
    return {
        "statement": found.statement.id,
        "text": found.statement.text,
        "change": found.change,
        "low": found.low,
        "high": found.high,
        "matched": found.matched,
        "verdict": found.word.value,
        **_moves(found.stability),
        "sentence": item_change_in_full(found, t, invited=invited),
    }


def _moves(found: Stability | None) -> Object:
    """Who moved; every key is there, and empty where nothing may be shown."""
    if found is None:
        names = ("unchanged", "up", "down", "mean_move", "kappa", "wilcoxon", "flows")
        return dict.fromkeys(names)
    test = found.test
    return {
        "unchanged": found.unchanged,
        "up": found.up,
        "down": found.down,
        "mean_move": found.mean_move,
        "kappa": found.kappa,
        "wilcoxon": {"statistic": test.statistic, "p": test.p, "moved": test.moved}
        if test
        else None,
        "flows": [list(row) for row in found.flows],
    }


def bounds_of(found: Bounds, t: Translator) -> Object:
    """What those who did not vote again could make of a change."""
    missing = found.missing
    return {
        "carried": missing.carried if missing else None,
        "worst": missing.worst if missing else None,
        "best": missing.best if missing else None,
        "people": missing.people if missing else None,
        "sentence": bounds_sentence(found, t),
    }


def backings_of(found: Analysis, agenda: Agenda, t: Translator) -> list[Object]:
    """The rounds in which people backed what others had written; no part of any index."""
    return [
        {
            "cluster": whole.result.question.cluster_id,
            "number": whole.result.round.number,
            **whole_parts(whole, t, invited=agenda.workshop.invited),
        }
        for whole in backings(found)
    ]


# Both strands


def _strands(found: ClusterComparison, t: Translator) -> Object:
    return {
        strand.value: _level(strand_name(strand, t), found.level(strand), t) for strand in Strand
    }


def _level(name: str, level: Level, t: Translator) -> Object:
    return {
        "index": level.index,
        "low": level.low,
        "high": level.high,
        "baseline": level.baseline,
        "n": level.n,
        "present": level.present,
        "invited": level.invited,
        "verdict": level.word.value,
        "interval": level.interval.value,
        "sentence": level_sentence(name, None, level, t),
    }


def _comparison(found: ClusterComparison, t: Translator) -> Object:
    return {
        "naehe": found.naehe,
        "distance": found.distance,
        "floor": found.floor,
        "p": found.p,
        "sentence": cluster_comparison_sentence(found, t),
        "statements": [_compared(i, t) for i in found.items],
    }


def _compared(item: ComparedItem, t: Translator) -> Object:
    found = item.comparison
    sides = {"council": item.council, "citizens": item.citizens}
    return {
        "statement": item.statement.id,
        "text": item.statement.text,
        "naehe": found.naehe if found else None,
        "emd": found.emd if found else None,
        "floor": found.floor.mean if found else None,
        "floor_high": found.floor.high if found else None,
        "p": found.p if found else None,
        "provable": found.provable if found else None,
        "cliffs_delta": found.cliffs_delta if found else None,
        "verdict": found.verdict.value if found and found.verdict else None,
        **{f"n_{name}": result.counts.n for name, result in sides.items()},
        **{f"direction_{name}": _direction(result) for name, result in sides.items()},
        **{f"counts_{name}": _counts(result) for name, result in sides.items()},
        "sentence": comparison_sentence(item, t),
    }


def _direction(result: ItemResult) -> str | None:
    if result.counts.n < MIN_SHOWN:
        return None
    return direction("rate", result.counts.steps).value


def _counts(result: ItemResult) -> list[int] | None:
    """Nothing of four people of another workshop: this file's reader has not met them."""
    return list(result.counts.steps) if result.counts.n >= MIN_SHOWN else None


# Opinion groups


def groups_of(found: Groups, t: Translator) -> Object:
    """The groups; people's places on the map, and who is in which, are nobody's to export."""
    return {
        "k": found.k,
        "sizes": list(found.sizes),
        "given": found.given,
        "people": found.people,
        "statements": found.statements,
        "reason": found.reason.value if found.reason else None,
        "consensus": [
            {"statement": c.statement.id, "text": c.statement.text, "gic": c.gic, "votes": c.votes}
            for c in found.consensus
        ],
        "representative": {
            str(group): _representative(telling)
            for group, telling in sorted(found.representative.items())
        },
        "sentence": groups_sentence(found, t),
    }


def _representative(found: Iterable[RepresentativeOf]) -> list[Object]:
    return [
        {
            "statement": one.statement.id,
            "text": one.statement.text,
            "agrees": one.measures.agrees,
            "successes": one.measures.successes,
            "votes": one.measures.votes,
            "share": one.measures.share,
            "share_test": one.measures.share_test,
            "ratio": one.measures.ratio,
            "ratio_test": one.measures.ratio_test,
            "score": one.measures.score,
        }
        for one in found
    ]
