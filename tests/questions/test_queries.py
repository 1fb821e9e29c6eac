"""Every query keeps the contract in its header."""

import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from data.questions import catalogue, measures
from data.questions.engine import parameters
from data.questions.filters import NAMES
from data.releases import database
from data.warehouse import models


@pytest.fixture(params=catalogue.names())
def question(request):
    return catalogue.query(request.param)


def test_a_query_says_what_it_answers_and_at_which_grain(question):
    assert question.title.endswith(".")
    assert question.grain.startswith("one row per")


def test_a_question_of_the_inside_tells_of_the_areas_that_are_chosen(question):
    """Single cases and posts are in its tables: a list of them is of areas that somebody may read."""
    if question.inside:
        assert question.reach is catalogue.Reach.CHOSEN
        assert "area_code" in question.params


def test_the_parameters_of_the_header_are_those_of_the_sql(question):
    assert set(question.params) == parameters(question.sql)
    assert set(question.params) <= set(NAMES)


def test_a_query_names_only_measures_that_are_defined(question):
    assert set(question.measures) <= set(measures.register())


def test_a_count_has_not_the_name_of_a_share(question):
    """A column is written in the unit of the measure of its name: 69 referrals once were 6,900 %."""
    shares = {measure.id for measure in measures.register().values() if measure.unit == "percent"}
    assert not {*question.counts, *(each.name for each in question.differences)} & shares


def test_rates_curves_and_order_are_made_of_declared_columns(question):
    declared = {*question.counts, *question.amounts}
    for rate in question.rates:
        assert rate.numerator in declared
        assert rate.denominator in declared or rate.denominator.isdigit()
    worked_out = {rate.name for rate in question.rates}
    for balance in question.balances:
        assert {balance.wanted, balance.there} <= declared | worked_out
        worked_out.add(balance.name)
    for curve in question.curves:
        assert {curve.attained, curve.at_risk, curve.ended} <= declared
    if question.sorted_by:
        assert question.sorted_by.split()[0] in declared | worked_out


def test_a_query_is_ordered_reads_marts_only_and_works_out_no_rate(question):
    sql = re.sub(r"--.*", "", question.sql)
    assert "order by" in sql
    assert not re.search(r"\b(staging|reference|deliveries|warehouse)\.", sql)
    assert "/" not in sql, "rates are worked out from protected counts, never in SQL"
    assert "avg(" not in sql


def nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Every part of a parsed statement."""
    if isinstance(tree, dict):
        yield tree
    for below in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(below)


def read_by(sql: str) -> tuple[set[str], set[str]]:
    """The tables that a statement reads, as it names them, and the table functions that it calls."""
    with duckdb.connect() as connection:
        answer = connection.execute("select json_serialize_sql($sql::varchar)", {"sql": sql}).fetchall()
    parsed = json.loads(answer[0][0])
    assert not parsed["error"], parsed
    found = list(nodes(parsed["statements"]))
    own = {each["key"] for node in found for each in (node.get("cte_map") or {}).get("map", [])}
    named = {".".join(node["qualified_name"]["path"]) for node in found if node.get("type") == "BASE_TABLE"}
    called = {node["function"]["function_name"] for node in found if node.get("type") == "TABLE_FUNCTION"}
    return named - own, called


PUBLISHED = {f"marts.{name}" for name in database.listed_tables()}
# Tables of the warehouse that only questions of the inside may read, each of them for the areas chosen.
INSIDE = {f"marts.{name}" for name in models.read("marts")} - PUBLISHED


def test_a_question_reads_nothing_but_the_tables_of_the_list(question):
    """So that nothing off the list can be asked for: not another mart, not a file, not the catalogue."""
    tables, functions = read_by(question.sql)
    assert tables
    allowed = PUBLISHED | INSIDE if question.inside else PUBLISHED
    assert tables <= allowed
    assert not functions


@pytest.mark.parametrize(
    "sql",
    [
        "select * from marts.secret",
        "select * from cases",
        "select * from other.marts.cases",
        "with a as (select * from staging.cases) select * from a",
        "select (select count(*) from duckdb_tables())",
        "select * from read_csv('x.csv')",
        "select * from 'x.parquet'",
    ],
)
def test_the_test_above_would_notice(sql):
    tables, functions = read_by(sql)
    assert functions or not tables <= PUBLISHED


def test_the_tables_of_the_list_are_exactly_what_a_release_holds(store, tmp_path):
    for folder in (store / "releases").iterdir():
        if folder.is_dir():
            # A copy: this process may have the file open already, with other settings.
            copy = shutil.copy(folder / "release.duckdb", tmp_path / folder.name)
            with duckdb.connect(copy, read_only=True) as connection:
                found = connection.execute(
                    "select schema_name || '.' || table_name from duckdb_tables() union all "
                    "select schema_name || '.' || view_name from duckdb_views() where not internal"
                ).fetchall()
            assert {name for (name,) in found} == PUBLISHED


def test_a_rate_has_bands_only_of_the_part_and_the_base_that_a_released_table_has_them_of(question):
    told = {(part, base) for table in database.listed_tables().values() for part, base in table.bands.items()}
    for name, column in question.bands.items():
        rate = next(rate for rate in question.rates if rate.name == name)
        assert (rate.numerator, rate.denominator) in told
        assert column == f"{rate.numerator}_band"
