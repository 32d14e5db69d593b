"""How well statements of two accounts are aligned: F1 over the golden links of our own written pairs, by half.

    python benchmarks/compare.py [PAIRS.yaml ...] [--end-to-end] [--errors] [--real ../shared/gold/dev]

Alignment is scored on the statements given. With `--end-to-end` the texts are read by the pipeline, and a link counts
where each of its two statements shares half of its words with one that was read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from readout.comparing import Embedder, compare, missing_packages
from readout.records import Actor, Confidence, Record, Span, Statement, item_id, text_digest

HOME = Path(__file__).parents[1]
sys.path.insert(0, str(HOME / "tests"))
from marks import read_marks  # noqa: E402 (the marks live with the tests)

REAL = HOME / "tests" / "comparing" / "real_links.json"
SAMPLE = HOME / "tests" / "comparing" / "real_sample.json"
PAIRS = HOME / "tests" / "comparing" / "pairs.yaml"
HELD_OUT = HOME / "tests" / "comparing" / "held_out.yaml"
Link = tuple[str, str]


def pairs_of(path: Path = PAIRS) -> list[dict[str, Any]]:
    """The written pairs."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def golden_record(pair: dict[str, Any], n: int) -> Record:
    """One account as a record that holds the golden statements alone."""
    account = pair["accounts"][n]
    marked = read_marks(account["text"])
    said = []
    for label, spans in marked.spans.items():
        *sides, act = label.rstrip("0123456789").split("_")
        for start, end in spans:
            span = Span(start, end)
            said.append(
                Statement(
                    id=item_id(text_digest(marked.text), "statement", span),
                    speakers=tuple(Actor(of=side.upper()) for side in sides),
                    attribution="explicit",
                    content=span,
                    act=act,
                    confidence=Confidence(value=1.0, reason="written"),
                )
            )
    day = date.fromisoformat(account["date"])
    return Record(id=f"{pair['id']}-{n}", text=marked.text, date=day, issuer=account["issuer"], statements=tuple(said))


def holding(record: Record, words: str) -> Statement:
    """The one statement whose content holds the words."""
    found = [s for s in record.statements if words in s.content.of(record.text)]
    if len(found) != 1:
        raise ValueError(f"{record.id}: {len(found)} statements hold {words!r}; quote words that one of them has")
    return found[0]


def golden_links(pair: dict[str, Any], one: Record, other: Record) -> set[Link]:
    """The links by statement id."""
    out = set()
    for line in pair["same"]:
        mine, theirs = line.split(" = ")
        out.add((holding(one, mine).id, holding(other, theirs).id))
    return out


def found_links(one: Record, other: Record, embedder: Embedder | None = None) -> set[Link]:
    """The links that `compare` finds."""
    return set(compare(one, other, embedder=embedder).links())


def words_at(text: str, span: Span) -> set[int]:
    """Where the words of a span begin."""
    return {m.start() for m in re.finditer(r"\w+", text) if span.start <= m.start() < span.end}


def golden_names(read: tuple[Record, Record], golden: tuple[Record, Record]) -> dict[str, str]:
    """The id of the golden statement that a read one overlaps by half, by the id of the read one."""
    names: dict[str, str] = {}
    for mine, written in zip(read, golden, strict=True):
        for s in mine.statements:
            own = words_at(mine.text, s.content)
            for g in written.statements:
                theirs = words_at(mine.text, g.content)
                if len(own & theirs) >= 0.5 * len(own | theirs):
                    names[s.id] = g.id
    return names


def in_golden_terms(links: set[Link], read: tuple[Record, Record], golden: tuple[Record, Record]) -> set[Link]:
    """Links of read statements as links of the golden ones they overlap by half; others keep their own ids."""
    names = golden_names(read, golden)
    return {(names.get(a, a), names.get(b, b)) for a, b in links}


