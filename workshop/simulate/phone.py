"""One simulated phone: a person with a browser that has no JavaScript but hears of changes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final, Protocol
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

import httpx

from workshop.simulate.forms import Form, Item, Page, Sheet, read_page

POLL: Final = 2.0
"""Seconds between two looks where there is no event stream."""

TRIES: Final = 8
"""How often a request is sent before its person gives up."""


GOOD: Final = frozenset({"saved", "group"})
"""What the address after a POST may say in `e=`; anything else is a refusal."""


class GaveUp(Exception):
    """A request that got no answer, or an answer that stops this phone."""


@dataclass
class Tally:
    """What all phones of a room have done so far; latencies in milliseconds."""

    joined: int = 0
    answers: int = 0
    contributions: int = 0
    refused: int = 0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def problem(self, sentence: str) -> None:
        """Something went wrong that a person would have seen."""
        self.errors += 1
        if sentence not in self.problems and len(self.problems) < 5:
            self.problems.append(sentence)


class Mind(Protocol):
    """What a phone asks its person."""

    def group(self, choices: list[str]) -> str:
        """The button by which to join."""
        ...

    def rate(self, items: list[Item]) -> list[tuple[Item, str]]:
        """The values to send; what is left out stays unanswered."""
        ...

    def write(self, page: Page) -> tuple[str, str]:
        """Kind and text of a contribution."""
        ...

    def words(self, page: Page, most: int) -> list[str]:
        """Words for a cloud, so many at the most."""
        ...

    def fill(self, sheet: Sheet) -> list[int] | None:
        """A number for each option, None for no answer."""
        ...

    async def pause(self, seconds: float) -> None:
        """Take about this long, as a person would."""
        ...


class Phone:
    """Joins, answers what is open, waits for the next, until the workshop ends."""

    def __init__(self, client: httpx.AsyncClient, url: str, mind: Mind, tally: Tally) -> None:
        self.client = client
        self.url = url
        self.mind = mind
        self.tally = tally
        self._news = asyncio.Event()
        self._done: set[str] = set()

    async def run(self) -> None:
        """The whole evening of one person."""
        try:
            page = await self.join()
            listening = asyncio.create_task(self._listen())
            try:
                while page.state != "ended":
                    await self.take_part(page)
                    await self._news.wait()
                    self._news.clear()
                    await self.mind.pause(0.4)
                    page = await self.look()
            finally:
                listening.cancel()
        except GaveUp as reason:
            self.tally.problem(str(reason))

    async def join(self) -> Page:
        """Scan, tap a group, and be in. Raises GaveUp."""
        page = await self.look()
        if not page.groups:
            raise GaveUp(f"{self.url} offers no group to join with: {page.text[:200]}")
        await self.mind.pause(1.5)
        chosen = self.mind.group([button.value for button in page.groups])
        button = next(b for b in page.groups if b.value == chosen)
        assert page.task is not None
        reply = await self._send(page.task, page.task.filled() | {button.name: button.value})
        page = self._read(await self._follow(reply))
        if page.groups:
            raise GaveUp(f"{self.url} did not let somebody in: {page.text[:200]}")
        self.tally.joined += 1
        return page

    async def look(self) -> Page:
        """The page as it is now. Raises GaveUp."""
        return self._read(await self._follow(await self._request("GET", self.url)))

    async def take_part(self, page: Page) -> None:
        """Answer what is open and has not been answered yet. Raises GaveUp."""
        form, sheet = page.task, page.sheet
        if form is not None and (page.collects or page.asks_words or sheet is not None):
            if form.key in self._done:
                return
            self._done.add(form.key)
            if sheet is not None:
                await self._fill(sheet)
            elif page.collects:
                await self._contribute(page, form)
            else:
                await self._words(page, form)
        elif page.items:
            await self.rate(page)
        else:  # what was asked is over: the next time is another round
            self._done.clear()

    async def _contribute(self, page: Page, form: Form) -> None:
        kind, text = self.mind.write(page)
        await self.mind.pause(4.0)
        fields = form.filled()
        fields[form.of("textarea")[0].name] = text
        kinds = form.of("radio") or [b for b in form.of("submit") if b.value]
        if kinds:
            chosen = next((c for c in kinds if c.value == kind), kinds[0])
            fields[chosen.name] = chosen.value
        if await self._sent(form, fields):
            self.tally.contributions += 1

    async def _words(self, page: Page, form: Form) -> None:
        for word in self.mind.words(page, form.most):
            await self.mind.pause(3.0)
            if await self._sent(form, form.filled() | {form.of("text")[0].name: word}):
                self.tally.contributions += 1

    async def _fill(self, sheet: Sheet) -> None:
        given = self.mind.fill(sheet)
        await self.mind.pause(2.0 * len(sheet.names))
        if await self._sent(sheet.form, sheet.fields(given)):
            self.tally.answers += 1

    async def rate(self, page: Page) -> int:
        """Rate what the page asks and this person has not rated yet; returns how many."""
        chosen = self.mind.rate([i for i in page.items if i.key not in self._done])
        self._done.update(item.key for item in page.items)
        together: dict[int, tuple[Form, dict[str, str]]] = {}
        for item, value in chosen:
            await self.mind.pause(2.0)
            if item.form.of("radio"):
                fields = together.setdefault(id(item.form), (item.form, item.form.filled()))[1]
                fields[item.name] = value
            else:
                if await self._sent(item.form, item.form.filled() | {item.name: value}):
                    self.tally.answers += 1
        for form, fields in together.values():
            if await self._sent(form, fields):
                self.tally.answers += sum(1 for item, _ in chosen if item.form is form)
        return len(chosen)

    async def _sent(self, form: Form, fields: dict[str, str]) -> bool:
        """POST a form; whether it was taken. A round may close while somebody is thinking.

        As with a page's script, the page stays as it is: nothing is loaded after each tap.
        """
        target = (await self._send(form, fields)).headers["location"]
        said = parse_qs(urlsplit(target).query).get("e", ["saved"])[0]
        if said not in GOOD:
            self.tally.refused += 1
        return said in GOOD

    async def _send(self, form: Form, fields: dict[str, str]) -> httpx.Response:
        """POST a form as a browser does; a redirect, or it gives up."""
        buttons = [c for c in form.controls if c.kind == "submit"]
        if len(buttons) == 1 and buttons[0].name:
            fields = {buttons[0].name: buttons[0].value} | fields
        started = time.perf_counter()
        reply = await self._request("POST", form.action, fields)
        self.tally.latencies.append((time.perf_counter() - started) * 1000)
        if not reply.is_redirect:
            raise GaveUp(f"{form.action} answered {reply.status_code} instead of 303.")
        return reply

    async def _follow(self, reply: httpx.Response) -> httpx.Response:
        """The page at the end of the redirects. Raises GaveUp where it is an error."""
        for _ in range(5):
            if not reply.is_redirect:
                break
            target = urljoin(str(reply.url), reply.headers["location"])
            reply = await self._request("GET", target)
        if reply.status_code >= 400:
            page = self._read(reply)
            raise GaveUp(f"{page.url} answered {reply.status_code}: {page.text[:200]}")
        return reply

    @staticmethod
    def _read(reply: httpx.Response) -> Page:
        return read_page(reply.text, str(reply.url))

    async def _request(
        self, method: str, url: str, fields: dict[str, str] | None = None
    ) -> httpx.Response:
        """A request, sent again while the server is away or asks for patience."""
        reason = ""
        for turn in range(TRIES):
            try:
                reply = await self.client.request(method, url, data=fields)
            except httpx.HTTPError as error:
                self.tally.errors += 1
                reason = type(error).__name__
            else:
                if reply.status_code not in (429, 502, 503, 504):
                    return reply
                reason = f"{reply.status_code}"
            await asyncio.sleep(min(5.0, 0.25 * 2**turn))
        raise GaveUp(f"{url} did not answer ({reason}).")

    async def _listen(self) -> None:
        """Hear of changes over the phone's event stream; without one, look every two seconds."""
        parts = urlsplit(self.url)
        events = urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/events", query=""))
        patience = httpx.Timeout(10.0, read=90.0)
        while True:
            try:
                async with self.client.stream("GET", events, timeout=patience) as reply:
                    if reply.status_code == 200:
                        async for line in reply.aiter_lines():
                            if line.startswith("data:"):
                                self._news.set()
            except httpx.HTTPError:
                pass  # a restarted server, a tunnel: the look below is the answer to both
            await asyncio.sleep(POLL)
            self._news.set()
