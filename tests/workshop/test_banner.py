"""What the terminal shows at the start, and the demo that a newcomer finds."""

from __future__ import annotations

import asyncio
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from workshop.banner import banner, show
from workshop.errors import Forbidden
from workshop.model import OPERATOR, Actor, QuestionKind, Role, RoundState, StageView, Strand
from workshop.rehearsal import Script, demo_if_empty, make_demo
from workshop.service import Service
from workshop.settings import Settings


def settings(tmp_path: Path, **more: str) -> Settings:
    url = f"sqlite:///{tmp_path / 'einklang.db'}"
    return Settings.from_environment({"DATABASE_URL": url, **more})


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with app.Wiring(settings(tmp_path)).service() as found:
        yield found


def test_links_open_what_they_say(service: Service, tmp_path: Path) -> None:
    made = make_demo(service)
    said = banner(service, settings(tmp_path, PUBLIC_URL="https://einklang.example.org"))
    tokens = re.findall(r"https://einklang\.example\.org/([ms])/(\S+)", said)
    assert [kind for kind, _ in tokens] == ["m", "m", "s"]
    actors = [service.sign_in_by_link(token)[1] for _, token in tokens]
    assert actors == [
        Actor(Role.MODERATOR),
        Actor(Role.MODERATOR, made.workshop_id),
        Actor(Role.STAGE, made.workshop_id),
    ]
    with pytest.raises(Forbidden):  # the one for everything was good for once
        service.sign_in_by_link(tokens[0][1])
    assert service.sign_in_by_link(tokens[1][1])
    assert f"/j/{made.join_code}" in said
    assert f"({made.join_code[:4]} {made.join_code[4:]})" in said
    assert "█" in said
    assert "PUBLIC_URL" not in said


def test_where_a_passphrase_is_set_no_secret_is_printed(service: Service, tmp_path: Path) -> None:
    make_demo(service)
    said = banner(service, settings(tmp_path, MODERATOR_PASSPHRASE="sehr geheim sehr lang"))
    assert "/m/" not in said
    assert "/s/" not in said
    assert "/j/" in said


def test_a_server_without_workshops_still_says_how_to_begin(
    service: Service, tmp_path: Path
) -> None:
    said = banner(service, settings(tmp_path, PUBLIC_URL="http://localhost:8501"))
    assert said.count("/m/") == 1
    assert "/j/" not in said
    assert "set PUBLIC_URL" in said, "phones can't reach localhost"


def test_a_terminal_that_knows_no_blocks_gets_question_marks() -> None:
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="ascii")
    show("Bühne █", terminal)
    assert raw.getvalue() == b"B?hne ?\n"


def test_the_demo_is_made_once(service: Service) -> None:
    demo_if_empty(service)
    demo_if_empty(service)
    citizens, council = service.workshops(OPERATOR)
    assert (citizens.strand, citizens.ended) == (Strand.CITIZENS, True)
    assert (council.strand, council.ended) == (Strand.COUNCIL, False)
    assert citizens.process_id == council.process_id
    agenda = service.agenda(OPERATOR, council.id)
    for question in agenda.questions:
        statements = agenda.statements_of(question.id)
        assert (len(statements) >= 5) == (question.kind is QuestionKind.RATE)


def test_the_script_goes_through_every_round_and_ends_at_the_clusters(service: Service) -> None:
    made = make_demo(service)
    token, _ = service.join(made.workshop_id, None, "none").result()
    said: list[str] = []
    views: list[StageView] = []
    service.changes.subscribe(
        made.workshop_id,
        lambda *_: views.append(service.agenda(OPERATOR, made.workshop_id).workshop.stage.view),
    )

    def say(sentence: str) -> None:
        said.append(sentence)
        agenda = service.agenda(OPERATOR, made.workshop_id)
        if agenda.open_round is None:
            return
        for statement in agenda.asked(agenda.open_round):
            service.answer(made.workshop_id, token, agenda.open_round.id, statement.id, "3")
        if not agenda.open_round.statement_ids:
            service.contribute(made.workshop_id, token, agenda.open_round.id, "goal", "Bäume")

    asyncio.run(Script(service, made.workshop_id, 1, 0, say).play())
    agenda = service.agenda(OPERATOR, made.workshop_id)
    assert agenda.workshop.stage.view is StageView.CLUSTERS
    assert len(agenda.rounds) == 4 * 3 + 2
    assert {r.state for r in agenda.rounds} == {RoundState.REVEALED}
    assert said[1:4] == [
        "Leben & Wohnen: collecting, round 1.",
        "Leben & Wohnen: rating, round 1.",
        "Leben & Wohnen: rating, round 2.",
    ]
    assert said[4:10] == [
        "Energie & Umwelt: collecting, round 1.",
        "Energie & Umwelt: rating, round 1.",
        "Energie & Umwelt: rating, round 2.",
        "Energie & Umwelt: rating, round 1.",
        "Energie & Umwelt: rating, round 2.",
        "What the citizens said to the same statements.",
    ]
    rated = [StageView.QUESTION, StageView.RESULT] * 2 + [StageView.MOVES]
    cluster = [StageView.QUESTION, StageView.RESULT, *rated]
    both = [*cluster, *rated, StageView.STRANDS, StageView.CLUSTERS]
    cluster.append(StageView.CLUSTERS)
    assert [view for view, _ in itertools.groupby(views)] == cluster + both + cluster * 2
    results = service.results(OPERATOR, made.workshop_id)
    assert [len(c.rounds) for c in results.clusters] == [2] * 4


def test_the_script_plays_every_kind_and_passes_by_what_asks_nothing_yet(service: Service) -> None:
    made = service.create_workshop(OPERATOR, "every-kind")
    w, cluster = made.workshop_id, service.agenda(OPERATOR, made.workshop_id).clusters[1].id
    service.add_question(OPERATOR, w, cluster, QuestionKind.CHOOSE, {"de": "Noch ohne Optionen"})
    token, _ = service.join(w, None, "none").result()
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        agenda = service.agenda(OPERATOR, w)
        if agenda.open_round is None:
            return
        question, key = agenda.question(agenda.open_round.question_id), agenda.open_round.id
        assert question is not None
        if question.is_whole:
            service.answer_whole(w, token, key, None).result()
        elif question.is_written:
            aspect = "goal" if question.kind is QuestionKind.COLLECT else None
            service.contribute(w, token, key, aspect, "Bäume").result()
        else:
            service.answer(w, token, key, agenda.open_round.statement_ids[0], "3").result()

    asyncio.run(Script(service, w, 1, 0, say).play())
    assert [sentence.partition(": ")[2] for sentence in said[1:]] == [
        "sending words, round 1.",
        "collecting, round 1.",
        "proposing questions, round 1.",
        "rating, round 1.",
        "rating, round 2.",
        "rating, round 1.",
        "rating, round 2.",
        "rating on two axes, round 1.",
        "putting in order, round 1.",
        "giving points, round 1.",
        "choosing, round 1.",
        "choosing, round 1.",
    ]
    rounds = service.agenda(OPERATOR, w).rounds
    assert len(rounds) == 12 and {r.state for r in rounds} == {RoundState.REVEALED}


def test_the_script_gives_way_to_whoever_moderates(service: Service) -> None:
    made = make_demo(service)
    service.join(made.workshop_id, None, "none").result()
    service.end_workshop(OPERATOR, made.workshop_id)
    said: list[str] = []
    asyncio.run(Script(service, made.workshop_id, 1, 0, said.append).play())
    assert said[-1] == "The workshop has ended."
    assert service.agenda(OPERATOR, made.workshop_id).rounds == ()
