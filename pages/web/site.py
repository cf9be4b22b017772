"""What the server knows about its own address, once it runs.

`app.py` fills it at the start; until then nothing public is known.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Site:
    """The public address, as far as cookies and origin checks care."""

    public_host: str | None = None
    """Host of PUBLIC_URL, with its port where it names one, in lower case."""
    secure: bool = False
    """Whether people come over https, so that cookies may be `Secure`."""


here = Site()
