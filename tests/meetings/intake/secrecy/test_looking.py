"""A person sees the pages at the gate; their pictures come back through the pipe alone."""

import io

import pytest
from PIL import Image

from meetings.intake import Reason, Verdict, page_picture, sandbox, shown_numbers
from meetings.intake.secrecy.looking import look

PDF, TIFF = "application/pdf", "image/tiff"


def opened(picture):
    return Image.open(io.BytesIO(picture))


@pytest.fixture
def tiff(tmp_path):
    red, blue = (Image.new("RGB", (3000, 4000), colour) for colour in ("red", "blue"))
    red.save(tmp_path / "scan.tiff", save_all=True, append_images=[blue])
    return tmp_path / "scan.tiff"


def test_a_page_is_drawn_as_a_jpeg(make_pdf):
    drawn = opened(look(make_pdf("text", "blank"), PDF, 1))
    assert (drawn.format, drawn.width) == ("JPEG", 1000)


def test_each_frame_of_a_picture_is_shown(tiff):
    red, _, blue = opened(look(tiff, TIFF, 2)).getpixel((5, 5))
    assert blue > red
    assert opened(look(tiff, TIFF, 1)).width == 1000


def test_a_child_draws(make_pdf):
    assert opened(page_picture(make_pdf("text"), PDF, 1)).format == "JPEG"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], Reason.CRASHED),
        ([{"picture": 3}], Reason.CRASHED),
        ([{"picture": "no base 64!"}], Reason.CRASHED),
        ([{"reason": "timed_out"}], Reason.TIMED_OUT),
    ],
)
def test_a_child_that_says_something_else_shows_nothing(answers, reason, monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: (answer for answer in answers))
    assert page_picture(tmp_path, PDF, 1) is reason


@pytest.mark.parametrize(
    ("media_type", "pages", "numbers"),
    [(PDF, 9, [1, 2, 9]), (TIFF, 0, [1]), ("application/msword", 0, [])],
)
def test_the_pages_that_are_shown_are_those_the_gate_looks_at(media_type, pages, numbers):
    assert shown_numbers(Verdict(media_type=media_type, pages=pages)) == numbers
