"""The scene: the stage's words, morphed in place, so that only what differs is touched."""

from __future__ import annotations

import time
from pathlib import Path
from typing import cast

import streamlit as st

from workshop.charts import Theme

_HERE = Path(__file__).parent

_SCENE = st.components.v2.component(
    "einklang_scene",
    html='<div class="stage-scene"></div>\n',
    css="".join(
        (_HERE / name).read_text(encoding="utf-8")
        for name in (
            "stage_scene.css",
            "stage_results.css",
            "stage_clusters.css",
            "stage_compared.css",
            "stage_kinds.css",
            "stage_timer.css",
            "stage_rehearsal.css",
        )
    ),
    js="".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("clock.js", "stage_scene.js")
    ),
    # Its style also hides Streamlit's own frame, and places the charts.
    isolate_styles=False,
)


def _nothing() -> None:
    """State without a callback has no attribute in the result."""


def scene(html: str, *, lang: str, chart: str = "", key: str = "stage_scene") -> Theme | None:
    """Show `html`, in which everything that people wrote is escaped already.

    `chart` names the layout whose figure belongs to this scene ("question", "clusters" … or
    nothing); the style places the figure's container by it. Returns the theme that the page
    really has, None until it has told.
    """
    result = _SCENE(
        key=key,
        data={"html": html, "lang": lang, "chart": chart, "now": time.time_ns() // 1_000_000},
        default={"theme": None},
        on_theme_change=_nothing,
        height="content",
    )
    return cast(Theme, result.theme) if result.theme in ("light", "dark") else None
