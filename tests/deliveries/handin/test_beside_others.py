"""What is odd about a delivery beside its other tables, the deliveries of others, and the one before."""

import dataclasses

import pytest

from data.deliveries.handin import uploads
from data.deliveries.handin.results import as_json, findings
from data.deliveries.store import register
from tests.support import bilingual, drawn


def numbered(rows, first=1, form="FALL-{:05}"):
    return "fall_id\n" + "\n".join(form.format(number) for number in range(first, first + rows))


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
    (group,) = imported.groups
    assert "amt-a" not in str(imported.findings)  # whose cases these are is none of the sender's business
    assert "Amt amt-a (amt-a): 2" in group.for_operators


@pytest.mark.parametrize("form", ["{}", "F{:06}"])
def test_running_numbers_are_everywhere_and_nobody_else_is_asked_for_them(office, form):
    assert office.hands_in(sender="amt-a", faelle=numbered(20, form=form)).accepted

    assert office.hands_in(sender="amt-b", faelle=numbered(20, form=form)).counts == {}


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


def planned(header, row, number=12):
    rows = "\n".join(f"F{at} | {row}" for at in range(number))
    return f"fall_id | {header}\n{rows}"


PLANS = "integrationsplan_am | sprache_zertifiziert", "05.03.2026 | x"


@pytest.mark.parametrize(
    ("now", "counts", "said"),
    [
        (
            ("sprache_zertifiziert", "x"),
            {"column-gone": 1},
            "Die Spalte 'faelle.integrationsplan_am' fehlt; in der letzten Lieferung stand in 12 Zeilen",
        ),
        ((PLANS[0], " | "), {"column-emptied": 2}, "In 'integrationsplan_am' steht nichts"),
        ((PLANS[0], " | x"), {"column-emptied": 1}, "In 'integrationsplan_am' steht nichts"),
    ],
)
def test_columns_that_had_values_in_the_last_stock_are_asked_for_where_they_are_gone_or_empty(
    office, now, counts, said
):
    assert office.hands_in(reporting_date="31.03.2026", faelle=planned(*PLANS)).accepted

    imported = office.hands_in(reporting_date="30.06.2026", faelle=planned(*now))

    assert imported.counts == counts
    assert {each.severity for each in imported.findings} == {"warning"}  # taken over with a reason alone
    assert any(each.message["de"].startswith(said) for each in imported.findings)
    assert not [each for each in imported.findings if bilingual.mixed(each)]
    assert office.hands_in(faelle=planned(*now)).counts == {}


def test_a_column_in_which_hardly_anything_stood_and_one_that_was_there_for_few_rows_are_not(office):
    rare = planned("integrationsplan_am", "") + "\nG1 | 05.03.2026"
    assert office.hands_in(reporting_date="30.06.2026", faelle=rare).accepted

    assert office.hands_in(faelle=planned("beendet_am", "")).counts == {}


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


def stock(ids, start="01.02.2024", ags="08425033"):
    return "fall_id | aufnahme_am | ags\n" + "\n".join(f"{each} | {start} | {ags}" for each in ids)


def test_ids_that_mean_other_cases_than_the_last_time_are_asked_about(office):
    ids = [f"F{number}" for number in range(1, 11)]
    office.hands_in(reporting_date="30.06.2026", faelle=stock(ids))
    rows = stock(ids).splitlines()
    for at, changed in enumerate(("01.03.2024 | 08425033", "01.02.2024 | 08425072"), start=1):
        rows[at] = f"F{at} | {changed}"

    assert office.hands_in(reporting_date="31.07.2026", faelle="\n".join(rows)).counts == {}

    rows[3:5] = ["F3 | 01.03.2024 | 08425033", "F4 | 01.02.2024 | 08425072"]
    imported = office.hands_in(reporting_date="30.09.2026", faelle="\n".join(rows))

    assert imported.counts == {}  # two more of ten
    shifted = office.hands_in(reporting_date="31.10.2026", faelle=stock(ids, start="05.05.2025"))

    assert shifted.counts == {"renumbered": 10}
    assert (
        "Wurde neu nummeriert? Von 10 Fällen, die beide haben, sind es 10."
        in shifted.findings[0].message["de"]
    )
    assert not [each for each in shifted.findings if bilingual.mixed(each)]


