# ruff: noqa: E501
"""How long the server takes for every page and list of REST over 100,000 documents, and what each page weighs.

    python benchmarks/pages.py [FILE] [DOCUMENTS] [REQUESTS] [ONLY ...]     100,000 documents, 100 requests an address

The archive is made once, in FILE where that is given; a file that is there already is only asked. It is that of
``benchmarks/archive.py`` with ten statements a document, the codes of real states, the frequent ones far more often
(some pairs have thousands of documents), and sentences of three more kinds: formulas, promises and what became of
them, occurrences. Nothing in it is true. One document in 25 is written as every document is; the others are its rows
again under other keys and days, because writing 100,000 takes an hour: sizes and indexes are those of a real archive,
but exchanges are not joined across these copies, so ``readout archive check`` would find them wrong.

The server is asked in this process (no network): from the request to the last byte of its answer. Addresses vary by a
fixed seed: sides as often as they come, persons, days, words; each is asked for once, so that few answers are kept ones.
The weight of a page is its HTML with every file of the server that it loads, plain and as it is sent. ``/api/v1/export``,
and the ledger and phrases of REST, read everything that they are asked for and are not timed. ONLY are parts of names.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from archive import SURE, Vocabulary, World, record, sentence, two, words
from fastapi.testclient import TestClient
from httpx import Response

from readout.records import Commitment, Occurrence, Record, Span, item_id, text_digest
from readout.serving import Serving, create_app
from readout.storing import Archive
from readout.storing.migrations import COUNTED

DOCUMENTS = 100_000
REQUESTS = 100
SERVER_MS, WEIGHT_BYTES = 300, 1_500_000
AT_ONCE = 50
COPIES = 25
KINDS = ("encounters", "statements", "commitments", "relations", "occurrences")
FIRST, DAYS = date(2005, 1, 1), 7300
STATES = (
    "CHN RUS USA KAZ JPN IND DEU FRA GBR PAK UZB KGZ TJK TKM IRN TUR KOR PRK MNG VNM THA MYS IDN SGP PHL AUS NZL CAN BRA "
    "MEX ARG ZAF EGY NGA KEN ETH SAU ARE QAT ISR IRQ SYR AFG BLR UKR POL HUN SRB ITA ESP NLD SWE NOR FIN CHE AZE ARM GEO LAO KHM"
).split()
OFTEN = list(itertools.accumulate(1 / (n + 2) for n in range(len(STATES))))
GIVEN = "Aron Bela Cyril Dana Emil Farah Goran Hana Ilya Jun".split()
FAMILY = (
    "Abrun Bessov Cardim Dorlan Eskin Fardo Gulman Hortis Ivarin Jorval Kestan Lomari Mendok Norvik Ostrel Pardin Quillan "
    "Rostom Selvar Tarkin Ulman Verdin Wolmar Xandir Yorvan Zelmin Ardov Brenik Coltan Drivas Elmar Fenko Garvin Hedlar "
    "Isken Jaltor Kolvan Lurin Marvek Nistor Orlan Pelkin Rudov Sarvan Temlin Uskar Valdin Werlan Yastin Zorkan Balvor "
    "Cestin Dulmar Ervan Filtor Gandov Helmir Jurlan Korsin Lastov"
).split()
FORMULAS = (
    "supports the lawful rights and interests of the other side", "expressed concern over the situation at the border",
    "opposes any form of interference in internal affairs", "values the traditional friendship of the two peoples",
    "attaches great importance to practical cooperation", "calls for a political settlement through dialogue",
    "stands ready to deepen mutual trust", "adheres to the principle of good neighbourliness",
)  # fmt: skip
STRENGTHENED = (("supports", "firmly supports"), ("concern", "deep concern"), ("opposes", "resolutely opposes"))
DEEDS = (("deliver", "delivered"), ("build", "built"), ("open", "opened"), ("finance", "financed"), ("send", "sent"))
OBJECTS = (
    "buses wagons schools clinics turbines tractors scholarships laboratories vaccines bridges pumps locomotives ferries "
    "crossings pipelines consulates harbours satellites archives kilns"
).split()
HAPPENED = (
    ("disaster", "A flood struck the valley of the river"), ("attack", "An attack on a convoy was reported"),
    ("sanctions", "New sanctions entered into force"), ("mourning", "A day of mourning was declared"),
)  # fmt: skip
_KEY, _SIX = re.compile(r"\b[0-9a-f]{16}\b"), re.compile(r"\b[a-z]{6}\b")
_BLOCK = 50
_LOADED = re.compile(r'<(?:script|link|img)\b[^>]*?(?:src|href)="(/static/[^"]*)"')
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_PROMISE = re.compile(
    r"(?P<cue>will|is ready to|hopes to) (?P<action>[a-z]+ \d+ [a-z]+(?: (?P<when>by 20\d\d))?(?: (?P<if>if [a-z ]+? allow))?)"
)


def said(draw: random.Random, vocabulary: Vocabulary) -> str:
    """One sentence: a formula, a promise, what became of one, an occurrence; else words."""
    chance = draw.random()
    rest = " ".join(draw.choices(vocabulary[0], cum_weights=vocabulary[1], k=6))
    if chance < 0.06:
        formula = draw.choice(FORMULAS)
        if draw.random() < 0.4:
            for plain, strong in STRENGTHENED:
                formula = formula.replace(plain, strong, 1)
        return f"{formula} {rest}"
    do, done = draw.choice(DEEDS)
    thing = f"{draw.randrange(2, 90)} {draw.choice(OBJECTS)}"
    if chance < 0.14:
        when = f" by {draw.randrange(2006, 2030)}" if draw.random() < 0.4 else ""
        condition = f" if {draw.choice(('conditions', 'budgets'))} allow" if draw.random() < 0.1 else ""
        return f"{draw.choice(('will', 'will', 'is ready to', 'hopes to'))} {do} {thing}{when}{condition}, {rest}"
    if chance < 0.17:
        return f"The {thing} were {done}, {rest}"
    if chance < 0.19:
        return f"{draw.choice(HAPPENED)[1]}, {rest}"
    return sentence(draw, vocabulary)


WORLD = World(
    sides=STATES, often=OFTEN, a_document=10, elsewhere=0.05, sentence=said,
    name=lambda side, n: f"{GIVEN[n]} {FAMILY[side]}", paper="{:07}",
)  # fmt: skip


def told(number: int, vocabulary: Vocabulary) -> Record:
    """The n-th document with the promises and occurrences that its sentences tell."""
    made = record(number, vocabulary, WORLD)
    promised, happened = [], []
    for n, s in enumerate(made.statements):
        line, start = s.content.of(made.text), s.content.start

        def at(found: re.Match[str], group: str, start: int = start) -> Span | None:
            return Span(start + found.start(group), start + found.end(group)) if found[group] else None

        if found := _PROMISE.match(line):
            action = at(found, "action")
            assert action is not None
            promised.append(
                Commitment(
                    id=item_id(made.digest, "commitment", action, n), statement=s.id, promisor=(s.speakers[0].side,),
                    beneficiary=s.toward, action=action, strength="firm" if found["cue"] == "will" else "willing",
                    deadline=at(found, "when"), condition=at(found, "if"), confidence=SURE,
                )
            )  # fmt: skip
        for kind, opening in HAPPENED:
            if line.startswith(opening):
                span = Span(start, start + len(opening))
                happened.append(
                    Occurrence(
                        id=item_id(made.digest, "occurrence", span, n), kind=kind, span=span,
                        states=(s.speakers[0].side,), confidence=SURE,
                    )
                )  # fmt: skip
    return replace(made, commitments=tuple(promised), occurrences=tuple(happened))


def build(path: Path, documents: int, vocabulary: Vocabulary) -> None:
    """Write one in ``COPIES`` documents, then their rows again; a file that broke off while writing is taken up."""
    start, written = time.perf_counter(), documents // COPIES
    with Archive.open(path, write=True, create=True) as archive:
        here = len(archive.readings())
        made = (told(n, vocabulary) for n in range(here, written))
        for n, _ in enumerate(archive.put_many(made, per_transaction=AT_ONCE), start=here + 1):
            if n % 500 == 0:
                print(f"{n:,} documents written after {time.perf_counter() - start:,.0f} s", flush=True)
    with sqlite3.connect(path) as connection:
        copy(connection, COPIES)
    print(f"{documents:,} documents after {time.perf_counter() - start:,.0f} s", flush=True)


def moved(day: str | None, days: int) -> str | None:
    """A day of the twenty years so many days later, or from their beginning again; what is no day stays."""
    if day is None or len(day) != 10:
        return day
    at = (date.fromisoformat(day) - FIRST).days + days
    return (FIRST + timedelta(days=at % DAYS)).isoformat()


def along(body: str, day: str, days: int) -> str:
    """A record's body with every day in it moved as the document's own day is."""
    by = date.fromisoformat(moved(day, days) or day) - date.fromisoformat(day)
    return _ISO.sub(lambda found: (date.fromisoformat(found[0]) + by).isoformat(), body)


def copy(connection: sqlite3.Connection, copies: int) -> None:
    """The rows of every document again, each time with other numbers, keys, days and texts."""
    connection.create_function("moved", 2, moved, deterministic=True)
    connection.create_function("along", 3, along, deterministic=True)
    connection.create_function("digest_of", 1, text_digest, deterministic=True)
    vocabulary = words()[0]
    tables = [row[0] for row in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_found%' AND name NOT LIKE 'sqlite%'"
    )]  # fmt: skip
    most = {name: connection.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0]
            for name in (*KINDS, "documents", "texts")}  # fmt: skip
    columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in tables}
    bases = {name: f"SELECT {', '.join(columns[name])} FROM {name} WHERE {of}" for name, of in _only(most).items()}
    connection.execute("CREATE TEMP TABLE counted AS SELECT * FROM dyad_counts")
    bases["dyad_counts"] = "SELECT * FROM counted"
    for n in range(1, copies):
        days = n * 359
        connection.create_function("again", 1, _again_in(n, vocabulary), deterministic=True)
        for name, base in bases.items():
            given = [_column(name, column, n, days, most) for column in columns[name]]
            clash = " ON CONFLICT DO UPDATE SET count = count + excluded.count" if name == "dyad_counts" else ""
            connection.execute(f"INSERT INTO {name} SELECT {', '.join(given)} FROM ({base}) WHERE true{clash}")
        connection.commit()
        print(f"{n + 1} of {copies} copies", flush=True)
    connection.execute("DELETE FROM tallies")
    connection.execute(f"INSERT INTO tallies {COUNTED}")
    for name in ("texts", *KINDS):
        connection.execute(f"INSERT INTO {name}_found ({name}_found) VALUES ('rebuild')")
    connection.commit()


def _only(most: dict[str, int]) -> dict[str, str]:
    """The tables that are copied, and which of their rows are the written ones."""
    by_document = ("dyad_documents", "dyad_tellings", "dyad_labels", "marks", "acting", "names")
    return {
        "texts": f"id <= {most['texts']}", "documents": f"id <= {most['documents']}",
        **{kind: f"id <= {most[kind]}" for kind in KINDS},
        **dict.fromkeys(by_document, f"document_id <= {most['documents']}"),
        "participants": f"encounter_id <= {most['encounters']}", "speakers": f"statement_id <= {most['statements']}",
        "sides": " OR ".join(f"kind = '{kind}' AND item_id <= {most[kind]}" for kind in KINDS),
        "dyad_exchanges": "exchange NOT LIKE '%-copy%'",
    }  # fmt: skip


def _column(table: str, column: str, n: int, days: int, most: dict[str, int]) -> str:
    """What stands in a column of the n-th copy."""
    owner = {"document_id": "documents", "encounter_id": "encounters", "statement_id": "statements", "text_id": "texts"}
    if column == "id":
        return f"id + {n * most[table]}"
    if column in owner:
        return f"{column} + {n * most[owner[column]]}"
    if column == "item_id":
        told = " ".join(f"WHEN '{kind}' THEN {n * most[kind]}" for kind in KINDS)
        return f"item_id + CASE kind {told} END"
    if column in ("told", "first_day", "last_day", "day", "date"):
        return f"moved({column}, {days})"
    if column == "body" and table == "documents":
        return f"along(body, date, {days})"
    if column == "digest":
        return "digest_of(again(words))"
    if column == "exchange":
        return f"exchange || '-copy{n}'"
    told = {
        "words": {"texts", *KINDS},
        "key": {"documents"},
        "name": {"documents", "names"},
        "documents": {"dyad_exchanges"},
    }
    return f"again({column})" if table in told.get(column, ()) else column


def _again_in(n: int, vocabulary: list[str]) -> Callable[[str], str]:
    """What makes a key, name, list of keys or words of the n-th copy, as long as the first.

    Every made-up word gives way to another about as frequent, so that the copies share no sentence.
    """
    known = {word: vocabulary[_near(at, n, len(vocabulary))] for at, word in enumerate(vocabulary) if len(word) == 6}
    known = {word: other for word, other in known.items() if len(other) == 6}

    def again(told: str) -> str:
        if told.startswith("d") and told[1:].isdigit():
            return f"d{int(told[1:]) + n * 100_000}"
        if told.startswith("The sides"):  # the number of the paper
            at = told.index("paper ") + len("paper ")
            told = f"{told[:at]}{int(told[at : at + 7]) + n * 100_000:07}{told[at + 7 :]}"
        elif _KEY.search(told):
            return _KEY.sub(lambda key: f"{(int(key[0], 16) + n) % 2**64:016x}", told)
        return _SIX.sub(lambda word: known.get(word[0], word[0]), told)

    return again


def _near(at: int, n: int, many: int) -> int:
    block = at // _BLOCK * _BLOCK
    return block + (at + n - block) % min(_BLOCK, many - block)


@dataclass(frozen=True, slots=True)
class Known:
    """What addresses are made of: documents by key, encounters by document and id, frequent ones as often as others."""

    keys: list[str]
    encounters: list[tuple[str, str]]

    @classmethod
    def of(cls, path: Path, draw: random.Random) -> Known:
        """Some documents of the archive and the first encounter of each."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            most = connection.execute("SELECT max(id) FROM documents").fetchone()[0]
            wanted = sorted(draw.sample(range(1, most + 1), min(most, 400)))
            marks = ", ".join("?" * len(wanted))
            rows = connection.execute(
                f"SELECT d.key, e.item FROM documents d JOIN encounters e ON e.document_id = d.id WHERE d.id IN ({marks})",
                wanted,
            ).fetchall()
        draw.shuffle(rows)
        return cls([row[0] for row in rows], rows)


