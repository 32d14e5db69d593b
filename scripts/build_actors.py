"""Build ``src/readout/knowing/actors.sqlite`` from the reference tables and our own additions.

    python scripts/build_actors.py [--tables ../shared/data] [--out src/readout/knowing/actors.sqlite]

The same tables give the same content: rows are sorted, nothing is taken from the clock. ``content_digest`` covers
every row, so that a test can rebuild and compare.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

from readout.knowing.base import SCHEMA_VERSION, content_digest
from readout.knowing.names import fold, form_key, name_tokens, token_skeleton
from readout.knowing.offices import OFFICE_OF_ROLE

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "src/readout/knowing/data"
# Wrong ids in the tables, each read row by row: Portugal, North Korea and South Africa mistyped; every JON row is
# a Japanese official.
ID_REPAIRS = {"POR": "PRT", "PKR": "PRK", "ZFA": "ZAF", "JON": "JPN"}
ORG_BODIES = {"EC": "EU", "EEAS": "EU"}  # bodies that speak for the organisation
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE states (id TEXT PRIMARY KEY, name TEXT, official_name TEXT, demonyms TEXT, capital TEXT, status TEXT,
  valid_from TEXT, valid_to TEXT, successors TEXT, qid TEXT) WITHOUT ROWID;
CREATE TABLE orgs (id TEXT PRIMARY KEY, name TEXT, kind TEXT, head_title TEXT, members TEXT, qid TEXT) WITHOUT ROWID;
CREATE TABLE forms (key TEXT, cased INTEGER, id TEXT, kind TEXT, form TEXT, valid_from TEXT, valid_to TEXT);
CREATE TABLE persons (id INTEGER PRIMARY KEY, name TEXT, aliases TEXT, family_name TEXT, surname TEXT, qid TEXT);
CREATE TABLE origins (id INTEGER PRIMARY KEY, source TEXT, licence TEXT);
CREATE TABLE tenures (id INTEGER PRIMARY KEY, person INTEGER, "of" TEXT, office TEXT, role TEXT, title TEXT,
  start TEXT, "end" TEXT, start_precision TEXT, end_precision TEXT, last_seen TEXT, origin INTEGER, verified_by TEXT);
CREATE TABLE keys (key TEXT, person INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE sites (domain TEXT PRIMARY KEY, "of" TEXT, kind TEXT, name TEXT, agency_of TEXT) WITHOUT ROWID;
CREATE INDEX tenures_office ON tenures ("of", office);
CREATE INDEX tenures_person ON tenures (person);
"""


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def items(cell: str) -> list[str]:
    """The items of a ``|`` list."""
    return [x.strip() for x in cell.split("|") if x.strip()]


def day(text: str, *, last: bool) -> str:
    """``YYYY``, ``YYYY-MM`` or a full date as the first or last day it allows; '' where it is none of these."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not found:
        return ""
    year, month, date = int(found[1]), found[2], found[3]
    if date:
        return text
    if month:
        return f"{text}-{calendar.monthrange(year, int(month))[1] if last else 1:02d}"
    return f"{text}-12-31" if last else f"{text}-01-01"


def is_clean(alias: str) -> bool:
    """Whether an alias can stand in a text: no remains of notes, brackets, numbers or inverted names."""
    if re.search(r"[()\[\],;:\d/?]", alias) or not alias[:1].isalpha() or len(alias) < 2:
        return False
    bare = alias.removeprefix("the ").removeprefix("The ")
    return bare[:1].isupper() and not re.match(r"(?:Current|Former|Sometimes|Soviet Occupied)\b", bare)


class Forms:
    """Collects forms; a name beats an alias, the metropole's demonym beats its territories'."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, bool], dict[tuple[str, str], tuple[int, str, str, str]]] = defaultdict(dict)

    def add(self, text: str, of: str, kind: str, form: str, weight: int, span: tuple[str, str] = ("", "")) -> None:
        bare = text.removeprefix("the ").removeprefix("The ").strip()
        acronym = bool(re.fullmatch(r"[A-Z0-9+]{2,8}|[A-Z][a-z][A-Z]|CoE|[A-Z]-\d+", bare)) and any(
            c.isalpha() for c in bare
        )
        targets = [(bare, True)] if acronym else [(form_key(bare), False)]
        if acronym and len(bare) >= 4 and bare.isalpha() and bare not in {"PACE", "QUAD", "SADR"}:
            targets.append((form_key(bare), False))  # "Nato", "Unesco"
        for target in targets:
            here = self.found[target]
            if (of, kind) not in here or here[of, kind][0] < weight:
                here[of, kind] = (weight, form, *span)

    def drop(self, text: str, of: str) -> None:
        for target in ((form_key(text), False), (text, True)):
            for key in [k for k in self.found.get(target, {}) if k[0] == of]:
                del self.found[target][key]


