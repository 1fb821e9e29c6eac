"""Listed values and words for missing that are written otherwise: read as what they mean, and said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.deliveries.format.schema import tables, value_list
from data.foundation.settings import Settings
from tests.deliveries.conftest import Office
from tests.support import bilingual, books, effort

CASES = """
    fall_id | geschlecht | altersgruppe | unterbringung              | beschaeftigung | sprachniveau
    F-0001  | W          | 18 – 26      | Vorlaeufige  Unterbringung | selbständig    | a1
    F-0002  | Männlich   | 65 +         | privater Wohnraum          | MASSNAHME      | kein
    F-0003  | w          | 27-44        | Unbekannt                  | k.A.           | ohne angabe
"""
READ = [
    ("F-0001", "weiblich", "18-26", "vorläufige Unterbringung", "selbstständig", "A1"),
    ("F-0002", "männlich", "65+", "privater Wohnraum", "Maßnahme", "kein"),
    ("F-0003", "weiblich", "27-44", None, None, None),
]
WRITERS = {
    "folder": lambda office: office.draws(faelle=CASES),
    "xlsx": lambda office: books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES),
    "ods": lambda office: books.ods(office.folder / "abgabe.ods", faelle=CASES),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_it_is_read_as_the_listed_value_and_said_once_for_each_column(office, kind):
    imported = office.hands_in(WRITERS[kind](office))

    columns = "fall_id, geschlecht, altersgruppe, unterbringung, beschaeftigung, sprachniveau"
    assert office.stored("faelle", columns) == READ
    assert {group.column: (group.rule, group.count) for group in imported.groups} == {
        "geschlecht": ("synonym", 3),
        "altersgruppe": ("synonym", 2),
        "unterbringung": ("synonym", 1),
        "beschaeftigung": ("synonym", 2),
        "sprachniveau": ("synonym", 1),
    }
    first = next(each for each in imported.findings if each.column == "geschlecht")
    assert (first.severity, first.line, first.value) == ("notice", 2, "W")
    for said in (first.message["de"], first.message["en"]):
        assert "Männlich → männlich · W → weiblich · w → weiblich" in said
    assert not [each for each in imported.findings if bilingual.mixed(each)]


def test_required_values_and_a_value_that_depends_on_another_are_read_too(office):
    imported = office.hands_in(
        faelle="fall_id\nF-0001",
        ziele="zielbereich | zielstatus | vereinbart_am\nausbildung / studium | IN UMSETZUNG | 01.02.2024",
        verlauf="merkmal | wert\nSprachniveau | b1",
    )

    assert imported.counts == {"synonym": 4}
    assert office.stored("ziele", "zielbereich, zielstatus") == [("Ausbildung/Studium", "In Umsetzung")]
    assert office.stored("verlauf", "merkmal, wert") == [("sprachniveau", "B1")]


@pytest.mark.parametrize(
    "word", ["Unbekannt", "UNBEKANNT", "k.A.", "K. A.", "o.A.", "ohne Angabe", "k.\u00a0A."]
)
def test_words_for_missing_are_missing_however_they_are_written(office, word):
    columns = (
        "beendet_am | beendigungsgrund | herkunftsland | sprache_zertifiziert | kompetenzen | geschlecht"
    )
    row = " | ".join([word] * 6)

    imported = office.hands_in(faelle=f"{columns}\n{row}", beratungen=f"fall_id | dauer_min\nF-0001 | {word}")

    assert imported.counts == {}
    assert office.stored("faelle", columns.replace("|", ",")) == [(None,) * 6]
    assert office.stored("beratungen", "dauer_min") == [(None,)]


def test_what_is_missing_where_it_is_required_is_a_fault_and_no_key(office):
    imported = office.hands_in(
        faelle="fall_id | ags | integrationsmanager_id\nUnbekannt | 08111000 | UNBEKANNT\nF-0002 | K.A. | "
    )

    found = [(each.rule, each.line, each.column) for each in imported.findings]
    assert found == [("required", 2, "fall_id"), ("required", 3, "ags")]


def test_a_value_that_means_nothing_in_the_list_stays_a_fault_beside_one_that_does(office):
    imported = office.hands_in(faelle="geschlecht\nw\nErika Mustermann\nUnbekannt\nm")

    assert not imported.accepted
    assert imported.counts["value-list"] == 1
    (fault,) = [each for each in imported.findings if each.rule == "value-list"]
    assert (fault.line, fault.column) == (3, "geschlecht")


def test_the_count_is_exact_above_the_rows_that_are_kept(office):
    imported = office.hands_in(
        faelle="fall_id | geschlecht\n" + "\n".join(f"F{n:05} | w" for n in range(1200))
    )

    assert imported.counts == {"synonym": 1200}
    assert imported.accepted


LISTED = [
    (table, field, value)
    for table in tables().values()
    for field in table.fields
    if field.type == "string" and "x-value-of" not in field.rules and table.name in ("faelle", "beratungen")
    for value in value_list(table, field) or ()
    if field.name != "beendigungsgrund"
]
HOW = [
    str.upper,
    str.lower,
    lambda value: value.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    lambda value: value.replace("-", " – ").replace("/", " / "),
    lambda value: value.replace(" ", "  "),
]


@settings(max_examples=effort.of(25, 500), deadline=None)
@given(listed=st.sampled_from(LISTED), how=st.lists(st.sampled_from(HOW), max_size=3))
def test_every_listed_value_is_known_again_however_it_is_written(connection, tmp_path_factory, listed, how):
    table, field, value = listed
    folder = tmp_path_factory.mktemp("otherwise")
    office = Office(folder, Settings(folder / "store", "localhost", 0), connection)
    written = value
    for each in how:
        written = each(written)

    drawings = {"faelle": "fall_id\nF-0001", table.name: f"{field.name}\n{written}"}
    imported = office.hands_in(**drawings)

    assert imported.counts == ({} if written == value else {"synonym": 1}), imported.findings
    assert office.stored(table.name, field.name) == [(value,)]


def test_synonyms_mean_values_of_their_list():
    for table in tables().values():
        for field in table.fields:
            assert set(field.rules.get("x-synonyms", {}).values()) <= set(value_list(table, field) or ())
