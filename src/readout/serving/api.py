"""REST under ``/api/v1``: the finders' filters and record shapes, with pages, streams and one shape of error."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from readout.charting import dyad_csv, dyad_in, dyad_svg, world_csv
from readout.comparing import COMPARISON_COLUMNS, EXCHANGE_COLUMNS, compare, comparison_rows, exchange_rows
from readout.exporting.exporters import export_parts
from readout.following import digest, digest_csv, ledger_csv, person, person_csv, phrases_csv
from readout.following.digests import MAX_FOLLOWED
from readout.knowing import side_code
from readout.querying import csv_lines, find, find_and_count, find_each, render_rows, told_exchanges
from readout.records import Record
from readout.reviewing import all_reviewed, reviewed
from readout.serving import shapes
from readout.serving.house import House
from readout.storing import Archive, document_key, info, links

router = APIRouter(prefix="/api/v1")


class Answer(Response):
    """JSON in ASCII, so that half a character of a hostile text can be told too."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        return json.dumps(content, ensure_ascii=True, allow_nan=False).encode("ascii")


def _ok(
    name: str, *, csv: bool = False, svg: bool = False, lines: bool = False, status: int = 200
) -> dict[int | str, dict[str, Any]]:
    """The description of an answer of the shape ``name``."""
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    if csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    if svg:
        content["image/svg+xml"] = {"schema": {"type": "string"}}
    if lines:
        content["application/x-ndjson"] = {}
    return {status: {"description": "The answer.", "content": content}}


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


@router.get("/info", responses=_ok("info"))
def told_info(request: Request) -> Response:
    """What the archive holds: counts, days, what it was read with."""
    with _house(request).opened() as archive:
        return Answer({**info(archive), "version": program_version()})


def program_version() -> str:
    """The version of the program; empty where it is not installed."""
    try:
        return version("diplomatic-readout")
    except PackageNotFoundError:
        return ""


def _listed(request: Request, kind: str, asked: shapes.Asked) -> Response:
    filters = asked.filters()
    if asked.format == "jsonl":
        return _streamed(_house(request), kind, filters)
    with _house(request).opened() as archive:
        if asked.format == "csv":
            found = find(archive, kind, limit=asked.limit, offset=asked.offset, **filters)
            return _csv(kind, render_rows(found, kind, "csv"))
        found, total = find_and_count(archive, kind, limit=asked.limit, offset=asked.offset, **filters)
    items = json.loads("".join(render_rows(found, kind, "json")))
    return Answer(_page(request, items, total, asked.limit, asked.offset))


def _csv(name: str, lines: Iterable[str], more: dict[str, str] | None = None) -> Response:
    """A table as a file to keep; ``more`` headers."""
    head = {"content-disposition": f'attachment; filename="{name}.csv"', **(more or {})}
    return Response("".join(lines).encode("utf-8", "replace"), media_type="text/csv", headers=head)


def _streamed(house: House, kind: str, filters: dict[str, Any]) -> Response:
    """All that fits, a line each, as it is read from the archive."""
    archive = Archive.open(house.place())
    try:
        found = find_each(archive, kind, **filters)
    except BaseException:
        archive.close()
        raise

    def lines() -> Iterator[bytes]:
        with archive:
            for line in render_rows(found, kind, "jsonl"):
                yield line.encode("ascii")

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def _page(request: Request, items: list[Any], total: int, limit: int, offset: int) -> dict[str, Any]:
    following = None
    if offset + len(items) < total and items and offset + limit <= 1_000_000:
        url = request.url.include_query_params(offset=offset + limit)
        following = f"{url.path}?{url.query}"
    return {"total": total, "limit": limit, "offset": offset, "next": following, "items": items}


@router.get("/encounters", responses=_ok("page_encounters", csv=True, lines=True))
def encounters(request: Request, asked: Annotated[shapes.EncountersAsked, Query()]) -> Response:
    """Find encounters: who met, called or wrote to whom."""
    return _listed(request, "encounters", asked)


