"""``readout code``: event rows in CAMEO and PLOVER, from documents or from single sentences."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from readout.cli import REFUSED, pour
from readout.cli.days import DAY
from readout.errors import SourceMissing, UndecodableText
from readout.exporting.escaping import visible
from readout.reading import open_source
from readout.records import Refusal

if TYPE_CHECKING:
    from readout.coding import EventRow

FORMS = ("csv", "jsonl", "text")
_BATCH = 256


@click.command(
    epilog="Exit codes: 0 all coded, 1 something refused, 2 wrong usage, 3 a part missing (`readout help exit-codes`)."
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--format", "format", type=click.Choice(FORMS), default="csv", show_default=True, help="The form of the rows."
)
@click.option("--sentences", is_flag=True, help="Each line is a sentence of its own, of any news, not a document.")
@click.option(
    "--date", "day", type=DAY, metavar="YYYY-MM-DD",
    help="The date of publication, for texts that name none.",
)  # fmt: skip
@click.option("--issuer", metavar="NAME", help="Who published the texts, for texts that do not tell.")
def code(sources: tuple[str, ...], format: str, sentences: bool, day: date | None, issuer: str | None) -> None:
    """Print the event rows of every SOURCE: date, source, target, code, root, category, quad class, scores, spans.

    A SOURCE is a text file, a folder, a .jsonl file with one document a line, or - for standard input. With
    --sentences every line of a file is one sentence; its document id is the file and the number of the line.

    \b
    Examples:
      readout code report.txt --date 2022-01-10
      echo "Iran agreed to resume talks with Oman." | readout code --sentences --format text
    """
    if not sources:
        if sys.stdin.isatty():
            raise click.UsageError("give a SOURCE: a file, a folder, or - for standard input")
        sources = ("-",)
    refused: list[str] = []
    if sentences:
        rows = _sentence_rows(sources, day)
    else:
        rows = _document_rows(sources, day, issuer, refused)
    pour(_rendered(rows, format))
    if refused:
        click.get_current_context().exit(REFUSED)


def _document_rows(
    sources: tuple[str, ...], day: date | None, issuer: str | None, refused: list[str]
) -> Iterator[tuple[EventRow, str]]:
    from readout.cli.read import records_of
    from readout.coding import code_record
    from readout.reading import documents
    from readout.settings import Settings

    settings = Settings()
    stdin = sys.stdin.buffer if "-" in sources else None
    found = documents(sources, date=day, issuer=issuer, settings=settings, stdin=stdin)
    for item in records_of(found, settings):
        if isinstance(item, Refusal):
            refused.append(item.id)
            click.echo(f"readout: {visible(f'{item.code} {item.id}: {item.message}')}", err=True)
            continue
        for row in code_record(item):
            yield row, item.text


def _sentence_rows(sources: tuple[str, ...], day: date | None) -> Iterator[tuple[EventRow, str]]:
    from readout.coding import SentenceCoder

    coder: SentenceCoder | None = None
    batch: list[tuple[str, str]] = []

    def coded() -> Iterator[tuple[EventRow, str]]:
        nonlocal coder
        coder = coder or SentenceCoder.open()
        for document, rows in coder.code(batch, day):
            for row in rows:
                yield row, document.text

    for name, line in _lines(sources):
        batch.append((name, line))
        if len(batch) >= _BATCH:
            yield from coded()
            batch.clear()
    if batch:
        yield from coded()


def _lines(sources: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for source in sources:
        try:
            with open_source(source) as file:
                data = file.read()
        except OSError as error:
            raise SourceMissing(
                f"{visible(source)} cannot be opened: {error.strerror}; give a file with one sentence a line",
                source=source,
            ) from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UndecodableText(
                f"{visible(source)} is not UTF-8; convert it, or read it as a document without --sentences",
                source=source,
            ) from error
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"{source}:{number}", line.strip()


def _rendered(rows: Iterable[tuple[EventRow, str]], format: str) -> Iterator[str]:
    from readout.coding import COLUMNS

    if format == "jsonl":
        for row, _ in rows:
            yield json.dumps(row.to_json(), ensure_ascii=False) + "\n"
        return
    if format == "csv":
        yield _csv_line(COLUMNS)
        for row, _ in rows:
            data = row.to_json()
            data["spans"] = " ".join(f"{a}-{b}" for a, b in data["spans"])
            data["negated"] = "yes" if row.negated else "no"
            yield _csv_line("" if data[c] is None else data[c] for c in COLUMNS)
        return
    for row, text in rows:
        words = " ... ".join(visible(text[s.start : s.end]) for s in row.spans)
        standing = ", ".join(x for x in (row.status, "negated" if row.negated else "", row.modality or "") if x)
        score = "" if row.score is None else f" {row.score:+g}"
        yield (
            f"{row.date or '(no date)'}  {row.source or '?'} -> {row.target or '?'}  {row.cameo} "
            f"{row.plover or 'statement'}{score}  [{standing}]\n    {row.cameo.meaning}: {words[:160]}\n"
        )


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(list(cells))
    return out.getvalue()