def f1(right: int, said: int, wanted: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (said + wanted) if said + wanted else 1.0


def score(
    pairs: list[dict[str, Any]],
    read: dict[str, Record] | None = None,
    errors: bool = False,
    embedder: Embedder | None = None,
) -> Counter[str]:
    """Counts by half: right, said, wanted, statements, pairs."""
    out: Counter[str] = Counter()
    for pair in pairs:
        golden = (golden_record(pair, 0), golden_record(pair, 1))
        want = golden_links(pair, *golden)
        if read is None:
            got = found_links(*golden, embedder)
        else:
            both = (read[golden[0].id], read[golden[1].id])
            got = in_golden_terms(found_links(*both, embedder), both, golden)
        half = pair["half"]
        out[f"{half} right"] += len(got & want)
        out[f"{half} said"] += len(got)
        out[f"{half} wanted"] += len(want)
        out[f"{half} statements"] += sum(len(r.statements) for r in golden)
        out[f"{half} pairs"] += 1
        if errors and read is None:
            told = {s.id: s.content.of(r.text) for r in golden for s in r.statements}
            for what, links in (("missed", want - got), ("wrong", got - want)):
                for a, b in sorted(links):
                    print(f"  {what} {pair['id']}: {told[a]!r} = {told[b]!r}")
    return out


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="*", type=Path, default=[PAIRS, HELD_OUT])
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="the folder with gold.jsonl and own.jsonl")
    given = parser.parse_args()
    pairs = [pair for path in given.pairs for pair in pairs_of(path)]
    ways = {"words": None} if missing_packages() else {"words": None, "with similar": Embedder.open()}
    for way, embedder in ways.items():
        report(f"on the statements given, {way}", score(pairs, errors=given.errors, embedder=embedder))
    if given.end_to_end:
        read = read_written(pairs)
        for way, embedder in ways.items():
            report(f"end to end, {way}", score(pairs, read, embedder=embedder))
    if given.real:
        judged = judged_pairs(given.real)
        for way, embedder in ways.items():
            real(judged, embedder, way)


def read_all(rows: Iterable[dict[str, Any]]) -> dict[str, Record]:
    """The records of documents given as mappings, by id, as the pipeline reads them."""
    from readout.pipeline import Reader
    from readout.reading import from_mapping

    found = Reader.open().read_documents([from_mapping({k: v for k, v in row.items() if v}) for row in rows])
    return {r.id: r for r in found if isinstance(r, Record)}


def read_written(pairs: list[dict[str, Any]]) -> dict[str, Record]:
    """The written accounts as the pipeline reads them, by id."""
    golden = [golden_record(pair, n) for pair in pairs for n in (0, 1)]
    return read_all({"id": r.id, "text": r.text, "date": str(r.date), "issuer": r.issuer} for r in golden)


@dataclass(frozen=True)
class Judged:
    """A real pair as read: its statements by the span that was judged, and the links that are right, near or not right.

    ``sampled`` are the proposed links that were judged as read: by the spans of the statements, with the verdict.
    """

    pair: str
    records: tuple[Record, Record]
    names: dict[str, tuple[int, int]]
    same: set[Any]
    near: set[Any]
    sampled: dict[Any, str]


