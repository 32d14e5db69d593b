"""Names compared across spellings: folding, skeletons and likeness."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

_LETTERS = str.maketrans(
    {"ı": "i", "ə": "e", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
     "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "–": "-", "‑": "-", "‐": "-"}
)  # fmt: skip
_PARTICLES = frozenset(
    {
        "al", "el", "ul", "bin", "bint", "ibn", "ben", "abu", "von", "van", "der", "den", "de", "del", "della", "di",
        "da", "dos", "das", "do", "la", "le", "the", "of", "and", "jr", "sr", "iii", "ii", "iv",
    }
)  # fmt: skip
_DIGRAPHS = (
    ("dzh", "j"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
)  # fmt: skip


def fold(text: str) -> str:
    """``text`` for comparison: case-folded, accents and marks removed, straight apostrophes; hyphens are kept.

    The Turkish dotless i and the Azerbaijani schwa have no decomposition and are replaced by hand.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    lowered = text.casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain.casefold().translate(_LETTERS))


def form_key(text: str) -> str:
    """The key of a form: folded, single spaces, without a leading "the"."""
    key = " ".join(fold(text).split())
    return key[4:] if key.startswith("the ") else key


@lru_cache(maxsize=200_000)
def name_tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name; hyphens and points part words, apostrophes vanish, particles are left out.

    >>> name_tokens("Sheikh Abdullah bin Zayed Al-Nahyan")
    ('sheikh', 'abdullah', 'zayed', 'nahyan')
    """
    words = re.findall(r"[^\W_]+", fold(name).replace("'", ""))
    kept = tuple(w for w in words if w not in _PARTICLES)
    return kept or tuple(words)


@lru_cache(maxsize=200_000)
def token_skeleton(token: str) -> str:
    text = token
    if len(text) > 1 and text[0] in "yj" and text[1] in "aeiou":  # Yerzhan and Erzhan, but Jomart keeps its j
        text = text[1:] if text[0] == "y" else text
    for old, new in _DIGRAPHS:
        text = text.replace(old, new)
    text = re.sub(r"(?<=[aeiouy])j(?=$|[^aeiouy])", "", text)  # Sergej, Andrej
    head = "a" if text[:1] in tuple("aeiouy") else ""
    body = re.sub(r"[aeiouy]", "", text)
    if len(body) > 1 and body.endswith("h"):  # Abdullah and Abdulla
        body = body[:-1]
    return head + re.sub(r"(.)\1+", r"\1", body)


def skeleton(name: str) -> str:
    """The consonants of a name, so that transliterations meet: Muhammad, Mohamed and Mohammed are ``mhmd``.

    Particles (al-, bin) are dropped, kh/h, zh/j, q/k and w/v are one, doubled letters count once.
    """
    return " ".join(token_skeleton(t) for t in name_tokens(name))


@lru_cache(maxsize=200_000)
def token_likeness(a: str, b: str) -> float:
    """How far two folded name words are the same: 1 equal, 0.93 another spelling, 0.85 a typo, 0.8 an initial, else 0.

    Words under five letters never match loosely (Li and Lu are two men).
    """
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[:1] == b[:1] else 0.0
    if min(len(a), len(b)) < 4:
        return 0.0
    distance = OSA.normalized_similarity(a, b)
    if len(token_skeleton(a)) >= 3 and token_skeleton(a) == token_skeleton(b) and distance >= 0.55:
        return 0.93 if max(len(a), len(b)) >= 5 else 0.0
    longest = min(len(a), len(b))
    allowed = 2 if longest >= 9 else 1 if longest >= 6 else 0
    return 0.85 if allowed and OSA.distance(a, b) <= allowed else 0.0


def name_likeness(query: str, name: str, family: str | None = None) -> float:
    """How well ``query`` names the person called ``name``, from 0 to 1.

    Word order does not matter; every word of the query needs its own counterpart, except that a fuller query
    (with a patronymic) may cover the whole name. One word alone must be like the family name (``family``, else the
    last word), or it scores lower.
    """
    asked, had = list(name_tokens(query)), list(name_tokens(name))
    if not asked or not had:
        return 0.0
    if "".join(asked) == "".join(had):  # Kassymjomart and Kassym-Jomart
        return 1.0
    rest = list(had)
    found: list[float] = []
    for word in asked:
        best = max(rest, key=lambda other: token_likeness(word, other), default="")
        score = token_likeness(word, best) if best else 0.0
        if score > 0.0:
            rest.remove(best)
        found.append(score)
    full = [s for s in found if s > 0.0]
    if len(full) < len(asked) and (rest or len(full) < 2):
        return 0.0
    if not any(s > 0.8 for s in full):
        return 0.0
    score = sum(full) / len(full)
    if len(asked) == 1:
        families = name_tokens(family) if family else (had[-1],)
        if not any(token_likeness(asked[0], f) > 0.8 for f in families):
            return score * 0.7
        return score * 0.97
    return score * (0.99 ** (len(rest) + len(asked) - len(full)))
