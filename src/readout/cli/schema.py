"""``readout schema``: the JSON Schema of a record."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of a record and of a refusal.

    Example: readout schema > readout-record-1.schema.json
    """
    from readout.records.schema import schema as record_schema

    click.echo(json.dumps(record_schema(), indent=2))
