"""The sheet says the four steps on one page, and its codes lead where the words say."""

from io import BytesIO

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
import segno
from pypdfium2 import raw

from meetings.tls.authority import fingerprint
from meetings.tls.sheet import print_sheet
from tests.meetings.tls.conftest import HOST

STEPS = [
    "1. Quét mã, tải chứng chỉ",
    "2. So dấu vân tay, tin cậy chứng chỉ",
    "3. Thêm vào màn hình chính",
    "4. Mở thử trang đầu",
]
WORDS = ["iPad", "Android", "Cài đặt tin cậy chứng nhận", "chứng chỉ CA", "Thêm vào MH chính"]
DOTS_IN_A_POINT = 4
CODES = (154 / 210, 193 / 210)  # from the left, as shares of the page
A4 = (595, 842)
SMALLEST_TYPE = 12


@pytest.fixture
def authority(init):
    return init().authority


@pytest.fixture
def sheet(authority) -> bytes:
    return print_sheet(HOST, authority, "0209 123 456")


def words(sheet: bytes) -> str:
    [page] = pypdf.PdfReader(BytesIO(sheet)).pages
    return " ".join(page.extract_text().split())


def squares_printed(sheet: bytes) -> list[np.ndarray]:
    """Return the two codes as the camera sees them, cut out of the right of the page."""
    picture = pdfium.PdfDocument(sheet)[0].render(scale=DOTS_IN_A_POINT, grayscale=True).to_numpy()
    dark = picture.squeeze() < 128
    left, right = (int(dark.shape[1] * share) for share in CODES)
    dark = dark[:, left:right]
    edges = np.flatnonzero(np.diff(np.pad(dark.any(axis=1), 1).astype(int)))
    runs = sorted(edges.reshape(-1, 2), key=lambda run: run[1] - run[0])[-2:]
    codes = [dark[top:bottom] for top, bottom in sorted(map(tuple, runs))]
    columns = [np.flatnonzero(code.any(axis=0)) for code in codes]
    return [code[:, found[0] : found[-1] + 1] for code, found in zip(codes, columns, strict=True)]


def read_squares(code: np.ndarray, count: int) -> list[list[int]]:
    """Return whether each of count by count squares is dark in its middle."""
    height, width = code.shape
    middles = [(n + 0.5) / count for n in range(count)]
    return [[int(code[int(y * height), int(x * width)]) for x in middles] for y in middles]


def type_size(textpage: pdfium.PdfTextPage, mark: int) -> float:
    """Return the size in points as printed, the page's own scale included."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, mark, matrix)
    return round(raw.FPDFText_GetFontSize(textpage, mark) * matrix.d, 1)


def test_the_four_steps_stand_on_one_page_in_their_order(sheet):
    said = words(sheet)
    assert [said.index(step) for step in STEPS] == sorted(said.index(step) for step in STEPS)
    for word in [*WORDS, "Hội nghị hôm nay", "0209 123 456"]:
        assert word in said


def test_the_fingerprint_is_printed_in_pairs_to_compare(sheet, authority):
    assert fingerprint(authority) in words(sheet)
    assert len(fingerprint(authority).split()) == 32


def test_the_name_that_the_tablet_will_show_is_printed(sheet, authority):
    assert authority.subject.rfc4514_string().removeprefix("CN=") in words(sheet)


def test_the_codes_lead_to_the_certificate_and_to_the_page(sheet):
    addresses = [f"http://{HOST}/tls/authority.crt", f"https://{HOST}/"]
    said = words(sheet)
    for address, printed in zip(addresses, squares_printed(sheet), strict=True):
        assert address in said
        expected = [list(row) for row in segno.make_qr(address).matrix]
        assert read_squares(printed, len(expected)) == expected


def test_the_paper_is_a4_and_the_type_large(sheet):
    page = pdfium.PdfDocument(sheet)[0]
    assert tuple(map(round, page.get_size())) == A4
    textpage = page.get_textpage()
    marks = [n for n, mark in enumerate(textpage.get_text_range()) if mark.strip()]
    assert min(type_size(textpage, mark) for mark in marks) >= SMALLEST_TYPE


def test_a_long_host_name_still_fits_the_page(init):
    made = init()
    assert words(print_sheet("van-phong-tinh-uy.phong-hop-so-1.tinh.example", made.authority, "1"))
