"""Whatever the way of writing: the same values come back. Whatever is broken: found at its line, alone."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import deliveries as store
from data.foundation.settings import Settings
from tests.support import books, effort
from tests.support.dialects import DIALECTS, MISSING, deliveries

SLOW = settings(max_examples=effort.of(16, 500), deadline=None, suppress_health_check=list(HealthCheck))
# rule -> table, column, the value that breaks it
BREAKS = {
    "date": ("faelle", "aufnahme_am", "31.02.2024"),
    "range": ("faelle", "aufnahme_am", "01.01.2014"),
    "value-list": ("faelle", "geschlecht", "x"),
    "synonym": ("faelle", "geschlecht", "w"),
    "area-unknown": ("faelle", "ags", "08999999"),
    "area-digits": ("faelle", "ags", "081110001"),
    "country": ("faelle", "herkunftsland", "Atlantis"),
    "boolean": ("faelle", "sprache_zertifiziert", "vielleicht"),
    "pattern": ("faelle", "fall_id", "a b!"),
    "required": ("faelle", "fall_id", ""),
    "after-reporting-date": ("faelle", "aufnahme_am", "01.10.2026"),
    "number": ("mittel", "betrag_eur", "zwölf"),
    "integer": ("mittel", "haushaltsjahr", "heuer"),
}


@pytest.fixture(scope="module")
def hand_in(connection):
    """Hand a folder in to a store of its own."""

    def result(folder):
        own = Settings(folder / "store", "localhost", 0)
        return own, import_delivery(
            folder / "in", own, HandIn(confirm="drawn by chance"), connection=connection
        )

    return result


@SLOW
@given(delivery=deliveries(), dialect=DIALECTS, missing=MISSING)
def test_a_valid_delivery_reads_back_exactly_in_every_way_of_writing(hand_in, delivery, dialect, missing):
    with tempfile.TemporaryDirectory() as name:
        folder = _written(Path(name), delivery, dialect, missing)
        own, imported = hand_in(folder)

        assert imported.accepted, imported.findings[:2]
        for table, rows in delivery.items():
            assert _stored(own, table, list(rows[0])) == [tuple(row.values()) for row in rows]
        (shown,) = [each for each in imported.recognised if each.table == "mittel"]
        assert shown.separator == dialect.separator
        assert shown.dates == ("TT.MM.JJJJ" if dialect.german_dates else "JJJJ-MM-TT")
        assert shown.decimals == ("Dezimalkomma" if dialect.comma else "Dezimalpunkt")


@SLOW
@given(delivery=deliveries(), dialect=DIALECTS, rule=st.sampled_from(list(BREAKS)), choose=st.randoms())
def test_one_broken_rule_is_found_at_its_line_and_nothing_else_is(hand_in, delivery, dialect, rule, choose):
    table, column, value = BREAKS[rule]
    row = choose.randrange(len(delivery[table]))
    broken = {name: [dict(each) for each in rows] for name, rows in delivery.items()}
    broken[table][row][column] = value
    if column == "aufnahme_am":
        value = value if dialect.german_dates else "-".join(reversed(value.split(".")))
        broken[table][row] |= {"beendet_am": None, "beendigungsgrund": None, column: value}
    with tempfile.TemporaryDirectory() as name:
        _, imported = hand_in(_written(Path(name), broken, dialect, ""))

        found = [(each.rule, each.file, each.line, each.column) for each in imported.findings]
        assert found == [(rule, f"{table}.csv", row + 2, column)]
        assert imported.accepted == (rule == "synonym")


def _written(folder, delivery, dialect, missing):
    (folder / "in").mkdir()
    for table, rows in {"lieferung": [books.HEAD], **delivery}.items():
        dialect.write(folder / "in", table, rows, missing)
    return folder


def _stored(own, table, columns):
    (stored,) = store.current_tables(own)[table]
    return duckdb.sql(f"select {', '.join(columns)} from read_parquet('{stored.tables[table]}')").fetchall()
