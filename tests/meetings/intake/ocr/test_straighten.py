import pytest
from PIL import Image

from meetings.intake.ocr.straighten import Turn, skew


@pytest.mark.parametrize("degrees", [-2.5, -1.0, 1.5, 3.0])
def test_a_page_that_lies_askew_is_turned_back(scan, degrees):
    askew = scan.convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(askew) == pytest.approx(-degrees, abs=0.3)


def test_a_straight_page_and_an_empty_one_are_left(scan):
    assert skew(scan.convert("L")) == 0.0
    assert skew(Image.new("L", (800, 600), 255)) == 0.0


@pytest.mark.parametrize("turn", [Turn(0, 0.0), Turn(0, 2.0), Turn(1, -3.0), Turn(2, 1.0)])
def test_a_place_on_the_turned_page_leads_back_to_where_it_was(turn):
    page = Image.new("L", (400, 600), 255)
    upright = page.rotate(90 * turn.quarters, expand=True)
    upright.paste(0, (98, 148, 103, 153))
    turned = Turn(0, turn.degrees).applied(upright)
    dark = turned.point([255 * (tone < 128) for tone in range(256)]).getbbox()
    x, y = turn.undone((dark[0] + dark[2]) / 2, (dark[1] + dark[3]) / 2, turned.size)
    assert x * upright.width == pytest.approx(100.5, abs=1.5)
    assert y * upright.height == pytest.approx(150.5, abs=1.5)
    assert turn.applied(page).size == upright.size
