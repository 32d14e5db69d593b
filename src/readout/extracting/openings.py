"""Exchanges without a trigger: the headline names the channel, or two persons open a text that speaks of talks."""

from __future__ import annotations

import re

from readout.extracting.candidates import Candidate
from readout.extracting.exchange_clauses import ExchangeClauses
from readout.extracting.unreal import IS_OFF
from readout.resolving import TimeMention

_TALK_WORD = re.compile(r"\b(?:talks|phone call|telephone|call|meeting|conversation)\b", re.I)
_TITLE_KINDS = (
    ("video_call", re.compile(r"\b(?:video|virtual)\b", re.I)),
    ("phone_call", re.compile(r"\b(?:phone|telephone|call|calls|dials|phones)\b", re.I)),
    ("meeting", re.compile(r"\b(?:meets?|meeting|talks|receives|hosts|confers?)\b", re.I)),
)


class Openings(ExchangeClauses):
    """Reads the headline and the opening where the sentences told of nothing."""

    def _from_title(self, candidates: list[Candidate]) -> Candidate | None:
        """The headline tells of a call or a meeting, the lead only of what was said in it: "A has thanked B"."""
        kind = next((k for k, pattern in _TITLE_KINDS if pattern.search(self.title)), None)
        if kind is None or not self.parse.sentences:
            return None
        for sentence in self.parse.sentences[:2]:
            root = next((t.i for t in self.parse.words(sentence) if t.dep == "ROOT"), None)
            if root is None or self.tokens[root].tag not in ("VBD", "VBN", "VBZ"):
                continue
            if IS_OFF.search(self.parse.text[sentence.start : sentence.end + 90]):
                continue
            subjects = [a for a in self._subject(root, sentence) if a.person or a.office]
            others = [
                a
                for m in self.discourse.mentions
                if root < m.first < sentence.last and m.kind in ("person", "title")
                for a in self.discourse.actors_of(m)
                if a.side and a.side not in {b.side for b in subjects}
            ]
            if not subjects or not others:
                continue
            directed = kind == "phone_call" and re.search(r"\b(?:calls|phones|dials|rings|telephones)\b", self.title)
            people = [(a, "initiator" if directed else "participant") for a in subjects]
            people += [(others[0], "recipient" if directed else "participant")]
            found = self._candidate(
                kind,
                sentence,
                root,
                people,
                ("reported", False),
                max(sentence.first, root - 8),
                root,
                "the headline tells the channel",
                [root],
                0.6,
            )
            if found is not None:
                candidates.append(found)
                return found
        return None

    def _could_be_today(self, mention: TimeMention) -> bool:
        """A day, not a month or a year, and not ahead of the document."""
        interval = mention.interval
        return (
            interval is not None
            and mention.role == "date"
            and interval.precision == "day"
            and (self.anchor is None or interval.start <= self.anchor)
        )

    def _from_lead(self, candidates: list[Candidate]) -> Candidate | None:
        """Two persons are the subject of the opening, and it speaks of talks or a call: that is the exchange."""
        opening = self.parse.sentences[:3]
        if not opening or not _TALK_WORD.search(self.parse.text, opening[0].start, opening[-1].end):
            return None
        if IS_OFF.search(self.parse.text[opening[0].start : opening[-1].end]):
            return None
        for sentence in opening[:2]:
            for t in self.parse.words(sentence):
                if t.dep != "nsubj" or self.tokens[t.head].tag not in ("VBD", "VBN", "VBZ"):
                    continue
                people = [a for a in self.discourse.resolve(t.i, sentence.first, ()) if a.person]
                if len({a.side for a in people}) != 2:
                    continue
                text = self.parse.text[opening[0].start : opening[-1].end]
                kind = (
                    "phone_call"
                    if re.search(r"\b(?:phone|telephone|call)\b", f"{self.title} {text}", re.I)
                    else "meeting"
                )
                root = self.tokens[t.head].i
                found = self._candidate(
                    kind,
                    sentence,
                    root,
                    [(a, "participant") for a in people],
                    ("reported", False),
                    t.i,
                    root,
                    "the opening has two subjects and speaks of talks",
                    [root],
                    0.5,
                )
                if found is not None:
                    if found.when is None:
                        found.when = next(
                            (w for s2 in opening for w in self.dates_in(s2) if self._could_be_today(w)), None
                        )
                    elif not self._could_be_today(found.when):
                        found.when = None
                    candidates.append(found)
                    return found
        return None
