"""What may be said of a result, and no more: each number with its n, interval and chance level.

Plain unescaped text in the reader's language; whoever shows it escapes it. Points are whole
numbers, unless rounding would hide what the word beside them says. The words are the method's
(`workshop.verdicts`); a cluster gets words of convergence only, since all can agree that
something is bad.
"""

from __future__ import annotations

from workshop.sentences.changes import (
    bounds_sentence,
    change_digits,
    change_sentence,
    item_change_in_full,
    item_change_sentence,
)
from workshop.sentences.kinds import (
    agreement_words,
    axis_names,
    axis_word,
    axis_words,
    cloud_sentence,
    few_sentence,
    lead_sentence,
    matrix_sentence,
    option_words,
    quoted,
    shown_on_both,
    whole_answers,
    whole_sentence,
)
from workshop.sentences.levels import (
    item_sentence,
    level_problem,
    level_sentence,
)
from workshop.sentences.strands import (
    cluster_comparison_sentence,
    comparison_sentence,
    groups_sentence,
)
from workshop.sentences.words import (
    answers_words,
    change_word,
    direction_word,
    each_answers,
    interval_name,
    item_word,
    level_word,
    median_words,
    p_words,
    people_words,
    provable_words,
    strand_name,
    strand_word,
)

__all__ = [
    "agreement_words",
    "answers_words",
    "axis_names",
    "axis_word",
    "axis_words",
    "bounds_sentence",
    "change_digits",
    "change_sentence",
    "change_word",
    "cloud_sentence",
    "cluster_comparison_sentence",
    "comparison_sentence",
    "direction_word",
    "each_answers",
    "few_sentence",
    "groups_sentence",
    "interval_name",
    "item_change_in_full",
    "item_change_sentence",
    "item_sentence",
    "item_word",
    "lead_sentence",
    "level_problem",
    "level_sentence",
    "level_word",
    "matrix_sentence",
    "median_words",
    "option_words",
    "p_words",
    "people_words",
    "provable_words",
    "quoted",
    "shown_on_both",
    "strand_name",
    "strand_word",
    "whole_answers",
    "whole_sentence",
]
