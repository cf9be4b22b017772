"""What may be said of a choice, a ranking, points, a plane and a cloud, and no more."""

from __future__ import annotations

import pytest

from tests.workshop.chart_objects import DE, EN
from tests.workshop.test_charts_kinds import HIGH, LOW, RANKED, choice, level, placed, whole
from workshop.model import QuestionKind
from workshop.sentences import (
    axis_word,
    cloud_sentence,
    each_answers,
    lead_sentence,
    matrix_sentence,
    option_words,
    whole_sentence,
)
from workshop.verdicts import ItemWord


def test_one_option_leads_and_whether_that_holds_is_said() -> None:
    result = choice(12, 5, 3)
    holds, open_ = (level(result, 0, holds=holds) for holds in (True, False))
    assert lead_sentence(holds, DE) == "„Bäume“ liegt vorn, der Vorsprung ist nachweisbar."
    assert lead_sentence(open_, DE) == (
        "„Bäume“ liegt vorn, der Vorsprung ist aber nicht nachweisbar."
    )
    assert lead_sentence(holds, EN) == "“Bäume” leads, demonstrably ahead of the next."


def test_equals_lead_together() -> None:
    two, many = choice(8, 8, 4), choice(5, 5, 5, 5, 0)
    assert lead_sentence(level(two, 0, 1), DE) == "„Bäume“ und „Busse“ liegen gleichauf vorn."
    assert lead_sentence(level(many, 0, 1, 2, 3), DE) == "4 Optionen liegen gleichauf vorn."
    same = choice(6, 6, 6)
    said = lead_sentence(level(same, 0, 1, 2), DE)
    assert said == "Keine Option liegt vorn: Alle sind gleichauf."


def test_a_long_option_is_cut_at_a_word() -> None:
    result = whole(QuestionKind.CHOOSE, {1: 9}, {0: 9}, texts=["Ein Wort nach dem anderen"], most=1)
    assert lead_sentence(level(result, 0), DE, limit=16).startswith("„Ein Wort nach…“ liegt")


@pytest.mark.parametrize("n", range(5))
def test_of_fewer_than_five_nothing_is_said(n: int) -> None:
    found = level(choice(n, 0, n=n))
    for said in (lead_sentence(found, DE), whole_sentence(found, 1, DE)):
        assert "Bäume" not in said
        assert ("Niemand hat geantwortet." if n == 0 else "Weniger als fünf Antworten") in said


def test_the_whole_sentence_has_every_option_the_lead_and_the_agreement() -> None:
    said = whole_sentence(level(choice(12, 5, 3, number=2), 0), 2, DE).replace("\u00a0", " ")
    assert said.startswith(
        "Runde 2: 20 Antworten. „Bäume“: 60 % (12 von 20); „Busse“: 25 % (5 von 20); "
        "„Radwege“: 15 % (3 von 20). „Bäume“ liegt vorn"
    )
    assert "Konsens 15 von 100 (95-%-Intervall 20 bis 40); Antworten aufs Geratewohl" in said


def test_what_the_room_gave_an_option() -> None:
    ranked = whole(QuestionKind.RANK, *RANKED)
    assert option_words(ranked.options[0], ranked.question, DE) == ("1,4", "12 von 20 auf Platz 1")
    points = whole(QuestionKind.ALLOCATE, {10: 4, 0: 2}, {0: 4, 10: 2}, most=10)
    assert option_words(points.options[0], points.question, DE) == ("40 Punkte", "von 4 Personen")
    assert "mittlerer Platz 1,4" in whole_sentence(level(ranked, 0), 1, DE)


def test_on_an_axis_nobody_is_in_favour_of_anything() -> None:
    assert axis_word(ItemWord.AGREED_FOR, DE) == "einig: hoch"
    assert axis_word(ItemWord.AGREED_AGAINST, DE) == "einig: niedrig"
    assert axis_word(ItemWord.POLARISED, DE) == "polarisiert"
    assert axis_word(None, DE) == ""
    said = matrix_sentence(placed("a", HIGH, LOW), DE)
    assert said.startswith("Wichtigkeit: einig: hoch (zwischen „wichtig“ und „sehr wichtig“); ")
    assert said.endswith(".")


def test_a_cloud_has_no_more_to_say_than_its_words() -> None:
    once = cloud_sentence([("a", 1), ("b", 1)], DE)
    assert once == "2 verschiedene Wörter, insgesamt 2-mal genannt. Jedes wurde einmal genannt."
    many = cloud_sentence([(name, 3) for name in "abcde"], EN)
    assert many.endswith("5 words were sent most often, 3 times each.")


def test_how_many_answered_each() -> None:
    assert each_answers(28, 28, DE) == "Je Aussage 28 Antworten."
    assert each_answers(27, 30, EN) == "27 to 30 answers to each."
