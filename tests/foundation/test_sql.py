"""Names and texts from outside stand in SQL as they are, whatever is in them."""

import duckdb
import pytest

from data.foundation import sql


@pytest.mark.parametrize("written", ["Müller", "O'Brien", "'; drop table faelle; --", 'a "b"', "''", "\\'"])
def test_a_text_comes_back_from_the_database_as_it_was(written):
    assert duckdb.sql(f"select {sql.literal(written)}").fetchall() == [(written,)]
    assert duckdb.sql(f"select 1 as {sql.identifier(written)}").columns == [written]
    assert duckdb.sql(f"select {sql.literal(written)} in ({sql.literals(['x', written])})").fetchall() == [
        (True,)
    ]
