"""What stands in a release."""

import duckdb

from data.releases import shelf


def content(figures, name):
    """Every row of every table but the time it was built at and its name."""
    path = shelf.database(figures.settings.store, name)
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {
            table: connection.execute(
                f"select {'* exclude (built_at, release)' if table == 'edition' else '*'} from marts.{table}"
                " order by all"
            ).fetchall()
            for table in tables
        }


def count(figures, name, what, area_code, period):
    """One count of one place and period."""
    path = shelf.database(figures.settings.store, name)
    with duckdb.connect(str(path), read_only=True) as connection:
        sql = f"select {what} from marts.cases where area_code = ? and period = ?"
        return connection.execute(sql, [area_code, period]).fetchone()[0]


def cells(figures, name, mart, what, **where):
    """One count of every place, by its code, in the rows of these values."""
    path = shelf.database(figures.settings.store, name)
    with duckdb.connect(str(path), read_only=True) as connection:
        conditions = " and ".join(f"{column} = ${column}" for column in where)
        return dict(
            connection.execute(
                f"select area_code, {what} from marts.{mart} where {conditions}", where
            ).fetchall()
        )
