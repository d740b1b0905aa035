import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.units import Catalogue


def catalogue(sizes, names=None):
    """A catalogue of documents with these numbers of pages."""
    pages = [number for size in sizes for number in range(size + 1)]
    names = names or [f"d{at}" for at in range(len(sizes))]
    blank = np.zeros(len(sizes), np.int64)
    return Catalogue(names, names, blank, np.array(pages, np.int64), np.zeros(len(pages), np.int64))


def test_pages_belong_to_the_head_before_them():
    known = catalogue([2, 0, 1])
    assert known.document_of.tolist() == [0, 0, 0, 1, 2, 2]
    assert known.heads.tolist() == [0, 3, 4]


def test_ids_are_chosen_by_their_places_and_strangers_do_no_harm():
    known = catalogue([0, 0, 0], ["m", "z", "a"])
    assert known.place == {"m": 0, "z": 1, "a": 2}
    assert known.chosen(["a", "unknown", "m"]).tolist() == [True, False, True]
    assert known.chosen([]).tolist() == [False] * 3


def test_a_catalogue_of_nothing_is_empty():
    known = catalogue([])
    assert known.document_of.tolist() == known.heads.tolist() == known.chosen(["a"]).tolist() == []


@given(st.lists(st.integers(0, 4), max_size=8))
def test_each_head_stands_at_the_begin_of_its_document(sizes):
    known = catalogue(sizes)
    assert (known.sizes == np.array(sizes, np.int64) + 1).all()
    assert known.document_of[known.heads].tolist() == list(range(len(sizes)))
    assert np.bincount(known.document_of, minlength=len(sizes)).tolist() == [
        size + 1 for size in sizes
    ]
