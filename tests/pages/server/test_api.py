"""The examples of docs/api.md: for curl and pandas they run; of the others addresses and columns exist."""

import csv
import io
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.answered import answered

API = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
HERE = "http://localhost:8501"


def examples(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", API, re.DOTALL)
    assert found, language
    return found


class Ours(BaseHTTPRequestHandler):
    """Hands each request to our routes, on a real socket."""

    def do_GET(self) -> None:
        answer = answered(self.path, host="localhost:8501")
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name != "content-length":
                self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def served(public: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ours)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_what_stands_there_for_curl_and_pandas_runs(served: str, tmp_path: Path):
    (lines,) = examples("sh")
    subprocess.run(["sh", "-ec", lines.replace(HERE, served)], cwd=tmp_path, check=True, timeout=60)
    sizes = {each.name: each.stat().st_size for each in tmp_path.iterdir()}
    assert set(sizes) == {"betreute.csv", "satz.json", "alles.zip", "neues.atom"}
    assert min(sizes.values()) > 300
    names: dict[str, object] = {}
    for code in examples("python"):
        exec(compile(code.replace(HERE, served), "docs/api.md", "exec"), names)
    cases, kreise = names["cases"], names["kreise"]
    assert str(cases["Area key"][0]) == "08425"
    assert set(kreise["area_code"]) >= {"08421", "08425"}
    assert str(kreise["active_cases"].dtype) == "float64", "withheld is read as missing, so it is a number"


@pytest.mark.usefixtures("public")
def test_addresses_and_columns_of_the_other_examples_are_there():
    for language in ("r", "m"):
        (code,) = examples(language)
        (address,) = re.findall(rf"{HERE}([^\"]+)", code)
        leads = answered(address)
        answer = answered(f"/daten/{leads.headers['location']}")
        head = next(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
        columns = [
            each for each in re.findall(r'"([^"]+)"', code) if each.startswith(("Gebiets", "Betreute"))
        ]
        assert len(columns) == 2
        assert set(columns) <= set(head)
    feeds = ("/feed/veroeffentlichungen.atom", "/feed/berichtigungen.atom", "/feed/08118.atom")
    for address in (*feeds, "/daten/alles.zip", "/daten/katalog.ttl"):
        assert answered(address, host="localhost:8501").status in (200, 307), address
        assert address.rpartition(".")[0] in API
