"""Persons by table: whom a name means, whom they met, what they said, as told by written documents."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from written import TABLE, fill, record

from readout.cli import cli
from readout.errors import QueryRefused
from readout.following import PERSON_COLUMNS, person, person_csv, person_named, person_text, persons_named
from readout.querying import archived_exchanges
from readout.storing import Archive, check, link


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("persons") / "a.sqlite")


@pytest.fixture
def archive(path: Path) -> Any:
    with Archive.open(path) as opened:
        yield opened


@pytest.mark.parametrize("case", TABLE["names"], ids=lambda c: c["asked"])
def test_whom_a_name_means(archive: Archive, case: dict[str, Any]) -> None:
    found = person_named(archive, case["asked"], side=case.get("side"))
    assert found.name == case["is"] and list(found.spellings) == case.get("spellings", [case["is"]])
    assert persons_named(archive, case["asked"], side=case.get("side")) == (found,)


@pytest.mark.parametrize("case", TABLE["unnamed"], ids=lambda c: c["asked"])
def test_unknown_and_ambiguous_names_are_told(archive: Archive, case: dict[str, Any]) -> None:
    with pytest.raises(QueryRefused) as refused:
        person_named(archive, case["asked"], side=case.get("side"))
    assert case["told"] in refused.value.message


@pytest.mark.parametrize("case", TABLE["persons"], ids=lambda c: " ".join(c["asked"].values()))
def test_what_is_told_of_a_person(archive: Archive, case: dict[str, Any]) -> None:
    days = {name: date.fromisoformat(day) for name, day in case["asked"].items() if name != "name"}
    told = person(archive, case["asked"]["name"], **days)
    assert [[b.office, b.side, str(b.first), str(b.last), b.tellings] for b in told.offices] == case["offices"]
    assert told.encounters == case["encounters"]
    assert [[c.person, list(c.offices), c.side, c.channels] for c in told.counterparts] == case["counterparts"]
    assert told.counterparts_count == len(told.counterparts)
    found = [[x.kind, x.status, x.date.iso() if x.date else None, [s.name for s in x.sources]] for x in told.met]
    assert found == case["met"]
    assert told.acts == case["acts"] and told.families == case["families"]
    assert [s.act for s in told.statements] == case["statements"] and told.statements_count == len(told.statements)
    assert [p.source.words for p in told.promises] == case["promises"] and told.promises_count == len(told.promises)
    texts = {archive.key_of(d["id"]): d["text"] for d in TABLE["documents"]}
    sources = [s for x in told.met for s in x.sources] + [x.source for x in (*told.statements, *told.promises)]
    assert all(s.span.of(texts[s.document]) == s.words for s in sources)


def test_exchanges_are_those_of_the_archive(archive: Archive) -> None:
    """What rows alone join is what the documents give."""
    whole = {x.id for x in archived_exchanges(archive)}
    for name in ("Tileuberdi", "Wang Yi", "Ine Berg"):
        assert {x.id for x in person(archive, name).met} <= whole


def test_what_was_kept_apart_by_hand_is_apart(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.sqlite")
    with Archive.open(path, write=True) as opened:
        places = {s.name: (s.document, record(TABLE["documents"][n]).encounters[0].id)
                  for n, s in enumerate(person(opened, "Wang Yi").met[0].sources)}  # fmt: skip
        link(opened, places["a"], places["b"], joined=False, reviewer="Ada")
        assert sorted([s.name for s in x.sources] for x in person(opened, "Wang Yi").met) == [["a"], ["b"]]


def test_limits_leave_the_counts(archive: Archive) -> None:
    whole, short = person(archive, "Tileuberdi"), person(archive, "Tileuberdi", limit=1)
    assert (short.counterparts_count, short.statements_count, short.promises_count) == (4, 5, 2)
    assert short.met == whole.met[:1] and short.statements == whole.statements[:1]
    assert short.promises == whole.promises[:1] and short.counterparts == whole.counterparts[:1]
    for limit in (0, 1001):
        with pytest.raises(QueryRefused):
            person(archive, "Tileuberdi", limit=limit)


def test_the_newest_exchanges_are_whole_however_many_there_are(tmp_path: Path) -> None:
    """Reading only the newest tellings joins no fewer of them than reading all."""
    call = TABLE["documents"][0]
    documents = []
    for n in range(20):
        day = date(2021, 1, 1 + n)
        again = {**call["met"][0], "date": day.isoformat()}
        for issuer in ("One", "Two"):
            text = f"Call {n} is told by {issuer}. {call['text']}"
            documents.append({**call, "id": f"{n}{issuer}", "date": day.isoformat(), "issuer": issuer, "text": text,
                              "met": [again]})  # fmt: skip
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as opened:
        list(opened.put_many([record(d) for d in documents]))
        every = person(opened, "Wang Yi", limit=1000).met
        for limit in (1, 2, 4, 15):
            assert person(opened, "Wang Yi", limit=limit).met == every[:limit]


def test_forms(archive: Archive) -> None:
    told = person(archive, "Tileuberdi")
    page = person_text(told, {"KAZ": "Kazakhstan", "CHN": "China", "NOR": "Norway"}.get)
    assert page.startswith("Mukhtar Tileuberdi (Kazakhstan)\nalso written Mukhtar Tleuberdi\n")
    assert "  foreign minister, Kazakhstan: 2021-03-02 to 2021-05-25, told 10 times\n" in page
    assert "  Wang Yi (foreign minister, China): once, phone call 1, 2021-03-02\n" in page
    assert "    “Mukhtar Tileuberdi spoke by phone with Wang Yi.” (a) and 1 other document\n" in page
    rows = list(csv.DictReader(io.StringIO("".join(person_csv(told)))))
    assert tuple(rows[0]) == PERSON_COLUMNS
    assert [r["part"] for r in rows].count("encounter") == 4 and rows[-1]["words"] == "build a grain terminal in Aktau"
    assert json.loads(json.dumps(told.to_json()))["met"][2]["sources"][1]["name"] == "b"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["Tileuberdi"], 0, "WHOM THEY MET (4)"), (["Tileuberdi", "--format", "csv"], 0, "part,kind"),
        (["Tileuberdi", "--format", "json", "--since", "2021-05-01"], 0, '"since": "2021-05-01"'),
        (["Wang"], 2, "R802 2 people here may be called"), (["Wang", "--side", "KAZ"], 2, "R802 no document"),
        (["Wang Yi", "--until", "2020-01-01"], 0, "nothing told in that time"),
    ],
)  # fmt: skip
def test_the_command(path: Path, arguments: list[str], code: int, words: str) -> None:
    ran = CliRunner().invoke(cli, ["person", *arguments, "--archive", str(path)])
    assert ran.exit_code == code and words in ran.output


def test_the_archive_is_whole_and_its_damage_is_seen(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.sqlite")
    with Archive.open(path, write=True) as opened:
        assert check(opened) == []
        with opened.transaction() as connection:
            connection.exec_driver_sql("UPDATE speakers SET act = 'thank' WHERE act = 'commit'")
            connection.exec_driver_sql("UPDATE participants SET first_day = NULL WHERE kind = 'visit'")
        assert [p for p in check(opened) if "do not bear" in p] == [
            "4 rows of participants do not bear what their encounters tell",
            "1 rows of speakers do not bear what their statements tell",
        ]
