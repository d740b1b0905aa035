"""The word that a mark ends with: its strokes, and what is blank between them."""

import numpy as np
import pytest

from meetings.intake.secrecy.letters import AROUND, STYLES, Style, word

CAPITAL = 0.5  # from a letter's middle to its top


@pytest.fixture(params=STYLES, ids=str)
def style(request):
    return request.param


def test_a_word_has_three_letters_and_the_second_bears_its_marks(style):
    drawn = word(style)
    assert len(drawn.strokes) == 3 + 5 + 2
    assert len(drawn.blanks) == 3
    hat, dot = drawn.strokes[6:8]
    assert hat[:, 1].min() > CAPITAL
    assert dot[:, 1].max() < -CAPITAL
    assert abs(hat[:, 0].mean()) < 0.01
    assert abs(dot[:, 0].mean()) < 0.01


def test_letters_stand_in_their_order_and_do_not_overlap(style):
    strokes = word(style).strokes
    first, second, last = (
        np.concatenate(part) for part in (strokes[:3], strokes[3:6], strokes[8:])
    )
    assert first[:, 0].max() < second[:, 0].min() + 0.05
    assert second[:, 0].max() < last[:, 0].min() + 0.15


def test_blanks_keep_away_from_every_stroke_of_their_letter(style):
    drawn = word(style)
    letters = (drawn.strokes[:3], drawn.strokes[3:8], drawn.strokes[8:])
    for blanks, strokes in zip(drawn.blanks, map(np.concatenate, letters), strict=True):
        assert len(blanks) > 3
        away = np.hypot(*(blanks[:, None] - strokes[None]).transpose(2, 0, 1))
        assert away.min() > AROUND
        assert np.abs(blanks[:, 1]).max() <= CAPITAL + 0.01


def test_points_of_a_stroke_lie_equally_close_together(style):
    for points in word(style).strokes:
        steps = np.hypot(*np.diff(points, axis=0).T)
        assert steps.max() < 0.13


def test_a_wider_style_makes_a_wider_word():
    narrow, wide = STYLES[0], STYLES[2]
    widths = [np.ptp(np.concatenate(word(style).strokes)[:, 0]) for style in (narrow, wide)]
    assert widths[0] < widths[1]


def test_a_word_keeps_the_distances_it_is_given():
    drawn = word(Style(1, 1, 1, 3, 2))
    assert drawn.strokes[1][:, 0].mean() == pytest.approx(-3, abs=0.05)
    assert drawn.strokes[9][:, 0].mean() == pytest.approx(2)
