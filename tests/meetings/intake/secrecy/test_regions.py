"""Regions of ink, and the smallest rectangle about each."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from meetings.intake.secrecy import regions as rooms
from meetings.intake.secrecy.regions import cells, labelled, regions


def drawn(angle):
    page = Image.new("L", (420, 594))
    ImageDraw.Draw(page).rectangle((150, 270, 270, 310), outline=255, width=2)
    return np.asarray(page.rotate(-angle, center=(210, 290))) > 128


@pytest.mark.parametrize("angle", [-44, -20, 0, 12, 20, 60])
def test_a_tilted_frame_is_found_with_its_angle(angle):
    (region,) = regions(drawn(angle))
    assert abs(region.x - 210) < 3
    assert abs(region.y - 290) < 3
    assert abs(region.length - 121) < 5
    assert abs(region.breadth - 41) < 5
    assert abs(region.angle - angle) <= 2


def test_what_is_apart_makes_two_regions_and_an_empty_page_none():
    page = np.zeros((594, 420), bool)
    assert regions(page) == []
    page[100:110, 50:90] = page[300:340, 200:240] = True
    assert len(regions(page)) == 2


def test_arms_that_meet_below_are_one():
    arms = np.array([[1, 0, 1], [1, 0, 1], [1, 1, 1]], bool)
    assert len(set(labelled(arms)[arms])) == 1


def test_noise_ends_the_search(monkeypatch):
    monkeypatch.setattr(rooms, "MOST", 3)
    page = np.zeros((60, 40), bool)
    page[::4, ::4] = True
    assert labelled(page)[-4].max() == 0


def test_cells_are_half_a_millimetre():
    ink = np.zeros((2339, 1654), bool)
    assert cells(ink).shape == (594, 420)
    ink[:200] = True
    assert cells(ink)[:50].all()


def test_a_region_is_known_again_where_another_colour_shows_it():
    region = rooms.Region(100, 100, 80, 30, 12, 500)
    assert region.is_much_like(region._replace(x=103, ink=900))
    assert not region.is_much_like(region._replace(y=120))


def test_a_region_of_a_page_on_its_head_lies_as_far_from_the_other_edges():
    (region,) = regions(drawn(12))
    turned = region.half_turned(594)
    assert (turned.x, turned.y) == (420 - region.x, 594 - region.y)
    assert turned.half_turned(594) == region
    assert turned.angle == region.angle
