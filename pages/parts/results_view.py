"""What all parts of the results page share: the theme, a chart with its words, a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

import streamlit as st

from pages.parts.figure import figure_block
from pages.parts.text import esc
from workshop.charts import Chart, Table, Theme
from workshop.i18n import Translator

T = TypeVar("T")

PER_PAGE: Final = 20
"""So many statements at once; an imported conversation may have five hundred."""


def page(statements: Sequence[T], t: Translator, *, key: str) -> Sequence[T]:
    """Those of the chosen page; all of them where they are few."""
    if len(statements) <= PER_PAGE:
        return statements
    start = st.selectbox(
        t("Statements"),
        range(0, len(statements), PER_PAGE),
        format_func=lambda first: t(
            "{first} to {last} of {n}",
            first=first + 1,
            last=min(first + PER_PAGE, len(statements)),
            n=len(statements),
        ),
        key=f"results-page-{key}-{len(statements)}",
    )
    return statements[start : start + PER_PAGE]


def theme() -> Theme:
    """The reader's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(
    chart: Chart, t: Translator, *, key: str, words: str | None = None, legend: str = ""
) -> None:
    """A chart: its words and its legend (HTML of ours) above, its table behind a toggle.

    `words` stand in place of the sentence where that says what the figure has written in it;
    who hears the figure hears the whole sentence.
    """
    st.html(sentence(chart.sentence if words is None else words) + legend)
    figure_block(
        chart.figure,
        sentence=chart.sentence,
        columns=chart.table.columns,
        rows=chart.table.rows,
        table_label=t("These numbers as a table"),
        height=f"{chart.height}px",
        key=key,
    )


def table(caption: str, content: Table, *, text_columns: Sequence[int] = ()) -> str:
    """A table that scrolls sideways where it is too wide; the first cell of a row is its heading.

    `text_columns` hold words, which are set to the left; the others hold numbers.
    """
    if not content.rows:
        return ""

    def cells(tag: str, row: Sequence[str], more: str = "") -> str:
        words = ' class="er-words"'
        return "".join(
            f"<{tag}{more}{words if i in text_columns else ''}>{esc(text)}</{tag}>"
            for i, text in enumerate(row, start=1)
        )

    first, *columns = content.columns
    head = f'<th scope="col">{esc(first)}</th>' + cells("th", columns, ' scope="col"')
    body = "".join(
        f'<tr><th scope="row">{esc(row[0])}</th>{cells("td", row[1:])}</tr>' for row in content.rows
    )
    return (
        f'<div class="er-scroll" role="region" tabindex="0" aria-label="{esc(caption)}">'
        f"<table><caption>{esc(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def sentence(text: str) -> str:
    """What a chart shows, in words, above it."""
    return f'<p class="er-sentence">{esc(text)}</p>' if text else ""


def heading(text: str) -> str:
    """The heading of a section."""
    return f'<h2 class="er-h2">{esc(text)}</h2>'


def part(text: str, level: int = 4) -> str:
    """The heading of a part: within a question, or (3) of a section itself."""
    return f'<h{level} class="er-h4">{esc(text)}</h{level}>'


def legend(signs: Sequence[tuple[str, str]]) -> str:
    """What signs mean: (HTML of the sign, words) each."""
    items = "".join(f"<li>{sign}{esc(words)}</li>" for sign, words in signs)
    return f'<ul class="er-legend">{items}</ul>'


def sign(name: str, style: str = "") -> str:
    """A sign of a legend, drawn by the style sheet."""
    return f'<i class="{name}"{f" style={chr(34)}{style}{chr(34)}" if style else ""}></i>'
