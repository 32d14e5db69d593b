"""The settings of the house: one frozen value, each field with its unit, default, limits and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from typing import Any

from readout.errors import SettingError


def _setting(default: int | float, unit: str, low: int | float, high: int | float, sentence: str) -> Any:
    return field(default=default, metadata={"unit": unit, "low": low, "high": high, "sentence": sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is allowed to do; build another one with ``Settings.of({...})`` or ``replace``.

    Raises:
        SettingError: a value of another type or outside its limits; the message names the setting.
    """

    max_chars: int = _setting(
        2_000_000, "characters", 1, 50_000_000, "A text with more characters is refused with R405."
    )
    max_bytes: int = _setting(
        20_000_000, "bytes", 1, 500_000_000, "A file, stream of text or JSON line with more bytes is refused with R405."
    )
    max_depth: int = _setting(32, "folders", 0, 1_000, "How deep a folder is walked.")
    min_english_share: float = _setting(
        0.08, "share of words", 0.0, 1.0, "A text in which fewer words are common English ones is refused with R406."
    )
    min_language_words: int = _setting(
        6, "words", 0, 1_000, "A text with fewer words is not judged by its words but accepted with a note."
    )
    max_decoding_chaos: float = _setting(
        0.2, "share", 0.0, 1.0, "A guess of an encoding that leaves more disorder than this is refused with R404."
    )
    max_damage_share: float = _setting(
        0.01, "share of bytes", 0.0, 0.5, "UTF-8 with more invalid bytes than this is taken for another encoding."
    )
    max_control_share: float = _setting(
        0.02, "share of characters", 0.0, 1.0, "A text with more control characters than this is refused with R403."
    )
    batch_size: int = _setting(32, "documents", 1, 10_000, "How many documents are annotated together.")

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            whole = isinstance(f.default, int)
            allowed = int if whole else (int, float)
            low, high = f.metadata["low"], f.metadata["high"]
            if isinstance(value, bool) or not isinstance(value, allowed) or not low <= value <= high:
                raise SettingError(
                    f"setting {f.name} is {value!r}; give a {'whole number' if whole else 'number'} "
                    f"of {f.metadata['unit']} from {low} to {high}, such as {f.default}",
                    setting=f.name,
                    value=repr(value),
                    low=low,
                    high=high,
                )

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """The settings with ``values`` in place of the defaults; numbers may be given as text.

        Raises:
            SettingError: an unknown name, or a value that is not allowed.
        """
        known = {f.name: f for f in fields(cls)}
        checked: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                raise SettingError(
                    f"there is no setting {name!r}; use one of: {', '.join(sorted(known))}", setting=str(name)
                )
            if isinstance(value, str):
                with suppress(ValueError):  # what is no number stays text, and the constructor refuses it by name
                    value = int(value) if isinstance(known[name].default, int) else float(value)
            checked[name] = value
        return cls(**checked)

    @classmethod
    def describe(cls) -> tuple[dict[str, Any], ...]:
        """One ``{"name", "type", "unit", "default", "low", "high", "sentence"}`` a setting, in order."""
        return tuple(
            {
                "name": f.name,
                "type": type(f.default).__name__,
                "unit": f.metadata["unit"],
                "default": f.default,
                "low": f.metadata["low"],
                "high": f.metadata["high"],
                "sentence": f.metadata["sentence"],
            }
            for f in fields(cls)
        )


DEFAULTS = Settings()
