import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pypdfium2 as pdfium
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from meetings.press import pdf
from meetings.press.document import Regime
from meetings.press.layouts import lay_out
from meetings.press.pdf import UnavailableError, UnprintableError, font_problem, typeset

PAGE = "<p>Xin chào đồng chí</p>"


def text_of(content):
    return pdfium.PdfDocument(content)[0].get_textpage().get_text_range()


@pytest.fixture
def false_typesetter(tmp_path, monkeypatch):
    """Put other code in the typesetter's place, for child processes only."""

    def install(code):
        (tmp_path / "weasyprint.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return install


@pytest.fixture
def server():
    """A server on this machine that remembers who asked."""
    visits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", visits
        listening.shutdown()
        thread.join()


def test_a_page_becomes_a_pdf_with_its_text():
    content = typeset(PAGE)
    assert content.startswith(b"%PDF-")
    assert "Xin chào đồng chí" in text_of(content)


def test_equal_pages_give_equal_bytes_and_different_ones_do_not(examples):
    document = examples[Regime.PARTY_2026]
    first, second = typeset(lay_out(document)), typeset(lay_out(document))
    assert first == second
    assert typeset(lay_out(replace(document, abstract="khác"))) != first


def test_a_pdf_is_dated_by_its_document_and_never_by_the_clock(examples):
    dated = typeset(lay_out(examples[Regime.PARTY_2018]))
    draft = typeset(lay_out(replace(examples[Regime.PARTY_2018], issued_on=None)))
    metadata = pdfium.PdfDocument(dated).get_metadata_dict()
    assert (metadata["CreationDate"], metadata["ModDate"]) == ("D:20220211", "D:20220211")
    assert metadata["Author"] == "VĂN PHÒNG"
    assert metadata["Title"] == "07-HD/VPTU HƯỚNG DẪN về việc in thử"
    assert pdfium.PdfDocument(draft).get_metadata_dict()["CreationDate"] == ""


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}/picture.png">',
        '<link rel="stylesheet" href="{}/style.css">',
        '<style>@import url("{}/style.css"); body {{ background: url({}/picture.png) }}</style>',
        "<style>@font-face {{ font-family: x; src: url({}/font.ttf) }} p {{ font: 9pt x }}</style>",
        '<object data="{}/drawing.svg"></object>',
    ],
)
def test_nothing_is_fetched_from_a_network(server, markup):
    address, visits = server
    assert "Xin chào" in text_of(typeset(markup.format(address, address) + PAGE))
    assert visits == []


def test_no_file_of_this_machine_finds_its_way_into_a_document(tmp_path):
    secret = tmp_path / "style.css"
    secret.write_text('p::before { content: "bí mật" }', encoding="utf-8")
    page = (
        f'<link rel="stylesheet" href="{secret.as_uri()}"><link rel="attachment" href="{secret}">'
    )
    content = typeset(page + PAGE)
    assert "bí mật" not in text_of(content)
    assert pdfium.PdfDocument(content).count_attachments() == 0


@pytest.mark.parametrize("page", ["", "  \n "])
def test_an_empty_page_is_refused(page):
    with pytest.raises(UnprintableError, match="nothing to print"):
        typeset(page)


def test_broken_markup_is_printed_as_far_as_it_can_be_read():
    assert "Xin chào" in text_of(typeset("<table><p>Xin chào<div></span>"))


def test_a_machine_without_the_typesetters_libraries_says_what_is_missing(false_typesetter):
    false_typesetter('raise OSError("cannot load library libpango-1.0-0")')
    with pytest.raises(UnavailableError, match=r"libpango-1.0-0.*Install WeasyPrint"):
        typeset(PAGE)
    with pytest.raises(UnavailableError):
        font_problem()


def test_a_page_that_the_typesetter_refuses_carries_its_reason(false_typesetter):
    false_typesetter(
        "class urls:\n    URLFetcher = dict\n"
        'def HTML(**page):\n    raise ValueError("no such layout")'
    )
    with pytest.raises(UnprintableError, match=r"^ValueError: no such layout$"):
        typeset(PAGE)


def test_a_typesetter_that_dies_without_a_word_is_reported(false_typesetter):
    false_typesetter("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(UnprintableError, match="stopped with -9"):
        typeset(PAGE)


def test_a_typesetter_that_never_ends_is_stopped(false_typesetter, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    false_typesetter("import time\ntime.sleep(60)")
    with pytest.raises(UnprintableError, match=r"more than 0\.5 seconds"):
        typeset(PAGE)


def test_whoever_asks_for_a_pdf_never_loads_the_typesetter():
    code = (
        "import sys; from meetings.press import layouts, pdf; pdf.typeset('<p>a</p>');"
        "print([name for name in sys.modules if name.startswith(('weasyprint', 'PIL', 'pydyf'))])"
    )
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, cwd=pdf.ROOT, capture_output=True, check=True)
    assert answer.stdout.strip() == b"[]"


def test_the_print_font_of_this_machine_has_every_vietnamese_letter():
    assert font_problem() is None


def test_a_font_of_the_right_name_without_the_letters_is_found_out(tmp_path, monkeypatch):
    poor_font(tmp_path)
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    problem = font_problem()
    assert problem is not None
    assert "fonts-liberation2" in problem


def poor_font(folder):
    """Keep the letters of the print font below U+1EA0, in its four styles."""
    search = ["fc-list", ":family=Liberation Serif", "file"]
    listing = subprocess.run(search, capture_output=True, check=True, text=True).stdout
    for line in listing.splitlines():
        path = line.partition(":")[0]
        font = TTFont(path)
        options = subset.Options(name_IDs=["*"], glyph_names=False, notdef_outline=True)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for code in font.getBestCmap() if code < 0x1EA0])
        subsetter.subset(font)
        font.save(folder / path.rpartition("/")[2])
