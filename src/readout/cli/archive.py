"""``readout archive``, ``remove`` and ``sql``: an archive looked after and asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

import click

from readout.cli import REFUSED, pour
from readout.cli.adding import archive_option
from readout.errors import ArchiveError, MalformedInput, SchemaError, SourceMissing
from readout.exporting.escaping import visible
from readout.querying import run_sql
from readout.querying.tabulating import csv_lines
from readout.reading import open_source
from readout.records import Record, Refusal, loads
from readout.storing import Archive, Place, backup, check, info, versions

MAX_LINE = 500_000_000
"""A line of an imported file with more bytes is not held: the longest text there may be has a shorter record."""


@click.group()
def archive() -> None:
    """Look after an archive: what it holds, whether it is whole, copies, versions of an address."""


@archive.command("info")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@archive_option
def info_command(as_json: bool, archive_file: Place) -> None:
    """Tell what an archive holds, and with which tables it was read."""
    with Archive.open(archive_file) as opened:
        told = info(opened)
    if as_json:
        click.echo(json.dumps(told, indent=1))
        return
    for name, value in told.items():
        if name != "readings":
            click.echo(f"{name}: {value if value is not None else '-'}")
    for reading in told["readings"]:
        click.echo(f"read with {reading['made_with']}: {reading['documents']} documents")


@archive.command("check")
@archive_option
def check_command(archive_file: Place) -> None:
    """See whether an archive is whole: the file, the indexes, every record with its words. Code 1 where it is not."""
    with Archive.open(archive_file) as opened:
        problems = check(opened)
    for problem in problems:
        click.echo(visible(problem))
    if problems:
        click.get_current_context().exit(REFUSED)
    click.echo("the archive is whole", err=True)


@archive.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@archive_option
def backup_command(target: Path, archive_file: Place) -> None:
    """Copy an archive to TARGET, also while another process writes to it."""
    with Archive.open(archive_file) as opened:
        size = backup(opened, target)
    click.echo(f"{size} bytes in {visible(str(target))}", err=True)


@archive.command("migrate")
@archive_option
def migrate_command(archive_file: Place) -> None:
    """Bring an archive that an older readout made to the schema and the rules of this one; take a copy first."""
    with Archive.open(archive_file, write=True) as opened:
        if opened.recount() or opened.settle():
            click.echo("counted the sums of two sides again", err=True)
        click.echo(f"schema version {info(opened)['schema_version']}", err=True)


@archive.command("versions")
@click.argument("url")
@archive_option
def versions_command(url: str, archive_file: Place) -> None:
    """Tell every text that was found at URL, and what changed from one to the next."""
    with Archive.open(archive_file) as opened:
        told = versions(opened, url)
    if not told:
        raise ArchiveError(f"no document here has the address {visible(url)[:200]!r}; see `readout documents`")
    for version in told:
        click.echo(f"{version.key}  {version.date or '-':<10}  {visible(version.title or version.name)}")
        for line in version.difference:
            click.echo(f"    {line[0]} {visible(line[2:])}")


@archive.command("merge")
@click.argument("keep")
@click.argument("other")
@click.option("--reason", default="", help="Why, for the log.")
@archive_option
def merge_command(keep: str, other: str, reason: str, archive_file: Place) -> None:
    """Make two publications of the same words one: KEEP takes the names of OTHER."""
    with Archive.open(archive_file, write=True) as opened:
        opened.merge(keep, other, reason=reason)


@archive.command("refusals")
@archive_option
def refusals_command(archive_file: Path) -> None:
    """List what could not be read, each with its code and reason."""
    with Archive.open(archive_file) as opened:
        for refusal in opened.refusals():
            click.echo("  ".join(visible(part) for part in (refusal.code, refusal.id, refusal.message)))


@archive.command("log")
@archive_option
def log_command(archive_file: Place) -> None:
    """Tell what was removed, merged, read again and migrated."""
    with Archive.open(archive_file) as opened:
        for entry in opened.log():
            told = (entry["at"], entry["action"], entry["key"] or "-", entry["name"], entry["detail"])
            click.echo("  ".join(visible(part) for part in told if part))


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--reason", default="", help="Why, for the log.")
@archive_option
def remove(names: tuple[str, ...], reason: str, archive_file: Place) -> None:
    """Remove the documents and refusals of each NAME or key; the log keeps that they were there, not their words."""
    with Archive.open(archive_file, write=True) as opened, opened.transaction():
        for name in names:
            for key in opened.remove(name, reason=reason):
                click.echo(f"removed {key}", err=True)


def opened_source(source: Path) -> AbstractContextManager[IO[bytes]]:
    """The bytes of a file, or of standard input where it is called -, which stays open."""
    try:
        return open_source(source)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceMissing(f"{visible(str(source))} cannot be opened: {reason}; check the path") from error


def records_in(file: IO[bytes]) -> Iterator[Record | Refusal]:
    """The records and refusals of a JSON Lines file; a bad line is named by its number."""
    for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), start=1):
        if len(line) > MAX_LINE:
            raise MalformedInput(f"line {number} has more than {MAX_LINE:,} bytes; it is no record of ours")
        if not line.strip():
            continue
        try:
            yield loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise MalformedInput(f"line {number} is not UTF-8; convert the file, for example with `iconv`") from error
        except RecursionError as error:
            raise MalformedInput(f"line {number} is nested too deep; it is no record of ours") from error
        except SchemaError as error:
            raise SchemaError(f"line {number}: {error.message}", **error.parts) from error


@click.command()
@click.argument("query")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@archive_option
def sql(query: str, form: str, archive_file: Place) -> None:
    """Ask an archive in SQL: one SELECT, at most 1,000 rows and one second; nothing can be written.

    \b
    Example:
      readout sql "SELECT act, count(*) FROM statements GROUP BY act ORDER BY 2 DESC"
    """
    with _bounded_memory():
        answer = run_sql(archive_file, query)
    rows = [tuple(v.hex() if isinstance(v, bytes) else v for v in row) for row in answer.rows]
    if form == "csv":
        pour(csv_lines(answer.columns, rows))
    elif form == "json":
        whole = {"columns": answer.columns, "rows": rows, "cut": answer.cut}
        pour([json.dumps(whole, ensure_ascii=False) + "\n"])
    else:
        from readout.cli.finding import table_lines

        pour(table_lines(answer.columns, rows))
    if answer.cut:
        click.echo(f"readout: only the first {len(rows)} rows are shown", err=True)


@contextmanager
def _bounded_memory(more_bytes: int = 1_500_000_000) -> Iterator[None]:
    """Bound what this process may map beyond what it has: what a query piles up ends it, not the machine."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        yield
        return
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # not Linux: nothing tells what is mapped
        pages = 0
    most = more_bytes + pages * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min([most, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
