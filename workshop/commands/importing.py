"""What was answered elsewhere, from a terminal."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, TextIO

from workshop.commands.wiring import Said, Wiring
from workshop.model import OPERATOR, Strand
from workshop.polis import read_export
from workshop.service.importing import Imported


def import_polis(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """A Polis export, as one more workshop of a process."""
    started = time.perf_counter()
    export = read_export(asked.folder)  # before a database is opened, or made, for nothing
    with wiring.service() as service:
        done = service.import_polis(
            OPERATOR, export, asked.process, asked.cluster, Strand(asked.strand), asked.title
        )
    seconds = time.perf_counter() - started
    if done.again is not None:
        sys.stderr.write(
            f"Workshop {done.again} holds the very same votes: these people count twice now.\n"
        )
    return Said(_payload(done, seconds), _text(done, seconds))


def _payload(done: Imported, seconds: float) -> dict[str, Any]:
    return {
        "process": done.process_id,
        "workshop": done.workshop_id,
        "cluster": done.cluster_id,
        "strand": done.strand.value,
        "question": done.question_id,
        "round": done.round_id,
        "people": done.people,
        "statements": len(done.statements),
        "votes": done.votes,
        "left_out": {
            "moderated": done.left_out.moderated,
            "empty": done.left_out.empty,
            "repeated": done.left_out.repeated,
            "votes": done.left_out.votes,
            "people": done.left_out.people,
        },
        "shortened": done.shortened,
        "groups": {str(group): people for group, people in done.groups.items()},
        "ids": {str(key): statement for key, statement in done.statements.items()},
        "again": done.again,
        "seconds": seconds,
    }


def _text(done: Imported, seconds: float) -> str:
    left = done.left_out
    groups = ", ".join(f"{people:,} in group {group}" for group, people in done.groups.items())
    return "\n".join(
        (
            f"workshop      {done.workshop_id}",
            f"question      {done.question_id}",
            f"{done.people:,} people gave {done.votes:,} votes on {len(done.statements):,} "
            f"statements; {groups or 'no opinion groups'}.",
            f"Left out: {left.moderated:,} moderated out, {left.empty:,} empty, "
            f"{left.repeated:,} repeated, with {left.votes:,} votes; people without any other "
            f"vote: {left.people:,}. Shortened: {done.shortened:,}.",
            f"Imported in {seconds:.1f} s.",
        )
    )
