"""How an official document is laid out for an office program."""

import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from meetings.press import word
from meetings.press.document import (
    Appendix,
    Document,
    Heading,
    Paragraph,
    Point,
    Regime,
    Signature,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BARE = Document(
    regime=Regime.PARTY_2026,
    issuer="TỈNH UỶ",
    place="Lam Khê",
    body=(),
    signature=Signature("A"),
)


def laid_out(**changes):
    """Return the body of a document's text part."""
    with zipfile.ZipFile(BytesIO(word.docx(replace(BARE, **changes)))) as archive:
        return ET.fromstring(archive.read("word/document.xml"))[0]


def words(element):
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraph(body, text):
    """Return the one paragraph with a text."""
    [found] = [one for one in body.iter(f"{W}p") if words(one) == text]
    return found


def test_the_container_holds_what_an_office_program_asks_for():
    with zipfile.ZipFile(BytesIO(word.docx(BARE))) as archive:
        assert set(archive.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
        }
        for name in archive.namelist():
            ET.fromstring(archive.read(name))


def test_the_sheet_is_a4_with_the_margins_of_the_rules():
    section = laid_out().find(f"{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert int(margins.get(f"{W}left")) > int(margins.get(f"{W}right"))


def test_everything_is_set_in_one_font():
    body = laid_out(body=(Paragraph("Kính mời"), Point("-", "Một")))
    runs = list(body.iter(f"{W}r"))
    fonts = {run.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") for run in runs}
    assert fonts == {"Times New Roman"}


def test_the_head_stands_in_two_columns():
    head = next(laid_out(superior="ĐẢNG BỘ TỈNH").iter(f"{W}tbl"))
    left, right = head.iter(f"{W}tc")
    assert words(left).startswith("ĐẢNG BỘ TỈNHTỈNH UỶ*Số")
    assert words(right).startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert "Lam Khê, ngày" in words(right)


def test_an_issuer_of_two_lines_is_two_paragraphs():
    body = laid_out(issuer="ĐẢNG UỶ\nPHƯỜNG KHÊ THƯỢNG")
    assert paragraph(body, "ĐẢNG UỶ") is not None
    assert paragraph(body, "PHƯỜNG KHÊ THƯỢNG") is not None


def test_a_lead_is_bold_and_the_text_behind_it_is_not():
    body = laid_out(body=(Paragraph("Hội trường A.", lead="Địa điểm:"),))
    lead, rest = paragraph(body, "Địa điểm: Hội trường A.").iter(f"{W}r")
    assert lead.find(f"{W}rPr/{W}b") is not None
    assert rest.find(f"{W}rPr/{W}b") is None


def test_headings_join_their_name():
    body = laid_out(body=(Heading(1, "Phần thứ nhất", "NỘI DUNG"), Heading(3, "1. Mục")))
    assert paragraph(body, "Phần thứ nhất NỘI DUNG") is not None
    assert paragraph(body, "1. Mục") is not None


def test_a_table_keeps_its_rows_and_the_shares_of_its_columns():
    table = Table(("STT", "Tên"), (("1", "A"), ("2", "B")), (1, 4), caption="")
    tables = list(laid_out(body=(table,)).iter(f"{W}tbl"))
    [found] = [one for one in tables if words(one).startswith("STT")]
    assert [words(row) for row in found.iter(f"{W}tr")] == ["STTTên", "1A", "2B"]
    narrow, wide = (int(col.get(f"{W}w")) for col in found.iter(f"{W}gridCol"))
    assert wide == 4 * narrow


def test_each_appendix_begins_a_page_and_says_to_what_it_belongs():
    parts = tuple(Appendix(f"Danh sách {n}", (Paragraph("x"),)) for n in (1, 2))
    body = laid_out(doc_type="GIẤY MỜI", symbol="-GM/TU", appendices=parts)
    breaks = [one for one in body.iter(f"{W}br") if one.get(f"{W}type") == "page"]
    assert len(breaks) == 2
    assert "(kèm theo Giấy mời số -GM/TU)" in words(body)


@pytest.mark.parametrize("text", ["a < b & c", '"x"', "]]>", "\u0000\u0007chuông", "ẩ\u0301"])
def test_any_text_leaves_a_file_that_opens(text):
    body = laid_out(body=(Paragraph(text),), issuer=text)
    assert body.find(f"{W}sectPr") is not None


def test_who_signs_has_room_for_a_hand():
    hand = Signature("Nguyễn Văn An", "CHÁNH VĂN PHÒNG", "T/L BAN THƯỜNG VỤ")
    cells = list(laid_out(signature=hand).iter(f"{W}tc"))
    lines = [words(line) for line in cells[-1].iter(f"{W}p")]
    assert lines == ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "", "", "", "Nguyễn Văn An"]
