"""What a story happens in: a server that may be killed, its database, a simulated room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Server, free_port, running

TEMPLATE = "smart-kassel-council"


class House:
    """A server process on its own SQLite file and port, killed and started again at will."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.file = folder / "einklang.db"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "PUBLIC_URL": self.base,
            "DATABASE_URL": self.url,
            **settings,
        }
        self._stack = ExitStack()
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.file}"

    def start(self) -> None:
        """Serve, and return once the server answers."""
        command = [sys.executable, "app.py", "serve"]
        self._server = self._stack.enter_context(
            running(command, self.port, "/j", ROOT, self._environment)
        )

    def kill(self) -> None:
        """SIGKILL: no farewell, nothing flushed."""
        assert self._server is not None
        self._server.process.kill()
        self.stop()

    def stop(self) -> None:
        """End the server, if there is one."""
        self._stack.close()
        self._server = None

    def command(self, *arguments: str) -> Any:
        """What `python app.py … --json` prints on this database, whether or not it is served."""
        done = subprocess.run(
            [sys.executable, "app.py", *arguments, "--json"],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def create(self) -> Made:
        """A workshop of the template, as the terminal makes it, with what one needs to know."""
        made = self.command("create", "--template", TEMPLATE)
        agenda = self.command("agenda", "--workshop", made["workshop"])
        return Made(**{k: made[k] for k in Made.LINKS}, agenda=agenda)


@dataclass(frozen=True)
class Made:
    """What `create` and `agenda` printed."""

    LINKS = ("workshop", "join_code", "join_url", "moderator_url", "stage_url")

    workshop: str
    join_code: str
    join_url: str
    moderator_url: str
    stage_url: str
    agenda: list[dict[str, Any]] = field(repr=False)

    def question(self, cluster: int, kind: str) -> dict[str, Any]:
        """The question of a kind in the cluster at that place."""
        clusters = list(dict.fromkeys(q["cluster"] for q in self.agenda))
        return next(
            q for q in self.agenda if q["cluster"] == clusters[cluster] and q["kind"] == kind
        )


@contextmanager
def house(folder: Path, **settings: str) -> Iterator[House]:
    """A running house, ended with the block."""
    found = House(folder, **settings)
    try:
        found.start()
        yield found
    finally:
        found.stop()


@dataclass
class Crowd:
    """Simulated people; `report` is what their command printed at the end."""

    process: subprocess.Popen[str]

    def report(self) -> dict[str, Any]:
        """Wait until they have gone home: the workshop has ended."""
        said, problems = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, problems
        found: dict[str, Any] = json.loads(said)
        return found


@contextmanager
def crowd(join_url: str, phones: int, *, seed: int = 7) -> Iterator[Crowd]:
    """`python app.py simulate`, from here to the end of the workshop or of the block."""
    # Whole command lines, no pauses: how the people of a seed think doesn't hang on the pace.
    options = ["--phones", str(phones), "--seed", str(seed), "--pace", "0", "--json"]
    process = subprocess.Popen(
        [sys.executable, "app.py", "simulate", "--join", join_url, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Crowd(process)
    finally:
        process.terminate()
        process.communicate()
