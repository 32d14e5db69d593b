"""Titles: from words such as "Deputy Prime Minister and Foreign Minister" to the office that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from readout.knowing import fold
from readout.lexicons import load
from readout.records import Token

# Of two offices in one person the one that acts between states comes first (RECORD.md, Actors).
PRIORITY = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "national_security_adviser",
    "deputy_head_of_government",
    "special_envoy",
    "deputy_foreign_minister",
    "org_head",
    "legislature_head",
    "spokesperson",
    "ambassador",
    "minister",
    "party_head",
    "other_official",
)
_PLURALS = {
    "presidents": "president",
    "ministers": "minister",
    "premiers": "premier",
    "secretaries": "secretary",
    "leaders": "leader",
    "kings": "king",
    "officials": "official",
    "diplomats": "diplomat",
    "envoys": "envoy",
    "ambassadors": "ambassador",
    "representatives": "representative",
    "chiefs": "chief",
    "advisers": "adviser",
    "advisors": "advisor",
    "commanders": "commander",
    "chancellors": "chancellor",
    "negotiators": "negotiator",
    "delegates": "delegate",
    "senators": "senator",
    "lawmakers": "lawmaker",
    "heads": "head",
    "speakers": "speaker",
    "spokespersons": "spokesperson",
    "directors": "director",
    "diplomat": "diplomat",
}
# A ministry's field between "minister" and the next title: "Minister of Trade, Industry and Energy".
_PORTFOLIO = frozenset(
    """trade industry energy finance economy economic commerce health agriculture culture transport infrastructure
    interior home oil petroleum gas environment justice education tourism labour labor immigration sports sport youth
    science technology development planning investment water irrigation mining tourism communications information
    digital security border protection public internal social defence defense foreign external""".split()
)
# "the head of the Egyptian diplomacy", "the leader of our country": what somebody is the head of tells the office
_HEADS = frozenset("head heads leader leaders chief chiefs".split())
_BODIES = {
    ("state",): "head_of_state", ("nation",): "head_of_state", ("country",): "head_of_state",
    ("government",): "head_of_government", ("cabinet",): "head_of_government",
    ("diplomacy",): "foreign_minister", ("foreign", "ministry"): "foreign_minister",
    ("foreign", "office"): "foreign_minister", ("ministry", "of", "foreign", "affairs"): "foreign_minister",
    ("foreign", "affairs", "ministry"): "foreign_minister",
}  # fmt: skip
_FILLERS = frozenset("and of the for , & -".split())
_PREFIXES = frozenset("deputy vice first assistant acting interim caretaker senior chief permanent special".split())


@dataclass(frozen=True, slots=True)
class Title:
    """A title found at tokens ``[first, last]``: its office, the state it implies, and whether it is plural or bare."""

    first: int
    last: int
    office: str
    of: str | None = None
    plural: bool = False
    weak: bool = False


@cache
def _trie() -> tuple[dict[str, list[tuple[tuple[str, ...], str, str | None, bool]]], frozenset[str]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str, str | None, bool]]] = {}
    words: set[str] = set()
    for entry in load("titles").entries:
        key = tuple(_split(fold(str(entry["title"]))))
        by_first.setdefault(key[0], []).append((key, entry["office"], entry.get("of"), bool(entry.get("weak"))))
        words.update(w for w in key if len(w) >= 6)
    for rows in by_first.values():
        rows.sort(key=lambda r: -len(r[0]))
    return by_first, frozenset(words)


def _split(text: str) -> list[str]:
    """Words as the parser cuts them: hyphens and possessives apart."""
    return text.replace("-", " - ").replace("'s", " 's").split()


@cache
def mend_title_word(word: str) -> str | None:
    """The title word that a capitalised misspelling stands for ("presdient"), or None.

    One edit for words below eight letters, two from there on, counted with transpositions; the first letter must
    agree. Only words of six letters and more are mended.
    """
    if len(word) < 6:
        return None
    allowed = 1 if len(word) < 8 else 2
    best: tuple[int, str] | None = None
    for candidate in _trie()[1]:
        if candidate[0] != word[0] or abs(len(candidate) - len(word)) > allowed:
            continue
        distance = DamerauLevenshtein.distance(word, candidate, score_cutoff=allowed)
        if distance <= allowed and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def title_at(folded: Sequence[str], tokens: Sequence[Token], i: int, end: int) -> Title | None:
    """The longest title that begins at token ``i``, before token ``end``; ``folded[i]`` is the folded word."""
    by_first, vocabulary = _trie()
    word = _norm(folded, tokens, i, by_first, vocabulary)
    best: Title | None = None
    for key, office, of, weak in by_first.get(word, ()):
        plural = folded[i] in _PLURALS
        if len(key) > end - i:
            continue
        for k in range(1, len(key)):
            w = folded[i + k]
            if w != key[k]:
                if _PLURALS.get(w) == key[k] or (w.endswith("s") and w[:-1] == key[k] and len(w) > 4):
                    plural = True
                elif mend_title_word(w) == key[k] and tokens[i + k].text[0].isupper():
                    pass
                else:
                    break
        else:
            best = Title(i, i + len(key) - 1, office, of, plural, weak)
            break
    if (best is None or best.last == i) and folded[i] in _HEADS and (body := _head_of(folded, tokens, i, end)):
        return Title(i, i, body, None, folded[i].endswith("s"), True)
    if (best is None or best.weak) and folded[i] in _PORTFOLIO:
        j = i
        while j < end and (folded[j] in _PORTFOLIO or (folded[j] in ("and", ",", "&", "-") and j > i)):
            j += 1
        if j < end and j > i and folded[j] in ("minister", "ministers", "secretary") and folded[j - 1] in _PORTFOLIO:
            field = set(folded[i:j])
            office = "foreign_minister" if field & {"foreign", "external"} else "minister"
            if field & {"defence", "defense"}:
                office = "defence_minister"
            return Title(i, j, office, None, folded[j] == "ministers")
    if best is None and folded[i] in _PREFIXES and i + 1 < end:
        inner = title_at(folded, tokens, i + 1, end)
        if inner is not None and not inner.weak:
            office = inner.office
            if folded[i] in ("deputy", "vice", "assistant"):
                office = {
                    "foreign_minister": "deputy_foreign_minister",
                    "head_of_government": "deputy_head_of_government",
                }.get(office, "spokesperson" if office == "spokesperson" else "other_official")
            return Title(i, inner.last, office, inner.of, inner.plural)
        if inner is not None and folded[i] in ("deputy", "vice", "assistant"):
            return Title(i, inner.last, "other_official", inner.of, inner.plural)
    if best is not None and best.last + 1 < end and not best.weak:
        words = folded[best.first : best.last + 1]
        if words[-1] in ("minister", "ministers", "secretary") or (
            ("minister" in words or "secretary" in words) and ("of" in words or "for" in words)
        ):
            best = _with_portfolio(folded, best, end)
    return best


def _head_of(folded: Sequence[str], tokens: Sequence[Token], i: int, end: int) -> str | None:
    """The office of who is the head of a state's body: "of the Egyptian diplomacy", "of our state"."""
    if i + 1 >= end or folded[i + 1] != "of":
        return None
    for k in range(i + 2, min(i + 6, end)):
        for body, office in _BODIES.items():
            if tuple(folded[k : k + len(body)]) == body and k + len(body) <= end:
                return office
        if not (folded[k] in ("the", "our", "his", "her", "its") or tokens[k].text[0].isupper()):
            return None
    return None


