# ruff: noqa: E501
"""PostgreSQL beside SQLite: the same is done to both, and every answer of one is that of the other."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import REFUSALS, at, hostile, records, sample
from test_kept import drawn

from postgres_server import PASSWORD, Server
from readout.charting import dyad_in, records_between
from readout.cli import cli
from readout.errors import ArchiveError, ExtraMissing, QueryRefused
from readout.exporting.annotations import labelstudio_task
from readout.following import digest, ledger, person, phrases
from readout.pipeline import Reader
from readout.querying import FILTERS_OF, KINDS, archived_exchanges, count, find, lost_links, render_rows
from readout.reading import from_mapping
from readout.reading.examples import examples
from readout.records import Record, Refusal, Span, dumps, loads
from readout.reviewing import all_reviewed, corrections_of, import_reviews, labelstudio_reviews
from readout.serving import create_app
from readout.storing import (
    Archive,
    all_pairs,
    check,
    document_key,
    export_line,
    held_lately,
    info,
    kept_joins,
    link,
    links,
    place_of,
    postgres,
    unlink,
    versions,
)
from readout.storing.migrations import LATEST
from readout.storing.postgres import escaped, unescaped

DEV = Path(__file__).resolve().parents[3] / "shared/gold/dev"
SERIES = sorted((Path(__file__).parents[1] / "following/series").glob("*.yaml"))
CLOCK = lambda: datetime(2026, 1, 1, tzinfo=UTC)  # noqa: E731
URL = "https://example.org/a"
# what stems, folds, joins and begins; what is no word; what would be an operator of either database
SEARCHES = (
    "partner", "partners", "strateg*", '"strategic partner"', '"strategic partners" assist*', "co-operation", "co-oper*",
    "cooperation", "café", "cafe", "CAFÉ", "naïve naive", "Zhañyl̈", "zhanyl", "people’s", "peoples", "people s", "İstanbul",
    "istanbul", "straße", "strasse", "中文", "中*", "ﬁnance", "U.N.", '"U N"', "2022", "202*", "³", "ᦰ", "ᦰ partner", "🇰🇿",
    "OR NOT", "a & b | !c", "x:*", "' \\ %", "running", "run*", "ran", "generalizations", "oscillators", "they", "the of",
    '"of the" grain', "grain railway", '"railway next year"', '"next railway"', "wheat NEAR cotton", "nul", "\0nul", "e\u0301t*",
    "a" * 300, "a" * 150 + "*", "a" * 250 + "*", "\ue000\ue013\ue000", "\U0010fffe", "tail_under", "under", "10.000", '"10 000"',
)  # fmt: skip
TEXTS = (
    "Strategic partnership, co-operation; cooperating partners. Café, cafe\u0301, naïve. People’s peoples.",
    "İstanbul, straße, 中文 中国, ﬁnance, the U.N. in 2022 and 2023, ³ ᦰ 🇰🇿 tail_under 10.000 generalizations.",
    "Oscillators oscillate; they ran, run and were running. OR NOT a b c x %. \0nul\0 \U0010fffe0 \U0010fffe.",
    "a" * 300 + " été " + "a" * 251 + " marks \ue000\ue013\ue000 and \ue001\ue013\ue001 in it",
)
# more different words than the server's index takes of one text, and more than PostgreSQL counts the places of
LARGE = " ".join(f"{n:07d}wörd" for n in range(60_000)) + " railway next year, strategic partners"  # fmt: skip


@pytest.fixture
def both(server: Server, tmp_path: Path) -> Iterator[tuple[Archive, Archive]]:
    """One empty archive of each kind."""
    with opened(tmp_path / "a.sqlite") as one, opened(server.place()) as other:
        yield one, other


def opened(place: str | Path) -> Archive:
    return Archive.open(place, write=True, create=True, clock=CLOCK)


def texts() -> list[Record]:
    """A record for each text, all of whose words are one statement."""
    said = sample().statements[0]
    return [
        Record(
            id=f"t{n}", text=words, date=date(2022, 1, n + 1) if n else None, url=URL,
            statements=(replace(said, cue=None, via=None, content=Span(0, len(words))),),
        )
        for n, words in enumerate(TEXTS)
    ]  # fmt: skip


def told(do: Callable[[], Any]) -> Any:
    """What comes of it, an error of ours by its words."""
    try:
        return do()
    except (ArchiveError, QueryRefused) as error:
        return str(error)


def drive(archive: Archive, found: list[Record]) -> list[Any]:
    """Everything that can be done to an archive, with what each step told."""
    chance = random.Random(5)
    out: list[Any] = [list(archive.put_many([*found, *REFUSALS, REFUSALS[0]], per_transaction=3))]
    again = [chance.choice(found) for _ in range(12)]
    steps = [lambda r=r: archive.put(r) for r in again]
    steps += [lambda r=r: archive.put(replace(r, id=r.id + "-b")) for r in again]
    steps += [
        lambda r=r: archive.put(replace(r, made_with={"readout": "2"}, statements=r.statements[:1])) for r in again
    ]
    steps += [lambda r=r: archive.put(replace(r, id=r.id[:40] + "-c", issuer="Other")) for r in again[:6]]
    steps += [lambda r=r: archive.merge(document_key(r), r.id[:40] + "-c", reason="same") for r in again[:3]]
    steps += [lambda r=r: archive.put(replace(r, id=r.id[:40] + "-c", issuer="Other")) for r in again[:6]]
    steps += [lambda r=r: archive.remove(document_key(r), reason="asked") for r in again[8:]]
    steps += [lambda: archive.remove(REFUSALS[0].id, reason=""), lambda: archive.remove("nothing", reason="")]
    steps += [lambda: archive.give_name(document_key(again[0]), "another name")]
    for step in steps:
        out.append(told(step))
    places = [(f.key, f.item.id) for f in find(archive, "encounters", limit=None)[::5]][:6]
    for one, other in zip(places[::2], places[1::2], strict=False):
        out.append(told(lambda a=one, b=other: link(archive, a, b, joined=True, reviewer="Ann", reason="seen")))
        out.append(told(lambda a=one, b=other: link(archive, a, b, joined=False, reviewer="Ben")))
    if len(places) > 3:
        out.append(told(lambda: unlink(archive, places[2], places[3])))
    out.append([x.to_json() for x in archived_exchanges(archive)])  # keeps the edges that it finds
    out.append([x.to_json() for x in archived_exchanges(archive, side="CHN")])
    return out


def questions(records_: list[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The whole vocabulary of filters, on every kind, alone and together."""
    values: dict[str, tuple[Any, ...]] = {
        "side": ("CHN", "kaz", "China", ("CHN", "USA"), "x\0y"), "with": ("KAZ", ("USA", "KAZ")),
        "person": ("wang", "Tileuberdi", "Zhañyl", "%", "x_"), "office": ("foreign_minister", "head_of_state"),
        "act": ("commit", ("thank", "warn")), "family": ("directive",), "strength": ("firm", "conditional"),
        "status": ("past", ("planned", "reported")), "code": ("05", "0", "SUPPORT", "consult"),
        "issuer": ("Agency", "Other", "China"), "since": (date(2022, 1, 8), "2024-03-01"),
        "until": (date(2022, 1, 10), "2024-02-25"),
    }  # fmt: skip
    kinds = {"encounters": ("phone_call", ("visit", "message")), "relations": ("strategic_partnership",),
             "occurrences": ("attack",)}  # fmt: skip
    for kind in KINDS:
        yield kind, {}
        for name in sorted(FILTERS_OF[kind] - {"text"}):
            for value in kinds[kind] if name == "kind" else values[name]:
                yield kind, {name: value}
                yield kind, {name: value, "since": "2022-01-02", "until": "2024-03-05", "text": "t*"}
        if {"side", "with"} <= FILTERS_OF[kind]:
            yield kind, {"side": "CHN", "with": "KAZ", "since": "2024-02-20", "until": "2024-03-02"}
            yield kind, {"side": "KAZ", "with": "KAZ"}
    for words in searches(records_):
        for kind in ("statements", "documents"):
            yield kind, {"text": words}
    for kind in KINDS:
        yield kind, {"text": "part*", "limit": 3, "offset": 1}
        yield kind, {"limit": 4, "offset": 2}


