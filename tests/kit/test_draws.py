"""Keyed draws: the published known answers, moments, independence, and independence from order and company."""

import numpy as np
import pytest

from sim.kit import draws

# Known answers of Philox4x32-10 from the Random123 distribution (kat_vectors).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, answer):
    words = draws.philox(*[np.uint64(word) for word in (*counter, *key)])
    assert tuple(int(word) for word in words) == answer


def test_uniform_has_the_moments_of_a_uniform():
    u = draws.uniform(7, np.arange(200_000), 0, 3, 400, 9)
    assert u.min() > 0 and u.max() < 1
    assert abs(u.mean() - 0.5) < 4 * np.sqrt(1 / 12 / len(u))
    assert abs(u.var() - 1 / 12) < 0.001
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 0.01


def test_normal_has_the_moments_of_a_normal():
    z = draws.normal(7, np.arange(200_000), 0, 3, 400, 9)
    assert abs(z.mean()) < 0.01
    assert abs(z.std() - 1) < 0.01
    assert abs((z**4).mean() - 3) < 0.1


@pytest.mark.parametrize("other", [dict(seed=8), dict(branch=1), dict(replication=4), dict(quarter=401), dict(purpose=10)])
def test_every_part_of_the_key_matters_and_streams_are_uncorrelated(other):
    key = dict(seed=7, origin=np.arange(20_000), branch=0, replication=3, quarter=400, purpose=9)
    one, two = draws.uniform(**key), draws.uniform(**(key | other))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03
    assert not np.array_equal(one, two)


def test_a_draw_does_not_depend_on_its_company_or_order():
    together = draws.uniform(7, np.arange(100), 0, 3, 400, 9)
    order = np.arange(100)[::-1]
    assert np.array_equal(draws.uniform(7, order, 0, 3, 400, 9), together[order])
    assert draws.uniform(7, 42, 0, 3, 400, 9) == together[42]


def test_seeds_of_64_bits_are_all_different_keys():
    assert draws.uniform(1, 5, 0, 0, 0, 0) != draws.uniform(1 + (1 << 32), 5, 0, 0, 0, 0)


def test_many_numbers_at_once_equal_few_at_a_time():
    keys = np.arange(5000)
    assert np.array_equal(draws.uniform(7, keys, 0, 3, 400, 9)[:50], draws.uniform(7, keys[:50], 0, 3, 400, 9))
