"""What differs between the databases that an archive may lie in; all else is written once, for both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

from readout.errors import ArchiveError
from readout.records import Span
from readout.storing.places import Address, Place
from readout.storing.tokens import Phrase


class Dialect(ABC):
    """One database: how it is opened and locked, its words for making tables, its full-text index, its care."""

    join_in_order: ClassVar[str]
    """The join that keeps the planner to the order in which the tables are written, where there is one."""

    @abstractmethod
    def engine(self, place: Any, *, write: bool, create: bool, durable: bool, timeout_s: float) -> Engine:
        """Connections to a place, whose every transaction is the only one that writes, or sees one state.

        Raises:
            ArchiveError: there is no archive and ``create`` is not given.
            ExtraMissing: a package that it needs is not installed.
        """

    @abstractmethod
    def ready(self, connection: Connection) -> None:
        """See that the database can hold an archive.

        Raises:
            ArchiveError: it cannot, and why.
        """

    @abstractmethod
    def told(self, error: Exception, place: Any) -> ArchiveError:
        """An error of the database in our words."""

    # -- making ----------------------------------------------------------------------------------------------------

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """The names of all tables."""

    @abstractmethod
    def ddl(self, statement: str) -> str:
        """A statement that makes or changes tables, as written for SQLite, in this database's words."""

    @abstractmethod
    def make_index(self, connection: Connection, name: str) -> None:
        """Make the full-text index of a table's column ``words``."""

    # -- writing ---------------------------------------------------------------------------------------------------

    @abstractmethod
    def insert(self, table: Table) -> Any:
        """An insert that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""

    @abstractmethod
    def index_text(self, connection: Connection, id: int, words: str) -> None:
        """Take a new text into its full-text index."""

    @abstractmethod
    def index_items(self, connection: Connection, kind: str, document: int) -> None:
        """Take the items of one kind of a document into their full-text index."""

    @abstractmethod
    def forget_text(self, connection: Connection, id: int) -> None:
        """Take a text, which is still stored, out of its full-text index."""

    @abstractmethod
    def forget_items(self, connection: Connection, kind: str, document: int) -> None:
        """Take the items of one kind of a document, which are still stored, out of their full-text index."""

    # -- finding ---------------------------------------------------------------------------------------------------

    @abstractmethod
    def matching(self, name: str, phrases: Sequence[Phrase]) -> Select[Any]:
        """The numbers of the rows of a table whose words hold all phrases."""

    @abstractmethod
    def matches(self, name: str, phrases: Sequence[Phrase], id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether the row of one number holds all phrases; asked of each."""

    @abstractmethod
    def hits(
        self, connection: Connection, name: str, ids: Iterable[int], phrases: Sequence[Phrase]
    ) -> dict[int, tuple[Span, ...]]:
        """The spans of each row's words that the phrases hit."""

    # -- care ------------------------------------------------------------------------------------------------------

    @abstractmethod
    def size_bytes(self, connection: Connection, place: Any) -> int:
        """How large the archive is."""

    @abstractmethod
    def problems(self, connection: Connection) -> list[str]:
        """What the database finds wrong with itself and with the full-text indexes.

        Raises:
            ArchiveError: it is too damaged to be asked further.
        """

    @abstractmethod
    def backup(self, place: Any, target: Path) -> None:
        """A whole copy in a new file.

        Raises:
            ArchiveError: it cannot be made here; the message says how.
        """


def dialect_at(place: Place) -> Dialect:
    """The database of a place."""
    return _named("postgresql" if isinstance(place, Address) else "sqlite")


def dialect_of(connection: Connection) -> Dialect:
    """The database of a connection."""
    return _named(connection.dialect.name)


def _named(name: str) -> Dialect:
    if name == "postgresql":
        from readout.storing.postgres import POSTGRES  # only here: who keeps a file needs none of it

        return POSTGRES
    from readout.storing.sqlite import SQLITE

    return SQLITE
