"""``readout encounters``, ``statements`` and the other kinds: one vocabulary of filters for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from readout.cli import pour
from readout.cli.adding import archive_option
from readout.cli.days import FIRST, LAST
from readout.cli.sides import tell_unknown
from readout.errors import SourceMissing
from readout.exporting.escaping import visible
from readout.querying import FILTERS_OF, find, render_rows, rows_of, write_rows
from readout.storing import Archive, Place

_HELP = {
    "side": "State or organisation whose item it is, such as KAZ or Kazakhstan.",
    "with": "The other side.",
    "person": "A name, or a whole word of it.",
    "office": "An office, such as foreign_minister.",
    "act": "What the statement does, such as commit.",
    "family": "The family of the act, such as directive.",
    "kind": "The kind, such as phone_call, war, attack.",
    "strength": "firm or willing.",
    "status": "reported, past or planned.",
    "code": "A CAMEO code such as 05, or a PLOVER category.",
    "since": "First day; of a month or year (2024-05) its first.",
    "until": "Last day; of a month or year its last.",
    "issuer": "Who published it: a state, an organisation or a name.",
    "text": 'Words that must occur; "several together"; begin* as a beginning.',
}
# what a table on a terminal shows of each kind; CSV and JSON have everything
_SHOWN: dict[str, tuple[str, ...]] = {
    "encounters": ("published", "date", "status", "kind", "participants", "words"),
    "statements": ("published", "speakers", "act", "toward", "words"),
    "commitments": ("published", "promisor", "beneficiary", "strength", "words"),
    "relations": ("published", "between", "kind", "words"),
    "occurrences": ("published", "date", "kind", "states", "words"),
    "documents": ("document", "published", "issuer", "title", "words"),
}
_WIDEST = 60


def _command(kind: str) -> click.Command:
    def run(form: str, limit: int, output: Path | None, archive_file: Place, **filters: Any) -> None:
        if form == "xlsx" and output is None:
            raise SourceMissing("a spreadsheet is a file; give -o FILE.xlsx")
        asked: dict[str, Any] = {name: value for name, value in filters.items() if value}
        with Archive.open(archive_file) as archive:
            found = find(archive, kind, limit=limit, **asked)
        if form == "xlsx" and output is not None:
            write_rows(found, kind, output)
            parts: Iterable[str] = ()
        elif form == "table":
            rows = rows_of(found)
            for row, hit in zip(rows, found, strict=True):
                row["words"] = _marked(hit.words, hit)
            parts = table_lines(_SHOWN[kind], [tuple(row[column] for column in _SHOWN[kind]) for row in rows])
        else:
            parts = render_rows(found, kind, form)
        if output is not None and form != "xlsx":
            output.write_text("".join(parts), encoding="utf-8", newline="")
        else:
            pour(parts)
        if not found:
            tell_unknown([*filters.get("side", ()), *filters.get("with_", ())])
            _tell_near(archive_file, filters.get("person") or ())
        if len(found) == limit:
            click.echo(f"readout: only the first {limit} are shown; raise --limit for more", err=True)

    command: Callable[..., Any] = run
    command = archive_option(command)
    command = click.option(
        "--limit", type=click.IntRange(1, 1_000_000), default=100, show_default=True, help="At most so many."
    )(command)
    command = click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv", "xlsx"]), default="table", show_default=True,
        help="The form of the answer.",
    )(command)  # fmt: skip
    command = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write the answer to FILE.",
    )(command)
    for name in sorted(FILTERS_OF[kind], key=list(_HELP).index, reverse=True):
        dated = name in ("since", "until")
        command = click.option(
            f"--{name}", "with_" if name == "with" else name, help=_HELP[name],
            type=(FIRST if name == "since" else LAST) if dated else str, multiple=not dated and name != "text",
        )(command)  # fmt: skip
    help = f"Find {kind} by filters, which narrow each other; a filter given twice widens it."
    return click.command(kind, help=help)(command)


def _tell_near(archive_file: Place, persons: Iterable[str]) -> None:
    """Say on stderr whose names are like a name that nobody in the archive bears."""
    from readout.following import near_names

    with Archive.open(archive_file) as archive:
        for person in persons:
            if near := near_names(archive, person):
                told = f"nobody here is called {person[:60]!r}; the nearest: {', '.join(near)}"
                click.echo(f"readout: {visible(told)}", err=True)


def _marked(words: str, found: Any) -> str:
    """The words with what a search hit between guillemets."""
    shown = found.shown
    out, at = [], 0
    for hit in found.hits:
        start, end = hit.start - shown.start, hit.end - shown.start
        if start < at or end > len(words):
            continue
        out += [words[at:start], "«", words[start:end], "»"]
        at = end
    return "".join([*out, words[at:]])


def table_lines(columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A plain table, the last column as long as it is, the others cut at 60 characters; nothing in it acts."""
    cells = [tuple(visible(str(v)) if v is not None else "-" for v in row) for row in (tuple(columns), *rows)]
    widths = [min(_WIDEST, max(len(row[n]) for row in cells)) for n in range(len(cells[0]))]
    for row in cells:
        *first, last = row or ("",)
        short = [v if len(v) <= w else v[: w - 1] + "…" for v, w in zip(first, widths, strict=False)]
        yield "  ".join([*(f"{v:<{w}}" for v, w in zip(short, widths, strict=False)), last]).rstrip() + "\n"


encounters = _command("encounters")
statements = _command("statements")
commitments = _command("commitments")
relations = _command("relations")
occurrences = _command("occurrences")
documents = _command("documents")
