"""Each shipped profile, with a sample of the export it is for: every value that arrives in the store."""

import pytest

from data.deliveries.profiles.loading import load_file
from data.deliveries.profiles.saved import SHIPPED
from tests.deliveries.profiles.conftest import SAMPLES, filled, shipped

FLAT_CASES = """
    fall_id | ags      | integrationsmanager_id | aufnahme_am | beendet_am | beendigungsgrund                | altersgruppe | geschlecht | herkunftsland | aufenthaltsstatus      | haushaltstyp | unterbringung            | leistungsbezug | sprachniveau | sprache_zertifiziert | kompetenzen      | integrationsplan_am
    FB-1001 | 08115003 | IM-0001                | 2024-01-05  |            |                                 | 27-44        | männlich   | SY            | Aufenthaltserlaubnis   | Familie      | Anschlussunterbringung   | SGB II         | A2           | true                 | IT,Pflege        | 2024-01-20
    FB-1002 | 08115003 | IM-0001                | 2024-02-12  | 2025-06-30 | Ziele erreicht – selbstständig  | 18-26        | weiblich   | UA            | § 24 AufenthG          | Einzelperson | privater Wohnraum        | keiner         | B1           | false                |                  | 2024-03-01
    FB-1003 | 08115045 | IM-0002                | 2024-03-01  |            |                                 | 45-64        | weiblich   | AF            | Aufenthaltsgestattung  | Familie      | vorläufige Unterbringung | AsylbLG        | kein         | false                | Handwerk         |
    FB-1004 | 08115045 | IM-0002                | 2025-07-01  |            |                                 |              | divers     | IQ            | Duldung                | Einzelperson | Anschlussunterbringung   | AsylbLG        | A1           |                      | weitere Sprachen | 2025-07-15
"""
FLAT_GOALS = """
    ziel_id              | fall_id | zielbereich        | zielstatus    | vereinbart_am | frist      | abgeschlossen_am
    7ad5d614a4db114b482f | FB-1001 | Sprache            | In Umsetzung  | 2024-01-20    | 2026-12-31 |
    9ff8637896c81e632625 | FB-1001 | Arbeitsmarkt       | Vorgeschlagen |               |            |
    ea754913800176e36bd6 | FB-1002 | Ausbildung/Studium | Ziel erreicht | 2024-03-01    | 2025-06-30 | 2025-06-15
    4201bb0aa1c181ef4e96 | FB-1004 | Wohnung            | Ziel verfehlt | 2025-07-15    | 2025-12-31 | 2025-12-31
    1e1d2201f1b477ead9da | FB-1004 | Sprache            | Vereinbart    | 2025-08-01    |            |
"""
LONG_HEAD = """
    absender_id  | absender_name | absender_art   | stichtag   | format_version | software
    stadt-muster | Stadt Muster  | Stadt/Gemeinde | 2026-09-30 | 1              | Fallwerk 12
"""
LONG_CASES = """
    fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund               | altersgruppe | geschlecht | herkunftsland | aufenthaltsstatus    | unterbringung            | schulabschluss      | sprachniveau | beschaeftigung              | integrationsplan_am | plan_fortgeschrieben_am
    LT-0001 | 08115003 | 2024-01-05  |            |                                | 27-44        | männlich   | SY            | Aufenthaltserlaubnis | Anschlussunterbringung   | Hochschulreife      | A2           | Sprachkurs                  | 2024-01-20          | 2025-03-01
    LT-0002 | 08115003 | 2024-02-12  | 2025-06-30 | Ziele erreicht – selbstständig | 18-26        | weiblich   | UA            | § 24 AufenthG        | privater Wohnraum        | mittlerer Abschluss | B2           | sozialversicherungspflichtig | 2024-03-01          |
    LT-0003 | 08115045 | 2024-03-01  |            |                                | 65+          | weiblich   | AF            | Duldung              | vorläufige Unterbringung | kein                | A1           | keine                       |                     |
"""
LONG_GOALS = """
    ziel_id | fall_id | zielbereich  | zielstatus    | vereinbart_am | frist      | abgeschlossen_am
    ZL-0001 | LT-0001 | Sprache      | In Umsetzung  | 2024-01-20    | 2026-12-31 |
    ZL-0002 | LT-0001 | Arbeitsmarkt | Vereinbart    | 2024-06-01    |            |
    ZL-0003 | LT-0002 | Wohnung      | Ziel erreicht | 2024-03-01    | 2024-12-31 | 2024-11-15
"""
ENGLISH_HEAD = """
    absender_id | absender_name      | absender_art | stichtag   | format_version | software
    lra-muster  | Landratsamt Muster | Landkreis    | 2026-09-30 | 1              | CaseBook 4
"""
ENGLISH_CASES = """
    fall_id | ags      | integrationsmanager_id | aufnahme_am | beendet_am | beendigungsgrund | altersgruppe | geschlecht | herkunftsland | aufenthaltsstatus     | unterbringung            | sprachniveau | sprache_zertifiziert | beschaeftigung              | kompetenzen     | integrationsplan_am
    U1-0001 | 08115003 | CM-0001                | 2024-01-05  |            |                  | 27-44        | männlich   | SY            | Aufenthaltserlaubnis  | Anschlussunterbringung   | A2           | true                 | Sprachkurs                  | Pflege,Handwerk | 2024-01-20
    U1-0002 | 08115003 | CM-0001                | 2024-02-12  | 2025-06-30 | Wegzug           | 18-26        | weiblich   | UA            | § 24 AufenthG         | privater Wohnraum        | B1           | false                | sozialversicherungspflichtig |                 | 2024-03-01
    U2-0001 | 08115045 | CM-0002                | 2024-03-31  |            |                  |              |            | AF            | Aufenthaltsgestattung | vorläufige Unterbringung | kein         | false                | keine                       | IT              |
"""
ENGLISH_GOALS = """
    ziel_id | fall_id | zielbereich        | zielstatus    | vereinbart_am | frist      | abgeschlossen_am
    G-0001  | U1-0001 | Sprache            | In Umsetzung  | 2024-01-20    | 2026-12-31 |
    G-0002  | U1-0001 | Arbeitsmarkt       | Vorgeschlagen |               |            |
    G-0003  | U1-0002 | Ausbildung/Studium | Ziel erreicht | 2024-03-01    | 2025-06-30 | 2025-06-15
"""
ENGLISH_TALKS = """
    beratung_id | fall_id | datum      | art              | kanal      | thema      | dauer_min
    A-0001      | U1-0001 | 2024-01-05 | Einzelperson     | persönlich | Sprache    | 45
    A-0002      | U1-0002 | 2024-02-12 | Familienberatung | Video      | Aufenthalt | 30
    A-0003      | U2-0001 | 2025-12-24 | Gruppe           | Telefon    | Leistungen | 90
"""


