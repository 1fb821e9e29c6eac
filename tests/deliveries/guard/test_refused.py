"""What a rule of the format refuses may be of a person: dates before the programme, numbers out of range."""

import random

import pytest

from data.deliveries.format.schema import tables
from data.deliveries.handin import uploads
from data.foundation.settings import Settings
from tests.deliveries.conftest import Office
from tests.deliveries.guard.planted import drawing, planted
from tests.deliveries.guard.test_hits import assert_refused_without_a_word, found, said

DATES = [
    (table, field.name) for table in tables() for field in tables()[table].fields if field.type == "date"
]
COUNTS = [
    (table, field.name)
    for table in tables()
    for field in tables()[table].fields
    if field.type in ("integer", "number")
]
WHERE_NO_DATE_FITS = [each for each in COUNTS if each != ("mittel", "betrag_eur")]
NUMBERS = {
    "azr-number": ["160412345678", "170230123456", "181106234567"],
    "telephone": ["017612345678", "07112161234", "00963944123456"],
    "tax-number": ["36574261809"],
}


def births(number, first=1990, last=2008):
    chance, days = random.Random(7), {}
    while len(days) < number:
        days[f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(first, last)}"] = None
    return list(days)


class Planted:
    """Deliveries with the same values in one column of every table at a time: handed in and examined once."""

    def __init__(self, folder, connection, columns, values):
        self.values = values
        self.office = Office(folder, Settings(folder / "store", "localhost", 0), connection)
        every = {table: [each for of, each in columns if of == table] for table, _ in columns}
        # A table for itself, so that what is told of one column is told of that and of no other table's.
        self.of_table = {
            table: self._looked_at(planted(self.office, table, dict.fromkeys(named, values)))
            for table, named in every.items()
        }

    def _looked_at(self, path):
        imported = self.office.hands_in(path)
        return imported, uploads.examine(path, self.office.settings, connection=self.office.connection)

    def assert_found(self, table, column, kind):
        """It is found in this column, refused, neither repeated nor kept."""
        imported, examined = self.of_table[table]
        values = self.values[:1] if table == "lieferung" else self.values
        assert column in found(imported, table).get(kind, ())
        assert_refused_without_a_word(imported, values)
        assert examined.token is None
        shown = repr(examined)
        assert not [value for value in values if value in shown]
        assert not list((self.office.settings.store / "waiting").glob("*"))


@pytest.fixture(scope="module")
def in_every_column(tmp_path_factory, connection):
    """Plants values in all of these columns, once for all tests of this file."""
    made = {}

    def plant(columns, values):
        key = (*columns, *values)
        if key not in made:
            made[key] = Planted(tmp_path_factory.mktemp("planted"), connection, columns, values)
        return made[key]

    return plant


@pytest.mark.parametrize(("table", "column"), DATES)
def test_dates_of_birth_in_a_date_column_of_the_format_are_found(in_every_column, table, column):
    in_every_column(DATES, births(300)).assert_found(table, column, "birth-date")


def test_dates_of_birth_among_days_of_the_programme_are_found_from_a_hundredth_on(office):
    deadlines = [f"{day:02}.{month:02}.{2024 + half}" for half in (0, 1) for month in range(1, 13)
                 for day in range(1, 13)]  # fmt: skip
    imported = office.hands_in(faelle="fall_id\nF-0001", ziele=drawing({"frist": [*deadlines, *births(3)]}))

    assert found(imported, "ziele") == {"birth-date": {"frist"}}


@pytest.mark.parametrize("slip", ["12.03.2004", "12.03.1900", "12.03.1015"])
def test_a_slip_of_the_pen_is_a_fault_that_is_not_repeated(office, slip):
    deadlines = [f"{day:02}.03.2024" for day in range(1, 27)]

    imported = office.hands_in(faelle="fall_id\nF-0001", ziele=drawing({"frist": [*deadlines, slip]}))

    assert imported.counts == {"range": 1}
    assert [(each.line, each.column, each.value) for each in imported.findings] == [(28, "frist", None)]
    assert slip not in said(imported)


def test_a_case_begun_too_early_is_an_ordinary_fault_with_its_value(office):
    imported = office.hands_in(faelle="aufnahme_am\n31.12.2014\n05.01.2014")

    assert imported.counts == {"range": 2}
    assert [each.value for each in imported.findings] == ["31.12.2014", "05.01.2014"]


def test_a_plan_two_months_before_the_start_is_an_ordinary_fault_with_its_value(office):
    imported = office.hands_in(faelle="aufnahme_am | integrationsplan_am\n05.01.2024 | 05.11.2023")

    assert [(each.rule, each.value) for each in imported.findings] == [("not-before", "05.11.2023")]


def test_the_first_days_that_the_format_allows_are_accepted(office):
    imported = office.hands_in(
        faelle="aufnahme_am | integrationsplan_am\n01.01.2015 | 02.12.2014",
        kontext="stichtag | einwohner_basis\n31.12.2011 | Zensus 2011",
    )

    assert imported.accepted
    assert imported.counts == {}


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize(("table", "column"), COUNTS)
def test_numbers_of_persons_are_found_in_every_column_of_numbers(in_every_column, table, column, kind):
    in_every_column(COUNTS, NUMBERS[kind]).assert_found(table, column, kind)


@pytest.mark.parametrize(("table", "column"), WHERE_NO_DATE_FITS)
def test_dates_of_birth_written_as_a_number_are_found_where_a_count_belongs(in_every_column, table, column):
    values = ["19870312", "19911130", "19790504"]
    in_every_column(WHERE_NO_DATE_FITS, values).assert_found(table, column, "birth-date")


@pytest.mark.parametrize(("table", "column"), [("faelle", "ags"), ("kontext", "kreis")])
@pytest.mark.parametrize("kind", ["azr-number", "telephone", "birth-date"])
def test_details_in_the_place_of_an_area_are_found(office, table, column, kind):
    values = {**NUMBERS, "birth-date": ["19870312", "19911130", "12.03.1987"]}[kind]

    imported = office.hands_in(**{"faelle": "fall_id\nF-0001", table: drawing({column: values})})

    assert found(imported, table)[kind] == {column}
    assert_refused_without_a_word(imported, values)


@pytest.mark.parametrize("key", ["081110001", "08999999", "0811100", "08111"])
def test_a_wrong_key_of_an_area_is_an_ordinary_fault_with_its_value(office, key):
    imported = office.hands_in(faelle=drawing({"ags": [key]}))

    assert [each.value for each in imported.findings] == [key]
    assert imported.counts.keys() <= {"area-digits", "area-unknown"}


def test_a_single_number_of_a_person_among_wrong_ones_is_not_repeated(office):
    wrong = [str(700 + number) for number in range(30)]
    imported = office.hands_in(
        faelle="fall_id\nF-0001", beratungen=drawing({"dauer_min": [*wrong, "1761234567"]})
    )

    assert imported.counts == {"range": 31}
    assert "1761234567" not in said(imported)
    assert "'729'" in said(imported)


def test_every_column_of_dates_and_numbers_has_bounds():
    fields = [(table, tables()[table].field(column)) for table, column in [*DATES, *COUNTS]]
    assert not [(table, field.name) for table, field in fields if "minimum" not in field.rules]
    counts = [tables()[table].field(column) for table, column in COUNTS]
    assert not [field.name for field in counts if field.rules.get("maximum", 10**10) > 10**9]
