"""The perturbation table and the keys of the protected release."""

import math

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
    first = keys.record_key(b"one", "case", "amt-a", "F1")
    assert first == keys.record_key(b"one", "case", "amt-a", "F1")
    assert (
        len({first, *(keys.record_key(b"one", unit, "amt-a", "F1") for unit in ("goal", "consultation"))})
        == 3
    )
    assert first != keys.record_key(b"two", "case", "amt-a", "F1")
    assert 0 <= first < keys.MODULUS


def test_cell_keys_are_spread_evenly():
    drawn = [keys.cell_key(b"key", key_sum, key_sum % 7 + 1) for key_sum in range(20_000)]
    assert all(0 <= u < 1 for u in drawn)
    assert sum(drawn) / len(drawn) == pytest.approx(0.5, abs=4 / math.sqrt(12 * len(drawn)))
