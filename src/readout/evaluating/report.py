"""The score as one HTML page: no script, nothing loaded from elsewhere, every text escaped last."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from readout.errors import SettingError
from readout.evaluating.figures import Scores
from readout.evaluating.gold import SPAN_FIELD
from readout.evaluating.misses import Judgement, confusions
from readout.evaluating.resampling import Band
from readout.evaluating.runs import ItemChange, RunComparison
from readout.evaluating.tables import GROUPS, how, summary

_CONTEXT_CHARS = 90
_STYLE = """
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; width: 100% }
caption { font-weight: 600; text-align: left; padding: .4rem 0 }
th, td { border-bottom: 1px solid #8884; padding: .25rem .6rem; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
mark { background: #fd06; color: inherit; border-bottom: 2px solid #c80 }
mark.gold { background: #0a63; border-color: #0a6 }
.missed, .lost { color: #b3261e } .extra { color: #8a5300 } .differs { color: #6750a4 }
.gained, .right { color: #146c2e }
summary { cursor: pointer; font-weight: 600; padding: .3rem 0 }
@media (prefers-color-scheme: dark) { .missed, .lost { color: #f2b8b5 } .extra { color: #ffb95c }
  .differs { color: #d0bcff } .gained, .right { color: #7edb95 } }
"""


def html_report(
    scores: Scores,
    found: Sequence[Judgement],
    gold: Iterable[Mapping[str, Any]],
    bands: Mapping[str, Band] | None = None,
    comparison: RunComparison | None = None,
    title: str = "Records against gold",
) -> str:
    """The whole page: figures, acts, confusions, every error in its context, and the comparison where there is one."""
    texts = {document["id"]: document["text"] for document in gold}
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{html.escape(title)}</h1>",
        f"<p>{scores.documents} documents, {scores.negatives} of them without an exchange: false alarms in "
        f"{scores.false_alarms}. Ungrounded {scores.ungrounded}, malformed {scores.malformed}, "
        f"missing {scores.missing}.</p>",
        *_figures(scores, bands or {}),
        *(_comparison(comparison, texts) if comparison else ()),
        *_confusions(found),
        "<h2>Errors, document by document</h2>",
        *_errors(found, texts),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def write_report(page: str, path: str | Path) -> None:
    """Write the page as UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes a character reference.

    Raises:
        SettingError: the file cannot be written.
    """
    try:
        Path(path).write_bytes(page.encode("utf-8", "xmlcharrefreplace"))
    except OSError as error:
        raise SettingError(f"{path} cannot be written: {error.strerror or error}; choose another file") from error


def in_context(text: str, span: tuple[int, int], mark: str = "") -> str:
    """The words of a span marked in what stands around them: the text is cut at the span's edges, then escaped."""
    start, end = span
    before, after = max(0, start - _CONTEXT_CHARS), min(len(text), end + _CONTEXT_CHARS)
    left = ("…" if before else "") + text[before:start]
    right = text[end:after] + ("…" if after < len(text) else "")
    kind = f' class="{mark}"' if mark else ""
    return f"<bdi>{html.escape(left)}<mark{kind}>{html.escape(text[start:end])}</mark>{html.escape(right)}</bdi>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[str], numbers_from: int = 99) -> Iterator[str]:
    cells = "".join(
        f'<th scope="col"{" class=n" if i >= numbers_from else ""}>{html.escape(head)}</th>'
        for i, head in enumerate(heads)
    )
    yield f"<table><caption>{html.escape(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table>"


def _number_row(name: str, numbers: Iterable[str]) -> str:
    cells = "".join(f"<td class=n>{html.escape(number)}</td>" for number in numbers)
    return f'<tr><th scope="row">{html.escape(name)}</th>{cells}</tr>'


def _figures(scores: Scores, bands: Mapping[str, Band]) -> Iterator[str]:
    heads = ("figure", "F1", "precision", "recall", "gold", "predicted", "95 % of F1")
    tables = [(group, {name: scores.rows[name] for name in names}) for group, names in GROUPS]
    for group, rows in [*tables, ("Acts, end to end", dict(scores.by_act))]:
        lines = []
        for name, row in rows.items():
            band = f"{bands[name][0]:.3f} to {bands[name][1]:.3f}" if name in bands else ""
            numbers = (f"{row.f1:.3f}", f"{row.precision:.3f}", f"{row.recall:.3f}", str(row.gold), str(row.predicted))
            lines.append(_number_row(name, (*numbers, band)))
        yield from _table(group, heads, lines, numbers_from=1)


def _confusions(found: Sequence[Judgement]) -> Iterator[str]:
    tables = confusions(found)
    if tables:
        yield "<h2>Confusions</h2>"
    for name, pairs in tables.items():
        rows = [_number_row(f"{gold} as {said}", [str(n)]) for (gold, said), n in pairs.most_common()]
        yield from _table(name, ("gold as predicted", "times"), rows, numbers_from=1)


def _errors(found: Sequence[Judgement], texts: Mapping[str, str]) -> Iterator[str]:
    by_document: dict[str, list[Judgement]] = {}
    for judgement in found:
        if judgement.outcome != "right":
            by_document.setdefault(judgement.document, []).append(judgement)
    if not by_document:
        yield "<p>None.</p>"
    for document, errors in by_document.items():
        yield f"<details><summary>{html.escape(document)}: {len(errors)}</summary>"
        yield from _table(
            "", ("what", "gold", "predicted", "in the text"), (_error_row(error, texts[document]) for error in errors)
        )
        yield "</details>"


def _error_row(error: Judgement, text: str) -> str:
    return (
        f'<tr><td class="{_css(error.outcome)}">{html.escape(error.kind)}: {html.escape(how(error))}</td>'
        f"<td><bdi>{html.escape(summary(error.kind, error.gold))}</bdi></td>"
        f"<td><bdi>{html.escape(summary(error.kind, error.predicted))}</bdi></td><td>{_words(error, text)}</td></tr>"
    )


def _words(error: Judgement, text: str) -> str:
    """The gold's words; below them the predicted ones where they are others."""
    shown = in_context(text, error.span, "gold" if error.gold is not None else "")
    if error.gold is not None and error.predicted is not None:
        start, end = error.predicted[SPAN_FIELD[error.kind]]
        if (start, end) != error.span:
            shown += "<hr>" + in_context(text, (start, end))
    return shown


def _comparison(comparison: RunComparison, texts: Mapping[str, str]) -> Iterator[str]:
    yield "<h2>Against the other run</h2>"
    rows = []
    for name, change in comparison.figures.items():
        band = f"{change.interval[0]:+.3f} to {change.interval[1]:+.3f}" if change.interval else ""
        numbers = (f"{change.before:.3f}", f"{change.after:.3f}", f"{change.difference:+.3f}", band)
        rows.append(_number_row(name, (*numbers, "clear" if change.is_clear else "")))
    for name, (was, now) in comparison.counted.items():
        rows.append(_number_row(name, (str(was), str(now), f"{now - was:+}", "", "")))
    yield from _table("F1 before and after", ("figure", "before", "after", "change", "95 %", ""), rows, numbers_from=1)
    for title, changes in (("gained", comparison.gains), ("lost", comparison.losses)):
        yield f"<details><summary>{len(changes)} items {title}</summary>"
        heads = ("document", "change", "gold", "before", "after", "in the text")
        yield from _table("", heads, (_change_row(change, title, texts) for change in changes))
        yield "</details>"


def _change_row(change: ItemChange, title: str, texts: Mapping[str, str]) -> str:
    found = change.judgement
    runs = (change.before, change.after)
    told = [found.gold, *(judgement.predicted if judgement else None for judgement in runs)]
    cells = "".join(f"<td><bdi>{html.escape(summary(found.kind, item))}</bdi></td>" for item in told)
    return (
        f'<tr><td>{html.escape(found.document)}</td><td class="{title}">{html.escape(found.kind)}: '
        f"{html.escape(how(change.before))} → {html.escape(how(change.after))}</td>{cells}"
        f"<td>{in_context(texts[found.document], found.span)}</td></tr>"
    )


def _css(outcome: str) -> str:
    return outcome.replace("false alarm", "extra")
