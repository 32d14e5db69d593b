"""``readout person``: one person through an archive."""

from __future__ import annotations

import json
from datetime import date

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.days import FIRST, LAST
from readout.cli.read import names_of_actors
from readout.storing import Archive, Place


@click.command(epilog='Example: readout person "Wang Yi" --since 2022-01-01')
@click.argument("name", metavar="NAME")
@click.option("--side", help="Only where the documents name the person for this side, such as CHN.")
@click.option("--since", type=FIRST, help="First day; of a month or year (2024-05) its first.")
@click.option("--until", type=LAST, help="Last day; of a month or year its last.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
    help="At most so many encounters, counterparts, statements and promises; the counts are of all.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="The form of the answer.",
)  # fmt: skip
@archive_option
def person(
    name: str,
    side: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    form: str,
    archive_file: Place,
) -> None:
    """Tell whom a person met, what they said and promised, and the offices that the documents of an archive give them.

    NAME is a name or whole words of it, in any spelling that the actor base knows.
    """
    from readout import following

    with Archive.open(archive_file) as opened:
        told = following.person(
            opened, name, side=side, since=since, until=until,
            limit=limit,
        )  # fmt: skip
    if form == "json":
        parts = [json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"]
    elif form == "csv":
        parts = list(following.person_csv(told))
    else:
        parts = [following.person_text(told, names_of_actors())]
    pour(parts)
