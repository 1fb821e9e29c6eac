"""Who reaches the server, under which name, and what is open to them while nobody can be told apart."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from data.foundation.settings import Settings
from tests.browser.server import SESSIONS, served
from tests.support import published
from tests.support.figures import Figures
from tests.support.sent import shown

EXACT = "Interne Ansicht: genaue Zahlen"
CLOSED = "Geschlossen ohne Anmeldung"
EXAMINE = "handin_examine"  # the key of its button
PEOPLE = published.cases(published.people(1000, 1060, published.ULM))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one demonstration delivery, built and published."""
    figures = Figures(tmp_path_factory.mktemp("drawn")).hand_in(reporting_date="31.12.2018", faelle=PEOPLE)
    figures.release()
    return figures.settings.store


@pytest.fixture(scope="module")
def office(drawn: Path) -> Iterator[str]:
    """A dashboard for who signs in, on this machine alone."""
    with served(drawn, internal=True) as address:
        yield address


def page(address: str, host: str) -> tuple[int, bytes]:
    own = urlsplit(address)
    connection = http.client.HTTPConnection(own.hostname, own.port, timeout=20)
    held = {"Host": host, "Cookie": f"session={SESSIONS[address]}"}
    connection.request("GET", "/daten-abgeben", headers=held)
    answer = connection.getresponse()
    return answer.status, answer.read()


class TestNames:
    @pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
    def test_the_names_of_this_machine_are_let_in(self, office: str, name: str):
        host = f"{name}:{urlsplit(office).port}"
        assert EXACT in shown(office, host=host, cookie=f"session={SESSIONS[office]}")
        assert page(office, host)[0] == 200

    @pytest.mark.parametrize("name", ["attacker.example", "127.0.0.1.attacker.example", "192.0.2.7"])
    def test_a_foreign_name_that_leads_here_gets_neither_page_nor_websocket(self, office: str, name: str):
        host = f"{name}:{urlsplit(office).port}"
        with pytest.raises(InvalidStatus) as refused:
            shown(office, host=host)
        assert refused.value.response.status_code == 400
        status, text = page(office, host)
        assert status == 400
        assert b"<html" not in text

    def test_a_page_of_another_host_gets_no_websocket(self, office: str):
        for origin in ("http://attacker.example", "https://127.0.0.1", "http://localhost:9", "null"):
            with pytest.raises(InvalidStatus) as refused:
                shown(office, origin=origin)
            assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("names", "only"),
    [
        (("localhost", "127.0.0.1", "::1", "[::1]", "127.8.8.8"), True),
        (("0.0.0.0",), False),
        (("::",), False),
        (("*",), False),
        (("unix:///run/dashboard.sock",), False),
        (("localhost.attacker.example",), False),
        (("127.0.0.1", "im.example"), False),
        (("10.1.2.3",), False),
    ],
)
def test_only_addresses_of_this_machine_count_as_here(names: tuple[str, ...], only: bool):
    assert Settings(Path(), "", 0, reached_at=names).only_from_here is only
