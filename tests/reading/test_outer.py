"""Datelines, bylines and headlines; every row is of our own writing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from readout.reading import body_start, read_text
from readout.reading.outer import outer_parts
from readout.records import Publication

PUBLISHED = date(2022, 1, 12)
BODY = "The foreign ministers of the two countries met to discuss trade."

# (opening, place, date, agency)
DATELINES: list[tuple[str, str | None, str | None, str | None]] = [
    ("Beijing, 10 January 2022 (TDI): ", "Beijing", "2022-01-10", "TDI"),
    ("TEHRAN, May 21 (MNA) – ", "TEHRAN", "2022-05-21", "MNA"),
    ("TEHRAN, Jan 9 (MNA) –", "TEHRAN", "2022-01-09", "MNA"),
    ("MOSCOW, 6 January. /TASS/. ", "MOSCOW", "2022-01-06", "TASS"),
    ("MOSCOW, January 6. /TASS/. ", "MOSCOW", "2022-01-06", "TASS"),
    ("NEW DELHI, Jan 11 (DNS): ", "NEW DELHI", "2022-01-11", "DNS"),
    ("Mexico City, Jan 8 (Notimundo).- ", "Mexico City", "2022-01-08", "Notimundo"),
    ("TOKYO, Dec 22 (POW) - ", "TOKYO", "2021-12-22", "POW"),
    ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP"),
    ("WASHINGTON (AP) -- ", "WASHINGTON", None, "AP"),
    ("Washington (AP) — ", "Washington", None, "AP"),
    ("KYIV – 3 March 2022 – ", "KYIV", "2022-03-03", None),
    ("KYIV. Jan 4 (Dnipro News) – ", "KYIV", "2022-01-04", "Dnipro News"),
    ("Canberra\n", "Canberra", None, None),
    ("Canberra\n10 January 2022\n", "Canberra", "2022-01-10", None),
    ("Washington, DC\nJanuary 10, 2022\n\n", "Washington, DC", "2022-01-10", None),
    ("January 10, 2022\n\n", None, "2022-01-10", None),
    ("Xinhua, Beijing, 3 Jan. ", "Beijing", "2022-01-03", "Xinhua"),
    ("(Reuters) - ", None, None, "Reuters"),
    ("(AFP) — ", None, None, "AFP"),
    ("LONDON (Reuters) - ", "LONDON", None, "Reuters"),
    ("LONDON/BRUSSELS (Reuters) - ", "LONDON/BRUSSELS", None, "Reuters"),
    ("LONDON, Jan 11 (Reuters) - ", "LONDON", "2022-01-11", "Reuters"),
    ("BEIJING, Jan. 10 (Xinhua) -- ", "BEIJING", "2022-01-10", "Xinhua"),
    ("BEIJING, January 10, 2022 (Xinhua) -- ", "BEIJING", "2022-01-10", "Xinhua"),
    ("BEIJING, 2022-01-10 (Xinhua) -- ", "BEIJING", "2022-01-10", "Xinhua"),
    ("ANKARA, 13/3/2021 - ", "ANKARA", "2021-03-13", None),
    ("ANKARA, 11/1/2022 - ", "ANKARA", "2022-01-11", None),
    ("ANKARA, 11.01.2022 – ", "ANKARA", "2022-01-11", None),
    ("RIYADH: ", "RIYADH", None, None),
    ("Riyadh: ", "Riyadh", None, None),
    ("RIYADH — ", "RIYADH", None, None),
    ("RIYADH - ", "RIYADH", None, None),
    ("UNITED NATIONS, Jan 10 (Globe Wire) — ", "UNITED NATIONS", "2022-01-10", "Globe Wire"),
    ("THE HAGUE, Jan 10 (Globe Wire) — ", "THE HAGUE", "2022-01-10", "Globe Wire"),
    ("DAR ES SALAAM, Jan 10 (EAW) - ", "DAR ES SALAAM", "2022-01-10", "EAW"),
    ("PORT-AU-PRINCE, Jan 10 (Carib Wire) - ", "PORT-AU-PRINCE", "2022-01-10", "Carib Wire"),
    ("N'DJAMENA, 10 January (Sahel Wire) - ", "N'DJAMENA", "2022-01-10", "Sahel Wire"),
    ("ST. PETERSBURG, January 10. /TASS/. ", "ST. PETERSBURG", "2022-01-10", "TASS"),
    ("BAKU, Azerbaijan, January 10. Trend: ", "BAKU, Azerbaijan", "2022-01-10", "Trend"),
    ("TAIPEI, Taiwan (AP) -- ", "TAIPEI, Taiwan", None, "AP"),
    ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None, None),
    ("Geneva, Monday 10 January 2022 – ", "Geneva", "2022-01-10", None),
    ("GENEVA, Monday, January 10, 2022 (Lake Wire) – ", "GENEVA", "2022-01-10", "Lake Wire"),
    ("Geneva, Monday (Lake Wire) – ", "Geneva", "2022-01-10", "Lake Wire"),
    ("Vienna, 10th January 2022 - ", "Vienna", "2022-01-10", None),
    ("Vienna, 10 Jan (AlpWire) – ", "Vienna", "2022-01-10", "AlpWire"),
    ("10 January 2022, Vienna: ", "Vienna", "2022-01-10", None),
    ("BEIJING (Xinhua, Jan 10) - ", "BEIJING", "2022-01-10", "Xinhua"),
    ("[Sea Wire] Nairobi -- ", "Nairobi", None, "Sea Wire"),
    ("SÃO PAULO, Jan 10 (Sul Wire) – ", "SÃO PAULO", "2022-01-10", "Sul Wire"),
    ("BRASÍLIA — ", "BRASÍLIA", None, None),
    ("ISLAMABAD\u00a0– ", "ISLAMABAD", None, None),
    ("TOKYO, Feb 31 (POW) - ", "TOKYO", None, "POW"),
]

NEGATIVES = [
    "On June 18, 2021 the Minister of Foreign Affairs held talks in Minsk.",
    "Beijing, which hosted the talks, said that both sides were ready.",
    "Ankara, Moscow agreed to open a trade office.",
    "MOSCOW AND KYIV agreed to exchange prisoners on Monday.",
    "China and Kazakhstan are good neighbours, the minister said.",
    "Moscow is ready for talks, the ministry said - and so is Minsk.",
    "Moscow said on 3 March - a Thursday - that it would answer.",
    "THE PRESIDENT: Thank you all for coming here today.",
    "SECRETARY ROE: Good morning, everyone.",
    "MR. ROE: Good morning, everyone.",
    "QUESTION: What did the two ministers discuss?",
    "WARNING: This story has details of the war.",
    "President Roe spoke today with Prime Minister Doe of Ruritania.",
    "Washington-based diplomats said that the talks went well.",
    "WASHINGTON-based diplomats said that the talks went well.",
    "May 21 was the day of the first meeting of the two ministers.",
    "In Paris - where talks were held - the minister said that he was pleased.",
    "Foreign Minister Jane Roe (left) met her counterpart on Monday.",
    "Paris (the capital) welcomed the minister on Monday.",
    "Readout: the two ministers discussed trade and security.",
    "The Kremlin - the seat of the president - was closed on Monday.",
    "Brussels - London talks on trade will go on next week.",
    "Jane Roe, 10 January 2022, met with the foreign minister of Ruritania.",
    "Kyiv 3 March 2022 was the date of the second meeting.",
]


@pytest.mark.parametrize(("opening", "place", "day", "agency"), DATELINES, ids=[d[0] for d in DATELINES])
def test_a_dateline_is_read_whole(opening: str, place: str | None, day: str | None, agency: str | None) -> None:
    text = opening + BODY
    document = read_text(text, id="x", publication=Publication(date=PUBLISHED))
    assert document.dateline is not None
    assert document.text[body_start(document) :] == BODY
    found = document.dateline
    assert (found.place, found.date.isoformat() if found.date else None, found.agency) == (place, day, agency)


@pytest.mark.parametrize("text", NEGATIVES)
def test_a_sentence_is_no_dateline(text: str) -> None:
    document = read_text(text + " " + BODY, id="x", publication=Publication(date=PUBLISHED))
    assert document.dateline is None
    assert body_start(document) == 0


def test_a_transcript_has_no_dateline() -> None:
    text = "JORDAN: Good morning to all of you.\nPARIS: Thank you for the question.\nJORDAN: We will meet again."
    assert outer_parts(text.replace("PARIS", "ROE"), PUBLISHED).dateline is None


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ("TEHRAN, May 21 (MNA) – ", "dateline-year"),
        ("TEHRAN, Monday (MNA) – ", "dateline-weekday"),
        ("TEHRAN, 5/3/2021 (MNA) – ", "dateline-ambiguous"),
        ("TEHRAN, 31 June 2021 (MNA) – ", "dateline-date"),
    ],
)
def test_what_a_dateline_does_not_say_is_noted(opening: str, code: str) -> None:
    document = read_text(opening + BODY, id="x")
    assert document.dateline is not None and document.dateline.date is None
    assert code in {n.code for n in document.notes}


def test_headline_byline_and_dateline_together() -> None:
    text = "Ministers meet in Vienna\n\nBy Jane Roe, Staff Writer\n\nVIENNA, 10 January 2022 (AlpWire) – " + BODY
    document = read_text(text, id="x")
    assert document.headline is not None and document.headline.of(text) == "Ministers meet in Vienna"
    assert document.byline is not None and document.byline.of(text) == "By Jane Roe, Staff Writer"
    assert text[body_start(document) :] == BODY


def test_a_first_sentence_is_no_headline() -> None:
    document = read_text("The ministers met in Vienna on Monday.\n\n" + BODY, id="x")
    assert document.headline is None and body_start(document) == 0


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert read_text("By agreeing to meet, the ministers did well\n" + BODY, id="x").byline is None


def test_furniture_is_noted_with_its_span() -> None:
    text = BODY + "\nPhoto: Jane Roe"
    notes = [n for n in read_text(text, id="x").notes if n.code == "furniture"]
    assert notes and notes[0].span is not None and notes[0].span.of(text) == "Photo: Jane Roe"


HOSTILE = [
    "A",
    "A ",
    "A.",
    "A-",
    "A' ",
    "(",
    "(A ",
    "/",
    "[",
    "—",
    " - ",
    "Aa ",
    "May ",
    "1 May ",
    "1/1/",
    ":",
    ".-",
    "\n",
    "By A ",
    "our country ",
    "“",
    "MINISTRY OF ",
    "Press Service ",
    "\u0301",
    "\u202e",
    "photo\n",
    "a'a'",
    "A\r",
]


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_repetition_is_fast(seed: str) -> None:
    text = (seed * (100_000 // len(seed) + 1))[:100_000]
    begin = time.process_time()  # of this process: other work on the machine does not count
    outer_parts(text, PUBLISHED)
    outer_parts("MOSCOW, May 1 (" + text, PUBLISHED)
    assert time.process_time() - begin < 1.0
