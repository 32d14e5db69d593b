"""Bytes in, characters out: the encoding is found out, what had to be changed is kept as a map."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from readout.errors import BinaryData, TextTooLong, UndecodableText
from readout.records import Note, SourceEdit, Span
from readout.settings import Settings

_BOMS = (  # the longer first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", "take its text out with `pdftotext FILE FILE.txt` and read that"),
    (b"PK\x05\x06", "an empty zip archive", "unpack it and read the files inside"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text (UTF-8) and read that"),
    (b"{\\rtf", "an RTF document", "save it as plain text (UTF-8) and read that"),
    (b"\x89PNG", "a PNG picture", "run text recognition on it and read the text"),
    (b"\xff\xd8\xff", "a JPEG picture", "run text recognition on it and read the text"),
    (b"GIF8", "a GIF picture", "run text recognition on it and read the text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it with `gunzip` and read what is inside"),
    (b"BZh", "a bzip2 archive", "unpack it with `bunzip2` and read what is inside"),
    (b"\xfd7zXZ", "an xz archive", "unpack it with `unxz` and read what is inside"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and read the files inside"),
    (b"Rar!", "a rar archive", "unpack it and read the files inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it with `unzstd` and read what is inside"),
    (b"SQLite format 3\x00", "an SQLite database", "export its texts as JSON Lines and read those"),
    (b"\x7fELF", "a program", "give a text file"),
)
_ODD = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html[\s>]|head[\s>])", re.I
)
# What an English text in Windows-1252 has above ASCII: curly quotes, dashes, ellipsis, bullets, signs.
_TYPOGRAPHY = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u20ac\u2122\u00a0\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0\u00b7\u00bb\u00bd"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text with how it was found: the encoding's name, the edits against the decoded source, the notes."""

    text: str
    encoding: str
    edits: tuple[SourceEdit, ...] = ()
    notes: tuple[Note, ...] = ()


