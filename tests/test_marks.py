"""The marked-text helper, and that the tables written with it are well formed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readout.records.items import Act

sys.path.insert(0, str(Path(__file__).parent))
from marks import MarkError, read_marks

TABLES = Path(__file__).parent / "extracting"
ACTS = set(get_args(Act))
ACTOR = re.compile(r"^[^/@]*/[a-z_]*@[A-Z][A-Za-z0-9-]*$")
TRAPS = {
    "denied", "hypothetical", "nested", "asked", "planned", "negated_cue", "conditional", "question", "wish", "other",
}  # fmt: skip


def test_spans_cover_the_marked_words() -> None:
    marked = read_marks("[source: The minister] [cue: said] [content: talks would resume].")
    assert marked.text == "The minister said talks would resume."
    assert marked.spans == {"source": ((0, 12),), "cue": ((13, 17),), "content": ((18, 36),)}
    assert marked.words("content") == "talks would resume"


def test_marks_nest_and_repeat() -> None:
    marked = read_marks("[cue: said] [content: it [action: would come] [condition: if asked]]; [cue: added] no")
    assert marked.words("content") == "it would come if asked"
    assert marked.words("action") == "would come"
    assert [marked.text[a:b] for a, b in marked.spans["cue"]] == ["said", "added"]
    with pytest.raises(MarkError, match="found 2"):
        marked.one("cue")
    with pytest.raises(MarkError, match="found 0"):
        marked.one("content2")


def test_other_brackets_are_text() -> None:
    marked = read_marks('"[content2: He [Lavrov] will come [sic] [12:30]]", he said.]')
    assert marked.text == '"He [Lavrov] will come [sic] [12:30]", he said.]'
    assert marked.words("content2") == "He [Lavrov] will come [sic] [12:30]"


@pytest.mark.parametrize("text", ["[cue: said", "a [content: b [cue: c] d"])
def test_an_open_mark_is_refused(text: str) -> None:
    with pytest.raises(MarkError, match="not closed"):
        read_marks(text)


def test_an_empty_mark_is_refused() -> None:
    with pytest.raises(MarkError, match="holds no text"):
        read_marks("[cue: ]said")


@given(st.text(alphabet=st.characters(exclude_characters="[]")), st.text(min_size=1).filter(lambda s: "[" not in s))
def test_any_text_comes_back(before: str, inside: str) -> None:
    inside = inside.replace("]", "")
    if not inside:
        return
    marked = read_marks(f"{before}[content: {inside}]")
    assert marked.text == before + inside
    assert marked.words("content") == inside


def rows(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((TABLES / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("row", rows("traps.yaml"), ids=lambda row: row["id"])
def test_each_trap_is_well_formed(row: dict[str, Any]) -> None:
    assert set(row) <= {
        "id", "trap", "date", "issuer", "text", "must_not", "must_not_acts", "must_not_commitment", "may", "why",
    }  # fmt: skip
    assert row["trap"] in TRAPS
    assert row["must_not"] or row.get("must_not_acts") or row.get("must_not_commitment")
    assert row["why"]
    for item in [*row["must_not"], *row.get("may", [])]:
        assert set(item) == {"speaker", "words"}
        assert item["words"] in row["text"]
    assert set(row.get("must_not_acts", [])) <= ACTS


@pytest.mark.parametrize("row", rows("cases.yaml"), ids=lambda row: row["id"])
def test_each_case_is_well_formed(row: dict[str, Any]) -> None:
    marked = read_marks(row["text"])
    assert row["statements"] and row["why"]
    for statement in row["statements"]:
        assert statement["speakers"] and all(ACTOR.match(actor) for actor in statement["speakers"])
        assert statement["act"] in ACTS
        assert statement["attribution"] in {"explicit", "continued", "issuer"}
        start, end = marked.one(statement["content"])
        assert (statement["cue"] is None) == (statement["attribution"] != "explicit")
        if statement["cue"]:
            assert marked.one(statement["cue"])
        if statement["commitment"] != "none":
            promise = statement["commitment"]
            assert promise["strength"] in {"firm", "willing"} and promise["promisor"]
            first, last = marked.one(promise["action"])
            assert start <= first < last <= end
            for part in ("deadline", "condition"):
                if promise[part]:
                    assert marked.one(promise[part])


@pytest.mark.parametrize("name", ["traps.yaml", "cases.yaml"])
def test_ids_and_texts_are_not_repeated(name: str) -> None:
    table = rows(name)
    for key in ("id", "text"):
        values = [row[key] for row in table]
        assert len(values) == len(set(values))


def test_the_tables_are_not_thinned() -> None:
    assert len(rows("traps.yaml")) >= 320
    assert {row["trap"] for row in rows("traps.yaml")} == TRAPS
    assert len(rows("cases.yaml")) >= 150
