"""A QR code as one SVG path: nothing to fetch, sharp at every size."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET: Final = 4
"""Light modules around the code; ISO/IEC 18004 wants four."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """`size` modules on each side, the quiet zone included; `path` draws the dark ones."""

    size: int
    path: str

    def svg(self, label: str) -> str:
        """The code as an `<svg>`, black on white in every theme, with an accessible name."""
        return (
            f'<svg class="qr" viewBox="0 0 {self.size} {self.size}" role="img" '
            f'aria-label="{html.escape(label)}" shape-rendering="crispEdges">'
            f'<rect width="{self.size}" height="{self.size}" fill="#fff"/>'
            f'<path d="{self.path}" fill="#000"/></svg>'
        )


@lru_cache(maxsize=64)
def qr(text: str) -> QrCode:
    """The QR code of a text at error level M (15 % of it may be hidden).

    Raises:
        qrcode.exceptions.DataOverflowError: for more than 2,331 bytes.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    return QrCode(len(matrix), "".join(_row(y, row) for y, row in enumerate(matrix)))


def _row(y: int, row: list[bool]) -> str:
    """The dark modules of one row; neighbours are drawn as one bar, so that no seam shows."""
    path, x = "", 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            path += f"M{start} {y}h{x - start}v1h{start - x}z"
        x += 1
    return path
