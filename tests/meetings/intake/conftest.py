"""Small papers that the tests make themselves, and the real ones where they are."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data"
A4 = (595, 842)

# { shows as a decomposed letter, | as a soft hyphen, } as half a character.
TO_UNICODE = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange
3 beginbfchar <7B> <006503020323> <7C> <00AD> <7D> <D800> endbfchar
endcmap end"""


LINE = "Uy ban nhan dan trinh Hoi dong nhan dan xem xet"
PAGES = {
    "blank": b"",
    "stamp": b"BT /F1 9 Tf 300 780 Td (Ky boi: So Noi vu, ngay 25 thang 02 nam 2025) Tj ET",
    "text": "\n".join(
        f"BT /F1 12 Tf 72 {760 - 20 * line} Td ({LINE} {line}.) Tj ET" for line in range(30)
    ).encode(),
    "broken": b"BT /F1 (( Tf << 1 0 0 q q Q ET",
}
"""Content streams that a test may name instead of writing one."""


def add_page(
    pdf: pikepdf.Pdf,
    content: bytes,
    *,
    size: tuple[float, float] = A4,
    rotate: int = 0,
    crop: Sequence[float] | None = None,
) -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        ToUnicode=pdf.make_stream(TO_UNICODE),
    )
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Rotate = rotate
    if crop:
        page.obj.CropBox = pikepdf.Array(crop)


@pytest.fixture(autouse=True)
def _children_asked_once() -> None:
    """Ask a child each time: it is what is tested here."""


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of PDF files: a page for each content stream, given or by name."""

    def make(*contents, name: str = "paper.pdf", title: str = "", save=None, **page) -> Path:
        pdf = pikepdf.new()
        for content in contents:
            add_page(pdf, PAGES.get(content, content), **page)
        if title:
            pdf.docinfo["/Title"] = title
        path = tmp_path / name
        pdf.save(path, **(save or {}))
        return path

    make.pages = PAGES
    return make


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    folder.mkdir()
    return folder


REAL_FILES = {
    "real_hostile": "hostile/[!R]*",
    "real_paper": "pdf-born-digital/*.pdf",
    "real_scan": "pdf-scanned/scan-d0[1-6].pdf",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a real file once for each."""
    absent = pytest.param(None, marks=pytest.mark.skip(reason="no real documents here"))
    for fixture, pattern in REAL_FILES.items():
        if fixture in metafunc.fixturenames:
            files = sorted(REAL.glob(pattern)) or [absent]
            metafunc.parametrize(fixture, files, ids=lambda file: file and file.name)
