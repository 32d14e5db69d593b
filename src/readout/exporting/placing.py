"""Files of an export put into a folder whose other files may come from anybody."""

from __future__ import annotations

from pathlib import Path
from typing import IO


def new_file(path: Path) -> IO[bytes]:
    """A new file to write, in the place of what has its name.

    Only the name is replaced: where it was a link, what it led to stays as it was; where it was a pipe, nobody waits.

    Raises:
        OSError: the name is a folder's, or the folder cannot be written.
    """
    path.unlink(missing_ok=True)
    return path.open("xb")
