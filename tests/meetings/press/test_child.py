import io
import sys

import pypdfium2 as pdfium
import pytest

from meetings.press import child
from meetings.press.pdf import UNAVAILABLE


@pytest.fixture
def page_in(monkeypatch):
    """Hand a page to the child on its standard input."""

    def hand_over(page):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode()), "utf-8"))

    return hand_over


def test_the_child_answers_a_page_with_a_pdf(page_in, capsysbinary):
    page_in("<p>Trang thử</p><img src='http://localhost/x.png'>")
    child.main("page")
    answer = capsysbinary.readouterr()
    assert "Trang thử" in pdfium.PdfDocument(answer.out)[0].get_textpage().get_text_range()
    assert answer.err == b""


def test_the_child_answers_nothing_when_the_font_is_complete(page_in, capsysbinary):
    page_in("")
    child.main("font")
    assert capsysbinary.readouterr().out == b""


def test_the_child_names_the_package_when_letters_are_missing(page_in, capsysbinary, monkeypatch):
    monkeypatch.setattr(child, "LETTERS", "Ạ\N{EGYPTIAN HIEROGLYPH A001}")
    page_in("")
    child.main("font")
    assert b"fonts-liberation2" in capsysbinary.readouterr().out


def test_an_unknown_question_is_refused(page_in):
    page_in("<p>a</p>")
    with pytest.raises(KeyError):
        child.main("weather")


def test_a_missing_typesetter_ends_the_child_with_the_agreed_code(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(SystemExit) as ended:
        child.main("page")
    assert ended.value.code == UNAVAILABLE
    assert "PDF cannot be made here" in capsys.readouterr().err
