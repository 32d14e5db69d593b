# ruff: noqa: E501 (tables of words are read as lines)
"""The content words of a stretch of text, as two accounts of one exchange are compared by them.

Lightly stemmed, with a few classes of words that ministries use for one another. A list of function words and of
reporting words is left out: that both sides "stressed" something does not make it the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    """a about above after again all also always am among an and any are as at be because been before being between both but
    by can could did do does each for from further had has have having he her here his how i if in into is it its itself
    more most must my no nor not of on one only onto or other our out over own per she should since so some such than
    that the their them then there these they this those through to too toward towards under until up upon very via was
    we were what when where which while who whose will with within without would you your both two sides side parties
    country countries mr mrs ms minister president foreign prime secretary ministry government state states said says
    stress stressed emphasized emphasised underlined underscored highlighted noted added reiterated reaffirmed regard
    including well much many important importance issue issues matter matters question questions regarding concerning""".split()
)
# one class a line: words that stand for one another in readouts; the first names the class
_CLASSES = """
trade commerce commercial trading turnover
grow growth increase rise expand expansion widen broaden enlarge boost
deepen strengthen consolidate enhance reinforce intensify develop advance promote
cooperation collaboration partnership interaction cooperate collaborate teamwork
support back backing endorse stand solidarity
help aid assist assistance relief humanitarian
talks negotiation negotiate dialogue talk consultation consult
conflict war hostilities fighting
ceasefire truce cease
peace peaceful peacefully
end halt stop cessation
attack strike assault shelling bombardment
concern worry worried alarm anxiety
condemn denounce deplore
thank gratitude grateful appreciate appreciation
condolence sympathy grief
visit trip travel
invite invitation
soon near early forthcoming upcoming
ready readiness willing willingness prepared willingly
hope hopes look
border frontier boundary
firm company enterprise business investor
invest investment capital
energy power electricity
gas lng
railway rail train railroad
port harbour harbor seaport
sea maritime naval
fish fishery fishing trawler fisherman
water river basin dam
grain wheat cereal
food foodstuff
student scholarship education university school
people citizen national population
flight aviation airline airport air
army military defence defense armed
weapon arms ammunition missile
crew sailor seafarer
prisoner detainee captive detained detention hostage
release free freed
talk discuss
agree agreement accord treaty pact deal consensus
sign signing conclude
swift rapid quick fast prompt speedy
situation development
law legal lawful rule
sovereignty territorial integrity independence
terror terrorism terrorist extremist extremism
nuclear atomic
visa entry
tariff duty customs
road highway motorway corridor route
quota share allocation
disaster earthquake flood storm cyclone
rebuild reconstruction reconstruct restore restoration
victim dead casualty killed
deliver delivery supply shipment send dispatch provide
refugee displaced migrant migration
month week
meeting summit session
call urge appeal
oppose reject refuse opposition
unacceptable intolerable
anniversary jubilee
vaccine vaccination dose
doctor medical health hospital medicine
climate emission warming
loan credit financing fund finance
oil crude petroleum
line red
breach violate violation infringe
joint jointly common shared
committee commission panel
resolve settle solve settlement resolution solution
"""
_IRREGULAR = {
    "met": "meet", "built": "build", "rebuilt": "rebuild", "sent": "send", "held": "hold", "men": "man",
    "fishermen": "fisherman", "crises": "crisis", "grew": "grow", "rose": "rise", "stood": "stand", "sought": "seek",
    "lives": "life", "dead": "dead", "died": "dead", "broken": "break", "broke": "break", "begun": "begin",
}  # fmt: skip
_ENDINGS = (
    "ations", "ation", "itions", "ments", "ment", "ities", "ions", "ion", "ings", "ing", "ies", "ied", "ives", "ive",
    "ally", "ness", "ers", "ity", "ed", "es", "al", "ly", "er", "s", "e", "y",
)  # fmt: skip
_MIN_STEM = 4
NEGATORS = frozenset("not no never neither nor without cannot against refuse reject oppose deny".split())


_SPELLINGS = (
    (re.compile(r"^(\w{3,})is(e|es|ed|ing|ation|ations|er|ers)$"), r"\1iz\2"),
    (re.compile(r"^(lab|harb|fav|hon|neighb|col|behavi|endeav|rum|rig|vig|arm|splend|parl)our"), r"\1or"),
    (re.compile(r"^(cent|theat|met|lit)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(defen|offen|licen|preten)ce(s?)$"), r"\1se\2"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
)


def spelt(word: str) -> str:
    """A word as one spelling of English has it, so that "labour" and "labor" meet."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest endings; never shorter than four letters unless the word itself is."""
    plain = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _MIN_STEM:
            plain = plain[: -len(ending)]
            break
    if len(plain) > _MIN_STEM and plain[-1] == plain[-2] and plain[-1] not in "aeious":
        plain = plain[:-1]
    return plain


