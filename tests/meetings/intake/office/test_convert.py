import shutil
from contextlib import closing

import pypdfium2
import pytest

from meetings.intake.kinds import KINDS, Family
from meetings.intake.office import convert
from meetings.intake.office.convert import ROUTES, to_pdf
from meetings.intake.verdict import Reason
from meetings.intake.words import read_text
from tests.meetings.intake.office.conftest import MEDIA_TYPES

with_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


@pytest.fixture
def converted(tmp_path, output):
    """Return a converter that tells the reason, or what the first page of the PDF says."""

    def convert_file(path, media_type):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        reason = to_pdf(path, media_type, output, scratch)
        if reason:
            return reason
        with closing(pypdfium2.PdfDocument(output / convert.SHOWN)) as pdf:
            return read_text(pdf[0])[0]

    return convert_file


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Return a way to put a script in the place of LibreOffice."""

    def put(script):
        path = tmp_path / "program"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(convert, "PROGRAM", str(path))

    return put


def test_every_office_file_and_text_has_a_route():
    wanted = {k.media_type for k in KINDS if k.family in {Family.OFFICE, Family.TEXT}}
    assert set(ROUTES) == wanted


@with_office
def test_a_paper_in_old_fonts_becomes_a_page_in_unicode(converted, make_docx):
    path = make_docx(
        [(".VnTimeH", "quyÕt ®Þnh"), ("Times New Roman", " số 5")],
        [("VNI-Times", "Coäng hoøa xaõ hoäi")],
    )
    assert converted(path, MEDIA_TYPES["docx"]).splitlines() == [
        "QUYẾT ĐỊNH số 5",
        "Cộng hòa xã hội",
    ]


@with_office
def test_a_rich_text_in_old_fonts_becomes_a_page_in_unicode(converted, tmp_path):
    path = tmp_path / "paper.rtf"
    path.write_bytes(rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 .VnTime;}}\f0 Vi\'d6t Nam}")
    assert converted(path, MEDIA_TYPES["rtf"]) == "Việt Nam"


@with_office
def test_a_sheet_leaves_the_text_of_its_cells_too(converted, tmp_path, output):
    path = tmp_path / "table.ods"
    shutil.copy(make_sheet(tmp_path), path)
    assert "Số liệu" in converted(path, MEDIA_TYPES["ods"])
    assert (output / convert.CELLS).read_text() == "Số liệu 1234567.891"


def make_sheet(folder):
    """Return a sheet in one XML file, zipped."""
    import zipfile

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "manifest")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(folder / "made", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.3"><office:body>'
            '<office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell '
            'office:value-type="string"><text:p>Số liệu</text:p></table:table-cell>'
            '<table:table-cell office:value-type="float" office:value="1234567.891">'
            "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return folder / "made"


@with_office
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_every_encoding(converted, tmp_path, encoding):
    path = tmp_path / "notes.txt"
    path.write_bytes("Tờ trình về việc bổ sung".encode(encoding))
    assert converted(path, "text/plain") == "Tờ trình về việc bổ sung"


def test_a_text_in_an_old_font_is_written_in_unicode(program, converted, tmp_path):
    program("exit 1")
    path = tmp_path / "notes.txt"
    path.write_text("QuyÕt ®Þnh cña Uû ban nh©n d©n")
    assert converted(path, "text/plain") is Reason.DAMAGED
    written = (tmp_path / "scratch" / "text.txt").read_text()
    assert written == "Quyết định của Uỷ ban nhân dân"


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_a_file_of_which_nothing_is_made_is_damaged(program, converted, make_docx, script):
    program(script)
    assert converted(make_docx([("Arial", "text")]), MEDIA_TYPES["docx"]) is Reason.DAMAGED


def test_a_program_that_hangs_is_given_up(program, converted, make_docx, monkeypatch):
    monkeypatch.setattr(convert, "SECONDS", 0.2)
    program("exec sleep 60")
    assert converted(make_docx([(".VnTime", "text")]), MEDIA_TYPES["docx"]) is Reason.TIMED_OUT