def searches(found: list[Record]) -> Iterator[str]:
    """The list, and words, beginnings, phrases and both together out of the texts by chance."""
    yield from SEARCHES
    chance = random.Random(8)
    for _ in range(60):
        words = chance.choice(found).text[:3000].split()
        n = chance.randrange(len(words))
        one, near, far = words[n], " ".join(words[n : n + chance.randrange(2, 5)]), chance.choice(words)
        near = near.replace('"', " ")
        yield chance.choice([one, one[: chance.randrange(1, 5)] + "*", f'"{near}"', f'"{near}" {far}', f"{one} {far}*"])


def answers(archive: Archive, found: list[Record]) -> Iterator[tuple[str, Any]]:
    """Every answer that an archive gives, each with its question."""
    yield "check", check(archive)
    yield "export", [export_line(item) for item in archive.everything()]
    yield "info", {name: value for name, value in info(archive).items() if name != "size_bytes"}
    yield "log", archive.log()
    yield "readings", archive.readings()
    yield "links", links(archive)
    yield "lost", lost_links(archive)
    yield "joins", kept_joins(archive)
    yield "corrections", corrections_of(archive)
    yield "reviewed", [export_line(item) for item in all_reviewed(archive)]
    yield "versions", versions(archive, URL)
    yield "version", [versions(archive, r.url) for r in found[:20] if r.url]
    for kind, asked in questions(found):
        answer = told(lambda k=kind, a=asked: find(archive, k, **{n + "_" * (n == "with"): v for n, v in a.items()}))
        yield (
            f"{kind} {asked}",
            [(f.key, f.span, f.hits, f.words) for f in answer] if isinstance(answer, list) else answer,
        )
        if isinstance(answer, list) and not {"limit", "offset"} & set(asked):
            yield (
                f"count {kind} {asked}",
                count(archive, kind, **{n + "_" * (n == "with"): v for n, v in asked.items()}),
            )
            yield f"csv {kind} {asked}", "".join(render_rows(answer, kind, "csv"))
    for name in ("Wang Yi", "Tokayev", "Tileuberdi", "Xi", "nobody at all"):
        yield f"person {name}", told(lambda n=name: person(archive, n))
        yield f"person {name} since", told(lambda n=name: person(archive, n, since=date(2022, 1, 8), limit=2))
    for since in (date(1, 1, 1), date(2022, 1, 8), date(2024, 3, 1)):
        yield f"digest {since}", told(lambda s=since: digest(archive, since=s, limit=7))
    yield "refusals", archive.refusals()
    yield "pairs", all_pairs(archive, 5)
    yield "pairs since", all_pairs(archive, 5, since=date(2024, 2, 25), until=date(2024, 3, 2))
    yield "held", held_lately(archive)
    for one, other in (("CHN", "KAZ"), ("KAZ", "CHN"), ("USA", "CHN"), ("X\0", "KAZ")):
        for by, since in (("month", None), ("year", date(2024, 2, 25)), ("quarter", None)):
            yield f"dyad {one} {other} {by}", dyad_in(archive, one, other, by=by, since=since)
        yield f"between {one} {other}", records_between(archive, one, other)
        yield f"ledger {one} {other}", told(lambda a=one, b=other: ledger(archive, a, b, "2024-06-01"))
        yield f"phrases {one} {other}", told(lambda a=one, b=other: phrases(archive, a, b))
        yield f"digest {one}", told(lambda a=one, b=other: digest(archive, since=date(2024, 2, 24), side=a, other=b))
        yield f"phrases {one}", told(lambda a=one: phrases(archive, a, least=2))


