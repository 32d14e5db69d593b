"""Free queries of the command ``readout actors find``: states, titles and names in any order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from readout.knowing.answers import Finding, Sense, Tenure
from readout.knowing.names import fold

if TYPE_CHECKING:
    from readout.knowing.base import ActorBase

# Titles of a query, for the command only; the titles of running text belong to the lexicons.
TITLES: dict[str, str] = {
    "president": "head_of_state",
    "king": "head_of_state",
    "emir": "head_of_state",
    "sultan": "head_of_state",
    "supreme leader": "head_of_state",
    "head of state": "head_of_state",
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "chancellor": "head_of_government",
    "head of government": "head_of_government",
    "deputy prime minister": "deputy_head_of_government",
    "vice president": "deputy_head_of_government",
    "vice premier": "deputy_head_of_government",
    "foreign minister": "foreign_minister",
    "minister of foreign affairs": "foreign_minister",
    "minister for foreign affairs": "foreign_minister",
    "external affairs minister": "foreign_minister",
    "foreign secretary": "foreign_minister",
    "secretary of state": "foreign_minister",
    "deputy foreign minister": "deputy_foreign_minister",
    "defence minister": "defence_minister",
    "defense minister": "defence_minister",
    "minister of defence": "defence_minister",
    "secretary of defense": "defence_minister",
    "ambassador": "ambassador",
    "spokesperson": "spokesperson",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "national security adviser": "national_security_adviser",
    "national security advisor": "national_security_adviser",
    "special envoy": "special_envoy",
    "secretary general": "org_head",
    "secretary-general": "org_head",
    "director general": "org_head",
    "director-general": "org_head",
    "high representative": "org_head",
}


def _title(words: list[str]) -> tuple[int, int, str, str | None] | None:
    """The longest title in ``words``: start, end, office, and the title itself where the query misspells it."""
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            text = fold(" ".join(words[start : start + length]))
            if text in TITLES:
                return start, start + length, TITLES[text], None
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            text = fold(" ".join(words[start : start + length]))
            if len(text) < 6:
                continue
            near = min(TITLES, key=lambda t: (OSA.distance(text, t), t))
            if len(near) >= 6 and OSA.distance(text, near) <= (2 if len(near) >= 9 else 1):
                return start, start + length, TITLES[near], near
    return None


def _form(base: ActorBase, words: list[str], on: date | None) -> tuple[int, int, tuple[Sense, ...]] | None:
    for length in range(min(len(words), base.longest_form), 0, -1):
        for start in range(len(words) - length + 1):
            text = " ".join(words[start : start + length])
            for form in (text, text.removesuffix("'s").removesuffix("’s")):
                if found := base.senses(form, on):
                    return start, start + length, found
    return None


def _of_tenure(tenure: Tenure, certainty: str, reason: str, ambiguous: bool = False) -> Finding:
    return Finding(
        kind="person", of=tenure.of, name=tenure.person, person=tenure.person, office=tenure.office,
        certainty=certainty, reason=reason, ambiguous=ambiguous, tenure=tenure,  # type: ignore[arg-type]
    )  # fmt: skip


def find(base: ActorBase, query: str, on: date | None = None, limit: int = 10) -> list[Finding]:
    """What ``query`` means, best first; an ambiguous form gives all its senses; [] where nothing is known."""
    words = query.replace(",", " ").split()
    if not words:
        return []
    whole = base.senses(" ".join(words), on)
    if whole:
        shared = len({s.id for s in whole}) > 1
        note = f", shared with {len(whole) - 1} other" if shared else ""
        return [
            Finding(
                kind=s.kind, of=s.id, name=base.name_of(s.id), certainty="unknown" if shared else "known",
                reason=f"{query!r} is a {s.form} of {base.name_of(s.id)}{note}", ambiguous=shared,
            )
            for s in whole
        ]  # fmt: skip
    rest, office, mended, role = list(words), None, "", None
    if title := _title(rest):
        start, end, office, near = title
        mended = f"{' '.join(rest[start:end])!r} read as {near!r}; " if near else ""
        role = "high_representative" if "representative" in fold(" ".join(rest[start:end])) else None
        del rest[start:end]
    senses: tuple[Sense, ...] = ()
    if rest and (len(rest) > 1 or office) and (form := _form(base, rest, on)):
        senses = form[2]
        del rest[form[0] : form[1]]
    rest = [w for w in rest if fold(w) not in {"of", "the", "and"}]
    places: list[str | None] = sorted({s.id for s in senses}) or [None]  # type: ignore[assignment]
    shared = len(places) > 1
    out: list[Finding] = []
    if rest:
        while len(rest) > 1 and not base.people(" ".join(rest)):
            mended += f"{rest[0]!r} is not known; "  # "Secretary Blinken": a title of a kind not listed here
            rest = rest[1:]
        name = " ".join(rest)
        for of in places:
            seen: set[tuple[str, str]] = set()
            for score, tenure, certainty, reason in base.match(name, of=of, office=office, on=on):
                if (tenure.person, tenure.office) in seen or len(seen) >= limit:
                    continue
                seen.add((tenure.person, tenure.office))
                out.append(_of_tenure(tenure, certainty, f"{mended}likeness {score:.2f}; {reason}", shared))
        return out[:limit]
    for of in places:
        if of is None or office is None:
            continue
        if on is None:
            rows = base._of_office(of, office)
            latest = max(rows, key=lambda t: (t.start or date.min, t.layer == "user"), default=None)
            if latest:
                out.append(_of_tenure(latest, "probable", f"{mended}the latest on record; no date asked", shared))
            continue
        answer = base.holders(of, office, on, role=role)
        out += [_of_tenure(t, answer.status, mended + answer.reason, shared) for t in answer.tenures[:limit]]
        if not answer.tenures:
            out.append(
                Finding(
                    kind="org" if base.organisation(of) else "state", of=of, name=base.name_of(of), office=office,
                    certainty="unknown", reason=mended + answer.reason, ambiguous=shared,
                )
            )  # fmt: skip
    return out
