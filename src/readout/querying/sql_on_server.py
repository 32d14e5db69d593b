"""One question in SQL to a PostgreSQL server, bounded and truly read-only.

A read-only transaction is not enough there: functions read and write the server's files, end its other sessions and
call other servers, and settings can be changed by a SELECT. So the words of a query are read first, and what is not on
a short list is refused: comments, dollar quotes, escapes, several statements, every function but plain ones. Then the
server plans it, and a plan that reads anything but the archive's own tables is refused. Only then it is asked, through
a cursor, which takes nothing but a SELECT, in a read-only transaction with a time limit.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from readout.errors import ArchiveError, QueryRefused
from readout.storing import Address
from readout.storing.postgres import POSTGRES, connected, needed
from readout.storing.schema import METADATA, SEARCHED

MAX_SQL, MAX_VALUE, MAX_ANSWER, MAX_JOINED, MAX_DEPTH = 20_000, 1_000_000, 8_000_000, 8, 50
_AT_ONCE = 10
_TABLES = frozenset(METADATA.tables) | {f"{name}_found" for name in SEARCHED}
_COLUMNS = frozenset(c.name for table in METADATA.tables.values() for c in table.c) | {"terms", "stems"}
FUNCTIONS = frozenset(
    "abs avg bool_and bool_or ceil ceiling char_length coalesce count cume_dist date_part date_trunc dense_rank "
    "first_value floor greatest lag last_value lead least left length lower ltrim max min mod nth_value ntile nullif "
    "octet_length percent_rank position rank right round row_number rtrim sign split_part starts_with strpos substr "
    "substring sum to_char to_date trim upper".split()
)
# words of the language that a bracket may follow
_BEFORE_BRACKET = frozenset(
    "all and any as between by case cast char decimal distinct else except exists extract filter from having ilike in "
    "intersect is join lateral like limit materialized not numeric offset on or over row select some then union using "
    "values varchar when where".split()
)
_TOKEN = re.compile(
    r"(?P<blank>[ \t\n\r\f\v]+)|(?P<text>'(?:[^']|'')*')|(?P<quoted>\"(?:[^\"]|\"\")+\")|"
    r"(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>\d[\w.]*)|(?P<sign>[-()\[\],.*+/%<>=!~@#^&|?:])"
)
_MORE = "the query would do more than read the archive's own tables; "


def run_on_server(address: Address, query: str, *, max_rows: int, max_seconds: float) -> tuple[Any, Any, bool]:
    """The columns and rows of the answer to one SELECT, and whether there was more.

    Raises:
        QueryRefused: it would do more than read, is no SQL, or is too long, too slow or too large.
        ArchiveError: there is no archive, or the server cannot be reached.
        ExtraMissing: psycopg is not installed.
    """
    dotted = _checked(query)
    needed()
    import psycopg  # only here, and it is installed

    try:
        connection = connected(address, 5.0)
    except psycopg.Error as error:
        raise POSTGRES.told(error, address) from error
    try:
        connection.autocommit = True
        connection.execute(
            f"SET statement_timeout = {max(1, int(max_seconds * 1000))}; SET lock_timeout = 1000; SET jit = off; "
            "SET standard_conforming_strings = on; SET max_parallel_workers_per_gather = 0; SET work_mem = '16MB'"
        )
        connection.autocommit = False
        connection.read_only = True
        found = connection.execute("SELECT to_regclass('schema_version') IS NOT NULL, current_schema()").fetchone()
        if found is None or not found[0]:
            raise ArchiveError(f"there is no archive in {address.name!r}; make one with `readout add`")
        _check_names(connection, dotted)
        for (plan,) in connection.execute(f"EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) {query}", prepare=True):
            _check_plan(plan, found[1])
        return _answer(connection, query, max_rows, max_seconds)
    except psycopg.OperationalError as error:
        if error.sqlstate is None or connection.broken:
            raise POSTGRES.told(error, address) from error
        raise _refusal(error, max_seconds) from error
    except (psycopg.Error, UnicodeError, MemoryError) as error:
        raise _refusal(error, max_seconds) from error
    finally:
        connection.close()


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(query):
        found = _TOKEN.match(query, at)
        if found is None:
            raise QueryRefused(
                f"{query[at]!r} is not taken in SQL on a server; write one SELECT without comments, semicolons, "
                "dollar quotes and backslashes outside texts"
            )
        yield str(found.lastgroup), found[0]
        at = found.end()


def _checked(query: str) -> set[str]:
    """See that a query is made of known words; the names that stand after a dot.

    Raises:
        QueryRefused: it is not.
    """
    if "\0" in query:
        raise QueryRefused("the query holds a NUL character; take it out")
    if len(query) > MAX_SQL:
        raise QueryRefused(f"the query has more than {MAX_SQL:,} characters; shorten it")
    known = list(_tokens(query))
    words = [(kind, value) for kind, value in known if kind != "blank"]
    if not words or words[0][0] != "word" or words[0][1].lower() not in ("select", "with", "values"):
        raise QueryRefused("that is no question; write one SELECT in PostgreSQL's SQL")
    for (kind, before), (after, value) in pairwise(known):
        pair = before + value
        escape = after in ("text", "quoted") and (kind in ("word", "number", after) or before == "&")
        if escape or pair in ("--", "/*"):
            raise QueryRefused(f"{pair[:20]!r} is not taken in SQL on a server; write without comments and escapes")
    if any(kind == "word" and value.lower() == "recursive" for kind, value in words):
        raise QueryRefused("WITH RECURSIVE is not taken in SQL on a server; ask with your own psql")
    if query.count("||") > MAX_JOINED:
        raise QueryRefused(f"texts are put together more than {MAX_JOINED} times; select the columns by themselves")
    dotted: set[str] = set()
    depth = 0
    for n, (kind, value) in enumerate(words):
        depth += (value == "(") - (value == ")")
        if depth > MAX_DEPTH or depth < 0:
            raise QueryRefused(f"brackets are not closed, or stand more than {MAX_DEPTH} deep; write it plainer")
        if kind not in ("word", "quoted"):
            continue
        name = value.lower() if kind == "word" else value[1:-1].replace('""', '"')
        after_dot = n > 0 and words[n - 1][1] == "."
        if n + 1 < len(words) and words[n + 1][1] == "(":
            plain = kind == "word" and name in _BEFORE_BRACKET
            if after_dot or not (plain or name in FUNCTIONS):
                raise QueryRefused(f"{_MORE}the function {name[:40]!r} is not on the list in docs/archive.md")
        if after_dot:
            dotted.add(name)
    return dotted


def _check_names(connection: Any, dotted: set[str]) -> None:
    # `row.name` calls the function of that name where the row has no such column
    names = sorted(dotted - _COLUMNS - _TABLES)
    for (name,) in connection.execute("SELECT proname FROM pg_proc WHERE proname = ANY(%s)", [names]).fetchall():
        raise QueryRefused(f"{_MORE}{name[:40]!r} after a dot may be a function; name the column otherwise")


def _check_plan(plan: Any, schema: str) -> None:
    if isinstance(plan, list):
        for part in plan:
            _check_plan(part, schema)
    elif isinstance(plan, dict):
        name = plan.get("Relation Name")
        if name is not None and (plan.get("Schema") != schema or name not in _TABLES):
            raise QueryRefused(f"{_MORE}{str(name)[:60]!r} is none of them")
        if "Function Name" in plan or "Table Function Name" in plan:
            raise QueryRefused(f"{_MORE}it reads from a function")
        for part in plan.values():
            _check_plan(part, schema)


def _answer(connection: Any, query: str, max_rows: int, max_seconds: float) -> tuple[Any, Any, bool]:
    deadline = time.monotonic() + max_seconds
    rows: list[tuple[Any, ...]] = []
    size = 0
    with connection.cursor(name="answer") as cursor:
        cursor.execute(query)
        columns = tuple(column.name for column in cursor.description or ())
        while part := cursor.fetchmany(_AT_ONCE):
            for row in part:
                if len(rows) == max_rows:
                    return columns, tuple(rows), True
                values = tuple(_plain(value) for value in row)
                lengths = [len(v) if isinstance(v, str | bytes) else 8 for v in values]
                size += sum(lengths)
                if max(lengths, default=0) > MAX_VALUE or size > MAX_ANSWER:
                    raise QueryRefused(
                        f"a value has more than {MAX_VALUE:,} characters, or the answer {MAX_ANSWER:,}; select fewer "
                        "columns, or use substr()"
                    )
                rows.append(values)
            if time.monotonic() > deadline:
                raise _slow(max_seconds)
    return columns, tuple(rows), False


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, memoryview):
        return bytes(value)
    return value if value is None or isinstance(value, bool | int | float | str | bytes) else str(value)


def _slow(max_seconds: float) -> QueryRefused:
    return QueryRefused(f"the query took longer than {max_seconds:g} s; narrow it with WHERE, or use an index")


def _refusal(error: Exception, max_seconds: float) -> QueryRefused:
    code = getattr(error, "sqlstate", None)
    if code == "57014":
        return _slow(max_seconds)
    if code == "25006":
        return QueryRefused(f"{_MORE}only SELECT is allowed")
    told = str(error).splitlines()[0][:200] if str(error) else "out of memory"
    return QueryRefused(f"the query cannot be answered: {told}; write one SELECT in PostgreSQL's SQL")
