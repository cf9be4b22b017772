"""What happened between two rounds: whether a room moved, who moved, what the missing could do."""

from __future__ import annotations

from workshop.analysis import Bounds, Change, ItemChange
from workshop.i18n import Translator
from workshop.sentences.words import change_word, digits, interval_of, p_words
from workshop.stability import Stability
from workshop.verdicts import ChangeWord


def change_sentence(name: str, change: Change, t: Translator, *, invited: int | None = None) -> str:
    """A cluster between two rounds: the matched panel first, everybody beside it.

    Args:
        name: of the cluster; empty where it stands above.
        invited: how many were invited, for the name of the interval; None where not known.
    """
    if change.word is ChangeWord.SOME_ITEMS or not change.asked_again:
        return _named(name, _some_items(change, t), t)
    if change.change is None or change.low is None or change.high is None:
        return _named(name, _too_few(change.matched, t), t)
    sentence = t(
        "{rounds}: {change} points ({interval} {low} to {high}) among {people}: {word}.",
        rounds=_rounds(name, change, t),
        people=t.n(
            "{n} person who answered both times",
            "{n} people who answered both times",
            change.matched,
        ),
        word=_word(change.word, t),
        **_numbers(change, invited, t),
    )
    if change.whole is not None:
        sentence += " " + t("Everybody together: {change}.", change=t.signed(change.whole))
    return sentence


def _named(name: str, problem: str, t: Translator) -> str:
    return t("{name}: {problem}", name=name, problem=problem) if name else problem


def _rounds(name: str, change: Change, t: Translator) -> str:
    """Between which rounds; whoever answers again has seen the result before."""
    numbers = {"first": change.first, "second": change.second}
    if name:
        return t(
            "{name}, round {second} after round {first}, knowing its result", name=name, **numbers
        )
    return t("Round {second} after round {first}, knowing its result", **numbers)


def _some_items(change: Change, t: Translator) -> str:
    """Asking the worst again flatters: they rise by themselves."""
    if not change.asked_again:
        return t("No change is claimed, since nothing was asked again.")
    if change.asked_again == change.asked:
        return t("No change is claimed, since not everything was asked in every round.")
    return t(
        "No change is claimed, since only a part was asked again ({again} of {asked}).",
        again=change.asked_again,
        asked=change.asked,
    )


def _too_few(matched: int, t: Translator) -> str:
    if not matched:
        return t("No change is shown, since nobody answered both times.")
    return t("No change is shown, since fewer than five people answered both times.")


def _word(word: ChangeWord, t: Translator) -> str:
    """The word within a sentence: what may not be claimed says from how many people on."""
    if word is ChangeWord.TOO_FEW_TO_CLAIM:
        return t("too few to claim a change, which takes 15")
    return change_word(word, t)


def change_digits(change: Change | ItemChange, t: Translator) -> int:
    """How many digits the points of a change need for its word to be seen in them."""
    limits = {ChangeWord.CLOSER: change.low, ChangeWord.APART: change.high}
    limit = limits.get(change.word)
    return 0 if limit is None else digits(t, (limit, 0.0))


def _numbers(change: Change | ItemChange, invited: int | None, t: Translator) -> dict[str, str]:
    exact = change_digits(change, t)
    return {
        "change": t.signed(change.change, exact),
        "interval": interval_of(change.matched, invited, t),
        "low": t.signed(change.low, exact),
        "high": t.signed(change.high, exact),
    }


def item_change_sentence(item: ItemChange, t: Translator, *, invited: int | None = None) -> str:
    """One statement between two rounds: who moved, how far, and what became of its consensus."""
    if item.stability is None or item.change is None or item.low is None or item.high is None:
        return _too_few(item.matched, t)
    consensus = t(
        "Consensus {change} points ({interval} {low} to {high}): {word}.",
        word=_word(item.word, t),
        **_numbers(item, invited, t),
    )
    return f"{moves_sentence(item.stability, t)} {consensus}"


def item_change_in_full(item: ItemChange, t: Translator, *, invited: int | None = None) -> str:
    """The same, and how stable the answers are; for who reads and doesn't look at a wall."""
    sentence = item_change_sentence(item, t, invited=invited)
    if item.stability is None:
        return sentence
    return f"{sentence} {stability_sentence(item.stability, t)}"


def moves_sentence(stability: Stability, t: Translator) -> str:
    """Who stayed, who moved up and down the scale, and how far on average."""
    stayed = stability.n - stability.up - stability.down
    return t(
        "{stayed}, {up}, {down} down; {mean}.",
        stayed=t.n(
            "{n} of {all} kept their answer",
            "{n} of {all} kept their answer",
            stayed,
            all=t.number(stability.n),
        ),
        up=t.n("{n} moved up", "{n} moved up", stability.up),
        down=t.number(stability.down),
        mean=_mean_move(stability.mean_move, t),
    )


def _mean_move(steps: float, t: Translator) -> str:
    exact = digits(t, (steps, 0.0)) or 1
    if steps == 0:
        return t("on average neither up nor down")
    far = t.decimal(abs(steps), exact)
    if steps > 0:
        return t("on average {steps} steps up", steps=far)
    return t("on average {steps} steps down", steps=far)


def stability_sentence(stability: Stability, t: Translator) -> str:
    """How stable the answers are: converged and stable are two things."""
    same = t.percent(stability.unchanged)
    if stability.kappa is None:
        sentence = t("{share} gave the same answer again.", share=same)
    else:
        sentence = t(
            "{share} gave the same answer again (weighted kappa {kappa}).",
            share=same,
            kappa=t.decimal(stability.kappa, 2),
        )
    if stability.test is None:
        return sentence
    test = t.n(
        "Whether the {n} person who moved went one way (Wilcoxon): {p}.",
        "Whether the {n} people who moved went one way (Wilcoxon): {p}.",
        stability.test.moved,
        p=p_words(stability.test.p, t),
    )
    return f"{sentence} {test}"


def bounds_sentence(bounds: Bounds, t: Translator) -> str:
    """What those who did not vote again could make of the change."""
    missing = bounds.missing
    if missing is None:
        return t(
            "What the missing could change is not shown: fewer than five people answered one of "
            "the rounds, or nothing was asked again."
        )
    if not missing.people:
        return t(
            "Nobody is missing: who answered in round {first} answered again in round {second}.",
            first=bounds.first,
            second=bounds.second,
        )
    return t.n(
        "{n} person did not give all answers of round {first} again in round {second}. With the "
        "answers of before the change would be {carried} points; with others anything from "
        "{worst} to {best}.",
        "{n} people did not give all answers of round {first} again in round {second}. With the "
        "answers of before the change would be {carried} points; with others anything from "
        "{worst} to {best}.",
        missing.people,
        first=bounds.first,
        second=bounds.second,
        carried=t.signed(missing.carried),
        worst=t.signed(missing.worst),
        best=t.signed(missing.best),
    )
