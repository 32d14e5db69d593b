"""The ledger of commitments: each promise once, its wordings over time, and the status that dated documents support."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal, get_args

from readout.comparing.same import likeness
from readout.errors import QueryRefused
from readout.following.collecting import names_of_documents, records_of, some_records
from readout.following.deeds import told_of
from readout.following.subjects import MEETING_VERBS, Index, Match, Subject, match, subject_of
from readout.knowing import fold, side_code
from readout.records import Commitment, Record, Span, Statement
from readout.resolving import find_dates
from readout.storing import Archive

LedgerStatus = Literal[
    "open", "repeated", "weakened", "withdrawn", "reported kept", "reported broken", "overdue", "hope"
]
LEDGER_STATUSES: tuple[str, ...] = get_args(LedgerStatus)
WordingStrength = Literal["firm", "willing", "hope"]
EvidenceKind = Literal["repeated", "weakened", "kept", "broken", "denied", "withdrawn", "deadline"]
_Day = date  # where a field is called ``date`` the type needs another name
_RANK = {"hope": 0, "willing": 1, "firm": 2}
_HOPE = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|would like|like to|look(?:s|ed|ing)? forward|wish(?:es|ed)?|desire|wants?|wanted|dream\w*"
    r"|interest(?:ed)?)\b",
    re.I,
)
_ONE_EXCHANGE_DAYS = 4
_SAME_EXCHANGE = 0.6
_MAX_VARIANTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One place where a promise is made or made again.

    ``document`` is the key of the document, ``span`` counts in its text; ``link`` is why it is this promise.
    ``is_account``: another account of the exchange of an earlier wording, no repetition.
    """

    document: str
    name: str
    date: date
    words: str
    span: Span
    strength: WordingStrength
    deadline: _Day | None = None
    condition: str | None = None
    is_account: bool = False
    link: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields; dates as ISO text."""
        return {
            "document": self.document, "name": self.name, "date": self.date.isoformat(), "words": self.words,
            "span": self.span.to_json(), "strength": self.strength,
            "deadline": self.deadline.isoformat() if self.deadline else None, "condition": self.condition,
            "is_account": self.is_account, "link": self.link,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one document tells of a promise: its kind, words (``span`` counts in the document's text) and the reason."""

    kind: EvidenceKind
    document: str
    name: str
    date: date
    words: str
    span: Span
    by: tuple[str, ...]
    reason: str

    def to_json(self) -> dict[str, Any]:
        """All fields; the date as ISO text."""
        return {
            "kind": self.kind, "document": self.document, "name": self.name, "date": self.date.isoformat(),
            "words": self.words, "span": self.span.to_json(), "by": list(self.by), "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise, however often it was worded, as it stood on ``as_of``.

    ``evidence`` carries the status and is empty only for ``open`` and ``hope``; ``history`` is all that was found.
    ``deadline`` is the last day named last, None where no day was named that the calendar knows.
    """

    id: str
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    wordings: tuple[Wording, ...]
    deadline: date | None
    condition: str | None
    refrain: bool
    status: LedgerStatus
    evidence: tuple[Evidence, ...]
    history: tuple[Evidence, ...] = ()

    @property
    def is_hope(self) -> bool:
        """Whether it was never more than hoped for."""
        return self.status == "hope"

    @property
    def words(self) -> str:
        """The first wording; of a hope that became a promise, the first that promises."""
        return next((w for w in self.wordings if w.strength != "hope"), self.wordings[0]).words

    def to_json(self) -> dict[str, Any]:
        """All fields; dates as ISO text."""
        return {
            "id": self.id, "promisor": list(self.promisor), "beneficiary": list(self.beneficiary),
            "words": self.words, "status": self.status, "refrain": self.refrain,
            "deadline": self.deadline.isoformat() if self.deadline else None, "condition": self.condition,
            "wordings": [w.to_json() for w in self.wordings], "evidence": [e.to_json() for e in self.evidence],
            "history": [e.to_json() for e in self.history],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The promises, the hopes apart, the day they are told as of; documents without a date are left out and counted.

    ``earlier``: so many documents were not read, all of them earlier than those that were.
    """

    as_of: date | None
    promises: tuple[Promise, ...]
    hopes: tuple[Promise, ...]
    documents: int
    undated: int
    earlier: int = 0

    def only(self, statuses: Sequence[str]) -> Ledger:
        """The same with the promises and hopes of these statuses alone."""
        return replace(
            self,
            promises=tuple(p for p in self.promises if p.status in statuses),
            hopes=tuple(p for p in self.hopes if p.status in statuses),
        )

    def named(self, names: dict[str, str]) -> Ledger:
        """The same with the names of documents instead of their keys, where ``names`` has one."""

        def of(p: Promise) -> Promise:
            def named(items: Sequence[Any]) -> tuple[Any, ...]:
                return tuple(replace(x, name=names.get(x.document, x.document)) for x in items)

            return replace(p, wordings=named(p.wordings), evidence=named(p.evidence), history=named(p.history))

        return replace(self, promises=tuple(map(of, self.promises)), hopes=tuple(map(of, self.hopes)))

    def to_json(self) -> dict[str, Any]:
        """``{"as_of", "documents", "undated", "earlier", "promises", "hopes"}``."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None, "documents": self.documents,
            "undated": self.undated, "earlier": self.earlier, "promises": [p.to_json() for p in self.promises],
            "hopes": [p.to_json() for p in self.hopes],
        }  # fmt: skip


@dataclass(slots=True)
class _Held:
    """A promise while the documents are gone through; only here does it change."""

    number: int
    promisor: tuple[str, ...]
    refrain: bool
    verb: str
    subjects: list[Subject] = field(default_factory=list)
    beneficiary: list[str] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    history: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> date:
        return self.wordings[0].date

    @property
    def is_promise(self) -> bool:
        return any(w.strength != "hope" for w in self.wordings)

    @property
    def is_kept(self) -> bool:
        return any(e.kind == "kept" for e in self.history)

    def matched(self, other: Subject, *, both_ways: bool) -> Match | None:
        found = [m for s in self.subjects if (m := match(s, other, both_ways=both_ways))]
        return max(found, key=lambda m: m.score, default=None)


class _Book(list[_Held]):
    """All promises while the documents are gone through, and which of them words may be about."""

    def __init__(self) -> None:
        super().__init__()
        self._index = Index()

    def name(self, h: _Held, subject: Subject) -> None:
        """Let a promise also be known by these words."""
        if subject not in h.subjects and len(h.subjects) < _MAX_VARIANTS:
            h.subjects.append(subject)
            self._index.add(h.number, subject)

    def near(self, other: Subject) -> list[_Held]:
        """The promises that ``other`` may be about; ``matched`` tells whether it is."""
        return [self[n] for n in self._index.near(other)]


def promises(
    archive: Archive, side: str, other: str | None = None, as_of: date | str | None = None
) -> tuple[Promise, ...]:
    """What ``side`` promised, to ``other`` where that is given, and what the archive's documents tell became of it.

    Hopes are among them with status ``hope``; ``ledger`` gives them apart, and both directions of a dyad.

    Args:
        side, other: states or organisations by code.
        as_of: only documents up to that day count; else all that bear a date, and overdue is counted on the last one.
    Raises:
        QueryRefused: no side, two times the same, or a day that is none.
    """
    told = ledger(archive, side, other, as_of, one_way=True)
    return (*told.promises, *told.hopes)


def ledger(
    archive: Archive,
    side: str,
    other: str | None = None,
    as_of: date | str | None = None,
    *,
    one_way: bool = False,
    most: int | None = None,
) -> Ledger:
    """The ledger of ``side``; with ``other``, of what each promised the other, unless ``one_way``.

    Args:
        most: only the last so many documents, found as ``collecting.some_records`` does; None: all of them.
    Raises:
        QueryRefused: as ``promises``.
    """
    side, day = side_code(side), _day(as_of)
    other = side_code(other) if other is not None else None
    if side == other:
        raise QueryRefused(f"the ledger needs two different sides; both are {side[:40]!r}")
    earlier = undated = 0
    if most is None:
        records = records_of(archive, side, other)
    else:
        chosen = some_records(archive, side, other, most=most, until=day)
        records, earlier, undated = chosen.records, chosen.total - len(chosen.records), chosen.undated
    told = ledger_of(records, side, other, day, one_way=one_way)
    told = replace(told, earlier=earlier, undated=told.undated + undated)
    return told.named(names_of_documents(archive, sorted({r.id for r in records})))


def ledger_of(
    records: Iterable[Record], side: str, other: str | None = None, as_of: date | None = None, *, one_way: bool = False
) -> Ledger:
    """The ledger of records that bear ids of their own; ``ledger`` without an archive.

    The method is in docs/ledger.md: documents are gone through by date; nothing later than ``as_of`` is looked at.
    """
    held = _Book()
    every = list(records)
    dated = sorted(
        (r for r in every if r.date is not None and (as_of is None or r.date <= as_of)),
        key=lambda r: (r.date.isoformat() if r.date else "", r.id),
    )
    for record in dated:
        _go_through(held, record, side, other, one_way)
    until = as_of or max((r.date for r in dated if r.date), default=None)
    made = [_settled(h, until) for h in held] if until else []
    made.sort(key=lambda p: (p.wordings[0].date, p.wordings[0].document, p.wordings[0].span.start, p.id))
    return Ledger(
        as_of=until,
        promises=tuple(p for p in made if not p.is_hope),
        hopes=tuple(p for p in made if p.is_hope),
        documents=len(dated),
        undated=sum(r.date is None for r in every),
    )


def _day(value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise QueryRefused(f"as_of {str(value)[:40]!r} is not a day; use YYYY-MM-DD") from error


# -- going through one document --------------------------------------------------------------------------------------


def _go_through(held: _Book, record: Record, side: str, other: str | None, one_way: bool) -> None:
    apart = _names_of_people(record)
    statements = {s.id: s for s in record.statements}
    sources = {c.statement for c in record.commitments}
    for commitment in record.commitments:
        statement = statements.get(commitment.statement)
        if _is_between(commitment, record, side, other, one_way):
            _word(held, record, commitment, statement, apart)
    for statement in record.statements:
        if statement.id not in sources:
            _report(held, record, statement, apart)
    _meetings(held, record)
    _occurrences(held, record, apart)


def _names_of_people(record: Record) -> frozenset[str]:
    people = [p.actor.person for e in record.encounters for p in e.participants]
    people += [a.person for s in record.statements for a in s.speakers]
    return frozenset(w for name in people if name for w in fold(name).replace("-", " ").split())


def _present(record: Record) -> set[str]:
    out = {p.actor.side for e in record.encounters for p in e.participants}
    for s in record.statements:
        out |= {a.side for a in s.speakers} | set(s.toward)
    return out


def _is_between(c: Commitment, record: Record, side: str, other: str | None, one_way: bool) -> bool:
    if other is None:
        return side in c.promisor
    for mine, theirs in ((side, other),) if one_way else ((side, other), (other, side)):
        if mine not in c.promisor:
            continue
        if theirs in c.promisor or theirs in c.beneficiary:
            return True
        # nobody is named: it was promised to those who were there
        if not c.beneficiary and theirs in _present(record):
            return True
    return False


def _word(held: _Book, record: Record, c: Commitment, statement: Statement | None, apart: frozenset[str]) -> None:
    text = record.text
    words = c.action.of(text)
    about = subject_of(_without(text, c.action, c.deadline, c.condition), names_apart=apart)
    lead = text[statement.content.start : c.action.start] if statement else ""
    cue = statement.cue.of(text) if statement and statement.cue else ""
    strength: WordingStrength = "firm"
    if c.strength == "willing":
        strength = "hope" if _HOPE.search(f"{cue} {lead} {words[:8]}") else "willing"
    condition = c.condition.of(text) if c.condition else None
    deadline = _deadline(record, c.deadline)
    best: tuple[float, _Held, Match] | None = None
    for h in held.near(about):
        if set(h.promisor) != set(c.promisor) or h.is_kept:
            continue
        found = h.matched(about, both_ways=True)
        if found and (best is None or found.score > best[0]):
            best = (found.score, h, found)
    assert record.date is not None
    if best is not None and best[1].refrain != c.refrain:
        h = best[1]
        if record.date > h.first and c.strength == "firm":
            span = statement.content if statement else c.action
            h.history.append(
                _evidence("withdrawn", record, span, c.promisor, f"the opposite is promised; {best[2].reason}")
            )
        return
    h = best[1] if best else _Held(number=len(held), promisor=c.promisor, refrain=c.refrain, verb=about.verb)
    if best is None:
        held.append(h)
    held.name(h, about)
    _add(
        h, record,
        Wording(
            document=record.id, name=record.id, date=record.date, words=words, span=c.action, strength=strength,
            deadline=deadline, condition=condition, link=best[2].reason if best else "first wording",
            is_account=any(_is_one_exchange(record, r) for r in h.records),
        ),
    )  # fmt: skip
    h.beneficiary += [b for b in c.beneficiary if b not in h.beneficiary]


def _add(h: _Held, record: Record, wording: Wording) -> None:
    before = [w for w in h.wordings if w.strength != "hope"]
    h.wordings.append(wording)
    if record not in h.records:
        h.records.append(record)
    if wording.is_account or not before:
        return
    last_day = max([w.deadline for w in before if w.deadline], default=None)
    why = []
    if _RANK[wording.strength] < max(_RANK[w.strength] for w in before):
        why.append(f"{wording.strength} after {max((w.strength for w in before), key=_RANK.__getitem__)}")
    if wording.deadline and last_day and wording.deadline > last_day:
        why.append(f"a later day, {wording.deadline.isoformat()} after {last_day.isoformat()}")
    if wording.condition and not any(w.condition for w in before):
        why.append("a condition that was not there before")
    kind: EvidenceKind = "weakened" if why else "repeated"
    h.history.append(
        _evidence(kind, record, wording.span, h.promisor, "; ".join([*(why or ["said again"]), wording.link]))
    )


def _without(text: str, action: Span, *parts: Span | None) -> str:
    words = text[action.start : action.end]
    for part in parts:
        if part is not None and part.start >= action.start and part.end <= action.end:
            low, high = part.start - action.start, part.end - action.start
            words = words[:low] + " " * (high - low) + words[high:]
    return words


def _deadline(record: Record, span: Span | None) -> date | None:
    if span is None:
        return None
    found = find_dates(record.text, span.start, span.end, record.date, tense="future")
    days = [m.interval.last for m in found if m.interval is not None]
    return max(days) if days else None


def _is_one_exchange(one: Record, other: Record) -> bool:
    if one is other or one.id == other.id or one.digest == other.digest:
        return True
    if one.date is None or other.date is None or abs((one.date - other.date).days) > _ONE_EXCHANGE_DAYS:
        return False
    mine = [e for e in one.encounters if e.status == "reported"]
    theirs = [e for e in other.encounters if e.status == "reported"]
    if not mine or not theirs:  # no encounter to go by: news of one day
        return one.date == other.date
    return any(likeness(one, a, other, b).score >= _SAME_EXCHANGE for a in mine for b in theirs)


def _evidence(kind: EvidenceKind, record: Record, span: Span, by: Sequence[str], reason: str) -> Evidence:
    assert record.date is not None
    return Evidence(
        kind=kind, document=record.id, name=record.id, date=record.date, words=span.of(record.text), span=span,
        by=tuple(by), reason=reason,
    )  # fmt: skip


_KIND_OF: dict[str, EvidenceKind] = {
    "done": "kept", "broken": "broken", "denied": "denied", "withdrawn": "withdrawn",
}  # fmt: skip


def _report(held: _Book, record: Record, s: Statement, apart: frozenset[str]) -> None:
    if s.act in ("request", "demand", "discuss", "congratulate", "condole"):
        return
    words = s.content.of(record.text)
    about = subject_of(words, names_apart=apart, is_action=False)
    cue = s.cue.of(record.text) if s.cue else ""
    speakers = tuple(dict.fromkeys(a.side for a in s.speakers))
    for h in held.near(about):
        if record.date is None or record.date <= h.first or not h.is_promise:
            continue
        found = h.matched(about, both_ways=False)
        if found is None:
            continue
        told = told_of(
            words, cue=cue, act=s.act, verb=h.verb, promisor=h.promisor, speakers=speakers, toward=s.toward,
            refrain=h.refrain,
        )  # fmt: skip
        if told is None:
            continue
        what, by_words = told
        if what == "again":
            if h.is_kept:
                continue
            strength: WordingStrength = (
                "hope"
                if _HOPE.search(by_words)
                else "firm"
                if by_words.lower() in ("will", "shall", "would")
                else "willing"
            )
            _add(
                h, record,
                Wording(
                    document=record.id, name=record.id, date=record.date, words=words, span=s.content,
                    strength=strength,
                    deadline=_deadline_in(record, s.content), link=found.reason,
                    is_account=any(_is_one_exchange(record, r) for r in h.records),
                ),
            )  # fmt: skip
        else:
            h.history.append(
                _evidence(_KIND_OF[what], record, s.content, speakers, f"“{by_words.strip()}”; {found.reason}")
            )


def _deadline_in(record: Record, span: Span) -> date | None:
    found = find_dates(record.text, span.start, span.end, record.date, tense="future")
    days = [m.interval.last for m in found if m.role == "deadline" and m.interval is not None]
    return max(days) if days else None


def _meetings(held: _Book, record: Record) -> None:
    """A meeting, visit or call that was promised and then held."""
    for h in held:
        if h.refrain or h.is_kept or not h.is_promise or h.verb not in MEETING_VERBS or record.date is None:
            continue
        names = frozenset().union(*(s.names for s in h.subjects))
        objects = frozenset().union(*(s.objects for s in h.subjects))
        last = max((w.deadline for w in h.wordings if w.deadline), default=None)
        if not names and not last:
            continue  # "to meet again": any meeting would do, so none tells
        for e in record.encounters:
            sides = {p.actor.side for p in e.participants}
            day = e.date.start if e.date else record.date
            if e.status == "planned" or e.kind not in ("meeting", "visit", "multilateral") or day <= h.first:
                continue
            there_too = bool(e.place) and any(fold(e.place or "") in fold(w.words) for w in h.wordings)
            if not names and last and day > last and not there_too:
                continue  # the time alone told which meeting was meant
            if not {*h.promisor, *h.beneficiary} <= sides or len({*h.promisor, *h.beneficiary}) < 2:
                continue
            told = f"{e.place or ''} {e.evidence.of(record.text)}"
            there = subject_of(told, is_action=False)
            shared = names & ({fold(w) for w in (e.place or "").split()} | there.names)
            if (names and not shared) or (objects and not objects & there.words):
                continue
            why = f"the {e.kind} took place" + (f" in {', '.join(sorted(shared))}" if shared else "")
            h.history.append(_evidence("kept", record, e.evidence, ("document",), f"{why}, {day.isoformat()}"))


def _occurrences(held: _Book, record: Record, apart: frozenset[str]) -> None:
    """What happened, outside of what was said: an agreement in force, sanctions, a test, an attack."""
    said = [s.content for s in record.statements]
    for o in record.occurrences:
        if any(s.start <= o.span.start and o.span.end <= s.end for s in said):
            continue  # the statement tells it
        span = _sentence(record.text, o.span)
        words = span.of(record.text)
        about = subject_of(words, names_apart=apart, is_action=False)
        for h in held.near(about):
            if record.date is None or record.date <= h.first or not h.is_promise:
                continue
            found = h.matched(about, both_ways=False)
            told = found and told_of(
                words, cue="", act="inform", verb=h.verb, promisor=h.promisor, speakers=(), toward=(), refrain=h.refrain
            )
            if found and told and told[0] in ("done", "broken"):
                reason = f"{o.kind}: “{told[1]}”; {found.reason}"
                h.history.append(_evidence(_KIND_OF[told[0]], record, span, o.asserted_by, reason))


def _sentence(text: str, span: Span) -> Span:
    start = max(
        text.rfind(mark, 0, span.start) + len(mark) if mark in text[: span.start] else 0 for mark in (". ", "\n")
    )
    ends = [at + 1 for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, max(end, span.end))


# -- the status ------------------------------------------------------------------------------------------------------


def _settled(h: _Held, until: date) -> Promise:
    status, evidence = _status(h, until)
    real = [w for w in h.wordings if w.strength != "hope"] or h.wordings
    return Promise(
        id=_id(h), promisor=h.promisor, beneficiary=tuple(b for b in h.beneficiary if b not in h.promisor),
        wordings=tuple(h.wordings), deadline=_last_deadline(real)[0], refrain=h.refrain,
        condition=next((w.condition for w in reversed(real) if w.condition), None),
        status=status, evidence=tuple(evidence), history=tuple(h.history),
    )  # fmt: skip


def _last_deadline(wordings: Sequence[Wording]) -> tuple[date | None, Wording | None]:
    named = [w for w in wordings if w.deadline]
    if not named:
        return None, None
    day = named[-1].deadline
    return day, next(w for w in named if w.deadline == day)  # the first that names it


def _status(h: _Held, until: date) -> tuple[LedgerStatus, list[Evidence]]:
    if not h.is_promise:
        return "hope", []
    real = [w for w in h.wordings if w.strength != "hope"]
    ending = [e for e in h.history if e.kind in ("kept", "broken", "withdrawn")]
    if ending:
        last = ending[-1]
        again = [e for e in h.history if e.kind in ("repeated", "weakened") and e.date > last.date]
        if last.kind == "kept":
            return "reported kept", [e for e in ending if e.kind == "kept"]
        if last.kind == "broken":
            # a denial takes no report away; it stands beside it
            return "reported broken", [e for e in h.history if e.kind in ("broken", "denied")]
        if not again:
            return "withdrawn", [e for e in ending if e.kind == "withdrawn"]
    deadline, wording = _last_deadline(real)
    if deadline and wording and deadline < until and not h.refrain:
        why = f"the day it was promised for, {deadline.isoformat()}, has passed, and nothing here reports it done"
        return "overdue", [
            Evidence(
                kind="deadline", document=wording.document, name=wording.name, date=wording.date, words=wording.words,
                span=wording.span, by=h.promisor, reason=why,
            )
        ]  # fmt: skip
    said = [e for e in h.history if e.kind in ("repeated", "weakened")]
    if not said:
        return "open", []
    kind = said[-1].kind
    run = [said[-1]]
    for later, earlier in pairwise(reversed(said)):
        if later.kind != kind or earlier.kind != kind:
            break
        run.append(earlier)
    return ("weakened" if kind == "weakened" else "repeated"), run[::-1]


def _id(h: _Held) -> str:
    first = h.wordings[0]
    state = hashlib.blake2b(digest_size=8)
    for part in (*h.promisor, first.document, str(first.span.start), str(first.span.end)):
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big"))
        state.update(data)
    return f"promise-{state.hexdigest()}"
