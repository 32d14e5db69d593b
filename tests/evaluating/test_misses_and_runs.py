"""Errors side by side, two runs compared, the report."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from own_gold import gold, perfect, soto, span

from readout.evaluating import (
    compare_runs,
    comparison_table,
    confusion_table,
    confusions,
    html_report,
    intervals,
    judgements,
    miss_list,
    misses,
    score,
    score_table,
)


def flawed() -> dict[str, dict[str, Any]]:
    """One wrong speaker, one wrong act, one missed commitment, one extra relation, one false alarm."""
    predicted = perfect()
    record = predicted["call"]
    record["statements"][0]["speakers"] = [soto()]
    record["statements"][2]["act"] = "assess"
    record["commitments"] = []
    record["relations"].append({"between": ["NOR", "PER"], "kind": "alliance", "label": span("friends")})
    predicted["quiet"]["encounters"] = [
        {"kind": "meeting", "status": "reported", "participants": [soto()], "evidence": [0, 11]}
    ]
    return predicted


def told(found: list[Any]) -> list[tuple[Any, ...]]:
    return [(m.kind, m.outcome, m.fields, m.counted, m.words) for m in found]


def test_the_gold_itself_has_no_misses() -> None:
    assert misses(gold(), perfect()) == {}


def test_every_error_is_told_with_its_words() -> None:
    found = misses(gold(), flawed())
    assert told(found["call"]) == [
        ("statements", "differs", ("speakers",), False, "Chile for its help at sea"),
        ("statements", "differs", ("act",), True, "the storms are not over"),
        ("commitments", "missed", (), False, "send two ships by May"),
        ("relations", "extra", (), False, "friends"),
    ]
    assert told(found["quiet"]) == [("encounters", "false alarm", (), False, "The harbour")]


def test_a_relation_told_twice_is_no_error() -> None:
    predicted = perfect()
    predicted["call"]["relations"] *= 2
    assert misses(gold(), predicted) == {}


def test_uncounted_items_are_those_the_figures_miss() -> None:
    predicted = flawed()
    found = [m for m in judgements(gold(), predicted) if m.kind == "statements"]
    assert sum(m.counted for m in found) == 2 == round(score(gold(), predicted).figure("statements") * 3)


def test_confusions_and_tables() -> None:
    found = judgements(gold(), flawed())
    assert confusions(found) == {"statements.act": {("warn", "assess"): 1}}
    assert "warn as assess" in confusion_table(found)
    shown = miss_list(found, 1)
    assert "call  statements: differs (speakers), not counted as found" in shown
    assert "gold  Ine Berg/foreign_minister@NOR · thank · explicit · toward CHL" in shown
    assert "said  Pablo Soto/foreign_minister@CHL" in shown
    assert shown.count("text") == 1
    scores = score(gold(), flawed())
    assert "false alarms      1 of 1" in score_table(scores, intervals(scores, 10))


def test_two_runs_item_by_item() -> None:
    comparison = compare_runs(gold(), flawed(), perfect(), rounds=20)
    assert [(c.judgement.kind, c.judgement.document) for c in comparison.gains] == [
        ("commitments", "call"),
        ("relations", "call"),
        ("statements", "call"),
        ("statements", "call"),
        ("encounters", "quiet"),
    ]
    assert comparison.losses == ()
    assert comparison.counted["false_alarms"] == (1, 0)
    assert comparison.figures["statements"].difference == 0.3333
    back = compare_runs(gold(), perfect(), flawed(), rounds=0)
    assert len(back.losses) == 5 and back.gains == ()
    assert back.figures["statements"].interval is None
    assert "5 items lost" in comparison_table(back, 9)


def test_a_run_against_itself_changes_nothing_even_with_other_reasons() -> None:
    other = flawed()
    for statement in other["call"]["statements"]:
        statement["confidence"] = {"value": 0.5, "reason": "other"}
    comparison = compare_runs(gold(), flawed(), other, rounds=20)
    assert comparison.gains == comparison.losses == ()
    assert all(change.interval == (0.0, 0.0) for change in comparison.figures.values())


def test_intervals_are_the_same_each_time() -> None:
    scores = score(gold(), flawed())
    assert intervals(scores, 50) == intervals(scores, 50)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [name for name, _ in attrs if name in ("src", "href") or name.startswith("on")]


def test_the_report_is_escaped_and_loads_nothing() -> None:
    hostile = gold()
    hostile[0]["text"] = hostile[0]["text"].replace("Chile for its", "<img src=x onerror=alert(1)> for its")
    hostile[0]["id"] = "<script>alert(2)</script>"
    shift = len("<img src=x onerror=alert(1)>") - len("Chile")
    for key in ("commitments", "relations", "occurrences"):
        hostile[0][key] = []
    hostile[0]["statements"] = hostile[0]["statements"][:1]
    hostile[0]["statements"][0]["content"][1] += shift
    predicted: dict[str, Any] = {hostile[0]["id"]: {"statements": []}}
    found = judgements(hostile, predicted)
    comparison = compare_runs(hostile, {}, predicted, rounds=5)
    page = html_report(score(hostile, predicted), found, hostile, comparison=comparison)
    tags = _Tags()
    tags.feed(page)
    assert {"script", "img", "link", "iframe"}.isdisjoint(tags.seen)
    assert tags.links == []
    assert "&lt;img src=x onerror=alert(1)&gt; for its help at sea</mark>" in page
