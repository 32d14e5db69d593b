"""Characters that must not act: what a terminal, a page or a line of Markdown would obey is shown instead.

A hostile text may carry terminal commands, bidirectional overrides or invisible characters. Each stays visible as
its escape (``\\x1b``, ``\\u202e``); nothing is dropped.
"""

from __future__ import annotations

import html
import re
import unicodedata

_FOLDED = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_JOINERS = frozenset("\u200c\u200d")  # Persian, Indic scripts and emoji need them; they reorder nothing
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#~|$&^!])")


def is_odd(character: str) -> bool:
    """Whether a character would act on a terminal or a page rather than show there."""
    if character in _JOINERS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def escape_of(character: str) -> str:
    """The escape that shows one character: ``\\x1b``, ``\\u202e`` or ``\\U000e0001``."""
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def visible(text: str) -> str:
    """``text`` on one line: runs of spaces and line ends folded to one space, every odd character escaped."""
    folded = _FOLDED.sub(" ", text).strip(" ")
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join(escape_of(c) if is_odd(c) else c for c in folded)


def visible_lines(text: str) -> str:
    """``text`` with its lines and tabs as they are, every other odd character escaped: data shown on a terminal."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "\r\n".join(
        "".join(escape_of(c) if is_odd(c) and c not in "\n\t" else c for c in line) for line in text.split("\r\n")
    )


def html_attribute(text: str) -> str:
    """``text`` for the value of an HTML attribute in double quotes, on one line."""
    return html.escape(visible(text), quote=True)


def html_words(text: str) -> str:
    """``text`` as HTML content whose text, read back by a parser, is ``text`` again.

    An odd character stands alone in an isolated element that shows its escape, so that it cannot reorder what is
    around it. NUL and lone surrogates cannot stand in HTML: U+FFFD stands for them, under their escape.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return html.escape(text, quote=True)
    out: list[str] = []
    for c in text:
        if c in "\n\t" or not is_odd(c):
            out.append(html.escape(c, quote=True))
            continue
        shown = "\ufffd" if c == "\0" or unicodedata.category(c) == "Cs" else "&#13;" if c == "\r" else c
        out.append(f'<span class="odd" data-code="{escape_of(c)}">{shown}</span>')
    return "".join(out)


def markdown_words(text: str) -> str:
    """``text`` on one line of Markdown, with nothing in it that Markdown or HTML would obey."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


def quoted(words: str) -> str:
    """``words`` between quotation marks that do not occur in them, so that it is plain where they end."""
    for opening, closing in (("“", "”"), ("«", "»"), ("‹", "›")):
        if opening not in words and closing not in words and not (opening == "“" and '"' in words):
            return opening + words + closing
    return "⟦" + words + "⟧"


# a spreadsheet runs what begins with one of these; the quotation mark itself is guarded so that it can be undone
_ACTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n", "'")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def guarded(value: str) -> str:
    """``value`` for a CSV cell that no spreadsheet takes for a formula; ``unguarded`` undoes it."""
    return "'" + value if value.startswith(_ACTS) else value


def unguarded(cell: str) -> str:
    """The value that ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") else cell


def writable(value: str) -> str:
    """``value`` with U+FFFD for each half character, which UTF-8 cannot hold; as long as before."""
    return _UNWRITABLE.sub("\ufffd", value)
