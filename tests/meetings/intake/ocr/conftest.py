"""Pages as a scanner or a telephone sees them, typeset by our own press."""

import pypdfium2
import pytest
from PIL import Image

from meetings.intake import tesseract
from meetings.press.pdf import typeset

LINES = (
    "ỦY BAN NHÂN DÂN TỈNH",
    "Thực hiện công văn của Ủy ban nhân dân tỉnh về việc tổ chức hội",
    "nghị tổng kết công tác năm và triển khai nhiệm vụ trọng tâm, đề",
    "nghị các cơ quan, đơn vị cử đại biểu tham dự đúng thành phần và",
    "thời gian nêu trên; báo cáo kết quả thực hiện trước ngày 15.",
)
PAPER = (
    "<style>@page {size: A5 landscape; margin: 20mm}"
    " body {font: 14pt/1.6 'Liberation Serif'}</style>" + "<br>".join(LINES)
)
needs_tesseract = pytest.mark.skipif(not tesseract.is_available(), reason="no tesseract here")


@pytest.fixture(scope="session")
def paper() -> bytes:
    """Return a paper of one short page."""
    return typeset(PAPER)


@pytest.fixture
def scan(paper: bytes) -> Image.Image:
    """Return the paper as a scanner sees it, 200 dots an inch."""
    with pypdfium2.PdfDocument(paper) as pdf:
        return pdf[0].render(scale=200 / 72).to_pil().convert("RGB")


@pytest.fixture(scope="session")
def lines() -> tuple[str, ...]:
    """Return what the paper says."""
    return LINES
