"""What people type: hostile, foreign, too long, twice; what is kept of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.answers import MAX_TEXT, clean_aspect, clean_step, clean_text, fingerprint
from workshop.errors import Refused
from workshop.model import Aspect, KeyQuestion, QuestionKind, Scale

CONTROLS_OF_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
FAMILY = "👨\u200d👩\u200d👧"
RAINBOW = "🏳\ufe0f\u200d🌈"
PERSIAN = "می\u200cخواهم"


@pytest.mark.parametrize("text", [FAMILY, RAINBOW, PERSIAN, "שלום", "日本語", "Größe 3 m²", "<b>&"])
def test_what_people_write_is_kept_as_they_wrote_it(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("control", CONTROLS_OF_DIRECTION)
def test_nothing_that_turns_the_direction_of_others_text_is_kept(control: str) -> None:
    assert clean_text(f"nach{control}links") == "nachlinks"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  viel \n\t Platz\u00a0 \u2003 da\u2028 ", "viel Platz da"),
        ("nu\0ll\x07 \x1b[31m", "null [31m"),
        ("Ba\u0308ume", "B\u00e4ume"),
        ("halb\ud83d", "halb"),
        ("\ufeffAnfang", "Anfang"),
    ],
)
def test_what_cannot_be_shown_goes_and_space_is_one_space(raw: str, kept: str) -> None:
    assert clean_text(raw) == kept


@pytest.mark.parametrize(
    "raw", ["", "   ", "\n\t", "\0\0", "\u200d", "\u200c \u200d", CONTROLS_OF_DIRECTION, "\ud800"]
)
def test_nothing_visible_is_no_text(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_text(raw)
    assert refused.value.code == "empty"


@pytest.mark.parametrize("letter", ["a", "ä", "a\u0308", "🌳", "字"])
def test_five_hundred_characters_are_fine_and_one_more_is_not(letter: str) -> None:
    """Code points of the composed text, as the phone counts them; not UTF-16."""
    assert len(clean_text(letter * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(Refused) as refused:
        clean_text(letter * (MAX_TEXT + 1))
    assert refused.value.code == "too-long"
    assert refused.value.params == {"n": MAX_TEXT + 1, "limit": MAX_TEXT}


def test_spaces_that_are_folded_do_not_count() -> None:
    assert len(clean_text("a   " * 250)) == 2 * 250 - 1


@given(st.text(st.characters(), max_size=600))
def test_what_is_kept_can_be_stored_and_is_kept_again_as_it_is(raw: str) -> None:
    try:
        kept = clean_text(raw)
    except Refused as refused:
        assert refused.code in ("empty", "too-long")
        return
    assert 0 < len(kept) <= MAX_TEXT
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not set(kept) & set(CONTROLS_OF_DIRECTION)
    assert clean_text(kept) == kept


def _question(steps: int) -> KeyQuestion:
    scale = Scale("agreement", tuple({"de": str(i)} for i in range(steps)))
    return KeyQuestion("q", "p", "c", QuestionKind.RATE, {}, {}, 5, 0, scale)


@pytest.mark.parametrize("steps", [2, 3, 5, 7, 11])
def test_every_step_of_the_scale_is_an_answer(steps: int) -> None:
    question = _question(steps)
    assert [clean_step(question, str(i)) for i in range(1, steps + 1)] == [*range(1, steps + 1)]
    assert clean_step(question, "0") is None


@pytest.mark.parametrize(
    "raw",
    ["", "6", "-1", "+1", "1.0", "1e0", " 1", "01", "00011", "00012", "٣", "³", "five", "1" * 5000],
)
def test_anything_else_is_none(raw: str) -> None:
    """ "00011" once passed as 1 and was kept as 11."""
    with pytest.raises(Refused) as refused:
        clean_step(_question(5), raw)
    assert refused.value.code == "bad-value"


@given(st.text())
def test_a_value_is_on_its_scale_or_refused(raw: str) -> None:
    try:
        value = clean_step(_question(5), raw)
    except Refused:
        return
    assert value is None or 1 <= value <= 5


def test_a_collecting_question_is_not_rated() -> None:
    question = KeyQuestion("q", "p", "c", QuestionKind.COLLECT, {}, {}, 5, 0)
    with pytest.raises(Refused) as refused:
        clean_step(question, "1")
    assert refused.value.code == "wrong-kind"


def test_a_contribution_is_of_one_of_three_kinds() -> None:
    assert [clean_aspect(a) for a in ("perspective", "interest", "goal")] == list(Aspect)
    for raw in (None, "", "GOAL", "ziel"):
        with pytest.raises(Refused) as refused:
            clean_aspect(raw)
        assert refused.value.code == "no-aspect"


def test_the_same_again_has_the_same_fingerprint() -> None:
    one = fingerprint(Aspect.GOAL, "Mehr Bäume")
    assert one == fingerprint(Aspect.GOAL, "mehr  BÄUME ")
    assert one != fingerprint(Aspect.INTEREST, "Mehr Bäume")
    assert one != fingerprint(Aspect.GOAL, "Mehr Räume")
