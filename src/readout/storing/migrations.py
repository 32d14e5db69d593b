"""The schema of the archive, one migration a version; a migration is never changed once it is released.

They are written in SQLite's words; ``dialects`` turns them into those of another database.

Version 1 made the tables and their full-text indexes. Version 2 added ``tallies``: how often one side directed each
act at another, by month, kept up to date on writing so that a page about two sides need not group a million rows.
``corrections`` came after them: what reviewers changed, beside the machine's records. Version 4 added the tables of
two sides together (``readout.storing.dyads``), and ``acting``: which sides act in a document, by its day. Version 5
added the joins between tellings of one encounter, and the codes of items. Version 6 wrote days, kinds and acts beside
each actor, for the pages of persons.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from readout.errors import ArchiveError
from readout.storing.dialects import dialect_of

Migration = Callable[[Connection], None]

_ITEM = (
    "id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, "
    "item TEXT NOT NULL, position INTEGER NOT NULL, told TEXT, "
)
_WORDS = "start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL, confidence REAL NOT NULL"
_TABLES = (
    "CREATE TABLE texts (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, words TEXT NOT NULL)",
    "CREATE TABLE made (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL)",
    "CREATE TABLE documents (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "
    "text_id INTEGER NOT NULL REFERENCES texts(id), made_id INTEGER NOT NULL REFERENCES made(id), "
    "name TEXT NOT NULL, title TEXT, date TEXT, issuer TEXT, issuer_kind TEXT NOT NULL, issuer_of TEXT, url TEXT, "
    "body TEXT NOT NULL)",
    "CREATE TABLE names (document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, name TEXT NOT NULL, "
    "PRIMARY KEY (document_id, name)) WITHOUT ROWID",
    "CREATE TABLE merged (key TEXT PRIMARY KEY, into_key TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE refusals (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, code TEXT NOT NULL, "
    "message TEXT NOT NULL, source TEXT)",
    "CREATE TABLE log (id INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, key TEXT NOT NULL, "
    "name TEXT NOT NULL, detail TEXT NOT NULL)",
    "CREATE TABLE persons (name TEXT PRIMARY KEY, folded TEXT NOT NULL) WITHOUT ROWID",
    f"CREATE TABLE encounters ({_ITEM} kind TEXT NOT NULL, status TEXT NOT NULL, date TEXT, first_day TEXT, "
    f"last_day TEXT, place TEXT, {_WORDS})",
    f"CREATE TABLE statements ({_ITEM} attribution TEXT NOT NULL, act TEXT NOT NULL, family TEXT NOT NULL, {_WORDS})",
    f"CREATE TABLE commitments ({_ITEM} statement TEXT NOT NULL, strength TEXT NOT NULL, refrain INTEGER NOT NULL, "
    f"deadline TEXT, condition TEXT, {_WORDS})",
    f"CREATE TABLE relations ({_ITEM} kind TEXT NOT NULL, {_WORDS})",
    f"CREATE TABLE occurrences ({_ITEM} kind TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT, {_WORDS})",
    "CREATE TABLE participants (encounter_id INTEGER NOT NULL REFERENCES encounters(id) ON DELETE CASCADE, "
    "position INTEGER NOT NULL, part TEXT NOT NULL, person TEXT, office TEXT, side TEXT NOT NULL, "
    "certainty TEXT NOT NULL, PRIMARY KEY (encounter_id, position)) WITHOUT ROWID",
    "CREATE TABLE speakers (statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE, "
    "position INTEGER NOT NULL, person TEXT, office TEXT, side TEXT NOT NULL, certainty TEXT NOT NULL, "
    "PRIMARY KEY (statement_id, position)) WITHOUT ROWID",
    "CREATE TABLE sides (kind TEXT NOT NULL, item_id INTEGER NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL, "
    "side TEXT NOT NULL, PRIMARY KEY (kind, item_id, role, position)) WITHOUT ROWID",
    "CREATE INDEX documents_text ON documents(text_id)",
    "CREATE INDEX documents_url ON documents(url)",
    "CREATE INDEX documents_date ON documents(date)",
    "CREATE INDEX documents_issuer ON documents(issuer_of)",
    "CREATE INDEX names_name ON names(name)",
    "CREATE INDEX participants_side ON participants(side, encounter_id)",
    "CREATE INDEX participants_person ON participants(person, encounter_id)",
    "CREATE INDEX speakers_side ON speakers(side, statement_id)",
    "CREATE INDEX speakers_person ON speakers(person, statement_id)",
    "CREATE INDEX sides_side ON sides(kind, role, side, item_id)",
)
_ITEM_TABLES = ("encounters", "statements", "commitments", "relations", "occurrences")


def _run(connection: Connection, *statements: str) -> None:
    """Make or change tables, in the words of the connection's database."""
    dialect = dialect_of(connection)
    for statement in statements:
        connection.execute(text(dialect.ddl(statement)))


