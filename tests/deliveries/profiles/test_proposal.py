"""A profile is proposed from headings and values: nearly always right, and it says how sure it is and why."""

import pytest

from data.deliveries.format.profile import Profile
from data.deliveries.profiles import loading, proposing
from data.deliveries.profiles.values.dates import patterns
from tests.deliveries.profiles.conftest import SAMPLES, shipped


def assignments(profile: Profile) -> dict[tuple[str, str], set[str]]:
    """(table, heading) -> the columns of the format that are read from it."""
    found: dict[tuple[str, str], set[str]] = {}
    for table in profile.tables:
        for column in table.columns:
            for heading in column.headings:
                if heading != "{n}" and not column.key:
                    found.setdefault((table.to, heading), set()).add(column.to)
    return found


@pytest.mark.parametrize(
    ("sample", "name"),
    [("fallblatt.csv", "fallblatt"), ("langtexte.xlsx", "langtexte"), ("english", "english")],
)
def test_a_proposal_assigns_at_least_nine_of_ten_columns_of_each_sample_rightly(office, sample, name):
    proposal = proposing.propose(SAMPLES / sample, office.settings)
    proposed = assignments(loading.load(proposal.text, "proposed.toml"))
    right = assignments(loading.load(shipped(name), "right.toml"))
    ignored = {
        (table.to, heading) for table in loading.load(shipped(name), "x").tables for heading in table.ignore
    }
    every = right.keys() | ignored

    good = [column for column in every if proposed.get(column, set()) == right.get(column, set())]

    assert len(good) / len(every) >= 0.9, sorted(every - set(good))
    assert proposal.confidence > 0.8
    assert proposal.problems == []


def test_a_proposal_can_be_imported_with_as_it_is(office):
    proposal = proposing.propose(SAMPLES / "english", office.settings)

    imported = office.hands_in(SAMPLES / "english", proposal.text, sender="lra-muster")

    assert imported.accepted, imported.findings
    assert {"fall_id": "U1-0001", "geschlecht": "männlich"}.items() <= office.stored("faelle")[0].items()


def test_headings_that_no_list_of_synonyms_holds_are_found_by_likeness_and_by_their_values(office):
    path = office.writes("Auszug_2026.csv", """
        Fall Nummer | Gemeindeschluessel Wohnung | Beginn Beratung am | xyz      | Sprachniveau (GER) | Kuerzel
        F-0001      | 08111000                   | 05.01.2024         | männlich | B1                 | blau
        F-0002      | 08115003                   | 06.01.2024         | weiblich | A2                 | rot
        F-0003      | 08115045                   | 07.01.2024         | weiblich | A1                 | rot
    """)  # fmt: skip

    (table,) = proposing.propose(path, office.settings).tables

    assert {column.to: column.headings[0] for column in table.columns}.items() >= {
        "fall_id": "Fall Nummer",
        "ags": "Gemeindeschluessel Wohnung",
        "aufnahme_am": "Beginn Beratung am",
        "sprachniveau": "Sprachniveau (GER)",
    }.items()
    assert (table.to, table.file) == ("faelle", "Auszug_*.csv")
    evidence = {column.to: column.evidence for column in table.columns}
    assert (evidence["ags"].fits, evidence["sprachniveau"].fits) == (1.0, 1.0)
    assert 0.5 < evidence["ags"].heading < 1


def test_what_nothing_fits_is_left_to_the_person_and_said(office):
    path = office.writes("x.csv", "Fallnummer | Aufnahme | Lieblingsfarbe\nF-0001 | 05.01.2024 | blau")

    proposal = proposing.propose(path, office.settings)

    assert proposal.tables[0].unknown == ("Lieblingsfarbe",)
    assert '# Not assigned: "Lieblingsfarbe"' in proposal.text
    assert [(each.rule, "ags" in each.message["en"]) for each in proposal.problems] == [
        ("required-column", True)
    ]
    assert proposal.as_json()["tables"][0]["columns"][0]["evidence"]["like"] == "Fallnummer"


