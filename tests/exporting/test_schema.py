"""The JSON Schema against records, and records through JSON and back."""

from __future__ import annotations

from typing import get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from samples import REFUSALS, as_json, hostile, records, sample

from readout.records import SCHEMA_VERSION, Record, dumps, items, loads
from readout.records.schema import schema

validator = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def test_schema_is_valid_and_versioned() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert SCHEMA_VERSION in schema()["$id"]


def test_samples_validate() -> None:
    for item in (sample(), hostile(), *REFUSALS):
        validator.validate(as_json(item))


@many
@given(records())
def test_any_record_validates_and_round_trips(record: Record) -> None:
    validator.validate(as_json(record))
    line = dumps(record)
    assert len(line.splitlines()) == 1
    assert line.encode("utf-8")
    assert loads(line) == record
    assert loads(dumps(record, indent=2)) == record


def test_every_field_is_named_and_required() -> None:
    defs = schema()["$defs"]
    data = as_json(sample())
    assert isinstance(data, dict)
    assert set(data) == set(defs["record"]["properties"]) == set(defs["record"]["required"])
    for name in ("encounter", "statement", "commitment", "relation", "occurrence"):
        assert set(data[name + "s"][0]) == set(defs[name]["properties"]), name
    assert set(data["encounters"][0]["participants"][0]) == set(defs["participant"]["properties"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statements", 0, "act"), "shout"),
        (("statements", 0, "speakers"), []),
        (("encounters", 0, "kind"), "duel"),
        (("encounters", 0, "evidence"), [1]),
        (("relations", 0, "between"), ["CHN"]),
        (("schema",), "readout-record/2"),
        (("text_digest",), "xyz"),
    ],
)
def test_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    data: object = as_json(sample())
    inner = data
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    inner[path[-1]] = value  # type: ignore[index]
    assert not validator.is_valid(data)


def test_enumerations_come_from_the_code() -> None:
    assert schema()["$defs"]["statement"]["properties"]["act"]["enum"] == list(get_args(items.Act))