@pytest.mark.parametrize(
    ("sample", "profile", "given", "counts", "expected"),
    [
        (
            "fallblatt.csv", "fallblatt", {"sender": "amt-a", "reporting_date": "30.09.2026"},
            {"leading-zero": 1}, {"faelle": FLAT_CASES, "ziele": FLAT_GOALS},
        ),
        (
            "langtexte.xlsx", "langtexte", {"sender": "stadt-muster"},
            {"leading-zero": 3, "lines-above": 1}, {"lieferung": LONG_HEAD, "faelle": LONG_CASES, "ziele": LONG_GOALS},
        ),
        (
            "english", "english", {"sender": "lra-muster"}, {},
            {
                "lieferung": ENGLISH_HEAD, "faelle": ENGLISH_CASES, "ziele": ENGLISH_GOALS,
                "beratungen": ENGLISH_TALKS,
            },
        ),
    ],
)  # fmt: skip
def test_a_sample_arrives_in_the_store_value_by_value(office, sample, profile, given, counts, expected):
    imported = office.hands_in(SAMPLES / sample, shipped(profile), **given)

    assert imported.accepted, imported.findings
    assert imported.counts == counts
    assert {table: office.stored(table) for table in imported.rows} == {
        table: filled(drawing) for table, drawing in expected.items()
    }
    assert all(f"Profil {profile}" in each.text for each in imported.recognised)


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.stem)
def test_a_shipped_profile_is_sound_and_named_like_its_file(file):
    assert load_file(file).name == file.stem
