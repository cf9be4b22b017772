"""What the console does, from a terminal: workshops, statements, rounds, results, files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from workshop.agenda import running_order
from workshop.commands.wiring import CommandError, Said, Wiring
from workshop.errors import NotFound
from workshop.export.analysis_json import backings_of, bounds_of, cluster_parts, groups_of
from workshop.export.kinds_json import clouds_of
from workshop.i18n import N_, Translator, pick, translator
from workshop.links import join_url, moderator_url, stage_url
from workshop.model import OPERATOR, STEPS, Agenda, Role, Scale, Strand
from workshop.service import Service

LANG = "de"
"""The language of names that were given in several."""


def create(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """A workshop, with the links to invite to it."""
    with wiring.service() as service:
        template = asked.template or _template_of(service, asked.process)
        made = service.create_workshop(
            OPERATOR, template, Strand(asked.strand), process_id=asked.process
        )
        base = wiring.settings.base_url()
        payload = {
            "process": made.process_id,
            "workshop": made.workshop_id,
            "strand": asked.strand,
            "join_code": made.join_code,
            "join_url": join_url(base, made.join_code),
            "moderator_url": moderator_url(base, _token(service, made.workshop_id)),
            "stage_url": stage_url(base, _token(service, made.workshop_id, Role.STAGE)),
        }
    return Said(payload, "\n".join(f"{key:14}{value}" for key, value in payload.items()))


def _template_of(service: Service, process_id: str) -> str:
    """The template that a process was made of."""
    for workshop in service.workshops(OPERATOR):
        if workshop.process_id == process_id:
            return service.agenda(OPERATOR, workshop.id).process.template
    raise NotFound("no-process", N_("There is no such process."))


def _token(service: Service, workshop_id: str, role: Role = Role.MODERATOR) -> str:
    return service.grant_link(OPERATOR, role, workshop_id)


def link(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """A fresh link to the console or the stage."""
    with wiring.service() as service:
        service.agenda(OPERATOR, asked.workshop)  # no link into a workshop that isn't there
        base = wiring.settings.base_url()
        if asked.stage:
            key, url = "stage_url", stage_url(base, _token(service, asked.workshop, Role.STAGE))
        else:
            key, url = "moderator_url", moderator_url(base, _token(service, asked.workshop))
    return Said({"workshop": asked.workshop, key: url}, url)


def agenda(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """The key questions in running order, with their statements and rounds."""
    with wiring.service() as service:
        found = service.agenda(OPERATOR, asked.workshop)
    return Said(_questions(found), _agenda_text(found))


def _questions(found: Agenda) -> list[dict[str, Any]]:
    return [
        {
            "question": question.id,
            "cluster": question.cluster_id,
            "cluster_name": _cluster_name(found, question.cluster_id),
            "kind": question.kind.value,
            "text": pick(question.text, LANG),
            "scale": _labels(question.scale),
            "statements": [{"id": s.id, "text": s.text} for s in found.statements_of(question.id)],
            "rounds": [
                {"round": r.id, "number": r.number, "state": r.state.value}
                for r in found.rounds_of(question.id)
            ],
            "second": _labels(question.second),
            "most": question.most,
        }
        for question in running_order(found)
    ]


def _labels(scale: Scale | None) -> list[str] | None:
    return [pick(label, LANG) for label in scale.labels] if scale else None


def _cluster_name(found: Agenda, cluster_id: str) -> str:
    cluster = found.cluster(cluster_id)
    return pick(cluster.name, LANG) if cluster else cluster_id


def _agenda_text(found: Agenda) -> str:
    lines: list[str] = []
    for entry in _questions(found):
        lines.append(f"{entry['question']}  {entry['kind']:10}{entry['cluster_name']}")
        lines.append(f"    {entry['text']}")
        rounds = ", ".join(f"round {r['number']} {r['state']}" for r in entry["rounds"])
        if entry["kind"] not in STEPS:
            lines.append(f"    {rounds or 'not opened yet'}")
        lines += [f"    {s['id']}  {s['text']}" for s in entry["statements"]]
    return "\n".join(lines)


def add_statement(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """A statement to be rated, or an option of a question that has options."""
    with wiring.service() as service:
        made = service.add_statement(OPERATOR, asked.workshop, asked.question, asked.text)
        found = service.agenda(OPERATOR, asked.workshop).statement(made)
    text = found.text if found else asked.text
    payload = {"statement": made, "id": made, "question": asked.question, "text": text}
    return Said(payload, made)


def round_open(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """Open a question on every phone."""
    return _moved(
        asked,
        wiring,
        lambda s: s.open_round(OPERATOR, asked.workshop, asked.question, asked.statement),
    )


def round_close(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """Take no more answers."""
    return _moved(asked, wiring, lambda s: s.close_round(OPERATOR, asked.workshop, asked.question))


def round_reveal(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """Show the result."""
    return _moved(asked, wiring, lambda s: s.reveal_round(OPERATOR, asked.workshop, asked.question))


def _moved(asked: argparse.Namespace, wiring: Wiring, move: Callable[[Service], Agenda]) -> Said:
    with wiring.service() as service:
        latest = move(service).latest_round(asked.question)
    if latest is None:
        raise CommandError("The round is gone: somebody took it back in the same moment.")
    payload = {
        "workshop": asked.workshop,
        "question": asked.question,
        "round": latest.id,
        "number": latest.number,
        "state": latest.state.value,
        "statements": list(latest.statement_ids),
    }
    return Said(payload, f"Round {latest.number} is {latest.state.value}.")


def results(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """The results of all revealed rounds, and what may be said of them."""
    t = translator(asked.lang)
    with wiring.service() as service:
        record = service.record(OPERATOR, asked.workshop)
        clusters = [
            {
                "cluster": c.cluster.id,
                "cluster_name": pick(c.cluster.name, t.lang),
                **cluster_parts(c, record.agenda, t),
                "words": clouds_of(record, c.cluster.id, t),
            }
            for c in record.analysis.clusters
        ]
        if asked.bounds:
            _add_bounds(service, asked.workshop, clusters, t)
    payload = {
        "workshop": asked.workshop,
        "version": record.results.version,
        "process": record.agenda.process.id,
        "strand": record.agenda.workshop.strand.value,
        "clusters": clusters,
        "groups": groups_of(record.analysis.groups, t),
        "backings": backings_of(record.analysis, record.agenda, t),
    }
    return Said(payload, _results_text(payload))


def _add_bounds(
    service: Service, workshop_id: str, clusters: list[dict[str, Any]], t: Translator
) -> None:
    """To every change, what those who did not vote again could make of it."""
    for cluster in clusters:
        for change in cluster["changes"]:
            found = service.bounds(
                OPERATOR, workshop_id, cluster["cluster"], change["first"], change["second"]
            )
            change["bounds"] = bounds_of(found, t)


def _results_text(payload: dict[str, Any]) -> str:
    lines: list[str] = []
    for cluster in payload["clusters"]:
        lines.append(cluster["cluster_name"])
        for round_ in cluster["rounds"]:
            lines += _round_text(round_)
        for change in cluster["changes"]:
            lines.append(f"    {change['sentence']}")
            lines += [f"        {item['text']}: {item['sentence']}" for item in change["items"]]
            if "bounds" in change:
                lines.append(f"    {change['bounds']['sentence']}")
        if cluster["comparison"]:
            lines += [f"    {level['sentence']}" for level in cluster["strands"].values()]
            lines.append(f"    {cluster['comparison']['sentence']}")
            compared = cluster["comparison"]["statements"]
            lines += [f"        {item['text']}: {item['sentence']}" for item in compared]
        for asked in cluster["words"]:
            lines += _told(asked)
        for backing in payload["backings"]:
            if backing["cluster"] == cluster["cluster"]:
                lines += _told(backing)
    return "\n".join([*lines, payload["groups"]["sentence"]])


def _round_text(round_: dict[str, Any]) -> list[str]:
    index = "too few" if round_["index"] is None else f"{round_['index']:.0f}"
    chance = "–" if round_["baseline"] is None else f"{round_['baseline']:.0f}"
    lines = [
        f"    round {round_['number']}: n = {round_['n']}, convergence {index} (chance {chance})",
        f"    {round_['sentence']}",
    ]
    for item in round_["items"]:
        lines.append(f"        {item['counts']}  {item['abstained']} no answer  {item['text']}")
        lines.append(f"            {item['sentence']}")
    for statement in round_["matrices"]:
        lines.append(f"        {statement['text']}")
        for axis in (statement["first"], statement["second"]):
            lines.append(f"            {axis['title']}: {axis['sentence']}")
    for question in round_["wholes"]:
        lines += _told(question)
    return lines


def _told(found: dict[str, Any]) -> list[str]:
    """What is said of a question, below its text."""
    return [f"        {found['text']}", f"            {found['sentence']}"]


def export(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """Everything, as a file."""
    # The spreadsheet library takes a while to load; no other command needs it.
    from workshop.export import write

    with wiring.service() as service:
        record = service.record(OPERATOR, asked.workshop)
    content = write(record, asked.format, asked.lang)
    out: Path = asked.out
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{out} can't be written: {error.strerror}.") from None
    payload = {
        "workshop": asked.workshop,
        "format": asked.format,
        "file": str(out),
        "bytes": len(content),
    }
    return Said(payload, f"{out}: {len(content):,} bytes")
