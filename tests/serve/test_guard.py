"""Whom the server answers: names of this machine, its own pages, and who knows the token."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import Served, write_graph

ASK = "/sparql?query=ASK%7B%7D"
TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def served(graph: Path) -> Iterator[Served]:
    with Served(graph) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def open_to_one(graph: Path) -> Iterator[Served]:
    with Served(graph, "--cors", "https://app.example", "--workers", "1", KG_TOKEN=TOKEN) as one:
        yield one


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "[::1]:8000", "LOCALHOST:1"])
def test_names_of_this_machine_are_answered(served: Served, host: str) -> None:
    assert served.ask("GET", ASK, {"Host": host}).status == 200


@pytest.mark.parametrize("host", ["rebound.example", "10.0.0.1", "localhost.example", "0.0.0.0"])
def test_other_names_are_not_answered(served: Served, host: str) -> None:
    answer = served.ask("GET", ASK, {"Host": host})
    assert (answer.status, answer.line) == (421, "this server answers to names of this machine alone")  # fmt: skip


@pytest.mark.parametrize("host", ["", "local host", "localhost:80>", "<b>", "user@localhost"])
def test_what_is_no_name_is_refused(served: Served, host: str) -> None:
    assert served.ask("GET", ASK, {"Host": host}).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_pages_of_other_origins_are_not_answered(served: Served, headers: dict[str, str]) -> None:
    answer = served.ask("GET", ASK, headers)
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers
    assert served.ask("OPTIONS", ASK, headers).status == 403


def test_its_own_pages_and_links_to_it_are_answered(served: Served) -> None:
    for headers in (
        {"Origin": served.address.rstrip("/")},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ):
        answer = served.ask("GET", ASK, headers)
        assert answer.status == 200
        assert "access-control-allow-origin" not in answer.headers


def test_an_answer_is_no_page_whatever_a_browser_takes_it_for(served: Served) -> None:
    headers = served.ask("GET", ASK).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "server" not in headers


def test_an_origin_that_was_let_in_may_read(open_to_one: Served) -> None:
    headers = {"Origin": "https://app.example", "Authorization": f"Bearer {TOKEN}"}
    answer = open_to_one.ask("GET", ASK, headers)
    assert answer.headers["access-control-allow-origin"] == "https://app.example"
    assert "Origin" in answer.headers["vary"]
    broken = open_to_one.ask("GET", "/sparql?query=ASK", headers)
    assert broken.status == 400
    assert broken.headers["access-control-allow-origin"] == "https://app.example"
    before = open_to_one.ask("OPTIONS", "/sparql", {"Origin": "https://app.example"})
    assert before.status == 204
    assert "Authorization" in before.headers["access-control-allow-headers"]
    other = headers | {"Origin": "https://other.example"}
    assert open_to_one.ask("GET", ASK, other).status == 403


@pytest.mark.parametrize("given", [None, "", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN])
@pytest.mark.parametrize("path", [ASK, "/sparql", "/graphs?default", "/nothing"])
def test_without_the_token_nothing_is_answered(
    open_to_one: Served, given: str | None, path: str
) -> None:
    answer = open_to_one.ask("GET", path, {} if given is None else {"Authorization": given})
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert open_to_one.ask("GET", ASK, {"Authorization": f"bearer {TOKEN}"}).status == 200


def test_a_server_for_others_wants_a_token_and_answers_to_any_name(
    graph: Path, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="ascii")
    options = ("--host", "0.0.0.0", "--token-file", str(file), "--workers", "1")
    with Served(graph, *options) as other:
        other.host = other.host.replace("0.0.0.0", "127.0.0.1")
        headers = {"Host": "graph.example", "Authorization": f"Bearer {TOKEN}"}
        assert other.ask("GET", ASK, headers).status == 200
        assert other.ask("GET", ASK, {"Host": "graph.example"}).status == 401


@pytest.mark.parametrize(
    ("options", "token", "told"),
    [
        (["--host", "0.0.0.0"], None, "others could reach it; give a token"),
        (["--host", "::"], None, "others could reach it; give a token"),
        (["--host", "0.0.0.0"], "short", "16 characters"),
        (["--token-file", "nowhere"], None, "nowhere: no token can be read"),
    ],
)
def test_a_server_without_a_good_token_does_not_start(
    graph: Path, options: list[str], token: str | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    if token:
        monkeypatch.setenv("KG_TOKEN", token)
    command = [sys.executable, "-m", "kg.cli", "serve", str(graph), "--port", "0", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
