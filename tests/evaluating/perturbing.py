"""Predictions with mistakes of every kind, made from gold by a seeded generator."""

from __future__ import annotations

import copy
import random
from typing import Any

from readout.evaluating.gold import KINDS, SPAN_FIELD
from readout.records import FAMILY, OFFICES, PARTS

_STATES = ["CHN", "KAZ", "USA", "EU", "HUN", "X-ABK", None]
_NAMES = ["Wang Yi", "Yi", "Joe Biden", "Jill Biden", "Sergei Lavrov", "Péter Szijjártó", "I. Aliyev", "", None]
_DAMAGED: list[Any] = [
    None,
    7,
    "text",
    [],
    {},
    {"content": "0-5"},
    {"kind": 3},
    {"speakers": ["Wang Yi"], "content": [0, 5], "act": "inform"},
    {"between": [1, 2], "kind": "war", "label": [0, 5]},
    {"kind": "attack", "states": [None], "span": [0, 5]},
    {"act": ["inform"], "content": [0, 5]},
]


def perturbed(gold: list[dict[str, Any]], seed: int, rate: float = 0.25) -> dict[str, dict[str, Any]]:
    """A prediction of ``gold`` in which about ``rate`` of everything is wrong somehow."""
    rng = random.Random(seed)
    predicted: dict[str, dict[str, Any]] = {}
    for document in gold:
        if rng.random() < rate / 5:
            continue  # missing
        record = copy.deepcopy(document)
        record.pop("negative", None)
        if rng.random() < 0.3:
            del record["text"]
        for kind in KINDS:
            items = [_changed(kind, item, document["text"], rng, rate) for item in record[kind]]
            items = [item for item in items if rng.random() > rate / 2]
            items += [copy.deepcopy(item) for item in items if rng.random() < rate / 4]
            items += [copy.deepcopy(rng.choice(_DAMAGED)) for _ in range(2) if rng.random() < rate / 4]
            if rng.random() < rate:
                rng.shuffle(items)
            record[kind] = items
            if rng.random() < rate / 10:
                record[kind] = rng.choice([None, [], {}])
        if rng.random() < rate and document.get("negative"):
            record["encounters"] = [
                {
                    "kind": rng.choice(["meeting", "briefing"]),
                    "status": "reported",
                    "participants": [],
                    "evidence": [0, 9],
                }
            ]
        predicted[document["id"]] = record
    predicted["nobody asked for this"] = {"id": "nobody asked for this", "text": "Nothing."}
    return predicted


def _changed(kind: str, item: dict[str, Any], text: str, rng: random.Random, rate: float) -> dict[str, Any]:
    def now() -> bool:
        return rng.random() < rate

    def shifted(span: list[int]) -> list[int]:
        start, end = span[0] + rng.randint(-9, 9), span[1] + rng.randint(-30, 30)
        if now() and now():
            return [end, start]
        return [start, end] if now() else [max(0, start), min(len(text), end)]

    for field in (SPAN_FIELD[kind], "cue", "via", "deadline", "condition"):
        if item.get(field) and now():
            item[field] = shifted(item[field])
        elif field in item and now() and now():
            item[field] = rng.choice([None, [3, 9], [0, len(text) + 1], [1.0, 5], [True, 5], "no span"])
    for actors in ("speakers", "participants"):
        for actor in item.get(actors) or []:
            if now():
                actor["of"] = rng.choice(_STATES)
            if now():
                actor["person"] = _misspelt(actor.get("person"), rng)
            if now():
                actor["office"] = rng.choice([*sorted(OFFICES), None])
            if "part" in actor and now():
                actor["part"] = rng.choice(sorted(PARTS))
            if now():
                actor["how"] = rng.choice(["named", "office holder"])
        if actors in item and now():
            item[actors] = item[actors][: rng.randint(0, 2)] * rng.randint(1, 2)
    for field in ("toward", "beneficiary", "promisor", "between", "states"):
        if field in item and now():
            item[field] = rng.choice(
                [[], None, ["KAZ"], ["CHN", "KAZ"], [*item[field], "USA"], list(item[field])[::-1]]
            )
    choices: dict[str, list[Any]] = {
        "act": [*FAMILY, None, "mumble"],
        "kind": ["meeting", "phone_call", "partnership", "attack", None],
        "status": ["reported", "past", "planned", None],
        "attribution": ["explicit", "continued", "issuer", None],
        "strength": ["firm", "willing"],
        "refrain": [True, False, None, 1],
        "date": ["2022-01-10", "2022-01", None, ""],
    }
    for field, values in choices.items():
        if field in item and now():
            item[field] = rng.choice(values)
    if now() and now():
        item.pop(rng.choice(list(item)))
    return item


def _misspelt(name: str | None, rng: random.Random) -> str | None:
    if not name or rng.random() < 0.3:
        return rng.choice(_NAMES)
    words = name.split()
    way = rng.randrange(5)
    if way == 0:
        return words[-1]
    if way == 1:
        return words[0]
    if way == 2:
        return " ".join(reversed(words)).upper()
    if way == 3:
        return " ".join([words[0][0] + ".", *words[1:]])
    place = rng.randrange(len(name))
    return name[:place] + rng.choice("aeiou ") + name[place + 1 :]
