"""Which exchange the document is about, and which tellings are one exchange."""

from __future__ import annotations

from readout.extracting.candidates import Candidate
from readout.extracting.exchange_clauses import ExchangeClauses


class Merging(ExchangeClauses):
    """Ranks the candidates of a document and merges those of one exchange."""

    def _main(self, candidates: list[Candidate]) -> Candidate | None:
        """The exchange that the document is about: the first that is reported in its opening, two-sided before
        visits.
        """
        opening = [
            c
            for c in candidates
            if c.status == "reported" and not c.embedded and c.kind != "briefing" and c.sentence.i < 6
        ]
        ranked = sorted(
            opening, key=lambda c: (c.sentence.i, c.kind in ("visit", "multilateral", "message"), c.trigger)
        )
        for candidate in ranked:
            if candidate.when is not None and self._before(candidate.when.interval):
                continue
            return candidate
        # "X had called Y": told as past, yet nothing else is what the text is about
        for c in sorted(
            (c for c in candidates if c.kind in ("phone_call", "video_call", "meeting", "message")),
            key=lambda c: (c.sentence.i, c.trigger),
        ):
            if (
                c.sentence.i < 3
                and c.status == "past"
                and c.why[0].startswith("verb")
                and not (c.when is not None and self._before(c.when.interval))
            ):
                c.status = "reported"
                return c
        return None

    def _merge(self, candidates: list[Candidate], main: Candidate | None) -> list[Candidate]:
        """Candidates of one exchange become one; what lies apart in time is past or planned."""
        if main is not None:
            persons = tuple(a for a, _ in main.people)
            self.discourse.principals = persons
        for c in candidates:
            if c.status == "reported" and c is not main:
                if c.when is not None and c.when.interval is not None and self.anchor is not None:
                    if self._before(c.when.interval) or self._other_day(c, main):
                        c.status = "past"
                    elif c.when.interval.start > self.anchor:
                        if c.kind == "briefing":
                            c.when = self._as_past(c.when)
                        else:
                            c.status = "planned"
                elif c.kind != "briefing" and (c.embedded or self._aside(c, main)):
                    c.status = "past"
            if c.status == "planned" and c.when is not None and self._before(c.when.interval, 1) and not c.embedded:
                c.status = "past"
        out: list[Candidate] = []
        for c in sorted(candidates, key=lambda c: (c is not main, c.sentence.i, c.trigger)):
            twin = next((o for o in out if self._same(o, c, main)), None)
            if twin is None:
                out.append(c)
                continue
            self._absorb(twin, c)
        return sorted(out, key=lambda c: (c.sentence.i, c.trigger))

    def _other_day(self, c: Candidate, main: Candidate | None) -> bool:
        """Other people's exchange on a day before: "three days ago the president sent a message"."""
        if main is None or c.when is None or c.when.interval is None or self.anchor is None or c.kind == "briefing":
            return False
        if c.kind == "multilateral":
            return c.when.interval.end < self.anchor
        people = {a.person for a, _ in c.people if a.person}
        same = people & {a.person for a, _ in main.people if a.person}
        return not same and c.when.interval.end <= self.anchor

    def _aside(self, c: Candidate, main: Candidate | None) -> bool:
        """An exchange of other sides, or told in passing far from the opening, belongs to the past."""
        if main is None:
            return c.sentence.i > 4
        if c.sides <= main.sides or main.sides <= c.sides:
            return False
        if (
            c.why[0].startswith("verb")
            and self.tokens[c.trigger].tag == "VBD"
            and {a.person for a, _ in c.people if a.person} & {a.person for a, _ in main.people if a.person}
        ):
            return False
        return c.sentence.i > main.sentence.i + (1 if c.why[0].startswith("verb") else 0)

    def _same(self, a: Candidate, b: Candidate, main: Candidate | None) -> bool:
        family = {"phone_call": "talk", "video_call": "talk", "meeting": "talk"}
        kind_a, kind_b = family.get(a.kind, a.kind), family.get(b.kind, b.kind)
        if kind_a != kind_b:
            return False
        if a.kind == "briefing":
            return (a.sides >= b.sides or a.sides <= b.sides) and a.status == b.status
        if not (a.sides <= b.sides or b.sides <= a.sides):
            return False
        if (
            kind_a == "visit"
            and a.status == "planned"
            and b.status == "reported"
            and b.when is None
            and b.why[0].startswith("noun")
        ):
            return True
        if a.status != b.status and {a.status, b.status} != {"reported", "past"}:
            return False
        if (
            a is main
            and a.when is None
            and self.side_issuer
            and self.anchor is not None
            and b.when is not None
            and b.when.interval is not None
            and b.when.interval.end <= self.anchor
        ):
            return False  # a side's readout tells of its own day; another day is another exchange
        if a.when and b.when and a.when.interval and b.when.interval:
            x, y = a.when.interval, b.when.interval
            if x.end <= y.start or y.end <= x.start:
                return False
        elif ({a.status, b.status} == {"reported", "past"} and (b.when or a.when) and a is not main) or (
            a.status != b.status
            and not (
                a is main
                and b.when is None
                and b.why[0].startswith("verb")
                and {x.key for x, _ in a.people} == {x.key for x, _ in b.people}
            )
        ):
            return False
        pa = {x.person for x, _ in a.people if x.person}
        pb = {x.person for x, _ in b.people if x.person}
        if pa and pb and not pa & pb and kind_a == "talk":
            return False
        return not (
            pa
            and pb
            and len(pa) > 1
            and len(pb) > 1
            and len(pa & pb) == 1
            and pa != pb
            and not pa <= pb
            and not pb <= pa
        )

    def _absorb(self, a: Candidate, b: Candidate) -> None:
        rank = {"participant": 0, "guest": 1, "host": 1, "initiator": 2, "recipient": 2}
        for actor, part in b.people:
            for n, (mine, my_part) in enumerate(a.people):
                if mine.side == actor.side and (mine.person == actor.person or not actor.person or not mine.person):
                    better = mine if mine.person or not actor.person else actor
                    a.people[n] = (better, part if rank[part] > rank[my_part] else my_part)
                    break
        if (
            a.when is None
            and b.when is not None
            and b.when.interval is not None
            and b.when.interval.precision in ("day", "days")
        ):
            a.when = b.when
        if a.place is None:
            a.place, a.place_words = b.place, b.place_words
        a.weight = min(0.97, a.weight + 0.04)