Make = Callable[[random.Random, Known], str]


def _asked(path: str, **values: object) -> str:
    return path + ("?" + urlencode({k.rstrip("_"): v for k, v in values.items()}, doseq=True) if values else "")


def _pair(draw: random.Random) -> dict[str, str]:
    one, other = two(draw, WORLD)
    return {"one": one, "other": other}


def _with(draw: random.Random) -> dict[str, str]:
    one, other = two(draw, WORLD)
    return {"side": one, "with_": other}


def _side(draw: random.Random) -> str:
    return draw.choices(STATES, cum_weights=OFTEN)[0]


def _name(draw: random.Random) -> str:
    return f"{draw.choice(GIVEN)} {FAMILY[STATES.index(_side(draw))]}"


def _year(draw: random.Random) -> dict[str, str]:
    year = draw.randrange(2005, 2024)
    return {"since": f"{year}-01-01", "until": f"{year}-12-31"}


def _window(draw: random.Random) -> dict[str, str]:
    """Some months or years, from any day to any day, so that hardly one window is asked for twice."""
    first = FIRST + timedelta(days=draw.randrange(DAYS - 400))
    return {"since": first.isoformat(), "until": (first + timedelta(days=draw.randrange(30, 2500))).isoformat()}


def _week(draw: random.Random) -> dict[str, str]:
    first = FIRST + timedelta(days=draw.randrange(DAYS - 10))
    return {"since": first.isoformat(), "until": (first + timedelta(days=6)).isoformat()}


