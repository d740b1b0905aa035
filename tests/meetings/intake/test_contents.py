"""What a PDF says of its own order."""

import io

import pikepdf
import pytest

from meetings.intake import Contents, contents_of
from meetings.intake.bookmarks import read_contents
from meetings.intake.contents import Bookmark
from tests import papers

BOOK = """<html lang=vi><title>x</title><style>h1, h2 { break-before: page }</style>
<body><p>Bìa</p><h1>I. TÌNH  HÌNH</h1><h2>1. Thu ngân sách</h2><h1>II. NHIỆM VỤ</h1>"""


@pytest.fixture(scope="module")
def book() -> bytes:
    """Four pages with bookmarks: a cover and a page of Roman numbers, then 1 and 2."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.typeset(BOOK))) as pdf:
        roman = pikepdf.Dictionary(S=pikepdf.Name.r)
        arabic = pikepdf.Dictionary(S=pikepdf.Name.D)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, roman, 2, arabic]))
        pdf.save(made)
    return made.getvalue()


def test_bookmarks_are_nested_and_pages_have_their_printed_numbers(book, tmp_path):
    file = tmp_path / "book.pdf"
    file.write_bytes(book)
    found = contents_of(file)
    assert found.labels == ("i", "ii", "1", "2")
    assert found.bookmarks == (
        Bookmark(2, 1, "I. TÌNH HÌNH"),
        Bookmark(3, 2, "1. Thu ngân sách"),
        Bookmark(4, 1, "II. NHIỆM VỤ"),
    )
    assert found == Contents.from_json(found.to_json() | {"labels": list(found.labels)})


def test_a_paper_numbered_from_one_has_no_labels_of_its_own(tmp_path):
    file = tmp_path / "plain.pdf"
    file.write_bytes(papers.pdf(*papers.TEXTS))
    assert read_contents(file) == {"bookmarks": [], "labels": []}
    assert contents_of(tmp_path / "plain.pdf") == Contents()
    file.write_bytes(b"no paper")
    assert contents_of(file) == Contents()


def test_what_is_printed_comes_before_the_place_in_the_file():
    contents = Contents(labels=("i", "ii", "1", "2", "B"))
    typed = ("II", "2", "5", "b", "x", "")
    assert [contents.number_of(one) for one in typed] == [2, 4, 5, 5, None, None]


@pytest.mark.parametrize("wrong", [{}, {"bookmarks": [1], "labels": []}, {"bookmarks": [[1]]}])
def test_what_is_no_contents_is_refused(wrong):
    with pytest.raises(ValueError, match=r"contents|unpack"):
        Contents.from_json(wrong)
