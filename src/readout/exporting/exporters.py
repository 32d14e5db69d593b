"""Every form that records are exported in: what it is for, what it leaves out, and the one door to all of them."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from readout.errors import SettingError
from readout.exporting.annotations import labelstudio_parts, write_brat
from readout.exporting.events import gdelt_rows, icews_rows, plover_rows
from readout.exporting.linked import ftm_lines, jsonld_parts
from readout.exporting.sheets import Keyed, write_csv, write_parquet, write_xlsx
from readout.exporting.wording import Names
from readout.records import dumps

_REASONS = "why and how each item was reached, beyond one reason (`why`, `how`)"
_OPEN = "what stayed open, and notes on reading (`unresolved`, `notes`)"
_REFUSED = "refusals"
_SPANS = "the spans of dates, places, deadlines and conditions (their words stay)"
_TABLES = (_REASONS, _OPEN, _SPANS)
_CODED = (
    "the words of statements, speakers as persons, promises with deadline and condition, relations, occurrences",
    "cues, attribution, confidence, offsets",
    _OPEN,
    _REFUSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """One form of export. ``target`` is ``stream`` (text), ``file`` (one binary file) or ``folder`` (several files).

    ``drops`` names what it leaves out; ``read_back`` the command or function that reads it, None where there is none.
    """

    name: str
    words: str
    target: Literal["stream", "file", "folder"]
    drops: tuple[str, ...]
    read_back: str | None = None
    extra: str | None = None


EXPORTERS: dict[str, Exporter] = {
    x.name: x
    for x in (
        Exporter(
            name="jsonl", words="programs; every record and refusal whole, one a line", target="stream",
            drops=("second names of a document, merges and the log of the archive",), read_back="`readout import`",
        ),
        Exporter(
            name="csv", words="spreadsheets and statistics; one table a kind", target="folder", drops=_TABLES,
        ),
        Exporter(
            name="xlsx", words="one spreadsheet, a sheet a kind", target="file", extra="xlsx",
            drops=(*_TABLES, "of a text what is beyond 32,767 characters"),
        ),
        Exporter(
            name="parquet", words="data frames and DuckDB; one file a kind", target="folder", extra="parquet",
            drops=_TABLES,
        ),
        Exporter(
            name="jsonld", words="linked data in the terms of schema.org and PROV", target="stream",
            drops=(_REASONS, _OPEN, _SPANS, "cues and credits", "the parts of participants save who initiated or was "
                   "host", "how sure an actor is", _REFUSED),
        ),
        Exporter(
            name="ftm", words="entities of FollowTheMoney, one a line", target="stream",
            drops=(_REASONS, _OPEN, "offsets, cues, confidence", "acts and strengths save as keywords",
                   "deadlines and conditions", "whom a statement is directed at", "the exactness of a date beyond its "
                   "first and last day", _REFUSED),
        ),
        Exporter(
            name="gdelt", words="event rows in the 61 columns of GDELT 2.0, without a head line", target="stream",
            drops=(*_CODED, "what is planned, denied, without an exact day, or without a known source and target",
                   "PLOVER categories", "geography beyond the country; countries are ISO codes, not FIPS",
                   "types of actors; tone of the text (AvgTone is empty)"),
        ),
        Exporter(
            name="icews", words="event rows in the 20 columns of ICEWS", target="stream",
            drops=(*_CODED, "what is planned or denied, or without a known source and target", "PLOVER categories",
                   "places (empty); sectors are our words for offices"),
        ),
        Exporter(
            name="plover", words="events in the words of PLOVER, one a line", target="stream",
            drops=("mere statements (CAMEO 01), which PLOVER has no category for", "speakers as persons",
                   "promises with deadline and condition, relations, occurrences", "cues, attribution, confidence",
                   _OPEN, _REFUSED),
        ),
        Exporter(
            name="brat", words="stand-off annotations to look at and correct in brat", target="folder",
            drops=("title, date, issuer and address of the document", "confidence", _REASONS, _OPEN,
                   "spans of line ends alone", _REFUSED),
            read_back="`readout import --from brat` (what reviewers changed)",
        ),
        Exporter(
            name="labelstudio", words="tasks with predictions to look at and correct in Label Studio", target="stream",
            drops=("confidence", _REASONS, _OPEN, "a second item with the id of another", _REFUSED),
            read_back="`readout import --from labelstudio` (what reviewers changed)",
        ),
    )
}  # fmt: skip
"""Every exporter by its name."""

_STREAMS: dict[str, Callable[[Iterable[Keyed], Names | None], Iterator[str]]] = {
    "jsonl": lambda items, _: (dumps(item) + "\n" for _, item in items),
    "jsonld": jsonld_parts,
    "ftm": ftm_lines,
    "gdelt": gdelt_rows,
    "icews": icews_rows,
    "plover": plover_rows,
    "labelstudio": lambda items, _: labelstudio_parts(items),
}
_FOLDERS: dict[str, Callable[[Iterable[Keyed], Path], list[Path]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "brat": write_brat,
}


def export_parts(items: Iterable[Keyed], form: str, names: Names | None = None) -> Iterator[str]:
    """The text of an export whose target is a stream, in parts; nothing is held but who was named before.

    Raises:
        SettingError: the form is not known, or makes files and no stream.
    """
    exporter = _known(form)
    if exporter.target != "stream":
        raise SettingError(f"{form} makes files; name where they go with -o", value=form)
    return _STREAMS[form](items, names)


def export_files(items: Iterable[Keyed], form: str, target: Path) -> None:
    """Write an export whose target is a file or a folder; ``target`` may be a zip archive of the folder.

    The same items give the same bytes of a zip archive.
    Raises:
        SettingError: the form is not known, is a stream, or the target cannot be written.
        ExtraMissing: a package that the form needs is not installed.
    """
    exporter = _known(form)
    try:
        if exporter.target == "file":
            write_xlsx(items, target)
        elif exporter.target == "stream":
            raise SettingError(f"{form} is one text; use export_parts", value=form)
        elif target.suffix.lower() == ".zip":
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                _zip(_FOLDERS[form](items, Path(folder)), target)
        else:
            target.mkdir(exist_ok=True)
            _FOLDERS[form](items, target)
    except OSError as error:
        raise SettingError(
            f"{target.name!r} cannot be written: {error.strerror}; name a place in a folder that exists"
        ) from error


def _zip(paths: list[Path], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(paths):
            entry = zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as out:
                shutil.copyfileobj(file, out)


def drops_table(form: str | None = None) -> str:
    """What each form leaves out, or one of them, as lines of text.

    Raises:
        SettingError: the form is not known.
    """
    out = []
    for x in [_known(form)] if form else EXPORTERS.values():
        out.append(f"{x.name}: {x.words}")
        out += [f"  leaves out {dropped}" for dropped in x.drops]
        out.append(f"  read back with {x.read_back}" if x.read_back else "  is not read back")
    return "\n".join(out) + "\n"


def _known(form: str) -> Exporter:
    if form not in EXPORTERS:
        raise SettingError(f"export {form[:40]!r} is not known; use one of: {', '.join(EXPORTERS)}", value=form[:40])
    return EXPORTERS[form]
