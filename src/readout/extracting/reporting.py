"""Reports in one sentence: outermost cues with their subject, content and standing (said, denied, planned)."""

from __future__ import annotations

import re

from readout.extracting.cues import CueHit, light_verb, match
from readout.extracting.report_clauses import Report
from readout.extracting.report_contents import LIGHT_CUE, SHADOW
from readout.extracting.report_standing import ReportStanding
from readout.extracting.unreal import unreal_zones
from readout.records import Span

_ACCORDANCES = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
    ("as",),
)
_ACCORDANCE_OPENINGS = frozenset(p[0] for p in _ACCORDANCES)
_AGENDA = (
    re.compile(r"(?P<cue>exchange of (?:views|opinions) took place) (?:on|about|regarding) (?P<topic>[^.;]+)", re.I),
    re.compile(r"^(?P<topic>\W*[^.;]{4,200}?) (?P<cue>(?:was|were)(?: also)? (?:on the agenda(?: of the \w+)?))", re.I),
    re.compile(
        r"(?P<cue>(?:focus|topics?|subject|theme) of the (?:conversation|talks|meeting|call|"
        r"discussions?|negotiations|visit) (?:was|were)(?: on)?) (?P<topic>[^.;]+)",
        re.I,
    ),
)


class Reports(ReportStanding):
    """Finds the reports of one sentence."""

    def find(self) -> list[Report]:
        """The outermost reports of the sentence, in the order of the text."""
        hits: list[CueHit] = []
        for i in range(self.first, self.last):
            hit = match(self.parse, i, self.last)
            if hit is not None:
                hits.append(hit)
            elif light_verb(self.tokens[i].lower) and self.tokens[i].pos in ("VERB", "AUX"):
                hits.append(CueHit(LIGHT_CUE, i, i))
        hits = [
            h if self._plausible(h) else CueHit(SHADOW, h.verb, h.last)
            for h in hits
            if self._plausible(h) or self._shadows(h)
        ]
        self.unreal = unreal_zones(self.parse.text, self.sentence.start, self.sentence.end)
        hits.sort(key=lambda h: (self._depth(h.verb), h.verb))
        for _ in range(4):
            accepted, inverted = self._accept(hits)
            credit = next((h for h in accepted if h.verb in inverted and self._is_credit(h, hits)), None)
            if credit is None:
                break
            self.credits.append(credit)
            hits = [h for h in hits if h.verb != credit.verb]
        accepted.sort(key=lambda h: h.verb)
        out: list[Report] = []
        said = [h for h in accepted if h.cue is not SHADOW]
        for n, hit in enumerate(said):
            after = said[n + 1] if n + 1 < len(said) else None
            before = said[n - 1] if n else None
            out += self._report(hit, before, after, hit.verb in inverted)
        accordances = self._accordances(out)
        persons = [
            r
            for r in accordances
            if r.subject is not None and (self.is_person(r.subject) or self.tokens[r.subject].pos == "PRON")
        ]
        if persons:
            out = [r for r in out if not any(r.content.overlaps(p.content) for p in persons)]
        out += [a for a in self._agenda() if not any(r.content.overlaps(a.content) for r in out)]
        out += [a for a in accordances if not any(r.content.overlaps(a.content) for r in out)]
        out.sort(key=lambda r: r.content.start)
        return out

    def _accept(self, hits: list[CueHit]) -> tuple[list[CueHit], set[int]]:
        """The outermost cues, and those of them whose content stands before."""
        accepted: list[CueHit] = []
        inverted: set[int] = set()
        for hit in hits:
            if self._embedded(hit.verb, accepted, inverted):
                continue
            if hit.cue is SHADOW:
                accepted.append(hit)
                continue
            if not self._real(hit.verb):
                # what is planned, denied or hypothetical shadows what it governs
                accepted.append(CueHit(SHADOW, hit.verb, hit.last))
                continue
            accepted.append(hit)
            if self._is_inverted(hit):
                inverted.add(hit.verb)
        return accepted, inverted

    def _accordances(self, reports: list[Report]) -> list[Report]:
        """ "According to X, Y", "In the view of X, Y", "As X put it, Y": Y is what X said."""
        out: list[Report] = []
        tokens = self.tokens
        for i in range(self.first, self.last - 1):
            if tokens[i].lower not in _ACCORDANCE_OPENINGS:
                continue
            phrase = next((p for p in _ACCORDANCES if tuple(t.lower for t in tokens[i : i + len(p)]) == p), None)
            if phrase is None or self._quoted(i):
                continue
            after = i + len(phrase)
            if phrase == ("as",):
                put = next(
                    (
                        k
                        for k in range(after, min(self.last - 1, after + 12))
                        if tokens[k].lower in ("put", "puts") and tokens[k + 1].lower == "it"
                    ),
                    None,
                )
                source = next((k for k in range(after, put) if self.is_actor(k)), None) if put is not None else None
                if put is None or source is None:
                    continue
                high = put + 1
            else:
                source = next(
                    (k for k in range(after, min(self.last, after + 3)) if self.is_actor(k) or tokens[k].pos == "PRON"),
                    None,
                )
                if source is None:
                    source = self.parse.child(after - 1, "pobj")
                if source is None:
                    continue
                head = source
                while tokens[head].dep in ("compound", "poss", "amod", "flat", "nmod") and tokens[head].head > head:
                    head = tokens[head].head
                high = max(self.parse.subtree(head)[1], head) if tokens[head].dep == "pobj" else head
                comma = next((k for k in range(source, self.last) if tokens[k].text == ","), None)
                if comma is not None and comma <= high:
                    high = comma - 1
            cue = self.parse.span(i, after - 1)
            comma = next((k for k in range(high, self.last) if tokens[k].text == ","), None)
            ahead = self._trim(comma + 1, self.last - 1) if comma is not None and comma + 1 < self.last else None
            behind = self._trim(self.first, i - 1) if i > self.first + 1 else None
            if behind is not None and any(r.verb < i and not r.inverted for r in reports):
                continue
            content = max((c for c in (ahead, behind) if c is not None), key=lambda c: c.end - c.start, default=None)
            if content is not None:
                out.append(Report(None, i, cue, content, source, None, "according to", accordance=True))
        return out

    def _agenda(self) -> list[Report]:
        """ "An exchange of views took place on X", "X was on the agenda", "the focus of the talks was X": both
        sides'.
        """
        text = self.parse.text
        out: list[Report] = []
        for pattern in _AGENDA:
            match = pattern.search(text, self.sentence.start, self.sentence.end)
            if match is None:
                continue
            inside = [
                t.i for t in self.parse.words(self.sentence) if match.start("topic") <= t.start < match.end("topic")
            ]
            content = self._trim(inside[0], inside[-1]) if inside else None
            words = [t for t in self.parse.words(self.sentence) if match.start("cue") <= t.start < match.end("cue")]
            if content is None or not words or any(self._quoted(t.i) for t in words):
                continue
            verb = words[-1].i
            out.append(
                Report(
                    None, verb, Span(words[0].start, words[-1].end), content, None, "discuss", "discuss", passive=True
                )
            )
            break
        return out


__all__ = ["Report", "Reports"]
