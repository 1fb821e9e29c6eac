"""Yes and no, money and decimals: every accepted writing reads the same, and nothing else is guessed."""

import pytest


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["ja", "nein", ""], [True, False, None]),
        (["J", "N", "k. A."], [True, False, None]),
        (["1", "0", ""], [True, False, None]),
        (["true", "false", "-"], [True, False, None]),
        (["x", "", "unbekannt"], [True, False, None]),
        (["X", "nein", ""], [True, False, None]),
        (["", "", ""], [None, None, None]),
    ],
)
def test_yes_and_no_in_every_writing(office, written, read):
    office.hands_in(faelle="sprache_zertifiziert | geschlecht\n" + "\n".join(f"{cell} |" for cell in written))

    assert [row[0] for row in office.stored("faelle", "sprache_zertifiziert")] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1234,5", "1.234", "1.234 €"], ["1234.50", "1234.00", "1234.00"]),
        (["1234.5", "12.34", "7"], ["1234.50", "12.34", "7.00"]),
        (["1.234.567", "0,10 €", "10,00€"], ["1234567.00", "0.10", "10.00"]),
        (["999999999,99"], ["999999999.99"]),
    ],
)
def test_money_in_every_writing_is_exact(office, written, read):
    office.hands_in(mittel="betrag_eur\n" + "\n".join(written))

    assert [str(row[0]) for row in office.stored("mittel", "betrag_eur")] == read


@pytest.mark.parametrize(
    "written", ["1,234.56", "1.23.456", "12.34.567,00", "1e3", "0x10", "1 2345,00", "∞", "--1"]
)
def test_what_is_no_money_is_never_read_as_money(office, written):
    assert office.hands_in(mittel=f"betrag_eur\n{written}").counts == {"number": 1}


def test_three_decimals_are_asked_about_even_where_other_values_have_a_decimal_point(office):
    imported = office.hands_in(mittel="betrag_eur\n1.234\n12.50")

    assert imported.counts == {"thousands-or-decimals": 1}
    assert "?" in imported.findings[0].message["de"]


def test_who_has_no_country_is_told_from_whom_nobody_asked(office):
    office.hands_in(faelle="herkunftsland\nstaatenlos\nStaatenlos\nungeklärt\nOhne Angabe\nSyrien")

    assert [row[0] for row in office.stored("faelle", "herkunftsland")] == [
        "staatenlos",
        "staatenlos",
        "ungeklärt",
        None,
        "SY",
    ]


@pytest.mark.parametrize(("version", "counts"), [("1", {}), ("1.1", {}), ("1.2", {"value-list": 1})])
def test_both_versions_of_the_format_are_taken_and_no_other(office, version, counts):
    folder = office.draws(faelle="fall_id\nF1")
    head = folder / "lieferung.csv"
    written = head.read_text(encoding="utf-8")
    assert ";1;" in written
    head.write_text(written.replace(";1;", f";{version};"), encoding="utf-8")

    assert office.hands_in(folder).counts == counts
