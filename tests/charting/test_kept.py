"""What an archive keeps of two sides is what its documents give, whatever came, went and came back."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from samples import sample
from telling_of import FM, HEAD, series, told

from readout.charting import dyad, dyad_in, records_between
from readout.cli import cli
from readout.records import DateInterval, Record, item_id, text_digest
from readout.storing import Archive, check, document_key, dyads
from readout.storing.migrations import _DYADS, BORNE

KINDS = ("phone_call", "video_call", "meeting", "visit", "message", "multilateral", "briefing")
SAID = (
    "thanked the neighbours for the grain", "condemned the closing of the border", "will build a railway next year",
    "praised the trade in wheat and cotton", "asked for visas for students", "warned of sanctions on banks",
)  # fmt: skip
ACTS = ("thank", "criticise", "commit", "support", "request", "warn")
SIDES = ("CHN", "KAZ", "USA")


def drawn(chance: random.Random, n: int) -> Record:
    """A document of three weeks in which three sides meet often: some tell of one exchange, some print a text again."""
    day = date(2024, 2, 20) + timedelta(days=chance.randrange(21))
    sides = tuple(chance.sample(SIDES, 2))
    sentences = ["They spoke with one another at length about many things of common interest in the capital."]
    sentences += chance.sample(SAID, chance.randrange(0, 4))
    acts = [(*chance.choice([(sides[0], sides[1]), (sides[1], sides[0]), ("+".join(sides), ""), (sides[0], "")]),
             ACTS[SAID.index(s)], s) for s in sentences[1:]]  # fmt: skip
    if chance.random() < 0.7:
        sentences.append(f"So it was told in paper {n}.")
    labels = []
    if chance.random() < 0.5:
        words = chance.choice(["strategic partners", "Strategic partners", "good neighbours"])
        sentences.append(f"They are {words}.")
        labels.append(("neighbour" if "good" in words else "strategic_partnership", words))
    met = tuple(
        (chance.choice(KINDS), chance.choice(["reported", "reported", "past", "planned"]),
         chance.choice(["", day.isoformat(), (day - timedelta(days=1)).isoformat(), day.isoformat()[:7], "2024"]),
         chance.choice([FM, HEAD, ""]), chance.choice([FM, ""]))
        for _ in range(chance.randrange(0, 3))
    )  # fmt: skip
    record = told(f"d{n}", chance.choice([day.isoformat()] * 6 + [None]), *sentences, met=met, said=tuple(acts),
                  labels=tuple(labels), sides=sides)  # fmt: skip
    if record.encounters and chance.random() < 0.2:
        first = record.encounters[0]
        long = DateInterval(start=day, end=day + timedelta(days=chance.choice([3, 30, 90])), precision="days")
        record = replace(record, encounters=(replace(first, date=long), *record.encounters[1:]))
    return replace(record, issuer=chance.choice(["One", "Two"]))


def asked() -> Iterator[dict[str, Any]]:
    days = (None, date(2024, 2, 26), date(2024, 3, 4))
    for by, scale, since, until in product(("month", "quarter", "year"), ("goldstein", "plover"), days, days):
        if not (since and until and since > until):
            yield {"by": by, "scale": scale, "since": since, "until": until}


def same(archive: Archive, sides: tuple[str, ...] = SIDES) -> None:
    """Every dyad told from what is kept equals the same told from the documents."""
    for one, other in product(sides, sides):
        if one != other:
            documents = records_between(archive, one, other)
            for question in asked():
                assert dyad_in(archive, one, other, **question) == dyad(documents, one, other, **question)


def opened(path: Path) -> Archive:
    return Archive.open(path, write=True, create=True, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("chain", [dyads.CHAIN, 2])
def test_what_is_kept_is_what_the_documents_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, chain: int
) -> None:
    monkeypatch.setattr(dyads, "CHAIN", chain)
    chance = random.Random(seed)
    pool = [drawn(chance, n) for n in range(40)]
    with opened(tmp_path / "a.sqlite") as archive:
        for step in range(90):
            record = chance.choice(pool)
            deed = chance.random()
            if deed < 0.6:
                archive.put(record)
            elif deed < 0.75:  # another reading of the same publication
                archive.put(replace(record, encounters=record.encounters[:1], statements=record.statements[1:]))
            elif deed < 0.85:  # the same words elsewhere
                archive.put(replace(record, id=record.id + "b", issuer="Third"))
            elif (keys := [key for key, _ in archive.readings()]) and deed < 0.95:
                archive.remove(chance.choice(keys), reason="")
            else:
                two = [r for r in archive.everything() if isinstance(r, Record) and r.text == record.text][:2]
                if len(two) == 2:
                    archive.merge(document_key(two[0]), document_key(two[1]), reason="")
            if step % 15 == 0:
                assert check(archive) == []
        assert len(dyad_in(archive, "CHN", "KAZ").exchanges) > 3
        assert check(archive) == []
        same(archive)
        assert bool(archive.settle()) is (chain == 2) and not archive.settle()
        if chain == 2:
            assert check(archive) == []
            same(archive)
        left = [key for key, _ in archive.readings()]
        for key in left:
            archive.remove(key, reason="")
        archive.settle()
        with archive.transaction() as connection:
            for table in ("documents", "tellings", "exchanges", "counts", "labels"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM dyad_{table}").scalar() == 0
            for table in ("marks", "acting", "tallies"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_the_order_of_adding_changes_nothing(tmp_path: Path) -> None:
    pool = [drawn(random.Random(77), n) for n in range(60)]
    kept = []
    for n in range(3):
        random.Random(n).shuffle(pool)
        with opened(tmp_path / f"{n}.sqlite") as archive:
            list(archive.put_many(pool, per_transaction=1 + 3 * n))
            kept.append([dyad_in(archive, a, b, by="month") for a, b in (("CHN", "KAZ"), ("KAZ", "USA"))])
    assert kept[0] == kept[1] == kept[2]


def test_the_series_of_the_other_tests_and_the_sample(tmp_path: Path) -> None:
    with opened(tmp_path / "a.sqlite") as archive:
        list(archive.put_many([*series(), sample()]))
        same(archive, ("CHN", "KAZ", "NOR", "SWE"))
        call = dyad_in(archive, "KAZ", "CHN").exchanges[0]
        assert (call.accounts, call.independent, call.level) == (3, 2, "ministers")
        assert check(archive) == []


def test_the_examples_as_they_are_read(tmp_path: Path) -> None:
    file = str(tmp_path / "a.sqlite")
    folder = resources.files("readout").joinpath("examples")
    texts = [str(x) for x in folder.iterdir() if x.name.endswith(".txt")]
    assert CliRunner().invoke(cli, ["add", *sorted(texts), "--archive", file]).exit_code == 0
    with Archive.open(file) as archive:
        with archive.transaction() as connection:
            pairs = connection.exec_driver_sql("SELECT one, other FROM dyads").all()
        assert len(pairs) > 5 and check(archive) == []
        for one, other in pairs:
            documents = records_between(archive, one, other)
            assert documents and dyad_in(archive, one, other, by="month") == dyad(documents, one, other, by="month")


def test_a_summit_of_many_sides(tmp_path: Path) -> None:
    sides = tuple(f"S{n:02}" for n in range(40))
    one = told(
        "a", "2024-03-05", "They all met.", met=(("multilateral", "reported", "2024-03-05", *[FM] * 40),), sides=sides
    )
    other = replace(one, id="b", text="All of them met.", date=date(2024, 3, 6))
    other = replace(other, encounters=tuple(
        replace(e, id=item_id(text_digest(other.text), "encounter", e.evidence, 0)) for e in one.encounters
    ))  # fmt: skip
    with opened(tmp_path / "a.sqlite") as archive:
        list(archive.put_many([one, other]))
        assert [x.accounts for x in dyad_in(archive, "S03", "S31").exchanges] == [2]
        archive.remove("a", reason="")
        assert [x.accounts for x in dyad_in(archive, "S03", "S31").exchanges] == [1] and check(archive) == []


def back_to_version_3(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        for table in reversed([x.split()[2] for x in _DYADS]):
            raw.execute(f"DROP TABLE {table}")
        for table in ("joins", "links"):
            raw.execute(f"DROP TABLE {table}")
        for table in ("encounters", "statements"):
            raw.execute(f"ALTER TABLE {table} DROP COLUMN codes")
        for table, (_, column, copied, _) in BORNE.items():
            raw.execute(f"DROP INDEX {table}_person")
            raw.execute(f"CREATE INDEX {table}_person ON {table}(person, {column})")
            for name in copied:
                raw.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        raw.execute("UPDATE schema_version SET version = 3")


def test_an_older_archive_is_counted_when_it_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with opened(path) as archive:
        list(archive.put_many([drawn(random.Random(3), n) for n in range(20)]))
        expected = dyad_in(archive, "CHN", "USA", by="month")
    back_to_version_3(path)
    with opened(path) as archive:
        assert dyad_in(archive, "CHN", "USA", by="month") == expected and check(archive) == []
        assert [line["action"] for line in archive.log()] == ["migrate"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE dyad_counts SET count = count + 1 WHERE what = 'statements'", "codes and topics kept for CHN and KAZ"),
        ("DELETE FROM dyad_exchanges WHERE kind = 'visit'", "exchanges kept for CHN and KAZ"),
        ("UPDATE dyad_labels SET words = 'foes'", "labels kept for CHN and KAZ"),
        ("DELETE FROM dyad_documents WHERE day = '2019-03-05'", "1 documents are missing"),
    ],
)
def test_check_sees_sums_that_are_wrong(tmp_path: Path, damage: str, words: str) -> None:
    with opened(tmp_path / "a.sqlite") as archive:
        list(archive.put_many(series()))
    with sqlite3.connect(tmp_path / "a.sqlite") as raw:
        raw.execute(damage)
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert any(words in problem for problem in check(archive))


def test_sums_of_other_rules_are_not_used_until_they_are_counted_again(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    first, *rest = series()
    with opened(path) as archive:
        archive.put(first)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE counted_by SET rules = 'older'")
        raw.execute("UPDATE dyad_counts SET count = 77")
    with opened(path) as archive:
        list(archive.put_many(rest))
        same(archive, ("CHN", "KAZ"))
        assert "archive migrate" in check(archive)[0]
    result = CliRunner().invoke(cli, ["archive", "migrate", "--archive", str(path)])
    assert result.exit_code == 0 and "counted the sums" in result.stderr
    with opened(path) as archive:
        assert check(archive) == [] and not archive.recount()
        same(archive, ("CHN", "KAZ"))