@router.get("/statements", responses=_ok("page_statements", csv=True, lines=True))
def statements(request: Request, asked: Annotated[shapes.StatementsAsked, Query()]) -> Response:
    """Find statements: who said what."""
    return _listed(request, "statements", asked)


@router.get("/commitments", responses=_ok("page_commitments", csv=True, lines=True))
def commitments(request: Request, asked: Annotated[shapes.CommitmentsAsked, Query()]) -> Response:
    """Find promises."""
    return _listed(request, "commitments", asked)


@router.get("/relations", responses=_ok("page_relations", csv=True, lines=True))
def relations(request: Request, asked: Annotated[shapes.RelationsAsked, Query()]) -> Response:
    """Find labels of relations."""
    return _listed(request, "relations", asked)


@router.get("/occurrences", responses=_ok("page_occurrences", csv=True, lines=True))
def occurrences(request: Request, asked: Annotated[shapes.OccurrencesAsked, Query()]) -> Response:
    """Find what happened."""
    return _listed(request, "occurrences", asked)


@router.get("/documents", responses=_ok("page_documents", csv=True, lines=True))
def documents(request: Request, asked: Annotated[shapes.DocumentsAsked, Query()]) -> Response:
    """Find documents; each with the words around its first hit."""
    return _listed(request, "documents", asked)


@router.post("/documents", status_code=201, responses={**_ok("kept", status=201), **_ok("kept")})
def add(request: Request, given: shapes.Given) -> Response:
    """Read one document and keep its record; 201 where it is new, 200 where it was there."""
    house = _house(request)
    record = house.read(given.model_dump())
    with house.writing() as archive:
        result = archive.put(record)
    kept = {"key": document_key(record), "result": result, "record": record.to_json()}
    return Answer(kept, status_code=201 if result == "new" else 200)


@router.get("/documents/{key}", responses=_ok("record"))
def document(
    request: Request,
    key: str,
    corrected: Annotated[bool, Query(description="Lay reviewers' corrections over it.")] = False,
) -> Response:
    """The record of one document, by key or name."""
    house = _house(request)
    with house.opened() as archive:
        found, record = house.record(archive, key)
        return Answer((reviewed(archive, found).record if corrected else record).to_json())


@router.post("/read", responses=_ok("record"))
def read(request: Request, given: shapes.Given) -> Response:
    """The record of a text; nothing is kept."""
    return Answer(_house(request).read(given.model_dump()).to_json())


@router.get("/compare", responses=_ok("comparison", csv=True))
def compare_kept(
    request: Request,
    document: Annotated[list[shapes.Word], Query(min_length=2, max_length=8, description="Key or name.")],
    format: Annotated[Literal["json", "csv"], Query(description="The form of the answer.")] = "json",
) -> Response:
    """Documents of the archive side by side: told by both, differently, by one alone."""
    house = _house(request)
    with house.opened() as archive:
        found = dict(house.record(archive, name) for name in document)
    told = compare(*(replace(record, id=key) for key, record in found.items()))
    if format == "csv":
        return _csv("comparison", csv_lines(COMPARISON_COLUMNS, comparison_rows(told)))
    return Answer(told.to_json())


@router.post("/compare", responses=_ok("comparison"))
def compare_given(request: Request, given: shapes.GivenMany) -> Response:
    """Texts side by side; nothing is kept. Each is called by its id, else by its place."""
    house = _house(request)
    names = [d.id or f"document-{n}" for n, d in enumerate(given.documents, 1)]
    records = [house.read({**d.model_dump(), "id": name}) for name, d in zip(names, given.documents, strict=True)]
    return Answer(compare(*records).to_json())


