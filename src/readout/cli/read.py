"""``readout read``: documents in, their records out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from readout.cli import REFUSED
from readout.cli.days import DAY
from readout.errors import SettingError
from readout.exporting import FORMATS, Names, render
from readout.exporting.escaping import visible, visible_lines
from readout.records import Document, Record, Refusal

if TYPE_CHECKING:
    from readout.settings import Settings

_WIDEST = 100


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options on how records are shown, the same for ``read`` and ``demo``."""
    for option in (
        click.option(
            "--colour", "--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto",
            show_default=True, help="Colours in text; auto: on a terminal, and where NO_COLOR is not set.",
        ),
        click.option(
            "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True),
            help="Write to FILE instead of standard output.",
        ),
        click.option("--why", is_flag=True, help="Add how each item was reached, its id and its offsets."),
        click.option(
            "--format", "format", type=click.Choice(FORMATS), default="text", show_default=True,
            help="The form of the output; `readout help formats` tells what each one holds.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(
    epilog="Exit codes: 0 all read, 1 something refused, 2 wrong usage, 3 a part missing (`readout help exit-codes`)."
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--date", "day", type=DAY, metavar="YYYY-MM-DD",
    help="The date of publication, for texts that name none; relative dates count from it.",
)  # fmt: skip
@click.option("--issuer", metavar="NAME", help="Who published the texts, for texts that do not tell.")
@click.option("--max-chars", type=int, metavar="N", help="Refuse texts longer than N characters.")
@output_options
def read(
    sources: tuple[str, ...],
    day: date | None,
    issuer: str | None,
    max_chars: int | None,
    format: str,
    why: bool,
    output: str | None,
    colour: str,
) -> None:
    """Read every SOURCE and print its record: the encounter, what each side said, promises, relations.

    A SOURCE is a text file, a folder, a .jsonl file with one document a line, or - for standard input, which is also
    read where no SOURCE is given and something is piped in.

    \b
    Examples:
      readout read report.txt --date 2022-01-10
      readout read reports/ --format jsonl -o records.jsonl
      echo "Wang Yi met Sergey Lavrov in Moscow on Monday." | readout read --date 2022-01-10
    """
    if not sources:
        if _is_terminal(sys.stdin):
            raise click.UsageError("give a SOURCE: a file, a folder, or - for standard input")
        sources = ("-",)
    if issuer is not None and not issuer.strip():
        raise SettingError("--issuer is empty; give the name of the publisher, or leave the option out")
    from readout.reading import documents
    from readout.settings import Settings

    settings = Settings() if max_chars is None else Settings.of({"max_chars": max_chars})
    found = documents(
        sources,
        date=day,
        issuer=issuer,
        settings=settings,
        stdin=sys.stdin.buffer if "-" in sources else None,
    )
    _keep_apart(output, sources)
    show(found, settings, format=format, why=why, output=output, colour=colour)


def show(
    found: Iterable[Document | Refusal], settings: Settings, *, format: str, why: bool, output: str | None, colour: str
) -> None:
    """Read documents and write their records; ends the command with code 1 where one was refused."""
    refused: list[str] = []
    to_terminal = output in (None, "-") and _is_terminal(sys.stdout)
    told_in_text = format == "text" and to_terminal

    def watched() -> Iterator[Record | Refusal]:
        for item in _with_progress(records_of(found, settings), quiet=to_terminal):
            if isinstance(item, Refusal):
                refused.append(item.id)
                if not told_in_text:
                    click.echo(f"readout: {visible(f'{item.code} {item.id}: {item.message}')}", err=True)
            yield item

    use_colour = colour == "always" or (colour == "auto" and to_terminal and not os.environ.get("NO_COLOR"))
    width = min(_WIDEST, shutil.get_terminal_size((88, 24)).columns) if to_terminal else 88
    names = names_of_actors() if format in ("text", "html", "markdown") else None
    _write(render(watched(), format, colour=use_colour, width=width, why=why, names=names), output, format)
    if refused:
        click.get_current_context().exit(REFUSED)


def records_of(found: Iterable[Document | Refusal], settings: Settings) -> Iterator[Record | Refusal]:
    """The records of a stream of documents; the language model is loaded when the first document needs it."""
    stream = iter(found)
    for item in stream:
        if isinstance(item, Refusal):
            yield item
            continue
        from readout.pipeline import Reader

        yield from Reader.open(settings=settings).read_documents(chain([item], stream))
        return


def names_of_actors() -> Names:
    """Names by id, from the actor base."""
    from readout.knowing import ActorBase

    return ActorBase.open().name_of


def _with_progress(stream: Iterator[Record | Refusal], *, quiet: bool) -> Iterator[Record | Refusal]:
    """The same stream; from its second item on, a count on stderr where that is a terminal and stdout is not."""
    first = next(stream, None)
    if first is None:
        return
    yield first
    if quiet or not _is_terminal(sys.stderr):
        yield from stream
        return
    second = next(stream, None)
    if second is None:
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None, completed=1)
        for item in chain([second], stream):
            progress.advance(task)
            yield item


def _keep_apart(output: str | None, sources: tuple[str, ...]) -> None:
    """Refuse to write over what is being read."""
    if output in (None, "-"):
        return
    target = Path(str(output))
    for source in sources:
        if source != "-" and target.exists() and Path(source).exists() and target.samefile(source):
            raise SettingError(f"-o {visible(str(output))} is also a SOURCE; name another file", value=output)


def _write(parts: Iterator[str], output: str | None, format: str) -> None:
    """Write parts as they come, each flushed; the file is opened with the first part, so that a failure keeps it."""
    if output in (None, "-"):
        encoding = (getattr(sys.stdout, "encoding", None) or "utf-8") if format == "text" else "utf-8"
        if format != "text" and _is_terminal(sys.stdout):  # text is made for it: odd characters escaped, with colours
            parts = map(visible_lines, parts)
        _pour(parts, sys.stdout.buffer, encoding)
        return
    first = next(parts, None)
    try:
        file = open(str(output), "wb")  # noqa: SIM115 (closed below; only the opening is to be caught here)
    except OSError as error:
        raise SettingError(
            f"-o {visible(str(output))} cannot be written: {error.strerror}; name a file in a folder that exists and "
            "that you may write to",
            value=output,
        ) from error
    with file:
        _pour(chain([first] if first is not None else [], parts), file, "utf-8")


def _pour(parts: Iterable[str], out: IO[bytes], encoding: str) -> None:
    for part in parts:
        out.write(part.encode(encoding, "backslashreplace"))
        out.flush()


def _is_terminal(stream: Any) -> bool:
    return bool(stream is not None and stream.isatty())