def media_type(data: bytes) -> str:
    """``text/plain``, ``text/html``, ``application/pdf`` ... as told by the first bytes."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    head = data[3:2048] if data.startswith(codecs.BOM_UTF8) else data[:2048]
    if _HTML.match(head):
        return "text/html"
    if data.startswith(b"PK\x03\x04"):
        return "application/zip"
    if any(data.startswith(mark) for mark, _, _ in _MAGIC):
        return "application/octet-stream"
    return "text/plain"


def refuse_binary(data: bytes) -> None:
    """Raise ``BinaryData`` with what the bytes are and how to mend it, if their first bytes tell."""
    if data.startswith(b"PK\x03\x04"):
        what, mend = "a zip archive", "unpack it and read the files inside"
        if b"word/" in data or b"[Content_Types].xml" in data[:200]:
            what, mend = "an Office document (docx or the like)", "save it as plain text (UTF-8) and read that"
        raise BinaryData(f"this is {what}, not text; {mend}", kind=what)
    for mark, what, mend in _MAGIC:
        if data.startswith(mark):
            raise BinaryData(f"this is {what}, not text; {mend}", kind=what)


def decode(data: bytes, settings: Settings) -> Decoded:
    """The characters of ``data`` with everything that was decided on the way.

    Raises:
        TextTooLong: more bytes than ``settings.max_bytes``.
        BinaryData: the bytes are no text.
        UndecodableText: no encoding is certain enough.
    """
    if len(data) > settings.max_bytes:
        raise TextTooLong(
            f"the source has {len(data):,} bytes, the limit is {settings.max_bytes:,}; cut it into documents, "
            "or raise the setting max_bytes",
            size_bytes=len(data),
            limit=settings.max_bytes,
        )
    refuse_binary(data)
    for mark, encoding in _BOMS:
        # FF FE 00 00 is also UTF-16 that begins with a NUL: no text does
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, settings, bom=True)
    wide = _wide(data)
    if wide:
        return _strict(data, wide, settings, bom=False)
    try:
        return _mended(data.decode("utf-8"), "utf-8", settings)
    except UnicodeDecodeError:
        pass  # not UTF-8 as it stands: damaged UTF-8 or another encoding, decided below
    escaped = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= c <= "\udcff" for c in escaped)
    whole = sum(c > "\x7f" for c in escaped) - bad
    if bad <= len(data) * settings.max_damage_share and whole > 2 * bad:
        note = Note(code="encoding-damaged", message=f"UTF-8 with {bad} invalid bytes, each kept as U+FFFD")
        return _mended(escaped, "utf-8", settings, notes=(note,))
    return _eight_bit(data, settings)


def _wide(data: bytes) -> str | None:
    # UTF-16 and UTF-32 without a mark: every other byte (three of four) of an English text is NUL.
    sample = data[: min(len(data), 4096) // 4 * 4]
    if len(sample) < 8:
        return None
    columns = [sample[i::4].count(0) / (len(sample) // 4) for i in range(4)]
    nul = [share > 0.7 for share in columns]
    none = [share < 0.1 for share in columns]
    if all(nul[1:]) and none[0]:
        return "utf-32-le"
    if all(nul[:3]) and none[3]:
        return "utf-32-be"
    if nul[1] and nul[3] and none[0] and none[2]:
        return "utf-16-le"
    if nul[0] and nul[2] and none[1] and none[3]:
        return "utf-16-be"
    return None


def _strict(data: bytes, encoding: str, settings: Settings, *, bom: bool) -> Decoded:
    notes: list[Note] = []
    if encoding != "utf-8":
        how = "its byte order mark" if bom else "the places of its NUL bytes"
        notes.append(Note(code="encoding", message=f"read as {encoding}, told by {how} (confidence 1.00)"))
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        bad = text.count("\ufffd")
        if bad > max(1, len(text) * settings.max_damage_share):
            raise UndecodableText(
                f"the source is marked as {encoding} but does not decode as such; convert it to UTF-8, for example "
                "with `iconv -f ENCODING -t UTF-8`",
                encoding=encoding,
            ) from error
        notes.append(Note(code="encoding-damaged", message=f"{encoding} with {bad} invalid places, kept as U+FFFD"))
    return _mended(text, encoding, settings, notes=tuple(notes), bom=bom)


def _mended(
    text: str, encoding: str, settings: Settings, *, notes: tuple[Note, ...] = (), bom: bool = False
) -> Decoded:
    """The text with NULs and lone surrogates as U+FFFD, one for one, and the mark taken off; each with its edit."""
    controls = len(_CONTROL.findall(text))
    if controls > max(2, len(text) * settings.max_control_share):
        raise BinaryData(
            f"{controls} of {len(text)} characters are control characters, so this is no text; "
            "give plain text, JSON or JSON Lines",
            controls=controls,
        )
    shift = 1 if bom else 0
    edits = [SourceEdit(source_start=0, text_start=0, old="\ufeff", new="")] if bom else []
    out = list(notes)
    if bom:
        out.append(Note(code="bom", message="a byte order mark was taken off the beginning"))
    odd = [m.start() for m in _ODD.finditer(text)]
    if odd:
        edits += [SourceEdit(source_start=i + shift, text_start=i, old=text[i], new="\ufffd") for i in odd]
        out.append(
            Note(
                code="characters-replaced",
                message=f"{len(odd)} characters that no text can hold (NUL, lone surrogates) are now U+FFFD",
                span=Span(odd[0], odd[0] + 1),
            )
        )
        text = _ODD.sub("\ufffd", text)
    return Decoded(text=text, encoding=encoding, edits=tuple(edits), notes=tuple(out))


def _eight_bit(data: bytes, settings: Settings) -> Decoded:
    # charset-normalizer is slow on large input: it sees the 64 kB from a little before the first byte beyond ASCII
    first = next((i for i, b in enumerate(data) if b > 127), 0)
    sample = data[max(0, first - 2048) :][:65_536]
    if sum(b < 9 or 13 < b < 27 for b in sample) > max(2, len(sample) * settings.max_control_share):
        raise BinaryData(
            "the source holds bytes that no text has; give plain text, JSON or JSON Lines", kind="unknown binary"
        )
    western = _western(data)
    if western is not None:
        note = Note(
            code="encoding",
            message="not UTF-8; read as cp1252: every byte beyond ASCII is a sign or letter where English has one "
            "(confidence 0.95)",
        )
        return _mended(western, "cp1252", settings, notes=(note,))
    from charset_normalizer import from_bytes  # loaded late: most texts are UTF-8

    best = from_bytes(sample).best()
    if best is None or best.chaos > settings.max_decoding_chaos:
        raise UndecodableText(
            "the encoding could not be found out: not UTF-8, and no other one is certain enough; convert it to UTF-8, "
            "for example with `iconv -f windows-1251 -t UTF-8`",
            best=best.encoding if best else None,
        )
    note = Note(
        code="encoding",
        message=f"not UTF-8; read as {best.encoding}, found by charset-normalizer (confidence {1 - best.chaos:.2f})",
    )
    try:
        return _mended(data.decode(best.encoding), best.encoding, settings, notes=(note,))
    except (UnicodeDecodeError, LookupError) as error:
        raise UndecodableText(
            f"the source looks like {best.encoding} but not throughout; convert it to UTF-8, for example with "
            f"`iconv -f {best.encoding} -t UTF-8`",
            best=best.encoding,
        ) from error


def _western(data: bytes) -> str | None:
    """The text in Windows-1252 if its signs say so: typographic signs anywhere, letters only inside Latin words."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [i for i, c in enumerate(text) if c > "\x7f"]
    if len(high) > 0.05 * len(text) + 1:
        return None
    for i in high:
        c = text[i]
        if c in _TYPOGRAPHY:
            continue
        near = text[max(0, i - 1) : i] + text[i + 1 : i + 2]
        if not (c.isalpha() and c.isprintable() and any(n.isascii() and n.isalpha() for n in near)):
            return None
    # Cyrillic words in cp1251 are runs of high letters; Western ones hardly ever have three in a row
    return None if re.search("[\u00c0-\u00ff]{3}", text) else text
