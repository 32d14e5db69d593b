"""The score as text for a terminal: figures by kind, acts, confusions, errors side by side, two runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readout.evaluating.figures import FIGURES, Row, Scores
from readout.evaluating.gold import Item
from readout.evaluating.misses import Judgement, confusions
from readout.evaluating.persons import side_of
from readout.evaluating.resampling import Band
from readout.evaluating.runs import ItemChange, RunComparison

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Encounters", FIGURES[0:6]),
    ("Participants", FIGURES[6:8]),
    ("Attribution", FIGURES[8:10]),
    ("Statements", FIGURES[10:19]),
    ("Commitments", FIGURES[19:23]),
    ("Relations", FIGURES[23:25]),
    ("Occurrences", FIGURES[25:27]),
)
_CONFUSIONS_A_FIELD = 12
_WORDS_CHARS = 160


def score_table(scores: Scores, bands: Mapping[str, Band] | None = None) -> str:
    """The figures grouped by kind, then the counts that should be zero."""
    bands = bands or {}
    lines = [f"{scores.documents} documents, {scores.negatives} of them without an exchange"]
    for group, names in GROUPS:
        lines += ["", f"{group:30}{'F1':>7}{'P':>8}{'R':>8}{'gold':>8}{'said':>8}" + ("   95 % of F1" if bands else "")]
        lines += [_row(name, scores.rows[name], bands.get(name)) for name in names]
    lines += ["", f"{'Acts, end to end':30}{'F1':>7}{'P':>8}{'R':>8}{'gold':>8}{'said':>8}"]
    lines += [_row(act, row) for act, row in scores.by_act.items()]
    lines += [
        "",
        f"  false alarms      {scores.false_alarms} of {scores.negatives}",
        f"  ungrounded        {scores.ungrounded}",
        f"  malformed         {scores.malformed}",
        f"  missing           {scores.missing}",
    ]
    return "\n".join(lines)


def _row(name: str, row: Row, band: Band | None = None) -> str:
    tail = f"   [{band[0]:.3f}, {band[1]:.3f}]" if band else ""
    return f"  {name:28}{row.f1:7.3f}{row.precision:8.3f}{row.recall:8.3f}{row.gold:8}{row.predicted:8}{tail}"


def confusion_table(found: Iterable[Judgement]) -> str:
    """What was taken for what, a field at a time, the most frequent first; empty where nothing was."""
    lines: list[str] = []
    for name, pairs in confusions(found).items():
        lines.append(f"Confusions of {name}")
        lines += [f"  {n:4}  {gold} as {said}" for (gold, said), n in pairs.most_common(_CONFUSIONS_A_FIELD)]
    return "\n".join(lines)


def miss_list(found: Iterable[Judgement], most: int) -> str:
    """Up to ``most`` errors, gold above prediction, with the words of each."""
    lines: list[str] = []
    for judgement in [j for j in found if j.outcome != "right"][:most]:
        lines += _side_by_side(judgement)
    return "\n".join(lines)


def _side_by_side(judgement: Judgement) -> Iterator[str]:
    fields = f" ({', '.join(judgement.fields)})" if judgement.fields else ""
    uncounted = "" if judgement.counted or judgement.outcome != "differs" else ", not counted as found"
    yield f"{judgement.document}  {judgement.kind}: {judgement.outcome}{fields}{uncounted}"
    yield f"    gold  {summary(judgement.kind, judgement.gold)}"
    yield f"    said  {summary(judgement.kind, judgement.predicted)}"
    yield f"    text  {clipped(judgement.words)!r}"


def summary(kind: str, item: Item | None) -> str:
    """One item in a line: what it is and who, without its words; ``-`` for none. Any JSON value is bearable."""
    if item is None:
        return "-"
    if kind == "encounters":
        told = [item.get("status"), item.get("kind"), _actors(item.get("participants")), item.get("date")]
    elif kind == "statements":
        toward = _ids(item.get("toward"))
        told = [_actors(item.get("speakers")), item.get("act"), item.get("attribution"), toward and f"toward {toward}"]
    elif kind == "commitments":
        refrain = "refrain" if item.get("refrain") else None
        beneficiary = _ids(item.get("beneficiary"))
        told = [_ids(item.get("promisor")), item.get("strength"), refrain, beneficiary and f"for {beneficiary}"]
        told += [part for part in ("deadline", "condition") if item.get(part) is not None]
    elif kind == "relations":
        told = [_ids(item.get("between")), item.get("kind")]
    else:
        told = [item.get("kind"), _ids(item.get("states")), item.get("date")]
    return " · ".join(str(part) for part in told if part)


def clipped(words: str, most: int = _WORDS_CHARS) -> str:
    """At most ``most`` characters, with an ellipsis where words were left out."""
    return words if len(words) <= most else words[: most - 1] + "…"


def _actors(actors: Sequence[Item] | None) -> str:
    named = []
    for actor in actors or ():
        who = "/".join(str(part) for part in (actor.get("person"), actor.get("office")) if part)
        part = actor.get("part")
        prefix = f"{part} " if part and part != "participant" else ""
        named.append(f"{prefix}{who}@{actor.get('of') or '?'}" if who else f"{prefix}{side_of(actor) or '?'}")
    return ", ".join(named)


def _ids(ids: object) -> str:
    return ", ".join(map(str, ids)) if isinstance(ids, list | tuple) else str(ids or "")


def comparison_table(comparison: RunComparison, most: int) -> str:
    """The figures that moved, a star where the interval leaves out zero, then gains and losses item by item."""
    lines = [f"{'Change against the other run':30}{'before':>8}{'after':>8}{'change':>9}   95 % of the change"]
    for name, change in comparison.figures.items():
        if change.before == change.after and not change.is_clear:
            continue
        band = f"   [{change.interval[0]:+.3f}, {change.interval[1]:+.3f}]" if change.interval else ""
        star = " *" if change.is_clear else ""
        lines.append(f"  {name:28}{change.before:8.3f}{change.after:8.3f}{change.difference:+9.3f}{band}{star}")
    if len(lines) == 1:
        lines.append("  no figure moved")
    lines += [
        f"  {name:28}{was:8}{now:8}{now - was:+9}" for name, (was, now) in comparison.counted.items() if was != now
    ]
    for title, changes in (("gained", comparison.gains), ("lost", comparison.losses)):
        lines += ["", f"{len(changes)} items {title}"]
        for item in changes[:most]:
            lines += _changed(item)
    return "\n".join(lines)


def _changed(change: ItemChange) -> Iterator[str]:
    judgement = change.judgement
    yield f"{judgement.document}  {judgement.kind}: {how(change.before)} -> {how(change.after)}"
    if judgement.gold is not None:
        yield f"    gold    {summary(judgement.kind, judgement.gold)}"
    yield f"    before  {summary(judgement.kind, change.before.predicted if change.before else None)}"
    yield f"    after   {summary(judgement.kind, change.after.predicted if change.after else None)}"
    yield f"    text    {clipped(judgement.words)!r}"


def how(judgement: Judgement | None) -> str:
    """How an item fared, in a word or two."""
    if judgement is None:
        return "not there"
    return judgement.outcome + (f" ({', '.join(judgement.fields)})" if judgement.fields else "")
