"""A first start fills an empty store, and never one in which anybody's deliveries are."""

from data.deliveries import store
from data.demo import prepare
from tests.figures import Figures


def test_a_store_with_anybodys_delivery_is_never_touched(tmp_path):
    figures = Figures(tmp_path).hand_in(
        faelle="fall_id | ags | aufnahme_am\nF1 | 08421000 | 05.01.2018", reporting_date="31.03.2018"
    )
    before = store.all_deliveries(figures.settings)
    assert prepare.fill(figures.settings, 500, 1, lambda what, done, of: None) is False
    assert store.all_deliveries(figures.settings) == before
    assert not list(figures.settings.store.glob("warehouse-*"))
