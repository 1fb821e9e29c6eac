"""What the name of a column says."""

import pytest

from data.deliveries.format.schema import tables
from data.deliveries.personal import kinds

ANNOUNCED = {
    "name": [
        "Name",
        "Vorname",
        "NACHNAME",
        "Familienname",
        "first_name",
        "Last Name",
        "Name der Mutter",
        "Name Bewohner Unterkunft",
        "Name Teilnehmende Sprachkurs",
        "KlientName",
    ],
    "birth-date": ["Geburtsdatum", "geb.", "Geb. am", "date of birth", "DOB"],
    "street": ["Straße", "Strasse", "Anschrift", "Hausnr.", "address"],
    "e-mail": ["E-Mail", "Email", "Mail"],
    "telephone": ["Telefon", "Tel.-Nr.", "Handynummer", "phone number"],
    "iban": ["IBAN", "Kontonummer"],
    "tax-number": ["Steuer-ID", "IdNr"],
    "insurance-number": ["SV-Nummer", "Sozialversicherungsnummer"],
    "azr-number": ["AZR-Nummer", "AZR"],
    "passport": ["Passnummer", "Ausweis-Nr.", "passport"],
    "free-text": ["Bemerkung", "Notizen", "comment"],
    "special": [
        "Religion",
        "Konfession",
        "Ethnie",
        "Behinderung",
        "Grad der Behinderung (GdB)",
        "Diagnose",
        "health",
    ],
}
HARMLESS = [
    "absender_name", "Gemeindename", "Name der Gemeinde", "Kursname", "Status", "Ziel 1", "Status Ziel 1",
    "Altersgruppe", "Geburtsjahr", "lieblingsfarbe", "Datum", "Kanal", "Haushaltsjahr", "Maßnahme",
    "Name der Unterkunft", "Name des Kurses", "Name des Trägers", "Name des Landkreises",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "heading"), [(kind, each) for kind, of in ANNOUNCED.items() for each in of])
def test_a_heading_announces_a_kind(kind, heading):
    assert kinds.announced_kind(heading) == kind


@pytest.mark.parametrize("heading", HARMLESS)
def test_a_harmless_heading_announces_nothing(heading):
    assert kinds.announced_kind(heading) is None


def test_no_heading_of_the_format_is_looked_at(office):
    drawn = {table: "" for table in tables() if table != "lieferung"}

    assert office.hands_in(**drawn).counts == {"header-only": len(drawn)}


@pytest.mark.parametrize("heading", ["Vorname", "Date of Birth", "Straße", "IBAN"])
def test_a_column_named_like_a_personal_detail_is_refused_even_if_empty(office, heading):
    imported = office.hands_in(faelle=f"fall_id | {heading}\nF1 | ")

    assert [(each.rule, each.column) for each in imported.findings if each.severity == "fault"] == [
        ("guard-heading", heading)
    ]


def test_an_empty_column_for_free_text_is_a_notice_and_one_word_in_it_refuses_the_delivery(office):
    empty = office.hands_in(faelle="fall_id | Bemerkung\nF1 | \nF2 | ")
    filled = office.hands_in(faelle="fall_id | Bemerkung\nF1 | \nF2 | ruft an")

    assert (empty.accepted, empty.counts["empty-text"]) == (True, 1)
    assert (filled.accepted, filled.counts["guard-heading"]) == (False, 1)


@pytest.mark.parametrize("word", ["-", "\u2014", "keine", "k. A.", "n/a", "#NV"])
def test_a_word_for_nothing_is_nothing_in_a_column_for_free_text(office, word):
    imported = office.hands_in(faelle=f"fall_id | Bemerkung\nF1 | {word}\nF2 | ")

    assert (imported.accepted, imported.counts.get("empty-text")) == (True, 1)


def test_of_a_passport_a_heading_has_a_number_only_with_a_digit():
    assert list(kinds.kinds_in("Passpflicht")) == []
    assert list(kinds.kinds_in("Pass vorhanden seit")) == []
    assert list(kinds.kinds_in("Pass C01X00T47")) == ["passport"]


def test_of_two_columns_for_free_text_of_one_name_both_have_to_be_empty(office):
    imported = office.hands_in(faelle="fall_id | Bemerkung | Bemerkung \nF1 | | ruft an")

    assert (imported.accepted, "empty-text" in imported.counts) == (False, False)


ANSWERED = {
    "Telefon (Anzahl)": "0 3 12",
    "Tel. Beratungen": "1 2",
    "Adresse gemeldet": "ja nein",
    "E-Mail vorhanden": "x",
    "Name geprüft": "Ja NEIN",
    "Pass": "gültig abgelaufen fehlt",
    "Pass gültig bis": "31.12.2027 2028-01-31",
    "Anzahl Adressen": "1 2",
    "Anteil IBAN": "12,5 %",
}
BELIEVED = {
    "Telefon": "123456",
    "Hausnummer": "7 12",
    "Geburtstag": "3 24.12.",
    "Pass": "Nr.7",
    "Initialen": "J N",
    "Adresse gemeldet": "ja Hauptstraße",
    "Bemerkung": "gültig",
    "Telefon (Anzahl)": "",
    "Geb. am": "01.02.2019",
}


def with_column(office, heading, values):
    rows = "\n".join(f"F{at} | {value}" for at, value in enumerate(values.split() or [""]))
    return office.hands_in(faelle=f"fall_id | {heading}\n{rows}")


@pytest.mark.parametrize("heading", ANSWERED)
def test_a_heading_accuses_nobody_whose_values_are_counts_yes_or_no_or_days(office, heading):
    values = ANSWERED[heading].replace(" %", "%")

    assert with_column(office, heading, values).counts == {"unknown-column": 1}


@pytest.mark.parametrize("heading", BELIEVED)
def test_a_heading_is_believed_as_long_as_one_value_may_be_what_it_says(office, heading):
    imported = with_column(office, heading, BELIEVED[heading])

    assert (imported.accepted, imported.counts["guard-heading"]) == (False, 1)


def test_a_heading_that_is_a_value_itself_is_named_by_its_place(office):
    imported = office.hands_in(faelle="fall_id | olena@beispiel.de\nF1 | x")

    assert imported.counts["guard-e-mail"] == 1
    assert "olena" not in repr(imported.groups)
