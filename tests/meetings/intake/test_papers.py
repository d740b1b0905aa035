import pikepdf
import pypdfium2
import pytest

from meetings.intake.papers import opened
from meetings.intake.words import read_text

NOTE = b"BT /F1 20 Tf 5 5 Td (so 35) Tj ET"


def annotated(path):
    """Write a number upon the first page, as signing programs do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        look = pdf.make_stream(NOTE, Resources=page.obj.Resources)
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 200, 40])
        page.obj.Annots = pdf.make_indirect(
            pikepdf.Array(
                [
                    pdf.make_indirect(
                        pikepdf.Dictionary(
                            Type=pikepdf.Name.Annot,
                            Subtype=pikepdf.Name.Stamp,
                            Rect=pikepdf.Array([72, 100, 272, 140]),
                            F=4,
                            AP=pikepdf.Dictionary(N=look),
                        )
                    )
                ]
            )
        )
        pdf.save(path)
    return path


def texts(path):
    with pypdfium2.PdfDocument(path) as pdf:
        for number in range(1, len(pdf) + 1):
            with opened(pdf, number) as page:
                yield read_text(page)[0]


def test_what_was_laid_upon_a_page_is_read_with_it(make_pdf):
    (text,) = texts(annotated(make_pdf("stamp")))
    assert "So Noi vu" in text
    assert "so 35" in text


def test_a_page_with_nothing_upon_it_is_as_it_was(make_pdf):
    blank, text = texts(make_pdf("blank", "text"))
    assert blank == ""
    assert text.startswith("Uy ban nhan dan")


def test_a_page_that_cannot_be_laid_flat_is_opened_as_it_is(make_pdf, monkeypatch):
    monkeypatch.setattr("meetings.intake.papers.pdfium_c.FPDFPage_Flatten", lambda *_: 0)
    (text,) = texts(annotated(make_pdf("text")))
    assert text.startswith("Uy ban nhan dan")


def test_an_absent_page_is_told(make_pdf):
    with (
        pypdfium2.PdfDocument(make_pdf("text")) as pdf,
        pytest.raises(pypdfium2.PdfiumError),
        opened(pdf, 9),
    ):
        pass