@router.get("/exchanges", responses=_ok("page_exchanges", csv=True))
def exchanges(request: Request, asked: Annotated[shapes.ExchangesAsked, Query()]) -> Response:
    """Encounters with every account of them, by date, among 500 of the documents that fit, the last published first."""
    with _house(request).opened() as archive:
        found = told_exchanges(archive, skip=asked.skip, **asked.filters())
    fitting = [x for x in found.exchanges if asked.all or len(x.accounts) > 1]
    shown = fitting[asked.offset : asked.offset + asked.limit]
    if asked.format == "csv":
        return _csv("exchanges", csv_lines(EXCHANGE_COLUMNS, exchange_rows(shown)))
    page = _page(request, [x.to_json() for x in shown], len(fitting), asked.limit, asked.offset)
    return Answer({**page, "documents": found.documents, "cut": found.cut})


@router.get("/exchanges/{key}/{encounter}", responses=_ok("exchange", csv=True))
def exchange(
    request: Request,
    key: str,
    encounter: str,
    format: Annotated[Literal["json", "csv"], Query(description="The form of the answer.")] = "json",
) -> Response:
    """The exchange that an encounter of a document belongs to, with every account of it."""
    house = _house(request)
    with house.opened() as archive:
        found = house.exchange(archive, key, encounter).exchanges
    if format == "csv":
        return _csv("exchange", csv_lines(EXCHANGE_COLUMNS, exchange_rows(found)))
    return Answer(found[0].to_json())


@router.get("/dyad", responses=_ok("dyad", csv=True, svg=True))
def told_dyad(request: Request, asked: Annotated[shapes.DyadAsked, Query()]) -> Response:
    """Two sides over time: encounters by channel and level, tone each way, labels, topics."""
    house = _house(request)
    with house.opened() as archive:
        one, other = side_code(asked.one), side_code(asked.other)
        told = dyad_in(archive, one, other, by=asked.by, since=asked.since, until=asked.until, scale=asked.scale)
    if asked.format == "csv":
        return _csv("dyad", dyad_csv(told))
    if asked.format == "svg":
        return Response(dyad_svg(told, house.name_of).encode("utf-8", "replace"), media_type="image/svg+xml")
    return Answer(told.to_json())


@router.get("/world", responses=_ok("world", csv=True))
def told_world(request: Request, asked: Annotated[shapes.WorldAsked, Query()]) -> Response:
    """Who met whom: the pairs of sides that met most, with their tone, and every side with how often it met others."""
    house = _house(request)
    with house.opened() as archive:
        told = house.world(archive, since=asked.since, until=asked.until, top=asked.top, scale=asked.scale)
    return _csv("world", world_csv(told, house.name_of)) if asked.format == "csv" else Answer(told.to_json())


@router.get("/ledger", responses=_ok("ledger", csv=True))
def told_ledger(request: Request, asked: Annotated[shapes.LedgerAsked, Query()]) -> Response:
    """Each promise once, with its wordings and what dated documents tell became of it; hopes apart.

    From the last `most` documents; `earlier` counts those before them, which were not read.
    """
    with _house(request).opened() as archive:
        told = _house(request).ledger(archive, side_code(asked.one), _code(asked.other), asked.as_of, asked.most)
    head = _read(told.documents, told.documents + told.earlier)
    if asked.status:
        told = told.only(asked.status)
    return _csv("ledger", ledger_csv(told), head) if asked.format == "csv" else Answer(told.to_json())


@router.get("/phrases", responses=_ok("phrases", csv=True))
def told_phrases(request: Request, asked: Annotated[shapes.PhrasesAsked, Query()]) -> Response:
    """The formulas that a side repeats, most frequent first, and how each strengthens, weakens or vanishes.

    From `most` documents spread over the time; `read` and `total` tell from how many of how many.
    """
    with _house(request).opened() as archive:
        told = _house(request).phrases(
            archive, side_code(asked.side), _code(asked.with_), most=asked.most, least=asked.least, since=asked.since,
            until=asked.until,
        )  # fmt: skip
    if asked.format == "csv":
        return _csv("phrases", phrases_csv(told.found), _read(told.read, told.total))
    return Answer(told.to_json())


