"""``readout add`` and ``readout refresh``: documents into an archive, and read again when the tables have changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.cli import REFUSED
from readout.cli.days import DAY
from readout.cli.read import records_of
from readout.errors import ReadoutError
from readout.exporting.escaping import visible
from readout.records import Document, Publication, Record, Refusal
from readout.settings import Settings
from readout.storing import Address, Archive, Place, added, made_body, place_of

if TYPE_CHECKING:
    from readout.pipeline import Reader

ARCHIVE_VARIABLE = "READOUT_ARCHIVE"
DEFAULT_ARCHIVE = "readout.sqlite"
# notes on the bytes of a source, which a text in the archive no longer shows
_OF_THE_BYTES = frozenset({"bom", "characters-replaced", "encoding", "encoding-damaged"})


class ArchivePlace(click.Path):
    """A file, or the URL of a PostgreSQL database as an ``Address``, which never shows its password."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = place_of(value)
        return found if isinstance(found, Address) else super().convert(value, param, ctx)


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--archive FILE|URL``: else the variable READOUT_ARCHIVE, else readout.sqlite in this folder."""
    return click.option(
        "--archive", "archive_file", type=ArchivePlace(), metavar="FILE|URL",
        envvar=ARCHIVE_VARIABLE, default=DEFAULT_ARCHIVE, show_default=True, show_envvar=True,
        help="The archive: a file, or postgresql://USER@HOST/DATABASE.",
    )(command)  # fmt: skip


def durable_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--durable``: wait for the disk after each document."""
    return click.option(
        "--durable", is_flag=True, help="Wait for the disk after each document, so that a loss of power loses none."
    )(command)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--date", "day", type=DAY, metavar="YYYY-MM-DD",
    help="The date of publication, for texts that name none.",
)  # fmt: skip
@click.option("--issuer", metavar="NAME", help="Who published the texts, for texts that do not tell.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Processes that read; each takes about 400 MB.",
)  # fmt: skip
@durable_option
@archive_option
def add(
    sources: tuple[str, ...],
    day: date | None,
    issuer: str | None,
    workers: int,
    durable: bool,
    archive_file: Place,
) -> None:
    """Read every SOURCE and keep its record; what is already there is not read again.

    A run that was broken off is taken up by giving the same command again. A refused document is kept with its reason.

    \b
    Example:
      readout add reports/ --archive kazakhstan.sqlite
    """
    from readout.reading import documents

    settings = Settings()
    found = documents(
        sources, date=day, issuer=issuer, settings=settings,
        stdin=sys.stdin.buffer if "-" in sources else None,
    )  # fmt: skip
    with Archive.open(archive_file, write=True, create=True, durable=durable) as archive:
        counts = _counted(_added(archive, found, settings, workers))
        archive.settle()
    click.echo(f"{_sum(counts)} in {visible(str(archive_file))}", err=True)
    if counts.get("refused"):
        click.get_current_context().exit(REFUSED)


def _counted(results: Iterable[str]) -> dict[str, int]:
    """How often each result came, with the progress told on the way."""
    counts: dict[str, int] = {}
    told = _Progress()
    for result in results:
        counts[result] = counts.get(result, 0) + 1
        told.step(counts)
    told.done()
    return counts


def _sum(counts: dict[str, int]) -> str:
    order = ("new", "reread", "named", "same", "refused", "unchanged", "changed")
    return ", ".join(f"{counts[name]} {name}" for name in order if name in counts) or "nothing"


class _Progress:
    """A count on stderr where that is a terminal, else a line every hundred documents."""

    def __init__(self) -> None:
        self.shown = sys.stderr is not None and sys.stderr.isatty()

    def step(self, counts: dict[str, int]) -> None:
        total = sum(counts.values())
        if self.shown:
            click.echo(f"\r{_sum(counts)}", err=True, nl=False)
        elif total % 100 == 0:
            click.echo(_sum(counts), err=True)

    def done(self) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def _added(
    archive: Archive, found: Iterable[Document | Refusal], settings: Settings, workers: int = 1
) -> Iterator[str]:
    """Keep what is not there yet; what became of each, told once it is written."""
    for one in added(archive, found, lambda unread: _read(unread, settings, workers)):
        if one.refusal:
            click.echo(f"readout: {visible(f'{one.refusal.code} {one.name}: {one.refusal.message}')}", err=True)
        yield one.result


def _read(found: Iterator[Document | Refusal], settings: Settings, workers: int) -> Iterator[Record | Refusal]:
    if workers == 1:
        return records_of(found, settings)
    from readout.pipeline import Reader

    return Reader.read_in_parallel(found, workers, settings)


@click.command()
@durable_option
@archive_option
def refresh(durable: bool, archive_file: Place) -> None:
    """Read again every document whose record was made with another model, other tables or another actor base.

    Its text stays as it is. A document that can no longer be read keeps its old record, and is told.
    """
    from readout.pipeline import Reader

    with Archive.open(archive_file, write=True, durable=durable) as archive:
        archive.recount()
        reader = Reader.open()
        now = made_body(reader.tools.made_with)
        stale = [key for key, made in archive.readings() if made != now]
        counts = _counted(_refreshed(archive, reader, stale))
        archive.settle()
    click.echo(f"{len(stale)} stale: {_sum(counts)}", err=True)
    if counts.get("refused"):
        click.get_current_context().exit(REFUSED)


def _refreshed(archive: Archive, reader: Reader, keys: list[str]) -> Iterator[str]:
    from readout.reading import read_text

    for start in range(0, len(keys), 32):
        old = [archive.record(key) for key in keys[start : start + 32]]
        again: list[Document | Refusal] = []
        for record in old:
            publication = Publication(issuer=record.issuer, title=record.title, url=record.url, date=record.date)
            try:
                again.append(read_text(record.text, id=record.id, publication=publication))
            except ReadoutError as error:
                again.append(Refusal.of(error, record.id))
        for record, item in zip(old, reader.read_documents(again), strict=True):
            if isinstance(item, Refusal):
                click.echo(f"readout: {visible(f'{item.code} {item.id}: {item.message}')}", err=True)
                yield "refused"
                continue
            kept = tuple(note for note in record.notes if note.code in _OF_THE_BYTES and note not in item.notes)
            archive.put(replace(item, notes=(*kept, *item.notes)))
            yield "changed" if item != replace(record, made_with=item.made_with) else "unchanged"
