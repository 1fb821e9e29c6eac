"""Files in another shape than the format's are told from those in the format with faults."""

import pytest

from data.deliveries.format.sender import Given
from data.deliveries.handin import results, uploads
from data.deliveries.profiles import proposing, saved
from tests.deliveries.profiles.conftest import CASES, SAMPLES, SENDER


def other(office, path, **given):
    """Whether an examined upload is in another shape."""
    examined = uploads.examine(path, office.settings, Given(**given), connection=office.connection)
    return results.is_other(examined)


@pytest.mark.parametrize("sample", ["fallblatt.csv", "langtexte.xlsx", "english"])
@pytest.mark.parametrize("given", [{}, SENDER])
def test_an_export_with_names_of_its_own_is_in_another_shape(office, sample, given):
    assert other(office, SAMPLES / sample, **given)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024", False),
        ("fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 31.02.2024", False),
        ("fall_id | ags | aufnahme_am | Farbe\nF-0001 | 08111000 | 05.01.2024 | blau", False),
        ("fall_id | ags\nF-0001 | 08111000", False),
        ("fall_id | ags | Aufnahme\nF-0001 | 08111000 | 05.01.2024", True),
    ],
    ids=["sound", "faulty", "a column more", "a column forgotten", "a column renamed"],
)
def test_a_table_of_the_format_is_in_another_shape_only_where_a_column_was_renamed(office, drawing, expected):
    assert other(office, office.writes("faelle.csv", drawing), **SENDER) is expected


def test_what_a_saved_profile_fits_is_in_no_other_shape_and_what_it_does_not_fit_is(office):
    saved.save(office.settings, "amt-a", CASES)
    known = "Nr | Ort | Start | Sex\nF-0001 | 08111000 | 1/5/2024 | m"
    renamed = known.replace("Start", "Anfang")

    assert not other(office, office.writes("liste.csv", known), **SENDER)
    assert other(office, office.writes("liste.csv", renamed), **SENDER)
    assert other(office, office.writes("liste.csv", known), **{**SENDER, "sender": "amt-b"})


def test_what_the_guard_refuses_gets_no_proposal(office):
    named = "fall_id | ags | Aufnahme | Nachname\nF-0001 | 08111000 | 05.01.2024 | Müller"
    path = office.writes("faelle.csv", named)

    assert not other(office, path, **SENDER)


def test_a_proposal_reads_what_waits(office):
    path = office.writes("faelle.csv", "fall_id | Wohnort | aufnahme_am\nF-0001 | 08111000 | 01.01.2024")
    examined = uploads.examine(path, office.settings, connection=office.connection)

    proposal = proposing.propose(uploads.files(office.settings, examined.token), office.settings)

    assert results.is_other(examined)
    assert [table.to for table in proposal.tables] == ["faelle"]


def test_files_without_a_table_do_not_wait_and_are_proposed_for_from_where_they_are(office):
    examined = uploads.examine(SAMPLES / "fallblatt.csv", office.settings, connection=office.connection)

    proposal = proposing.propose(SAMPLES / "fallblatt.csv", office.settings)

    assert (examined.token, examined.hidden_from_guard) == (None, True)
    assert [table.to for table in proposal.tables] == ["faelle", "ziele"]
