"""The baseline: the same two pages written the obvious way, as Streamlit pages that poll.

A participant is a Streamlit session; a fragment with `run_every=2` waits for the question and
takes the answers, another one on the stage page counts them.
"""

from __future__ import annotations

import os
import sqlite3

import streamlit as st

QUESTIONS = 3


def connect() -> sqlite3.Connection:
    """The database, with its one table."""
    connection = sqlite3.connect(os.environ["OBVIOUS_DATABASE"], timeout=10)
    connection.execute("create table if not exists answer (who text, item int, value int)")
    return connection


@st.fragment(run_every=2)
def participant() -> None:
    """Three statements with five buttons each; what was saved is said."""
    st.header("Wie wichtig sind diese Ziele?")
    for item in range(QUESTIONS):
        st.write(f"Ziel {item + 1}")
        for column, value in zip(st.columns(5), range(1, 6), strict=True):
            if column.button(str(value), key=f"{item}-{value}"):
                with connect() as connection:
                    who = str(id(st.session_state))
                    connection.execute("insert into answer values (?, ?, ?)", (who, item, value))
                st.success(f"Gespeichert: {item}")


@st.fragment(run_every=2)
def stage() -> None:
    """How many have answered."""
    with connect() as connection:
        answered = connection.execute("select count(distinct who) from answer").fetchone()[0]
    st.title(f"{answered} haben geantwortet")


if st.query_params.get("page") == "stage":
    stage()
else:
    participant()
