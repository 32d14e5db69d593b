"""Who is meant: the table actors.yaml, looked up as the pipeline does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from marks import read_marks
from readout.evaluating.persons import same_person
from readout.extracting import EncounterFinder, StatementFinder
from readout.pipeline import Reader
from readout.reading import body_start, from_mapping, with_issuer
from readout.records import Actor
from readout.resolving import Discourse, Scanner

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("actors.yaml").read_text("utf-8"))["rows"]

pytestmark = pytest.mark.model


def looked_up(reader: Reader, row: dict[str, Any]) -> tuple[tuple[Actor, ...], list[str]]:
    """The actors meant at the mark, and the reasons of what was not resolved there."""
    marked = read_marks(row["text"])
    given = {"id": "a", "text": marked.text, "date": str(row["date"]), "issuer": row.get("issuer")}
    tools = reader.tools
    document = with_issuer(from_mapping(given), tools.actors)
    parse = tools.annotator.annotate(
        document, body_start(document), lambda d, raw: Scanner(raw, tools.forms, d.anchor).long_mentions()
    )
    discourse = Discourse(parse, document, tools.actors, tools.forms)
    met = EncounterFinder(parse, discourse, document, None).find()
    if "said" in marked.spans:
        start, end = marked.one("said")
        said, _ = StatementFinder(parse, discourse, document, met, None).find()
        found = [s.speakers for s in said if s.content.start < end and start < s.content.end]
        assert len(found) <= 1, found
        return (found[0] if found else ()), []
    start, end = marked.one("who")
    inside = [t for t in parse.tokens if start <= t.start and t.end <= end]
    head = next((t.i for t in inside if discourse.mention_at(t.i) is not None), None)
    if head is None:
        head = next((t.i for t in inside if not start <= parse.tokens[t.head].start < end), inside[-1].i)
    actors = discourse.resolve(head, parse.sentences[inside[0].sent].first, ())
    reasons = [u.reason for u in discourse.unresolved if u.span.start < end and start < u.span.end]
    return actors, reasons


def agrees(actor: Actor, written: str) -> bool:
    """Whether the actor is the one written as ``Full Name/office@OF``, with ``~`` where it is not known for sure."""
    doubtful = written.endswith("~")
    who, _, of = written.rstrip("~ ").rpartition("@")
    name, _, office = who.partition("/")
    person = same_person(name, actor.person or "", of) if name else actor.person is None
    return (
        person
        and (actor.office or "") == office
        and (actor.of or "") == of
        and (actor.certainty != "known") == doubtful
    )


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{number}-{row['text'][:40]}",
            marks=pytest.mark.xfail(strict=True, reason=row["fails"]) if row.get("fails") else (),
        )
        for number, row in enumerate(ROWS)
    ],
)
def test_table(row: dict[str, Any], reader: Reader) -> None:
    actors, reasons = looked_up(reader, row)
    assert len(actors) == len(row["expect"]), (row["why"], actors, reasons)
    for actor, written in zip(actors, row["expect"], strict=True):
        assert agrees(actor, written), (row["why"], actor, written)
    if not row["expect"] and row.get("reason"):
        assert any(row["reason"] in reason for reason in reasons), (row["why"], reasons)


def test_the_table_is_long_enough_and_says_why() -> None:
    assert len(ROWS) >= 60
    assert all(row["why"] for row in ROWS)
