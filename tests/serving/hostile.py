"""Records in which every field that a page shows is a payload, and what of a page is markup."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser

from readout.records import (
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Note,
    Occurrence,
    Participant,
    Record,
    Relation,
    Span,
    Statement,
    Unresolved,
)

_ADDRESS = re.compile(r"\s*(https?://|/|#|\?|$)")


def record_of(words: Sequence[str], name: str, day: date) -> Record:
    """A record of which every string is one of ``words``: its text has each once, on a line of its own."""
    spans, text = [], ""
    for word in words:
        spans.append(Span(len(text), len(text) + len(word)))
        text += word + "\n"
    unsure = Confidence(value=0.4, reason=words[0])
    when = DateInterval.day(day)
    encounters, statements, commitments, relations, occurrences, unresolved = [], [], [], [], [], []
    for n, (word, span) in enumerate(zip(words, spans, strict=True)):
        other = words[(n + 1) % len(words)]
        one, two = (
            Actor(person=word, of="CHN", how=word),
            Actor(person=other, office="foreign_minister", of=word if n % 12 == 6 else "KAZ", how=word),
        )
        side = word if n % 4 == 0 else "CHN"
        match n % 6:
            case 0:
                encounters.append(
                    Encounter(
                        id=f"{name}e{n}",
                        kind="meeting",
                        status=("reported", "past", "planned")[n // 6 % 3],
                        date=when,
                        evidence=span,
                        participants=(Participant(actor=one, part="host"), Participant(actor=two, part="guest")),
                        date_words=span,
                        place=word,
                        place_words=span,
                        confidence=Confidence(value=0.4, reason=word),
                        why=(word, other),
                    )
                )
            case 1:
                relations.append(
                    Relation(
                        id=f"{name}r{n}",
                        between=("CHN", side if side != "CHN" else "KAZ"),
                        kind="partnership",
                        label=span,
                        confidence=unsure,
                        why=(word,),
                    )
                )
            case 2:
                occurrences.append(
                    Occurrence(
                        id=f"{name}o{n}",
                        kind="attack",
                        span=span,
                        states=(word,),
                        date=when,
                        asserted_by=(word,),
                        confidence=unsure,
                        why=(word,),
                    )
                )
            case 3:
                unresolved.append(Unresolved(span=span, what=word, reason=other))
            case _:
                pass
        statements.append(
            Statement(
                id=f"{name}s{n}",
                speakers=(one, two) if n % 5 == 0 else (one,),
                attribution="explicit",
                content=span,
                act="commit",
                cue=spans[n - 1] if n else None,
                toward=(side, "KAZ"),
                via=span if n % 7 == 0 else None,
                confidence=unsure,
                why=(word, other),
            )
        )
        commitments.append(
            Commitment(
                id=f"{name}c{n}",
                statement=f"{name}s{n}",
                promisor=(side,),
                action=span,
                strength="firm",
                beneficiary=("KAZ",),
                deadline=span,
                condition=span,
                confidence=unsure,
                why=(word,),
            )
        )
    whole = " ".join(words)
    return Record(
        id=name + " " + whole,
        text=text,
        title=whole,
        date=day,
        issuer=whole,
        url=words[0],
        encounters=tuple(encounters),
        statements=tuple(statements),
        commitments=tuple(commitments),
        relations=tuple(relations),
        occurrences=tuple(occurrences),
        unresolved=tuple(unresolved),
        notes=tuple(Note(code="odd", message=w, span=s) for w, s in zip(words, spans, strict=True)),
        made_with={words[0]: words[-1]},
    )


class Markup(HTMLParser):
    """What a page is made of: its elements with the names of their attributes, its text, what is wrong with it.

    ``asked`` has the names of the fields of its forms, by method and address; ``given`` what stands in its fields.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.wrong: list[str] = []
        self.asked: dict[tuple[str, str], set[str]] = {}
        self.given: set[str] = set()
        self._form = ("", "")
        self._text: list[str] = []
        self.feed(page)
        self.close()

    @property
    def text(self) -> str:
        """The text with the shown escapes beside the characters they stand for, runs of spaces folded."""
        return " ".join("".join(self._text).replace("\0", "\ufffd").split())  # as a browser reads it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(sorted(name for name, _ in attrs))
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = (given.get("method", "get").upper(), given.get("action", ""))
            self.asked.setdefault(self._form, set())
        if tag in ("input", "select", "textarea", "button") and "name" in given:
            self.asked.setdefault(self._form, set()).add(given["name"])
            self.given.add(given.get("value", ""))
        if (tag, given.get("class")) != ("span", "odd"):
            self.elements[tag, names] += 1
        for name, value in given.items():
            if name.startswith(("on", "hx-on", "data-hx-on")) or name in ("style", "srcdoc"):
                self.wrong.append(f"<{tag} {name}>")
            leads = name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "data", "xlink:href")
            if leads and (not _ADDRESS.match(value) or value.startswith("//")):
                self.wrong.append(f"<{tag} {name}={value[:60]!r}>")
        if (
            tag == "script"
            and not given.get("src", "").startswith("/static/")
            and given.get("type") != "application/json"
        ):
            self.wrong.append("<script> of no file of ours")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment: {data[:60]!r}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"an instruction: {data[:60]!r}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"a declaration: {data[:60]!r}")


def folded(words: str) -> str:
    """Words as ``Markup.text`` tells them."""
    return " ".join(html.unescape(html.escape(words)).replace("\0", "\ufffd").split())
