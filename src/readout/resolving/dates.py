"""Expressions of time in a text, and the civil days that they denote.

A scanner walks the words; a word that can begin an expression is looked up in a table of rules, and the longest
rule that matches there wins. Every pattern is bounded (no unlimited repeat), so time grows with the length of the
text and never faster. What "last" before a weekday means, and other choices, stand in decision 0005.

Known limits: "next Tuesday" is the first Tuesday after the anchor, though some writers mean the week after;
"03/04/2022" is read day first; "the day before the summit" is not counted, as nobody here knows the day of the
summit; seasons are northern.
"""

from __future__ import annotations

import re
from datetime import date

from readout.errors import CalendarError
from readout.records import DateInterval, Span
from readout.resolving import calendar_dates, counted_dates, period_dates
from readout.resolving.calendar import Tense
from readout.resolving.date_rules import (
    DIGITS,
    NOT_TIME,
    OFF_CALENDAR,
    ROLE_BEFORE,
    Answer,
    Direction,
    Place,
    Rule,
    Table,
    TimeMention,
    Unresolvable,
    compiled,
    is_day,
)

_RULES = Table(calendar_dates.TABLE, period_dates.TABLE, counted_dates.TABLE)  # of equals the first wins

# --- the scanner ---------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")
_GLUED = frozenset("-./,:$€£₴¥№#°@_–—'’")  # a figure right after one of these is part of something else: Su-35, 3.5


def find_dates(
    text: str,
    start: int,
    end: int,
    anchor: date | None,
    *,
    tense: Tense = "unknown",
    previous: DateInterval | None = None,
) -> list[TimeMention]:
    """Every expression of time in ``text[start:end]``, left to right, longest first, never overlapping.

    Args:
        text: the whole text; the spans of the answer are offsets into it.
        start, end: the stretch to read; nothing outside it is looked at.
        anchor: the civil day that relative expressions count from, or None.
        tense: of the verb that the expressions belong to; it picks the side of the anchor for a bare weekday and
            for a day or month without a year.
        previous: the date told before this stretch, for "the same day"; the dates found here take its place in turn.
    Returns:
        Mentions with an interval, or with the reason for having none. Never raises for what a text says.
    """
    return _scan(text, start, end, anchor, tense, previous, alone=False)


def _scan(
    text: str, start: int, end: int, anchor: date | None, tense: Tense, previous: DateInterval | None, *, alone: bool
) -> list[TimeMention]:
    found: list[TimeMention] = []
    low, end = max(0, start), min(end, len(text))
    reached = low
    for word in _WORD.finditer(text, low, end):
        at = word.start()
        if at < reached:
            continue
        token = word[0]
        figure = token[0] in "0123456789"
        rules = _RULES.rows.get(DIGITS if figure else token.lower())
        if rules is None:
            continue
        if figure and at > low and text[at - 1] in _GLUED and (text[at - 1] != "," or text[at - 2 : at - 1].isdigit()):
            continue
        place = Place(text, low, end, anchor, tense, previous, alone)
        mention = _longest(rules, at, place, reached)
        if mention is None:
            continue
        found.append(mention)
        reached = mention.span.end
        # "The same day" after "On 10 May he recalled 2014" is 10 May: a day yields only to another day.
        if (
            mention.interval is not None
            and mention.role == "date"
            and (previous is None or is_day(mention.interval) or not is_day(previous))
        ):
            previous = mention.interval
    return found


def _longest(rules: list[Rule], at: int, place: Place, reached: int) -> TimeMention | None:
    """The longest rule that accepts what stands at ``at``; of equals the first in the table."""
    matches = [(m.end(), rule, m) for rule in rules if (m := compiled(rule.pattern).match(place.text, at, place.high))]
    if not matches:
        return None
    matches.sort(key=lambda entry: -entry[0])
    low = max(reached, at - 26)
    before = ROLE_BEFORE.search(place.text[low:at])
    if before is not None:
        place = place._replace(tense=_tense_after(before, place.tense))
    for stop, rule, m in matches:
        try:
            answer = rule.handle(m, place)
        except Unresolvable as reason:
            answer = Answer(None, unresolved=str(reason))
        except CalendarError as error:
            if place.alone:
                raise
            answer = Answer(None, unresolved=error.message)
        except (OverflowError, ValueError):  # a year below 1 or above 9999
            answer = Answer(None, unresolved=OFF_CALENDAR)
        if answer is None or (answer.interval is None and answer.unresolved is None):
            continue
        begin, role = at, answer.role
        if before is not None and role == "date":
            begin, role = low + before.start(), "deadline" if before["deadline"] else "since"
        return TimeMention(
            span=Span(begin, stop),
            as_written=place.text[begin:stop],
            interval=answer.interval,
            rule=rule.name,
            role=role,
            unresolved=answer.unresolved,
            direction=answer.direction or _direction(answer.interval, place),
        )
    return None


def _tense_after(preposition: re.Match[str], tense: Tense) -> Tense:
    """The side of the anchor after a preposition: "agreed to answer by 30 May" looks ahead though told as past."""
    if preposition["since"]:
        return "past"
    if preposition["deadline"].lower().startswith(("by", "no", "on")) or tense == "unknown":
        return "future"
    return tense


def _direction(interval: DateInterval | None, place: Place) -> Direction:
    if interval is None or place.anchor is None:
        return "either"
    if interval.end <= place.anchor:
        return "past"
    return "future" if interval.start > place.anchor else "present"


def resolve_date(
    expression: str, anchor: date | None, *, tense: Tense = "unknown", previous: DateInterval | None = None
) -> DateInterval | str:
    """The interval that one expression denotes, counted from ``anchor``; else the reason why there is none.

    Args:
        expression: words of time alone, with or without their preposition, such as "by the end of June".
        anchor: civil day to count from; None where none is known.
    Returns:
        Half-open interval in civil days with its precision, or a sentence that says why not.
    Raises:
        CalendarError: the expression names a day that does not exist, such as 31 June.
    Source: decision 0005.
    """
    found = _scan(expression, 0, len(expression), anchor, tense, previous, alone=True)
    if not found:
        return NOT_TIME
    widest = max(found, key=lambda mention: mention.span.end - mention.span.start)
    return widest.interval if widest.interval is not None else widest.unresolved or NOT_TIME
