"""The figure block: a Plotly figure that moves in place, its sentence, its table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pages.web import assets

_HERE = Path(__file__).parent
MOTION = 600
"""Milliseconds in which bars and points move to their new place."""

_FIGURE = st.components.v2.component(
    "einklang_figure",
    html=(
        '<div class="einklang-figure">\n'
        '<div class="einklang-chart" role="img"></div>\n'
        "<details><summary></summary><table></table></details>\n</div>"
    ),
    css=(_HERE / "figure.css").read_text(encoding="utf-8"),
    js=(_HERE / "figure.js").read_text(encoding="utf-8"),
    # Plotly writes its own few style rules into the document, not into a shadow root.
    isolate_styles=False,
)


def figure_block(
    figure: Mapping[str, Any] | str,
    *,
    start: Mapping[str, Any] | None = None,
    sentence: str,
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    table_label: str = "",
    height: str = "420px",
    motion: int = MOTION,
    still: bool = True,
    key: str,
) -> None:
    """Show a Plotly figure, changed in place while `key` stays the same.

    `figure` is `{"data": […], "layout": {…}}` of plain JSON values, or that as JSON (what
    `plotly.graph_objects.Figure.to_json()` gives); its colours and typeface are its own.
    People's text in it must be escaped for Plotly's markup (`<` as `&lt;`), the rest is text
    as it is: `sentence` says what the chart shows and is its accessible name, `columns` and
    `rows` are the same numbers, written out, behind the toggle `table_label`; the first cell of
    a row is its heading. `start` is what the figure moves from, whenever that is a new one.
    `height` is a CSS length. `motion` are milliseconds, none are taken
    where the reader wants reduced motion. `still` has no hover and no zoom, for the stage.
    """
    text = figure if isinstance(figure, str) else json.dumps(figure, ensure_ascii=False)
    before = json.dumps(start, ensure_ascii=False) if start is not None else ""
    _FIGURE(
        key=key,
        data={
            "figure": text,
            "start": before,
            "plotly": assets.plotly_url(),
            "sentence": sentence,
            "columns": list(columns),
            "rows": [list(row) for row in rows],
            "table_label": table_label,
            "height": height,
            "motion": motion,
            "still": still,
        },
    )
