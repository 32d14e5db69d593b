"""Gold and floors as files, and the command."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from own_gold import gold, perfect
from test_misses_and_runs import flawed

from readout.cli.evaluate import evaluate
from readout.errors import SchemaError, SettingError, SourceMissing
from readout.evaluating import (
    check_floors,
    floors_of,
    gold_digest,
    lowered_silently,
    raised,
    read_floors,
    read_gold,
    read_predictions,
    score,
)
from readout.evaluating.floors import Floors

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "floors.json"
DEV = ROOT.parent / "shared" / "gold" / "dev"


def write(path: Path, documents: Any) -> str:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return str(path)


def test_gold_is_read_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", gold())
    assert read_gold([path]) == gold()
    whole = tmp_path / "gold.json"
    whole.write_text(json.dumps(gold(), indent=1), encoding="utf-8")
    assert read_gold([whole]) == gold()


def test_fields_that_may_be_empty_may_be_left_out() -> None:
    spare = gold()
    for field in ("cue", "toward", "via"):
        spare[0]["statements"][2].pop(field)
    spare[0]["encounters"][0].pop("date")
    assert score(spare, {"call": spare[0]}).figure("statements") == 1.0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: found list"),
        ("[" * 100_000, "line 2: not JSON"),
        ("{}", "line 2: 'id' is missing"),
        ('{"id": "x", "text": "Word."}', "line 2: 'encounters' must be a list"),
        ('{"id": "quiet", "text": "Word.", "negative": true}', r"line 2: id 'quiet' was already used in .*line 1"),
    ],
)
def test_malformed_gold_names_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(gold()[1]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=rf"mine.jsonl, {message}"):
        read_gold([path])


@pytest.mark.parametrize(
    ("kind", "field", "value", "message"),
    [
        ("statements", "content", [5, 2], "'content' is"),
        ("statements", "cue", [0, 10**9], "'cue' is"),
        ("statements", "speakers", [], "'speakers' must be"),
        ("statements", "speakers", [{"person": 3}], "'person' is 3"),
        ("statements", "speakers", [{"office": "king"}], "office 'king' is not known"),
        ("statements", "toward", "KAZ", "'toward' is 'KAZ'"),
        ("encounters", "kind", "chat", "use one of: phone_call"),
        ("encounters", "date", 2021, "'date' is 2021"),
        ("relations", "between", ["NOR", "NOR"], "two different parties"),
        ("commitments", "strength", None, "use one of: firm, willing"),
    ],
)
def test_malformed_items_name_their_field(tmp_path: Path, kind: str, field: str, value: Any, message: str) -> None:
    broken = gold()
    broken[0][kind][0][field] = value
    with pytest.raises(SchemaError, match=f"line 1: {kind}, item 1: .*{message}"):
        read_gold([write(tmp_path / "gold.jsonl", broken)])


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for read in (read_predictions, read_floors, lambda path: read_gold([path])):
        with pytest.raises(SourceMissing):
            read(tmp_path / "none")


def test_predictions_need_an_id_and_only_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="line 1: a record needs"):
        read_predictions(write(tmp_path / "p.jsonl", [{}]))
    with pytest.raises(SchemaError, match="line 2: 'a' is predicted twice"):
        read_predictions(write(tmp_path / "p.jsonl", [{"id": "a"}, {"id": "a"}]))


def test_the_digest_follows_content_not_order() -> None:
    one = gold()
    assert gold_digest(one) == gold_digest(one[::-1])
    other = gold()
    other[0]["statements"][0]["toward"] = []
    assert gold_digest(one) != gold_digest(other)


def test_floors_are_broken_kept_raised_and_never_lowered() -> None:
    best, worse = score(gold(), perfect()), score(gold(), flawed())
    floors = floors_of(best, gold())
    assert check_floors(best, floors, gold()) == []
    broken = {b.figure: b.what for b in check_floors(worse, floors, gold())}
    assert broken["statements"] == "below" and broken["false_alarms"] == "above"
    assert raised(floors, worse) == floors
    assert raised(floors_of(worse, gold()), best) == floors


def test_floors_of_another_gold_do_not_apply() -> None:
    (only,) = check_floors(score(gold(), {}), floors_of(score(gold(), perfect()), gold()[:1]), gold())
    assert only.what == "not applicable"
    assert "not checked" in only.message


def test_a_floor_falls_only_with_a_reason() -> None:
    before = Floors(gold_digest="d", figures={"acts": 0.6, "cue": 0.8, "missing": 0})
    after = Floors(gold_digest="d", figures={"acts": 0.5, "missing": 1})
    assert lowered_silently(before, after) == ["acts", "cue", "missing"]
    told = ({"figure": "acts", "from": 0.6, "to": 0.5, "why": "the gold's borderline table changed"},)
    assert (
        lowered_silently(before, Floors(gold_digest="d", figures={"acts": 0.5, "cue": 0.9, "missing": 0}, lowered=told))
        == []
    )


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"figures": {}},
        {"gold_digest": "d", "figures": []},
        {"gold_digest": "d", "figures": {"acts": "high"}},
        {"gold_digest": "d", "figures": {}, "extra": 1},
        {"gold_digest": "d", "figures": {}, "lowered": [{"figure": "acts", "from": 1, "to": 0, "why": " "}]},
    ],
)
def test_malformed_floors_are_refused(tmp_path: Path, data: Any) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"floors\.json"):
        read_floors(path)


def test_a_floor_for_an_unknown_figure_is_refused() -> None:
    with pytest.raises(SettingError):
        check_floors(score(gold(), {}), Floors(gold_digest=gold_digest(gold()), figures={"wit": 1.0}), gold())


def test_the_kept_floors_fall_only_in_the_open() -> None:
    """Walks the history of the file: whoever lowers a floor writes down why in the same change."""
    read_floors(KEPT)
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs the history")
    name = KEPT.relative_to(ROOT).as_posix()
    listed = subprocess.run(
        [git, "log", "--reverse", "--format=%H", "--", name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    states = []
    for commit in listed.stdout.split():
        shown = subprocess.run([git, "show", f"{commit}:{name}"], cwd=ROOT, capture_output=True, text=True)
        if shown.returncode == 0:
            states.append(json.loads(shown.stdout))
    states.append(json.loads(KEPT.read_text(encoding="utf-8")))
    floors = [Floors(gold_digest=s["gold_digest"], figures=s["figures"], lowered=tuple(s["lowered"])) for s in states]
    for before, after in pairwise(floors):
        assert lowered_silently(before, after) == []


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.skipif(not DEV.is_dir(), reason="the reference gold is not beside this checkout")
def test_no_figure_is_below_its_floor() -> None:
    pytest.importorskip("readout.pipeline")
    from readout.cli.evaluate import read_now

    floors = read_floors(KEPT)
    if not floors.figures:
        pytest.skip("no floor has been set yet")
    documents = read_gold([DEV / f"{name}.jsonl" for name in ("gold", "own", "negatives")])
    assert [b.message for b in check_floors(score(documents, read_now(documents)), floors, documents)] == []


def test_the_command_prints_writes_and_compares(tmp_path: Path) -> None:
    gold_file = write(tmp_path / "gold.jsonl", gold())
    run = write(tmp_path / "run.jsonl", perfect().values())
    old = write(tmp_path / "old.jsonl", flawed().values())
    page = tmp_path / "report.html"
    done = CliRunner().invoke(
        evaluate, [gold_file, "--predictions", run, "--against", old, "--html", str(page), "--bootstrap", "10"]
    )
    assert done.exit_code == 0, done.output
    assert "5 items gained" in done.output and "0 items lost" in done.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    done = CliRunner().invoke(
        evaluate, [gold_file, "--predictions", old, "--json", "--misses", "2", "--bootstrap", "5"]
    )
    told = json.loads(done.stdout)
    assert told["gold_digest"] == gold_digest(gold())
    assert told["statements"]["f1"] == 0.6667 and len(told["statements"]["interval"]) == 2
    assert [miss["what"] for miss in told["misses"]] == ["differs", "differs"]


def test_the_command_holds_floors(tmp_path: Path) -> None:
    gold_file = write(tmp_path / "gold.jsonl", gold())
    run = write(tmp_path / "run.jsonl", perfect().values())
    old = write(tmp_path / "old.jsonl", flawed().values())
    floors = str(tmp_path / "floors.json")
    call = [gold_file, "--floors", floors]
    assert isinstance(CliRunner().invoke(evaluate, [*call, "--predictions", old]).exception, SourceMissing)
    assert CliRunner().invoke(evaluate, [*call, "--predictions", old, "--raise-floors"]).exit_code == 0
    assert CliRunner().invoke(evaluate, [*call, "--predictions", run, "--raise-floors"]).exit_code == 0
    assert read_floors(floors).figures["statements"] == 1.0
    broken = CliRunner().invoke(evaluate, [*call, "--predictions", old])
    assert broken.exit_code == 1
    assert "statements is 0.6667, below its floor of 1.0000" in broken.stderr


def test_a_refusal_is_an_empty_record(tmp_path: Path) -> None:
    gold_file = write(tmp_path / "gold.jsonl", gold())
    refused = {"schema": "readout-record/1", "id": "call", "refused": {"code": "R406", "message": "m", "source": None}}
    done = CliRunner().invoke(evaluate, [gold_file, "--predictions", write(tmp_path / "p.jsonl", [refused])])
    assert "1 of 1 documents were refused" in done.stderr
