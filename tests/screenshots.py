"""The pictures of the README, taken of a real room: `make screenshots` writes docs/*.png.

Thirty people with seeded opinions, the template's example statements, two rounds in all four
clusters. People act through the use cases, one of them with a phone in a real browser. The
citizens of the other strand are those of the demo.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.console import Console
from tests.browser.house import house
from tests.browser.phone import Phone
from tests.browser.stage import Stage
from tests.browser.visitors import PATIENCE
from tests.browsers import FLAGS, chromium
from tests.rooms import make_service
from workshop.agenda import running_order
from workshop.i18n import pick
from workshop.model import OPERATOR, KeyQuestion, QuestionKind, Role, Round, StageView
from workshop.rehearsal import make_demo
from workshop.service import Service
from workshop.simulate.people import Crowd

DOCS: Final = Path(__file__).parents[1] / "docs"
PEOPLE: Final = 30
SEED: Final = 7
ADDRESS: Final = "https://einklang.example.org"
HEAVIEST: Final = 150_000
STAGE_WIDTH: Final = 1280
THEMES: Final = ("light", "dark")
EXACT: Final = 96
"""How many colours of a picture stay exactly as they are."""


@dataclass
class Studio:
    """A served room, its people, and the browsers that are photographed."""

    service: Service
    base: str
    workshop: str
    browser: Browser
    crowd: Crowd = field(default_factory=lambda: Crowd(SEED, PEOPLE))
    tokens: list[str] = field(default_factory=list)

    def questions(self, kind: QuestionKind) -> list[KeyQuestion]:
        agenda = self.service.agenda(OPERATOR, self.workshop)
        return [q for q in running_order(agenda) if q.kind is kind]

    def link(self, role: Role) -> str:
        made = self.service.grant_link(OPERATOR, role, self.workshop)
        return f"{self.base}/{'m' if role is Role.MODERATOR else 's'}/{made}"

    def gather(self, people: int) -> None:
        """People join, each with the group that the seed gives them."""
        segments = self.service.agenda(OPERATOR, self.workshop).workshop.segments
        for person in range(people):
            group = self.crowd.group(person, segments)
            self.tokens.append(self.service.join(self.workshop, None, group).result()[0])

    def open(self, question: KeyQuestion) -> Round:
        opened = self.service.open_round(OPERATOR, self.workshop, question.id).open_round
        assert opened is not None
        return opened

    def rate(self, opened: Round, people: range = range(PEOPLE)) -> None:
        """These people answer every statement of a round as they think."""
        agenda = self.service.agenda(OPERATOR, self.workshop)
        question = agenda.question(opened.question_id)
        steps = question.scale.steps if question and question.scale else 0
        for statement in agenda.asked(opened):
            for person in people:
                value = self.crowd.answer(person, statement.text, steps)
                raw = str(value or 0)
                self.service.answer(
                    self.workshop, self.tokens[person], opened.id, statement.id, raw
                ).result()

    def contribute(self, question: KeyQuestion, opened: Round, people: range) -> None:
        """These people write what the seed lets them say."""
        text = pick(question.text, "de")
        for person in people:
            aspect, said = self.crowd.contribution(person, text, "de")
            self.service.contribute(
                self.workshop, self.tokens[person], opened.id, aspect, said
            ).result()

    def reveal(self, question: KeyQuestion) -> None:
        self.service.reveal_round(OPERATOR, self.workshop, question.id)

    def stages(self) -> dict[str, Stage]:
        """The same wall by day and by night."""
        return {
            scheme: Stage(self.browser, self.link(Role.STAGE), scheme=scheme) for scheme in THEMES
        }


def _small(picture: Image.Image) -> Image.Image:
    """The same in 256 colours: the most frequent as they are, so that no ground shifts, and the
    nearest there are for the many shades of edges and bands."""
    found = picture.getcolors(picture.width * picture.height) or []
    counted = cast(list[tuple[int, tuple[int, int, int]]], sorted(found, reverse=True))
    exact, others = counted[:EXACT], counted[EXACT:]
    colours = [part for _, colour in exact for part in colour]
    if others:
        rest = Image.new("RGB", (sum(count for count, _ in others), 1))
        rest.putdata([colour for count, colour in others for _ in range(count)])
        shades = rest.quantize(256 - EXACT, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        colours += shades.getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours[: 3 * 256])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def keep(page: Page, name: str, width: int | None = None) -> None:
    """Photograph a page that has come to rest, and keep it small."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    if width is not None:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    file = DOCS / f"{name}.png"
    _small(picture).save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file.name}: {picture.width} x {picture.height}, {size / 1000:.0f} KB")
    if size > HEAVIEST:
        raise SystemExit(f"{file.name} is too heavy for a README.")


def wall(stages: dict[str, Stage], name: str, ready: Callable[[Page], None], *schemes: str) -> None:
    """A view of the stage, in these lights."""
    for scheme in schemes:
        ready(stages[scheme].page)
        keep(stages[scheme].page, f"stage-{name}-{scheme}", STAGE_WIDTH)


def sees(selector: str, words: str = "") -> Callable[[Page], None]:
    """Waits until a page shows that."""

    def wait(page: Page) -> None:
        expect(page.locator(selector).first).to_contain_text(words)

    return wait


def drawn(layout: str, selector: str, words: str = "") -> Callable[[Page], None]:
    """Waits for a view and its chart."""

    def wait(page: Page) -> None:
        sees(selector, words)(page)
        chart = f".st-key-stage_{layout}_chart .einklang-figure[data-drawn]"
        expect(page.locator(chart)).to_be_visible()

    return wait


