# ruff: noqa: E501
"""Hostile SQL to a server, as its superuser: nothing is written, read from files or kept; honest questions are answered."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from samples import sample

from postgres_server import Server
from readout.errors import ArchiveError, QueryRefused
from readout.querying import run_sql
from readout.querying.sql_on_server import FUNCTIONS
from readout.storing import Address, Archive, place_of

HOSTILE = [
    "DELETE FROM documents", "UPDATE texts SET words = ''", "INSERT INTO names VALUES (1, 'x')", "DROP TABLE texts",
    "TRUNCATE texts CASCADE", "CREATE TABLE x (a int)", "CREATE TEMP TABLE x (a int)", "ALTER TABLE texts RENAME TO x",
    "SELECT 1; DELETE FROM documents", "COMMIT; DELETE FROM documents", "SELECT 1 INTO x", "SELECT * INTO x FROM names",
    "WITH x AS (DELETE FROM documents RETURNING 1) SELECT * FROM x", "WITH x AS (SELECT 1) DELETE FROM documents",
    "WITH x AS (INSERT INTO names VALUES (1, 'x') RETURNING 1) SELECT 1", "TABLE pg_authid", "EXPLAIN ANALYZE DELETE FROM names",
    "COPY texts TO '/tmp/readout-stolen'", "COPY (SELECT 1) TO PROGRAM 'touch /tmp/readout-stolen'", "COPY names FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')", "SELECT pg_read_binary_file('/etc/passwd')", "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')", "SELECT lo_export(1, '/tmp/readout-stolen')", "SELECT lo_creat(1)", "SELECT lo_unlink(1)",
    "SELECT dblink('dbname=x', 'DELETE FROM names')", "SELECT pg_sleep(100)", "SELECT count(*) FROM pg_sleep(100)",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "SELECT pg_cancel_backend(1)", "SELECT pg_reload_conf()",
    "SELECT set_config('statement_timeout', '0', false)", "SELECT set_config('transaction_read_only', 'off', true)",
    "SET statement_timeout = 0", "SET SESSION AUTHORIZATION DEFAULT", "SET TRANSACTION READ WRITE", "RESET ALL", "BEGIN", "ROLLBACK",
    "SELECT nextval('x')", "SELECT pg_advisory_lock(1)", "SELECT pg_notify('a', 'b')", "SELECT pg_switch_wal()", "NOTIFY a", "LISTEN a",
    "SELECT pg_create_physical_replication_slot('x')", "SELECT pg_export_snapshot()", "LOCK TABLE texts", "VACUUM", "ANALYZE",
    "SELECT query_to_xml('DELETE FROM names', true, true, '')", "SELECT * FROM names FOR UPDATE", "SELECT current_setting('data_directory')",
    "SELECT rolpassword FROM pg_authid", "SELECT * FROM pg_catalog.pg_shadow", "SELECT (SELECT passwd FROM pg_shadow LIMIT 1)",
    "SELECT 1 FROM names WHERE EXISTS (SELECT 1 FROM pg_authid WHERE rolpassword LIKE 'S%')", "SELECT * FROM pg_stat_activity",
    "SELECT table_name FROM information_schema.tables", "SELECT * FROM secret.kept", "SELECT a FROM kept", "SELECT * FROM seen",
    'SELECT "pg_sleep"(100)', "SELECT pg_catalog.pg_sleep(100)", "SELECT pg_sleep /**/ (100)", "SELECT pg_sleep\n(100)", "SELECT pg_sleep -- x\n(100)",
    "SELECT lower(pg_read_file('/etc/passwd'))", "SELECT evil.lower('x')", "SELECT E'\\047 || pg_sleep(9) || \\047'", "SELECT E'\\'', pg_sleep(9), '\\''",
    "SELECT U&'\\0041'", 'SELECT U&"pg\\005fsleep"(9)', "SELECT $$ a $$", "SELECT $x$ ' $x$, pg_sleep(9), $x$ ' $x$", "SELECT B'1', pg_sleep(9)", "SELECT N'x'",
    "SELECT t.json_agg FROM texts t", "SELECT (t).to_json FROM texts t", "SELECT t.array_agg FROM texts t, texts u", "SELECT s.row_to_json FROM statements s",
    "SELECT 1 OPERATOR(pg_catalog.+) 1", "SELECT * FROM texts TABLESAMPLE system(1)", "SELECT xmlparse(document '<a/>')", "SELECT array(SELECT words FROM texts)",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", "SELECT repeat('x', 1000000000)", "SELECT lpad('x', 1000000000)",
    "SELECT string_agg(words, '') FROM texts", "SELECT " + " || ".join(["words"] * 40) + " FROM texts", "SELECT count(*) FROM generate_series(1, 1000000000)",
    "SELECT replace(words, 'a', words) FROM texts", "SELECT count(*) FROM " + ", ".join(f"columns_of a{n}" for n in range(9)),
    "SELECT count(*) FROM " + ", ".join(f"many a{n}" for n in range(9)), "SELECT '" + "a" * 30_000 + "'", f"SELECT {'(' * 9000}1{')' * 9000}",
    "SELECT sum(a.id * b.id) FROM statements a, statements b, statements c, statements d, statements e, statements f, statements g, statements h, statements i, statements j, statements k, statements l, statements m",
    "SELECT \0 1", "SELECT \ud800", "SELECT 'é' é", "", "   ", "not SQL at all", "SELECT FROM WHERE", "SELECT 'open", 'SELECT "', "SELECT 1)", "SELECT (1", "(SELECT 1)",
    "EXECUTE x", "PREPARE x AS SELECT 1", "DECLARE c CURSOR FOR SELECT 1", "FETCH ALL FROM answer", "DO 'BEGIN END'", "CALL x()", "SHOW data_directory",
    "SELECT 1 FROM names; SELECT 2", "SELECT `a`", "SELECT 1 \\gexec", "VALUES (pg_sleep(9))", "SELECT 9 ^ 9 ^ 9 ^ 9 ^ 9",
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(server: Server) -> Iterator[Address]:
    place = place_of(server.place("asked"))
    assert isinstance(place, Address)
    with Archive.open(place, write=True, create=True) as made:
        made.put(sample())
    for statement in (
        "CREATE SCHEMA secret", "CREATE TABLE secret.kept AS SELECT 'confidential' AS a", "CREATE TABLE asked.kept AS SELECT 'confidential' AS a",
        "CREATE VIEW asked.seen AS SELECT * FROM secret.kept", "CREATE SCHEMA evil",
        "CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE sql AS 'SELECT ''confidential'''",
    ):  # fmt: skip
        server.run(statement)
    yield place


def state(server: Server) -> list[object]:
    tables = server.run(
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('asked', 'secret', 'public') ORDER BY 1, 2"
    )
    rows = [
        server.run(
            f"SELECT count(*), md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM {schema}.\"{name}\" x"
        )
        for schema, name in tables
    ]
    return [
        tables,
        rows,
        server.run("SELECT count(*) FROM pg_largeobject_metadata"),
        server.run("SELECT count(*) FROM pg_replication_slots"),
    ]


def test_hostile_queries_change_and_tell_nothing(archive: Address, server: Server) -> None:
    before = state(server)
    assert len(set(HOSTILE)) >= 100
    for query in HOSTILE:
        start = time.monotonic()
        with pytest.raises(QueryRefused) as refused:
            answer = run_sql(archive, query)
            pytest.fail(f"{query!r:.200} was answered: {answer.rows!r:.200}")
        assert len(str(refused.value)) < 500 and "confidential" not in str(refused.value)
        assert time.monotonic() - start < 60, query  # it ends, whatever the machine
    assert state(server) == before
    assert not server.run("SELECT 1 FROM pg_stat_file('/tmp/readout-stolen', true) s WHERE s.size IS NOT NULL")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT act, count(*) FROM statements GROUP BY act ORDER BY act",
         (("affirm", 1), ("commit", 1), ("request", 1), ("thank", 1))),
        ("WITH s AS (SELECT act AS a FROM statements WHERE words LIKE '%provide%') SELECT s.a, upper(s.a) FROM s", (("commit", "COMMIT"),)),
        ("SELECT d.title, sp.person FROM statements s JOIN documents d ON d.id = s.document_id JOIN speakers sp ON sp.statement_id = s.id "
         "WHERE s.act = 'thank' AND s.\"end\" > 3 AND d.date IN ('2022-01-10', 'x')", (("Wang Yi telephones Tileuberdi", "Mukhtar Tileuberdi"),)),
        ("SELECT id FROM statements_found WHERE terms @@ 'partner' ORDER BY id", ((1,),)),
        ("SELECT row_number() OVER (PARTITION BY kind ORDER BY id), (date IS NULL) FROM encounters ORDER BY id LIMIT 1", ((1, False),)),
        ("VALUES (1, 'it''s; -- pg_sleep(1) /* */ $$'), (2, NULL)", ((1, "it's; -- pg_sleep(1) /* */ $$"), (2, None))),
        ("SELECT avg(position), sum(position), round(2.50, 1) FROM statements", ((1.5, 6, 2.5),)),
        ("SELECT count(*) FILTER (WHERE act = 'thank') FROM statements WHERE act <> ALL (SELECT act FROM statements WHERE act = 'warn')", ((1,),)),
    ],
)  # fmt: skip
def test_an_honest_question_is_answered(query: str, rows: tuple[object, ...], archive: Address) -> None:
    assert run_sql(archive, query).rows == rows


def test_rows_and_bytes_are_capped_and_it_is_told(archive: Address) -> None:
    answer = run_sql(archive, "SELECT a.id, b.id FROM statements a, statements b", max_rows=10)
    assert len(answer.rows) == 10 and answer.cut and answer.columns == ("id", "id")
    assert not run_sql(archive, "SELECT id FROM statements", max_rows=4).cut


def test_every_function_of_the_list_only_looks(server: Server) -> None:
    """None is volatile, so none writes or waits; those that are no function at all are words of the language."""
    rows = server.run(
        "SELECT DISTINCT proname, provolatile FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
    )
    kinds = {name: {v for n, v in rows if n == name} for name in FUNCTIONS}
    assert all(found <= {"i", "s"} for found in kinds.values())
    assert {name for name, found in kinds.items() if not found} <= {"coalesce", "greatest", "least", "nullif", "trim"}


def test_where_there_is_no_archive_it_is_told(server: Server) -> None:
    empty = place_of(server.place())
    with pytest.raises(ArchiveError, match="there is no archive"):
        run_sql(empty, "SELECT 1")
    with pytest.raises(ArchiveError, match="cannot be reached"):
        run_sql(place_of("postgresql://nobody:x@127.0.0.1:1/none"), "SELECT 1")
