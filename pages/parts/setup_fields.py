"""Fields that save themselves when they are left, and never take away what somebody types.

A field keeps its key, and so its text, whatever else is drawn again. What somebody else writes
meanwhile is said beside it and offered, not put into it. Only what this page itself takes back
gives all fields new keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import streamlit as st

from pages.parts import acting
from pages.parts.acting import Console, Do
from pages.parts.text import esc
from workshop.i18n import Translator, languages, translator

_TIMES: Final = "setup-times"


def anew() -> None:
    """All fields begin again with what is kept: this page has taken something back."""
    st.session_state[_TIMES] = _times() + 1


def _times() -> int:
    return int(st.session_state.get(_TIMES, 0))


def key_of(name: str) -> str:
    """The key of a field as it stands now."""
    return f"setup-{name}-{_times()}"


def do(console: Console, action: Do) -> bool:
    """Do something and say that it is saved, or why not."""
    done = acting.act(console, action)
    if done:
        acting.note("status", console.who.t("Saved."))
    return done


def words(
    console: Console,
    name: str,
    label: str,
    text: Mapping[str, str],
    save: Callable[[Mapping[str, str]], object],
    limit: int,
    *,
    lines: int = 1,
    disabled: bool = False,
) -> None:
    """One text in all languages, side by side."""
    for place, lang in zip(st.columns(len(languages())), languages(), strict=True):
        with place:
            _written(
                console,
                f"{name}-{lang}",
                in_language(label, lang),
                text.get(lang, ""),
                lambda value, lang=lang: save({lang: value}),  # type: ignore[misc]
                limit,
                lines,
                disabled,
            )


def line(
    console: Console,
    name: str,
    label: str,
    value: str,
    save: Callable[[str], object],
    limit: int,
    *,
    lines: int = 1,
    disabled: bool = False,
) -> None:
    """One text among others like it; its label is for who doesn't see the line it stands in."""
    _written(console, name, label, value, save, limit, lines, disabled, visible=False)


def in_language(label: str, lang: str) -> str:
    """A label with the language that the field is for."""
    return f"{label} · {translator(lang).language_name}"


def _written(
    console: Console,
    name: str,
    label: str,
    value: str,
    save: Callable[[str], object],
    limit: int,
    lines: int,
    disabled: bool,
    *,
    visible: bool = True,
) -> None:
    key = _begin(name, value)
    args = (console, key, value, save)
    shown: Literal["visible", "collapsed"] = "visible" if visible else "collapsed"
    if lines > 1:
        st.text_area(
            label,
            value=value,
            key=key,
            max_chars=limit,
            height=34 + 24 * lines,
            disabled=disabled,
            label_visibility=shown,
            on_change=_save,
            args=args,
        )
    else:
        st.text_input(
            label,
            value=value,
            key=key,
            max_chars=limit,
            disabled=disabled,
            label_visibility=shown,
            on_change=_save,
            args=args,
        )
    _meanwhile(console.who.t, name, key, value)


def number(
    console: Console,
    name: str,
    label: str,
    value: int | None,
    save: Callable[[int | None], object],
    most: int,
    *,
    least: int = 1,
    empty: str | None = None,
) -> None:
    """A whole number from `least` to `most`."""
    key = _begin(name, value)
    st.number_input(
        label,
        min_value=least,
        max_value=most,
        value=value,
        step=1,
        key=key,
        placeholder=empty,
        on_change=_save,
        args=(console, key, value, save),
    )
    _meanwhile(console.who.t, name, key, value)


def _begin(name: str, value: str | int | None) -> str:
    """The key of a field, which begins with what is kept.

    That goes to the browser as the field's default with every run. Put into the session's state
    it would go there once, and be lost where the next run cuts this one short: the field would
    stand there empty, and save that.
    """
    key = f"{key_of(name)}{st.session_state.get(_anew(name), '')}"
    st.session_state.setdefault(f"{key}-known", value)
    return key


def _anew(name: str) -> str:
    """Where it stands how often a field took over what somebody else wrote."""
    return f"{key_of(name)}-taken"


def _save(console: Console, key: str, was: object, save: Callable[..., object]) -> None:
    """Keep what was written; what is refused stays in the field, with the reason above."""
    written = st.session_state[key]
    if written != was and do(console, lambda: save(written)):
        st.session_state[f"{key}-known"] = None


def _meanwhile(t: Translator, name: str, key: str, value: str | int | None) -> None:
    """Follow what is kept; say what somebody else wrote, where the field shows something else."""
    known, shown = st.session_state.get(f"{key}-known"), st.session_state[key]
    if known is None or shown == value:
        st.session_state[f"{key}-known"] = value
        return
    if known == value:
        return
    said = t("Somebody else has changed this to: “{text}”", text=value if value else "–")
    st.html(f'<p class="ek-meta">{esc(said)}</p>')
    st.button(t("Take that over"), key=f"{key}-take", type="tertiary", on_click=_take, args=(name,))


def _take(name: str) -> None:
    """The field begins again with what is kept."""
    st.session_state[_anew(name)] = st.session_state.get(_anew(name), 0) + 1


def fixed(label: str, words: str) -> None:
    """What can't be changed any more, as text: a dead box would only be hard to read."""
    st.html(f'<p class="ek-label">{esc(label)}</p><p class="ek-text">{esc(words)}</p>')


def quiet(console: Console, key: str, word: str, action: Do, *, disabled: bool = False) -> None:
    """A button that does one thing and looks like a link."""
    st.button(
        word,
        key=f"setup-{key}",
        type="tertiary",
        disabled=disabled,
        on_click=_press,
        args=(console, action),
    )


def _press(console: Console, action: Do) -> None:
    do(console, action)
