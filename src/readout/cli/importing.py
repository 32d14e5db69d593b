"""``readout import`` and ``corrections``: records and reviewers' corrections into an archive, and what they changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from readout.cli.adding import archive_option, durable_option
from readout.cli.archive import opened_source, records_in
from readout.cli.days import DAY
from readout.cli.finding import table_lines
from readout.errors import RecordError
from readout.exporting.escaping import visible
from readout.reviewing import applied, brat_reviews, corrections_of, import_reviews, labelstudio_reviews
from readout.reviewing.corrections import Correction
from readout.storing import Archive, Place


@click.command("import", epilog="Example: readout import project.json --from labelstudio --archive asia.sqlite")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--from", "origin", type=click.Choice(["jsonl", "labelstudio", "brat"]), default="jsonl", show_default=True,
    help="jsonl: records; labelstudio, brat: reviewers' corrections of records that are in the archive.",
)  # fmt: skip
@click.option("--reviewer", metavar="NAME", help="Who reviewed; brat files do not tell.")
@click.option("--at", type=DAY, help="The day of the review, where the file tells none.")
@durable_option
@archive_option
def import_(
    source: Path, origin: str, reviewer: str | None, at: date | None, durable: bool, archive_file: Place
) -> None:
    """Put the records or corrections of SOURCE into an archive.

    A JSON Lines file (- for standard input) holds records and refusals as `readout export` wrote them; a bad line ends
    the import, the lines before it are kept. A Label Studio export in JSON, or a folder or .zip of brat, holds what
    reviewers made of records that were exported: what they changed is kept above the machine's records.
    """
    if origin == "jsonl":
        _import_records(source, durable, archive_file)
        return
    if origin == "brat" and not (reviewer and reviewer.strip()):
        raise RecordError("brat files do not tell who reviewed; give --reviewer")
    if origin == "brat":
        reviews = brat_reviews(source)
    else:
        with opened_source(source) as file:
            reviews = labelstudio_reviews(file.read())
    day = at.isoformat() if at else None
    with Archive.open(archive_file, write=True, durable=durable) as opened:
        counts = import_reviews(opened, reviews, reviewer=reviewer, at=day)
    told = f"{counts['corrections']} new corrections, {counts['same']} known"
    if counts["unknown"]:
        told += f"; {counts['unknown']} documents are not in the archive and were left out"
    click.echo(f"{told}, in {visible(str(archive_file))}", err=True)


def _import_records(source: Path, durable: bool, archive_file: Place) -> None:
    counts: dict[str, int] = {}
    with opened_source(source) as file, Archive.open(archive_file, write=True, create=True, durable=durable) as opened:
        for _, result in opened.put_many(records_in(file)):
            counts[result] = counts.get(result, 0) + 1
    told = ", ".join(f"{n} {name}" for name, n in counts.items()) or "nothing"
    click.echo(f"{told} in {visible(str(archive_file))}", err=True)


@click.command()
@click.argument("name", required=False)
@click.option("--attention", is_flag=True, help="Only those that the machine's record, as it is now, does not take.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@archive_option
def corrections(name: str | None, attention: bool, form: str, archive_file: Place) -> None:
    """List what reviewers corrected, of all documents or of the one of that NAME or key.

    A correction that cannot be laid over the record, because another reading has no such item or the words moved, is
    marked for attention with its reason.
    """
    with Archive.open(archive_file) as opened:
        found = corrections_of(opened, name)
        by_key: dict[str, list[Correction]] = {}
        for key, correction in found:
            by_key.setdefault(key, []).append(correction)
        rows = []
        for key, mine in by_key.items():
            reasons = {a.correction.digest: a.reason for a in applied(opened.record(key), mine).attention}
            rows += [(key, c, reasons.get(c.digest)) for c in mine if not attention or c.digest in reasons]
    if form == "json":
        whole = [{"document": key, "attention": reason, **c.to_json()} for key, c, reason in rows]
        click.echo(json.dumps(whole, ensure_ascii=True, indent=1))
        return
    columns = ("document", "at", "reviewer", "action", "kind", "attention", "what")
    told = [(key, c.at, c.reviewer, c.action, c.kind, reason, _what(c)) for key, c, reason in rows]
    for line in table_lines(columns, told):
        click.echo(line, nl=False)


def _what(c: Correction) -> str:
    values = [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in sorted(c.values.items())]
    parts = [f"{name or 'words'}={q.words if q else 'none'}" for name, q in sorted(c.parts.items())]
    return f"“{c.main.words}” " + "; ".join([*values, *parts])
