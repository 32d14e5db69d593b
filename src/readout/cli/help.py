"""``readout help``: what the formats hold, what the exit codes mean, which errors there are."""

from __future__ import annotations

from collections.abc import Iterator

import click

from readout.cli import EXIT_CODES, cli, exit_code_of
from readout.errors import ReadoutError

TOPICS = ("formats", "exit-codes", "errors")


@click.command("help")
@click.argument("topic", required=False)
@click.pass_context
def help_(ctx: click.Context, topic: str | None) -> None:
    """Explain TOPIC: formats, exit-codes, errors, or the name of a command.

    Example: readout help errors
    """
    if topic is None:
        above = ctx.parent or ctx
        click.echo(cli.get_help(above))
        click.echo(f"\nTopics of `readout help TOPIC`: {', '.join(TOPICS)}, or the name of a command.")
    elif topic == "formats":
        click.echo("\n".join(_formats()))
    elif topic == "exit-codes":
        click.echo("\n".join(f"{code:>4}  {words}" for code, words in EXIT_CODES.items()))
    elif topic == "errors":
        click.echo("\n".join(_errors()))
    else:
        command = cli.get_command(ctx, topic)
        if command is None:
            known = ", ".join([*TOPICS, *cli.list_commands(ctx)])
            raise click.UsageError(f"no help on {topic!r}; use one of: {known}")
        with click.Context(command, info_name=topic, parent=ctx.parent) as inner:
            click.echo(command.get_help(inner))


def _formats() -> Iterator[str]:
    from readout.exporting import FORMAT_WORDS

    width = max(len(name) for name in FORMAT_WORDS)
    for name, words in FORMAT_WORDS.items():
        yield f"  {name:<{width}}  {words}"


def _errors() -> Iterator[str]:
    yield "code  exit  meaning"
    for kind in sorted(_kinds(ReadoutError), key=lambda kind: kind.code):
        first = (kind.__doc__ or "").strip().splitlines()[0]
        yield f"{kind.code}  {exit_code_of(kind('')):>4}  {kind.__name__}: {first}"


def _kinds(root: type[ReadoutError]) -> Iterator[type[ReadoutError]]:
    for kind in root.__subclasses__():
        if kind.__module__ == "readout.errors":
            yield kind
        yield from _kinds(kind)
