"""Exchanges and comparisons for people: plain text, and one HTML page that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from collections.abc import Iterable

from readout.comparing.accounts import Asked, Comparison, Difference, Row
from readout.comparing.exchanges import Exchange
from readout.exporting.escaping import html_words, quoted, visible
from readout.exporting.html import page_style
from readout.exporting.wording import Names, actors_words, encounter_head, encounter_words, sides
from readout.records import Record, Statement

_WIDTH = 88
_HEADS = {
    "by_all": "Told by both",
    "differently": "Told differently",
    "alone": "Told by one alone",
}
_KINDS = {
    "act": "act",
    "strength": "strength",
    "polarity": "polarity",
    "speaker": "said by",
    "left_out": "only here",
    "number": "number only here",
    "date": "date only here",
}
_CSS = """
.sides{width:100%;border-collapse:collapse;table-layout:fixed;font-size:.95rem}
.sides th,.sides td{vertical-align:top;text-align:left}
.sides th,.sides td{padding:.5rem .7rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
.sides td p{margin:.1rem 0}.sides .none{color:var(--dim)}
.sides td ul{margin:.2rem 0;padding-left:1.1rem;color:var(--warn)}
"""


def exchanges_text(found: Iterable[Exchange], names: Names | None = None) -> str:
    """Every exchange with its accounts and the reason of each join."""
    out: list[str] = []
    for x in found:
        out.append(visible(f"{encounter_head(x.lead)}: {encounter_words(x.lead, names)}"))
        for a in x.accounts:
            copy = f", reprints {a.copy_of}" if a.copy_of else ""
            issuer = f" ({a.issuer})" if a.issuer else ""
            out.append("  " + visible(f"{a.role}: {a.document}{issuer}{copy}  [{a.encounter.id}]"))
        for j in x.joins:
            why = f"{j.score:.2f} {j.one[0]} = {j.other[0]}: {'; '.join(j.reasons)}"
            out += textwrap.wrap(visible(why), _WIDTH, initial_indent="    ", subsequent_indent="      ")
        out.append("")
    return "\n".join(out) or "No exchange is told by more than one of the documents.\n"


def comparison_text(comparison: Comparison, names: Names | None = None) -> str:
    """The comparison as text: who asked, then what is told by both, differently, and by one alone."""
    out = [exchange_words(comparison, names)]
    for letter, record in lettered(comparison):
        out.append(f"{letter}  {visible(_title(record))}")
    out += ["", *(visible(asked_words(letter, a, names)) for (letter, _), a in
                  zip(lettered(comparison), comparison.asked, strict=True))]  # fmt: skip
    for told, head in _HEADS.items():
        rows = [row for row in comparison.rows if row.told == told]
        if rows:
            out += ["", f"{head.upper()} ({len(rows)})"]
        for row in rows:
            out.append("")
            for (letter, record), cell in zip(lettered(comparison), row.statements, strict=True):
                for s in cell:
                    line = f"{letter}  {_who(s, names)}, {s.act}: {quoted(visible(s.content.of(record.text)))}"
                    out += textwrap.wrap(visible(line), _WIDTH, initial_indent="  ", subsequent_indent="     ")
            for d in row.differences:
                words = difference_words(d, comparison, names)
                out += textwrap.wrap(visible(f"! {words}"), _WIDTH, initial_indent="     ", subsequent_indent="       ")
    return "\n".join(out) + "\n"


def comparison_html(comparison: Comparison, names: Names | None = None) -> str:
    """The comparison as one self-contained page: no script, nothing loaded, every character of a text escaped."""
    style = page_style() + _CSS
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    head = html_words(visible(exchange_words(comparison, names)))
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    out = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>Compared – readout</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<article>\n"
        f"<header><h2>Accounts compared</h2><p class='facts'><bdi>{head}</bdi></p></header>\n<ul>\n"
    ]
    for (letter, _), asked in zip(lettered(comparison), comparison.asked, strict=True):
        out.append(f"<li><bdi>{html_words(visible(asked_words(letter, asked, names)))}</bdi></li>\n")
    out.append("</ul>\n")
    for told, title in _HEADS.items():
        rows = [row for row in comparison.rows if row.told == told]
        if not rows:
            continue
        out.append(f"<h3>{title} ({len(rows)})</h3>\n<table class='sides'>\n<thead><tr>")
        for letter, record in lettered(comparison):
            out.append(f"<th scope='col'>{letter} <bdi>{html_words(visible(_title(record)))}</bdi></th>")
        out.append("</tr></thead>\n<tbody>\n")
        out += [_html_row(row, comparison, names) for row in rows]
        out.append("</tbody></table>\n")
    return "".join(out) + "</article>\n</main>\n</body>\n</html>\n"


def _html_row(row: Row, comparison: Comparison, names: Names | None) -> str:
    out = "<tr>"
    for record, cell in zip(comparison.records, row.statements, strict=True):
        out += "<td>" if cell else "<td class='none'>–"
        for s in cell:
            who = html_words(visible(f"{_who(s, names)}, {s.act}"))
            words = html_words(quoted(visible(s.content.of(record.text))))
            out += f"<p><b><bdi>{who}</bdi></b> <bdi>{words}</bdi></p>"
        told = [(d.kind, d.told[d.documents.index(record.id)]) for d in row.differences if record.id in d.documents]
        notes = list(dict.fromkeys((k, t) for k, t in told if t))
        if notes and cell:
            out += "<ul>"
            for kind, words in notes:
                shown = sides(words.split(", "), names) if kind == "speaker" else words
                out += f"<li>{_KINDS[kind]}: <bdi>{html_words(visible(shown))}</bdi></li>"
            out += "</ul>"
        out += "</td>"
    return out + "</tr>\n"


def lettered(comparison: Comparison) -> list[tuple[str, Record]]:
    """The records with the letters they are called by, A first."""
    return [(chr(ord("A") + n) if n < 26 else f"D{n + 1}", r) for n, r in enumerate(comparison.records)]


def _title(record: Record) -> str:
    day = record.date.isoformat() if record.date else ""
    return " · ".join(x for x in (record.title or record.id, record.issuer or "", day) if x)


def _who(statement: Statement, names: Names | None) -> str:
    return actors_words(statement.speakers, names)


def exchange_words(comparison: Comparison, names: Names | None) -> str:
    """The exchange that the accounts share, or that none was found."""
    if comparison.exchange is None:
        return "These documents were not found to tell of one exchange; what follows is what their words share."
    lead = comparison.exchange.lead
    return visible(f"{encounter_head(lead)}: {encounter_words(lead, names)}")


def asked_words(letter: str, asked: Asked, names: Names | None) -> str:
    """Who asked for the talk, as the account of that letter tells it."""
    return f"{letter}  asked for by {sides(asked.sides, names)}" if asked.sides else f"{letter}  does not say who asked"


def difference_words(difference: Difference, comparison: Comparison, names: Names | None) -> str:
    """``act: A concern | B support``: what differs, and what each account has."""
    letters = {record.id: letter for letter, record in lettered(comparison)}
    told = []
    for document, words in zip(difference.documents, difference.told, strict=True):
        if words:
            shown = sides(words.split(", "), names) if difference.kind == "speaker" else words
            told.append(f"{letters[document]} {shown}")
    return f"{_KINDS[difference.kind]}: {' | '.join(told)}"
