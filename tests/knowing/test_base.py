"""Facts, forms and names of the embedded base, as tables."""

from __future__ import annotations

import importlib.util
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import KnowledgeError
from readout.knowing import ActorBase, fold, skeleton

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT.parent / "shared/data"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> ActorBase:
    empty = tmp_path_factory.mktemp("layer") / "none.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READOUT_USER_ACTORS", str(empty))
        return ActorBase.open()


SENSES = [
    ("Korean", None, {"KOR", "PRK"}),
    ("South Korean", None, {"KOR"}),
    ("North Korean", None, {"PRK"}),
    ("Congolese", None, {"COD", "COG"}),
    ("Dominican", None, {"DMA", "DOM"}),
    ("American", None, {"USA"}),
    ("Dutch", None, {"NLD"}),  # not Aruba
    ("French", None, {"FRA"}),
    ("British", None, {"GBR"}),
    ("Danish", None, {"DNK"}),
    ("Chinese", None, {"CHN"}),
    ("Russians", None, {"RUS"}),
    ("US", None, {"USA"}),
    ("us", None, set()),
    ("U.S.", None, {"USA"}),
    ("UAE", None, {"ARE"}),
    ("the United Arab Emirates", None, {"ARE"}),
    ("Türkiye", None, {"TUR"}),
    ("the Élysée", None, {"FRA"}),
    ("Bankova", None, {"UKR"}),
    ("Republic of China", None, {"TWN"}),
    ("PRC", None, {"CHN"}),
    ("Brussels", None, {"BEL", "EU", "NATO"}),
    ("Foreign Office", None, {"GBR", "PAK"}),
    ("European Commission", None, {"EU"}),
    ("Shanghai Cooperation Organization", None, {"SCO"}),
    ("Nur-Sultan", date(2021, 1, 1), {"KAZ"}),
    ("Nur-Sultan", date(2024, 1, 1), set()),
    ("Almaty", date(1995, 1, 1), {"KAZ"}),
    ("Yangon", date(2000, 1, 1), {"MMR"}),
    ("Moscow", date(1985, 1, 1), {"SUN"}),
    ("Moscow", date(2020, 1, 1), {"RUS"}),
    ("Soviet", date(1995, 1, 1), set()),
    ("Serbian", date(2003, 1, 1), {"SCG"}),
    ("Serbian", date(2023, 1, 1), {"SRB"}),
    ("to 15 August 2021)", None, set()),
    ("the Commission", None, set()),
]


@pytest.mark.parametrize(("text", "on", "ids"), SENSES)
def test_forms(base: ActorBase, text: str, on: date | None, ids: set[str]) -> None:
    assert {s.id for s in base.senses(text, on)} == ids


def test_every_member_has_a_name_a_demonym_and_a_capital(base: ActorBase) -> None:
    for code in ("CHN", "KAZ", "USA", "BRA", "KEN", "NZL", "FJI"):
        kinds = {s.form for senses in base.forms.values() for s in senses if s.id == code}
        assert {"name", "demonym", "capital"} <= kinds, code


HOLDERS = [
    ("KAZ", "foreign_minister", "2022-01-10", "known", ["Mukhtar Tleuberdi"], False),
    ("CHN", "foreign_minister", "2022-12-30", "known", ["Qin Gang", "Wang Yi"], True),
    ("CHN", "foreign_minister", "2023-07-25", "known", ["Wang Yi", "Qin Gang"], True),
    ("USA", "head_of_state", "2021-01-20", "known", ["Joe Biden", "Donald Trump"], True),
    ("RUS", "foreign_minister", "2025-11-25", "probable", ["Sergey Lavrov"], False),
    ("UN", "org_head", "2022-03-01", "known", ["António Guterres"], False),
    ("PRK", "head_of_state", "2019-01-01", "known", ["Kim Jong-un"], False),
    ("USA", "head_of_state", "1900-01-01", "unknown", [], False),
    ("XXX", "head_of_state", "2020-01-01", "unknown", [], False),
]


@pytest.mark.parametrize(("of", "office", "on", "status", "persons", "boundary"), HOLDERS)
def test_holders(
    base: ActorBase, of: str, office: str, on: str, status: str, persons: list[str], boundary: bool
) -> None:
    answer = base.holders(of, office, date.fromisoformat(on))
    assert (answer.status, [t.person for t in answer.tenures], answer.boundary) == (status, persons, boundary)
    assert answer.reason


def test_a_probable_answer_tells_its_age(base: ActorBase) -> None:
    answer = base.holders("RUS", "foreign_minister", date(2025, 11, 25))
    assert answer.age_days == 177
    assert "last seen in office 2025-06-01, 177 days before" in answer.reason


def test_a_role_tells_the_unions_heads_apart(base: ActorBase) -> None:
    day = date(2022, 3, 1)
    assert len(base.holders("EU", "org_head", day).tenures) == 3
    one = base.holders("EU", "org_head", day, role="high_representative")
    assert [t.person for t in one.tenures] == ["Josep Borrell"]


