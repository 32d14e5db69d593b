"""Any question put to any page, by Schemathesis: an answer without a fault of the server, and no foreign markup."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from hostile import Markup
from readout.pipeline import Reader
from readout.serving import ACCESS, Serving, create_app

HERE = "http://127.0.0.1:8321"
CASES = 160 if os.environ.get("READOUT_FUZZ") == "full" else 8
_ROUTES = [(m, p.replace(":path", "")) for m, p in ACCESS if not p.startswith(("/api/v1", "/static"))]
_EVERYWHERE = ("limit", "offset", "since", "until", "side", "with", "format", "unheard-of")


@pytest.fixture(scope="module")
def client(gallery: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A copy of the gallery, served: forms write into it."""
    copied = shutil.copy(gallery, tmp_path_factory.mktemp("asked") / "asked.sqlite")
    with TestClient(create_app(copied, Serving(), reader), base_url=HERE, client=("127.0.0.1", 4000)) as opened:
        yield opened


def until_added(client: TestClient) -> None:
    """Wait for the adds that go on: more than a few at once are refused, which is no fault."""
    until = time.monotonic() + 120
    while client.app.state.house.adding.going_on():  # type: ignore[attr-defined]
        assert time.monotonic() < until, "an add does not end"
        time.sleep(0.01)


def forms(client: TestClient, places: dict[str, str]) -> dict[tuple[str, str], set[str]]:
    """The names of everything that a page asks for or links to, by method and address."""
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in places.values():
        page, here = client.get(place).text, urlsplit(place).path
        for (method, action), names in Markup(page).asked.items():
            out[method, urlsplit(action).path or here] |= names
        for link in re.findall(r'(?:href|hx-get)="([^"]*\?[^"]*)"', page):
            found = urlsplit(link.replace("&amp;", "&"))
            out["GET", found.path or here] |= set(parse_qs(found.query, keep_blank_values=True))
    return out


def described(asked: dict[tuple[str, str], set[str]]) -> dict[str, Any]:
    """An OpenAPI description of the pages, in which any text is a value."""
    text = {"type": "string", "maxLength": 300}
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for method, path in _ROUTES:
        shape = re.compile(re.sub(r"{\w+}", "[^/?]+", path))
        names = {n for (m, at), found in asked.items() if m == method and shape.fullmatch(at) for n in found} - {""}
        inside = re.findall(r"{(\w+)}", path)
        given = [{"name": n, "in": "path", "required": True, "schema": {**text, "minLength": 1}} for n in inside]
        operation: dict[str, Any] = {"parameters": given, "responses": {"default": {"description": "a page"}}}
        if method == "GET":
            given += [{"name": n, "in": "query", "schema": text} for n in sorted(names | set(_EVERYWHERE))]
        else:
            fields = {"type": "object", "properties": dict.fromkeys(sorted(names), text), "additionalProperties": text}
            operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": fields}}}
        paths[path][method.lower()] = operation
    return {"openapi": "3.1.0", "info": {"title": "pages", "version": "1"}, "paths": dict(paths)}


def asked_of(client: TestClient, case: Any, adds: bool) -> None:
    """Put one question, and look at its answer."""
    asked = case.as_transport_kwargs(base_url=HERE)
    asked["headers"] = {**(asked.get("headers") or {}), "host": "127.0.0.1:8321", "origin": HERE}
    if adds:
        until_added(client)
    answer = client.request(**asked, follow_redirects=False)
    assert answer.status_code < 500, (answer.status_code, asked)
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert Markup(answer.text).wrong == [], asked


def accepts(client: TestClient, operation: Any) -> int:
    """Whether every question to one route gets an answer; how many were put."""
    tried = 0

    @settings(max_examples=CASES, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        nonlocal tried
        tried += 1
        asked_of(client, case, operation.path in ("/adding", "/examples"))

    one()
    return tried


def test_any_question_to_any_page_gets_an_answer(client: TestClient, places: dict[str, str]) -> None:
    found = schemathesis.openapi.from_dict(described(forms(client, places)))
    tried = sum(accepts(client, result.ok()) for result in found.get_all_operations())
    print(f"{tried} cases")
    assert tried >= CASES * len(_ROUTES) * 0.5, tried
