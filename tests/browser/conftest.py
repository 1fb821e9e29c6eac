"""The real server, and a real browser that remembers what went wrong and whom it asked."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.server import SESSIONS, served
from tests.support import stores

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A test leaves a page before the compilers for what runs often have paid for themselves.
    "--js-flags=--no-turbofan --no-maglev",
]
PATIENCE = 120_000  # milliseconds: other tests have the processors too
LOOK = 200  # milliseconds from look to look; Playwright's own way asks for each frame, and each is drawn
FILES = ("/bild/", "/daten/", "/einbetten/", "/papier/", "/presse/", "/satz/", "/tabelle/", "/zeichnung/")
expect.set_options(timeout=60_000)
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]')
    return app?.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED"
        && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
        && [...document.querySelectorAll(".chart")].every((chart) => chart.querySelector(".main-svg"))
}"""

# As the back button does it: the browser has another address, and Streamlit draws what stands there.
TURN = """(address) => {
    history.pushState({}, "", address)
    window.dispatchEvent(new PopStateEvent("popstate", {state: {}}))
}"""
# The last that a page draws is where it is and what is chosen, for paper.
TURNED = """([place, choices]) => {
    const printed = document.querySelector(".st-key-printed")?.textContent ?? ""
    return printed.includes(place + "?") && choices.every((each) => printed.includes(each))
}"""


@dataclass
class Reader:
    """One tab of a browser on one dashboard."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._hears = {
            "console": self._said,
            "pageerror": lambda error: self.errors.append(str(error)),
            "request": lambda request: self._asked(request.url),
            "websocket": lambda socket: self._asked(socket.url),
        }
        for event, heard in self._hears.items():
            self.page.on(event, heard)

    def leave(self) -> None:
        """Hear no more of the tab: another reader has it."""
        for event, heard in self._hears.items():
            self.page.remove_listener(event, heard)

    def _said(self, line: ConsoleMessage) -> None:
        # On a busy machine the server says of a file "come again" (503): what comes then is tested.
        is_late = "status of 503" in line.text and urlsplit(line.location["url"]).path.startswith(FILES)
        if line.type == "error" and not is_late:
            self.errors.append(f"{line.text} ({line.location['url']})")

    def _asked(self, url: str) -> None:
        # blob: and data: stay in the browser.
        if urlsplit(url).scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(urlsplit(url).hostname or "")

    def open(self, path: str = "/") -> Page:
        """Go to a path of the dashboard and wait until all of it is there."""
        self.page.goto(self.address + path)
        return self.settled()

    def turn(self, path: str) -> Page:
        """Go to a page with choices by its address, without loading the dashboard anew: half the work.

        What the address has to say of it stands on the page then. Choices of before are forgotten.
        """
        if not self.page.url.startswith(self.address):
            return self.open(path)
        self.page.evaluate(TURN, path)
        self.page.wait_for_function(TURNED, arg=self.drawn(path), timeout=PATIENCE, polling=LOOK)
        return self.settled()

    def drawn(self, path: str) -> list[str | list[str]]:
        """What stands on a page of this path once it is drawn, for `TURNED`."""
        at = urlsplit(self.address + path)
        return [f"{self.address}{at.path}", [urlencode([each]) for each in parse_qsl(at.query)]]

    def settled(self) -> Page:
        """Wait until nothing runs and everything is drawn: seen twice, because a click starts late."""
        for _ in range(2):
            self.page.wait_for_timeout(250)
            self.page.wait_for_function(SETTLED, timeout=PATIENCE, polling=LOOK)
        return self.page

    @property
    def query(self) -> str:
        """What the address says after the question mark."""
        return urlsplit(self.page.url).query


Lend = Callable[..., AbstractContextManager[Reader]]


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """Starts a dashboard on a store: `with serve(store) as address`, or `serve(store, internal=True)`."""
    return served


@pytest.fixture(scope="session")
def dashboard(store: Path) -> Iterator[str]:
    """The address of one dashboard for all tests of this process."""
    with served(store) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserContext]:
    """The installed browser, with one cache for all tests: Streamlit's scripts are large.

    Its reader wants no motion: without a graphics card each frame of what pulsates while a page loads
    costs more than the page.
    """
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        context = browser.new_context(locale="de-DE", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        yield context
        browser.close()


@pytest.fixture(scope="session")
def tab(chromium: BrowserContext) -> Lend:
    """Lends tabs, each left as if it were new: `with tab(address, width=400) as reader`.

    The process of a tab keeps Streamlit's scripts compiled. In a process of its own, a test would
    compile them again, which is half of what it costs to open a page.
    """
    free: list[Page] = []

    @contextmanager
    def lend(address: str, *, width: int = 1400, height: int = 1000) -> Iterator[Reader]:
        if (
            address in SESSIONS
        ):  # cookies know no port: a server for the public gets it too, and looks at none
            chromium.add_cookies([{"name": "session", "value": SESSIONS[address], "url": address}])
        page = free.pop() if free else chromium.new_page()
        page.set_viewport_size({"width": width, "height": height})
        reader = Reader(page, address)
        yield reader
        reader.leave()
        page.emulate_media(media="null")
        if page.url.startswith(address):
            page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        free.append(page)

    return lend


@pytest.fixture
def reader(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """A tab, as wide as a desk."""
    with tab(dashboard) as reader:
        yield reader


@pytest.fixture
def phone(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """A tab, as wide as a phone."""
    with tab(dashboard, width=400, height=800) as reader:
        yield reader


@pytest.fixture(scope="module")
def staying(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """A tab in which the dashboard is loaded once for all tests of a file: see `walker`."""
    with tab(dashboard) as reader:
        yield reader


@pytest.fixture
def walker(staying: Reader) -> Reader:
    """A tab, as wide as a desk, whose reader turns pages: for tests of what stands there, not how it comes.

    The session goes on from test to test, as that of a reader does.
    """
    staying.page.emulate_media(media="null")
    staying.page.set_viewport_size({"width": 1400, "height": 1000})
    staying.errors.clear()
    return staying


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store for the tests of one file."""
    return tmp_path_factory.mktemp("own") / "store"


@pytest.fixture(scope="module")
def office(own: Path, tab: Lend) -> Iterator[Reader]:
    """A dashboard on the store `own`, for demonstration data, and the browser of who is signed in there."""
    stores.made_up(own)
    with served(own, internal=True) as address, tab(address) as reader:
        yield reader
