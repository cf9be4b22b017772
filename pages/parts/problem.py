"""When a script fails: a sentence for people, a word for the log, a traceback for nobody."""

from __future__ import annotations

import logging
import traceback

import streamlit as st

from pages.parts import guard
from workshop.errors import Refused
from workshop.i18n import DEFAULT, translator

_LOG = logging.getLogger("einklang.pages")


def script_error(error: Exception) -> bool:
    """For `st.App(on_script_error=…)`: shows a calm sentence, and logs where it broke.

    The log gets the error's type and the lines of ours that it passed, never its message: that
    may hold what somebody wrote. A refusal of a use case is no error and shows its own sentence.
    """
    refused = error if isinstance(error, Refused) else None
    if refused is None:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in frames][-4:]
        _LOG.error("%s in a page, at %s", type(error).__name__, " > ".join(places))
    try:
        t = guard.reader().t
    except Exception:  # whatever broke the page may break this, too
        t = translator(DEFAULT)
    if refused is not None:
        st.warning(t(refused.message, **refused.params))
    else:
        st.error(
            t("Something went wrong here. Nothing that was saved is lost. Please reload the page.")
        )
    return True
