"""Gold against prediction: what each document adds to each figure.

One function a kind of item. The definitions are those of RECORD.md, "How a record is scored"; a test holds every
figure against the project's reference scorer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from readout.errors import SchemaError
from readout.evaluating.figures import DocumentCounts, Scores
from readout.evaluating.gold import Item, gold_problem
from readout.evaluating.grounding import ids_in
from readout.evaluating.matching import Case, pair_best, relation_key, weigh_commitments_loosely, weigh_encounters
from readout.evaluating.persons import same_actor, side_of
from readout.evaluating.words import WordIndex
from readout.records.items import FAMILY

_CUE_OVERLAP = 0.5


def score(gold: Sequence[Mapping[str, Any]], predicted: Mapping[str, Any]) -> Scores:
    """All figures of a prediction.

    Args:
        gold: gold documents, as ``read_gold`` gives them.
        predicted: records by document id, as JSON objects (``Record.to_json()``); a gold document without one counts
            as an empty record and under ``missing``.
    Returns:
        Figures micro-averaged over documents; items without a true span, or of a wrong shape, are counted and left out.
    Raises:
        SchemaError: a gold document is malformed.
        RecordError: a predicted record is of another text than the gold.
    """
    return Scores.summed([count_document(case) for case in cases(gold, predicted)])


def cases(gold: Iterable[Mapping[str, Any]], predicted: Mapping[str, Any]) -> Iterable[Case]:
    """Every gold document beside its prediction, in order."""
    for number, document in enumerate(gold, start=1):
        problem = gold_problem(document)
        if problem:
            raise SchemaError(f"gold document {number}: {problem}", document=number)
        yield Case.of(document, predicted)


def count_document(case: Case) -> DocumentCounts:
    """What one document adds. Of a negative one, only whether an exchange was found where there is none."""
    counts = DocumentCounts(
        id=case.id,
        is_negative=case.is_negative,
        is_missing=case.is_missing,
        ungrounded=case.said.ungrounded,
        malformed=case.said.malformed,
    )
    if case.is_negative:
        counts.is_alarm = any(
            e.get("status") == "reported" and e.get("kind") != "briefing" for e in case.said.items["encounters"]
        )
        return counts
    _count_encounters(case, counts)
    _count_attribution(case, counts)
    _count_statements(case, counts)
    _count_commitments(case, counts)
    _count_relations(case, counts)
    _count_occurrences(case, counts)
    return counts


def _count_encounters(case: Case, counts: DocumentCounts) -> None:
    gold, said, index = case.gold["encounters"], case.said.items["encounters"], case.index
    pairs = case.paired("encounters")
    counts.add("encounters", len(pairs), len(said), len(gold))
    for i, j in pairs:
        theirs, ours = gold[i], said[j]
        figure = "encounter_date" if theirs["status"] == "reported" else "encounter_date_past_planned"
        has_date = bool(theirs["date"])
        counts.add(figure, has_date and theirs["date"] == ours.get("date"), bool(ours.get("date")), has_date)
        counts.share("encounter_evidence", index.shared(theirs["evidence"], ours["evidence"]) > 0)
        for actor in theirs["participants"]:
            twin = counterpart(actor, ours.get("participants") or ())
            if actor["part"] != "participant":
                counts.share("encounter_parts", twin is not None and twin.get("part") == actor["part"])
            if actor["person"] and actor["office"]:
                counts.share("offices", twin is not None and twin.get("office") == actor["office"])

    gold_reported = [e for e in gold if e["status"] == "reported"]
    said_reported = [e for e in said if e.get("status") == "reported"]
    # paired anew: among all encounters a reported one could lose its partner to no other status, but order may differ
    reported = pair_best(gold_reported, said_reported, lambda a, b: weigh_encounters(index, a, b))
    counts.add("encounters_reported", len(reported), len(said_reported), len(gold_reported))
    there, named = _distinct_participants(gold_reported), _distinct_participants(said_reported)
    same = pair_best(there, named, lambda a, b: float(same_actor(a, b)))
    counts.add("participants", len(same), len(named), len(there))


def counterpart(actor: Item, participants: Sequence[Item]) -> Item | None:
    """The participant that is ``actor``, else the first of the same side."""
    for is_twin in (lambda other: same_actor(actor, other), lambda other: other.get("of") == actor["of"]):
        for other in participants:
            if is_twin(other):
                return other
    return None


def _distinct_participants(encounters: Iterable[Item]) -> list[Item]:
    distinct: list[Item] = []
    for encounter in encounters:
        for actor in encounter.get("participants") or ():
            if not any(same_actor(actor, known) and same_actor(known, actor) for known in distinct):
                distinct.append(actor)
    return distinct


def _count_attribution(case: Case, counts: DocumentCounts) -> None:
    """Word by word. Words of the same statements fare the same, so they are grouped and judged once a group."""
    theirs = _statements_by_word(case.index, case.gold["statements"])
    ours = _statements_by_word(case.index, case.said.items["statements"])
    groups = Counter((theirs.get(word, ()), ours.get(word, ())) for word in theirs.keys() | ours.keys())
    for (gold_group, said_group), words in groups.items():
        there = _speakers(case.gold["statements"], gold_group)
        named = _speakers(case.said.items["statements"], said_group)
        there_sides, named_sides = {side_of(a) for a in there}, {side_of(a) for a in named}
        common = len(there_sides & named_sides)
        same = len(pair_best(there, named, lambda a, b: float(same_actor(a, b)))) if common else 0
        counts.add("attribution", words * common, words * len(named_sides), words * len(there_sides))
        counts.add("speaker", words * same, words * len(named), words * len(there))


def _statements_by_word(index: WordIndex, statements: Sequence[Item]) -> dict[int, tuple[int, ...]]:
    by_word: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for position, statement in enumerate(statements):
        for word in index.places(statement["content"]):
            by_word[word] += (position,)
    return by_word


def _speakers(statements: Sequence[Item], group: tuple[int, ...]) -> list[Item]:
    """The speakers of overlapping statements: an actor that another statement named alike is not repeated."""
    speakers: list[Item] = []
    for position in group:
        speakers += [actor for actor in statements[position].get("speakers") or () if actor not in speakers]
    return speakers


def _count_statements(case: Case, counts: DocumentCounts) -> None:
    gold, said = case.gold["statements"], case.said.items["statements"]
    pairs = case.paired("statements")
    counts.add("statements", len(pairs), len(said), len(gold))
    same_act = same_family = 0
    for i, j in pairs:
        theirs, ours = gold[i], said[j]
        act, said_act = theirs["act"], ours.get("act")
        if act == said_act:
            same_act += 1
            counts.act(act, 1, 0, 0)
        else:
            counts.act_confusions[act, said_act] += 1
        same_family += FAMILY[act] == FAMILY.get(said_act or "")
        counts.share("attribution_label", theirs["attribution"] == ours.get("attribution"))
        if theirs["cue"]:
            counts.share("cue", is_same_cue(case.index, theirs, ours))
        toward, said_toward = set(theirs["toward"]), ids_in(ours.get("toward"))
        counts.add("toward", len(toward & said_toward), len(said_toward), len(toward))
    counts.add("acts", same_act, len(said), len(gold))
    counts.add("act_families", same_family, len(said), len(gold))
    for statement in gold:
        counts.act(statement["act"], 0, 0, 1)
    for statement in said:
        counts.act(statement.get("act"), 0, 1, 0)
    found = {i for i, _ in pairs}
    for label in ("explicit", "continued", "issuer"):
        labelled = [i for i, statement in enumerate(gold) if statement["attribution"] == label]
        figure = f"statements_{label}_recall"
        counts.add(figure, sum(i in found for i in labelled), len(labelled), len(labelled))


def is_same_cue(index: WordIndex, gold: Item, said: Item) -> bool:
    """Whether the predicted cue overlaps the gold's by half."""
    return said.get("cue") is not None and index.overlap(gold["cue"], said["cue"]) >= _CUE_OVERLAP


