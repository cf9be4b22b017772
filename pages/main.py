"""Streamlit's entry: page configuration and navigation."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Einklang", layout="wide")


def home() -> None:
    """Until the pages are there: a name and nothing else."""
    st.title("Einklang")


st.navigation([st.Page(home, title="Einklang", default=True)], position="hidden").run()
