"""Whose document it is: a side's own readout, or the press."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from readout.reading.places import AGENCIES
from readout.records import Document, Note


class SiteLike(Protocol):
    """What is known of a host: whose it is and of what kind."""

    @property
    def of(self) -> str: ...
    @property
    def kind(self) -> str: ...


class SenseLike(Protocol):
    """One meaning of a form: the id of a state or organisation, and what kind of meaning it is."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...


class Base(Protocol):
    """What this room asks of the actor base."""

    @property
    def forms(self) -> Mapping[str, tuple[Any, ...]]: ...
    @property
    def cased_forms(self) -> Mapping[str, tuple[Any, ...]]: ...
    def site(self, url: str) -> Any: ...
    def state(self, id: str) -> Any: ...
    def organisation(self, id: str) -> Any: ...


_PRESS_WORD = re.compile(
    r"\b(?:news|newspaper|times|post|agency|agencies|wire|herald|daily|courier|radio|tv|television|telegraph|tribune|"
    r"gazette|journal|broadcasting|broadcaster|media|magazine|observer|guardian|independent|chronicle|mirror|express|"
    r"standard|today|weekly|review|monitor|press|newswire|channel|online|dispatch|standard|star|sun|globe|mail)\b|"
    r"(?:news|press|times|tv)$",
    re.IGNORECASE,
)
_PRESS_NAMES = AGENCIES | frozenset(
    n.strip().casefold()
    for n in """Al Jazeera, Al-Monitor, Al Arabiya, allAfrica, Arab News, BBC, Bloomberg, CBC, CBS, CNBC, CNN, C-SPAN,
    Deutsche Welle, DW, Euronews, Euractiv, Financial Times, Fox, France 24, Guardian, Haaretz, Hurriyet, IRIB, ITV,
    Kommersant, Kyodo, Le Monde, Mainichi, MSNBC, NBC, NHK, NPR, PBS, Politico, Press TV, RFE/RL, RIA, RT, RTE, Sky,
    The Economist, The Guardian, The Hill, The Independent, Tolo, VOA, Voice of America, TRT, TRT World, TDI, WSJ,
    Notimundo, Der Spiegel, El Pais, El País, Asharq Al-Awsat, Foreign Policy, Global Times, Prensa Latina, Middle East
    Eye, Kyiv Independent, Axios""".replace("\n", " ").split(",")
)
_SIDE_WORD = re.compile(
    r"\b(?:ministry|ministries|minister|president|presidency|presidential|government|embassy|cabinet|department of|"
    r"state department|foreign office|office of|chancellery|kremlin|white house|consulate|permanent mission|mission of|"
    r"delegation of|secretariat|secretary[- ]general|parliament|royal court|council of ministers|high representative|"
    r"commission|directorate|mfa|downing street|press (?:service|office|secretary|department|release)|"
    r"information department)\b",
    re.IGNORECASE,
)
_OFFICIAL_PRESS = re.compile(
    r"\bpress(?: and information)? (?:service|office|secretary|department|centre|center|release|bureau)\b|"
    r"\binformation and press\b|\bmedia (?:office|service|centre|center)\b",
    re.IGNORECASE,
)
_KINDS_SIDE = frozenset(
    {"foreign_ministry", "head_of_state", "head_of_government", "government", "embassy", "organisation"}
)
_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?")
_MASTHEAD = re.compile(
    # "press release regarding the call of ..." is a headline
    r"^[ \t]{0,8}(?P<who>(?:press (?:service|office)|"
    r"press release(?! (?:regarding|on|about|concerning|following|after|over|as|in)\b)|"
    r"ministry of foreign affairs|foreign ministry|"
    r"office of the|embassy of|permanent mission of|government of|the white house|white house|"
    r"the kremlin|information and press|"
    r"ministry of|department of state|office of)\b[^\n]{0,120}?)[ \t.]{0,8}$",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_VOICE = re.compile(r"\bour (?:country|state|government)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«][^“«”\"»\n]{0,2000}[”\"»]")
_OPENING = re.compile(
    r"(?:president|prime minister|minister[^,.\n]{0,40}?|king|ministry[^,.\n]{0,30}?) of (?:the )?", re.IGNORECASE
)


def with_issuer(document: Document, base: Base) -> Document:
    """``document`` with ``issuer_kind`` and ``issuer_of`` told from the issuer, the address, the text or the dateline.

    In that order; the first that answers wins. Where none does the kind stays ``unknown`` and a note says so.
    """
    publication = document.publication
    if publication.issuer_kind != "unknown":
        return document
    issuer = (publication.issuer or "").strip()
    if issuer:
        kind, of = _from_name(issuer, base)
        if kind != "unknown":
            return replace(document, publication=replace(publication, issuer_kind=kind, issuer_of=of))
    if publication.url:
        site = base.site(publication.url)
        if site is not None:
            if site.kind == "press":
                return replace(document, publication=replace(publication, issuer_kind="press", issuer_of=None))
            if site.kind in _KINDS_SIDE:
                return replace(document, publication=replace(publication, issuer_kind="side", issuer_of=site.of))
    name, of = _from_text(document, base) if not issuer else (None, None)
    if of:
        filled = replace(publication, issuer=publication.issuer or name, issuer_kind="side", issuer_of=of)
        return replace(document, publication=filled)
    agency = document.dateline.agency if document.dateline else None
    if agency:
        kind, of = _from_name(agency, base)
        if kind == "side" and _SIDE_WORD.search(agency):
            return replace(
                document, publication=replace(publication, issuer=issuer or agency, issuer_kind="side", issuer_of=of)
            )
        if kind == "press" or not _known(agency, base):
            return replace(document, publication=replace(publication, issuer=issuer or agency, issuer_kind="press"))
    note = Note(
        code="issuer-unknown",
        message=f"whether the issuer {issuer[:80]!r} is a side or the press is not known"
        if issuer
        else "who issued the text is not said; give an issuer or an address",
    )
    return replace(document, notes=(*document.notes, note))


def _from_name(issuer: str, base: Base) -> tuple[Any, str | None]:
    """``("side", id)``, ``("press", None)`` or ``("unknown", None)`` for an issuer's name."""
    issuer = issuer[:300]
    if "://" in issuer or re.fullmatch(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,12}(?:/\S{0,100})?", issuer):
        site = base.site(issuer)
        if site is None:
            return "unknown", None
        return ("press", None) if site.kind == "press" else ("side", site.of)
    plain = re.sub(r"^the ", "", issuer, flags=re.IGNORECASE)
    if issuer.casefold() in _PRESS_NAMES or plain.casefold() in _PRESS_NAMES:
        return "press", None
    if base.state(issuer) is not None or base.organisation(issuer) is not None:
        return "side", issuer
    official = bool(_SIDE_WORD.search(issuer))
    named_press = _PRESS_WORD.search(_OFFICIAL_PRESS.sub(" ", issuer))
    if named_press and not official:
        return "press", None
    exact = _known(issuer, base) or _known(plain, base)
    if exact:
        return "side", exact
    if official:
        of = _longest(issuer, base)
        if of:
            return "side", of
    return "unknown", None


def _from_text(document: Document, base: Base) -> tuple[str | None, str | None]:
    """Name and side from a masthead or signature line, or from 'our country' with the office that opens the text."""
    text = document.text
    for part in (text[:600], text[-600:]):
        for match in _MASTHEAD.finditer(part):
            of = _longest(match["who"], base)
            if of:
                agency = document.dateline.agency if document.dateline else None
                # "Ministry of Foreign Affairs of X, 12 March 2024": the day is no part of the name
                return agency if agency and match["who"].strip().startswith(agency) else match["who"].strip(), of
    if _OWN_VOICE.search(_QUOTED.sub(" ", text[:20_000])):
        opening = _OPENING.search(text[:200])
        if opening:
            of = _prefix(text[opening.end() : opening.end() + 80], base)
            if of:
                return None, of
    return None, None


def _fold(text: str) -> str:
    return " ".join(
        "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold().split()
    )


def _known(words: str, base: Base) -> str | None:
    """The one id that ``words`` as a whole can mean; None where there is none, or several."""
    senses = base.cased_forms.get(words) or ()
    for key in (words.casefold(), _fold(words), _fold(words).replace(".", "")):
        if not senses:
            senses = base.forms.get(key) or ()
    # "Kremlin" has meant two states: the one that still stands is meant, unless it says otherwise
    standing = [s for s in senses if getattr(s, "valid_to", None) is None] or list(senses)
    ids = {s.id for s in standing if base.state(s.id) is not None or base.organisation(s.id) is not None}
    return ids.pop() if len(ids) == 1 else None


def _longest(words: str, base: Base) -> str | None:
    """The one side that the longest forms in ``words`` mean; None where two different ones are named."""
    tokens = [m.span() for m in _TOKEN.finditer(words)][:40]
    found: list[str] = []
    i = 0
    while i < len(tokens):
        for j in range(min(len(tokens), i + 6), i, -1):
            piece = words[tokens[i][0] : tokens[j - 1][1]]
            of = _known(piece, base) or _known(piece.rstrip("."), base) or _known(re.sub(r"['’]s$", "", piece), base)
            if of:
                found.append(of)
                i = j
                break
        else:
            i += 1
    # "Embassy of Kazakhstan in the United States": the first named is whose it is
    if len(set(found)) > 1 and re.match(
        r"(?:the )?(?:embassy|permanent mission|mission|delegation|consulate)", words, re.I
    ):
        return found[0]
    return found[0] if len(set(found)) == 1 else None


def _prefix(words: str, base: Base) -> str | None:
    tokens = [m.span() for m in _TOKEN.finditer(words)][:6]
    for j in range(len(tokens), 0, -1):
        of = _known(words[tokens[0][0] : tokens[j - 1][1]], base)
        if of:
            return of
    return None
