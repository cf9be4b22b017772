"""The live tick: a part that hears of changes and reruns only the fragment that holds it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent

_TICK = st.components.v2.component(
    "einklang_tick",
    html='<p role="status" data-live="opening"></p>\n',
    css=(_HERE / "tick.css").read_text(encoding="utf-8"),
    js=(_HERE / "tick.js").read_text(encoding="utf-8"),
)


def _nothing() -> None:
    """A trigger without a callback has no attribute in the result."""


def live_tick(
    workshop_id: str,
    version: int,
    *,
    lost: str,
    key: str = "tick",
) -> int | None:
    """Keep the fragment around this call up to date with a workshop.

    Call it inside an `@st.fragment`, once, with the version that the fragment shows; whenever
    the workshop has another one, the fragment (and nothing else) runs again. Read the version
    first and the data afterwards: then a change in between only costs one more run.

    `lost` is the translated sentence that is shown, and announced, while there is no connection.
    Returns the version that caused this run, None where something else did.
    """
    result = _TICK(
        key=key,
        data={"workshop": workshop_id, "version": version, "lost": lost},
        on_changed_change=_nothing,
        height="content",
    )
    return None if result.changed is None else int(result.changed)
