"""The index of subjects leaves nothing out that ``match`` would find."""

from __future__ import annotations

from itertools import product

from readout.following.subjects import Index, match, subject_of

ACTIONS = (
    "deliver 100 electric buses to Almaty", "deliver electric buses", "open a consulate in Xi'an", "meet in Astana",
    "meet again", "visit Moscow", "lend two billion dollars", "build a dam", "not to build a dam", "train doctors",
)  # fmt: skip
TOLD = (
    "The electric buses arrived in Almaty.", "The consulate in Xi'an was opened.", "They met in Astana.",
    "Two billion dollars were lent.", "The dam was built.", "Sixty doctors were trained.", "Nothing is said.",
)  # fmt: skip


def test_what_matches_is_near() -> None:
    promised = [subject_of(words) for words in ACTIONS]
    index = Index()
    for n, subject in enumerate(promised):
        index.add(n, subject)
    others = [*((subject_of(words, is_action=False), False) for words in TOLD), *((s, True) for s in promised)]
    found = 0
    for (n, subject), (other, both_ways) in product(enumerate(promised), others):
        if match(subject, other, both_ways=both_ways):
            found += 1
            assert n in index.near(other)
    assert found > len(ACTIONS)
    assert len(index.near(subject_of("The dam was built.", is_action=False))) < len(ACTIONS)


def test_a_report_has_no_verb_and_no_object() -> None:
    told = subject_of("The dam was built.", is_action=False)
    assert (told.verb, told.objects) == ("", frozenset()) and told.words
