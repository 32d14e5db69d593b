"""``readout person``: one person through an archive."""

from __future__ import annotations

import json
from datetime import datetime

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.read import names_of_actors
from readout.storing import Archive, Place


@click.command(epilog='Example: readout person "Wang Yi" --since 2022-01-01')
@click.argument("name", metavar="NAME")
@click.option("--side", help="Only where the documents name the person for this side, such as CHN.")
@click.option("--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="First day (YYYY-MM-DD).")
@click.option("--until", type=click.DateTime(formats=["%Y-%m-%d"]), help="Last day (YYYY-MM-DD).")
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
    since: datetime | None,
    until: datetime | None,
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
            opened, name, side=side, since=since.date() if since else None, until=until.date() if until else None,
            limit=limit,
        )  # fmt: skip
    if form == "json":
        parts = [json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"]
    elif form == "csv":
        parts = list(following.person_csv(told))
    else:
        parts = [following.person_text(told, names_of_actors())]
    pour(parts)
