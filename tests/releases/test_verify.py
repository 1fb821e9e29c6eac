"""Verification finds each kind of broken release: a good file, one thing changed, the rule named."""

import shutil

import duckdb
import pytest

from data.releases import database, draft, shelf, verify

# ruff: noqa: E501


LIMIT = 10
ULM_ALL = "area_code = '08421' and period = '2018-Q1' and goal_area = 'gesamt'"


@pytest.fixture
def broken(first, tmp_path):
    """Run SQL on a copy of the good release; gives every rule that is broken then, as `table: rule`."""
    path = tmp_path / "release.duckdb"
    shutil.copy(shelf.database(first.settings.store, "2018-Q4"), path)
    path.chmod(0o644)

    def run(*statements):
        with duckdb.connect(str(path)) as connection:
            connection.execute("use release.marts")
            for sql in statements:
                connection.execute(sql)
        return {
            f"{each.table}: {each.rule}"
            for each in verify.broken_rules(path, database.listed_tables(), LIMIT)
        }

    return run


def test_what_attacks_say_of_a_broken_release_counts_for_nothing(first, tmp_path):
    path = tmp_path / shelf.DATABASE
    shutil.copy(shelf.database(first.settings.store, "2018-Q4"), path)
    path.chmod(0o644)
    material = draft.Basis(None, False, "", {}, "", "", [])
    unseen = draft.Draft("2018-Q4", material, True, {}, "", {})

    def crash(release, truth):
        truth.touch()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        draft.verify_and_attack(unseen, first.settings, tmp_path, crash)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update release.marts.cases set active_cases = 9 where area_code = '08425072'")
    for attack in (crash, lambda release, truth: {"passed": True, "attacks": []}):
        made = draft.verify_and_attack(unseen, first.settings, tmp_path, attack)
        assert "active_cases below the limit" in " ".join(made.broken)
        assert (made.red_team, (tmp_path / draft.TRUTH).exists()) == ({}, False)


def test_a_good_release_breaks_no_rule_and_shows_something_of_kreise_and_municipalities(broken, first):
    assert broken() == set()
    with duckdb.connect(str(shelf.database(first.settings.store, "2018-Q4")), read_only=True) as connection:
        shown = connection.execute(
            "select distinct len(area_code) from marts.cases where with_plan > 0 and opened > 0 order by all"
        ).fetchall()
        assert shown == [(5,), (8,)]  # three Kreise are less than half of what lies above


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("update cases set active_cases = 9 where area_code = '08425072'", "cases: active_cases below the limit"),
        ("update cases set active_cases = -3 where area_code = '08425072'", "cases: active_cases below the limit"),
        (
            "insert into goal_durations by name select * replace ('08421000' as area_code) "
            "from goal_durations where area_code = '08421' limit 1",
            "goal_durations: at_risk at another level",
        ),
        (
            "insert into cases by name select * replace ('2018-02' as period) from cases "
            "where area_code = '08421000' and period = '2018-Q1'",
            "cases: active_cases of a municipality by month",
        ),
        (
            "insert into posts by name select '08421000' as area_code, 'gemeinde' as area_level, '2018-02' as period, "
            "'month' as period_grain, 0.5 as filled_vzae",
            "posts: of a municipality by month",
        ),
        ("update cases set active_cases = 0 where area_code = '084'", "cases: active_cases without the area above (regierungsbezirk)"),
        (  # half of it is known now, so its people must be there
            "update cases set active_cases = 150 where area_code = '084'",
            "people: active_cases without the area above (regierungsbezirk)",
        ),
        (
            "update cases set active_cases = 49 where area_code = '08425072'; insert into people by name "
            "select * replace ('08425072' as area_code) from people where area_code = '08421' and period = '2018' limit 1",
            "people: active_cases of too few active_cases",
        ),
        (  # Dietenheim, Illerrieden and Balzheim, none of which is shown
            "delete from consultations where area_code = '084255003' or area_code in ('08425028', '08425066', '08425141'); "
            "insert into consultations by name select '084255003' as area_code, '2018' as period, 18 as counselled",
            "consultations: counselled of few areas of which none is shown",
        ),
        ("update cases set opened = 0 where period = '2018-Q1'", "cases: opened without its quarter"),
        ("update cases set opened = 0 where period = '2018'", "cases: opened without its year"),
        (f"update goals set agreed = 0 where {ULM_ALL}", "goals: agreed without its total"),
        (
            "update goals set agreed = case goal_area when 'Arbeitsmarkt' then 20 else 0 end "
            f"where {ULM_ALL.replace('gesamt', 'Arbeitsmarkt')} or {ULM_ALL.replace('gesamt', 'Thema Arbeit')}",
            "goals: agreed without its theme",
        ),
        (
            "update goals set agreed = 10 + (select max(agreed) from goals where area_code = '08421' "
            f"and period = '2018-Q1' and goal_area <> 'gesamt') where {ULM_ALL}",
            "",
        ),
        (
            f"update goals set agreed = 9 + (select agreed from goals where {ULM_ALL.replace('gesamt', 'Sprache')}) "
            f"where {ULM_ALL}",
            "goals: agreed is nearly its total",
        ),
        ("update cases set active_cases = 0 where area_code = '08421000'", "cases: plans_known without active_cases"),
        ("update cases set plans_known = 0 where area_code = '08421000'", "cases: with_plan without plans_known"),
        ("update cases set with_plan = plans_known - 3 where with_plan > 0", ""),
        ("update cases set with_plan = plans_known - 2 where with_plan > 0", "cases: with_plan is nearly plans_known"),
        (
            "update cases set active_cases = 0 where area_code = '08421000'",
            "people: active_cases without active_cases",
        ),
        (f"update goals set decided = 0 where {ULM_ALL}", "goals: attained without decided"),
        (f"update goals set decided = attained + 9 where {ULM_ALL}", "goals: attained is nearly decided"),
        (
            f"update goals set decided_in_12 = decided + 1 where {ULM_ALL} and decided > 0",
            "goals: decided_in_12 is above decided",
        ),
        (
            "update goal_durations set at_risk = 1 + (select at_risk from goal_durations where area_code = '08421' "
            "and goal_area = 'gesamt' and months = 3) where area_code = '08421' and goal_area = 'gesamt' and months = 6",
            "goal_durations: at_risk is above the one before it",
        ),
        ("create table extra as select 1 as one", "extra: is not on the list of tables"),
        ("drop table people", "people: is missing"),
        ("alter table cases add column key_sum bigint", "cases: has a column that must never leave"),
        ("alter table people add column n integer", "people: has a column that must never leave"),
        ("alter table goals add column missed integer", "goals: has a column that must never leave"),
        ("alter table goals add column agreed_persons integer", "goals: has a column that must never leave"),
    ],
)  # fmt: skip
def test_each_kind_of_broken_release_is_named(broken, statement, rule):
    found = broken(statement)
    assert rule in found if rule else not [each for each in found if "nearly" in each]


def test_what_is_wrong_is_told_with_the_number_of_rows_and_the_first(first, tmp_path):
    path = tmp_path / "release.duckdb"
    shutil.copy(shelf.database(first.settings.store, "2018-Q4"), path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update release.marts.cases set with_plan = 3 where area_code = '08' and period = '2018'"
        )
    (found,) = [
        each for each in verify.broken_rules(path, database.listed_tables(), LIMIT) if "limit" in each.rule
    ]
    assert str(found) == "cases: with_plan below the limit: 1 row, for example ('08', '2018', 3)"
