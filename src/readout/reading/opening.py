"""A file opened so that nothing is waited for: a pipe or a device in the place of a file is refused."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

_PIPED = ("/dev/fd/", "/proc/self/fd/")


def open_file(path: str | Path) -> IO[bytes]:
    """The bytes of a regular file; of standard input and other streams this process was given, where the path says so.

    A named pipe nobody writes to would be waited for without an end, a device may never end.
    Raises:
        OSError: it cannot be opened, or is no file; ``strerror`` says why.
    """
    if str(path) == "/dev/stdin" or str(path).startswith(_PIPED):
        return open(path, "rb")
    _check(os.stat(path).st_mode)
    file = open(path, "rb", opener=_at_once)  # noqa: SIM115 (the caller closes it)
    try:
        _check(os.fstat(file.fileno()).st_mode)  # what was put in its place meanwhile
    except OSError:
        file.close()
        raise
    return file


def open_source(path: str | Path) -> AbstractContextManager[IO[bytes]]:
    """``open_file``, or standard input where the path is ``-``; that stays open.

    Raises:
        OSError: as ``open_file``.
    """
    return nullcontext(sys.stdin.buffer) if str(path) == "-" else open_file(path)


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _check(mode: int) -> None:
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # opening a folder says so itself
        raise OSError(errno.EINVAL, "it is a pipe or a device, no file; give a file, or - for standard input")
