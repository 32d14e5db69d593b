"""``readout ledger``: what became of promises."""

from __future__ import annotations

import json
from datetime import date

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.days import LAST
from readout.cli.read import names_of_actors
from readout.cli.sides import tell_unknown
from readout.following.ledger import LEDGER_STATUSES
from readout.storing import Archive, Place


@click.command(epilog="Example: readout ledger CHN KAZ --as-of 2022-01-31 --status overdue")
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@click.option(
    "--as-of", type=LAST, metavar="DAY",
    help="Only documents up to that day count. Without it: up to the last one here.",
)  # fmt: skip
@click.option(
    "--status",
    "statuses",
    type=click.Choice(LEDGER_STATUSES),
    multiple=True,
    help="Only these; give it again for more.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="The form of the answer.",
)  # fmt: skip
@archive_option
def ledger(
    one: str, other: str | None, as_of: date | None, statuses: tuple[str, ...], form: str, archive_file: Place
) -> None:
    """Tell each promise of A once, with its wordings and what dated documents of an archive tell became of it.

    With B: what each of the two promised the other. A and B are states or organisations, such as CHN and KAZ.
    """
    from readout import following

    with Archive.open(archive_file) as opened:
        told = following.ledger(opened, one, other, as_of)
    if not told.documents:
        click.echo("readout: no dated document here tells of these sides", err=True)
        tell_unknown((one, other))
    if statuses:
        told = told.only(statuses)
    if form == "json":
        parts = [json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"]
    elif form == "csv":
        parts = list(following.ledger_csv(told))
    else:
        parts = [following.ledger_text(told, names_of_actors())]
    pour(parts)
