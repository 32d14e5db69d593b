"""``readout exchanges`` and ``readout compare``: documents beside one another."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from readout.cli import REFUSED
from readout.cli.read import names_of_actors, records_of
from readout.errors import RecordError
from readout.exporting.escaping import visible
from readout.records import Record, Refusal


@click.command(epilog="Example: readout exchanges reports/ --format json")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
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
def exchanges(
    sources: tuple[str, ...],
    format: str,
    everything: bool,
    joins: tuple[tuple[str, str, str, str], ...],
    splits: tuple[tuple[str, str, str, str], ...],
) -> None:
    """Join the documents of every SOURCE that tell of one encounter, whoever issued them, each join with its reason.

    A SOURCE is what `readout read` takes: a text file, a folder, or a .jsonl file with one document a line.
    """
    from readout import comparing

    records, refused = _records(sources)
    found = comparing.exchanges(
        records,
        must_link=[((a, b), (c, d)) for a, b, c, d in joins],
        cannot_link=[((a, b), (c, d)) for a, b, c, d in splits],
    )
    shown = [x for x in found if everything or len(x.accounts) > 1]
    if format == "json":
        _print(json.dumps([x.to_json() for x in shown], ensure_ascii=True, indent=1))
    else:
        _print(comparing.exchanges_text(shown, names_of_actors()))
    if refused:
        click.get_current_context().exit(REFUSED)


@click.command(epilog="Example: readout compare washington.txt kyiv.txt --format html > compared.html")
@click.argument("sources", nargs=-1, required=True, metavar="DOC DOC [...]")
@click.option("--format", "format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option(
    "--similar", type=click.Choice(["auto", "on", "off"]), default="auto", show_default=True,
    help="Align by meaning too, with the extra `similar`; auto: where it is installed.",
)  # fmt: skip
def compare(sources: tuple[str, ...], format: str, similar: str) -> None:
    """Set the accounts of one exchange side by side: told by both, told differently, told by one alone.

    A DOC is a text file, or a .jsonl file whose documents are all compared.
    """
    from readout import comparing

    wanted = similar == "on" or (similar == "auto" and not comparing.missing_packages())
    embedder = comparing.Embedder.open() if wanted else None
    records, refused = _records(sources)
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
