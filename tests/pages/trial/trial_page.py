"""One fragment with tick and figure; everything around it says how often it ran."""

import streamlit as st

from pages.parts.figure import figure_block
from pages.parts.live import live_tick
from workshop import service as services

st.set_page_config(page_title="Trial")
st.title("Trial")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"full runs: {st.session_state['runs']}")
st.button("Primary", type="primary")
st.caption("A caption")


@st.fragment
def room(workshop: str) -> None:
    version = services.current().versions(workshop)[0]
    live_tick(workshop, version, lost="No connection.")
    st.text(f"version {version}")
    figure_block(
        {
            "data": [
                {
                    "type": "bar",
                    "x": [version, 3],
                    "y": ["&lt;b&gt;bold&lt;/b&gt; &amp; more", "&lt;a href='//e.example'&gt;a"],
                    "orientation": "h",
                }
            ],
            "layout": {"xaxis": {"range": [0, 200]}},
        },
        sentence=f"At <b>{version}</b>",
        columns=["What", "How much"],
        rows=[["<img src=x>", str(version)]],
        table_label="As a table",
        key="figure",
    )


if st.toggle("Show", value=True):
    room(st.query_params["w"])
