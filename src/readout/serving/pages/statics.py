"""Styles, scripts and map data: read once from the package, served under addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, Request
from starlette.responses import Response

from readout.errors import RequestRefused
from readout.exporting.html import record_style
from readout.serving.pages.borders import SOURCE, map_of

router = APIRouter()
_MEDIA = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "json": "application/json",
    "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
# our own, and what the build fetched beside it
_FOLDERS = ("static", "vendor")
MAP = "world.json"
"""The map of the world as GeoJSON, made here of the file that the build fetches."""


@dataclass(frozen=True, slots=True)
class Static:
    """One file as it is sent: plain, compressed, and the digest that its address bears."""

    media: str
    plain: bytes
    packed: bytes
    digest: str


@cache
def statics() -> dict[str, Static]:
    """Every file of ``static`` and ``vendor`` by its name."""
    out: dict[str, Static] = {}
    found = {"record.css": record_style().encode()}
    for folder in _FOLDERS:
        place = resources.files("readout.serving").joinpath(folder)
        if not place.is_dir():
            continue
        for file in place.iterdir():
            if file.is_file():
                found[file.name] = file.read_bytes()
    if SOURCE in found:
        found[MAP] = map_of(found.pop(SOURCE))
    for name, plain in found.items():
        if media := _MEDIA.get(name.rpartition(".")[2]):
            digest = hashlib.sha256(plain).hexdigest()[:12]
            out[name] = Static(media, plain, gzip.compress(plain, mtime=0), digest)
    return out


def address(name: str) -> str:
    """The address of a file; empty where this installation was built without it."""
    found = statics().get(name)
    return f"/static/{name}?v={found.digest}" if found else ""


@router.get("/static/{name}")
def static(request: Request, name: str) -> Response:
    """One file, to be kept by the browser as long as its address stays."""
    found = statics().get(name)
    if found is None:
        raise RequestRefused("there is no such file here", status=404)
    kept = request.query_params.get("v") == found.digest
    headers = {
        "cache-control": "public, max-age=31536000, immutable" if kept else "no-cache",
        "vary": "accept-encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.media, headers={**headers, "content-encoding": "gzip"})
    return Response(found.plain, media_type=found.media, headers=headers)
