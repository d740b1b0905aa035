import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.edits import Drop, Join, Keep, Reorder, Rotate, edited, from_json, to_json

NUMBERS = st.lists(st.integers(-1, 8), max_size=5).map(tuple)
EDITS = st.one_of(
    st.builds(
        Keep, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3).map(tuple)
    ),
    st.builds(Join, st.integers(0, 3)),
    st.builds(Rotate, NUMBERS, st.sampled_from([-90, 0, 45, 90, 180, 270])),
    st.builds(Reorder, NUMBERS | st.permutations(range(1, 5)).map(tuple)),
    st.builds(Drop, NUMBERS),
)


def model(pages, edit, sources):
    match edit:
        case Keep(ranges):
            return [pages[n - 1] for first, last in ranges for n in range(first, last + 1)]
        case Join(source):
            return pages + sources[source - 1]
        case Reorder(numbers):
            return [pages[n - 1] for n in numbers]
        case Drop(numbers):
            return [page for n, page in enumerate(pages, 1) if n not in numbers]
    return pages


@given(st.lists(st.integers(1, 6), min_size=1, max_size=2), st.lists(EDITS, max_size=5))
def test_allowed_edits_do_what_a_list_of_pages_does(counts, edits):
    sources = [[(s, n) for n in range(1, count + 1)] for s, count in enumerate(counts, 1)]
    pages = sources[0]
    try:
        made = edited(counts, edits)
    except ValueError:
        return
    for edit in edits:
        pages = model(pages, edit, sources)
    assert [(page.source, page.number) for page in made] == pages
    assert made
    assert {page.turned % 90 for page in made} == {0}


@pytest.mark.parametrize(
    "edit",
    [
        *(Keep(()), Keep(((0, 1),)), Keep(((2, 1),)), Keep(((1, 4),)), Join(2), Join(0)),
        *(Rotate((1,), 45), Rotate((4,), 90), Reorder((1, 2)), Reorder((1, 2, 2))),
        *(Drop((1, 2, 3)), Drop((4,)), Drop(())),
    ],
)
def test_impossible_edits_are_refused(edit):
    with pytest.raises(ValueError, match=r"page|source|order"):
        edited([3], [edit])


@given(EDITS)
def test_an_edit_travels_as_json(edit):
    assert from_json(to_json(edit)) == edit


@pytest.mark.parametrize("wrong", [{}, {"kind": "x"}, {"kind": "drop"}, {"kind": "drop", "a": 1}])
def test_anything_else_is_no_edit(wrong):
    with pytest.raises(ValueError, match="not an edit"):
        from_json(wrong)
