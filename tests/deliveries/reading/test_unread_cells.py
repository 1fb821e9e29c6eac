"""Cells of a workbook that show an error, or a formula without a value, are never taken for missing."""

import pytest
from openpyxl import load_workbook

from tests.support import books

CASES = """
    fall_id | ags      | aufnahme_am | altersgruppe | geschlecht | integrationsplan_am | gruppe
    F-0001  | 08111000 | 05.01.2024  | 27-44        | männlich   | 06.01.2024          | a
    F-0002  | 08115003 | 29.02.2024  | 27-44        | männlich   | 06.03.2024          | b
"""
SHEET = "xl/worksheets/sheet2.xml"
LIBREOFFICE = (
    'table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'calcext:value-type="error"'
)
EXCEL = 'table:formula="of:=1/0" office:value-type="string"'


def xlsx(office, **errors):
    """The cases as a workbook with errors in these cells, such as E2="#VALUE!"."""
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    book = load_workbook(path)
    for cell, error in errors.items():
        book["faelle"][cell].value, book["faelle"][cell].data_type = error, "e"
    book.save(path)
    return path


def ods(office, attributes, text, times=1, note=""):
    """The cases as an ODS in which the first of them has this error for its sex."""
    path = books.ods(office.folder / "abgabe.ods", faelle=CASES)
    repeated = "<table:table-cell table:number-columns-repeated="
    sound = f'{repeated}"1" office:value-type="string"><text:p>männlich</text:p>'
    error = f'{repeated}"{times}" {attributes}>{note}<text:p>{text}</text:p>'
    return books.with_member(path, "content.xml", lambda xml: xml.replace(sound.encode(), error.encode(), 1))


def found(imported):
    return [
        (each.rule, each.sheet, each.line, each.column, each.value)
        for each in imported.findings
        if each.severity == "fault"
    ]


def test_errors_in_columns_that_may_be_empty_are_faults_with_their_place_and_name(office):
    imported = office.hands_in(xlsx(office, E2="#VALUE!", F2="#REF!", D3="#N/A"))

    assert not imported.accepted
    assert sorted(found(imported)) == [
        ("error-cell", "faelle", 2, "geschlecht", "#VALUE!"),
        ("error-cell", "faelle", 2, "integrationsplan_am", "#REF!"),
        ("error-cell", "faelle", 3, "altersgruppe", "#N/A"),
    ]
    sex = next(each for each in imported.findings if each.column == "geschlecht")
    assert sex.message["de"] == "'geschlecht' zeigt den Fehler '#WERT!' statt eines Werts."
    assert sex.message["en"] == "'geschlecht' shows the error '#VALUE!' instead of a value."


def test_where_a_value_is_required_an_error_is_one_fault_and_not_called_empty(office):
    imported = office.hands_in(xlsx(office, B2="#DIV/0!", C3="#NUM!"))

    assert sorted(found(imported)) == [
        ("error-cell", "faelle", 2, "ags", "#DIV/0!"),
        ("error-cell", "faelle", 3, "aufnahme_am", "#NUM!"),
    ]
    assert any("#ZAHL!" in each.message["de"] for each in imported.findings)


def test_an_error_instead_of_a_heading_is_named_by_the_letter_of_its_column(office):
    assert found(office.hands_in(xlsx(office, E1="#REF!"))) == [("error-cell", "faelle", 1, "E", "#REF!")]


def test_an_error_in_a_column_that_is_left_out_does_no_harm(office):
    imported = office.hands_in(xlsx(office, G2="#N/A"))

    assert imported.accepted
    assert found(imported) == []


@pytest.mark.parametrize("writing", [b"t='e' r='E2'", b't = "e" r="E2"', b'r="E2" cm="1" t="e"'])
def test_an_error_is_seen_however_its_cell_is_written(office, writing):
    path = xlsx(office, E2="#VALUE!")
    books.with_member(path, SHEET, lambda xml: xml.replace(b'r="E2" t="e"', writing))

    assert found(office.hands_in(path)) == [("error-cell", "faelle", 2, "geschlecht", "#VALUE!")]


def test_an_error_for_which_the_library_builds_no_sheet_is_named_too_but_never_a_text_in_its_place(office):
    for error, named in (("#SPILL!", "#SPILL!"), ("#NV", "#N/A")):
        assert found(office.hands_in(xlsx(office, E2=error))) == [("error-cell", "faelle", 2, "E", named)]

    imported = office.hands_in(xlsx(office, E2="Quastenflosser"))
    assert found(imported) == [("error-cell", "faelle", 2, "E", "#?")]
    assert "Quastenflosser" not in repr(imported)


@pytest.mark.parametrize(
    ("attributes", "text", "value", "german"),
    [
        (LIBREOFFICE, "#DIV/0!", "#DIV/0!", "#DIV/0!"),
        (LIBREOFFICE, "#WERT!", "#VALUE!", "#WERT!"),
        (LIBREOFFICE, "Err:502", "Err:502", "Err:502"),
        (EXCEL, "#REF!", "#REF!", "#BEZUG!"),
    ],
)
def test_errors_in_an_ods_are_faults_whichever_program_wrote_it(office, attributes, text, value, german):
    note = "<office:annotation><text:p>Prüfen!</text:p></office:annotation>"

    imported = office.hands_in(ods(office, attributes, text, note=note))

    assert found(imported) == [("error-cell", "faelle", 2, "geschlecht", value)]
    assert german in next(each.message["de"] for each in imported.findings if each.rule == "error-cell")


def test_an_error_that_an_ods_repeats_is_said_of_each_cell(office):
    imported = office.hands_in(ods(office, LIBREOFFICE, "#DIV/0!", times=2))

    assert ("error-cell", "faelle", 2, "geschlecht", "#DIV/0!") in found(imported)
    assert ("error-cell", "faelle", 2, "integrationsplan_am", "#DIV/0!") in found(imported)


def test_of_a_formula_without_a_value_one_thing_is_said_and_of_each(office):
    path = xlsx(office)
    book = load_workbook(path)
    for cell in ("B2", "B3", "E2"):
        book["faelle"][cell] = '="x"&"y"'
    book.save(path)

    assert sorted(found(office.hands_in(path))) == [
        ("formula-without-value", "faelle", 2, "ags", "B2"),
        ("formula-without-value", "faelle", 2, "geschlecht", "E2"),
        ("formula-without-value", "faelle", 3, "ags", "B3"),
    ]


def test_a_formula_that_works_out_to_an_empty_text_has_a_value(office):
    path = xlsx(office)
    book = load_workbook(path)
    book["faelle"]["E2"] = '=""'
    book.save(path)
    books.with_member(path, SHEET, lambda xml: xml.replace(b'<c r="E2">', b'<c r="E2" t="str">'))

    assert office.hands_in(path).accepted
    assert office.stored("faelle", "fall_id, geschlecht") == [("F-0001", None), ("F-0002", "männlich")]