@pytest.mark.parametrize(
    ("first", "rows", "unknown"), [(41, 40, 40), (22, 40, 21), (21, 40, 0), (41, 29, 0), (21, 80, 0)]
)
def test_a_whole_stock_of_which_hardly_an_id_is_known_is_asked_about(office, first, rows, unknown):
    assert office.hands_in(reporting_date="30.06.2026", faelle=numbered(40)).accepted

    imported = office.hands_in(faelle=numbered(rows, first=first))

    assert imported.counts.get("ids-unknown", 0) == unknown  # of few cases nothing can be said
    assert not [each for each in imported.findings if bilingual.mixed(each)]


EHINGEN, LANGENAU = "08425033", "08425072"
CASES = f"""
    fall_id | ags        | aufnahme_am | beendet_am
    F1      | {EHINGEN}  | 05.01.2024  |
    F2      | {EHINGEN}  | 05.01.2024  | 10.08.2025
    F3      | {EHINGEN}  | 05.01.2024  | 10.12.2024
    F4      | {LANGENAU} | 05.01.2024  |
"""


@pytest.fixture
def listed(office):
    """Ehingen answers for itself from 2025 on, the Kreis for the rest."""
    path = office.folder / "responsible.csv"
    lines = ("area_code,sender,since", "08425,lra-alb,2010-01-01", f"{EHINGEN},stadt-ehingen,2025-01-01")
    path.write_text("\n".join(lines), encoding="utf-8")
    office.settings = dataclasses.replace(office.settings, responsible=path)
    return path


def test_cases_of_a_municipality_for_which_another_office_answers_are_a_warning(office, listed):
    office.hands_in(sender="stadt-ehingen", sender_name="Stadt Ehingen", faelle=f"ags\n{EHINGEN}")

    imported = office.hands_in(sender="lra-alb", faelle=CASES)

    assert [(each.rule, each.severity, each.line) for each in imported.findings] == [
        ("answered-elsewhere", "warning", 2),
        ("answered-elsewhere", "warning", 3),  # it ended after Ehingen had begun to answer; F3 before
    ]
    assert "eine andere Stelle zuständig" in imported.findings[0].message["de"]
    assert not [each for each in imported.findings if bilingual.mixed(each)]


def test_only_those_who_run_the_program_read_whose_they_are(office, listed):
    office.hands_in(sender="stadt-ehingen", sender_name="Stadt Ehingen", faelle=f"ags\n{EHINGEN}")
    whose = "Cases of Amt lra-alb (lra-alb) where another sender answers"
    both = f"{whose}: 08425033 (2): Stadt Ehingen (stadt-ehingen)."
    path = office.draws(sender="lra-alb", faelle=CASES)

    examined = uploads.examine(path, office.settings, connection=office.connection)
    imported = uploads.accept(office.settings, examined.token, "so vereinbart")

    assert imported.accepted
    for each in (examined, imported):
        assert "ehingen" not in repr([each.findings, as_json(imported)]).lower()
    assert both in findings(imported)
    with register.open_for_reading(office.settings.store) as opened:
        log = [
            each["note"] for each in register.audit_entries(opened) if each["action"] == "answered-elsewhere"
        ]
    assert log == [both]


def test_who_answers_and_who_has_no_other_is_asked_nothing(office, listed):
    assert office.hands_in(sender="stadt-ehingen", faelle=f"ags\n{EHINGEN}").counts == {}
    assert office.hands_in(sender="lra-alb", faelle=f"fall_id | ags\nG1 | {LANGENAU}").counts == {}
    assert office.hands_in(sender="amt-x", faelle="fall_id | ags\nX1 | 08111000").counts == {}
    before = f"fall_id | ags | aufnahme_am\nY1 | {EHINGEN} | 05.01.2024"
    assert office.hands_in(sender="lra-alb", reporting_date="30.11.2024", faelle=before).counts == {}


def test_a_list_that_can_not_be_read_is_for_who_builds_and_stops_no_hand_in(office, listed):
    listed.write_text("area_code,sender,since\n99,x,gestern", encoding="utf-8")

    assert office.hands_in(sender="lra-alb", faelle=CASES).counts == {}
