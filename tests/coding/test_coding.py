"""Codes, event rows of records, and events of single sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from readout.coding import Code, SentenceCoder, cameo_codes, code_record, mode_of, plover_categories, plover_of
from readout.coding.exchanges import MOST_SIDES, code_of_act
from readout.errors import RecordError
from readout.lexicons import load
from readout.records import Actor, Confidence, Encounter, Participant, Record, Span, Statement

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
SURE = Confidence(value=1.0, reason="test")
# the lexicon's own category stands where the usual join of the schemes would put another
APART = {"resign", "resign alone", "abduct", "take hostage"}


@pytest.fixture(scope="module")
def coder() -> Iterator[SentenceCoder]:
    yield SentenceCoder.open()


# -- codes -----------------------------------------------------------------------------------------------------------


def test_codes_are_strings_of_a_scheme() -> None:
    assert Code("CAMEO", "042").root == "04"
    assert Code("CAMEO", "042").score == 1.9
    assert Code("PLOVER", "CONSULT").meaning
    for scheme, code in (("CAMEO", "42"), ("PLOVER", "DEMAND"), ("WEIS", "01")):
        with pytest.raises(RecordError):
            Code(scheme, code)


def test_every_cameo_code_has_a_plover_home_but_statements() -> None:
    for code in cameo_codes():
        assert (plover_of(code) is None) == code.startswith("01"), code
    assert len(plover_categories()) == 16
    assert str(plover_of("081")) == "CONCEDE"
    assert str(plover_of("0871")) == "RETREAT"
    assert mode_of("1243") == "yield"


def test_the_lexicon_names_known_codes_that_fit_their_category() -> None:
    for entry in load("plover").entries:
        if entry["category"] == "NONE":
            continue
        assert entry["cameo"] in cameo_codes(), entry["entry"]
        if entry["entry"] not in APART:
            assert str(plover_of(entry["cameo"])) == entry["category"], entry["entry"]


# -- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_sentences_have_their_categories(coder: SentenceCoder) -> None:
    coded = coder.code([(str(n), case["text"]) for n, case in enumerate(CASES)])
    wrong = []
    for case, (_, rows) in zip(CASES, coded, strict=True):
        found = {("-" if row.negated else "") + str(row.plover) for row in rows}
        if found != set(case["expected"]):
            wrong.append((case["text"], case["expected"], sorted(found)))
    assert not wrong


@pytest.mark.model
def test_examples_of_the_lexicon_match_their_category(coder: SentenceCoder) -> None:
    entries = [e for e in load("plover").entries if "example" in e and e["category"] != "NONE"]
    coded = coder.code([(e["entry"], e["example"]) for e in entries])
    wrong = [
        (entry["entry"], entry["category"], [str(r.plover) for r in rows])
        for entry, (_, rows) in zip(entries, coded, strict=True)
        if entry["category"] not in {str(r.plover) for r in rows if not r.negated}
    ]
    assert not wrong


@pytest.mark.model
def test_who_does_it_to_whom(coder: SentenceCoder) -> None:
    expected = {
        "Chile accused Peru of sheltering smugglers.": [("CHL", "PER")],
        "Peru was criticised by Chile.": [("CHL", "PER")],
        "Norway urged Peru to release the sailors.": [("NOR", "PER")],
        "Kenya and Norway agreed to hold talks.": [("KEN", "NOR"), ("NOR", "KEN")],
        "Chile said it would impose sanctions on Peru.": [("CHL", "PER")],
    }
    for text, (_, rows) in zip(expected, coder.code([(t, t) for t in expected]), strict=True):
        assert [(r.source, r.target) for r in rows] == expected[text], text


@pytest.mark.model
def test_spans_lie_in_the_text_and_name_the_event(coder: SentenceCoder) -> None:
    for document, rows in coder.code([("x", "On Monday Chile rejected the plan of Peru.")], date(2022, 1, 10)):
        assert [document.text[s.start : s.end] for r in rows for s in r.spans] == ["rejected"]
        assert rows[0].date == "2022-01-10"


# -- records ---------------------------------------------------------------------------------------------------------


def _record(
    *, encounters: tuple[Encounter, ...] = (), statements: tuple[Statement, ...] = (), text: str = "x" * 80
) -> Record:
    return Record(id="r", text=text, date=date(2022, 1, 10), encounters=encounters, statements=statements)


def _met(kind: str, status: str = "reported", **parts: str) -> Encounter:
    people = tuple(Participant(actor=Actor(of=of), part=part) for of, part in parts.items())
    return Encounter(id="e", kind=kind, status=status, participants=people, evidence=Span(0, 5), confidence=SURE)


def test_encounters_by_kind_host_and_guest() -> None:
    rows = code_record(_record(encounters=(_met("phone_call", CHN="initiator", KAZ="recipient"),)))
    assert [(r.source, r.target, r.cameo.code, r.mode) for r in rows] == [
        ("CHN", "KAZ", "041", "phone"),
        ("KAZ", "CHN", "041", "phone"),
    ]
    rows = code_record(_record(encounters=(_met("meeting", CHN="host", KAZ="guest"),)))
    assert [(r.source, r.target, r.cameo.code) for r in rows] == [("KAZ", "CHN", "042"), ("CHN", "KAZ", "043")]
    rows = code_record(_record(encounters=(_met("meeting", QAT="host", CHN="guest", KAZ="guest"),)))
    assert ("CHN", "KAZ", "044") in [(r.source, r.target, r.cameo.code) for r in rows]
    rows = code_record(_record(encounters=(_met("visit", "planned", CHN="host", KAZ="guest"),)))
    assert {(r.cameo.code, str(r.plover), r.status, r.modality) for r in rows} == {
        ("036", "AGREE", "planned", "future")
    }


def test_a_large_summit_is_no_explosion_of_dyads() -> None:
    sides = {f"S{n}": "participant" for n in range(MOST_SIDES + 1)}
    rows = code_record(_record(encounters=(_met("multilateral", **sides),)))
    assert len(rows) == len(sides)
    assert {r.target for r in rows} == {None}
    assert {r.mode for r in rows} == {"multilateral"}


def test_joint_statements_go_both_ways_and_lone_ones_to_the_other_side() -> None:
    text = "They agreed to hold talks soon. China condemned the attack."
    joint = Statement(id="a", speakers=(Actor(of="CHN"), Actor(of="KAZ")), attribution="explicit", cue=Span(5, 11),
                      content=Span(15, 30), act="agree", confidence=SURE)  # fmt: skip
    lone = Statement(id="b", speakers=(Actor(of="CHN"),), attribution="explicit", cue=Span(38, 47),
                     content=Span(48, 58), act="criticise", confidence=SURE)  # fmt: skip
    met = _met("phone_call", CHN="initiator", KAZ="recipient")
    rows = code_record(_record(text=text, encounters=(met,), statements=(joint, lone)))
    said = [(r.source, r.target, r.cameo.code, r.item) for r in rows if r.item != "e"]
    assert said == [("CHN", "KAZ", "036", "a"), ("KAZ", "CHN", "036", "a"), ("CHN", "KAZ", "111", "b")]


@pytest.mark.parametrize(
    ("act", "content", "cue", "code"),
    [
        ("commit", "China will send food and tents to Kazakhstan", "said", "033"),
        ("offer", "to hold talks in Astana", "is ready", "036"),
        ("request", "Kazakhstan to release the prisoners", "asked", "0253"),
        ("demand", "that Kazakhstan withdraw its troops", "demanded", "1056"),
        ("warn", "it would impose sanctions on the bank", "warned", "1312"),
        ("condole", "over the loss of life", "condolences", "018"),
        ("reject", "the reports of a plot", "denied", "016"),
        ("inform", "the talks had gone well", "said", "010"),
    ],
)
def test_acts_have_codes_that_their_content_makes_finer(act: str, content: str, cue: str, code: str) -> None:
    assert code_of_act(act, content, cue) == code


# -- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_the_command_prints_rows() -> None:
    from readout.cli import cli

    given = "Chile accused Peru of sheltering smugglers.\n"
    result = CliRunner().invoke(cli, ["code", "--sentences", "--format", "jsonl"], input=given)
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[0])
    assert (row["source"], row["target"], row["code"], row["root"], row["plover"]) == (
        "CHL",
        "PER",
        "112",
        "11",
        "ACCUSE",
    )
    result = CliRunner().invoke(cli, ["code", "--sentences"], input=given)
    assert result.stdout.startswith("date,source,target,code,root,")
