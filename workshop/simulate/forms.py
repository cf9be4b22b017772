"""What a page asks of whoever opened it, read from its HTML as a browser would show it.

The contract: controls stand inside their form, the first POST form is the page's task, groups
to join are named submit buttons, contributions have a text area, ratings are radios in one form
or one form per statement (and axis) with named submit buttons. Options that are answered together
are the fields `v-…` of one form: checkboxes, selects of a place or numbers; or radios `choice`.
What a group or a field is about stands in the elements that its `aria-labelledby` names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

_SILENT: Final = frozenset({"script", "style", "template"})
_GROUPS: Final = frozenset({"group", "radiogroup"})
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_HEADINGS: Final = frozenset({"legend", "h1", "h2", "h3", "h4", "h5", "h6"})


OPTION: Final = "v-"
CHOICE: Final = "choice"


@dataclass
class Control:
    """One control of a form; `title` and `heading` are of the text before its group.

    `label` is the text of the elements that name it.
    """

    kind: str
    name: str
    value: str
    checked: bool = False
    title: str = ""
    heading: str = ""
    label: str = ""


@dataclass
class Form:
    """A form: where it goes, what it holds, and the text in and before it.

    `most` is how much of something one person may give, where the form says so.
    """

    method: str
    action: str
    most: int = 0
    controls: list[Control] = field(default_factory=list)
    text: str = ""
    heading: str = ""

    def of(self, *kinds: str) -> list[Control]:
        """The named controls of these kinds."""
        return [c for c in self.controls if c.kind in kinds and c.name]

    @property
    def key(self) -> str:
        """What tells this form from others, and from the same form in another round."""
        return f"{self.action} {sorted((c.name, c.value) for c in self.of('hidden'))}"

    def filled(self) -> dict[str, str]:
        """What a browser would send if nobody touched anything, the buttons left out."""
        sent = {c.name: c.value for c in self.of("hidden", "text", "number", "textarea", "select")}
        sent.update({c.name: c.value for c in self.of("radio", "checkbox") if c.checked})
        return sent


@dataclass(frozen=True)
class Item:
    """One statement as a page asks for it: the control that answers it, and its steps.

    `key` names it on this page, `subject` is its wording, `title` all the text around it;
    `abstain` is the value of *keine Antwort*, if there is one.
    """

    form: Form
    name: str
    steps: tuple[str, ...]
    abstain: str | None
    title: str
    subject: str

    @cached_property
    def key(self) -> str:
        """What tells this statement from the others of the page, and from another round's."""
        return f"{self.form.key} {self.name}"

    def mentions(self, statement_id: str, text: str) -> bool:
        """Whether this is that statement: by its id in the form, or else by its wording."""
        return statement_id in self.key or (bool(text) and _plain(text) in self.title)


@dataclass(frozen=True)
class Sheet:
    """Options that a page asks to answer together; `kind` is choose, rank or allocate.

    `names` are what the form calls the options, `labels` their wordings; `most` is how many may be
    chosen, or how many points there are.
    """

    form: Form
    kind: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    most: int

    def fields(self, given: Sequence[int] | None) -> dict[str, str]:
        """What a browser sends for an answer: one number for each option, None for no answer."""
        sent = {c.name: c.value for c in self.form.of("hidden")}
        if given is None:
            return sent | {c.name: c.value for c in self.form.of("submit")}
        for name, number in zip(self.names, given, strict=True):
            if number and name.startswith(OPTION):
                sent[name] = str(number)
            elif number:
                sent[CHOICE] = name
        return sent


@dataclass
class Page:
    """A page as it was answered."""

    url: str
    lang: str
    state: str
    text: str
    forms: list[Form]

    @property
    def task(self) -> Form | None:
        """The first POST form."""
        return next((f for f in self.forms if f.method == "post"), None)

    @property
    def collects(self) -> bool:
        """Whether the task takes a contribution."""
        return self.task is not None and bool(self.task.of("textarea"))

    @property
    def asks_words(self) -> bool:
        """Whether the task takes a few words, one after the other."""
        return self.task is not None and [c.name for c in self.task.of("text")] == ["text"]

    @property
    def sheet(self) -> Sheet | None:
        """The options that the page asks to answer together; None on any other page."""
        return _sheet(self.task) if self.task is not None else None

    @property
    def items(self) -> list[Item]:
        """The statements that the page asks to rate; none on any other page."""
        if self.task is None or self.collects or self.sheet is not None:
            return []
        together = _items(self.task, "radio")
        if together:
            return together
        first = _items(self.task, "submit")
        if not first:
            return []
        names = {item.name for item in first}
        forms = [f for f in self.forms if f.method == "post"]
        # A form per statement: those with the same buttons; others delete or correct something.
        return [i for f in forms for i in _items(f, "submit") if i.name in names or len(forms) == 1]

    @property
    def groups(self) -> list[Control]:
        """The buttons by which somebody joins, where the page's task is that."""
        if self.task is None or self.collects or self.sheet is not None or self.items:
            return []
        return [c for c in self.task.of("submit") if c.value]


