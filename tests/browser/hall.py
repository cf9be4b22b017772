"""A small workshop in a served house, and the people and screens of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.browser.console import Console
from tests.browser.house import House, house
from tests.browser.ledger import Ledger
from tests.browser.phone import Phone
from tests.browser.stage import Stage
from tests.rooms import Prepared, make_service, prepare
from workshop.model import OPERATOR, Role
from workshop.service import Service

PASSPHRASE: Final = "Wir machen es einfach!"
STATEMENTS: Final = ("Mehr Bäume in der Stadt", "Ein Rad für alle")


@dataclass
class Hall:
    """A workshop with two statements on its first rating question."""

    house: House
    room: Prepared
    ledger: Ledger
    browser: Browser

    @property
    def question(self) -> str:
        """The rating question's id."""
        return self.room.rate.id

    @property
    def address(self) -> str:
        """What the QR code says."""
        return f"{self.house.base}/j/{self.room.agenda.workshop.join_code}"

    def phone(
        self,
        *,
        script: bool = True,
        scheme: str = "light",
        lang: str = "de-DE",
        size: tuple[int, int] = (390, 844),
    ) -> Phone:
        """Somebody's phone, not joined yet."""
        return Phone(self.browser, self.address, script=script, scheme=scheme, lang=lang, size=size)

    def stage(self) -> Stage:
        """The wall."""
        link = self.room.service.grant_link(OPERATOR, Role.STAGE, self.room.id)
        return Stage(self.browser, f"{self.house.base}/s/{link}")

    def console(self) -> Console:
        """The moderator's desk."""
        link = self.room.service.grant_link(OPERATOR, Role.MODERATOR, self.room.id)
        return Console(self.browser, f"{self.house.base}/m/{link}")


@contextmanager
def serving(folder: Path) -> Iterator[tuple[House, Service]]:
    """A served house with a passphrase, and a service on the same database."""
    with (
        house(folder, MODERATOR_PASSPHRASE=PASSPHRASE) as home,
        make_service(home.url, passphrase=PASSPHRASE, watch=True) as running,
    ):
        yield home, running.service


def hall_of(browser: Browser, home: House, service: Service) -> Hall:
    """A workshop of its own in that house."""
    room = prepare(service)
    return Hall(home, room, Ledger(home.file, room.id), browser)
