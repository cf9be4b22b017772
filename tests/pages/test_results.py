"""The results page in a real browser: what was revealed, literally, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessible import assert_accessible, turn
from tests.browser.fields import is_there
from tests.browser.house import House
from tests.browsers import Scheme
from tests.evening import HOSTILE
from tests.pages.results_office import Kept, Office, choose, drawn, keep, look_at
from workshop import export
from workshop.i18n import translator
from workshop.service import Service

pytestmark = pytest.mark.browser

HIDDEN = ("Noch nicht gezeigt", "Auch noch nicht gezeigt", "Wird ausgeblendet")
DE = translator("de")


@pytest.fixture(scope="module")
def kept(served: tuple[House, Service]) -> Kept:
    return keep(served[1])


@pytest.fixture
def office(kept: Kept, browser: Browser, served: tuple[House, Service]) -> Office:
    return Office(kept, served[0], browser)


# The server draws these pages in their reader's theme, so each is loaded in both: once at each
# width. Nothing hangs on both at once.
@pytest.mark.parametrize(("scheme", "width"), [("light", 1366), ("dark", 820)])
def test_the_whole_page(office: Office, scheme: str, width: int) -> None:
    page = office.page(office.kept.workshop_id, scheme, width)
    office.open(page)
    assert page.locator("h1").all_inner_texts() == ["Smart Kassel Council"]
    main = page.get_by_test_id("stMain")
    found = office.kept.record.analysis.clusters[0].latest
    assert found is not None and found.level.index is not None
    expect(main).to_contain_text([f"Konvergenz {DE.decimal(found.level.index, 0)} von 100"])
    for toggle in page.locator("summary").all():
        toggle.click()
    rows = page.locator(".er-scroll tbody tr")
    expect(rows).to_have_count(len(found.items))
    for row in rows.all():
        expect(row.locator("th")).not_to_be_empty()
    measured = {i.result.statement.text: i.result for i in found.items}
    item = measured[rows.first.locator("th").inner_text()]
    assert item.consensus is not None
    consensus = rows.first.locator("td").nth(4).inner_text()
    assert consensus == DE.decimal(100 * item.consensus, 0)
    assert_accessible(page, both_themes=False)
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")


@pytest.mark.parametrize(("scheme", "width"), [("light", 820), ("dark", 1366)])
def test_every_way_to_look_at_a_question(office: Office, scheme: str, width: int) -> None:
    page = office.page(office.kept.workshop_id, scheme, width)
    office.open(page)
    main = page.get_by_test_id("stMain")
    look_at(page, "Änderung", "Wie haben sich die Antworten bewegt?", 2)
    stable = page.get_by_role("region", name="Wie stabil die Antworten sind")
    expect(stable.locator("tbody tr")).to_have_count(
        len(office.kept.record.analysis.clusters[0].changes[0].items)
    )
    page.get_by_text("Und wenn die Fehlenden noch einmal abgestimmt hätten?").click()
    expect(main).to_contain_text(["Niemand fehlt: Wer in Runde 1 geantwortet hat"])
    assert_accessible(page, both_themes=False)
    look_at(page, "Beide Stränge", "Rat und Bürgerschaft: Wo stehen beide?", 2)
    far = page.get_by_role("region", name="Wie weit beide Stränge auseinanderliegen")
    strands = office.kept.record.analysis.clusters[0].strands
    assert strands is not None
    expect(far.locator("tbody tr")).to_have_count(len(strands.items))
    assert_accessible(page, both_themes=False)
    look_at(page, "Nach Gruppen", "Wo stehen die Gruppen?", 1)
    heads = page.locator(".er-groups thead th").all_inner_texts()
    assert [" ".join(head.split()) for head in heads[:2]] == ["Aussage", "Wissenschaft 6 Personen"]
    assert_accessible(page, both_themes=False)
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
    # What people wrote is text in every one of these.
    assert page.locator(".er-scroll").locator("script, img, b, a").count() == 0


def test_the_ways_are_chosen_by_keyboard_and_stay(office: Office) -> None:
    page = office.page(office.kept.workshop_id)
    office.open(page)
    ways = page.get_by_role("radiogroup", name="Ansicht")
    ways.get_by_role("radio", checked=True).focus()
    page.keyboard.press("ArrowRight")
    is_there(page.get_by_role("heading", name="Wie haben sich die Antworten bewegt?"))
    page.get_by_role("radiogroup", name="Cluster").get_by_text("Energie & Umwelt").click()
    said = "Die Aussagen dieser Frage wurden bisher erst einmal bewertet."
    is_there(page.get_by_text(said))
    expect(ways.get_by_role("radio", checked=True)).to_have_accessible_name("Änderung")
    ways.get_by_text("Beide Stränge").click()
    is_there(page.get_by_text("hat bisher nur ein Strang bewertet"))
    assert_accessible(page, both_themes=False)


def test_citizens_have_opinion_groups(office: Office) -> None:
    citizens = office.kept.citizens_id
    page = office.page(citizens, width=820)
    themes: tuple[Scheme, ...] = ("light", "dark")
    for theme in themes:
        turn(page, theme)
        office.open(page, citizens, figures=3)
        is_there(page.get_by_role("heading", name="Wer stimmt ähnlich ab?"))
        is_there(page.get_by_role("heading", name="Gruppe A"))
        shared = page.get_by_role("region", name="Zustimmung über alle Gruppen")
        expect(shared.locator("tbody th")).to_have_count(3)
        look_at(page, "Nach Gruppen", "Wo stehen die Gruppen?", 2)
        assert_accessible(page, both_themes=False)


def test_exploring_shows_what_was_revealed_and_no_more(office: Office) -> None:
    page = office.page(office.kept.workshop_id)
    office.open(page)
    main = page.get_by_test_id("stMain")
    # Bildung & Arbeit was asked, and never revealed.
    labels = page.get_by_role("radiogroup", name="Cluster").locator("label").all_inner_texts()
    assert [label.strip() for label in labels] == ["Leben & Wohnen", "Energie & Umwelt"]
    choose(
        page,
        "Schlüsselfrage",
        "Was brauchen die Menschen in Kassel, damit ihr Alltag spürbar leichter und besser wird?",
    )
    expect(main).to_contain_text(["11 Beiträge"])
    said = set(page.locator(".er-said li").all_inner_texts())
    assert said == {"Ohne Tippfehler", *HOSTILE} - {HOSTILE[1], HOSTILE[2]}
    assert page.locator(".er-said").locator("script, img, b, a").count() == 0
    assert_accessible(page, both_themes=False)
    page.get_by_role("radiogroup", name="Cluster").get_by_text("Energie & Umwelt").click()
    expect(page.locator(".er-scroll tbody tr")).to_have_count(2)
    rated = page.locator(".er-scroll tbody th").all_inner_texts()
    assert sorted(rated) == ["Mehr Bäume", "Weniger Lärm"]
    choose(page, "Aussage", "Weniger Lärm")
    expect(page.locator(".er-scroll tbody th")).to_have_text(["Weniger Lärm"])
    expect(main).to_contain_text(["Runde 1: Median:"])
    drawn(page, 2)
    assert_accessible(page, both_themes=False)
    text = page.content()
    for hidden in HIDDEN:
        assert hidden not in text


def test_the_files_are_one_click_away(office: Office, tmp_path: Path) -> None:
    page = office.page(office.kept.workshop_id)
    office.open(page)
    for name, word in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")):
        for spoken, lang in (("Deutsch", "de"), ("English", "en")):
            with page.expect_download() as download:
                page.get_by_role("link", name=f"{word}, {spoken}").click()
            kept = tmp_path / f"{name}-{lang}"
            download.value.save_as(kept)
            assert kept.read_bytes() == export.write(office.kept.record, name, lang)  # type: ignore[arg-type]


def test_nobody_else_sees_anything(office: Office) -> None:
    for workshop_id in (None, office.kept.other_id):
        page = office.page(workshop_id)
        page.goto(f"{office.house.base}/results?w={office.kept.workshop_id}")
        is_there(page.get_by_role("heading", name="Bitte melden Sie sich an"))
        text = page.content()
        assert "Smart Kassel" not in text and "Leben" not in text and "/download/" not in text


def test_a_workshop_without_results_says_so(office: Office) -> None:
    page = office.page(office.kept.other_id)
    office.open(page, office.kept.other_id, figures=0)
    is_there(page.get_by_text("Noch wurde nichts gezeigt."))
    assert_accessible(page, both_themes=False)
