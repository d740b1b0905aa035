import zipfile

import pytest

from meetings.intake import containers
from tests.meetings.intake.office.compound_files import compound_file

ODF = "application/vnd.oasis.opendocument."
PARTS = {
    "docx": {"[Content_Types].xml": "", "word/document.xml": ""},
    "xlsx": {"[Content_Types].xml": "", "xl/workbook.xml": ""},
    "pptx": {"[Content_Types].xml": "", "ppt/presentation.xml": ""},
    "odt": {"mimetype": f"{ODF}text"},
    "ods": {"mimetype": f"{ODF}spreadsheet-template\n"},
    "odp": {"mimetype": f"{ODF}presentation"},
    "plain_zip": {"a.pdf": "%PDF-", "mimetype/a.pdf": ""},
}
STREAMS = {
    "doc": "WordDocument",
    "xls": "Workbook",
    "ppt": "PowerPoint Document",
    "locked": "EncryptedPackage",
}


@pytest.mark.parametrize("held", PARTS)
def test_an_archive_holds_one_kind(tmp_path, held):
    path = tmp_path / "file"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in PARTS[held].items():
            archive.writestr(name, content)
    seen = [name for name in PARTS if getattr(containers, f"is_{name}")(path)]
    assert seen == [held]


@pytest.mark.parametrize("held", STREAMS)
def test_a_compound_file_holds_one_kind(tmp_path, held):
    path = tmp_path / "file"
    path.write_bytes(compound_file({STREAMS[held]: b"x"}))
    seen = [name for name in STREAMS if getattr(containers, f"is_{name}")(path)]
    assert seen == [held]


def test_an_excel_file_of_1995_is_one_too(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(compound_file({"Book": b"x"}))
    assert containers.is_xls(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"x"])
def test_a_broken_archive_holds_nothing_known(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not containers.is_docx(path)
    assert not containers.is_odt(path)


@pytest.mark.parametrize(
    ("content", "is_text"),
    [
        ("Tờ trình".encode(), True),
        ("Tờ trình".encode("utf-8-sig"), True),
        ("Tờ trình".encode("utf-16"), True),
        ("Tờ trình".encode("utf-16-be"), False),
        (b"\xff\xfe\x00\xd8A\x00" * 9, False),
        (b"plain\0", False),
        (b"T\xea\xcc tr\xcc", False),
        (b"a" * 65535 + "ờ".encode(), True),
        (b"a" * 65534 + "ờ".encode(), True),
    ],
)
def test_a_text_is_one_that_reads_as_unicode(tmp_path, content, is_text):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert containers.is_text(path) is is_text
