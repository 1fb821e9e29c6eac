"""The page to hand in, for everybody: axe-core in each state and language, and a phone scrolls one way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.deliveries.format.sender import SYNTHETIC, Given
from data.deliveries.handin import uploads
from data.deliveries.handin.work import import_delivery
from data.foundation.settings import Settings
from tests.browser.conftest import Reader
from tests.browser.hand_in.test_delivery import FAULTY, GOOD, PAGE
from tests.browser.test_accessibility import faults
from tests.support import drawn

# A repaired leading zero and a column that nobody knows: notices beside the fault.
FOUND = FAULTY.replace("08421000 | 05", " 8421000 | 05")
WIDER_THAN_THE_WINDOW = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .some((box) => box.scrollWidth > box.clientWidth)"""


def wrong(
    office: Reader, lang: str, upload: str = "", shown: str = "", opened: tuple[str, ...] = ()
) -> list[str]:
    """What is wrong with the page on a phone and, widened, on a desk: faults of axe-core, scrolling."""
    found = []
    office.page.set_viewport_size({"width": 400, "height": 1000})
    office.open(f"{PAGE}?lang={lang}" + (f"&upload={upload}" if upload else ""))
    office.page.locator(shown or ".st-key-handin_examine").wait_for()
    for expander in opened:
        office.page.locator(f".st-key-{expander} summary").click()
    for width in (400, 1400):
        office.page.set_viewport_size({"width": width, "height": 1000})
        office.settled()
        found += [f"{width} px: {fault}" for fault in faults(office)]
        if office.page.evaluate(WIDER_THAN_THE_WINDOW):
            found.append(f"{width} px: scrolls sideways")
    return found


@pytest.fixture
def upload(own: Path, tmp_path: Path) -> Callable[[Path], str]:
    """Examines files as the page does; they then wait under a token that its address takes."""
    return lambda path: uploads.examine(path, Settings(own, "", 0), Given(by="anna")).token or ""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_empty_page(office: Reader, lang: str):
    assert wrong(office, lang, opened=("handin_single",)) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_delivery_with_findings(office: Reader, upload: Callable[[Path], str], tmp_path: Path, lang: str):
    head = {"software": SYNTHETIC, "reporting_date": "31.03.2018"}
    token = upload(drawn.delivery(tmp_path / "found", faelle=FOUND, **head))

    assert wrong(office, lang, token, ".st-key-finding_1", opened=("finding_1",)) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_proposal(office: Reader, upload: Callable[[Path], str], tmp_path: Path, lang: str):
    path = tmp_path / "faelle.csv"  # of a name of the format: of other names the server's memory alone has it
    goals = "Ziel 1;Status Ziel 1;Ziel 1 vereinbart am"
    rows = (
        "F-0001;08111000;01.01.2018;Sprache;läuft;02.01.2018;",
        "F-0002;08111000;01.01.2018;;;;",
        "Gesamt;;2;;;;",
    )
    path.write_text("\n".join((f"fall_id;Wohnort;Beginn;{goals};Notiz", *rows, "")), encoding="utf-8")
    token = upload(path)

    opened = ("mapping_faelle", "mapping_ziele")
    assert wrong(office, lang, token, ".st-key-handin_apply", opened=opened) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_comparison_with_the_delivery_before(
    office: Reader, own: Path, upload: Callable[[Path], str], tmp_path: Path, lang: str
):
    before = drawn.delivery(tmp_path / "before", software=SYNTHETIC, faelle=GOOD, reporting_date="31.03.2018")
    assert import_delivery(before, Settings(own, "", 0)).accepted
    more = GOOD + "    F003    | 08421000 | 07.01.2018\n"
    token = upload(
        drawn.delivery(tmp_path / "more", software=SYNTHETIC, faelle=more, reporting_date="30.06.2018")
    )

    opened = ("handin_places", "handin_undo", "handin_compare")
    assert wrong(office, lang, token, ".st-key-handin_places", opened) == []
