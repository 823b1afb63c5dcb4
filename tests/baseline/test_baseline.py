"""The results of the Hoàng Kim plan are those written down in ``hoang_kim_2024.csv``.

A change of the model that is meant changes them: then ``python -m tests.baseline.refresh`` writes them anew, and the difference of
the file, year by year and mix by mix, belongs into the review of the change.
"""

from __future__ import annotations

from tests.baseline import hoang_kim


def test_results_are_as_written_down() -> None:
    """Households, poor, near-poor, incomes, money and a hash of the whole state, for three replications, all mixes and years."""
    was, now = hoang_kim.read(), hoang_kim.lines()
    assert len(was) == len(now)
    figures = [name for name in hoang_kim.COLUMNS if name != "state"]
    for old, new in zip(was, now, strict=True):
        assert {name: old[name] for name in figures} == {name: new[name] for name in figures}
    assert [line["state"] for line in was] == [line["state"] for line in now]
