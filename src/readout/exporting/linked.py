"""Records as linked data: JSON-LD in the terms of schema.org and PROV, and entities of FollowTheMoney."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from readout.coding import topics_of
from readout.exporting.countries import TWO_LETTERS
from readout.exporting.sheets import Keyed
from readout.exporting.wording import OFFICE_WORDS, Names, encounter_head, encounter_words, name_of, spaced
from readout.records import Actor, DateInterval, Encounter, Record, Span

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "readout": "urn:readout:term:",
    "startDate": {"@type": "xsd:date"},
    "endDate": {"@type": "xsd:date"},
    "datePublished": {"@type": "xsd:date"},
    **{
        name: {"@type": "@id"}
        for name in (
            "attendee", "organizer", "spokenByCharacter", "isPartOf", "agent", "recipient", "publisher", "about",
            "affiliation", "prov:wasQuotedFrom", "prov:wasAttributedTo", "prov:wasGeneratedBy", "prov:used",
            "prov:wasAssociatedWith", "prov:hadPrimarySource", "prov:wasDerivedFrom", "readout:continues",
            "readout:between",
        )
    },
}  # fmt: skip
_STATUS = {"planned": "EventScheduled"}
Node = dict[str, Any]


def jsonld_parts(items: Iterable[Keyed], names: Names | None = None) -> Iterator[str]:
    """One JSON-LD document: a context and a graph of documents, actors and items, each item with its words.

    Words are ``text`` with ``readout:start`` and ``readout:end``, in code points of the document's text.
    """
    yield '{"@context": ' + json.dumps(CONTEXT, ensure_ascii=True) + ',\n"@graph": ['
    seen: set[str] = set()
    comma = "\n"
    for key, item in items:
        if not isinstance(item, Record):
            continue
        for node in _nodes(key, item, names):
            if _is_actor(node):
                if node["@id"] in seen:
                    continue
                seen.add(node["@id"])
            yield comma + json.dumps(_bare(node), ensure_ascii=True)
            comma = ",\n"
    yield "\n]}\n"


def _is_actor(node: Node) -> bool:
    return str(node["@id"]).startswith(("urn:readout:side:", "urn:readout:person:", "urn:readout:reader:"))


def _bare(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _side_id(code: str) -> str:
    return f"urn:readout:side:{_quoted(code)}"


def _quoted(words: str) -> str:
    return quote(words.encode("utf-8", "replace"), safe="")


def _agent_id(a: Actor) -> str:
    if a.person:
        return f"urn:readout:person:{_quoted(a.of or '')}:{_quoted(a.person)}"
    return _side_id(a.of) if a.of else f"urn:readout:side:{_quoted(a.side or a.office or '')}"


def _nodes(key: str, r: Record, names: Names | None) -> Iterator[Node]:
    document = f"urn:readout:document:{_quoted(key)}"
    reader = (
        "urn:readout:reader:"
        + hashlib.blake2b(json.dumps(r.made_with, sort_keys=True).encode("utf-8", "replace"), digest_size=8).hexdigest()
    )
    reading = f"{document}#reading"
    actors = [a for s in r.statements for a in s.speakers] + [p.actor for e in r.encounters for p in e.participants]
    codes = [c for s in r.statements for c in s.toward] + [c for x in r.relations for c in x.between]
    codes += [c for x in r.commitments for c in (*x.promisor, *x.beneficiary)] + [
        c for o in r.occurrences for c in o.states
    ]
    for actor in dict.fromkeys(actors):
        yield from _actor_nodes(actor, names)
    for code in dict.fromkeys([*codes, *([r.issuer_of] if r.issuer_of else [])]):
        yield {"@id": _side_id(code), "@type": _side_type(code), "name": name_of(code, names), "identifier": code}
    yield {
        "@id": reader, "@type": "prov:SoftwareAgent", "name": "readout",
        "readout:madeWith": json.dumps(r.made_with, sort_keys=True),
    }  # fmt: skip
    yield {
        "@id": document, "@type": ["Article", "prov:Entity"], "headline": r.title, "identifier": key, "name": r.id,
        "datePublished": r.date.isoformat() if r.date else None, "url": r.url, "text": r.text, "inLanguage": "en",
        "publisher": _side_id(r.issuer_of) if r.issuer_of else None, "readout:issuer": r.issuer,
        "readout:issuerKind": r.issuer_kind, "sha256": None, "readout:textDigest": r.digest,
    }  # fmt: skip
    yield {"@id": reading, "@type": "prov:Activity", "prov:used": document, "prov:wasAssociatedWith": reader}

    used: set[str] = set()

    def item(x: Any, kind: str | list[str], span: Span) -> Node:
        name = f"{document}#{_quoted(x.id)}"
        while name in used:  # only a foreign record gives two items one id
            name += "~"
        used.add(name)
        return {
            "@id": name, "@type": kind, "text": span.of(r.text), "readout:start": span.start,
            "readout:end": span.end, "readout:confidence": round(x.confidence.value, 2),
            "prov:wasGeneratedBy": reading, "prov:hadPrimarySource": document,
        }  # fmt: skip

    def reference(id: str | None) -> str | None:
        return f"{document}#{_quoted(id)}" if id else None

    for e in r.encounters:
        yield item(e, ["Event", "prov:Entity"], e.evidence) | _dates(e.date) | {
            "name": encounter_head(e), "additionalType": f"readout:{e.kind}", "location": e.place,
            "eventStatus": "https://schema.org/" + _STATUS[e.status] if e.status in _STATUS else None,
            "readout:status": e.status, "attendee": [_agent_id(p.actor) for p in e.participants],
            "organizer": [_agent_id(p.actor) for p in e.participants if p.part in ("initiator", "host")],
        }  # fmt: skip
    for s in r.statements:
        yield item(s, ["Quotation", "prov:Entity"], s.content) | {
            "spokenByCharacter": [_agent_id(a) for a in s.speakers], "isPartOf": document,
            "prov:wasQuotedFrom": document, "prov:wasAttributedTo": [_agent_id(a) for a in s.speakers],
            "additionalType": f"readout:{s.act}", "readout:attribution": s.attribution,
            "recipient": [_side_id(c) for c in s.toward], "readout:continues": reference(s.continues),
            "keywords": list(topics_of([s.content.of(r.text)])),
        }  # fmt: skip
    for c in r.commitments:
        yield item(c, ["Action", "prov:Entity"], c.action) | {
            "actionStatus": "https://schema.org/PotentialActionStatus", "agent": [_side_id(x) for x in c.promisor],
            "recipient": [_side_id(x) for x in c.beneficiary], "readout:strength": c.strength,
            "readout:refrain": c.refrain, "prov:wasDerivedFrom": reference(c.statement),
            "readout:deadline": c.deadline.of(r.text) if c.deadline else None,
            "readout:condition": c.condition.of(r.text) if c.condition else None,
        }  # fmt: skip
    for x in r.relations:
        yield item(x, ["readout:Relation", "prov:Entity"], x.label) | {
            "additionalType": f"readout:{x.kind}", "readout:between": [_side_id(code) for code in x.between],
        }  # fmt: skip
    for o in r.occurrences:
        yield item(o, ["Event", "prov:Entity"], o.span) | _dates(o.date) | {
            "additionalType": f"readout:{o.kind}", "about": [_side_id(code) for code in o.states],
            "readout:assertedBy": list(o.asserted_by),
        }  # fmt: skip


def _dates(interval: DateInterval | None) -> Node:
    if interval is None:
        return {}
    return {"startDate": interval.start.isoformat(), "endDate": interval.last.isoformat(),
            "readout:datePrecision": interval.precision}  # fmt: skip


def _side_type(code: str) -> list[str]:
    return ["Country" if code in TWO_LETTERS else "Organization", "prov:Agent"]


def _actor_nodes(a: Actor, names: Names | None) -> Iterator[Node]:
    if a.person:
        yield {
            "@id": _agent_id(a), "@type": ["Person", "prov:Agent"], "name": a.person,
            "jobTitle": OFFICE_WORDS[a.office] if a.office else None,
            "affiliation": _side_id(a.of) if a.of else None,
        }  # fmt: skip
    if a.of or not a.person:
        code = a.of or a.side or a.office or ""
        yield {"@id": _side_id(code), "@type": _side_type(code), "name": name_of(code, names), "identifier": code}


# -- FollowTheMoney ------------------------------------------------------------------------------------------------


def ftm_lines(items: Iterable[Keyed], names: Names | None = None) -> Iterator[str]:
    """FollowTheMoney entities, one JSON object a line; an actor once, however many documents name it.

    Documents are Article, states PublicBody, organisations Organization, office holders Person, Position and
    Occupancy; encounters and occurrences Event, statements and promises Note, relations UnknownLink; who is named in a
    document is a Mention. Countries are two-letter codes.
    """
    seen: set[str] = set()
    for key, item in items:
        if not isinstance(item, Record):
            continue
        for entity in _entities(key, item, names):
            if entity["id"] not in seen:
                if entity["schema"] not in ("Note", "Event", "Mention", "Article", "UnknownLink"):
                    seen.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=True) + "\n"


def _id(*parts: str) -> str:
    state = hashlib.blake2b(digest_size=10)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big") + data)
    return f"readout-{state.hexdigest()}"


def _entity(id: str, schema: str, **properties: str | Iterable[str | None] | None) -> Node:
    told: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = [value] if value is None or isinstance(value, str) else list(value)
        if kept := list(dict.fromkeys(v for v in values if v)):
            told[name] = kept
    return {"id": id, "schema": schema, "properties": told}


def _country(code: str | None) -> str | None:
    return TWO_LETTERS.get(code or "")


def _body(code: str, names: Names | None) -> Node:
    schema = "PublicBody" if code in TWO_LETTERS else "Organization"
    return _entity(_id("side", code), schema, name=name_of(code, names), country=_country(code), weakAlias=code)


def _entities(key: str, r: Record, names: Names | None) -> Iterator[Node]:
    document = _id("document", key)
    day = r.date.isoformat() if r.date else None
    yield _entity(
        document, "Article", title=r.title or r.id, fileName=r.id, publishedAt=day, date=day, publisher=r.issuer,
        sourceUrl=r.url if (r.url or "").startswith(("https://", "http://")) else None, bodyText=r.text,
        language="eng", country=_country(r.issuer_of),
    )  # fmt: skip
    actors = [a for s in r.statements for a in s.speakers] + [p.actor for e in r.encounters for p in e.participants]
    codes = [c for s in r.statements for c in s.toward] + [c for x in r.relations for c in x.between]
    codes += [c for x in r.commitments for c in (*x.promisor, *x.beneficiary)]
    ids: dict[Actor, str] = {}
    named: dict[str, Node] = {}
    for a in dict.fromkeys(actors):
        made = list(_actor_entities(a, day, document, names))
        yield from made
        ids[a] = _actor_id(a)
        named[ids[a]] = next(x for x in made if x["id"] == ids[a])
    for code in dict.fromkeys(codes):
        body = _body(code, names)
        yield body
        named.setdefault(body["id"], body)
    for id, entity in named.items():
        yield _entity(_id("mention", document, id), "Mention", document=document, resolved=id,
                      name=entity["properties"].get("name", ()), contextCountry=entity["properties"].get("country", ()),
                      detectedSchema=entity["schema"])  # fmt: skip
    for e in r.encounters:
        yield _entity(
            _id("encounter", document, e.id), "Event", name=_event_name(e, names), summary=e.evidence.of(r.text),
            **_event_dates(e.date), location=e.place, keywords=(spaced(e.kind), e.status), proof=document,
            involved=[ids[p.actor] for p in e.participants],
            organizer=[ids[p.actor] for p in e.participants if p.part in ("initiator", "host")],
        )  # fmt: skip
    for s in r.statements:
        words = s.content.of(r.text)
        yield _entity(_id("statement", document, s.id), "Note", name=f"{s.act}: {words[:80]}", description=words,
                      entity=[ids[a] for a in s.speakers], proof=document,
                      keywords=("statement", s.act, *topics_of([words])))  # fmt: skip
    for c in r.commitments:
        words = c.action.of(r.text)
        yield _entity(_id("commitment", document, c.id), "Note", name=f"promise: {words[:80]}", description=words,
                      entity=[_id("side", code) for code in c.promisor], proof=document,
                      keywords=("commitment", c.strength, "refrain" if c.refrain else None))  # fmt: skip
    for x in r.relations:
        yield _entity(_id("relation", document, x.id), "UnknownLink", subject=_id("side", x.between[0]),
                      object=_id("side", x.between[1]), role=x.label.of(r.text), summary=spaced(x.kind), date=day,
                      proof=document)  # fmt: skip
    for o in r.occurrences:
        yield _entity(_id("occurrence", document, o.id), "Event", name=f"{spaced(o.kind)}: {o.span.of(r.text)[:80]}",
                      summary=o.span.of(r.text), **_event_dates(o.date), keywords=("occurrence", spaced(o.kind)),
                      country=[_country(code) for code in o.states], proof=document)  # fmt: skip


def _event_name(e: Encounter, names: Names | None) -> str:
    return f"{encounter_head(e)}: {encounter_words(e, names)}"


def _event_dates(interval: DateInterval | None) -> dict[str, str | None]:
    if interval is None:
        return {}
    if interval.precision == "day":
        return {"date": interval.iso()}
    return {"startDate": interval.start.isoformat(), "endDate": interval.last.isoformat()}


def _actor_id(a: Actor) -> str:
    if a.person:
        return _id("person", a.of or "", a.person)
    if a.of:
        return _id("side", a.of)  # a post that nobody is named for: its body acts
    return _id("side", a.office or "")


def _actor_entities(a: Actor, day: str | None, document: str, names: Names | None) -> Iterator[Node]:
    """The person, the body, the post and who held it on the document's day, as far as they are known."""
    if a.of:
        yield _body(a.of, names)
    if a.person:
        yield _entity(_actor_id(a), "Person", name=a.person, country=_country(a.of),
                      position=OFFICE_WORDS[a.office] if a.office else None)  # fmt: skip
    if a.office and a.of:
        post = _id("post", a.of, a.office)
        yield _entity(post, "Position", name=f"{OFFICE_WORDS[a.office]} of {name_of(a.of, names)}",
                      country=_country(a.of), organization=_id("side", a.of))  # fmt: skip
        if a.person:
            yield _entity(_id("occupancy", _actor_id(a), post, day or ""), "Occupancy", holder=_actor_id(a), post=post,
                          date=day, proof=document)  # fmt: skip
    elif not a.person and not a.of:
        yield _entity(_actor_id(a), "Organization", name=OFFICE_WORDS.get(a.office or "", "unknown"))