def build_forms(
    states: list[dict[str, str]], orgs: list[dict[str, str]]
) -> list[tuple[str, int, str, str, str, str, str]]:
    """All forms as rows of the table."""
    forms = Forms()
    status = {s["iso3"]: s["status"] for s in states}
    sovereign = {fold(d) for s in states if s["status"] == "un_member" for d in items(s["demonyms"])}
    for s in states:
        of, territory = s["iso3"], s["status"] == "territory"
        span = (s["valid_from"], s["valid_to"]) if s["status"] == "historic" else ("", "")
        historic = s["status"] == "historic"
        for name in (s["name"], s["official_name"]):
            if name:
                forms.add(name, of, "state", "historic" if historic else "name", 9, span)
        own = {fold(d) for d in items(s["demonyms"])}
        for d in items(s["demonyms"]):
            if (territory and fold(d) in sovereign) or len(d) <= 2:
                continue
            forms.add(d, of, "state", "demonym", 8, span)
            if not re.search(r"(ese|ish|ch|sh|s|x|z|man|men|woman|Swati)$", d) and fold(d) != fold(s["name"]):
                forms.add(d + "s", of, "state", "demonym", 8, span)
        for a in items(s["aliases"]):
            if fold(a) in own or fold(a).removesuffix("s") in own or (territory and fold(a) in sovereign):
                continue
            if is_clean(a):
                forms.add(a, of, "state", "historic" if historic else "name", 5, span)
        if territory and of not in {"HKG", "MAC", "GRL"}:
            continue  # the little capitals are common names (Hamilton, Stanley, Douglas)
        for c in [s["capital"].split(",")[0]] if s["capital"] and is_clean(s["capital"].split(",")[0]) else []:
            forms.add(c, of, "state", "capital", 6, span)
        for m in items(s["metonyms"]):
            if is_clean(m) and " in " not in m and "no official" not in m:
                forms.add(m, of, "state", "capital" if fold(m) == fold(s["capital"]) else "metonym", 4, span)
    for o in orgs:
        of = ORG_BODIES.get(o["id"], o["id"])
        for name in [o["name"], *items(o["aliases"])]:
            forms.add(name, of, "org", "name", 9 if name == o["name"] else 5)
    known = status.keys()
    own_rows = rows(OWN / "forms.csv")
    for r in own_rows:
        if r["action"] == "drop":
            forms.drop(r["form"], r["id"])
    for r in own_rows:
        if r["action"] == "add":
            kind = "state" if r["id"] in known else "org"
            forms.add(r["form"], r["id"], kind, r["form_kind"], 10, (r["valid_from"], r["valid_to"]))
            if r["form_kind"] == "demonym" and not re.search(r"(ese|ish|ch|sh|s|x|z|land|ine|mar)$", r["form"]):
                forms.add(r["form"] + "s", r["id"], kind, "demonym", 8)
    out = []
    for (key, cased), senses in forms.found.items():
        best = max((w for w, *_ in senses.values()), default=0)
        keep = {k: v for k, v in senses.items() if v[0] >= min(best, 8) or (best < 8 and v[0] == best)}
        # Members first; a territory does not make a member's name ambiguous.
        if any(status.get(k[0]) != "territory" for k in keep):
            keep = {k: v for k, v in keep.items() if status.get(k[0]) != "territory"}
        ended = [v[3] for k, v in keep.items() if status.get(k[0]) == "historic" and v[3]]
        for (of, kind), (_, form, since, until) in keep.items():
            if ended and status.get(of) != "historic" and kind == "state" and not since:
                since = max(ended)
            out.append((key, int(cased), of, kind, form, since, until))
    return sorted(out)


