"""Every rule of the export format is reached by a file that breaks it, and found in the right line."""

import tomllib

import pytest

from data.deliveries.format import findings
from tests.support import bilingual

# rule, table, drawing, line, column
BROKEN = [
    ("required", "faelle", "fall_id | ags\nF1 | 08111000\nF2 | ", 3, "ags"),
    ("required", "ziele", "zielbereich\nOhne Angabe", 2, "zielbereich"),
    ("date", "faelle", "aufnahme_am\n05.01.2024\n31.02.2024", 3, "aufnahme_am"),
    ("date", "faelle", "aufnahme_am\n1.4.25", 2, "aufnahme_am"),
    ("range", "faelle", "aufnahme_am\n31.12.2014", 2, "aufnahme_am"),
    ("range", "beratungen", "dauer_min\n600\n601", 3, "dauer_min"),
    ("range", "mittel", "haushaltsjahr\n2016", 2, "haushaltsjahr"),
    ("range", "ziele", "frist\n01.01.2204", 2, "frist"),
    ("number", "mittel", "betrag_eur\n1000,00\n12,345", 3, "betrag_eur"),
    ("number", "stellen", "vzae_besetzt\nvoll", 2, "vzae_besetzt"),
    ("integer", "beratungen", "dauer_min\n30\n30,5", 3, "dauer_min"),
    ("thousands-or-decimals", "mittel", "betrag_eur\n500\n1.234", 3, "betrag_eur"),
    ("thousands-or-decimals", "kontext", "einwohner\n1.234", 2, "einwohner"),
    ("mixed-decimals", "mittel", "betrag_eur\n1,50\n1,75\n1.25", 4, "betrag_eur"),
    (
        "mixed-dates",
        "faelle",
        "aufnahme_am | beendet_am\n05.01.2024 | 05.02.2024\n05.01.2024 | 2024-02-05",
        3,
        "beendet_am",
    ),
    ("boolean", "faelle", "sprache_zertifiziert\nja\nvielleicht", 3, "sprache_zertifiziert"),
    ("value-list", "faelle", "geschlecht\nweiblich\nx", 3, "geschlecht"),
    ("synonym", "faelle", "geschlecht\nweiblich\nm", 3, "geschlecht"),
    ("value-of", "verlauf", "merkmal | wert\nbeschaeftigung | Minijob\nsprachniveau | Minijob", 3, "wert"),
    ("list", "faelle", "kompetenzen\nIT,Pflege\nIT,Jonglieren", 3, "kompetenzen"),
    ("pattern", "faelle", "fall_id\nF 1!", 2, "fall_id"),
    ("country", "faelle", "herkunftsland\nSyrien\nAtlantis", 3, "herkunftsland"),
    ("area-digits", "faelle", "ags\n08111000\n811", 3, "ags"),
    ("area-unknown", "faelle", "ags\n08111000\n08999999", 3, "ags"),
    ("leading-zero", "faelle", "ags\n08111000\n8111000", 3, "ags"),
    ("not-before", "faelle", "beendet_am\n01.01.2024\n31.12.2023", 3, "beendet_am"),
    ("not-before", "faelle", "integrationsplan_am\n02.12.2023\n01.12.2023", 3, "integrationsplan_am"),
    (
        "not-before",
        "ziele",
        "zielstatus | vereinbart_am | abgeschlossen_am\nZiel verfehlt | 02.01.2024 | 01.01.2024",
        2,
        "abgeschlossen_am",
    ),
    ("odd-before", "faelle", "integrationsplan_am | beendet_am\n01.03.2024 | 01.02.2024", 2, "beendet_am"),
    ("after-reporting-date", "beratungen", "datum\n30.09.2026\n01.10.2026", 3, "datum"),
    (
        "only-with",
        "faelle",
        "beendet_am | beendigungsgrund\n01.02.2024 | Wegzug\n | Wegzug",
        3,
        "beendigungsgrund",
    ),
    ("required-when", "ziele", "zielstatus | vereinbart_am\nNeu | \nVereinbart | ", 3, "vereinbart_am"),
    ("required-when", "ziele", "zielstatus | abgeschlossen_am\nZiel erreicht | ", 2, "abgeschlossen_am"),
    ("not-above", "stellen", "vzae_bewilligt | vzae_besetzt\n0,5 | 0,5\n0,5 | 0,75", 3, "vzae_besetzt"),
    (
        "minimum-above-zero",
        "stellen",
        "vzae_bewilligt | vzae_besetzt\n0,00 | 0,00\n0,2 | 0,1",
        3,
        "vzae_bewilligt",
    ),
    ("first-of-month", "stellen", "monat\n02.01.2024", 2, "monat"),
    ("one-of-both", "mittel", "ags | kreis\n08111000 | 08111", 2, "ags"),
    ("one-of-none", "mittel", "ags | kreis\n | 08111\n | ", 3, "ags"),
    ("filled-from", "mittel", "haushaltsjahr\n2024\n2025", 3, "kreis"),
    (
        "odd-unless-multiple",
        "mittel",
        "haushaltsjahr | stufe | betrag_eur\n"
        "2018 | Planungsrahmen | 3270296,64\n2018 | Planungsrahmen | 1000,00",
        3,
        "betrag_eur",
    ),
    (
        "negative",
        "mittel",
        "betrag_eur | gebucht_am\n100,00 | 02.01.2024\n-50,00 | 03.01.2024\n-50,00 | 01.01.2024",
        4,
        "betrag_eur",
    ),
    (
        "odd-unless-falling",
        "mittel",
        "stufe | betrag_eur\nbewilligt | 10,00\nausgezahlt | 9,00\nverwendet | 9,50",
        4,
        "stufe",
    ),
    ("unique", "faelle", "fall_id | ags\nF1 | 08111000\nF2 | 08111000\nF1 | 08115003", 4, "fall_id"),
    (
        "unique",
        "stellen",
        "stelle_id | monat | ags\nS1 | 01.01.2024 | 08111000\nS1 | 01.02.2024 | 08111000\n"
        "S1 | 01.01.2024 | 08115003",
        4,
        "stelle_id",
    ),
    (
        "unique",
        "kontext",
        "kreis | stichtag | einwohner\n08111 | 01.01.2024 | 10\n08111 | 01.01.2024 | 11",
        3,
        "ags",
    ),
    ("total-inside", "faelle", "fall_id | ags\nF-0001 | 08111000\nSumme |\nF-0002 | 08111000", 3, "fall_id"),
    ("row-twice", "stellen", "stelle_id\nS1\nS2\nS1", 4, "stelle_id"),
    ("reference", "ziele", "fall_id\nF-0001\nF-9999", 3, "fall_id"),
    (
        "odd-unless-earlier",
        "faelle",
        "fall_id | aufnahme_am | beendet_am | fruehere_fall_id\n"
        "F-0001 | 01.01.2024 | 01.02.2024 |\nF-0002 | 01.02.2024 | | F-0001\nF-0003 | 31.01.2024 | | F-0001",
        4,
        "fruehere_fall_id",
    ),
    ("after-end", "beratungen", "fall_id | datum\nENDED | 01.02.2024\nENDED | 02.02.2024", 3, "datum"),
]
# Ways of writing that are read, told, or asked about: each in line 3 of a file that is sound otherwise.
WRITTEN = [
    ("invisible-signs", "faelle", "sprachniveau\nA1\n\u200bA2", "sprachniveau"),
    ("invisible-signs", "ziele", "fall_id\nF-0001\nF-0001\ufeff", "fall_id"),
    ("decomposed-letters", "faelle", "geschlecht\ndivers\nma\u0308nnlich", "geschlecht"),
    ("leading-apostrophe", "faelle", "ags\n08111000\n'08115003", "ags"),
    ("leading-apostrophe", "ziele", "fall_id\nF-0001\n'F-0001", "fall_id"),
    ("leading-apostrophe", "mittel", "buchung_id\n4711-A\n'4711", "buchung_id"),
    ("text-formula", "faelle", 'ags\n08111000\n="08115003"', "ags"),
    ("date-time", "faelle", "aufnahme_am\n05.01.2024\n05.01.2024 08:15", "aufnahme_am"),
    ("date-short", "faelle", "aufnahme_am\n05.01.2024\n5.1.2024", "aufnahme_am"),
    ("date-month-name", "faelle", "aufnahme_am\n05.01.2024\n5. Januar 2024", "aufnahme_am"),
    ("date-month-name", "faelle", "aufnahme_am\n2024-01-05\n5. Januar 2024", "aufnahme_am"),
    ("date-month", "stellen", "monat\n2024-01-01\nJanuar 2024", "monat"),
    ("date-serial", "faelle", "aufnahme_am\n2024-01-05\n45296", "aufnahme_am"),
    ("boolean-written", "faelle", "sprache_zertifiziert\nja\nwahr", "sprache_zertifiziert"),
    ("area-decimals", "faelle", "ags\n08111000\n08115003,0", "ags"),
    ("area-blanks", "faelle", "ags\n08111000\n08 1 15 003", "ags"),
    ("area-ars", "faelle", "ags\n08111000\n081150003003", "ags"),
    ("number-currency", "mittel", "betrag_eur\n500\n500 EUR", "betrag_eur"),
    ("number-minus", "mittel", "stufe | betrag_eur\nverwendet | 500\nverwendet | \u2212500", "betrag_eur"),
    ("number-plus", "mittel", "betrag_eur\n500\n+500", "betrag_eur"),
    ("number-blanks", "mittel", "betrag_eur\n500\n1 500", "betrag_eur"),
    ("number-parentheses", "mittel", "stufe | betrag_eur\nverwendet | 500\nverwendet | (500)", "betrag_eur"),
    ("whole-decimals", "beratungen", "dauer_min\n30\n30,0", "dauer_min"),
    ("age-group-date", "faelle", "altersgruppe\n15-17\n14. Jun", "altersgruppe"),
]
# Rules about workbooks, or more than one file or delivery, each with a test of its own.
BESIDE = {"error-cell", "after-today", "odd-without", "case-elsewhere", "far-from-last"} | {
    "table-gone", "table-emptied", "column-gone", "column-emptied", "parent-missing", "reference-unchecked",
    "no-record", "header-inside", "table-inside",
    "answered-elsewhere", "renumbered", "ids-unknown",
}  # fmt: skip


@pytest.mark.parametrize(("rule", "table", "drawing", "line", "column"), BROKEN)
def test_a_broken_rule_is_found_at_its_line_and_nothing_else_is(office, rule, table, drawing, line, column):
    cases = "fall_id | aufnahme_am | beendet_am\nF-0001 | 01.01.2024 | \nENDED | 01.01.2024 | 01.02.2024"
    imported = office.hands_in(**{"faelle": cases, table: drawing})

    assert imported.counts == {rule: 1}
    (finding,) = imported.findings
    assert (finding.rule, finding.file, finding.line, finding.column) == (rule, f"{table}.csv", line, column)
    assert imported.accepted == (finding.severity != "fault")
    assert all([finding.message["de"], finding.message["en"], finding.remedy["de"], finding.remedy["en"]])
    assert not bilingual.mixed(finding), finding


@pytest.mark.parametrize(("rule", "table", "drawing", "column"), WRITTEN)
def test_another_writing_is_said_at_its_line_and_nothing_else_is(office, rule, table, drawing, column):
    imported = office.hands_in(**{"faelle": "fall_id\nF-0001", table: drawing})

    assert imported.counts == {rule: 1}
    (finding,) = imported.findings
    assert (finding.rule, finding.file, finding.line, finding.column) == (rule, f"{table}.csv", 3, column)
    assert imported.accepted == (finding.severity != "fault")
    assert not bilingual.mixed(finding), finding


def test_every_rule_about_rows_and_writings_is_in_the_tables_above():
    files = [
        tomllib.loads((findings.RULES / name).read_text("utf-8"))
        for name in ("values.toml", "rows.toml", "writings.toml")
    ]
    reached = {rule for rule, *_ in [*BROKEN, *WRITTEN]}
    assert {rule for file in files for rule in file} - BESIDE == reached


def test_a_required_column_that_is_missing_is_named(office):
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "faelle.csv").write_text("fall_id;aufnahme_am\nF-0001;05.01.2024\n", encoding="utf-8")

    (finding,) = office.hands_in(folder).findings

    assert (finding.rule, finding.line, finding.column) == ("column-missing", 1, "ags")


def test_a_reporting_date_in_the_future_is_refused(office):
    imported = office.hands_in(reporting_date="31.12.2099", faelle="fall_id\nF1")

    assert imported.counts == {"after-today": 1}


def test_a_plan_may_be_thirty_days_older_than_the_case_and_a_deadline_lie_in_the_future(office):
    assert office.hands_in(
        faelle="fall_id | aufnahme_am | integrationsplan_am\nF-0001 | 31.01.2024 | 01.01.2024",
        ziele="frist\n31.12.2030",
    ).accepted


def test_words_for_missing_are_missing_and_no_values(office):
    office.hands_in(
        faelle="""
        geschlecht  | altersgruppe | herkunftsland | sprachniveau | beendet_am
        Ohne Angabe | k. A.        | unbekannt     | -            | o. A.
    """
    )

    assert office.stored("faelle", "geschlecht, altersgruppe, herkunftsland, sprachniveau, beendet_am") == [
        (None,) * 5
    ]


def test_counts_are_exact_and_at_most_a_thousand_rows_of_a_rule_are_kept(office):
    bad = "\n".join(f"F{number:05} | kein Datum | x" for number in range(1200))
    imported = office.hands_in(faelle=f"fall_id | aufnahme_am | geschlecht\n{bad}")

    assert imported.counts == {"date": 1200, "value-list": 1200}
    assert len(imported.findings) == 2 * findings.LISTED_PER_RULE
    assert [each.line for each in imported.findings[:3]] == [2, 3, 4]
