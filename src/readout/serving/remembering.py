"""Answers kept in memory for as long as the archive stays as it is, so that they are worked out once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from readout.storing import Archive, state_of_sums

_T = TypeVar("_T")


class Remembered:
    """The answers used last, at most ``most``; two who ask the same at once may both work it out."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, archive: Archive, asked: Hashable, make: Callable[[], _T]) -> _T:
        """The answer to ``asked`` as the archive is now; ``make`` works it out where it is not kept."""
        key = (archive.name, state_of_sums(archive), asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(_T, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
