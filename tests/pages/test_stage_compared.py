"""The stage's views that compare: who moved, both strands, opinion groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pages.parts.stage_look import Shown, look, page_count
from tests.both_strands import Meeting, meetings
from tests.evening import HOSTILE
from tests.rooms import make_service
from workshop.errors import Refused
from workshop.i18n import translator
from workshop.model import OPERATOR, Actor, Role, StageView, Strand

DE = translator("de")
TEXTS = ("Mehr Bäume in der Stadt", "Ein Rad für alle")
AT_FIRST = [[person % 5 + 1, 5] for person in range(20)]
LATER = [[min(5, person % 5 + 2), 5] for person in range(20)]


@pytest.fixture
def both(sqlite_url: str) -> Iterator[tuple[dict[Strand, Meeting], list[str]]]:
    """A council and a citizens' workshop of one process that rate the same two statements."""
    with make_service(sqlite_url) as running:
        yield meetings(running, 5, TEXTS)


def show(meeting: Meeting, view: StageView, page: int = 0) -> Shown:
    """Put a view of the question on the stage, and look at it."""
    w, question = meeting.workshop_id, meeting.question.id
    asked = None if view in (StageView.CLUSTERS, StageView.GROUPS) else question
    meeting.service.show(OPERATOR, w, view, asked, page)
    return look(meeting.service, Actor(Role.STAGE, w), w, DE)


def words(shown: Shown) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", shown.html).split())


Both = tuple[dict[Strand, Meeting], list[str]]


def test_who_moved_is_shown_after_the_second_round_and_counts_people(both: Both) -> None:
    council, ids = both[0][Strand.COUNCIL], both[1]
    council.round(AT_FIRST, ids)
    with pytest.raises(Refused) as refused:
        show(council, StageView.MOVES)
    assert refused.value.code == "no-second-round"
    council.round(LATER, ids)
    shown = show(council, StageView.MOVES)
    said = words(shown)
    assert (shown.layout, shown.chart_key) == ("moves", f"stage_moves_{council.question.id}")
    assert "4 von 20 blieben" in said and "16 nach oben" in said and "0 nach unten" in said
    assert "20 von 20 blieben" in said
    assert "Runde 1 und Runde 2" in said and "Konsens" in said
    assert shown.chart is not None and shown.chart.start is not None
    assert (
        page_count(council.service, Actor(Role.STAGE, council.workshop_id), council.workshop_id)
        == 1
    )


def test_nothing_of_fewer_than_five_in_both_rounds_is_shown(both: Both) -> None:
    council, ids = both[0][Strand.COUNCIL], both[1]
    council.round(AT_FIRST, ids)
    council.round([[5, 5] if person < 4 else [None, None] for person in range(20)], ids)
    shown = show(council, StageView.MOVES)
    assert "Weniger als fünf Personen in beiden Runden" in words(shown)
    assert "von 4 blieben" not in words(shown) and shown.chart is not None
    assert all(x == 0 for t in shown.chart.figure["data"] if t["type"] == "bar" for x in t["x"])


def test_a_second_round_of_other_statements_has_nothing_to_move(both: Both) -> None:
    council, ids = both[0][Strand.COUNCIL], both[1]
    council.round([[row[0]] for row in AT_FIRST], ids[:1], only=ids[:1])
    council.round([[row[1]] for row in AT_FIRST], ids[1:], only=ids[1:])
    assert "Keine Aussage wurde in beiden Runden gefragt." in words(show(council, StageView.MOVES))


def test_many_moves_come_in_pages(sqlite_url: str) -> None:
    with make_service(sqlite_url) as running:
        meeting, ids = meetings(running, 5, [f"Aussage {n}" for n in range(9)])
        council = meeting[Strand.COUNCIL]
        for shift in (0, 1):
            council.round([[(n + shift) % 5 + 1 for n in range(9)]] * 6, ids)
        show(council, StageView.MOVES)
        stage = Actor(Role.STAGE, council.workshop_id)
        pages = page_count(council.service, stage, council.workshop_id)
        found = [words(show(council, StageView.MOVES, page)) for page in range(pages)]
        assert pages == 3 and f"Seite 1 von {pages}" in found[0]
        assert {n for text in found for n in re.findall(r"Aussage (\d)", text)} == set("012345678")


