"""How the commands are spelled."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from workshop.model import Strand

FORMATS = ("xlsx", "csv", "json")

_HELP = {
    "create": "make a workshop from a template, or one more of a process",
    "link": "print a fresh link to the console or the stage of a workshop",
    "agenda": "list the key questions in running order",
    "statement add": "write a statement to be rated, or an option to choose from",
    "round open": "open a question on every phone; after a reveal this is the next round",
    "round close": "take no more answers",
    "round reveal": "show the result on the stage and the phones",
    "results": "print the results of all revealed rounds, in full precision",
    "export": "write everything to a file",
    "import polis": "bring in a Polis conversation, as a workshop that is over",
    "simulate": "send phones over HTTP to a running server",
    "demo": "serve, and play a workshop with simulated phones",
}


_GROUPS = {"import": "bring in what was answered elsewhere"}


def parse(commands: tuple[str, ...], argv: Sequence[str]) -> argparse.Namespace:
    """What was asked, `command` being the command's name. Ends with 2 where it makes no sense."""
    parser = _build(commands)
    asked = parser.parse_args(argv)
    if asked.command == "create" and not (asked.template or asked.process):
        parser.error("create needs --template or --process")
    return asked


def _build(commands: tuple[str, ...]) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python app.py",
        description="Einklang from a terminal. It acts as operator on DATABASE_URL; "
        "`serve` starts the server.",
        allow_abbrev=False,
    )
    levels = {"": top.add_subparsers(required=True, metavar="command")}
    # `serve` is the door's own; it stands here so that --help names it.
    serve = levels[""].add_parser("serve", help="start the server on PORT")
    serve.add_argument("--with-demo", action="store_true", help="make a demo if there is nothing")
    for name in commands:
        first, _, second = name.rpartition(" ")
        if first and first not in levels:
            group = levels[""].add_parser(
                first, help=_GROUPS.get(first, f"work on a {first}"), allow_abbrev=False
            )
            levels[first] = group.add_subparsers(required=True, metavar="command")
        leaf = levels[first].add_parser(second, help=_HELP[name], allow_abbrev=False)
        leaf.set_defaults(command=name)
        leaf.add_argument("--json", action="store_true", help="print JSON, and nothing else")
        _OPTIONS[name](leaf)
    return top


def _create(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("--template", help="the name of a template")
    leaf.add_argument("--process", help="the process that gets one more workshop")
    leaf.add_argument("--strand", choices=[s.value for s in Strand], default=Strand.COUNCIL.value)


def _workshop(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("--workshop", required=True, help="the id that `create` printed")


def _link(leaf: argparse.ArgumentParser) -> None:
    _workshop(leaf)
    leaf.add_argument("--stage", action="store_true", help="a link to the stage, not the console")


def _question(leaf: argparse.ArgumentParser) -> None:
    _workshop(leaf)
    leaf.add_argument("--question", required=True, help="the id that `agenda` printed")


def _open(leaf: argparse.ArgumentParser) -> None:
    _question(leaf)
    leaf.add_argument(
        "--statement",
        action="append",
        metavar="ID",
        help="ask this statement only, or these: may be given more than once",
    )


def _statement(leaf: argparse.ArgumentParser) -> None:
    _question(leaf)
    leaf.add_argument("--text", required=True)


def _export(leaf: argparse.ArgumentParser) -> None:
    _workshop(leaf)
    leaf.add_argument("--format", choices=FORMATS, required=True)
    leaf.add_argument("--out", type=Path, required=True, metavar="FILE")
    leaf.add_argument("--lang", choices=("de", "en"), default="de", help="of sheets and columns")


def _import_polis(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("folder", type=Path, metavar="FOLDER", help="with comments.csv and so on")
    leaf.add_argument("--process", required=True, help="the process that gets one more workshop")
    leaf.add_argument("--cluster", required=True, help="the id that `agenda --json` printed")
    leaf.add_argument("--strand", choices=[s.value for s in Strand], required=True)
    leaf.add_argument("--title", help="of the workshop; the conversation's topic else")


def _results(leaf: argparse.ArgumentParser) -> None:
    _workshop(leaf)
    leaf.add_argument("--lang", choices=("de", "en"), default="de", help="of the sentences")
    leaf.add_argument(
        "--bounds", action="store_true", help="what those who did not vote again could change"
    )


def _simulate(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("--join", required=True, metavar="URL", help="as the QR code has it")
    leaf.add_argument("--phones", type=_count, default=30)
    leaf.add_argument("--seed", type=int, default=7)
    leaf.add_argument("--polis", type=Path, metavar="FOLDER", help="play one real round and end")
    leaf.add_argument("--pace", type=_pace, default=1.0, help="stretches pauses; 0 for none")
    leaf.add_argument("--seconds", type=_pace, help="end after this time")


def _demo(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("--phones", type=_count, default=30)
    leaf.add_argument("--seed", type=int, default=7)
    leaf.add_argument("--pace", type=_pace, default=1.0, help="stretches pauses; 0 for none")


_OPTIONS = {
    "create": _create,
    "link": _link,
    "agenda": _workshop,
    "statement add": _statement,
    "round open": _open,
    "round close": _question,
    "round reveal": _question,
    "results": _results,
    "export": _export,
    "import polis": _import_polis,
    "simulate": _simulate,
    "demo": _demo,
}


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 20_000):
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 20000")
    return int(text)


def _pace(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must be a number of 0 or more")
    return number
