"""A server of its own for a run: started, watched, and stopped."""

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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
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
def einklang() -> Iterator[Server]:
    """Einklang as `make run` starts it, on an empty SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **os.environ,
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": f"sqlite:///{folder}/einklang.db",
        }
        command = [sys.executable, "app.py", "serve"]
        with _running(command, port, "/j", ROOT, environment) as server:
            yield server


@contextmanager
def obvious(*flags: str) -> Iterator[Server]:
    """The obvious Streamlit app, with Streamlit's default settings but for these flags."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "OBVIOUS_DATABASE": f"{folder}/obvious.db"}
        script = str(Path(__file__).with_name("obvious_app.py"))
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        command += ["--server.headless", "true", "--browser.gatherUsageStats", "false", *flags]
        # A folder of its own, so that Einklang's settings don't reach it.
        with _running(command, port, "/_stcore/health", Path(folder), environment) as server:
            yield server


@contextmanager
def _running(
    command: list[str], port: int, path: str, folder: Path, environment: dict[str, str]
) -> Iterator[Server]:
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait_for(base + path, process)
        yield Server(base, psutil.Process(process.pid), environment)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stderr is not None:
            process.stderr.close()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise SystemExit(f"The server ended at once: {said.strip()}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            process_is_starting = 0.1
            time.sleep(process_is_starting)
    raise SystemExit(f"The server did not answer within {START_WITHIN:.0f} s.")
