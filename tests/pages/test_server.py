"""The real thing: `streamlit run app.py` as a process, on a port, asked to end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from workshop.settings import ROOT

STREAMLIT = [sys.executable, "-m", "streamlit", "run", "app.py"]
SERVE = [sys.executable, "app.py", "serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **variables: str) -> dict[str, str]:
    cleared = ("PUBLIC_URL", "PORT", "MODERATOR_PASSPHRASE")
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in cleared and not name.startswith("STREAMLIT_")
    }
    return {**inherited, "DATABASE_URL": f"sqlite:///{folder / 'e.db'}", **variables}


@contextmanager
def server(command: list[str], folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(folder, PORT=str(port)), stdout=log, stderr=log
    )
    try:
        wait_until_ready(process, port, folder)
        yield process
    finally:
        process.kill()
        process.wait()
        log.close()


def wait_until_ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, (folder / "log").read_text()
        try:
            if httpx.get(f"http://localhost:{port}/_stcore/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            # Nothing listens yet; a refused connection costs a little, so don't ask too often.
            process_ended(process, 0.1)
    raise AssertionError("The server never became ready")


def process_ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def create_workshop(folder: Path) -> str:
    """A workshop on the database of the running server, made by another process."""
    code = (
        "from app import Wiring, settings_or_exit\n"
        "from workshop.model import OPERATOR\n"
        "with Wiring(settings_or_exit()).service() as service:\n"
        "    print(service.create_workshop(OPERATOR, 'smart-kassel-council').workshop_id)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize("command", [STREAMLIT, SERVE], ids=["streamlit run", "serve"])
def test_serves_on_port_and_ends_within_three_seconds_with_open_streams(
    command: list[str], tmp_path: Path
) -> None:
    port = free_port()
    with server(command, tmp_path, port) as process:
        base = f"http://localhost:{port}"
        assert '<html lang="de"' in httpx.get(f"{base}/stage").text
        assert httpx.get(f"{base}/_stcore/metrics").status_code == 404
        workshop = create_workshop(tmp_path)
        with httpx.stream("GET", f"{base}/live/{workshop}", timeout=10) as stream:
            lines = stream.iter_lines()
            assert next(lines) == "retry: 1000"
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert all(not line or line.startswith(("id:", "data:", ":")) for line in lines)
            assert process_ended(process, 10), "The process is still there"
        assert time.monotonic() - began <= 3
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert f":{port}" in log
    assert not re.search(r"127\.0\.0\.1|::1", log)


def run_to_its_end(command: list[str], folder: Path, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [STREAMLIT, SERVE], ids=["streamlit run", "serve"])
def test_a_busy_port_is_an_error_in_words(command: list[str], tmp_path: Path) -> None:
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = run_to_its_end(command, tmp_path, PORT=str(port))
    assert code == 1
    assert f"Port {port} is taken" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", [STREAMLIT, SERVE], ids=["streamlit run", "serve"])
@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "many"), ("DATABASE_URL", "mysql://x/y"), ("MODERATOR_PASSPHRASE", "short")],
)
def test_a_wrong_setting_is_one_sentence_and_ends_with_2(
    command: list[str], tmp_path: Path, variable: str, value: str
) -> None:
    code, said = run_to_its_end(command, tmp_path, **{variable: value})
    assert code == 2
    assert said.startswith(variable)
    assert said.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, said = run_to_its_end(
        STREAMLIT,
        tmp_path,
        PORT=str(free_port()),
        DATABASE_URL=f"sqlite:///{tmp_path / 'file' / 'e.db'}",
    )
    assert code == 1
    assert "can't be opened" in said
    assert "Traceback" not in said
