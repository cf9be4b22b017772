"""JSON: everything that may leave the workshop, for machines; `docs/export.md` is its schema.

`cluster`, `question` and `statement` are the same strings as in the command line's JSON, and
`clusters` has the shape of its `results`. Numbers have all their digits, what people wrote for
the workshop has all its languages, and sentences are in the one that was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from workshop.analysis import ClusterAnalysis
from workshop.export import moderation, proxies, words
from workshop.export.analysis_json import backings_of, cluster_parts, groups_of
from workshop.export.kinds_json import clouds_of
from workshop.i18n import Translator, translator
from workshop.model import KeyQuestion, Round, Scale, Statement
from workshop.service.reading import Record

SCHEMA: Final = "einklang/1"
"""Keys may be added under the same number; one that changes or goes makes the next number."""

Object = dict[str, Any]


def write(record: Record, lang: str) -> bytes:
    """The document, UTF-8; `lang` is that of its sentences."""
    found = document(record, translator(lang))
    text = json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def document(record: Record, t: Translator) -> Object:
    """The same as plain values."""
    agenda, workshop = record.agenda, record.agenda.workshop
    return {
        "schema": SCHEMA,
        "process": {
            "process": agenda.process.id,
            "title": dict(agenda.process.title),
            "guiding_idea": dict(agenda.process.guiding_idea),
            "template": agenda.process.template,
        },
        "workshop": {
            "workshop": workshop.id,
            "title": dict(workshop.title),
            "strand": workshop.strand.value,
            "held_at": _moment(words.day_of(record.agenda)),
            "invited": workshop.invited,
            "joined": len(record.participants),
            "proxies": proxies.people(record),
            "answers_by_proxy": proxies.answers(record),
            "ended": workshop.ended,
            "rehearsal": workshop.rehearsal,
            "version": record.results.version,
        },
        "groups": [
            {"group": g.key, "n": g.n, "members": list(g.members)} for g in record.segments.groups
        ],
        "questions": [_question(record, question) for question in _questions(record)],
        "statements": [_statement(s) for s in _asked(record)],
        "clusters": [_cluster(cluster, record, t) for cluster in record.analysis.clusters],
        "contributions": [_contribution(record, c) for c in words.contributions(record)],
        "answers": _answers(record),
        "lang": t.lang,
        "opinion_groups": groups_of(record.analysis.groups, t),
        "by_group": {"levels": list(_levels(record)), "sides": list(_sides(record))},
        "notes": [
            {"question": question.id, "text": record.notes[question.id]}
            for question in _questions(record)
            if question.id in record.notes
        ],
        "themes": moderation.themes(record),
        "log": moderation.log(record),
        "backings": backings_of(record.analysis, record.agenda, t),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def _questions(record: Record) -> list[KeyQuestion]:
    places = {c.id: c.position for c in record.agenda.clusters}
    return sorted(
        record.agenda.questions, key=lambda q: (places.get(q.cluster_id, 0), q.position, q.id)
    )


def _question(record: Record, question: KeyQuestion) -> Object:
    return {
        "question": question.id,
        "cluster": question.cluster_id,
        "kind": question.kind.value,
        "text": dict(question.text),
        "scale": _scale(question.scale),
        "rounds": [
            _round(record, r) for r in words.revealed(record.agenda) if r.question_id == question.id
        ],
        "second": _scale(question.second),
        "most": question.most,
        "origin": question.origin_id,
    }


def _scale(scale: Scale | None) -> Object | None:
    if scale is None:
        return None
    return {"name": scale.name, "labels": [dict(label) for label in scale.labels]}


def _round(record: Record, round_: Round) -> Object:
    return {
        "round": round_.id,
        "number": round_.number,
        "state": round_.state.value,
        "opened_at": _moment(round_.opened_at),
        "closed_at": _moment(round_.closed_at),
        "statements": [s.id for s in words.asked(record.agenda, round_)],
    }


def _asked(record: Record) -> list[Statement]:
    """Every statement that a revealed round asked, once, in the order of asking."""
    rounds = words.revealed(record.agenda)
    found = {s.id: s for round_ in rounds for s in words.asked(record.agenda, round_)}
    return list(found.values())


def _statement(statement: Statement) -> Object:
    return {
        "statement": statement.id,
        "question": statement.question_id,
        "text": statement.text,
        "original_text": statement.original_text,
        "strand": statement.strand.value,
        "workshop": statement.workshop_id,
        "source": statement.source_id,
    }


def _cluster(found: ClusterAnalysis, record: Record, t: Translator) -> Object:
    cluster = found.cluster
    return {
        "cluster": cluster.id,
        "name": dict(cluster.name),
        "accent": cluster.accent,
        "mark": cluster.mark,
        "cross_cutting": cluster.cross_cutting,
        **cluster_parts(found, record.agenda, t),
        "words": clouds_of(record, cluster.id, t),
    }


def _contribution(record: Record, contribution: Statement) -> Object:
    round_ = record.agenda.round(contribution.round_id)
    became = words.made_of(record.agenda, contribution)
    adopted = words.adopted_as(record.agenda, contribution)
    return {
        "contribution": contribution.id,
        "question": contribution.question_id,
        "round": round_.number if round_ else None,
        "aspect": contribution.aspect.value if contribution.aspect else None,
        "text": contribution.text,
        "original_text": contribution.original_text,
        "strand": contribution.strand.value,
        "revealed": words.was_revealed(record.agenda, contribution),
        "hidden": contribution.hidden,
        "statement": became.id if became else None,
        **moderation.keys(contribution),
        "adopted_as": adopted.id if adopted else None,
    }


def _answers(record: Record) -> list[Object]:
    """By question, round, statement and participant; no group, no time, no id of a person."""
    people, entered = {p.id: p for p in record.participants}, proxies.entered(record)
    place = {
        (round_.id, statement.id): (round_, position)
        for position, (round_, statement) in enumerate(
            (r, s) for r in words.revealed(record.agenda) for s in words.asked(record.agenda, r)
        )
    }
    rows: list[tuple[int, int, Object]] = []
    for answer in record.answers:
        who = people.get(answer.participant_id)
        found = place.get((answer.round_id, answer.statement_id))
        if who is None or found is None:
            continue
        round_, position = found
        value: Object = {
            "participant": words.pseudonym(who),
            "question": round_.question_id,
            "round": round_.number,
            "statement": answer.statement_id,
            "value": answer.value,
            "abstained": words.abstained(answer),
            "second": answer.second,
            "proxy": entered[who.id],
        }
        rows.append((position, who.number, value))
    return [row for _, _, row in sorted(rows, key=lambda r: r[:2])]


def _levels(record: Record) -> Iterator[Object]:
    """The convergence of each group, as coarsely as it may be told."""
    for (cluster_id, number), found in record.segments.levels.items():
        for level in found:
            yield {
                "cluster": cluster_id,
                "round": number,
                "group": level.group.key,
                "index": level.index,
                "low": level.low,
                "high": level.high,
                "baseline": level.baseline,
                "verdict": level.word.value,
            }


def _sides(record: Record) -> Iterator[Object]:
    """Where each group stands on a statement, as coarsely as it may be told."""
    for round_ in words.revealed(record.agenda):
        for statement in record.agenda.asked(round_):
            for standing in record.segments.of(round_.id, statement.id):
                least = standing.least
                yield {
                    "statement": statement.id,
                    "round": round_.number,
                    "group": standing.group.key,
                    "majority": standing.majority.value if standing.majority else None,
                    "least": {side.value: n for side, n in least.items()} if least else None,
                }
