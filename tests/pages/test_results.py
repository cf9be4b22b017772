"""The results page in a real browser: what was revealed, literally, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.evening import HOSTILE
from tests.pages.results_office import (
    Office,
    accessible,
    choose,
    drawn,
    look_at,
    office_in,
)
from workshop import export
from workshop.i18n import translator

HIDDEN = ("Noch nicht gezeigt", "Auch noch nicht gezeigt", "Wird ausgeblendet")
DE = translator("de")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("results")) as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 820])
def test_the_whole_page(office: Office, scheme: str, width: int) -> None:
    page = office.page(office.workshop_id, scheme, width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    office.open(page)
    assert page.locator("h1").all_inner_texts() == ["Smart Kassel Council"]
    main = page.get_by_test_id("stMain")
    found = office.record.analysis.clusters[0].latest
    assert found is not None and found.level.index is not None
    expect(main).to_contain_text(f"Konvergenz {DE.decimal(found.level.index, 0)} von 100")
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
    assert accessible(page) == []
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
    own = urlsplit(office.server.base).netloc
    foreign = [
        url for url in asked if urlsplit(url).scheme == "http" and urlsplit(url).netloc != own
    ]
    assert foreign == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 820), ("dark", 1366)])
def test_every_way_to_look_at_a_question(office: Office, scheme: str, width: int) -> None:
    page = office.page(office.workshop_id, scheme, width)
    office.open(page)
    main = page.get_by_test_id("stMain")
    look_at(page, "Änderung", "Wie haben sich die Antworten bewegt?", 2)
    stable = page.get_by_role("region", name="Wie stabil die Antworten sind")
    expect(stable.locator("tbody tr")).to_have_count(
        len(office.record.analysis.clusters[0].changes[0].items)
    )
    page.get_by_text("Und wenn die Fehlenden noch einmal abgestimmt hätten?").click()
    expect(main).to_contain_text("Niemand fehlt: Wer in Runde 1 geantwortet hat")
    assert accessible(page) == []
    look_at(page, "Beide Stränge", "Rat und Bürgerschaft: Wo stehen beide?", 2)
    far = page.get_by_role("region", name="Wie weit beide Stränge auseinanderliegen")
    strands = office.record.analysis.clusters[0].strands
    assert strands is not None
    expect(far.locator("tbody tr")).to_have_count(len(strands.items))
    assert accessible(page) == []
    look_at(page, "Nach Gruppen", "Wo stehen die Gruppen?", 1)
    heads = page.locator(".er-groups thead th").all_inner_texts()
    assert [" ".join(head.split()) for head in heads[:2]] == ["Aussage", "Wissenschaft 6 Personen"]
    assert accessible(page) == []
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
    # What people wrote is text in every one of these.
    assert page.locator(".er-scroll").locator("script, img, b, a").count() == 0
    page.context.close()


@pytest.mark.browser
def test_the_ways_are_chosen_by_keyboard_and_stay(office: Office) -> None:
    page = office.page(office.workshop_id)
    office.open(page)
    ways = page.get_by_role("radiogroup", name="Ansicht")
    ways.get_by_role("radio", checked=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Wie haben sich die Antworten bewegt?")).to_be_visible()
    page.get_by_role("radiogroup", name="Cluster").get_by_text("Energie & Umwelt").click()
    said = "Die Aussagen dieser Frage wurden bisher erst einmal bewertet."
    expect(page.get_by_text(said)).to_be_visible()
    expect(ways.get_by_role("radio", checked=True)).to_have_accessible_name("Änderung")
    ways.get_by_text("Beide Stränge").click()
    expect(page.get_by_text("hat bisher nur ein Strang bewertet")).to_be_visible()
    assert accessible(page) == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_citizens_have_opinion_groups(office: Office, scheme: str) -> None:
    page = office.page(office.citizens_id, scheme, 820)
    office.open(page, office.citizens_id, figures=3)
    expect(page.get_by_role("heading", name="Wer stimmt ähnlich ab?")).to_be_visible()
    expect(page.get_by_role("heading", name="Gruppe A")).to_be_visible()
    shared = page.get_by_role("region", name="Zustimmung über alle Gruppen")
    expect(shared.locator("tbody th")).to_have_count(3)
    look_at(page, "Nach Gruppen", "Wo stehen die Gruppen?", 2)
    assert accessible(page) == []
    page.context.close()


@pytest.mark.browser
def test_exploring_shows_what_was_revealed_and_no_more(office: Office) -> None:
    page = office.page(office.workshop_id)
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
    expect(main).to_contain_text("11 Beiträge")
    said = set(page.locator(".er-said li").all_inner_texts())
    assert said == {"Ohne Tippfehler", *HOSTILE} - {HOSTILE[1], HOSTILE[2]}
    assert page.locator(".er-said").locator("script, img, b, a").count() == 0
    assert accessible(page) == []
    page.get_by_role("radiogroup", name="Cluster").get_by_text("Energie & Umwelt").click()
    expect(page.locator(".er-scroll tbody tr")).to_have_count(2)
    rated = page.locator(".er-scroll tbody th").all_inner_texts()
    assert sorted(rated) == ["Mehr Bäume", "Weniger Lärm"]
    choose(page, "Aussage", "Weniger Lärm")
    expect(page.locator(".er-scroll tbody th")).to_have_text(["Weniger Lärm"])
    expect(main).to_contain_text("Runde 1: Median:")
    drawn(page, 2)
    assert accessible(page) == []
    text = page.content()
    for hidden in HIDDEN:
        assert hidden not in text
    page.context.close()


@pytest.mark.browser
def test_the_files_are_one_click_away(office: Office, tmp_path: Path) -> None:
    page = office.page(office.workshop_id)
    office.open(page)
    for name, word in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")):
        for spoken, lang in (("Deutsch", "de"), ("English", "en")):
            with page.expect_download() as download:
                page.get_by_role("link", name=f"{word}, {spoken}").click()
            kept = tmp_path / f"{name}-{lang}"
            download.value.save_as(kept)
            assert kept.read_bytes() == export.write(office.record, name, lang)  # type: ignore[arg-type]
    page.context.close()


@pytest.mark.browser
def test_nobody_else_sees_anything(office: Office) -> None:
    for workshop_id in (None, office.other_id):
        page = office.page(workshop_id)
        page.goto(f"{office.server.base}/results?w={office.workshop_id}")
        expect(page.get_by_role("heading", name="Bitte melden Sie sich an")).to_be_visible()
        text = page.content()
        assert "Smart Kassel" not in text and "Leben" not in text and "/download/" not in text
        page.context.close()


@pytest.mark.browser
def test_a_workshop_without_results_says_so(office: Office) -> None:
    page = office.page(office.other_id)
    office.open(page, office.other_id, figures=0)
    expect(page.get_by_text("Noch wurde nichts gezeigt.")).to_be_visible()
    assert accessible(page) == []
    page.context.close()
