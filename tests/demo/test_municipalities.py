"""The demonstration brings the official list of municipalities, invented, in the form of the real one."""

import hashlib

from data import demo
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import deliveries
from data.foundation import areas
from data.foundation.settings import Settings
from tests.support import stores


def hashes(paths):
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]


def test_the_lists_are_taken_over_without_a_word_and_are_synthetic(tmp_path):
    paths = demo.write_lists(tmp_path, 2018)
    assert [path.name for path in paths] == [f"3112{year}_Auszug_GV.xlsx" for year in (2017, 2020, 2024)]
    settings = Settings(stores.made_up(tmp_path / "store"), "localhost", 0)
    for path in paths:
        imported = import_delivery(path, settings, HandIn())
        assert imported.accepted
        assert list(imported.counts) == ["list-read"]
    stored = deliveries.official_lists(settings)
    assert [(each.reporting_date.year, each.sender_kind, each.synthetic) for each in stored] == [
        (2017, "Zensus 2011", True), (2020, "Zensus 2011", True), (2024, "Zensus 2022", True),
    ]  # fmt: skip
    gemeinden = [code for code, area in areas.register().items() if area.level == areas.GEMEINDE]
    assert {each.rows["gemeindeverzeichnis"] for each in stored} == {len(gemeinden)}


def test_the_same_seed_writes_the_same_lists(tmp_path):
    first = hashes(demo.write_lists(tmp_path / "a", 2018))
    assert hashes(demo.write_lists(tmp_path / "b", 2018)) == first
    assert hashes(demo.write_lists(tmp_path / "c", 2019)) != first
