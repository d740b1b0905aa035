from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from meetings.clock import VIETNAM
from meetings.intake import Reason
from meetings.intake.copies import bind_files, stamp_file
from meetings.intake.stamping import bind, stamp
from meetings.press.pdf import typeset
from meetings.press.stamp import Stamp, sheets_of

STAMP = Stamp("Lò Thị Ánh · Đảng ủy xã", datetime(2026, 11, 27, 8, 5, tzinfo=VIETNAM), "K7QM-4T2X")
FRONT = """<html lang=vi><style>h1 {{ break-before: page }}</style>
<p><a href="#s2">Tờ thứ hai</a></p>{}</html>"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "stamp.pdf"
    path.write_bytes(sheets_of(STAMP))
    return path


@pytest.fixture
def front(tmp_path: Path) -> Path:
    """A page that leads to the second of two separators."""
    path = tmp_path / "front.pdf"
    separators = "".join(f'<h1 id="s{n}">Tài liệu {n}</h1>' for n in (1, 2))
    path.write_bytes(typeset(FRONT.format(separators)))
    return path


def texts(path: Path) -> Iterator[tuple[str, float, float]]:
    """Yield what each page says, and how high and how far right its first digit pair stands."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for page in pdf:
            yield page.get_textpage().get_text_bounded(), *page.get_size()


def line_of(path: Path, index: int) -> tuple[float, float]:
    """Return where the code stands on a page as it is shown: from the left, from the foot."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        page = pdf[index]
        width, height = page.get_size()
        bitmap = page.render(scale=1).to_numpy()
        red = (bitmap[..., 2].astype(int) - bitmap[..., 0] > 60).nonzero()
        assert bitmap.shape[:2] == (round(height), round(width))
        return red[1].mean() / width, 1 - red[0].mean() / height


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_line_stands_upright_at_the_foot_however_a_page_is_turned(
    make_pdf, sheets, tmp_path, rotate
):
    paper = make_pdf("text", b"q 0.5 0 0 0.5 0 0 cm", rotate=rotate, crop=(50, 60, 500, 760))
    assert stamp(paper, sheets, tmp_path / "out.pdf") == 2
    for index in (0, 1):
        across, up = line_of(tmp_path / "out.pdf", index)
        assert 0.4 < across < 0.6
        assert 0.0 < up < 0.04


def test_name_moment_and_code_can_be_read_from_each_page(make_pdf, sheets, tmp_path):
    paper = make_pdf("text", "blank", "broken")
    before = paper.read_bytes()
    stamp(paper, sheets, tmp_path / "out.pdf")
    for text, *_ in texts(tmp_path / "out.pdf"):
        assert "Mã bản K7QM-4T2X · 08:05 27/11/2026 · Lò Thị Ánh · Đảng ủy xã" in text
        assert text.count("K7QM-4T2X") == 2
    assert paper.read_bytes() == before


def test_a_long_name_costs_the_name_and_not_the_code(make_pdf, tmp_path):
    long = Stamp("Nguyễn Thị Minh Khai " * 20, STAMP.taken_at, STAMP.code)
    sheets = tmp_path / "long.pdf"
    sheets.write_bytes(sheets_of(long))
    with pikepdf.open(sheets) as pdf:
        assert len(pdf.pages) == 2
    stamp(make_pdf("blank"), sheets, tmp_path / "out.pdf")
    (text, *_), *_ = texts(tmp_path / "out.pdf")
    assert "Mã bản K7QM-4T2X · 08:05" in text


def test_papers_are_bound_behind_their_separators_and_numbered_through(
    make_pdf, front, sheets, tmp_path
):
    papers = [make_pdf("blank", "blank", name="a.pdf"), make_pdf("blank", name="b.pdf", rotate=90)]
    assert bind(front, papers, sheets, tmp_path / "book.pdf") == 6
    found = [text for text, *_ in texts(tmp_path / "book.pdf")]
    assert all("K7QM-4T2X" in text for text in found)
    own = [text.replace(STAMP.bearer, "").replace(STAMP.code, "") for text in found]
    for index, mark in {0: "Tờ thứ hai", 1: "Tài liệu 1", 4: "Tài liệu 2"}.items():
        assert mark in own[index]
    numbered = {index: text.split()[-1] for index, text in enumerate(own) if "T" not in text}
    assert numbered == {2: "1", 3: "2", 5: "3"}


def test_links_and_bookmarks_of_the_front_lead_on_to_the_same_separators(
    make_pdf, front, sheets, tmp_path
):
    papers = [make_pdf("blank", "blank", name="a.pdf"), make_pdf("blank", name="b.pdf")]
    bind(front, papers, sheets, tmp_path / "book.pdf")
    with closing(pypdfium2.PdfDocument(tmp_path / "book.pdf")) as book:
        marks = [(one.get_title(), one.get_dest().get_index()) for one in book.get_toc()]
        assert marks == [("Tài liệu 1", 1), ("Tài liệu 2", 4)]
    with pikepdf.open(tmp_path / "book.pdf") as book:
        (link,) = book.pages[0].Annots
        names = book.Root.Names.Dests.Names
        leads_to = {str(names[at]): names[at + 1][0] for at in range(0, len(names), 2)}
        assert book.pages.index(pikepdf.Page(leads_to[str(link.Dest)])) == 4


def test_more_papers_than_separators_are_no_book(make_pdf, front, sheets, tmp_path):
    papers = [make_pdf("blank", name=f"{n}.pdf") for n in range(4)]
    with pytest.raises(ValueError, match="4 papers"):
        bind(front, papers, sheets, tmp_path / "book.pdf")


def test_a_child_does_both(make_pdf, front, sheets, output):
    paper = make_pdf("text")
    made = stamp_file(paper, sheets, output)
    assert [text.count("K7QM") for text, *_ in texts(made)] == [2]
    made.unlink()
    made = bind_files(front, [paper, paper], sheets, output)
    assert len(list(texts(made))) == 5


def test_what_is_no_pdf_gives_a_reason_and_leaves_nothing(sheets, tmp_path, output):
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 and nothing more")
    assert stamp_file(paper, sheets, output) is Reason.DAMAGED
    assert not list(output.iterdir())