def test_a_file_that_is_no_export_is_not_read_and_nothing_is_kept(office):
    path = office.writes("Kantine.csv", "Gericht | Preis\nLinsen mit Spätzle | 7,50")

    proposal = proposing.propose(path, office.settings)

    assert (proposal.tables, proposal.fits_no_table, proposal.confidence) == ((), ("Kantine.csv",), 0.0)
    assert not list(office.settings.store.glob("incoming/*"))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["05.01.2024", "31.12.2024"], ()),
        (["2024-01-05"], ()),
        (["01/05/2024", "12/24/2024"], ("MM/DD/YYYY",)),
        (["05/01/2024", "24/12/2024"], ("DD/MM/YYYY",)),
        (["01/05/2024", "03/04/2024"], ("MM/DD/YYYY", "DD/MM/YYYY")),
        (["1/5/2024", "12/24/2024"], ("M/D/YYYY",)),
        (["5.1.2024", "24.12.2024"], ("D.M.YYYY",)),
        (["gestern"], ()),
    ],
)
def test_how_dates_are_written_is_told_by_all_of_them_together(dates, expected):
    assert patterns(dates) == expected


def test_dates_that_can_be_read_in_two_ways_are_a_question_and_no_guess(office):
    path = office.writes("x.csv", "Fallnummer | AGS | Aufnahme\nF-0001 | 08111000 | 01/05/2024")

    proposal = proposing.propose(path, office.settings)

    assert "dates: MM/DD/YYYY or DD/MM/YYYY?" in proposal.text
    assert "date =" not in proposal.text
    assert office.hands_in(path, proposal.text).counts == {"date": 1}


NAMED = """
    Fallnummer | AGS      | Aufnahme   | Nachname | Religion    | Team
    F-0001     | 08111000 | 05.01.2024 | Müller   | evangelisch | Nord
    F-0002     | 08111000 | 06.01.2024 | Yılmaz   | keine       | Süd
"""


def examples(proposal):
    """Heading -> what is shown of its values, of the first table."""
    return {heading: set(values) for heading, values in proposal.tables[0].examples.items()}


def test_names_and_what_art_9_is_about_are_no_examples_to_assign_by(office):
    proposal = proposing.propose(office.writes("x.csv", NAMED), office.settings)

    assert examples(proposal) == {
        "Fallnummer": {"F-0001", "F-0002"},
        "AGS": {"08111000"},
        "Aufnahme": {"05.01.2024", "06.01.2024"},
        "Nachname": set(),
        "Religion": set(),
        "Team": {"Nord", "Süd"},
    }
    assert proposal.guarded == ("Nachname",)
    assert not [
        text for text in ("Müller", "Yılmaz", "evangelisch") if text in repr(proposal) + proposal.text
    ]


def test_names_that_were_taken_for_keys_are_no_examples_either(office):
    path = office.writes("x.csv", """
        Fallnummer    | AGS      | Aufnahme
        Anna-Mueller  | 08111000 | 05.01.2024
        Ali-Yilmaz    | 08111000 | 05.01.2024
        Maria-Schmidt | 08111000 | 06.01.2024
    """)  # fmt: skip

    proposal = proposing.propose(path, office.settings)

    assert "fall_id" in {column.to for column in proposal.tables[0].columns}
    assert examples(proposal)["Fallnummer"] == set()
    assert examples(proposal)["AGS"] == {"08111000"}
    assert proposal.guarded == ("Fallnummer",)


@pytest.mark.parametrize("sample", ["fallblatt.csv", "langtexte.xlsx", "english"])
def test_the_guard_objects_to_no_column_of_the_samples(office, sample):
    proposal = proposing.propose(SAMPLES / sample, office.settings)

    assert proposal.guarded == ()
    assert all(any(table.examples.values()) for table in proposal.tables)


def test_a_pseudonym_is_made_of_file_numbers_that_are_none(office):
    path = office.writes("x.csv", """
        Aktenzeichen | AGS      | Zugang
        IM/2024/001  | 08111000 | 05.01.2024
        IM/2024/002  | 08111000 | 06.01.2024
    """)  # fmt: skip

    proposal = proposing.propose(path, office.settings)
    (table,) = proposal.tables
    imported = office.hands_in(path, proposal.text)

    assert (table.column("fall_id").key, table.unknown) == (("Aktenzeichen",), ())
    assert imported.accepted, imported.findings
    assert len({row["fall_id"] for row in office.stored("faelle")}) == 2


def test_running_numbers_are_the_key_and_no_ages_though_a_note_stands_below_them(office):
    rows = "".join(f"{n} | Ehingen | 0{n}.01.2024\n" for n in range(1, 9))
    path = office.writes("x.csv", f"Fall-Nr. | Gemeinde | Zugang am\n{rows}8 Fälle | | ")

    (table,) = proposing.propose(path, office.settings).tables

    read = {column.to: column.headings for column in table.columns}
    assert (read["fall_id"], "altersgruppe" in read) == (("Fall-Nr.",), False)
