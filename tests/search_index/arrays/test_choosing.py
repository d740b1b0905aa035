import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.arrays.choosing import best


def by_sorting(keys, count):
    order = sorted(range(len(keys[0])), key=lambda at: tuple(-key[at] for key in keys))
    return order[:count]


def chosen(keys, count):
    first, *later = [np.array(key) for key in keys]
    return best(first, [key.__getitem__ for key in later], count).tolist()


few = st.integers(0, 3)


@given(st.lists(st.tuples(few, few), max_size=40), st.integers(1, 8))
def test_the_best_are_those_that_sorting_gives(rows, count):
    keys = [[a for a, _ in rows], [b for _, b in rows], list(range(len(rows), 0, -1))]
    assert chosen(keys, count) == by_sorting(keys, count)


@pytest.mark.parametrize("values", [1, 3, 50, 10_000])
@pytest.mark.parametrize("size", [4_097, 9_000, 20_011])
def test_of_very_many_the_best_are_those_that_sorting_gives(size, values):
    random = np.random.default_rng(size + values)
    keys = [random.integers(0, values, size), random.integers(0, 5, size), -np.arange(size)]
    assert chosen(keys, 20) == by_sorting([key.tolist() for key in keys], 20)


def test_all_alike_are_told_apart_by_the_last_key_alone():
    size = 6_000
    places = np.random.default_rng(1).permutation(size)
    keys = [np.zeros(size), np.zeros(size, np.int64), -places]
    assert chosen(keys, 3) == [int(np.flatnonzero(places == at)[0]) for at in range(3)]


def test_fewer_than_wanted_are_all_of_them_in_order():
    assert chosen([[1.0, 3.0, 2.0]], 20) == [1, 2, 0]


def test_of_nothing_nothing_is_chosen():
    assert chosen([[], []], 5) == []


@given(st.integers(0, 5_000), st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_a_later_key_is_asked_only_about_what_may_still_be_chosen(ahead, count):
    size = 6_000
    first = np.zeros(size)
    first[:ahead] = np.arange(ahead, 0, -1)
    asked = []

    def later(at):
        asked.append(len(at))
        return -at

    found = best(first, [later], count)
    assert len(found) == count
    assert ahead < count or max(asked) <= count
