"""What stands in a release, read as a page reads it: DuckDB opens a file in one way at a time."""

from data.questions.engine import Database
from data.releases import shelf

OWN = "* exclude (built_at, release, state_word, state_fixed, state_every)"


def rows(figures, name, sql, **values):
    """The rows of one statement on a release."""
    return Database(shelf.database(figures.settings.store, name)).rows(sql, values)[1]


def content(figures, name):
    """Every row of every table but the time it was built at, its name, and the hashes that are its own."""
    tables = [table for (table,) in rows(figures, name, "select table_name from duckdb_tables()")]
    return {
        table: rows(
            figures,
            name,
            f"select {'*' if table != 'edition' else OWN} from marts.{table} order by all",
        )
        for table in tables
    }


def count(figures, name, what, area_code, period):
    """One count of one place and period."""
    sql = f"select {what} from marts.cases where area_code = $area_code and period = $period"
    return rows(figures, name, sql, area_code=area_code, period=period)[0][0]


def cells(figures, name, mart, what, **where):
    """One count of every place, by its code, in the rows of these values."""
    conditions = " and ".join(f"{column} = ${column}" for column in where)
    return dict(
        rows(figures, name, f"select area_code, {what} from marts.{mart} where {conditions}", **where)
    )
