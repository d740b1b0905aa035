"""Headings of Party and State documents, and lines that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reader.outline.headings import LONGEST, depth_of, headings_of

SCHEME = """ĐỀ ÁN
cải cách hành chính giai đoạn 2026 - 2030
Phần thứ nhất
CƠ SỞ VÀ SỰ CẦN THIẾT
I- THỰC TRẠNG CÔNG TÁC CẢI CÁCH HÀNH CHÍNH CỦA TỈNH TRONG CÁC NĂM QUA
VÀ NGUYÊN NHÂN
1. Kết quả đạt được
Trong năm 2025, toàn tỉnh đã hoàn thành 15 chỉ tiêu, đạt 98% kế hoạch;
2. Tỉnh đã ban hành 12 nghị quyết, trong đó có 3 nghị quyết chuyên đề về xây dựng Đảng.
Chương II nêu rõ các giải pháp.
"""
REGULATION = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy định này áp dụng cho cán bộ, đảng viên theo
Điều 5 của Điều lệ Đảng.
Mục 2
Điều 2a. Đối tượng áp dụng
"""
CONTENTS = """MỤC LỤC
I. Mở đầu ........ 3
II. Kết quả ........ 7
Phụ lục 1 ........ 20
"""


def found(*texts: str) -> list[tuple[int, int, str]]:
    return [tuple(one) for one in headings_of(list(enumerate(texts, 1)))]


def test_parts_sections_and_numbered_headings_are_found_with_their_pages():
    assert found("Mở đầu", SCHEME) == [
        (2, 1, "Phần thứ nhất CƠ SỞ VÀ SỰ CẦN THIẾT"),
        (
            2,
            1,
            "I- THỰC TRẠNG CÔNG TÁC CẢI CÁCH HÀNH CHÍNH CỦA TỈNH TRONG CÁC NĂM QUA VÀ NGUYÊN NHÂN",
        ),
        (2, 3, "1. Kết quả đạt được"),
    ]
    assert found(REGULATION) == [
        (1, 1, "Chương I QUY ĐỊNH CHUNG"),
        (1, 2, "Điều 1. Phạm vi điều chỉnh"),
        (1, 2, "Mục 2"),
        (1, 2, "Điều 2a. Đối tượng áp dụng"),
    ]


def test_a_numbered_sentence_is_told_by_its_next_line():
    assert found("3. Giao Sở Nội vụ chủ trì\nphối hợp với các sở.", "4. Tổ chức\nGiao Sở") == [
        (2, 3, "4. Tổ chức")
    ]


def test_a_list_of_contents_is_no_text_with_headings():
    assert found(CONTENTS) == []
    assert found("", "   \n") == []


@pytest.mark.parametrize(
    ("line", "depth"),
    [
        ("PHỤ LỤC I", 1),
        ("Phụ lục 2: Biểu số liệu", 1),
        ("Phụ lục: biểu số liệu", 1),
        ("Phụ lục số 3", 1),
        ("Phụ lục kèm theo Quy định này", 0),
        ("II. TỔ CHỨC THỰC HIỆN", 1),
        ("IV- Nhiệm vụ, giải pháp", 1),
        ("A. ĐÁNH GIÁ CHUNG", 1),
        ("Mục 3. Kiểm tra, giám sát", 2),
        ("Điều 12. Hiệu lực thi hành", 2),
        ("1.2. Về cải cách thể chế", 3),
        ("3) Nguyên nhân", 3),
        ("phần thứ hai của Đề án quy định", 0),
        ("Điều 5 của Điều lệ Đảng", 0),
        ("Chương trình hành động của Tỉnh ủy", 0),
        ("15 chỉ tiêu đã hoàn thành, 3 chỉ tiêu chưa đạt;", 0),
        ("2026", 0),
        ("V.I. Lênin", 0),
        ("9 phút 2", 0),
        ("", 0),
        (f"I. {'CHỮ ' * 60}", 0),
    ],
)
def test_how_deep_a_line_is(line: str, depth: int):
    assert depth_of(line) == depth


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=200), max_size=4))
def test_no_text_is_too_strange_and_no_heading_too_long(texts):
    for page, depth, text in found(*texts):
        assert 1 <= page <= len(texts)
        assert depth in {1, 2, 3}
        assert 0 < len(text) <= LONGEST
