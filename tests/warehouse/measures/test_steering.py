"""What Steuerung is made of, on rows that can be counted by eye."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.access.rights import COMMAND
from data.disclosure.published import Gap
from data.publish import ask
from data.questions.filters import Filters
from tests.support import stores
from tests.support.figures import Figures

ULM = Filters(area_code="08421", period="2025-Q4")


def office(folder: Path) -> None:
    """One office, as of 31.12.2025: eight open cases and a closed one in Ulm, posts, and money of two years."""
    (
        Figures(folder)
        .hand_in(
            reporting_date="31.12.2025",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | integrationsplan_am | plan_fortgeschrieben_am | integrationsmanager_id
                N1      | 08421000 | 01.03.2025  |            |                     |                         | M1
                F1      | 08421000 | 01.12.2025  |            | 10.12.2025          |                         | M1
                A1      | 08421000 | 01.03.2024  |            | 01.05.2024          | 31.12.2024              | M1
                R1      | 08421000 | 01.03.2024  |            | 01.05.2024          | 01.01.2025              | M2
                V36     | 08421000 | 01.02.2023  |            | 01.12.2025          |                         | M2
                W36     | 08421000 | 30.12.2022  |            | 01.12.2025          |                         | M2
                V48     | 08421000 | 15.03.2022  |            | 01.12.2025          |                         | M2
                U48     | 08421000 | 01.02.2021  |            | 01.12.2025          |                         |
                G1      | 08421000 | 01.02.2021  | 31.12.2025 |                     |                         | M2
            """,
            ziele="""
                ziel_id | fall_id | zielbereich | zielstatus    | vereinbart_am | frist      | abgeschlossen_am
                Z1      | A1      | Sprache     | In Umsetzung  | 01.06.2024    | 31.12.2025 |
                Z2      | A1      | Wohnung     | In Umsetzung  | 01.06.2024    | 01.06.2025 |
                Z3      | R1      | Sprache     | In Umsetzung  | 01.06.2024    | 01.01.2026 |
                Z4      | R1      | Wohnung     | Ziel erreicht | 01.06.2024    | 01.06.2025 | 01.07.2025
            """,
            beratungen="""
                fall_id | datum
                N1      | 01.10.2025
                F1      | 10.12.2025
                A1      | 02.10.2025
                R1      | 03.10.2025
                V36     | 01.12.2025
                W36     | 01.12.2025
                V48     | 01.12.2025
            """,
            stellen="""
                stelle_id | monat      | ags      | vzae_bewilligt | vzae_besetzt
                S1        | 01.10.2025 | 08421000 | 1,00           | 1,00
                S1        | 01.11.2025 | 08421000 | 1,00           | 0,50
                S1        | 01.12.2025 | 08421000 | 1,00           | 0,00
                S2        | 01.10.2025 | 08421000 | 0,50           | 0,50
                S2        | 01.11.2025 | 08421000 | 0,50           | 0,50
                S2        | 01.12.2025 | 08421000 | 0,50           | 0,50
            """,
            mittel="""
                buchung_id | kreis | haushaltsjahr | programm                   | stufe       | betrag_eur | gebucht_am
                B1         | 08421 | 2025          | PIK Integrationsmanagement | bewilligt   | 240000,00  | 01.03.2025
                B2         | 08421 | 2025          | PIK Integrationsmanagement | ausgezahlt  | 120000,00  | 01.07.2025
                B3         | 08421 | 2025          | PIK Integrationsmanagement | verwendet   | 50000,00   | 15.11.2025
            """,
        )
        .hand_in(
            sender="amt-b",
            reporting_date="31.12.2025",
            faelle="fall_id | ags | aufnahme_am\nB1 | 08111000 | 01.03.2025",
        )
        .build()
    )


def drawn(cell: object) -> str:
    """A pseudonym as it is drawn here; the shortest are filled up."""
    return str(cell).rstrip("-")


