"""An official document as an office program opens it."""

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

LETTER = Document(
    regime=Regime.PARTY_2026,
    issuer="VĂN PHÒNG",
    superior="TỈNH UỶ LAM KHÊ",
    symbol="-GM/VPTU",
    place="Lam Khê",
    doc_type="GIẤY MỜI",
    abstract="Dự hội nghị",
    addressees=("Đồng chí A & B", "Đồng chí C"),
    body=(
        Heading(2, "I- Nội dung"),
        Paragraph("Kính mời dự họp.", lead="1."),
        Point("-", "Báo cáo <quý>"),
    ),
    signature=Signature("Nguyễn Văn An", "CHÁNH VĂN PHÒNG", "T/L BAN THƯỜNG VỤ"),
    recipients=("Như trên",),
    file_note="Lưu Văn phòng.",
    appendices=(Appendix("Danh sách", (Table(("STT", "Tên"), (("1", "A"),), (1, 4)),)),),
)


def texts(document):
    with zipfile.ZipFile(BytesIO(word.docx(document))) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    return [node.text or "" for node in root.iter() if node.tag.endswith("}t")]


def test_every_part_is_there_in_the_order_of_the_layout():
    found = texts(LETTER)
    order = [
        "TỈNH UỶ LAM KHÊ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "GIẤY MỜI",
        "- Đồng chí A & B;",
        "I- Nội dung",
        "1. ",
        "- Báo cáo <quý>",
        "- Như trên;",
        "T/L BAN THƯỜNG VỤ",
        "Nguyễn Văn An",
        "Danh sách",
        "STT",
    ]
    assert [found.index(words) for words in order] == sorted(found.index(w) for w in order)
    assert any("ngày" in words and "năm" in words for words in found), "room for the day"


@pytest.mark.parametrize(
    ("regime", "nation"),
    [(Regime.PARTY_2018, "ĐẢNG CỘNG SẢN"), (Regime.STATE_2020, "Độc lập - Tự do - Hạnh phúc")],
)
def test_each_regime_has_its_own_head(regime, nation):
    assert any(nation in words for words in texts(replace(LETTER, regime=regime)))


def test_what_is_left_out_leaves_no_line():
    bare = replace(LETTER, addressees=(), recipients=(), file_note="", appendices=(), superior="")
    assert not {"Kính gửi:", "Nơi nhận:", "Phụ lục"} & set(texts(bare))


def test_equal_documents_give_equal_bytes():
    assert word.docx(LETTER) == word.docx(LETTER)
