"""Whole pages from what a phone may know: each state has its template, and is rendered once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

from pages.phone import replies, tasks, views
from pages.phone.given import given
from pages.phone.person import address_of
from pages.phone.sentences import Flash
from workshop.access import new_token, spoken_code
from workshop.agenda import PhoneState
from workshop.errors import Refused
from workshop.i18n import N_, Translator
from workshop.model import Agenda, Participant, Workshop
from workshop.service.taking_part import Mine, Phone
from workshop.templates import segments
from workshop.texts import blocks, legal, spoken

_PAGES: Final = 512
_SCRIPT_WORDS: Final = {
    "saved": N_("Saved"),
    "sending": N_("Sending …"),
    "unsent": N_("Not sent yet. It is tried again by itself."),
    "unsent_short": N_("not sent yet"),
    "line_lost": N_("No connection right now. What you enter is kept here and sent later."),
    "empty": N_("There is no text yet. Please write something first."),
    "too_long": N_("{n} characters are too many: please shorten your text to {limit}."),
    "late": N_("This text was not sent before the round closed. It is still on this phone:"),
    "late_answers": N_("Answers that came after the round had closed and don't count: {n}"),
    "none": views.NO_ANSWER,
    **{str(aspect): word for aspect, word in views.ASPECTS.items()},
    "progress": N_("{x} of {n} saved"),
    "all_saved": N_("All saved: {x} of {n}."),
    "count": N_("{n} of {limit} characters"),
    "half": N_("one is still missing"),
    "free": N_("{x} of {n} still free"),
    "placed": N_("{x} of {n} placed"),
    "place": N_("place {n}"),
    "no_place": N_("no place yet"),
    "unanswered": N_("Not answered yet"),
    "saved_none": N_("Saved: no answer"),
    "at_most": N_("More than {n} can't be chosen: please take one back first."),
    "late_sheet": N_("What you had begun was not complete, and doesn't count."),
}


class _Cache:
    """Pages by all that they depend on. When a question opens, a thousand phones get one."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[object, ...], replies.Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], replies.Page]) -> replies.Page:
        """The page, made by whoever comes first while the others wait for it."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                page = self._pages[key] = make()
            self._pages.move_to_end(key)
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
            return page


_cache = _Cache()


def code_page(t: Translator, flash: Flash | None, typed: str) -> replies.Page:
    """Where eight digits are entered; `typed` is what didn't fit, to be mended."""
    return replies.render(
        "code.html", t, "/j", **_frame(t, None), flash=flash, typed=spoken_code(typed[:40])
    )


def phone_page(
    t: Translator, phone: Phone, flash: Flash | None, typed: Mapping[str, str] | None = None
) -> replies.Page:
    """The page of a workshop as this phone sees it now.

    `typed` is what was sent for each option and could not be taken; it is shown to be mended.
    """
    if phone.participant is None:
        return _door(t, phone, flash)
    view = phone.view
    key = (
        phone.agenda.workshop.id,
        address_of(phone.agenda.workshop, phone.participant),
        phone.agenda.workshop.phase,
        t.lang,
        flash,
        tuple(
            tuple(sorted(answers.items()))
            for answers in (
                phone.answers,
                phone.second,
                phone.earlier,
                phone.earlier_second,
                typed or {},
            )
        ),
        tuple(sorted(phone.room)),
        tuple(sorted(phone.room_second)),
        phone.whole is not None,
        tuple(s.id for s in phone.contributions),
        phone.draft,
        _group(phone),
    )

    def make() -> replies.Page:
        name, context = _state(t, phone, typed or {})
        return replies.render(
            name,
            t,
            path(phone.agenda, phone.participant),
            **_frame(t, phone.agenda, phone.participant),
            **context,
            timer=_timer(t, phone.agenda.workshop),
            flash=flash,
            state=tasks.state_name(phone),
            view=f"{view.state}:{view.round.id if view.round else ''}",
        )

    return _cache.get(key, make)


def path(agenda: Agenda, who: Participant | None = None) -> str:
    """The address of a participant's page in a workshop."""
    return f"/j/{address_of(agenda.workshop, who)}"


def _timer(t: Translator, workshop: Workshop) -> dict[str, object] | None:
    """Until when there is time; the page counts, and says the time of day where nothing runs."""
    ends = workshop.timer_ends_at
    if ends is None or workshop.ended:
        return None
    return {
        "ends": round(ends.timestamp() * 1000),
        "until": t("Time until {time}", time=t.time(ends)),
        "left": t("{time} left", time="{time}"),
        "over": t("The time is up."),
    }


