import subprocess

import pypdfium2
import pytest

from meetings.intake import ocr, tesseract
from meetings.intake.page_text import PageText, Source
from meetings.intake.text import read_pages


@pytest.fixture
def recognised(monkeypatch):
    """Put a reader in place that says what a test wants; return the pictures it was given."""
    pictures = []

    def let(answer):
        def read(picture, number, _fineness):
            pictures.append(picture)
            if isinstance(answer, Exception):
                raise answer
            return PageText(number=number, text=answer, source=Source.OCR, quality=0.9)

        monkeypatch.setattr(ocr, "read_picture", read)
        monkeypatch.setattr(tesseract, "is_available", lambda: True)
        return pictures

    return let


def read(path, numbers=None, *, recognise=True):
    return list(read_pages(path, numbers, recognise=recognise))


# a page full of lines that are no text
SCAN = b"\n".join(b"72 %d 400 3 re f" % (80 + 14 * line) for line in range(50))
SIGNED = SCAN + b"\nBT /F1 9 Tf 300 790 Td (Email: snv@tinh.gov.vn) Tj ET"


def test_a_page_with_text_is_read_from_its_layer(make_pdf, recognised):
    pictures = recognised("unasked")
    (page,) = read(make_pdf("text"))
    assert (page.number, page.source) == (1, Source.LAYER)
    assert page.words[0].text == "Uy"
    assert page.quality > 0.9
    assert pictures == []


@pytest.mark.parametrize("content", [SCAN, SIGNED])
def test_a_scan_is_recognised_although_it_bears_a_signatures_stamp(make_pdf, recognised, content):
    pictures = recognised("Tờ trình")
    (page,) = read(make_pdf(content))
    assert (page.text, page.source) == ("Tờ trình", Source.OCR)
    assert pictures[0].size == (2480, 3509)


def test_a_plan_is_drawn_no_larger_than_the_reader_can_hold(make_pdf, recognised):
    pictures = recognised("Bản đồ")
    drawing = b"\n".join(b"%d 50 5 1900 re f" % (50 + 50 * line) for line in range(58))
    read(make_pdf(drawing, size=(3000, 2000)))
    assert max(pictures[0].size) == 5000


def test_a_scan_is_not_recognised_unasked_or_without_the_program(make_pdf, recognised, monkeypatch):
    pictures = recognised("unasked")
    path = make_pdf(SIGNED)
    (unasked,) = read(path, recognise=False)
    monkeypatch.setattr(tesseract, "is_available", lambda: False)
    (without,) = read(path)
    assert unasked == without
    assert (without.text, without.source) == ("Email: snv@tinh.gov.vn", Source.LAYER)
    assert pictures == []


@pytest.mark.parametrize("error", [OSError("failed"), subprocess.TimeoutExpired("tesseract", 60)])
def test_a_reader_that_fails_leaves_the_layer(make_pdf, recognised, error):
    recognised(error)
    (page,) = read(make_pdf(SIGNED))
    assert (page.text, page.source) == ("Email: snv@tinh.gov.vn", Source.LAYER)


def test_an_empty_page_and_one_too_small_to_see_need_nothing(make_pdf, recognised):
    pictures = recognised("unasked")
    (blank,) = read(make_pdf("blank"))
    assert blank == PageText(number=1)
    assert read(make_pdf("blank", size=(900, 3))) == [blank]
    assert pictures == []


def test_pages_come_in_the_order_asked_and_none_are_none(make_pdf):
    path = make_pdf("text", "blank")
    assert [page.number for page in read(path, [2, 1], recognise=False)] == [2, 1]
    assert [page.number for page in read(path, recognise=False)] == [1, 2]
    assert read(path, []) == []


def test_pypdf_reads_what_pdfium_cannot(make_pdf, monkeypatch):
    def fail(page):
        raise pypdfium2.PdfiumError("refused")

    monkeypatch.setattr("meetings.intake.text.read_text", fail)
    (page,) = read(make_pdf("text"))
    assert page.text.startswith("Uy ban nhan dan trinh")
    assert (page.source, page.words) == (Source.LAYER, ())


def test_a_page_that_neither_reads_is_empty(make_pdf):
    assert read(make_pdf("text"), [9]) == [PageText(number=9)]
