"""A cell longer than any value of the format is one fault of its column, however it was handed in."""

import pytest

from data.foundation.limits import Limits
from data.foundation.settings import Settings
from tests.support import books

MOST = Limits().cell_characters
LONG = "x" * (MOST + 1)
WRITTEN = {
    "CSV": lambda office, drawing: office.draws(faelle=drawing),
    "XLSX": lambda office, drawing: books.xlsx(office.folder / "abgabe.xlsx", faelle=drawing),
    "ODS": lambda office, drawing: books.ods(office.folder / "abgabe.ods", faelle=drawing),
}


def said(imported):
    return [(each.rule, each.line, each.column) for each in imported.findings if each.severity == "fault"]


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("column", ["herkunftsland", "foo", "religion"])  # known, unknown, of Art. 9
def test_it_is_one_fault_of_its_column_with_its_line_and_never_its_value(office, kind, column):
    drawing = f"fall_id | {column}\nF1 |\nF2 | {LONG}\nF3 | {LONG}"

    imported = office.hands_in(WRITTEN[kind](office, drawing))

    assert said(imported) == [("cell-too-long", 3, column)]
    assert imported.counts["cell-too-long"] == 2
    (fault,) = (each for each in imported.findings if each.severity == "fault")
    for message, most in ((fault.message["de"], "10.000"), (fault.message["en"], "10,000")):
        assert f"'{column}'" in message
        assert f"{most} (DASHBOARD_LIMIT_CELL_CHARACTERS)" in message
    assert LONG[:100] not in repr(imported)
    assert not list(office.settings.store.glob("deliveries/*"))


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_heading_that_is_too_long_is_named_by_its_place(office, kind):
    imported = office.hands_in(
        WRITTEN[kind](office, f"fall_id | ags | aufnahme_am | {LONG}\nF1 | 08111000 | 05.01.2024 |")
    )

    assert ("cell-too-long", 1, "#4") in said(imported)
    assert LONG[:100] not in repr(imported)


@pytest.mark.parametrize("kind", WRITTEN)
def test_characters_are_counted_and_not_bytes(office, kind):
    imported = office.hands_in(WRITTEN[kind](office, f"fall_id | foo\nF1 | {'ü' * MOST}"))

    assert "cell-too-long" not in imported.counts


def test_each_column_has_a_fault_of_its_own_and_the_other_rows_are_checked_too(office):
    drawing = f"fall_id | ags | foo\nF1 | {LONG} | {LONG}\nF2 | gestern | \nF3 | 08111000 | {LONG}"

    imported = office.hands_in(faelle=drawing)

    assert said(imported) == [
        ("cell-too-long", 2, "ags"), ("cell-too-long", 2, "foo"), ("area-digits", 3, "ags"),
    ]  # fmt: skip
    assert imported.counts["cell-too-long"] == 3


@pytest.mark.parametrize("cell", ["x" * 200_000, "line\n" * 40_000, "x;" * 300_000])
def test_a_cell_in_quotes_is_told_from_a_quote_that_is_not_closed(office, cell):
    folder = office.draws(faelle="fall_id\nF1")
    lines = ["fall_id;ags;aufnahme_am", f'F-0001;"{cell}";05.01.2024', "F-0002;08111000;gestern"]
    (folder / "faelle.csv").write_text("\n".join(lines), encoding="utf-8")

    after = 3 + cell.count("\n")
    assert said(office.hands_in(folder)) == [("cell-too-long", 2, "ags"), ("date", after, "aufnahme_am")]


def test_an_operator_sets_the_limit(office):
    office.settings = Settings(office.settings.store, "localhost", 0, limits=Limits(cell_characters=20_000))

    assert office.hands_in(faelle=f"fall_id | foo\nF1 | {LONG}").counts == {"unknown-column": 1}
    assert said(office.hands_in(faelle=f"fall_id | foo\nF1 | {LONG * 2}")) == [("cell-too-long", 2, "foo")]


def test_a_limit_above_what_can_be_read_is_a_finding_too(office):
    most = Limits(cell_characters=10**8, line_characters=10**8)
    office.settings = Settings(office.settings.store, "localhost", 0, limits=most)

    imported = office.hands_in(faelle=f'fall_id | foo\nF1 | "{"x" * 1_100_000}"\nF2 | ')

    assert [rule for rule, _, _ in said(imported)] == ["broken-quotes"]


def test_a_line_of_cells_none_of_which_is_too_long_can_be_too_long(office):
    folder = office.draws(faelle="fall_id\nF1")
    header = "fall_id;ags;aufnahme_am" + ";foo" * 150
    lines = [
        header,
        'F-0001;"08111000";05.01.2024' + ";" * 150,
        "F-0002;08111000;x" + f";{'7' * 9_000}" * 150,
    ]
    (folder / "faelle.csv").write_text("\n".join(lines), encoding="utf-8")

    assert said(office.hands_in(folder)) == [("broken-quotes", 3, None)]
