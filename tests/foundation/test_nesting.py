"""Areas and periods nest by tables: nothing reads what something lies in from how its code is written."""

import ast
import re
from pathlib import Path

import duckdb
import numpy as np
import pytest

from data.deliveries.format import schema
from data.disclosure.cells import Cells, Tree, key
from data.foundation import areas, goal_areas, periods
from data.warehouse import models
from tests.disclosure.rulesheet import declared

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"(^|_)(code|codes|ags|kreis|area|areas|period|periods|month|quarter|parent|place)$")
# In SQL, be it in a file or in a text of the program.
SLICED = re.compile(
    r"\b(left|right|substr|substring|len|length|starts_with|prefix)"
    r"\(\s*(\w+\.)?\$?(\w*_code|area|ags|kreis|period|month|quarter|\{p\}|\{a\})\b"
    r"|\b(\w*_code|period|ags|kreis)\[|\b(\w*_code|period|ags) (not )?like\b",
    re.IGNORECASE,
)
# Where the writing of a code is meant, each with its reason.
EXCEPT = {
    "data/deliveries/format/schema.py": "codes of countries, which nest in nothing",
    "data/deliveries/official/records.py": "which municipalities of a list of all Germany are of the Land",
    "data/demo/municipalities.py": "writes the official form, whose columns are the parts of a key",
    "pages/server/cites.py": "a cite code, which nests in nothing, with the ending of an address",
    "pages/charts/theme.py": "names of days and months, shortened as words",
}
ASSOCIATION, GEMEINDE = areas.ASSOCIATION, areas.GEMEINDE


