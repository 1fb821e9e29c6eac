"""The examples for nginx and Apache before both roles: TLS, pages, a websocket, an upload, refusals."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from data.access import audit, subjects
from data.access.rights import grants
from data.foundation.settings import Settings
from tests.browser.server import COMMAND, ROOT, served
from tests.support import effort, proxies, signed
from tests.support.proxies import INSIDE, PUBLIC, Proxy
from tests.support.sent import shown

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not effort.LONG, reason="two servers, and a web server to install"),
]
FILE = b"fall_id;ags\nF1;08421000\n"
WALL = "----wall"


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found = Settings(tmp_path_factory.mktemp("inside"), "", 0, url=f"https://{INSIDE}/dash", role="internal")
    subjects.add(found, "ada", grants([("send", "sk-ulm")]), "chief", (subjects.PROXY, "ada"))
    return found


@pytest.fixture(scope="module")
def proxy(kind: str, ulm: Path, where: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    settings = {
        "DASHBOARD_URL": where.url,
        "DASHBOARD_PROXY_USER_HEADER": "X-Remote-User",
        "DASHBOARD_LIMIT_UPLOAD_MB": "1",
    }
    with (
        served(ulm, further={"DASHBOARD_URL": f"https://{PUBLIC}/dash"}) as public,
        served(where.store, role="internal", further=settings) as inside,
        proxies.running(
            kind, tmp_path_factory.mktemp("web") / kind, [urlsplit(public).port], urlsplit(inside).port
        ) as found,
    ):
        yield found


def test_pages_are_found_by_tls_and_tell_browsers_to_stay_with_it(proxy: Proxy):
    for name, path, status in (
        (PUBLIC, "/dash/", 200),
        (PUBLIC, "/dash/gemeinde?area_code=08421000", 200),
        (PUBLIC, "/dash/daten/caseload_active.csv", 307),
        (PUBLIC, "/dash", 308),
        (PUBLIC, "/dash/metrics", 404),
        (INSIDE, "/dash/anmelden", 401),  # the proxy named nobody
        (INSIDE, "/dash/daten-abgeben", 401),
    ):
        found, head, _ = proxy.ask(name, path)
        assert found == status, path
        assert path in ("/dash", "/dash/metrics") or "strict-transport-security" in head.lower()
    found, head, _ = proxy.ask(INSIDE, "/dash/daten-abgeben", Accept="text/html")
    assert (found, "location: /dash/anmelden?weiter=" in head.lower()) == (303, True)


def test_foreign_names_and_pages_are_refused(proxy: Proxy):
    for name in (PUBLIC, INSIDE):
        status, _, text = proxy.ask(name, "/dash/", Host="attacker.example")
        assert (status >= 400, "stApp" in text) == (True, False)
        assert proxy.ask(name, "/dash/", Origin="https://attacker.example")[0] == 403
        with pytest.raises(InvalidStatus):
            shown(
                f"http://127.0.0.1:{proxy.port}/dash",
                host=name,
                origin="https://attacker.example",
                tls=proxy.trust,
            )


def test_a_websocket_is_open_for_readers(proxy: Proxy):
    page = {"host": PUBLIC, "origin": f"https://{PUBLIC}", "tls": proxy.trust}
    said = shown(f"http://127.0.0.1:{proxy.port}/dash", **page)
    assert "Integrationsmanagement" in said


@pytest.mark.parametrize("header", ["X_Remote_User", "x_remote_user"])
def test_nobody_names_themselves_through_the_proxy_nor_says_from_where(
    proxy: Proxy, where: Settings, header: str
):
    status, head, _ = proxy.ask(
        INSIDE,
        "/dash/anmelden",
        **{header: "ada"},
        X_Forwarded_For="203.0.113.7",
        Forwarded="for=203.0.113.7",
    )
    assert (status, "set-cookie: __host-session" in head.lower()) == (401, False)
    status, _, _ = proxy.ask(
        INSIDE,
        "/dash/anmelden",
        "POST",
        b"name=ada&password=x&code=1",
        Origin=f"https://{INSIDE}",
        X_Forwarded_For="203.0.113.7",
    )
    assert status == 401
    assert audit.entries(where)[-1].address == "127.0.0.1"


def test_a_file_goes_up_within_its_limit(proxy: Proxy, where: Settings):
    cookie = f"__Host-session-dash={signed.session(where, 'ulm', ('send', 'sk-ulm'))}"
    for path in ("/dash/_stcore/health", "/dash/_stcore/host-config"):
        _, head, _ = proxy.ask(INSIDE, path, Cookie=cookie)
        assert "set-cookie" not in head.lower(), "no cookie that scripts can read"
    with connect(
        f"wss://{INSIDE}/dash/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", proxy.port)),
        ssl=proxy.trust,
        origin=f"https://{INSIDE}",
        subprotocols=["streamlit"],
        additional_headers={"Cookie": cookie},
    ) as page:
        asked = BackMsg()
        asked.rerun_script.page_name = "daten-abgeben"
        page.send(asked.SerializeToString())
        session = ""
        while not session:
            session = ForwardMsg.FromString(page.recv(timeout=60)).new_session.initialize.session_id
        for content, status in ((FILE, 204), (bytes(2 * 2**20), 413)):
            form = (
                f'--{WALL}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
                + content
                + f"\r\n--{WALL}--\r\n".encode()
            )
            said = {"Cookie": cookie, "Sec_Fetch_Site": "same-origin"}
            said |= {"Content_Type": f"multipart/form-data; boundary={WALL}", "Origin": f"https://{INSIDE}"}
            path = f"/dash/_stcore/upload_file/{session}/1"
            # Apache says 502 where the program hangs up before all of a file has arrived.
            assert proxy.ask(INSIDE, path, "PUT", form, **said)[0] in (status, 502 if status == 413 else 0)
            # Of no page, or of a foreign one.
            without = {name: value for name, value in said.items() if name != "Origin"}
            assert proxy.ask(INSIDE, path, "PUT", form, **without)[0] in (403, 502)
            assert proxy.ask(INSIDE, path, "PUT", form, **said | {"Origin": "https://a.example"})[0] == 403
            assert proxy.ask(INSIDE, path, "PUT", form, **said | {"Sec_Fetch_Site": "same-site"})[0] == 403
            assert proxy.ask(INSIDE, path, "PUT", form, **said | {"Cookie": "a=b"})[0] in (401, 502)


BROWSERS = 8


def test_whoever_came_once_comes_to_the_same_of_several_processes(
    kind: str, ulm: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    """A page's websocket and its files lie in one process: another one would say that they are not there."""
    token = tmp_path / "token"
    token.write_text("a-token-of-twenty-letters")
    token.chmod(0o600)
    own = {"DASHBOARD_URL": f"https://{PUBLIC}/dash", "DASHBOARD_METRICS_TOKEN_FILE": str(token)}
    with served(ulm, further=own) as one, served(ulm, further=own) as other:
        ports = [int(urlsplit(each).port or 0) for each in (one, other)]
        with proxies.running(kind, tmp_path_factory.mktemp("web") / kind, ports, proxies.free()) as proxy:
            led_to = [came(proxy, f"browser {number}", (one, other)) for number in range(BROWSERS)]
    assert set(led_to) == {one, other}


