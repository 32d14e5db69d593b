# ruff: noqa: E501
"""How long the server takes for every page and list of REST over 100,000 documents, and what each page weighs.

    python benchmarks/pages.py [FILE] [DOCUMENTS] [REQUESTS]      100,000 documents and 100 requests an address

The archive is made once, in FILE where that is given; a file that is there already is only asked. It is that of
``benchmarks/archive.py`` with ten statements a document, the codes of real states, the frequent ones far more often
(some pairs have thousands of documents), and sentences of three more kinds: formulas, promises and what became of
them, occurrences. Nothing in it is true.

The server is asked in this process (no network): from the request to the last byte of its answer. Addresses vary by a
fixed seed: sides as often as they come, persons, days, words. The weight of a page is its HTML with every file of the
server that it loads, plain and as it is sent.
"""

from __future__ import annotations

import itertools
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from archive import SURE, Vocabulary, World, record, sentence, words

from readout.records import Commitment, Occurrence, Record, Span, item_id
from readout.storing import Archive

DOCUMENTS = 100_000
REQUESTS = 100
SERVER_MS, WEIGHT_BYTES = 300, 1_500_000
AT_ONCE = 50
STATES = (
    "CHN RUS USA KAZ JPN IND DEU FRA GBR PAK UZB KGZ TJK TKM IRN TUR KOR PRK MNG VNM THA MYS IDN SGP PHL AUS NZL CAN BRA "
    "MEX ARG ZAF EGY NGA KEN ETH SAU ARE QAT ISR IRQ SYR AFG BLR UKR POL HUN SRB ITA ESP NLD SWE NOR FIN CHE AZE ARM GEO LAO KHM"
).split()
OFTEN = list(itertools.accumulate(1 / (n + 2) for n in range(len(STATES))))
GIVEN = "Aron Bela Cyril Dana Emil Farah Goran Hana Ilya Jun".split()
FAMILY = (
    "Abrun Bessov Cardim Dorlan Eskin Fardo Gulman Hortis Ivarin Jorval Kestan Lomari Mendok Norvik Ostrel Pardin Quillan "
    "Rostom Selvar Tarkin Ulman Verdin Wolmar Xandir Yorvan Zelmin Ardov Brenik Coltan Drivas Elmar Fenko Garvin Hedlar "
    "Isken Jaltor Kolvan Lurin Marvek Nistor Orlan Pelkin Rudov Sarvan Temlin Uskar Valdin Werlan Yastin Zorkan Balvor "
    "Cestin Dulmar Ervan Filtor Gandov Helmir Jurlan Korsin Lastov"
).split()
FORMULAS = (
    "supports the lawful rights and interests of the other side", "expressed concern over the situation at the border",
    "opposes any form of interference in internal affairs", "values the traditional friendship of the two peoples",
    "attaches great importance to practical cooperation", "calls for a political settlement through dialogue",
    "stands ready to deepen mutual trust", "adheres to the principle of good neighbourliness",
)  # fmt: skip
STRENGTHENED = (("supports", "firmly supports"), ("concern", "deep concern"), ("opposes", "resolutely opposes"))
DEEDS = (("deliver", "delivered"), ("build", "built"), ("open", "opened"), ("finance", "financed"), ("send", "sent"))
OBJECTS = (
    "buses wagons schools clinics turbines tractors scholarships laboratories vaccines bridges pumps locomotives ferries "
    "crossings pipelines consulates harbours satellites archives kilns"
).split()
HAPPENED = (
    ("disaster", "A flood struck the valley of the river"), ("attack", "An attack on a convoy was reported"),
    ("sanctions", "New sanctions entered into force"), ("mourning", "A day of mourning was declared"),
)  # fmt: skip
_PROMISE = re.compile(r"(?P<cue>will|is ready to|hopes to) (?P<action>[a-z]+ \d+ [a-z]+(?: (?P<when>by 20\d\d))?(?: (?P<if>if [a-z ]+? allow))?)")


def said(draw: random.Random, vocabulary: Vocabulary) -> str:
    """One sentence: a formula, a promise, what became of one, an occurrence; else words."""
    chance = draw.random()
    rest = " ".join(draw.choices(vocabulary[0], cum_weights=vocabulary[1], k=6))
    if chance < 0.06:
        formula = draw.choice(FORMULAS)
        if draw.random() < 0.4:
            for plain, strong in STRENGTHENED:
                formula = formula.replace(plain, strong, 1)
        return f"{formula} {rest}"
    do, done = draw.choice(DEEDS)
    thing = f"{draw.randrange(2, 90)} {draw.choice(OBJECTS)}"
    if chance < 0.14:
        when = f" by {draw.randrange(2006, 2030)}" if draw.random() < 0.4 else ""
        condition = f" if {draw.choice(('conditions', 'budgets'))} allow" if draw.random() < 0.1 else ""
        return f"{draw.choice(('will', 'will', 'is ready to', 'hopes to'))} {do} {thing}{when}{condition}, {rest}"
    if chance < 0.17:
        return f"The {thing} were {done}, {rest}"
    if chance < 0.19:
        return f"{draw.choice(HAPPENED)[1]}, {rest}"
    return sentence(draw, vocabulary)


WORLD = World(
    sides=STATES, often=OFTEN, a_document=10, sentence=said, name=lambda side, n: f"{GIVEN[n]} {FAMILY[side]}"
)


def told(number: int, vocabulary: Vocabulary) -> Record:
    """The n-th document with the promises and occurrences that its sentences tell."""
    made = record(number, vocabulary, WORLD)
    promised, happened = [], []
    for n, s in enumerate(made.statements):
        line, start = s.content.of(made.text), s.content.start

        def at(found: re.Match[str], group: str, start: int = start) -> Span | None:
            return Span(start + found.start(group), start + found.end(group)) if found[group] else None

        if found := _PROMISE.match(line):
            action = at(found, "action")
            assert action is not None
            promised.append(
                Commitment(
                    id=item_id(made.digest, "commitment", action, n), statement=s.id, promisor=(s.speakers[0].side,),
                    beneficiary=s.toward, action=action, strength="firm" if found["cue"] == "will" else "willing",
                    deadline=at(found, "when"), condition=at(found, "if"), confidence=SURE,
                )
            )  # fmt: skip
        for kind, opening in HAPPENED:
            if line.startswith(opening):
                span = Span(start, start + len(opening))
                happened.append(
                    Occurrence(
                        id=item_id(made.digest, "occurrence", span, n), kind=kind, span=span,
                        states=(s.speakers[0].side,), confidence=SURE,
                    )
                )  # fmt: skip
    return replace(made, commitments=tuple(promised), occurrences=tuple(happened))


def build(path: Path, documents: int, vocabulary: Vocabulary) -> None:
    """Add the documents, a few at once; a file that broke off is taken up where it ended."""
    start = time.perf_counter()
    with Archive.open(path, write=True, create=True) as archive:
        here = len(archive.readings())
        made = (told(n, vocabulary) for n in range(here, documents))
        for n, _ in enumerate(archive.put_many(made, per_transaction=AT_ONCE), start=here + 1):
            if n % 5000 == 0:
                print(f"{n:,} documents after {time.perf_counter() - start:,.0f} s", flush=True)
