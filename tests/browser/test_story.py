"""The whole evening of a council, played at once in real browsers and by thirty simulated phones.

Two clusters, two rounds, from the QR code to the file. Every number on the wall is held against
the database, read with sqlite3, and against METHOD's formulas, written down once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser

from tests.browser.console import Console
from tests.browser.house import Crowd, House, Made, crowd, house
from tests.browser.ledger import Item, Ledger
from tests.browser.phone import Phone
from tests.browser.stage import Row, Stage

pytestmark = pytest.mark.browser

SIMULATED = 30
EVERYBODY = SIMULATED + 3
OWN_WORDS = "In Rothenditmold fehlt ein Ort, an dem man sich ohne Geld treffen kann."
TYPED = ("Jeder Stadtteil bekommt ein offenes Haus.", "Das Rathaus öffnet auch am Samstag.")
ENERGY = ("Nach einer Sanierung steigt die Warmmiete nicht.", "Bäume gehen vor Parkplätzen.")


@dataclass
class Evening:
    """Who takes part, and what is known beside the browsers."""

    house: House
    made: Made
    ledger: Ledger
    console: Console
    tablet: Console
    stage: Stage
    second_stage: Stage
    phones: list[Phone]
    crowd: Crowd
    seen_before: list[str] = field(default_factory=list)
    """All that the stage held while nothing might be seen."""

    def question(self, cluster: int, kind: str) -> dict[str, Any]:
        return self.made.question(cluster, kind)


@pytest.fixture
def evening(browser: Browser, tmp_path: Path) -> Iterator[Evening]:
    with ExitStack() as stack:
        home = stack.enter_context(house(tmp_path))
        made = home.create()
        console = Console(browser, made.moderator_url)
        tablet = Console(browser, made.moderator_url, scheme="dark", size=(820, 1180))
        walls = [Stage(browser, made.stage_url, scheme=scheme) for scheme in ("light", "dark")]
        walls[0].joined(0)
        people = stack.enter_context(crowd(made.join_url, SIMULATED))
        phones = [Phone(browser, made.join_url, script=script) for script in (True, True, False)]
        ledger = Ledger(home.file, made.workshop)
        yield Evening(home, made, ledger, console, tablet, walls[0], walls[1], phones, people)
        for who in (console, tablet, *walls, *phones):
            who.context.close()


def test_a_whole_evening(evening: Evening) -> None:
    they_arrive(evening)
    they_collect(evening)
    before = they_rate(evening, cluster=0, number=1, values=(5, 4, 2))
    assert set(before) == {OWN_WORDS, *TYPED}
    statements_come_from_a_terminal(evening)
    they_rate(evening, cluster=1, number=1, values=(2, 5, 0))
    they_rate(evening, cluster=0, number=2, values=(5, 5, 4))
    they_rate(evening, cluster=1, number=2, values=(3, 5, 4))
    the_clusters_are_shown(evening)
    the_file_agrees(evening)
    they_go_home(evening)


def they_arrive(evening: Evening) -> None:
    groups = ("Wissenschaft", "Stadtverwaltung", "keine Angabe")
    for phone, group in zip(evening.phones, groups, strict=True):
        phone.join(group[:1].upper() + group[1:])
        phone.state("waiting")
    for wall in (evening.stage, evening.second_stage):
        wall.joined(EVERYBODY)
    assert evening.ledger.joined() == EVERYBODY


def they_collect(evening: Evening) -> None:
    """Perspectives: they fly onto the stage only when the moderator reveals them."""
    question, console = evening.question(0, "collect"), evening.console
    console.next_question(question["text"])
    console.open_round()
    mine = {
        OWN_WORDS: "Perspektive",
        "Ich möchte nachts sicher nach Hause kommen.": "Interesse",
        "Das gehört hier nicht hin.": "Ziel",
    }
    for phone, (text, aspect) in zip(evening.phones, mine.items(), strict=True):
        phone.state("open")
        phone.write(text, aspect)
    console.counts(EVERYBODY, EVERYBODY)
    nobody_sees_anything(evening, EVERYBODY)
    console.close_round()
    console.show_more()
    console.hide("Das gehört hier nicht hin.")
    console.take_over(OWN_WORDS)
    nobody_sees_anything(evening, EVERYBODY)
    written = evening.ledger.contributions(question["question"])
    for number, phone in enumerate(evening.phones):
        for text, (_, _) in written.items():
            if text != list(mine)[number]:
                assert not any(text in body for body in phone.heard), "another person's words"
    assert not any(text in seen for text in written for seen in evening.seen_before)
    console.reveal()
    for wall in (evening.stage, evening.second_stage):
        shown = wall.cards()
        assert shown
        assert set(shown) <= {text for text, (_, hidden) in written.items() if not hidden}
    assert written["Das gehört hier nicht hin."][1] is True
    for phone in evening.phones:
        phone.state("results")
        assert OWN_WORDS in phone.page.inner_text("main")
        assert "Das gehört hier nicht hin." not in phone.page.inner_text("main")


def statements_come_from_a_terminal(evening: Evening) -> None:
    for text in ENERGY:
        question = evening.question(1, "rate")["question"]
        command = ["statement", "add", "--workshop", evening.made.workshop]
        evening.house.command(*command, "--question", question, "--text", text)


def they_rate(
    evening: Evening, *, cluster: int, number: int, values: tuple[int, ...]
) -> dict[str, Item]:
    """One round of one question, from the opening to the wall; `values` are the phones'."""
    question, console = evening.question(cluster, "rate"), evening.console
    console.choose(question["text"])
    if (cluster, number) == (0, 1):
        console.write_statements(*TYPED)
    console.press("Runde öffnen" if number == 1 else "Zweite Runde")
    for phone, value in zip(evening.phones, values, strict=True):
        phone.state("open")
        if number == 1:
            phone.sees_no_result()
        for statement in evening.ledger.items(question["question"], number):
            phone.rate(statement, value)
        phone.state("saved")
    evening.stage.asks(question["text"])
    for screen in (console, evening.tablet):
        screen.counts(EVERYBODY, EVERYBODY)
    nobody_sees_anything(evening, EVERYBODY, rated=number == 1)
    console.close_round()
    nobody_sees_anything(evening, EVERYBODY, rated=number == 1)
    console.reveal()
    kept = evening.ledger.items(question["question"], number)
    for wall in (evening.stage, evening.second_stage):
        the_wall_is_right(wall.rating(number), kept, question["scale"])
    for phone, value in zip(evening.phones, values, strict=True):
        phone.state("results")
        the_phone_is_right(phone, kept, question["scale"], value)
    return kept