def _count_commitments(case: Case, counts: DocumentCounts) -> None:
    gold, said, index = case.gold["commitments"], case.said.items["commitments"], case.index
    counts.add("commitments", len(case.paired("commitments")), len(said), len(gold))
    loosely = pair_best(gold, said, lambda a, b: weigh_commitments_loosely(index, a, b))
    counts.add("commitments_loose", len(loosely), len(said), len(gold))
    for i, j in loosely:
        theirs, ours = gold[i], said[j]
        beneficiary, said_beneficiary = set(theirs["beneficiary"]), ids_in(ours.get("beneficiary"))
        counts.add("beneficiary", len(beneficiary & said_beneficiary), len(said_beneficiary), len(beneficiary))
        for part in ("deadline", "condition"):
            there, named = theirs[part], ours.get(part)
            same = there is not None and named is not None and index.overlap(there, named) >= _CUE_OVERLAP
            counts.add("deadline_condition", same, named is not None, there is not None)


def _count_relations(case: Case, counts: DocumentCounts) -> None:
    theirs, ours = _by_key(case.gold["relations"]), _by_key(case.said.items["relations"])
    common = theirs.keys() & ours.keys()
    counts.add("relations", len(common), len(ours), len(theirs))
    for key in common:
        meets = any(case.index.shared(a["label"], b["label"]) > 0 for a in theirs[key] for b in ours[key])
        counts.share("relation_evidence", meets)


def _by_key(relations: Iterable[Item]) -> dict[tuple[tuple[str, ...], str | None], list[Item]]:
    by_key: dict[tuple[tuple[str, ...], str | None], list[Item]] = defaultdict(list)
    for relation in relations:
        by_key[relation_key(relation)].append(relation)
    return by_key


def _count_occurrences(case: Case, counts: DocumentCounts) -> None:
    gold, said = case.gold["occurrences"], case.said.items["occurrences"]
    pairs = case.paired("occurrences")
    counts.add("occurrences", len(pairs), len(said), len(gold))
    for i, j in pairs:
        counts.share("occurrence_evidence", case.index.shared(gold[i]["span"], said[j]["span"]) > 0)
