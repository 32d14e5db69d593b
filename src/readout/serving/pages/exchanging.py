"""Exchanges: which encounters several documents tell of, all accounts of one, and links between them made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from readout.comparing import Account, Exchange
from readout.comparing.exchanges import Place
from readout.comparing.same import sides_of
from readout.errors import ArchiveError, QueryRefused, RecordError, RequestRefused
from readout.exporting.wording import day_words, encounter_head, encounter_words, name_of, sides, spaced
from readout.querying import MAX_COUNTED, Told, count, exchange_of, find, told_exchanges
from readout.records import Encounter, Record
from readout.serving.house import House
from readout.serving.pages.filtering import address, asked_of, fields_of, filters_of, told_of, unknown_sides
from readout.serving.pages.linking import address_of, exchange_at
from readout.serving.pages.rendering import house_of, page
from readout.storing import Archive, link, links, unlink

router = APIRouter()
DOCUMENTS = 40
"""So many documents are searched for the exchanges of one page."""
MOST_COMPARED = 8
_NAMES = ("text", "side", "with", "person", "issuer", "since", "until", "kind", "status")
_NEAR = timedelta(days=10)
_MOST_NEAR = 30


@router.get("/exchanges")
def exchanges(request: Request) -> Response:
    """Encounters that several documents tell of, those told last first; with ``all`` those told once too."""
    house, query = house_of(request), request.query_params
    asked = asked_of(query, _NAMES)
    everything = query.get("all") == "true"
    given = query.get("skip", "")
    skip = min(int(given), MAX_COUNTED) if given.isascii() and given.isdigit() and len(given) < 8 else 0
    own: dict[str, Any] = {"all": "true" if everything else None}
    refused, told, held = None, Told(exchanges=(), records={}, documents=0), 1
    try:
        with house.opened() as archive:
            told = told_exchanges(archive, most=DOCUMENTS, skip=skip, **filters_of(asked))
            held = count(archive, "documents", most=1)
    except QueryRefused as error:
        refused = error.message
    shown = [x for x in told.exchanges if everything or len(x.accounts) > 1]
    back = address("/exchanges", asked, **own, skip=max(0, skip - DOCUMENTS) or None) if skip else None
    on = address("/exchanges", asked, **own, skip=skip + DOCUMENTS) if told.cut and skip < MAX_COUNTED else None
    return page(
        request, "exchanges.html", 422 if refused else 200, refused=refused, everything=everything, held=held,
        fields=fields_of("exchanges", _NAMES, asked), asked=told_of(house, "/exchanges", asked, **own),
        unknown=unknown_sides(asked), rows=[_listed(house, x, told.records) for x in reversed(shown)],
        documents=told.documents, most=MAX_COUNTED, first=skip + 1, last=min(skip + DOCUMENTS, told.documents),
        back=back, on=on,
        files={f: address("/api/v1/exchanges", asked, **own, format=f, limit=1000, skip=skip or None)
               for f in ("csv", "json")},
    )  # fmt: skip


@router.get("/exchanges/{key}/{encounter}")
def exchange(request: Request, key: str, encounter: str) -> Response:
    """One exchange: its accounts, why they are one, what was said of it by hand, and what else it might be."""
    house = house_of(request)
    with house.opened() as archive:
        told = house.exchange(archive, key, encounter)
        (x,) = told.exchanges
        here = house.key_of(archive, key)
        near = list(_near(house, archive, x))
        by_hand = [row for row in links(archive) if _touches(row, {a.place for a in x.accounts})]
        records = {**told.records, **_others(archive, x, by_hand)}
    letters = {a.place: chr(ord("A") + n) if n < 26 else f"A{n}" for n, a in enumerate(x.accounts)}
    keys = list(dict.fromkeys(a.document for a in x.accounts))
    return page(
        request, "exchange.html", x=x, head=encounter_head(x.lead), words=encounter_words(x.lead, house.name_of),
        sides=sides(sorted({s for a in x.accounts for s in sides_of(a.encounter)}), house.name_of),
        place=exchange_at(here, encounter), cut=told.cut, near=near, letters=letters,
        accounts=[_account(house, a, told.records[a.document], letters[a.place]) for a in x.accounts],
        joins=[{"one": letters[j.one], "other": letters[j.other], "score": j.score, "reasons": j.reasons,
                "by_hand": j.by_hand} for j in x.joins],
        by_hand=[_by_hand(house, row, records, letters) for row in by_hand],
        compared=address("/compare", {}) + "?" + "&".join(f"document={k}" for k in keys[:MOST_COMPARED])
        if len(keys) > 1 else None,
        values={a.place: f"{a.document} {a.encounter.id}" for a in x.accounts}, mine=(here, encounter),
    )  # fmt: skip


@router.post("/exchanges/{key}/{encounter}/links")
def linked(
    request: Request,
    key: str,
    encounter: str,
    what: Annotated[Literal["join", "split", "unlink"], Form()],
    one: Annotated[str, Form(max_length=400)],
    other: Annotated[str, Form(max_length=400)],
    reviewer: Annotated[str, Form(max_length=200)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Join two tellings, keep them apart, or take that back; a link that contradicts others is not kept."""
    pair = _place(one), _place(other)
    house = house_of(request)
    with house.writing() as archive:
        here = house.key_of(archive, key)
        try:
            with archive.transaction():
                if what == "unlink":
                    unlink(archive, *pair)
                else:
                    link(archive, *pair, joined=what == "join", reviewer=reviewer.strip(), reason=reason.strip())
                for name, item in (*pair, (here, encounter)):
                    exchange_of(archive, name, item)
        except RecordError as error:
            raise RequestRefused(
                "that contradicts another link by hand between these accounts; take that one back first", status=409
            ) from error
    return RedirectResponse(exchange_at(here, encounter) + "#links", status_code=303)


