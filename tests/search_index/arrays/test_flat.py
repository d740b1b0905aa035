"""Lists made, joined and renumbered as arrays are those that dictionaries would hold."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.arrays.flat import Flat, boundaries, joined, of_occurrences, spread, without

rows_of = st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 70_000))
occurrences = st.lists(rows_of, unique=True, max_size=60)


def numbers(values):
    return np.array(list(values), np.uint64)


def made(rows, *, placed=True):
    places = numbers(place for *_, place in rows) if placed else None
    return of_occurrences(numbers(r[0] for r in rows), numbers(r[1] for r in rows), places)


def by_hand(rows):
    """Key to document to sorted places."""
    lists = defaultdict(lambda: defaultdict(list))
    for key, doc, place in sorted(rows):
        lists[key][doc].append(place)
    return {key: dict(docs) for key, docs in lists.items()}


def read(flat: Flat):
    """The same from the arrays."""
    lists, at, place = {}, 0, 0
    for number, key in enumerate(flat.keys.tolist()):
        docs = {}
        for at in range(int(flat.rows[number]), int(flat.rows[number + 1])):
            count = int(flat.counts[at])
            docs[int(flat.docs[at])] = flat.places[place : place + count].tolist()
            place += count
        lists[key] = docs
    return lists


@given(occurrences)
def test_occurrences_become_lists_in_order(rows):
    flat = made(rows)
    assert read(flat) == by_hand(rows)
    assert flat.keys.tolist() == sorted(by_hand(rows))


@given(occurrences)
def test_without_places_only_the_counts_are_kept(rows):
    flat = made(rows, placed=False)
    assert flat.places is None
    assert flat.counts.tolist() == [
        len(places) for _, docs in sorted(by_hand(rows).items()) for places in docs.values()
    ]


@given(st.lists(occurrences, min_size=1, max_size=4))
def test_lists_of_parts_are_joined_key_by_key(parts):
    shifted = [[(k, d + 10 * at, p) for k, d, p in rows] for at, rows in enumerate(parts)]
    whole = joined([made(rows) for rows in shifted])
    assert read(whole) == by_hand([row for rows in shifted for row in rows])


@given(occurrences, st.sets(st.integers(0, 9)))
def test_dropped_documents_leave_no_trace(rows, gone):
    left = [doc for doc in range(10) if doc not in gone]
    renumbered = np.array([left.index(doc) + 100 if doc in left else -1 for doc in range(10)])
    kept = [(k, left.index(d) + 100, p) for k, d, p in rows if d not in gone]
    assert read(without(made(rows), renumbered)) == by_hand(kept)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5)), max_size=20))
def test_runs_are_laid_end_to_end(runs):
    starts, sizes = (
        np.array([r[0] for r in runs], np.int64),
        np.array([r[1] for r in runs], np.int64),
    )
    assert spread(starts, sizes).tolist() == [s + i for s, size in runs for i in range(size)]


@pytest.mark.parametrize(
    ("line", "begins"), [([], [0]), ([5], [0, 1]), ([1, 1, 2, 2, 2, 7], [0, 2, 5, 6])]
)
def test_boundaries_are_where_the_number_changes(line, begins):
    assert boundaries(numbers(line)).tolist() == begins
