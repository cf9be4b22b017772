"""Privacy notice, imprint and accessibility statement: public, from files that a city edits."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, guard
from pages.parts.text import esc
from workshop.model import Role
from workshop.texts import KINDS, Block, blocks, legal

PATH = "/legal"


def render() -> None:
    """The text in `?page=`; the imprint where that names none."""
    who = guard.reader()
    asked = st.query_params.get("page", "")
    kind = asked if asked in KINDS else "imprint"
    signed_in = who.actor.role in (Role.OPERATOR, Role.MODERATOR)
    frame.header(who.t, guard.address(PATH, page=kind), signed_in=signed_in)
    body = "".join(_block(block) for block in blocks(legal(kind, who.lang)))
    st.html(f'<article class="ek-legal">{body}</article>')
    frame.footer(who.t)


def _block(block: Block) -> str:
    lines = [esc(line) for line in block.lines]
    if block.kind == "ul":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return f"<{block.kind}>{'<br>'.join(lines)}</{block.kind}>"
