import pytest

from meetings.intake.header import read_header
from meetings.intake.header.columns import divide
from meetings.intake.header.lines import lines_of
from meetings.intake.page_text import Source

STAMPED = """
VP. UBND TỈNH HÒA MỸ
ĐẾN   Số: 3558
      Ngày: 25/02/2025
UBND TỈNH HÒA MỸ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                                Độc lập - Tự do - Hạnh phúc
Số: 514/TTr-SNV                        Hòa Mỹ, ngày 24 tháng 02 năm 2025
                                     TỜ TRÌNH
              Về việc thông báo kết quả đại hội
                    Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh
"""


def test_an_arrival_stamp_is_neither_number_nor_day_nor_issuer(page):
    read = read_header([page(STAMPED)]).to_json()["metadata"]
    assert (read["number"], read["date"]) == ("514/TTr-SNV", "2025-02-24")
    assert read["issuing_body"] == "Sở Nội vụ tỉnh Hòa Mỹ"
    assert read["superior"] == "UBND tỉnh Hòa Mỹ"


@pytest.mark.parametrize("placed", [True, False])
def test_columns_without_a_gap_are_parted_at_the_heading(page, placed):
    text = """
CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                Độc lập - Tự do - Hạnh phúc
Số: 30/2020/NĐ-CP Hà Nội, ngày 05 tháng 3 năm 2020
                   NGHỊ ĐỊNH
             Về công tác văn thư
Căn cứ Luật Tổ chức Chính phủ;
"""
    read = read_header([page(text, placed=placed)]).to_json()["metadata"]
    assert (read["number"], read["date"], read["place"]) == (
        "30/2020/NĐ-CP",
        "2020-03-05",
        "Hà Nội",
    )
    assert (read["issuing_body"], read["subject"]) == ("Chính phủ", "Về công tác văn thư")


def test_what_a_digital_signature_shows_is_no_part_of_the_head(page):
    text = "Người ký: CỔNG THÔNG TIN\nEmail: a@b.vn\nCHÍNH PHỦ\nSố: 30/2020/NĐ-CP"
    columns = divide(lines_of(page(text)))
    assert [line.text for line in columns.left] == ["CHÍNH PHỦ", "Số: 30/2020/NĐ-CP"]


def test_a_number_in_front_of_the_heading_s_type_is_no_title(page):
    text = """
QUỐC HỘI                            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Luật số: 56/2014/QH13                    Độc lập - Tự do - Hạnh phúc
                                     LUẬT
                          QUỐC TỊCH VIỆT NAM
Căn cứ Hiến pháp;
"""
    read = read_header([page(text, source=Source.OCR)]).to_json()["metadata"]
    assert (read["type"], read["number"]) == ("Luật", "56/2014/QH13")
    assert read["subject"] == "QUỐC TỊCH VIỆT NAM"
