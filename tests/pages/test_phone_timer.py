"""The timer on a phone without JavaScript: until when, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.phones import Phone, Room, room
from workshop.i18n import translator
from workshop.model import OPERATOR, QuestionKind


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def line(phone: Phone) -> tuple[str, bool]:
    """What the timer's line says, and whether it is there to be seen."""
    found = phone.open().soup.find(id="timer")
    assert found is not None
    return found.get_text(), not found.has_attr("hidden")


def test_the_page_says_until_when_there_is_time(here: Room) -> None:
    phone, service = here.phone(), here.service
    phone.join()
    assert line(phone) == ("", False)
    here.opened(QuestionKind.COLLECT)
    ends = service.start_timer(OPERATOR, here.workshop, 7).workshop.timer_ends_at
    assert ends is not None
    assert line(phone) == (f"Zeit bis {translator('de').time(ends)} Uhr", True)
    service.end_workshop(OPERATOR, here.workshop)
    service.start_timer(OPERATOR, here.workshop, 7)
    assert line(phone) == ("", False)
