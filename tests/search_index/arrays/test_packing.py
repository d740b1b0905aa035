import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.arrays.packing import one, pack, unpack, widths

sizes_of = st.sampled_from([1, 200, 255, 256, 65_535, 65_536, 2**31])
runs_of = st.lists(st.lists(sizes_of, max_size=6), max_size=8)


def laid(runs):
    values = np.array([value for run in runs for value in run], np.uint32)
    return values, np.concatenate(([0], np.cumsum([len(run) for run in runs], dtype=np.int64)))


@given(runs_of)
def test_what_was_packed_is_unpacked(runs):
    values, begins = laid(runs)
    packed, at = pack(values, begins, widths(values, begins))
    assert unpack(packed, at, begins).tolist() == values.tolist()


@given(runs_of)
def test_a_single_run_is_read_without_the_others(runs):
    values, begins = laid(runs)
    packed, at = pack(values, begins, widths(values, begins))
    for number, run in enumerate(runs):
        found = one(packed, at[number : number + 2], len(run))
        assert (found.tolist() if found is not None else []) == run


@pytest.mark.parametrize(
    ("run", "width"), [([1, 255], 1), ([1, 256], 2), ([65_535], 2), ([3, 65_536], 4), ([], 0)]
)
def test_each_run_has_the_narrowest_width(run, width):
    values, begins = laid([[7], run])
    assert widths(values, begins).tolist() == [1, width]


@given(st.lists(st.lists(st.sampled_from([1, 1, 1, 2, 300]), max_size=4), max_size=6))
def test_runs_of_nothing_but_ones_take_no_bytes(runs):
    values, begins = laid(runs)
    width = widths(values, begins, none=1)
    packed, at = pack(values, begins, width)
    plain = [number for number, run in enumerate(runs) if set(run) <= {1}]
    assert all(at[number] == at[number + 1] for number in plain)
    assert unpack(packed, at, begins, none=1).tolist() == values.tolist()
