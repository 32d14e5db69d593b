"""The actor base: the embedded file and a user's layer above it."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import process
from rapidfuzz.distance import OSA

from readout.errors import KnowledgeError
from readout.knowing.answers import Answer, Finding, Organisation, Sense, Site, State, Tenure
from readout.knowing.names import fold, name_likeness, name_tokens, token_skeleton
from readout.knowing.offices import RANK
from readout.records.actors import Certainty

SCHEMA_VERSION = "1"
EMBEDDED = Path(__file__).with_name("actors.sqlite")
# Past these the holder is more likely gone than not (README of the tables: half of the ministers after 2.5 years).
OPEN_LIMIT_DAYS = 1461
OBSERVED_LIMIT_DAYS = 400
_TABLES = ("states", "orgs", "forms", "persons", "origins", "tenures", "keys", "sites")
_TENURE_SQL = (
    'SELECT t.person, t."of", t.office, t.role, t.title, t.start, t."end", t.start_precision, t.end_precision, '
    "t.last_seen, o.source, o.licence, t.verified_by FROM tenures t JOIN origins o ON o.id = t.origin "
)


def content_digest(base: sqlite3.Connection) -> str:
    """A digest over every row of every table, in order."""
    digest = hashlib.sha256()
    for table in _TABLES:
        for row in base.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3" if table != "keys" else "SELECT * FROM keys"):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class ActorBase:
    """States, organisations, persons and their offices over time. Open it with :meth:`open`; it is read-only.

    One base may be used by several threads.
    """

    def __init__(self, connection: sqlite3.Connection, digest: str, user: Iterable[Tenure] = ()) -> None:
        self._sql = connection
        self._lock = threading.Lock()
        self._persons: dict[int, tuple[str, tuple[str, ...], str | None, str | None, str | None]] = {}
        self._person_tenures: dict[int, tuple[Tenure, ...]] = {}
        self._office_tenures: dict[tuple[str, str], tuple[Tenure, ...]] = {}
        self._people: dict[tuple[str, str | None], tuple[tuple[float, Tenure], ...]] = {}
        self._all_tokens: list[str] | None = None
        self._weights: dict[str, int] | None = None
        self._user = tuple(user)
        self.digest = digest
        forms: dict[str, list[Sense]] = {}
        cased: dict[str, list[Sense]] = {}
        for key, is_cased, id_, kind, form, since, until in self._rows("SELECT * FROM forms ORDER BY rowid"):
            sense = Sense(id_, kind, form, _day(since), _day(until))
            (cased if is_cased else forms).setdefault(key, []).append(sense)
        self.forms: Mapping[str, tuple[Sense, ...]] = MappingProxyType({k: tuple(v) for k, v in forms.items()})
        self.cased_forms: Mapping[str, tuple[Sense, ...]] = MappingProxyType({k: tuple(v) for k, v in cased.items()})
        self.longest_form = max((len(k.split()) for k in (*forms, *cased)), default=0)

    @classmethod
    def open(cls, path: Path | str | None = None, user_layer: Path | str | None = None) -> ActorBase:
        """The embedded base (or the one at ``path``) with the user's layer above it.

        Args:
            path: another base file, as ``scripts/build_actors.py`` writes it.
            user_layer: the user's table; without it the one at ``READOUT_USER_ACTORS`` or in the data folder,
                where one exists.
        Raises:
            KnowledgeError: the file is missing, damaged or of another version.
            ImportRefused: the user's layer was changed by hand and can no longer be read.
        """
        from readout.knowing.importing import layer_path, read_layer

        file = Path(path) if path is not None else EMBEDDED
        if not file.is_file():
            raise KnowledgeError(
                f"the actor base {file} is missing; reinstall the package, or build it with scripts/build_actors.py",
                path=str(file),
            )
        try:
            connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            if meta.get("version") != SCHEMA_VERSION:
                raise KnowledgeError(
                    f"the actor base {file} has version {meta.get('version')!r}, this program reads "
                    f"{SCHEMA_VERSION!r}; install matching versions", path=str(file), version=meta.get("version"),
                )  # fmt: skip
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise KnowledgeError(f"the actor base {file} is damaged; reinstall the package", path=str(file))
            layer = Path(user_layer) if user_layer is not None else layer_path()
            if user_layer is not None and not layer.is_file():
                raise KnowledgeError(f"the user layer {layer} is missing; import a table first", path=str(layer))
            user = read_layer(layer)
            digest = str(meta.get("digest"))
            if user:
                digest += "+" + hashlib.sha256(repr(user).encode()).hexdigest()[:12]
            return cls(connection, digest, user)
        except (sqlite3.Error, ValueError) as error:
            raise KnowledgeError(
                f"the actor base {file} is damaged ({error}); reinstall the package", path=str(file)
            ) from error

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        # a lone surrogate cannot be asked for: it stands for a damaged character, and nothing is named so
        asked = tuple(v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values)
        with self._lock:
            return self._sql.execute(sql, asked).fetchall()

    # -- states, organisations, sites ------------------------------------------------------------------------------

    def state(self, id: str) -> State | None:
        """The state or territory with this id."""
        for r in self._rows("SELECT * FROM states WHERE id = ?", (id,)):
            return State(
                id=r[0], name=r[1], official_name=r[2] or r[1], demonyms=tuple(r[3].split("|")) if r[3] else (),
                capital=r[4] or None, status=r[5] or "un_member", valid_from=_day(r[6]), valid_to=_day(r[7]),
                successors=tuple(r[8].split("|")) if r[8] else (), qid=r[9] or None,
            )  # fmt: skip
        return None

    def organisation(self, id: str) -> Organisation | None:
        """The organisation with this id."""
        for r in self._rows("SELECT * FROM orgs WHERE id = ?", (id,)):
            return Organisation(
                id=r[0], name=r[1], kind=r[2], head_title=r[3], members=tuple(r[4].split("|")) if r[4] else (),
                qid=r[5] or None,
            )  # fmt: skip
        return None

    def name_of(self, id: str) -> str:
        """The usual name of a state or organisation; the id where it is not known."""
        found = self.state(id) or self.organisation(id)
        return found.name if found else id

    def senses(self, text: str, on: date | None = None) -> tuple[Sense, ...]:
        """What a surface form means on a day; capitals are tried first (US), then the folded form."""
        from readout.knowing.names import form_key

        bare = text.strip().removeprefix("the ").removeprefix("The ")
        found = self.cased_forms.get(bare) or self.forms.get(form_key(text)) or ()
        return tuple(s for s in found if s.holds_on(on))

    def site(self, url_or_host: str) -> Site | None:
        """Who publishes at an address: the listed host that is its longest suffix on a label boundary."""
        text = url_or_host.strip()
        try:
            host = (urlsplit(text if "//" in text else "//" + text).hostname or "").rstrip(".")
        except ValueError:
            return None
        labels = host.removeprefix("www.").split(".")
        for start in range(len(labels) - 1):
            for r in self._rows("SELECT * FROM sites WHERE domain = ?", (".".join(labels[start:]),)):
                return Site(domain=r[0], of=r[1], kind=r[2], name=r[3], agency_of=r[4] or None)
        return None

    # -- persons ---------------------------------------------------------------------------------------------------

    def _person(self, number: int) -> tuple[str, tuple[str, ...], str | None, str | None, str | None]:
        if number not in self._persons:
            r = self._rows("SELECT name, aliases, family_name, surname, qid FROM persons WHERE id = ?", (number,))[0]
            aliases = tuple(a for a in r[1].split("|") if a)
            self._persons[number] = (r[0], (r[0], *aliases), r[2] or None, r[3] or None, r[4] or None)
        return self._persons[number]

    def _tenure(self, r: tuple[Any, ...]) -> Tenure:
        name, names, family, surname, qid = self._person(r[0])
        return Tenure(
            person=name, names=names, family_name=family, surname=surname, qid=qid, of=r[1], office=r[2], role=r[3],
            title=r[4], start=_day(r[5]), end=_day(r[6]), start_precision=r[7], end_precision=r[8],
            last_seen=_day(r[9]), source=r[10], licence=r[11], verified_by=r[12],
        )  # fmt: skip

    def _of_person(self, number: int) -> tuple[Tenure, ...]:
        if number not in self._person_tenures:
            found = self._rows(_TENURE_SQL + "WHERE t.person = ? ORDER BY t.start, t.id", (number,))
            self._person_tenures[number] = tuple(self._tenure(r) for r in found)
        return self._person_tenures[number]

    def _candidates(self, name: str) -> set[int]:
        tokens = name_tokens(name)
        keys = {"=" + "".join(tokens)}
        for token in tokens:
            if len(token) > 1:
                keys |= {"=" + token}
                if len(token) >= 4 and len(token_skeleton(token)) >= 3:
                    keys |= {"~" + token_skeleton(token)}
        marks = ",".join("?" * len(keys))
        return {r[0] for r in self._rows(f"SELECT person FROM keys WHERE key IN ({marks})", tuple(sorted(keys)))}

    def _typo_candidates(self, name: str) -> set[int]:
        if self._all_tokens is None:
            self._all_tokens = [r[0] for r in self._rows("SELECT DISTINCT key FROM keys WHERE key LIKE '=%'")]
        near: set[str] = set()
        for token in name_tokens(name):
            if len(token) >= 6:
                near |= {
                    k for k, _, _ in process.extract(
                        "=" + token, self._all_tokens, scorer=OSA.distance,
                        score_cutoff=2 if len(token) >= 9 else 1, limit=20,
                    )
                }  # fmt: skip
        if not near:
            return set()
        marks = ",".join("?" * len(near))
        return {r[0] for r in self._rows(f"SELECT person FROM keys WHERE key IN ({marks})", tuple(sorted(near)))}

    def _scored(self, name: str, of: str | None) -> tuple[tuple[float, Tenure], ...]:
        key = (" ".join(fold(name).split()), of)
        if key in self._people:
            return self._people[key]
        found: list[tuple[float, Tenure]] = []
        for numbers in (self._candidates, self._typo_candidates):
            for number in sorted(numbers(name)) if name_tokens(name) else ():
                _, names, family, surname, _ = self._person(number)
                score = max(name_likeness(name, n, family or surname) for n in names)
                if score > 0.0:
                    found += [(score, t) for t in self._of_person(number) if of is None or t.of == of]
            if found:
                break
        for t in self._user:
            score = max(name_likeness(name, n, t.family_name or t.surname) for n in t.names)
            if score > 0.0 and (of is None or t.of == of):
                found.append((score, t))
        # one who heads several polities (a president and his territories) is first of all that of the best attested
        weight = self._tenures_by_polity()
        found.sort(
            key=lambda pair: (
                -pair[0], pair[1].layer != "user", RANK[pair[1].office], -weight.get(pair[1].of, 0), pair[1].person,
            )
        )  # fmt: skip
        if len(self._people) > 50_000:  # long runs over strange texts
            self._people.clear()
        self._people[key] = tuple(found)
        return self._people[key]

    def people(self, name: str, of: str | None = None) -> tuple[Tenure, ...]:
        """Every tenure of the persons whom ``name`` may mean, best likeness first; never raises."""
        return tuple(t for _, t in self._scored(name, of))

    def match(
        self, name: str, *, of: str | None = None, office: str | None = None, on: date | None = None
    ) -> list[tuple[float, Tenure, Certainty, str]]:
        """The tenures that ``name`` may mean, best first: ``(score, tenure, certainty, reason)``.

        The score is the likeness of the name (0 to 1), less for an office or a time that does not fit: 0.1 for
        another office, up to 0.3 with the years between ``on`` and the tenure. ``of`` is a hard condition.
        """
        out: list[tuple[float, Tenure, Certainty, str]] = []
        for likeness, tenure in self._scored(name, of):
            certainty, reason, years = _standing(tenure, on)
            score = likeness - (0.1 if office and tenure.office != office else 0.0) - min(0.3, 0.05 * years)
            if certainty == "known" and likeness < 0.8:
                certainty = "probable"
            out.append((round(score, 4), tenure, certainty, reason))
        order = {"known": 0, "probable": 1, "unknown": 2}
        out.sort(
            key=lambda m: (
                -round(m[0], 2), order[m[2]], m[1].layer != "user", RANK[m[1].office],
                -(m[1].start or date.min).toordinal(), -self._tenures_by_polity().get(m[1].of, 0), m[1].person,
            )
        )  # fmt: skip
        return out

    def _tenures_by_polity(self) -> dict[str, int]:
        if self._weights is None:
            self._weights = dict(self._rows('SELECT "of", count(*) FROM tenures GROUP BY "of"'))
        return self._weights

    # -- offices ---------------------------------------------------------------------------------------------------

    def _of_office(self, of: str, office: str) -> tuple[Tenure, ...]:
        if (of, office) not in self._office_tenures:
            found = self._rows(_TENURE_SQL + 'WHERE t."of" = ? AND t.office = ? ORDER BY t.start, t.id', (of, office))
            mine = [t for t in self._user if t.of == of and t.office == office]
            self._office_tenures[of, office] = (*(self._tenure(r) for r in found), *mine)
        return self._office_tenures[of, office]

    def holders(self, of: str, office: str, on: date, *, role: str | None = None) -> Answer:
        """Who held ``office`` of ``of`` on the day.

        ``role`` narrows an office of the record to one of the tables (``high_representative`` among the heads of
        the EU). A user's row that covers the day is preferred to the embedded ones.
        """
        rows = [t for t in self._of_office(of, office) if role is None or t.role == role]
        if not rows:
            return Answer(status="unknown", reason=f"no holder of {office} is recorded for {of}")
        standing = [(t, *_standing(t, on)) for t in rows]
        inside: list[tuple[Tenure, Certainty, str]] = [
            (t, c, why) for t, c, why, _ in standing if c != "unknown" and _covers(t, on)
        ]
        mine = [x for x in inside if x[0].layer == "user"]
        if not mine:  # a row known only to the year gives way to whoever is recorded to have followed within it
            inside = [
                x for x in inside
                if not (x[1] == "probable" and x[0].end_precision == "year" and x[0].end and x[0].end.year == on.year)
                or not any(o.start and x[0].start and x[0].start < o.start <= on and o.role == x[0].role
                           and o.person != x[0].person for o in rows)
            ]  # fmt: skip
        inside = _distinct(mine or inside)
        if inside:
            inside.sort(key=lambda x: (x[1] != "known", -(x[0].start or date.min).toordinal(), x[0].person))
            if any(c == "known" for _, c, _ in inside):
                status: Certainty = "known"
            else:
                status = "probable"
            at_edge = len(inside) > 1 and any(_at_edge(t, on) for t, _, _ in inside)
            if at_edge:  # a handover: the incoming first, whoever is better attested
                inside.sort(key=lambda x: (-(x[0].start or date.min).toordinal(), x[0].person))
            reason = "; ".join(f"{t.person}: {why}" if len(inside) > 1 else why for t, _, why in inside[:4])
            return Answer(status=status, tenures=tuple(t for t, _, _ in inside), reason=reason, boundary=at_edge)
        late: list[tuple[Tenure, Certainty, str]] = [(t, c, why) for t, c, why, _ in standing if c == "probable"]
        late = [
            x for x in late
            if not any(
                o.role == x[0].role and o.person != x[0].person
                and o.start and x[0].start and x[0].start < o.start <= on
                for o in rows
            )
        ]  # fmt: skip
        if late:
            late = _distinct(late)
            late.sort(key=lambda x: -(_seen(x[0]) or date.min).toordinal())
            age = (on - (_seen(late[0][0]) or on)).days
            return Answer(status="probable", tenures=tuple(t for t, _, _ in late[:1]), reason=late[0][2], age_days=age)
        before = [t for t in rows if t.start and t.start <= on]
        if before:
            nearest = max(before, key=lambda t: _seen(t) or t.start or date.min)
            seen = _seen(nearest) or nearest.start or on
            return Answer(
                status="unknown", age_days=(on - seen).days,
                reason=f"the last holder on record, {nearest.person}, is attested to {seen}, "
                f"{(on - seen).days} days before",
            )  # fmt: skip
        return Answer(status="unknown", reason=f"the records of {office} of {of} begin later")

    def find(self, query: str, on: date | None = None) -> list[Finding]:
        """What free text means: a state, an organisation, an office or a person, with reason and certainty."""
        from readout.knowing.finding import find

        return find(self, query, on)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, and how many the user's layer adds."""
        out = {t: int(self._rows(f"SELECT count(*) FROM {t}")[0][0]) for t in _TABLES if t not in ("keys", "origins")}
        return {**out, "user_tenures": len(self._user)}


