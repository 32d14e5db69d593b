"""What is new by table: what some days brought, as told by written documents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from written import TABLE, fill

from readout.cli import cli
from readout.errors import QueryRefused
from readout.following import digest, digest_markdown, digest_text
from readout.storing import Archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("digests") / "a.sqlite")


@pytest.fixture
def archive(path: Path) -> Any:
    with Archive.open(path) as opened:
        yield opened


def asked(given: dict[str, str]) -> dict[str, Any]:
    return {name: date.fromisoformat(v) if name in ("since", "until") else v for name, v in given.items()}


@pytest.mark.parametrize("case", TABLE["digests"], ids=lambda c: " ".join(c["asked"].values()))
def test_what_is_new(archive: Archive, case: dict[str, Any]) -> None:
    told = digest(archive, **asked(case["asked"]))
    assert told.counts == case["counts"]
    for contacts, name in ((told.met, "met"), (told.planned, "planned")):
        found = [[x.contact.kind, [s.name for s in x.contact.sources], x.before] for x in contacts]
        assert found == case[name], name
    assert [p.source.words for p in told.promises] == case["promises"]
    assert [[x.source.words, x.before] for x in told.labels] == case["labels"]
    assert [[x.kind, list(x.states)] for x in told.occurrences] == case["occurrences"]
    assert (told.changes is None) == ("side" not in case["asked"])
    if "changed" in case:
        assert told.changes is not None
        found = [[c.promise.words, c.before, c.promise.status] for c in told.changes.promises]
        assert found == case["changed"]


def test_limits_leave_the_counts(archive: Archive) -> None:
    short = digest(archive, since=date(2021, 1, 1), limit=1)
    assert (short.counts["documents"], len(short.documents), short.documents[0].name) == (5, 1, "e")
    assert (short.counts["met"], len(short.met)) == (3, 1) and short.issuers["Press"] == 3


def test_too_many_documents_are_not_followed(archive: Archive) -> None:
    told = digest(archive, since=date(2021, 5, 1), side="KAZ", follow=3)
    assert told.changes is None and told.followable == 5
    assert "5 documents tell of the side, too many to follow" in digest_text(told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2020-01-01"}, {"limit": 0}, {"other": "KAZ"}, {"side": "KAZ", "other": "kaz"}, {"side": " "},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(archive: Archive, wrong: dict[str, Any]) -> None:
    with pytest.raises(QueryRefused):
        digest(archive, since=date(2021, 1, 1), **asked(wrong))


def test_forms(archive: Archive) -> None:
    told = digest(archive, since=date(2021, 5, 1), side="KAZ")
    page = digest_text(told, {"KAZ": "Kazakhstan", "CHN": "China"}.get)
    assert page.startswith("What is new since 2021-05-01, Kazakhstan\n\nDOCUMENTS (2)\n  2021-05-25 e, Press (")
    assert "EXCHANGES (2)\n  24 May 2021, meeting: " in page and " [announced before]\n    “" in page
    assert "“strategic partners” (e); before: “good neighbours”\n" in page
    assert (
        "  Kazakhstan → China: open, now reported kept: “build a grain terminal in Aktau”\n    kept 2021-05-21: "
        in page
    )
    lines = digest_markdown(told).splitlines()
    assert lines[0] == "# What is new since 2021-05-01, KAZ" and "## Exchanges \\(2\\)" in lines
    assert json.loads(json.dumps(told.to_json()))["changes"]["promises"][0]["before"] == "open"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--since", "2021-05-01"], 0, "WHAT HAPPENED (1)"), (["--since", "2031-05-01"], 0, "no document of these"),
        (["--since", "2021-05-01", "--format", "json", "--side", "KAZ", "--with", "NOR"], 0, '"with": "NOR"'),
        (["--since", "2021-05-01", "--format", "markdown"], 0, "# What is new"), ([], 2, "Missing option"),
        (["--since", "2021-05-01", "--with", "KAZ"], 2, "R802"),
    ],
)  # fmt: skip
def test_the_command(path: Path, arguments: list[str], code: int, words: str) -> None:
    ran = CliRunner().invoke(cli, ["digest", *arguments, "--archive", str(path)])
    assert ran.exit_code == code and words in ran.output
