"""``readout actors``: look up actors, import a table of one's own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from readout.cli.days import DAY
from readout.exporting.escaping import visible_lines
from readout.knowing import ActorBase
from readout.knowing.importing import import_table, layer_path


@click.group()
def actors() -> None:
    """States, organisations, persons and their offices over time."""


@actors.command("find")
@click.argument("query")
@click.option("--on", type=DAY, metavar="DATE", help="The day asked about (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="One JSON array on stdout.")
def find_command(query: str, on: date | None, as_json: bool) -> None:
    """Tell who or what QUERY means.

    \b
    Example:
      readout actors find "Kazakh foreign minister" --on 2022-01-10
    """
    found = ActorBase.open().find(query, on)
    if as_json:
        click.echo(json.dumps([f.to_json() for f in found], ensure_ascii=True, indent=1))
        return
    if not found:
        click.echo(f"nothing known of {query!r}", err=True)
    for f in found:
        mark = "ambiguous" if f.ambiguous else f.certainty
        told = f"{mark:<9}  {f.of or '-':<6} {f.office or f.kind:<24} {f.name}  ({f.reason})"
        click.echo(visible_lines(told))  # a table of the user's own may hold any name


@actors.command("info")
def info_command() -> None:
    """Tell what the actor base holds, its digest and where the user's layer lies."""
    base = ActorBase.open()
    click.echo(f"digest: {base.digest}")
    for table, count in base.counts().items():
        click.echo(f"{table}: {count}")
    click.echo(f"user layer: {layer_path()}")


@actors.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, metavar="DATE", help="The day the table is good for; today where not given.")
def import_command(file: Path, as_of: date | None) -> None:
    """Import FILE (CSV, or the CSV or JSON result of the query for Wikidata) into the user's layer.

    Every row needs a source and a licence; one bad row refuses the whole file.
    """
    day = as_of or date.today()
    count = import_table(file, ActorBase.open(), as_of=day)
    click.echo(f"{count} rows imported into {layer_path()}", err=True)
