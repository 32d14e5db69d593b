"""Every error of the house, each with a stable code.

::

    ReadoutError
    ├── SpanError            R101  a span that is empty, reversed or outside its text
    ├── RecordError          R102  a record whose parts do not fit together
    ├── SchemaError          R103  JSON that is not a record of a known schema version
    ├── LexiconError         R201  a lexicon file that cannot be used, with file, entry and remedy
    ├── KnowledgeError       R301  the actor base is missing, damaged or of another version
    ├── ImportRefused        R302  a user's actor table that cannot be imported, with its line
    ├── ReadingError         R400  a source that cannot become a document (a *refusal*)
    │   ├── SourceMissing    R401  no such file or folder, or it cannot be opened
    │   ├── EmptyText        R402  nothing to read
    │   ├── BinaryData       R403  bytes that are not text
    │   ├── UndecodableText  R404  an encoding that could not be found out
    │   ├── TextTooLong      R405  over the limit
    │   ├── NotEnglish       R406  a text in another language
    │   └── MalformedInput   R407  a JSON line that is not a document
    ├── CalendarError        R501  a day that does not exist
    ├── ModelMissing         R601  the language model's package is not installed
    ├── ExtraMissing         R602  an optional package that is asked for is not installed
    ├── SettingError         R701  an option or setting with a value that is not allowed
    ├── ArchiveError         R801  an archive that cannot be opened, is busy, or cannot do what is asked
    ├── QueryRefused         R802  a question to the archive that is not allowed or takes too long
    └── RequestRefused       R901  a request to the pages or to REST that is not allowed or not understood

Every message says what was wrong and how to mend it. ``error.code`` is stable across versions;
``error.parts`` holds the values of the message for programs.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ReadoutError(Exception):
    """The root of all errors; ``str(error)`` is ``CODE message``."""

    code: ClassVar[str] = "R000"

    def __init__(self, message: str, **parts: Any) -> None:
        super().__init__(f"{self.code} {message}")
        self.message = message
        self.parts: dict[str, Any] = parts

    def to_json(self) -> dict[str, Any]:
        """The one JSON shape of an error: ``{"code", "error", "message", "parts"}``."""
        return {
            "code": self.code,
            "error": type(self).__name__,
            "message": self.message,
            "parts": {
                name: value if isinstance(value, str | int | float | bool | None) else str(value)
                for name, value in self.parts.items()
            },
        }


class SpanError(ReadoutError):
    """A span that is empty, reversed or lies outside its text."""

    code = "R101"


class RecordError(ReadoutError):
    """A record whose parts do not fit together (an unknown act, a statement without a speaker)."""

    code = "R102"


class SchemaError(ReadoutError):
    """JSON that is not a record of a schema version this program knows."""

    code = "R103"


class LexiconError(ReadoutError):
    """A lexicon file that cannot be used; the message names file, entry and remedy."""

    code = "R201"


class KnowledgeError(ReadoutError):
    """The embedded actor base is missing, damaged or of another version."""

    code = "R301"


class ImportRefused(ReadoutError):
    """A user's table of actors that cannot be imported; the message names the line."""

    code = "R302"


class ReadingError(ReadoutError):
    """A source that cannot become a document. In a run over many it is stored as a refusal."""

    code = "R400"


class SourceMissing(ReadingError):
    """No such file or folder, or it cannot be opened."""

    code = "R401"


class EmptyText(ReadingError):
    """Nothing to read."""

    code = "R402"


class BinaryData(ReadingError):
    """Bytes that are not text."""

    code = "R403"


class UndecodableText(ReadingError):
    """An encoding that could not be found out."""

    code = "R404"


class TextTooLong(ReadingError):
    """A text over the limit of characters or bytes."""

    code = "R405"


class NotEnglish(ReadingError):
    """A text in another language than English."""

    code = "R406"


class MalformedInput(ReadingError):
    """A JSON line that is not a document."""

    code = "R407"


class CalendarError(ReadoutError):
    """A day that does not exist, such as 31 June."""

    code = "R501"


class ModelMissing(ReadoutError):
    """The package of the language model is not installed."""

    code = "R601"


class ExtraMissing(ReadoutError):
    """An optional package that a format or an option needs is not installed; the message names the extra."""

    code = "R602"


class SettingError(ReadoutError):
    """An option or setting whose value is not allowed."""

    code = "R701"


class ArchiveError(ReadoutError):
    """An archive that cannot be opened, is busy, or cannot do what is asked of it."""

    code = "R801"


class QueryRefused(ReadoutError):
    """A question to the archive that is not allowed, not understood or takes too long."""

    code = "R802"


class RequestRefused(ReadoutError):
    """A request to the pages or to REST that is not allowed, not understood or takes too long."""

    code = "R901"

    def __init__(self, message: str, *, status: int = 400, **parts: Any) -> None:
        super().__init__(message, **parts)
        self.status = status
