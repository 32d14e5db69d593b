"""``readout digest``: what is new in an archive."""

from __future__ import annotations

import json
from datetime import date

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.days import FIRST, LAST
from readout.cli.read import names_of_actors
from readout.cli.sides import tell_unknown
from readout.following.digests import MAX_FOLLOWED
from readout.storing import Archive, Place


@click.command(epilog="Example: readout digest --since 2022-01-01 --side CHN --with KAZ")
@click.option("--since", type=FIRST, required=True, help="First day; of a month or year (2024-05) its first.")
@click.option("--until", type=LAST, help="Last day; of a month or year its last.")
@click.option("--side", help="Only what is told of this side, such as CHN; its promises and formulas are followed.")
@click.option("--with", "other", help="And of this one.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many of each.")
@click.option(
    "--follow", type=click.IntRange(0), default=MAX_FOLLOWED, show_default=True, metavar="N",
    help="Follow promises and formulas where at most N documents tell of the side.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="The form of the answer.",
)  # fmt: skip
@archive_option
def digest(
    since: date,
    until: date | None,
    side: str | None,
    other: str | None,
    limit: int,
    follow: int,
    form: str,
    archive_file: Place,
) -> None:
    """Tell what the documents of some days brought: exchanges, promises, words for a relation, what happened.

    The days are those of the documents, not of adding them.
    """
    from readout import following

    with Archive.open(archive_file) as opened:
        told = following.digest(
            opened, since=since, until=until, side=side, other=other, limit=limit,
            follow=follow,
        )  # fmt: skip
    if not told.documents:
        tell_unknown((side, other))
    if form == "json":
        parts = [json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"]
    else:
        page = following.digest_markdown if form == "markdown" else following.digest_text
        parts = [page(told, names_of_actors())]
    pour(parts)