def phones(studio: Studio) -> dict[str, Phone]:
    """Two of the thirty have a browser: one by day, one by night."""
    code = studio.service.agenda(OPERATOR, studio.workshop).workshop.join_code
    url = f"{studio.base}/j/{code}"
    found = {scheme: Phone(studio.browser, url, scheme=scheme, scale=2) for scheme in THEMES}
    found["light"].scan()
    keep(found["light"].page, "phone-join")
    for phone, token in zip(found.values(), studio.tokens, strict=False):
        phone.context.add_cookies([{"name": "einklang", "value": token, "url": studio.base}])
        phone.scan()
        phone.state("waiting")
    return found


def collecting(studio: Studio, stages: dict[str, Stage], people: dict[str, Phone]) -> None:
    """The first question: perspectives come in, and are revealed."""
    question = studio.questions(QuestionKind.COLLECT)[0]
    studio.contribute(question, studio.open(question), range(2, 12))
    for phone in people.values():
        phone.state("open")
    phone = people["light"]
    phone.write("In meinem Haus wohnen sechs Menschen über achtzig, ohne Aufzug.", "Perspektive")
    phone.page.get_by_label("Ihr Beitrag").fill("Ein Amt, das zu den Menschen kommt.")
    phone.page.get_by_role("radio", name="Ziel").check()
    phone.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    keep(phone.page, "phone-collect")
    studio.reveal(question)
    wall(stages, "perspectives", sees(".stage-perspectives"), "light")


def rating(studio: Studio, stages: dict[str, Stage], people: dict[str, Phone]) -> None:
    """Two rounds in every cluster; the last one is photographed on its way."""
    *others, last = studio.questions(QuestionKind.RATE)
    for question in others:
        for _ in (1, 2):
            studio.rate(studio.open(question))
            studio.reveal(question)
    first_round(studio, last, stages, people)
    second_round(studio, last, stages, people)


def first_round(
    studio: Studio, question: KeyQuestion, stages: dict[str, Stage], people: dict[str, Phone]
) -> None:
    opened = studio.open(question)
    studio.rate(opened, range(2, 20))
    asked = studio.service.agenda(OPERATOR, studio.workshop).asked(opened)
    for scheme, phone in people.items():
        phone.state("open")
        phone.rate(asked[0].text, 4)
        phone.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
        keep(phone.page, f"phone-rate-{scheme}")
    wall(stages, "question", sees(".stage-question .count", "20 von 30 haben geantwortet"), "dark")
    console(studio, "20 von 30 Anwesenden")
    for phone in people.values():
        for place, statement in enumerate(asked):
            phone.rate(statement.text, (4, 2, 5, 1, 4, 3)[place % 6])
    studio.rate(opened, range(20, PEOPLE))
    studio.reveal(question)
    for phone in people.values():
        phone.state("results")
    keep(people["light"].page, "phone-result")


def second_round(
    studio: Studio, question: KeyQuestion, stages: dict[str, Stage], people: dict[str, Phone]
) -> None:
    opened = studio.open(question)
    for phone in people.values():
        phone.state("open")
    keep(people["dark"].page, "phone-second-round")
    studio.rate(opened)
    studio.reveal(question)
    wall(stages, "result", drawn("question", ".stage-rating .kicker", "Runde 2"), "light")


def comparing(studio: Studio, stages: dict[str, Stage]) -> None:
    """How the answers moved, both strands, all clusters; and how the citizens voted."""
    service, workshop = studio.service, studio.workshop
    *_, last = studio.questions(QuestionKind.RATE)
    agenda = service.agenda(OPERATOR, workshop)
    shared = next(q for q in agenda.questions if agenda.in_both_strands(q.id))
    service.show(OPERATOR, workshop, StageView.MOVES, last.id)
    wall(stages, "moves", drawn("moves", ".stage-moves"), "light")
    service.show(OPERATOR, workshop, StageView.STRANDS, shared.id)
    wall(stages, "strands", drawn("strands", ".stage-strands"), "light")
    service.show(OPERATOR, workshop, StageView.CLUSTERS)
    wall(stages, "clusters", drawn("clusters", ".stage-clusters"), *THEMES)
    studio.workshop = agenda.meetings[0].workshop_id
    service.show(OPERATOR, studio.workshop, StageView.GROUPS)
    dark = Stage(studio.browser, studio.link(Role.STAGE), scheme="dark")
    wall({"dark": dark}, "groups", drawn("groups", ".stage-groups"), "dark")


def console(studio: Studio, count: str) -> None:
    """The moderator's view of the running round, as a laptop and as a tablet show it."""
    for name, scheme, size in (("console", "light", (1366, 900)), ("tablet", "dark", (820, 1180))):
        desk = Console(studio.browser, studio.link(Role.MODERATOR), scheme=scheme, size=size)
        sees(".ek-count", count)(desk.page)
        keep(desk.page, name)
        desk.context.close()


def main() -> int:
    """Take all pictures; 1 where there is no Chromium."""
    program = chromium()
    if program is None:
        print("No Chromium on this machine (.ci/needs installs one).", file=sys.stderr)
        return 1
    DOCS.mkdir(exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = stack.enter_context(house(folder, PUBLIC_URL=ADDRESS))
        service = stack.enter_context(make_service(home.url, watch=True)).service
        chrome = stack.enter_context(sync_playwright()).chromium
        browser = chrome.launch(executable_path=program, args=FLAGS)
        studio = Studio(service, home.base, make_demo(service).workshop_id, browser)
        stages = studio.stages()
        studio.gather(PEOPLE)
        people = phones(studio)
        wall(stages, "lobby", sees(".stage-lobby .count", f"{PEOPLE} Personen"), "light")
        collecting(studio, stages, people)
        rating(studio, stages, people)
        comparing(studio, stages)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
