"""The next hand-in of the same office: with its saved profile, with another one, or in the format."""

from data.deliveries.profiles import saved
from tests.deliveries.profiles.conftest import CASES, KNOWN


def test_another_profile_makes_another_delivery_of_the_same_file(office):
    path = office.writes("Export.csv", KNOWN)
    office.hands_in(path, CASES)
    again = office.hands_in(path, CASES)
    other = office.hands_in(path, CASES.replace('"männlich"', '"divers"'))

    assert (again.already_stored, other.already_stored) == (True, False)
    assert office.stored("faelle")[0]["geschlecht"] == "divers"


def test_the_profile_is_kept_for_the_sender_and_used_the_next_time(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    path = office.writes("Export 2.csv", KNOWN.replace("F-0002", "F-0003"))

    imported = office.hands_in(path)

    assert imported.accepted
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0001", "F-0003"]
    assert saved.saved_for(office.settings, "amt-a").text == CASES


def test_a_saved_profile_stays_out_of_a_table_in_the_format(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    path = office.writes("faelle.csv", "fall_id | ags | aufnahme_am\nF-0009 | 08111000 | 01.01.2024")

    assert office.hands_in(path).accepted
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0009"]


def test_the_guard_looks_at_columns_that_a_profile_ignores_and_nothing_of_them_is_kept(office):
    named = KNOWN.replace("Sex", "Sex | Bearbeitet").replace("| m", "| m | anna.muster@example.org")
    path = office.writes("Export.csv", named.replace("| ?", "| ? | "))

    imported = office.hands_in(path, CASES.replace('to = "faelle"', 'to = "faelle"\nignore = ["Bearbeitet"]'))

    assert {(each.rule, each.column) for each in imported.findings} == {("guard-e-mail", "Bearbeitet")}
    assert saved.saved_for(office.settings, "amt-a") is None
    assert not any(
        b"anna" in file.read_bytes() for file in office.settings.store.rglob("*") if file.is_file()
    )
