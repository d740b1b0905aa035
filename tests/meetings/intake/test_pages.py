import pytest

from meetings.intake import PreparedPage, Reason
from meetings.intake.pages import prepare


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_pages_come_in_the_order_asked_each_with_its_pictures(make_pdf, output):
    pages = prepare(make_pdf("text", "blank", "stamp"), output, [3, 1])
    third = next(pages)
    assert (third.number, third.width, third.height) == (3, 595, 842)
    assert third.text.startswith("Ky boi: So Noi vu")
    assert names(output) == ["3-1200.webp", "3-1600.webp", "3-thumb.webp"]
    first = next(pages)
    assert first.number == 1
    assert len(first.words) > 300
    assert first.reason is None
    assert 0.05 < first.crop.x < first.crop.x + first.crop.w < 0.95
    assert next(pages, None) is None
    assert len(names(output)) == 6


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
    assert names(output) == ["1-1200.webp", "1-1600.webp", "1-thumb.webp"]


def test_a_file_that_does_not_open_has_damaged_pages_only(tmp_path, output):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    assert [page.reason for page in prepare(path, output, [1, 2])] == [Reason.DAMAGED] * 2


def test_a_broken_content_stream_still_gives_a_page(make_pdf, output):
    (page,) = prepare(make_pdf("broken"), output, [1])
    assert (page.reason, page.text) == (None, "")


def test_a_page_that_cannot_be_written_says_that_there_was_no_room(make_pdf, output):
    (output / "1-1600.webp").mkdir()
    refused, written = prepare(make_pdf("text", "text"), output, [1, 2])
    assert refused == PreparedPage(number=1, reason=Reason.TOO_MUCH_OUTPUT)
    assert written.reason is None
