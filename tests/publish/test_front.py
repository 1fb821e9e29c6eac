"""What stands before Streamlit: names, the path below which the program is found, TLS, and how much comes in.

The server listens on loopback; its readers come by https://daten.im.example/dash, as a proxy hands them on.
"""

import base64
import http.client
import os
import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from data.foundation import settings
from pages.server.reached import Names
from tests.browser.server import served
from tests.support import proxies
from tests.support.sent import shown

HOST, URL = "daten.im.example", "https://daten.im.example/dash"
HERE = ("localhost", "127.0.0.1", "::1")


@pytest.fixture(scope="module")
def address(ulm: Path) -> Iterator[str]:
    with served(ulm, further={"DASHBOARD_URL": URL}) as found:
        yield found


def ask(address: str, path: str, method: str = "GET", **said: str) -> tuple[int, dict[str, str], str]:
    """Status, headers by their small names, and text of an answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request(method, path, headers={"Host": HOST, "Accept": "text/html"} | said)
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, headers, answer.read().decode("utf-8", "replace")


def test_everything_is_found_below_the_path(address: str):
    status, headers, text = ask(address, "/dash/")
    assert (status, headers["strict-transport-security"]) == (200, "max-age=31536000")
    script = re.search(r'src="\./(static/js/[^"]+)"', text)[1]
    assert ask(address, f"/dash/{script}")[0] == 200
    for path in ("/dash/foerdermittel", "/dash/_stcore/health", "/dash/gemeinde?area_code=08421000"):
        assert ask(address, path)[0] == 200, path
    # What leads on stays below it: the path alone, a slash too many, the newest release.
    for path, to in (("/dash", "/dash/"), ("/dash/foerdermittel/", "/dash/foerdermittel")):
        assert ask(address, path)[1]["location"] == to
    # A page that is none is not there, and who looks at it comes to the first one in the same language.
    for path, to in (
        ("/dash/nowhere", "./?page=nowhere"),
        ("/dash/nowhere/?lang=en&release=x", "../?page=nowhere&lang=en"),
        ("/dash/a%22%3Cb", "./?page=a%22%3Cb"),
    ):
        status, headers, text = ask(address, path)
        assert (status, headers["refresh"]) == (404, f"0; url={to}")
        assert headers["content-type"].startswith("text/plain")
        assert "nowhere" not in text
        assert ask(address, path, "HEAD")[0] == 404
        status, headers, said = ask(address, path, Accept="*/*")
        assert (status, said, "refresh" in headers) == (404, text, False)
    status, headers, _ = ask(address, "/dash/daten/caseload_active.csv")
    assert (status, headers["location"].split("?")[0]) == (307, "caseload_active.csv")
    assert ask(address, f"/dash/daten/{headers['location']}")[2].count("\n") > 2
    # Streamlit's own cookie goes by TLS alone too.
    assert "; secure" in ask(address, "/dash/_stcore/health")[1].get("set-cookie", "; secure").lower()


@pytest.mark.parametrize("path", ["/dash/", "/", "/dash/_stcore/health", "/dash/daten/caseload_active.csv"])
def test_a_foreign_name_or_page_gets_a_refusal_and_nothing_else(address: str, path: str):
    for host in (
        "attacker.example",
        "daten.im.example.attacker.example",
        "daten.im.example@attacker.example",
        "",
        "10.1.2.3",
    ):
        status, _, text = ask(address, path, Host=host)
        assert (status, "<html" in text) == (400, False), host
    for origin in (
        "https://attacker.example",
        "http://daten.im.example",
        "https://daten.im.example:8443",
        "null",
        "//daten.im.example",
    ):
        status, headers, text = ask(address, path, Origin=origin)
        assert (status, "<html" in text, "access-control-allow-origin" in headers) == (403, False, False), (
            origin
        )
    assert ask(address, path, Origin="https://daten.im.example")[0] in (200, 307)


def test_a_websocket_is_for_pages_of_this_address_alone(address: str):
    assert "Integrationsmanagement" in shown(
        address, host=HOST, origin="https://daten.im.example", below="/dash"
    )
    # A proxy that keeps the name to itself, and somebody at this machine.
    own = urlsplit(address).netloc
    assert "Integrationsmanagement" in shown(address, origin="https://daten.im.example", below="/dash")
    assert "Integrationsmanagement" in shown(address, host=own)
    for host, origin, status in (
        (HOST, "http://daten.im.example", 403),
        (HOST, "https://attacker.example", 403),
        ("attacker.example", "https://attacker.example", 400),
        (own, "http://localhost:9", 403),
    ):
        with pytest.raises(InvalidStatus) as refused:
            shown(address, host=host, origin=origin, below="/dash")
        assert refused.value.response.status_code == status


def test_what_streamlit_says_of_itself_is_for_nobody(address: str):
    for path in (
        "/dash/_stcore/metrics",
        "/_stcore/metrics",
        "/dash/_stcore/agent/mcp",
        "/dash/_stcore/upload_file/a/b",
    ):
        assert ask(address, path)[0] == 404, path


@pytest.mark.parametrize("parts", [1, 150], ids=["in one frame", "in many"])
def test_a_message_of_150_megabytes_is_cut_while_it_arrives(address: str, parts: int):
    before = peak(address)
    with opened(address) as end:
        each, sent = 150_000_000 // parts, 0
        try:
            for part in range(parts):
                code = (0x02 if part == 0 else 0x00) | (0x80 if part == parts - 1 else 0)
                end.sendall(bytes([code, 0xFF]) + each.to_bytes(8) + bytes(4))
                for _ in range(0, each, 100_000):
                    end.sendall(bytes(100_000))
                    sent += 100_000
        except OSError:
            pass  # it hung up
    assert sent < 40_000_000  # of which some lie in buffers of the system
    assert peak(address) - before < 40_000  # kilobytes


def opened(address: str) -> socket.socket:
    """A websocket of a page, as bytes."""
    own = urlsplit(address)
    end = socket.create_connection((own.hostname, own.port), timeout=20)
    key = base64.b64encode(os.urandom(16)).decode()
    end.sendall(
        f"GET /dash/_stcore/stream HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
    )
    assert end.recv(4096).startswith(b"HTTP/1.1 101")
    return end


def peak(address: str) -> int:
    """The most memory that the server on this port had until now, in kilobytes."""
    port = f" {urlsplit(address).port} "
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            called = folder.joinpath("cmdline").read_text().replace("\0", " ")
            if "dashboard.py" in called and port in called:
                found = re.search(r"VmHWM:\s+(\d+) kB", folder.joinpath("status").read_text())
                return int(found[1])
        except OSError:
            continue
    raise AssertionError("there is no such server")


def test_names_are_those_of_this_machine_of_the_operator_and_of_the_address():
    names = Names.of(URL, ("gamma.example", *HERE), ("https://portal.example/",))
    assert names.hosts == [*HERE, "gamma.example", HOST]
    for host in (HOST, "DATEN.im.example:443", "[::1]:8501", "gamma.example"):
        assert names.is_host(host), host
    for host in (
        "daten.im.example.",
        "daten.im.example:x",
        "daten.im.example/",
        "daten.im.example?",
        "daten.im.example#",
        "[::1",
        "a@daten.im.example",
        "",
    ):
        assert not names.is_host(host), host
    assert names.is_origin("https://portal.example", HOST)
    assert names.is_origin("http://127.0.0.1:8501", "127.0.0.1:8501")
    assert not names.is_origin("http://gamma.example", "gamma.example")
    assert not names.is_origin("ftp://127.0.0.1:8501", "127.0.0.1:8501")
    assert Names.of("", HERE, ()).is_origin("http://localhost:8501", "localhost:8501")


def test_readers_come_through_nginx_as_its_example_says(address: str, tmp_path: Path):
    port = urlsplit(address).port
    with proxies.running("nginx", tmp_path / "nginx", [port], port) as proxy:
        status, head, text = proxy.ask(HOST, "/dash/gemeinde?area_code=08421000")
        assert (status, "<html" in text) == (200, True)
        assert "Strict-Transport-Security: max-age=31536000" in head.title().replace("Max-Age", "max-age")
        assert (
            "location: caseload_active.csv?" in proxy.ask(HOST, "/dash/daten/caseload_active.csv")[1].lower()
        )
        for path, expected in (
            ("/dash", 308),
            ("/dash/_stcore/health", 200),
            ("/dash/metrics", 404),
        ):
            assert proxy.ask(HOST, path)[0] == expected, path
        assert proxy.ask(HOST, "/dash/", Host="attacker.example")[0] == 421
        with pytest.raises(ssl.SSLError):
            proxy.ask("attacker.example", "/dash/")
        page = {"host": HOST, "origin": f"https://{HOST}", "tls": proxy.trust}
        assert "Integrationsmanagement" in shown(f"http://127.0.0.1:{proxy.port}/dash", **page)
        with pytest.raises(InvalidStatus):
            shown(f"http://127.0.0.1:{proxy.port}/dash", **page | {"origin": "https://attacker.example"})


@pytest.mark.parametrize(
    "path",
    [
        "//attacker.example/",
        "/dash//attacker.example/",
        "/dash/%2Fattacker.example/",
        "/dash/%5Cattacker.example/",
        "/dash/\\attacker.example/",
        "/dash/..//attacker.example/",
        "/dash/%2e%2e/%2e%2e/etc/passwd",
        "/dash/static/js/..%2f..%2f..%2fetc/passwd",
        "/dash/daten/..%2f..%2f/attacker.example",
        "http://attacker.example/dash/foerdermittel/",
        "/dash/nowhere%0d%0aSet-Cookie:%20a=b",
        "/dash/https:%2F%2Fattacker.example",
    ],
)
def test_no_path_leads_to_another_host_or_out_of_the_program(address: str, path: str):
    status, headers, text = ask(address, path)
    to = headers.get("location", "")
    assert not to or (to.startswith("/dash/") and "//" not in to), (status, to)
    assert "root:" not in text
    assert "a=b" not in headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "url", ["daten.im.example", "https://", "ftp://x", "https://a@b", "https://x/../y", "https://x?y"]
)
def test_an_address_that_nobody_could_type_is_told(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("DASHBOARD_URL", url)
    with pytest.raises(settings.WrongSettingError, match="DASHBOARD_URL"):
        settings.from_environment()
