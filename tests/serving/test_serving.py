"""REST against an archive: the table of access, the guards, the answers and their schemas, any request at all."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import pytest
import schemathesis
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served import HERE, OWN, TOKEN

from readout.pipeline import Reader
from readout.reading.examples import examples
from readout.records import Record, loads
from readout.serving import ACCESS, Serving, create_app
from readout.serving.listening import Patient

CASES = 320 if os.environ.get("READOUT_FUZZ") == "full" else 12


def routes_of(router: Any) -> set[tuple[str, str]]:
    """Every method and path; an included router keeps its own routes."""
    out: set[tuple[str, str]] = set()
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        out |= routes_of(inner) if inner else {(method, route.path) for method in route.methods - {"HEAD"}}
    return out


def test_every_route_has_an_entry_and_every_entry_a_route(client: TestClient) -> None:
    assert routes_of(client.app) == set(ACCESS)


def test_a_route_without_an_entry_is_refused(archive: Path, reader: Reader) -> None:
    app = create_app(archive, Serving(), reader)
    app.add_api_route("/forgotten", lambda: "secret")
    answer = TestClient(app, base_url=HERE).get("/forgotten")
    assert answer.status_code == 403 and "secret" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "[::1]evil.example", "127.0.0.1.evil.example", "", "localhost.", "10.0.0.1"]
)
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/info", headers={"host": host})
    assert answer.status_code == 421 and answer.json()["code"] == "R901"


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "[::1]:8321"])
def test_our_own_host_is_taken(client: TestClient, host: str) -> None:
    assert client.get("/api/v1/info", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 403),
        ("127.0.0.1", {"origin": "http://evil.example"}, 403),
        ("127.0.0.1", {"origin": HERE, "sec-fetch-site": "cross-site"}, 403),
        ("127.0.0.1", {"sec-fetch-site": "same-origin"}, 422),
        ("127.0.0.1", OWN, 422),
        ("192.0.2.7", OWN, 401),
        ("192.0.2.7", {"authorization": "Bearer wrong"}, 401),
        ("192.0.2.7", {"authorization": f"Bearer {TOKEN}"}, 422),
    ],
)
def test_who_may_write(
    archive: Path, client_of: Callable[..., TestClient], address: str, headers: dict[str, str], status: int
) -> None:
    opened = client_of(archive, address, token=TOKEN)
    answer = opened.post("/api/v1/documents", json={"text": ""}, headers=headers)  # 422: allowed, but empty
    assert answer.status_code == status, answer.text
    assert ("www-authenticate" in answer.headers) == (status == 401)


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/api", "/api/v1/info", "/nothing", "/api/v1/documents/none"):
        headers = client.get(path).headers
        assert "'unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"


def test_errors_have_one_shape_and_no_path_of_this_machine(client: TestClient, archive: Path) -> None:
    for answer in (
        client.get("/api/v1/nothing"),
        client.put("/api/v1/info"),
        client.get("/api/v1/documents/none"),
        client.get("/api/v1/statements?act=shout"),
        client.get("/api/v1/statements?colour=red"),
        client.post("/api/v1/read", json={"text": ""}),
        client.post("/api/v1/read", content=b"{", headers={"content-type": "application/json"}),
    ):
        assert answer.status_code in (404, 405, 422)
        assert set(answer.json()) == {"code", "error", "message", "parts"}
        assert str(archive.parent) not in answer.text


def test_too_much_and_too_slow_are_refused(
    archive: Path, client_of: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = client_of(archive, max_body_bytes=100)
    assert small.post("/api/v1/read", json={"text": "x" * 200}).status_code == 413
    assert client_of(archive, max_chars=5).post("/api/v1/read", json={"text": "x" * 9}).status_code == 413
    monkeypatch.setattr("readout.serving.api.info", lambda _: __import__("time").sleep(1))
    assert client_of(archive, timeout_s=0.1).get("/api/v1/info").status_code == 503


def test_a_fault_tells_nothing_private(
    archive: Path, client_of: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("readout.serving.api.info", broken)
    answer = client_of(archive).get("/api/v1/info")
    assert answer.status_code == 500 and "secret" not in answer.text and answer.json()["code"] == "R901"


def test_pages_follow_one_another_without_loss(client: TestClient) -> None:
    whole = client.get("/api/v1/statements?limit=1000").json()
    got, at = [], "/api/v1/statements?limit=7"
    while at:
        page = client.get(at).json()
        got += page["items"]
        at = page["next"]
    assert got == whole["items"] and len(got) == whole["total"] > 14


def test_what_is_read_added_found_exported_is_one_record(client_of: Callable[..., TestClient], tmp_path: Path) -> None:
    opened = client_of(tmp_path / "new.sqlite")
    assert opened.get("/api/v1/info").json()["documents"] == 0 and not (tmp_path / "new.sqlite").exists()
    example = {**examples()["press-call"], "id": "call"}
    body = {name: example[name] for name in ("text", "title", "date", "issuer", "url", "id")}
    read = opened.post("/api/v1/read", json=body).json()
    assert not (tmp_path / "new.sqlite").exists()
    kept = opened.post("/api/v1/documents", json=body, headers=OWN)
    assert kept.status_code == 201 and kept.json()["record"] == read
    assert opened.post("/api/v1/documents", json=body, headers=OWN).status_code == 200
    assert opened.get(f"/api/v1/documents/{kept.json()['key']}").json() == read
    (line,) = opened.get("/api/v1/export").text.splitlines()
    found = loads(line)
    assert isinstance(found, Record) and found.to_json() == read
    first = read["encounters"][0]["id"]
    assert opened.get(f"/api/v1/exchanges/call/{first}").json()["accounts"][0]["encounter"]["id"] == first


def test_the_page_of_the_interface_lists_it_and_loads_nothing_foreign(client: TestClient) -> None:
    page = client.get("/api").text
    assert all(f"<code>{m} {p}</code>" in page for m, p in ACCESS if p.startswith("/api/v1/") and "openapi" not in p)
    loaded = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded and all(address.startswith(("/static/", "#")) for address in loaded)
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", page)


def test_a_comparison_holds_what_its_schema_names(client: TestClient) -> None:
    texts = [{"text": "Foreign Minister Lavrov met Foreign Minister Wang Yi in Moscow."}] * 2
    answer = client.post("/api/v1/compare", json={"documents": texts}).json()
    named = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["comparison"]["properties"]
    assert set(answer) == set(named)


def test_any_request_gets_an_answer_of_its_schema(client: TestClient) -> None:
    found = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app, headers={"host": "localhost"})
    tried = 0
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    for result in found.get_all_operations():
        operation = result.ok()

        @settings(max_examples=CASES, deadline=None, database=None, derandomize=True,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def one(case: Any) -> None:
            nonlocal tried
            tried += 1
            answer = case.call(headers={"authorization": f"Bearer {TOKEN}", "host": "localhost"})
            case.validate_response(answer, checks=checks)

        given(case=operation.as_strategy())(one)()
    print(f"{tried} cases")
    assert tried >= (5000 if CASES > 12 else 100), tried


def test_another_sites_page_gets_nothing_but_a_visit(client: TestClient) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.get("/api/v1/info", headers={**foreign, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert client.get("/api", headers={**foreign, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("cross-site", "navigate", "document", 200), ("same-site", "navigate", "document", 200),
        ("none", "navigate", "document", 200), ("same-origin", "cors", "empty", 200),
        ("cross-site", "navigate", "iframe", 403), ("cross-site", "navigate", "object", 403),
        ("cross-site", "no-cors", "image", 403), ("same-site", "no-cors", "script", 403),
        ("same-site", "cors", "empty", 403),
    ],
)  # fmt: skip
def test_no_work_is_done_for_frames_and_scripts_of_others(
    client: TestClient, site: str, mode: str, dest: str, status: int
) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert client.get("/api/v1/info", headers=headers).status_code == status


@pytest.mark.parametrize("name", ["Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"])
def test_what_a_proxy_passes_on_is_not_of_this_machine(client: TestClient, own: dict[str, str], name: str) -> None:
    headers = {**own, name: "127.0.0.1"}
    assert client.post("/api/v1/documents", json={}, headers=headers).status_code == 401
    assert client.post("/api/v1/read", json={}, headers={name: "x"}).status_code == 401
    assert client.get("/api/v1/info", headers={name: "x"}).status_code == 200
    assert 'id="token"' in client.get("/", headers={name: "x"}).text and 'id="token"' not in client.get("/").text
    allowed = client.post("/api/v1/read", json={}, headers={name: "x", "authorization": f"Bearer {TOKEN}"})
    assert allowed.status_code == 422


def test_a_thousand_foreign_fields_are_one_complaint(client: TestClient) -> None:
    answer = client.post("/api/v1/read", json={"text": "x", **{f"k{n}": n for n in range(1000)}}, headers=OWN)
    assert answer.status_code == 422 and "1,000 fields are not known" in answer.text and len(answer.text) < 1000


def test_too_many_values_of_a_filter_are_refused_by_name(client: TestClient) -> None:
    answer = client.get("/api/v1/statements", params={"person": ["a"] * 21})
    assert answer.status_code == 422 and "person" in answer.text


def test_who_may_not_is_refused_before_the_body_is_read(archive: Path, client_of: Callable[..., TestClient]) -> None:
    opened = client_of(archive, "192.0.2.7", token=TOKEN, max_body_bytes=10)
    assert opened.post("/api/v1/documents", content=b"x" * 100).status_code == 401


def test_a_request_that_is_never_finished_is_let_go(archive: Path, reader: Reader) -> None:
    config = uvicorn.Config(
        create_app(archive, Serving(), reader), log_level="error", http=Patient, limit_concurrency=3
    )
    with patch.object(Patient, "header_s", 0.5), contextlib.closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        held = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(5)]
        for one in held:
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert [one.recv(10) for one in held] == [b""] * 5  # closed by the server
        answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/info", timeout=20)
        server.should_exit = True
        thread.join(20)
    assert answer.status_code == 200
