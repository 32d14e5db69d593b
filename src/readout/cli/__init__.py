"""The command ``readout``: parse the request, call the house, print the answer.

Each subcommand lives in a module that is imported when it is called, so that ``readout --help`` answers at once and
``help``, ``schema`` and ``actors`` never load the language model. Exit codes are in ``EXIT_CODES``.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Iterable
from typing import Any

import click

from readout.errors import (
    ExtraMissing,
    KnowledgeError,
    LexiconError,
    ModelMissing,
    QueryRefused,
    ReadoutError,
    RequestRefused,
    SettingError,
)

ALL_READ, REFUSED, WRONG_USAGE, SETUP_PROBLEM, INTERRUPTED, READER_GONE = 0, 1, 2, 3, 130, 141

EXIT_CODES: dict[int, str] = {
    ALL_READ: "everything was read",
    REFUSED: "an input was refused; the others were read and printed",
    WRONG_USAGE: "an option, an argument or a setting is wrong; nothing was read",
    SETUP_PROBLEM: "a part of the installation is missing or damaged (language model, actor base, lexicon), "
    "or the disk is full",
    INTERRUPTED: "interrupted (Ctrl-C)",
    READER_GONE: "the program that took our output went away, as in `readout ... | head`",
}

# name -> (module, attribute, help in the list); the help stands here so that the list needs no import
_COMMANDS: dict[str, tuple[str, str, str]] = {
    "actors": ("readout.cli.actors", "actors", "Look up states, organisations and persons; bring your own."),
    "add": ("readout.cli.adding", "add", "Read documents into an archive."),
    "archive": ("readout.cli.archive", "archive", "Look after an archive: info, check, backup, versions, merge, log."),
    "code": ("readout.cli.code", "code", "Print event rows in CAMEO and PLOVER codes."),
    "commitments": ("readout.cli.finding", "commitments", "Find promises in an archive."),
    "compare": ("readout.cli.compare", "compare", "Set accounts of one exchange side by side."),
    "corrections": ("readout.cli.importing", "corrections", "List what reviewers corrected, and what needs attention."),
    "demo": ("readout.cli.demo", "demo", "Read an example that comes with the program."),
    "digest": ("readout.cli.digest", "digest", "Tell what is new in an archive."),
    "documents": ("readout.cli.finding", "documents", "Find documents in an archive."),
    "dyad": ("readout.cli.dyad", "dyad", "Tell how two sides stood to each other over time."),
    "encounters": ("readout.cli.finding", "encounters", "Find encounters in an archive."),
    "evaluate": ("readout.cli.evaluate", "evaluate", "Score records against a gold file."),
    "exchanges": ("readout.cli.compare", "exchanges", "Join the documents that tell of one encounter."),
    "export": ("readout.cli.exporting", "export", "Write records in the forms of other programs."),
    "help": ("readout.cli.help", "help_", "Explain formats, exit codes or errors."),
    "import": ("readout.cli.importing", "import_", "Put records, or reviewers' corrections, into an archive."),
    "ledger": ("readout.cli.ledger", "ledger", "Tell what became of promises."),
    "occurrences": ("readout.cli.finding", "occurrences", "Find occurrences in an archive."),
    "person": ("readout.cli.person", "person", "Tell whom a person met, what they said and promised."),
    "phrases": ("readout.cli.phrases", "phrases", "Tell the formulas a side repeats."),
    "read": ("readout.cli.read", "read", "Read documents and print their records."),
    "refresh": ("readout.cli.adding", "refresh", "Read again what older tables or models have read."),
    "relations": ("readout.cli.finding", "relations", "Find relations in an archive."),
    "remove": ("readout.cli.archive", "remove", "Remove documents from an archive; a trace stays."),
    "schema": ("readout.cli.schema", "schema", "Print the JSON Schema of a record."),
    "serve": ("readout.cli.serve", "serve", "Open an archive to programs over REST."),
    "sql": ("readout.cli.archive", "sql", "Ask an archive in SQL, bounded and read-only."),
    "statements": ("readout.cli.finding", "statements", "Find statements in an archive."),
}


def pour(parts: Iterable[str]) -> None:
    """Write an answer to standard output as UTF-8; half a character is told by its number.

    A terminal is shown the escapes of what it would obey; a file or another program is given the data as it is.
    """
    from readout.exporting.escaping import visible_lines

    shown = sys.stdout.isatty()
    for part in parts:
        sys.stdout.buffer.write((visible_lines(part) if shown else part).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def exit_code_of(error: ReadoutError) -> int:
    """The exit code that an error ends the command with."""
    if isinstance(error, KnowledgeError | ModelMissing | LexiconError | ExtraMissing):
        return SETUP_PROBLEM
    if isinstance(error, SettingError | QueryRefused | RequestRefused):
        return WRONG_USAGE
    return REFUSED


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called; errors of the house end it with a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: Any = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in sorted(_COMMANDS)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of the house becomes one line on stderr and its exit code."""
        from readout.exporting.escaping import visible

        try:
            return super().invoke(ctx)
        except ReadoutError as error:
            click.echo(f"readout: {visible(str(error))}", err=True)
            ctx.exit(exit_code_of(error))
        except BrokenPipeError:
            _hush()
            ctx.exit(READER_GONE)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
                raise
            click.echo(f"readout: cannot write ({error.strerror}); make room or write elsewhere with -o", err=True)
            _hush()
            ctx.exit(SETUP_PROBLEM)
        except KeyboardInterrupt:
            click.echo("readout: interrupted", err=True)
            ctx.exit(INTERRUPTED)


def _hush() -> None:
    """Point stdout at nothing, so that the flush at the end of the process does not complain about a broken pipe."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):  # a test's stdout has no descriptor: nothing will be flushed to it
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("diplomatic-readout")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"readout {number}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: readout read report.txt --date 2022-01-10",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version and end."
)
def cli() -> None:
    """Turn diplomatic reporting into records in which every line points to the words it was read from."""


def main() -> None:
    """The entry point of the command ``readout``."""
    try:
        cli(prog_name="readout")
    except KeyboardInterrupt:  # before a command was running
        sys.exit(INTERRUPTED)