def test_a_text_too_large_for_the_index_is_read(both: tuple[Archive, Archive]) -> None:
    asked = (
        "railway",
        '"next year"',
        '"year next"',
        '"0000001word 0000002word"',
        "0059999w*",
        "0060000w*",
        "partner rail*",
    )
    told = []
    for archive in both:
        list(archive.put_many([Record(id="large", text=LARGE), sample()]))
        told.append([[(f.key, f.hits) for f in find(archive, "documents", text=words)] for words in asked])
        assert check(archive) == []
    assert told[0] == told[1] and [len(found) for found in told[0]] == [1, 1, 0, 1, 1, 0, 1]


def assert_same(both: tuple[Archive, Archive], found: list[Record]) -> int:
    asked = 0
    for (question, one), (again, other) in zip(answers(both[0], found), answers(both[1], found), strict=True):
        assert question == again and one == other, question
        assert question != "check" or one == []
        asked += 1
    return asked


def corrected(archive: Archive) -> Any:
    """A reviewer's change of an act and a rejection, as Label Studio gives them back."""
    task = labelstudio_task(document_key(sample()), sample())
    results = json.loads(json.dumps(task["predictions"][0]["result"]))
    task["annotations"] = [{"result": results[:-1], "completed_by": 1, "created_at": "2026-01-01T00:00:00Z"}]
    source = json.dumps([task]).encode()
    return sorted(import_reviews(archive, labelstudio_reviews(source), reviewer="Ann", at="2026-01-01").items())


