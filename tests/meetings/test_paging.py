"""Long lists in pages: together the pages are the list."""

from hypothesis import given
from hypothesis import strategies as st

from meetings import paging

ROWS = st.lists(st.integers(), max_size=40)
SIZES = st.integers(1, 12)


@given(rows=ROWS, size=SIZES)
def test_the_pages_together_are_the_list(rows: list[int], size: int):
    pages = paging.leaf(rows, 1, size).pages
    leaves = [paging.leaf(rows, page, size) for page in range(1, pages + 1)]
    assert [row for leaf in leaves for row in leaf.rows] == rows
    assert all(leaf.rows for leaf in leaves) or not rows
    assert {leaf.total for leaf in leaves} == {len(rows)}


@given(rows=ROWS, size=SIZES, page=st.integers(-5, 60))
def test_a_number_that_is_no_page_shows_the_nearest_page(rows: list[int], size: int, page: int):
    leaf = paging.leaf(rows, page, size)
    assert 1 <= leaf.page <= leaf.pages
    assert leaf == paging.leaf(rows, leaf.page, size)
    assert leaf.page in (page, 1, leaf.pages)
