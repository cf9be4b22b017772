"""What the server knows about its own address, once it runs.

`app.py` fills it at the start; until then nothing public is known.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Site:
    """The public address, as far as QR codes, cookies and origin checks care."""

    base_url: str = "http://localhost:8501"
    """The address for the QR code, without a slash at the end."""
    only_local: bool = True
    """No phone can reach `base_url`: it names this machine only, and the stage must say so."""
    public_host: str | None = None
    """Host of PUBLIC_URL, with its port where it names one, in lower case."""
    secure: bool = False
    """Whether people come over https, so that cookies may be `Secure`."""


here = Site()