def _first(connection: Connection) -> None:
    _run(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    connection.execute(text("INSERT INTO schema_version VALUES (0)"))
    _run(connection, *_TABLES)
    for table in _ITEM_TABLES:
        _run(connection, f"CREATE INDEX {table}_document ON {table}(document_id)")
        _run(connection, f"CREATE INDEX {table}_told ON {table}(told)")
    for table in ("texts", *_ITEM_TABLES):
        dialect_of(connection).make_index(connection, table)


def _second(connection: Connection) -> None:
    _run(
        connection,
        "CREATE TABLE tallies (source TEXT NOT NULL, target TEXT NOT NULL, month TEXT NOT NULL, act TEXT NOT NULL, "
        "count INTEGER NOT NULL, PRIMARY KEY (source, target, month, act)) WITHOUT ROWID",
    )
    connection.execute(text(f"INSERT INTO tallies {COUNTED}"))


# what ``tallies`` must hold; each side of a statement counts once, however many of its people speak
COUNTED = (
    "SELECT source, target, month, act, count(*) AS count FROM (SELECT DISTINCT s.id, p.side AS source, "
    "t.side AS target, coalesce(substr(s.told, 1, 7), '') AS month, s.act AS act FROM statements s "
    "JOIN speakers p ON p.statement_id = s.id "
    "JOIN sides t ON t.kind = 'statements' AND t.item_id = s.id AND t.role = 'toward') AS told GROUP BY 1, 2, 3, 4"
)


def _corrections(connection: Connection) -> None:
    """What reviewers changed, beside the machine's records; it goes with its document."""
    _run(
        connection,
        "CREATE TABLE corrections (id INTEGER PRIMARY KEY, "
        "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, digest TEXT NOT NULL, "
        "reviewer TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (document_id, digest))",
    )


_DYADS = (
    "CREATE TABLE dyads (id INTEGER PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL, "
    "due INTEGER NOT NULL DEFAULT 0, UNIQUE (one, other))",
    "CREATE TABLE dyad_documents (dyad_id INTEGER NOT NULL, day TEXT NOT NULL, document_id INTEGER NOT NULL, "
    "PRIMARY KEY (dyad_id, day, document_id)) WITHOUT ROWID",
    "CREATE TABLE dyad_tellings (dyad_id INTEGER NOT NULL, kind TEXT NOT NULL, first_day TEXT NOT NULL, "
    "last_day TEXT NOT NULL, document_id INTEGER NOT NULL, "
    "PRIMARY KEY (dyad_id, kind, first_day, last_day, document_id)) WITHOUT ROWID",
    "CREATE TABLE dyad_exchanges (dyad_id INTEGER NOT NULL, exchange TEXT NOT NULL, kind TEXT NOT NULL, "
    "status TEXT NOT NULL, level TEXT NOT NULL, first_day TEXT, last_day TEXT, precision TEXT, "
    "accounts INTEGER NOT NULL, independent INTEGER NOT NULL, documents TEXT NOT NULL, "
    "PRIMARY KEY (dyad_id, exchange)) WITHOUT ROWID",
    "CREATE TABLE dyad_counts (dyad_id INTEGER NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, "
    "count INTEGER NOT NULL, PRIMARY KEY (dyad_id, day, what, name)) WITHOUT ROWID",
    "CREATE TABLE dyad_labels (dyad_id INTEGER NOT NULL, document_id INTEGER NOT NULL, kind TEXT NOT NULL, "
    "first_char INTEGER NOT NULL, last_char INTEGER NOT NULL, day TEXT NOT NULL, words TEXT NOT NULL, "
    "PRIMARY KEY (dyad_id, document_id, kind, first_char, last_char)) WITHOUT ROWID",
    "CREATE TABLE marks (document_id INTEGER PRIMARY KEY, runs BLOB NOT NULL)",
    "CREATE TABLE counted_by (rules TEXT NOT NULL)",
    "CREATE TABLE acting (side TEXT NOT NULL, day TEXT NOT NULL, document_id INTEGER NOT NULL, "
    "PRIMARY KEY (side, day, document_id)) WITHOUT ROWID",
)
# what ``acting`` must hold
ACTED = (
    "SELECT p.side, coalesce(d.date, '') AS day, d.id FROM documents d JOIN encounters e ON e.document_id = d.id "
    "JOIN participants p ON p.encounter_id = e.id UNION "
    "SELECT p.side, coalesce(d.date, '') AS day, d.id FROM documents d JOIN statements s ON s.document_id = d.id "
    "JOIN speakers p ON p.statement_id = s.id"
)


def _dyads(connection: Connection) -> None:
    """What two sides did and said together, kept up to date on writing; what is there already is counted here."""
    from readout.storing.dyads import recount  # only here: it needs the tables of codes and topics

    _run(connection, *_DYADS)
    connection.execute(text(f"INSERT INTO acting {ACTED}"))
    recount(connection)


_PLACES = "one_key TEXT NOT NULL, one_item TEXT NOT NULL, other_key TEXT NOT NULL, other_item TEXT NOT NULL, "
_EDGE = "PRIMARY KEY (one_key, one_item, other_key, other_item)) WITHOUT ROWID"


def _joins(connection: Connection) -> None:
    """Which tellings are one encounter, found and by hand; and the codes of each encounter and statement."""
    from readout.storing.joins import recode  # only here: it needs the tables of codes

    _run(
        connection,
        f"CREATE TABLE joins ({_PLACES}score REAL NOT NULL, reasons TEXT NOT NULL, {_EDGE}",
        "CREATE INDEX joins_other ON joins(other_key)",
        f"CREATE TABLE links ({_PLACES}joined INTEGER NOT NULL, reviewer TEXT NOT NULL, at TEXT NOT NULL, "
        f"reason TEXT NOT NULL, {_EDGE}",
        "CREATE INDEX links_other ON links(other_key)",
        *(f"ALTER TABLE {table} ADD COLUMN codes TEXT NOT NULL DEFAULT ''" for table in ("encounters", "statements")),
    )
    recode(connection)


# who took part and who spoke with what their item tells: what the page of a person counts, in the order of the days
BORNE: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "participants": ("encounters", "encounter_id", ("told", "first_day", "last_day", "kind", "status"),
                     ("first_day", "status", "kind", "side", "office", "told", "last_day")),
    "speakers": ("statements", "statement_id", ("told", "act"), ("told", "act", "side", "office")),
}  # fmt: skip


