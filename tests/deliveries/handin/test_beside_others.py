"""What is odd about a delivery beside its other tables, the deliveries of others, and the one before."""

import pytest

from tests.support import bilingual, drawn


def numbered(rows, first=1):
    return "fall_id\n" + "\n".join(f"F-{number:05}" for number in range(first, first + rows))


def test_a_goal_without_a_consultation_is_odd_where_consultations_are_delivered(office):
    tables = {"faelle": "fall_id\nF1\nF2", "ziele": "fall_id\nF1\nF2", "beratungen": "fall_id\nF1"}

    (finding,) = office.hands_in(**tables).findings

    assert (finding.rule, finding.severity, finding.line, finding.value) == (
        "odd-without",
        "warning",
        3,
        "F2--",
    )

    del tables["beratungen"]

    assert (
        office.hands_in(
            sender="amt-b", **{name: text.replace("F", "G") for name, text in tables.items()}
        ).findings
        == ()
    )


def test_cases_that_another_sender_has_too_are_a_warning_with_their_count(office):
    assert office.hands_in(sender="amt-a", faelle=numbered(5)).accepted

    imported = office.hands_in(sender="amt-b", faelle=numbered(5, first=4))

    assert imported.counts == {"case-elsewhere": 2}
    assert [each.line for each in imported.findings] == [2, 3]
    assert "Amt amt-a" in imported.findings[0].message["de"]


@pytest.mark.parametrize(("rows", "far"), [(100, False), (130, False), (131, True), (69, True)])
def test_a_third_more_or_less_than_the_last_time_is_odd(office, rows, far):
    assert office.hands_in(reporting_date="30.06.2026", faelle=numbered(100)).accepted

    imported = office.hands_in(faelle=numbered(rows))

    assert imported.counts == ({"far-from-last": 1} if far else {})
    assert not [each for each in imported.findings if bilingual.mixed(each)]


WHOLE = {"faelle": "fall_id\nF1\nF2", "ziele": "fall_id\nF1", "beratungen": "fall_id\nF1\nF2"}


def test_tables_that_the_last_whole_stock_had_are_asked_for_before_it_is_taken_over(office):
    assert office.hands_in(reporting_date="30.06.2026", **WHOLE).accepted

    imported = office.hands_in(faelle=WHOLE["faelle"], beratungen="fall_id")

    assert {each.severity for each in imported.findings} == {"warning"}  # taken over with a reason alone
    assert imported.counts == {"table-gone": 1, "table-emptied": 1}
    said = {each.rule: each.message["de"] for each in imported.findings}
    assert said["table-gone"].startswith(
        "Die Tabelle 'ziele' fehlt; in der letzten Lieferung hatte sie 1 Zeile"
    )
    assert said["table-emptied"].startswith("Die Tabelle 'beratungen' hat keine Zeile")
    assert not [each for each in imported.findings if bilingual.mixed(each)]


def test_a_single_table_and_an_older_stock_lack_nothing(office):
    assert office.hands_in(**WHOLE).accepted
    assert office.hands_in(reporting_date="30.06.2026", faelle=WHOLE["faelle"]).accepted
    alone = drawn.delivery(office.folder / "alone", ziele="fall_id\nF1")
    assert office.hands_in(alone / "ziele.csv", sender="amt-a", day="30.09.2026").accepted


def test_a_table_that_was_handed_in_alone_stands_and_is_missed_too(office):
    assert office.hands_in(reporting_date="30.06.2026", faelle=WHOLE["faelle"]).accepted
    alone = drawn.delivery(office.folder / "alone", ziele="fall_id\nF1")
    assert office.hands_in(alone / "ziele.csv", sender="amt-a", day="30.06.2026").accepted

    assert office.hands_in(faelle=WHOLE["faelle"]).counts == {"table-gone": 1}


def test_of_few_rows_many_more_say_nothing(office):
    office.hands_in(reporting_date="30.06.2026", faelle=numbered(5))

    assert office.hands_in(faelle=numbered(20)).accepted


def test_a_whole_row_that_is_there_twice_is_stored_once(office):
    folder = office.draws(faelle="fall_id\nF1\nF2\nF1")

    imported = office.hands_in(folder)

    assert imported.accepted
    assert imported.counts == {"row-twice": 1}
    assert imported.rows["faelle"] == 2
    assert sorted(office.stored("faelle", "fall_id")) == [("F1--",), ("F2--",)]


def test_goals_alone_refer_to_stored_cases_and_no_case_ends_before_them(office):
    office.hands_in(faelle="fall_id | beendet_am\nF1 | 01.03.2024")
    alone = drawn.delivery(
        office.folder / "alone", beratungen="fall_id | datum\nF1 | 02.03.2024\nF2 | 01.02.2024"
    )

    imported = office.hands_in(alone / "beratungen.csv", sender="amt-a", day="30.09.2026")

    assert imported.counts == {"reference": 1, "after-end": 1}
