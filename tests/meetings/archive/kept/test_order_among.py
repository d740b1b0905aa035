"""The head of an order is the same whichever others are there, before or after, seen or not."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.archive.kept.ordering import Sort, first, worths
from meetings.archive.kept.shelf import leading_number
from meetings.models import DocumentType
from tests.meetings.archive.kept.shelves import Entry, entries, shelved

DAY = date(2024, 5, 20)


def entry(day=DAY, number=0):
    return Entry(DocumentType.PLAN, day, "", "", -1, number)


def listed(line, sort, rows=None, count=100):
    rows = np.arange(len(line)) if rows is None else np.array(rows, np.int64)
    return first(shelved(line), rows, sort, count).tolist()


@pytest.mark.parametrize("sort", Sort)
@settings(max_examples=30)
@given(line=entries, seen=st.lists(st.booleans(), min_size=12, max_size=12), size=st.integers(1, 5))
def test_hidden_ones_move_nobody_and_pages_are_the_list_cut(sort, line, seen, size):
    rows = np.flatnonzero(seen[: len(line)]).tolist()
    whole = listed(line, sort)
    among = listed(line, sort, rows)
    assert among == [row for row in whole if row in rows]
    assert listed(line, sort, rows[::-1]) == among, "however they were found"
    leaves = [listed(line, sort, rows, end)[end - size :] for end in range(size, 13 + size, size)]
    assert [row for leaf in leaves for row in leaf] == among


@pytest.mark.parametrize("sort", Sort)
def test_of_one_day_and_number_the_last_to_come_is_first(sort):
    assert listed([entry(number=7)] * 4, sort) == [3, 2, 1, 0]


def test_what_has_no_day_or_number_comes_last_in_each_order():
    line = [entry(day=None), entry(day=date(2020, 1, 1), number=9), entry(number=2)]
    assert listed(line, Sort.NEWEST) == [2, 1, 0]
    assert listed(line, Sort.OLDEST) == [1, 2, 0]
    assert listed(line, Sort.NUMBER) == [2, 1, 0]
    assert listed(line, Sort.RELEVANCE) == listed(line, Sort.NEWEST)


def test_of_one_number_the_newest_comes_first_and_great_numbers_do_not_run_over():
    line = [
        entry(day=date(2020, 1, 1), number=436),
        entry(day=date(2026, 1, 1), number=436),
        entry(day=date(9999, 12, 31), number=999_999),
        entry(day=None, number=999_999),
        entry(day=None),
    ]
    assert listed(line, Sort.NUMBER) == [1, 0, 2, 3, 4]
    assert worths(shelved(line), Sort.NUMBER).dtype == np.int64


@pytest.mark.parametrize(
    ("symbol", "number"),
    [
        ("436-KL/TU", 436),
        ("07-BC/VP", 7),
        ("  12/QĐ", 12),
        ("Số 12", 0),
        ("", 0),
        ("-5", 0),
        ("0-X", 0),
    ],
)
def test_a_number_is_what_a_symbol_begins_with(symbol, number):
    assert leading_number(symbol) == number
