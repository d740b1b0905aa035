import pikepdf
import pytest
from PIL import Image

from meetings.intake import PreparedPage, Reason
from meetings.intake.pages import prepare, sharpen
from meetings.intake.prepared import SHARP_WIDTH
from tests import papers

LONG = "Các cấp ủy tiếp tục thực hiện nghị quyết về cải cách hành chính trong Đảng. " * 6


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_pages_come_in_the_order_asked_each_with_its_pictures(make_pdf, output):
    pages = prepare(make_pdf("text", "blank", "stamp"), output, [3, 1])
    third = next(pages)
    assert (third.number, third.width, third.height) == (3, 595, 842)
    assert third.text.startswith("Ky boi: So Noi vu")
    assert names(output) == ["3-1200.webp", "3-thumb.webp"]
    first = next(pages)
    assert first.number == 1
    assert len(first.words) > 300
    assert first.reason is None
    assert 0.05 < first.crop.x < first.crop.x + first.crop.w < 0.95
    assert next(pages, None) is None
    assert len(names(output)) == 4


def test_sharp_pictures_are_drawn_apart_and_turned_as_the_others(make_pdf, output):
    pages = list(sharpen(make_pdf("text", "text"), output, [2, 9, 1], {1: 1}))
    assert names(output) == ["1-1600.webp", "2-1600.webp"]
    assert [page.reason for page in pages] == [None, Reason.DAMAGED, None]
    assert [page.text for page in pages] == [""] * 3
    assert [page.width > page.height for page in pages if page.reason is None] == [False, True]
    with Image.open(output / "1-1600.webp") as picture:
        assert picture.width == SHARP_WIDTH > picture.height


def test_a_page_is_legible_when_its_text_says_what_it_shows(make_pdf, tmp_path, output):
    full, few, scan = tmp_path / "full.pdf", tmp_path / "few.pdf", tmp_path / "scan.pdf"
    full.write_bytes(papers.pdf(LONG))
    few.write_bytes(papers.pdf("Ký bởi: Sở Nội vụ"))
    scan.write_bytes(papers.drawn(papers.pdf(LONG)))
    stamped = tmp_path / "stamped.pdf"
    with pikepdf.open(scan) as pdf, pikepdf.open(make_pdf("stamp")) as stamp:
        pikepdf.Page(pdf.pages[0]).add_overlay(stamp.pages[0])
        pdf.save(stamped)
    seen = [next(prepare(path, output, [1])) for path in (full, few, scan, stamped)]
    assert [page.legible for page in seen] == [True, True, False, False]
    assert [bool(page.text) for page in seen] == [True, True, False, True]


def test_a_turned_page_is_measured_as_displayed(make_pdf, output):
    (page,) = prepare(make_pdf("text", rotate=270), output, [1])
    assert (page.width, page.height) == (842, 595)


@pytest.mark.parametrize(
    ("quarters", "rotate", "size"), [(1, 0, (842, 595)), (2, 0, (595, 842)), (3, 270, (595, 842))]
)
def test_a_page_that_lay_on_its_side_is_turned_first(make_pdf, output, quarters, rotate, size):
    path = make_pdf("text", "blank", rotate=rotate)
    turned, other = prepare(path, output, [1, 2], {1: quarters})
    assert (turned.width, turned.height) == size
    assert (other.width < other.height) == (rotate == 0)


@pytest.mark.parametrize("number", [0, -1, 2])
def test_a_page_that_is_not_there_is_damaged_and_costs_no_other(make_pdf, output, number):
    missing, there = prepare(make_pdf("text"), output, [number, 1])
    assert missing == PreparedPage(number=number, reason=Reason.DAMAGED)
    assert there.reason is None
    assert names(output) == ["1-1200.webp", "1-thumb.webp"]


def test_a_file_that_does_not_open_has_damaged_pages_only(tmp_path, output):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    assert [page.reason for page in prepare(path, output, [1, 2])] == [Reason.DAMAGED] * 2


def test_a_broken_content_stream_still_gives_a_page(make_pdf, output):
    (page,) = prepare(make_pdf("broken"), output, [1])
    assert (page.reason, page.text) == (None, "")


def test_a_page_that_cannot_be_written_says_that_there_was_no_room(make_pdf, output):
    (output / "1-thumb.webp").mkdir()
    refused, written = prepare(make_pdf("text", "text"), output, [1, 2])
    assert refused == PreparedPage(number=1, reason=Reason.TOO_MUCH_OUTPUT)
    assert written.reason is None
