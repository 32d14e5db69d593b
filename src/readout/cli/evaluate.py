"""``readout evaluate``: records against gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from readout.evaluating import Breach, Judgement, RunComparison, Scores
    from readout.records import Document

# what a reader may know of a gold document; never its records
_INPUT_FIELDS = ("id", "text", "title", "date", "issuer", "issuer_kind", "issuer_of", "url")


@click.command(
    epilog="""\b
Example:
  readout evaluate gold.jsonl --predictions records.jsonl --misses 5 --html report.html

Exit code 1 when a floor is broken.""",
)
@click.argument("gold", nargs=-1, required=True, type=click.Path(dir_okay=False))
@click.option(
    "--predictions",
    metavar="FILE",
    help="Score these records (JSON lines, - for standard input) instead of reading the gold's texts now.",
)
@click.option("--against", metavar="FILE", help="Compare with the records of an earlier run: gains and losses.")
@click.option("--html", "html_out", metavar="OUT", help="Write a report as one HTML page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--misses", "most", metavar="N", default=20, show_default=True, type=click.IntRange(0), help="Errors shown."
)
@click.option(
    "--bootstrap",
    "rounds",
    metavar="N",
    default=0,
    show_default=True,
    type=click.IntRange(0, 100_000),
    help="95 % intervals from N resamplings of the documents.",
)
@click.option("--floors", "floors_file", metavar="FILE", help="Check that no figure falls below its floor.")
@click.option("--raise-floors", is_flag=True, help="Raise the floors of --floors to what was reached; none is lowered.")
def evaluate(
    gold: tuple[str, ...],
    predictions: str | None,
    against: str | None,
    html_out: str | None,
    as_json: bool,
    most: int,
    rounds: int,
    floors_file: str | None,
    raise_floors: bool,
) -> None:
    """Score records against GOLD files and show every error beside its text.

    GOLD is JSON lines, one document with its record a line, or a .json file. Without --predictions the texts are read
    now. Figures go to standard output, remarks to standard error.
    """
    from readout import evaluating

    if raise_floors and floors_file is None:
        raise click.UsageError("--raise-floors needs --floors FILE, the file to raise.")
    documents = evaluating.read_gold(gold)
    floors = evaluating.read_floors(floors_file) if floors_file and Path(floors_file).exists() else None
    if floors_file and floors is None and not raise_floors:
        floors = evaluating.read_floors(floors_file)  # says that there is none
    predicted = evaluating.read_predictions(predictions) if predictions else read_now(documents)
    refused = sum("refused" in record for record in predicted.values())
    if refused:
        click.echo(f"{refused} of {len(predicted)} documents were refused: each counts as an empty record", err=True)

    scores = evaluating.score(documents, predicted)
    found = evaluating.judgements(documents, predicted)
    bands = evaluating.intervals(scores, rounds) if rounds else {}
    comparison = None
    if against:
        # the interval tells chance from change, so a comparison has one unless it was given its own number
        before = evaluating.read_predictions(against)
        comparison = evaluating.compare_runs(documents, before, predicted, rounds or 1000)
    breaches = evaluating.check_floors(scores, floors, documents) if floors else []

    if html_out:
        page = evaluating.html_report(scores, found, documents, bands, comparison)
        evaluating.write_report(page, html_out)
    if as_json:
        digest = evaluating.gold_digest(documents)
        click.echo(json.dumps(_whole(scores, digest, bands, found, most, comparison, breaches), ensure_ascii=True))
    else:
        tables = [evaluating.score_table(scores, bands), evaluating.confusion_table(found)]
        tables.append(evaluating.miss_list(found, most))
        if comparison:
            tables.append(evaluating.comparison_table(comparison, most))
        click.echo("\n\n".join(table for table in tables if table).encode("utf-8", "backslashreplace"))
    for breach in breaches:
        click.echo(breach.message, err=True)
    if raise_floors and floors_file:
        if floors and floors.gold_digest != evaluating.gold_digest(documents):
            raise click.UsageError(f"{floors_file} holds the floors of another gold; begin a file for this one.")
        names = ", ".join(Path(path).name for path in gold)
        risen = evaluating.raised(floors, scores) if floors else evaluating.floors_of(scores, documents, names)
        evaluating.write_floors(risen, floors_file)
    if any(breach.what != "not applicable" for breach in breaches):
        raise click.exceptions.Exit(1)


def read_now(gold: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The records, or refusals, that the installed reader makes of the gold's texts, by id."""
    from readout.pipeline import Reader

    refused: dict[str, dict[str, Any]] = {}
    records: Iterable[Any] = Reader.open().read_documents(_documents(gold, refused))
    return {record.id: record.to_json() for record in records} | refused


def _documents(gold: list[dict[str, Any]], refused: dict[str, dict[str, Any]]) -> Iterator[Document]:
    """The documents to read; one that cannot become a document goes to ``refused`` and the rest is still read."""
    from readout.errors import ReadingError
    from readout.reading import from_mapping
    from readout.records import Refusal

    for entry in gold:
        try:
            document = from_mapping({field: entry[field] for field in _INPUT_FIELDS if entry.get(field) is not None})
        except ReadingError as error:
            refused[entry["id"]] = Refusal.of(error, entry["id"]).to_json()
        else:
            yield document


def _whole(
    scores: Scores,
    digest: str,
    bands: dict[str, tuple[float, float]],
    found: list[Judgement],
    most: int,
    comparison: RunComparison | None,
    breaches: list[Breach],
) -> dict[str, Any]:
    out: dict[str, Any] = {"gold_digest": digest, **scores.to_json()}
    for name, band in bands.items():
        out[name]["interval"] = list(band)
    out["misses"] = [judgement.to_json() for judgement in found if judgement.outcome != "right"][:most]
    out["comparison"] = comparison.to_json() if comparison else None
    out["breaches"] = [breach.to_json() for breach in breaches]
    return out
