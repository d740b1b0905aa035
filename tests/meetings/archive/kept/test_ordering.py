"""Lists are put in order by arrays as by sorting, document by document."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.archive.kept.ordering import Sort, first
from meetings.archive.kept.shelf import day_number
from tests.meetings.archive.kept.shelves import entries, shelved


def newest(one):
    return day_number(one.day)


def oldest(one):
    return -(day_number(one.day) or 99999999)


def number(one):
    return (-(one.number or 10**9), day_number(one.day))


PLAIN = {
    Sort.RELEVANCE: newest,
    Sort.NEWEST: newest,
    Sort.OLDEST: oldest,
    Sort.NUMBER: number,
}


@pytest.mark.parametrize("sort", Sort)
@given(line=entries, count=st.integers(1, 15))
def test_the_first_are_the_head_of_the_whole_order(sort, line, count):
    shelf = shelved(line)
    rows = np.arange(len(line))
    order = sorted(rows.tolist(), key=lambda at: (PLAIN[sort](line[at]), at), reverse=True)
    assert first(shelf, rows, sort, count).tolist() == order[:count]


def test_of_nothing_nothing_is_first():
    assert first(shelved([]), np.zeros(0, np.int64), Sort.NUMBER, 10).tolist() == []
