"""What each figure counts as right, on gold of our own."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from own_gold import TEXT, berg, gold, perfect, soto, span

from readout.errors import RecordError, SchemaError, SettingError
from readout.evaluating import FIGURES, score
from readout.evaluating.persons import same_person
from readout.evaluating.words import WordIndex

Record = dict[str, Any]


def test_the_gold_itself_is_perfect() -> None:
    scores = score(gold(), perfect())
    assert {name: row.f1 for name, row in scores.rows.items() if row.gold} == {
        name: 1.0 for name in FIGURES if scores.rows[name].gold
    }
    assert (scores.false_alarms, scores.ungrounded, scores.malformed, scores.missing) == (0, 0, 0, 0)


def test_no_prediction_is_missing_and_finds_nothing() -> None:
    scores = score(gold(), {})
    assert scores.missing == 2
    assert scores.figure("statements") == 0.0
    assert scores.rows["statements"].gold == 3


def _speaker(r: Record) -> None:
    r["statements"][0]["speakers"] = [soto()]


def _given_name(r: Record) -> None:
    r["statements"][0]["speakers"] = [{**berg(), "person": "Kari Berg"}]


def _act(r: Record) -> None:
    r["statements"][0]["act"] = "congratulate"  # another act of the same family


def _cue(r: Record) -> None:
    r["statements"][0]["cue"] = span("Berg thanked Chile for its help at")


def _toward(r: Record) -> None:
    r["statements"][0]["toward"] = []


def _status(r: Record) -> None:
    r["encounters"][0]["status"] = "past"


def _date(r: Record) -> None:
    r["encounters"][0]["date"] = "2021-03-04"


def _part(r: Record) -> None:
    r["encounters"][0]["participants"][0]["part"] = "recipient"


def _office(r: Record) -> None:
    r["encounters"][0]["participants"][0]["office"] = "ambassador"


def _strength(r: Record) -> None:
    r["commitments"][0]["strength"] = "willing"


def _deadline(r: Record) -> None:
    r["commitments"][0]["deadline"] = None


def _relation(r: Record) -> None:
    r["relations"][0]["between"].reverse()


def _occurrence(r: Record) -> None:
    r["occurrences"][0]["states"] = ["ARG"]


# the mistake, what it costs (figure: F1), and what it must leave whole
CASES: list[tuple[Callable[[Record], None], dict[str, float], tuple[str, ...]]] = [
    (_speaker, {"statements": 0.6667, "acts": 0.6667, "attribution": 0.6667, "speaker": 0.6667}, ("commitments",)),
    (_given_name, {"speaker": 0.6667}, ("statements", "attribution")),
    (_act, {"acts": 0.6667, "by_act.thank": 0.0}, ("statements", "act_families")),
    (_cue, {"cue": 0.6667}, ("statements",)),
    (_toward, {"toward": 0.0}, ("statements", "acts")),
    (_status, {"encounters": 0.0, "encounters_reported": 0.0, "participants": 0.0}, ("statements",)),
    (_date, {"encounter_date": 0.0}, ("encounters",)),
    (_part, {"encounter_parts": 0.5}, ("encounters", "offices")),
    (_office, {"offices": 0.5}, ("encounters", "encounter_parts", "participants")),
    (_strength, {"commitments": 0.0}, ("commitments_loose", "deadline_condition")),
    (_deadline, {"deadline_condition": 0.0}, ("commitments",)),
    (_relation, {}, ("relations", "relation_evidence")),
    (_occurrence, {"occurrences": 0.0}, ("relations",)),
]


@pytest.mark.parametrize(("mistake", "costs", "whole"), CASES, ids=[case[0].__name__.strip("_") for case in CASES])
def test_a_mistake_costs_its_figure_and_no_other(
    mistake: Callable[[Record], None], costs: dict[str, float], whole: tuple[str, ...]
) -> None:
    predicted = perfect()
    mistake(predicted["call"])
    scores = score(gold(), predicted)
    assert {name: scores.figure(name) for name in costs} == costs
    assert {name: scores.figure(name) for name in whole} == dict.fromkeys(whole, 1.0)


@pytest.mark.parametrize(
    ("kind", "item", "counted"),
    [
        ("statements", None, "malformed"),
        ("statements", "text", "malformed"),
        ("statements", {"content": [0, 5], "act": 3}, "malformed"),
        ("statements", {"content": [0, 5], "speakers": 7}, "malformed"),
        ("statements", {"content": [0, 5], "speakers": [{"of": ["NOR"]}]}, "malformed"),
        ("statements", {"content": [0, 5], "speakers": [{"person": 4}]}, "malformed"),
        ("commitments", {"action": [0, 5], "promisor": 9}, "malformed"),
        ("statements", {"content": [5, 5]}, "ungrounded"),
        ("statements", {"content": [0, len(TEXT) + 1]}, "ungrounded"),
        ("statements", {"content": [True, 5]}, "ungrounded"),
        ("statements", {"content": [4, 6]}, "ungrounded"),  # a comma and a blank: no word
        ("statements", {"content": [0, 5], "cue": [9, 2]}, "ungrounded"),
        ("statements", {"content": [0, 5], "toward": 8}, None),
    ],
)
def test_a_bad_item_is_counted_and_left_out(kind: str, item: Any, counted: str | None) -> None:
    predicted = perfect()
    predicted["call"][kind].append(item)
    scores = score(gold(), predicted)
    assert {name for name in ("malformed", "ungrounded") if getattr(scores, name)} == ({counted} if counted else set())
    assert scores.rows[kind].recall == 1.0


@pytest.mark.parametrize("kind", ["statements", "encounters", "relations"])
@pytest.mark.parametrize("value", [7, "abc", {"a": 1}, True])
def test_a_part_that_is_no_list_is_malformed(kind: str, value: Any) -> None:
    predicted = perfect()
    predicted["call"][kind] = value
    assert score(gold(), predicted).malformed > 0


def test_a_false_alarm_is_a_reported_exchange_in_a_text_without_one() -> None:
    predicted = perfect()
    alarm = {"kind": "meeting", "status": "reported", "participants": [berg()], "evidence": [0, 11]}
    predicted["quiet"]["encounters"] = [{**alarm, "kind": "briefing"}, {**alarm, "status": "past"}]
    assert score(gold(), predicted).false_alarms == 0
    predicted["quiet"]["encounters"].append(alarm)
    scores = score(gold(), predicted)
    assert (scores.false_alarms, scores.negatives) == (1, 1)
    assert scores.figure("encounters") == 1.0


def test_a_record_of_another_text_is_refused() -> None:
    predicted = perfect()
    predicted["call"]["text"] += " "
    with pytest.raises(RecordError, match="another text"):
        score(gold(), predicted)


def test_malformed_gold_is_refused_with_its_field() -> None:
    broken = gold()
    broken[0]["statements"][1]["act"] = "mumble"
    with pytest.raises(
        SchemaError, match=r"gold document 1: statements, item 2: 'act' is 'mumble'; use one of: discuss"
    ):
        score(broken, {})


def test_an_unknown_figure_is_refused_by_name() -> None:
    with pytest.raises(SettingError, match="'statement' is not known"):
        score(gold(), {}).figure("statement")


@pytest.mark.parametrize(
    ("known", "said", "of", "same"),
    [
        ("Mukhtar Tileuberdi", "Tleuberdi", "KAZ", True),
        ("Mukhtar Tileuberdi", "Mukhtar", "KAZ", False),
        ("Joe Biden", "Joseph Biden", "USA", True),
        ("Joe Biden", "Jill Biden", "USA", False),
        ("Wang Yi", "Wang", "CHN", True),
        ("Ilham Əliyev", "I. Eliyev", "AZE", True),
        ("Bruno Rodríguez Parrilla", "Bruno Rodriguez", "CUB", True),
        ("Al bin", "bin", None, False),
    ],
)
def test_one_person_in_several_spellings(known: str, said: str, of: str | None, same: bool) -> None:
    assert same_person(known, said, of) is same


def test_the_word_index_counts_as_sets_of_words_would() -> None:
    import re

    rng = random.Random(5)
    index = WordIndex(TEXT)

    def plainly(span: list[int]) -> set[int]:
        return {span[0] + m.start() for m in re.finditer(r"\w+", TEXT[span[0] : span[1]])}

    for _ in range(2000):
        one, other = (sorted(rng.sample(range(len(TEXT) + 1), 2)) for _ in range(2))
        a, b = plainly(one), plainly(other)
        assert index.places(one) == sorted(a)
        assert index.shared(one, other) == len(a & b)
        assert index.overlap(one, other) == (len(a & b) / len(a | b) if a | b else 0.0)