@pytest.fixture(autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(stores.once(tmp_path_factory, "steering", office) / "store"))


def test_each_kind_of_case_has_its_number_and_its_cases():
    (row,) = ask("steering/attention", ULM, COMMAND)
    expected = {
        "no_plan": ["N1"],
        "old_plan": ["A1"],
        "past_deadline": ["A1"],
        "near_36": ["V36"],
        "near_48": ["V48"],
        "over_48": ["U48"],
        "silent": ["N1", "U48"],
    }
    assert row["active_cases"] == 8
    for kind, named in expected.items():
        found = ask("steering/cases", replace(ULM, kind=kind), COMMAND)
        assert row[kind] == len(named), kind
        assert sorted(map(drawn, found.column("case_id"))) == sorted(named), kind
    assert drawn(found.column("case_id")[0]) == "U48", "who has waited longest comes first"
    assert not ask("steering/cases", replace(ULM, kind="anything"), COMMAND)


def test_the_course_ends_with_the_number_of_now():
    (row,) = ask("steering/attention", ULM, COMMAND)
    course = ask("steering/course", ULM, COMMAND)
    assert len(course) == 25
    for kind in ("active_cases", "no_plan", "past_deadline", "near_36", "near_48", "over_48", "silent"):
        assert course.cell(kind, period="2025-12") == row[kind], kind
    # Z1 is due on the last day of December, Z2 has been since June.
    assert course.cell("past_deadline", period="2025-06") == 2
    assert course.cell("past_deadline", period="2025-05") == 0


def test_places_are_free_up_to_80_for_a_filled_post(monkeypatch: pytest.MonkeyPatch):
    place = ask("steering/places", ULM, COMMAND)
    assert place.column("area_code") == ("08421",)
    assert [place.column(name)[0] for name in ("active_cases", "filled_vzae", "free_places", "caseload")] == [
        8,
        Decimal("0.50"),
        Decimal(32),
        16.0,
    ]
    monkeypatch.setenv("DASHBOARD_STAFF_COUNCIL_AGREES", "1")
    managers = ask("steering/managers", ULM, COMMAND)
    assert [(drawn(row["manager_id"]), row["active_cases"], row["free_places"]) for row in managers] == [
        ("M2", 4, 76),
        ("M1", 3, 77),
    ]


def test_a_vacant_post_of_a_small_place_is_told_by_quarter_until_the_staff_council_agrees(
    monkeypatch: pytest.MonkeyPatch,
):
    city = replace(ULM, area_code="08421000")
    (row,) = ask("steering/vacant", city, COMMAND)
    assert (drawn(row["post_id"]), row["vacant_vzae"], row["since"]) == ("S1", Decimal("1.00"), "2025-Q4")
    monkeypatch.setenv("DASHBOARD_STAFF_COUNCIL_AGREES", "1")
    (row,) = ask("steering/vacant_by_month", city, COMMAND)
    assert row["since"] == "2025-11"


def test_what_expires_follows_from_what_was_used_so_far():
    (row,) = ask("steering/money", ULM, COMMAND)
    # 50,000 in ten months until October; fourteen months are left: 240,000 - 50,000 - 14 * 5,000.
    assert [row[f"expiring_{name}eur"] for name in ("", "least_", "most_")] == [Decimal(120000)] * 3
    assert row["proof_due_on"] == date(2027, 3, 31)
    assert row["runs"] is True


def test_what_nobody_delivers_is_unknown_and_not_nothing():
    stuttgart = replace(ULM, area_code="08111")
    (row,) = ask("steering/attention", stuttgart, COMMAND)
    assert [row[name] for name in ("no_plan", "old_plan", "past_deadline", "silent")] == [Gap.UNKNOWN] * 4
    assert row["over_48"] == 0
    for kind in ("no_plan", "silent"):
        assert not ask("steering/cases", replace(stuttgart, kind=kind), COMMAND)
