"""What is stored: once, whole, for ever; and which delivery stands for a sender's figures."""

import datetime

import duckdb
import pytest

from data.deliveries.format.schema import tables
from data.deliveries.store import deliveries, kind, register


def everything(office):
    return sorted(str(path) for path in office.settings.store.glob("deliveries/**/*"))


def test_a_delivery_keeps_its_files_and_a_typed_table_of_each(office):
    folder = office.draws(faelle="fall_id\nF1", stellen="vzae_bewilligt | vzae_besetzt\n0,50 | 0,25")

    imported = office.hands_in(folder)

    (stored,) = deliveries.current(office.settings)
    kept = deliveries.folder(office.settings.store, imported.sha256)
    assert stored.sha256 == imported.sha256
    assert (stored.sender, stored.reporting_date) == ("amt-a", datetime.date(2026, 9, 30))
    assert stored.rows == {"lieferung": 1, "faelle": 1, "stellen": 1}
    assert stored.present["faelle"] == ("fall_id", "ags", "aufnahme_am")
    for file in folder.iterdir():
        assert (kept / "original" / file.name).read_bytes() == file.read_bytes()
    for table, path in stored.tables.items():
        described = duckdb.sql(f"describe from '{path}'").fetchall()
        assert [(name, kind.lower().replace(",", ", ")) for name, kind, *_ in described] == [
            (field.name, field.sql_type) for field in tables()[table].fields
        ]


def test_the_same_files_twice_change_nothing(office):
    folder = office.draws(faelle="fall_id\nF1")
    office.hands_in(folder)
    before = everything(office)

    again = office.hands_in(folder)

    assert (again.accepted, again.already_stored) == (True, True)
    assert everything(office) == before
    assert len(deliveries.all_deliveries(office.settings)) == 1


def test_a_refused_delivery_leaves_nothing_in_the_store(office):
    imported = office.hands_in(faelle="aufnahme_am\ngestern")

    assert not imported.accepted
    assert deliveries.all_deliveries(office.settings) == ()
    assert everything(office) == []
    assert list(office.settings.store.glob("incoming/*")) == []


def test_a_newer_delivery_replaces_the_older_one_of_the_same_sender(office):
    office.hands_in(sender="amt-a", reporting_date="30.06.2026", faelle="fall_id\nF-0001")
    office.hands_in(sender="amt-b", reporting_date="30.06.2026", faelle="fall_id\nF-0002")
    office.hands_in(sender="amt-a", reporting_date="30.09.2026", faelle="fall_id\nF-0003")
    office.hands_in(sender="amt-a", reporting_date="31.03.2026", faelle="fall_id\nF-0004")

    states = {
        f"{each.sender} {each.reporting_date}": each.state
        for each in deliveries.all_deliveries(office.settings)
    }

    assert states == {
        "amt-a 2026-03-31": "replaced",
        "amt-a 2026-06-30": "replaced",
        "amt-b 2026-06-30": "accepted",
        "amt-a 2026-09-30": "accepted",
    }
    assert sorted(office.stored("faelle", "fall_id")) == [("F-0002",), ("F-0003",)]


def test_a_correction_of_the_same_date_counts_from_its_hand_in(office):
    office.hands_in(faelle="fall_id\nF-0001")
    office.hands_in(faelle="fall_id\nF-0002")

    assert office.stored("faelle", "fall_id") == [("F-0002",)]


def test_a_single_table_replaces_only_its_own_table(office):
    office.hands_in(reporting_date="30.06.2026", faelle="fall_id\nF-0001", ziele="ziel_id\nOLD1")
    goals = office.draws(ziele="ziel_id\nNEW1") / "ziele.csv"

    imported = office.hands_in(goals, sender="amt-a", day="30.09.2026")

    assert imported.accepted, imported.findings
    assert office.stored("faelle", "fall_id") == [("F-0001",)]
    assert office.stored("ziele", "ziel_id") == [("NEW1",)]
    assert [each.state for each in deliveries.all_deliveries(office.settings)] == ["accepted", "accepted"]

    office.hands_in(reporting_date="31.10.2026", faelle="fall_id\nF-0002")

    assert deliveries.current_tables(office.settings)["ziele"] == []
    assert office.stored("faelle", "fall_id") == [("F-0002",)]


def test_a_single_table_refers_to_the_cases_that_its_sender_has_in_the_store(office):
    office.hands_in(reporting_date="30.06.2026", faelle="fall_id\nF-0001")
    goals = office.draws(ziele="fall_id\nF-0001\nF-0002") / "ziele.csv"

    imported = office.hands_in(goals, sender="amt-a", day="30.09.2026")

    assert [(each.rule, each.line) for each in imported.findings] == [("reference", 3)]


@pytest.mark.parametrize(
    ("sender", "day", "rule"),
    [
        ("", "", "lieferung-missing"),
        ("amt-a", "", "lieferung-missing"),
        ("Amt A!", "30.09.2026", "sender-given"),
        ("amt-a", "30.9.", "date-given"),
        ("amt-a", "30.09.2099", "date-given"),
    ],
)
def test_a_single_table_needs_a_sender_and_a_reporting_date(office, sender, day, rule):
    cases = office.draws(faelle="fall_id\nF1") / "faelle.csv"

    assert office.hands_in(cases, sender=sender, day=day).counts == {rule: 1}


def test_what_is_given_beside_a_delivery_may_not_contradict_it(office):
    folder = office.draws(sender="amt-a", reporting_date="30.09.2026", faelle="fall_id\nF1")

    assert office.hands_in(folder, sender="amt-b").counts == {"given-otherwise": 1}
    assert office.hands_in(folder, sender="amt-a", day="2026-09-30").accepted
    assert office.hands_in(folder, sender="amt-b").counts == {"given-otherwise": 1}


def test_a_single_table_may_have_any_name_if_its_columns_tell_the_table(office):
    cases = office.draws(faelle="fall_id\nF1") / "faelle.csv"
    renamed = cases.rename(cases.with_name("Export vom Montag.csv"))

    assert office.hands_in(renamed, sender="amt-a", day="30.09.2026").rows == {"faelle": 1}


def test_demonstration_data_is_known_by_its_software(office):
    kind.decide(office.settings, kind.Kind.DEMONSTRATION)
    office.hands_in(software="Demonstrationsdaten (synthetisch)", faelle="fall_id\nF1")

    assert [each.synthetic for each in deliveries.current(office.settings)] == [True]


def test_warnings_and_notices_of_an_accepted_delivery_are_in_the_register(office):
    office.hands_in(faelle="ags\n8111000")

    with register.open_for_writing(office.settings.store) as opened:
        findings = opened.execute("select finding ->> 'rule', finding ->> 'line' from findings").fetchall()
    assert [tuple(row) for row in findings] == [("leading-zero", 2)]
