"""Simulated rooms: over HTTP against a running server, and the people in them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import app
from tests.asking import TEXTS, ask
from tests.servers import ROOT, Server, einklang
from tests.workshop.polis_folder import PEOPLE, wanted_counts, write_small
from workshop import templates
from workshop.agenda import running_order
from workshop.errors import NotFound
from workshop.model import OPERATOR, QuestionKind
from workshop.service import Service
from workshop.service.preparing import Created
from workshop.settings import Settings
from workshop.simulate.people import Crowd
from workshop.simulate.replay import ReplayError, replay
from workshop.simulate.room import percentile

ENERGIE = ROOT.parent / "shared/data/polis/austria-climate.2vkxcncppn.2022-07-07"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with einklang() as running:
        yield running


@pytest.fixture(scope="module")
def office(server: Server) -> Iterator[Service]:
    """The operator on the server's database, hearing of what the server commits."""
    with app.Wiring(Settings.from_environment(server.environment)).service(watch=True) as service:
        yield service


@pytest.fixture
def workshop(office: Service) -> Created:
    return office.create_workshop(OPERATOR, "smart-kassel-council")


def join(server: Server, workshop: Created) -> str:
    return f"{server.base}/j/{workshop.join_code}"


def first(office: Service, workshop: Created, kind: QuestionKind) -> str:
    """The first question of a kind."""
    order = running_order(office.agenda(OPERATOR, workshop.workshop_id))
    return next(q.id for q in order if q.kind is kind)


def until(office: Service, workshop: Created, so: Callable[[], bool]) -> None:
    """Wait for commits until it is so."""
    committed = threading.Event()
    end = office.changes.subscribe(workshop.workshop_id, lambda *_: committed.set())
    deadline = time.monotonic() + PATIENCE
    try:
        while not so():
            assert time.monotonic() < deadline, "it did not become so in time"
            committed.wait(1)
            committed.clear()
    finally:
        end()


def simulate(server: Server, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py", "simulate", "--json", *arguments],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def exports() -> list[Any]:
    """The small export that the test writes, and the real one where the data lies beside us."""
    why = f"the Klimarat export isn't beside this checkout ({ENERGIE.name}); the small one is used"
    real = pytest.mark.skipif(not ENERGIE.is_dir(), reason=why)
    return [pytest.param(None, id="small"), pytest.param(ENERGIE, id="Energie", marks=real)]


@pytest.mark.parametrize("folder", exports())
def test_a_real_round_is_played_vote_for_vote(
    server: Server, office: Service, workshop: Created, tmp_path: Path, folder: Path | None
) -> None:
    folder, people = (folder, 30) if folder else (write_small(tmp_path / "export"), PEOPLE - 1)
    rating = first(office, workshop, QuestionKind.RATE)
    other = office.add_statement(OPERATOR, workshop.workshop_id, rating, "Nicht aus dem Export")
    where = ("--join", join(server, workshop), "--phones", str(people), "--polis", str(folder))
    played = ended(simulate(server, *where))
    assert played["exact"] is True
    assert (played["joined"], played["errors"], played["refused"]) == (people, 0, 0)

    wanted = wanted_counts(folder, people)
    results = server.command("results", "--workshop", workshop.workshop_id)
    (round_,) = results["clusters"][0]["rounds"]
    counts = {i["statement"]: (i["counts"], i["abstained"]) for i in round_["items"]}
    assert counts.pop(other) == ([0] * 5, 0)
    by_polis = {str(played["statements"][key]): found for key, found in counts.items()}
    assert by_polis == {key: (votes, 0) for key, votes in wanted.items()}
    assert played["answers"] == sum(map(sum, wanted.values()))


def test_a_real_round_is_played_on_three_steps_as_well(
    server: Server, office: Service, tmp_path: Path
) -> None:
    workshop = stance_first(office)
    folder = write_small(tmp_path / "export")
    where = ("--join", join(server, workshop), "--phones", "5", "--polis", str(folder))
    played = ended(simulate(server, *where))
    assert (played["exact"], played["joined"], played["errors"]) == (True, 5, 0)
    results = server.command("results", "--workshop", workshop.workshop_id)
    counts = {
        str(played["statements"][i["statement"]]): i["counts"]
        for c in results["clusters"]
        for r in c["rounds"]
        for i in r["items"]
    }
    assert counts == {key: votes[::2] for key, votes in wanted_counts(folder, 5).items()}


def stance_first(office: Service) -> Created:
    """A workshop whose first rating question is answered by agree, neutral or disagree."""
    made = office.create_workshop(OPERATOR, "smart-kassel-council")
    first_asked = running_order(office.agenda(OPERATOR, made.workshop_id))[0]
    question = replace(
        first_asked,
        id=f"stance {made.workshop_id}",
        kind=QuestionKind.RATE,
        position=first_asked.position - 1,
        scale=templates.scales()["stance"],
    )
    office.store.write(lambda tx: (tx.add_question(question), tx.touch_process(made.process_id)))
    return made


@pytest.mark.parametrize("steps", [2, 3, 5, 7, 11])
def test_people_have_an_answer_on_every_scale(steps: int) -> None:
    crowd = Crowd(1, 30)
    said = [
        crowd.answer(person, statement, steps)
        for statement in map(str, range(20))
        for _ in range(2)
        for person in range(30)
    ]
    assert {v for v in said if v is not None} == set(range(1, steps + 1))


def test_a_room_takes_part_in_what_is_opened_until_it_is_asked_to_stop(
    server: Server, office: Service, workshop: Created
) -> None:
    key = workshop.workshop_id
    collecting, rating = (
        first(office, workshop, kind) for kind in (QuestionKind.COLLECT, QuestionKind.RATE)
    )
    for text in ("Mehr Bäume", "Weniger Lärm"):
        office.add_statement(OPERATOR, key, rating, text)
    process = simulate(
        server, "--join", join(server, workshop), "--phones", "6", "--pace", "0", "--seed", "3"
    )
    try:
        office.open_round(OPERATOR, key, collecting)
        until(office, workshop, lambda: len(office.contributions(OPERATOR, key, collecting)) == 6)
        office.reveal_round(OPERATOR, key, collecting)
        for _ in range(2):
            opened = office.open_round(OPERATOR, key, rating).open_round
            assert opened is not None
            until(office, workshop, lambda asked=opened.id: answers(office, asked) == 12)
            office.reveal_round(OPERATOR, key, rating)
    finally:
        process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done["phones"], done["joined"], done["errors"]) == (6, 6, 0)
    assert (done["contributions"], done["answers"], done["refused"]) == (6, 24, 0)
    assert 0 < done["latency_ms"]["p50"] <= done["latency_ms"]["p95"] <= done["latency_ms"]["max"]
    assert done["seconds"] > 0
    said = office.contributions(OPERATOR, key, collecting)
    assert len({s.text for s in said}) == 6, "everybody has words of their own"