def _persons(connection: Connection) -> None:
    """Days, kinds and acts beside each actor, and an index of persons that holds them."""
    for table, (items, column, copied, indexed) in BORNE.items():
        _run(connection, *(f"ALTER TABLE {table} ADD COLUMN {name} TEXT" for name in copied))
        told = [f"{name} = (SELECT i.{name} FROM {items} i WHERE i.id = {table}.{column})" for name in copied]
        connection.execute(text(f"UPDATE {table} SET {', '.join(told)}"))
        _run(
            connection,
            f"DROP INDEX {table}_person",
            f"CREATE INDEX {table}_person ON {table}(person, {', '.join(indexed)}, {column})",
        )


MIGRATIONS: tuple[Migration, ...] = (_first, _second, _corrections, _dyads, _joins, _persons)
LATEST = len(MIGRATIONS)


def version_of(connection: Connection) -> int:
    """The schema version of an archive; 0 where nothing was made yet.

    Raises:
        ArchiveError: it is a database of something else.
    """
    tables = dialect_of(connection).tables(connection)
    if "schema_version" not in tables:
        if tables:
            raise ArchiveError("this is a database, but no archive of readout; name another")
        return 0
    return int(connection.execute(text("SELECT version FROM schema_version")).scalar_one())


def migrate(connection: Connection, upto: int = LATEST) -> int:
    """Bring the schema to ``upto`` inside the caller's transaction; the version it had before.

    Raises:
        ArchiveError: the archive was made by a later version of the program.
    """
    before = version_of(connection)
    if before > LATEST:
        raise ArchiveError(
            f"the archive has schema version {before}, this program knows versions up to {LATEST}; use a newer readout",
            version=before,
        )
    for number in range(before + 1, upto + 1):
        MIGRATIONS[number - 1](connection)
        connection.execute(text("UPDATE schema_version SET version = :version"), {"version": number})
    return before
