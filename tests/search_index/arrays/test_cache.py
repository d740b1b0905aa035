from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np

from search_index.arrays.cache import Cache


def kibibyte():
    return np.zeros(1024, np.uint8)


def test_a_thing_is_made_once():
    cache, made = Cache(), []

    def make():
        made.append(1)
        return kibibyte()

    assert cache.get("a", make) is cache.get("a", make)
    assert made == [1]


def test_what_was_used_longest_ago_goes_first():
    cache = Cache(3 * 1300)
    for name in "abc":
        cache.get(name, kibibyte)
    cache.get("a", kibibyte)
    cache.get("d", kibibyte)
    again = []
    for name in "adcb":
        cache.get(name, lambda name=name: again.append(name))
    assert again == ["b"]


def test_the_budget_is_kept_whatever_comes():
    cache = Cache(10_000)
    for number in range(100):
        cache.get(number, kibibyte)
        assert cache.bytes <= 10_000
    assert 0 < len(cache) < 10
    cache.clear()
    assert (len(cache), cache.bytes) == (0, 0)


def test_a_thing_larger_than_the_budget_is_given_but_not_kept():
    cache = Cache(100)
    assert len(cache.get("large", kibibyte)) == 1024
    assert (len(cache), cache.bytes) == (0, 0)


def test_that_there_is_nothing_is_kept_too():
    cache, made = Cache(), []
    for _ in range(2):
        assert cache.get("none", lambda: made.append(1)) is None
    assert made == [1]


def test_threads_that_make_the_same_thing_are_counted_once():
    cache, together = Cache(), Barrier(4)

    def make():
        together.wait()
        return kibibyte()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: cache.get("same", make), range(4)))
    assert {len(each) for each in found} == {1024}
    assert len(cache) == 1
    assert cache.bytes < 2048


def test_many_threads_never_pass_the_budget():
    cache = Cache(20_000)

    def work(first):
        for number in range(first, first + 200):
            assert cache.get(number % 37, kibibyte) is not None
            assert cache.bytes <= 20_000

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(0, 400, 50)))
    assert cache.bytes == len(cache) * (1024 + 200)