def test_a_room_takes_part_in_every_kind_of_question(
    server: Server, office: Service, workshop: Created
) -> None:
    key, asked = workshop.workshop_id, [k for k in TEXTS if k is not QuestionKind.WORDS]
    questions = {kind: ask(office, key, kind) for kind in TEXTS}
    where = ("--join", join(server, workshop), "--phones", "6", "--pace", "0", "--seed", "3")
    process = simulate(server, *where)
    try:
        until(office, workshop, lambda: office.room(OPERATOR, key).joined == 6)
        for kind in asked:
            question, options = questions[kind]
            for _ in range(2):
                opened = office.open_round(OPERATOR, key, question).open_round
                assert opened is not None
                wanted = 6 * len(options)
                until(office, workshop, lambda o=opened.id, n=wanted: answers(office, o) == n)
                office.reveal_round(OPERATOR, key, question)
        words = questions[QuestionKind.WORDS][0]
        office.open_round(OPERATOR, key, words)
        until(office, workshop, lambda: authors(office, key, words) == 6)
    finally:
        process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done["joined"], done["errors"], done["refused"]) == (6, 0, 0)


def authors(office: Service, workshop_id: str, question: str) -> int:
    """How many people wrote to a question."""
    return len({s.author_id for s in office.contributions(OPERATOR, workshop_id, question)})


def answers(office: Service, round_id: str) -> int:
    return len(office.store.read(lambda reader: reader.answers([round_id])))


def test_a_room_goes_home_when_the_workshop_ends(
    server: Server, office: Service, workshop: Created
) -> None:
    where = ("--join", join(server, workshop), "--phones", "3", "--pace", "0")
    process = simulate(server, *where)
    key = workshop.workshop_id
    until(office, workshop, lambda: office.room(OPERATOR, key).joined == 3)
    office.end_workshop(OPERATOR, key)
    done = ended(process)
    assert (done["joined"], done["answers"], done["errors"]) == (3, 0, 0)


def test_a_room_goes_home_after_its_time(server: Server, workshop: Created) -> None:
    where = ("--join", join(server, workshop), "--phones", "2", "--pace", "0", "--seconds", "2")
    done = ended(simulate(server, *where))
    assert done["joined"] == 2
    assert 2 <= done["seconds"] < 30


def test_a_code_that_nobody_knows_is_a_sentence_and_exit_1(server: Server) -> None:
    where = ("--join", f"{server.base}/j/10000000", "--phones", "2", "--pace", "0")
    process = simulate(server, *where)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert err.startswith("Nobody could join")


def test_a_round_is_only_played_where_it_fits(
    server: Server, office: Service, workshop: Created, tmp_path: Path
) -> None:
    folder, url = write_small(tmp_path / "export"), join(server, workshop)
    with pytest.raises(ReplayError, match="12 people, not 13"):
        replay(office, url, folder, 13, seed=1)
    with pytest.raises(NotFound, match="no workshop with this code"):
        replay(office, f"{server.base}/j/10000000", folder, 2, seed=1)
    rating = first(office, workshop, QuestionKind.RATE)
    office.add_statement(OPERATOR, workshop.workshop_id, rating, "Mehr Bäume")
    office.open_round(OPERATOR, workshop.workshop_id, rating)
    with pytest.raises(ReplayError, match="is open: reveal it first"):
        replay(office, url, folder, 2, seed=1)
    assert len(office.agenda(OPERATOR, workshop.workshop_id).statements) == 1


def test_the_same_seed_gives_the_same_people() -> None:
    def evening(seed: int, order: list[int]) -> dict[int, list[int | None]]:
        crowd = Crowd(seed, 30)
        for _ in range(2):
            for person in order:
                crowd.answer(person, "Mehr Bäume", 5)
        return crowd.answers["Mehr Bäume"]

    forward = evening(7, list(range(30)))
    assert evening(7, list(reversed(range(30)))) == forward
    assert evening(8, list(range(30))) != forward
    assert {v for said in forward.values() for v in said} <= {None, 1, 2, 3, 4, 5}


def test_the_second_time_people_move_towards_the_room_by_one_step_at_most() -> None:
    moved = 0
    for statement in map(str, range(40)):
        crowd = Crowd(1, 30)
        for _ in range(2):
            for person in range(30):
                crowd.answer(person, statement, 5)
        pairs = [(a, b) for a, b in crowd.answers[statement].values() if a and b]
        assert all(abs(a - b) <= 1 for a, b in pairs)
        moved += sum(a != b for a, b in pairs)
    assert 100 < moved < 700


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.95) == 95
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([], 0.5) is None