def nobody_sees_anything(evening: Evening, answered: int, *, rated: bool = False) -> None:
    """Only x of y is on the wall, and nothing of the room is on a phone."""
    for wall in (evening.stage, evening.second_stage):
        wall.counts(answered, EVERYBODY)
        evening.seen_before.append(wall.everything())
        assert not re.search(r"Median|Zufall|ohne Votum", evening.seen_before[-1])
    for phone in evening.phones if rated else ():
        phone.sees_no_result()


def the_wall_is_right(rows: list[Row], kept: dict[str, Item], scale: list[str]) -> None:
    """Words and bars on the wall, against the database and the formulas."""
    assert {row.text for row in rows} == set(kept)
    for row in rows:
        item = kept[row.text]
        assert row.median == in_words(item.median, scale)
        assert re.match(rf"{item.n} Antworten\b", row.facts)
        assert ("ohne Votum" in row.facts) == (item.abstained > 0)
        assert row.shares == pytest.approx([count / item.n for count in item.counts])


def in_words(median: float, scale: list[str]) -> str:
    """A median as a step, or between which two it lies."""
    low = scale[int(median) - 1]
    return low if median == int(median) else f"zwischen „{low}“ und „{scale[int(median)]}“"


def the_phone_is_right(phone: Phone, kept: dict[str, Item], scale: list[str], value: int) -> None:
    for text, item in kept.items():
        said = phone.result(text)
        assert f"{item.n} Antworten" in said
        assert in_words(item.median, scale) in said
        own = scale[value - 1] if value else "keine Antwort"
        assert own in phone.item(text).locator(".own-answer").inner_text()


