"""The baseline's server."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import Server, free_port, running


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
        with running(command, port, "/_stcore/health", Path(folder), environment) as server:
            yield server
