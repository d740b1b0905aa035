"""Pages are made side by side, and still come in the order in which they were asked for."""

import os
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake import lanes, prepare_pages
from meetings.intake.lanes import PAGES_A_LANE, in_lanes

ENOUGH = 2 * PAGES_A_LANE


class Lanes:
    """Lanes that only count, and note when they begin and end."""

    def __init__(self):
        self.story = []

    def __call__(self, numbers, *, beside):
        self.story.append("begins beside" if beside else "begins")
        try:
            yield None
            for number in numbers:
                self.story.append(number)
                yield str(number)
        finally:
            self.story.append("ends")


@pytest.fixture(params=[1, 2, 4])
def processors(request, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(request.param)))
    return request.param


@pytest.mark.parametrize("count", [0, 1, ENOUGH - 1, ENOUGH, ENOUGH + 1, 50])
def test_pages_come_in_the_order_asked(processors, count):
    asked = [7 * number % 53 for number in range(count)]
    assert list(in_lanes(asked, Lanes())) == [str(number) for number in asked]


@given(st.lists(st.integers(), max_size=40))
def test_no_page_is_lost_or_made_twice(asked):
    assert list(in_lanes(asked, Lanes())) == [str(number) for number in asked]


def test_every_child_works_before_the_first_page_is_waited_for(processors):
    told = Lanes()
    with closing(in_lanes(range(ENOUGH), told)) as pages:
        assert next(pages) == "0"
    begun = ["begins"] if processors == 1 else ["begins", "begins beside"]
    assert told.story == [*begun, 0, *["ends"] * len(begun)]


def test_few_pages_are_not_worth_another_child(processors):
    told = Lanes()
    list(in_lanes(range(ENOUGH - 1), told))
    assert told.story.count("begins beside") == 0


def test_a_lane_that_breaks_off_at_once_costs_the_other_nothing(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})

    def lane(numbers, *, beside):
        if not beside:
            yield None
        yield from (-number if beside else number for number in numbers)

    assert list(in_lanes(range(1, ENOUGH + 1), lane)) == [1, -2, 3, -4, 5, -6, 7, -8]


def test_pages_of_two_real_children_arrive_in_order(make_pdf, output, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    monkeypatch.setattr(lanes, "PAGES_A_LANE", 2)
    asked = [4, 2, 3, 1, 5]
    pages = list(prepare_pages(make_pdf(*["text"] * 5), output, asked))
    assert [(page.number, page.reason) for page in pages] == [(number, None) for number in asked]
    assert len(list(output.iterdir())) == 2 * len(asked)
