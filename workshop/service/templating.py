"""Templates of the house's own beside those that come with the program: kept, read, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop import templates
from workshop.access import new_id, require_moderator
from workshop.errors import NotFound, Refused
from workshop.i18n import N_
from workshop.model import Actor
from workshop.ports import Reader, Tx
from workshop.service.base import Base
from workshop.template_files import SavedTemplate, dump, of_agenda
from workshop.templates import Template, TemplateError

OWN: Final = "own-"
"""How the names of saved templates begin; no shipped one does."""

MAX_FILE: Final = 200_000
"""Bytes of a template file; the largest that people write have ten thousand."""

UNUSABLE: Final = N_("This template can't be used: {reason}")


class Templating(Base):
    """The shelf of templates. Only who may moderate all workshops may change it."""

    def templates(self, actor: Actor) -> Sequence[Template]:
        """All templates: those of the program, then the house's own, the oldest first.

        A saved one that can't be read any more isn't among them.
        """
        require_moderator(actor, None)
        saved = self.store.read(lambda reader: reader.saved_templates())
        found = [templates.load(name) for name in templates.names()]
        for kept in saved:
            try:
                found.append(templates.parse(kept.text, kept.name, kept.name))
            except TemplateError:
                continue
        return found

    def save_template(self, actor: Actor, workshop_id: str) -> str:
        """Keep the agenda of a workshop as a template; returns its name."""
        require_moderator(actor, None)
        return self._keep(of_agenda(self._read_agenda(workshop_id)))

    def import_template(self, actor: Actor, data: bytes, file_name: str) -> str:
        """Keep the template that a file holds; returns its name.

        Raises:
            Refused: when the file is too large, no template, or a broken one; it names the place.
        """
        require_moderator(actor, None)
        if len(data) > MAX_FILE:
            raise Refused("too-large", N_("This file is too large to be a template."))
        try:
            found = templates.parse(data.decode("utf-8-sig"), file_name)
        except UnicodeDecodeError:
            raise Refused("bad-template", N_("This file is no text in UTF-8.")) from None
        except TemplateError as error:
            raise Refused("bad-template", UNUSABLE, reason=str(error)) from error
        return self._keep(found)

    def drop_template(self, actor: Actor, name: str) -> None:
        """Take a saved template off the shelf; workshops that were made of it stay."""
        require_moderator(actor, None)

        def run(tx: Tx) -> None:
            if name not in {kept.name for kept in tx.saved_templates()}:
                raise NotFound("no-template", N_("There is no such template any more."))
            tx.drop_template(name)

        self.store.write(run)

    def template_file(self, actor: Actor, workshop_id: str) -> str:
        """The agenda of a workshop as the text of a template file."""
        require_moderator(actor, workshop_id)
        return dump(of_agenda(self._read_agenda(workshop_id)))

    def _keep(self, template: Template) -> str:
        name = OWN + new_id()
        text = dump(template)
        # What is kept can be read again: broken by hand or by a bug, it would lie there unseen.
        try:
            templates.parse(text, name)
        except TemplateError as error:
            raise Refused("bad-template", UNUSABLE, reason=str(error)) from error
        kept = SavedTemplate(name, template.title, text, self.clock())
        self.store.write(lambda tx: tx.add_template(kept))
        return name


def template_of(reader: Reader, name: str) -> Template:
    """The template of that name, shipped or saved.

    Raises:
        NotFound: when there is none, or it can't be read.
    """
    try:
        for kept in reader.saved_templates() if name.startswith(OWN) else ():
            if kept.name == name:
                return templates.parse(kept.text, name, name)
        return templates.load(name)
    except TemplateError as error:
        raise NotFound("no-template", UNUSABLE, reason=str(error)) from error