def _code(side: str | None) -> str | None:
    return side_code(side) if side is not None else None


def _read(read: int, total: int) -> dict[str, str]:
    """What a table cannot tell: from how many documents it was made, and how many there are."""
    return {"x-documents-read": str(read), "x-documents": str(total)}


@router.get("/person", responses=_ok("person", csv=True))
def told_person(request: Request, asked: Annotated[shapes.PersonAsked, Query()]) -> Response:
    """One person: offices as documents give them, whom they met, what they said and promised."""
    with _house(request).opened() as archive:
        told = person(archive, asked.name, side=asked.side, since=asked.since, until=asked.until, limit=asked.limit)
    return _csv("person", person_csv(told)) if asked.format == "csv" else Answer(told.to_json())


@router.get("/digest", responses=_ok("digest", csv=True))
def told_digest(request: Request, asked: Annotated[shapes.DigestAsked, Query()]) -> Response:
    """What is new since a day: documents, exchanges, plans, promises, labels, what happened."""
    with _house(request).opened() as archive:
        told = digest(
            archive, since=asked.since, until=asked.until, side=asked.side, other=asked.with_, limit=asked.limit,
            join=asked.join, follow=MAX_FOLLOWED if asked.follow else 0,
        )  # fmt: skip
    return _csv("digest", digest_csv(told)) if asked.format == "csv" else Answer(told.to_json())


@router.get("/links", responses=_ok("page_links", csv=True))
def told_links(request: Request, asked: Annotated[shapes.LinksAsked, Query()]) -> Response:
    """Links made by hand: which accounts are one encounter and which are not, who says so, and why."""
    house = _house(request)
    with house.opened() as archive:
        of = house.key_of(archive, asked.document) if asked.document is not None else None
        found = [row for row in links(archive) if of is None or of in _documents(row)]
    shown = found[asked.offset : asked.offset + asked.limit]
    if asked.format == "csv":
        return _csv("links", csv_lines(LINK_COLUMNS, map(_link_row, shown)))
    return Answer(_page(request, shown, len(found), asked.limit, asked.offset))


LINK_COLUMNS = ("one", "one_encounter", "other", "other_encounter", "joined", "reviewer", "at", "reason")


def _documents(link: dict[str, Any]) -> tuple[str, str]:
    return link["one"][0], link["other"][0]


def _link_row(link: dict[str, Any]) -> tuple[Any, ...]:
    return (*link["one"], *link["other"], link["joined"], link["reviewer"], link["at"], link["reason"])


@router.get(
    "/export",
    responses={
        200: {
            "description": "The records, as they are read from the archive.",
            "content": {media: {} for media in dict.fromkeys(shapes.MEDIA.values())}
            | {
                "application/ld+json": {"schema": {"type": "object"}},
                "application/json": {"schema": {"type": "array"}},
            },
        }
    },
)
def export(
    request: Request,
    format: Annotated[
        Literal["jsonl", "jsonld", "ftm", "gdelt", "icews", "plover", "labelstudio"],
        Query(description="The form; `readout export --drops` tells what each leaves out."),
    ] = "jsonl",
    corrected: Annotated[bool, Query(description="Lay reviewers' corrections over the records.")] = False,
) -> Response:
    """All records in a form of another program, as a stream."""
    house = _house(request)
    archive = Archive.open(house.place())

    def parts() -> Iterator[bytes]:
        with archive:
            keyed = (
                (document_key(x) if isinstance(x, Record) else x.id, x)
                for x in (all_reviewed(archive) if corrected else archive.everything())
            )
            for part in export_parts(keyed, format, house.name_of if format != "jsonl" else None):
                yield part.encode("utf-8", "backslashreplace")

    return StreamingResponse(parts(), media_type=shapes.MEDIA[format])
