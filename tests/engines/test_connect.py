"""Spark Connect works out what DuckDB does, to the last count and key sum; its end is nobody else's."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from data import demo
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import deliveries, kind
from data.engines.failures import EngineError
from data.foundation.parameters import Parameters
from data.foundation.settings import Settings
from data.redteam import hard_data
from data.releases import database, make, shelf
from data.releases.secrets import Keys
from data.warehouse import build, models, versions
from tests.support import fixed, sail
from tests.support.effort import LONG, of

pytestmark = pytest.mark.long
KEYS = Keys(k1=b"1" * 32, k2=b"2" * 32)
NOW = {"edition": ["built_at"]}  # what tells when it was worked out


@pytest.fixture(scope="module")
def server():
    with sail.server() as running:
        yield running


@pytest.fixture(scope="module", params=["hard", "demonstration"] if LONG else ["hard"])
def settings(request, tmp_path_factory):
    """A store of the hard data, of seven months and two Kreise or all of it; one of the demonstration."""
    folder = tmp_path_factory.mktemp(request.param)
    stored = Settings(store=folder / "store", address="localhost", port=0)
    kind.decide(stored, kind.Kind.DEMONSTRATION)
    known, kreise = (None, hard_data.KREISE) if LONG else (date(2018, 7, 31), hard_data.KREISE[:2])
    if request.param == "hard":
        paths = hard_data.write(folder / "deliveries", of(150, 600), 7, kreise=kreise, known=known)
    else:
        paths = [*demo.write(folder / "deliveries", 3000, 7), *demo.write_lists(folder / "lists", 7)]
    for path in paths:
        assert import_delivery(path, stored, HandIn(confirm="drawn for a test")).accepted
    return stored


def marts(connection, schema="marts"):
    """Every mart, its types and its rows in an order of their own."""
    found = {}
    for name in models.read("marts"):
        table = f"{schema}.{name}"
        left_out = f"exclude ({', '.join(NOW[name])})" if name in NOW else ""
        rows = connection.execute(f"select * {left_out} from {table} order by all").fetchall()
        found[name] = (connection.execute(f"describe {table}").fetchall(), rows)
    return found


def laid_out(settings, spark, scratch):
    """The marts of a release in memory: each count above its sum of record keys."""
    with duckdb.connect(":memory:") as connection:
        stored = deliveries.current_tables(settings)
        series = database.Series(KEYS, Parameters(), spark=spark)
        database.lay_out(connection, stored, series, lambda *_: None, scratch)
        return marts(connection)


def built(settings):
    pointer = build.warehouse(settings)
    path = versions.warehouse(settings.store, pointer.version)
    with duckdb.connect(str(path), read_only=True) as connection:
        return marts(connection)


def unattacked(release, exact):
    return {"passed": True, "attacks": []}


def differing(left, right):
    return [name for name in left if left[name] != right[name]]


def test_every_count_and_key_sum_is_the_same(server, settings, tmp_path):
    here, there = laid_out(settings, "", tmp_path), laid_out(settings, server.address, tmp_path / "scratch")
    assert sum(len(rows) for _, rows in here.values()) > 1000
    assert differing(here, there) == []
    assert not (tmp_path / "scratch").exists()


@pytest.mark.skipif(not LONG, reason="the long form; a release counts the same rows")
def test_a_build_is_the_same(server, settings):
    assert differing(built(settings), built(replace(settings, spark=server.address))) == []


@pytest.mark.skipif(not LONG, reason="the long form; what is released follows from counts and key sums")
def test_every_released_cell_is_the_same(server, settings, tmp_path):
    fixed.keys(settings.keys)
    shutil.copytree(settings.store, tmp_path / "store")
    other = replace(settings, store=tmp_path / "store", keys_file=settings.keys, spark=server.address)
    released = []
    for each in (settings, other):
        made = make.make(
            each, lambda step: None, make.Terms(), attacks=lambda *_: {"passed": True, "attacks": []}
        )
        path = shelf.database(each.store, made.name)
        with duckdb.connect(str(path), read_only=True) as connection:
            listed = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
            left_out = {"edition": "exclude (built_at, state_word, state_areas, state_fixed, state_every)"}
            released.append(
                {
                    name: connection.execute(
                        f"select * {left_out.get(name, '')} from marts.{name} order by all"
                    ).fetchall()
                    for (name,) in listed
                }
            )
    assert len(released[0]) > 20
    assert differing(*released) == []


def test_a_server_that_ends_in_the_middle_leaves_what_serves(settings):
    serving = versions.Pointer("before", datetime(2026, 1, 1, tzinfo=UTC))
    versions.serve(settings.store, serving)
    with sail.server() as server:

        def kill(step):
            if step.text.endswith("staging.case_spans"):
                server.kill()

        with pytest.raises(EngineError) as ended:
            build.warehouse(replace(settings, spark=server.address), kill)
        assert re.fullmatch(r"The Spark Connect server at sc://\S+ did not .*stay in use\.", str(ended.value))
        assert versions.current(settings.store) == serving
        assert not [*settings.store.glob("*.new*"), *settings.store.glob(f"{build.SCRATCH}*")]
        with pytest.raises(EngineError):  # and now nobody listens there
            build.warehouse(replace(settings, spark=server.address))


def test_a_server_whose_disk_is_full_leaves_what_serves(settings):
    serving = versions.Pointer("before", datetime(2026, 1, 1, tzinfo=UTC))
    versions.serve(settings.store, serving)
    with sail.server(largest_file=2000) as server, pytest.raises(EngineError) as ended:
        build.warehouse(replace(settings, spark=server.address))
    assert "File too large" in str(ended.value)
    assert str(ended.value).endswith("the figures before stay in use.")
    assert "\n" not in str(ended.value)
    assert versions.current(settings.store) == serving
    assert not [*settings.store.glob("*.new*"), *settings.store.glob(f"{build.SCRATCH}*")]
