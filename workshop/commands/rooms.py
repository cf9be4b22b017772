"""Simulated rooms from a terminal: phones for a running server, and the demo."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

import httpx

from workshop.commands.wiring import CommandError, Said, Wiring
from workshop.links import join_url
from workshop.rehearsal import Script, make_demo
from workshop.settings import ROOT
from workshop.simulate.replay import replay
from workshop.simulate.room import Report, play, until_asked

START: Final = 60.0
"""Seconds that a server may take until it answers."""


def simulate(asked: argparse.Namespace, wiring: Wiring, _: TextIO) -> Said:
    """Phones that take part until the workshop ends, or one real round played again."""
    if asked.polis is not None:
        return _replayed(asked, wiring)
    done = asyncio.run(_take_part(asked))
    if not done.joined and done.problems:
        raise CommandError(f"Nobody could join at {asked.join}. {' '.join(done.problems)}")
    return Said(done.as_json(), _report_text(done))


async def _take_part(asked: argparse.Namespace) -> Report:
    async with until_asked(asked.seconds) as stop:
        return await play(asked.join, asked.phones, seed=asked.seed, pace=asked.pace, stop=stop)


def _replayed(asked: argparse.Namespace, wiring: Wiring) -> Said:
    with wiring.service() as service:
        done = replay(service, asked.join, asked.polis, asked.phones, seed=asked.seed)
    payload: dict[str, Any] = {
        **done.report.as_json(),
        "workshop": done.workshop_id,
        "question": done.question_id,
        "round": done.round_id,
        "statements": dict(done.statements),
        "exact": done.exact,
    }
    text = _report_text(done.report)
    if not done.exact:
        sentence = "The counts that are kept are not those of the export."
        sys.stderr.write(" ".join((sentence, *done.report.problems)) + "\n")
    return Said(payload, text, 0 if done.exact else 1)


def _report_text(done: Report) -> str:
    milliseconds = {k: "–" if v is None else f"{v:.0f}" for k, v in done.latency_ms.items()}
    lines = [
        f"{done.joined} of {done.phones} phones joined, {done.answers} answers, "
        f"{done.contributions} contributions, {done.errors} errors, {done.seconds:.1f} s",
        "Answered in {p50} ms (median), {p95} ms (95 %), {max} ms (slowest)".format(**milliseconds),
    ]
    return "\n".join((*lines, *done.problems))


def demo(asked: argparse.Namespace, wiring: Wiring, words: TextIO) -> Said:
    """Serve, send phones, and moderate, until Ctrl-C."""
    with wiring.service() as service:
        made = make_demo(service)
        url = join_url(f"http://localhost:{wiring.settings.port}", made.join_code)

        def say(sentence: str) -> None:
            words.write(f"  {sentence}\n")
            words.flush()

        script = Script(service, made.workshop_id, asked.phones, asked.pace, say)
        with _server(quiet=asked.json) as server:
            done = asyncio.run(_demo(asked, script, url, server))
    return Said(done.as_json(), _report_text(done))


async def _demo(
    asked: argparse.Namespace, script: Script, url: str, server: subprocess.Popen[bytes]
) -> Report:
    async with until_asked() as stop:
        await _answers(url, stop, server)
        playing = asyncio.create_task(_told(script))
        try:
            return await play(url, asked.phones, seed=asked.seed, pace=asked.pace, stop=stop)
        finally:
            playing.cancel()


async def _told(script: Script) -> None:
    await script.play()
    script.say("That was the story. The room stays open: end with Ctrl-C.")


async def _answers(url: str, stop: asyncio.Event, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers.

    Raises:
        CommandError: when it ends, or doesn't answer within a minute.
    """
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(int(START / 0.2)):
            if stop.is_set():
                return
            if server.poll() is not None:
                break
            try:
                if (await client.get(url)).status_code < 500:
                    return
            except httpx.HTTPError:
                pass  # not there yet
            await asyncio.sleep(0.2)
    raise CommandError("The server did not start.")


@contextmanager
def _server(*, quiet: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A server of its own, ended with the demo; `quiet` keeps its words off stdout."""
    command = [sys.executable, str(ROOT / "app.py"), "serve"]
    process = subprocess.Popen(command, stdout=2 if quiet else None)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
