"""The user's layer: what is imported, what is refused, and what it overrules."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from readout.cli.actors import actors
from readout.errors import ImportRefused
from readout.knowing import ActorBase
from readout.knowing.importing import import_table

HEAD = "person,qid,aliases,state_or_org,role,title,start,end,source,licence\n"
GOOD = HEAD + "Jane Example,Q1,Jane Q. Example,KAZ,foreign_minister,Minister,2025-12-01,,ministry site,CC0-1.0\n"


@pytest.fixture
def layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "layer" / "actors.csv"
    monkeypatch.setenv("READOUT_USER_ACTORS", str(path))
    return path


def _import(tmp_path: Path, text: str, name: str = "mine.csv") -> int:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return import_table(tmp_path / name, ActorBase.open(), as_of=date(2026, 6, 1))


def test_a_users_row_beats_the_embedded_one(tmp_path: Path, layer: Path) -> None:
    before = ActorBase.open().digest
    assert _import(tmp_path, GOOD) == 1
    base = ActorBase.open()
    answer = base.holders("KAZ", "foreign_minister", date(2026, 1, 15))
    assert [(t.person, t.layer, t.licence) for t in answer.tenures] == [("Jane Example", "user", "CC0-1.0")]
    assert base.digest != before
    assert base.match("Example", of="KAZ", on=date(2026, 1, 15))[0][1].layer == "user"
    assert _import(tmp_path, GOOD) == 1  # the same row again replaces itself
    assert ActorBase.open().counts()["user_tenures"] == 1


def test_a_sparql_result_is_read(tmp_path: Path, layer: Path) -> None:
    cells = {
        "person": "Jane Example", "qid": "http://www.wikidata.org/entity/Q1", "state_or_org": "KAZ",
        "role": "foreign_minister", "title": "Minister", "start": "2025-12-01", "source": "Wikidata",
        "licence": "CC0-1.0",
    }  # fmt: skip
    binding = {k: {"type": "literal", "value": v} for k, v in cells.items()}
    assert _import(tmp_path, json.dumps({"results": {"bindings": [binding]}}), "mine.json") == 1
    assert ActorBase.open().people("Jane Example")[0].qid == "Q1"


REFUSED = [
    (GOOD.replace("ministry site", ""), "line 2: source is empty"),
    (GOOD.replace("KAZ", "KAX"), "line 2: state_or_org 'KAX' is not known"),
    (GOOD.replace("foreign_minister", "fm"), "line 2: role 'fm' is not known"),
    (GOOD.replace("2025-12-01,", "12/2025,"), "line 2: '12/2025' is not a date"),
    (GOOD.replace("2025-12-01,,", "2025-12-01,2024,"), "before start"),
    (GOOD + 'Joe Example,,,KAZ,minister,"two\nlines",2020,,,CC0\n', "line 3: source is empty"),
    ("name,office\nx,y\n", "line 1: the columns person"),
    (HEAD, "holds no rows"),
    ("{not json", "is not the JSON result"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_a_bad_table_is_refused_whole(tmp_path: Path, layer: Path, text: str, why: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        _import(tmp_path, text)
    assert why in str(caught.value)
    assert not layer.exists()


def test_the_commands(tmp_path: Path, layer: Path) -> None:
    (tmp_path / "mine.csv").write_text(GOOD, encoding="utf-8")
    run = CliRunner().invoke
    assert run(actors, ["import", str(tmp_path / "mine.csv"), "--as-of", "2026-06-01"]).exit_code == 0
    found = run(actors, ["find", "Kazakh foreign minister", "--on", "2026-01-15", "--json"])
    assert json.loads(found.stdout)[0]["person"] == "Jane Example"
    assert "digest:" in run(actors, ["info"]).stdout
    assert "ambiguous" in run(actors, ["find", "Korean"]).stdout
