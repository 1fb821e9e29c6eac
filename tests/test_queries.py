"""Every query keeps the contract in its header."""

import re

import pytest

from data import catalogue, measures
from data.engines.duckdb import parameters
from data.filters import NAMES


@pytest.fixture(params=catalogue.names())
def question(request):
    return catalogue.query(request.param)


def test_a_query_says_what_it_answers_and_at_which_grain(question):
    assert question.title.endswith(".")
    assert question.grain.startswith("one row per")


def test_the_parameters_of_the_header_are_those_of_the_sql(question):
    assert set(question.params) == parameters(question.sql)
    assert set(question.params) <= set(NAMES)


def test_a_query_names_only_measures_that_are_defined(question):
    assert set(question.measures) <= set(measures.register())


def test_rates_curves_and_order_are_made_of_declared_columns(question):
    declared = {count.name for count in question.counts} | set(question.amounts)
    for rate in question.rates:
        assert rate.numerator in declared
        assert rate.denominator in declared or rate.denominator.isdigit()
    for curve in question.curves:
        assert {curve.attained, curve.at_risk, curve.ended} <= declared
    if question.sorted_by:
        derived = {rate.name for rate in question.rates}
        assert question.sorted_by.split()[0] in declared | derived


def test_a_query_is_ordered_reads_marts_only_and_works_out_no_rate(question):
    sql = re.sub(r"--.*", "", question.sql)
    assert "order by" in sql
    assert not re.search(r"\b(staging|reference|deliveries|warehouse)\.", sql)
    assert "/" not in sql, "rates are worked out from protected counts, never in SQL"
    assert "avg(" not in sql


def test_goals_and_consultations_are_counted_with_the_people_behind_them(question):
    """The limit is about people: a goal count without its people would pass unprotected."""
    rows = {
        "agreed",
        "attained",
        "missed",
        "undecided",
        "decided",
        "at_risk",
        "ended",
        "attained_in_12",
        "decided_in_12",
        "consultations",
        "referrals",
    }
    for count in question.counts:
        if count.name in rows:
            assert count.people != count.name
