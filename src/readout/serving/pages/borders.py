"""The map of the world: borders as Natural Earth draws them, under the codes of our sides.

The file that the build fetches is TopoJSON: borders are stored once, as arcs, and shapes name the arcs around them.
Here it becomes GeoJSON, which ECharts draws. Natural Earth draws who holds a territory, not who claims it; that is its
choice and no position of ours. What it draws without a number of ISO has a code of the actor base; sides that a map of
this scale has no room for are points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from readout.exporting.countries import NUMBERS

Point = tuple[float, float]
SOURCE = "countries-110m.json"
# shapes of the source that have no number of ISO
_UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": "X-TRN", "Somaliland": "X-SML"}
# nobody speaks for it, and it takes a sixth of the picture
_LEFT_OUT = "ATA"
_PLACES = 2
_EDGE = 180.0
_POINTS = """
ABW:-70.0,12.5 AIA:-63.1,18.2 ALA:19.9,60.2 AND:1.5,42.5 ASM:-170.7,-14.3 ATG:-61.8,17.1 BES:-68.3,12.2 BHR:50.6,26.1
BLM:-62.8,17.9 BMU:-64.8,32.3 BRB:-59.6,13.1 BVT:3.4,-54.4 CCK:96.8,-12.2 COK:-159.8,-21.2 COM:43.3,-11.7 CPV:-23.5,14.9
CUW:-68.9,12.1 CXR:105.7,-10.4 CYM:-81.4,19.3 DMA:-61.4,15.3 FRO:-6.8,62.0 FSM:158.2,6.9 GGY:-2.5,49.5 GIB:-5.4,36.1
GLP:-61.7,16.0 GRD:-61.7,12.1 GUF:-52.3,4.9 GUM:144.8,13.5 HKG:114.2,22.3 HMD:73.5,-53.1 IMN:-4.5,54.2 IOT:72.4,-7.3
JEY:-2.1,49.2 KIR:173.0,1.4 KNA:-62.7,17.3 LCA:-61.0,14.0 LIE:9.5,47.1 MAC:113.5,22.2 MAF:-63.1,18.1 MCO:7.4,43.7
MDV:73.5,4.2 MHL:171.4,7.1 MLT:14.5,35.9 MNP:145.8,15.2 MSR:-62.2,16.7 MTQ:-61.1,14.6 MUS:57.5,-20.2 MYT:45.2,-12.8
NFK:168.0,-29.0 NIU:-169.9,-19.1 NRU:166.9,-0.5 PCN:-130.1,-25.1 PLW:134.6,7.5 PYF:-149.6,-17.5 REU:55.5,-20.9
SGP:103.8,1.3 SGS:-36.5,-54.3 SHN:-5.7,-15.9 SJM:15.6,78.2 SMR:12.4,43.9 SPM:-56.2,46.8 STP:6.7,0.3 SXM:-63.0,18.0
SYC:55.5,-4.6 TCA:-71.1,21.5 TKL:-171.8,-9.2 TON:-175.2,-21.1 TUV:179.2,-8.5 UMI:166.6,19.3 VAT:12.45,41.9
VCT:-61.2,13.2 VGB:-64.6,18.4 VIR:-64.9,18.3 WLF:-176.2,-13.3 WSM:-171.8,-13.8 X-ABK:41.0,43.0 X-PMR:29.6,46.8
X-SOS:44.0,42.2
"""
POINTS: dict[str, Point] = {
    code: (float(east), float(north))
    for code, _, place in (entry.partition(":") for entry in _POINTS.split())
    for east, _, north in (place.partition(","),)
}
"""Where a side lies, in degrees east and north, that the map draws no shape for: its seat, or about its middle."""


def map_of(topology: bytes) -> bytes:
    """GeoJSON of every side on the map, as JSON: a feature's ``name`` is its code, ``at`` where a line to it ends.

    Args:
        topology: TopoJSON with one object, ``countries``, whose geometries have numbers of ISO 3166-1 as ids.
    """
    told = json.loads(topology)
    arcs = [_degrees(arc, told["transform"]) for arc in told["arcs"]]
    features = []
    for geometry in told["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code != _LEFT_OUT:
            shape = _shape(geometry, arcs)
            features.append(
                {"type": "Feature", "properties": {"name": code, "at": middle(shape["coordinates"])}, "geometry": shape}
            )
    whole = {"type": "FeatureCollection", "features": features, "points": POINTS}
    return json.dumps(whole, separators=(",", ":")).encode()


def code_of(geometry: dict[str, Any]) -> str:
    """The code of a shape; its name in the source where it has none."""
    name = str(geometry["properties"]["name"])
    return NUMBERS.get(str(geometry.get("id")), "") or _UNNUMBERED.get(name, name)


def middle(polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> list[float]:
    """The centre of the largest of several polygons, by the area of its outer ring in degrees."""
    area, east, north = max(map(_centre, (polygon[0] for polygon in polygons)))
    return [round(east, _PLACES), round(north, _PLACES)] if area else list(polygons[0][0][0])


def _centre(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Area and centre of a closed ring."""
    twice = east = north = 0.0
    for (x, y), (u, v) in pairwise(ring):
        cross = x * v - u * y
        twice += cross
        east += (x + u) * cross
        north += (y + v) * cross
    return (abs(twice) / 2, east / (3 * twice), north / (3 * twice)) if twice else (0.0, 0.0, 0.0)


