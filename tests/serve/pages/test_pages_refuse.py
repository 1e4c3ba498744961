"""The pages as clients get them: what they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from kg.errors import KgError
from kg.serve.pages import routes
from kg.store import Store
from pages.seen import Seen, fetch
from pages.site import StoreSource, serving

Get = Callable[..., Any]


@pytest.mark.parametrize("room", ["entity", "relation", "statement", "document"])
@pytest.mark.parametrize(
    "name",
    ["nobody", "U.S.", "x%3E%20%3Fp%20%3Fo%20%7D%20%23", "a%22b", "%C3%A9", "a%20b", "-", "a.exe", "%7B%7B7*7%7D%7D"],
)  # fmt: skip
def test_what_is_not_there_is_a_plain_404(get: Get, room: str, name: str) -> None:
    answer = get(f"/{room}/{name}")
    assert answer.status == 404
    assert "This graph has no such thing" in answer.text
    assert get(f"/{room}/{name}", "text/turtle").status == 404


def test_an_id_that_is_no_local_name_asks_the_graph_nothing(get: Get, source: StoreSource) -> None:
    before = len(source.asked)
    for path in ("/entity/a%3E%20.%20%3Fs", "/statement/x%7Cy", "/entity/Clara_Moss.nt%3F", "/document/..%2F..%2Fetc"):  # fmt: skip
        assert get(path).status == 404
    assert len(source.asked) == before


@pytest.mark.parametrize("number", ["-1", "x", "1e9", "9" * 5000, "٣", "1 UNION"])
def test_a_page_that_is_no_number_is_404(get: Get, number: str) -> None:
    assert get(f"/entity/Clara_Moss?page={quote(number)}").status == 404
    assert get(f"/document/report?from={quote(number)}").status == 404


def test_an_unknown_list_or_relation_is_404(get: Get) -> None:
    assert get("/entity/Clara_Moss?part=secrets").status == 404
    assert get("/entity/Clara_Moss?relation=a%3E").status == 404


HOSTILE_WORDS = [
    '") } SELECT * { ?s ?p ?o } #',
    "\\u0022) } #",
    "\\\\u005cu0022",
    "a\\",
    "x\ny",
    "'''",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "x" * 10_000,
    "%",
    "{0}{words}",
]


@pytest.mark.parametrize("words", HOSTILE_WORDS)
def test_words_of_a_search_are_never_a_query(get: Get, words: str) -> None:
    assert get(f"/?q={quote(words)}").status == 200
    completed = get(f"/complete?q={quote(words)}")
    assert completed.status == 200
    assert json.loads(completed.body) == []


def test_names_are_found_by_any_word_and_by_alias(get: Get) -> None:
    def completed(query: str) -> list[str]:
        return [each["curie"] for each in json.loads(get(f"/complete?{query}").body)]

    assert completed("q=sat") == [":Robert_Sattler"]
    assert completed("q=FERRYM") == [":Robert_Sattler"]
    assert completed("q=work") == ["rel:work_for"]
    assert completed("q=me&kind=relation") == ["rel:meet"]
    assert completed("q=attler") == []
    assert "1 mention" in Seen(get("/?q=moss").text).words


def test_labels_are_told_of_things_of_this_graph_alone(get: Get, source: StoreSource) -> None:
    base = source.names.base
    asked = [f"{base}entity/Clara_Moss", f"{base}relation/meet", f"{base}document/report", "https://schema.org/Person", f"{base}entity/x> ?p ?o }} #"]  # fmt: skip
    answer = get("/labels", data=json.dumps(asked).encode())
    assert json.loads(answer.body) == {
        asked[0]: "Clara Moss",
        asked[1]: "meet",
        asked[2]: "report",
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{}", 400), (b"[1]", 400), (b"\xff", 400), (b"[" * 100_000, 400), (b" " * 300_000, 413)],
)
def test_what_is_no_list_of_iris_is_refused(get: Get, body: bytes, status: int) -> None:
    assert get("/labels", data=body).status == status


def test_every_answer_keeps_strangers_out(get: Get) -> None:
    for path in ("/", "/query", "/entity/Clara_Moss", "/entity/Clara_Moss.ttl", "/entity/nobody", "/assets/pages.css", "/assets/none", "/complete?q=moss", "/vocab"):  # fmt: skip
        headers = get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("name", ["none.js", "ace/theme-monokai.js", "../routes.py", "ace/../../../apps.py", "%2e%2e/routes.py", "ace", ""])  # fmt: skip
def test_only_listed_files_are_served(get: Get, name: str) -> None:
    assert get(f"/assets/{name}").status == 404


def test_an_unchanged_file_is_not_sent_again(get: Get) -> None:
    first = get("/assets/vis-network.js")
    again = get("/assets/vis-network.js", **{"If-None-Match": first.headers["etag"]})
    assert (first.status, again.status, again.body) == (200, 304, b"")


def test_a_graph_that_fails_is_a_page_that_says_why() -> None:
    class Failing(StoreSource):
        def results(self, sparql: str, form: str) -> Any:
            raise KgError("the query took longer than 10 s <b>")

    with serving(Failing(Store())) as address:
        answer = fetch(f"{address}/entity/Clara_Moss")
        assert answer.status == 503
        assert "longer than 10 s &lt;b&gt;" in answer.text
        assert fetch(f"{address}/complete?q=moss").status == 503
        assert fetch(f"{address}/query").status == 200


def test_an_editor_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.pages.assets.find_spec", lambda name: None)
    with pytest.raises(KgError, match="install django-ace"):
        routes(StoreSource(Store()))


def test_the_editor_is_served_without_importing_what_brings_it() -> None:
    asked = "import sys; from kg.serve.pages.assets import assets; assets(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
