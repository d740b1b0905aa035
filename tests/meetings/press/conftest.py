"""Documents to print, and a ruler that measures what was printed."""

from collections.abc import Callable
from ctypes import c_int, create_string_buffer
from dataclasses import dataclass, replace
from datetime import date

import pypdfium2 as pdfium
import pytest
import weasyprint
from pypdfium2 import raw

from meetings.press import child
from meetings.press.document import Document, Heading, Paragraph, Point, Regime, Signature, Table
from meetings.press.layouts import lay_out

MILLIMETRES = 25.4 / 72


@dataclass(frozen=True)
class Mark:
    """Some printed text: its box in millimetres from the top left corner, its type."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font


class Sheets:
    """A printed document, page by page."""

    def __init__(self, pdf: bytes):
        self.pdf = pdfium.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self.pdf)

    def text(self, number: int) -> str:
        text: str = self.pdf[number - 1].get_textpage().get_text_range()
        return text.replace("\r\n", "\n")

    def find(self, words: str, number: int = 1) -> Mark:
        """Return where the first occurrence of the words stands on a page."""
        page = self.pdf[number - 1]
        textpage = page.get_textpage()
        found = textpage.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on page {number}"
        first, count = found
        boxes = [textpage.get_charbox(n, loose=False) for n in range(first, first + count)]
        height = page.get_height()
        return Mark(
            left=min(box[0] for box in boxes) * MILLIMETRES,
            right=max(box[2] for box in boxes) * MILLIMETRES,
            top=(height - max(box[3] for box in boxes)) * MILLIMETRES,
            bottom=(height - min(box[1] for box in boxes)) * MILLIMETRES,
            size=_size(textpage, first),
            font=_font(textpage, first),
        )

    def rules(self, number: int = 1) -> list[tuple[float, float]]:
        """Return left edge and length, in millimetres, of the rules drawn on a page."""
        paths = self.pdf[number - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        boxes = [path.get_bounds() for path in paths]
        return [(left * MILLIMETRES, (right - left) * MILLIMETRES) for left, _, right, _ in boxes]

    def extent(self, number: int) -> tuple[float, float, float, float]:
        """Return the box, in millimetres, around everything printed on a page."""
        page = self.pdf[number - 1]
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        boxes = [textpage.get_charbox(n) for n, letter in enumerate(text) if letter.strip()]
        height = page.get_height()
        return (
            min(box[0] for box in boxes) * MILLIMETRES,
            (height - max(box[3] for box in boxes)) * MILLIMETRES,
            max(box[2] for box in boxes) * MILLIMETRES,
            (height - min(box[1] for box in boxes)) * MILLIMETRES,
        )


def _size(textpage: pdfium.PdfTextPage, index: int) -> float:
    """Return the size in points as printed, the page's own scale included."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    return round(raw.FPDFText_GetFontSize(textpage, index) * matrix.d, 1)


def _font(textpage: pdfium.PdfTextPage, index: int) -> str:
    name = create_string_buffer(256)
    raw.FPDFText_GetFontInfo(textpage, index, name, 256, c_int())
    return name.value.decode()


PARTY = Document(
    regime=Regime.PARTY_2026,
    superior="TỈNH UỶ THỬ NGHIỆM",
    issuer="VĂN PHÒNG",
    symbol="07-HD/VPTU",
    place="Thử Nghiệm",
    issued_on=date(2026, 6, 3),
    doc_type="HƯỚNG DẪN",
    abstract="về việc in thử",
    issued_by="Văn phòng Tỉnh uỷ",
    legal_bases=("Căn cứ Điều lệ Đảng", "Xét đề nghị của Phòng Tổng hợp"),
    body=(
        Heading(1, "Phần I", "QUY ĐỊNH CHUNG"),
        Heading(2, "I- PHẠM VI"),
        Heading(3, "1. Mục đích"),
        Heading(4, "1.1. Mục đích riêng"),
        Paragraph("Văn bản này dùng để đo bố cục trang in.", "2."),
        Point("a)", "Điểm thứ nhất;"),
        Table(("STT", "Nội dung"), (("1", "Ô thứ nhất"),), (10, 90), frozenset({0})),
    ),
    signature=Signature("Trần Văn Thử", "PHÓ CHÁNH VĂN PHÒNG", "K/T CHÁNH VĂN PHÒNG", signed=True),
    recipients=("Thường trực Tỉnh uỷ", "Lưu Văn phòng Tỉnh uỷ"),
)
STATE = replace(
    PARTY,
    regime=Regime.STATE_2020,
    superior="",
    issuer="ỦY BAN NHÂN DÂN\nTỈNH THỬ NGHIỆM",
    symbol="15/QĐ-UBND",
    doc_type="QUYẾT ĐỊNH",
    signature=Signature("Trần Văn Thử", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
)
EXAMPLES = {
    Regime.PARTY_2018: replace(PARTY, regime=Regime.PARTY_2018, issued_on=date(2022, 2, 11)),
    Regime.PARTY_2026: PARTY,
    Regime.STATE_2020: STATE,
}


@pytest.fixture(autouse=True)
def _pages_set_once() -> None:
    """Set a page each time: the press is what is tested here."""


@pytest.fixture(scope="session")
def examples() -> dict[Regime, Document]:
    """One document of each regime."""
    return EXAMPLES


@pytest.fixture(scope="session")
def print_out() -> Callable[[Document], Sheets]:
    """Print a document, in this process: a child for each would take five times as long."""
    return lambda document: Sheets(child.QUESTIONS["page"](weasyprint, lay_out(document)))


@pytest.fixture(scope="session")
def printed(print_out: Callable[[Document], Sheets]) -> dict[Regime, Sheets]:
    """The examples, printed once for all tests."""
    return {regime: print_out(document) for regime, document in EXAMPLES.items()}
