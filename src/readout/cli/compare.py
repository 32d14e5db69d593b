"""``readout exchanges`` and ``readout compare``: documents beside one another."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.cli import REFUSED
from readout.cli.adding import ARCHIVE_VARIABLE, DEFAULT_ARCHIVE, ArchivePlace, archive_option
from readout.cli.days import FIRST, LAST
from readout.cli.read import names_of_actors, records_of
from readout.errors import RecordError, SourceMissing
from readout.exporting.escaping import visible
from readout.records import Record, Refusal
from readout.storing import Archive, Place, link, links, place_of, unlink

if TYPE_CHECKING:
    from readout.comparing import Exchange


@click.command(epilog="Example: readout exchanges reports/ --format json")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Also those that one document alone tells of.")
@click.option(
    "--join", "joins", nargs=4, multiple=True, metavar="DOC ENCOUNTER DOC ENCOUNTER",
    help="Two encounters, by document and id, that are one; stands above every score.",
)  # fmt: skip
@click.option(
    "--split", "splits", nargs=4, multiple=True, metavar="DOC ENCOUNTER DOC ENCOUNTER",
    help="Two encounters that are not one.",
)  # fmt: skip
@click.option(
    "--unlink", "unlinks", nargs=4, multiple=True, metavar="DOC ENCOUNTER DOC ENCOUNTER",
    help="Take back what --join or --split said of two encounters in the archive.",
)  # fmt: skip
@click.option("--links", "listed", is_flag=True, help="List what was joined or split by hand in the archive.")
@click.option("--reviewer", metavar="NAME", default="", help="Who joins or splits in the archive.")
@click.option("--reason", metavar="WORDS", default="", help="Why.")
@click.option("--side", multiple=True, help="Of the archive: exchanges in which this state or organisation takes part.")
@click.option("--with", "with_", multiple=True, help="Of the archive: and this one.")
@click.option("--since", type=FIRST, help="Of the archive: first day.")
@click.option("--until", type=LAST, help="Of the archive: last day.")
@archive_option
def exchanges(
    sources: tuple[str, ...],
    format: str,
    everything: bool,
    joins: tuple[tuple[str, str, str, str], ...],
    splits: tuple[tuple[str, str, str, str], ...],
    unlinks: tuple[tuple[str, str, str, str], ...],
    listed: bool,
    reviewer: str,
    reason: str,
    archive_file: Place,
    **filters: Any,
) -> None:
    """Join the documents that tell of one encounter, whoever issued them, each join with its reason.

    A SOURCE is what `readout read` takes: a text file, a folder, or a .jsonl file with one document a line. Without a
    SOURCE the documents of the archive are joined; what --join and --split say of them is kept there, with who and
    when, stands above every score and holds until --unlink.
    """
    from readout import comparing

    if not sources:
        _archived(archive_file, format, everything, joins, splits, unlinks, listed, reviewer, reason, filters)
        return
    if unlinks or listed or reviewer or any(filters.values()):
        raise SourceMissing("--unlink, --links, --reviewer and the filters are for an archive; leave the SOURCE out")
    records, refused = _records(sources)
    found = comparing.exchanges(
        records,
        must_link=[((a, b), (c, d)) for a, b, c, d in joins],
        cannot_link=[((a, b), (c, d)) for a, b, c, d in splits],
    )
    _show(found, everything, format)
    if refused:
        click.get_current_context().exit(REFUSED)


def _archived(
    archive_file: Place,
    format: str,
    everything: bool,
    joins: tuple[tuple[str, str, str, str], ...],
    splits: tuple[tuple[str, str, str, str], ...],
    unlinks: tuple[tuple[str, str, str, str], ...],
    listed: bool,
    reviewer: str,
    reason: str,
    filters: dict[str, Any],
) -> None:
    """The exchanges of an archive, after what is said by hand has been kept in it."""
    from readout.querying import archived_exchanges, lost_links

    if listed:
        with Archive.open(archive_file) as archive:
            lost = lost_links(archive)
            whole = [row | {"attention": row in lost} for row in links(archive)]
        _print(json.dumps(whole, ensure_ascii=True, indent=1))
        return
    asked = {n: v for n, v in filters.items() if v}
    with Archive.open(archive_file, write=True) as archive:
        with archive.transaction():  # a link that cannot be made leaves all as it was
            for joined, pairs in ((True, joins), (False, splits)):
                for a, b, c, d in pairs:
                    link(archive, (a, b), (c, d), joined=joined, reviewer=reviewer, reason=reason)
            for a, b, c, d in unlinks:
                unlink(archive, (a, b), (c, d))
            found = archived_exchanges(archive, **asked)
        for row in lost_links(archive):
            told = f"{row['one']} and {row['other']}: linked by {row['reviewer']}, but one is no longer told of"
            click.echo(f"readout: {visible(told)}", err=True)
    _show(found, everything, format)


def _show(found: list[Exchange], everything: bool, format: str) -> None:
    """Print exchanges: those that several documents tell of, or all."""
    from readout import comparing

    shown = [x for x in found if everything or len(x.accounts) > 1]
    if format == "json":
        _print(json.dumps([x.to_json() for x in shown], ensure_ascii=True, indent=1))
    else:
        _print(comparing.exchanges_text(shown, names_of_actors()))


@click.command(epilog="Example: readout compare washington.txt kyiv.txt --format html > compared.html")
@click.argument("sources", nargs=-1, required=True, metavar="DOC DOC [...]")
@click.option("--format", "format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option(
    "--archive", "archive_file", type=ArchivePlace(), metavar="FILE|URL",
    help="Take every DOC from this archive, by its key or name there.",
)  # fmt: skip
@click.option(
    "--similar", type=click.Choice(["auto", "on", "off"]), default="auto", show_default=True,
    help="Align by meaning too, with the extra `similar`; auto: where it is installed.",
)  # fmt: skip
def compare(sources: tuple[str, ...], format: str, archive_file: Place | None, similar: str) -> None:
    """Set the accounts of one exchange side by side: told by both, told differently, told by one alone.

    A DOC is a text file, or a .jsonl file whose documents are all compared. What is no file is sought in the archive
    that READOUT_ARCHIVE names, or in readout.sqlite in this folder, by its key or name; with --archive every DOC is.
    """
    from readout import comparing

    wanted = similar == "on" or (similar == "auto" and not comparing.missing_packages())
    embedder = comparing.Embedder.open() if wanted else None
    records: list[Record] = []
    refused = 0
    place = archive_file or place_of(os.environ.get(ARCHIVE_VARIABLE) or DEFAULT_ARCHIVE)
    for kept, group in groupby(sources, key=lambda source: archive_file is not None or not _is_file(source)):
        if kept and (archive_file is not None or _is_there(place)):
            with Archive.open(place) as archive:
                records += [replace(archive.record(name), id=archive.key_of(name)) for name in group]
        else:
            read, more = _records(tuple(group))
            records, refused = records + read, refused + more
    if len(records) < 2:
        raise RecordError("there is nothing to compare with; give at least two documents that can be read")
    comparison = comparing.compare(*records, embedder=embedder)
    if format == "json":
        _print(json.dumps(comparison.to_json(), ensure_ascii=True, indent=1))
    elif format == "html":
        _print(comparing.comparison_html(comparison, names_of_actors()))
    else:
        _print(comparing.comparison_text(comparison, names_of_actors()))
    if refused:
        click.get_current_context().exit(REFUSED)


def _is_file(source: str) -> bool:
    return source == "-" or os.path.exists(source)


def _is_there(place: Place) -> bool:
    """Whether there may be an archive: a server is asked, a file must exist."""
    return not isinstance(place, Path) or place.exists()


def _records(sources: tuple[str, ...]) -> tuple[list[Record], int]:
    """The records of the sources, and how many documents were refused; each refusal is told on standard error."""
    from readout.reading import documents
    from readout.settings import Settings

    settings = Settings()
    stdin: Any = sys.stdin.buffer if "-" in sources else None
    out: list[Record] = []
    refused = 0
    for item in records_of(documents(sources, settings=settings, stdin=stdin), settings):
        if isinstance(item, Refusal):
            refused += 1
            click.echo(f"readout: {visible(f'{item.code} {item.id}: {item.message}')}", err=True)
        else:
            out.append(item)
    return out, refused


def _print(text: str) -> None:
    click.echo(text.encode("utf-8", "backslashreplace"))
