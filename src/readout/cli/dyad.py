"""``readout dyad``: two sides over time."""

from __future__ import annotations

import json
from datetime import date

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.days import FIRST, LAST
from readout.cli.read import names_of_actors
from readout.cli.sides import tell_unknown
from readout.storing import Archive, Place


@click.command(epilog="Example: readout dyad CHN KAZ --by year --format svg > chn-kaz.svg")
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@click.option("--since", type=FIRST, help="First day; of a month or year (2024-05) its first.")
@click.option("--until", type=LAST, help="Last day; of a month or year its last.")
@click.option(
    "--by", type=click.Choice(["month", "quarter", "year"]), default="year", show_default=True, help="The periods."
)
@click.option(
    "--scale", type=click.Choice(["goldstein", "plover"]), default="goldstein", show_default=True,
    help="The scores that the tone is summed from.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "svg"]), default="table", show_default=True,
    help="The form of the answer.",
)  # fmt: skip
@click.option("--plot", is_flag=True, help="Bars of plain characters instead of tables.")
@archive_option
def dyad(
    one: str,
    other: str,
    since: date | None,
    until: date | None,
    by: str,
    scale: str,
    form: str,
    plot: bool,
    archive_file: Place,
) -> None:
    """Tell how two sides stood to each other over time, from the documents of an archive.

    ONE and OTHER are states or organisations, such as CHN and KAZ: encounters by channel and level, tone each way,
    labels of the relation, topics.
    """
    from readout import charting
    from readout.knowing import side_code

    if plot and form != "table":
        raise click.UsageError("--plot is for the terminal; leave out --format, or use --format svg for a picture")
    one, other = side_code(one), side_code(other)
    with Archive.open(archive_file) as opened:
        told = charting.dyad_in(
            opened, one, other, by=by, since=since, until=until,
            scale=scale,
        )  # fmt: skip
    if not told.documents:
        click.echo(f"readout: no document here tells of both {one!a} and {other!a}", err=True)
        tell_unknown((one, other))
    if form == "json":
        parts = [json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"]
    elif form == "csv":
        parts = list(charting.dyad_csv(told))
    elif form == "svg":
        parts = [charting.dyad_svg(told, names_of_actors())]
    else:
        parts = [(charting.dyad_plot if plot else charting.dyad_text)(told, names_of_actors())]
    pour(parts)