def _degrees(arc: Iterable[Sequence[int]], transform: dict[str, Any]) -> list[list[float]]:
    """An arc, stored as steps of a grid, as places in degrees."""
    (wide, high), (east, north) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        out.append([round(x * wide + east, _PLACES), round(y * high + north, _PLACES)])
    return out


def _shape(geometry: dict[str, Any], arcs: Sequence[list[list[float]]]) -> dict[str, Any]:
    """Always a MultiPolygon."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    parts = [part for polygon in polygons for part in _cut([_ring(ring, arcs) for ring in polygon])]
    return {"type": "MultiPolygon", "coordinates": parts}


def _ring(numbers: Iterable[int], arcs: Sequence[list[list[float]]]) -> list[list[float]]:
    """Arcs end to end; a number below zero names the arc ``~number`` in reverse. Each begins where the last ended."""
    out: list[list[float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += arc[1:] if out else arc
    return out


def _cut(polygon: list[list[list[float]]]) -> list[list[list[list[float]]]]:
    """A polygon that runs across the 180th meridian, as the source's do on a globe, cut there: a sheet has edges."""
    rings = [_unrolled(ring) for ring in polygon]
    easts = [place[0] for ring in rings for place in ring]
    out = []
    for shift in (-360.0, 0.0, 360.0):
        if min(easts) + shift < _EDGE and max(easts) + shift > -_EDGE:
            moved = [[[x + shift, y] for x, y in ring] for ring in rings]
            kept = [half for ring in moved if (half := _kept(_kept(ring, 1), -1))]
            out += [kept] if kept else []
    return out


def _unrolled(ring: list[list[float]]) -> list[list[float]]:
    """A ring without leaps from one edge of the sheet to the other: it runs on beyond 180 degrees instead."""
    out, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > _EDGE:
            turn += 360.0 if x < before else -360.0
        out.append([x + turn, y])
    return out


def _kept(ring: list[list[float]], side: int) -> list[list[float]]:
    """What of a closed ring lies west of the eastern edge (``side`` 1) or east of the western one (-1)."""
    out: list[list[float]] = []
    for (x, y), (u, v) in pairwise(ring):
        inside, follows = side * x <= _EDGE, side * u <= _EDGE
        if inside:
            out.append([round(x, _PLACES), y])
        if inside != follows:
            edge = side * _EDGE
            out.append([edge, round(y + (v - y) * (edge - x) / (u - x), _PLACES)])
    return [*out, out[0]] if len(out) > 2 else []
