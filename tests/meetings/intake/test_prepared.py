import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake import RENDITIONS, Box, PreparedPage, Reason, Word, rendition_name

fractions = st.floats(0, 1)
pages = st.builds(
    PreparedPage,
    number=st.integers(1, 3000),
    width=st.floats(1, 14400),
    height=st.floats(1, 14400),
    crop=st.builds(Box, fractions, fractions, fractions, fractions),
    text=st.text(),
    words=st.lists(
        st.builds(Word, st.text(), fractions, fractions, fractions, fractions), max_size=4
    ).map(tuple),
    legible=st.booleans(),
    reason=st.none() | st.sampled_from(Reason),
)


@given(pages)
def test_a_page_survives_json(page):
    assert PreparedPage.from_json(json.loads(json.dumps(page.to_json()))) == page


def test_a_word_is_a_list_of_five_on_the_wire():
    page = PreparedPage(number=1, words=(Word("họp", 0.1, 0.2, 0.3, 0.04),))
    assert page.to_json()["words"] == [["họp", 0.1, 0.2, 0.3, 0.04]]


GOOD = PreparedPage(number=1).to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"number": "first"},
        {"number": float("inf")},
        {"width": None},
        {"crop": [0, 0, 1]},
        {"crop": 7},
        {"words": [["họp", 0.1]]},
        {"words": [[]]},
        {"words": [7]},
        {"reason": "because"},
    ],
)
def test_what_is_no_page_is_refused(change):
    assert PreparedPage.from_json(GOOD).number == 1
    with pytest.raises(ValueError, match=r"."):
        PreparedPage.from_json(GOOD | change)


@pytest.mark.parametrize("key", GOOD)
def test_a_page_without_one_of_its_parts_is_refused(key):
    with pytest.raises(ValueError, match=key):
        PreparedPage.from_json({name: value for name, value in GOOD.items() if name != key})


def test_pictures_are_named_by_page_and_rendition():
    assert [rendition_name(7, rendition) for rendition in RENDITIONS] == [
        "7-1200.webp",
        "7-thumb.webp",
    ]
