"""Moderating what people contributed: a queue, merging and splitting, pinning, named themes, a log.

Hiding is in `statements`, since what is rated can be hidden, too. Every change can be undone, and
stands in the log. Phones hear only of what they show: while a round isn't revealed, of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from workshop.access import new_id, require_moderator
from workshop.agenda import require_question
from workshop.answers import tidied
from workshop.doubles import folded
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Actor, Agenda, KeyQuestion, Statement
from workshop.moderation import (
    ADD_THEME,
    CLOSE_THE_QUEUE,
    LET_ALL_PASS,
    LET_PASS,
    MAX_THEME,
    MERGE,
    MOST_THEMES,
    OPEN_THE_QUEUE,
    PIN,
    PUT_UNDER,
    REMOVE_THEME,
    RENAME_THEME,
    SPLIT,
    TAKE_OUT,
    UNPIN,
    require_mergeable,
)
from workshop.ports import Tx
from workshop.service.reading import Reading
from workshop.themes import Theme, of_question

Said = Mapping[str, Statement]
"""The contributions of a workshop by id, hidden ones too."""

Change = Callable[[Tx, Agenda, Said], Iterable[Statement]]
"""What an action does; it names the contributions of which something else is shown after it."""


class Moderating(Reading):
    """What becomes of contributions. Ids are those of contributions of this workshop."""

    def set_moderated(self, actor: Actor, workshop_id: str, moderated: bool) -> Agenda:
        """Let what comes in wait, or not; what waits already waits until it is let pass."""
        action = OPEN_THE_QUEUE if moderated else CLOSE_THE_QUEUE
        return self._act(
            actor,
            workshop_id,
            action,
            lambda tx, _: tx.set_workshop(workshop_id, moderated=moderated),
        )

    def let_pass(self, actor: Actor, workshop_id: str, statement_id: str) -> None:
        """Let a contribution pass that waits: from now on it is shown when its round is."""

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            return _set(tx, [_one(said, statement_id)], waiting=False)

        self._moderate(actor, workshop_id, LET_PASS, change, statement_id)

    def let_all_pass(self, actor: Actor, workshop_id: str, question_id: str) -> None:
        """Let everything pass that was contributed to a question and waits."""

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            question = require_question(agenda, question_id)
            mine = (s for s in said.values() if s.question_id == question.id)
            return _set(tx, [s for s in mine if s.waiting and not s.hidden], waiting=False)

        self._moderate(actor, workshop_id, LET_ALL_PASS, change)

    def merge(
        self, actor: Actor, workshop_id: str, statement_ids: Collection[str], target_id: str
    ) -> None:
        """Show these contributions as another one from now on, which counts them.

        Each stays as it was said, and can be split off again. Only what was written is merged:
        nobody has voted on it.

        Raises:
            Refused: see `moderation.require_mergeable`.
        """

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            target, others = require_mergeable(statement_ids, target_id, said)
            return [target, *_set(tx, others, merged_into_id=target.id)]

        self._moderate(actor, workshop_id, MERGE, change, target_id)

    def split(self, actor: Actor, workshop_id: str, statement_id: str) -> None:
        """Let a merged contribution stand for itself again.

        Raises:
            Refused: where it does already.
        """

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            statement = _one(said, statement_id)
            if statement.merged_into_id is None:
                raise Refused("not-merged", N_("This contribution stands for itself already."))
            return _set(tx, [statement], merged_into_id=None)

        self._moderate(actor, workshop_id, SPLIT, change, statement_id)

    def pin(self, actor: Actor, workshop_id: str, statement_id: str, pinned: bool = True) -> None:
        """Show a contribution before the others, or in its place again."""

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            return _set(tx, [_one(said, statement_id)], pinned=pinned)

        self._moderate(actor, workshop_id, PIN if pinned else UNPIN, change, statement_id)

    def add_theme(self, actor: Actor, workshop_id: str, question_id: str, name: str) -> str:
        """Name a theme for what is contributed to a question; returns its id.

        Raises:
            NotFound: for an unknown question.
            Refused: for one that people don't write to, a name that is empty, too long or there
                already, and where there are `MOST_THEMES` themes.
        """
        theme_id = new_id()

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            question = _require_written(agenda, question_id)
            themes = of_question(tx.themes(workshop_id), question.id)
            if len(themes) >= MOST_THEMES:
                raise Refused(
                    "too-many-themes",
                    N_("A question may have up to {n} themes."),
                    n=MOST_THEMES,
                )
            place = max((theme.position for theme in themes), default=0) + 1
            clean = _new_name(name, themes)
            tx.add_theme(Theme(theme_id, workshop_id, question.id, clean, place))
            return ()

        self._moderate(actor, workshop_id, ADD_THEME, change, theme_id)
        return theme_id

    def rename_theme(self, actor: Actor, workshop_id: str, theme_id: str, name: str) -> None:
        """Give a theme another name. Raises like `add_theme`."""

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            themes = tx.themes(workshop_id)
            theme = _theme(themes, theme_id)
            others = [t for t in of_question(themes, theme.question_id) if t.id != theme.id]
            tx.set_theme(theme.id, name=_new_name(name, others))
            return _under(said, theme)

        self._moderate(actor, workshop_id, RENAME_THEME, change, theme_id)

    def remove_theme(self, actor: Actor, workshop_id: str, theme_id: str) -> None:
        """Take a theme away; what stood under it stands under none."""

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            theme = _theme(tx.themes(workshop_id), theme_id)
            under = _set(tx, _under(said, theme), theme_id=None)
            tx.drop_theme(theme.id)
            return under

        self._moderate(actor, workshop_id, REMOVE_THEME, change, theme_id)

    def put_under(
        self, actor: Actor, workshop_id: str, statement_id: str, theme_id: str | None
    ) -> None:
        """Put a contribution under a theme of its question, or under none.

        Raises:
            NotFound: for an unknown contribution or theme.
        """

        def change(tx: Tx, agenda: Agenda, said: Said) -> Iterable[Statement]:
            statement = _one(said, statement_id)
            if theme_id is not None:
                _theme(of_question(tx.themes(workshop_id), statement.question_id), theme_id)
            return _set(tx, [statement], theme_id=theme_id)

        action = TAKE_OUT if theme_id is None else PUT_UNDER
        self._moderate(actor, workshop_id, action, change, statement_id)

    def _moderate(
        self,
        actor: Actor,
        workshop_id: str,
        action: str,
        change: Change,
        subject: str | None = None,
    ) -> None:
        """`_act` for what phones need not hear of where nothing of it is on them."""
        require_moderator(actor, workshop_id)

        def run(tx: Tx) -> None:
            agenda = self._agenda(tx, workshop_id)
            tx.begin_action(workshop_id, action, self.clock(), subject)
            changed = change(tx, agenda, {s.id: s for s in tx.contributions(workshop_id)})
            on_phones = any(s.round_id in agenda.revealed_ids(s.question_id) for s in changed)
            tx.touch(workshop_id, phase=on_phones)

        self.store.write(run)


def _set(tx: Tx, statements: Collection[Statement], **fields: object) -> Collection[Statement]:
    """Set the same of each; returns them as they were."""
    for statement in statements:
        tx.set_statement(statement.id, **fields)
    return statements


def _one(said: Said, statement_id: str) -> Statement:
    found = said.get(statement_id)
    if found is None:
        raise NotFound("no-statement", N_("There is no such text in this workshop."))
    return found


def _theme(themes: Iterable[Theme], theme_id: str) -> Theme:
    for theme in themes:
        if theme.id == theme_id:
            return theme
    raise NotFound("no-theme", N_("There is no such theme for this question."))


def _under(said: Said, theme: Theme) -> list[Statement]:
    return [s for s in said.values() if s.theme_id == theme.id]


def _new_name(raw: str, others: Iterable[Theme]) -> str:
    """A name as it is kept, which no other theme of the question has."""
    name = tidied(raw)
    if not name:
        raise Refused("no-name", N_("Please give the theme a name."))
    if len(name) > MAX_THEME:
        raise Refused(
            "name-too-long", N_("The name of a theme may have up to {n} characters."), n=MAX_THEME
        )
    if any(folded(theme.name) == folded(name) for theme in others):
        raise Refused("theme-there", N_("There is a theme of this name already."))
    return name


def _require_written(agenda: Agenda, question_id: str) -> KeyQuestion:
    question = require_question(agenda, question_id)
    if not question.is_written:
        raise Refused("wrong-kind", N_("Themes belong to a question that people write to."))
    return question