def _months(draw: random.Random) -> dict[str, str]:
    first = FIRST + timedelta(days=draw.randrange(DAYS - 200))
    return {"since": first.isoformat(), "until": (first + timedelta(days=draw.randrange(60, 190))).isoformat()}


def _text(draw: random.Random) -> str:
    vocabulary = words()[0]
    return draw.choice([draw.choice(vocabulary[500:]), draw.choice(OBJECTS), f'"{draw.choice(FORMULAS)}"'])


def _encounter(path: str) -> Make:
    def made(draw: random.Random, known: Known) -> str:
        key, item = draw.choice(known.encounters)
        return f"{path}/{key}/{item}"

    return made


def _as_of(draw: random.Random) -> str:
    return f"{draw.randrange(2008, 2025)}-{draw.randrange(1, 13):02}-28"


def _filtered(kind: str, **more: Callable[[random.Random], object]) -> Make:
    """One kind of search with a side, another and a year, in varying parts."""

    def made(draw: random.Random, known: Known) -> str:
        del known
        given: dict[str, object] = {"side": _side(draw)} if kind == "occurrences" else dict(_with(draw))
        if draw.random() < 0.5:
            given |= _year(draw)
        if draw.random() < 0.5:
            given |= {name: make(draw) for name, make in more.items()}
        return _asked("/search", kind=kind, **given)

    return made


