"""A rating has its points, and the excellent are capped by the base that is set."""

import pytest

from meetings.members.life.fields import WORDS
from meetings.members.life.rating import FRAMES, Cap, CapBase, fits


def test_every_number_of_points_has_one_rating():
    assert set(FRAMES) == set(WORDS["rating"])
    for points in range(101):
        assert len([name for name in FRAMES if fits(name, points)]) == 1
    assert [fits("excellent", points) for points in (89, 90, 100)] == [False, True, True]


@pytest.mark.parametrize(
    ("base", "counts", "most"),
    [
        (CapBase.GOOD, {"excellent": 2, "good": 8, "fulfilled": 90}, 2),
        (CapBase.GOOD, {"excellent": 3, "good": 6}, 1),
        (CapBase.RATED, {"excellent": 2, "good": 8, "fulfilled": 90}, 20),
        (CapBase.RATED, {}, 0),
    ],
)
def test_the_cap_is_a_share_of_its_base(base, counts, most):
    cap = Cap(20, base)
    assert cap.most(counts) == most
    assert cap.holds(counts) == (counts.get("excellent", 0) <= most)
