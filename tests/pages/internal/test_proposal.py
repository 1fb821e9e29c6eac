"""The proposal on the page is the command's: what it shows, asks and writes into the profile."""

import re
import time
import tomllib

import pytest
from streamlit.testing.v1 import AppTest

from data.deliveries.profiles import saved
from data.foundation import settings
from pages.internal.handin import proposals, upload
from pages.work import actions, jobs
from tests.pages.internal.test_hand_in import ended, shown
from tests.support import drawn, signed
from tests.support.opened import said

SHEET = """
    Fall-Nr. | Akte  | Gemeinde | Zugang am  | Alter | Jahre | Ziel 1  | Status Ziel 1 | Ziel 1 vereinbart am | Notiz
    1        | A-001 | Ehingen  | 05.01.2024 | 34    | 35    | Sprache | läuft         | 01.02.2024           |
    2        | A-002 | Langenau | 06.01.2024 | 7     | 8     |         |               |                      |
    Gesamt   |       |          | 2          | 20    | 21    |         |               |                      |
"""  # noqa: E501


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """An empty store, whose inside is open."""
    signed.sit(monkeypatch, tmp_path / "store")


@pytest.fixture
def page() -> AppTest:
    """The page with what is proposed for the sheet."""
    return proposed(SHEET)


def proposed(drawing: str) -> AppTest:
    rows = drawn.rows(drawing)
    files = [("Liste.csv", drawn.csv(rows, list(rows[0])).encode())]
    return proposed_for(jobs.start("anna", lambda tell: actions._examined(actions.me(), files, "", "", tell)))


def proposed_for(job: jobs.Job) -> AppTest:
    """The page with this upload, when the proposal for it is there."""
    ended(job)
    page = shown(job)
    until = time.monotonic() + 60
    while proposals.PROPOSAL not in page.session_state and time.monotonic() < until:
        asked = jobs.find(page.session_state[upload.JOB]) if upload.JOB in page.session_state else None
        if asked:
            ended(asked)
        page.run()
    assert not page.exception
    return page


def profile(page: AppTest) -> dict:
    """Table -> what the profile says of it, as it would be applied."""
    page.session_state.pop(proposals.TEXT) if proposals.TEXT in page.session_state else None
    page.toggle(key=proposals.BY_HAND).set_value(True).run()
    text = page.text_area(key=proposals.TEXT).value
    page.toggle(key=proposals.BY_HAND).set_value(False).run()
    return {table["to"]: table for table in tomllib.loads(text)["table"]}


def boxes(page: AppTest, name: str):
    found = [each for each in page.selectbox if str(each.key).endswith(name)]
    (box,) = [each for each in found if "mapping_date" not in str(each.key)]
    return box


def test_the_page_says_which_columns_become_goals_and_what_is_left_out(page):
    words = said(page)

    for part in (
        "**Aus Spalten werden Zeilen:** Ziel 1, Status Ziel 1, Ziel 1 vereinbart am.",
        "über „Fall-Nr.“ zu ihrem Fall gehört",
        "Leer, daher nicht gelesen: Notiz",
        "34, 7 (Jahre, daraus werden Altersgruppen)",
        "wird gebildet aus Fall-Nr. + Nummer",
        "Ehingen → 08425033",
    ):
        assert part in words
    (totals,) = page.checkbox
    assert totals.value
    assert "(Anzahl: 1): in „Fall-Nr.“ steht dort Gesamt" in totals.label.replace("\\", "")
    assert {table: "leave_out" in each for table, each in profile(page).items()} == {
        "faelle": True,
        "ziele": True,
    }


def test_rows_that_are_cases_after_all_are_kept_in_both_tables(page):
    page.checkbox[0].uncheck().run()

    assert not [table for table in profile(page).values() if "leave_out" in table]


def test_a_column_that_is_chosen_keeps_its_ages_and_goals_follow_the_key_of_their_cases(page):
    boxes(page, "_faelle_altersgruppe").select("Jahre").run()
    boxes(page, "_faelle_fall_id").select("Akte").run()

    read = {table: each["columns"] for table, each in profile(page).items()}
    assert read["faelle"]["altersgruppe"] == {"column": "Jahre", "years": True}
    assert (read["faelle"]["fall_id"], read["ziele"]["fall_id"]) == ("Akte", "Akte")
    assert read["ziele"]["ziel_id"] == {"key": ["Akte", "{n}"]}
    assert not [each for each in page.selectbox if str(each.key).endswith("_ziele_fall_id")]
    assert "gewählt" in said(page)


