"""Streamlit's entry: page configuration, language, and which pages there are.

Every page guards itself; nothing here decides who may see what.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from pages.parts import guard

t = guard.reader().t
st.set_page_config(page_title="Einklang", layout="wide", initial_sidebar_state="collapsed")


def page(name: str) -> Callable[[], None]:
    """A page's `render`, imported when somebody opens it: Plotly and its like take their time."""

    def draw() -> None:
        module = f"pages.{name}"
        try:
            found = import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            st.info(t("This page is not part of this version yet."))
            return
        found.render()

    draw.__name__ = name
    return draw


st.navigation(
    [
        st.Page(page("home"), title="Einklang", default=True),
        st.Page(page("setup"), title=f"{t('Prepare')} · Einklang", url_path="setup"),
        st.Page(page("moderator"), title=f"{t('Console')} · Einklang", url_path="moderator"),
        st.Page(page("stage"), title=f"{t('Stage')} · Einklang", url_path="stage"),
        st.Page(page("results"), title=f"{t('Results')} · Einklang", url_path="results"),
        st.Page(page("legal"), title=f"{t('Legal')} · Einklang", url_path="legal"),
    ],
    position="hidden",
).run()
