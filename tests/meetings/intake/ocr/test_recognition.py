import pytest
from PIL import Image, ImageDraw

from meetings.intake import tesseract
from meetings.intake.fold import fold
from meetings.intake.ocr import read_picture
from meetings.intake.ocr.recognition import without_red
from meetings.intake.page_text import Source

pytestmark = pytest.mark.skipif(not tesseract.is_available(), reason="no tesseract here")


def test_a_scan_is_read_line_by_line_with_its_words_where_they_stand(scan, lines):
    page = read_picture(scan, 7)
    assert (page.number, page.source, page.quarters) == (7, Source.OCR, 0)
    assert fold(page.text) == fold("\n".join(lines))
    assert [word.text for word in page.words] == page.text.split()
    first, last = page.words[0], page.words[-1]
    assert first.x == pytest.approx(20 / 210, abs=0.02)
    assert first.y < last.y
    assert page.quality > 0.8


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_read_upright(scan, lines, quarters):
    turned = scan.rotate(-90 * quarters, expand=True)
    page = read_picture(turned, 1)
    assert page.quarters == quarters
    assert fold(page.text) == fold("\n".join(lines))
    assert page.words[0].x == pytest.approx(20 / 210, abs=0.02)


def test_a_page_that_lies_askew_is_read_and_its_words_stand_where_they_stood(scan, lines):
    askew = scan.rotate(3, Image.Resampling.BICUBIC, fillcolor="white")
    straight, page = read_picture(scan, 1), read_picture(askew, 1)
    assert fold(page.text) == fold("\n".join(lines))
    assert page.words[0].y > straight.words[0].y + 0.01


def test_a_photo_with_a_shadow_is_read(scan, lines):
    shade = (
        Image.linear_gradient("L").rotate(90).resize(scan.size).point(lambda tone: 90 + tone // 2)
    )
    photo = Image.composite(scan, Image.new("RGB", scan.size), shade)
    assert fold(lines[1]) in fold(read_picture(photo, 1).text)


def test_a_red_seal_fades(scan):
    canvas = ImageDraw.Draw(scan)
    canvas.ellipse((100, 100, 400, 400), outline=(250, 20, 20), width=20)
    assert without_red(scan).crop((100, 200, 125, 300)).getextrema()[0] > 200


def test_a_grey_scan_is_taken_as_it_is(scan):
    assert without_red(scan.convert("1")).mode == "L"


def test_an_empty_page_has_no_words():
    page = read_picture(Image.new("RGB", (800, 600), "white"), 1)
    assert (page.text, page.words, page.quality) == ("", (), 0.0)
