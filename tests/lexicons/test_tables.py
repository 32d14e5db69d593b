"""The tables' form: what the loader refuses and how it says so, digests, the forms of verbs, the state of each file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from readout.errors import LexiconError
from readout.lexicons import digests, load, loader, parse_table
from readout.lexicons.inflection import IRREGULAR, forms
from readout.lexicons.schemas import SCHEMAS

EXPLAINED = (
    "cues",
    "encounter_nouns",
    "encounter_verbs",
    "occurrences",
    "relations",
    "speech_nouns",
    "titles",
    "topics",
)
KEY, FIELDS = SCHEMAS["cues"]
GOOD = {
    "cue": "say",
    "frames": ["quote", "that"],
    "source": "general knowledge",
    "example": "She *said* that it rained.",
}


def parsed(*entries: Mapping[str, Any]) -> loader.Table:
    return parse_table("cues.yaml", yaml.safe_dump([dict(e) for e in entries], sort_keys=False), KEY, FIELDS)


def without(field: str) -> dict[str, Any]:
    return {k: v for k, v in GOOD.items() if k != field}


REFUSED: list[tuple[str, list[Any], str, str]] = [
    ("an unknown key", [GOOD | {"akt": "inform"}], "entry 1 'say'", "'akt' is not known; use one of: act, cue"),
    ("a duplicate", [GOOD, GOOD | {"frames": ["noun"]}], "entry 2 'say'", "already entry 1; merge the two"),
    ("a bad value", [GOOD | {"act": "shout"}], "entry 1 'say'", "'shout' is not known; use one of: affirm, agree"),
    ("a bad value in a list", [GOOD | {"frames": ["that-clauze"]}], "entry 1 'say'", "use one of: addressee"),
    ("a wrong type", [GOOD | {"frames": "that"}], "entry 1 'say'", "'frames' is str; it must be list"),
    ("a word that YAML reads as true", [GOOD | {"example": True}], "entry 1 'say'", "it must be str"),
    ("no frames", [without("frames")], "entry 1 'say'", "lacks frames; add it"),
    ("no source", [without("source")], "entry 1 'say'", "lacks source; add it"),
    ("no example", [without("example")], "entry 1 'say'", "lacks example; add it"),
    ("no key", [GOOD, without("cue")], "entry 2", "needs a field 'cue'"),
    ("an entry that is no mapping", ["say"], "entry 1", "needs a field 'cue'"),
]


@pytest.mark.parametrize(("what", "entries", "entry", "remedy"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_table_is_refused_with_file_entry_and_remedy(what: str, entries: list[Any], entry: str, remedy: str) -> None:
    text = yaml.safe_dump(entries, sort_keys=False)
    with pytest.raises(LexiconError) as refused:
        parse_table("cues.yaml", text, KEY, FIELDS)
    message = str(refused.value)
    assert "cues.yaml" in message
    assert entry in message
    assert remedy in message


@pytest.mark.parametrize(
    ("text", "words"), [("cue: say", "a table is a list of entries; found dict"), ("- [", "not readable as YAML")]
)
def test_a_file_that_is_no_list_is_refused(text: str, words: str) -> None:
    with pytest.raises(LexiconError, match=words):
        parse_table("cues.yaml", text, KEY, FIELDS)


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"nouns\.yaml: no such lexicon; reinstall"):
        loader.read_file("nouns.yaml")


def test_a_good_table_is_taken_as_it_stands() -> None:
    table = parsed(GOOD, GOOD | {"cue": "tell", "act": "inform"})
    assert [e["cue"] for e in table.entries] == ["say", "tell"]


@pytest.fixture
def fresh() -> Iterator[None]:
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", EXPLAINED)
def test_the_digest_changes_with_the_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, text = load(name).digest, loader.read_file(f"{name}.yaml")
    load.cache_clear()
    assert load(name).digest == before
    load.cache_clear()
    monkeypatch.setattr(loader, "read_file", lambda _: "# another comment\n" + text)
    assert load(name).digest != before


def test_every_table_has_a_digest() -> None:
    assert set(digests()) == set(SCHEMAS)
    assert all(re.fullmatch(r"[0-9a-f]{16}", d) for d in digests().values())


@pytest.mark.parametrize("name", EXPLAINED)
def test_every_entry_says_where_it_is_from_and_shows_its_words(name: str) -> None:
    key, fields = SCHEMAS[name]
    assert fields["source"].required and fields["example"].required
    for entry in load(name).entries:
        for sentence in (entry["example"], entry.get("not", entry["example"])):
            assert sentence.count("*") == 2, f"{name} {entry[key]!r}: two stars: {sentence}"
            assert re.search(r"\*\w.*\S\*", sentence), sentence


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_table_is_sorted(name: str) -> None:
    keys = [str(e[SCHEMAS[name][0]]) for e in load(name).entries]
    if name == "occurrences":  # the longer words first: they are tried in this order
        assert keys == sorted(keys, key=lambda k: (-k.count(" "), k))
    else:
        assert keys == sorted(keys, key=str.casefold)


FORMS = {
    "note": ("note", "notes", "noted", "noting"),
    "agree": ("agree", "agrees", "agreed", "agreeing"),
    "guarantee": ("guarantee", "guarantees", "guaranteed", "guaranteeing"),
    "stress": ("stress", "stresses", "stressed", "stressing"),
    "press": ("press", "presses", "pressed", "pressing"),
    "wish": ("wish", "wishes", "wished", "wishing"),
    "reach": ("reach", "reaches", "reached", "reaching"),
    "deny": ("deny", "denies", "denied", "denying"),
    "convey": ("convey", "conveys", "conveyed", "conveying"),
    "tell": ("tell", "tells", "told", "telling"),
    "speak": ("speak", "speaks", "spoke", "spoken", "speaking"),
    "ring": ("ring", "rings", "rang", "rung", "ringing"),
    "regret": ("regret", "regrets", "regretted", "regretting"),
    "confer": ("confer", "confers", "conferred", "conferring"),
    "quip": ("quip", "quips", "quipped", "quipping"),
    "lead": ("lead", "leads", "led", "leading"),
    "signal": ("signal", "signals", "signaled", "signalled", "signaling", "signalling"),
    "dwell": ("dwell", "dwells", "dwelt", "dwelled", "dwelling"),
}


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_the_forms_of_a_verb(verb: str) -> None:
    assert forms(verb) == FORMS[verb]


def test_no_verb_of_the_tables_is_inflected_as_if_regular_where_english_doubles_its_end() -> None:
    """One vowel and one consonant at the end of a stressed syllable double: "regretted", not "regreted"."""
    stressed_elsewhere = set(
        """answer appeal consider counter cover credit deliver edit encounter exhibit gather honor host inherit limit
        listen mention offer order profit question remember render solicit summon threaten visit volunteer wonder
        open develop focus benefit target register happen chatter water discover
        utter bolster favor labor interpret reckon""".split()
    )
    verbs = {str(e["cue"]).split()[0] for e in load("cues").entries}
    verbs |= {str(e["words"]).split()[0] for e in load("encounter_verbs").entries}
    ends = re.compile(r"(?:[^aeiou]|qu)[aeiou][bdfgklmnprtv]$")
    doubtful = {v for v in verbs if ends.search(v) and v not in IRREGULAR and v not in stressed_elsewhere}
    assert not doubtful, "add to IRREGULAR, or to the list above: " + ", ".join(sorted(doubtful))
