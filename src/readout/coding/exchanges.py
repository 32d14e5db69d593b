"""A record to event rows: every statement and every encounter, in both schemes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.coding.codes import plover_of
from readout.coding.events import EventRow, make_row
from readout.coding.modes import COOPERATIVE, HOSTILE, asked, promised, refused, threatened
from readout.coding.words import event_lexicon, singulars
from readout.records import Actor, Encounter, Record, Statement

MOST_SIDES = 5  # with more, an encounter gives one row a side: a summit of twenty is not 380 dyads

_PLAIN = {
    "discuss": "010", "inform": "010", "assess": "010", "affirm": "010", "support": "051", "thank": "051",
    "congratulate": "051", "condole": "018", "concern": "012", "criticise": "110", "reject": "120",
}  # fmt: skip
# words of cue or content that give an act a finer code; the first that fits
_FINER: tuple[tuple[str, str, str], ...] = (
    ("thank", r"\bapologi[sz]", "055"),
    ("support", r"\brecogni[sz]e[sd]?\b.*\b(?:independence|statehood|government|state of)", "054"),
    ("support", r"\bdefend", "052"),
    ("concern", r"\bapologi[sz]", "055"),
    ("criticise", r"\baccus|\bblam|\balleg|\bresponsib", "112"),
    ("criticise", r"\bcondemn|\bdenounc|\bdecr(?:y|ied)\b", "111"),
    ("criticise", r"\bprotest(?!er)|\bdemarche|\bsummon", "114"),
    ("reject", r"\bdeni(?:ed|es|al)\b|\bdeny(?:ing)?\b|\bfalse\b|\bgroundless\b|\buntrue\b", "016"),
    ("reject", r"\bveto", "129"),
    ("affirm", r"\bshar(?:e|es|ed|ing)\b.*\b(?:view|position|assessment|approach)", "019"),
    ("assess", r"\boptimis|\bhopeful\b", "013"),
    ("assess", r"\bpessimis", "012"),
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_NOT = frozenset(["not", "never", "no", "n't", "cannot", "nor"])
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|on condition|as long as|should .{1,40} (?:attack|refuse|fail))\b", re.I
)


def code_record(record: Record) -> list[EventRow]:
    """The event rows of a record: encounters first, then statements, each in the order of the record.

    A statement's source is its speakers' side; its target whom it is directed at, else the one other side of the
    exchange. Sides that speak together give a row in each direction. Encounters without host or guest give a row in
    each direction too.
    """
    rows: list[EventRow] = []
    for encounter in record.encounters:
        rows += _encounter(record, encounter)
    reported = [e for e in record.encounters if e.status == "reported" and e.kind != "briefing"]
    principals = list(dict.fromkeys(p.actor.side for e in reported for p in e.participants if p.actor.side))
    dated = {e.date.iso() for e in reported if e.date}
    day = dated.pop() if len(dated) == 1 else (record.date.isoformat() if record.date else None)
    conditions = {c.statement: c for c in record.commitments if c.condition is not None}
    refrains = {c.statement for c in record.commitments if c.refrain}
    for statement in record.statements:
        rows += _statement(record, statement, principals, day, statement.id in conditions, statement.id in refrains)
    return rows


# -- encounters ----------------------------------------------------------------------------------------------------


def _encounter(record: Record, encounter: Encounter) -> list[EventRow]:
    status = {"reported": "done", "past": "past", "planned": "planned"}[encounter.status]
    day = encounter.date.iso() if encounter.date else None
    if day is None and status == "done" and record.date:
        day = record.date.isoformat()
    multilateral = encounter.kind == "multilateral"

    def row(cameo: str, source: str | None, target: str | None) -> EventRow:
        planned = status == "planned"
        code = "036" if planned and plover_of(cameo) is not None else cameo
        return make_row(
            code,
            date=day,
            source=source,
            target=target,
            mode="multilateral" if multilateral and not planned else None,
            act=encounter.kind,
            status=status,
            modality="future" if planned else None,
            document=record.id,
            spans=(encounter.evidence,),
            item=encounter.id,
            rule=f"{encounter.kind}, {encounter.status}",
        )

    sides: dict[str, set[str]] = {}
    for participant in encounter.participants:
        if participant.actor.side:
            sides.setdefault(participant.actor.side, set()).add(participant.part)
    names = list(sides)
    if encounter.kind == "briefing":
        return [row("010", name, None) for name in names]
    if len(names) < 2:
        return [row(_single(encounter.kind, sides[name]), name, None) for name in names]
    hosts = [n for n in names if "host" in sides[n]]
    guests = [n for n in names if "guest" in sides[n] and n not in hosts]
    if encounter.kind in ("meeting", "visit", "signing") and (hosts or guests):
        out = []
        for host in hosts or [n for n in names if n not in guests][:1]:
            for guest in guests or [n for n in names if n != host]:
                out += [row("042", guest, host), row("043", host, guest)]
        if len(guests) > 1 and hosts:
            out += [row("044", a, b) for a in guests for b in guests if a != b]
        if encounter.kind == "signing":
            out += [row("057", a, b) for a in names for b in names if a != b]
        return out
    if encounter.kind == "message":
        senders = [n for n in names if "initiator" in sides[n]] or names[:1]
        return [row("040", a, b) for a in senders for b in names if b not in senders]
    cameo = {"phone_call": "041", "video_call": "041", "signing": "057"}.get(encounter.kind, "040")
    if len(names) > MOST_SIDES:
        return [row(cameo, name, None) for name in names]
    return [row(cameo, a, b) for a in names for b in names if a != b]


def _single(kind: str, parts: set[str]) -> str:
    if kind in ("visit", "meeting"):
        return "043" if "host" in parts else "042" if "guest" in parts or kind == "visit" else "040"
    return {"phone_call": "041", "video_call": "041", "signing": "057"}.get(kind, "040")


# -- statements ----------------------------------------------------------------------------------------------------


def _statement(
    record: Record, statement: Statement, principals: Sequence[str], day: str | None, conditional: bool, refrains: bool
) -> list[EventRow]:
    content = record.text[statement.content.start : statement.content.end]
    cue = record.text[statement.cue.start : statement.cue.end] if statement.cue else ""
    cameo = code_of_act(statement.act, content, cue, len({a.side for a in statement.speakers}) > 1, refrains)
    hypothetical = conditional or (statement.act in ("warn", "commit", "offer") and bool(_CONDITION.search(content)))
    rows = []
    for source, target in _directions(statement.speakers, statement.toward, principals, statement.act):
        rows.append(
            make_row(
                cameo,
                date=day,
                source=source,
                target=target,
                act=statement.act,
                status="done",
                negated=cameo[:2] == "01"
                and statement.act == "inform"
                and bool(_NOT & set(content.lower().split()[:6])),
                modality="hypothetical" if hypothetical else None,
                document=record.id,
                spans=tuple(s for s in (statement.cue, statement.content) if s is not None),
                item=statement.id,
                rule=f"{statement.act}, {statement.attribution}",
            )
        )
    return rows


def _directions(
    speakers: Sequence[Actor], toward: Sequence[str], principals: Sequence[str], act: str
) -> list[tuple[str | None, str | None]]:
    sides = list(dict.fromkeys(a.side for a in speakers if a.side))
    targets = [t for t in dict.fromkeys(toward) if t not in sides]
    if targets:
        return [(side, target) for side in sides for target in targets]
    if len(sides) > 1:
        if len(sides) > MOST_SIDES:
            return [(side, None) for side in sides]
        return [(a, b) for a in sides for b in sides if a != b]
    others = [p for p in principals if p not in sides]
    return [(sides[0] if sides else None, others[0] if len(others) == 1 else None)]


def code_of_act(act: str, content: str, cue: str = "", together: bool = False, refrains: bool = False) -> str:
    """The CAMEO code of a statement: its act, made finer by what the content speaks of.

    ``together``: several sides speak; ``refrains``: what is promised is not to do.
    """
    words = f"{cue} {content}".lower()
    for name, pattern, cameo in _FINER:
        if name == act and re.search(pattern, cue.lower() if name in ("reject",) else words):
            return cameo
    if act == "discuss" and together:
        return "040"
    if act in ("commit", "offer", "agree"):
        if refrains:
            category, cameo = hint(content, HOSTILE)
            return "0356" if category in ("ASSAULT", "MOBILIZE") else "030"
        return promised(*hint(content, COOPERATIVE - {"AGREE", "CONCEDE"}))
    if act == "request":
        return asked("020", *hint(content, COOPERATIVE - {"AGREE"}))
    if act == "demand":
        return asked("100", *hint(content, COOPERATIVE - {"AGREE"}))
    if act == "warn":
        return threatened(*hint(content, HOSTILE))
    if act == "reject":
        return refused(*hint(content, frozenset({"CONSULT", "AID", "COOPERATE", "RETREAT"})))
    return _PLAIN[act]


def hint(content: str, wanted: frozenset[str]) -> tuple[str | None, str]:
    """The category and code of the first event word of ``wanted`` in a content; (None, "") where there is none.

    A look at words alone, for contents whose act is known already: it makes a code finer, never another act.
    """
    lexicon = event_lexicon()
    words = [m.group().lower() for m in _WORD.finditer(content)][:60]
    stems = [set(singulars(w)) for w in words]
    for n, word in enumerate(words):
        if n and words[n - 1] in ("the", "a", "an", "of", "'s", "their", "its", "his", "our"):
            entry = lexicon.noun(words[max(0, n - 2) : n], word)
        else:
            entry = None
            for sense in lexicon.verbs.get(word, ()):
                if sense.entry.role is not None or sense.entry.category not in wanted:
                    continue
                after = words[n + 1 : n + 8]
                if sense.beside and not all(b in after[:4] for b in sense.beside):
                    continue
                if sense.entry.objects and not any(s & sense.entry.objects for s in stems[n + 1 : n + 8]):
                    continue
                entry = sense.entry
                break
            entry = entry or lexicon.noun(words[max(0, n - 2) : n], word)
        if entry is not None and entry.role is None and entry.category in wanted:
            return entry.category, entry.cameo or ""
    return None, ""