def _seen(tenure: Tenure) -> date | None:
    return tenure.end or tenure.last_seen or tenure.start


def _covers(tenure: Tenure, on: date) -> bool:
    if tenure.start is None or on < tenure.start:
        return False
    until = tenure.end or tenure.last_seen
    return until is not None and on <= until


def _at_edge(tenure: Tenure, on: date) -> bool:
    """Whether the day is the tenure's first or last, as far as its precision tells."""
    for day, precision in ((tenure.start, tenure.start_precision), (tenure.end, tenure.end_precision)):
        if day is None:
            continue
        if on == day or (precision == "month" and (on.year, on.month) == (day.year, day.month)):
            return True
        if precision == "year" and on.year == day.year:
            return True
    return False


def _distinct(found: list[tuple[Tenure, Certainty, str]]) -> list[tuple[Tenure, Certainty, str]]:
    """One row a person: spellings of one name and two roles of one office count once, the surer row stays."""
    out: list[tuple[Tenure, Certainty, str]] = []
    for item in sorted(found, key=lambda x: (x[1] != "known", -(x[0].start or date.min).toordinal(), x[0].person)):
        same = any(
            (item[0].qid and item[0].qid == o.qid)
            or any(name_likeness(a, b) >= 0.9 for a in item[0].names[:3] for b in o.names[:3] if " " in a and " " in b)
            for o, _, _ in out
        )
        if not same:
            out.append(item)
    return out


