"""``readout demo``: the examples that come with the program."""

from __future__ import annotations

import click

from readout.cli.read import output_options, show
from readout.errors import SettingError, SourceMissing
from readout.reading.examples import examples


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the examples instead of reading one.")
@click.option("--source", "as_source", is_flag=True, help="Print the example's text instead of its record.")
@output_options
def demo(
    name: str | None, listed: bool, as_source: bool, format: str, why: bool, output: str | None, colour: str
) -> None:
    """Read the example NAME and print its record; the first one where no NAME is given.

    The examples are of our own writing; the exchanges in them are invented.

    \b
    Examples:
      readout demo
      readout demo --list
      readout demo joint-statement --format html -o page.html
    """
    found = examples()
    if not found:
        raise SourceMissing("the examples are not installed; install the package again")
    if listed:
        width = max(len(key) for key in found)
        for key, example in found.items():
            click.echo(f"  {key:<{width}}  {example['title'] or ''}")
        return
    first = "press-call" if "press-call" in found else next(iter(found))
    chosen = name or first
    if chosen not in found:
        raise SettingError(f"there is no example {chosen!r}; use one of: {', '.join(found)}", value=chosen)
    if as_source:
        click.echo(found[chosen]["text"], nl=False)
        return
    from readout.reading import from_mapping
    from readout.settings import Settings

    settings = Settings()
    click.echo(f"Example {chosen!r}, an invented exchange. Its text: readout demo {chosen} --source", err=True)
    click.echo("Others: readout demo NAME, with NAME one of the list of `readout demo --list`.\n", err=True)
    document = from_mapping(found[chosen], settings=settings)
    show([document], settings, format=format, why=why, output=output, colour=colour)
