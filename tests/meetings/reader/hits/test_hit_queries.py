"""What an address says of a search: kept for the next page, and never more than that."""

import pytest

from meetings.reader.hits.queries import ASKED, LONGEST, MOST, Trail, trail_of


def test_a_trail_says_in_the_next_address_what_it_was_told():
    said = {"q": "cải cách", "type": "resolution", "year": "2021", "hit": "3", "of": "41"}
    trail = trail_of(said)
    assert (trail.place, trail.count) == (3, 41)
    assert trail_of({name: str(value) for name, value in trail.address.items()}) == trail
    assert set(trail.asked) < set(ASKED)


@pytest.mark.parametrize(
    ("place", "before", "after"), [(1, None, 2), (2, 1, 3), (3, 2, None)], ids=str
)
def test_the_ends_lead_nowhere(place: int, before: int | None, after: int | None):
    trail = Trail({"q": "thu"}, place, 3)
    assert (trail.before, trail.after) == (before, after)


def test_a_single_hit_has_no_others():
    trail = Trail({"q": "thu"}, 1, 1)
    assert trail
    assert (trail.before, trail.after) == (None, None)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"hit": "1"},
        {"of": "4"},
        {"hit": "0", "of": "4"},
        {"hit": "5", "of": "4"},
        {"hit": "-1", "of": "4"},
        {"hit": "x", "of": "4"},
        {"hit": "²", "of": "4"},
        {"hit": "٣", "of": "4"},
        {"hit": "1", "of": ""},
        {"hit": "1", "of": "9" * 5000},
    ],
    ids=str,
)
def test_a_place_that_cannot_be_is_none(said):
    trail = trail_of(said | {"q": "thu"})
    assert not trail
    assert (trail.before, trail.after) == (None, None)
    assert trail.address == {"q": "thu"}


def test_only_what_a_search_asks_is_taken_along():
    trail = trail_of({"q": "x" * 5000, "next": "https://elsewhere", "page": "3", "year": ""})
    assert trail.asked == {"q": "x" * LONGEST}


def test_numbers_are_no_longer_than_an_archive_is():
    assert trail_of({"hit": "99999999", "of": "99999999"}).count == MOST
