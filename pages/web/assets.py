"""Files that never change under their address: Plotly, typeface, the phone's style and script.

Every address holds a version or a fingerprint, so browsers may keep the file for ever. Each is
read and compressed once per process, and kept in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

_PAGES: Final = Path(__file__).resolve().parent.parent
FONTS: Final = _PAGES / "assets" / "fonts"
STYLES: Final = _PAGES / "assets" / "styles"
PHONE: Final = _PAGES / "phone" / "static"
_FONT: Final = "atkinson-hyperlegible-next-latin-wght-normal.woff2"
_FOREVER: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_FOLDERS: Final = {"phone": PHONE, "fonts": FONTS, "styles": STYLES}
_COMPRESSIBLE: Final = frozenset({".js", ".css", ".svg", ".txt"})


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    body: bytes
    zipped: bytes | None
    """The same, compressed; None where that saves nothing."""
    media_type: str

    @classmethod
    def read(cls, path: Path) -> Asset:
        """Read and compress a file."""
        body = path.read_bytes()
        zipped = gzip.compress(body, 9, mtime=0) if path.suffix in _COMPRESSIBLE else None
        if zipped is not None and len(zipped) >= len(body):
            zipped = None
        return cls(body, zipped, _TYPES.get(path.suffix, "application/octet-stream"))


@cache
def _plotly() -> Asset:
    return Asset.read(Path(str(files("plotly") / "package_data" / "plotly.min.js")))


@cache
def _folder(directory: Path) -> Mapping[str, Asset]:
    """The files of one folder by name; other names, `..` among them, don't exist."""
    found = sorted(directory.iterdir()) if directory.is_dir() else []
    return {path.name: Asset.read(path) for path in found if path.suffix in _TYPES}


@cache
def _fingerprint(directory: Path) -> str:
    digest = hashlib.sha256()
    for name, asset in _folder(directory).items():
        digest.update(name.encode() + b"\0" + asset.body)
    return digest.hexdigest()[:12]


_lock = threading.Lock()


def _once(kind: str, name: str) -> tuple[Asset | None, str]:
    """The asset and the version it has now. Compressing Plotly takes a second: once, not twice."""
    with _lock:
        if kind == "plotly":
            return (_plotly() if name == "plotly.min.js" else None), version("plotly")
        directory = _FOLDERS.get(kind)
        if directory is None:
            return None, ""
        return _folder(directory).get(name), _fingerprint(directory)


def plotly_url() -> str:
    """Address of the Plotly bundle that the installed plotly package brings."""
    return f"/assets/plotly/{version('plotly')}/plotly.min.js"


def phone_url(name: str) -> str:
    """Address of a file in pages/phone/static; it changes with any file of that folder."""
    return _fingerprinted("phone", name)


def style_url(name: str) -> str:
    """Address of a file in pages/assets/styles."""
    return _fingerprinted("styles", name)


def _fingerprinted(kind: str, name: str) -> str:
    with _lock:
        return f"/assets/{kind}/{_fingerprint(_FOLDERS[kind])}/{name}"


def font_url(name: str = _FONT) -> str:
    """Address of a font file, the upright Latin one where nothing else is said.

    It stands in config.toml too, so it has no fingerprint; a new release gets a new file name.
    """
    return f"/assets/fonts/{name}"


def warm() -> None:
    """Compress what the stage will ask for, so that the first projector needn't wait."""
    _once("plotly", "plotly.min.js")
    _once("fonts", _FONT)


async def _serve(request: Request) -> Response:
    kind = request.path_params.get("kind", "fonts")
    asset, current = await run_in_threadpool(_once, kind, request.path_params["name"])
    asked = request.path_params.get("version")
    if asset is None:
        return PlainTextResponse("Not Found", 404)
    # An old page may ask for an old version: it gets today's file, but may not keep it.
    fresh = asked is None or asked == current
    headers = {
        "Cache-Control": _FOREVER if fresh else "no-store",
        "Vary": "Accept-Encoding",
    }
    accepts = "gzip" in request.headers.get("accept-encoding", "")
    if asset.zipped is not None and accepts:
        headers["Content-Encoding"] = "gzip"
        return Response(asset.zipped, media_type=asset.media_type, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


def routes() -> list[BaseRoute]:
    """Everything below /assets."""
    return [
        Route("/assets/fonts/{name}", _serve),
        Route("/assets/{kind}/{version}/{name}", _serve),
    ]