def the_clusters_are_shown(evening: Evening) -> None:
    """Round after round, with n and chance level; clusters without a round say so."""
    evening.console.press("Cluster zeigen")
    names = list(dict.fromkeys(q["cluster_name"] for q in evening.made.agenda))
    told = evening.house.command("results", "--workshop", evening.made.workshop)["clusters"]
    for wall in (evening.stage, evening.second_stage):
        rows = wall.clusters()
        assert [row.name for row in rows] == names
        for cluster, row in enumerate(rows[:2]):
            question = evening.question(cluster, "rate")["question"]
            first, last = (evening.ledger.index(question, number) for number in (1, 2))
            people = evening.ledger.both(question)
            assert row.points == pytest.approx((first, last), abs=1e-9)
            assert row.index == f"{last:.0f}"
            low, high = (float(limit) for limit in row.interval.split("–"))
            assert low <= last <= high
            # Two phones of 33 hardly move METHOD's 43.7, which is for five steps at n = 30.
            baseline = told[cluster]["rounds"][1]["baseline"]
            assert baseline == pytest.approx(43.7, abs=0.5)
            said = f"{wall.above_and_below()} {row.facts}"
            assert f"{people} von {EVERYBODY} in beiden Runden" in said
            assert f"Zufallsniveau {baseline:.0f}" in said and "seit Runde 1" in said
            assert re.match(r"[+−]\d+ ", row.facts), "the change, with its sign"
        for row in rows[2:]:
            assert (row.index, row.points) == ("", ())


def the_file_agrees(evening: Evening) -> None:
    """The workbook that the results page gives, against wall, database and formulas."""
    page = evening.console.page
    page.get_by_role("link", name="Ergebnisse").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel", exact=True).first.click()
    file = evening.house.file.with_name(waiting.value.suggested_filename)
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(file)
    sheets = {sheet.title: table(sheet) for sheet in book}
    for cluster in (0, 1):
        question = evening.question(cluster, "rate")
        for number in (1, 2):
            row = only(
                sheets["Konvergenz"],
                {"Cluster": question["cluster_name"], "Runde": number},
            )
            index = evening.ledger.index(question["question"], number)
            assert row["Konvergenzindex"] == pytest.approx(index, abs=1e-9)
            assert row["n"] == evening.ledger.people(question["question"], number)
            for item in evening.ledger.items(question["question"], number).values():
                wanted = {"Kennung der Aussage": item.id, "Runde": number}
                row = only(sheets["Aussagen"], wanted)
                assert [row[f"Stufe {step}"] for step in range(1, 6)] == list(item.counts)
                assert (row["n"], row["Enthaltungen"]) == (item.n, item.abstained)
                assert row["Konsens"] == pytest.approx(item.consensus, abs=1e-9)
                assert row["Median"] == item.median
    answers = evening.ledger.rows("select count(*) from answer")[0][0]
    assert len(sheets["Antworten"]) == answers
    said = {row["Text"] for row in sheets["Perspektiven"]}
    assert said == set(evening.ledger.contributions(evening.question(0, "collect")["question"]))


def table(sheet: Any) -> list[dict[str, Any]]:
    """A sheet as rows by column name; the table begins at the row that is full."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(i for i, row in enumerate(rows) if all(row))
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def only(rows: list[dict[str, Any]], wanted: dict[str, Any]) -> dict[str, Any]:
    """The one row that has these values."""
    (found,) = [row for row in rows if wanted.items() <= row.items()]
    return found


def they_go_home(evening: Evening) -> None:
    evening.console.page.go_back()
    evening.console.press("Workshop beenden")
    for phone in evening.phones:
        phone.state("ended")
    report = evening.crowd.report()
    assert (report["joined"], report["errors"], report["problems"]) == (SIMULATED, 0, [])
