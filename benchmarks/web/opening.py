"""How long a reader's browser takes, beside a minimal page of Streamlit and a page of Dash."""

import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import asking
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
ROUNDS = 5
PAGE = "/fallzahlen?area_code=08118"
FIRST = ".js-plotly-plot .main-svg"
QUIET = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
PROMISES = (
    Promise("chart-cold", "first chart of a page, browser without anything kept",
            "a minimal page of Streamlit", at_most=1.2),
    Promise("chart-warm", "first chart of a page, browser that was here before",
            "a minimal page of Streamlit", at_most=1.3),
    Promise("choice", "another Kreis, until its chart and table are there", "a page of Dash", at_most=1.3),
    Promise("page-to-page", "another page, until its first chart is there",
            "another Kreis in Dash", at_most=2),
)  # fmt: skip
Page = Any


def figures(folder: Path, rounds: int = ROUNDS) -> Iterator[Figure]:
    """All from the demonstration as `make run` fills it, in turns, the median of several.

    Raises RuntimeError where Playwright or Chromium is missing.
    """
    store = folder / "store"
    asking.fill(store)
    with (
        servers.minimal(store) as minimal,
        servers.dash(store) as dash,
        servers.ours(store) as ours,
        _browser() as browser,
    ):
        cold, warm = _first_charts(browser, ours.address + PAGE, minimal.address, rounds)
        yield _ratio("chart-cold", *cold)
        yield _ratio("chart-warm", *warm)
        choices, pages = _ours(browser, ours, rounds)
        against = _dash(browser, dash, rounds)
        yield _ratio("choice", choices, against)
        yield _ratio("page-to-page", pages, against)


def _ratio(name: str, ours: list[float], others: list[float]) -> Figure:
    mine, other = statistics.median(ours), statistics.median(others)
    return Figure(name, mine / other, f"{mine:.2f} s / {other:.2f} s")


@contextmanager
def _browser() -> Iterator[Page]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise RuntimeError("Install requirements-dev.txt: pages are measured in a browser.") from error
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _first_charts(
    browser: Page, ours: str, minimal: str, rounds: int
) -> tuple[tuple[list[float], list[float]], tuple[list[float], list[float]]]:
    """Seconds to the first chart, cold and warm, each of ours and of the other."""
    cold: tuple[list[float], list[float]] = ([], [])
    warm: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for at, address in enumerate((ours, minimal)):
            context = browser.new_context(locale="de-DE")
            page = context.new_page()
            found = [_opened(page, address) for _ in range(2)]
            context.close()
            if number:  # the first round is for the servers
                cold[at].append(found[0])
                warm[at].append(found[1])
    return cold, warm


def _opened(page: Page, address: str) -> float:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.wait_for_selector(FIRST, state="visible", timeout=120_000)
    # From where the browser began to load until now, by its own clock.
    return float(page.evaluate("performance.now()")) / 1000


def _timed(page: Page, act: Callable[[], None], there: str) -> float:
    """Seconds from the reader's act until `there` is true in the page, looked at in each frame."""
    begun = float(page.evaluate("performance.now()"))
    act()
    ended = page.wait_for_function(f"() => ({there}) ? performance.now() : null", timeout=120_000)
    return (float(ended.json_value()) - begun) / 1000


def _found(named: Any) -> Any:
    """The element itself: looking for it by name takes longer in a larger page, and is no reader's time."""
    return named.first.element_handle()


def _ours(browser: Page, server: servers.Server, rounds: int) -> tuple[list[float], list[float]]:
    page = browser.new_context(locale="de-DE").new_page()
    page.goto(server.address + PAGE)
    page.wait_for_selector(FIRST, timeout=120_000)
    choices, pages = [], []
    for number in range(rounds + 1):
        for name in ("Karlsruhe (Landkreis)", "Ludwigsburg (Landkreis)"):
            box = _found(page.get_by_role("combobox", name="Gebiet", exact=True))
            box.fill(name)
            page.wait_for_timeout(300)
            said = f"document.querySelector('h3')?.innerText.includes('{name.split()[0]}')"
            heading = f"{QUIET} && {said} && document.querySelector('{FIRST}')"
            took = _timed(page, lambda: box.press("Enter"), heading)  # noqa: B023
            choices += [took] * bool(number)
        for link, word in (("Zielerreichung", "/zielerreichung"), ("Fallzahlen", "/fallzahlen")):
            there = f"location.pathname === '{word}' && {QUIET} && document.querySelector('{FIRST}')"
            took = _timed(page, _found(page.get_by_role("link", name=link)).click, there)
            pages += [took] * bool(number)
    page.context.close()
    return choices, pages


def _dash(browser: Page, server: servers.Server, rounds: int) -> list[float]:
    page = browser.new_context(locale="de-DE").new_page()
    page.goto(server.address)
    page.wait_for_selector(FIRST, timeout=120_000)
    found = []
    for number in range(rounds + 1):
        for code in ("08215", "08118"):
            there = (
                f"document.querySelector('h3').innerText === 'Kreis {code}' "
                f"&& document.title !== 'Updating...' && document.querySelector('{FIRST}')"
            )
            took = _timed(page, _found(page.get_by_label(code, exact=True)).check, there)
            found += [took] * bool(number)
    page.context.close()
    return found
