"""What a statement is about: topics of a small scheme, many to a statement, each with the words that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from readout.lexicons import load
from readout.records import Span

TOPIC_WORDS: dict[str, str] = {
    "agriculture": "farming, fishing, food and its safety of supply",
    "arms_control": "weapons limited, banned or given up, and their spread",
    "borders": "territory, sovereignty, borders and where they run",
    "consular": "consulates, visas, passports, help for citizens abroad",
    "crime": "crime across borders, corruption, justice between states",
    "culture": "culture, heritage, sport, tourism, exchange between people",
    "education": "schools, universities, students, young people",
    "energy": "oil, gas, electricity, renewable sources, minerals for them",
    "environment": "climate, nature, pollution",
    "finance": "the economy at large, money, banks, debt, taxes, aid for development",
    "health": "illness, medicine, hospitals",
    "human_rights": "rights, freedoms, the rule of law, minorities, workers",
    "humanitarian": "relief for people in need, after war or disaster",
    "investment": "money put into firms and projects of the other side",
    "media": "journalism, broadcasting, disinformation",
    "migration": "migrants, refugees, diasporas, return",
    "multilateral": "the United Nations and other bodies and meetings of several states",
    "nuclear": "nuclear energy, programmes and weapons",
    "relations": "the ties of the two sides as such: partnership, embassies, visits",
    "sanctions": "sanctions, embargoes, frozen assets",
    "security": "defence, armed forces, regional and maritime security",
    "technology": "science, research, digital matters, space",
    "terrorism": "terrorism, extremism, hostages",
    "trade": "goods and services across borders, customs, industry",
    "transport": "roads, railways, ports, aviation, connectivity",
    "war": "war, fighting, ceasefire, peace",
    "water": "rivers, dams, irrigation, drought",
}
"""Every topic with what it covers; docs/topics.md has the same."""

TOPICS: tuple[str, ...] = tuple(TOPIC_WORDS)

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"['’]?[\s\u00a0]*[-‐‑]?[\s\u00a0]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHit:
    """One topic, the span of the words that name it in the text that was given, and the entry of the table."""

    topic: str
    span: Span
    entry: str

    def to_json(self) -> dict[str, Any]:
        """``{"topic", "span", "entry"}``."""
        return {"topic": self.topic, "span": self.span.to_json(), "entry": self.entry}


def topics(text: str) -> list[TopicHit]:
    """The topics that the words of ``text`` name, in their order; several for one word where it names several.

    The longest entry wins, and what it covers names nothing else: "food security" is no security, "road map" no road.
    A word is taken as it stands: nothing here tells a figure of speech that no entry of the table knows.

    Source: docs/topics.md for the scheme, ``lexicons/data/topics.yaml`` for the words.
    """
    forms, heads = _forms()
    tokens = list(_TOKEN.finditer(text))
    out: list[TopicHit] = []
    n = 0
    while n < len(tokens):
        found = _longest_at(text, tokens, n, forms, heads)
        if found is None:
            n += 1
            continue
        entry, names, count, end = found
        span = Span(tokens[n].start(), end)
        out += [TopicHit(topic=name, span=span, entry=entry) for name in names]
        n += count
    return out


def topics_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The topics of several texts, each once, sorted."""
    return tuple(sorted({hit.topic for text in texts for hit in topics(text)}))


_Entry = tuple[str, tuple[str, ...]]


def _longest_at(
    text: str, tokens: list[re.Match[str]], n: int, forms: dict[tuple[str, ...], _Entry], heads: dict[str, int]
) -> tuple[str, tuple[str, ...], int, int] | None:
    """The longest entry that begins at token ``n``: its words, its topics, how many tokens, where it ends."""
    head = tokens[n].group().lower().replace("’", "'")
    longest = max(heads.get(head, 0), heads.get(head.removesuffix("'s"), 0))
    if not longest:
        return None
    last = n + 1
    while last < len(tokens) and last - n < longest:
        if not _BETWEEN.fullmatch(text, tokens[last - 1].end(), tokens[last].start()):
            break
        last += 1
    words = [t.group().replace("’", "'") for t in tokens[n:last]]
    for count in range(len(words), 0, -1):
        bare = words[count - 1].removesuffix("'s").removesuffix("'")
        for final, end in ((words[count - 1], tokens[n + count - 1].end()), (bare, tokens[n + count - 1].start())):
            as_written = (*words[: count - 1], final)
            found = forms.get(as_written) or forms.get(tuple(w.lower() for w in as_written))
            if found is not None:
                stop = end if final is words[count - 1] else end + len(final)
                return found[0], found[1], count, stop
    return None


@cache
def _forms() -> tuple[dict[tuple[str, ...], _Entry], dict[str, int]]:
    """Every form of every entry as its tokens; by first token, how many tokens the longest has. Built once."""
    out: dict[tuple[str, ...], _Entry] = {}
    for row in load("topics").entries:
        words = tuple(m.group() for m in _TOKEN.finditer(row["words"]))
        entry = (row["words"], tuple(row["topics"]))
        for last in dict.fromkeys((words[-1], _plural(words[-1]))):
            # a plural never takes the place of an entry of its own
            if last == words[-1] or (*words[:-1], last) not in out:
                out[*words[:-1], last] = entry
    heads: dict[str, int] = {}
    for words in out:
        heads[words[0].lower()] = max(len(words), heads.get(words[0].lower(), 0))
    return out, heads


def _plural(word: str) -> str:
    if not word[-1].isalpha() or word.isupper():
        return word
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "i", "o", "u"):
        return word[:-1] + "ies"
    return word + "s"
