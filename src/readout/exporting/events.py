"""Event rows in the columns of other event data: GDELT 2.0, ICEWS, PLOVER."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from readout.coding import EventRow, code_record
from readout.exporting.escaping import visible, writable
from readout.exporting.sheets import Keyed
from readout.exporting.wording import OFFICE_WORDS, Names, name_of
from readout.records import DateInterval, Record

_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
GDELT_COLUMNS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{x}" for x in _ACTOR),
    *(f"Actor2{x}" for x in _ACTOR), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", *(f"Actor1Geo_{x}" for x in _GEO),
    *(f"Actor2Geo_{x}" for x in _GEO), *(f"ActionGeo_{x}" for x in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of a GDELT 2.0 event, in their order; its files have no head line."""
ICEWS_COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_QUADS = {
    "verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4,
}  # fmt: skip


def gdelt_rows(items: Iterable[Keyed], names: Names | None = None) -> Iterator[str]:
    """Tab-separated lines of the 61 columns; only what took place, with a known day, source and target."""
    for key, record in _records(items):
        for n, row in enumerate(_done(record)):
            interval = DateInterval.from_iso(row.date) if row.date else None
            if interval is None or interval.precision != "day" or not (row.source and row.target):
                continue
            day = interval.start
            values: dict[str, Any] = {
                "GLOBALEVENTID": _number(key, row, n), "SQLDATE": f"{day:%Y%m%d}" if day.year > 999 else "",
                "MonthYear": f"{day.year:04d}{day.month:02d}", "Year": f"{day.year:04d}",
                "FractionDate": f"{day.year + (day.timetuple().tm_yday - 1) / 365:.4f}", "IsRootEvent": 1,
                "EventCode": row.cameo.code, "EventBaseCode": row.cameo.code[:3], "EventRootCode": row.cameo.root,
                "QuadClass": _QUADS[row.quad], "GoldsteinScale": row.cameo.score, "NumMentions": 1, "NumSources": 1,
                "NumArticles": 1, "SOURCEURL": record.url or key,
                "DATEADDED": f"{record.date:%Y%m%d}000000" if record.date and record.date.year > 999 else "",
            }  # fmt: skip
            for side, actor in ((row.source, "Actor1"), (row.target, "Actor2")):
                values |= {f"{actor}Code": side, f"{actor}Name": name_of(side, names).upper()}
                if len(side) == 3 and side.isupper():
                    values[f"{actor}CountryCode"] = side
                    values |= {f"{actor}Geo_Type": 1, f"{actor}Geo_FullName": name_of(side, names)}
            yield _tab(values.get(column, "") for column in GDELT_COLUMNS)


def icews_rows(items: Iterable[Keyed], names: Names | None = None) -> Iterator[str]:
    """Tab-separated lines of the 20 columns under a head line; only what took place, with a known source and target."""
    yield _tab(ICEWS_COLUMNS)
    for key, record in _records(items):
        ends = _sentence_ends(record.text)
        for n, row in enumerate(_done(record)):
            if not (row.source and row.target):
                continue
            people = _people(record, row)
            values = {
                "Event ID": _number(key, row, n), "Event Date": row.date or "", "Event Text": row.cameo.meaning,
                "CAMEO Code": row.cameo.code, "Intensity": row.cameo.score, "Story ID": key,
                "Sentence Number": 1 + sum(end <= row.spans[0].start for end in ends),
                "Publisher": record.issuer or "",
            }  # fmt: skip
            for side, which in ((row.source, "Source"), (row.target, "Target")):
                person, office = people.get(side, (None, None))
                values |= {
                    f"{which} Name": person or name_of(side, names), f"{which} Country": name_of(side, names),
                    f"{which} Sectors": OFFICE_WORDS[office] if office else "",
                }  # fmt: skip
            yield _tab(values.get(column, "") for column in ICEWS_COLUMNS)


def plover_rows(items: Iterable[Keyed], names: Names | None = None) -> Iterator[str]:
    """JSON lines in the words of PLOVER: event, mode, contexts, actor and recipient; statements (01) it drops."""
    for key, record in _records(items):
        for n, row in enumerate(code_record(record)):
            if row.plover is None:
                continue
            contexts = {"planned": ["future"], "past": ["historical"]}.get(row.status, [])
            contexts += ["hypothetical"] if row.modality == "hypothetical" else []
            yield json.dumps({
                "id": f"{_number(key, row, n)}", "date": row.date, "event": row.plover.code, "mode": row.mode,
                "context": contexts, "quad": row.quad, "score": row.score, "cameo": row.cameo.code,
                "actor": [{"code": row.source, "name": name_of(row.source, names)}] if row.source else [],
                "recipient": [{"code": row.target, "name": name_of(row.target, names)}] if row.target else [],
                "negated": row.negated, "document": key, "item": row.item, "publisher": record.issuer,
                "url": record.url, "text": [s.of(record.text) for s in row.spans],
                "spans": [s.to_json() for s in row.spans],
            }, ensure_ascii=True) + "\n"  # fmt: skip


def _records(items: Iterable[Keyed]) -> Iterator[tuple[str, Record]]:
    return ((key, item) for key, item in items if isinstance(item, Record))


def _done(record: Record) -> list[EventRow]:
    return [row for row in code_record(record) if row.status != "planned" and not row.negated]


def _number(key: str, row: EventRow, n: int) -> int:
    """A number for an event, below 2**53 so that every reader keeps it; the same for the same document and place."""
    state = hashlib.blake2b(digest_size=8)
    for part in (key, row.item or "", row.source or "", row.target or "", row.cameo.code, str(n)):
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big") + data)
    return int.from_bytes(state.digest(), "big") >> 11


def _people(record: Record, row: EventRow) -> dict[str, tuple[str | None, str | None]]:
    """The first person or office of each side in the item that a row was made of."""
    actors = [a for s in record.statements if s.id == row.item for a in s.speakers]
    actors += [p.actor for e in record.encounters if e.id == row.item for p in e.participants]
    out: dict[str, tuple[str | None, str | None]] = {}
    for a in actors:
        out.setdefault(a.side, (a.person, a.office))
    return out


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end, roughly: the number is for people to find the place, the spans are exact."""
    return [n + 1 for n, c in enumerate(text[:-1]) if c in ".!?\n" and text[n + 1].isspace()]


def _tab(values: Iterable[Any]) -> str:
    # a tab or line end inside a value would break the line: ``visible`` folds them, and shows what would act
    return "\t".join(visible(writable(v)) if isinstance(v, str) else str(v) for v in values) + "\n"
