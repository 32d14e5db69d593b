"""The lexicon of political events, indexed by the forms in which its words stand in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from readout.lexicons import load

# Principal parts that the regular rules below do not give; the base form is the key.
_IRREGULAR = """
arise arose arisen|be is are was were been being am|bear bore borne|beat beat beaten|begin began begun
bend bent|bet|bid bade bidden|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
bring brought|build built|burn burnt|burst|buy bought|cast|catch caught|choose chose chosen|cling clung
come came|cost|creep crept|cut|deal dealt|dig dug|do did done does|draw drew drawn|drink drank drunk
drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled
fling flung|fly flew flown flies|forbid forbade forbidden|forgive forgave forgiven|forgo forwent forgone
freeze froze frozen|get got gotten|give gave given|go went gone goes|grind ground|grow grew grown
hang hung hanged|have had has having|hear heard|hide hid hidden|hit|hold held|hurt|keep kept|know knew known
lay laid|lead led|leave left|lend lent|let|lie lay lain lying|light lit|lose lost|make made|mean meant
meet met|mislead misled|pay paid|put|quit|read|rid|ride rode ridden|ring rang rung|rise rose risen|run ran
say said says|see saw seen|seek sought|sell sold|send sent|set|shake shook shaken|shed|shine shone|shoot shot
show showed shown|shrink shrank shrunk|shut|sing sang sung|sit sat|slay slew slain|sleep slept|slit
speak spoke spoken|spell spelt|spend spent|spread|stand stood|steal stole stolen|stick stuck|sting stung
strike struck stricken|strive strove striven|swear swore sworn|sweep swept|take took taken|teach taught
tear tore torn|tell told|think thought|throw threw thrown|thrust|undertake undertook undertaken|uphold upheld
wake woke woken|wear wore worn|win won|withdraw withdrew withdrawn|withhold withheld|withstand withstood
write wrote written|overthrow overthrew overthrown|outlaw|overrun overran|retake retook retaken
rebuild rebuilt|broadcast
"""
_PARTS = {
    words[0]: tuple(words[1:])
    for line in _IRREGULAR.strip().splitlines()
    for words in (chunk.split() for chunk in line.split("|"))
}
_IRREGULAR_NOUNS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "servicemen": "serviceman",
    "crises": "crisis",
}


def verb_forms(verb: str) -> frozenset[str]:
    """The forms of a one-word verb; both spellings where a consonant may be doubled."""
    out = {verb, *_PARTS.get(verb, ())}
    stem = verb
    if verb.endswith("e"):
        out |= {verb + "s", verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"}
        if verb.endswith("ie"):
            out.add(verb[:-2] + "ying")
        return frozenset(out)
    if verb.endswith("y") and len(verb) > 1 and verb[-2] not in "aeiou":
        return frozenset(out | {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"})
    out.add(stem + ("es" if stem.endswith(("s", "x", "z", "ch", "sh")) else "s"))
    out.add(stem + "ing")
    if verb not in _PARTS:
        out.add(stem + "ed")
    if (
        len(stem) > 2 and stem[-1] not in "aeiouwxyh" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"
    ) or stem.endswith("quit"):
        out |= {stem + stem[-1] + "ing", stem + stem[-1] + "ed"}
    if stem.endswith("c"):
        out |= {stem + "ked", stem + "king"}
    return frozenset(out)


@cache
def singulars(word: str) -> tuple[str, ...]:
    """The forms under which a noun may stand in a table: as written, and without a plural ending."""
    out = [word]
    if word in _IRREGULAR_NOUNS:
        out.append(_IRREGULAR_NOUNS[word])
    if word.endswith("ies") and len(word) > 4:
        out.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 3:
        out.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        out.append(word[:-1])
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon: what its words mean, and in which company."""

    name: str
    category: str
    cameo: str | None
    role: str | None
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A verb, the words that must stand beside it, and its entry."""

    beside: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """The entries by verb form, by noun (the last word of its name) and by adjective."""

    verbs: dict[str, tuple[VerbSense, ...]]
    nouns: dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    adjectives: dict[str, Entry]
    classes: dict[str, frozenset[str]]

    def noun(self, words: Iterable[str], head: str) -> Entry | None:
        """The entry of an event noun; longer names ("hunger strike") before their head alone."""
        around = set(words)
        for form in singulars(head):
            for before, entry in self.nouns.get(form, ()):
                if all(b in around for b in before):
                    return entry
        return None


@cache
def event_lexicon() -> EventLexicon:
    """The lexicon, loaded and indexed once.

    Raises:
        LexiconError: a table is damaged; the message names file and entry.
    """
    classes = {str(e["class"]): frozenset(str(w) for w in e["words"]) for e in load("plover_nouns").entries}
    verbs: dict[str, list[VerbSense]] = {}
    nouns: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    adjectives: dict[str, Entry] = {}
    for row in load("plover").entries:
        objects: set[str] = set()
        for word in row.get("objects", ()):
            objects |= classes[word[1:]] if word.startswith("@") else {str(word)}
        entry = Entry(row["entry"], row["category"], row.get("cameo"), row.get("role"), frozenset(objects))
        for name in row.get("verbs", ()):
            first, *beside = str(name).split()
            for form in verb_forms(first):
                verbs.setdefault(form, []).append(VerbSense(tuple(beside), entry))
        for name in row.get("nouns", ()):
            *before, head = str(name).split()
            nouns.setdefault(head, []).append((tuple(before), entry))
        for name in row.get("adjectives", ()):
            adjectives.setdefault(str(name), entry)
    for senses in verbs.values():  # the most particular first; otherwise the order of the file
        senses.sort(key=lambda s: -(2 * len(s.beside) + (3 if s.entry.objects else 0)))
    for found in nouns.values():
        found.sort(key=lambda f: -len(f[0]))
    return EventLexicon(
        {k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()}, adjectives, classes
    )
