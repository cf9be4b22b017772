"""What a joined phone's page is about: the template of its state, and what that shows."""

from __future__ import annotations

from collections.abc import Mapping

from pages.phone import scaled, sheets, views, words
from workshop.agenda import PhoneState
from workshop.answers import MAX_TEXT, MAX_WORD
from workshop.i18n import Translator
from workshop.model import KeyQuestion, QuestionKind, Round
from workshop.service.taking_part import Phone

Context = dict[str, object]


def state_name(phone: Phone) -> str:
    """waiting, open, saved, closed, results or ended."""
    view = phone.view
    if view.state is PhoneState.OPEN and view.round is not None and view.question is not None:
        asked = {s.id for s in phone.agenda.asked(view.round)}
        question, second = view.question, phone.second
        whole = {
            key
            for key, value in phone.answers.items()
            if scaled.is_whole(question, value, second.get(key))
        }
        if asked and asked <= whole:
            return "saved"
    return str(view.state)


def task(
    t: Translator,
    phone: Phone,
    question: KeyQuestion,
    round_: Round,
    typed: Mapping[str, str],
) -> tuple[str, Context]:
    """The template of a question's state, and what it shows; `typed` is what was refused."""
    context: Context = {
        "head": views.head(t, phone.agenda, question, round_.number),
        "round": round_,
        "kind": str(question.kind),
    }
    if question.is_written:
        template = "words.html" if question.kind is QuestionKind.WORDS else "collect.html"
        context |= _written(t, phone, question)
    elif question.is_whole:
        template = "sheet.html"
        context |= _whole(t, phone, round_, typed)
    else:
        template = "rate.html"
        context |= _scaled(t, phone, question)
    if phone.view.state is PhoneState.RESULTS:
        return "results.html", context
    if phone.view.state is PhoneState.CLOSED:
        return "closed.html", context
    return template, context


def _scaled(t: Translator, phone: Phone, question: KeyQuestion) -> Context:
    revealed = phone.agenda.revealed_round(question.id)
    found = scaled.items(t, phone, revealed.number if revealed else 0)
    asked_before = set(revealed.statement_ids) if revealed else set()
    return {
        "family": "scaled",
        "before": revealed.number if revealed else 0,
        "items": found,
        # The sentence stays as long as the round: nothing moves under a finger.
        "late": any(item.id in asked_before and not item.earlier for item in found),
        "unseen": {
            item.id for item in found if item.id in asked_before and not item.seen and not item.kept
        },
        "done": sum(item.answered for item in found),
        "said": tuple((item.text, item.said) for item in found if item.kept),
    }


def _whole(t: Translator, phone: Phone, round_: Round, typed: Mapping[str, str]) -> Context:
    question = phone.view.question
    assert question is not None
    revealed = phone.agenda.revealed_round(question.id)
    if revealed is not None and not revealed.statement_ids:
        revealed = None  # what is backed now was written then, and nothing was chosen yet
    own = {key: phone.answers[key] for key in round_.statement_ids if key in phone.answers}
    results = phone.view.state is PhoneState.RESULTS
    return {
        "family": "whole",
        "before": revealed.number if revealed else 0,
        "sheet": sheets.result(t, phone) if results else sheets.sheet(t, phone, typed),
        "late": revealed is not None and not phone.earlier,
        "unseen": revealed is not None and phone.whole is None,
        "said": sheets.in_words(t, question, phone.agenda, round_, own),
    }


def _written(t: Translator, phone: Phone, question: KeyQuestion) -> Context:
    free = question.kind is not QuestionKind.WORDS
    limit = MAX_TEXT if free else MAX_WORD
    context: Context = {
        "family": "collect" if free else "words",
        "own": views.texts(t, phone.contributions),
        "draft": phone.draft.text if phone.draft else "",
        "problem": views.draft_problem(t, phone, limit),
        "count": views.length(phone.draft.text) if phone.draft else 0,
        "limit": limit,
    }
    if not free:
        me = phone.participant.id if phone.participant else None
        return context | {
            "most": question.most or 1,
            "left": words.left(phone),
            "cloud": words.cloud(phone.shown, me),
        }
    asks = question.kind is QuestionKind.COLLECT
    return context | {
        "label": t("Your contribution") if asks else t("Your proposal"),
        "aspects": [(str(a), t(word)) for a, word in views.ASPECTS.items()] if asks else [],
        "aspect": str(views.last_aspect(phone)),
        "shown": views.by_theme(t, phone) if phone.shown else (),
        "written": sum(s.times for s in phone.shown),
    }
