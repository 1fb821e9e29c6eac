"""The shipped schema is a Frictionless Data Package, version 1, and says what the export format says."""

import json
import re

from data.deliveries.format import schema

PACKAGE = json.loads(schema.FILE.read_text(encoding="utf-8"))
TYPES = {"string", "number", "integer", "boolean", "date"}
CONSTRAINTS = {"required", "unique", "minLength", "maxLength", "minimum", "maximum", "pattern", "enum"}
FIELD = {"name", "type", "format", "title", "description", "constraints", "decimalChar", "groupChar"}
COLUMNS = {
    "lieferung": 6,
    "faelle": 23,
    "ziele": 7,
    "beratungen": 9,
    "verlauf": 4,
    "stellen": 7,
    "mittel": 9,
    "kontext": 7,
}


def test_the_package_has_a_name_and_every_table_as_a_resource():
    assert re.fullmatch(r"[a-z0-9._/-]+", PACKAGE["name"])
    assert PACKAGE["profile"] == "tabular-data-package"
    assert {each["name"]: len(each["schema"]["fields"]) for each in PACKAGE["resources"]} == COLUMNS
    for resource in PACKAGE["resources"]:
        assert resource["path"] == f"{resource['name']}.csv"
        assert resource["profile"] == "tabular-data-resource"


def test_fields_use_only_what_table_schema_knows_and_properties_of_our_own_are_marked():
    for resource in PACKAGE["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(names) == len(set(names))
        for field in resource["schema"]["fields"]:
            ours = {key for key in field if key.startswith("x-")}
            assert field["type"] in TYPES
            assert set(field) - ours <= FIELD | {"trueValues", "falseValues"}
            assert set(field.get("constraints", {})) <= CONSTRAINTS
            assert field["title"]
            re.compile(field.get("constraints", {}).get("pattern", ""))


def test_keys_and_references_name_columns_that_exist():
    fields = {each["name"]: {f["name"] for f in each["schema"]["fields"]} for each in PACKAGE["resources"]}
    for resource in PACKAGE["resources"]:
        key = resource["schema"].get("primaryKey", [])
        assert set([key] if isinstance(key, str) else key) <= fields[resource["name"]]
        for link in resource["schema"].get("foreignKeys", []):
            assert link["fields"] in fields[resource["name"]]
            assert link["reference"]["fields"] in fields[link["reference"]["resource"]]


def test_every_property_of_our_own_has_a_check():
    ours = {
        key
        for resource in PACKAGE["resources"]
        for part in [resource["schema"], *resource["schema"]["fields"]]
        for key in part
        if key.startswith("x-")
    }
    rooms = [schema.FILE.parents[1] / room for room in ("format", "checking", "handin")]
    code = "".join(file.read_text(encoding="utf-8") for room in rooms for file in room.glob("*.py"))
    without = [key for key in ours if f'"{key}"' not in code and f"'{key}'" not in code]
    assert [key for key in without if not key.startswith(schema.TITLE)] == []
