"""The examples of the tables are tests: the words between stars must be found, those of ``not`` must not.

Titles are read over plain tokens, without a model. All other sentences are parsed, in one batch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from readout.annotating import Annotator
from readout.coding import TopicHit, topics
from readout.extracting.cues import match
from readout.extracting.occurrences import _patterns as occurrence_patterns
from readout.extracting.quoting import quote_depths
from readout.extracting.relations import _patterns as relation_patterns
from readout.extracting.reporting import Reports
from readout.knowing import fold
from readout.lexicons import load
from readout.lexicons.schemas import SCHEMAS
from readout.pipeline import Reader
from readout.records import Document, Parse, Publication, Record, Span, Token
from readout.resolving.titles import Title, title_at

PARSED = ("cues", "speech_nouns", "encounter_verbs", "encounter_nouns", "relations", "occurrences")
# Sentences that the code, not the table, gets wrong; each leaves this list with the change that mends it.
KNOWN: dict[tuple[str, str, str], str] = {
    ("encounter_verbs", "convene", "example"): "two who convene without an object are not taken for participants",
    ("encounter_verbs", "greet", "example"): "a greeting at the door opens no exchange of its own",
    ("encounter_verbs", "welcome", "example"): "a welcome at the door opens no exchange of its own",
    ("encounter_nouns", "courtesy call", "example"): "'paid a call on' finds no participants",
}


@dataclass(frozen=True)
class Case:
    """One sentence of one entry; ``which`` is ``example`` or ``not``."""

    table: str
    key: str
    which: str
    entry: dict[str, Any]
    text: str
    span: tuple[int, int]


def cases(table: str) -> list[Case]:
    out = []
    for entry in load(table).entries:
        for which in ("example", "not"):
            if which in entry:
                before, words, after = entry[which].split("*")
                span = (len(before), len(before) + len(words))
                out.append(Case(table, entry[SCHEMAS[table][0]], which, dict(entry), before + words + after, span))
    return out


def params(table: str, which: str) -> list[Any]:
    out = []
    for case in cases(table):
        if case.which == which:
            why = KNOWN.get((table, case.key, which))
            marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
            out.append(pytest.param(case, id=case.key, marks=marks))
    return out


def test_every_known_failure_is_of_a_sentence_that_stands_in_a_table() -> None:
    there = {(c.table, c.key, c.which) for table in ("titles", "topics", *PARSED) for c in cases(table)}
    assert set(KNOWN) <= there


# -- titles, without a model -------------------------------------------------------------------------------------------


def titles_in(text: str) -> list[tuple[Title, tuple[int, int]]]:
    """The titles of a text, from left to right, none inside another; with their places in the text."""
    tokens = [
        Token(i, m.start(), m.end(), m.group(), m.group().lower(), "NOUN", "NN", "dep", i, 0)
        for i, m in enumerate(re.finditer(r"['’]s\b|[^\W_]+(?:['’](?!s\b)[^\W_]+)*|[^\w\s]", text))
    ]
    folded = [fold(t.text) for t in tokens]
    out, i = [], 0
    while i < len(tokens):
        title = title_at(folded, tokens, i, len(tokens))
        if title is not None:
            out.append((title, (tokens[title.first].start, tokens[title.last].end)))
        i = title.last + 1 if title is not None else i + 1
    return out


@pytest.mark.parametrize("case", params("titles", "example"))
def test_a_title_is_found_and_names_its_office(case: Case) -> None:
    found = {span: title for title, span in titles_in(case.text)}
    assert case.span in found
    assert found[case.span].office == case.entry["office"]
    assert found[case.span].of == case.entry.get("of")


@pytest.mark.parametrize("case", params("titles", "not"))
def test_a_title_inside_a_longer_one_is_not_found(case: Case) -> None:
    found = [case.text[slice(*span)].lower() for _, span in titles_in(case.text)]
    assert case.text[slice(*case.span)].lower() in found
    assert case.key not in found


# -- everything else, parsed in one batch ------------------------------------------------------------------------------

OUR_OWN = Publication(
    issuer="Ministry of Foreign Affairs of Norway", issuer_kind="side", issuer_of="NOR", date=date(2021, 3, 9)
)
"""Who the sentences of the cues are from: so that "the minister" is somebody, and a denial has something to deny."""
Read = dict[str, tuple[Parse, Record]]


@pytest.fixture(scope="module")
def read() -> Read:
    reader = Reader.open()
    said = {c.text for c in cases("cues")}
    texts = sorted(said | {c.text for table in PARSED for c in cases(table)})
    documents = [
        Document(id=f"sentence {n}", text=text, publication=OUR_OWN if text in said else Publication())
        for n, text in enumerate(texts)
    ]
    annotator: Annotator = reader.tools.annotator
    parses = annotator.annotate_many([(d, 0) for d in documents], batch_size=256)
    out: Read = {}
    for text, parse, record in zip(texts, parses, reader.read_documents(documents), strict=True):
        assert isinstance(record, Record)
        out[text] = (parse, record)
    return out


def token_at(parse: Parse, start: int) -> int:
    return next(t.i for t in parse.tokens if t.start == start)


def inside(span: Span | None, case: Case) -> bool:
    return span is not None and span.overlaps(Span(*case.span))


@pytest.mark.model
@pytest.mark.parametrize("case", params("cues", "example"))
def test_a_cue_is_matched_on_its_words(case: Case, read: Read) -> None:
    parse, _ = read[case.text]
    i = token_at(parse, case.span[0])
    hit = match(parse, i, len(parse.tokens))
    assert hit is not None
    assert hit.cue.lemma == case.key
    assert parse.tokens[hit.last].end == case.span[1]


@pytest.mark.model
@pytest.mark.parametrize("case", params("cues", "not"))
def test_words_that_are_no_cue_give_no_statement(case: Case, read: Read) -> None:
    _, record = read[case.text]
    assert not [s for s in record.statements if inside(s.cue, case)]


@pytest.mark.model
def test_the_examples_of_the_cues_give_statements(read: Read) -> None:
    """Most do, alone as they stand; so that the test above does not pass because nothing is ever read here."""
    examples = [c for c in cases("cues") if c.which == "example"]
    given = [c for c in examples if any(inside(s.cue, c) for s in read[c.text][1].statements)]
    assert len(given) > len(examples) / 2


@pytest.mark.model
@pytest.mark.parametrize("case", params("speech_nouns", "example"))
def test_a_noun_of_speech_names_the_act(case: Case, read: Read) -> None:
    parse, _ = read[case.text]
    sentence = parse.sentences[0]
    quoted, _ = quote_depths(parse, sentence, False)
    reports = Reports(parse, sentence, quoted, lambda i: True, lambda i: True).find()
    found = [r for r in reports if r.noun == case.key]
    assert found
    assert found[0].act == case.entry.get("act")


@pytest.mark.model
@pytest.mark.parametrize("case", [*params("encounter_verbs", "example"), *params("encounter_nouns", "example")])
def test_an_exchange_is_found(case: Case, read: Read) -> None:
    _, record = read[case.text]
    assert case.entry["kind"] in {e.kind for e in record.encounters if inside(e.evidence, case)}


@pytest.mark.model
@pytest.mark.parametrize("case", [*params("encounter_verbs", "not"), *params("encounter_nouns", "not")])
def test_words_that_are_no_exchange_give_none(case: Case, read: Read) -> None:
    _, record = read[case.text]
    assert not [e for e in record.encounters if inside(e.evidence, case) and e.kind == case.entry["kind"]]


def matched(case: Case, patterns: list[tuple[re.Pattern[str], str]]) -> bool:
    return any(
        kind == case.entry["kind"] and m.span() == case.span
        for pattern, kind in patterns
        for m in pattern.finditer(case.text)
    )


@pytest.mark.parametrize("case", params("relations", "example"))
def test_a_label_of_a_relation_is_matched(case: Case) -> None:
    assert matched(case, [(pattern, kind) for pattern, kind, *_ in relation_patterns()])


@pytest.mark.parametrize("case", params("occurrences", "example"))
def test_a_word_for_a_happening_is_matched(case: Case) -> None:
    assert matched(case, occurrence_patterns())


def hits_in(case: Case) -> list[TopicHit]:
    return [hit for hit in topics(case.text) if hit.span.overlaps(Span(*case.span))]


@pytest.mark.parametrize("case", params("topics", "example"))
def test_the_words_of_a_topic_name_it(case: Case) -> None:
    found = [(hit.topic, hit.span, hit.entry) for hit in hits_in(case)]
    assert found == [(topic, Span(*case.span), case.key) for topic in case.entry["topics"]]


@pytest.mark.parametrize("case", params("topics", "not"))
def test_words_inside_others_name_no_topic(case: Case) -> None:
    assert case.key.split()[0].lower() in case.text[slice(*case.span)].lower()
    assert case.key not in {hit.entry for hit in hits_in(case)}


@pytest.mark.model
@pytest.mark.parametrize("case", params("relations", "not"))
def test_words_that_are_no_relation_give_none(case: Case, read: Read) -> None:
    _, record = read[case.text]
    assert not [r for r in record.relations if inside(r.label, case)]


@pytest.mark.model
@pytest.mark.parametrize("case", params("occurrences", "not"))
def test_words_that_tell_of_no_happening_give_none(case: Case, read: Read) -> None:
    _, record = read[case.text]
    assert not [o for o in record.occurrences if inside(o.span, case)]
