"""Marks are found by the shape of their letters, under text and askew; other words are not."""

import pytest
from PIL import Image, ImageDraw

from meetings.intake.prepared import Word
from meetings.intake.secrecy import picture as pictures
from meetings.intake.secrecy.finding import Evidence, Level
from meetings.intake.secrecy.picture import secrecy_in_picture
from meetings.intake.secrecy.regions import ACROSS, Region
from meetings.intake.secrecy.shapes import LIKE, MARGIN, ink_of, likeness
from tests.meetings.intake.secrecy.stamps import font

MIDDLE = (700, 500)
PAGE = (1654, 2339)
CELL = PAGE[0] / ACROSS
BOLD, THIN, BODY = "LiberationSans-Bold", "LiberationSerif-Regular", "LiberationSerif-Regular"
LINES = ("công tác của các cấp ủy chính quyền", "triển khai thực hiện nhiệm vụ của năm")


def page(words, *, name=BOLD, size=64, angle=0, text=True, box=True):
    """Return a grey page with a stamp in its middle, and a region about that."""
    drawn = Image.new("L", PAGE, 255)
    draw = ImageDraw.Draw(drawn)
    if text:
        for row in range(6):
            line = LINES[row % 2]
            draw.text((430, 380 + row * 50), line, font=font(BODY, 34), fill=15)
    stamp = Image.new("L", (620, 400), 0)
    pen = ImageDraw.Draw(stamp)
    left, top, right, bottom = pen.textbbox((310, 200), words, font=font(name, size), anchor="mm")
    pen.text((310, 200), words, font=font(name, size), anchor="mm", fill=255)
    if box:
        pen.rectangle((left - 16, top - 12, right + 16, bottom + 12), outline=255, width=5)
    turned = stamp.rotate(-angle, Image.Resampling.BICUBIC)
    drawn.paste(30, (MIDDLE[0] - 310, MIDDLE[1] - 200), turned)
    length, breadth = (right - left + 32) / CELL, (bottom - top + 24) / CELL
    region = Region(MIDDLE[0] / CELL, MIDDLE[1] / CELL, length, breadth, angle, 500)
    return drawn, region


def seen(words, **how):
    drawn, region = page(words, **how)
    return likeness(ink_of(drawn), region)


@pytest.mark.parametrize("angle", [-20, 0, 13])
def test_a_mark_across_text_is_like_one_at_any_slant(angle):
    assert seen("MẬT", angle=angle) > LIKE


@pytest.mark.parametrize(("name", "size"), [(THIN, 68), ("LiberationMono-Bold", 70)])
def test_letters_may_be_of_any_make_and_size(name, size):
    assert seen("MẬT", name=name, size=size, angle=8) > LIKE


def test_a_mark_may_be_spaced_unframed_or_the_end_of_a_longer_one():
    assert seen("M Ậ T", size=48) > LIKE
    assert seen("MẬT", box=False, angle=-5) > LIKE
    assert seen("TỐI MẬT", size=48) > LIKE


@pytest.mark.parametrize("words", ["KHẨN", "HỎA TỐC", "BẢN SAO", "ĐÃ THU", "MAI"])
def test_other_words_are_less_like(words):
    assert seen(words, size=52, angle=6) < LIKE
    assert seen(words, size=52, angle=6, text=False) < LIKE


def test_text_alone_is_like_nothing():
    drawn, region = page("", box=False)
    assert likeness(ink_of(drawn), region._replace(length=100, breadth=40)) < LIKE


def test_a_region_that_is_no_stamp_is_not_looked_at():
    drawn, region = page("MẬT")
    ink = ink_of(drawn)
    assert likeness(ink, region._replace(length=2, breadth=2)) == 0
    assert likeness(ink, region._replace(length=400, breadth=300)) == 0


def test_a_mark_at_the_edge_of_a_page_is_looked_at_without_its_end():
    drawn, region = page("MẬT", text=False)
    cut = drawn.crop((MIDDLE[0] - 60, 0, PAGE[0] + MIDDLE[0] - 60, PAGE[1]))
    assert 0 < likeness(ink_of(cut), region._replace(x=60 / CELL)) < 2


def test_ink_is_measured_against_the_paper_within_a_margin():
    page_of_grey = Image.new("L", (840, 600), 200)
    page_of_grey.paste(90, (100, 100, 200, 200))
    ink = ink_of(page_of_grey)
    assert ink.shape == (600 + 2 * MARGIN, 840 + 2 * MARGIN)
    assert ink[MARGIN + 150, MARGIN + 150] == 1
    assert ink[MARGIN + 50, MARGIN + 50] == ink[0, 0] == 0


def test_a_page_is_stopped_for_a_mark_that_only_its_shape_tells(monkeypatch):
    drawn, region = page("MẬT", angle=9)
    monkeypatch.setattr(pictures, "_in_regions", lambda *_: None)
    monkeypatch.setattr(pictures, "_unread_regions", lambda *_: [region])
    found = secrecy_in_picture(drawn, known=[Word("chữ", 0, 0, 0.1, 0.1)])
    assert (found.level, found.evidence) == (Level.S1, Evidence.PICTURE)
    assert found.box.x < MIDDLE[0] / PAGE[0] < found.box.x + found.box.w
    other, region = page("KHẨN", angle=9)
    monkeypatch.setattr(pictures, "_unread_regions", lambda *_: [region])
    assert secrecy_in_picture(other, known=[]) is None
