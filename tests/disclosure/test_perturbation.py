"""The perturbation table and the keys of the protected release."""

import hmac
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.disclosure import keys, perturbation

# Published by the R package ptable 1.0.0 (vignette "introduction"): D = 5, V = 3, js = 2, and D = 2, V = 1.
PUBLISHED = {
    (5, 3, 2): {
        1: {0: 0.73446954, 3: 0.13672019, 4: 0.07279631, 5: 0.03742956, 6: 0.018584399},
        4: {0: 0.08485487, 3: 0.277921233, 4: 0.27792123, 5: 0.18939369, 6: 0.105125448},
        8: {3: 0.003791861, 6: 0.118730368, 8: 0.228801496, 10: 0.118730371, 13: 0.00379186},
    },
    (2, 1, 0): {
        1: {0: 0.36648551, 1: 0.3664855, 2: 0.1675725, 3: 0.09945652},
        2: {0: 0.06382714, 2: 0.3829628},
    },
}


@pytest.mark.parametrize("parameters", PUBLISHED)
def test_the_published_tables_are_reproduced(parameters):
    table = {row.count: row for row in perturbation.table(*parameters)}
    for count, published in PUBLISHED[parameters].items():
        solved = dict(zip(table[count].targets, table[count].probabilities, strict=True))
        for target, probability in published.items():
            assert solved[target] == pytest.approx(probability, abs=1e-6)


@given(st.sampled_from([(5, 3.0, 2), (4, 2.0, 1), (3, 1.5, 0), (5, 3.0, 0)]))
def test_every_row_has_no_bias_a_bounded_variance_and_no_blocked_value(parameters):
    deviation, variance, blocked = parameters
    for row in perturbation.table(*parameters)[1:]:
        v = [target - row.count for target in row.targets]
        assert sum(row.probabilities) == pytest.approx(1)
        assert sum(p * x for p, x in zip(row.probabilities, v, strict=True)) == pytest.approx(0, abs=1e-6)
        assert sum(p * x * x for p, x in zip(row.probabilities, v, strict=True)) <= variance + 1e-6
        assert max(map(abs, v)) <= deviation
        assert not set(row.targets) & set(range(1, blocked + 1))


def test_zero_stays_zero_and_a_key_picks_the_interval_it_lies_in():
    rows = perturbation.table(5, 3, 2)
    assert perturbation.noise(rows[0], 0.999) == 0
    assert perturbation.noise(rows[1], 0.0) == -1
    assert perturbation.noise(rows[1], rows[1].bounds[0]) == 2  # lb <= u < ub: the bound belongs to the next
    assert perturbation.noise(rows[1], 0.9999999) == 5


def test_the_same_record_has_the_same_key_and_another_unit_another():
    def key(k1=b"one", unit="case", record="F1"):
        return int(keys.record_keys(k1, unit, "amt-a", [record])[0])

    assert key() == key()
    assert len({key(), key(unit="goal"), key(unit="consultation"), key(b"two"), key(record="F2")}) == 5
    assert 0 <= key() < keys.MODULUS


@given(st.binary(min_size=1, max_size=64), st.text(max_size=80))
def test_a_record_key_is_the_first_four_bytes_of_the_standard_hmac(k1, record):
    expected = hmac.digest(k1, f"rk|v1|case|amt-a|{record}".encode(), "sha256")[:4]
    assert keys.record_keys(k1, "case", "amt-a", [record])[0] == int.from_bytes(expected, "big")


def test_a_cell_key_is_the_standard_hmac_of_key_sum_and_count_and_lies_below_one():
    digest = hmac.digest(b"two", b"4294967295|12", "sha256")
    u = keys.cell_keys(b"two", [4294967295], [12])[0]
    assert u == pytest.approx(int.from_bytes(digest[:8], "big") / 2**64, abs=2**-52)


def test_cell_keys_are_spread_evenly():
    numbers = range(20_000)
    drawn = keys.cell_keys(b"key", numbers, [number % 7 + 1 for number in numbers])
    assert ((drawn >= 0) & (drawn < 1)).all()
    assert drawn.mean() == pytest.approx(0.5, abs=4 / math.sqrt(12 * len(drawn)))


def test_many_cells_are_perturbed_as_each_alone():
    rows = perturbation.table(5, 3, 2)
    counts = np.arange(0, 40)
    u = keys.cell_keys(b"key", range(40), counts.tolist())
    alone = [perturbation.noise(rows[min(n, len(rows) - 1)], x) for n, x in zip(counts, u, strict=True)]
    assert (perturbation.noises(rows, counts, u) == alone).all()