def test_days_of_a_chosen_column_are_asked_for_where_nothing_decides_how_they_are_written():
    page = proposed("""
        Fallnummer | AGS      | Zugang     | Akte vom
        F-0001     | 08111000 | 01/05/2024 | 02/06/2024
        F-0002     | 08111000 | 01/06/2024 | 02/07/2024
    """)
    boxes(page, "_faelle_aufnahme_am").select("Akte vom").run()
    assert profile(page)["faelle"]["columns"]["aufnahme_am"] == "Akte vom"

    (asked,) = [each for each in page.selectbox if re.search("mapping_date.*_aufnahme_am", str(each.key))]
    asked.select("DD/MM/YYYY").run()

    read = profile(page)["faelle"]["columns"]["aufnahme_am"]
    assert read == {"column": "Akte vom", "date": "DD/MM/YYYY"}


WITH_TEAM = """
    Fallnummer | AGS      | Zugang     | Team | Aktenfarbe
    F-0001     | 08111000 | 05.01.2024 | Nord | blau
    F-0002     | 08111000 | 06.01.2024 | Süd  | grün
"""


def test_a_column_that_is_not_needed_is_left_out_by_a_click_and_not_asked_about_again(tmp_path):
    page = proposed(WITH_TEAM)
    assert "Nicht zugeordnet: Team, Aktenfarbe" in said(page)
    (box,) = page.multiselect
    assert box.options == ["Team – Nord, Süd", "Aktenfarbe – blau, grün"]

    box.select("Team – Nord, Süd").run()

    assert "Nicht gebraucht, daher nicht gelesen: Team" in said(page)
    assert "Nicht zugeordnet: Aktenfarbe" in said(page)
    assert profile(page)["faelle"]["ignore"] == ["Team"]
    page.multiselect[0].select("Aktenfarbe – blau, grün").run()
    assert profile(page)["faelle"]["ignore"] == ["Team", "Aktenfarbe"]


def test_a_column_that_is_not_needed_and_is_assigned_after_all_is_read():
    page = proposed(WITH_TEAM)
    page.multiselect[0].select("Team – Nord, Süd").run()

    boxes(page, "_faelle_integrationsmanager_id").select("Team – Nord, Süd").run()

    read = profile(page)["faelle"]
    assert (read.get("ignore"), read["columns"]["integrationsmanager_id"]) == (None, "Team")


KNOWN = """
    Fall-Nr.   | AGS      | Beginn     | Geschl. | Team
    F-0001     | 08111000 | 05.01.2024 | m       | Nord
    F-0002     | 08111000 | 06.01.2024 | w       | Süd
"""
SAVED = """name = "amt-a"

[[table]]
to = "faelle"
ignore = [   # by hand
    "Lfd. Nr.",
]

[table.columns]
fall_id = "Fall-Nr."  # never the file number
ags = "AGS"
aufnahme_am = "Beginn"
"""


def test_a_saved_profile_is_asked_about_a_new_column_and_keeps_what_was_said(tmp_path):
    where = settings.from_environment()
    saved.save(where, "amt-a", SAVED)
    rows = drawn.rows(KNOWN)
    files = [("Export.csv", drawn.csv(rows, list(rows[0])).encode())]
    page = proposed_for(
        jobs.start("anna", lambda tell: actions._examined(actions.me(), files, "amt-a", "30.06.2024", tell))
    )
    sex, team = (each for each in page.selectbox if str(each.key).startswith("handin_new_"))
    assert team.label == "Neue Spalte Team – Nord, Süd"
    assert page.button(key="handin_new_apply").disabled

    sex.select("geschlecht")
    team.select("").run()
    page.button(key="handin_new_apply").click().run()
    ended(jobs.find(page.session_state[upload.JOB]))
    page.run()

    assert not page.exception
    assert not [each for each in page.selectbox if str(each.key).startswith("handin_new_")]
    (kept,) = [each.profile for each in actions.waiting() if each.profile]
    assert "# by hand" in kept
    assert "# never the file number" in kept
    faelle = tomllib.loads(kept)["table"][0]
    assert faelle["ignore"] == ["Team", "Lfd. Nr."]
    assert faelle["columns"]["geschlecht"]["values"] == {"m": "männlich", "w": "weiblich"}