def test_result_sets_are_equal(both: tuple[Archive, Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_MOST", 150)  # half of the texts are then in the index, half are read
    chance = random.Random(3)
    found = [sample(), hostile(), *texts(), *(drawn(chance, n) for n in range(24))]
    done = [drive(archive, found) for archive in both]
    assert done[0] == done[1]
    done = [told(lambda a=archive: [a.put(sample()), corrected(a), corrected(a)]) for archive in both]
    assert done[0] == done[1] and not isinstance(done[0], str)
    assert assert_same(both, found) > 500
    # and again after all of it went through an export
    lines = [export_line(item) for item in both[1].everything()]
    for archive in both:
        list(archive.put_many(map(loads, lines)))
    assert [export_line(x) for x in both[0].everything()] == [export_line(x) for x in both[1].everything()] == lines


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(items=st.lists(records(), max_size=3, unique_by=lambda r: r.text), words=st.text(min_size=1, max_size=12))
def test_any_records_come_back(server: Server, items: list[Record], words: str) -> None:
    place = server.place("any_records")
    try:
        with opened(place) as archive:
            list(archive.put_many([*items, *items]))
            assert check(archive) == []
            back = {item.text: item for item in archive.everything() if isinstance(item, Record)}
            assert back == {item.text: item for item in items}
            told(lambda: find(archive, "documents", text=words))
    finally:
        server.run("DROP SCHEMA any_records CASCADE")


@pytest.mark.model
def test_result_sets_of_read_documents_are_equal(both: tuple[Archive, Archive], reader: Reader) -> None:
    """The project's examples, the series of the ledger, and the reference documents where they lie beside it."""
    given: list[dict[str, Any]] = [
        d for path in SERIES for d in yaml.safe_load(path.read_text(encoding="utf-8"))["documents"]
    ]
    given += examples().values()
    if DEV.is_dir():
        rows = [json.loads(line) for name in ("gold", "own", "negatives")
                for line in (DEV / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]  # fmt: skip
        given += [{n: r[n] for n in ("id", "text", "title", "date", "issuer", "url") if r.get(n)} for r in rows]
    read = list(reader.read_documents([from_mapping(d, id=d["id"]) for d in given]))
    for archive in both:
        list(archive.put_many(read))
    kept = [r for r in read if isinstance(r, Record)]
    assert len(kept) > 30 and not [r for r in read if isinstance(r, Refusal)]
    assert_same(both, kept)
    exchanged = [[x.to_json() for x in archived_exchanges(archive)] for archive in both]
    assert exchanged[0] == exchanged[1] and exchanged[0]


def test_the_commands_answer_alike(server: Server, tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    source.write_text("".join(dumps(r) + "\n" for r in (sample(), *REFUSALS, *texts()[:3])), encoding="utf-8")
    out = []
    for place in (str(tmp_path / "a.sqlite"), server.place()):
        runs = [
            ["import", str(source)], ["statements", "--side", "CHN", "--format", "json"], ["documents", "--text", "partner*"],
            ["export"], ["export", "--format", "gdelt"], ["archive", "check"], ["archive", "log"], ["archive", "migrate"],
            ["dyad", "CHN", "KAZ"], ["exchanges", "--all"], ["ledger", "CHN", "KAZ"], ["remove", "sample-1"], ["documents"],
            ["sql", "SELECT act, count(*) AS n FROM statements GROUP BY act ORDER BY act"],
        ]  # fmt: skip
        done = [CliRunner().invoke(cli, [*words, "--archive", place]) for words in runs]
        assert [d.exit_code for d in done] == [0] * len(runs), [d.stderr for d in done if d.exit_code]
        out.append([d.stdout for d in done])
    assert out[0] == out[1]


def test_it_is_served(server: Server) -> None:
    place = server.place()
    with opened(place) as archive:
        archive.put(sample())
    served = TestClient(create_app(place), base_url="http://127.0.0.1:8321", client=("127.0.0.1", 4000))
    told = served.get("/api/v1/statements", params={"text": "strateg*"})
    assert told.status_code == 200 and "strategic partners" in told.text
    assert served.get("/api/v1/info").json()["documents"] == 1
    for path in ("/", "/world", "/dyad?one=CHN&other=KAZ", "/ledger?side=CHN", "/digest", "/person?name=Wang+Yi"):
        assert served.get(path).status_code == 200, path


def test_two_writers_wait_for_one_another_and_get_a_clear_word(server: Server) -> None:
    place = server.place()
    with opened(place) as archive:
        with archive.transaction():
            with pytest.raises(ArchiveError, match="another process is writing"):
                Archive.open(place, write=True, timeout_s=0.1)
            with Archive.open(place) as reading:  # readers do not wait, and see nothing half written
                archive.put(sample())
                assert list(reading.everything()) == []
        with Archive.open(place) as reading:
            assert len(list(reading.everything())) == 1
            with pytest.raises(ArchiveError, match="reading only"):
                reading.put(hostile())
    with opened(server.place()):  # the archive of another schema is not locked with it
        pass


def test_writers_side_by_side_lose_nothing(server: Server) -> None:
    place, chance = server.place(), random.Random(2)
    shared = [drawn(chance, n) for n in range(16)]
    opened(place).close()
    failed: list[BaseException] = []

    def write(mine: list[Record]) -> None:
        try:
            with Archive.open(place, write=True, timeout_s=60, clock=CLOCK) as archive:
                list(archive.put_many(mine))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(shared[n:] + shared[:n],)) for n in (0, 5, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with Archive.open(place) as archive:
        assert check(archive) == []
        assert {document_key(r) for r in shared} == {key for key, _ in archive.readings()}


@pytest.mark.parametrize("after", [1, 4, 9])
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(server: Server, tmp_path: Path, after: int) -> None:
    place, source = server.place(), tmp_path / "records.jsonl"
    chance = random.Random(1)
    all_ = list({document_key(r): r for r in (drawn(chance, n) for n in range(24))}.values())
    source.write_text("".join(dumps(r) + "\n" for r in all_), encoding="utf-8")
    script = Path(__file__).parent / "killed.py"
    with subprocess.Popen(
        [sys.executable, str(script), place, str(source)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        told = [child.stdout.readline().strip() for _ in range(after)]
        child.send_signal(signal.SIGKILL)
        told += child.stdout.read().split()
        assert child.wait() == -signal.SIGKILL
    with opened(place) as archive:  # the server lets the dead one's lock go
        keys = {key for key, _ in archive.readings()}
        assert check(archive) == [] and set(told) <= keys and len(keys) - len(told) in (0, 1)
        list(archive.put_many(all_))
        assert len(archive.readings()) == len(all_) and check(archive) == []


def test_a_lost_connection_leaves_nothing_half_written(server: Server) -> None:
    with opened(server.place()) as archive:
        with pytest.raises(ArchiveError, match="cannot be reached"), archive.transaction() as connection:
            archive.put(sample())
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            server.run(f"SELECT pg_terminate_backend({own})")
            archive.put(hostile())
        place = archive.place
    with Archive.open(place) as archive:
        assert list(archive.everything()) == [] and check(archive) == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE statements SET words = 'other' WHERE position = 0", "words of statements"),
        ("DELETE FROM statements_found WHERE id = 1", "index of statements holds"),
        ("UPDATE statements_found SET stems = ' x '", "other words"),
        ("UPDATE statements_found SET terms = NULL WHERE id = 2", "other words"),
        ("DELETE FROM statements WHERE position = 3", "table of statements differs"),
        ("UPDATE tallies SET count = count + 1", "tallies"),
        ("UPDATE texts SET words = words || 'x'", "another digest"),
        ("UPDATE documents SET key = 'x'", "another key"),
        ("UPDATE dyad_counts SET count = count + 1", "codes and topics"),
    ],
)
def test_check_sees_damage(server: Server, damage: str, words: str) -> None:
    with opened(server.place()) as archive:
        archive.put(sample())
        with archive.transaction() as connection:
            connection.exec_driver_sql(damage)
        assert any(words in problem for problem in check(archive))


def test_what_is_no_archive_is_refused_and_left_as_it_is(server: Server) -> None:
    place = server.place()
    for write in (False, True):
        with pytest.raises(ArchiveError, match=r"no archive in .*readout add"):
            Archive.open(place, write=write)
    server.run("CREATE SCHEMA other; CREATE TABLE other.mine (a int)")
    with pytest.raises(ArchiveError, match="no archive of readout"):
        opened(server.url(schema="other"))
    with pytest.raises(ArchiveError, match="CREATE SCHEMA"):
        opened(server.url(schema="absent"))
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(ArchiveError, match="UTF8"):
        opened(server.url("latin"))
    with opened(place) as archive, archive.transaction() as connection:
        connection.exec_driver_sql(f"UPDATE schema_version SET version = {LATEST + 1}")
    for write in (True, False):
        with pytest.raises(ArchiveError, match="newer readout"):
            Archive.open(place, write=write)


def test_a_user_without_rights_reads_and_is_told_why_it_cannot_write(server: Server) -> None:
    server.run("CREATE ROLE looks LOGIN")
    place = server.place("looked_at")
    with opened(place) as archive:
        archive.put(sample())
    server.run("GRANT USAGE ON SCHEMA looked_at TO looks; GRANT SELECT ON ALL TABLES IN SCHEMA looked_at TO looks")
    looks = place.replace("//readout@", "//looks@")
    with Archive.open(looks) as archive:
        assert check(archive) == [] and len(find(archive, "statements", text="partners")) == 1
    with Archive.open(looks, write=True) as archive, pytest.raises(ArchiveError, match="GRANT"):
        archive.put(hostile())


def test_a_backup_is_the_servers_own(server: Server, tmp_path: Path) -> None:
    place = server.place()
    opened(place).close()
    done = CliRunner().invoke(cli, ["archive", "backup", str(tmp_path / "b"), "--archive", place])
    assert done.exit_code == 1 and not (tmp_path / "b").exists()
    assert "pg_dump" in done.stderr


def test_a_value_too_long_for_an_index_is_told(server: Server) -> None:
    long = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    with opened(server.place()) as archive:
        archive.put(replace(sample(), url="https://example.org/" + long))  # an address may be long
        assert len(versions(archive, "https://example.org/" + long)) == 1
        with pytest.raises(ArchiveError, match="too long for PostgreSQL"):
            archive.put(replace(sample(), id=long, title="other"))
        assert check(archive) == []


@pytest.mark.parametrize("password", ["wrong-secret", "wr%40ng%2Fsecret"])
def test_no_message_holds_the_password(server: Server, tmp_path: Path, password: str) -> None:
    shown = ("wrong-secret", "wr@ng/secret", "wr%40ng%2Fsecret")
    asked = [
        server.over_tcp(password), server.over_tcp(password) + "?nonsense=1",
        f"postgresql://readout:{password}@127.0.0.1:1/x", f"postgresql://readout@127.0.0.1:{server.port}/x?password={password}",
        f"mysql://a:{password}@h/d", f"postgresql://a:{password}@h:port/d", f"postgresql://a:{password}@h",
        f"postgresql://a:{password}@h.invalid/d",
    ]  # fmt: skip
    for url in asked:
        for command in (["documents"], ["import", str(tmp_path / "none")], ["sql", "SELECT 1"], ["archive", "info"]):
            done = CliRunner().invoke(cli, [*command, "--archive", url])
            words = done.output + done.stderr + repr(done.exception) + str(done.exception)
            assert done.exit_code in (1, 2) and not any(secret in words for secret in shown), (url, words)
        for bad in (str(url), Path(url)):
            with pytest.raises(ArchiveError) as caught:
                Archive.open(bad)
            assert not any(secret in f"{caught.value} {caught.value.parts}" for secret in shown)


def test_the_right_password_opens_and_is_not_shown(server: Server) -> None:
    url = server.over_tcp(PASSWORD.replace("@", "%40").replace("/", "%2F")) + "?options=-csearch_path%3Dby_tcp"
    server.place("by_tcp")
    with opened(url) as archive:
        archive.put(sample())
        assert PASSWORD not in f"{archive.name} {archive.place!r} {archive.place}"
        assert archive.name == f"postgresql://readout@127.0.0.1:{server.port}/postgres"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a.sqlite", None), ("C:/a.sqlite", None), ("postgres.sqlite", None), ("postgresql:/a", ""),
        ("postgres://u:p@h:5/d", "postgresql://u@h:5/d"), ("postgresql+psycopg:///d?host=/run/x", "postgresql:///run/x/d"),
        ("PostgreSQL://h/d", "postgresql://h/d"),
    ],
)  # fmt: skip
def test_a_place_is_a_file_or_an_address(given: str, shown: str | None) -> None:
    if shown == "":
        with pytest.raises(ArchiveError, match=r"cannot be read|names no database"):
            place_of(given)
    else:
        place = place_of(given)
        assert str(place) == given if shown is None else str(place) == shown
        assert place_of(place) == place


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing, match=r"R602 .*diplomatic-readout\[postgres\]"):
        Archive.open("postgresql://h/d")


@given(st.text())
def test_nul_is_kept_in_other_characters(words: str) -> None:
    for text in (words, words.replace("a", "\0"), words + "\U0010fffe0\0\U0010fffe"):
        assert unescaped(escaped(text)) == text and "\0" not in escaped(text)


def test_hits_lie_where_they_are(both: tuple[Archive, Archive]) -> None:
    for archive in both:
        archive.put(sample())
        found = find(archive, "statements", text='"strategic partners"')
        assert [h for f in found for h in f.hits] == [at("strategic partners")]
