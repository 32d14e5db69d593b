"""A dyad for people and spreadsheets: tables and bars of plain text, CSV with one row a period."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, get_args

from readout.charting.dyads import LEVELS, Dyad, Period, Tone
from readout.coding import TOPICS
from readout.exporting.escaping import quoted, visible
from readout.exporting.wording import Names, name_of, spaced
from readout.querying.tabulating import csv_lines
from readout.records.items import EncounterKind

CHANNELS: tuple[str, ...] = get_args(EncounterKind)
_TONE_COLUMNS = ("count", "mean", "cooperative", "cooperative_sum", "conflictual", "conflictual_sum", "neutral")
DYAD_COLUMNS: tuple[str, ...] = (
    "one", "other", "period", "first", "last", "held", "planned", "accounts",
    *(f"channel_{x}" for x in CHANNELS), *(f"level_{x}" for x in LEVELS), "statements",
    *(f"{way}_{x}" for way in ("one_to_other", "other_to_one") for x in _TONE_COLUMNS),
    *(f"topic_{x}" for x in TOPICS), "new_labels",
)  # fmt: skip
"""The columns of ``dyad_csv``."""

_BAR = 40
_WIDTH = 100
_TOPICS_SHOWN = 5
_RUN = 3


def dyad_text(dyad: Dyad, names: Names | None = None) -> str:
    """The dyad as tables: encounters by channel and level, tone each way, labels, topics."""
    out = [visible(_head(dyad, names)), f"{dyad.documents} document{'' if dyad.documents == 1 else 's'} tell of both"]
    periods = [p for p, _ in rows_of_periods(dyad)]
    if not periods and not dyad.labels:
        return "\n".join([*out, "nothing to show"]) + "\n"
    channels = [x for x in CHANNELS if any(x in p.channels for p in periods)]
    levels = [x for x in LEVELS if any(x in p.levels for p in periods)]
    if periods:
        out += ["", "ENCOUNTERS"]
        head = ("", "held", "planned", "accounts", *(spaced(x) for x in channels), *levels)
        rows: list[Sequence[Any]] = [
            (p.name, p.held, p.planned, p.accounts, *(p.channels.get(x, 0) for x in channels),
             *(p.levels.get(x, 0) for x in levels))
            for p in periods
        ]  # fmt: skip
        out += _table(head, rows)
        out += ["", f"TONE ({dyad.scale})"]
        head = ("", "from", "to", "codes", "cooperative", "sum", "conflictual", "sum", "mean")
        out += _table(head, [_tone_row(p.name, t) for p in periods for t in p.tone if t.count], left=3)
    if dyad.labels:
        out += ["", "RELATION"]
        for x in dyad.labels:
            days = (
                f"{x.first or 'undated'} to {x.last or 'undated'}" if x.first != x.last else str(x.first or "undated")
            )
            where = x.first_document if x.documents == 1 else f"{x.documents} documents, first {x.first_document}"
            words = visible(f"{days}, {spaced(x.kind)}: {quoted(x.words)} ({where})")
            out += textwrap.wrap(words, _WIDTH, initial_indent="  ", subsequent_indent="      ")
    if dyad.topics:
        out += ["", "TOPICS"]
        wide = max(len(p.name) for p in periods if p.topics)
        for p in periods:
            top = sorted(p.topics.items(), key=lambda x: (-x[1], x[0]))[:_TOPICS_SHOWN]
            if top:
                out.append(f"  {p.name:<{wide}}  {', '.join(f'{spaced(topic)} {n}' for topic, n in top)}")
    return "\n".join(out) + "\n"


def dyad_plot(dyad: Dyad, names: Names | None = None) -> str:
    """The dyad as bars of plain characters: ``#`` what took place, ``.`` what was planned, ``+`` and ``-`` the tone."""
    periods = [p for p, _ in rows_of_periods(dyad)]
    wide = max((len(p.name) for p in periods), default=0)
    out = [visible(_head(dyad, names)), "", "encounters   # took place   . planned"]
    most = max((p.held + p.planned for p in periods), default=0)
    for p in periods:
        held, planned = _scaled(p.held, most), _scaled(p.planned, most)
        told = f"{p.held}" + (f" and {p.planned} planned" if p.planned else "")
        out.append(f"{p.name:<{wide}} {'#' * held}{'.' * planned}{' ' * bool(held + planned)}{told}")
    for way in (0, 1):
        tones = [(p.name, p.tone[way]) for p in periods]
        source, target = (dyad.one, dyad.other) if way == 0 else (dyad.other, dyad.one)
        out += ["", visible(f"tone, {source} to {target}   - conflictual | cooperative + (sums, {dyad.scale})")]
        most_of = max((max(t.cooperative_sum, -t.conflictual_sum) for _, t in tones), default=0.0)
        half = _BAR // 2
        for name, t in tones:
            down, up = _scaled(-t.conflictual_sum, most_of, half), _scaled(t.cooperative_sum, most_of, half)
            told = f"{t.conflictual_sum:+.1f} {t.cooperative_sum:+.1f}" if t.count else "nothing said"
            out.append(f"{name:<{wide}} {'-' * down:>{half}}|{'+' * up:<{half}} {told}")
    return "\n".join(out) + "\n"


