"""The outer parts of a report: headline, byline, dateline, and where its body begins.

Every pattern works on at most 240 characters of one line, so that no text, however hostile, costs more than a moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from readout.reading.places import AGENCIES, PLACES
from readout.reading.turns import turns
from readout.records import Dateline, Document, Note, Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WINDOW = 240
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = {d: i for i, d in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MONTH = (
    r"(?i:(?:jan|feb|mar|apr|aug|sept|sep|oct|nov|dec|jun|jul)\b\.?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?)"
_DATE = re.compile(
    rf"""(?:on[ ])?(?:(?P<weekday>{_WEEKDAY})(?:,?[ ]|(?=[ ]?[-–—:(])))?
    (?:(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})\b
      |(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<m1>{_MONTH})(?:,?[ ](?P<y1>\d{{4}})\b)?
      |(?P<m2>{_MONTH})[ ]?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?[ ](?P<y2>\d{{4}})\b)?
      |(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./](?P<y3>\d{{4}}|\d\d)\b
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_UPPER}(?:[^\W\d_]|['’.-](?=[^\W\d_])){{0,24}}\.?"
_PLACE = re.compile(rf"{_WORD}(?:(?:[ ]|/)(?:(?:de|del|la|el|al|es|of|and|au|the)[ ])?{_WORD}){{0,4}}")
_AGENCY = re.compile(r"\((?P<round>[^()\n]{2,70})\)|/(?P<slash>[^/\n()]{2,40})/|\[(?P<square>[^][\n]{2,40})\]")
_SEPARATOR = re.compile(r"[ ]?(?:\.?[ ]?[-–—―−]{1,3}|:|\.)(?=\s|[\"“‘'(/A-Z]|$)")
_NOT_PLACES = _words(
    """
        warning notice caution the mr mrs ms dr president vice secretary minister prime question answer moderator
        ambassador
        senator q a note update updated breaking exclusive watch read factbox analysis opinion speaker
        chancellor general colonel admiral reporter journalist interviewer host voice operator staff press
        spokesperson spokesman spokeswoman chairman chairwoman foreign deputy first photo video live in on
        at by for from and what why how when who ministry embassy government statement readout remarks
        transcript summary background communique communiqué subject re to topic date place location time
        venue contact tags source sources title issued
        """
)
_BYLINE = re.compile(r"(?:by|story by|reporting by|written by)[ ](?P<who>[^\n]{3,120})", re.IGNORECASE)
_NAME = re.compile(
    rf"{_UPPER}[^\s,]{{0,30}}(?:[ ](?:(?:al|bin|de|van|von|and|der|la)[ ])?{_UPPER}[^\s,]{{0,30}})"
    r"{1,7}(?:,[ ][^\n]{1,60})?$"
)
_FURNITURE = re.compile(
    r"(?:(?:file )?photo(?:graph)?s?(?: credit| by)?\s?[:/]|image(?: credit)?:|video:|read more\b|also read\b|related:|"
    r"share this\b|follow us\b|subscribe\b|advertisement$|editing by\b|reporting by\b|"
    r"©|copyright\b|all rights reserved)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[A-Z][A-Z .'’-]{0,40}):(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OuterParts:
    """What stands around the body, with notes on what could not be told."""

    dateline: Dateline | None = None
    headline: Span | None = None
    byline: Span | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def body_start(document: Document) -> int:
    """The offset of the body's first character, after headline, byline and dateline; ``len(text)`` if there is none."""
    at = max((part.end for part in (document.headline, document.byline) if part), default=0)
    if document.dateline:
        at = max(at, document.dateline.span.end)
    text = document.text
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def outer_parts(text: str, published: date | None = None) -> OuterParts:
    """Headline, byline and dateline at the beginning of ``text``; a missing year is taken from ``published``."""
    lines = _first_lines(text)
    headline: Span | None = None
    byline: Span | None = None
    notes: list[Note] = []
    dateline: Dateline | None = None
    for index, line in enumerate(lines[:5]):
        found = _dateline(text, line, published, notes)
        if found:
            dateline = found
            break
        if byline is None and _is_byline(line.text):
            byline = Span(line.start, line.end)
            continue
        later = lines[index + 1] if index + 1 < len(lines) else None
        signed = _signed(line, published, notes)
        if signed and signed[1]:
            dateline = Dateline(span=Span(line.start, line.end), place=None, date=signed[1], agency=signed[0])
            break
        if signed and later and _dateline(text, later, published, []):
            byline = Span(line.start, line.end)
            continue
        if index == 0 and later and _is_headline(line.text):
            probe: list[Note] = []
            if (
                "\n\n" in text[line.end : later.start].replace("\r\n", "\n").replace("\r", "\n")
                or _is_byline(later.text)
                or _dateline(text, later, published, probe)
            ):
                headline = Span(line.start, line.end)
                continue
        break
    notes += _furniture(text)
    return OuterParts(dateline=dateline, headline=headline, byline=byline, notes=tuple(notes))


_SIGNED = re.compile(
    r"(?P<who>(?:the )?(?:press (?:service|office)|ministry of|foreign ministry|office of the|embassy of|"
    r"permanent mission of|government of|white house|kremlin|department of state)\b[^\n.:;|]{0,90}?)"
    r"(?:\s*[,|–—-]\s*(?P<when>(?:[^\W_]+,? )?[^\n,|]{4,14}(?:, ?\d{4})?))?",
    re.IGNORECASE,
)


def _signed(line: _Line, published: date | None, notes: list[Note]) -> tuple[str, date | None] | None:
    """Who issued the text and when, of a line that says no more: "Ministry of Foreign Affairs of X, 12 March 2024"."""
    found = _SIGNED.fullmatch(line.text.strip())
    when = _DATE.fullmatch(found["when"].strip()) if found and found["when"] else None
    if found is None or (found["when"] and when is None):
        return None
    day = _resolve(when, published, Span(line.start, line.end), notes) if when else None
    return found["who"].strip(), day


def _first_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    head = text[:8_000]
    while at < len(head) and len(lines) < 6:
        end = min((i for i in (head.find("\n", at), head.find("\r", at)) if i >= 0), default=len(head))
        words = head[at:end]
        stripped = words.strip()
        if stripped:
            start = at + words.index(stripped[0])
            lines.append(_Line(start, start + len(stripped), stripped))
        at = end + 1
    return lines


def _is_headline(line: str) -> bool:
    return len(line) <= 160 and line[-1] not in ".:;,!" and not line.startswith(("-", "*", "•", "“", '"'))


def _is_byline(line: str) -> bool:
    match = _BYLINE.match(line) if len(line) <= 130 else None
    return bool(match and line[-1] != "." and _NAME.match(match["who"]))


def _furniture(text: str) -> list[Note]:
    notes = []
    at = 0
    # the first and the last ten lines: furniture stands at the edges
    lines = text[:4_000].splitlines(keepends=True)[:10]
    spots = []
    for line in lines:
        spots.append((at, line))
        at += len(line)
    cut = max(at, len(text) - 4_000)
    tail = text[cut:].splitlines(keepends=True)
    at = cut
    for i, line in enumerate(tail):
        if i >= len(tail) - 10 and (at == cut == 0 or text[at - 1] in "\r\n"):
            spots.append((at, line))
        at += len(line)
    for start, line in spots:
        stripped = line.strip()
        if stripped and len(stripped) <= 200 and _FURNITURE.match(stripped):
            begin = start + line.index(stripped[0])
            notes.append(
                Note(
                    code="furniture",
                    message="this line is not part of the report (a caption, credit or link)",
                    span=Span(begin, begin + len(stripped)),
                )
            )
    return notes


# --- the dateline ------------------------------------------------------------------------------------------------


class _Reader:
    """A hand on the line: what has been read of place, date and agency, and how far."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.at = 0
        self.place: str | None = None
        self.when: re.Match[str] | None = None
        self.agency: str | None = None
        self.bracketed = False
        self.dashes = 0  # separators inside: KYIV – 3 March –

    def skip(self, chars: str = " ,") -> None:
        while self.at < len(self.line) and self.line[self.at] in chars + "\u00a0\t":
            self.at += 1

    def read_place(self) -> bool:
        match = _PLACE.match(self.line, self.at)
        if not match:
            return False
        words, end = match.group(), match.end()
        # "MOSCOW, May 26": the month is no part of the place; "TOKYO. July" ends at the full stop
        stop = re.search(r"(?<=[^\W\d_]{3})\.(?= )|\.$", words)
        if stop and words[: stop.end()].casefold() not in ("st.",):
            words, end = words[: stop.start()], match.start() + stop.start()
        for month in re.finditer(rf"[ ]{_MONTH}\b|[ ]{_WEEKDAY}", words, re.IGNORECASE):
            words, end = words[: month.start()], match.start() + month.start()
            break
        the_town = words.casefold() in PLACES  # The Hague
        if (
            not words
            or (not the_town and words.split()[0].strip(".").casefold() in _NOT_PLACES)
            or _DATE_WORD.fullmatch(words)
        ):
            return False
        self.place, self.at = words, end
        # a second part: "WASHINGTON, D.C.", "BAKU, Azerbaijan"
        second = re.compile(
            rf",[ ](?!{_MONTH}\b|{_WEEKDAY})({_UPPER}[\w.'’-]{{1,24}}(?:[ ]{_UPPER}[\w.'’-]{{1,24}}){{0,2}})"
        ).match(self.line, self.at)
        if second:
            part, stop2 = second[1], second.end()
            cut = re.search(rf"[ ]{_MONTH}\b|[ ]{_WEEKDAY}|\.(?= )(?<!C\.)", part, re.IGNORECASE)
            if cut:
                part, stop2 = part[: cut.start()], second.start(1) + cut.start()
            if part.endswith(".") and not re.fullmatch(r"(?:\w\.){2,}", part):
                part, stop2 = part[:-1], stop2 - 1
            self.place, self.at = f"{words}{self.line[end : second.start(1)]}{part}", stop2
        return True

    def read_date(self) -> bool:
        match = _DATE.match(self.line, self.at)
        if not match or match.end() == self.at or not (match["weekday"] or _has_day(match)):
            return False
        if match["weekday"] and not _has_day(match) and match.end() < len(self.line):
            nxt = self.line[match.end() :].lstrip()[:1]
            if nxt not in "-–—:(./":
                return False
        self.when, self.at = match, match.end()
        if self.line[self.at - 1] in " ,":
            self.at = len(self.line[: self.at].rstrip(" ,"))
        return True

    def read_agency(self) -> bool:
        match = _AGENCY.match(self.line, self.at)
        if match:
            inside = (match["round"] or match["slash"] or match["square"]).strip()
            if not inside or not inside[0].isalnum():
                return False
            # "(Xinhua, May 3)": the date inside belongs to the dateline
            parts = re.split(r",[ ]?| [-–] ", inside, maxsplit=1)
            if len(parts) == 2:
                when = _DATE.fullmatch(parts[1])
                if when and _has_day(when):
                    self.when, inside = self.when or when, parts[0]
            if not (inside[0].isupper() or inside[0].isdigit()) or len(inside.split()) > 7:
                return False
            self.agency, self.at, self.bracketed = inside, match.end(), True
            return True
        bare = re.compile(r"[^\W\d_][\w.-]{1,20}(?:[ ][\w.-]{1,20}){0,2}").match(self.line, self.at)
        words = bare.group() if bare else ""
        while words:
            if words.rstrip(".").casefold() in AGENCIES:
                self.agency, self.at = words.rstrip("."), self.at + len(words.rstrip("."))
                return True
            words = words.rpartition(" ")[0]
        return False

    def read_separator(self) -> str:
        match = _SEPARATOR.match(self.line, self.at)
        if not match:
            return ""
        self.at = len(self.line[: match.end()].rstrip())
        return match.group().strip()


_DATE_WORD = re.compile(rf"(?:{_MONTH}|{_WEEKDAY})", re.IGNORECASE)


def _has_day(match: re.Match[str]) -> bool:
    return bool(match["iso"] or match["d1"] or match["d2"] or match["a"])


def _dateline(text: str, line: _Line, published: date | None, notes: list[Note]) -> Dateline | None:
    reader = _Reader(line.text[:_WINDOW])
    if reader.line.startswith("/ "):
        reader.at = 2
    separator = ""
    # up to eight parts, in any order, each at most once; "." and dashes may stand between them
    for _ in range(8):
        reader.skip()
        if reader.agency is None and reader.read_agency():
            separator = ""
            continue
        if reader.when is None and reader.read_date():
            separator = ""
            continue
        if reader.place is None and reader.read_place():
            separator = ""
            continue
        mark = reader.read_separator()
        if not mark:
            if not separator and reader.line[: reader.at].rstrip().endswith("."):
                separator = "."  # the stop of "3 Jan." serves as both
            break
        separator = mark
        after = reader.at
        if not (reader.place or reader.agency) or not _part_follows(reader):
            reader.at = after
            break
        reader.dashes += 1
    if any(turn.label.start == line.start for turn in turns(text)):
        return None  # "AFP: Will you comment on ...": who asks, not where and when it was written
    whole_line = reader.at >= len(line.text)
    if not _is_dateline(text, line, reader, separator, whole_line):
        return None
    end = line.start + reader.at
    if whole_line and reader.when is None:  # Canberra / 10 January 2022 /
        end = _date_below(text, end, reader)
    when = _resolve(reader.when, published, Span(line.start, end), notes) if reader.when else None
    return Dateline(span=Span(line.start, end), place=reader.place, date=when, agency=reader.agency)


def _part_follows(reader: _Reader) -> bool:
    """Whether after a separator another part of the dateline stands, itself closed by a separator."""
    probe = _Reader(reader.line)
    probe.at = reader.at
    probe.skip()
    if reader.when is None and probe.read_date() and probe.when:
        probe.skip()
        # "KYIV – 3 March 2022 –" but not "KYIV – 3 March was a day of mourning"
        return bool(_AGENCY.match(probe.line, probe.at) or probe.read_separator() or probe.read_agency())
    if reader.agency is None and probe.read_agency():
        if probe.bracketed:
            return True
        probe.skip(" ")
        return bool(probe.read_separator())
    return False


def _is_dateline(text: str, line: _Line, reader: _Reader, separator: str, whole_line: bool) -> bool:
    place, rest = reader.place, text[line.start + reader.at : line.start + reader.at + 40].lstrip()
    if not rest:
        return False  # nothing would be left to read
    capitals = bool(place) and place is not None and place.split(",")[0].isupper() and len(place.split(",")[0]) > 2
    known = place is not None and (
        place.casefold() in PLACES or place.split(",")[0].split("/")[0].strip().casefold() in PLACES
    )
    begins = rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“‘'(«[/-–—" or not rest[0].isascii()
    if not begins:
        return False
    dated = reader.when is not None
    if whole_line:
        if reader.agency and not place and not dated:
            return False
        if place and not dated:
            return known and len(line.text) <= 40
        full = (
            dated
            and reader.when is not None
            and bool(reader.when["iso"] or reader.when["y1"] or reader.when["y2"] or reader.when["y3"])
        )
        return full if not place else len(line.text) <= 80
    if reader.agency and reader.bracketed:
        if not place and not dated:  # "(Reuters) - "
            return bool(separator) and separator != "."
        return bool(separator) or capitals or (known and dated) or reader.line[reader.at - 1] == "/"
    if reader.agency and not reader.bracketed:  # "Xinhua, Beijing, 3 Jan."
        return bool(separator) and (bool(place) or dated or separator not in (".",))
    if place and dated:
        return bool(separator) and (separator != "." or known or capitals)
    if place:
        if separator == ":":
            return (known or capitals) and not _is_speaker(text, place)
        if separator in ("", "."):
            return False
        if "-" in separator and not known and not re.match(r"[ ]?[-–—]", reader.line[len(place) :]):
            return False
        tight = reader.line[len(place) : len(place) + 1] not in " .,"
        if tight and separator == "-":
            return False  # WASHINGTON-based
        return capitals or (known and rest.split()[0].strip(",.").casefold() not in PLACES)
    return False


def _is_speaker(text: str, place: str) -> bool:
    # in a transcript several lines begin with a name in capitals and a colon
    return (
        sum(1 for _ in zip(range(2), _LABEL.finditer(text[:20_000]), strict=False)) > 1
        and place.casefold() not in PLACES
    )


def _date_below(text: str, end: int, reader: _Reader) -> int:
    below = re.compile(r"[ \t\r]{0,8}\n[ \t\r]{0,8}([^\n]{3,60})").match(text, end)
    if below:
        words = below[1].strip()
        when = _DATE.fullmatch(words)
        if when and _has_day(when) and text[below.end() :].strip():
            reader.when = when
            return below.start(1) + below[1].index(words[0]) + len(words)
    return end


def _resolve(match: re.Match[str], published: date | None, span: Span, notes: list[Note]) -> date | None:
    """The day a dateline names; None with a note where it does not say enough, or names no day that exists."""

    def unknown(code: str, why: str) -> None:
        notes.append(Note(code=code, message=why, span=span))

    if not _has_day(match):
        if published is None:
            unknown("dateline-weekday", "the dateline names a weekday alone and there is no date of publication")
            return None
        wanted = _DAYS[match["weekday"][:3].lower()]
        return published - timedelta(days=(published.weekday() - wanted) % 7)
    options: list[tuple[int | None, int, int]]
    if match["iso"]:
        year, month, day = (int(x) for x in match["iso"].split("-"))
        options = [(year, month, day)]
    elif match["a"]:
        a, b, year = int(match["a"]), int(match["b"]), int(match["y3"])
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        options = list(dict.fromkeys([(year, b, a), (year, a, b)]))
    else:
        name = (match["m1"] or match["m2"]).rstrip(".").lower()
        given = match["y1"] or match["y2"]
        options = [(int(given) if given else None, _MONTHS[name], int(match["d1"] or match["d2"]))]
    days: list[date] = []
    missing_year = False
    for option_year, month, day in options:
        if option_year is None and published is None:
            missing_year = True
            continue
        years = (
            [option_year]
            if option_year is not None
            else [published.year + k for k in (-1, 0, 1)]
            if published is not None
            else []
        )
        for y in years:
            try:
                days.append(date(y, month, day))
            except ValueError:
                continue  # that day does not exist in that year; noted below if none does
    if missing_year:
        unknown("dateline-year", "the dateline has no year and there is no date of publication to take it from")
        return None
    if not days:
        unknown("dateline-date", "the dateline names a day that does not exist")
        return None
    if len(days) == 1:
        return days[0]
    if published is None:
        unknown("dateline-ambiguous", "the dateline's day and month can be read two ways; give a date of publication")
        return None
    return min(days, key=lambda d: (abs((d - published).days), d))
