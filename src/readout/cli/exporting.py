"""``readout export``: the records of an archive, or of a JSON Lines file, in the forms of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.archive import opened_source, records_in
from readout.cli.read import names_of_actors
from readout.errors import SettingError
from readout.exporting.escaping import visible
from readout.exporting.exporters import EXPORTERS, drops_table, export_files, export_parts
from readout.exporting.sheets import Keyed
from readout.querying import KINDS, find, render_rows
from readout.records import Record
from readout.reviewing import all_reviewed
from readout.storing import Archive, Place, document_key


@click.command(epilog="Example: readout export --format brat -o annotations/ --archive asia.sqlite")
@click.option(
    "--format", "form", type=click.Choice(tuple(EXPORTERS)), default="jsonl", show_default=True,
    help="The form; --drops tells what each leaves out.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(KINDS), default="statements", show_default=True,
    help="What one CSV file lists, where -o names no folder and no .zip.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="PATH",
    help="Write to PATH: a file; for csv, parquet and brat a folder or a .zip with all kinds.",
)  # fmt: skip
@click.option(
    "--records", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
    help="Take the records of FILE (from `readout read --format jsonl`; - for standard input), not of an archive.",
)  # fmt: skip
@click.option("--reviewed", is_flag=True, help="Lay reviewers' corrections over the machine's records.")
@click.option("--drops", is_flag=True, help="Tell what the form leaves out, and end.")
@archive_option
def export(
    form: str,
    kind: str,
    output: Path | None,
    records: Path | None,
    reviewed: bool,
    drops: bool,
    archive_file: Place,
) -> None:
    """Write records in the forms of other programs; the same content gives the same bytes.

    \b
    Examples:
      readout export -o all.jsonl
      readout export --format xlsx -o asia.xlsx
      readout export --format gdelt --drops
      readout read report.txt --format jsonl | readout export --records - --format ftm
    """
    if drops:
        chosen = click.get_current_context().get_parameter_source("form")
        click.echo(drops_table(None if chosen is click.core.ParameterSource.DEFAULT else form), nl=False)
        return
    exporter = EXPORTERS[form]
    one_csv = form == "csv" and (output is None or output.suffix.lower() == ".csv")
    if exporter.target != "stream" and output is None and not one_csv:
        what = "a file, such as all.xlsx" if exporter.target == "file" else "a folder, or a .zip file"
        raise SettingError(f"--format {form} makes files; name {what} with -o")
    if reviewed and (one_csv or records is not None):
        raise SettingError("--reviewed takes an archive and writes all kinds; name a folder or a .zip file with -o")
    if records is not None:
        if one_csv:
            raise SettingError("--records with --format csv writes all kinds; name a folder or a .zip file with -o")
        with opened_source(records) as file:
            _write(((item.id, item) for item in records_in(file)), form, output, None)
        return
    with Archive.open(archive_file) as opened:
        if one_csv:
            _pour(render_rows(find(opened, kind, limit=None), kind, "csv"), output, archive_file)
            return
        keyed = (
            (document_key(x) if isinstance(x, Record) else x.id, x)
            for x in (all_reviewed(opened) if reviewed else opened.everything())
        )
        _write(keyed, form, output, archive_file)


def _write(items: Iterable[Keyed], form: str, output: Path | None, archive_file: Place | None) -> None:
    exporter = EXPORTERS[form]
    if exporter.target == "stream":
        _pour(export_parts(items, form, names_of_actors() if form != "jsonl" else None), output, archive_file)
    elif output is not None:
        _keep_apart(output, archive_file)
        export_files(items, form, output)
    if form != "jsonl":
        click.echo(f"readout: {form} leaves things out; `readout export --format {form} --drops` tells which", err=True)


def _keep_apart(output: Path, archive_file: Place | None) -> None:
    if isinstance(archive_file, Path) and output.exists() and output.samefile(archive_file):
        raise SettingError(f"-o {visible(str(output))} is the archive itself; name another file")


def _pour(parts: Iterable[str], output: Path | None, archive_file: Place | None) -> None:
    if output is None:
        pour(parts)
        return
    data: Iterator[bytes] = (part.encode("utf-8") for part in parts)
    _keep_apart(output, archive_file)
    try:
        with output.open("wb") as file:
            file.writelines(data)
    except OSError as error:
        raise SettingError(
            f"-o {visible(str(output))} cannot be written: {error.strerror}; name a file in a folder that exists"
        ) from error