def dyad_csv(dyad: Dyad) -> Iterator[str]:
    """The dyad as CSV lines with the columns of ``DYAD_COLUMNS``, one row a period; what is undated in the last row."""
    yield from csv_lines(DYAD_COLUMNS, (_csv_row(dyad, p) for p in _shown(dyad)))


def _csv_row(dyad: Dyad, p: Period) -> tuple[Any, ...]:
    tone = [
        value
        for t in p.tone
        for value in (
            t.count, "" if t.mean is None else round(t.mean, 3), t.cooperative, round(t.cooperative_sum, 3),
            t.conflictual, round(t.conflictual_sum, 3), t.neutral,
        )
    ]  # fmt: skip
    return (
        dyad.one, dyad.other, p.name, p.first.isoformat() if p.first else "", p.last.isoformat() if p.last else "",
        p.held, p.planned, p.accounts, *(p.channels.get(x, 0) for x in CHANNELS),
        *(p.levels.get(x, 0) for x in LEVELS), p.statements, *tone, *(p.topics.get(x, 0) for x in TOPICS),
        "; ".join(p.new_labels),
    )  # fmt: skip


def _shown(dyad: Dyad) -> list[Period]:
    """The periods, and what is undated where there is something."""
    u = dyad.undated
    return [*dyad.periods, *([u] if u.held or u.planned or u.statements else [])]


def rows_of_periods(dyad: Dyad) -> list[tuple[Period, int]]:
    """The rows to show, each with how many periods it stands for: runs of three and more without anything are one."""
    out: list[tuple[Period, int]] = []
    for empty, run in groupby(_shown(dyad), key=lambda p: p.is_empty and p.name != dyad.undated.name):
        periods = list(run)
        if empty and len(periods) >= _RUN:
            out.append((replace(periods[0], name=f"{periods[0].name} to {periods[-1].name}"), len(periods)))
        else:
            out += [(p, 1) for p in periods]
    return out


def _head(dyad: Dyad, names: Names | None) -> str:
    days = [f"since {dyad.since}" if dyad.since else "", f"until {dyad.until}" if dyad.until else ""]
    return ", ".join(x for x in (
        f"{name_of(dyad.one, names)} ({dyad.one}) and {name_of(dyad.other, names)} ({dyad.other})", f"by {dyad.by}",
        *days) if x)  # fmt: skip


def _scaled(value: float, most: float, width: int = _BAR) -> int:
    """How many characters a value has of ``width``; at least one where it is not nothing."""
    return max(1, round(width * value / most)) if value > 0 and most > 0 else 0


def _tone_row(name: str, t: Tone) -> tuple[Any, ...]:
    mean = "-" if t.mean is None else f"{t.mean:+.2f}"
    return (name, t.source, t.target, t.count, t.cooperative, f"{t.cooperative_sum:+.1f}", t.conflictual,
            f"{t.conflictual_sum:+.1f}", mean)  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]], left: int = 1) -> list[str]:
    cells = [[visible(str(v)) for v in row] for row in (head, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    out = []
    for row in cells:
        aligned = [f"{v:<{w}}" if n < left else f"{v:>{w}}" for n, (v, w) in enumerate(zip(row, widths, strict=True))]
        out.append("  " + "  ".join(aligned).rstrip())
    return out
