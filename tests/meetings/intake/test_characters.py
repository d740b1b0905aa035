import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from meetings.intake.characters import characters_of, edges_of


def one_by_one(text_page):
    return "".join(
        chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
        for index in range(text_page.count_chars())
    )


@pytest.fixture
def text_page(make_pdf, request):
    content = f"BT /F1 20 Tf 72 700 Td ({request.param}) Tj 0 -30 Td (pho 7) Tj ET".encode(
        "latin-1"
    )
    with pypdfium2.PdfDocument(make_pdf(content)) as pdf:
        yield pdf[0].get_textpage()


@pytest.mark.parametrize(
    "text_page", ["Ban Thuong vu", "thanh-", "vi{t", "so }5 xong", ""], indirect=True
)
def test_characters_are_those_that_pdfium_tells_one_by_one(text_page):
    assert characters_of(text_page) == one_by_one(text_page)


@pytest.mark.parametrize("text_page", ["Ban"], indirect=True)
def test_edges_are_those_that_pdfium_tells_one_by_one(text_page):
    edges = edges_of(text_page, [0, 2, 0])
    for row, index in zip(edges, (0, 2, 0), strict=True):
        one = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index, one)
        assert list(row) == [one.left, one.bottom, one.right, one.top]
    assert edges[0][2] > edges[0][0]
    assert edges[0][3] > edges[0][1]


@pytest.mark.parametrize("text_page", ["Ban"], indirect=True)
def test_no_characters_have_no_edges(text_page):
    assert edges_of(text_page, []).shape == (0, 4)
