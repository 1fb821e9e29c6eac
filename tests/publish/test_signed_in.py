"""The door that asks who comes in: a real server, real requests, and a store with real data."""

import http.client
import json
import re
import runpy
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyotp
import pytest
from streamlit.web.server.starlette import (
    starlette_agent_routes,
    starlette_auth_routes,
    starlette_routes,
    starlette_websocket,
)
from websockets.exceptions import InvalidStatus

from data.access import accounts, audit, passwords, sessions
from data.access.rights import grants
from data.deliveries.handin.work import HandIn, import_delivery
from data.foundation.settings import Settings
from pages.menu import OPEN_ID, OPEN_ID_BACK, OPEN_ID_END
from pages.server import watching
from tests.browser.server import HERE, ROOT, served
from tests.support import drawn, effort, published, rights
from tests.support.figures import Figures
from tests.support.sent import shown
from tests.support.signed import PASSWORD, cookie

EXACT, OVER = "Interne Ansicht: genaue Zahlen", "Sie sind nicht mehr angemeldet"
OWN = "60 Personen werden betreut"
MENU = ("Daten abgeben", "Veröffentlichen")


@pytest.fixture(scope="module")
def address(where: Settings) -> Iterator[str]:
    with served(where.store, role="internal") as address:
        yield address


def ask(address: str, method: str, path: str, form: dict[str, str] | None = None, **headers: str):
    """Status, headers and body of one request, without following anything."""
    own = urlsplit(address)
    connection = http.client.HTTPConnection(own.hostname, own.port, timeout=60)
    body = urlencode(form) if form is not None else None
    connection.request(method, path, body, {"Accept": "text/html", **headers})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode(errors="replace")


def test_who_is_not_signed_in_gets_the_form_and_no_byte_of_anything_else(address: str):
    status, headers, _ = ask(address, "GET", "/fallzahlen?area_code=08118")
    assert (status, headers["Location"]) == (303, "/anmelden?weiter=%2Ffallzahlen%3Farea_code%3D08118")
    for path in (
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
        "/static/index.js",
        "/map/x.json",
        "/x.y",
    ):
        status, _, text = ask(address, "GET", path, Accept="*/*")
        assert (status, text) == (401, "Not signed in"), path
    assert ask(address, "PUT", "/_stcore/upload_file/a/b")[0] == 401
    for near in (
        "/anmelden/fallzahlen",
        "/einladung/a/b",
        "/einladung/../fallzahlen",
        "/einladung/",
        "/anmelden/",
    ):
        status, headers, _ = ask(address, "GET", near)
        assert (status, headers["Location"][:9]) == (303, "/anmelden"), near
    with pytest.raises(InvalidStatus) as refused:
        shown(address)
    assert refused.value.response.status_code == 403
    for made_up in ("session=abc", "session=", "session=%00", "__Host-session=x; session=y", "a" * 4000):
        with pytest.raises(InvalidStatus):
            shown(address, cookie=made_up)


def test_the_form_says_nothing_of_what_is_inside_and_runs_no_script(address: str):
    for lang, heading in (("de", "Anmelden"), ("en", "Sign in")):
        status, headers, text = ask(address, "GET", f"/anmelden?lang={lang}")
        assert status == 200
        assert f"<h1>{heading}</h1>" in text
        assert "<script" not in text
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors" in headers["Content-Security-Policy"]


