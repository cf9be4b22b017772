"""The stage in a real browser: when did which count stand on the wall?"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Error, async_playwright

from tests.browsers import FLAGS, chromium

WATCH = """() => {
  // The stage renders into shadow roots: look into all of them after every frame.
  const find = (root) => {
    const here = root.querySelector('.count strong')
    if (here) return here
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot && find(element.shadowRoot)
      if (inner) return inner
    }
    return null
  }
  let element = null
  let last = null
  const look = () => {
    if (!element || !element.isConnected) element = find(document)
    const count = element ? element.textContent.replace(/\\D/g, '') : ''
    if (count !== '' && count !== last) { last = count; window.shown(Number(count)) }
    requestAnimationFrame(look)
  }
  look()
}"""


@dataclass
class Stage:
    """What the projector showed: (moment, count), on the clock of `time.perf_counter`."""

    counts: list[tuple[float, int]] = field(default_factory=list)
    trouble: str = ""


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[Stage]:
    """Open the stage and note every count that it shows, as long as the block runs."""
    stage = Stage()
    program = chromium()
    if program is None:
        stage.trouble = "no Chromium here, so no stage was measured"
        yield stage
        return

    def shown(count: int) -> None:
        stage.counts.append((time.perf_counter(), count))

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1920, "height": 1080})
        await page.expose_function("shown", shown)
        try:
            await page.goto(url)
            await page.get_by_text(re.compile(r"\d{4}\s\d{4}")).first.wait_for(timeout=30_000)
            await page.evaluate(WATCH)
        except Error as error:
            stage.trouble = f"the stage did not open: {error.message.splitlines()[0]}"
        yield stage
        await browser.close()