def _frame(
    t: Translator, agenda: Agenda | None, who: Participant | None = None
) -> dict[str, object]:
    """What every page has: title, code, phase, for whom it is, the words that the script needs."""
    workshop = agenda.workshop if agenda else None
    return {
        "title": views.told(workshop.title, t.lang) if workshop else "Einklang",
        "code": address_of(workshop, who) if workshop else "",
        "person": who.number if who and who.proxy else 0,
        "rehearsal": workshop.rehearsal if workshop else False,
        "workshop": workshop.id if workshop else "",
        "phase": workshop.phase if workshop else 0,
        "words": replies.dumps({k: t(v) for k, v in _SCRIPT_WORDS.items()} | _points(t)),
    }


def _points(t: Translator) -> dict[str, str]:
    """What is left of the points, or too much, for the page's script to put the number in."""
    said = {}
    for name, n in (("point", 1), ("points", 2)):
        said[f"{name}_left"] = t.n("{n} point left", "{n} points left", n, n="{n}")
        said[f"{name}_over"] = t.n("{n} point too many", "{n} points too many", n, n="{n}")
    return said


def _groups(t: Translator, workshop: Workshop) -> list[tuple[str, views.Told]]:
    """The groups to choose from: key and name, which begins a button here and so is a capital."""
    known = segments()
    names = [(k, known[k].name if k in known else {t.lang: k}) for k in workshop.segments]
    capitals = [(k, {lang: n[:1].upper() + n[1:] for lang, n in name.items()}) for k, name in names]
    return [(key, views.told(name, t.lang)) for key, name in capitals]


def _group(phone: Phone) -> str:
    """The group that the page names: while a question is on it, all groups get the same page."""
    waiting = phone.view.state is PhoneState.WAITING
    return phone.participant.segment if phone.participant and waiting else ""


def _door(t: Translator, phone: Phone, flash: Flash | None) -> replies.Page:
    """What somebody sees who hasn't joined: nothing of what is going on inside."""
    workshop, process = phone.agenda.workshop, phone.agenda.process
    return replies.render(
        "join.html",
        t,
        path(phone.agenda),
        **_frame(t, phone.agenda),
        flash=flash,
        idea=views.told(process.guiding_idea, t.lang),
        segments=_groups(t, workshop),
        locked=workshop.locked,
        ended=workshop.ended,
        # Whoever taps twice sends the same secret twice, and stays one person.
        key=new_token(),
    )


def _state(t: Translator, phone: Phone, typed: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """The template of a joined phone's state, and what it shows."""
    view, agenda = phone.view, phone.agenda
    if view.state is PhoneState.ENDED:
        return "ended.html", {"idea": views.told(agenda.process.guiding_idea, t.lang)}
    if view.question is None or view.round is None:
        idea = views.told(agenda.process.guiding_idea, t.lang)
        clusters = [(c.accent, views.mark(c), views.told(c.name, t.lang)) for c in agenda.clusters]
        group = dict(_groups(t, agenda.workshop)).get(_group(phone), "")
        return "waiting.html", {"idea": idea, "clusters": clusters, "group": group}
    return tasks.task(t, phone, view.question, view.round, typed)


def me_page(t: Translator, mine: Mine, flash: Flash | None) -> replies.Page:
    """All that is kept of a person, and how to correct or delete it."""
    workshop = mine.agenda.workshop
    return replies.render(
        "me.html",
        t,
        f"{path(mine.agenda, mine.participant)}/me",
        **_frame(t, mine.agenda, mine.participant),
        flash=flash,
        segments=_groups(t, workshop),
        segment=mine.participant.segment,
        given=given(t, mine),
        drafts=[d.text for d in mine.drafts if d.text.strip()],
    )


def erase_page(t: Translator, mine: Mine, flash: Flash | None) -> replies.Page:
    """The question whether everything shall really be deleted."""
    return replies.render(
        "erase.html",
        t,
        f"{path(mine.agenda, mine.participant)}/erase",
        **_frame(t, mine.agenda, mine.participant),
        flash=flash,
    )


def nobody_page(t: Translator, refusal: Refused, flash: Flash | None) -> replies.Page:
    """Where somebody would answer for a person without a phone, and does not."""
    return replies.render(
        "nobody.html",
        t,
        "/j",
        **_frame(t, None),
        flash=flash,
        sentence=t(refusal.message, **refusal.params),
        moved=refusal.code == "no-person",
    )


def legal_page(t: Translator, kind: str, back: str) -> replies.Page:
    """Privacy notice, imprint or accessibility statement, from the files that a city edits."""
    return replies.render(
        "legal.html",
        t,
        f"/j/{kind}" + (f"?from={back}" if back else ""),
        **_frame(t, None),
        blocks=blocks(legal(kind, t.lang)),
        spoken=spoken(kind, t.lang),
        back=back,
    )