_CLASS = {
    stem(spelt(word)): line.split()[0] for line in reversed(_CLASSES.strip().splitlines()) for word in line.split()
}
_JOINTS = frozenset("of and for the in on to".split())
NUMBERS = {
    word: str(value)
    for words, first, step in (
        (
            "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
            3,
            1,
        ),
        ("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3, 1),
        ("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        ("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10),
        ("dozen", 12, 1),
    )
    for value, word in zip(range(first, 100, step), words.split(), strict=False)
}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_STOP_STEMS = frozenset(stem(spelt(word)) for word in _STOP) - frozenset(_CLASS)


def _plain(text: str) -> str:
    plain = text.replace("’", "'").casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def plain_words(text: str) -> list[str]:
    """Every word of ``text`` in order, without case and accents."""
    return [w.removesuffix("'s") for w in _WORD.findall(_plain(text))]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word: ``key`` its class or stem, ``root`` its stem; ``is_named`` where it has a capital or is a figure."""

    key: str
    root: str
    is_named: bool


def _terms(text: str, figures: bool = False) -> Iterator[Term]:
    for written in _WORD.findall(text.replace("’", "'")):
        for word in plain_words(written):
            if word in _STOP or (len(word) < 3 and not word.isdigit()):
                continue
            ordinal = _ORDINAL.fullmatch(word) if figures else None
            figure = ordinal.group(1) if ordinal else NUMBERS.get(word) if figures else None
            if figure:
                yield Term(figure, figure, True)
                continue
            root = stem(spelt(word))
            if root not in _STOP_STEMS:
                yield Term(_CLASS.get(root, root), root, written[0].isupper() or written[0].isdigit())


@lru_cache(maxsize=20_000)
def content_words(text: str) -> tuple[str, ...]:
    """The stems or classes of the content words of ``text``, in order, with repetitions."""
    return tuple(term.key for term in _terms(text))


@lru_cache(maxsize=20_000)
def terms(text: str) -> tuple[Term, ...]:
    """The content words of ``text``, each class or stem once, where it stands first; "forty" and "40th" are 40."""
    return tuple({term.key: term for term in reversed(tuple(_terms(text, figures=True)))}.values())[::-1]


@lru_cache(maxsize=20_000)
def initials(text: str) -> dict[str, tuple[str, ...]]:
    """What runs of three to five words of ``text`` are abbreviated to, with the keys of their content words.

    "Official development assistance" is ODA; "of", "and", "for" and "the" inside give no letter.
    """
    words = [w for w in _WORD.findall(text) if w.casefold() not in _JOINTS]
    runs = (words[i : i + n] for n in (3, 4, 5) for i in range(len(words) - n + 1))
    return {"".join(w[0] for w in run).casefold(): tuple(t.key for t in terms(" ".join(run))) for run in runs}


@lru_cache(maxsize=20_000)
def abbreviations(text: str) -> frozenset[str]:
    """The words of three to five capitals in ``text``, folded."""
    return frozenset(w.casefold() for w in re.findall(r"\b[A-Z]{3,5}\b", text))


def negations(text: str) -> int:
    """How many words of ``text`` negate."""
    return sum(w in NEGATORS or w.endswith("n't") for w in plain_words(text))


@lru_cache(maxsize=64)
def shingles(text: str, size: int = 4) -> frozenset[tuple[str, ...]]:
    """Every run of ``size`` words of a text: what reprints share and independent accounts do not."""
    words = plain_words(text)
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