def _searches() -> dict[str, Make]:
    """Search of each kind: all of it at some page, by words, by filters, by a frequent side and a frequent word."""
    out: dict[str, Make] = {}
    filters: dict[str, dict[str, Callable[[random.Random], object]]] = {
        "statements": {"act": lambda d: d.choice(["agree", "commit", "thank", "inform"])},
        "encounters": {"person": _name}, "commitments": {"strength": lambda d: d.choice(["firm", "willing"])},
        "documents": {"person": _name},
    }  # fmt: skip
    for kind in (*KINDS, "documents"):
        out[f"search {kind}, all"] = lambda d, k, kind=kind: _asked("/search", kind=kind, offset=25 * d.randrange(80))
        out[f"search {kind}, words"] = lambda d, k, kind=kind: _asked("/search", kind=kind, text=_text(d))
        out[f"search {kind}, filters"] = _filtered(kind, **filters.get(kind, {}))
        out[f"search {kind}, common"] = lambda d, k, kind=kind: _asked(
            "/search", kind=kind, side=_side(d), text=d.choice(["the", "of", "paper", *words()[0][:6]])
        )
    return out


# a row for each kind of page and list; add one for a page that is new. What answers 404 throughout is passed over
ADDRESSES: dict[str, Make] = {
    "desk": lambda d, k: "/",
    "document": lambda d, k: f"/documents/{d.choice(k.keys)}",
    "document's record": lambda d, k: f"/documents/{d.choice(k.keys)}/record.html",
    "item": lambda d, k: "/documents/{}/items/{}".format(*d.choice(k.encounters)),
    "queue": lambda d, k: _asked("/queue", offset=d.randrange(0, 200)),
    **_searches(),
    "exchanges": lambda d, k: _asked("/exchanges", **_with(d)),
    "exchanges, none asked": lambda d, k: _asked("/exchanges", **d.choice([{}, _year(d)])),
    "exchange": _encounter("/exchanges"),
    "compare": lambda d, k: _asked("/compare", document=d.sample(k.keys, 2)),
    "compare, empty": lambda d, k: "/compare",
    "dyad": lambda d, k: _asked("/dyad", **_pair(d), by=d.choice(["year", "quarter", "month"])),
    "dyad, some years": lambda d, k: _asked("/dyad", **_pair(d), **_year(d)),
    "dyad, whom to choose": lambda d, k: "/dyad",
    "ledger, all": lambda d, k: _asked("/ledger", offset=d.choice([0, 0, 25, d.randrange(60_000)])),
    "ledger, a side": lambda d, k: _asked("/ledger", one=_side(d), as_of=_as_of(d)),
    "ledger, two sides": lambda d, k: _asked("/ledger", **_pair(d), as_of=_as_of(d)),
    "phrases, a side": lambda d, k: _asked("/phrases", side=_side(d), **_year(d)),
    "phrases, all years": lambda d, k: _asked("/phrases", side=_side(d), least=d.randrange(3, 9)),
    "phrases, two sides": lambda d, k: _asked("/phrases", **_with(d), least=d.randrange(3, 9)),
    "phrases, whose to choose": lambda d, k: "/phrases",
    "person": lambda d, k: _asked("/person", name=_name(d)),
    "person, whom to choose": lambda d, k: _asked(
        "/person", **d.choice([{}, {"name": d.choice(FAMILY)}, {"name": d.choice(FAMILY)[:4]}])
    ),
    "digest": lambda d, k: _asked("/digest", **d.choice([{}, {"side": _side(d)}, _with(d)]), **_week(d)),
    "digest, some months": lambda d, k: _asked("/digest", **_months(d)),
    "digest, months of a side": lambda d, k: _asked("/digest", side=_side(d), **_months(d)),
    "world": lambda d, k: _asked("/world", **_window(d)),
    "world, all days": lambda d, k: _asked("/world", top=d.choice([10, 20, 30, 50, 100])),
    "interface": lambda d, k: "/api",
    "REST openapi": lambda d, k: "/api/v1/openapi.json",
    "REST info": lambda d, k: "/api/v1/info",
    "REST encounters": lambda d, k: _asked("/api/v1/encounters", **_with(d)),
    "REST statements": lambda d, k: _asked("/api/v1/statements", **_with(d), **_year(d)),
    "REST statements, words": lambda d, k: _asked("/api/v1/statements", text=_text(d)),
    "REST statements, person": lambda d, k: _asked("/api/v1/statements", person=_name(d)),
    "REST commitments": lambda d, k: _asked("/api/v1/commitments", **_with(d)),
    "REST relations": lambda d, k: _asked("/api/v1/relations", side=_side(d)),
    "REST occurrences": lambda d, k: _asked("/api/v1/occurrences", side=_side(d)),
    "REST documents": lambda d, k: _asked("/api/v1/documents", side=_side(d), **_year(d)),
    "REST document": lambda d, k: f"/api/v1/documents/{d.choice(k.keys)}",
    "REST compare": lambda d, k: _asked("/api/v1/compare", document=d.sample(k.keys, 2)),
    "REST exchanges": lambda d, k: _asked("/api/v1/exchanges", **_with(d), **_year(d)),
    "REST exchange": _encounter("/api/v1/exchanges"),
    "REST dyad": lambda d, k: _asked("/api/v1/dyad", **_pair(d)),
    "REST world": lambda d, k: _asked("/api/v1/world", **_window(d)),
    "REST ledger": lambda d, k: _asked("/api/v1/ledger", **d.choice([{"one": _side(d)}, _pair(d)]), as_of=_as_of(d)),
    "REST phrases": lambda d, k: _asked(
        "/api/v1/phrases", **d.choice([{"side": _side(d)}, _with(d)]), least=d.randrange(3, 9)
    ),
    "REST person": lambda d, k: _asked("/api/v1/person", name=_name(d)),
    "REST digest": lambda d, k: _asked("/api/v1/digest", **d.choice([{}, {"side": _side(d)}]), **_months(d)),
    "REST links": lambda d, k: _asked("/api/v1/links", **d.choice([{}, {"document": d.choice(k.keys)}])),
}


@dataclass(frozen=True, slots=True)
class Took:
    """What one kind of address took: milliseconds of each request, the heaviest page plain and as it is sent.

    ``worked`` are milliseconds of this process's own work: where they are far fewer, the machine was busy with others.
    """

    name: str
    times: list[float]
    worked: list[float]
    plain: int
    sent: int
    failed: int


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


class Weights:
    """The bytes of the files that pages load, each asked for once."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, answer: Response) -> tuple[int, int]:
        """The plain bytes and those sent of an answer with all files that its markup loads."""
        plain = sent = len(answer.content)
        if answer.headers.get("content-type", "").startswith("text/html"):
            for address in set(_LOADED.findall(answer.text)):
                more, packed = self._file(address.replace("&amp;", "&"))
                plain, sent = plain + more, sent + packed
        return plain, sent

    def _file(self, address: str) -> tuple[int, int]:
        if address not in self._known:
            found = self._client.get(address, headers={"accept-encoding": "gzip"})
            self._known[address] = (len(found.content), int(found.headers.get("content-length", len(found.content))))
        return self._known[address]


def took(client: TestClient, name: str, made: list[str], weights: Weights) -> Took | None:
    """Ask for each address once, in their order; None where this server has no such page."""
    times, worked, plain, sent, failed = [], [], 0, 0, 0
    for n, address in enumerate(made):
        start, own = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - own) * 1000)
        if answer.status_code == 404 and n == 0 and "listed at /api" in answer.text:
            return None
        failed += answer.status_code >= 400
        found = weights.of(answer)
        plain, sent = max(plain, found[0]), max(sent, found[1])
    return Took(name, times, worked, plain, sent, failed)


def ask(path: Path, requests: int, only: tuple[str, ...] = ()) -> bool:
    """Ask every address, print a line for each kind, and tell whether all stay below what is wanted."""
    draw = random.Random(11)
    known = Known.of(path, draw)
    app = create_app(path, Serving(timeout_s=600))
    client = TestClient(
        app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 4000), raise_server_exceptions=False
    )
    client.get("/api")  # the first request of a server loads its templates
    weights, well = Weights(client), True
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; work95 is the 95th percentile of the work alone")
    print(f"{'address':26} {'n':>4} {'p50':>8} {'p95':>8} {'max':>8} {'work95':>8} ms {'plain':>9} {'sent':>9} bytes")
    for name, make in ADDRESSES.items():
        if only and not any(part in name for part in only):
            continue
        found = took(client, name, [make(draw, known) for _ in range(requests)], weights)
        if found is None:
            print(f"{name:26} is not served here", flush=True)
            continue
        fast, light = p95(found.times) < SERVER_MS, found.plain < WEIGHT_BYTES
        well = well and fast and light and not found.failed
        told = [*([] if fast else [f"NOT BELOW {SERVER_MS} ms"]), *([] if light else [f"NOT BELOW {WEIGHT_BYTES:,}"]),
                *([f"{found.failed} FAILED"] if found.failed else [])]  # fmt: skip
        print(
            f"{name:26} {len(found.times):4} {statistics.median(found.times):8.1f} {p95(found.times):8.1f} "
            f"{max(found.times):8.1f} {p95(found.worked):8.1f}    {found.plain:9,} {found.sent:9,}  {', '.join(told)}", flush=True,
        )  # fmt: skip
    return well


def main() -> None:
    """Build the archive where there is none, then ask."""
    given = sys.argv[1:]
    path = Path(given[0]) if given else Path(tempfile.mkdtemp()) / "pages.sqlite"
    if not path.exists():
        build(path, int(given[1]) if len(given) > 1 else DOCUMENTS, words())
    well = ask(path, int(given[2]) if len(given) > 2 else REQUESTS, tuple(given[3:]))
    print("all below what is wanted" if well else "NOT ALL below what is wanted")


if __name__ == "__main__":
    main()
