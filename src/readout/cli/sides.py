"""What is said where a side that was asked for is none: nothing found of it is no finding."""

from __future__ import annotations

from collections.abc import Iterable

import click


def tell_unknown(sides: Iterable[str | None]) -> None:
    """Say on stderr which of the sides no state or organisation is called."""
    from readout.knowing import is_side, side_code

    for side in sides:
        if side and not is_side(side_code(side)):
            click.echo(f"readout: no state or organisation is called {side[:60]!r}; give a code or a name, such as KAZ "
                       "or Kazakhstan", err=True)  # fmt: skip
