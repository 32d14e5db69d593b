"""Expressions of time against the table beside this file, and what must hold for any text."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import CalendarError
from readout.records import DateInterval
from readout.resolving.date_rules import NO_ANCHOR, NO_PREVIOUS, NOT_TIME
from readout.resolving.dates import find_dates, resolve_date

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("dates.yaml").read_text("utf-8"))["rows"]
WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['text']} {row['tense']}" for row in ROWS])
def test_table(row: dict[str, Any]) -> None:
    marked = re.findall(r"\[([^\]]*)\]", row["text"])
    text = re.sub(r"[\[\]]", "", row["text"])
    found = find_dates(text, 0, len(text), row["anchor"], tense=row["tense"])
    assert [m.as_written for m in found] == marked, row["why"]
    assert [m.interval.iso() if m.interval else None for m in found] == row["expect"], row["why"]
    assert [m.role for m in found] == row["role"], row["why"]


def test_the_table_is_long_enough_and_says_why() -> None:
    assert len(ROWS) >= 150
    assert all(row["why"] for row in ROWS)


@pytest.mark.parametrize("expression", ["31 June", "June 31", "30 February 2023", "29 February 2023", "32.01.2022"])
def test_a_day_that_does_not_exist_is_an_error_of_the_calendar(expression: str) -> None:
    with pytest.raises(CalendarError):
        resolve_date(expression, WEDNESDAY)


@pytest.mark.parametrize(
    "expression", ["yesterday", "last Tuesday", "in two weeks", "on 10 May", "this week", "in March", "by year's end"]
)
def test_without_an_anchor_a_relative_expression_says_what_is_missing(expression: str) -> None:
    assert resolve_date(expression, None) == NO_ANCHOR


def test_without_an_anchor_a_full_date_stands() -> None:
    assert resolve_date("on 10 May 2022", None) == DateInterval.day(date(2022, 5, 10))


def test_words_that_tell_no_time() -> None:
    assert resolve_date("the minister", WEDNESDAY) == NOT_TIME
    assert resolve_date("", WEDNESDAY) == NOT_TIME


def test_a_single_expression_needs_no_preposition() -> None:
    assert resolve_date("May", WEDNESDAY, tense="past") == DateInterval.month(2024, 5)
    assert resolve_date("2021", WEDNESDAY) == DateInterval.year(2021)


def test_the_same_day_counts_from_the_date_before() -> None:
    before = DateInterval.day(date(2022, 1, 10))
    assert resolve_date("the same day", WEDNESDAY, previous=before) == before
    assert resolve_date("the day before", WEDNESDAY, previous=before) == DateInterval.day(date(2022, 1, 9))
    assert resolve_date("the next day", WEDNESDAY, previous=before) == DateInterval.day(date(2022, 1, 11))
    assert resolve_date("the same day", WEDNESDAY) == NO_PREVIOUS


def test_the_interval_holds_the_whole_range() -> None:
    found = resolve_date("from 9 to 11 May 2013", WEDNESDAY)
    assert found == DateInterval(start=date(2013, 5, 9), end=date(2013, 5, 12), precision="days")
    assert resolve_date("2022-2023", WEDNESDAY) == DateInterval(
        start=date(2022, 1, 1), end=date(2024, 1, 1), precision="span"
    )
    this_week = resolve_date("this week", WEDNESDAY)
    assert this_week == DateInterval(start=date(2024, 5, 13), end=date(2024, 5, 20), precision="week")


def test_the_rule_says_how_figures_were_read() -> None:
    rules = [find_dates(t, 0, len(t), None)[0].rule for t in ("10/01/2022", "01/25/2022")]
    assert rules == ["numeric-day-first", "numeric-month-first"]


def test_directions() -> None:
    text = "yesterday today tomorrow"
    assert [m.direction for m in find_dates(text, 0, len(text), WEDNESDAY)] == ["past", "present", "future"]


def test_only_the_stretch_is_read_and_spans_are_of_the_whole_text() -> None:
    text = "On 10 May 2022 he left; on 11 May 2022 he returned."
    (mention,) = find_dates(text, text.index(";"), len(text), None)
    assert mention.span.of(text) == mention.as_written == "11 May 2022"


@pytest.mark.parametrize("anchor", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize(
    "text", ["next year", "last year", "last week", "next week", "in 90 years", "90 years ago", "on 29 February",
             "next summer", "last summer", "over the weekend", "in the coming months", "tomorrow", "yesterday"]
)  # fmt: skip
def test_the_ends_of_the_calendar_are_answers_too(anchor: date, text: str) -> None:
    for tense in ("past", "future", "unknown"):
        for mention in find_dates(text, 0, len(text), anchor, tense=tense):
            assert mention.interval is not None or mention.unresolved


WORDS = (
    "the a in on by 10 31 May June 2022 2022-01-10 99 last next this week Monday day before after of end first half "
    "quarter two ago later days for every same , . - – ( ) '"
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))


@given(
    text=TEXTS,
    cut=st.tuples(st.integers(0, 20), st.integers(0, 90)),
    anchor=st.none() | st.dates(),
    tense=st.sampled_from(["past", "future", "unknown"]),
)
def test_any_text_is_read_without_an_error_and_quoted_exactly(
    text: str, cut: tuple[int, int], anchor: date | None, tense: Any
) -> None:
    found = find_dates(text, cut[0], cut[1], anchor, tense=tense)
    reached = cut[0]
    for mention in found:
        assert reached <= mention.span.start < mention.span.end <= min(cut[1], len(text))
        assert text[mention.span.start : mention.span.end] == mention.as_written
        assert (mention.interval is None) == (mention.unresolved is not None)
        reached = mention.span.end
    assert found == find_dates(text, cut[0], cut[1], anchor, tense=tense)


HOSTILE = ["1", " ", "a ", "May ", "10 ", "10 May ", "the last ", "2022-", "1 to ", "10 January 2022 to ", "Monday, ",
           "first half of ", "٣", "-", "every a ", "\n"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()  # of this process: other work on the machine does not count
    find_dates(text, 0, len(text), WEDNESDAY)
    assert time.process_time() - began < 5.0  # about 0.3 s at most on a slow core; quadratic time takes minutes
