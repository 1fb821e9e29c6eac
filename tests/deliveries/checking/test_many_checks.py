"""A table with more checks than a word has bits: what breaks any one of them is found and not accepted."""

import json

import pytest

from data.deliveries.format import names, schema

NUMBER = {"type": "number", "x-precision": 9, "x-scale": 2}
WHOLE = {"type": "integer", "constraints": {"minimum": 0, "maximum": 600}}


@pytest.fixture
def wide(office, tmp_path, monkeypatch):
    """The format with one more table: columns that may only say ja, one check each, and others behind."""

    def format_with(lists, **behind):
        fields = [
            *({"name": f"x{number}", "type": "string", "constraints": {"enum": ["ja"]}} for number in lists),
            *({"name": name, **field} for name, field in behind.items()),
        ]
        table = {
            "missingValues": ["", "-"],
            "fields": [{**field, "title": field["name"]} for field in fields],
        }
        package = json.loads(schema.FILE.read_text(encoding="utf-8"))
        package["resources"].append({"name": "breit", "title": "Breit", "schema": table})
        file = tmp_path / "datapackage.json"
        file.write_text(json.dumps(package), encoding="utf-8")
        monkeypatch.setattr(schema, "FILE", file)
        forget()

    def forget():
        for known in (schema.tables, names.table_names, names._column_names):
            known.cache_clear()

    office.connection = None  # each import has a workbench that knows the lists of its format
    yield format_with
    forget()


def drawn(*rows):
    """A table of rows column -> value, in which every other column of x1 to the last one says ja."""
    columns = list(schema.tables()["breit"].by_name())
    lines = [[row.get(column, "ja" if column[0] == "x" else "") for column in columns] for row in rows]
    return "\n".join(" | ".join(cells) for cells in [columns, *lines])


def found(imported):
    return [(each.rule, each.line, each.column) for each in imported.findings]


@pytest.mark.parametrize("checks", [63, 64, 100])
def test_a_sound_row_is_accepted_however_many_checks_there_are(office, wide, checks):
    wide(range(1, checks + 1))

    imported = office.hands_in(breit=drawn({}, {}))

    assert (imported.accepted, found(imported)) == (True, [])
    assert office.stored("breit", f"x1, x{checks}") == [("ja", "ja")] * 2


@pytest.mark.parametrize("checks", [63, 64, 65, 100])
def test_a_row_that_breaks_only_the_last_of_many_checks_is_found(office, wide, checks):
    wide(range(1, checks + 1))

    imported = office.hands_in(breit=drawn({}, {f"x{checks}": "nein"}))

    assert (imported.accepted, found(imported)) == (False, [("value-list", 3, f"x{checks}")])


def test_of_a_hundred_checks_each_is_found_in_its_own_row_and_column(office, wide):
    wide(range(1, 101))

    imported = office.hands_in(breit=drawn(*({f"x{number}": "nein"} for number in range(1, 101))))

    assert found(imported) == [("value-list", number + 1, f"x{number}") for number in range(1, 101)]


@pytest.mark.parametrize("lists", [60, 62, 100])
def test_the_way_of_writing_is_judged_behind_any_number_of_checks(office, wide, lists):
    wide(range(1, lists + 1), anteil=NUMBER)

    imported = office.hands_in(breit=drawn({"anteil": "1,50"}, {"anteil": "1,75"}, {"anteil": "1.25"}))

    assert found(imported) == [("mixed-decimals", 4, "anteil")]


@pytest.mark.parametrize("lists", [62, 100])
def test_what_can_be_read_in_two_ways_is_said_once_behind_any_number_of_checks(office, wide, lists):
    """Out of range too, but which number it is nobody knows."""
    wide(range(1, lists + 1), dauer=WHOLE)

    imported = office.hands_in(breit=drawn({"dauer": "600"}, {"dauer": "1.234"}, {"dauer": "601"}))

    assert found(imported) == [("range", 4, "dauer"), ("thousands-or-decimals", 3, "dauer")]


@pytest.mark.parametrize("lists", [62, 100])
def test_the_guard_looks_into_a_number_out_of_range_behind_any_number_of_checks(office, wide, lists):
    wide(range(1, lists + 1), dauer=WHOLE)

    imported = office.hands_in(breit=drawn({"dauer": "45"}, {"dauer": "01711234567"}))

    assert ("guard-telephone", 3, "dauer") in found(imported)
