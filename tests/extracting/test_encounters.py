"""Exchanges: kind, status, who took which part, and when; the table encounters.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from trapping import read_rows, rows

from readout.evaluating.persons import same_person
from readout.pipeline import Reader
from readout.records import Encounter, Record

ROWS = [{"id": f"e{number}", **row} for number, row in enumerate(rows("encounters.yaml"))]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """The record of each row, read once."""
    return {r.id: r for r in read_rows(reader, ROWS, [row["text"] for row in ROWS])}


def takes_part(encounter: Encounter, written: str) -> bool:
    """Whether somebody written as ``Full Name/office@OF part`` is in the encounter."""
    rest, _, of = written.rpartition("@")
    of, _, part = of.partition(" ")
    name, _, office = rest.partition("/")
    return any(
        p.actor.of == of
        and (not part or p.part == part)
        and (not office or p.actor.office == office)
        and (not name or same_person(name, p.actor.person or "", of))
        for p in encounter.participants
    )


def is_meant(encounter: Encounter, expected: dict[str, Any]) -> bool:
    """Whether the encounter is the expected one, in all that the row tells of it."""
    return (
        encounter.kind == expected["kind"]
        and encounter.status == expected["status"]
        and len(encounter.participants) == len(expected["who"])
        and all(takes_part(encounter, written) for written in expected["who"])
        and ("date" not in expected or is_day(encounter, expected["date"]))
    )


def is_day(encounter: Encounter, wanted: object) -> bool:
    told = encounter.date.iso() if encounter.date else None
    return told == (None if wanted is None else str(wanted))


def shown(encounter: Encounter) -> str:
    """One line of an encounter, for the message of a failure."""
    who = [f"{p.actor.person}/{p.actor.office}@{p.actor.of} {p.part}" for p in encounter.participants]
    return f"{encounter.kind} {encounter.status} {encounter.date.iso() if encounter.date else None} {who}"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{row['id']}-{row['why'][:40]}",
            marks=pytest.mark.xfail(strict=True, reason=row["fails"]) if row.get("fails") else (),
        )
        for row in ROWS
    ],
)
def test_table(row: dict[str, Any], records: dict[str, Record]) -> None:
    left = list(records[row["id"]].encounters)
    told = [shown(e) for e in left]
    for expected in row["expect"]:
        hit = next((e for e in left if is_meant(e, expected)), None)
        assert hit is not None, (row["why"], expected, told)
        left.remove(hit)
    assert not left, (row["why"], "more than expected", told)


def test_the_table_is_long_enough_and_says_why() -> None:
    assert len(ROWS) >= 50
    assert all(row["why"] for row in ROWS)
