"""``readout phrases``: the formulas a side repeats."""

from __future__ import annotations

import json

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.sides import tell_unknown
from readout.storing import Archive, Place


@click.command(epilog="Example: readout phrases CHN --with KAZ")
@click.argument("side", metavar="SIDE")
@click.option("--with", "other", help="Only documents in which this side acts too.")
@click.option("--least", type=click.IntRange(2), default=3, show_default=True, help="In so many documents at least.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="The form of the answer.",
)  # fmt: skip
@archive_option
def phrases(side: str, other: str | None, least: int, form: str, archive_file: Place) -> None:
    """Tell the formulas that SIDE repeats: since when, how often, and how each strengthens, weakens or vanishes."""
    from readout import following

    with Archive.open(archive_file) as opened:
        found = following.phrases(opened, side, other, least=least)
    if not found:
        tell_unknown((side, other))
    if form == "json":
        parts = [json.dumps([p.to_json() for p in found], ensure_ascii=False, indent=1) + "\n"]
    elif form == "csv":
        parts = list(following.phrases_csv(found))
    else:
        parts = [following.phrases_text(found)]
    pour(parts)