def read_page(html: str, url: str) -> Page:
    """The page at `url`; never fails, whatever the HTML is."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return Page(url, reader.lang, reader.state, _plain(" ".join(reader.words)), reader.forms)


def _sheet(form: Form) -> Sheet | None:
    """The options of a form, whatever its controls are called by their kind."""
    kinds = {"checkbox": "choose", "select": "rank", "number": "allocate"}
    found = [c for c in form.of(*kinds) if c.name.startswith(OPTION)]
    chosen = [c for c in form.of("radio") if c.name == CHOICE]
    controls = found or chosen
    if not controls:
        return None
    return Sheet(
        form=form,
        kind=kinds.get(controls[0].kind, "choose"),
        names=tuple(c.name if found else c.value for c in controls),
        labels=tuple(c.label or c.name for c in controls),
        most=form.most or 1,
    )


def _items(form: Form, kind: str) -> list[Item]:
    """The rating questions among the radios or buttons of a form."""
    by_name: dict[str, list[Control]] = {}
    for control in form.of(kind):
        by_name.setdefault(control.name, []).append(control)
    found = []
    for name, controls in by_name.items():
        values = [c.value for c in controls]
        steps = sorted((v for v in values if v.isascii() and v.isdigit() and v != "0"), key=int)
        if [int(s) for s in steps] != list(range(1, len(steps) + 1)) or len(steps) < 2:
            continue
        rest = [v for v in values if v not in steps]
        place = controls[0] if kind == "radio" else form
        title = controls[0].title if kind == "radio" else form.text
        abstain = rest[0] if rest else None
        found.append(Item(form, name, tuple(steps), abstain, title, place.heading or title))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Reader(HTMLParser):
    """Collects forms, their controls, and the text before each group of controls."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.lang = ""
        self.state = ""
        self.words: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._form_from = 0
        self._group_from = 0
        self._text_control: Control | None = None
        self._silent = 0
        self._heading = ""
        self._in_heading = False
        self._named: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self._labels: list[tuple[Form | Control, list[str]]] = []

    def close(self) -> None:
        """Now every element is known that names another."""
        super().close()
        for thing, ids in self._labels:
            text = _plain(" ".join(word for key in ids for word in self._named.get(key, ())))
            if isinstance(thing, Control):
                thing.label = text
            elif text:
                thing.heading = text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = at.get("lang", "")
        self.state = self.state or at.get("data-state", "")
        if tag not in _VOID:
            self._open.append((tag, at.get("id", "")))
        if at.get("role") in _GROUPS and self._form is not None:
            self._labels.append((self._form, at.get("aria-labelledby", "").split()))
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS:
            self._in_heading, self._heading = True, ""
        elif tag == "form":
            action = urljoin(self.url, at.get("action") or self.url)
            most = at.get("data-most", "")
            self._form = Form(
                at.get("method", "get").lower(), action, int(most) if most.isdecimal() else 0
            )
            self.forms.append(self._form)
        elif tag in ("input", "button", "textarea", "select") and self._form is not None:
            self._control(tag, at, self._form)
        elif tag == "option" and "selected" in at and self._form is not None:
            self._form.controls[-1].value = at.get("value", "")

    def _control(self, tag: str, at: dict[str, str], form: Form) -> None:
        if "disabled" in at:
            return
        kind = at.get("type", "submit" if tag == "button" else "text").lower()
        kind = tag if tag in ("textarea", "select") else kind
        value = at.get("value", "on" if kind in ("radio", "checkbox") else "")
        control = Control(kind, at.get("name", ""), value, "checked" in at)
        known = [c for c in form.controls if c.kind == "radio" and c.name == control.name]
        if kind == "radio":
            if known:
                control.title, control.heading = known[0].title, known[0].heading
            else:
                control.title = _plain(self._text(self._group_from))
                control.heading, self._heading = _plain(self._heading), ""
            self._group_from = len(self.words)
        form.controls.append(control)
        self._labels.append((control, at.get("aria-labelledby", "").split()))
        if kind == "textarea":
            self._text_control = control

    def _text(self, start: int) -> str:
        return " ".join(self.words[start:])

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self._open}:
            while self._open.pop()[0] != tag:
                pass
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS:
            self._in_heading = False
        elif tag == "textarea":
            self._text_control = None
        elif tag == "form" and self._form is not None:
            self._form.text = _plain(self._text(self._form_from))
            self._form.heading, self._heading = _plain(self._heading), ""
            self._form_from = self._group_from = len(self.words)
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._text_control is not None:
            self._text_control.value += data
        elif not self._silent and data.strip():
            self.words.append(data)
            for key in {key for _, key in self._open if key}:
                self._named.setdefault(key, []).append(data)
            if self._in_heading:
                self._heading += data