NAMES = [
    ("S. Jaishankar", None, "S. Jaishankar"),
    ("Zelensky", "UKR", "Volodymyr Zelenskyy"),
    ("Zelenskiy", "UKR", "Volodymyr Zelenskyy"),
    ("Kishida Fumio", None, "Fumio Kishida"),
    ("Sergey Viktorovich Lavrov", None, "Sergey Lavrov"),
    ("Erdogan", "TUR", "Recep Tayyip Erdoğan"),
    ("Mukhtar Tileuberdi", None, "Mukhtar Tleuberdi"),
    ("Tileuberdy", "KAZ", "Mukhtar Tleuberdi"),
    ("Kasymzhomart Tokaev", None, "Kassym-Jomart Tokayev"),
    ("Mohamed bin Salman", "SAU", "Mohammed bin Salman"),
    ("Stoltenburg", "NATO", "Jens Stoltenberg"),
    ("Xi", "CHN", "Xi Jinping"),
]


@pytest.mark.parametrize(("name", "of", "person"), NAMES)
def test_names(base: ActorBase, name: str, of: str | None, person: str) -> None:
    found = base.match(name, of=of, on=date(2022, 1, 10))
    assert found[0][1].person == person


@pytest.mark.parametrize(("name", "of"), [("Lu", "CHN"), ("Smith Wesson Gallagher", None), ("", None), ("...", None)])
def test_short_and_strange_names_do_not_match_loosely(base: ActorBase, name: str, of: str | None) -> None:
    assert all("Li " not in t.person for t in base.people(name, of))


def test_the_date_decides_between_namesakes(base: ActorBase) -> None:
    assert base.match("Ivanov", of="RUS", on=date(2000, 1, 1))[0][1].person == "Igor Ivanov"
    assert base.match("Ivanov", of="RUS", on=date(2005, 1, 1))[0][1].person == "Sergei Ivanov"


FIND = [
    ("Presdient Xi", "CHN", "head_of_state", "Xi Jinping"),
    ("Kazakh foreign minister", "KAZ", "foreign_minister", "Mukhtar Tleuberdi"),
    ("Blinken", "USA", "foreign_minister", "Antony Blinken"),
    ("Secretary Blinken", "USA", "foreign_minister", "Antony Blinken"),
    ("EU high representative", "EU", "org_head", "Josep Borrell"),
    ("Beijing", "CHN", None, "China"),
]


@pytest.mark.parametrize(("query", "of", "office", "name"), FIND)
def test_find(base: ActorBase, query: str, of: str, office: str | None, name: str) -> None:
    first = base.find(query, date(2022, 1, 10))[0]
    assert (first.of, first.office, first.name) == (of, office, name)
    assert first.reason


def test_find_tells_ambiguity(base: ActorBase) -> None:
    assert {(f.of, f.ambiguous) for f in base.find("Korean", None)} == {("KOR", True), ("PRK", True)}


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.fmprc.gov.cn/eng/x.html", "fmprc.gov.cn"),
        ("https://washington.mfa.gov.hu/", "washington.mfa.gov.hu"),
        ("other.mfa.gov.hu", "mfa.gov.hu"),
        ("notmfa.gov.hux", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_sites(base: ActorBase, address: str, domain: str | None) -> None:
    site = base.site(address)
    assert (site.domain if site else None) == domain


def test_opening_time_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    begin = time.perf_counter()
    ActorBase.open()
    with capsys.disabled():
        print(f" [actor base opened in {time.perf_counter() - begin:.3f} s]", end="")


def test_a_missing_or_damaged_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="R301"):
        ActorBase.open(tmp_path / "none.sqlite")
    (tmp_path / "bad.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(KnowledgeError, match="damaged"):
        ActorBase.open(tmp_path / "bad.sqlite")


@pytest.mark.shared
@pytest.mark.skipif(not TABLES.is_dir(), reason="the reference tables are not beside the checkout")
def test_the_committed_base_is_what_the_tables_give(tmp_path: Path, base: ActorBase) -> None:
    spec = importlib.util.spec_from_file_location("build_actors", ROOT / "scripts/build_actors.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.build(TABLES, tmp_path / "again.sqlite") == base.digest


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_folding_is_stable(text: str) -> None:
    assert isinstance(skeleton(text), str)
    assert fold(fold(text)) == fold(text)


@given(name=st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_looking_up_any_name_never_fails(base: ActorBase, name: str) -> None:
    assert isinstance(base.people(name), tuple)
    assert isinstance(base.find(name, date(2022, 1, 1)), list)
    base.site(name)


@pytest.mark.parametrize(
    ("of", "office", "on", "person"),
    [
        ("GBR", "head_of_government", date(2022, 9, 20), "Elizabeth Truss"),
        ("GBR", "head_of_government", date(2023, 6, 1), "Rishi Sunak"),
        ("ARG", "foreign_minister", date(2016, 6, 1), "Susana Malcorra"),
        ("AUT", "foreign_minister", date(2018, 6, 1), "Karin Kneissl"),
        ("SYR", "head_of_state", date(2025, 6, 1), "Ahmed al-Sharaa"),
    ],
)
def test_own_holders_fill_the_gaps_of_the_tables(base: ActorBase, of: str, office: str, on: date, person: str) -> None:
    assert [t.person for t in base.holders(of, office, on).tenures] == [person]