def _with_portfolio(folded: Sequence[str], title: Title, end: int) -> Title:
    """ "Minister of Trade, Industry and Energy": takes the field in, and lets it decide the office."""
    j = title.last + 1
    if folded[title.last] in ("minister", "ministers", "secretary"):
        if folded[j] not in ("of", "for"):
            return title
        j += 1
    elif folded[j] not in (",", "and", "&"):
        return title
    k, last, field = j, title.last, set()
    while k < end and (folded[k] in _PORTFOLIO or folded[k] in _FILLERS or folded[k] in ("affairs", "national")):
        if folded[k] not in _FILLERS:
            field.add(folded[k])
            last = k
        k += 1
    if not field:
        return title
    office = title.office
    if field & {"foreign", "external"}:
        office = "foreign_minister"
    elif field & {"defence", "defense"}:
        office = "defence_minister"
    elif title.office in ("minister", "other_official"):
        office = "minister"
    return Title(title.first, last, office, title.of, title.plural)


def _norm(
    folded: Sequence[str],
    tokens: Sequence[Token],
    i: int,
    by_first: dict[str, list[tuple[tuple[str, ...], str, str | None, bool]]],
    vocabulary: frozenset[str],
) -> str:
    word = folded[i]
    if word in by_first:
        return word
    if word in _PLURALS:
        return _PLURALS[word]
    if tokens[i].text[0].isupper() and word not in vocabulary:
        mended = mend_title_word(word)
        if mended is not None:
            return mended
    return word


def weightier(a: str, b: str) -> str:
    """Of two offices of one person the one that acts."""
    return a if PRIORITY.index(a) <= PRIORITY.index(b) else b
