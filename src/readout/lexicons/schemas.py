"""The schema of each table: its key, and what its fields may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from readout.lexicons.loader import Field
from readout.records import FAMILY, OFFICES
from readout.records.items import EncounterKind, OccurrenceKind, RelationKind

FRAMES = frozenset({"that", "noun", "infinitive", "addressee", "topic", "quote", "gerund"})
PLOVER = frozenset(
    """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION
    COERCE ASSAULT NONE""".split()
)
EVENT_ROLES = frozenset(
    "promise vow plan demand order refuse fail threaten begin light stop report let prevent".split()
)
TOPICS = frozenset(
    """agriculture arms_control borders consular crime culture education energy environment finance health human_rights
    humanitarian investment media migration multilateral nuclear relations sanctions security technology terrorism trade
    transport war water""".split()
)
_TEXTS = {"source": Field(str), "example": Field(str), "not": Field(str), "note": Field(str)}
_EXPLAINED = _TEXTS | {"source": Field(str, required=True), "example": Field(str, required=True)}

SCHEMAS: dict[str, tuple[str, Mapping[str, Field]]] = {
    "titles": (
        "title",
        {
            "title": Field(str, required=True),
            "office": Field(str, required=True, allowed=OFFICES),
            "of": Field(str),
            "weak": Field(bool),
            **_EXPLAINED,
        },
    ),
    "cues": (
        "cue",
        {
            "cue": Field(str, required=True),
            "forms": Field(list),
            "frames": Field(list, required=True, allowed=FRAMES),
            "act": Field(str, allowed=frozenset(FAMILY)),
            "topic": Field(list),
            "weak": Field(bool),
            **_EXPLAINED,
        },
    ),
    "speech_nouns": (
        "noun",
        {
            "noun": Field(str, required=True),
            "act": Field(str, allowed=frozenset(FAMILY)),
            "verbs": Field(list),
            **_EXPLAINED,
        },
    ),
    "encounter_verbs": (
        "words",
        {
            "words": Field(str, required=True),
            "kind": Field(str, required=True, allowed=frozenset(get_args(EncounterKind))),
            "roles": Field(str, allowed=frozenset({"directed", "host", "guest", "mutual"})),
            **_EXPLAINED,
        },
    ),
    "encounter_nouns": (
        "words",
        {
            "words": Field(str, required=True),
            "kind": Field(str, required=True, allowed=frozenset(get_args(EncounterKind))),
            **_EXPLAINED,
        },
    ),
    "relations": (
        "words",
        {
            "words": Field(str, required=True),
            "kind": Field(str, required=True, allowed=frozenset(get_args(RelationKind))),
            **_EXPLAINED,
        },
    ),
    "occurrences": (
        "words",
        {
            "words": Field(str, required=True),
            "kind": Field(str, required=True, allowed=frozenset(get_args(OccurrenceKind))),
            "shape": Field(str, allowed=frozenset({"verb", "noun"})),
            **_EXPLAINED,
        },
    ),
    "topics": (
        "words",
        {
            "words": Field(str, required=True),
            "topics": Field(list, required=True, allowed=TOPICS),
            **_EXPLAINED,
        },
    ),
    "plover": (
        "entry",
        {
            "entry": Field(str, required=True),
            "category": Field(str, required=True, allowed=PLOVER),
            "cameo": Field(str),
            "role": Field(str, allowed=EVENT_ROLES),
            "verbs": Field(list),
            "objects": Field(list),
            "nouns": Field(list),
            "adjectives": Field(list),
            **_TEXTS,
        },
    ),
    "cameo": (
        "code",
        {
            "code": Field(str, required=True),
            "goldstein": Field(str, required=True),
            "meaning": Field(str, required=True),
            **_TEXTS,
        },
    ),
    "plover_categories": (
        "category",
        {
            "category": Field(str, required=True, allowed=PLOVER - {"NONE"}),
            "root": Field(str, required=True),
            "score": Field(str, required=True),
            "quad": Field(str, required=True),
            "meaning": Field(str, required=True),
            **_TEXTS,
        },
    ),
    "plover_nouns": ("class", {"class": Field(str, required=True), "words": Field(list, required=True), **_TEXTS}),
}
