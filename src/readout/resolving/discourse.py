"""Who is who in one document: mentions brought together into actors, and words that point back to them.

Entities are built in the order of the text from names and titles; a title without a name is answered from the
document first and from the actor base on the document's date second; pronouns and "the two sides" are answered
while the extractors walk through the text, since they depend on who spoke last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from readout.knowing import ActorBase, fold, skeleton
from readout.records import Actor, Document, Parse, Sentence, Span, Token, Unresolved
from readout.resolving.forms import FormIndex
from readout.resolving.mentions import Mention, Scanner

HEADS = frozenset({"head_of_state", "head_of_government"})
MINISTERIAL = frozenset({"foreign_minister", "defence_minister", "minister", "deputy_foreign_minister"})
NAME_NOISE = frozenset("al el bin ibn bint von van der de la da jr sr ii iii iv the abu ben".split())
_AUTHORED = re.compile(
    r"\b(?:statement|remarks|message|letter|press release|comments?|address|speech)\s+(?:by|from|of)\s+(?:the\s+)?",
    re.I,
)
_FIRST_SINGULAR_TEXT = re.compile(r"(?:^|[.!?]\s+|\n)(?:[^“\"\n]{0,60},\s)?(?:I|My|We)\b(?! +\()")
_STYLES = frozenset("excellency highness majesty holiness eminence honour".split())
_SINGULAR_PRONOUNS = frozenset("he she him her his hers himself herself".split())
_PLURAL_PRONOUNS = frozenset("they them their theirs themselves both".split())
_FIRST_PLURAL = frozenset("we us our ours ourselves".split())
_FIRST_SINGULAR = frozenset("i me my mine myself".split())


@dataclass(slots=True)
class Entity:
    """A person as the document tells of them; what is learnt late holds for every mention."""

    number: int
    name: str
    words: frozenset[str]
    family: str
    office: str | None = None
    of: str | None = None
    certainty: str = "known"
    how: str = "named in the text"
    gender: str | None = None
    former: bool = False
    places: list[int] = field(default_factory=list)
    named: bool = True

    def actor(self) -> Actor:
        return Actor(
            person=self.name or None,
            office=self.office,
            of=self.of,
            certainty=self.certainty,  # type: ignore[arg-type]
            how=self.how,
        )


class Discourse:
    """The actors of one document, and answers to "who is meant at this token?"."""

    def __init__(self, parse: Parse, document: Document, base: ActorBase, forms: FormIndex) -> None:
        self.parse = parse
        self.document = document
        self.base = base
        self.forms = forms
        self.anchor: date | None = document.anchor
        self.issuer: str | None = document.publication.issuer_of
        self.is_of_a_side = document.publication.issuer_kind == "side"
        scanner = Scanner(parse, forms, self.anchor)
        self.scanner = scanner
        self.folded = scanner.folded
        self.mentions: list[Mention] = scanner.scan()
        self.entities: list[Entity] = []
        self.unresolved: list[Unresolved] = []
        self.principals: tuple[Actor, ...] = ()
        self._at: list[int] = [-1] * len(parse.tokens)
        for number, mention in enumerate(self.mentions):
            for i in range(mention.first, mention.last + 1):
                self._at[i] = number
        self._title_memo: dict[int, tuple[Actor, ...]] = {}
        self._name_persons()
        self.author: Actor | None = self._author(forms)
        self.home: str | None = self.issuer or self._dateline_state()

    def _dateline_state(self) -> str | None:
        """The state that the dateline's place lies in, where it is named or is a capital."""
        place = self.document.dateline.place if self.document.dateline else None
        if not place:
            return None
        probe = _plain_parse(place)
        form = self.forms.at(probe.text, probe.tokens, 0, len(probe.tokens), self.anchor) if probe.tokens else None
        return form.id if form is not None and form.kind == "state" and not form.others else None

    def _author(self, forms: FormIndex) -> Actor | None:
        """Whose words a side's own statement is: named in its title, signed, or the head of the office that
        published it.
        """
        if self.issuer is None:
            return None
        title = self.document.publication.title or ""
        match = _AUTHORED.search(title)
        if match:
            probe = _plain_parse(title[match.end() :])
            if probe.tokens:
                found = [
                    m for m in Scanner(probe, forms, self.anchor).scan() if m.kind == "person" and m.name and not m.weak
                ]
                if found and found[0].first <= 2:
                    m = found[0]
                    written = " ".join(m.name)
                    best = next(
                        (
                            t
                            for score, t, _, _ in self.base.match(
                                written, of=self.issuer, office=m.office, on=self.anchor
                            )[:3]
                            if score >= 0.8
                        ),
                        None,
                    )
                    return Actor(
                        person=best.person if best else written,
                        office=m.office or (best.office if best else None),
                        of=self.issuer,
                        how="named as author in the title",
                    )
        url = self.document.publication.url
        site = self.base.site(url) if url else None
        office = {
            "head_of_state": "head_of_state",
            "head_of_government": "head_of_government",
            "foreign_ministry": "foreign_minister",
        }.get(site.kind if site else "")
        if office and self.anchor is not None and _FIRST_SINGULAR_TEXT.search(self.parse.text):
            answer = self.base.holders(self.issuer, office, self.anchor)
            if answer.tenures and answer.status != "unknown":
                t = answer.tenures[0]
                return Actor(
                    person=t.person,
                    office=office,
                    of=self.issuer,
                    certainty=answer.status,
                    how=f"first person on the site of this office: {answer.reason}",
                )
        return None

    # -- names -> entities -----------------------------------------------------------------------------------------

    def _name_persons(self) -> None:
        """Two passes: names with a title, a state or a known face first, so that a bare surname finds them."""
        named = [(n, m) for n, m in enumerate(self.mentions) if m.kind == "person" and m.name]
        for _, mention in sorted(named, key=lambda nm: (nm[1].weak and len(nm[1].name) == 1, nm[0])):
            self._name_person(mention)
        for mention in self.mentions:
            if mention.kind == "person" and mention.entity is None:
                mention.kind = "dropped"
                for i in range(mention.first, mention.last + 1):
                    self._at[i] = -1
                if mention.of and mention.form is None and mention.weak:
                    # "Russian Abrams": keep the state
                    mention.kind = "form"
                    for i in range(mention.first, mention.name_first):
                        self._at[i] = self.mentions.index(mention)
                    mention.last = max(mention.first, mention.name_first - 1)
        for number, mention in enumerate(self.mentions):
            if mention.entity is not None:
                self.entities[mention.entity].places.append(number)

    def _name_person(self, mention: Mention) -> None:
        words = [w for w in (fold(x).strip(".,'") for x in mention.name) if w]
        content = frozenset(w for w in words if w not in NAME_NOISE)
        if not content or self._is_month(mention, words):
            return
        of = mention.of[0] if mention.of else mention.extra.get("of")
        office = mention.office
        if mention.extra.get("was") == "counterpart":
            office = mention.extra.get("office") or self._counterpart_office(mention)
        known = self._find_entity(words, content, of, office)
        if known is not None:
            mention.entity = known.number
            self._learn(known, mention, of, office, words)
            return
        written = " ".join(mention.name).strip(" ,.")
        found = self.base.match(written, of=of, office=None if mention.former else office, on=self.anchor)
        best = None
        strong = len(content) >= 2
        for score, tenure, certainty, reason in found[:5]:
            if of is not None and tenure.of != of:
                continue
            if of is None and tenure.of == "AND" and tenure.office == "head_of_state":
                continue  # the co-princes of Andorra are other states' presidents and bishops
            if len(content) >= 2 and not _same_order(words, tenure.names, tenure.of):
                continue
            if not mention.weak:
                if score >= 0.8:
                    best = (score, tenure, certainty, reason)
                    break
            elif (strong and score >= 0.88) or (
                score >= 0.8
                and tenure.office in ("head_of_state", "head_of_government", "foreign_minister")
                and certainty != "unknown"
                and self._surname_ok(words, tenure.surname or tenure.family_name or "")
            ):
                best = (score, tenure, certainty, reason)
                break
        if best is None and mention.weak and not self._looks_personal(mention, content, of):
            return
        entity = Entity(len(self.entities), written, content, words[-1], office=office, of=of, former=mention.former)
        if best is not None:
            _, tenure, certainty, reason = best
            entity.name = _display(written, words, tenure.person)
            entity.words = content | frozenset(
                w for w in (fold(x).strip(".,'") for x in tenure.person.split()) if w not in NAME_NOISE
            )
            entity.family = fold(tenure.family_name or tenure.surname or words[-1])
            entity.of = of or tenure.of
            if office in (None, "other_official", "minister") and certainty != "unknown" and not mention.former:
                entity.office = tenure.office if office is None or tenure.office not in ("other_official",) else office
            if office is None:
                entity.certainty = certainty if certainty != "unknown" else "probable"
            entity.how = reason or "matched in the actor tables"
        if entity.of is None:
            entity.of = self._owner(mention, office)
        mention.entity = entity.number
        self._gender(entity, mention)
        self.entities.append(entity)

    def _is_month(self, mention: Mention, words: Sequence[str]) -> bool:
        """ "16 May 2018" names no Theresa May."""
        if len(words) != 1 or words[0] not in ("april", "august", "june", "march", "may"):
            return False
        tokens = self.parse.tokens
        around = [tokens[k].text for k in (mention.first - 1, mention.last + 1) if 0 <= k < len(tokens)]
        return any(w[:1].isdigit() for w in around)

    @staticmethod
    def _surname_ok(words: Sequence[str], surname: str) -> bool:
        return (
            len(words) == 1
            and len(words[0]) >= 3
            and (not surname or fold(surname) == words[0] or skeleton(surname) == skeleton(words[0]))
        )

    def _looks_personal(self, mention: Mention, content: frozenset[str], of: str | None) -> bool:
        """A name that nobody knows is a person where the sentence treats it as one."""
        tokens = self.parse.tokens
        if mention.extra.get("was"):
            return True
        first = mention.name_first
        if first > 0 and self.folded[first - 1].rstrip(".") in (
            "mr",
            "mrs",
            "ms",
            "dr",
            "sheikh",
            "gen",
            "general",
            "sir",
        ):
            return True
        if len(content) < 2 or len(mention.name) > 5:
            return False
        last = mention.name_last
        following = self.folded[mention.last + 1] if mention.last + 1 < len(tokens) else ""
        if following == "," and mention.last + 2 < len(tokens) and self.folded[mention.last + 2] in ("who", "whose"):
            return True
        head = tokens[last]
        if (
            head.dep in ("nsubj", "nsubjpass")
            and tokens[head.head].pos in ("VERB", "AUX")
            and all(tokens[k].pos == "PROPN" for k in range(first, last + 1) if tokens[k].text[0].isalpha())
        ):
            from readout.lexicons import load

            verb = tokens[head.head].lower
            return any(verb.startswith(str(e["cue"])[:4]) for e in load("cues").entries if " " not in str(e["cue"]))
        return False

    def _find_entity(
        self, words: Sequence[str], content: frozenset[str], of: str | None, office: str | None
    ) -> Entity | None:
        for entity in reversed(self.entities):
            if of is not None and entity.of is not None and entity.of != of:
                continue
            common = content & entity.words
            if not common:
                family = words[-1]
                if len(family) >= 5 and family[0] == entity.family[:1] and skeleton(family) == skeleton(entity.family):
                    common = content
                else:
                    continue
            if common == content or common == entity.words:
                return entity
            if words[-1] == entity.family and len(words[0]) <= 2:
                return entity
        return None

    def _learn(
        self, entity: Entity, mention: Mention, of: str | None, office: str | None, words: Sequence[str]
    ) -> None:
        if entity.of is None:
            entity.of = of or self._owner(mention, office)
        if office is not None and office != "other_official" and entity.office in (None, "other_official", "minister"):
            if entity.office != "minister" or office != "minister":
                entity.office = office
        elif entity.office is None:
            entity.office = office
        if len(words) > len(entity.name.split()) and entity.how == "named in the text":
            entity.name = " ".join(mention.name).strip(" ,.")
            entity.words = entity.words | frozenset(w for w in words if w not in NAME_NOISE)
            entity.family = words[-1]
        self._gender(entity, mention)

    def _gender(self, entity: Entity, mention: Mention) -> None:
        before = {self.folded[i].rstrip(".") for i in range(max(0, mention.first - 1), mention.last + 1)}
        if before & {"mr", "king", "sheikh", "sir", "lord", "emir", "prince", "pope", "spokesman", "chairman"}:
            entity.gender = entity.gender or "m"
        elif before & {"ms", "mrs", "queen", "princess", "dame", "lady", "spokeswoman", "chairwoman"}:
            entity.gender = entity.gender or "f"

    def _owner(self, mention: Mention, office: str | None) -> str | None:
        """The state of a title that names none: the issuer's, else the one that the sentence's context gives."""
        if mention.extra.get("of"):
            return mention.extra["of"]
        first = mention.first
        if first > 0 and self.folded[first - 1] in ("his", "her", "its", "their"):
            for other in range(first - 2, -1, -1):
                number = self._at[other]
                if number >= 0:
                    found = self.mentions[number]
                    if found.entity is not None and self.entities[found.entity].of:
                        return self.entities[found.entity].of
                    if self.folded[first - 1] in ("its", "their") and found.kind in ("form", "side") and found.of:
                        return found.of[0]
        if self.issuer and office is not None:
            return self.issuer
        if office is not None and not mention.weak:
            return self._context_state(mention)
        return None

    def _context_state(self, mention: Mention) -> str | None:
        """The one state that the sentence names beside a title without a state; None where it names several."""
        sentence = self.parse.sentences[self.parse.tokens[mention.first].sent]
        near: list[str] = []
        for m in self.mentions:
            if (
                sentence.first <= m.first < sentence.last
                and m.kind in ("form", "side")
                and m.of_kind == "state"
                and m.of[0] not in near
            ):
                near.append(m.of[0])
        if len(near) == 1:
            return near[0]
        probe = _plain_parse(self.document.publication.title or "")
        for i in range(len(probe.tokens)):
            form = self.forms.at(probe.text, probe.tokens, i, len(probe.tokens), self.anchor)
            if form is not None and form.kind == "state":
                return form.id
        counts: dict[str, int] = {}
        for m in self.mentions[:12]:
            if m.kind in ("form", "side", "title") and m.of and m.of_kind == "state":
                counts[m.of[0]] = counts.get(m.of[0], 0) + 1
        ranked = sorted(counts.items(), key=lambda c: -c[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        return None

    def leading_sides(self) -> tuple[Actor, ...]:
        """Two sides that a text without an exchange is between: its first officials, else its most named states."""
        out: dict[str, Actor] = {}
        for m in self.mentions:
            if self.parse.tokens[m.first].sent > 3:
                break
            if m.kind in ("person", "title"):
                for a in self.actors_of(m):
                    if a.of and a.of not in out:
                        out[a.of] = a
        if len(out) == 2:
            return tuple(out.values())
        counts: dict[str, int] = {}
        for m in self.mentions:
            for of in m.of:
                counts[of] = counts.get(of, 0) + 1
        if self.issuer:
            counts[self.issuer] = counts.get(self.issuer, 0) + 100
        ranked = sorted(counts.items(), key=lambda c: -c[1])[:2]
        return tuple(out.get(of, Actor(of=of, how="one of the two sides of a joint text")) for of, _ in ranked)

    # -- titles and sides ------------------------------------------------------------------------------------------

    def _counterpart_office(self, mention: Mention) -> str | None:
        """A counterpart holds the office of the person before it in the text."""
        for i in range(mention.first - 1, -1, -1):
            number = self._at[i]
            if number >= 0:
                found = self.mentions[number]
                if found.entity is not None and self.entities[found.entity].office:
                    return self.entities[found.entity].office
                if found.kind == "title" and found.office:
                    return found.office
        return None

    def _title(self, number: int) -> tuple[Actor, ...]:
        """Who a title without a name means: somebody the text names, else the holder on the document's date."""
        mention = self.mentions[number]
        of = mention.of[0] if mention.of else mention.extra.get("of")
        office = mention.office
        words = {self.folded[i] for i in range(mention.first, mention.last + 1)}
        if mention.extra.get("other"):
            return ()
        candidates = []
        for entity in self.entities:
            if of is not None and entity.of != of:
                continue
            if not self._fits(entity, office, words, mention.weak):
                continue
            before = [p for p in entity.places if p < number]
            candidates.append((bool(before), before[-1] if before else -(entity.places or [10**6])[0], entity))
        if of is None and self.is_of_a_side and not mention.weak:
            candidates = self._called_so(words - {"the", "of", "for", "and", "he", "h.e."}, number, candidates)
        if candidates and of is None and self._is_own_unnamed(mention, [c[2] for c in candidates], number):
            of, candidates = self.issuer, []
        if candidates and not mention.former:
            best = max(candidates, key=lambda c: (c[0], c[1]))
            if of is None and len(candidates) > 1 and self.issuer:
                # "The Secretary thanked Türkiye", after a sentence that ends with the guest: a side's own text calls
                # its own people by the bare title
                own = [c for c in candidates if c[2].of == self.issuer]
                titled = self.is_of_a_side and len(own) == 1 and bool(words & self._words_of(own[0][2]))
                if len(own) == 1 and (titled or (office in HEADS and not mention.weak)):
                    best = own[0]
            return (best[2].actor(),)
        if of is None and not mention.weak and self.issuer and office is not None and office != "other_official":
            of = self.issuer
        if of is None:
            if mention.weak:
                return ()
            self._doubt(mention, "a title without a name, and nothing tells whose")
            return ()
        if office is None or mention.former:
            return (Actor(office=None if mention.former else office, of=of, how="title; the holder is not named"),)
        if "diplomat" in words and words & {"top", "chief"}:
            office = "foreign_minister"
        elif mention.weak and office in ("other_official", "minister"):
            return (Actor(office="other_official", of=of, how="title; the holder is not named"),)
        if self.anchor is not None and office not in (
            "other_official",
            "minister",
            "ambassador",
            "special_envoy",
            "spokesperson",
        ):
            answer = self.base.holders(of, office, self.anchor)
            if answer.status != "unknown" and answer.tenures:
                tenure = answer.tenures[0]
                return (
                    Actor(
                        person=tenure.person,
                        office=office,
                        of=of,
                        certainty=answer.status,
                        how=f"{office.replace('_', ' ')} on {self.anchor.isoformat()}: {answer.reason}",
                    ),
                )
        return (Actor(office=office, of=of, certainty="unknown", how="title; the tables do not know the holder"),)

    def _is_own_unnamed(self, mention: Mention, candidates: list[Entity], number: int) -> bool:
        """Whether an office without a name or a state is the issuer's own, though only others' holders are named.

        "The Foreign Secretary met Norwegian Foreign Minister Anniken Huitfeldt": told before any other holder, or by a
        noun that no other is told by.
        """
        if not self.is_of_a_side or mention.weak or mention.office in (None, "other_official", "minister"):
            return False
        if any(c.of == self.issuer for c in candidates):
            return False
        noun = self.folded[mention.last]
        return all(p > number for c in candidates for p in c.places) or not any(
            noun in self._words_of(c) for c in candidates
        )

    def _called_so(
        self, words: set[str], number: int, candidates: list[tuple[bool, int, Entity]]
    ) -> list[tuple[bool, int, Entity]]:
        """The one of several holders whom the text has called by this very title, or who bears it as a second one.

        "UK Foreign Secretary James Cleverly" is "the Foreign Secretary" after that, in his guest's text too; "Deputy
        Prime Minister and Foreign Minister Murat Nurtleu" is "the Deputy Prime Minister" too, whatever his office.
        """
        fitting = [c[2] for c in candidates] or self.entities
        called = [e for e in fitting if any(p < number and words <= self._words_at(p) for p in e.places)]
        if len(called) != 1:
            return candidates
        if candidates and all(seen for seen, _, _ in candidates):
            return [
                c for c in candidates if c[2] is called[0]
            ]  # whom the text has not named yet may be called so first
        if candidates:
            return candidates
        return [(True, number, called[0])] if len(words) > 1 else []

    def _words_at(self, place: int) -> set[str]:
        m = self.mentions[place]
        return {self.folded[i] for i in range(m.first, m.last + 1)}

    def _words_of(self, entity: Entity) -> set[str]:
        """Every word that the text names somebody by, without the names' own joints."""
        mentions = [self.mentions[p] for p in entity.places]
        return {self.folded[i] for m in mentions for i in range(m.first, m.last + 1)} - {"the", "of", "for", "and"}

    @staticmethod
    def _fits(entity: Entity, office: str | None, words: set[str], weak: bool) -> bool:
        if entity.office == office and not weak:
            return True
        if entity.office is None:
            return False
        if "minister" in words and not words & {"prime", "deputy", "foreign", "defence", "defense"}:
            return entity.office in MINISTERIAL or (
                entity.office == "head_of_government" and not words & {"energy", "trade"}
            )
        if words & {"secretary"} and weak:
            return entity.office in (
                "foreign_minister",
                "defence_minister",
                "minister",
                "org_head",
                "deputy_foreign_minister",
            )
        if words & {"leader", "leaders", "head", "chief"} and weak:
            if office == "foreign_minister":  # "the head of the Egyptian diplomacy"
                return entity.office == office
            return entity.office in HEADS or entity.office in ("org_head", "party_head")
        if words & {"diplomat", "official", "diplomats"} and weak:
            return entity.office in MINISTERIAL or entity.office in (
                "ambassador",
                "spokesperson",
                "other_official",
                "special_envoy",
            )
        if (
            "ambassador" in words
            and weak is False
            and entity.office in ("spokesperson", "special_envoy", "deputy_foreign_minister")
        ):
            return True
        if "envoy" in words:
            return entity.office in ("special_envoy", "ambassador")
        if "chancellor" in words and entity.office == "foreign_minister":
            return True
        if "spokesperson" in words or "spokesman" in words or "spokeswoman" in words:
            return entity.office == "spokesperson"
        if "general" in words and weak:
            return entity.office in ("org_head", "other_official", "defence_minister")
        if "prince" in words and "crown" in words:
            return entity.office in ("other_official", "head_of_government")
        if words & {"king", "emir", "pope", "sultan"}:
            return entity.office == "head_of_state"
        return False

    def _doubt(self, mention: Mention, reason: str, what: str = "actor") -> None:
        span = self.parse.span(mention.first, mention.last)
        if not any(u.span == span for u in self.unresolved):
            self.unresolved.append(Unresolved(span=span, what=what, reason=reason))

    # -- answers ---------------------------------------------------------------------------------------------------

    def mention_at(self, i: int) -> Mention | None:
        """The mention that token ``i`` belongs to."""
        number = self._at[i] if 0 <= i < len(self._at) else -1
        return self.mentions[number] if number >= 0 else None

    def actors_of(self, mention: Mention) -> tuple[Actor, ...]:
        """The actors that a mention names by itself (pronouns and groups need ``resolve``)."""
        number = self._at[mention.first]
        if mention.entity is not None:
            return (self.entities[mention.entity].actor(),)
        if mention.kind == "title":
            if number not in self._title_memo:
                self._title_memo[number] = self._title(number)
            return self._title_memo[number]
        if mention.kind in ("form", "side"):
            return self._form(mention)
        if mention.kind == "own":
            return (Actor(of=self.issuer, how="the issuer's own side"),) if self.issuer else ()
        if mention.kind == "counterpart":
            office = mention.extra.get("office") or self._counterpart_office(mention)
            if mention.of and office:
                probe = Mention(
                    mention.first, mention.last, "title", office=office, of=mention.of, of_kind=mention.of_kind
                )
                return self._title_like(probe)
            return (Actor(of=mention.of[0]),) if mention.of else ()
        if mention.kind in ("group", "group_states") and mention.of:
            if mention.office and mention.kind == "group":
                out: list[Actor] = []
                for of in mention.of:
                    probe = Mention(mention.first, mention.last, "title", office=mention.office, of=(of,))
                    out += self._title_like(probe) or [Actor(of=of)]
                return tuple(out)
            return tuple(Actor(of=of) for of in mention.of)
        return ()

    def _title_like(self, probe: Mention) -> tuple[Actor, ...]:
        self.mentions.append(probe)
        try:
            return self._title(len(self.mentions) - 1)
        finally:
            self.mentions.pop()

    def _form(self, mention: Mention) -> tuple[Actor, ...]:
        if mention.ambiguous:
            others = {of for m in self.mentions for of in m.of if not m.ambiguous}
            if self.issuer:
                others.add(self.issuer)
            settled = [x for x in mention.ambiguous if x in others]
            if len(settled) == 1:
                return (Actor(of=settled[0], how="an ambiguous name that the text settles elsewhere"),)
            self._doubt(mention, f"the name may mean {', '.join(mention.ambiguous)}; the text does not settle it")
            return ()
        if not mention.of:
            return (Actor(of=self.issuer, how="the issuer's own office"),) if self.issuer else ()
        return (Actor(of=mention.of[0], how=f"{mention.form or 'named'} in the text"),)

    def resolve(
        self, i: int, sentence_first: int, speakers: Sequence[Actor], subjects: Sequence[Actor] = ()
    ) -> tuple[Actor, ...]:
        """Who the noun phrase headed by token ``i`` means.

        Args:
            i: its head token.
            sentence_first: first token of the sentence, so that a pronoun looks back inside it first.
            speakers: who spoke last, latest first-class antecedent of "he" and "they".
            subjects: the subject of the sentence before.
        """
        token = self.parse.tokens[i]
        low = self.folded[i]
        mention = self.mention_at(i)
        if mention is None:
            if low in _SINGULAR_PRONOUNS:
                return self._singular(i, sentence_first, speakers, subjects, low)
            if low in _PLURAL_PRONOUNS:
                return self._plural(i, sentence_first, speakers)
            if low in _FIRST_PLURAL or low in _FIRST_SINGULAR:
                return tuple(speakers)
            if low == "latter":
                return self._latest_person(i)
            if low in _STYLES and i > 0 and self.folded[i - 1] in ("his", "her", "royal"):
                own = tuple(a for a in self.principals if a.of == self.issuer and a.person)
                return own if len(own) == 1 else tuple(speakers) if len(speakers) == 1 else ()
            if low in ("it",) and speakers:
                return tuple(Actor(of=a.of) for a in speakers if a.of)
            if low in ("ministry", "government", "side", "department", "office") and self.issuer:
                return (Actor(of=self.issuer, how="the issuer's own side"),)
            if low in ("ministry", "government") and self.home:
                return (Actor(of=self.home, certainty="probable", how="the state that the dateline's place lies in"),)
            if low in ("sides", "parties", "two", "leaders", "interlocutors", "counterparts"):
                return self.principals or tuple(speakers)
            if low == "who" or low == "which":
                return ()
            # the head may be a noun whose modifier names the side: "Russia's response"
            return ()
        out = list(self._expand(mention, speakers))
        for c in self.parse.children[i]:
            child = self.parse.tokens[c]
            if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON"):
                other = self.mention_at(c)
                if other is not None and other is not mention:
                    out += [
                        a
                        for a in self.resolve(c, sentence_first, speakers, subjects)
                        if a.key not in {b.key for b in out}
                    ]
        if mention.kind in ("person", "title") and token.dep in ("nsubj", "nsubjpass") and out:
            out += [a for a in self._coordinate(mention, i) if a.key not in {b.key for b in out}]
        return tuple(out)

    def _coordinate(self, mention: Mention, i: int) -> tuple[Actor, ...]:
        """ "A and the Foreign Minister of X, B, said": the second subject, where the parser lost it."""
        j = mention.last + 1
        last = self.parse.sentences[self.parse.tokens[i].sent].last
        while j < last and self.folded[j] in (",", "the", "his", "her"):
            j += 1
        if j >= last or self.folded[j] != "and":
            return ()
        j += 1
        while j < last and self.folded[j] in ("the", "his", "her", "hon", "mr", "ms"):
            j += 1
        other = self.mention_at(j)
        if other is None or other.kind not in ("person", "title") or other is mention:
            return ()
        after = other.last + 1
        if after < last and (self.folded[after] in ("'s", "’s") or self.folded[after] == "to"):
            return ()
        verb = self.parse.tokens[i].head
        return self.actors_of(other) if verb > other.last else ()

    def _expand(self, mention: Mention, speakers: Sequence[Actor]) -> tuple[Actor, ...]:
        if mention.kind in ("group", "group_states") and not mention.of:
            pool = self.principals or (tuple(speakers) if len(speakers) > 1 else ())
            if mention.office and mention.kind == "group":
                fitting = [
                    a
                    for a in pool
                    if a.office == mention.office or (mention.office == "minister" and a.office in MINISTERIAL)
                ]
                if len(fitting) > 1:
                    return tuple(fitting)
            if mention.kind == "group_states":
                return _sides(pool)
            return tuple(pool)
        return self.actors_of(mention)

    def _singular(
        self, i: int, sentence_first: int, speakers: Sequence[Actor], subjects: Sequence[Actor], low: str
    ) -> tuple[Actor, ...]:
        wanted = "f" if low in ("she", "her", "hers", "herself") else "m"
        # inside the sentence: a person in subject position before the pronoun
        for k in range(i - 1, sentence_first - 1, -1):
            mention = self.mention_at(k)
            if (
                mention is not None
                and mention.kind in ("person", "title")
                and self.parse.tokens[k].dep in ("nsubj", "nsubjpass")
            ) and self._gender_ok(mention, wanted):
                return self.actors_of(mention)
        persons = [a for a in subjects if a.person or a.office]
        if len(persons) == 1 and self._actor_gender_ok(persons[0], wanted):
            return (persons[0],)
        persons = [a for a in speakers if a.person or a.office]
        if len(persons) == 1 and self._actor_gender_ok(persons[0], wanted):
            return (persons[0],)
        if self.issuer:
            own = [a for a in self.principals if a.of == self.issuer and a.person]
            if len(own) == 1 and self._actor_gender_ok(own[0], wanted):
                return (own[0],)
        for k in range(i - 1, -1, -1):
            mention = self.mention_at(k)
            if mention is not None and mention.kind in ("person", "title") and self._gender_ok(mention, wanted):
                return self.actors_of(mention)
        return ()

    def _gender_ok(self, mention: Mention, wanted: str) -> bool:
        if mention.entity is None:
            return True
        gender = self.entities[mention.entity].gender
        return gender is None or gender == wanted

    def _actor_gender_ok(self, actor: Actor, wanted: str) -> bool:
        for entity in self.entities:
            if entity.name == actor.person and entity.gender is not None:
                return entity.gender == wanted
        return True

    def _plural(self, i: int, sentence_first: int, speakers: Sequence[Actor]) -> tuple[Actor, ...]:
        if len(speakers) > 1:
            return tuple(speakers)
        for k in range(i - 1, sentence_first - 1, -1):
            mention = self.mention_at(k)
            if mention is not None and mention.kind in ("group", "group_states"):
                return self._expand(mention, speakers)
        return self.principals or tuple(speakers)

    def _latest_person(self, i: int) -> tuple[Actor, ...]:
        for k in range(i - 1, -1, -1):
            mention = self.mention_at(k)
            if mention is not None and mention.kind in ("person", "title"):
                return self.actors_of(mention)
        return ()

    def sides_in(self, first: int, last: int) -> list[str]:
        """The states and organisations named at tokens ``[first, last]``, in order, each once."""
        out: list[str] = []
        i = first
        while i <= last:
            mention = self.mention_at(i)
            if mention is None:
                i += 1
                continue
            for actor in self.actors_of(mention):
                if actor.of and actor.of not in out:
                    out.append(actor.of)
            i = mention.last + 1
        return out

    def span_of(self, mention: Mention) -> Span:
        """The words of a mention."""
        return self.parse.span(mention.first, mention.last)


_WORD = re.compile(r"\w+(?:[.]\w+)*\.?|['’]s\b|[^\w\s]")


def _plain_parse(text: str) -> Parse:
    """Tokens of a title without a parser, enough for the grammar of mentions."""
    tokens = tuple(
        Token(i, m.start(), m.end(), m.group(), m.group().lower(), "", "", "", i, 0)
        for i, m in enumerate(_WORD.finditer(text))
    )
    sentences = (Sentence(0, 0, len(tokens), tokens[0].start, tokens[-1].end, 0, True),) if tokens else ()
    return Parse(text, tokens, sentences, ())


def _same_order(words: Sequence[str], names: Sequence[str], of: str | None) -> bool:
    """Whether the first word of the text's name opens one of the person's names too (Abdulaziz bin Salman is not
    Salman bin Abdulaziz); either order where family names come first."""
    if of in _FAMILY_FIRST:
        return True
    first = words[0].rstrip(".")
    for name in names:
        known = [fold(w).strip(".,'") for w in name.split()]
        if not known:
            continue
        if len(first) <= 2 and known[0][:1] == first[:1]:
            return True
        if known[0] == first or skeleton(known[0]) == skeleton(first) or known[0][:3] == first[:3]:
            return True
        if words[-1] == known[0] or len(known) == 1:
            return True
    return first not in {fold(w) for name in names for w in name.split()}


_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM", "HUN", "KHM", "SGP", "JPN"})


def _display(written: str, words: Sequence[str], usual: str) -> str:
    """The usual English name, save where the text's own full name bears another family name (a later change of it)."""
    known = [fold(w).strip(".,'") for w in usual.split()]
    if len(words) >= 2 and not any(
        w == k or skeleton(w) == skeleton(k) for w in (words[-1], words[0]) for k in (known[-1], known[0])
    ):
        return written
    if (
        len(words) >= 2
        and words[-1] not in known
        and skeleton(words[-1]) not in {skeleton(k) for k in known}
        and words[0] in known
    ):
        return written
    return usual


def _sides(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    seen: dict[str, Actor] = {}
    for a in actors:
        if a.of and a.of not in seen:
            seen[a.of] = Actor(of=a.of, certainty=a.certainty, how=a.how)
    return tuple(seen.values())
