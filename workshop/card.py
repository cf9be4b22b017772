"""The printable card: QR code, address, code, and one sentence on what is kept. A4 and A5, PDF.

The PDF is tagged (PDF/UA-1), so that a screen reader has its title, its language and the code's
address. The typeface lies in `fonts`, made of the web's variable one: see the note there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

import typst

from workshop.access import spoken_code
from workshop.i18n import Translator, pick
from workshop.links import join_url
from workshop.model import Workshop
from workshop.qr import qr

Paper = Literal["a4", "a5"]
PAPERS: Final[tuple[Paper, ...]] = get_args(Paper)

_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE / "fonts"


@cache
def _page() -> bytes:
    return (_HERE / "card.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])


def card(workshop: Workshop, base_url: str, t: Translator, paper: Paper = "a4") -> bytes:
    """The card of a workshop as PDF; `base_url` has no slash at its end."""
    url = join_url(base_url, workshop.join_code)
    address = url.partition("://")[2].rpartition("/")[0]
    alt = t("QR code to join: {address}", address=f"{address}/{workshop.join_code}")
    words = {
        "paper": paper,
        "lang": t.lang,
        "kicker": t("Join with your phone"),
        "title": pick(workshop.title, t.lang),
        "alt": alt,
        "how": t("Scan, or type address and code:"),
        "address": address,
        "code": spoken_code(workshop.join_code),
        "privacy": t(
            "We keep your group, your answers and a random identifier in a cookie; "
            "no name, no address."
        ),
    }
    drawn = qr(url).svg("").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    # Its stubs don't know yet that several files may come as bytes.
    files = cast(bytes, {"main.typ": _page(), "qr.svg": drawn.encode()})
    return typst.compile(
        files,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=words,
        pdf_standards=["ua-1"],
    )