def with_own_holders(offices: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the tables with ``knowing/data/holders.csv`` above them.

    A row of ours takes the place of every row of the same person and office that it overlaps, and gives its aliases
    to the person's other rows by standing under the same name.
    """
    out = list(offices)
    for own in rows(OWN / "holders.csv"):
        start, end = own["start"], own["end"] or "9999"

        def replaced(r: dict[str, str], own: dict[str, str] = own, start: str = start, end: str = end) -> bool:
            same = (r["person"], r["state_or_org"], r["role"]) == (own["person"], own["of"], own["role"])
            return (
                same and day(r["start"].rstrip("s"), last=False) < end and (day(r["end"], last=True) or "9999") > start
            )

        before = [r for r in out if replaced(r)]
        known = next((r for r in out if r["person"] == own["person"] and r["state_or_org"] == own["of"]), {})
        aliases = items(own["aliases"]) + [a for r in before for a in items(r["aliases"])]
        out = [r for r in out if not replaced(r)]
        out.append(
            {
                **own,
                **{key: known.get(key, "") for key in ("surname", "family_name", "qid")},
                "state_or_org": own["of"],
                "aliases": "|".join(dict.fromkeys(aliases)),
                "start_prec": "day",
                "end_prec": "day" if own["end"] else "open",
                "source": "readout-own",
                "licence": "Apache-2.0",
                "verified_by": "|".join(sorted({r["verified_by"] for r in before} - {""})),
            }
        )
    return out


def build(tables: Path, out: Path) -> str:
    """Write the base and return the digest of its content."""
    states = rows(tables / "actors/states.csv")
    orgs = rows(tables / "actors/orgs.csv")
    own_orgs = [{**r, "aliases": "", "members": "", "qid": ""} for r in rows(OWN / "organisations.csv")]
    orgs += [o for o in own_orgs if o["id"] not in {x["id"] for x in orgs}]
    known = {s["iso3"] for s in states} | {o["id"] for o in orgs}
    persons: dict[tuple[str, str], int] = {}
    people: list[dict[str, set[str] | str]] = []
    origins: dict[tuple[str, str], int] = {}
    tenures: list[tuple[str | int, ...]] = []
    offices = with_own_holders(sorted(rows(tables / "actors/offices.csv"), key=lambda r: tuple(r.values())))
    for r in offices:
        of = ID_REPAIRS.get(r["state_or_org"], r["state_or_org"])
        if r["role"] == "unga_president":
            of = "UNGA"
        if of not in known:
            raise SystemExit(f"offices.csv: {of!r} ({r['person']}) is in neither states.csv nor orgs.csv")
        r["person"] = r["person"].removeprefix("Taliban Leader ")
        identity = (r["person"], r["qid"] or of)
        if identity not in persons:
            persons[identity] = len(people)
            people.append({"name": r["person"], "aliases": set(), "family": "", "surname": "", "qid": r["qid"]})
        person = people[persons[identity]]
        assert isinstance(person["aliases"], set)
        person["aliases"] |= set(items(r["aliases"])) - {r["person"]}
        person["family"] = person["family"] or r["family_name"]
        person["surname"] = person["surname"] or r["surname"]
        origin = origins.setdefault((r["source"], r["licence"]), len(origins))
        start, end = day(r["start"].rstrip("s"), last=False), day(r["end"], last=True)
        tenures.append(
            (persons[identity], of, OFFICE_OF_ROLE[r["role"]], r["role"], r["title"], start, end,
             r["start_prec"] or "year", r["end_prec"], day(r["last_seen"], last=False), origin, r["verified_by"])
        )  # fmt: skip
    keys = set()
    for number, person in enumerate(people):
        for name in [str(person["name"]), *person["aliases"]]:
            for token in name_tokens(name):
                keys.add(("=" + token, number))
                if len(token_skeleton(token)) >= 2:
                    keys.add(("~" + token_skeleton(token), number))
            keys.add(("=" + "".join(name_tokens(name)), number))
    out.unlink(missing_ok=True)
    base = sqlite3.connect(out)
    base.execute("PRAGMA page_size = 4096")
    base.executescript(SCHEMA)
    base.executemany(
        "INSERT INTO states VALUES (?,?,?,?,?,?,?,?,?,?)",
        sorted(
            (s["iso3"], s["name"], s["official_name"], s["demonyms"], s["capital"].replace(" in Romanian", ""),
             s["status"], s["valid_from"], s["valid_to"], s["successors"], s["qid"])
            for s in states
        ),
    )  # fmt: skip
    base.executemany(
        "INSERT INTO orgs VALUES (?,?,?,?,?,?)",
        sorted((o["id"], o["name"], o["kind"], o["head_title"], o["members"], o["qid"]) for o in orgs),
    )
    base.executemany("INSERT INTO forms VALUES (?,?,?,?,?,?,?)", build_forms(states, orgs))
    base.executemany(
        "INSERT INTO persons VALUES (?,?,?,?,?,?)",
        [
            (i, p["name"], "|".join(sorted(p["aliases"])), p["family"], p["surname"], p["qid"])
            for i, p in enumerate(people)
        ],
    )
    base.executemany("INSERT INTO origins VALUES (?,?,?)", [(i, s, lic) for (s, lic), i in origins.items()])
    base.executemany("INSERT INTO tenures VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", [(i, *t) for i, t in enumerate(tenures)])
    base.executemany("INSERT INTO keys VALUES (?,?)", sorted(keys))
    base.executemany(
        "INSERT INTO sites VALUES (?,?,?,?,?)",
        sorted((s["domain"], s["of"], s["kind"], s["name"], s["agency_of"]) for s in rows(tables / "sites.csv")),
    )
    base.execute("INSERT INTO meta VALUES ('version', ?)", (SCHEMA_VERSION,))
    digest = content_digest(base)
    base.execute("INSERT INTO meta VALUES ('digest', ?)", (digest,))
    base.commit()
    base.execute("VACUUM")
    base.close()
    return digest


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tables", type=Path, default=ROOT.parent / "shared/data")
    options.add_argument("--out", type=Path, default=ROOT / "src/readout/knowing/actors.sqlite")
    chosen = options.parse_args()
    print(build(chosen.tables, chosen.out), chosen.out.stat().st_size, "bytes")
