"""Builds ``NAME.gold.json`` from ``NAME.yaml`` and the example text of the same name.

A source file quotes words instead of counting offsets. A quotation must occur exactly once in the text; where the
words alone are not unique, more of the sentence is quoted and the words meant stand between ``<`` and ``>``:
``"Kumar <said> the decision"``. Actors are written ``Full Name/office@OF``, ``/office@OF`` or ``/@OF``, a participant
with its part in front: ``host Full Name/office@OF``.

    python tests/golden/build.py            write the gold files and the index of the examples
    python tests/golden/build.py --check    fail when a stored file differs from what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "src" / "readout" / "examples"
PARTS = {"initiator", "recipient", "host", "guest", "participant"}


class QuotationError(ValueError):
    """Quoted words do not stand in the text, or stand there more than once."""


def find(text: str, quoted: str) -> list[int]:
    """``[start, end)`` of quoted words in ``text``."""
    before, inside, after = "", quoted, ""
    if "<" in quoted:
        before, rest = quoted.split("<", 1)
        inside, after = rest.split(">", 1)
    times = text.count(before + inside + after)
    if times != 1 or not inside:
        raise QuotationError(f"{quoted!r} occurs {times} times; quote words that occur once")
    start = text.index(before + inside + after) + len(before)
    return [start, start + len(inside)]


def actor(written: str) -> dict[str, Any]:
    name, rest = written.rsplit("/", 1)
    office, of = rest.split("@")
    return {"person": name or None, "office": office or None, "of": of}


def participant(written: str) -> dict[str, Any]:
    part, rest = written.split(" ", 1)
    if part not in PARTS:
        raise ValueError(f"{part!r} in {written!r} is not a part; use one of: {', '.join(sorted(PARTS))}")
    return {**actor(rest), "part": part}


def build(source: dict[str, Any], text: str) -> dict[str, Any]:
    """The document with its gold record, in the shape that RECORD.md gives."""

    def span(words: str | None) -> list[int] | None:
        return find(text, words) if words else None

    return {
        **{key: source[key] for key in ("id", "title", "date", "issuer", "issuer_kind")},
        "url": None,
        "text": text,
        "encounters": [
            {
                "kind": e["kind"],
                "status": e["status"],
                "participants": [participant(p) for p in e["participants"]],
                "date": e.get("date"),
                "place": e.get("place"),
                "evidence": find(text, e["evidence"]),
            }
            for e in source["encounters"]
        ],
        "statements": [
            {
                "speakers": [actor(a) for a in s["speakers"]],
                "attribution": s.get("attribution", "explicit"),
                "cue": span(s.get("cue")),
                "content": find(text, s["content"]),
                "act": s["act"],
                "toward": s.get("toward", []),
                "via": span(s.get("via")),
            }
            for s in source["statements"]
        ],
        "commitments": [
            {
                "promisor": c["promisor"],
                "beneficiary": c.get("beneficiary", []),
                "action": find(text, c["action"]),
                "strength": c["strength"],
                "refrain": c.get("refrain", False),
                "deadline": span(c.get("deadline")),
                "condition": span(c.get("condition")),
            }
            for c in source.get("commitments", [])
        ],
        "relations": [
            {"between": sorted(r["between"]), "kind": r["kind"], "label": find(text, r["label"])}
            for r in source.get("relations", [])
        ],
        "occurrences": [
            {
                "kind": o["kind"],
                "states": o["states"],
                "date": o.get("date"),
                "span": find(text, o["span"]),
                "asserted_by": o["asserted_by"],
            }
            for o in source.get("occurrences", [])
        ],
    }


def everything() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    files: dict[Path, str] = {}
    index = []
    for path in sorted(HERE.glob("*.yaml")):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = (EXAMPLES / f"{path.stem}.txt").read_text(encoding="utf-8")
        try:
            record = build(source, text)
        except (QuotationError, KeyError, ValueError) as error:
            raise type(error)(f"{path.name}: {error}") from error
        files[HERE / f"{path.stem}.gold.json"] = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        index.append(
            {
                "id": source["id"],
                "file": f"{path.stem}.txt",
                "title": source["title"],
                "date": source["date"],
                "issuer": source["issuer"],
                "url": None,
            }
        )
    files[EXAMPLES / "index.json"] = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    return files


def main(arguments: list[str]) -> int:
    stale = []
    for path, wanted in everything().items():
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != wanted:
                stale.append(path.name)
        else:
            path.write_text(wanted, encoding="utf-8")
    if stale:
        print(f"not up to date: {', '.join(stale)}; run python tests/golden/build.py", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
