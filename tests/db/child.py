"""Another process on the same database, as a server or a command is one.

`python -m tests.db.child write URL WORKSHOP ROUND STATEMENT` joins and answers for ever and prints
each answer's participant only once it was acknowledged; `… open URL WORKSHOP QUESTION` opens a
round.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tests.rooms import make_service
from workshop.model import OPERATOR


def write(url: str, workshop_id: str, round_id: str, statement_id: str) -> None:
    """Print the ids of the people whose join and answer are on disk."""
    with make_service(url) as running:
        service = running.service
        while True:
            joining = [service.join(workshop_id, None, "science") for _ in range(3)]
            people = [future.result() for future in joining]
            answers = [
                (person.id, service.answer(workshop_id, token, round_id, statement_id, "3"))
                for token, person in people
            ]
            for person_id, future in answers:
                future.result()
                os.write(1, f"{person_id}\n".encode())


def open_round(url: str, workshop_id: str, question_id: str) -> None:
    """What the command line does."""
    with make_service(url) as running:
        sys.stdin.readline()
        running.service.open_round(OPERATOR, workshop_id, question_id)


COMMANDS: dict[str, Callable[..., None]] = {"write": write, "open": open_round}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
