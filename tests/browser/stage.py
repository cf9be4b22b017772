"""The projector, as a page object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.fields import is_there
from tests.browser.visitors import visitor
from tests.browsers import at_rest

# All text and attributes of the page, of what is out of sight and in shadow roots too; not what
# Streamlit says of its own running. With the last typeface text is fitted once more.
EVERYTHING = """async () => {
  await document.fonts.ready
  const FRAME = ["class", "data-test-script-state", "data-test-connection-state", "data-stale"]
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue
    if (["STYLE", "SCRIPT"].includes(node.nodeName)) return ""
    const told = [...(node.attributes ?? [])].filter((a) => !FRAME.includes(a.name))
    const attributes = told.map((a) => a.value).join("\\n")
    const inner = [...node.childNodes, ...(node.shadowRoot?.childNodes ?? [])]
    return [attributes, ...inner.map(read)].join("\\n")
  }
  return read(document.documentElement)
}"""


@dataclass(frozen=True)
class Row:
    """A statement as it stands on the wall; shares are those of its bar, from the left."""

    text: str
    median: str
    facts: str
    shares: tuple[float, ...]


@dataclass(frozen=True)
class ClusterRow:
    """A cluster as it stands on the wall: `points` are the circles on its track, in order."""

    name: str
    index: str
    interval: str
    facts: str
    points: tuple[float, ...]


class Stage:
    """A browser of its own that has followed the stage link."""

    def __init__(
        self,
        browser: Browser,
        link: str,
        *,
        scheme: str = "light",
        size: tuple[int, int] = (1920, 1080),
        lang: str = "de-DE",
    ) -> None:
        self.context = visitor(browser, size, scheme=scheme, lang=lang)
        self.page: Page = self.context.new_page()
        self.page.goto(link)
        is_there(self.page.locator(".stage"))

    def joined(self, people: int) -> None:
        """The lobby counts them."""
        count = self.page.locator(".stage-lobby .count")
        expect(count).to_have_text([re.compile(rf"^{people}\s")])

    def asks(self, question: str) -> None:
        """The question is on the wall."""
        expect(self.page.locator(".stage-question h1")).to_have_text([question])

    def counts(self, answered: int, present: int) -> None:
        """x of y, while a round is open or closed."""
        count = self.page.locator(".stage-question .count")
        expect(count).to_have_text([f"{answered} von {present} haben geantwortet"])

    def everything(self) -> str:
        """All text in the page, seen or not, once the stage is drawn and hears of the room."""
        expect(self.page.locator("[data-live=open]")).to_be_attached()
        at_rest(self.page)
        return str(self.page.evaluate(EVERYTHING))

    def cards(self) -> list[str]:
        """What people wrote, once it is revealed, of all pages that the wall has shown now."""
        is_there(self.page.locator(".stage-perspectives"))
        return self.page.locator(".stage-perspectives .said").all_inner_texts()

    def rating(self, number: int) -> list[Row]:
        """The revealed result of a round: the words of each row, and its bar."""
        kicker = self.page.locator(".stage-rating .kicker")
        expect(kicker).to_contain_text([f"Runde {number}"])
        drawn = [trace["x"] for trace in self._figure("question", f"Runde {number}: ")]
        rows = self.page.locator(".stage-rating .row").all()
        steps = drawn[: len(drawn) // 2]  # the second half are the thin bars of the round before
        return [
            Row(
                row.locator(".statement").inner_text().strip(),
                row.locator(".median").inner_text().strip(),
                row.locator(".n").inner_text().strip(),
                tuple(float(xs[place]) for xs in steps),
            )
            for place, row in enumerate(rows)
        ]

    def above_and_below(self) -> str:
        """What the cluster view says on top of its rows and below them."""
        around = self.page.locator(".stage-clusters > :is(header, footer)").all_inner_texts()
        return " ".join(" ".join(around).split())

    def clusters(self) -> list[ClusterRow]:
        """The cluster view: words and circles."""
        is_there(self.page.locator(".stage-clusters"))
        drawn = self._figure("clusters", "")
        lines = [trace["x"] for trace in drawn if trace["name"] == "line"]
        found = []
        for place, row in enumerate(self.page.locator(".stage-clusters .row").all()):
            index, interval = row.locator(".index"), row.locator(".interval")
            facts = row.locator(".facts, .instead").first
            found.append(
                ClusterRow(
                    row.locator(".name p").inner_text().strip(),
                    index.inner_text().strip() if index.count() else "",
                    interval.inner_text().strip() if interval.count() else "",
                    " ".join(facts.inner_text().split()),
                    tuple(float(x) for x in lines[place]),
                )
            )
        return found

    def _figure(self, layout: str, says: str) -> list[dict[str, Any]]:
        """The data that Plotly has drawn, as it holds them, once its sentence begins like this.

        A figure out of sight is still the one before, and has no sentence.
        """
        place = self.page.locator(f".st-key-stage_{layout}_chart")
        # For a moment Streamlit may hold the figure before beside it.
        sentence = re.compile(rf"^{re.escape(says)}.+")
        chart = place.get_by_role("img", name=sentence)
        is_there(chart)
        expect(place.locator(".einklang-chart")).to_have_count(1)
        is_there(place.locator(".einklang-figure[data-drawn]"))
        found = chart.evaluate("(e) => e.data.map(({ name, x }) => ({ name, x: [...x] }))")
        return list(found)
