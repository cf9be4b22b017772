"""The results page in a real browser: what was revealed, literally, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pages.parts import results_html
from tests.browsers import FLAGS, chromium
from tests.evening import HOSTILE, Evening, empty_evening, play
from tests.servers import Server, einklang
from workshop import export
from workshop.i18n import translator
from workshop.model import OPERATOR, Role
from workshop.service.reading import Record

HIDDEN = ("Noch nicht gezeigt", "Auch noch nicht gezeigt", "Wird ausgeblendet")


@dataclass
class Office:
    """A served evening, as it was at its end."""

    server: Server
    browser: Browser
    workshop_id: str
    other_id: str
    record: Record
    link: str
    other_link: str

    def page(self, link: str | None, scheme: str = "light", width: int = 1366) -> Page:
        """A new browser, signed in by a link, or by none."""
        context = self.browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            locale="de-DE",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        if link:
            page.goto(f"{self.server.base}/m/{link}")
        return page

    def open(self, page: Page, workshop_id: str | None = None) -> None:
        page.goto(f"{self.server.base}/results?w={workshop_id or self.workshop_id}")
        expect(page.get_by_role("heading", name="Die Zahlen als Datei")).to_be_visible()
        figures = 0 if workshop_id == self.other_id else 2
        expect(page.locator(".einklang-figure[data-drawn]")).to_have_count(figures)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("results")
    with empty_evening(folder) as evening:
        play(evening)
        kept = _prepared(evening)
    with (
        einklang(f"sqlite:///{folder / 'evening.db'}") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield Office(server, browser, *kept)
        browser.close()


def _prepared(evening: Evening) -> tuple[str, str, Record, str, str]:
    """Ids, the record, and a link for each of two workshops."""
    service, mine = evening.service, evening.workshop_id
    other = service.create_workshop(OPERATOR, "strategy-workshop").workshop_id
    links = [service.grant_link(OPERATOR, Role.MODERATOR, w) for w in (mine, other)]
    return mine, other, service.record(OPERATOR, mine), links[0], links[1]


def accessible(page: Page) -> list[str]:
    """What axe finds."""
    return [
        f"{v['id']}: {[n['html'] for n in v['nodes']]}"
        for v in Axe().run(page).response["violations"]
    ]


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a list by keyboard: typing narrows it down."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    field.press("ArrowDown")
    field.fill(option[:40])
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 820])
def test_the_whole_page(office: Office, scheme: str, width: int) -> None:
    page = office.page(office.link, scheme, width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    office.open(page)
    assert page.locator("h1").all_inner_texts() == ["Smart Kassel Council"]
    main = page.get_by_test_id("stMain")
    cluster = office.record.results.clusters[0]
    assert cluster.latest is not None and cluster.latest.index is not None
    expect(main).to_contain_text(f"Konvergenz {translator('de').decimal(cluster.latest.index, 0)}")
    for toggle in page.locator("summary").all():
        toggle.click()
    for row in page.locator(".er-scroll tbody tr").all():
        expect(row.locator("th")).not_to_be_empty()
    items = cluster.latest.items
    expect(page.locator(".er-scroll tbody tr")).to_have_count(len(items))
    measured = {i.statement.text: i for i in items}
    first = page.locator(".er-scroll tbody tr").first
    item = measured[first.locator("th").inner_text()]
    assert first.locator("td").nth(3).inner_text() == translator("de").decimal(item.consensus, 2)
    assert accessible(page) == []
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
    own = urlsplit(office.server.base).netloc
    foreign = [
        url for url in asked if urlsplit(url).scheme == "http" and urlsplit(url).netloc != own
    ]
    assert foreign == []
    page.context.close()


@pytest.mark.browser
def test_exploring_shows_what_was_revealed_and_no_more(office: Office) -> None:
    page = office.page(office.link)
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
    assert accessible(page) == []
    text = page.content()
    for hidden in HIDDEN:
        assert hidden not in text
    page.context.close()


@pytest.mark.browser
def test_the_files_are_one_click_away(office: Office, tmp_path: Path) -> None:
    page = office.page(office.link)
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
    for link in (None, office.other_link):
        page = office.page(link)
        page.goto(f"{office.server.base}/results?w={office.workshop_id}")
        expect(page.get_by_role("heading", name="Bitte melden Sie sich an")).to_be_visible()
        text = page.content()
        assert "Smart Kassel" not in text and "Leben" not in text and "/download/" not in text
        page.context.close()


@pytest.mark.browser
def test_a_workshop_without_results_says_so(office: Office) -> None:
    page = office.page(office.other_link)
    office.open(page, office.other_id)
    expect(page.get_by_text("Noch wurde nichts gezeigt.")).to_be_visible()
    assert accessible(page) == []
    page.context.close()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_people_s_text_stays_text(tmp_path: Path, lang: str) -> None:
    t = translator(lang)
    with empty_evening(tmp_path) as evening:
        play(evening)
        record = evening.service.record(OPERATOR, evening.workshop_id)
    said = BeautifulSoup(results_html.contributions(record.contributions, t), "html.parser")
    assert {li.text for li in said.select("li")} == {c.text for c in record.contributions}
    rows = [(r.number, i) for r in record.results.clusters[0].rounds for i in r.items]
    table = BeautifulSoup(results_html.measures(rows, t), "html.parser")
    assert [th.text for th in table.select("tbody th")] == [i.statement.text for _, i in rows]
    assert not [*said.select("b, a, img, script"), *table.select("b, a, img, script")]


def test_few_answers_have_no_measures_on_the_screen(tmp_path: Path) -> None:
    with empty_evening(tmp_path) as evening:
        evening.join(*("science",) * 4)
        evening.state(0, "Eins")
        evening.rate(0, 1)
        record = evening.service.record(OPERATOR, evening.workshop_id)
    rows = [(1, item) for item in record.results.clusters[0].rounds[0].items]
    table = BeautifulSoup(results_html.measures(rows, translator("de")), "html.parser")
    cells = [td.text for td in table.select("tbody td")]
    assert cells[:3] == ["1", "4", "0"]
    assert set(cells[3:]) == {"–"}
