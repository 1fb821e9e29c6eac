"""Goals that stand in columns become rows, or are named as what nobody assigned."""

import pytest

from data.deliveries.handin.report import after_proposal
from data.deliveries.profiles import proposing

DATED = """
    Fall-Nr. | AGS      | Beginn     | Ziel 1  | Status Ziel 1 | Ziel 1 vereinbart am | Ziel 1 erreicht am
    F-0001   | 08111000 | 05.01.2024 | Sprache | läuft         | 01.02.2024           |
    F-0002   | 08111000 | 06.01.2024 | Wohnung | erreicht      | 01.03.2024           | 01.06.2024
    F-0003   | 08111000 | 07.01.2024 |         |               |                      |
"""


def proposed(office, drawing: str):
    return proposing.propose(office.writes("liste.csv", drawing), office.settings)


def read(proposal, table: str) -> dict[str, tuple[str, ...]]:
    (one,) = (each for each in proposal.tables if each.to == table)
    return {column.to: column.headings for column in one.columns}


def test_a_single_column_of_goals_with_its_status_is_split_and_can_be_taken_over(office):
    proposal = proposed(office, DATED)

    assert read(proposal, "ziele") == {
        "ziel_id": (),
        "fall_id": ("Fall-Nr.",),
        "zielbereich": ("Ziel {n}",),
        "zielstatus": ("Status Ziel {n}",),
        "vereinbart_am": ("Ziel {n} vereinbart am",),
        "abgeschlossen_am": ("Ziel {n} erreicht am",),
    }
    assert proposal.tables[0].unknown == ()
    imported = office.hands_in(office.folder / "liste.csv", proposal.text)
    assert imported.accepted, imported.findings
    goals = {(goal["fall_id"], goal["zielbereich"], goal["zielstatus"]) for goal in office.stored("ziele")}
    assert goals == {("F-0001", "Sprache", "In Umsetzung"), ("F-0002", "Wohnung", "Ziel erreicht")}


def without(*headings: str) -> str:
    """The drawing without some of its columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in DATED.strip().splitlines()]
    kept = [at for at, heading in enumerate(lines[0]) if heading not in headings]
    return "\n".join(" | ".join(line[at] for at in kept) for line in lines)


@pytest.mark.parametrize(
    ("drawing", "unknown", "lacking"),
    [
        (without("Status Ziel 1"), ("Ziel 1", "Ziel 1 vereinbart am", "Ziel 1 erreicht am"), "zielstatus"),
        (without("Ziel 1 vereinbart am"), ("Ziel 1", "Status Ziel 1", "Ziel 1 erreicht am"), "vereinbart_am"),
        (
            DATED.replace("Sprache", "Kita finden").replace("Wohnung", "Blauer Brief"),
            ("Ziel 1", "Status Ziel 1", "Ziel 1 vereinbart am", "Ziel 1 erreicht am"),
            "zielbereich",
        ),
    ],
    ids=["no status", "no day of agreement", "areas in words of their own"],
)
def test_goals_that_would_make_no_sound_rows_are_named_and_what_they_lack(office, drawing, unknown, lacking):
    proposal = proposed(office, drawing)

    assert [table.to for table in proposal.tables] == ["faelle"]
    assert (proposal.tables[0].unknown, proposal.tables[0].lacking) == (unknown, (lacking,))
    assert all(f'# Not assigned: "{heading}"' in proposal.text for heading in unknown)
    assert f"which need {lacking}" in proposal.text


def test_goals_that_were_only_proposed_need_no_day(office):
    drawing = without("Ziel 1 vereinbart am", "Ziel 1 erreicht am")
    for status in ("läuft", "erreicht"):
        drawing = drawing.replace(status, "vorgeschlagen")

    assert "zielstatus" in read(proposed(office, drawing), "ziele")


def test_columns_with_numbers_that_are_no_goals_are_named_too(office):
    drawing = """
        Fall-Nr. | AGS      | Beginn     | Kurs 1 | Kurs 2
        F-0001   | 08111000 | 05.01.2024 | blau   | rot
    """

    proposal = proposed(office, drawing)

    assert proposal.tables[0].unknown == ("Kurs 1", "Kurs 2")
    assert '"Kurs {n}" stands there 2 times. If each is a goal or a consultation' in proposal.text


def test_days_of_consultations_in_columns_are_named_with_the_way_to_rows_of_their_own(office):
    drawing = """
        Fall-Nr. | AGS      | Beginn     | Datum 1    | Datum 2
        F-0001   | 08111000 | 05.01.2024 | 06.01.2024 | 09.02.2024
        F-0002   | 08111000 | 05.01.2024 | 07.01.2024 |
    """
    proposal = proposed(office, drawing)
    said = after_proposal(proposal, office.folder / "liste.csv", None)
    assert "'Datum {n}' stands there 2 times" in said
    assert "repeat = 2" in said

    # As it says there, and docs/profiles.md.
    more = """
[[table]]
to = "beratungen"
repeat = 2

[table.columns]
beratung_id = { key = ["Fall-Nr.", "{n}"] }
fall_id = "Fall-Nr."
datum = "Datum {n}"
"""
    imported = office.hands_in(office.folder / "liste.csv", proposal.text + more)
    assert (imported.accepted, imported.rows["beratungen"]) == (True, 3), imported.findings
    assert "profile-unmapped" not in imported.counts


def test_reassigning_a_column_keeps_what_is_said_of_columns_with_numbers(office):
    table = proposed(office, without("Status Ziel 1")).tables[0].assigned("ags", None)

    assert table.unknown == ("AGS", "Ziel 1", "Ziel 1 vereinbart am", "Ziel 1 erreicht am")
