"""How to read the numbers, a sentence each: in the files and on the results page."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.i18n import Translator
from workshop.verdicts import AGREED_SHARE

Line = tuple[str, str]


def reading_aid(t: Translator, agreed_share: float = AGREED_SHARE) -> Iterator[Line]:
    """(measure, what it says and whose it is), one line each.

    Args:
        agreed_share: the share of answers on one side that the process calls agreement.
    """
    yield from _of_a_cluster(t)
    yield from _of_a_change(t)
    yield from _of_a_statement(t, agreed_share)
    yield from _of_options(t)
    yield from _of_both_strands(t)
    yield from _of_groups(t)


def _of_a_cluster(t: Translator) -> Iterator[Line]:
    yield (
        t("Convergence index"),
        t(
            "0 to 100: the mean consensus of all that was asked in every revealed round of a"
            " cluster: each statement counts once, in a matrix on each axis, and a question with"
            " options counts once. Convergence is not approval: all can agree that something is"
            " bad. From five people on."
        ),
    )
    yield (
        t("95% interval"),
        t(
            "How far the number could be off because only these people answered: in about 95 of"
            " 100 such rooms it holds the true value. Where everybody invited answered it is"
            " called stability range: how much the number hangs on single people."
        ),
    )
    yield (
        t("Chance level"),
        t(
            "What the index would be on average if everybody had answered at random, for the same"
            " questions and as many answers. It is never 0."
        ),
    )
    yield (
        t("Verdict on a cluster"),
        t(
            "Agreed beyond chance: the interval lies above the chance level. Indistinguishable"
            " from chance: it covers the chance level. Split: it lies below."
        ),
    )


def _of_a_change(t: Translator) -> Iterator[Line]:
    yield (
        t("Change"),
        t(
            "The index of the later round minus that of the earlier one, of those who answered"
            " both. Demonstrable where its interval does not cover 0, at least 15 people answered"
            " both times, and everything was asked again. Whoever answers again knows the result of"
            " the round before."
        ),
    )
    yield (
        t("Stability"),
        t(
            "Converged and stable are two things: who kept their answer, weighted kappa (1: nobody"
            " moved, 0: as if answered afresh; Cohen, 1968), and whether those who moved went one"
            " way (Wilcoxon, 1945)."
        ),
    )


def _of_a_statement(t: Translator, agreed_share: float) -> Iterator[Line]:
    yield (
        t("Consensus"),
        t(
            "0 two equal camps at the two ends of the scale, 1 all the same (Tastle and Wierman,"
            " 2007)."
        ),
    )
    yield (
        t("Verdict on a statement"),
        t(
            "Polarised: a quarter or more on either side of the middle, and the consensus"
            " demonstrably below the chance level. Agreed in favour, against, or in the middle: at"
            " least {share} of the answers there. Divided: a quarter or more on either side. Else"
            " open.",
            share=t.percent(agreed_share),
        ),
    )
    yield t("Median"), t("The answer in the middle when all answers stand in a row.")
    yield (
        t("Leik’s D"),
        t(
            "0 all the same, 1 two equal camps: twice the mean distance from the median, as a"
            " share of the length of the scale (Leik, 1966)."
        ),
    )
    yield (
        t("van der Eijk’s A"),
        t(
            "−1 two camps, 0 evenly spread, 1 all the same (van der Eijk, 2001). Read it with the"
            " distribution only."
        ),
    )
    yield (
        t("Blair and Lacy’s l²"),
        t("0 two equal camps, 1 all the same (Blair and Lacy, 2000)."),
    )
    yield (
        t("n"),
        t("Answers with a value. “No answer” is counted on its own and is no step of the scale."),
    )


def _of_options(t: Translator) -> Iterator[Line]:
    yield (
        t("Consensus on options"),
        t(
            "Choosing one: 0 all options chosen equally often, 1 all chose the same (entropy)."
            " Choosing several: the mean over the options, 0 where half chose one, 1 where all or"
            " none did. Order and points: how alike the orders of two people are on average, 0 not"
            " at all, 1 entirely."
        ),
    )
    yield (
        t("Kendall’s W"),
        t(
            "0 to 1: how far all orders agree; the fewer people, the higher it is by chance alone."
            " p: how often random orders would agree as much (Kendall and Babington Smith, 1939)."
        ),
    )
    yield (
        t("Lead"),
        t(
            "In the lead is what most people chose, what was placed best on average, or what was"
            " given most points. Demonstrable where the 95% interval of the lead over the next one"
            " lies above 0."
        ),
    )


def _of_both_strands(t: Translator) -> Iterator[Line]:
    yield (
        t("Verdict on both strands"),
        t(
            "A strand is for (against) a statement when more than half of its answers are. Shared:"
            " both in the same direction. Disputed: in opposite ones. Council only, citizens only:"
            " one is for and the other has no direction. Else open."
        ),
    )
    yield (
        t("Nearness"),
        t(
            "100: both strands answer in the same proportions. 0: all at opposite ends of the"
            " scale. The distance is its counterpart from 0 to 1 (earth mover’s distance)."
        ),
    )
    yield (
        t("Distance by chance"),
        t(
            "So far apart are two samples of the same opinion on average; in 95 of 100 cases not"
            " farther than “95%”. The difference is demonstrable where random divisions of all"
            " these people are hardly ever as far apart (p, corrected after Benjamini and"
            " Hochberg, 1995)."
        ),
    )
    yield (
        t("Cliff’s delta"),
        t(
            "From −1 to 1: above 0 the council is more in favour, below 0 the citizens are"
            " (Cliff, 1993)."
        ),
    )


def _of_groups(t: Translator) -> Iterator[Line]:
    yield (
        t("Group-informed consensus"),
        t(
            "From 0 to 1, high only where every opinion group agrees with a statement: a large"
            " group can’t outvote a small one (Small et al., 2021)."
        ),
    )
