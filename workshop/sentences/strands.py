"""What both strands say beside each other, and which groups of people vote alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workshop.analysis import ClusterComparison, ComparedItem, Groups
from workshop.i18n import Translator, pick
from workshop.items import MIN_SHOWN, POINTS
from workshop.model import Strand
from workshop.opinion import MIN_PEOPLE, MIN_VOTES, NoGroups
from workshop.results import ItemResult
from workshop.sentences.words import (
    direction_word,
    p_words,
    provable_words,
    strand_name,
    strand_word,
)
from workshop.strands import Comparison
from workshop.verdicts import StrandWord, direction


def comparison_sentence(item: ComparedItem, t: Translator) -> str:
    """One statement in both strands: where each stands, how near they are, what chance gives."""
    found = item.comparison
    if found is None:
        return _not_compared(item, t)
    sentence = t(
        "{council}, {citizens}: {word}.",
        council=_stands(Strand.COUNCIL, item.council, t),
        citizens=_stands(Strand.CITIZENS, item.citizens, t),
        word=strand_word(found.verdict, t),
    )
    return f"{sentence} {_nearness(found, t)}"


def _stands(strand: Strand, result: ItemResult, t: Translator) -> str:
    return t(
        "{strand} {direction} ({answers})",
        strand=strand_name(strand, t),
        direction=direction_word(direction("rate", result.counts.steps), t),
        answers=t.n("{n} answer", "{n} answers", result.counts.n),
    )


def _nearness(found: Comparison, t: Translator) -> str:
    return t(
        "Nearness {value} of 100; of one mind it would be {expected} on average and at least "
        "{least} in 95 of 100 cases. {provable} ({p}).",
        value=t.decimal(found.naehe, 0),
        expected=t.decimal(POINTS * (1 - found.floor.mean), 0),
        least=t.decimal(POINTS * (1 - found.floor.high), 0),
        provable=_sentence_case(provable_words(found, t)),
        p=p_words(found.p, t),
    )


def _not_compared(item: ComparedItem, t: Translator) -> str:
    few = [
        strand_name(strand, t)
        for strand, result in ((Strand.COUNCIL, item.council), (Strand.CITIZENS, item.citizens))
        if result.counts.n < MIN_SHOWN
    ]
    return t(
        "Not compared: fewer than five answers ({strands}).",
        strands=", ".join(few),
    )


def cluster_comparison_sentence(comparison: ClusterComparison, t: Translator) -> str:
    """A cluster in both strands: how near they are on average, and how many of each verdict."""
    name = pick(comparison.cluster.name, t.lang)
    compared = [i.comparison for i in comparison.items if i.comparison is not None]
    if comparison.naehe is None or comparison.floor is None or comparison.p is None or not compared:
        problem = t("No statement has five answers from both strands.")
        return t("{name}: {problem}", name=name, problem=problem)
    sentence = t(
        "{name}, {statements} that both strands rated (council {council}, citizens {citizens} "
        "people): nearness {value} of 100; of one mind it would be {expected} on average ({p}).",
        name=name,
        council=t.number(comparison.council.n),
        citizens=t.number(comparison.citizens.n),
        statements=t.n("{n} statement", "{n} statements", len(compared)),
        value=t.decimal(comparison.naehe, 0),
        expected=t.decimal(POINTS * (1 - comparison.floor), 0),
        p=p_words(comparison.p, t),
    )
    provable = sum(c.provable for c in compared)
    tail = t(
        "{verdicts}; difference demonstrable for {count} of {all}.",
        verdicts=", ".join(_verdicts(compared, t)),
        count=t.number(provable),
        all=t.number(len(compared)),
    )
    return f"{sentence} {tail}"


def _verdicts(compared: list[Comparison], t: Translator) -> Iterator[str]:
    """How many statements have each verdict, in one order, those that occur."""
    counts = Counter(c.verdict for c in compared)
    for word in StrandWord:
        if counts[word]:
            yield t("{count} {word}", count=t.number(counts[word]), word=strand_word(word, t))


def groups_sentence(groups: Groups, t: Translator) -> str:
    """How many groups vote alike, how large they are; or why there are none."""
    if groups.reason is NoGroups.TOO_FEW_PEOPLE:
        return t(
            "No opinion groups: it takes {least} people who gave {votes} votes or more, and there "
            "are fewer.",
            votes=MIN_VOTES,
            least=MIN_PEOPLE,
        )
    if groups.reason is NoGroups.ALL_ALIKE:
        return t("No opinion groups: everybody votes alike.")
    if groups.k < 1:
        return t("No opinion groups.")
    found = t.n("{n} opinion group", "{n} opinion groups", groups.k)
    sentence = t(
        "{groups} among {people} on {statements}: {sizes} people.",
        groups=found,
        people=t.n("{n} person", "{n} people", groups.people),
        statements=t.n("{n} statement", "{n} statements", groups.statements),
        sizes=_listed([t.number(size) for size in groups.sizes], t),
    )
    if groups.given:
        sentence += " " + t("The groups came with the imported conversation.")
    if groups.explained:
        share = t.percent(min(sum(groups.explained), 1.0))
        sentence += " " + t("The map shows {share} of the differences.", share=share)
    return sentence


def _listed(words: list[str], t: Translator) -> str:
    if len(words) < 2:
        return "".join(words)
    return t("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
