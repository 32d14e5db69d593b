"""What a promise is about, and whether other words are about the same: objects, named things, amounts, parties."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.comparing.words import content_words, plain_words, stem
from readout.knowing import embedded, fold
from readout.lexicons.inflection import forms

MIN_SHARE = 0.6
"""The share of a promise's object words that other words must have to be about it."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_AMOUNT = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?:\s+(thousand|million|billion))?\b", re.I)
_SCALE = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBERS = {w: n for n, w in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)}
_MEASURE = frozenset(
    stem(w) for w in "dollars usd euros eur yuan yen roubles tenge rupees million billion thousand".split()
)
_LEAD = re.compile(r"^\W*(?:(?:also|further|fully|soon|jointly|like to|to|not|never|continue to|be|have)\s+)*", re.I)
_PREPOSITIONS = frozenset(
    "to for in with by on from at between within into against under if during before after among until on".split()
)
_PARTICLES = frozenset("over up out off down back in".split())
_NO_NAMES = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday minister foreign president prime secretary ambassador mr mrs ms usd eur republic
    both he she it they the""".split()
)
MEETING_VERBS = frozenset("meet visit hold host receive convene".split())
_OPPOSED = [
    ({"open", "reopen", "resume", "start", "begin"}, {"close", "shut", "suspend", "stop", "end"}),
    ({"raise", "increase", "expand"}, {"lower", "reduce", "cut"}),
    ({"build", "construct", "erect"}, {"demolish", "dismantle"}),
    ({"impose", "introduce"}, {"lift", "abolish", "remove"}),
    ({"release", "free"}, {"detain", "arrest"}),
    ({"buy", "import"}, {"sell", "export"}),
]


@dataclass(frozen=True, slots=True)
class Subject:
    """What words are about: first verb, object words, all content words (stems), named things, amounts."""

    verb: str
    objects: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    amounts: frozenset[str]


class Index:
    """Which of many subjects another may match at all: those that share an object word with it, or have none."""

    def __init__(self) -> None:
        self._by_word: dict[str, set[int]] = {}
        self._bare: set[int] = set()

    def add(self, number: int, subject: Subject) -> None:
        """Let the subject be found under a number; a number may have several subjects."""
        if not subject.objects:
            self._bare.add(number)
        for word in subject.objects:
            self._by_word.setdefault(word, set()).add(number)

    def near(self, other: Subject) -> list[int]:
        """The numbers, in order, outside of which ``match`` finds nothing."""
        found = self._bare.copy()
        for word in other.words:
            found |= self._by_word.get(word, set())
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Match:
    """Two stretches of words are about one thing, and why."""

    score: float
    reason: str


def _forms_in(text: str) -> list[tuple[int, int, str]]:
    """Start, end and id of every state or organisation that ``text`` names, the longest form first."""
    base, tokens = embedded(), list(_TOKEN.finditer(text))
    out: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        step = 1
        if tokens[i][0][0].isupper():
            for j in range(min(len(tokens), i + 5) - 1, i - 1, -1):
                written = text[tokens[i].start() : tokens[j].end()]
                written = re.sub(r"['’]s$", "", written)
                senses = base.cased_forms.get(written) or base.forms.get(" ".join(fold(written).split()))
                if senses:
                    out.append((tokens[i].start(), tokens[j].end(), senses[0].id))
                    step = j - i + 1
                    break
        i += step
    return out


def sides_named(text: str) -> list[tuple[int, str]]:
    """Where ``text`` names states and organisations, and their ids, in its order."""
    return [(start, id) for start, _, id in _forms_in(text)]


def amounts_in(text: str) -> frozenset[str]:
    """The amounts of ``text`` as plain numbers; a bare year is none."""
    out = set()
    for found in _AMOUNT.finditer(text):
        digits = found[1].replace(",", "").rstrip(".")
        if not found[2] and re.fullmatch(r"(?:19|20)\d\d", found[1]):
            continue
        value = float(digits) * _SCALE[(found[2] or "").lower()]
        out.add(f"{value:g}" if value != int(value) else str(int(value)))
    out |= {str(_NUMBERS[w]) for w in plain_words(text) if w in _NUMBERS}
    return frozenset(out)


def subject_of(words: str, *, names_apart: frozenset[str] = frozenset(), is_action: bool = True) -> Subject:
    """The subject of ``words``.

    Args:
        words: an action ("deliver 100 buses to Almaty"), without deadline and condition; or any stretch of text.
        names_apart: words of people's names, folded: they name no thing.
        is_action: whether the first word is the verb; else there are no object words.
    """
    bare = words
    for start, end, _ in reversed(_forms_in(words)):
        bare = bare[:start] + " " * (end - start) + bare[end:]
    lead = _LEAD.match(bare)
    at = lead.end() if lead and is_action else 0
    tokens = list(_TOKEN.finditer(bare, at))
    verb = tokens[0][0].lower() if tokens and is_action else ""
    names = frozenset(
        fold(t[0]) for n, t in enumerate(tokens)
        if t[0][0].isupper() and (n or not is_action) and t.start() > 0
        and fold(t[0]) not in _NO_NAMES and fold(t[0]) not in names_apart
    )  # fmt: skip
    return Subject(
        verb=verb,
        objects=frozenset(_kept(" ".join(_object(tokens[1:], verb)), names)) if is_action else frozenset(),
        words=frozenset(_kept(bare[at:], frozenset())),
        names=names,
        amounts=amounts_in(words),
    )


def _kept(text: str, names: frozenset[str]) -> set[str]:
    out = set()
    for word in content_words(text):
        if word in _MEASURE or word.isdigit() or word in _NUMBERS:
            continue
        out.add(word)
    return out - {w for name in names for w in content_words(name)}


def _object(tokens: list[re.Match[str]], verb: str) -> list[str]:
    """The words after a verb up to the next preposition; where there are none, those of its first preposition."""
    rest = [t[0] for t in tokens]
    if rest and rest[0].lower() in _PARTICLES and len(rest) > 1 and verb not in MEETING_VERBS:
        rest = rest[1:]
    phrases: list[list[str]] = [[]]
    for word in rest:
        if word.lower() in _PREPOSITIONS:
            phrases.append([])
        else:
            phrases[-1].append(word)
    if _kept(" ".join(phrases[0]), frozenset()):
        return phrases[0]
    if verb in MEETING_VERBS:
        return []
    return next((p for p in phrases[1:] if _kept(" ".join(p), frozenset())), [])


def _share(objects: frozenset[str], words: frozenset[str]) -> float:
    return len(objects & words) / len(objects) if objects else 0.0


def match(promise: Subject, other: Subject, *, both_ways: bool) -> Match | None:
    """Whether ``other`` is about what ``promise`` is about.

    It needs the object words of the promise (both ways: each other's), and nothing that speaks against it: other
    named things, other amounts, an opposite verb.
    """
    if promise.names and other.names and not promise.names & other.names:
        return None
    if promise.amounts and other.amounts and not promise.amounts & other.amounts:
        return None
    if _are_opposed(promise.verb, other.verb):
        return None
    share = _share(promise.objects, other.words)
    if both_ways:
        share = min(share, _share(other.objects, promise.words))
    meets = promise.verb in MEETING_VERBS and promise.verb == other.verb and not promise.objects | other.objects
    if meets and promise.names & other.names:
        share = 1.0
    if share < MIN_SHARE:
        return None
    names, amounts = promise.names & other.names, promise.amounts & other.amounts
    # one object word alone is thin: the verb, a name or an amount must agree with it
    thin = len(promise.objects) < 2 and not names and not amounts and promise.verb and not meets
    if thin and not _share_verb(promise, other):
        return None
    told = [*sorted(promise.objects & other.words), *sorted(names), *sorted(amounts)]
    return Match(round(share, 2), "same subject: " + ", ".join(dict.fromkeys(told)))


def _share_verb(promise: Subject, other: Subject) -> bool:
    # "supply", "supplied": each form has a stem of its own
    mine = {w for form in forms(promise.verb) for w in content_words(form)}
    return bool(mine & (other.words | set(content_words(other.verb))))


def _are_opposed(one: str, other: str) -> bool:
    return any((one in a and other in b) or (one in b and other in a) for a, b in _OPPOSED)