def test_both_strands_stand_beside_each_other_with_their_people(both: Both) -> None:
    (meeting, ids) = both
    council, citizens = meeting[Strand.COUNCIL], meeting[Strand.CITIZENS]
    council.round(AT_FIRST, ids)
    with pytest.raises(Refused) as refused:
        show(council, StageView.STRANDS)
    assert refused.value.code == "one-strand"
    citizens.round([[1, 5] for _ in range(40)], ids)
    shown = show(council, StageView.STRANDS)
    said = words(shown).replace("\u00a0", " ")
    assert "Rat 20, Bürgerschaft 40 Personen" in said and "Nähe " in said
    # The nearest first: both are for the second statement alike.
    assert said.index(TEXTS[1]) < said.index(TEXTS[0])
    assert "gemeinsam Unterschied nicht nachweisbar" in said
    assert "offen Unterschied nachweisbar" in said
    assert shown.layout == "strands" and shown.chart is not None
    show(citizens, StageView.STRANDS)
    clusters = show(council, StageView.CLUSTERS)
    assert "bei denselben Aussagen: Rat 20 Bürgerschaft 40" in words(clusters)


def test_the_other_strands_unrevealed_round_is_nobodys_yet(both: Both) -> None:
    (meeting, ids) = both
    meeting[Strand.COUNCIL].round(AT_FIRST, ids)
    meeting[Strand.CITIZENS].round([[1, 5]] * 40, ids, reveal=False)
    with pytest.raises(Refused):
        show(meeting[Strand.COUNCIL], StageView.STRANDS)
    assert "Bürgerschaft" not in words(show(meeting[Strand.COUNCIL], StageView.CLUSTERS))


def test_without_opinion_groups_the_stage_says_why(both: Both) -> None:
    council, ids = both[0][Strand.COUNCIL], both[1]
    council.round(AT_FIRST, ids)
    shown = show(council, StageView.GROUPS)
    assert shown.chart is None and "Keine Meinungsgruppen" in words(shown)
    assert "50" in words(shown)


def test_opinion_groups_stand_on_a_map_beside_what_all_agree_on(sqlite_url: str) -> None:
    with make_service(sqlite_url) as running:
        meeting, ids = meetings(running, 3, [f"Aussage {n}" for n in range(8)])
        council = meeting[Strand.COUNCIL]
        camps = ([1, 1, 1, 1, 3, 3, 3, 3], [3, 3, 3, 3, 1, 1, 1, 3])
        council.round([camps[person % 2] for person in range(60)], ids)
        shown = show(council, StageView.GROUPS)
        said = words(shown)
        assert shown.layout == "groups" and shown.chart is not None
        assert (
            "2 Meinungsgruppen" in said and "Darin sind sich alle Gruppen am ehesten einig" in said
        )
        assert said.index("Aussage 7") < said.index("Aussage", said.index("Aussage 7") + 1)
        assert "60 Stimmen" in said


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_text_and_nothing_else(sqlite_url: str, text: str) -> None:
    with make_service(sqlite_url) as running:
        meeting, ids = meetings(running, 5, [text])
        for _ in range(2):
            meeting[Strand.COUNCIL].round([[4]] * 6, ids)
        meeting[Strand.CITIZENS].round([[2]] * 6, ids)
        for view in (StageView.MOVES, StageView.STRANDS):
            found = show(meeting[Strand.COUNCIL], view).html
            for name in ("script", "img", "a", "b"):
                assert f"<{name}>" not in found and f"<{name} " not in found
            assert "onerror=alert(1)>" not in found