def name_of(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def sliced(tree: ast.AST) -> list[str]:
    """Every place that takes a part of a code, asks how long it is or how it begins, or does so in SQL."""
    found = []
    for node in ast.walk(tree):
        said = ""
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            said = name_of(node.value)
        elif isinstance(node, ast.Call):
            called = name_of(node.func)
            if called == "len" and node.args:
                said = name_of(node.args[0])
                said = said if said in ("code", "area_code", "period", "month", "quarter") else ""
            elif called in ("startswith", "endswith") and isinstance(node.func, ast.Attribute):
                said = name_of(node.func.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SLICED.search(node.value):
            found.append(f"line {node.lineno}: {SLICED.search(node.value)[0]}")
        if CODE.search(said):
            found.append(f"line {node.lineno}: {said}")
    return found


@pytest.mark.parametrize("folder", ["data", "pages", "benchmarks"])
def test_no_program_takes_a_code_apart(folder):
    found = {
        name: places
        for file in sorted((ROOT / folder).rglob("*.py"))
        if (name := file.relative_to(ROOT).as_posix()) not in EXCEPT
        if (places := sliced(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert not found


def test_no_query_takes_a_code_apart():
    found = {
        file.name: match[0]
        for file in (ROOT / "queries").rglob("*.sql")
        if (match := SLICED.search(re.sub(r"--.*", "", file.read_text(encoding="utf-8"))))
    }
    assert not found


@pytest.mark.parametrize(
    "fault",
    ["area.code[:5]", "len(code) == 8", "chosen.period[:4]", "code.startswith(kreis)",
     "sql = 'select left(area_code, 5) from marts.cases'", "sql = 'where len(c.period) = 4'"],
)  # fmt: skip
def test_a_code_taken_apart_would_be_seen(fault):
    assert sliced(ast.parse(fault))


@pytest.mark.parametrize(
    ("code", "parents"),
    [
        ("2026-09", ["2026-Q3", "2026", "2025-2026"]), ("2022-Q3", ["2022", "2020-2022"]),
        ("2018", ["2018-2019"]), ("2023-12", ["2023-Q4", "2023", "2023-2024"]), ("2027", []),
        ("2018-2019", []),
    ],
)  # fmt: skip
def test_a_month_lies_in_its_quarter_this_in_its_year_this_in_its_phase(code, parents):
    found, above = periods.read(code), []
    while found := found.parent:
        above.append(str(found))
    assert above == parents


def test_the_programme_is_the_phases_that_are_there():
    above = periods.nested(["2018-2019", "2020-2022", "2018-2022", "2019", "2019-Q2", "2023", "2019-05"])
    assert {code: [str(each) for each in longer] for code, longer in above.items()} == {
        "2018-2019": ["2018-2022"], "2020-2022": ["2018-2022"], "2018-2022": [],
        "2019": ["2018-2019", "2018-2022"], "2019-Q2": ["2019", "2018-2019", "2018-2022"],
        "2023": [],  # its phase is not closed
        "2019-05": ["2019-Q2", "2019", "2018-2019", "2018-2022"],
    }  # fmt: skip
    assert [periods.grain(code) for code in ("2018-2019", "2018-2022")] == ["phase", "programme"]


def test_goal_areas_lie_in_themes_and_these_in_the_total():
    assert goal_areas.above("Arbeitsmarkt") == ["Thema Arbeit", "gesamt"]
    assert goal_areas.above("Sprache") == ["gesamt"]
    assert goal_areas.above("gesamt") == []
    agreed_in = [name for name in goal_areas.parents() if name not in goal_areas.parents().values()]
    listed = next(field for field in schema.tables()["ziele"].fields if field.name == "zielbereich")
    assert sorted(agreed_in) == sorted(listed.rules["enum"])


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26",
        "2026-Q5",
        "2026-13",
        "2026-9",
        "1999",
        "08111",
        "2026-Q3 ",
        "2018-2020",
        "2020-2024",
        "2024-2018",
    ],
)
def test_what_is_written_otherwise_is_no_period(code):
    assert periods.read(code) is None


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A register with an association between a Kreis and two of its three municipalities."""
    drawn = tmp_path / "areas.csv"
    drawn.write_text(
        "area_code,level,name,type,parent_code,population\n"
        "08,land,Baden-Württemberg,Land,,\n"
        "084,regierungsbezirk,Tübingen,Regierungsbezirk,08,\n"
        "08425,kreis,Alb-Donau-Kreis,Landkreis,084,\n"
        f"084255001,{ASSOCIATION},Laichinger Alb,Verwaltungsgemeinschaft,08425,\n"
        "08425071,gemeinde,Laichingen,Stadt,084255001,\n"
        "08425079,gemeinde,Merklingen,Gemeinde,084255001,\n"
        "08425039,gemeinde,Erbach,Stadt,08425,\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(areas, "FILE", drawn)
    areas.forget()
    yield drawn
    areas.forget()


def test_an_association_lies_between_the_kreis_and_some_of_its_municipalities(small):
    assert [area.code for area in areas.ancestors("08425071")] == ["084255001", "08425", "084", "08"]
    assert areas.above("08425071", "kreis") == areas.above("084255001", "kreis") == "08425"
    assert areas.within("08425039", ASSOCIATION) is None
    assert areas.inside("084255001", "gemeinde") == ["08425071", "08425079"]
    assert areas.inside("08425", "gemeinde") == ["08425071", "08425079", "08425039"]
    assert [areas.by_month(level) for level in ("land", "kreis", ASSOCIATION, GEMEINDE)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_level_that_is_not_listed_is_refused_because_no_rule_would_hold_for_it(small, monkeypatch):
    monkeypatch.setattr(areas, "LEVELS", ("land", "regierungsbezirk", "kreis", "gemeinde"))
    areas.forget()
    with pytest.raises(areas.BrokenRegisterError, match=ASSOCIATION):
        areas.register()


def test_the_boxes_have_associations_between_kreise_and_municipalities(small):
    from pages.reading.areabox import box

    box.ordered.cache_clear()
    ordered = box.ordered()
    box.ordered.cache_clear()
    assert ordered == ("08", "084", "08425", "084255001", "08425039", "08425071", "08425079")


def test_every_association_has_several_municipalities_of_one_kreis_and_190_are_in_none():
    associations = [code for code, area in areas.register().items() if area.level == ASSOCIATION]
    members = {code: areas.inside(code, GEMEINDE) for code in associations}
    assert len(associations) == 270
    assert sum(len(each) for each in members.values()) == 911
    assert min(len(each) for each in members.values()) == 2
    alone = [each for each in areas.inside("08", GEMEINDE) if areas.above(each, ASSOCIATION) is None]
    assert len(alone) == 190
    assert {areas.level(areas.register()[code].parent) for code in (*associations, *alone)} == {"kreis"}


def test_an_association_has_the_members_that_it_has_in_fact():
    assert {areas.register()[code].name for code in areas.inside("084255007", GEMEINDE)} == {
        "Heroldstatt", "Laichingen", "Merklingen", "Nellingen", "Westerheim",
    }  # fmt: skip
    assert areas.above("08421000", ASSOCIATION) is None, "Ulm is in none"


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("084255007", "GVV Laichinger Alb"),
        ("084255002", "Verwaltungsgemeinschaft Blaubeuren"),
        # Names that say themselves what they are.
        ("084255010", "Verwaltungsgemeinschaft Munderkingen"),
        ("082165001", "Nachbarschaftsverband Bischweier-Kuppenheim"),
    ],
)
def test_the_label_of_an_association_says_that_it_is_one(code, label):
    assert areas.register()[code].label == label


@pytest.mark.parametrize(
    ("levels", "whole"),
    [
        ((), "084255001"),
        (("levels: land, regierungsbezirk, kreis, gemeinde",), "08425"),
    ],
)
def test_without_associations_in_a_table_a_municipality_is_the_part_of_its_kreis(small, levels, whole):
    """Or nothing would be asked about what is left of the Kreis beside its municipalities."""
    codes = sorted(areas.register())
    table = declared("key: area_code", *levels, "counts: active_cases")
    codes = [code for code in codes if areas.level(code) in table.levels]
    of = of_register(table, codes)
    (next_above,) = [
        nesting.wholes[codes.index("08425071")]
        for nesting in of.nestings
        if nesting.next_above[codes.index("08425071")]
    ]
    assert codes[next_above] == whole


def of_register(table, codes):
    """The cells of a table with 50 in each of these areas."""
    return Cells(
        table,
        {"area_code": key(codes)},
        np.full((len(codes), 1), 50),
        areas=Tree(
            {code: area.level for code, area in areas.register().items()},
            {code: {up.level: up.code for up in areas.ancestors(code)} for code in areas.register()},
            {code: area.parent for code, area in areas.register().items() if area.parent},
        ),
        periods=Tree({}, {}, {}),
    )


def test_the_rules_of_a_release_and_the_tree_know_associations(small):
    with duckdb.connect() as connection:
        for schema in ("reference", "staging"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            f"create table reference.areas as from read_csv('{small}', all_varchar = true, header = true)"
        )
        for name in ("areas", "areas_above", "tree"):
            connection.execute(f"create table staging.{name} as {models.read('staging')[name]}")
        assert connection.execute(
            "select above_code from staging.areas_above where area_code = '08425071' order by all"
        ).fetchall() == [("08",), ("084",), ("08425",), ("084255001",)]
        assert connection.execute(
            "select part_code from staging.tree where area_code = '084255001' order by all"
        ).fetchall() == [("08425071",), ("08425079",), ("084255001",)]
    codes = sorted(areas.register())
    of = of_register(declared("key: area_code", "counts: active_cases"), codes)
    assert [nesting.of for nesting in of.nestings] == list(areas.LEVELS[:-1])
    names = of.keys["area_code"].names
    parts = [
        name
        for name, above in zip(names, of.nestings[-1].wholes, strict=True)
        if above == names.index("084255001")
    ]
    assert parts == ["08425071", "08425079"]


def test_statements_know_by_the_order_of_the_levels_what_stands_above_the_kreise(monkeypatch):
    """A further level, here the regions, is a word in `LEVELS`."""
    monkeypatch.setattr(areas, "LEVELS", ("land", "regierungsbezirk", "region", "kreis", "gemeinde"))
    asked = "select level, is_from_kreis(level), is_above_kreis(level) from (select unnest($levels) as level)"
    with duckdb.connect() as connection:
        models.load_macros(connection)
        told = connection.execute(asked, {"levels": list(areas.LEVELS)}).fetchall()
    assert told == [
        ("land", True, True),
        ("regierungsbezirk", True, True),
        ("region", True, True),
        ("kreis", True, False),
        ("gemeinde", False, False),
    ]


@pytest.mark.parametrize("layer", ["staging", "marts"])
def test_no_statement_lists_the_levels_above_the_kreise(layer):
    """One that does would be without a further level among them, and no check would say so."""
    listing = [name for name, sql in models.read(layer).items() if "'regierungsbezirk'" in sql]
    assert listing == []
