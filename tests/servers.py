"""A server of its own for a test or a load run: started, watched, and stopped."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
START_WITHIN = 60.0
"""Seconds until a server must answer."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server process and its database."""

    base: str
    process: psutil.Process
    environment: dict[str, str]
    _cpu_at: float = 0.0
    _wall_at: float = 0.0

    def begin(self) -> None:
        """From here on CPU and time count."""
        self._cpu_at, self._wall_at = self._cpu(), time.perf_counter()

    def spent(self) -> tuple[float, float]:
        """CPU and wall seconds since `begin`, children included."""
        return self._cpu() - self._cpu_at, time.perf_counter() - self._wall_at

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return sum(p.memory_info().rss for p in self._family()) / 1e6

    def command(self, *arguments: str) -> Any:
        """What `python app.py … --json` prints, on this server's database."""
        done = subprocess.run(
            [sys.executable, "app.py", *arguments, "--json"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def _cpu(self) -> float:
        return sum(sum(p.cpu_times()[:2]) for p in self._family())

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def einklang(database_url: str | None = None, **settings: str) -> Iterator[Server]:
    """Einklang as it is served, on an empty SQLite database or the one that is given."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **os.environ,
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": database_url or f"sqlite:///{folder}/einklang.db",
            **settings,
        }
        command = [sys.executable, "app.py", "serve"]
        with running(command, port, "/j", ROOT, environment) as server:
            yield server


@contextmanager
def running(
    command: list[str], port: int, path: str, folder: Path, environment: dict[str, str]
) -> Iterator[Server]:
    """Any server process: yielded once `path` answers, ended with the block."""
    base = f"http://127.0.0.1:{port}"
    # A file, not a pipe: nobody reads along, and a full pipe would stop the server.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            _wait_for(base + path, process, said)
            yield Server(base, psutil.Process(process.pid), environment)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            # Not there yet: a moment later, or at once if it has ended.
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                said.seek(0)
                reason = said.read().decode().strip()
                raise SystemExit(f"The server ended at once: {reason}") from None
    raise SystemExit(f"The server did not answer within {START_WITHIN:.0f} s.")
