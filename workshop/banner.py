"""What a terminal shows once the server has started: the links, the address, a QR code."""

from __future__ import annotations

import io
from typing import Final, TextIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from workshop.access import spoken_code
from workshop.i18n import DEFAULT, pick
from workshop.links import join_url, moderator_url, stage_url
from workshop.model import OPERATOR, Role, Workshop
from workshop.service import Service
from workshop.settings import Settings

_ONLY_HERE: Final = (
    "Telefone erreichen diese Adresse nicht: Setzen Sie PUBLIC_URL. · "
    "Phones can't reach this address: set PUBLIC_URL."
)


def banner(service: Service, settings: Settings) -> str:
    """Links to begin with, and the newest workshop that hasn't ended.

    Where a passphrase is set no secret is shown: what a server prints ends in logs.
    """
    base = settings.base_url()
    lines = ["", f"Einklang läuft · is running: {base}", ""]
    secrets = settings.moderator_passphrase is None
    if secrets:
        token = service.grant_link(OPERATOR, Role.MODERATOR, None, once=True)
        lines += [
            "  Alle Workshops moderieren (Link gilt einmal) · moderate all (link works once)",
            f"    {moderator_url(base, token)}",
        ]
    workshop = next((w for w in service.workshops(OPERATOR) if not w.ended), None)
    if workshop is not None:
        lines += _workshop(service, workshop, base, secrets)
    if settings.only_local:
        lines += ["", f"  {_ONLY_HERE}"]
    return "\n".join((*lines, ""))


def _workshop(service: Service, workshop: Workshop, base: str, secrets: bool) -> list[str]:
    """The links of one workshop, and its QR code."""
    address = join_url(base, workshop.join_code)
    lines = ["", f"  {pick(workshop.title, DEFAULT)}"]
    if secrets:
        console = service.grant_link(OPERATOR, Role.MODERATOR, workshop.id)
        stage = service.grant_link(OPERATOR, Role.STAGE, workshop.id)
        lines += [
            f"    Konsole · console   {moderator_url(base, console)}",
            f"    Bühne · stage       {stage_url(base, stage)}",
        ]
    code = spoken_code(workshop.join_code)
    lines += [f"    Teilnehmen · join   {address}   ({code})", "", _blocks(address)]
    return lines


def _blocks(text: str) -> str:
    """A QR code in half blocks, light on dark: terminals are dark more often than not."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue().rstrip("\n")


def show(text: str, out: TextIO) -> None:
    """Print a text; what the terminal can't show becomes a question mark, and no error."""
    encoding = out.encoding or "utf-8"
    out.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    out.flush()