def judged_pairs(folder: Path) -> list[Judged]:
    """The real pairs of `real_links.json` and `real_sample.json`, read.

    A read statement is the judged one that it shares half of its words with, or that lies in it or around it by 80 %;
    one that no judged statement is keeps its own span. What the sample finds the same counts as listed.
    """
    judged = json.loads(REAL.read_text(encoding="utf-8"))
    sample = {tuple(x["documents"]): x for x in json.loads(SAMPLE.read_text(encoding="utf-8"))}
    lines = [x for name in ("gold", "own") for x in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    rows = {row["id"]: row for row in map(json.loads, lines)}
    keep = ("id", "text", "title", "date", "issuer", "url")
    read = read_all({k: rows[i].get(k) for k in keep} for i in sorted({i for p in judged for i in p["documents"]}))
    out = []
    for pair in judged:
        one, other = (read[i] for i in pair["documents"])
        same, near = ({(tuple(a), tuple(b)) for a, b in pair[k]} for k in ("same", "near"))
        names: dict[str, tuple[int, int]] = {}
        for n, record in enumerate((one, other)):
            spans = {tuple(s["content"]) for s in rows[record.id]["statements"]} | {link[n] for link in same}
            for s in record.statements:
                own = words_at(record.text, s.content)
                for span in sorted(spans):
                    theirs = words_at(record.text, Span(*span))
                    common = len(own & theirs)
                    if common >= 0.5 * len(own | theirs) or common >= 0.8 * min(len(own), len(theirs)):
                        names.setdefault(s.id, span)
                names.setdefault(s.id, (s.content.start, s.content.end))
        own_names = [{(s.content.start, s.content.end): names[s.id] for s in r.statements} for r in (one, other)]
        sampled = {(tuple(a), tuple(b)): verdict for verdict in ("same", "near", "other")
                   for a, b in sample.get((one.id, other.id), {}).get(verdict, [])}  # fmt: skip
        for (a, b), verdict in sampled.items():
            if verdict == "same" and a in own_names[0] and b in own_names[1]:
                same.add((own_names[0][a], own_names[1][b]))
        out.append(Judged(pair["pair"], (one, other), names, same, near - same, sampled))
    return out


def real(judged: list[Judged], embedder: Embedder | None, way: str) -> Counter[str]:
    """Compare the real pairs, print what each holds, and count links against the judgements."""
    out: Counter[str] = Counter()
    print(f"real pairs, end to end, {way}")
    for pair in judged:
        found = compare(*pair.records, embedder=embedder)
        links = set(found.links())
        got = {(pair.names[a], pair.names[b]) for a, b in links}
        place = {s.id: (s.content.start, s.content.end) for r in pair.records for s in r.statements}
        verdicts = Counter(pair.sampled.get((place[a], place[b]), "unjudged") for a, b in links)
        told = Counter(row.told for row in found.rows)
        asked = " / ".join("+".join(a.sides) or "-" for a in found.asked)
        right, near = len(got & pair.same), len(got & pair.near)
        print(f"  {pair.pair}: both {told['by_all']}, differently {told['differently']}, alone {told['alone']}, "
              f"asked {asked}; links {len(got)}, same {right}, near {near}")  # fmt: skip
        out += Counter(said=len(got), right=right, near=near, wanted=len(pair.same))
        out += Counter({f"sampled {k}": n for k, n in verdicts.items()})
    print(f"  all {out['said']} links: precision {out['right'] / max(1, out['said']):.3f} (with near ones "
          f"{(out['right'] + out['near']) / max(1, out['said']):.3f}) recall {out['right'] / out['wanted']:.3f} "
          f"F1 {f1(out['right'], out['said'], out['wanted']):.3f}")  # fmt: skip
    judged_links = sum(out[f"sampled {k}"] for k in ("same", "near", "other"))
    print(f"  of {judged_links} links judged as read: same {out['sampled same']}, near {out['sampled near']}, "
          f"other {out['sampled other']}; not judged {out['sampled unjudged']}")  # fmt: skip
    return out


def report(head: str, counts: Counter[str]) -> None:
    """One line a half, and one for both."""
    print(head)
    halves = sorted({key.split()[0] for key in counts})
    for name, some in [*((h, [h]) for h in halves), ("all", halves)]:
        right, said, wanted, statements, pairs = (
            sum(counts[f"{h} {what}"] for h in some) for what in ("right", "said", "wanted", "statements", "pairs")
        )
        print(
            f"  {name:7} {pairs:3} pairs {statements:4} statements {wanted:4} links  precision "
            f"{right / max(said, 1):.3f} recall {right / max(wanted, 1):.3f} F1 {f1(right, said, wanted):.3f}"
        )


if __name__ == "__main__":
    main()