def _standing(tenure: Tenure, on: date | None) -> tuple[Certainty, str, float]:
    """How a tenure stands to a day: certainty, a sentence, and the years between them (0 inside)."""
    src = tenure.source.split("|")[0]
    until = tenure.end or tenure.last_seen
    told = f"in office {tenure.start or '?'} to {tenure.end or 'open'} ({src})"
    if tenure.start_precision == "observed":
        told = f"seen in office {tenure.start} to {until} ({src})"
    if on is None:
        return ("probable" if tenure.is_unconfirmed else "known"), told + ", no date asked", 0.0
    if tenure.start is None or on < tenure.start:
        gap = (tenure.start - on).days if tenure.start else 3650
        return "unknown", f"{told}; that begins {gap} days later", gap / 365.25
    if until is not None and on <= until:
        if tenure.is_unconfirmed:
            return "probable", f"{told}, from our own list, not confirmed by a text", 0.0
        vague = tenure.start_precision == "year" and on.year == tenure.start.year
        vague = vague or (tenure.end_precision == "year" and tenure.end is not None and on.year == tenure.end.year)
        if vague:
            return "probable", f"{told}, known only to the year", 0.0
        if tenure.end is None:
            return "known", f"in office since {tenure.start}, last seen {tenure.last_seen} ({src})", 0.0
        return "known", told, 0.0
    gone = (on - (until or tenure.start)).days
    limit = OPEN_LIMIT_DAYS if tenure.end is None else OBSERVED_LIMIT_DAYS if tenure.end_precision == "observed" else 0
    if gone <= limit:
        years = min(gone / 365.25, 1.0) / 2
        return "probable", f"last seen in office {until}, {gone} days before ({src})", years
    word = "last seen" if limit else "left office"
    return "unknown", f"{word} {until}, {gone} days before ({src})", gone / 365.25


__all__ = ["EMBEDDED", "SCHEMA_VERSION", "ActorBase", "content_digest"]


@cache
def embedded() -> ActorBase:
    """The base as ``ActorBase.open()`` gives it, opened once a process: for who only looks a name up."""
    return ActorBase.open()
