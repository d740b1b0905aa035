"""A mask over the shelf becomes one over the documents of an index, whatever either lacks."""

from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import DocumentType
from tests.meetings.archive.kept.shelves import Entry, shelved

SIZE = 6
ENTRY = Entry(DocumentType.PLAN, None, "", "", -1)


def identity(place):
    return str(UUID(int=place))


def names_of(places):
    return [identity(place) for place in places]


def shelf_of(size):
    shelf = shelved([])
    for place in range(size):
        shelf.names.code(identity(place).replace("-", ""))
    return shelf


@given(
    seen=st.lists(st.booleans(), max_size=SIZE),
    filed=st.lists(st.integers(0, SIZE + 3), unique=True),
)
def test_what_a_person_may_read_is_found_under_the_numbers_of_the_index(seen, filed):
    """The shelf knows more documents than the mask, and the index some that the shelf has not."""
    found = shelf_of(SIZE).in_index(np.array(seen, np.bool_), names_of(filed))
    assert found.dtype == np.bool_
    assert found.tolist() == [place < len(seen) and seen[place] for place in filed]


def test_a_document_that_comes_to_the_shelf_later_is_not_in_an_earlier_mask():
    shelf, filed = shelf_of(2), names_of([2, 1, 0])
    mask = np.array([True, False])
    assert shelf.in_index(mask, filed).tolist() == [False, False, True]
    shelf.names.code(identity(2).replace("-", ""))
    assert shelf.in_index(mask, filed).tolist() == [False, False, True]
    later = np.array([True, False, True])
    assert shelf.in_index(later, filed).tolist() == [True, False, True]


def test_a_shelf_without_documents_finds_none():
    assert shelf_of(0).in_index(np.zeros(0, np.bool_), names_of([0, 1])).tolist() == [False] * 2
    assert shelved([ENTRY]).in_index(np.ones(1, np.bool_), []).tolist() == []
