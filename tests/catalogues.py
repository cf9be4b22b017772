"""What the catalogues lack, and what nobody asks them for: `python -m tests.catalogues`.

Reads every call of `t(…)`, `_(…)`, `t.n(…)`, `N_(…)` and `Refused("code", "…")` out of the Python
files and the Jinja templates, from their syntax trees and not by pattern, and holds them against
`workshop/locale`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from jinja2 import Environment, nodes

from workshop.i18n import LOCALE, placeholders, read_catalogue, translated

ROOT = Path(__file__).parent.parent
REQUIRED = ("de", "en")
"""The languages that must have everything; others must have what their role files promise."""

MARKERS = {"t": 1, "_": 1, "N_": 1, "n": 2}
REFUSALS = ("Refused", "Forbidden", "NotFound")


@dataclass
class Used:
    """What the sources ask for: msgid → plural (or None), where, and calls nobody can extract."""

    messages: dict[str, str | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, texts: Sequence[str], place: str) -> None:
        plural = texts[1] if len(texts) > 1 else None
        known = self.messages.setdefault(texts[0], plural)
        self.places.setdefault(texts[0], place)
        if plural is not None and known != plural:
            if known is not None:
                self.problems.append(f"{place}: {texts[0]!r} has two plurals")
            self.messages[texts[0]] = plural


def used(root: Path = ROOT) -> Used:
    """Every message that the code under `root` shows."""
    found = Used()
    sources = [root / "app.py", *sorted(root.glob("pages/**/*.py"))]
    for path in [*sources, *sorted(root.glob("workshop/**/*.py"))]:
        if path.exists():
            _python(path.read_text(encoding="utf-8"), str(path.relative_to(root)), found)
    for path in sorted(root.glob("pages/**/templates/**/*")):
        if path.suffix in {".html", ".j2", ".jinja"}:
            _jinja(path.read_text(encoding="utf-8"), str(path.relative_to(root)), found)
    return found


def _python(source: str, name: str, found: Used) -> None:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node.func)
        place = f"{name}:{node.lineno}"
        if called in REFUSALS:
            # The sentence of a refusal; one that comes from elsewhere is marked there.
            for text in _literals(node.args[1]) if len(node.args) > 1 else ():
                found.add([text], place)
        elif called in MARKERS:
            wanted = node.args[: MARKERS[called]]
            for texts in product(*map(_literals, wanted)):
                if len(texts) == MARKERS[called]:
                    found.add(texts, place)
            if any(isinstance(a, (ast.JoinedStr, ast.BinOp)) for a in wanted):
                found.problems.append(f"{place}: a text put together before it is translated")


def _literals(node: ast.expr) -> list[str]:
    """The texts that an argument can be: one, or one of two; none where it is a variable."""
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _jinja_literals(node: nodes.Expr | None) -> list[str]:
    if isinstance(node, nodes.CondExpr):
        return _jinja_literals(node.expr1) + _jinja_literals(node.expr2)
    return [node.value] if isinstance(node, nodes.Const) and isinstance(node.value, str) else []


def _called(func: ast.expr) -> str | None:
    """The marker that a call names; `n` only as the method of something called `t`."""
    if isinstance(func, ast.Name):
        return func.id if func.id != "n" else None
    if isinstance(func, ast.Attribute):
        if func.attr != "n":
            return func.attr
        owner = func.value
        named = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", None)
        return "n" if named in ("t", "_t") else None
    return None


def _jinja(source: str, name: str, found: Used) -> None:
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(source)
    for call in tree.find_all(nodes.Call):
        called: str | None = None
        if isinstance(call.node, nodes.Name):
            called = call.node.name
        elif isinstance(call.node, nodes.Getattr) and isinstance(call.node.node, nodes.Name):
            called = "n" if (call.node.node.name, call.node.attr) == ("t", "n") else None
        if called not in ("t", "_", "n"):
            continue
        wanted = call.args[: MARKERS[called]]
        place = f"{name}:{call.lineno}"
        for texts in product(*map(_jinja_literals, wanted)):
            if len(texts) == MARKERS[called]:
                found.add(texts, place)
        if any(isinstance(a, (nodes.Concat, nodes.Add, nodes.Mod)) for a in wanted):
            found.problems.append(f"{place}: a text put together before it is translated")


@dataclass(frozen=True)
class Entry:
    """One message of one catalogue."""

    msgid: str
    plural: str | None
    forms: tuple[str, ...]
    complete: bool
    role: str


def entries(lang: str, folder: Path = LOCALE) -> Iterator[Entry]:
    """All entries of a language, role by role."""
    for path in sorted((folder / lang).glob("*.po")):
        for message in read_catalogue(path, lang):
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield Entry(
                ids[0],
                ids[1] if len(ids) > 1 else None,
                tuple(str(f) for f in forms),
                translated(message),
                path.stem,
            )


def findings(asked: Used, folder: Path = LOCALE) -> Mapping[str, list[str]]:
    """Language → what is wrong with its catalogues, in sentences; empty lists where nothing is."""
    langs = sorted({p.parent.name for p in folder.glob("*/*.po")} | set(REQUIRED))
    roles = {e.msgid: e.role for e in entries(REQUIRED[0], folder)}
    return {lang: _language(lang, asked, roles, folder) for lang in langs}


def _language(lang: str, asked: Used, roles: Mapping[str, str], folder: Path) -> list[str]:
    problems: list[str] = []
    have: dict[str, Entry] = {}
    for entry in entries(lang, folder):
        other = have.setdefault(entry.msgid, entry)
        if other.forms != entry.forms:
            problems.append(f"two wordings in {other.role} and {entry.role}: {entry.msgid!r}")
        if entry.msgid not in asked.messages:
            problems.append(f"unused in {entry.role}: {entry.msgid!r}")
            continue
        if not entry.complete:
            problems.append(f"empty or fuzzy in {entry.role}: {entry.msgid!r}")
        if entry.plural != asked.messages[entry.msgid]:
            problems.append(f"plural differs from the code's in {entry.role}: {entry.msgid!r}")
        problems.extend(f"{entry.role}: {problem}" for problem in _placeholders(entry))
    promised = {path.stem for path in (folder / lang).glob("*.po")}
    for msgid in asked.messages:
        needed = lang in REQUIRED or roles.get(msgid) in promised
        if needed and msgid not in have:
            problems.append(f"missing ({asked.places[msgid]}): {msgid!r}")
    return problems


def _placeholders(entry: Entry) -> Iterator[str]:
    wanted = placeholders(entry.msgid) | placeholders(entry.plural or "")
    for form in entry.forms:
        # A form for one thing may say "one" instead of the number.
        optional = {"n"} if entry.plural else set()
        if not wanted - optional <= placeholders(form) <= wanted:
            yield f"placeholders differ: {entry.msgid!r} → {form!r}"


def main() -> int:
    """Print what is missing or unused; 1 where anything is."""
    asked = used()
    found = findings(asked)
    for problem in asked.problems:
        print(problem)
    for lang, problems in found.items():
        print(f"{lang}: {len(problems)} to mend, {len(asked.messages)} messages in use")
        for problem in problems:
            print(f"  {problem}")
    return 1 if asked.problems or any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
