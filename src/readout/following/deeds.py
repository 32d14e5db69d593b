"""What a sentence tells of a promise: done, broken, denied, taken back, said again; or nothing that counts."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from readout.following.subjects import sides_named
from readout.lexicons.inflection import forms

Told = Literal["done", "broken", "denied", "withdrawn", "again"]
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied)|dismiss\w*|refut\w*|reject\w*)\b", re.I)
_BREACH = re.compile(
    r"\b(?:fail(?:s|ed|ure|ing)? to|broken?\s+(?:its|their|the|his|her|that) (?:promise|word|pledge|commitment)"
    r"|breach\w*|violat\w*|reneg\w+|(?:went|gone) back on|(?:did|has|have|had) not (?:keep|kept|honou?r(?:ed)?"
    r"|fulfil(?:led)?)|unfulfilled)",
    re.I,
)
_NOT_BEFORE = re.compile(r"\b(?:not|never|no|nor|without)\b[^,;]{0,12}$|n['’]t\b[^,;]{0,12}$", re.I)
_WITHDRAWN = re.compile(
    r"\b(?:no longer|withdr[ae]wn?|cancel\w*|call(?:ed)? off|shelv\w+|abandon\w*|scrap(?:ped)?|suspend\w*"
    r"|not in a position to|unable to|cannot|decided not to|decided against|(?:will|would|shall) (?:not|never))\b"
    r"|\bwon['’]t\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:has|have|had|was|were|is|are|did|does|do)(?:n['’]t| (?:still |yet )?(?:not|never)\b)|\byet to\b|\bnot yet\b"
    r"|\bstill (?:wait|await)|\bnone of\b",
    re.I,
)
_PARTLY = re.compile(
    r"\b(?:first (?:\d+|\w+) of|half of|part of|some of|most of|partly|partially"
    r"|(?:have|has|had)? ?beg[au]n\b|started\b)",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|must|to be|plan(?:s|ned|ning)?"
    r"|(?:is|are|was|were) (?:to|ready|willing|prepared|due|set|expected|going)"
    r"|hop(?:e|es|ed|ing)|promis(?:e|es|ed)|pledge[sd]?|decision|offer(?:s|ed)?"
    r"|intention|intends?|intended|commitment|readiness|willingness|propos(?:al|e|ed)"
    r"|stands? ready|agreed|undertak\w+|progress|discuss\w*)\b",
    re.I,
)
_AGAIN = re.compile(r"\b(?:will|shall|would|ready|willing|prepared|hopes?|hoped)\b", re.I)
_COMPLETED = re.compile(
    r"\b(?:delivered|opened|completed|finished|arrived|handed over|launched|inaugurated|resumed|received"
    r"|(?:came|come|entered) into (?:force|operation)|took effect|in operation"
    r"|(?:kept|fulfilled|honou?red) (?:its|their|the|his|her) (?:promise|word|pledge|commitment)s?)\b",
    re.I,
)
_PAST = {
    "build": ("built",), "lend": ("lent",), "buy": ("bought",), "sell": ("sold",), "keep": ("kept",), "cut": ("cut",),
    "put": ("put",), "teach": ("taught",), "grow": ("grew", "grown"), "withdraw": ("withdrew", "withdrawn"),
    "rebuild": ("rebuilt",), "spend": ("spent",), "rise": ("rose", "risen"), "write off": ("written off",),
}  # fmt: skip


@cache
def _done_forms(verb: str) -> re.Pattern[str]:
    known = forms(verb)
    past = {f for f in known[1:] if not f.endswith(("ing", "s"))} | set(_PAST.get(verb, ()))
    if len(verb) > 2 and verb[-1] not in "aeiouywx" and verb[-2] in "aeiou":
        past.add(verb + verb[-1] + "ed")
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, past), key=len, reverse=True)) + r")\b", re.I)


@cache
def _doing(verb: str) -> re.Pattern[str]:
    ing = {f for f in forms(verb) if f.endswith("ing")} | {verb + verb[-1:] + "ing"}
    named = "|".join(sorted(map(re.escape, ing)))
    return re.compile(rf"\b(?:{named}|delivering|providing|opening|sending|supplying|completing|handing over)\b", re.I)


def told_of(
    words: str,
    *,
    cue: str,
    act: str,
    verb: str,
    promisor: tuple[str, ...],
    speakers: tuple[str, ...],
    toward: tuple[str, ...],
    refrain: bool,
) -> tuple[Told, str] | None:
    """What ``words`` tell of a promise that they are about, and by which words; None where nothing that counts.

    Args:
        words: what was said; ``cue`` the reporting words, ``act`` what the statement does.
        verb: the first verb of the promise. ``refrain``: the promise is not to do it.
    """  # fmt: skip
    breach = _BREACH.search(words)
    if _DENIES.search(cue) or (act == "reject" and breach):
        # what is denied of it is no report of it
        return ("denied", cue or "denied") if breach or refrain else None
    if breach:
        if _NOT_BEFORE.search(words[: breach.start()]):
            return "denied", breach[0]
        return ("broken", breach[0]) if _is_doer(words, breach.start(), promisor, toward) else None
    mine = bool(set(speakers) & set(promisor))
    withdrawn = _WITHDRAWN.search(words)
    if withdrawn and not refrain:
        named = [id for at, id in sides_named(words) if at < withdrawn.start()]
        doer = named[-1] in promisor if named else mine
        return ("withdrawn", withdrawn[0]) if doer else None
    if withdrawn or _NOT_DONE.search(words):
        return None
    ahead = _AHEAD.search(words)
    kept_word = re.search(r"\b(?:kept|fulfilled|honou?red) \w+ (?:promise|word|pledge|commitment)", words, re.I)
    if ahead and not kept_word:
        again = _AGAIN.search(words)
        # only one's own word, told again as such, is a repetition
        if again and act in ("affirm", "commit", "offer") and mine and not refrain:
            return ("again", again[0]) if _is_doer(words, again.start(), promisor, ()) else None
        return None
    if _PARTLY.search(words) and verb not in ("begin", "start", "launch", "resume", "open"):
        return None
    done = _done_forms(verb).search(words) if verb else None
    done = done or (None if refrain else _COMPLETED.search(words))
    if done is None and act == "thank":
        done = _doing(verb).search(words) if verb else None
    if done is None or not _is_doer(words, done.start(), promisor, toward if act in ("thank", "criticise") else ()):
        return None
    return ("broken" if refrain else "done"), done[0]


def _is_doer(words: str, at: int, promisor: tuple[str, ...], toward: tuple[str, ...]) -> bool:
    """Whether nothing says that another than the promisor did what stands at ``at``."""
    named = sides_named(words)
    by = re.search(r"\bby (?:the )?", words[at:])
    if by and (agent := [id for start, id in named if start >= at + by.end() and start <= at + by.end() + 2]):
        return agent[0] in promisor
    if toward:
        return bool(set(toward) & set(promisor))
    before = [id for start, id in named if start < at]
    return not before or before[0] in promisor or bool(set(before) & set(promisor))
