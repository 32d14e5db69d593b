"""Days as they are typed: a day; where a span of days begins or ends, also a month or a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from readout.errors import RecordError
from readout.records import typed_day


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.4 on
    """A day as a ``date``; with ``of`` also a month or a year, which stands for its ``first`` or its ``last`` day."""

    name = "day"

    def __init__(self, of: str = "") -> None:
        self.of = of

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the value is shown in the help; ``ctx`` is given by click 8.2 and later."""
        return "DAY" if self.of else "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day of what was typed; anything else is refused with the forms that are read."""
        if isinstance(value, date):
            return value
        if not self.of and len(str(value).strip()) < 10:
            self.fail(f"{str(value)[:40]!r} is no day; give one such as 2024-05-17", param, ctx)
        try:
            return typed_day(str(value), last=self.of == "last")
        except RecordError as error:
            self.fail(error.message, param, ctx)


DAY, FIRST, LAST = Day(), Day("first"), Day("last")