def test_from_the_invitation_to_the_figures_and_out_again(address: str, where: Settings):
    token, own = accounts.add(where, "berta", grants([("read", "08"), ("publish", "")]), "chief"), address
    secret = accounts.invited(where, token).secret
    given = {"password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).now()}
    assert ask(address, "POST", f"/einladung/{token}", given)[0] == 400, "no origin"
    status, _, text = ask(address, "POST", f"/einladung/{token}", given | {"again": "x"}, Origin=own)
    assert (status, "nicht gleich" in text) == (400, True)
    status, _, text = ask(address, "POST", f"/einladung/{token}", given, Origin=own)
    assert status == 200
    recovery = text.split("<li>")[1].split("</li>")[0]
    assert ask(address, "GET", f"/einladung/{token}")[0] == 410

    wrong = {"name": "berta", "password": PASSWORD, "code": "000000"}
    status, headers, text = ask(address, "POST", "/anmelden", wrong, Origin=own)
    assert (status, headers["Set-Cookie"]) == (401, None)
    right = wrong | {"code": recovery}
    assert ask(address, "POST", "/anmelden", right, Origin="http://attacker.example")[0] == 403
    status, headers, _ = ask(
        address, "POST", "/anmelden?weiter=%2Ffallzahlen%3Farea_code%3D08421", right, Origin=own
    )
    assert (status, headers["Location"]) == (303, "/fallzahlen?area_code=08421")
    named, *rest = headers["Set-Cookie"].split("; ")
    assert set(rest) == {"HttpOnly", "Path=/", "SameSite=lax"}

    said = shown(address, cookie=named)
    assert EXACT in said
    assert "Veröffentlichen" in said
    assert "Daten abgeben" not in said
    assert "Geschlossen" not in shown(address, "veroeffentlichen", cookie=named)
    sessions.end(where, named.removeprefix("session="))
    with pytest.raises(InvalidStatus):
        shown(address, cookie=named)
    done = [(each.action, each.result) for each in audit.entries(where) if each.who == "berta"]
    assert done == [("account: ready", "done"), ("sign in", "refused"), ("sign in", "done")]


@pytest.mark.parametrize(
    "wanted",
    [
        "https://attacker.example/",
        "//attacker.example",
        "/\\\\attacker.example",
        "javascript:alert(1)",
        "/x",
        "",
        "/a\\r\\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(wanted: str):
    from pages.internal.signin.entry import onward

    assert onward(wanted) == "/"


def test_each_account_sees_the_pages_and_figures_of_its_rights(address: str, where: Settings):
    sender = cookie(where, "sk-ulm", ("send", "amt-a"))
    kreis = cookie(where, "kreis", ("read", "08421"))
    said = shown(address, cookie=sender)
    assert EXACT not in said
    assert [name in said for name in MENU] == [True, False]
    said = shown(address, "daten-abgeben", cookie=sender)
    assert said.count("lra-b") == 0, "the delivery of another office"
    assert "31.12.2018" in said
    # Exact figures of the own area alone, whatever the address names.
    for query in ("", "?area_code=08426070", "?area_code=08", "?compare=08426070&grouping=x&kind=silent"):
        said = shown(address, f"steuerung{query}", cookie=kreis)
        assert OWN in said, query
        assert "lra-b" not in said, query
    assert OWN not in shown(address, "steuerung", cookie=sender)
    # Streamlit opens the first page where the menu has none of this address.
    for page in ("veroeffentlichen", "daten-abgeben", "konten", "protokoll"):
        said = shown(address, page, cookie=kreis)
        assert EXACT not in said
        assert not re.search("publishing_prepare|handin_examine|members_invite|logbook_export", said), page


def test_other_rights_more_or_less_end_the_session_at_the_next_run_and_route(address: str, where: Settings):
    for name, rights_now in (("carl", ()), ("dora", (("read", "08"), ("publish", "")))):
        token = cookie(where, name, ("read", "08"))
        assert EXACT in shown(address, cookie=token)
        accounts.change_rights(where, name, grants(rights_now))
        with pytest.raises(InvalidStatus):
            shown(address, cookie=token)
        status, headers, _ = ask(address, "GET", "/fallzahlen", Cookie=token)
        assert (status, headers["Location"]) == (303, "/anmelden?weiter=%2Ffallzahlen")
        assert ask(address, "GET", "/media/x.csv", Cookie=token, Accept="*/*")[0] == 401
        ended = [each.what for each in audit.entries(where) if each.who == name]
        assert ended == ["rights changed (1)"]


def test_a_file_comes_from_a_page_of_ours_alone_and_no_cookie_can_be_read(address: str, where: Settings):
    signed_in, path = cookie(where, "sends", ("send", "amt-a")), "/_stcore/upload_file/a/b"
    _, headers, _ = ask(address, "GET", "/_stcore/host-config", Cookie=signed_in, Accept="*/*")
    assert headers["Set-Cookie"] is None
    for method in ("PUT", "DELETE"):
        for foreign in ({}, {"Origin": "https://a.example"}, {"Origin": "null"}):
            status, _, text = ask(address, method, path, {}, Cookie=signed_in, **foreign)
            assert (status, text) == (403, "Foreign origin"), (method, foreign)
        for site in ("cross-site", "same-site"):  # of another name of this host, say
            said = {"Origin": address, "Sec-Fetch-Site": site}
            assert ask(address, method, path, {}, Cookie=signed_in, **said)[0] == 403
    own = {"Origin": address, "Sec-Fetch-Site": "same-origin"}
    assert ask(address, "DELETE", path, {}, Cookie=signed_in, **own)[0] == 204


def test_a_name_that_is_no_account_is_not_written_down(address: str, where: Settings):
    typed = "a-password-in-the-wrong-field"
    ask(address, "POST", "/anmelden", {"name": typed, "password": "x", "code": "1"}, Origin=address)
    last = audit.entries(where)[-1]
    assert (last.who, last.result, last.address) == ("", "refused", "127.0.0.1")
    given = {"name": typed, "password": "x", "code": "1"}
    # Each wait is twice as long as the one before, so a busy machine comes to one too.
    tries = (ask(address, "POST", "/anmelden", given, Origin=address)[0] for _ in range(20))
    assert 429 in tries
    # Made to wait is one entry, however often that is.
    assert [ask(address, "POST", "/anmelden", given, Origin=address)[0] for _ in range(2)] == [429] * 2
    waited = [each for each in audit.entries(where) if each.what == "sign in: slowed"]
    assert [(each.who, each.action) for each in waited] == [("", "refused")]
    assert typed not in json.dumps([vars(each) for each in audit.entries(where)])


def test_what_is_typed_comes_back_as_text(address: str):
    status, _, text = ask(
        address, "POST", "/anmelden?weiter=%22%3E%3Cscript%3E&lang=%3Cscript%3E",
        {"name": "<script>", "password": "<script>", "code": "<script>"}, Origin=address,
    )  # fmt: skip
    assert status == 401
    assert "<script" not in text
    assert ask(address, "POST", "/anmelden", {"name": "x" * 9000}, Origin=address)[0] == 400


def test_a_process_for_the_public_takes_no_files_knows_no_form_and_loads_nothing_internal(where: Settings):
    with served(where.store) as address:
        assert ask(address, "PUT", "/_stcore/upload_file/a/b")[0] == 404
        assert ask(address, "GET", "/anmelden")[0] == 404
        assert "daten-abgeben" not in shown(address)
    code = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        "AppTest.from_file('pages/frame.py').run(timeout=60);"
        "inside = ('data.access.sessions', 'data.access.accounts', 'argon2', 'authlib', 'httpx', "
        "'pages.internal', 'data.deliveries.handin');"
        "print([module for module in sys.modules if module.startswith(inside)])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_many_who_sign_in_at_once_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "WAITING_SECONDS", 0.05)
    with passwords._turn(), pytest.raises(passwords.BusyError), passwords._turn():
        pass


@pytest.mark.long
@pytest.mark.skipif(not effort.LONG, reason="half a minute of passwords, one after the other")
def test_a_flood_of_passwords_leaves_the_pages_to_who_is_in(address: str, where: Settings):
    """Each costs a fifth of a second of a processor and 64 MiB."""
    inside, over = cookie(where, "inside", ("read", "08421")), threading.Event()

    def page() -> float:
        began = time.monotonic()
        assert OWN in shown(address, "steuerung", cookie=inside)
        return time.monotonic() - began

    def tries(number: int) -> list[int]:
        told = []
        while not over.is_set():
            given = {"name": f"nobody-{number}-{len(told)}", "password": "x", "code": "1"}
            told.append(ask(address, "POST", "/anmelden", given, Origin=address)[0])
        return told

    page()
    calm = max(page() for _ in range(3))
    with ThreadPoolExecutor(40) as attackers:
        told = [attackers.submit(tries, number) for number in range(40)]
        try:
            time.sleep(2)
            flooded = [page() for _ in range(5)]
        finally:
            over.set()
    statuses = Counter(status for each in told for status in each.result())
    print(f"calm {calm:.2f} s, flooded {max(flooded):.2f} s, {dict(statuses)}")
    assert max(flooded) < 10 * calm + 2
    assert (set(statuses) <= {401, 503}, statuses[503] > statuses[401] > 0) == (True, True)


def test_demonstration_accounts_open_by_a_click_before_made_up_figures_alone(
    address: str, where: Settings, released_once: Figures, tmp_path: Path
):
    figures = released_once
    click = {"demonstration": "ministerium"}
    with served(figures.settings.store, role="internal") as made_up:
        assert 'value="ministerium"' in ask(made_up, "GET", "/anmelden")[2]
        status, headers, _ = ask(made_up, "POST", "/anmelden", click, Origin=made_up)
        assert status == 303
        held = headers["Set-Cookie"].split("; ")[0]
        assert EXACT in shown(made_up, cookie=held)
        for name in ("chief", "", "__proto__"):
            assert ask(made_up, "POST", "/anmelden", {"demonstration": name}, Origin=made_up)[0] == 403
        # What a file says of itself ends nothing: a real delivery is not taken.
        real = published.cases(published.people(1000, 1060, published.ULM)).replace("F1", "G1")
        path = drawn.delivery(tmp_path / "real", sender="lra-b", reporting_date="31.12.2018", faelle=real)
        refused = import_delivery(path, figures.settings, HandIn(confirm="so"))
        assert [each.rule for each in refused.groups if each.severity == "fault"] == ["kind-demonstration"]
        assert not refused.accepted
    # Where others reach the server, a click opens nothing, for whoever is in and for whoever comes.
    named = (*HERE, "--server.allowedHosts", "127.0.0.1", "--server.allowedHosts", "im.example")
    with served(figures.settings.store, role="internal", options=named) as reached:
        assert EXACT not in shown(reached, cookie=held)
        assert "auch von anderen aus erreichbar" in shown(reached, "daten-abgeben", cookie=held)
        assert ask(reached, "POST", "/anmelden", click, Origin=reached)[0] == 403
    assert "demonstration" not in ask(address, "GET", "/anmelden")[2]
    assert ask(address, "POST", "/anmelden", click, Origin=address)[0] == 403


# What is asked for under a pattern of the table. A websocket is asked for in its own way below.
ASKED = {
    "{token}": "made-up", "{name}": "x.json", "{rest:path}": "x", "{page}": "methoden",
    "{session_id}": "a", "{file_id}": "b", "{file_id:path}": "b.png", "{path:path}": "x.js",
}  # fmt: skip
STREAM = "/_stcore/stream"


def lets_in(address: str, path: str, held: str) -> bool:
    """Whether a request is answered by what lies behind the gate, and not by the gate or by nothing."""
    for pattern, sample in ASKED.items():
        path = path.replace(pattern, sample)
    if path == STREAM:
        try:
            return bool(shown(address, "impressum", cookie=held))
        except InvalidStatus:
            return False
    status, headers, text = ask(address, "GET", path, Cookie=held)
    to_the_form = (headers["Location"] or "").startswith("/anmelden")
    return status not in (401, 403) and not to_the_form and (status, text) != (404, "Not Found")


def test_each_page_and_route_lets_in_whom_the_table_says(
    address: str, where: Settings, monkeypatch: pytest.MonkeyPatch
):
    held = {role: cookie(where, role, *own) if own else "" for role, own in rights.GRANTS.items()}
    routes = rights.cells("route")
    # Which internal page somebody may open is decided behind the gate: see `test_rights`.
    for cell in routes + [one for one in rights.cells("page") if one.role == "nobody"]:
        assert lets_in(address, cell.what, held[cell.role]) is cell.allows(own=True), cell
    monkeypatch.setenv("DASHBOARD_STORE", str(where.store))
    monkeypatch.setenv("DASHBOARD_ROLE", "internal")
    own = {route.path for route in runpy.run_path(str(ROOT / "dashboard.py"))["routes"]}
    own |= {watching.HEALTH, watching.ALIVE, watching.METRICS}
    # Those of an identity provider are there where one is set.
    own |= {OPEN_ID, OPEN_ID_BACK, OPEN_ID_END}
    brought = [
        f"/{path}".replace("//", "/")
        for module in (starlette_routes, starlette_agent_routes, starlette_auth_routes, starlette_websocket)
        for name, path in vars(module).items()
        if name.removeprefix("_").startswith(("ROUTE_", "BASE_ROUTE_")) and isinstance(path, str)
    ]
    prefixes = {"/_stcore", "/media", "/component", "/app/static", "/_stcore/upload_file"}
    named = {cell.what for cell in routes}
    assert own | {*brought} - prefixes == named


def test_imprint_and_privacy_are_read_before_anybody_signs_in(address: str):
    status, headers, _ = ask(address, "GET", "/datenschutz")
    assert (status, headers["Location"]) == (303, "/anmelden/datenschutz")
    for path, heading in (("impressum", "Impressum"), ("datenschutz", "Datenschutz")):
        status, _, text = ask(address, "GET", f"/anmelden/{path}")
        assert (status, f"<h1>{heading}</h1>" in text, "<script" in text) == (200, True, False)
        assert f'href="/anmelden/{path}?lang=de"' in ask(address, "GET", "/anmelden")[2]
