"""The dyad over time: what is counted once, in which period, at which level, in which tone, under which label."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from samples import records, sample
from telling_of import FM, HEAD, series, told

from readout.charting import Dyad, dyad, dyad_csv, dyad_plot, dyad_svg, dyad_text, level_of
from readout.coding import TOPICS
from readout.errors import QueryRefused, RecordError

# three exchanges that took place each way, thanks once, an agreement each way
_ALL_COOPERATIVE = 6 * 1.0 + 3.4 + 2 * 4.0


def of(by: str = "year", **asked: Any) -> Dyad:
    return dyad(series(), "CHN", "KAZ", by=by, **asked)


def test_a_call_that_three_documents_tell_of_counts_once_with_its_accounts() -> None:
    first = of().periods[0]
    assert (first.name, first.held, first.accounts, first.channels) == ("2019", 1, 3, {"phone_call": 1})
    call = of().exchanges[0]
    assert (call.accounts, call.independent, call.documents) == (3, 2, ("a", "b", "c"))


def test_a_visit_that_was_planned_and_then_paid_is_one_that_took_place() -> None:
    told_of = {p.name: (p.held, p.planned, p.accounts) for p in of().periods}
    assert told_of == {"2019": (1, 0, 3), "2020": (1, 0, 2), "2021": (1, 0, 1)}
    assert [x.status for x in of().exchanges] == ["reported", "reported", "past", "planned"]


def test_what_no_period_can_be_told_for_is_undated() -> None:
    assert (of().undated.held, of().undated.planned) == (0, 1)
    # a meeting of "2021" has a year and no month
    assert (of("month").undated.held, of("month").undated.planned) == (1, 1)
    assert "2021-06" not in {p.name for p in of("month").periods if p.held}


def test_every_period_between_the_first_and_the_last_is_there() -> None:
    names = [p.name for p in of("quarter").periods]
    assert names == ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1"]
    assert (of("quarter").periods[4].first, of("quarter").periods[4].last) == (date(2020, 1, 1), date(2020, 3, 31))
    assert [p.name for p in of("month").periods][0::11] == ["2019-03", "2020-02"]


def test_the_level_is_that_of_the_lower_side() -> None:
    assert [x.level for x in of().exchanges] == ["ministers", "ministers", "untold", "ministers"]
    both = told("x", None, "They met.", met=(("meeting", "reported", "", HEAD, "ambassador"),)).encounters
    assert level_of(both, "CHN", "KAZ") == "officials"
    assert level_of(both, "CHN", "USA") == "leaders"


def test_words_that_two_accounts_share_are_counted_once() -> None:
    one_way, other_way = of().periods[0].tone
    assert of().periods[0].statements == 2
    # the call itself (041, 1.0) both ways, thanks (051, 3.4) one way, condemning (111, -2.0) the other
    assert (one_way.cooperative, one_way.cooperative_sum, one_way.conflictual) == (2, 4.4, 0)
    assert (other_way.cooperative, other_way.conflictual, other_way.conflictual_sum) == (1, 1, -2.0)
    assert other_way.mean == -0.5 and one_way.mean == 2.2


def test_what_both_say_together_counts_each_way() -> None:
    period = of().periods[1]
    assert [t.count for t in period.tone] == [2, 2] and period.statements == 1


def test_a_plan_has_no_tone() -> None:
    alone = [r for r in series() if r.id == "d"]
    assert [t.count for p in dyad(alone, "CHN", "KAZ").periods for t in p.tone] == [0, 0] * 2
    assert dyad(alone, "CHN", "KAZ").periods[1].planned == 1


def test_the_other_scale() -> None:
    tone = of(scale="plover").periods[0].tone
    assert tone[1].conflictual_sum == -2.0 and tone[0].cooperative == 2 and tone[0] != of().periods[0].tone[0]


def test_labels_tell_when_they_were_first_and_last_met_and_where() -> None:
    labels = [(x.words, x.kind, str(x.first), str(x.last), x.documents, x.first_document) for x in of().labels]
    assert labels == [
        ("good neighbours", "neighbour", "2019-03-05", "2019-03-06", 2, "a"),
        ("strategic partners", "strategic_partnership", "2019-11-01", "2020-02-11", 2, "d"),
    ]
    assert {p.name: p.new_labels for p in of().periods}["2019"] == ("good neighbours", "strategic partners")
    texts = {r.id: r.text for r in series()}
    assert [x.first_span.of(texts[x.first_document]) for x in of().labels] == ["good neighbours", "strategic partners"]


def test_topics_are_counted_by_statement() -> None:
    assert of().topics == {"agriculture": 1, "borders": 1, "energy": 1, "transport": 1}


def test_since_and_until_include_their_days_and_leave_the_undated_out() -> None:
    cut = of(since=date(2020, 2, 10), until=date(2020, 2, 10))
    assert [(p.name, p.held) for p in cut.periods] == [("2020", 1)]
    assert (cut.undated.planned, cut.labels) == (0, ())
    assert [p.name for p in of(since=date(2020, 2, 11)).periods if p.held] == ["2021"]
    assert [x.words for x in of(until=date(2019, 3, 5)).labels] == ["good neighbours"]


def test_the_order_of_records_and_of_sides_changes_nothing_else() -> None:
    shuffled = series()
    random.Random(5).shuffle(shuffled)
    assert dyad(shuffled, "CHN", "KAZ") == of()
    turned = dyad(series(), "KAZ", "CHN")
    assert [p.tone[::-1] for p in turned.periods] == [p.tone for p in of().periods]
    assert turned.exchanges == of().exchanges


def test_nothing_is_no_error() -> None:
    empty = dyad(series(), "CHN", "FRA")
    assert (empty.documents, empty.periods, empty.exchanges) == (0, (), ())
    assert "nothing to show" in dyad_text(empty)
    assert len(list(dyad_csv(empty))) == 1 and "<svg" in dyad_svg(empty) and "encounters" in dyad_plot(empty)


@pytest.mark.parametrize(
    ("asked", "wrong", "mend"),
    [
        ({"other": "CHN"}, "both are 'CHN'", "two different sides"),
        ({"by": "week"}, "'week'", "use one of: month, quarter, year"),
        ({"scale": "mood"}, "'mood'", "use one of: goldstein, plover"),
    ],
)
def test_a_wrong_question_is_refused(asked: dict[str, str], wrong: str, mend: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        dyad(series(), "CHN", **{"other": "KAZ", **asked})  # type: ignore[arg-type]
    assert wrong in refused.value.message and mend in refused.value.message


def test_a_date_far_off_does_not_make_a_million_periods() -> None:
    far = told("z", "2020-01-01", "They met.", met=(("meeting", "past", "0300-05-05", FM, FM),))
    with pytest.raises(QueryRefused, match="take years"):
        dyad([*series(), far], "CHN", "KAZ", by="month")
    assert len(dyad([*series(), far], "CHN", "KAZ", by="month", since=date(2019, 1, 1)).periods) == 12


def test_two_texts_of_one_id_are_refused() -> None:
    twice = [told("a", "2020-01-01", text, met=(("meeting", "reported", "", FM, FM),)) for text in ("One.", "Two.")]
    with pytest.raises(RecordError, match="give each document an id of its own"):
        dyad(twice, "CHN", "KAZ")


def test_the_sums_of_the_periods_are_those_of_the_exchanges() -> None:
    for by in ("month", "quarter", "year"):
        whole = of(by)
        parts = [*whole.periods, whole.undated]
        assert sum(p.held for p in parts) == sum(x.status != "planned" for x in whole.exchanges)
        assert sum(p.accounts for p in parts) == sum(x.accounts for x in whole.exchanges if x.status != "planned")
        assert all(sum(p.channels.values()) == sum(p.levels.values()) == p.held for p in parts)
        assert sum(t.cooperative_sum for p in parts for t in p.tone) == pytest.approx(_ALL_COOPERATIVE)


@settings(max_examples=60, deadline=None)
@given(records())
def test_any_record_can_be_told(record: Any) -> None:
    made = dyad([record], "CHN", "KAZ")
    assert set(made.topics) <= set(TOPICS)
    for words in (dyad_text(made), dyad_plot(made), dyad_svg(made), *dyad_csv(made)):
        assert isinstance(words, str)


def test_the_sample() -> None:
    made = dyad([sample()], "CHN", "KAZ", by="month")
    assert made.exchanges[0].kind == "message" and [x.words for x in made.labels] == ["strategic partners"]