def came(proxy: Proxy, browser: str, processes: tuple[str, str]) -> str:
    """The one process that answered all that a browser asked for; it has opened a page there too."""
    before = {each: answered(each) for each in processes}
    _, head, _ = proxy.ask(PUBLIC, "/dash/", User_Agent=browser)
    # What the proxy itself asks a browser to bring along.
    held = "; ".join(re.findall(r"set-cookie: (dashboard_route=[^;]+)", head, re.I))
    for path in ("/dash/fallzahlen", "/dash/gemeinde", "/dash/methoden"):
        assert proxy.ask(PUBLIC, path, User_Agent=browser, Cookie=held)[0] == 200
    with connect(
        f"wss://{PUBLIC}/dash/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", proxy.port)),
        ssl=proxy.trust,
        origin=f"https://{PUBLIC}",
        subprotocols=["streamlit"],
        user_agent_header=browser,
        additional_headers={"Cookie": held},
    ):
        pass
    asked = {each: answered(each) - before[each] for each in processes}
    assert sorted(asked.values()) == [0, 5], asked
    return max(asked, key=lambda each: asked[each])


def answered(process: str) -> int:
    """How many requests and websockets of browsers a process has answered, as its own figures say."""
    told = urllib.request.Request(
        f"{process}/dash/metrics", headers={"Authorization": "Bearer a-token-of-twenty-letters"}
    )
    with urllib.request.urlopen(told, timeout=20) as answer:
        lines = answer.read().decode()
    return round(
        sum(
            float(value)
            for kind, value in re.findall(r'^dashboard_requests_total{kind="(.+?)",.*} (\S+)$', lines, re.M)
            if kind.startswith("page") or kind == "session"
        )
    )


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("OIDC_ISSUER", "https://idp.example", "half set"),
        ("PROXY_USER_HEADER", "X-Remote-User", "could name themselves"),
        ("URL", "im.example", "as people type it"),
    ],
)
def test_a_door_that_is_half_set_or_too_open_keeps_the_server_from_starting(
    tmp_path: Path, setting: str, value: str, told: str
):
    given = {"DASHBOARD_STORE": str(tmp_path), "DASHBOARD_ROLE": "internal", f"DASHBOARD_{setting}": value}
    command = [sys.executable, *COMMAND, "0", "--server.address", "0.0.0.0"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr
