"""What offices and their spreadsheets write is read as what it means, and said; what is not sure is asked."""

import datetime
from decimal import Decimal

import pytest

DAY = datetime.date(2025, 2, 3)
HEAD = (
    "absender_id | absender_name | absender_art | stichtag | format_version\n"
    "amt-a | 's Rathaus | Stadt/Gemeinde | 30.06.2026 | 1.1"
)
NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("03.02.2025 00:00:00", ["date-time"]),
        ("2025-02-03 00:00:00", ["date-time"]),
        ("2025-02-03T14:10:07", ["date-time"]),
        ("2025-02-03T00:00:00+01:00", ["date-time"]),
        ("2025-02-03T00:00:00Z", ["date-time"]),
        ("2025-02-03 21:59:59.999Z", ["date-time"]),
        ("03.02.2025 14:10", ["date-time"]),
        ("3.2.2025", ["date-short"]),
        ("3. 2. 2025", ["date-short"]),
        ("3.2.2025 00:00", ["date-short", "date-time"]),
        ("3. Februar 2025", ["date-month-name"]),
        ("03-Feb-2025", ["date-month-name"]),
        ("Montag, 3. Februar 2025", ["date-month-name"]),
        ('="03.02.2025"', ["text-formula"]),
        ("'03.02.2025", ["leading-apostrophe"]),
        ("' 3.2.2025", ["date-short", "leading-apostrophe"]),
        ("\ufeff03.02.2025\u200b", ["invisible-signs"]),
    ],
)
def test_a_date_is_read_however_an_office_writes_it(office, written, rules):
    imported = office.hands_in(mittel=f"gebucht_am\n{written}\n{written}")

    assert imported.counts == dict.fromkeys(rules, 2)
    assert office.stored("mittel", "gebucht_am") == [(DAY,), (DAY,)]


@pytest.mark.parametrize(
    "written",
    [
        "31.2.2025",
        "'31.2.2025",
        "'03.02.2025'",
        "03/02/2025",
        "3.2.25",
        "2025-02-02T23:00:00Z",
        "2025-02-02T22:00Z",
        "3. Foo 2025",
    ],
)
def test_what_may_be_another_day_is_none(office, written):
    assert office.hands_in(mittel=f"gebucht_am\n{written}").counts == {"date": 1}


def test_an_apostrophe_is_left_out_only_where_a_value_with_it_would_be_none(office):
    imported = office.hands_in(faelle="ags\n'08111000", lieferung=HEAD)

    assert imported.counts == {"leading-apostrophe": 1}
    assert imported.head.name == "'s Rathaus"


def test_months_of_march_and_december_in_both_languages(office):
    drawn = "gebucht_am\n1. März 2025\n1 Mrz 2025\n1-Mar-2025\n1. Dez. 2025\n1 December 2025"

    assert office.hands_in(mittel=drawn).counts == {"date-month-name": 5}
    march, december = datetime.date(2025, 3, 1), datetime.date(2025, 12, 1)
    assert office.stored("mittel", "gebucht_am") == [(march,)] * 3 + [(december,)] * 2


def test_a_month_alone_is_its_first_day_where_a_month_is_asked(office):
    drawn = "stelle_id | monat\nS1 | Januar 2025\nS2 | 01/2025\nS3 | 2025-01"

    assert office.hands_in(stellen=drawn).counts == {"date-month": 3}
    assert office.stored("stellen", "distinct monat") == [(datetime.date(2025, 1, 1),)]
    assert office.hands_in(mittel="gebucht_am\nJanuar 2025").counts == {"date": 1}


def test_the_number_of_a_day_is_asked_about(office):
    imported = office.hands_in(mittel="gebucht_am\n45691")

    assert [(group.rule, group.severity) for group in imported.groups] == [("date-serial", "warning")]
    assert office.stored("mittel", "gebucht_am") == [(DAY,)]
    assert office.hands_in(mittel="gebucht_am\n12345").counts == {"date": 1}


@pytest.mark.parametrize("turned", ["14. Jun", "Jun 14", "14.06.2026", "2014-06-01", "2014-06-01 00:00:00"])
def test_an_age_group_that_became_a_date_is_told_as_that_with_its_value(office, turned):
    imported = office.hands_in(faelle=f"altersgruppe\n15-17\n{turned}")

    assert imported.counts == {"age-group-date": 1}
    (finding,) = imported.groups[0].findings
    assert (finding.line, finding.value) == (3, turned)


def test_yes_and_no_as_spreadsheets_write_them(office):
    words = ["WAHR", "Falsch", "TRUE", "no", "-1", "0", "\u22121", "JA", "Nein", "yes", "1,0", "0.0", "-1.0"]

    imported = office.hands_in(faelle="sprache_zertifiziert\n" + "\n".join(words))

    assert imported.counts == {"boolean-written": 9}
    meant = [True, False, True, False, True, False, True, True, False, True, True, False, True]
    assert [value for (value,) in office.stored("faelle", "sprache_zertifiziert")] == meant


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("08 4 25 008", ["area-blanks"]),
        (f"08{NBSP}425{NBSP}008", ["area-blanks"]),
        ('="08425008"', ["text-formula"]),
        ("8425008,0", ["area-decimals", "leading-zero"]),
        ("8425008.00", ["area-decimals", "leading-zero"]),
        ("084255002008", ["area-ars"]),
        ("84255002008", ["area-ars"]),
        ("84255002008,0", ["area-ars", "area-decimals"]),
        ("08 4 25 5002 008", ["area-ars", "area-blanks"]),
    ],
)
def test_an_area_is_known_by_its_key_however_it_is_written(office, written, rules):
    imported = office.hands_in(faelle=f"ags\n{written}")

    assert imported.counts == dict.fromkeys(rules, 1)
    assert office.stored("faelle", "ags") == [("08425008",)]


def test_the_regional_key_of_a_kreis_is_its_key(office):
    imported = office.hands_in(mittel="ags | kreis\n | 084250000000\n | 08 4 25")

    assert imported.counts == {"area-ars": 1, "area-blanks": 1}
    assert office.stored("mittel", "kreis") == [("08425",), ("08425",)]


def test_a_key_of_another_land_stays_a_fault_whatever_it_is_written_like(office):
    assert office.hands_in(faelle="ags\n09 1 62 000").counts == {"area-unknown": 1}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("1 234,50", "number-blanks"),
        (f"1{NBSP}234,50", "number-blanks"),
        (f"1{NARROW}234,50", "number-blanks"),
        ("1'234,50", "number-blanks"),
        ("1.234,50 EUR", "number-currency"),
        ("EUR 1.234,50", "number-currency"),
        ("€ 1234,50", "number-currency"),
        ("1234,50Euro", "number-currency"),
        ("+1.234,50", "number-plus"),
        ("+ 1234,50", "number-plus"),
        ("1.234,50 +", "number-plus"),
    ],
)
def test_an_amount_is_read_with_blanks_and_its_currency(office, written, rule):
    assert office.hands_in(mittel=f"betrag_eur\n{written}").counts == {rule: 1}
    assert office.stored("mittel", "betrag_eur") == [(Decimal("1234.50"),)]


@pytest.mark.parametrize(
    "written", ["1234,50-", "\u22121234,50", "1.234,50 -", "\u20131.234,50", "- 1.234,50"]
)
def test_a_minus_is_one_wherever_it_stands(office, written):
    drawn = f"betrag_eur | gebucht_am\n2000,00 | 01.02.2024\n{written} | 02.02.2024"

    assert office.hands_in(mittel=drawn).counts == {"number-minus": 1}
    assert office.stored("mittel", "betrag_eur") == [(Decimal("2000.00"),), (Decimal("-1234.50"),)]


def test_parentheses_are_asked_about_and_the_currency_may_stand_in_them_or_behind_the_minus(office):
    drawn = "betrag_eur | gebucht_am\n200000,00 | 01.02.2024" + "".join(
        f"\n{written} | 02.02.2024"
        for written in (
            *("(1.234,50)", "(1.234,50) €", "(1.234,50 €)", "( EUR 1.234,50 )"),
            *("-EUR 1.234,50", "\u2212 € 1234,50", "1.234,50 EUR-"),
        )
    )
    imported = office.hands_in(mittel=drawn)

    assert {group.rule: (group.severity, group.count) for group in imported.groups} == {
        "number-parentheses": ("warning", 4),
        "number-currency": ("notice", 5),
        "number-minus": ("notice", 3),
    }
    assert office.stored("mittel", "betrag_eur") == [(Decimal("200000.00"),), *[(Decimal("-1234.50"),)] * 7]


def test_a_currency_between_two_numbers_parts_no_thousands(office):
    assert office.hands_in(mittel="betrag_eur\n1 EUR 234").counts == {"number": 1}


def test_a_whole_number_may_have_decimals_that_are_zero(office):
    imported = office.hands_in(faelle="fall_id\nF-0001", beratungen="dauer_min\n30,0\n45.00\n30,5")

    assert imported.counts == {"whole-decimals": 2, "integer": 1}


def test_missing_has_many_words(office):
    words = ["keine Angabe", "Nicht bekannt", "nicht erfasst", "---", "n/a", "#NV", "N/A"]
    words += ["k. Angabe", "nicht erhoben", "weiß nicht", "./.", "-/-"]
    dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\uff0d"

    imported = office.hands_in(faelle="geschlecht\n" + "\n".join([*words, *dashes]) + "\nweiblich")

    assert imported.counts == {}
    assert office.stored("faelle", "count(*), count(geschlecht)") == [(22, 1)]


def test_letters_of_two_signs_and_countries_in_capitals_are_read(office):
    imported = office.hands_in(faelle="herkunftsland\nTu\u0308rkei\nSYRIEN\nTürkei\nSTAATENLOS")

    assert imported.counts == {"decomposed-letters": 1, "synonym": 2}
    assert office.stored("faelle", "herkunftsland") == [("TR",), ("SY",), ("TR",), ("staatenlos",)]


def test_a_country_is_known_by_its_official_name_its_usual_one_and_its_key(office):
    written = [
        "Türkiye",
        "Republik Kosovo",
        "Moldau",
        "Elfenbeinküste",
        "475",
        "997",
        "ungeklärt",
        "163",
        "999",
        "Republik Côte d\u2019Ivoire",
        "Cote d\u00b4Ivoire",
    ]

    imported = office.hands_in(faelle="herkunftsland\n" + "\n".join(written))

    assert imported.counts == {}
    read = ["TR", "XK", "MD", "CI", "SY", "staatenlos", "ungeklärt", "TR", None, "CI", "CI"]
    assert [country for (country,) in office.stored("faelle", "herkunftsland")] == read


OFFICIAL = {
    "Arabische Republik Syrien": "SY", "Islamische Republik Iran": "IR", "Republik Türkei": "TR",
    "Demokratische Bundesrepublik Äthiopien": "ET", "Bolivarische Republik Venezuela": "VE",
    "Vereinigte Mexikanische Staaten": "MX", "Union der Komoren": "KM", "Republik Cabo Verde": "CV",
    "Königreich Eswatini": "SZ", "Republik Nordmazedonien": "MK", "Kirgisische Republik": "KG",
    "Demokratische Republik São Tomé und Príncipe": "ST", "Unabhängiger Staat Samoa": "WS",
}  # fmt: skip
USUAL = {
    "Syrien, Arab. Republik": "SY", "Weißrussland": "BY", "Birma": "MM", "Swasiland": "SZ", "Osttimor": "TL",
    "Kap Verde": "CV", "Moldawien": "MD", "Hongkong": "HK", "Nord-Korea": "KP", "Tschechei": "CZ",
    "Färöer-Inseln": "FO", "Republik Myanmar": "MM", "Taiwan, Republik China": "TW", "Burkina-Faso": "BF",
}  # fmt: skip
SHORTENED = {
    "Rep. Moldau": "MD", "Islam. Rep. Iran": "IR", "Arab. Rep. Syrien": "SY", "Bosnien & Herzegowina": "BA",
    "Demokr. Rep. Kongo": "CD", "Ver. Staaten": "US", "staatenl.": "staatenlos",
    "Staatenlose(r)": "staatenlos", "ungekl.": "ungeklärt", "Nationalität ungeklärt": "ungeklärt",
    "Staatsangehörigkeit nicht geklärt": "ungeklärt",
}  # fmt: skip
OF_PASSPORTS = {"SYR": "SY", "AFG": "AF", "UKR": "UA", "XKX": "XK", "D R KONGO": "CD"}


WITH_CODE = {
    "Syrien (SY)": "SY", "IQ - Irak": "IQ", "Türkei/TR": "TR", "475 Syrien": "SY", "Syrien [SYR]": "SY",
    "Kosovo (XK)": "XK", "staatenlos (997)": "staatenlos",
}  # fmt: skip


@pytest.mark.parametrize("names", [OFFICIAL, USUAL, SHORTENED, OF_PASSPORTS, WITH_CODE])
def test_countries_are_known_by_full_names_other_names_and_the_letters_of_passports(office, names):
    assert office.hands_in(faelle="herkunftsland\n" + "\n".join(names)).accepted
    assert [read for (read,) in office.stored("faelle", "herkunftsland")] == list(names.values())


@pytest.mark.parametrize("written", ["Syrien (IQ)", "Kongo (CD)", "Syrien (ZZ)"])
def test_a_country_whose_code_says_another_one_is_asked_for(office, written):
    assert office.hands_in(faelle=f"herkunftsland\n{written}").counts == {"country": 1}


@pytest.mark.parametrize("key", ["SUN", "SCG", "ANT"])
def test_the_letters_of_a_state_that_became_several_are_no_country(office, key):
    assert office.hands_in(faelle=f"herkunftsland\n{key}").counts == {"country": 1}


@pytest.mark.parametrize("key", ["138", "159", "132"])
def test_the_key_of_a_state_that_is_no_more_is_no_country(office, key):
    assert office.hands_in(faelle=f"herkunftsland\n{key}").counts == {"country": 1}


def test_a_byte_order_mark_that_was_written_twice_is_none(office):
    folder = office.draws(faelle="fall_id\nF-0001")
    file = folder / "faelle.csv"
    file.write_text("\ufeff\ufeff\ufeff" + file.read_text(encoding="utf-8"), encoding="utf-8")

    assert office.hands_in(folder).counts == {}


def test_a_short_number_is_an_id(office):
    folder = office.draws(faelle="fall_id\n1\n2\n3", ziele="fall_id\n1\n3")
    for file in folder.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("---", ""), encoding="utf-8")

    assert office.hands_in(folder).counts == {}
    assert office.stored("faelle", "fall_id") == [("1",), ("2",), ("3",)]


def test_a_sign_of_money_that_the_format_allows_is_nothing_to_say_beside_a_wrong_amount(office):
    assert office.hands_in(mittel="betrag_eur\n2000,00 €\nzwölf").counts == {"number": 1}
