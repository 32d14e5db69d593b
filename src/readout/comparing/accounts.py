"""Accounts of one exchange side by side: told by both, told differently, told by one alone, and who asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from readout.comparing.aligning import align
from readout.comparing.exchanges import Exchange, exchanges
from readout.comparing.figures import Given, without_days, without_figures
from readout.comparing.meaning import NAME, Embedder
from readout.comparing.weighing import Claim, claims, weights
from readout.comparing.words import content_words, negations
from readout.errors import RecordError
from readout.records import FAMILY, Encounter, Record, Statement

_AND = re.compile(r",\s+(?:and\s+|as well as\s+)?|;\s+|\s+and\s+|\s+as well as\s+")
_LEAST_LIST = 3
WORDS = "words"
_AGAINST = frozenset(["reject"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which two accounts tell a statement differently.

    ``kind`` is ``act``, ``strength``, ``polarity``, ``speaker``, ``left_out``, ``number`` or ``date``; ``told`` holds
    what each account has, in the order of ``documents``. Of ``left_out`` the words are those of the list that the other
    account lacks; of ``number`` and ``date`` the figures and days that it does not give.
    """

    kind: str
    documents: tuple[str, str]
    told: tuple[str, str]

    def to_json(self) -> dict[str, Any]:
        """``{"kind", "told": {document: words}}``."""
        return {"kind": self.kind, "told": dict(zip(self.documents, self.told, strict=True))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Statements that tell one thing, by account; an account without one has an empty tuple.

    ``told`` is ``by_all`` (alike by all that tell it), ``differently``, or ``alone``.
    """

    told: str
    statements: tuple[tuple[Statement, ...], ...]
    score: float
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked for the talk, as one account tells it; ``sides`` is empty where it does not say."""

    document: str
    sides: tuple[str, ...]
    encounter: Encounter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more accounts of one exchange, aligned.

    ``exchange`` is the exchange they share; None where the documents were not found to tell of one, and ``rows`` then
    only says what the texts have in common. ``method`` is ``words``, or ``words and`` the model that told how near the
    statements are in meaning.
    """

    records: tuple[Record, ...]
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    exchange: Exchange | None
    method: str = WORDS

    def links(self) -> Iterator[tuple[str, str]]:
        """Every two statements of different accounts, by id, that stand in one row."""
        for row in self.rows:
            for one, other in combinations(row.statements, 2):
                yield from ((a.id, b.id) for a in one for b in other)

    def to_json(self) -> dict[str, Any]:
        """The accounts, who asked, and every row with its words and differences."""
        return {
            "schema": "readout-comparison/1",
            "method": self.method,
            "documents": [{"id": r.id, "title": r.title, "issuer": r.issuer, "date": r.date.isoformat() if r.date
                           else None} for r in self.records],
            "exchange": self.exchange.to_json() if self.exchange else None,
            "asked": [{"document": a.document, "sides": list(a.sides), "encounter": a.encounter.id if a.encounter
                       else None} for a in self.asked],
            "rows": [
                {
                    "told": row.told,
                    "score": round(row.score, 3),
                    "differences": [d.to_json() for d in row.differences],
                    "statements": [
                        [{**s.to_json(), "words": s.content.of(r.text)} for s in cell]
                        for r, cell in zip(self.records, row.statements, strict=True)
                    ],
                }
                for row in self.rows
            ],
        }  # fmt: skip


def compare(*records: Record, embedder: Embedder | None = None) -> Comparison:
    """The statements of two or more accounts of one exchange, aligned, in the order of the first account.

    Args:
        embedder: tells how near statements are in meaning (``Embedder.open()``, extra ``similar``); None: words alone.
    Raises:
        RecordError: fewer than two records, or two of one id.
    """
    if len(records) < 2:
        raise RecordError("there is nothing to compare with; give at least two records")
    if len({r.id for r in records}) < len(records):
        raise RecordError("two of the records bear one id; give each document an id of its own")
    accounts = [claims(r) for r in records]
    weigh = weights(accounts)
    groups: dict[tuple[int, int], set[tuple[int, int]]] = {
        (n, i): {(n, i)} for n, account in enumerate(accounts) for i in range(len(account))
    }
    scores: dict[frozenset[tuple[int, int]], float] = {}
    for (n, one), (m, other) in combinations(enumerate(accounts), 2):
        near = embedder.nearness((c.text for c in one), (c.text for c in other)) if embedder else None
        for link in align(one, other, weigh, near):
            a, b = (n, link.one), (m, link.other)
            scores[frozenset((a, b))] = link.score
            whole = groups[a] | groups[b]
            for x in whole:
                groups[x] = whole
    rows = []
    for place in groups:
        if place != min(groups[place]):
            continue
        group = sorted(groups[place])
        cells = [tuple(accounts[n][i] for m, i in group if m == n) for n in range(len(records))]
        inside = [score for pair, score in scores.items() if pair <= groups[place]]
        rows.append(_row(records, cells, max(inside, default=0.0)))
    return Comparison(
        records=tuple(records), rows=tuple(rows), exchange=(shared := _shared(records)),
        asked=tuple(_asked(r, shared) for r in records),
        method=f"{WORDS} and {NAME}" if embedder else WORDS,
    )  # fmt: skip


def _row(records: Sequence[Record], cells: Sequence[Sequence[Claim]], score: float) -> Row:
    statements = tuple(tuple(c.statement for c in cell) for cell in cells)
    telling = [n for n, cell in enumerate(cells) if cell]
    if len(telling) < 2:
        return Row(told="alone", statements=statements, score=score)
    found = [d for n, m in combinations(telling, 2) for d in _differences(records[n], cells[n], records[m], cells[m])]
    return Row(told="differently" if found else "by_all", statements=statements, score=score, differences=tuple(found))


def _differences(one: Record, mine: Sequence[Claim], other: Record, theirs: Sequence[Claim]) -> Iterator[Difference]:
    documents = (one.id, other.id)

    def differ(kind: str, told: str, retold: str) -> Difference:
        return Difference(kind=kind, documents=documents, told=(told, retold))

    speakers, others = _sides(mine), _sides(theirs)
    if speakers != others:
        yield differ("speaker", ", ".join(speakers), ", ".join(others))
    acts, retold = {c.statement.act for c in mine}, {c.statement.act for c in theirs}
    against, retold_against = _is_against(mine), _is_against(theirs)
    strength, restrength = _strength(one, mine), _strength(other, theirs)
    if strength and restrength and strength != restrength:
        yield differ("strength", strength, restrength)
    elif not acts & retold and not {FAMILY[a] for a in acts} & {FAMILY[a] for a in retold}:
        yield differ("act", ", ".join(sorted(acts)), ", ".join(sorted(retold)))
    if against != retold_against and len(mine) == len(theirs) == 1:
        yield differ("polarity", *("negated" if x else "asserted" for x in (against, retold_against)))
    lacking, relacking = _left_out(mine, theirs), _left_out(theirs, mine)
    if lacking or relacking:
        yield differ("left_out", "; ".join(lacking), "; ".join(relacking))
    words, rewords = (" ".join(c.text for c in cell) for cell in (mine, theirs))
    given, regiven = (Given.by(r, (c.statement.content for c in cell)) for r, cell in ((one, mine), (other, theirs)))
    lacking, relacking = without_figures(given.numbers, rewords), without_figures(regiven.numbers, words)
    if lacking or relacking:
        yield differ("number", "; ".join(lacking), "; ".join(relacking))
    lacking, relacking = without_days(given.days, regiven.days, rewords), without_days(regiven.days, given.days, words)
    if lacking or relacking:
        yield differ("date", "; ".join(lacking), "; ".join(relacking))


def _sides(cell: Sequence[Claim]) -> list[str]:
    return sorted({side for c in cell for side in c.sides})


def _is_against(cell: Sequence[Claim]) -> bool:
    return any((negations(c.text) + (c.statement.act in _AGAINST)) % 2 for c in cell)


def _strength(record: Record, cell: Sequence[Claim]) -> str:
    """The strongest promise in a cell, else what its act amounts to; empty where nothing is promised."""
    ids = {c.statement.id for c in cell}
    found = {c.strength for c in record.commitments if c.statement in ids}
    acts = {c.statement.act for c in cell}
    if "firm" in found or "commit" in acts:
        return "firm"
    return "willing" if "willing" in found or "offer" in acts else ""


def _left_out(cell: Sequence[Claim], theirs: Sequence[Claim]) -> list[str]:
    """The items of a list in ``cell`` of which ``theirs`` has no word, where it has some of the others."""
    known = {w for c in theirs for w in c.words}
    out: list[str] = []
    for claim in cell:
        items = [x.strip(" .,;:") for x in _AND.split(claim.text)]
        told = [(x, set(content_words(x))) for x in items if content_words(x)]
        lacking = [x for x, words in told if not words & known]
        if len(told) >= _LEAST_LIST and len(lacking) < len(told):
            out += lacking
    return out


def _shared(records: Sequence[Record]) -> Exchange | None:
    """The exchange that most of the records tell of, reports before mentions; None where no two share one."""
    found = [x for x in exchanges(records) if len(x.accounts) > 1]
    return max(found, key=lambda x: (sum(a.role == "account" for a in x.accounts), len(x.accounts)), default=None)


def _asked(record: Record, exchange: Exchange | None) -> Asked:
    told = [a.encounter for a in exchange.accounts if a.document == record.id] if exchange else []
    told = told or [e for e in record.encounters if e.status == "reported"][:1]
    sides = {p.actor.side for e in told for p in e.participants if p.part == "initiator"}
    return Asked(document=record.id, sides=tuple(sorted(sides)), encounter=told[0] if told else None)