def _place(given: str) -> Place:
    document, _, item = given.strip().rpartition(" ")
    if not document.strip() or not item:
        raise RequestRefused(
            "choose two accounts, each by its document and the id of its encounter, with a blank between", status=422
        )
    return document.strip(), item


def _listed(house: House, x: Exchange, records: dict[str, Record]) -> dict[str, Any]:
    """One line of the list."""
    roles = [a.role for a in x.accounts]
    keys = list(dict.fromkeys(a.document for a in x.accounts))
    told = [f"{n} {r}{'' if n == 1 else 's'}" for r in ("account", "announcement", "mention") if (n := roles.count(r))]
    first = x.accounts[0]
    return {
        "at": exchange_at(first.document, first.encounter.id), "head": encounter_head(x.lead),
        "words": encounter_words(x.lead, house.name_of), "told": told, "independent": x.independent,
        "reprints": len(x.accounts) - x.independent, "by_hand": any(j.by_hand for j in x.joins),
        "compare": f"/compare?{'&'.join(f'document={k}' for k in keys[:MOST_COMPARED])}" if len(keys) > 1 else None,
        "accounts": [
            {"at": address_of(a.document, records[a.document], a.encounter), "role": a.role, "reprint": a.copy_of,
             "issuer": published_by(house, a, records[a.document])}
            for a in x.accounts
        ],
    }  # fmt: skip


def published_by(house: House, a: Account, record: Record) -> str:
    """Whose account it is: its publisher, where it has none its title or name."""
    return name_of(a.issuer, house.name_of) if a.issuer else record.title or record.id


def _account(house: House, a: Account, record: Record, letter: str) -> dict[str, Any]:
    e, copied = a.encounter, None
    asked = sorted({p.actor.side for p in e.participants if p.part == "initiator"})
    if a.copy_of is not None:
        copied = a.copy_of
    return {
        "letter": letter, "place": a.place, "document": a.document, "at": address_of(a.document, record, e),
        "title": record.title or record.id, "role": a.role, "copy_of": copied,
        "issuer": name_of(record.issuer, house.name_of) if record.issuer else "",
        "day": day_words(record.date) if record.date else "", "head": encounter_head(e), "id": e.id,
        "words": encounter_words(e, house.name_of), "evidence": e.evidence.of(record.text),
        "asked": sides(asked, house.name_of),
    }  # fmt: skip


def _near(house: House, archive: Archive, x: Exchange) -> Iterable[dict[str, Any]]:
    """Other encounters of the same sides about the same days: what the exchange might be joined with."""
    here = {a.place for a in x.accounts}
    common = sorted({s for a in x.accounts for s in sides_of(a.encounter)})
    days = [d for d in (_day_of(a.encounter) for a in x.accounts) if d]
    if not common or not days:
        return
    low, high = min(days), max(days)
    filters: dict[str, Any] = {
        "side": common[:1], "since": low - _NEAR if low - date.min > _NEAR else date.min,
        "until": high + _NEAR if date.max - high > _NEAR else date.max,
    }  # fmt: skip
    if len(common) > 1:
        filters["with_"] = common[1:]
    for f in find(archive, "encounters", limit=_MOST_NEAR + len(here), **filters):
        if (f.key, f.item.id) not in here:
            yield {
                "value": f"{f.key} {f.item.id}", "at": exchange_at(f.key, f.item.id),
                "words": f"{encounter_head(f.item)}: {encounter_words(f.item, house.name_of)}",
                "title": f.record.title or f.record.id,
            }  # fmt: skip


def _day_of(e: Encounter) -> date | None:
    return e.date.start if e.date else None


def _touches(row: dict[str, object], places: set[Place]) -> bool:
    return any(isinstance(place, list) and tuple(place) in places for place in (row["one"], row["other"]))


def _others(archive: Archive, x: Exchange, by_hand: Iterable[dict[str, object]]) -> dict[str, Record]:
    """The records of what was linked by hand but stands outside."""
    known = {a.document for a in x.accounts}
    keys = {str(place[0]) for row in by_hand for place in (row["one"], row["other"]) if isinstance(place, list)}
    out = {}
    for key in sorted(keys - known)[:_MOST_NEAR]:
        try:
            out[key] = archive.record(key)
        except ArchiveError:  # removed since: its link goes with it, but not before this page was asked for
            continue
    return out


def _by_hand(
    house: House, row: dict[str, Any], records: dict[str, Record], letters: dict[Place, str]
) -> dict[str, Any]:
    def told(place: list[str]) -> dict[str, str]:
        record = records.get(place[0])
        e = next((e for e in record.encounters if e.id == place[1]), None) if record else None
        title = (record.title or record.id) if record else place[0]
        return {
            "letter": letters.get((place[0], place[1]), ""), "title": title,
            "words": encounter_words(e, house.name_of) if e else "no longer told of",
            "at": exchange_at(place[0], place[1]) if e else "", "value": " ".join(place),
        }  # fmt: skip

    return {**row, "one": told(row["one"]), "other": told(row["other"]), "kind": spaced("joined") if row["joined"]
            else "kept apart"}  # fmt: skip
